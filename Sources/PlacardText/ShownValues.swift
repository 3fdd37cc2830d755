import CanonicalJSON
import MessageFormat
import UnicodeLocale

// A limit is about what people read: `1.234,50 €`, not the `1234.5` of an example. So each value that a placeholder may
// have goes through the placeholder's function, in the language of its text, as a client does it. Formatting is slow
// beside all else that is done to a text, and the same few placeholders come again and again; so what comes out is
// remembered by whoever asks, and where nothing formats a value nothing is done.

/// What a placeholder shows for one of the values that it may have.
package struct ShownValue: Sendable, Hashable {
    /// Where the value is from. Values are texts as JSON has them, without quotation marks.
    package enum Origin: Sendable, Hashable {
        case example(String)
        /// One of the only values that there are.
        case value(String)
        /// What a client takes where the app gives no value.
        case defaultValue(String)
        /// A value of the type, as the project gives none.
        case assumed
        /// As many letters as are assumed, as the project gives no value.
        case letters
        /// What is shown without a value.
        case fallback
        /// The text itself has it.
        case literal
    }

    /// The text, without controls that isolate it.
    package var text: String
    /// Grapheme clusters that a reader sees, without bidirectional controls.
    package var count: Int
    package var origin: Origin

    /// What shows as `text`.
    package init(_ text: String, _ origin: Origin) {
        self.text = text
        self.origin = origin
        count = graphemeCount(text)
    }
}

/// Writes the values of placeholders as a reader of a language sees them.
package struct ExampleFormatting: Sendable {
    /// All that the values of a placeholder depend on: what a cache keeps them by.
    package struct Placeholder: Sendable, Hashable {
        fileprivate struct Variable: Sendable, Hashable {
            var name: String
            var variable: TextVariable
        }

        fileprivate let expression: MessageFormat.Expression
        fileprivate let declarations: [Declaration]
        /// The one that is shown comes first.
        fileprivate let variables: [Variable]
        fileprivate let locale: String
        /// The bytes of all that is text: what Unicode takes for the same, a composed letter and its parts, is another size.
        fileprivate let spelling: [UInt8]
    }

    /// Gives what is known of a placeholder, else has it made and remembers it; called from several threads.
    package typealias Cache = @Sendable (Placeholder, () -> [ShownValue]) -> [ShownValue]

    private let host: FormattingHost
    private let functions: FunctionRegistry
    private let cache: Cache

    /// - Parameters:
    ///   - host: what clients format numbers and dates with.
    ///   - functions: the functions that texts may call.
    ///   - cache: by default nothing is kept.
    package init(
        host: FormattingHost = .neutral, functions: FunctionRegistry = .standard,
        cache: @escaping Cache = { _, make in make() }
    ) {
        self.host = host
        self.functions = functions
        self.cache = cache
    }

    /// What a placeholder shows, of the examples, declared values and defaults of its variables: among others the
    /// shortest text, the longest, and the one of most bytes. Where a variable has no examples and no declared values,
    /// some are assumed of its type (``TextValueType/assumedValues``).
    ///
    /// Fallbacks are not among them: no function formats those. A value that its function cannot format is the
    /// expression in braces, as MessageFormat prescribes (LDML 48, part 9, "Fallback Resolution").
    ///
    /// - Parameters:
    ///   - message: the message of the expression, for its declarations.
    ///   - variables: by name.
    package func values(
        of expression: MessageFormat.Expression, in message: Message, variables: [String: TextVariable],
        locale: LanguageTag
    ) -> [ShownValue] {
        switch expression.operand {
        case .literal(let literal)? where expression.function == nil: return [ShownValue(literal.value, .literal)]
        case .variable(let reference)? where expression.isPlain && message.declaration(of: reference.name) == nil:
            guard let variable = variables[reference.name], variable.type.isWritten else { break }
            return variable.candidates(isPercentage: false).map { ShownValue($0.raw, $0.origin) }
        default: break
        }
        let placeholder = Placeholder(expression, message, variables, locale: locale.text)
        return cache(placeholder) { bounds(of: formatted(placeholder)) }
    }

    /// What every combination of values comes to.
    private func formatted(_ placeholder: Placeholder) -> [ShownValue] {
        let message = Message(
            declarations: placeholder.declarations, body: .pattern(Pattern([.expression(placeholder.expression)])))
        let context = FormattingContext(
            locale: FormattingLocale(placeholder.locale), host: host, functions: functions, isolation: .none)
        let isPercentage = message.expressions.contains { $0.function?.name == "percent" }
        let candidates = placeholder.variables.map { $0.variable.candidates(isPercentage: isPercentage) }
        var choice = Array(repeating: 0, count: candidates.count)
        var values: [ShownValue] = []
        while values.count < ExampleFormatting.maximumCombinations {
            let text = message.format(in: context) { name in
                guard let index = placeholder.variables.firstIndex(where: { $0.name == name }) else { return nil }
                return MessageValue(candidates[index][choice[index]].raw, placeholder.variables[index].variable.type)
            }.text
            let origin = candidates.first.map { $0[choice[0]].origin } ?? .literal
            values.append(ShownValue(text, origin))
            guard let next = choice.indices.first(where: { choice[$0] + 1 < candidates[$0].count }) else { break }
            choice[next] += 1
            for index in choice.indices.prefix(next) { choice[index] = 0 }
        }
        return values
    }

    /// Options may be variables too; with more combinations than this the rest is not looked at.
    private static let maximumCombinations = 1024

    private func bounds(of values: [ShownValue]) -> [ShownValue] {
        guard var shortest = values.first else { return [] }
        var longest = shortest
        var largest = shortest
        for value in values.dropFirst() {
            if value.count < shortest.count { shortest = value }
            if value.count > longest.count { longest = value }
            if value.text.utf8.count > largest.text.utf8.count { largest = value }
        }
        return [shortest, longest, largest]
    }
}

extension ExampleFormatting.Placeholder {
    fileprivate init(
        _ expression: MessageFormat.Expression, _ message: Message, _ variables: [String: TextVariable], locale: String
    ) {
        self.expression = expression
        self.locale = locale
        var names = expression.variableNames
        var reached: [Declaration] = []
        // A declaration sees those before it.
        for declaration in message.declarations.reversed() where names.contains(declaration.name) {
            reached.append(declaration)
            if declaration.kind == .local { names.removeAll { $0 == declaration.name } }
            for name in declaration.value.variableNames where !names.contains(name) { names.append(name) }
        }
        declarations = reached.reversed()
        let shown = message.externalVariable(of: expression)
        let ordered = names.filter { $0 == shown } + names.filter { $0 != shown }
        self.variables = ordered.compactMap { name in
            guard var variable = variables[name] else { return nil }
            // What no value depends on is left out, so that messages which differ in it share what is remembered.
            variable.fallback = nil
            variable.isGuaranteed = true
            return Variable(name: name, variable: variable)
        }
        let message = Message(declarations: declarations, body: .pattern(Pattern([.expression(expression)])))
        var spelling = message.json.canonicalBytes
        for entry in self.variables {
            for text in [entry.name] + entry.variable.examples + entry.variable.values {
                spelling.append(0)
                spelling.append(contentsOf: text.utf8)
            }
        }
        self.spelling = spelling
    }
}

extension Message {
    /// The variable from outside whose value an expression shows, itself or by way of `.local` declarations; nil when it
    /// shows a literal.
    package func externalVariable(of expression: MessageFormat.Expression) -> String? {
        var operand = expression.operand
        // Each step goes to an earlier declaration, so there are no more steps than declarations.
        for _ in 0...declarations.count {
            guard case .variable(let variable)? = operand else { return nil }
            guard let declaration = declaration(of: variable.name), declaration.kind == .local else {
                return variable.name
            }
            operand = declaration.value.operand
        }
        return nil
    }
}

extension MessageFormat.Expression {
    /// Whether it shows its operand as it is: a text stays what it is.
    fileprivate var isPlain: Bool { function.map { $0.name == "string" && $0.options.isEmpty } ?? true }

    /// The operand's variable, then those of the options.
    fileprivate var variableNames: [String] {
        var names: [String] = []
        if case .variable(let variable)? = operand { names.append(variable.name) }
        for option in function?.options ?? [] {
            if case .variable(let variable) = option.value, !names.contains(variable.name) {
                names.append(variable.name)
            }
        }
        return names
    }
}

extension MessageValue {
    /// The value that a client has for a text as JSON has it, without quotation marks.
    fileprivate init(_ raw: String, _ type: TextValueType) {
        switch type {
        case .int, .uint: self = Int64(raw).map { .integer($0) } ?? .string(raw)
        case .double: self = Double(raw).map { .double($0) } ?? .string(raw)
        case .bool: self = .bool(raw == "true")
        case .timestamp:
            // A client has the moment alone, and shows it by its user's clock.
            if case .instant(let milliseconds, _)? = DateTimeOperand(literal: raw) {
                self = .instant(milliseconds: milliseconds)
            } else {
                self = .string(raw)
            }
        case .string, .url: self = .string(raw)
        case .duration, .version, .list, .map: self = .other(raw)
        }
    }
}
