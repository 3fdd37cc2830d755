import ByteText

// Text that others wrote goes to a terminal or a log. A control character could move the cursor or recolour the screen;
// by Unicode's bidirectional controls a line could show another text than the one that is there ("Trojan Source"); what
// takes no room makes two names look like one. So whatever acts or hides is shown by name instead.

/// What is shown in place of `scalar`; nil for a scalar that shows itself.
///
/// - Parameter previous: what stands before it and shows itself; joiners and variation selectors show themselves only
///   behind what they can join or vary.
func visibleForm(of scalar: Unicode.Scalar, after previous: Unicode.Scalar? = nil) -> String? {
    if scalar.value < 0x20 { return controlPicture(scalar.value) }
    if scalar.value < 0x7F { return nil }
    if scalar.value == 0x7F { return "\u{2421}" }
    return isHidden(scalar.value, after: previous?.value) ? codePoint(scalar) : nil
}

/// Whether a scalar beyond ASCII acts on the text around it, or is not to be seen: C1 controls, separators of lines, what
/// Unicode calls default ignorable (DerivedCoreProperties.txt), and noncharacters.
func isHidden(_ value: UInt32, after previous: UInt32?) -> Bool {
    switch value {
    case 0x80...0x9F, 0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180E, 0x200B, 0x200E, 0x200F,
        0x2028...0x202E, 0x2060...0x206F, 0x3164, 0xFEFF, 0xFFA0, 0xFFF0...0xFFFB, 0x1BCA0...0x1BCA3,
        0x1D173...0x1D17A, 0xE0000...0xE001F, 0xE0080...0xE00FF, 0xE01F0...0xE0FFF:
        return true
    case 0x200C, 0x200D, 0x180B...0x180D, 0x180F, 0xE0100...0xE01EF:
        // Joiners and selectors belong to the letter or the emoji before them; nothing of ASCII takes one.
        return previous.map { $0 < 0x80 } ?? true
    case 0xFE00...0xFE0F:
        // Digits, `#` and `*` become keycaps.
        return previous.map { $0 < 0x80 && !(0x30...0x39).contains($0) && $0 != 0x23 && $0 != 0x2A } ?? true
    case 0xE0020...0xE007F:
        // Tags spell the region of a flag; anywhere else they hide text.
        return !(previous.map { $0 == 0x1F3F4 || (0xE0020...0xE007E).contains($0) } ?? false)
    case 0xFDD0...0xFDEF: return true
    default: return value & 0xFFFE == 0xFFFE
    }
}

private func controlPicture(_ value: UInt32) -> String {
    Unicode.Scalar(0x2400 + value).map { String($0) } ?? "\u{2426}"
}

/// `<U+202E>`.
func codePoint(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "<U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits + ">"
}

/// Sees where a line holds what a build server takes for a command to itself, wherever in the line it stands: `##[`
/// (GitHub, Azure), `##vso[` (Azure), `##teamcity[`. The bracket alone is replaced, and the command is none.
struct CommandMark {
    /// What has been seen: 0 nothing, 1 and 2 number signs, and from 3 on letters behind two of those.
    private var state = 0

    /// Whether the next byte may be part of a mark.
    var isOpen: Bool { state > 0 }

    /// Takes the next byte of the line; whether it completes a mark.
    mutating func completes(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x23: state = state == 1 || state == 2 ? 2 : 1
        case 0x5B where state >= 2:
            state = 0
            return true
        case 0x41...0x5A where state >= 2, 0x61...0x7A where state >= 2: state = state < 18 ? state + 1 : 0
        default: state = 0
        }
        return false
    }

    mutating func completes(_ scalar: Unicode.Scalar) -> Bool {
        completes(scalar.isASCII ? UInt8(truncatingIfNeeded: scalar.value) : 0x80)
    }
}

/// `text` on one line, with nothing in it that acts or hides.
///
/// - Parameters:
///   - limit: so many scalars are shown at most; of a longer text the beginning, and how long it is.
///   - isolated: whether a text with right-to-left letters stands between the controls that keep it from rearranging
///     what stands around it (UAX #9, section 2.5).
func visible(_ text: String, limit: Int = .max, isolated: Bool = true) -> String {
    var result = String.UnicodeScalarView()
    var previous: Unicode.Scalar?
    var isRightToLeft = false
    var mark = CommandMark()
    var room = limit
    for scalar in text.unicodeScalars {
        guard room > 0 else {
            result.append(contentsOf: "… (\(grouped(text.utf8.count)) bytes in all)".unicodeScalars)
            break
        }
        room -= 1
        let form = visibleForm(of: scalar, after: previous)
        let isMark = mark.completes(scalar)
        if let form = form ?? (isMark ? codePoint(scalar) : nil) {
            result.append(contentsOf: form.unicodeScalars)
            previous = nil
        } else {
            result.append(scalar)
            previous = scalar
        }
        isRightToLeft = isRightToLeft || isStrongRightToLeft(scalar)
    }
    return isolated && isRightToLeft ? "\u{2068}" + String(result) + "\u{2069}" : String(result)
}

/// The lines of a note, each ``visible(_:limit:isolated:)``; of very many the first.
func visibleLines(_ text: String, limit: Int = .max) -> [String] {
    let lines = text.unicodeScalars.split(
        separator: "\n", maxSplits: visibleLineLimit, omittingEmptySubsequences: false)
    var shown = lines.prefix(visibleLineLimit).map { visible(String($0), limit: limit) }
    if let rest = lines.dropFirst(visibleLineLimit).first {
        let more = String(rest).utf8.count { $0 == 0x0A } + 1
        shown.append("… and \(grouped(more)) more lines")
    }
    return shown
}

/// How many lines of one note are shown.
let visibleLineLimit = 40

/// `2,980`.
func grouped(_ number: Int) -> String {
    let digits = Array(String(number).utf8)
    var result: [UInt8] = []
    for (position, digit) in digits.enumerated() {
        if position > 0, (digits.count - position) % 3 == 0, digits[position - 1] != 0x2D { result.append(0x2C) }
        result.append(digit)
    }
    return String(decoding: result, as: UTF8.self)
}

/// Whether `scalar` lies in a block of right-to-left scripts (bidi classes R and AL; the blocks are stable by policy).
func isStrongRightToLeft(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0590...0x08FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFE, 0x10800...0x10FFF, 0x1E800...0x1EFFF: true
    default: false
    }
}
