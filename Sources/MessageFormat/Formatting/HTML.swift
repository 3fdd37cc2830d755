import ByteText

/// The place of a placeholder in a text that is more than words, and so how its value is written there.
///
/// A message says it by the attribute `@placard:escape` of the placeholder; without it the value stands among words.
public enum EscapeContext: Hashable, Sendable {
    /// `url`: part of a link's target behind its scheme and authority. Percent-encoded to RFC 3986's unreserved.
    case url
    /// `link`: a whole link target. Written when the context allows it.
    case link
    /// `attribute`: in an HTML attribute of words, such as `alt`. Isolated by control characters, since elements
    /// cannot stand there.
    case attribute

    /// The name of the attribute.
    public static let attributeName = "placard:escape"

    /// The attribute's value.
    public var word: String {
        switch self {
        case .url: "url"
        case .link: "link"
        case .attribute: "attribute"
        }
    }

    init?(_ expression: Expression) {
        guard !expression.attributes.isEmpty else { return nil }
        switch expression.attribute(EscapeContext.attributeName) {
        case "url": self = .url
        case "link": self = .link
        case "attribute": self = .attribute
        default: return nil
        }
    }

    var isURL: Bool { self == .url || self == .link }

    /// The value as it stands in a URL; nil for a link that the context does not allow.
    func url(_ text: String, in context: FormattingContext) -> String? {
        switch self {
        case .url: return percentEncoded(text)
        case .link:
            let link = percentEncodedLink(text)
            return context.allowsLink(link) ? link : nil
        case .attribute: return text
        }
    }
}

/// The text with every byte percent-encoded that cannot stand anywhere in a URI (RFC 3986, section 2).
///
/// A browser skips white space and control characters in front of and inside a scheme; encoded they are no scheme's.
package func percentEncodedLink(_ text: String) -> String {
    percentEncoded(text) { byte in
        switch byte {
        case 0x21, 0x23...0x3B, 0x3D, 0x3F...0x5B, 0x5D, 0x5F, 0x61...0x7A, 0x7E: true
        default: false
        }
    }
}

/// Writes HTML.
struct HTMLSink: FormattingSink {
    var output = ""
    var errors: [FormattingError] = []
    var urlValues: [Range<Int>] = []

    mutating func reserve(_ count: Int) { output.reserveCapacity(2 * bytesPerPiece * count) }

    mutating func text(_ text: String) { output += text }

    mutating func value(
        _ text: String, _ value: ResolvedValue, _ expression: Expression, _ context: FormattingContext
    ) {
        switch EscapeContext(expression) {
        case nil:
            guard context.isolates(value) else {
                output += markupEscaped(context.isolation == .none ? text : Isolate.closed(text))
                return
            }
            switch value.direction {
            case .ltr: output += "<bdi dir=\"ltr\">"
            case .rtl: output += "<bdi dir=\"rtl\">"
            case .auto: output += "<bdi>"
            }
            output += markupEscaped(Isolate.closed(text))
            output += "</bdi>"
        case .attribute?:
            guard context.isolation != .none else {
                output += markupEscaped(text)
                return
            }
            output += markupEscaped(
                context.isolates(value) ? Isolate.isolated(text, value.direction) : Isolate.closed(text))
        case let place?:
            guard let url = place.url(text, in: context) else {
                errors.append(FormattingError(type: .badOperand, source: expression.fallbackSource))
                return
            }
            let start = output.utf8.count
            output += markupEscaped(url)
            if place == .url { urlValues.append(start..<output.utf8.count) }
        }
    }

    mutating func fallback(_ source: String, _ expression: Expression, _ context: FormattingContext) {
        let text = markupEscaped("{" + source + "}")
        let isolates = context.isolation == .standard
        switch EscapeContext(expression) {
        case nil: output += isolates ? "<bdi>" + text + "</bdi>" : text
        case .attribute?: output += isolates ? Isolate.firstStrong + text + Isolate.end : text
        case .url?, .link?: break
        }
    }

    /// Markup that is left in HTML: emphasis as its elements, all other names as spans that carry name and options.
    mutating func markup(_ part: MarkupPart) {
        let element =
            switch part.name {
            case "strong", "em": part.name
            default: "span"
            }
        if part.kind == .close {
            output += "</" + element + ">"
            return
        }
        output += "<" + element
        if element == "span" {
            output += " data-markup=\"" + markupEscaped(part.name) + "\""
            if let id = part.id { output += " id=\"" + markupEscaped(id) + "\"" }
            for option in part.options {
                guard let value = option.value, isDataName(option.name) else { continue }
                output += " data-" + option.name + "=\"" + markupEscaped(value.text) + "\""
            }
        }
        output += part.kind == .standalone ? "></" + element + ">" : ">"
    }

    /// Whether an option's name can be part of an attribute's name.
    private func isDataName(_ name: String) -> Bool {
        name.utf8.allSatisfy { (0x61...0x7A).contains($0) || $0.isASCIIDigit || $0 == 0x2D || $0 == 0x5F }
    }
}
