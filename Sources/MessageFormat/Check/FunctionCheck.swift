public import SourceDiagnostics

// What can be said of functions without values: whether they exist, whether their options and
// operands can be right. At run time the same defects would show a fallback to a reader.

extension Message {
    /// What is wrong with the functions of the message.
    ///
    /// - Parameters:
    ///   - functions: the functions that there will be.
    ///   - types: the declared type of a variable that comes from outside, by its name without `$`; nil when it has
    ///     none or is not known, which is not reported here.
    /// - Returns: diagnostics at the places of the message's nodes: `mf2/unknown-function`, `mf2/draft-function`
    ///   (a warning), `mf2/bad-operand`, `mf2/bad-option` and `mf2/unknown-option` (a warning).
    public func functionDiagnostics(
        _ functions: FunctionRegistry = .standard, types: (String) -> ValueType? = { _ in nil }
    ) -> [Diagnostic] {
        expressions.flatMap { functionDiagnostics(of: $0, functions, types: types) }
    }

    /// What is wrong with the function of one expression, whose variables are those of this message.
    public func functionDiagnostics(
        of expression: Expression, _ functions: FunctionRegistry = .standard,
        types: (String) -> ValueType? = { _ in nil }
    ) -> [Diagnostic] {
        guard let function = expression.function else { return [] }
        guard let signature = functions.signature(function.name) else {
            return [.unknownFunction(function, among: functions.names)]
        }
        var diagnostics: [Diagnostic] = []
        if signature.isDraft { diagnostics.append(.draftFunction(function)) }
        diagnostics += function.optionDiagnostics(signature)
        diagnostics += operandDiagnostics(expression, signature, types)
        diagnostics += requiredOptions(expression, function, signature)
        return diagnostics
    }

    private func operandDiagnostics(
        _ expression: Expression, _ signature: FunctionSignature, _ types: (String) -> ValueType?
    ) -> [Diagnostic] {
        switch expression.operand {
        case nil:
            guard let function = expression.function, StandardFunction(name: signature.name) != nil else { return [] }
            return [.badOperand(at: function.namePlace.span, "`:\(signature.name)` has no value to work on")]
        case .literal(let literal)?:
            guard let type = signature.literalForm, !type.accepts(literal.value) else { return [] }
            return [
                .badOperand(
                    at: literal.place.span, "`\(literal.value)` is not \(type.words), which `:\(signature.name)` needs")
            ]
        case .variable(let variable)?:
            guard let type = type(of: variable.name, types), !signature.accepts(type) else { return [] }
            return [
                .badOperand(
                    at: variable.place.span,
                    "`$\(variable.name)` is a \(type.name), which `:\(signature.name)` does not take")
            ]
        }
    }

    /// The type of a variable: as declared outside, or as the function of its declaration makes it.
    private func type(of name: String, _ types: (String) -> ValueType?) -> ValueType? {
        var name = name
        for _ in 0...declarations.count {
            guard let declaration = declaration(of: name), declaration.kind == .local else { return types(name) }
            if let function = declaration.value.function { return StandardFunction(name: function.name)?.resultType }
            switch declaration.value.operand {
            case .variable(let variable)?: name = variable.name
            case .literal?: return .string
            case nil: return nil
            }
        }
        return nil
    }

    private func requiredOptions(
        _ expression: Expression, _ function: FunctionReference, _ signature: FunctionSignature
    ) -> [Diagnostic] {
        if signature.name == "offset", (function.option("add") == nil) == (function.option("subtract") == nil) {
            return [
                .badOption(at: function.place.span, "`:offset` needs one of the options `add` and `subtract`")
            ]
        }
        // An operand that went through the same function brings its options along.
        if case .variable(let variable)? = expression.operand, let declared = annotation(of: variable.name),
            sameName(declared.name, function.name), declared != function
        {
            return []
        }
        return signature.options.filter { $0.isRequired && function.option($0.name) == nil }.map {
            .badOption(at: function.place.span, "`:\(signature.name)` needs the option `\($0.name)`")
        }
    }
}

extension FunctionReference {
    fileprivate func optionDiagnostics(_ signature: FunctionSignature) -> [Diagnostic] {
        options.compactMap { option in
            if option.name.utf8.starts(with: "u:".utf8) { return option.unicodeDiagnostic }
            guard let known = signature.options.first(where: { sameName($0.name, option.name) }) else {
                guard signature.listsAllOptions else { return nil }
                return .unknownOption(option, of: signature)
            }
            switch option.value {
            case .variable:
                guard known.name == "select" else { return nil }
                return .badOption(at: option.value.place.span, "the option `select` can only be set by a literal")
            case .literal(let literal):
                guard !known.values.accepts(literal.value) else { return nil }
                return .badOption(
                    at: literal.place.span, "`\(literal.value)` is not a value of the option `\(option.name)`",
                    notes: [known.values.words],
                    suggestion: known.values.suggestion(literal.value).map { ($0, literal.place.span) })
            }
        }
    }
}

extension Option {
    fileprivate var unicodeDiagnostic: Diagnostic? {
        switch name {
        case "u:id": return nil
        case "u:dir":
            guard case .literal(let literal) = value, !["ltr", "rtl", "auto", "inherit"].contains(literal.value) else {
                return nil
            }
            return .badOption(
                at: literal.place.span, "`\(literal.value)` is not a value of the option `u:dir`",
                notes: ["it is one of `ltr`, `rtl`, `auto` and `inherit`"])
        default:
            return .unknownUnicodeOption(self)
        }
    }
}

/// The form that a literal operand must have.
private enum LiteralForm {
    case number, dateTime

    var words: String { self == .number ? "a number" : "a date" }

    func accepts(_ text: String) -> Bool {
        switch self {
        case .number: DecimalValue(numberLiteral: text) != nil
        case .dateTime: DateTimeOperand(literal: text) != nil
        }
    }
}

extension FunctionSignature {
    fileprivate var literalForm: LiteralForm? {
        switch StandardFunction(name: name)?.resultType {
        case .double?: .number
        case .timestamp?: .dateTime
        default: nil
        }
    }
}

extension StandardFunction {
    /// The type of a variable that the function made.
    fileprivate var resultType: ValueType {
        switch self {
        case .string: .string
        case .number, .integer, .offset, .percent, .currency, .unit: .double
        case .datetime, .date, .time: .timestamp
        }
    }
}

extension FunctionSignature.OptionValues {
    fileprivate func accepts(_ text: String) -> Bool {
        let size = ResolvedOption("", .string(text)).digitSize
        switch self {
        case .digitSize(let minimum): return size.map { $0 >= minimum } ?? false
        case .digitSizeOr(let word): return size != nil || text == word
        case .words(let words): return words.contains(text)
        case .roundingIncrement: return Int(text).map { roundingIncrements.contains($0) } ?? false
        case .currency: return currencyCode(text) != nil
        case .unit: return UnitIdentifiers.isKnown(text)
        case .any: return true
        }
    }

    fileprivate var words: String {
        switch self {
        case .digitSize(let minimum): return "it is a number from \(minimum) to 99"
        case .digitSizeOr(let word): return "it is `\(word)` or a number from 0 to 99"
        case .words(let words): return "it is one of " + words.map { "`\($0)`" }.joined(separator: ", ")
        case .roundingIncrement:
            return "it is one of " + roundingIncrements.map { String($0) }.joined(separator: ", ")
        case .currency: return "it is the three letters of a currency, such as `EUR`"
        case .unit:
            return "it is a unit such as `kilometer`, or two as in `kilometer-per-hour`;"
                + " `placard check --explain mf2/bad-option` lists them all"
        case .any: return ""
        }
    }

    fileprivate func suggestion(_ text: String) -> String? {
        switch self {
        case .words(let words): return nearMiss(text, among: words)
        case .unit: return UnitIdentifiers.suggestion(text)
        default: return nil
        }
    }
}
