import ByteText
import Testing

/// Bytes looked at sixteen at a time, held to looking at one.
@Suite struct ByteWordsTests {
    /// What is copied of `bytes` in front of a quotation mark, a control character, `c` or `k`.
    private func copied(_ bytes: [UInt8]) -> (count: Int, copy: [UInt8], behind: UInt8) {
        var copy = [UInt8](repeating: 0, count: bytes.count + 1)
        let count = bytes.withUnsafeBufferPointer { bytes in
            copy.withUnsafeMutableBufferPointer { copy in
                guard let from = bytes.baseAddress, let place = copy.baseAddress else { return 0 }
                return from.copyPlain(bytes.count, to: place) {
                    $0.below(0x20) | $0.equal(0x22) | $0.equal(0x6B, ignoring: 0x08)
                }
            }
        }
        return (count, Array(copy.prefix(count)), copy[bytes.count])
    }

    @Test func everyByteInEveryPlace() {
        for byte in UInt8.min...UInt8.max {
            let isFound = byte < 0x20 || byte == 0x22 || byte == 0x63 || byte == 0x6B
            for count in 1...41 {
                // Seven bytes at the end are left to whoever asks.
                let whole = count & ~7
                for place in 0..<count {
                    var bytes = [UInt8](repeating: 0xE9, count: count)
                    bytes[place] = byte
                    let result = copied(bytes)
                    #expect(result.count == (isFound ? min(place, whole) : whole))
                    #expect(result.copy[...] == bytes.prefix(result.count) && result.behind == 0)
                }
            }
        }
    }

    @Test func theFirstOfSeveral() {
        for first in 0..<32 {
            for second in first..<32 {
                var bytes = [UInt8](repeating: 0x61, count: 32)
                bytes[first] = 0x22
                bytes[second] = 0x1F
                #expect(copied(bytes).count == first)
            }
        }
    }
}
