/// A placeholder, or the right-hand side of a declaration: an operand, a function, or both.
///
/// Source: LDML 48, part 9, "Expressions".
public struct Expression: Hashable, Sendable {
    /// The operand; nil for a function without one. At least one of `operand` and `function` is there.
    public var operand: Operand?
    /// The function that formats the operand.
    public var function: FunctionReference?
    /// The attributes, which have no effect on formatting.
    public var attributes: [Attribute]
    /// The expression with its braces.
    public var place: Place

    /// Creates an expression.
    public init(
        _ operand: Operand?, function: FunctionReference? = nil, attributes: [Attribute] = [], place: Place = .none
    ) {
        self.operand = operand
        self.function = function
        self.attributes = attributes
        self.place = place
    }

    /// The value of the attribute `name`; an attribute without a value has an empty one. Nil when it is not there.
    public func attribute(_ name: String) -> String? {
        MessageFormat.attribute(name, among: attributes)
    }
}

/// The value of attribute `name`: of several the last counts (LDML 48, part 9, "Attributes").
func attribute(_ name: String, among attributes: [Attribute]) -> String? {
    for attribute in attributes.reversed() where sameName(attribute.name, name) {
        return attribute.value?.value ?? ""
    }
    return nil
}

/// A literal or a variable: the operand of an expression, or the value of an option.
public enum Operand: Hashable, Sendable {
    /// A literal value.
    case literal(Literal)
    /// A variable.
    case variable(VariableReference)

    /// A literal that stands in no source.
    public static func literal(_ value: String) -> Operand { .literal(Literal(value)) }
    /// A variable that stands in no source.
    public static func variable(_ name: String) -> Operand { .variable(VariableReference(name)) }

    /// Where the operand stands.
    public var place: Place {
        switch self {
        case .literal(let literal): literal.place
        case .variable(let variable): variable.place
        }
    }
}

/// A literal value; whether it was quoted makes no difference.
public struct Literal: Hashable, Sendable {
    /// The value, its escapes resolved.
    public var value: String
    /// The literal as written, with its quotation marks `|`.
    public var place: Place

    /// Creates a literal.
    public init(_ value: String, place: Place = .none) {
        self.value = value
        self.place = place
    }
}

/// A reference to a variable.
public struct VariableReference: Hashable, Sendable {
    /// The name, without `$`.
    public var name: String
    /// The name with its `$`.
    public var place: Place

    /// Creates a reference.
    public init(_ name: String, place: Place = .none) {
        self.name = name
        self.place = place
    }
}

/// A function with its options.
public struct FunctionReference: Hashable, Sendable {
    /// The identifier, without `:`; with its namespace, if any, such as `test:select`.
    public var name: String
    /// The options in the order they were written, no two of the same name.
    public var options: [Option]
    /// From `:` to the end of the last option.
    public var place: Place
    /// The identifier with its `:`.
    public var namePlace: Place

    /// Creates a reference.
    public init(_ name: String, options: [Option] = [], place: Place = .none, namePlace: Place = .none) {
        self.name = name
        self.options = options
        self.place = place
        self.namePlace = namePlace
    }

    /// The value of the option `name`; nil when it is not set.
    public func option(_ name: String) -> Operand? {
        options.first { sameName($0.name, name) }?.value
    }
}

/// An option of a function or of markup.
public struct Option: Hashable, Sendable {
    /// The identifier, such as `minimumFractionDigits` or `u:dir`.
    public var name: String
    /// A literal or a variable.
    public var value: Operand
    /// Name, equals sign and value.
    public var place: Place
    /// The name.
    public var namePlace: Place

    /// Creates an option.
    public init(_ name: String, _ value: Operand, place: Place = .none, namePlace: Place = .none) {
        self.name = name
        self.value = value
        self.place = place
        self.namePlace = namePlace
    }
}

/// An attribute, which says something about a placeholder but does not change how it is formatted.
public struct Attribute: Hashable, Sendable {
    /// The identifier, without `@`.
    public var name: String
    /// The value; nil for an attribute without one.
    public var value: Literal?
    /// The whole attribute with its `@`.
    public var place: Place

    /// Creates an attribute.
    public init(_ name: String, _ value: Literal? = nil, place: Place = .none) {
        self.name = name
        self.value = value
        self.place = place
    }
}

/// A placeholder for markup: the start of a span, its end, or an object that stands alone.
///
/// Source: LDML 48, part 9, "Markup".
public struct Markup: Hashable, Sendable {
    /// What the markup does.
    public enum Kind: Hashable, Sendable {
        /// `{#name}`
        case open
        /// `{#name /}`
        case standalone
        /// `{/name}`
        case close

        /// The word that the JSON data model has for it.
        public var word: String {
            switch self {
            case .open: "open"
            case .standalone: "standalone"
            case .close: "close"
            }
        }
    }

    /// Open, standalone or close.
    public var kind: Kind
    /// The identifier, without `#` or `/`.
    public var name: String
    /// The options, no two of the same name.
    public var options: [Option]
    /// The attributes.
    public var attributes: [Attribute]
    /// The markup with its braces.
    public var place: Place
    /// The identifier with its `#` or `/`.
    public var namePlace: Place

    /// Creates markup.
    public init(
        _ kind: Kind, _ name: String, options: [Option] = [], attributes: [Attribute] = [], place: Place = .none,
        namePlace: Place = .none
    ) {
        self.kind = kind
        self.name = name
        self.options = options
        self.attributes = attributes
        self.place = place
        self.namePlace = namePlace
    }

    /// The value of the option `name`; nil when it is not set.
    public func option(_ name: String) -> Operand? {
        options.first { sameName($0.name, name) }?.value
    }
}

/// What stands between two braces in a pattern.
public enum Placeholder: Hashable, Sendable {
    /// A value.
    case expression(Expression)
    /// Markup.
    case markup(Markup)

    /// Where it stands, with its braces.
    public var place: Place {
        switch self {
        case .expression(let expression): expression.place
        case .markup(let markup): markup.place
        }
    }

    /// The same as an element of a pattern.
    public var element: PatternElement {
        switch self {
        case .expression(let expression): .expression(expression)
        case .markup(let markup): .markup(markup)
        }
    }
}
