import UnicodeLocale

/// A part of a formatted message.
///
/// Source: LDML 48, part 9, "Formatting"; the shapes are those that the test suite compares.
public enum MessagePart: Hashable, Sendable {
    /// Text of the message itself.
    case text(String)
    /// A control character that begins or ends the isolation of a value.
    case bidiIsolation(String)
    /// A formatted value.
    case value(ValuePart)
    /// Markup, which has no text of its own.
    case markup(MarkupPart)
    /// What is shown, in braces, for an expression that could not be resolved or formatted.
    case fallback(source: String)
}

/// A formatted value.
public struct ValuePart: Hashable, Sendable {
    /// `string`, `number`, `datetime`, `unknown`, or the type of a custom function's value.
    public var type: String
    /// The text to show.
    public var value: String
    /// Nil when it is told from the text.
    public var direction: ValueDirection?
    /// BCP 47.
    public var locale: String
    /// `u:id`
    public var id: String?
    /// The pieces of a number or of a custom function's value; empty for all others.
    public var parts: [CustomValue.Part] = []
}

/// Markup with its options resolved.
public struct MarkupPart: Hashable, Sendable {
    /// Whether it opens, closes or stands alone.
    public var kind: Markup.Kind
    /// The name, without `#` or `/`.
    public var name: String
    /// `u:id`
    public var id: String?
    /// The options in the order they were written, without those of the `u:` namespace.
    public var options: [ResolvedOption]
}

/// Takes the pieces of a formatted message as they come.
protocol FormattingSink {
    /// Makes room for so many pieces.
    mutating func reserve(_ count: Int)
    mutating func text(_ text: String)
    /// A value that could be formatted, as text.
    mutating func value(_ text: String, _ value: ResolvedValue, _ expression: Expression, _ context: FormattingContext)
    mutating func fallback(_ source: String, _ expression: Expression, _ context: FormattingContext)
    mutating func markup(_ part: MarkupPart)
    /// Errors that writing the pieces gave.
    var errors: [FormattingError] { get }
}

extension Resolver {
    /// Formats the message, piece by piece.
    mutating func format(into sink: inout some FormattingSink) {
        let pattern = selectedPattern()
        sink.reserve(pattern.elements.count)
        for element in pattern.elements {
            switch element {
            case .text(let text): sink.text(text.value)
            case .markup(let markup): sink.markup(resolve(markup))
            case .expression(let expression): format(expression, into: &sink)
            }
        }
        errors += sink.errors
    }

    mutating func format(_ expression: Expression, into sink: inout some FormattingSink) {
        let value = resolve(expression)
        switch formatted(value) {
        case .success(let text): sink.value(text, value, expression, context)
        case .failure(let error):
            if let error { report(error, expression.fallbackSource) }
            sink.fallback(expression.fallbackSource, expression, context)
        }
    }

    private enum Formatted {
        case success(String)
        /// Without an error when the reason is reported already.
        case failure(MessageErrorType?)
    }

    private func formatted(_ value: ResolvedValue) -> Formatted {
        switch value.kind {
        case .fallback: return .failure(nil)
        case .string(let text, _): return .success(text)
        case .number(let number): return .success(context.host.text(number.request(locale: context.locale.tag)))
        case .dateTime(let dateTime):
            return .success(context.host.text(dateTime.request(locale: context.locale.tag)))
        case .other(let value): return .success(value.text)
        case .custom(let custom):
            guard let format = custom.format else { return .failure(.notFormattable) }
            switch format() {
            case .success(let parts):
                var text = ""
                for part in parts { text += part.value }
                return .success(text)
            case .failure(let error): return .failure(error)
            }
        }
    }
}

extension FormattingContext {
    /// Whether a value is isolated (LDML 48, part 9, "Default Bidi Strategy").
    func isolates(_ value: ResolvedValue) -> Bool {
        isolation == .standard && (locale.direction != .ltr || value.direction != .ltr || value.isIsolated)
    }
}
