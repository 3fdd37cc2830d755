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

/// What a walk through a block remembers to tell which soft breaks are nothing: those between two wide characters.
struct WideLines {
    /// The soft break that the text before this place ended with, or -1.
    private var openBreak: Int32 = -1
    /// Whether the last character before that break, or before this place, is a wide one.
    private var lastIsWide = false

    /// A block begins, or what stands here is neither text nor a break.
    mutating func reset() {
        self = WideLines()
    }

    /// The soft break at an index of the tree's nodes; -1 for a hard one.
    mutating func noteBreak(_ index: Int32) {
        openBreak = index
    }

    /// A text, which the tree's buffer holds from `start` on: marks the break before it where it is nothing.
    mutating func noteText(from start: Int, in tree: inout MarkdownTree) {
        if openBreak >= 0, lastIsWide, isEastAsianWide(tree.bytes[start...]) {
            tree.nodes[Int(openBreak)].flags.insert(.joins)
        }
        openBreak = -1
        var last = tree.bytes.count - 1
        while last > start, tree.bytes[last] & 0xC0 == 0x80 { last -= 1 }
        lastIsWide = isEastAsianWide(tree.bytes[last...])
    }
}
