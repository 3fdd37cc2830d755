import ByteText
import UnicodeLocale

/// The direction of a formatted value.
public enum ValueDirection: Hashable, Sendable {
    case ltr
    case rtl
    /// Told from its first strong character.
    case auto

    init(_ direction: Direction?) {
        switch direction {
        case .ltr?: self = .ltr
        case .rtl?: self = .rtl
        case nil: self = .auto
        }
    }

    /// `ltr`, `rtl` or `auto`.
    public var name: String {
        switch self {
        case .ltr: "ltr"
        case .rtl: "rtl"
        case .auto: "auto"
        }
    }
}

/// What an expression resolves to: a value with all that is needed to format it, select by it, or hand it on.
///
/// Source: LDML 48, part 9, "Resolved Values".
public struct ResolvedValue: Sendable {
    /// The kinds of values, each with its own way of formatting and selecting. The large ones are boxed, so that
    /// strings, which are most, are quick to hand on.
    public enum Kind: Sendable {
        /// The expression could not be resolved; its fallback is shown.
        case fallback
        /// A string. Whether it came through `:string` decides if one can select by it.
        case string(String, isSelector: Bool)
        /// A number with its options.
        indirect case number(ResolvedNumber)
        /// A date or time with its options.
        indirect case dateTime(ResolvedDateTime)
        /// A value that is shown as a text.
        case other(MessageValue)
        /// The value of a function from outside the module.
        indirect case custom(CustomValue)
    }

    /// What it is, with its options.
    public var kind: Kind
    /// The direction of its text, as far as it is known.
    public var direction: ValueDirection
    /// Whether `u:dir` was set, in which case the value is isolated even where all is left-to-right.
    public var isIsolated = false
    /// `u:id`, which is passed on to the formatted parts.
    public var id: String?

    /// Creates a value; the direction of numbers and dates is that of the locale.
    public init(_ kind: Kind, direction: ValueDirection = .auto) {
        self.kind = kind
        self.direction = direction
    }

    static let fallback = ResolvedValue(.fallback)

    /// The value without its options, as a function sees it in an option; nil for a fallback.
    public var value: MessageValue? {
        switch kind {
        case .fallback: nil
        case .string(let value, _): .string(value)
        case .number(let number): .decimal(number.value)
        case .dateTime(let dateTime): dateTime.messageValue
        case .other(let value): value
        case .custom(let custom): custom.value
        }
    }
}

/// The value of a function that is not part of the module.
public struct CustomValue: Sendable {
    /// Part of a formatted value.
    public struct Part: Hashable, Sendable {
        /// What the part is, such as `integer` or `decimal`.
        public var type: String
        /// The text of the part.
        public var value: String

        /// Creates a part.
        public init(type: String, value: String) {
            self.type = type
            self.value = value
        }
    }

    /// The outcome of formatting or selecting.
    public enum Outcome<Success: Sendable>: Sendable {
        case success(Success)
        case failure(MessageErrorType)
    }

    /// The type that the formatted part has.
    public var type: String
    /// The value itself, for functions that it is handed on to.
    public var value: MessageValue
    /// The options to hand on.
    public var options: [ResolvedOption]
    /// The locale that the formatted part names; nil for the message's.
    public var locale: String?
    /// Formats the value; nil when it cannot be formatted.
    public var format: (@Sendable () -> Outcome<[Part]>)?
    /// Returns those of the keys that match, the best one first; nil when one cannot select by it.
    public var select: (@Sendable ([String]) -> Outcome<[String]>)?

    /// Creates a value.
    public init(
        type: String, value: MessageValue, options: [ResolvedOption] = [], locale: String? = nil,
        format: (@Sendable () -> Outcome<[Part]>)? = nil, select: (@Sendable ([String]) -> Outcome<[String]>)? = nil
    ) {
        self.type = type
        self.value = value
        self.options = options
        self.locale = locale
        self.format = format
        self.select = select
    }
}

/// An option whose value is resolved.
public struct ResolvedOption: Hashable, Sendable {
    /// The name as it is written, with its namespace.
    public var name: String
    /// Nil when the value is a variable that has none.
    public var value: MessageValue?
    /// Whether the value was written as a literal.
    public var isLiteral: Bool

    /// Creates an option.
    public init(_ name: String, _ value: MessageValue?, isLiteral: Bool = true) {
        self.name = name
        self.value = value
        self.isLiteral = isLiteral
    }

    /// The value as text; nil unless it is a string.
    public var string: String? {
        if case .string(let text)? = value { text } else { nil }
    }

    /// The value as a digit size option: a non-negative integer of at most two digits.
    ///
    /// Source: LDML 48, part 9, "Digit Size Options".
    public var digitSize: Int? {
        if case .string(let text)? = value {
            guard (1...2).contains(text.utf8.count), text.utf8.allSatisfy({ $0.isASCIIDigit }),
                text.utf8.count == 1 || text.utf8.first != 0x30
            else { return nil }
            return Int(text)
        }
        guard let integer = value?.decimal?.integer, (0...99).contains(integer) else { return nil }
        return Int(integer)
    }
}
