import UnicodeLocale

// Resolution (LDML 48, part 9, "Expression and Markup Resolution"). Declarations are resolved when
// they are first needed, each once, so that what is not shown costs nothing and reports nothing.

/// Resolves the expressions of one message for one set of values.
struct Resolver {
    let message: Message
    let values: (String) -> MessageValue?
    let context: FormattingContext
    var errors: [FormattingError] = []
    /// The resolved values of declarations; empty as long as none was needed.
    private var declared: [ResolvedValue?] = []

    init(_ message: Message, _ context: FormattingContext, values: @escaping (String) -> MessageValue?) {
        self.message = message
        self.context = context
        self.values = values
    }

    mutating func report(_ type: MessageErrorType, _ source: String) {
        errors.append(FormattingError(type: type, source: source))
    }

    // MARK: Expressions

    /// The value of an expression; `before` is how many declarations it can see.
    mutating func resolve(_ expression: Expression, before: Int) -> ResolvedValue {
        guard let function = expression.function else {
            return expression.operand.map { resolve($0, before: before) } ?? .fallback
        }
        let operand = expression.operand.map { resolve($0, before: before) }
        return apply(function, to: operand, source: expression.fallbackSource, before: before)
    }

    mutating func resolve(_ expression: Expression) -> ResolvedValue {
        resolve(expression, before: message.declarations.count)
    }

    mutating func resolve(_ operand: Operand, before: Int) -> ResolvedValue {
        switch operand {
        case .literal(let literal): ResolvedValue(.string(literal.value, isSelector: false))
        case .variable(let variable): resolve(variable.name, before: before)
        }
    }

    /// The value of a variable: that of its declaration, else the one from outside.
    mutating func resolve(_ name: String, before: Int) -> ResolvedValue {
        let count = min(before, message.declarations.count)
        if let index = message.declarations[..<count].lastIndex(where: { sameName($0.name, name) }) {
            return resolveDeclaration(index)
        }
        return external(name)
    }

    private mutating func resolveDeclaration(_ index: Int) -> ResolvedValue {
        if declared.isEmpty { declared = Array(repeating: nil, count: message.declarations.count) }
        if let value = declared[index] { return value }
        let declaration = message.declarations[index]
        let value: ResolvedValue
        switch declaration.kind {
        case .local: value = resolve(declaration.value, before: index)
        case .input:
            let input = external(declaration.name)
            if let function = declaration.value.function {
                value = apply(function, to: input, source: declaration.value.fallbackSource, before: index)
            } else {
                value = input
            }
        }
        declared[index] = value
        return value
    }

    /// The value from outside, formatted by default as its type suggests.
    private mutating func external(_ name: String) -> ResolvedValue {
        guard let value = values(name) else {
            report(.unresolvedVariable, "$" + name)
            return .fallback
        }
        switch value {
        case .string(let text): return ResolvedValue(.string(text, isSelector: false))
        case .integer, .double, .decimal:
            guard let decimal = value.decimal else { return ResolvedValue(.other(value)) }
            return ResolvedValue(
                .number(ResolvedNumber(decimal)), direction: ValueDirection(context.locale.direction))
        case .instant(let milliseconds):
            return implicitDateTime(.instant(milliseconds: milliseconds, offset: nil), context.locale)
        case .bool, .other: return ResolvedValue(.other(value))
        }
    }

    // MARK: Functions

    private mutating func apply(
        _ function: FunctionReference, to operand: ResolvedValue?, source: String, before: Int
    ) -> ResolvedValue {
        guard let found = context.functions.find(function.name) else {
            report(.unknownFunction, source)
            return .fallback
        }
        var unicode = UnicodeOptions()
        var options: [ResolvedOption] = []
        for option in function.options {
            let value = resolve(option.value, before: before).value
            switch option.name {
            case "u:dir":
                unicode.direction = direction(value)
                if unicode.direction == nil, value != .string("inherit") { report(.badOption, source) }
            case "u:id": unicode.id = value?.text
            default:
                let isLiteral = if case .literal = option.value { true } else { false }
                options.append(ResolvedOption(option.name, value, isLiteral: isLiteral))
            }
        }
        var call = FunctionCall(operand: operand, options: options, context: context)
        let result =
            switch found {
            case .standard(let standard): standard.call(&call)
            case .custom(let custom): custom.call(&call)
            }
        for error in call.errors { report(error, source) }
        guard var result else {
            if call.errors.isEmpty { report(.badOperand, source) }
            return .fallback
        }
        if let direction = unicode.direction {
            result.direction = direction
            result.isIsolated = true
        }
        if let id = unicode.id { result.id = id }
        return result
    }

    /// The options that concern the placeholder rather than its function.
    private struct UnicodeOptions {
        var direction: ValueDirection?
        var id: String?
    }

    private func direction(_ value: MessageValue?) -> ValueDirection? {
        switch value {
        case .string("ltr")?: .ltr
        case .string("rtl")?: .rtl
        case .string("auto")?: .auto
        default: nil
        }
    }

    // MARK: Markup

    /// Resolves the options of markup; `u:dir` is not one of them.
    mutating func resolve(_ markup: Markup) -> MarkupPart {
        var part = MarkupPart(kind: markup.kind, name: markup.name, id: nil, options: [])
        for option in markup.options {
            let value = resolve(option.value, before: message.declarations.count).value
            switch option.name {
            case "u:dir": report(.badOption, markup.fallbackSource)
            case "u:id": part.id = value?.text
            default:
                let isLiteral = if case .literal = option.value { true } else { false }
                part.options.append(ResolvedOption(option.name, value, isLiteral: isLiteral))
            }
        }
        return part
    }
}

extension Expression {
    /// What is shown, in braces, when the expression cannot be resolved (LDML 48, part 9, "Fallback Resolution").
    public var fallbackSource: String {
        switch operand {
        case .variable(let variable)?: "$" + variable.name
        case .literal(let literal)?: quoted(literal.value)
        case nil: function.map { ":" + $0.name } ?? "\u{FFFD}"
        }
    }
}

extension Markup {
    var fallbackSource: String {
        switch kind {
        case .open: "#" + name
        case .standalone: "#" + name + "/"
        case .close: "/" + name
        }
    }
}

/// A literal between vertical lines, its own and its backslashes escaped.
func quoted(_ text: String) -> String {
    var bytes: [UInt8] = [0x7C]
    for byte in text.utf8 {
        if byte == 0x7C || byte == 0x5C { bytes.append(0x5C) }
        bytes.append(byte)
    }
    bytes.append(0x7C)
    return String(decoding: bytes, as: UTF8.self)
}
