import CanonicalJSON
import MessageFormat
import PlacardBundle
import PlacardText
import SourceDiagnostics

/// Values for the variables of previews: from a scenario of the same event, else an example, a default or a declared
/// value, else one that shows its type.
struct SampleValues: Sendable {
    private struct Sample {
        var value: MessageValue
        /// `$count = 2`
        var shown: String
        /// The longest of its examples or declared values, where that is another one.
        var longest: MessageValue?

        init(_ name: String, _ value: MessageValue, longest: MessageValue? = nil) {
            self.value = value
            self.longest = longest
            shown = "$\(name) = \(value.text)"
        }
    }

    private var samples: [String: Sample]

    /// - Parameters:
    ///   - event: the event that triggers the message.
    ///   - scenario: values of a scenario, by variable, which come before all others.
    init(_ project: ProjectDefinition, event: String?, scenario: [String: JSONValue] = [:]) {
        var samples: [String: Sample] = [:]
        func add(_ prefix: String, _ attributes: DeclaredList<AttributeDefinition>) {
            for attribute in attributes {
                let name = prefix + "." + attribute.name
                let json =
                    scenario[name] ?? attribute.examples.first ?? attribute.defaultValue
                    ?? attribute.values.first.map { .string($0) }
                let value = json.flatMap { MessageValue($0, attribute.type) } ?? .sample(attribute.name, attribute.type)
                samples[name] = Sample(name, value, longest: SampleValues.longest(attribute, beyond: value))
            }
        }
        for group in project.context { add(group.name, group.attributes) }
        if let event = event.flatMap({ project.events[named: $0] }) { add("event", event.properties) }
        self.samples = samples
    }

    /// The longest value that is declared for an attribute, if it is longer than the sample; of equal ones the first.
    private static func longest(_ attribute: AttributeDefinition, beyond sample: MessageValue) -> MessageValue? {
        let declared = attribute.examples.isEmpty ? attribute.values.map { JSONValue.string($0) } : attribute.examples
        guard declared.count > 1 else { return nil }
        var longest: MessageValue?
        var count = sample.text.count
        for value in declared.lazy.compactMap({ MessageValue($0, attribute.type) }) where value.text.count > count {
            longest = value
            count = value.text.count
        }
        return longest
    }

    /// The same values with the longest in place of each that `content` shows; nil when none of them has a longer one.
    ///
    /// A text that chooses a variant keeps its sample: another one would show another variant.
    func longest(for content: MessageContent<CompiledText>) -> SampleValues? {
        var selectors: Set<String> = []
        var names: Set<String> = []
        content.visit { _, text in
            for use in text.variables {
                if use.isSelector, use.function == nil || use.function == "string" { selectors.insert(use.name) }
                names.insert(use.name)
            }
        }
        let changes = names.subtracting(selectors).compactMap { name in
            samples[name]?.longest.map { (name, $0) }
        }
        return changes.isEmpty ? nil : replacing(Dictionary(changes) { first, _ in first })
    }

    subscript(_ name: String) -> MessageValue? { samples[name]?.value }

    /// The same values with some others in place.
    func replacing(_ changes: [String: MessageValue]) -> SampleValues {
        var result = self
        for (name, value) in changes { result.samples[name] = Sample(name, value) }
        return result
    }

    /// `$count = 2, $user.first_name = Zoë`, for the variables of a message's texts.
    func description(of content: MessageContent<CompiledText>) -> String {
        var names: [String] = []
        content.visit { _, text in
            for use in text.variables where !names.contains(use.name) { names.append(use.name) }
        }
        guard !names.isEmpty else { return "" }
        let shown = names.compactMap { samples[$0]?.shown }
        return shown.count == 1 ? shown[0] : shown.joined(separator: ", ")
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
