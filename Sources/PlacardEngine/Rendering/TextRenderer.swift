import ByteText
import CanonicalJSON
import LinkSafety
import MessageFormat
import PlacardBundle

/// Variables that have neither a value nor a fallback, or none that their place in the text can show.
struct MissingValues: Error {
    var names: [String]
    /// Whether there is something for each of them, and it is of no use.
    var areUnusable = false
}

/// Puts values into the texts of one message.
///
/// A raw placeholder never comes out: a variable without a value takes its fallback, whatever function would have
/// formatted it; without a fallback, or when a value cannot be formatted, there is no text at all.
struct TextRenderer {
    let values: RenderingValues
    let fallbacks: SortedMap<BundleText>
    let context: FormattingContext

    init(
        locale: String, values: RenderingValues, fallbacks: SortedMap<BundleText>, engine: Engine, timeZone: String
    ) {
        self.init(
            locale: locale, values: values, fallbacks: fallbacks, host: engine.platform.formatting,
            links: engine.catalog.links, timeZone: timeZone)
    }

    init(
        locale: String, values: RenderingValues, fallbacks: SortedMap<BundleText>, host: FormattingHost,
        links: LinkRules, timeZone: String
    ) {
        self.values = values
        self.fallbacks = fallbacks
        context = FormattingContext(
            // What a text shows of a moment is what the user's clock shows.
            locale: FormattingLocale(locale), host: host.inZone(.named(timeZone)), allowsLink: { links.allows($0) })
    }

    /// A text of words, or with `isolating` false a key or an address.
    ///
    /// An address in it in which a value makes another path is left out.
    func plain(_ text: BundleText, isolating: Bool = true) -> Result<String, MissingValues> {
        formatted(text, isolating: isolating).map {
            withoutChangedPaths($0.text, values: $0.urlValues, isHTML: false).text
        }
    }

    /// An address, or why there is none.
    func address(_ text: BundleText, _ rules: LinkRules) -> Result<Result<String, RefusedLink>, MissingValues> {
        formatted(text, isolating: false).map { formatted in
            let (_, changed) = withoutChangedPaths(formatted.text, values: formatted.urlValues, isHTML: false)
            if !changed.isEmpty { return .failure(RefusedLink(formatted.text, .pathChanged)) }
            if let problem = rules.problem(with: formatted.text) {
                return .failure(RefusedLink(formatted.text, problem))
            }
            return .success(formatted.text)
        }
    }

    private func formatted(_ text: BundleText, isolating: Bool) -> Result<FormattedMessage, MissingValues> {
        var context = context
        if !isolating { context.isolation = .none }
        return render(text) { message, values in message.format(in: context, values: values) }
    }

    /// A text of HTML, without the links that the rules do not allow.
    func html(_ text: BundleText, _ rules: LinkRules) -> Result<String, MissingValues> {
        render(text) { message, values in message.formatHTML(in: context, values: values) }.map {
            let html = withoutChangedPaths($0.text, values: $0.urlValues, isHTML: true).text
            return withoutForbiddenLinks(html, rules).html
        }
    }

    private func render(
        _ text: BundleText, _ format: (Message, (String) -> MessageValue?) -> FormattedMessage
    ) -> Result<FormattedMessage, MissingValues> {
        switch text {
        case .plain(let string): return .success(FormattedMessage(text: string))
        case .message(let json):
            switch message(json) {
            case .failure(let error): return .failure(error)
            case .success(let message):
                let formatted = format(message) { values[$0] }
                guard !formatted.errors.isEmpty else { return .success(formatted) }
                let broken = broken(message, from: json)
                return broken.isEmpty
                    ? .success(formatted) : .failure(MissingValues(names: broken, areUnusable: true))
            }
        }
    }

    /// The message with the fallbacks of what has no value written into it.
    func message(_ json: JSONValue) -> Result<Message, MissingValues> {
        let message: Message
        do throws(DataModelError) { message = try Message(json: json) } catch {
            return .failure(MissingValues(names: [error.path]))
        }
        return withFallbacks(message)
    }

    private func withFallbacks(_ message: Message) -> Result<Message, MissingValues> {
        var missing: [String] = []
        var fallbackTexts: [(name: String, text: String)] = []
        for name in message.externalVariables where values[name] == nil {
            switch fallback(name) {
            case let text?: fallbackTexts.append((name, text))
            case nil: missing.append(name)
            }
        }
        guard missing.isEmpty else { return .failure(MissingValues(names: missing)) }
        guard !fallbackTexts.isEmpty else { return .success(message) }
        return .success(message.replacing(fallbackTexts))
    }

    /// A fallback is plain text; one that is a message itself may not lean on another fallback.
    private func fallback(_ name: String) -> String? {
        switch fallbacks[name] {
        case nil: return nil
        case .plain(let text)?: return text
        case .message(let json)?:
            guard let message = try? Message(json: json), message.externalVariables.allSatisfy({ values[$0] != nil })
            else { return nil }
            let formatted = message.format(in: context, values: { values[$0] })
            return formatted.errors.isEmpty ? formatted.text : nil
        }
    }

    /// The variables on which hangs what cannot be formatted: those without a value, else all; what stands there itself
    /// when it depends on none.
    ///
    /// - Parameter json: the message before fallbacks were written into it.
    private func broken(_ message: Message, from json: JSONValue) -> [String] {
        let sources = message.brokenSources(in: context) { values[$0] }
        guard !sources.isEmpty, let written = try? Message(json: json) else { return sources }
        var names: [String] = []
        func add(_ added: [String]) {
            for name in added where !names.contains(where: { sameBytes($0, name) }) { names.append(name) }
        }
        let elements = zip(written.patterns.flatMap { $0.elements }, message.patterns.flatMap { $0.elements })
        for case (.expression(let expression), .expression(let replaced)) in elements
        where sources.contains(where: { sameBytes($0, replaced.fallbackSource) }) {
            let alone = Message(declarations: message.declarations, body: .pattern(Pattern([.expression(replaced)])))
            guard !alone.brokenSources(in: context, values: { values[$0] }).isEmpty else { continue }
            let all = written.externalVariables(of: expression)
            let unknown = all.filter { values[$0] == nil }
            add(!unknown.isEmpty ? unknown : all.isEmpty ? [replaced.fallbackSource] : all)
        }
        return names.isEmpty ? sources : names
    }
}

extension Message {
    /// The variables from outside that an expression depends on, in its operand, its options and what declares them.
    fileprivate func externalVariables(of expression: Expression) -> [String] {
        var names: [String] = []
        func add(_ expression: Expression) {
            let operands =
                [expression.operand].compactMap { $0 } + (expression.function?.options.map { $0.value } ?? [])
            for case .variable(let variable) in operands
            where !names.contains(where: { sameBytes($0, variable.name) }) {
                names.append(variable.name)
            }
        }
        add(expression)
        // A declaration sees those before it.
        for declaration in declarations.reversed() {
            guard let index = names.firstIndex(where: { sameBytes($0, declaration.name) }) else { continue }
            if declaration.kind == .local { names.remove(at: index) }
            add(declaration.value)
        }
        return names
    }
}
