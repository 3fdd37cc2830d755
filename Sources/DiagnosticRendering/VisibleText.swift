// Text that authors wrote goes to a terminal. A control character could move the cursor,
// recolour the screen or, by Unicode's bidirectional controls, show another text than the one
// that is there ("Trojan Source"). So whatever is invisible or acts is shown by name instead.

/// What is shown in place of `scalar`; nil for a scalar that shows itself.
func visibleForm(of scalar: Unicode.Scalar, after previous: Unicode.Scalar? = nil) -> String? {
    switch scalar.value {
    case 0x00...0x1F: return controlPicture(scalar.value)
    case 0x7F: return "\u{2421}"
    case 0x80...0x9F, 0xAD, 0x61C, 0x115F, 0x1160, 0x180E, 0x200B, 0x200E, 0x200F, 0x2028...0x202E, 0x2060...0x206F,
        0x3164, 0xFEFF, 0xFFA0, 0xFFF0...0xFFFB, 0xE0000...0xE001F, 0xE0080...0xE00FF, 0xE01F0...0xE0FFF:
        return codePoint(scalar)
    case 0xE0020...0xE007F:
        // Tags spell the region of a flag; anywhere else they hide text.
        let isFlag = previous.map { $0.value == 0x1F3F4 || (0xE0020...0xE007E).contains($0.value) } ?? false
        return isFlag ? nil : codePoint(scalar)
    default: return nil
    }
}

private func controlPicture(_ value: UInt32) -> String {
    Unicode.Scalar(0x2400 + value).map { String($0) } ?? "\u{2426}"
}

private func codePoint(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "<U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits + ">"
}

/// `text` on one line, with nothing invisible in it, and isolated when it has right-to-left letters.
func visible(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    var previous: Unicode.Scalar?
    var isRightToLeft = false
    for scalar in text.unicodeScalars {
        if let form = visibleForm(of: scalar, after: previous) {
            result.append(contentsOf: form.unicodeScalars)
        } else {
            result.append(scalar)
        }
        isRightToLeft = isRightToLeft || isStrongRightToLeft(scalar)
        previous = scalar
    }
    return isRightToLeft ? "\u{2068}" + String(result) + "\u{2069}" : String(result)
}

/// The lines of a note, each ``visible(_:)``.
func visibleLines(_ text: String) -> [String] {
    text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map { visible(String($0)) }
}

/// Whether `scalar` lies in a block of right-to-left scripts (bidi classes R and AL; the blocks are stable by policy).
func isStrongRightToLeft(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0590...0x08FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFE, 0x10800...0x10FFF, 0x1E800...0x1EFFF: true
    default: false
    }
}
