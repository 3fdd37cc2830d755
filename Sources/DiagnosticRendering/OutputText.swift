import ByteText

/// Text that may reach a terminal, a log or a file that a build server reads: the only thing that the tool writes to
/// standard output and standard error.
///
/// Whatever others wrote is shown, and none of it acts. A literal in the sources is taken as it is; a `String` gets in by
/// interpolation, on one line, with nothing in it that acts or hides (`␛`, `␊`, `<U+202E>`), and bounded:
///
///     let text: OutputText = "no template is called \"\(name)\"\n"
///
/// There is no other way in for what is known at run time only, but ``init(lines:)``, ``init(markdown:)``, ``init(json:)`` and ``init(xml:)``.
/// And ``bytes``, the only way out, sees to it once more, and that no line is a command to a build server.
package struct OutputText: Sendable, Equatable, ExpressibleByStringInterpolation, CustomStringConvertible {
    /// What the text is, which says how a character that must not stand there is written instead.
    enum Form: Sendable {
        /// For people: by name.
        case words
        /// A JSON document: as an escape, so that it is the same document (RFC 8259, section 7).
        case json
        /// An XML document: by name, as text or in an attribute's value.
        case xml
        /// Commands for GitHub, a line each.
        case commands
    }

    /// How many scalars of one interpolated text are shown.
    package static let valueLimit = 1000

    private(set) var raw: [UInt8]
    private(set) var form: Form

    init(raw: [UInt8], as form: Form) {
        self.raw = raw
        self.form = form
    }

    package init(stringLiteral text: StaticString) {
        self.init(raw: text.withUTF8Buffer { Array($0) }, as: .words)
    }

    package init(stringInterpolation: StringInterpolation) {
        self.init(raw: stringInterpolation.raw, as: .words)
    }

    /// A text of several lines for people: line feeds and tabs stay what they are.
    package init(lines text: String) {
        let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            line.split(separator: "\t", omittingEmptySubsequences: false).map { visible(String($0)) }
                .joined(separator: "\t")
        }
        self.init(raw: Array(lines.joined(separator: "\n").utf8), as: .words)
    }

    /// Lines of Markdown, whose values stand in code: what makes a line a heading, an item or a quotation stays in front of
    /// the controls that keep right-to-left letters in their place.
    package init(markdown text: String) {
        let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            let marker = line.prefix { "#>- ".unicodeScalars.contains($0) }
            return String(marker) + visible(String(line[marker.endIndex...]))
        }
        self.init(raw: Array(lines.joined(separator: "\n").utf8), as: .words)
    }

    /// A JSON document, or several.
    package init(json: String) {
        self.init(raw: Array(json.utf8), as: .json)
    }

    /// An XML document, whose values are escaped by ``xmlEscaped(_:)``.
    package init(xml: String) {
        self.init(raw: Array(xml.utf8), as: .xml)
    }

    package var isEmpty: Bool { raw.isEmpty }

    /// What is written: UTF-8.
    package var bytes: [UInt8] {
        var cleaning = Cleaning(form)
        return cleaning.run(raw)
    }

    /// The same as a `String`.
    package var description: String { String(decoding: bytes, as: UTF8.self) }

    package static func += (left: inout OutputText, right: OutputText) {
        if left.isEmpty { left.form = right.form }
        left.raw.append(contentsOf: right.raw)
    }

    package static func + (left: OutputText, right: OutputText) -> OutputText {
        var sum = left
        sum += right
        return sum
    }

    /// What literals and values in a literal come to.
    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var raw: [UInt8] = []

        package init(literalCapacity: Int, interpolationCount: Int) {
            raw.reserveCapacity(literalCapacity + 16 * interpolationCount)
        }

        package mutating func appendLiteral(_ literal: StaticString) {
            literal.withUTF8Buffer { raw.append(contentsOf: $0) }
        }

        /// A text that others may have written.
        package mutating func appendInterpolation(_ text: some StringProtocol) {
            raw.append(contentsOf: visible(String(text), limit: OutputText.valueLimit).utf8)
        }

        package mutating func appendInterpolation(_ number: some BinaryInteger) {
            raw.append(contentsOf: String(number).utf8)
        }

        package mutating func appendInterpolation(_ text: OutputText) {
            raw.append(contentsOf: text.raw)
        }
    }
}

extension Sequence<OutputText> {
    /// All of them, with `separator` between two.
    package func joined(separator: OutputText = "") -> OutputText {
        var result: OutputText = ""
        for (position, text) in enumerated() {
            if position > 0 { result += separator }
            result += text
        }
        return result
    }
}

/// The few looks of text in a terminal, as parameters of ANSI's Select Graphic Rendition.
package enum Paint: String, Sendable {
    case bold = "1"
    case dim = "2"
    case red = "31"
    case green = "32"
}

extension OutputText {
    /// The text in this look.
    package func painted(_ paint: Paint) -> OutputText {
        OutputText(raw: Array("\u{1B}[\(paint.rawValue)m".utf8) + raw + Array("\u{1B}[0m".utf8), as: form)
    }

    /// Goes to the beginning of a terminal's line and empties it.
    package static let eraseLine = OutputText(raw: OutputText.erasing, as: .words)

    static let erasing: [UInt8] = [0x0D, 0x1B, 0x5B, 0x32, 0x4B]
}

/// `text` as an XML document may hold it in text and in attributes' values (XML 1.0, sections 2.2 and 2.4): on one line,
/// markup escaped, and by name what acts, hides or is no character of XML.
package func xmlEscaped(_ text: String) -> String {
    var result = ""
    for scalar in visible(text, limit: OutputText.valueLimit, isolated: false).unicodeScalars {
        // An attribute's value stands in double quotes.
        if scalar != "'", let reference = markupReference(scalar.value) {
            result += "\(reference)"
        } else {
            result.unicodeScalars.append(scalar)
        }
    }
    return result
}
