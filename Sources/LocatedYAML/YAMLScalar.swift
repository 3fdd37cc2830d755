import SourceDiagnostics

/// A scalar: its decoded text, what the core schema makes of it, and the way back to the file.
public struct YAMLScalar: Sendable {
    /// How a scalar is written (YAML 1.2.2, chapters 7 and 8).
    public enum Style: UInt8, Hashable, Sendable {
        case plain
        case singleQuoted
        case doubleQuoted
        /// `|`
        case literal
        /// `>`
        case folded
    }

    /// What the YAML 1.2 core schema reads (section 10.3.2).
    public enum Value: Hashable, Sendable {
        case null
        case bool(Bool)
        case int(Int)
        case float(Double)
        case string
    }

    /// The decoded text: escapes resolved, lines folded, indentation removed; for a number as it is written.
    public var text: String
    public var style: Style
    /// The type and value by the core schema; only plain scalars and those with a core tag are other than `string`.
    public var value: Value
    /// The file that the scalar was read from.
    let source: [UInt8]
    /// The bytes that libyaml read for it: with quotation marks, or from the block header to the end of the last line break.
    let raw: Span

    init(text: String, style: Style, value: Value, source: [UInt8], raw: Span) {
        self.text = text
        self.style = style
        self.value = value
        self.source = source
        self.raw = raw
    }

    /// The way from offsets in the decoded ``text`` to bytes of the file.
    ///
    /// It is computed when asked for, in time linear in the scalar's length.
    public var table: OffsetTable {
        ScalarDecoder(source: source, raw: raw, style: style).table(of: text)
    }

    /// The bytes of the file as they are written, quotation marks included.
    public var rawText: String {
        String(decoding: source[raw.start..<raw.end], as: UTF8.self)
    }
}
