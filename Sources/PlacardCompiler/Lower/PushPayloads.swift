import CanonicalJSON
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
        /// The language's fallbacks, as the payload is written.
        case unknown
        /// Of every variable the value that takes most bytes, raw or as its function writes it in the language, and of
        /// every text the variant that does: as large as servers and apps can make it.
        case longest
    }

    /// The payload in one language; nil when the message has no notification there, and when its alert cannot be worded
    /// without values, which ``unworded(_:_:)`` tells.
    ///
    /// - Parameter variant: a variant with a notification of its own; nil for the message as it stands.
    func payload(_ localization: LoweredLocalization, variant: String? = nil, values: Values = .unknown) -> PushPayload?
    {
        let changed = variant.flatMap { id in localization.variants.first { $0.id == id }?.content.push }
        guard let push = variant == nil ? localization.content.push : changed,
            let body = push.body.flatMap(bundleText)
        else { return nil }
        let title = push.title.flatMap(bundleText)
        let names = Set([title, body, message.push?.link, message.thread].flatMap { $0?.variableNames ?? [] })
        let fallbacks = fallbacks(localization, names)
        let texts = filler(localization, fallbacks, values)
        let link = message.push?.link.map(texts.address)
        let thread = message.thread.map(texts.address)
        var data = PushData(
            message: message.id, variant: variant, locale: localization.locale, link: link?.open,
            links: link == nil ? nil : links)
        if values == .longest, let link, let filled = link.filled,
            jsonBytes(filled) > link.open.json.canonicalBytes.count
        {
            data.link = .plain(filled)
        }
        data.thread = thread.flatMap { $0.open.isMessage ? $0.open : nil }
        data.title = title.flatMap { $0.isMessage ? $0 : nil }
        data.body = body.isMessage ? body : nil
        let shown = Set([title, body].flatMap { $0?.variableNames ?? [] })
        data.fallbacks = SortedMap(
            spoken(fallbacks, of: push, in: localization).filter { shown.contains($0.key) }
                .map { .init($0.key, $0.value) })
        let open = shown.union([link?.open, data.thread].flatMap { $0?.variableNames ?? [] })
        data.types = SortedMap(
            open.compactMap { name in
                guard let type = variables[name]?.type, type != .string, type != .url else { return nil }
                return AttributeType(type.name).map { .init(name, $0) }
            })
        data.values = SortedMap(open.map { .init($0, texts.value($0)) })
        guard let alert = alert(push, texts) else { return nil }
        return PushPayload(title: alert.title, body: alert.body, thread: thread?.filled, data: data)
    }

    /// The alert of a notification in one language, which the system shows by itself; nil when it cannot be worded
    /// without values.
    func alert(_ push: PushContent<CompiledText>, _ localization: LoweredLocalization) -> (
        title: String?, body: String
    )? {
        alert(push, alertFiller(push, localization))
    }

    private func alert(_ push: PushContent<CompiledText>, _ texts: TextFiller) -> (title: String?, body: String)? {
        guard let body = push.body.flatMap({ texts.alert($0, push.bodyFallback) }) else { return nil }
        guard let written = push.title else { return (nil, body) }
        guard let title = texts.alert(written, push.titleFallback) else { return nil }
        return (title, body)
    }

    /// The names of an alert's texts of which a function cannot format what stands for a value; each with the variables of its
    /// options. A text that has nothing at all for a variable is reported as the text is compiled.
    func unworded(
        _ push: PushContent<CompiledText>, _ localization: LoweredLocalization
    ) -> [(part: String, fallbacks: [(name: String, text: String)])] {
        let texts = alertFiller(push, localization)
        var found: [(part: String, fallbacks: [(name: String, text: String)])] = []
        for part in push.parts {
            guard texts.alert(part.text, part.fallback) == nil else { continue }
            let names = part.fallback == nil ? part.text.variableNames : []
            var known: [(name: String, text: String)] = []
            for name in names {
                if let fallback = texts.fallbacks[name] { known.append((name: name, text: fallback)) }
            }
            if known.count == names.count { found.append((part: part.name, fallbacks: known)) }
        }
        return found
    }

    private func alertFiller(_ push: PushContent<CompiledText>, _ localization: LoweredLocalization) -> TextFiller {
        let names = Set(push.parts.flatMap(\.text.variableNames))
        return filler(localization, fallbacks(localization, names), .unknown)
    }

    /// The fallbacks with which the app words a text. A default of placard.yaml is none where a text has words of its own
    /// for a value that nobody knows: they are true, and “0 points” may not be.
    private func spoken(
        _ fallbacks: [String: String], of push: PushContent<CompiledText>, in localization: LoweredLocalization
    ) -> [String: String] {
        let worded = Set(push.parts.filter { $0.fallback != nil }.flatMap { $0.text.variables.map(\.name) })
        return fallbacks.filter { fallback in
            !worded.contains(fallback.key) || localization.fallbacks.contains { $0.name == fallback.key }
        }
    }

    private func filler(_ localization: LoweredLocalization, _ fallbacks: [String: String], _ values: Values)
        -> TextFiller
    {
        let rules = links
        return TextFiller(
            fallbacks: fallbacks, variables: variables, values: values, examples: examples,
            context: FormattingContext(
                locale: FormattingLocale(localization.locale), host: .compiler,
                // What stands for a URL that nobody gave an example of is none, and takes its room all the same.
                allowsLink: { values == .longest || rules.allows($0) }))
    }

    /// What stands for each of these variables without a value: the language's fallback, else the default that
    /// placard.yaml declares.
    func fallbacks(_ localization: LoweredLocalization, _ names: Set<String>) -> [String: String] {
        var texts: [String: String] = [:]
        for name in names { texts[name] = variables[name]?.defaultText }
        for fallback in localization.fallbacks where names.contains(fallback.name) {
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

    /// What the system shows by itself: the author's words for it, else the text with its fallbacks.
    ///
    /// - Returns: nil where it would have a raw placeholder or a hole.
    func alert(_ written: CompiledText, _ fallback: CompiledText?) -> String? {
        guard let text = bundleText(written) else { return nil }
        let alone =
            fallback.flatMap(bundleText).map { $0.filled(in: context) { _ in nil } }
            ?? text.filled(in: context) { fallbacks[$0] }
        switch values {
        case .unknown: return alone
        case .longest: return longest(longestSentences(written) + [alone].compactMap { $0 })
        }
    }

    /// A link or a thread: as a text that is still open, and with its values where they are known.
    ///
    /// Only what is optional takes its fallback; for the rest there is none, since another order is not the same order.
    func address(_ text: BundleText) -> (open: BundleText, filled: String?) {
        var context = context
        context.isolation = .none
        let open = text.partlyFilled(in: context) { name in
            variables[name]?.isGuaranteed == false ? fallbacks[name] : nil
        }
        switch values {
        case .unknown: return (open, open.plainText)
        case .longest: return (open, longest(open.filledVariants(in: context) { longest(self.texts($0)) }))
        }
    }

    /// What the payload says of a variable's value: null, or JSON of its type.
    func value(_ name: String) -> JSONValue {
        switch values {
        case .unknown: return .null
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

    /// The values that a variable may have, as JSON has them, without quotation marks.
    private func texts(_ name: String) -> [String] {
        guard let variable = variables[name] else { return [] }
        let known = variable.examples + variable.values
        return known.isEmpty ? variable.type.assumedValues : known
    }

    private func fallback(_ name: String) -> [String] { fallbacks[name].map { [$0] } ?? [] }

    /// Each variant of a text with the longest values. A server writes a number or a date in words of the language, or as
    /// it has it: the larger counts.
    private func longestSentences(_ text: CompiledText) -> [String] {
        let message: Message
        switch text.model {
        case nil: return []
        case .plain(let text)?: return [text]
        case .message(let model)?: message = model
        }
        return message.patterns.map { pattern in
            let elements = pattern.elements.map { element -> PatternElement in
                guard case .expression(let expression) = element else { return element }
                return .expression(MessageFormat.Expression(.literal(longestValue(of: expression, in: message))))
            }
            return Message(body: .pattern(Pattern(elements))).format(in: context, values: { _ in nil }).text
        }
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

extension CompiledText {
    /// The variables that it reads, each once; of a text that is kept as a value.
    fileprivate var variableNames: [String] {
        if case .message(let message)? = model { message.externalVariables } else { [] }
    }
}

/// The bytes that a text takes as a JSON string.
func jsonBytes(_ text: String) -> Int { JSONValue.string(text).canonicalBytes.count }

extension BundleText {
    /// Whether it has places for values.
    fileprivate var isMessage: Bool {
        if case .message = self { true } else { false }
    }

    /// The text, when it has no places for values.
    fileprivate var plainText: String? {
        if case .plain(let text) = self { text } else { nil }
    }
}
