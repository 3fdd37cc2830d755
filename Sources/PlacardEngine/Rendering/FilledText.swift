import MessageFormat
import PlacardBundle

extension BundleText {
    /// The text without anybody's values: each variable is what `filling` gives for its name, treated as a value
    /// (isolated in a sentence, percent-encoded in an address) whatever function would have formatted it. Of several
    /// variants the catch-all is taken.
    ///
    /// - Parameters:
    ///   - context: the locale, and how values are isolated.
    ///   - filling: called with names as texts have them, such as `event.order_id`.
    public func filled(in context: FormattingContext, with filling: (String) -> String) -> String {
        switch self {
        case .plain(let text): return text
        case .message(let json):
            guard let message = try? Message(json: json) else { return "" }
            return message.filled(with: filling).format(in: context, values: { _ in nil }).text
        }
    }

    /// Each of the text's variants, filled as ``filled(in:with:)`` does; one of a text that has no variants.
    public func filledVariants(in context: FormattingContext, with filling: (String) -> String) -> [String] {
        guard case .message(let json) = self, let message = try? Message(json: json),
            case .select(let matcher) = message.body
        else { return [filled(in: context, with: filling)] }
        return matcher.variants.map { variant in
            Message(declarations: message.declarations, body: .pattern(variant.value)).filled(with: filling)
                .format(in: context, values: { _ in nil }).text
        }
    }

    /// The text in which `filling` stands for the variables that it gives something for; the others stay as they are.
    ///
    /// - Parameter context: how values are isolated in a text of which nothing stays.
    public func partlyFilled(in context: FormattingContext, with filling: (String) -> String?) -> BundleText {
        guard case .message(let json) = self, let message = try? Message(json: json) else { return self }
        let known = message.externalVariables.compactMap { name in filling(name).map { (name, $0) } }
        guard known.count < message.externalVariables.count else {
            return .plain(filled(in: context) { filling($0) ?? "" })
        }
        return known.isEmpty ? self : .message(message.replacing(known).json)
    }

    /// The variables that the text reads, each once; empty when it is no message that can be read.
    public var variableNames: [String] {
        guard case .message(let json) = self, let message = try? Message(json: json) else { return [] }
        return message.externalVariables
    }
}

extension Message {
    fileprivate func filled(with filling: (String) -> String) -> Message {
        replacing(externalVariables.map { ($0, filling($0)) })
    }

    /// The message with each placeholder of a variable among `replacements` replaced by its text.
    ///
    /// What a declaration makes of such a variable is replaced too. A selector without a value chooses the
    /// catch-all, as the specification has it.
    func replacing(_ replacements: [(name: String, text: String)]) -> Message {
        var replacements = replacements
        func filling(_ operand: Operand?) -> String? {
            guard case .variable(let variable)? = operand else { return nil }
            return replacements.first { sameBytes($0.name, variable.name) }?.text
        }
        for declaration in declarations where declaration.kind == .local {
            if let text = filling(declaration.value.operand) { replacements.append((declaration.name, text)) }
        }
        func replaced(_ pattern: Pattern) -> Pattern {
            Pattern(
                pattern.elements.map { element in
                    guard case .expression(let expression) = element, let filling = filling(expression.operand) else {
                        return element
                    }
                    return .expression(Expression(.literal(filling), attributes: expression.attributes))
                })
        }
        var result = self
        switch body {
        case .pattern(let pattern): result.body = .pattern(replaced(pattern))
        case .select(var matcher):
            for index in matcher.variants.indices {
                matcher.variants[index].value = replaced(matcher.variants[index].value)
            }
            result.body = .select(matcher)
        }
        return result
    }
}
