import ByteText
import Testing

@Suite struct ByteBufferTests {
    @Test func roomForMoreThanIsWritten() {
        var buffer = ByteBuffer(capacity: 0)
        for count in 0..<100 {
            buffer.append(atMost: count + 8) { place in
                for index in 0..<count { place[index] = UInt8(count) }
                return count
            }
        }
        let bytes = buffer.bytes
        #expect(bytes == (0..<100).flatMap { [UInt8](repeating: UInt8($0), count: $0) })
    }

    @Test func bytesCanBeTakenBack() {
        var buffer = ByteBuffer(capacity: 0)
        buffer.append("before")
        let count = buffer.count
        buffer.append("behind, and longer than the room that it began with")
        buffer.shorten(to: count)
        buffer.append("!")
        let bytes = buffer.bytes
        #expect(bytes == Array("before!".utf8))
        buffer.shorten(to: 0)
        let isEmpty = buffer.bytes.isEmpty
        #expect(isEmpty)
    }
}
