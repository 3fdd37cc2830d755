import ByteText
import CanonicalJSON
import SourceDiagnostics

/// The syntax of a string: what it is called, what it takes, and what JSON Schema can say about it.
package enum StringFormat: Hashable, Sendable {
    /// Any string that is not empty.
    case any
    /// A string that is not blank.
    case words
    case id
    /// A name that CEL can use.
    case identifier
    /// The name of an attribute or of a property: a reserved word may be one.
    case fieldName
    /// `user.first_name`
    case path
    case eventName
    case locale
    case duration
    case percentage
    case dateTime(DateTimeForms)
    case timezone(allowsLocal: Bool)
    case timeRange
    case frequencyRule
    case color
    /// A CEL expression; it is parsed by the compiler.
    case cel
    /// A URL, perhaps with placeholders; it is checked by the compiler.
    case url
    case scheme
    case host
    case diagnosticID
    case relativePath
    case attributeType

    /// What a value of it is, for messages: `a duration`.
    package var name: String {
        switch self {
        case .any, .words: "text"
        case .id: "an id"
        case .identifier, .fieldName: "a name"
        case .path: "the name of a variable"
        case .eventName: "the name of an event"
        case .locale: "a locale"
        case .duration: "a duration"
        case .percentage: "a percentage"
        case .dateTime: "a date and time"
        case .timezone: "a time zone"
        case .timeRange: "a range of hours"
        case .frequencyRule: "a frequency rule"
        case .color: "a colour"
        case .cel: "an expression"
        case .url: "a URL"
        case .scheme: "a scheme"
        case .host: "a host"
        case .diagnosticID: "the id of a diagnostic"
        case .relativePath: "a path"
        case .attributeType: "a type"
        }
    }

    /// Values that have it.
    package var examples: [String] {
        switch self {
        case .any, .words: []
        case .id: ["order-ready"]
        case .identifier, .fieldName: ["orders_count"]
        case .path: ["user.first_name"]
        case .eventName: ["order_status_changed"]
        case .locale: ["fr", "pt-BR"]
        case .duration: ["2s", "1d", "250ms"]
        case .percentage: ["25%", "0.5%"]
        case .dateTime(let forms):
            (forms.contains(.local) ? ["2026-12-01 09:00"] : [])
                + (forms.contains(.instant) ? ["2026-12-01T09:00:00Z"] : [])
        case .timezone(let allowsLocal): (allowsLocal ? ["local"] : []) + ["Europe/Paris"]
        case .timeRange: ["08:00-21:00"]
        case .frequencyRule: ["1 per session", "3 per 7d", "10 total"]
        case .color: ["#0b7a5b"]
        case .cel: ["user.country == \"FR\""]
        case .url: ["https://www.example.com/menu"]
        case .scheme: ["https"]
        case .host: ["*.example.com"]
        case .diagnosticID: ["text/too-long"]
        case .relativePath: ["cup.png"]
        case .attributeType: ["string", "list(string)"]
        }
    }

    /// What is wrong with `text`; nil when it has the format.
    ///
    /// - Parameter clock: the clock of a moment that is written without its offset.
    package func problem(_ text: String, clock: LocalClock? = nil) -> SyntaxProblem? {
        func failure<Value>(_ result: Result<Value, SyntaxProblem>) -> SyntaxProblem? {
            if case .failure(let problem) = result { problem } else { nil }
        }
        return switch self {
        case .any, .words, .cel, .url: nil
        case .id: ScalarSyntax.id(text)
        case .identifier: ScalarSyntax.identifier(text)
        case .fieldName: ScalarSyntax.fieldName(text)
        case .path: ScalarSyntax.path(text)
        case .eventName: ScalarSyntax.eventName(text)
        case .locale: ScalarSyntax.locale(text)
        case .duration: failure(ScalarSyntax.duration(text))
        case .percentage: failure(ScalarSyntax.percentage(text))
        case .dateTime(let forms): failure(ScalarSyntax.dateTime(text, forms, clock: clock))
        case .timezone(let allowsLocal): ScalarSyntax.timezone(text, allowsLocal: allowsLocal)
        case .timeRange: failure(ScalarSyntax.timeRange(text))
        case .frequencyRule: failure(ScalarSyntax.frequencyRule(text))
        case .color: ScalarSyntax.color(text)
        case .scheme: ScalarSyntax.scheme(text)
        case .host: ScalarSyntax.host(text)
        case .diagnosticID: ScalarSyntax.diagnosticID(text)
        case .relativePath: ScalarSyntax.relativePath(text)
        case .attributeType: ScalarSyntax.attributeType(text)
        }
    }

    /// Whether `text` is as good as none.
    func isEmpty(_ text: String) -> Bool {
        text.isEmpty || self == .words && text.unicodeScalars.allSatisfy(\.properties.isWhitespace)
    }

    /// An ECMA-262 pattern for JSON Schema, as near as a pattern comes; nil where any string will do.
    package var pattern: String? {
        let date = "\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])"
        let time = "([01]\\d|2[0-3]):[0-5]\\d(:[0-5]\\d(\\.\\d+)?)?"
        let zone = "([Zz]|[+-]([01]\\d|2[0-3]):[0-5]\\d)"
        switch self {
        case .any, .cel, .url: return nil
        case .words: return "\\S"
        case .id: return "^[a-z0-9]+(-[a-z0-9]+)*$"
        case .identifier: return "^(?!(\(reservedPattern))$)[A-Za-z_][A-Za-z0-9_]*$"
        case .fieldName:
            return "^(?!(\(ScalarSyntax.celKeywords.sorted().joined(separator: "|")))$)[A-Za-z_][A-Za-z0-9_]*$"
        case .path: return "^[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)*$"
        case .eventName: return "^[A-Za-z_][A-Za-z0-9_.-]*$"
        case .locale: return "^[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8})*$"
        case .duration: return "^(?=.)(\\d+w)?(\\d+d)?(\\d+h)?(\\d+m(?!s))?(\\d+s)?(\\d+ms)?$"
        case .percentage: return "^(100(\\.0{1,2})?|0*[0-9]{1,2}(\\.[0-9]{1,2})?)%$"
        case .dateTime(let forms):
            var tails: [String] = []
            if forms.contains(.date) { tails.append("") }
            if forms.contains(.local) { tails.append("[Tt ]\(time)") }
            if forms.contains(.instant) { tails.append("[Tt ]\(time)\(zone)") }
            return "^\(date)(\(tails.joined(separator: "|")))$"
        case .timezone(let allowsLocal):
            return (allowsLocal ? "^" : "^(?!local$)") + "[A-Za-z_][A-Za-z0-9_+-]*(/[A-Za-z_][A-Za-z0-9_+-]*)*$"
        case .timeRange: return "^([01]\\d|2[0-3]):[0-5]\\d-(([01]\\d|2[0-3]):[0-5]\\d|24:00)$"
        case .frequencyRule:
            return "^\\d+ +(total|per +(session|(?=\\d)(\\d+w)?(\\d+d)?(\\d+h)?(\\d+m(?!s))?(\\d+s)?(\\d+ms)?))$"
        case .color: return "^#([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6}|[0-9A-Fa-f]{8})$"
        case .scheme: return "^[a-z][a-z0-9+.-]*$"
        case .host:
            return "^(\\*\\.)?[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*$"
        case .diagnosticID: return "^[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*$"
        case .relativePath: return "^[^/:\\\\][^:\\\\]*$"
        case .attributeType:
            let simple = ScalarSyntax.simpleTypes.joined(separator: "|")
            return "^ *(\(simple)|list\\(.+\\)|map\\( *string *,.+\\)) *$"
        }
    }

    private var reservedPattern: String { celReservedWords.sorted(by: utf8Less).joined(separator: "|") }
}
