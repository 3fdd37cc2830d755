import CEL
import CanonicalJSON
import DocumentSchema
import FoundationFormatting
import Locking
import MessageFormat
import PlacardBundle
import PlacardMarkdown
import PlacardText
import UnicodeLocale

/// What texts may use, prepared once for the project: the variables of the context and of each event, the link
/// policy, the languages. An object, which all cores share.
final class TextContext: Sendable {
    private let context: [String: TextVariable]
    /// The context's variables with those of one event.
    private let withEvent: [String: [String: TextVariable]]
    let links: LinkPolicy
    let formats: TextFormats
    private let tags: [String: LanguageTag]
    private let translated: Set<String>
    private let rightToLeft: Set<String>
    /// What lengths are counted with.
    let examples: ExampleFormatting
    private let names = Cache<String, VariableNames>(limit: 64)

    init(_ project: ProjectDefinition) {
        var context: [String: TextVariable] = [:]
        for group in project.context {
            for attribute in group.attributes {
                context[group.name + "." + attribute.name] = TextVariable(attribute)
            }
        }
        self.context = context
        withEvent = Dictionary(
            project.events.map { event in
                var variables = context
                for property in event.properties { variables["event." + property.name] = TextVariable(property) }
                return (event.name, variables)
            }, uniquingKeysWith: { first, _ in first })
        links = LinkPolicy(schemes: project.links.schemes, hosts: project.links.hosts)
        var formats: TextFormats = []
        for format in project.formats {
            switch format {
            case .html: formats.insert(.html)
            case .text: formats.insert(.text)
            case .mdast: formats.insert(.mdast)
            }
        }
        self.formats = formats
        var tags: [String: LanguageTag] = [:]
        for tag in [project.source] + project.locales.map(\.tag) + PseudoLocale.allCases.map(\.tag) {
            if let parsed = try? LanguageTag(tag) { tags[tag] = parsed }
        }
        self.tags = tags
        translated = Set(project.locales.map(\.tag))
        rightToLeft = Set(tags.filter { $0.value.direction == .rtl }.keys)
        let cache = Cache<ExampleFormatting.Placeholder, [ShownValue]>()
        examples = ExampleFormatting(host: .compiler) { placeholder, make in cache.value(placeholder, make: make) }
    }

    /// The parsed tag of one of the project's locales.
    func tag(_ locale: String) -> LanguageTag? { tags[locale] }

    /// Whether the project is translated to a locale.
    func isTranslated(to locale: String) -> Bool { translated.contains(locale) }

    /// Whether a locale of the project is written from right to left.
    func isRightToLeft(_ locale: String) -> Bool { rightToLeft.contains(locale) }

    /// The names of ``variables(event:)``, arranged when somebody asks for them.
    func names(event: String?) -> @Sendable () -> VariableNames {
        { self.names.value(event ?? "") { VariableNames(self.variables(event: event).keys) } }
    }

    /// The variables that a message triggered by `event` may use.
    func variables(event: String?) -> [String: TextVariable] {
        event.flatMap { withEvent[$0] } ?? context
    }

    /// The variables that a message may use, with its own fallbacks.
    func variables(of message: MessageDefinition) -> [String: TextVariable] {
        var variables = variables(event: message.trigger?.event.value)
        for variable in message.variables where variables[variable.name.value] != nil {
            variables[variable.name.value]?.fallback = variable.fallback?.value
        }
        return variables
    }
}

extension TextVariable {
    /// An attribute as a text sees it.
    init(_ attribute: AttributeDefinition) {
        self.init(
            type: TextValueType(attribute.type), isGuaranteed: attribute.isGuaranteed,
            defaultText: attribute.defaultValue.map { jsonText($0, attribute.type) }.flatMap { $0.isEmpty ? nil : $0 },
            examples: attribute.examples.map { jsonText($0, attribute.type) }, values: attribute.values)
    }
}

extension TextValueType {
    init(_ type: AttributeType) {
        switch type {
        case .string: self = .string
        case .bool: self = .bool
        case .int: self = .int
        case .double: self = .double
        case .version: self = .version
        case .timestamp: self = .timestamp
        case .duration: self = .duration
        case .url: self = .url
        case .list: self = .list
        case .map: self = .map
        case .uint: self = .uint
        }
    }
}

/// A value as a client has it in JSON, without quotation marks: times in one form of RFC 3339, durations in seconds.
private func jsonText(_ value: JSONValue, _ type: AttributeType) -> String {
    guard let text = value.string else { return value.canonicalString }
    return switch type {
    case .timestamp: (try? ScalarSyntax.dateTime(text, .instant).get())?.text ?? text
    case .duration: shownDuration(text)
    default: text
    }
}

/// `15m` as texts show a duration: `900s`.
func shownDuration(_ text: String) -> String {
    guard let milliseconds = durationMilliseconds(text) else { return text }
    let (nanoseconds, isOverflow) = milliseconds.multipliedReportingOverflow(by: 1_000_000)
    return isOverflow ? text : CELDuration(nanoseconds: nanoseconds).decimalSeconds
}

extension FormattingHost {
    /// Formats what the compiler looks at as clients do, in UTC on every machine: what a build says and writes must not
    /// depend on where it runs.
    static let compiler = FormattingHost.foundation.inZone(.named("UTC"))
}
