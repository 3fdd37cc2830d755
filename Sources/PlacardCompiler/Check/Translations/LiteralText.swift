import ByteText
import CanonicalJSON
import MessageFormat
import SourceDiagnostics

/// The words of a text that stand in it as they are, without placeholders, declarations and the targets of links.
struct LiteralText: Sendable {
    let bytes: [UInt8]
    /// Parts of ``bytes``.
    let parts: [Span]
    let isASCII: Bool
    /// Whether all of its characters are before U+0240: Latin letters, or of no script.
    let isLatin: Bool
    /// Whether it may have characters that compose with others: none before U+0300 does.
    let mayCompose: Bool
    let hasDigits: Bool
    let hasBackslash: Bool

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        let kinds = ByteKinds(bytes)
        isASCII = kinds.high == 0
        isLatin = kinds.beyondLatin == 0
        mayCompose = kinds.beyondPrecomposed != 0
        hasBackslash = kinds.backslashes != 0
        hasDigits = kinds.digits != 0 || kinds.high != 0
        let hasParts = kinds.backslashes | kinds.brackets != 0
        parts = hasParts ? LiteralText.parts(of: bytes) : bytes.isEmpty ? [] : [Span(0, bytes.count)]
    }

    /// What stands between placeholders and the targets of links.
    private static func parts(of bytes: [UInt8]) -> [Span] {
        var parts: [Span] = []
        var depth = 0
        var start = 0
        var index = 0
        // Of a text with declarations or variants, only what stands between `{{` and `}}` is shown.
        let first = bytes.first { $0 > 0x20 }
        let isComplex = (first == 0x2E || first == 0x7B) && isComplexMessage(bytes)
        var isShown = !isComplex
        func end(_ place: Int) { if isShown, place > start { parts.append(Span(start, place)) } }
        while index < bytes.count {
            let byte = bytes[index]
            switch byte {
            case 0x5C: index += 1
            case 0x7B:
                if depth == 0 { end(index) }
                // Two braces hold the words of a variant.
                if isComplex, !isShown, index + 1 < bytes.count, bytes[index + 1] == 0x7B {
                    isShown = true
                    index += 1
                } else {
                    depth += 1
                }
                start = index + 1
            case 0x7D:
                if depth == 0 {
                    end(index)
                    if isComplex { isShown = false }
                }
                depth = max(0, depth - 1)
                start = index + 1
            case 0x5D where depth == 0 && index + 1 < bytes.count && bytes[index + 1] == 0x28:
                end(index)
                index = bytes[index...].firstIndex(of: 0x29) ?? bytes.count
                start = index + 1
            default: break
            }
            index += 1
        }
        if depth == 0 { end(bytes.count) }
        return parts
    }

    /// What bytes there are, eight at a time; zero where there are none of a kind.
    private struct ByteKinds {
        /// No ASCII.
        var high: UInt64 = 0
        /// Those that begin characters from U+0240 on, and from U+0300 on.
        var beyondLatin: UInt64 = 0
        var beyondPrecomposed: UInt64 = 0
        var digits: UInt64 = 0
        var backslashes: UInt64 = 0
        /// Braces, and the end of a link's text.
        var brackets: UInt64 = 0

        init(_ bytes: [UInt8]) {
            bytes.withUnsafeBytes { raw in
                var index = 0
                while index + 8 <= raw.count {
                    add(raw.loadUnaligned(fromByteOffset: index, as: UInt64.self))
                    index += 8
                }
                var rest: UInt64 = 0
                while index < raw.count {
                    rest = rest << 8 | UInt64(raw[index])
                    index += 1
                }
                add(rest)
            }
        }

        private mutating func add(_ word: UInt64) {
            let highs = word & 0x8080_8080_8080_8080
            let low = word & 0x7F7F_7F7F_7F7F_7F7F
            high |= highs
            beyondLatin |= (low &+ 0x3737_3737_3737_3737) & highs
            beyondPrecomposed |= (low &+ 0x3434_3434_3434_3434) & highs
            digits |= ByteWord(word ^ 0x3030_3030_3030_3030).below(10)
            backslashes |= ByteWord(word).equal(0x5C)
            brackets |= ByteWord(word).equal(0x7B) | ByteWord(word).equal(0x7D, ignoring: 0x20)
        }
    }

    /// The scalars with their places, but for those of addresses.
    func scalars(_ body: (Unicode.Scalar, Span) -> Bool) {
        for part in parts {
            var index = part.start
            while index < part.end {
                let (value, stop) = decodedScalar(bytes, index, part.end)
                guard body(Unicode.Scalar(value) ?? "\u{FFFD}", Span(index, stop)) else { return }
                index = stop
            }
        }
    }

    /// How many words have a letter.
    var wordCount: Int {
        var count = 0
        var isInWord = false
        scalars { scalar, _ in
            if scalar.value <= 0x20 { isInWord = false }
            let isLetter =
                scalar.value < 0x80 ? (0x61...0x7A).contains(scalar.value | 0x20) : scalar.properties.isAlphabetic
            if !isInWord, isLetter {
                count += 1
                isInWord = true
            }
            return true
        }
        return count
    }

    /// The last character, closing marks of Markdown and quotation aside; nil where a placeholder or a link is last.
    private var last: (scalar: Unicode.Scalar, span: Span)? {
        var end = bytes.count
        while end > 0,
            bytes[end - 1] <= 0x20 || bytes[end - 1] == 0x2A || bytes[end - 1] == 0x5F || bytes[end - 1] == 0x22
        { end -= 1 }
        guard let part = parts.last, end > part.start, end <= part.end else { return nil }
        let start = bytes[..<end].lastIndex { $0 & 0xC0 != 0x80 } ?? end - 1
        return String(decoding: bytes[start..<end], as: UTF8.self).unicodeScalars.first.map { ($0, Span(start, end)) }
    }

    /// The mark that ends a sentence, where one does.
    var lastMark: Unicode.Scalar? {
        guard let last, [".", "!", "?", "…", ":"].contains(last.scalar) else { return nil }
        return last.scalar
    }

    /// The place of the last character, where it is a letter.
    var lastLetter: Span? {
        guard let last, last.scalar.properties.isAlphabetic else { return nil }
        return last.span
    }
}

/// The value of a decimal digit of a script that apps are written in; nil for anything else.
func digitValue(_ scalar: Unicode.Scalar) -> UInt32? {
    let value = scalar.value
    if value < 0x660 { return value >= 0x30 && value <= 0x39 ? value - 0x30 : nil }
    if value > 0xFF19 || value > 0x1099 && value < 0xFF10 { return nil }
    for zero in decimalZeros where value >= zero && value <= zero + 9 { return value - zero }
    return nil
}

/// Unicode's decimal digits (general category Nd) of living scripts, by their zeros.
private let decimalZeros: [UInt32] = [
    0x660, 0x6F0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xE50, 0xED0, 0xF20, 0x1040, 0xFF10,
]

/// A number among words.
struct WrittenNumber {
    /// ASCII digits without separators.
    var digits: String
    /// As it stands.
    var text: String
    var span: Span

    /// Whether two digits stand behind its last separator.
    private var hasHundredths: Bool {
        let scalars = text.unicodeScalars.reversed()
        let fraction = scalars.prefix { $0.properties.numericType == .decimal }.count
        return fraction == 2 && scalars.count > 2
    }

    /// Whether another language may write that number so: an afternoon's hour by 24 hours, or the same digits with other
    /// separators, with or without the zeros of a fraction.
    func means(_ other: WrittenNumber) -> Bool {
        if digits == other.digits || other.hasHundredths && digits + "00" == other.digits
            || hasHundredths && digits == other.digits + "00"
        {
            return true
        }
        guard let own = Int(digits), let wanted = Int(other.digits) else { return false }
        return wanted <= 12 && own == wanted + 12 || own <= 12 && wanted == own + 12
    }
}

extension LiteralText {
    /// The numbers, in order, in any of Unicode's decimal digits.
    func numbers() -> [WrittenNumber] {
        var result: [WrittenNumber] = []
        var digits = ""
        var span = Span(at: 0)
        var separator = false
        func finish() {
            if !digits.isEmpty {
                result.append(
                    WrittenNumber(
                        digits: digits, text: String(decoding: bytes[span.start..<span.end], as: UTF8.self), span: span)
                )
            }
            digits = ""
        }
        scalars { scalar, place in
            if let value = digitValue(scalar) {
                if digits.isEmpty || place.start > span.end + (separator ? 3 : 0) {
                    finish()
                    span = place
                }
                digits.unicodeScalars.append(Unicode.Scalar(UInt8(truncatingIfNeeded: value) + 0x30))
                span = Span(span.start, place.end)
                separator = false
            } else if !digits.isEmpty, isSeparator(scalar), place.start == span.end {
                separator = true
            } else if !digits.isEmpty, let power = power(scalar), place.start == span.end {
                // 1万 is 10,000.
                digits += String(repeating: "0", count: power)
                span = Span(span.start, place.end)
                finish()
            } else {
                separator = false
                finish()
            }
            return true
        }
        finish()
        return result
    }

    private func isSeparator(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x2C, 0x2E, 0xA0, 0x202F, 0x2009, 0x66B, 0x66C, 0x2019, 0x27: true
        default: false
        }
    }

    private func power(_ scalar: Unicode.Scalar) -> Int? {
        switch scalar.value {
        case 0x5343: 3
        case 0x4E07, 0x842C, 0xB9CC: 4
        case 0x5104, 0x4EBF, 0xC5B5: 8
        default: nil
        }
    }
}
