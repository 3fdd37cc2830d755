/// The offset of the first byte that is not part of well-formed UTF-8 (Unicode, table 3-7); nil when all is.
package func firstInvalidUTF8(in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    var index = 0
    while true {
        // ASCII comes in long runs.
        index = bytes.firstIndex(from: index) {
            $0.beyondASCII
        } where: {
            $0 >= 0x80
        }
        guard index < bytes.count else { return nil }
        repeat {
            let length = wellFormedLength(bytes, index, bytes.count)
            guard length > 0 else { return index }
            index &+= length
        } while index < bytes.count && bytes[index] >= 0x80
    }
}

/// As for a buffer, for an array.
package func firstInvalidUTF8(in bytes: [UInt8]) -> Int? {
    bytes.withUnsafeBufferPointer { firstInvalidUTF8(in: $0) }
}

/// The length of the well-formed sequence at `index`, which is below `end` (Unicode, table 3-7); 0 when there is none.
@inlinable
package func wellFormedLength(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int, _ end: Int) -> Int {
    func continues(_ place: Int) -> Bool { bytes[index &+ place] & 0xC0 == 0x80 }
    let left = end &- index
    let lead = bytes[index]
    switch lead {
    case 0x00...0x7F: return 1
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

/// The length of the sequence that begins with `lead`, 1 to 4; a byte that begins none counts as one.
@inlinable
package func utf8Length(leading lead: UInt8) -> Int { lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4 }

/// The scalar at `index` of well-formed UTF-8, which ends at `end`, and where it ends.
///
/// A sequence that `end` cuts gives what there is of it, so that text which was cut by its bytes does no harm.
@inlinable
package func decodedScalar(
    _ bytes: UnsafeBufferPointer<UInt8>, _ index: Int, _ end: Int
) -> (value: UInt32, end: Int) {
    let lead = bytes[index]
    if lead < 0x80 { return (UInt32(lead), index &+ 1) }
    let length = utf8Length(leading: lead)
    var value = length == 1 ? UInt32(lead) : UInt32(lead) & (0x7F >> UInt32(length))
    let stop = max(min(index &+ length, end), index &+ 1)
    var place = index &+ 1
    while place < stop {
        value = value << 6 | UInt32(bytes[place] & 0x3F)
        place &+= 1
    }
    return (value, stop)
}

/// As for a buffer, for an array.
@inlinable
package func decodedScalar(_ bytes: [UInt8], _ index: Int, _ end: Int) -> (value: UInt32, end: Int) {
    bytes.withUnsafeBufferPointer { decodedScalar($0, index, end) }
}
