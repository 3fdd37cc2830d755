/// The controls that isolate a value: U+2066 LRI, U+2067 RLI, U+2068 FSI and U+2069 PDI.
///
/// A value may hold such controls itself. One that ends an isolate would end the value's own, and one that is never ended
/// would order the text behind the value too. What a value begins therefore ends with it, and what it does not begin it
/// cannot end (UAX #9, sections 2 and 3.3.2).
enum Isolate {
    static let end = "\u{2069}"
    static let firstStrong = "\u{2068}"

    static func start(_ direction: ValueDirection) -> String {
        switch direction {
        case .ltr: "\u{2066}"
        case .rtl: "\u{2067}"
        case .auto: firstStrong
        }
    }

    /// The value between controls that isolate it, each of its paragraphs by itself, since isolation ends with one.
    static func isolated(_ text: String, _ direction: ValueDirection) -> String {
        guard needsCare(text) else { return start(direction) + text + end }
        var writer = BalancedText(start: start(direction), end: end)
        return writer.write(text)
    }

    /// The value with what it begins ended, for a place that isolates it by other means or not at all.
    static func closed(_ text: String) -> String {
        guard needsCare(text) else { return text }
        var writer = BalancedText(start: "", end: "")
        return writer.write(text)
    }

    /// Whether the text may hold a control or the end of a paragraph; hardly any does. Looks at U+2029 to U+202E, at
    /// U+2066 to U+2069, at U+0085 and at the control characters of ASCII.
    private static func needsCare(_ text: String) -> Bool {
        var lead: UInt8 = 0
        var second: UInt8 = 0
        for byte in text.utf8 {
            switch (lead, second, byte) {
            case (_, _, 0..<0x20), (_, 0xC2, 0x85), (0xE2, 0x80, 0xA9...0xAE), (0xE2, 0x81, 0xA6...0xA9): return true
            default: break
            }
            lead = second
            second = byte
        }
        return false
    }
}

/// Writes a value whose controls are balanced.
private struct BalancedText {
    let start: String
    let end: String
    private var output = String.UnicodeScalarView()
    /// The controls that are not ended yet, each with what ends it.
    private var open: [Unicode.Scalar] = []
    private var isInside = false

    init(start: String, end: String) {
        self.start = start
        self.end = end
    }

    mutating func write(_ text: String) -> String {
        begin()
        for scalar in text.unicodeScalars {
            if endsParagraph(scalar) {
                finish()
                output.append(scalar)
            } else {
                if !isInside { begin() }
                write(scalar)
            }
        }
        finish()
        return String(output)
    }

    private mutating func begin() {
        output.append(contentsOf: start.unicodeScalars)
        isInside = true
    }

    private mutating func finish() {
        guard isInside else { return }
        while let end = open.popLast() { output.append(end) }
        output.append(contentsOf: end.unicodeScalars)
        isInside = false
    }

    private mutating func write(_ scalar: Unicode.Scalar) {
        switch scalar.value {
        case 0x202A, 0x202B, 0x202D, 0x202E: open.append("\u{202C}")
        case 0x2066...0x2068: open.append("\u{2069}")
        case 0x202C:
            // Ends the last embedding or override, if it began inside of the same isolate.
            guard open.last == "\u{202C}" else { return }
            open.removeLast()
        case 0x2069:
            // Ends the last isolate, and with it all that began inside.
            guard let begun = open.lastIndex(of: "\u{2069}") else { return }
            open.removeSubrange(begun...)
        default: break
        }
        output.append(scalar)
    }

    /// Whether the scalar has the bidirectional class B.
    private func endsParagraph(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x0A, 0x0D, 0x1C...0x1E, 0x85, 0x2029: true
        default: false
        }
    }
}
