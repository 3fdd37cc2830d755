import MessageFormat
import PlacardBundle
import PlacardEngine

/// Puts sample values into compiled texts, with the formatter that clients use.
///
/// An object, which a card's many texts hand around without copying what it holds.
final class SampleRenderer: Sendable {
    private let context: FormattingContext
    private let values: SampleValues
    private let fallbacks: [String: String]

    /// What every text of a locale is formatted with; made once for many texts.
    static func context(locale: String, links: LinkRules) -> FormattingContext {
        FormattingContext(
            locale: FormattingLocale(locale), host: .compiler, functions: .standard, isolation: .standard,
            allowsLink: { links.allows($0) })
    }

    init(context: FormattingContext, values: SampleValues, fallbacks: [(name: String, text: String)]) {
        self.context = context
        self.values = values
        self.fallbacks = Dictionary(fallbacks, uniquingKeysWith: { first, _ in first })
    }

    /// A plain text: canonical JSON in, a string out.
    func plain(_ json: [UInt8]) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(json.count)
        try? Message.appendText(parsing: json, to: &text, in: context, values: value)
        return String(decoding: text, as: UTF8.self)
    }

    /// HTML: canonical JSON in, HTML bytes out.
    func html(_ json: [UInt8]) -> [UInt8] {
        var html: [UInt8] = []
        html.reserveCapacity(json.count)
        try? Message.appendHTML(parsing: json, to: &html, in: context, values: value)
        return html
    }

    private func value(_ name: String) -> MessageValue? {
        values[name] ?? fallbacks[name].map { .string($0) }
    }
}
