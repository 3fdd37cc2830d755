import CanonicalJSON
import PlacardBundle
import PlacardCompiler

/// A scenario with a plausible value for everything that the project declares.
///
/// - Parameters:
///   - message: what must show; its event happens.
///   - user: whom the message is for; any user without it.
///   - now: the scenario's clock, in RFC 3339, where the user has none.
///   - isExpected: whether the message does show.
func scenarioSkeleton(
    _ project: ProjectDefinition, message: MessageDefinition?, user: SampleUser? = nil, now: String,
    isExpected: Bool = true
) -> String {
    let now = user?.now ?? now
    var lines = [
        "description: \(message.map { "Someone who sees \($0.id)" } ?? "Say who this is")",
        "unit: user-1                     # what rollouts and variants are drawn by",
        "locale: \(yamlScalar(project.source))",
        "now: \(now)",
        "timezone: UTC",
        "context:",
    ]
    for group in project.context {
        let given = user?.context.object?[group.name]?.object
        let values = group.attributes.compactMap { attribute -> String? in
            if let value = given?[attribute.name] { return property(attribute, value) }
            // Whom the message is for may not have it.
            let isOpen = user == nil || !attribute.isOptional
            return attribute.defaultValue == nil && isOpen ? property(attribute) : nil
        }
        lines.append("  \(yamlScalar(group.name)): {" + values.joined(separator: ", ") + "}")
    }
    if project.context.isEmpty { lines[lines.count - 1] = "context: {}" }
    lines.append(eventLine(project, message, user))
    lines.append("history: []                      # such as {message: welcome, shown: \(now)}")
    if let message, isExpected {
        lines += ["expect:", "  shows: \(yamlScalar(message.id))"]
    } else if let message {
        lines += ["# expect:", "#   shows: \(yamlScalar(message.id))"]
    } else {
        lines += ["# expect:", "#   shows: ID                    # the message that must show, or nothing"]
    }
    return lines.joined(separator: "\n") + "\n"
}

private func eventLine(_ project: ProjectDefinition, _ message: MessageDefinition?, _ user: SampleUser?) -> String {
    let wanted = message?.trigger?.event.value
    guard let event = wanted.flatMap({ project.events[named: $0] }) ?? project.events.first else {
        return "# event: {name: …}               # placard.yaml declares no event yet"
    }
    let name = "name: " + yamlScalar(event.name, inFlow: true)
    let properties = event.properties.compactMap { attribute -> String? in
        if let value = user?.event.object?[attribute.name] { return property(attribute, value) }
        return user == nil || !attribute.isOptional && attribute.defaultValue == nil ? property(attribute) : nil
    }
    // A property that is called like a key of the event's own stands below `properties`, with the others.
    if event.properties.contains(where: { $0.name == "name" || $0.name == "properties" }) {
        return "event: {\(name), properties: {" + properties.joined(separator: ", ") + "}}"
    }
    return "event: {" + ([name] + properties).joined(separator: ", ") + "}"
}

/// - Parameter value: nil for any that fits.
private func property(_ attribute: AttributeDefinition, _ value: JSONValue? = nil) -> String {
    yamlScalar(attribute.name, inFlow: true) + ": " + (value.map { flow($0) } ?? sample(attribute))
}

/// A value that fits the attribute: an example or an allowed value before an invented one.
private func sample(_ attribute: AttributeDefinition) -> String {
    if let example = attribute.examples.first { return flow(example) }
    if let value = attribute.values.first { return yamlScalar(value, inFlow: true) }
    return invented(attribute.type)
}

private func flow(_ value: JSONValue) -> String {
    if let text = value.string { return yamlScalar(text, inFlow: true) }
    return value.canonicalString
}

private func invented(_ type: AttributeType) -> String {
    switch type {
    case .string: "some-text"
    case .int, .uint: "1"
    case .double: "1.5"
    case .bool: "true"
    case .timestamp: "2030-06-01T09:00:00Z"
    case .duration: "60s"
    case .version: "\"1.0.0\""
    case .url: "https://www.example.com/"
    case .list: "[]"
    case .map: "{}"
    }
}
