/// The offset of the first byte that is not part of well-formed UTF-8 (Unicode, table 3-7); nil when all is.
public func firstInvalidUTF8(in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    let raw = UnsafeRawBufferPointer(bytes)
    let count = bytes.count
    var index = 0
    while true {
        // ASCII comes in long runs.
        while index &+ 8 <= count {
            let word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: index, as: UInt64.self))
            let high = word & 0x8080_8080_8080_8080
            guard high == 0 else {
                index &+= high.trailingZeroBitCount >> 3
                break
            }
            index &+= 8
        }
        while index < count, bytes[index] < 0x80 { index &+= 1 }
        guard index < count else { return nil }
        repeat {
            let length = utf8SequenceLength(bytes, at: index)
            guard length > 0 else { return index }
            index &+= length
        } while index < count && bytes[index] >= 0x80
    }
}

/// The length of the well-formed sequence at `index`, where a byte beyond ASCII is; 0 when there is none.
@inline(__always)
private func utf8SequenceLength(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Int {
    func continues(_ place: Int) -> Bool { bytes[index &+ place] & 0xC0 == 0x80 }
    let left = bytes.count &- index
    let lead = bytes[index]
    switch lead {
    case 0xC2...0xDF: return left >= 2 && continues(1) ? 2 : 0
    case 0xE0...0xEF:
        guard left >= 3, continues(1), continues(2) else { return 0 }
        // Neither an overlong form nor a surrogate.
        if lead == 0xE0, bytes[index + 1] < 0xA0 { return 0 }
        if lead == 0xED, bytes[index + 1] >= 0xA0 { return 0 }
        return 3
    case 0xF0...0xF4:
        guard left >= 4, continues(1), continues(2), continues(3) else { return 0 }
        if lead == 0xF0, bytes[index + 1] < 0x90 { return 0 }
        if lead == 0xF4, bytes[index + 1] >= 0x90 { return 0 }
        return 4
    default: return 0
    }
}

/// As ``firstInvalidUTF8(in:)-(UnsafeBufferPointer<UInt8>)``, for an array.
public func firstInvalidUTF8(in bytes: [UInt8]) -> Int? {
    bytes.withUnsafeBufferPointer { firstInvalidUTF8(in: $0) }
}
