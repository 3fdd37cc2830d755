import CanonicalJSON
import FoundationFormatting
import MessageFormat
import PlacardBundle
import PlacardEngine
import PlacardText

/// Makes the payloads of a message's notification.
struct PushPayloads {
    let message: CatalogMessage
    /// What the texts may use, without a language's fallbacks.
    let variables: [String: TextVariable]
    /// Where links may lead.
    let links: LinkRules

    /// What stands for the values, which are known only when the notification is sent.
    enum Values {
        /// A language's fallback, else a slot such as `{$event.order_id}` for the server to replace.
        case open
        /// Of every variable the value that takes most bytes, and of every text the variant that does.
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
            fallbacks: fallbacks, variables: variables, values: values,
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
    let context: FormattingContext

    /// A text that people read.
    func sentence(_ text: BundleText) -> String {
        switch values {
        case .open:
            return text.filled(in: context) { name in fallbacks[name].map { .value($0) } ?? slot(name) }
        case .longest: return longest(text.filledVariants(in: context) { .value(longestValue($0)) })
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
        case .longest: return longest(text.filledVariants(in: context) { .value(longestValue($0)) })
        }
    }

    /// What the payload says of a variable's value.
    func value(_ name: String) -> JSONValue {
        switch values {
        case .open: .null
        case .longest: .string(longestValue(name))
        }
    }

    private func slot(_ name: String) -> Filling { .slot("{$\(name)}") }

    private func longestValue(_ name: String) -> String {
        guard let variable = variables[name] else { return "" }
        let known = variable.examples + variable.values
        let assumed = known.isEmpty ? [String(repeating: "x", count: variable.type.assumedLength)] : known
        return longest(assumed + (fallbacks[name].map { [$0] } ?? []))
    }

    private func longest(_ texts: [String]) -> String {
        var best = ""
        var most = -1
        for text in texts {
            let size = jsonBytes(text)
            if size > most { (best, most) = (text, size) }
        }
        return best
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
