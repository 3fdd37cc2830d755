import PlacardMarkdown
import UnicodeLocale

/// How a text is written.
package enum TextKind: Sendable, Hashable {
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
package enum TextValueType: UInt8, Sendable, Hashable {
    case string, int, uint, double, bool, timestamp, duration, version, url, list, map

    /// The name that `placard.yaml` uses.
    package var name: String {
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
package struct TextVariable: Sendable, Hashable {
    package var type: TextValueType
    /// Whether a client always has a value: a required or defaulted attribute, or a property of the trigger's event.
    package var isGuaranteed: Bool
    /// What is shown without a value; nil when there is no fallback.
    package var fallback: String?
    /// What the client takes where the app gives no value, as in ``examples``; nil when nothing is declared.
    package var defaultText: String?
    /// Values that a real client may have, as JSON has them, without quotation marks; the one that shows longest counts
    /// for length limits.
    package var examples: [String]
    /// The only values that there are (an enum); empty when any may be.
    package var values: [String]

    package init(
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
package struct TextFormats: OptionSet, Sendable, Hashable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    package static let html = TextFormats(rawValue: 1)
    package static let text = TextFormats(rawValue: 2)
    package static let mdast = TextFormats(rawValue: 4)
    package static let all: TextFormats = [.html, .text, .mdast]
}

/// Everything outside a text that decides whether it is right.
///
/// What the texts of one message in one language have in common stands in one object that they share, so that handing an
/// environment on costs one reference rather than one for each of its parts.
package struct TextEnvironment: Sendable {
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
    package var variables: [String: TextVariable] {
        get { shared.values.variables }
        set { set(\.variables, newValue) }
    }

    /// Names of MF2 markup that the template declares; `strong` and `em` are known to everyone.
    package var markup: [String] {
        get { shared.values.markup }
        set { set(\.markup, newValue) }
    }

    package var links: LinkPolicy {
        get { shared.values.links }
        set { set(\.links, newValue) }
    }

    /// The language of the text, for plural categories and direction.
    package var locale: LanguageTag {
        get { shared.values.locale }
        set { set(\.locale, newValue) }
    }

    /// Pseudo-locales that the text is compiled to as well.
    package var pseudo: [PseudoLocale] {
        get { shared.values.pseudo }
        set { set(\.pseudo, newValue) }
    }

    /// How the values that lengths are counted with are written.
    package var examples: ExampleFormatting {
        get { shared.values.examples }
        set { set(\.examples, newValue) }
    }

    private mutating func set<Value>(_ path: WritableKeyPath<Common, Value>, _ value: Value) {
        var values = shared.values
        values[keyPath: path] = value
        shared = Shared(values)
    }

    /// What the template allows in a document.
    package var blocks: BlockKinds
    /// Fewest grapheme clusters, counted over every variant.
    package var minimumLength: Int?
    /// Most grapheme clusters, counted over every variant with the longest of what each placeholder may show.
    package var maximumLength: Int?
    package var formats: TextFormats
    /// Whether to count grapheme clusters even where nothing limits them.
    package var measuresLength: Bool
    /// Whether the plain form is wanted as a value too, as ``CompiledText/model``.
    package var keepsModel = false
    /// Whether a plain text may have several lines.
    package var allowsLines = false
    /// Whether the system shows the text by itself, as a notification: no value is known there.
    package var isNotification = false
    /// The folder that the paths of images begin at, below the one that the forms name them from; without `/` at its end.
    package var imageFolder = ""
    /// Whether other words are shown where a value of the text is missing, as those of `push.fallback`.
    package var hasSubstitute = false
    /// The names of ``variables``, arranged for looking up what a name means; made anew for each where it is nil.
    package var names: (@Sendable () -> VariableNames)?
    /// Where the front matter takes one more fallback, for fixes that show a variable; nil where it cannot.
    package var fallbackPlace: FallbackPlace?

    package init(
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
package enum PseudoLocale: UInt8, Sendable, Hashable, CaseIterable {
    /// `en-XA`: accents, a third longer, in ⟦ ⟧.
    case accented
    /// `ar-XB`: right to left.
    case mirrored

    /// The BCP 47 tag.
    package var tag: String { self == .accented ? "en-XA" : "ar-XB" }
}

extension TextEnvironment {
    /// Whether a variable of the text may have no value, and nothing is there in its place.
    func isMissing(_ variable: TextVariable) -> Bool {
        guard variable.fallback == nil, !hasSubstitute else { return false }
        guard variable.isGuaranteed else { return true }
        return isNotification && variable.defaultText == nil
    }
}
