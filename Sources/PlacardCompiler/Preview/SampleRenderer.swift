import CanonicalJSON
import MessageFormat
import PlacardBundle
import PlacardEngine

/// Puts sample values into compiled texts, with the formatter that clients use.
struct SampleRenderer: Sendable {
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
        if let text = plainJSONString(json) { return String(decoding: text, as: UTF8.self) }
        return format(json) { $0.format(in: context, values: value) }
    }

    /// HTML: canonical JSON in, HTML bytes out.
    func html(_ json: [UInt8]) -> [UInt8] {
        if let text = plainJSONString(json) { return text }
        return Array(format(json) { $0.formatHTML(in: context, values: value) }.utf8)
    }

    private func value(_ name: String) -> MessageValue? {
        values[name] ?? fallbacks[name].map { .string($0) }
    }

    private func format(_ json: [UInt8], _ write: (Message) -> FormattedMessage) -> String {
        guard let value = try? JSONValue(parsing: json), let message = try? Message(json: value) else { return "" }
        return write(message).text
    }
}

/// The text of a canonical JSON string, without making a `String` of it; nil when the JSON is not a string.
func plainJSONString(_ json: [UInt8]) -> [UInt8]? {
    guard json.count >= 2, json.first == 0x22, json.last == 0x22 else { return nil }
    let escape = json.withUnsafeBufferPointer {
        $0.firstIndex(from: 1, marks: { $0.equal(0x5C) }, where: { $0 == 0x5C })
    }
    guard escape < json.count else { return Array(json[1..<json.count - 1]) }
    var text: [UInt8] = []
    text.reserveCapacity(json.count)
    var index = 1
    while index < json.count - 1 {
        let byte = json[index]
        guard byte == 0x5C, index + 1 < json.count else {
            text.append(byte)
            index += 1
            continue
        }
        switch json[index + 1] {
        case 0x62: text.append(0x08)
        case 0x66: text.append(0x0C)
        case 0x6E: text.append(0x0A)
        case 0x72: text.append(0x0D)
        case 0x74: text.append(0x09)
        case 0x75:
            // Canonical JSON escapes nothing but control characters this way.
            let digits = json[(index + 2)..<min(index + 6, json.count)]
            text.append(UInt8(String(decoding: digits, as: UTF8.self), radix: 16) ?? 0x20)
            index += 4
        default: text.append(json[index + 1])
        }
        index += 2
    }
    return text
}
