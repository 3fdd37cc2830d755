// Formatting to plain text, to HTML, and to parts. A message is formatted whatever happens; what
// went wrong is told beside the result.

import ByteText

/// A formatted message.
public struct FormattedMessage: Hashable, Sendable {
    /// The text as users read it.
    public var text: String
    /// What went wrong, in the order it happened; the text holds a fallback such as `{$name}` for it.
    public var errors: [FormattingError]
    /// Where values stand in the text that are part of a link's target (``EscapeContext/url``), as ranges of its UTF-8.
    public var urlValues: [Range<Int>]

    /// A text that was formatted, as far as it went.
    public init(text: String, errors: [FormattingError] = [], urlValues: [Range<Int>] = []) {
        self.text = text
        self.errors = errors
        self.urlValues = urlValues
    }
}

extension Message {
    /// Formats the message as plain text.
    ///
    /// - Parameters:
    ///   - context: locale, host and functions.
    ///   - values: the value of a variable, by its name without `$`; nil when there is none.
    /// - Returns: the text and the errors. The message must have no syntax or data model errors; one that has is
    ///   formatted as far as it goes.
    ///
    /// Source: LDML 48, part 9, "Formatting".
    public func format(
        in context: FormattingContext, values: (String) -> MessageValue?
    ) -> FormattedMessage {
        withoutActuallyEscaping(values) { values in
            var sink = TextSink()
            var resolver = Resolver(self, context, values: values)
            resolver.format(into: &sink)
            return FormattedMessage(text: sink.output, errors: resolver.errors, urlValues: sink.urlValues)
        }
    }

    /// Formats the message as HTML: its text is HTML already and goes through as it is, values are escaped.
    ///
    /// Values are isolated in `<bdi>`; where a placeholder's attribute ``EscapeContext/attributeName`` says that it
    /// stands in a link or in an HTML attribute, they are written as that place needs it.
    public func formatHTML(
        in context: FormattingContext, values: (String) -> MessageValue?
    ) -> FormattedMessage {
        withoutActuallyEscaping(values) { values in
            var sink = HTMLSink()
            var resolver = Resolver(self, context, values: values)
            resolver.format(into: &sink)
            return FormattedMessage(text: sink.output, errors: resolver.errors, urlValues: sink.urlValues)
        }
    }

    /// Formats the message that JSON text holds as plain text, and appends that to `output`.
    ///
    /// What ``init(parsing:limits:)`` and ``format(in:values:)`` give together, without the message in between where the
    /// JSON is canonical (RFC 8785) and the message has one pattern and no declarations.
    ///
    /// - Parameter json: UTF-8.
    /// - Throws: ``DataModelError`` as ``init(parsing:limits:)`` does; then nothing is appended.
    package static func appendText(
        parsing json: [UInt8], to output: inout ByteBuffer, in context: FormattingContext,
        values: (String) -> MessageValue?
    ) throws(DataModelError) {
        try append(json, to: &output, TextSink(), context, values)
    }

    /// The message that JSON text holds as plain text: what ``appendText(parsing:to:in:values:)`` appends.
    ///
    /// - Throws: ``DataModelError`` as ``init(parsing:limits:)`` does.
    public static func text(
        parsing json: [UInt8], in context: FormattingContext, values: (String) -> MessageValue?
    ) throws(DataModelError) -> String {
        let plain = json.withUnsafeBufferPointer { bytes in
            // Most texts are nothing but words.
            CanonicalMessageReader(bytes, limits: .standard).plainString().map { String(decoding: $0, as: UTF8.self) }
        }
        if let plain { return plain }
        var text = ByteBuffer(capacity: json.count + 16)
        try appendText(parsing: json, to: &text, in: context, values: values)
        return text.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
    }

    /// Formats the message that JSON text holds as HTML, and appends that to `output`.
    ///
    /// What ``init(parsing:limits:)`` and ``formatHTML(in:values:)`` give together, without the message in between where
    /// the JSON is canonical (RFC 8785) and the message has one pattern and no declarations.
    ///
    /// - Parameter json: UTF-8.
    /// - Throws: ``DataModelError`` as ``init(parsing:limits:)`` does; then nothing is appended.
    package static func appendHTML(
        parsing json: [UInt8], to output: inout ByteBuffer, in context: FormattingContext,
        values: (String) -> MessageValue?
    ) throws(DataModelError) {
        try append(json, to: &output, HTMLSink(), context, values)
    }

    private static func append(
        _ json: [UInt8], to output: inout ByteBuffer, _ sink: some WritingSink, _ context: FormattingContext,
        _ values: (String) -> MessageValue?
    ) throws(DataModelError) {
        let start = output.count
        let isWritten = json.withUnsafeBufferPointer { bytes in
            var reader = CanonicalMessageReader(bytes, limits: .standard)
            // Most texts have no placeholder.
            if bytes.first == 0x22 { return reader.writeString(into: &output) }
            return withoutActuallyEscaping(values) { values in
                var resolver = Resolver(Message(body: .pattern(Pattern())), context, values: values)
                var sink = sink
                return reader.write(into: &output) { placeholder, output in
                    switch placeholder {
                    case .expression(let expression): resolver.format(expression, into: &sink)
                    case .markup(let markup): sink.markup(resolver.resolve(markup))
                    }
                    output.append(contentsOf: sink.output.utf8)
                    sink.output.removeAll(keepingCapacity: true)
                }
            }
        }
        guard !isWritten else { return }
        output.shorten(to: start)
        let message = try Message(parsing: json)
        withoutActuallyEscaping(values) { values in
            var sink = sink
            var resolver = Resolver(message, context, values: values)
            resolver.format(into: &sink)
            output.append(contentsOf: sink.output.utf8)
        }
    }

    /// Formats the message as a list of parts.
    public func formatToParts(
        in context: FormattingContext, values: (String) -> MessageValue?
    ) -> (parts: [MessagePart], errors: [FormattingError]) {
        withoutActuallyEscaping(values) { values in
            var sink = PartsSink()
            var resolver = Resolver(self, context, values: values)
            resolver.format(into: &sink)
            return (sink.parts, resolver.errors)
        }
    }
}

/// Writes a text.
private protocol WritingSink: FormattingSink {
    var output: String { get set }
}

extension HTMLSink: WritingSink {}

/// How many bytes the pieces of a message have, roughly: room made once is cheaper than room made thrice.
let bytesPerPiece = 32

private struct TextSink: WritingSink {
    var output = ""
    var errors: [FormattingError] = []
    var urlValues: [Range<Int>] = []

    mutating func reserve(_ count: Int) { output.reserveCapacity(bytesPerPiece * count) }

    mutating func text(_ text: String) { output += text }

    mutating func markup(_ part: MarkupPart) {}

    mutating func value(
        _ text: String, _ value: ResolvedValue, _ expression: Expression, _ context: FormattingContext
    ) {
        if let place = EscapeContext(expression), place.isURL {
            appendURL(text, place, expression, context)
        } else if context.isolation == .none {
            output += text
        } else if context.isolates(value) {
            output += Isolate.isolated(text, value.direction)
        } else {
            output += Isolate.closed(text)
        }
    }

    mutating func fallback(_ source: String, _ expression: Expression, _ context: FormattingContext) {
        let isolates = context.isolation == .standard && EscapeContext(expression)?.isURL != true
        if isolates { output += Isolate.firstStrong }
        output += "{"
        output += source
        output += "}"
        if isolates { output += Isolate.end }
    }

    private mutating func appendURL(
        _ text: String, _ place: EscapeContext, _ expression: Expression, _ context: FormattingContext
    ) {
        switch place.url(text, in: context) {
        case let url?:
            let start = output.utf8.count
            output += url
            if place == .url { urlValues.append(start..<output.utf8.count) }
        case nil: errors.append(FormattingError(type: .badOperand, source: expression.fallbackSource))
        }
    }
}

private struct PartsSink: FormattingSink {
    var parts: [MessagePart] = []
    var errors: [FormattingError] = []

    mutating func reserve(_ count: Int) { parts.reserveCapacity(count) }

    mutating func text(_ text: String) { parts.append(.text(text)) }

    mutating func markup(_ part: MarkupPart) { parts.append(.markup(part)) }

    mutating func value(
        _ text: String, _ value: ResolvedValue, _ expression: Expression, _ context: FormattingContext
    ) {
        var part = ValuePart(
            type: "unknown", value: text, direction: value.direction == .auto ? nil : value.direction,
            locale: context.locale.tag, id: value.id)
        switch value.kind {
        case .string: part.type = "string"
        case .number(let number):
            part.type = "number"
            part.parts = numberParts(text, number.rounded)
        case .dateTime: part.type = "datetime"
        case .other, .fallback: break
        case .custom(let custom):
            part.type = custom.type
            part.locale = custom.locale ?? part.locale
            if case .success(let pieces)? = custom.format?() { part.parts = pieces }
        }
        guard context.isolates(value) else {
            parts.append(.value(part))
            return
        }
        parts.append(.bidiIsolation(Isolate.start(value.direction)))
        parts.append(.value(part))
        parts.append(.bidiIsolation(Isolate.end))
    }

    mutating func fallback(_ source: String, _ expression: Expression, _ context: FormattingContext) {
        if context.isolation == .standard { parts.append(.bidiIsolation(Isolate.firstStrong)) }
        parts.append(.fallback(source: source))
        if context.isolation == .standard { parts.append(.bidiIsolation(Isolate.end)) }
    }
}
