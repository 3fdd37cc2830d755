import ByteText
import CanonicalJSON
import MessageFormat
import PlacardBundle
import PlacardEngine

/// What every text of a locale is formatted with; an object, made once for many texts.
final class SampleContext: Sendable {
    let formatting: FormattingContext

    init(locale: String, links: LinkRules) {
        formatting = FormattingContext(
            locale: FormattingLocale(locale), host: .compiler, functions: .standard, isolation: .standard,
            allowsLink: { links.allows($0) })
    }
}

/// Puts sample values into compiled texts, with the formatter that clients use.
struct SampleRenderer {
    private let context: SampleContext
    let values: SampleValues
    private let fallbacks: [String: String]

    init(context: SampleContext, values: SampleValues, fallbacks: [(name: String, text: String)]) {
        self.context = context
        self.values = values
        self.fallbacks =
            fallbacks.isEmpty ? [:] : Dictionary(fallbacks, uniquingKeysWith: { first, _ in first })
    }

    /// A plain text: canonical JSON in, a string out.
    func plain(_ json: [UInt8]) -> String {
        (try? Message.text(parsing: json, in: context.formatting, values: value)) ?? ""
    }

    /// A plain text as UTF-8: canonical JSON in.
    func appendPlain(_ json: [UInt8], to buffer: inout ByteBuffer) {
        try? Message.appendText(parsing: json, to: &buffer, in: context.formatting, values: value)
    }

    /// HTML: canonical JSON in, HTML bytes out.
    func html(_ json: [UInt8]) -> [UInt8] {
        var html = ByteBuffer(capacity: json.count + 16)
        try? Message.appendHTML(parsing: json, to: &html, in: context.formatting, values: value)
        return html.bytes
    }

    private func value(_ name: String) -> MessageValue? {
        values[name] ?? fallbacks[name].map { .string($0) }
    }
}
