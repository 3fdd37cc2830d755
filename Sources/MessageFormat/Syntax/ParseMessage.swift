public import SourceDiagnostics

/// Parses a message in MessageFormat 2 syntax.
///
/// - Parameters:
///   - source: UTF-8. Text that is not valid UTF-8 is reported and read with U+FFFD.
///   - limits: sizes beyond which parsing stops with `mf2/limit-exceeded`.
/// - Returns: the message, as far as it could be read, and all syntax and data model errors, with spans in
///   `source`. A message with an error must not be formatted; see ``MessageErrorType`` for the
///   specification's name of each diagnostic.
///
/// Source: LDML 48, part 9, "Syntax" and "Data Model Errors".
public func parseMessage(
    _ source: [UInt8], limits: SyntaxLimits = .standard
) -> (message: Message, diagnostics: [Diagnostic]) {
    parse(source, Span(0, source.count), limits) { parser in parser.message() }
}

/// Parses a message in MessageFormat 2 syntax; see ``parseMessage(_:limits:)-([UInt8],_)``.
public func parseMessage(
    _ source: String, limits: SyntaxLimits = .standard
) -> (message: Message, diagnostics: [Diagnostic]) {
    parseMessage(Array(source.utf8), limits: limits)
}

/// Parses declarations, `.match` and keys, and leaves the patterns to the caller.
///
/// For a text whose literal part is another language, such as Markdown. Each pattern of the result has no
/// elements, and its place is the inside of its `{{ … }}`. Where such a pattern ends is found by stepping over
/// `\` with the byte behind it and over placeholders. A text for which ``isComplexMessage(_:in:)`` is false
/// becomes one pattern that spans all of `range`.
///
/// - Parameters:
///   - source: UTF-8.
///   - range: the part of `source` to parse; all of it by default.
///   - limits: sizes beyond which parsing stops with `mf2/limit-exceeded`.
/// - Returns: the message without its patterns' elements, and the syntax errors outside of patterns with the
///   data model errors, all with spans in `source`.
public func parseMessageOutline(
    _ source: [UInt8], in range: Span? = nil, limits: SyntaxLimits = .standard
) -> (message: Message, diagnostics: [Diagnostic]) {
    let range = range ?? Span(0, source.count)
    guard isComplexMessage(source, in: range) else {
        let place = Place(range)
        return (Message(body: .pattern(Pattern(place: place)), place: place), [])
    }
    return parse(source, range, limits) { parser in
        parser.leavesPatterns = true
        let start = parser.offset
        parser.skipSpace()
        return parser.complexMessage(from: start)
    }
}

/// Whether a text begins like a complex message: after white space with `{{`, or with `.input`, `.local` or
/// `.match` followed by white space, `{` or `$`.
///
/// The MessageFormat syntax itself calls any message complex that begins with a full stop; where the literal text
/// is prose, `.NET is here` had better be simple.
public func isComplexMessage(_ source: [UInt8], in range: Span? = nil) -> Bool {
    let range = range ?? Span(0, source.count)
    var parser = Parser(source, from: range.start, to: range.end, limits: .standard)
    parser.skipSpace()
    if parser.startsWith("{{") { return true }
    guard parser.startsWith(".input") || parser.startsWith(".local") || parser.startsWith(".match") else {
        return false
    }
    let behind = parser.offset + 6
    switch parser.byte(at: behind) {
    case 0x7B?, 0x24?: return true
    default: return parser.trivia(at: behind).length > 0
    }
}

/// A placeholder read out of a larger text.
public struct ParsedPlaceholder: Sendable {
    /// The placeholder; nil when there is none that could be read, which is reported.
    public var placeholder: Placeholder?
    /// The offset behind it; behind its defective rest when `placeholder` is nil. Always past the `{`.
    public var end: Int
    /// What is wrong with it.
    public var diagnostics: [Diagnostic]
}

/// Parses the one placeholder whose `{` stands at `offset` of a larger text.
///
/// - Parameters:
///   - bytes: UTF-8.
///   - offset: where the `{` is; without one there, the result is empty and ends one byte further.
///   - end: where the larger text ends; the end of `bytes` by default.
///   - limits: sizes beyond which parsing stops with `mf2/limit-exceeded`.
/// - Returns: the placeholder, where it ends, and syntax errors and duplicate options, with spans in `bytes`.
public func parsePlaceholder(
    in bytes: [UInt8], at offset: Int, end: Int? = nil, limits: SyntaxLimits = .standard
) -> ParsedPlaceholder {
    var parser = Parser(bytes, from: offset, to: end ?? bytes.count, limits: limits)
    guard parser.current == 0x7B else {
        return ParsedPlaceholder(placeholder: nil, end: offset + 1, diagnostics: [])
    }
    let placeholder = parser.placeholder()
    return ParsedPlaceholder(
        placeholder: placeholder, end: max(parser.offset, offset + 1), diagnostics: parser.diagnostics)
}

private func parse(
    _ source: [UInt8], _ range: Span, _ limits: SyntaxLimits, _ body: (inout Parser) -> Message
) -> (message: Message, diagnostics: [Diagnostic]) {
    var diagnostics: [Diagnostic] = []
    guard range.length <= limits.bytes else {
        diagnostics.append(.limitExceeded(at: Span(range.start, range.start), "bytes in one message", limits.bytes))
        return (Message(body: .pattern(Pattern(place: Place(range))), place: Place(range)), diagnostics)
    }
    let (text, invalid) = replacingInvalidUTF8(source, in: range)
    if let invalid { diagnostics.append(.invalidUTF8(at: invalid)) }
    var parser = Parser(text, from: range.start, to: range.end, limits: limits)
    let message = body(&parser)
    diagnostics += parser.diagnostics
    // Only a message that is well-formed has a data model, and errors of that. Those of a tree with holes would only repeat
    // the syntax errors.
    if diagnostics.contains(where: { MessageErrorType($0) == .syntaxError }) {
        diagnostics.removeAll { $0.id == DiagnosticID.duplicateOptionName }
    } else {
        diagnostics += message.dataModelErrors()
    }
    if diagnostics.count > limits.diagnostics { diagnostics.removeSubrange(limits.diagnostics...) }
    return (message, diagnostics)
}

/// The text with a question mark for each byte that is no part of UTF-8, so that every offset stays what it was,
/// and the first such place.
private func replacingInvalidUTF8(_ bytes: [UInt8], in range: Span) -> (text: [UInt8], first: Span?) {
    var text = bytes
    var first: Span?
    var index = range.start
    let end = min(range.end, bytes.count)
    while index < end {
        if bytes[index] < 0x80 {
            index += 1
            continue
        }
        let length =
            switch bytes[index] {
            case 0xC2...0xDF: 2
            case 0xE0...0xEF: 3
            case 0xF0...0xF4: 4
            default: 1
            }
        let stop = min(index + length, end)
        if String(validating: bytes[index..<stop], as: UTF8.self) != nil {
            index = stop
        } else {
            first = first ?? Span(index, index + 1)
            text[index] = 0x3F
            index += 1
        }
    }
    return (text, first)
}
