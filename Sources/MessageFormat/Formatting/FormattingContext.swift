public import UnicodeLocale

/// The language that a message is formatted in, parsed once for many messages.
public struct FormattingLocale: Hashable, Sendable {
    /// The BCP 47 tag as given.
    public let tag: String
    /// The tag's parts; nil when it is not a language tag.
    public let language: LanguageTag?
    /// The direction of the language's text; nil when it is not known.
    public let direction: Direction?

    /// Parses a BCP 47 tag; one that cannot be read stands for no language in particular.
    public init(_ tag: String) {
        self.tag = tag
        language = try? LanguageTag(tag)
        direction = language?.direction
    }

    /// A locale for a tag that is parsed already.
    public init(_ language: LanguageTag) {
        tag = language.text
        self.language = language
        direction = language.direction
    }
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
    public var locale: FormattingLocale
    /// Writes numbers and dates.
    public var host: FormattingHost
    /// The functions that a message may call.
    public var functions: FunctionRegistry
    public var isolation: BidirectionalIsolation
    /// The schemes that a value may give a link that it makes up as a whole, in lower case, such as `https`.
    public var linkSchemes: [String]

    /// Creates a context.
    public init(
        locale: FormattingLocale, host: FormattingHost = .neutral, functions: FunctionRegistry = .standard,
        isolation: BidirectionalIsolation = .standard, linkSchemes: [String] = ["https"]
    ) {
        self.locale = locale
        self.host = host
        self.functions = functions
        self.isolation = isolation
        self.linkSchemes = linkSchemes
    }
}

/// An error that happened while a message was formatted; the message is formatted all the same.
///
/// Source: LDML 48, part 9, "Resolution Errors" and "Message Function Errors".
public struct FormattingError: Hashable, Sendable {
    public var type: MessageErrorType
    /// The expression concerned, as its fallback shows it: `$name`, `|literal|` or `:function`.
    public var source: String

    /// Creates an error.
    public init(type: MessageErrorType, source: String) {
        self.type = type
        self.source = source
    }
}
