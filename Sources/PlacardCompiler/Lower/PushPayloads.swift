import CanonicalJSON
import FoundationFormatting
import MessageFormat
import PlacardBundle
import PlacardEngine
import PlacardText
import UnicodeLocale

/// Makes the payloads of a message's notification.
struct PushPayloads {
    let message: CatalogMessage
    /// What the texts may use, without a language's fallbacks.
    let variables: [String: TextVariable]
    /// Where links may lead.
    let links: LinkRules
    /// What the values that sizes are measured with are written with.
    let examples: ExampleFormatting

    /// What stands for the values, which are known only when the notification is sent.
    enum Values {
        /// A language's fallback, else a slot such as `{$event.order_id}` for the server to replace.
        case open
        /// Of every variable the value that takes most bytes, raw or as its function writes it in the language, and of
        /// every text the variant that does.
        case longest
    }

    /// The payload in one language; nil when the message has no notification there.
    ///
    /// - Parameter variant: a variant with a notification of its own; nil for the message as it stands.
    func payload(_ localization: Localization, variant: String? = nil, values: Values = .open) -> PushPayload? {
        let changed = variant.flatMap { id in localization.variants.first { $0.id == id }?.texts.push }
        guard let push = variant == nil ? localization.texts.push : changed, let body = bundleText(push.body) else {
            return nil
        }
        let title = push.title.flatMap(bundleText)
        let rules = links
        let link = message.push?.link
        let shown = Set([title, body].flatMap { $0?.variableNames ?? [] })
        let names = shown.union([link, message.thread].flatMap { $0?.variableNames ?? [] })
        let fallbacks = fallbacks(localization, names)
        let texts = TextFiller(
            fallbacks: fallbacks, variables: variables, values: values, examples: examples,
            context: FormattingContext(
                locale: FormattingLocale(localization.locale), host: .foundation,
                // What stands for a URL that nobody gave an example of is none, and takes its room all the same.
                allowsLink: { values == .longest || rules.allows($0) }))
        var data = PushData(
            message: message.id, variant: variant, locale: localization.locale, link: link.map(texts.address),
            links: link == nil ? nil : links)
        data.title = title.flatMap { $0.isMessage ? $0 : nil }
        data.body = body.isMessage ? body : nil
        data.fallbacks = SortedMap(fallbacks.map { .init($0.key, $0.value) })
        data.types = SortedMap(
            shown.compactMap { name in
                guard let type = variables[name]?.type, type != .string, type != .url else { return nil }
                return AttributeType(type.name).map { .init(name, $0) }
            })
        data.values = SortedMap(names.map { .init($0, texts.value($0)) })
        return PushPayload(
            title: title.map(texts.sentence), body: texts.sentence(body), thread: message.thread.map(texts.address),
            data: data)
    }

    /// What stands for each of these variables without a value: the language's fallback, else the default that
    /// placard.yaml declares for what the app knows and a server need not.
    func fallbacks(_ localization: Localization, _ names: Set<String>) -> [String: String] {
        var texts: [String: String] = [:]
        for name in names where !name.hasPrefix("event.") { texts[name] = variables[name]?.defaultText }
        for fallback in localization.texts.fallbacks where names.contains(fallback.name) {
            texts[fallback.name] = fallback.text
        }
        return texts
    }
}

/// Puts what is known into texts.
private struct TextFiller {
    let fallbacks: [String: String]
    let variables: [String: TextVariable]
    let values: PushPayloads.Values
    let examples: ExampleFormatting
    let context: FormattingContext

    /// A text that people read.
    func sentence(_ text: BundleText) -> String {
        switch values {
        case .open: text.filled(in: context) { name in fallbacks[name].map { .value($0) } ?? slot(name) }
        case .longest: longestSentence(text)
        }
    }

    /// A link or a thread. What always has a value is a slot even where it has a fallback, since another order is not
    /// the same order.
    func address(_ text: BundleText) -> String {
        var context = context
        context.isolation = .none
        switch values {
        case .open:
            return text.filled(in: context) { name in
                guard variables[name]?.isGuaranteed != true, let fallback = fallbacks[name] else { return slot(name) }
                return .value(fallback)
            }
        case .longest:
            return longest(text.filledVariants(in: context) { .value(longest(texts($0) + fallback($0))) })
        }
    }

    /// What the payload says of a variable's value: null, or JSON of its type.
    func value(_ name: String) -> JSONValue {
        switch values {
        case .open: return .null
        case .longest:
            let json = texts(name).map { text -> JSONValue in
                switch variables[name]?.type {
                case .int, .uint, .double, .bool: (try? JSONValue(parsing: Array(text.utf8))) ?? .string(text)
                default: .string(text)
                }
            }
            return largest([.null] + json) { $0.canonicalBytes.count } ?? .null
        }
    }

    private func slot(_ name: String) -> Filling { .slot("{$\(name)}") }

    /// The values that a variable may have, as JSON has them, without quotation marks.
    private func texts(_ name: String) -> [String] {
        guard let variable = variables[name] else { return [] }
        let known = variable.examples + variable.values
        return known.isEmpty ? variable.type.assumedValues : known
    }

    private func fallback(_ name: String) -> [String] { fallbacks[name].map { [$0] } ?? [] }

    /// A server writes a number or a date in words of the language, or as it has it: the larger counts.
    private func longestSentence(_ text: BundleText) -> String {
        guard case .message(let json) = text, let message = try? Message(json: json) else {
            return text.filled(in: context) { slot($0) }
        }
        let filled = message.patterns.map { pattern in
            let elements = pattern.elements.map { element -> PatternElement in
                guard case .expression(let expression) = element else { return element }
                return .expression(MessageFormat.Expression(.literal(longestValue(of: expression, in: message))))
            }
            return Message(body: .pattern(Pattern(elements))).format(in: context, values: { _ in nil }).text
        }
        return longest(filled)
    }

    private func longestValue(of expression: MessageFormat.Expression, in message: Message) -> String {
        var texts: [String] = []
        if let locale = context.locale.language {
            texts = examples.values(of: expression, in: message, variables: variables, locale: locale).map(\.text)
        }
        if let name = message.externalVariable(of: expression) { texts += self.texts(name) + fallback(name) }
        return longest(texts)
    }

    private func longest(_ texts: [String]) -> String { largest(texts, by: jsonBytes) ?? "" }

    /// The first of those that take most bytes.
    private func largest<Value>(_ values: [Value], by size: (Value) -> Int) -> Value? {
        var best: (value: Value, size: Int)?
        for value in values {
            let size = size(value)
            if size > best?.size ?? -1 { best = (value, size) }
        }
        return best?.value
    }
}

/// The bytes that a text takes as a JSON string.
func jsonBytes(_ text: String) -> Int { JSONValue.string(text).canonicalBytes.count }

extension BundleText {
    /// Whether it has places for values.
    fileprivate var isMessage: Bool {
        if case .message = self { true } else { false }
    }
}
