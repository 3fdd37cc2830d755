import ByteText
import MessageFormat
import PlacardBundle

extension BundleText {
    /// The text without anybody's values: each variable is what `filling` gives for its name, treated as a value
    /// (isolated in a sentence, percent-encoded in an address) whatever function would have formatted it; in an option
    /// it is what the option is set to. Of several variants the catch-all is taken.
    ///
    /// - Parameters:
    ///   - context: the locale, and how values are isolated.
    ///   - filling: called with names as texts have them, such as `event.order_id`; nil where nothing stands for one.
    /// - Returns: nil where a raw placeholder or a hole would come out: nothing stands for a variable, or a function
    ///   cannot take what does.
    public func filled(in context: FormattingContext, with filling: (String) -> String?) -> String? {
        switch self {
        case .plain(let text): return text
        case .message(let json):
            guard let message = try? Message(json: json) else { return nil }
            let known: [(name: String, text: String)] = message.externalVariables.compactMap { name in
                filling(name).map { (name: name, text: $0) }
            }
            return message.replacing(known).whole(in: context)
        }
    }

    /// Each of the text's variants, filled as ``filled(in:with:)`` does, to measure them; one of a text that has no
    /// variants. What cannot be filled is left out.
    public func filledVariants(in context: FormattingContext, with filling: (String) -> String) -> [String] {
        guard case .message(let json) = self, let message = try? Message(json: json),
            case .select(let matcher) = message.body
        else { return [filled(in: context, with: filling)].compactMap { $0 } }
        let known = message.externalVariables.map { (name: $0, text: filling($0)) }
        return matcher.variants.compactMap { variant in
            Message(declarations: message.declarations, body: .pattern(variant.value)).replacing(known)
                .whole(in: context)
        }
    }

    /// The text in which `filling` stands for the variables that it gives something for; the others stay as they are.
    ///
    /// - Parameter context: how values are isolated in a text of which nothing stays.
    public func partlyFilled(in context: FormattingContext, with filling: (String) -> String?) -> BundleText {
        guard case .message(let json) = self, let message = try? Message(json: json) else { return self }
        let known: [(name: String, text: String)] = message.externalVariables.compactMap { name in
            filling(name).map { (name: name, text: $0) }
        }
        if known.count == message.externalVariables.count, let text = filled(in: context, with: filling) {
            return .plain(text)
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
    /// The text without any value; nil where a raw placeholder would come out.
    fileprivate func whole(in context: FormattingContext) -> String? {
        brokenSources(in: context) { _ in nil }.isEmpty ? format(in: context, values: { _ in nil }).text : nil
    }

    /// What comes out in braces, since it can be neither resolved nor formatted: each source once.
    func brokenSources(in context: FormattingContext, values: (String) -> MessageValue?) -> [String] {
        var sources: [String] = []
        for case .fallback(let source) in formatToParts(in: context, values: values).parts
        where !sources.contains(where: { sameBytes($0, source) }) {
            sources.append(source)
        }
        return sources
    }

    /// The message with each placeholder of a variable among `replacements` replaced by its text, and each option that
    /// is set to such a variable set to the text.
    ///
    /// What a declaration makes of such a variable is replaced too. A selector without a value chooses the
    /// catch-all, as the specification has it.
    func replacing(_ replacements: [(name: String, text: String)]) -> Message {
        guard !replacements.isEmpty else { return self }
        var result = self
        var replacer = Replacer(replacements: replacements)
        for index in declarations.indices {
            let declaration = declarations[index]
            if declaration.kind == .local, let text = replacer.text(of: declaration.value.operand) {
                replacer.replacements.append((declaration.name, text))
            }
            if let function = declaration.value.function {
                result.declarations[index].value.function?.options = replacer.replaced(function.options)
            }
        }
        switch body {
        case .pattern(let pattern): result.body = .pattern(replacer.replaced(pattern))
        case .select(var matcher):
            for index in matcher.variants.indices {
                matcher.variants[index].value = replacer.replaced(matcher.variants[index].value)
            }
            result.body = .select(matcher)
        }
        return result
    }
}

/// Puts texts in the place of variables.
private struct Replacer {
    var replacements: [(name: String, text: String)]

    func text(of operand: Operand?) -> String? {
        guard case .variable(let variable)? = operand else { return nil }
        return replacements.first { sameBytes($0.name, variable.name) }?.text
    }

    func replaced(_ options: [Option]) -> [Option] {
        options.map { option in
            guard let text = text(of: option.value) else { return option }
            var option = option
            option.value = .literal(text)
            return option
        }
    }

    func replaced(_ pattern: Pattern) -> Pattern {
        var pattern = pattern
        for index in pattern.elements.indices {
            switch pattern.elements[index] {
            case .text: break
            case .expression(var expression):
                if let text = text(of: expression.operand) {
                    pattern.elements[index] = .expression(
                        Expression(.literal(text), attributes: expression.attributes))
                } else if let function = expression.function {
                    expression.function?.options = replaced(function.options)
                    pattern.elements[index] = .expression(expression)
                }
            case .markup(var markup):
                markup.options = replaced(markup.options)
                pattern.elements[index] = .markup(markup)
            }
        }
        return pattern
    }
}
