import SourceDiagnostics

/// Hides NEL, LINE SEPARATOR and PARAGRAPH SEPARATOR from libyaml, which ends lines at them as YAML 1.1 does.
///
/// YAML 1.2 (section 5.4) takes them for text. Each is replaced by a character of the same length that does not occur in
/// the text, and put back into the scalars.
struct SeparatorShield {
    private(set) var shielded: [UInt8]
    private var replacements: [(from: [UInt8], to: [UInt8])] = []

    init(_ bytes: [UInt8], _ range: Span) {
        shielded = bytes
        for separator: [UInt8] in [[0xC2, 0x85], [0xE2, 0x80, 0xA8], [0xE2, 0x80, 0xA9]] {
            guard let replacement = SeparatorShield.unused(like: separator, in: shielded) else { continue }
            replacements.append((replacement, separator))
            SeparatorShield.replace(separator, by: replacement, in: &shielded, range)
        }
    }

    /// The text of a scalar as it was before.
    func restore(_ text: String) -> String {
        var bytes = Array(text.utf8)
        for (from, to) in replacements {
            SeparatorShield.replace(from, by: to, in: &bytes, Span(0, bytes.count))
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// A sequence of the same length, of a letter or private-use character, that `bytes` does not hold.
    private static func unused(like separator: [UInt8], in bytes: [UInt8]) -> [UInt8]? {
        let leads: ClosedRange<UInt8> = separator.count == 2 ? 0xC4...0xDF : 0xEE...0xEE
        for lead in leads {
            for last: UInt8 in 0x80...0xBF {
                let candidate = separator.count == 2 ? [lead, last] : [lead, 0x80, last]
                if !contains(candidate, in: bytes) { return candidate }
            }
        }
        return nil
    }

    private static func contains(_ sequence: [UInt8], in bytes: [UInt8]) -> Bool {
        var offset = 0
        while offset + sequence.count <= bytes.count {
            if bytes[offset] == sequence[0], bytes[offset..<(offset + sequence.count)].elementsEqual(sequence) {
                return true
            }
            offset += 1
        }
        return false
    }

    private static func replace(_ from: [UInt8], by to: [UInt8], in bytes: inout [UInt8], _ range: Span) {
        var offset = range.start
        while offset + from.count <= range.end {
            if bytes[offset] == from[0], bytes[offset..<(offset + from.count)].elementsEqual(from) {
                for index in 0..<to.count { bytes[offset + index] = to[index] }
                offset += from.count
            } else {
                offset += 1
            }
        }
    }
}
