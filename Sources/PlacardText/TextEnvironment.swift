import PlacardMarkdown
import UnicodeLocale

/// How a text is written.
public enum TextKind: Sendable, Hashable {
    /// Characters and placeholders; Markdown has no meaning.
    case plain
    /// One paragraph's inline Markdown.
    case inline
    /// A whole Markdown document; with `conversation`, each heading begins a step and a link to `#step` is a choice.
    case document(conversation: Bool)
    /// The target of an action: parts of an address, with placeholders as in a link's target (R8).
    case url
}

/// What a variable's value is, as far as a text can tell.
public enum TextValueType: UInt8, Sendable, Hashable {
    case string, int, uint, double, bool, timestamp, duration, version, url, list, map

    /// The name that `placard.yaml` uses.
    public var name: String {
        switch self {
        case .string: "string"
        case .int: "int"
        case .uint: "uint"
        case .double: "double"
        case .bool: "bool"
        case .timestamp: "timestamp"
        case .duration: "duration"
        case .version: "version"
        case .url: "url"
        case .list: "list"
        case .map: "map"
        }
    }
}

/// A variable that a text may use.
public struct TextVariable: Sendable, Hashable {
    public var type: TextValueType
    /// Whether a client always has a value: a required or defaulted attribute, or a property of the trigger's event.
    public var isGuaranteed: Bool
    /// What is shown without a value; nil when there is no fallback.
    public var fallback: String?
    /// What the client takes where the app gives no value, as in ``examples``; nil when nothing is declared.
    public var defaultText: String?
    /// Values that a real client may have, as JSON has them, without quotation marks; the one that shows longest counts
    /// for length limits.
    public var examples: [String]
    /// The only values that there are (an enum); empty when any may be.
    public var values: [String]

    public init(
        type: TextValueType, isGuaranteed: Bool, fallback: String? = nil, defaultText: String? = nil,
        examples: [String] = [], values: [String] = []
    ) {
        self.type = type
        self.isGuaranteed = isGuaranteed
        self.fallback = fallback
        self.defaultText = defaultText
        self.examples = examples
        self.values = values
    }
}

/// The forms that a text is compiled to.
public struct TextFormats: OptionSet, Sendable, Hashable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    public static let html = TextFormats(rawValue: 1)
    public static let text = TextFormats(rawValue: 2)
    public static let mdast = TextFormats(rawValue: 4)
    public static let all: TextFormats = [.html, .text, .mdast]
}

/// Everything outside a text that decides whether it is right.
///
/// What the texts of one message in one language have in common stands in one object that they share, so that handing an
/// environment on costs one reference rather than one for each of its parts.
public struct TextEnvironment: Sendable {
    private struct Common: Sendable {
        var variables: [String: TextVariable]
        var markup: [String]
        var links: LinkPolicy
        var locale: LanguageTag
        var pseudo: [PseudoLocale]
        var examples: ExampleFormatting
    }

    private final class Shared: Sendable {
        let values: Common

        init(_ values: Common) {
            self.values = values
        }
    }

    private var shared: Shared

    /// By name as in the text, without `$`: `user.first_name`, `event.order_id`.
    public var variables: [String: TextVariable] {
        get { shared.values.variables }
        set { set(\.variables, newValue) }
    }

    /// Names of MF2 markup that the template declares; `strong` and `em` are known to everyone.
    public var markup: [String] {
        get { shared.values.markup }
        set { set(\.markup, newValue) }
    }

    public var links: LinkPolicy {
        get { shared.values.links }
        set { set(\.links, newValue) }
    }

    /// The language of the text, for plural categories and direction.
    public var locale: LanguageTag {
        get { shared.values.locale }
        set { set(\.locale, newValue) }
    }

    /// Pseudo-locales that the text is compiled to as well.
    public var pseudo: [PseudoLocale] {
        get { shared.values.pseudo }
        set { set(\.pseudo, newValue) }
    }

    /// How the values that lengths are counted with are written.
    public var examples: ExampleFormatting {
        get { shared.values.examples }
        set { set(\.examples, newValue) }
    }

    private mutating func set<Value>(_ path: WritableKeyPath<Common, Value>, _ value: Value) {
        var values = shared.values
        values[keyPath: path] = value
        shared = Shared(values)
    }

    /// What the template allows in a document.
    public var blocks: BlockKinds
    /// Fewest grapheme clusters, counted over every variant.
    public var minimumLength: Int?
    /// Most grapheme clusters, counted over every variant with the longest of what each placeholder may show.
    public var maximumLength: Int?
    public var formats: TextFormats
    /// Whether to count grapheme clusters even where nothing limits them.
    public var measuresLength: Bool
    /// Whether the system shows the text by itself, as a notification: no value is known there.
    public var isNotification = false
    /// The folder that the paths of images begin at, below the one that the forms name them from; without `/` at its end.
    public var imageFolder = ""
    /// Whether other words are shown where a value of the text is missing, as those of `push.fallback`.
    public var hasSubstitute = false
    /// Where the front matter takes one more fallback, for fixes that show a variable; nil where it cannot.
    public var fallbackPlace: FallbackPlace?

    public init(
        variables: [String: TextVariable] = [:], markup: [String] = [],
        links: LinkPolicy = LinkPolicy(schemes: ["https"]), locale: LanguageTag, blocks: BlockKinds = .all,
        minimumLength: Int? = nil, maximumLength: Int? = nil, formats: TextFormats = .all,
        measuresLength: Bool = false, pseudo: [PseudoLocale] = [], examples: ExampleFormatting = ExampleFormatting()
    ) {
        shared = Shared(
            Common(
                variables: variables, markup: markup, links: links, locale: locale, pseudo: pseudo, examples: examples))
        self.blocks = blocks
        self.minimumLength = minimumLength
        self.maximumLength = maximumLength
        self.formats = formats
        self.measuresLength = measuresLength
    }
}

/// A language that nobody speaks, to see what a layout does with long or right-to-left text.
public enum PseudoLocale: UInt8, Sendable, Hashable, CaseIterable {
    /// `en-XA`: accents, a third longer, in ⟦ ⟧.
    case accented
    /// `ar-XB`: right to left.
    case mirrored

    /// The BCP 47 tag.
    public var tag: String { self == .accented ? "en-XA" : "ar-XB" }
}

extension TextEnvironment {
    /// Whether a variable of the text may have no value, and nothing is there in its place.
    func isMissing(_ variable: TextVariable) -> Bool {
        guard variable.fallback == nil, !hasSubstitute else { return false }
        guard variable.isGuaranteed else { return true }
        return isNotification && variable.defaultText == nil
    }
}
