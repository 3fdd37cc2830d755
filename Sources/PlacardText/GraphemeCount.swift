/// Grapheme clusters that a reader sees of a UTF-8 text (UAX #29): bidirectional controls, which have no shape, are none
/// of them, whether a language's numbers have them, an author wrote them or a client isolates a value with them.
///
/// Scalars that are a cluster each, whatever stands beside them, are counted without looking at tables; the first
/// other one hands the text to the standard library.
package func graphemeCount(_ text: [UInt8]) -> Int {
    text.withUnsafeBufferPointer { buffer in
        var count = 0
        var index = 0
        while index < buffer.count {
            let byte = buffer[index]
            if byte < 0x80 {
                // CR LF is one cluster.
                let isLineEnd = byte == 0x0A && index > 0 && buffer[index - 1] == 0x0D
                if !isLineEnd { count += 1 }
                index += 1
                continue
            }
            guard let length = lengthOfLoneScalar(buffer, index) else {
                return visibleCount(String(decoding: buffer, as: UTF8.self))
            }
            count += 1
            index += length
        }
        return count
    }
}

/// As the function above, of a string.
package func graphemeCount(_ text: String) -> Int {
    let isASCII = text.utf8.allSatisfy { $0 < 0x80 && $0 != 0x0D }
    return isASCII ? text.utf8.count : visibleCount(text)
}

/// Each control (Bidi_Control of UAX #9) is a cluster of its own (GB4, GB5), so that taking them from the number is
/// leaving them out.
private func visibleCount(_ text: String) -> Int {
    var count = text.count
    for scalar in text.unicodeScalars {
        switch scalar.value {
        case 0x61C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: count -= 1
        default: break
        }
    }
    return count
}

/// The bytes of the scalar at `index`, when it never joins another in a cluster but with a mark behind it, which is no
/// such scalar itself: letters of Latin, Cyrillic, Hebrew and Arabic, kana, ideographs and common punctuation.
private func lengthOfLoneScalar(_ buffer: UnsafeBufferPointer<UInt8>, _ index: Int) -> Int? {
    let lead = buffer[index]
    if lead < 0xE0 {
        guard index + 1 < buffer.count else { return nil }
        let value = UInt32(lead & 0x1F) << 6 | UInt32(buffer[index + 1] & 0x3F)
        switch value {
        case 0xA0...0x2FF, 0x400...0x482, 0x48A...0x52F, 0x5D0...0x5EA, 0x620...0x64A: return 2
        default: return nil
        }
    }
    guard lead < 0xF0, index + 2 < buffer.count else { return nil }
    let value = UInt32(lead & 0x0F) << 12 | UInt32(buffer[index + 1] & 0x3F) << 6 | UInt32(buffer[index + 2] & 0x3F)
    switch value {
    case 0x2010...0x2027, 0x202F...0x205E, 0x20A0...0x20BF, 0x2500...0x25FF, 0x2610...0x2612, 0x3001...0x3029,
        0x3041...0x3096, 0x30A1...0x30FE, 0x4E00...0x9FFF, 0xFF01...0xFF5E:
        return 3
    default: return nil
    }
}
