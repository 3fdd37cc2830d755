public import UnicodeLocale

/// The language that a message is formatted in, looked up once for many messages.
public struct FormattingLocale: Hashable, Sendable {
    /// What is known of the language, in one place, so that a context is quick to hand on.
    private final class Facts: Sendable {
        let tag: String
        let language: LanguageTag?
        let cardinal: PluralRules?
        let ordinal: PluralRules?

        init(tag: String, language: LanguageTag?) {
            self.tag = tag
            self.language = language
            cardinal = language.map { PluralRules(.cardinal, locale: $0) }
            ordinal = language.map { PluralRules(.ordinal, locale: $0) }
        }
    }

    private let facts: Facts
    /// The direction of the language's text; nil when it is not known.
    public let direction: Direction?

    /// The BCP 47 tag as given.
    public var tag: String { facts.tag }
    /// The tag's parts; nil when it is not a language tag.
    public var language: LanguageTag? { facts.language }

    /// Parses a BCP 47 tag; one that cannot be read stands for no language in particular.
    public init(_ tag: String) {
        let language = try? LanguageTag(tag)
        facts = Facts(tag: tag, language: language)
        direction = language?.direction
    }

    /// A locale for a tag that is parsed already.
    public init(_ language: LanguageTag) {
        facts = Facts(tag: language.text, language: language)
        direction = language.direction
    }

    /// The category of a number as it is shown; `other` in no language in particular.
    func category(_ kind: PluralRules.Kind, _ number: RoundedNumber) -> PluralCategory {
        let rules = kind == .cardinal ? facts.cardinal : facts.ordinal
        return rules?.category(PluralOperands(number)) ?? .other
    }

    /// Whether both have the same tag.
    public static func == (a: FormattingLocale, b: FormattingLocale) -> Bool { a.tag == b.tag }

    /// Adds the tag.
    public func hash(into hasher: inout Hasher) { hasher.combine(tag) }
}

/// How values are kept from rearranging the text around them.
public enum BidirectionalIsolation: Hashable, Sendable {
    /// The specification's default strategy: a value is isolated unless it and the message are left-to-right.
    case standard
    /// No isolation.
    case none
}

/// All that formatting depends on but the values.
///
/// Source: LDML 48, part 9, "Formatting Context".
public struct FormattingContext: Sendable {
    /// The language that is written, with its plural rules and direction.
    public var locale: FormattingLocale
    /// Writes numbers and dates.
    public var host: FormattingHost
    /// The functions that a message may call.
    public var functions: FunctionRegistry
    /// How values are kept from turning the text around them.
    public var isolation: BidirectionalIsolation
    /// Whether a link that one value makes up as a whole may be written. It is asked for an address of RFC 3986's
    /// characters alone; all that cannot stand in one is percent-encoded by then.
    public var allowsLink: @Sendable (String) -> Bool

    /// Creates a context; by default one in which a value is no link.
    public init(
        locale: FormattingLocale, host: FormattingHost = .neutral, functions: FunctionRegistry = .standard,
        isolation: BidirectionalIsolation = .standard,
        allowsLink: @escaping @Sendable (String) -> Bool = { _ in false }
    ) {
        self.locale = locale
        self.host = host
        self.functions = functions
        self.isolation = isolation
        self.allowsLink = allowsLink
    }
}

/// An error that happened while a message was formatted; the message is formatted all the same.
///
/// Source: LDML 48, part 9, "Resolution Errors" and "Message Function Errors".
public struct FormattingError: Hashable, Sendable {
    /// What kind of error it is, in the specification's words.
    public var type: MessageErrorType
    /// The expression concerned, as its fallback shows it: `$name`, `|literal|` or `:function`.
    public var source: String

    /// Creates an error.
    public init(type: MessageErrorType, source: String) {
        self.type = type
        self.source = source
    }
}
