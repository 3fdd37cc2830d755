import CanonicalJSON
import MessageFormat
import PlacardBundle

/// Variables that have neither a value nor a fallback.
struct MissingValues: Error {
    var names: [String]
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
    func plain(_ text: BundleText, isolating: Bool = true) -> Result<String, MissingValues> {
        var context = context
        if !isolating { context.isolation = .none }
        return render(text) { message, values in message.format(in: context, values: values) }
    }

    /// A text of HTML.
    func html(_ text: BundleText) -> Result<String, MissingValues> {
        render(text) { message, values in message.formatHTML(in: context, values: values) }
    }

    private func render(
        _ text: BundleText, _ format: (Message, (String) -> MessageValue?) -> FormattedMessage
    ) -> Result<String, MissingValues> {
        switch text {
        case .plain(let string): return .success(string)
        case .message(let json):
            switch message(json) {
            case .failure(let error): return .failure(error)
            case .success(let message):
                let formatted = format(message) { values[$0] }
                guard !formatted.errors.isEmpty else { return .success(formatted.text) }
                let broken = broken(message)
                return broken.isEmpty ? .success(formatted.text) : .failure(MissingValues(names: broken))
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
        return .success(message.replacing(fallbackTexts.map { ($0.name, .value($0.text)) }))
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

    /// The expressions of the message that came out as a fallback of MessageFormat's own.
    private func broken(_ message: Message) -> [String] {
        var sources: [String] = []
        for case .fallback(let source) in message.formatToParts(in: context, values: { values[$0] }).parts
        where !sources.contains(where: { sameBytes($0, source) }) {
            sources.append(source)
        }
        return sources
    }
}
