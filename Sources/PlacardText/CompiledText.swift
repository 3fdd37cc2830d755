import PlacardMarkdown
import SourceDiagnostics

/// A text in the forms that clients read, and what other parts of the compiler ask of it.
///
/// The forms are canonical JSON, ready to stand in a locale file: a string, or with placeholders an object of
/// MessageFormat 2's data model (`spec/data-model/message.json`). All spans are offsets of the source given.
///
/// An object rather than a value: it is handed around a lot and never changes.
package final class CompiledText: Sendable {
    /// Safe HTML; empty when not asked for.
    package let html: [UInt8]
    /// Plain text; empty when not asked for.
    package let text: [UInt8]
    /// The Markdown syntax tree of the unified ecosystem; empty when not asked for.
    package let mdast: [UInt8]

    /// ``text`` as a value; nil where the environment does not ask for it.
    package let model: TextModel?

    /// Whether a value or a choice is left to the client.
    package let hasPlaceholders: Bool
    /// Each use of a variable of the environment, in the order of the source; one variable may come several times.
    package let variables: [TextVariableUse]
    /// Names of markup used, each once, in the order of first use.
    package let markup: [String]
    /// Links and images, in the order of the source.
    package let links: [TextLink]
    /// The steps of a conversation; empty for any other text.
    package let steps: [ConversationStep]
    /// Grapheme clusters of the plain text; nil where the environment neither limits nor measures them.
    package let length: TextLength?
    /// Nil for one that is the whole source.
    private let patterns: [TextVariant]?
    private let sourceLength: Int
    /// The text in the pseudo-locales that the environment names, in that order. As a preview draws them and nothing
    /// ships them, there is HTML alone of what has HTML.
    package let pseudo: [CompiledText]

    /// One entry for each pattern: one for a simple message, else one for each variant.
    package var variants: [TextVariant] {
        patterns ?? [TextVariant(keys: [], span: Span(0, sourceLength), shown: [], units: nil)]
    }

    /// Whether it has plural or select variants.
    package var hasVariants: Bool { (patterns?.count ?? 1) > 1 }

    /// A text without placeholders, choices and markup.
    init(
        plain text: [UInt8], model: TextModel?, sourceLength: Int, length: TextLength?, pseudo: [CompiledText] = []
    ) {
        html = []
        self.model = model
        self.text = text
        mdast = []
        steps = []
        self.pseudo = pseudo
        hasPlaceholders = false
        variables = []
        markup = []
        links = []
        self.length = length
        patterns = nil
        self.sourceLength = sourceLength
    }

    /// The same text with other steps.
    package init(_ text: CompiledText, steps: [ConversationStep]) {
        html = text.html
        self.text = text.text
        model = text.model
        mdast = text.mdast
        self.steps = steps
        pseudo = text.pseudo
        hasPlaceholders = text.hasPlaceholders
        variables = text.variables
        markup = text.markup
        links = text.links
        length = text.length
        patterns = text.patterns
        sourceLength = text.sourceLength
    }

    init(_ draft: TextDraft, forms: TextDraft.Forms, pseudo: [CompiledText] = []) {
        html = forms.html
        text = forms.text
        model = forms.model
        mdast = forms.mdast
        steps = forms.steps
        self.pseudo = pseudo
        hasPlaceholders = draft.hasPlaceholders
        variables = draft.variables
        markup = draft.markup
        links = draft.links
        length = draft.length
        patterns = draft.variants
        sourceLength = 0
    }
}

/// What becomes a ``CompiledText``.
struct TextDraft {
    struct Forms {
        var html: [UInt8] = []
        var text: [UInt8] = []
        var model: TextModel?
        var mdast: [UInt8] = []
        var steps: [ConversationStep] = []
    }

    var hasPlaceholders = false
    var variables: [TextVariableUse] = []
    var markup: [String] = []
    var links: [TextLink] = []
    var length: TextLength?
    var variants: [TextVariant] = []
}

/// A place where a text uses a variable.
package struct TextVariableUse: Sendable, Hashable {
    /// Without `$`.
    package var name: String
    /// The variable, or the placeholder that holds it.
    package var span: Span
    /// The function it is formatted or selected with, without `:`; nil when none.
    package var function: String?
    /// Whether it chooses a variant rather than being shown.
    package var isSelector: Bool
}

/// A link or an image.
package struct TextLink: Sendable, Hashable {
    /// A part of a target.
    package enum Part: Sendable, Hashable {
        case literal(String)
        /// A variable's name, without `$`.
        case variable(String)
    }

    package var target: [Part]
    package var isImage: Bool
    /// The whole link.
    package var span: Span
    /// The link's words, as plain text with `{$name}` for placeholders.
    package var label: String

    /// The target, when no part of it is a variable.
    package var literalTarget: String? {
        var text = ""
        for part in target {
            guard case .literal(let piece) = part else { return nil }
            text += piece
        }
        return text
    }
}

/// A step of a scripted conversation: a heading and what follows it.
package struct ConversationStep: Sendable {
    /// The heading's slug, by which links name the step.
    package var id: String
    /// The heading.
    package var span: Span
    /// The heading's words: canonical JSON, as ``CompiledText/text``.
    package var title: [UInt8]
    /// What follows the heading, without the paragraphs that hold choices alone.
    package var html: [UInt8]
    package var text: [UInt8]
    package var mdast: [UInt8]
    package var choices: [ConversationChoice]
}

/// A link from one step to another.
package struct ConversationChoice: Sendable {
    /// The id of the step it leads to, which need not exist.
    package var step: String
    /// The link's words: canonical JSON, as ``CompiledText/text``.
    package var label: [UInt8]
    package var span: Span
}

/// One pattern of a message, with the blocks that a translator sees.
package struct TextVariant: Sendable {
    /// The keys as they stand in the source, `*` included; empty for a simple message.
    package var keys: [String]
    /// The pattern, without `{{` and `}}`.
    package var span: Span
    /// The variables from outside whose values stand among its words, without `$`, as often as they do.
    package var shown: [String]
    /// The blocks, where they are more than one paragraph.
    private let blocks: [TextUnit]?

    /// - Parameter units: nil for one paragraph that is the whole pattern.
    init(keys: [String], span: Span, shown: [String], units: [TextUnit]?) {
        self.keys = keys
        self.span = span
        self.shown = shown
        blocks = units
    }

    /// Leaf blocks in the order of the source.
    package var units: [TextUnit] {
        blocks ?? [TextUnit(kind: .paragraph, span: span, holes: [])]
    }
}

/// A leaf block: the unit that is translated, hashed and compared.
package struct TextUnit: Sendable, Hashable {
    package enum Kind: UInt8, Sendable, Hashable {
        case paragraph, heading, tableCell, code
    }

    package var kind: Kind
    /// Its inline content, without list markers, `#` and fences.
    package var span: Span
    /// Parts of ``span`` that belong to containers, such as `> ` at the start of a continued line.
    package var holes: [Span]

    package init(kind: Kind, span: Span, holes: [Span]) {
        self.kind = kind
        self.span = span
        self.holes = holes
    }
}
