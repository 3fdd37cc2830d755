// The interchange data model of MessageFormat 2 (LDML 48, part 9, "Interchange Data Model";
// spec/data-model/message.json). The names are the specification's, spelled out.

/// A message: its declarations, and either one pattern or a choice among variants.
///
/// Source: LDML 48, part 9, "Message Model" (`PatternMessage` and `SelectMessage`).
public struct Message: Hashable, Sendable {
    /// The `.input` and `.local` declarations in the order they were written.
    public var declarations: [Declaration]
    /// What is formatted.
    public var body: MessageBody
    /// The whole message.
    public var place: Place

    /// Creates a message.
    public init(declarations: [Declaration] = [], body: MessageBody, place: Place = .none) {
        self.declarations = declarations
        self.body = body
        self.place = place
    }

    /// The patterns: one, or one for each variant.
    public var patterns: [Pattern] {
        switch body {
        case .pattern(let pattern): [pattern]
        case .select(let matcher): matcher.variants.map { $0.value }
        }
    }
}

/// What a message formats.
public enum MessageBody: Hashable, Sendable {
    /// One pattern (`PatternMessage`).
    case pattern(Pattern)
    /// A choice among variants (`SelectMessage`).
    case select(Matcher)
}

/// The `.match` statement and its variants.
public struct Matcher: Hashable, Sendable {
    /// The variables that the choice depends on, most important first.
    public var selectors: [VariableReference]
    /// The variants in the order they were written.
    public var variants: [Variant]
    /// From `.match` to the end of the last variant.
    public var place: Place

    /// Creates a matcher.
    public init(selectors: [VariableReference], variants: [Variant], place: Place = .none) {
        self.selectors = selectors
        self.variants = variants
        self.place = place
    }
}

/// One variant: its keys, one for each selector, and its pattern.
public struct Variant: Hashable, Sendable {
    /// One key for each selector.
    public var keys: [VariantKey]
    /// The pattern formatted when the keys match.
    public var value: Pattern
    /// From the first key to the end of the quoted pattern.
    public var place: Place

    /// Creates a variant.
    public init(keys: [VariantKey], value: Pattern, place: Place = .none) {
        self.keys = keys
        self.value = value
        self.place = place
    }

    /// Whether all keys are `*`.
    public var isFallback: Bool {
        keys.allSatisfy { if case .catchAll = $0 { true } else { false } }
    }
}

/// A key of a variant.
public enum VariantKey: Hashable, Sendable {
    /// Matches what the selector's function says that it matches.
    case literal(Literal)
    /// `*`, which matches always, but as the last choice.
    case catchAll(Place)

    /// Where the key stands.
    public var place: Place {
        switch self {
        case .literal(let literal): literal.place
        case .catchAll(let place): place
        }
    }

    /// The literal's value; nil for `*`.
    public var value: String? {
        if case .literal(let literal) = self { literal.value } else { nil }
    }
}

/// A declaration of a variable.
public struct Declaration: Hashable, Sendable {
    /// Whether the value comes from outside or is computed.
    public enum Kind: Hashable, Sendable {
        /// `.input {$name …}`: annotates a value that comes from outside.
        case input
        /// `.local $name = {…}`: gives a name to an expression.
        case local
    }

    /// `.input` or `.local`.
    public var kind: Kind
    /// The variable's name, without `$`.
    public var name: String
    /// The expression; for `.input` its operand is the variable itself.
    public var value: Expression
    /// The whole declaration.
    public var place: Place
    /// The variable's name with its `$`.
    public var namePlace: Place

    /// Creates a declaration.
    public init(
        _ kind: Kind, name: String, value: Expression, place: Place = .none, namePlace: Place = .none
    ) {
        self.kind = kind
        self.name = name
        self.value = value
        self.place = place
        self.namePlace = namePlace
    }
}

/// A sequence of text and placeholders.
public struct Pattern: Hashable, Sendable {
    /// Text and placeholders in order; two texts never follow one another in a parsed pattern.
    public var elements: [PatternElement]
    /// The pattern, without the `{{` and `}}` of a quoted one.
    public var place: Place

    /// Creates a pattern.
    public init(_ elements: [PatternElement] = [], place: Place = .none) {
        self.elements = elements
        self.place = place
    }
}

/// An element of a pattern.
public enum PatternElement: Hashable, Sendable {
    /// Literal text, its escapes resolved.
    case text(Text)
    /// A placeholder for a value.
    indirect case expression(Expression)
    /// A placeholder for markup.
    indirect case markup(Markup)

    /// Literal text that stands in no source.
    public static func text(_ value: String) -> PatternElement { .text(Text(value)) }

    /// Where the element stands.
    public var place: Place {
        switch self {
        case .text(let text): text.place
        case .expression(let expression): expression.place
        case .markup(let markup): markup.place
        }
    }
}

/// Literal text of a pattern.
public struct Text: Hashable, Sendable {
    /// The text, its escapes resolved.
    public var value: String
    /// The text as written, escapes and all.
    public var place: Place

    /// Creates a text.
    public init(_ value: String, place: Place = .none) {
        self.value = value
        self.place = place
    }
}
