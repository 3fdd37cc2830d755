import LocatedYAML
import SourceDiagnostics

/// A text in another language inside a file: an expression, or a text with Markdown.
package struct EmbeddedText: Sendable {
    /// Where the bytes of the text come from.
    package enum Origin: Sendable {
        /// A YAML scalar, with quotation marks, escapes and indentation of its own.
        case scalar(YAMLScalar)
        /// These bytes of what such a scalar decodes to.
        case part(of: YAMLScalar, Span)
        /// Bytes that stand in the file as they are.
        case verbatim
    }

    /// UTF-8; of a scalar, what it decodes to.
    package var bytes: [UInt8]
    package var origin: Origin
    /// Where it stands in ``file``.
    package var span: Span
    package var file: String

    /// A text that stands in the file as it is.
    init(bytes: [UInt8], at span: Span, file: String) {
        self.bytes = bytes
        origin = .verbatim
        self.span = span
        self.file = file
    }

    /// The text of a scalar that is not null; nil for anything else.
    init?(_ node: YAMLNode, file: String) {
        guard let scalar = node.scalar, scalar.value != .null else { return nil }
        bytes = scalar.bytes
        origin = .scalar(scalar)
        span = node.span
        self.file = file
    }

    package var text: String { String(decoding: bytes, as: UTF8.self) }

    /// The text of a scalar without spaces and line ends around it, which quotation marks and `|` keep.
    var trimmed: EmbeddedText {
        guard case .scalar(let scalar) = origin, let first = bytes.firstIndex(where: { $0 > 0x20 }),
            let last = bytes.lastIndex(where: { $0 > 0x20 }), last - first + 1 < bytes.count
        else { return self }
        var result = self
        result.bytes = Array(bytes[first...last])
        result.origin = .part(of: scalar, Span(first, last + 1))
        return result
    }

    /// Its place, for diagnostics about it as a whole.
    package var label: Label { Label(file: file, span) }

    /// The way back to the file's bytes; made only when something has to be reported.
    package var table: OffsetTable {
        switch origin {
        case .scalar(let scalar): scalar.table
        case .part(let scalar, let span): scalar.table.slice(span)
        case .verbatim: OffsetTable(outer: span.start, length: span.length)
        }
    }

    /// Diagnostics in offsets of the text, led to the file.
    func place(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
        guard !diagnostics.isEmpty else { return [] }
        let table = table
        let spell = diagnostics.contains { !$0.fixIts.isEmpty } ? spelling : nil
        return diagnostics.map { $0.placed(in: file, through: table, spell: spell) }
    }

    /// Leads edits of the text to edits of its file.
    private var spelling: ([Edit]) -> [Edit] {
        switch origin {
        case .scalar(let scalar):
            let scalarEdits = ScalarEdits(scalar)
            return { scalarEdits.edits($0) }
        case .part(let scalar, let span):
            let scalarEdits = ScalarEdits(scalar)
            return { scalarEdits.edits($0, from: span.start) }
        case .verbatim:
            let lineBreak = lineBreakUsed(in: bytes)
            let start = span.start
            return { edits in
                edits.map { Edit($0.span.shifted(by: start), $0.replacement.replacing("\n", with: lineBreak)) }
            }
        }
    }
}

/// A value with its place.
package struct Located<Value: Sendable>: Sendable {
    package var value: Value
    package var file: String
    package var span: Span

    package var label: Label { Label(file: file, span) }
}

extension Located: Equatable where Value: Equatable {}
