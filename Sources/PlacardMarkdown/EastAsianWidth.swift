/// Whether the text begins with a character of a script that is written without spaces between words and takes the
/// width of two columns (East_Asian_Width W or F, UAX #11), so that a line's end between two of them is nothing.
///
/// Hangul is left out, for Korean parts words with spaces (CSS Text 3, section 4.1.2); so are emoji.
func isEastAsianWide(_ text: ArraySlice<UInt8>) -> Bool {
    guard let lead = text.first, lead >= 0xE2 else { return false }
    var value: UInt32
    switch (lead, text.count) {
    case (0xE2...0xEF, 3...):
        value = UInt32(lead & 0x0F) << 12
        value |= UInt32(text[text.startIndex + 1] & 0x3F) << 6 | UInt32(text[text.startIndex + 2] & 0x3F)
    case (0xF0, 4...):
        value = UInt32(text[text.startIndex + 1] & 0x3F) << 12
        value |= UInt32(text[text.startIndex + 2] & 0x3F) << 6 | UInt32(text[text.startIndex + 3] & 0x3F)
    default: return false
    }
    switch value {
    case 0x2E80...0x303E, 0x3041...0x312F, 0x3190...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
        0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18DFF,
        0x1AFF0...0x1B2FB, 0x20000...0x3FFFD:
        return true
    default: return false
    }
}
