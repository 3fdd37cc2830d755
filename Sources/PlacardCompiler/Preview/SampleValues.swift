import CanonicalJSON
import MessageFormat
import PlacardBundle
import SourceDiagnostics

/// Values for the variables of previews: from a scenario of the same event, else an example, a default or a declared
/// value, else one that shows its type.
struct SampleValues: Sendable {
    private var values: [String: MessageValue]

    /// - Parameters:
    ///   - event: the event that triggers the message.
    ///   - scenario: values of a scenario, by variable, which come before all others.
    init(_ project: ProjectDefinition, event: String?, scenario: [String: JSONValue] = [:]) {
        var values: [String: MessageValue] = [:]
        func add(_ prefix: String, _ attributes: [Attribute]) {
            for attribute in attributes {
                let name = prefix + "." + attribute.name
                let json =
                    scenario[name] ?? attribute.examples.first ?? attribute.defaultValue
                    ?? attribute.values.first.map { .string($0) }
                values[name] =
                    json.flatMap { MessageValue($0, attribute.type) } ?? .sample(attribute.name, attribute.type)
            }
        }
        for group in project.context { add(group.name, group.attributes) }
        if let event = project.events.first(where: { $0.name == event }) { add("event", event.properties) }
        self.values = values
    }

    subscript(_ name: String) -> MessageValue? { values[name] }

    /// The same values with some others in place.
    func replacing(_ changes: [String: MessageValue]) -> SampleValues {
        var result = self
        result.values.merge(changes) { _, change in change }
        return result
    }

    /// `$count = 2, $user.first_name = Zoë`, for the variables of a text.
    func description(of names: [String]) -> String {
        var seen: Set<String> = []
        return names.filter { seen.insert($0).inserted }.compactMap { name in
            values[name].map { "$\(name) = \($0.text)" }
        }.joined(separator: ", ")
    }
}

extension MessageValue {
    /// A JSON value of a declared type; nil when it does not fit.
    init?(_ json: JSONValue, _ type: AttributeType) {
        switch (json, type) {
        case (.string(let text), .timestamp):
            guard case .instant(let seconds)? = ScheduleTime(text) else { return nil }
            self = .instant(milliseconds: seconds * 1000)
        case (.string(let text), .duration): self = .other(shownDuration(text))
        case (.string(let text), _): self = .string(text)
        case (.bool(let flag), .bool): self = .bool(flag)
        case (.number(let number), .int), (.number(let number), .uint):
            guard let integer = Int64(exactly: number) else { return nil }
            self = .integer(integer)
        case (.number(let number), .double): self = .double(number)
        case (.array(let elements), .list):
            self = .other(elements.compactMap(\.string).joined(separator: ", "))
        default: return nil
        }
    }

    /// A value that nobody declared an example for.
    static func sample(_ name: String, _ type: AttributeType) -> MessageValue {
        switch type {
        case .string: .string(name.split(separator: "_").joined(separator: " "))
        case .bool: .bool(true)
        case .int, .uint: .integer(3)
        case .double: .double(12.5)
        case .version: .string("3.2.0")
        // 2026-12-24T18:30:00Z
        case .timestamp: .instant(milliseconds: 1_798_137_000_000)
        case .duration: .other("900s")
        case .url: .string("https://example.com/")
        case .list, .map: .other(name.split(separator: "_").joined(separator: " "))
        }
    }
}
