import ByteText
import CanonicalJSON

/// The words and strings of canonical JSON.
extension CanonicalMessageReader {
    /// Whether that byte comes next.
    func next(_ byte: UInt8) -> Bool { offset < bytes.count && bytes[offset] == byte }

    /// Moves behind `text`, if that comes next.
    mutating func take(_ text: StaticString) -> Bool {
        let count = text.utf8CodeUnitCount
        guard count <= bytes.count - offset else { return false }
        let literal = UnsafeBufferPointer(start: text.utf8Start, count: count)
        guard sameBytes(UnsafeBufferPointer(rebasing: bytes[offset..<offset + count]), literal) else { return false }
        offset += count
        return true
    }

    /// The text of the string that comes next.
    mutating func string() -> String? {
        guard next(0x22) else { return nil }
        let end = firstToUnescape(from: offset + 1)
        if end < bytes.count, bytes[end] == 0x22 {
            let text = UnsafeBufferPointer(rebasing: bytes[offset + 1..<end])
            offset = end + 1
            // Names are nearly always ASCII, which needs no validation.
            return text.allSatisfy { $0 < 0x80 }
                ? String(decoding: text, as: UTF8.self) : String(validating: text, as: UTF8.self)
        }
        var text = ByteBuffer(capacity: 64)
        guard appendString(to: &text) else { return nil }
        return text.withUnsafeBufferPointer { String(validating: $0, as: UTF8.self) }
    }

    /// The string that is the whole of the bytes, if it has no escapes.
    func plainString() -> UnsafeBufferPointer<UInt8>? {
        guard bytes.count >= 2, next(0x22), firstToUnescape(from: offset + 1) == bytes.count - 1,
            bytes[bytes.count - 1] == 0x22
        else { return nil }
        return UnsafeBufferPointer(rebasing: bytes[1..<bytes.count - 1])
    }

    /// Appends the text of the string that comes next, its escapes resolved, which make it no longer than it is.
    mutating func appendString(to text: inout ByteBuffer) -> Bool {
        guard next(0x22), let base = bytes.baseAddress else { return false }
        var index = offset + 1
        var isWhole = false
        text.append(atMost: bytes.count - index) { output in
            var place = output
            while index < bytes.count {
                let plain = (base + index).copyPlain(bytes.count - index, to: place) {
                    $0.below(0x20) | $0.equal(0x22) | $0.equal(0x5C)
                }
                index += plain
                place += plain
                guard index < bytes.count else { break }
                let byte = base[index]
                index += 1
                if byte == 0x22 {
                    isWhole = true
                    break
                }
                if byte == 0x5C {
                    guard let escaped = unescaped(at: &index) else { break }
                    place.pointee = escaped
                } else if byte >= 0x20 {
                    place.pointee = byte
                } else {
                    break
                }
                place += 1
            }
            return place - output
        }
        offset = index
        return isWhole
    }

    /// What stands for the escape whose bytes behind `\` begin at `index`; moves behind it.
    private func unescaped(at index: inout Int) -> UInt8? {
        guard index < bytes.count else { return nil }
        index += 1
        switch bytes[index - 1] {
        case 0x22: return 0x22
        case 0x5C: return 0x5C
        case 0x62: return 0x08
        case 0x66: return 0x0C
        case 0x6E: return 0x0A
        case 0x72: return 0x0D
        case 0x74: return 0x09
        case 0x75:
            // Canonical JSON escapes nothing but control characters this way.
            guard index + 4 <= bytes.count, bytes[index] == 0x30, bytes[index + 1] == 0x30,
                let high = digit(bytes[index + 2]), high < 2, let low = digit(bytes[index + 3])
            else { return nil }
            index += 4
            return high << 4 | low
        default: return nil
        }
    }

    /// Canonical JSON writes small letters alone.
    private func digit(_ byte: UInt8) -> UInt8? {
        byte.isASCIIDigit || byte >= 0x61 ? byte.hexadecimalValue : nil
    }

    /// The first byte that is not itself in a string: its end, an escape, or a control character.
    private func firstToUnescape(from start: Int) -> Int {
        bytes.firstIndex(from: start) {
            $0.below(0x20) | $0.equal(0x22) | $0.equal(0x5C)
        } where: {
            $0 < 0x20 || $0 == 0x22 || $0 == 0x5C
        }
    }
}
