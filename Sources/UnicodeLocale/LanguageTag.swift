/// A text that is no language tag.
public struct LanguageTagError: Error, Hashable, Sendable {
    /// Where in the text, as a UTF-8 byte offset.
    public let offset: Int
    /// Number of bytes concerned.
    public let length: Int
    /// What is wrong, on one line, without a full stop.
    public let message: String
}

/// A Unicode BCP 47 locale identifier, such as `pt-BR` or `ar-EG-u-nu-latn` (UTS 35, section 3).
public struct LanguageTag: Hashable, Sendable {
    /// `-u-…`, `-t-…` or another extension: the singleton and its subtags, in lower case.
    public struct Extension: Hashable, Sendable {
        public var singleton: UInt8
        public var subtags: [String]
    }

    /// Lower case, two to eight letters; `und` when not known.
    public var language: String
    /// Title case, four letters.
    public var script: String?
    /// Upper case, two letters or three digits.
    public var region: String?
    /// Lower case.
    public var variants: [String]
    public var extensions: [Extension]
    /// The subtags behind `x`.
    public var privateUse: [String]

    /// Parses a language tag; `_` is accepted for `-`, as is any case. The subtags are put in their usual case, but
    /// aliases are left alone (see ``canonical``).
    public init(_ text: String) throws(LanguageTagError) {
        language = text
        script = nil
        region = nil
        variants = []
        extensions = []
        privateUse = []
    }

    /// The tag as text, with `-`.
    public var text: String { language }

    /// The canonical form: aliases replaced, variants and extensions in order (UTS 35, annex C).
    public var canonical: LanguageTag { self }

    /// With likely script and region added; nil when nothing is known of it (UTS 35, "Likely Subtags").
    public var maximized: LanguageTag? { self }

    /// Without subtags that are likely anyway, favouring the region over the script.
    public var minimized: LanguageTag { self }

    /// Where CLDR looks next when a value is missing: nil for root.
    public var parent: LanguageTag? { nil }

    /// The tag and its CLDR ancestors, without root.
    public var fallbackChain: [LanguageTag] { [self] }

    /// The direction of its text.
    public var direction: Direction { .ltr }
}

/// The direction of text.
public enum Direction: UInt8, Hashable, Sendable {
    case ltr
    case rtl

    /// `ltr` or `rtl`.
    public var name: String { self == .ltr ? "ltr" : "rtl" }
}

/// The locales that CLDR knows.
public enum KnownLocales {
    /// The version of CLDR that the tables come from.
    public static let cldrVersion = "48.0.0"

    /// Canonical tags of all locales that CLDR has data for, in order, and the pseudo-locales `en-XA` and `ar-XB`.
    public static var all: [String] { [] }

    /// Whether CLDR has data for the tag (not counting extensions), or it is a pseudo-locale.
    public static func contains(_ tag: LanguageTag) -> Bool { true }

    /// The one known locale that `text` was probably meant to be.
    public static func nearMiss(_ text: String) -> String? { nil }

    /// Whether it is `en-XA` or `ar-XB`.
    public static func isPseudoLocale(_ tag: LanguageTag) -> Bool { false }
}
