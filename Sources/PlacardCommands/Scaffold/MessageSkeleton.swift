import DocumentSchema
import PlacardBundle
import PlacardCompiler

/// A message of `template` that compiles as it is: every required field filled, every other one as a comment.
///
/// - Parameter picture: the name of an image beside the message, for fields that need one.
func messageSkeleton(
    _ template: TemplateDefinition, project: ProjectDefinition, title: String?, picture: String
) -> String {
    var lines = ["---", "template: \(yamlScalar(template.name))"]
    for field in template.fields where field.name != "body" {
        lines.append(contentsOf: fieldLines(field, project, title: title, picture: picture))
    }
    lines.append(contentsOf: triggerLines(project))
    lines.append(contentsOf: targetingLines(project))
    lines.append(contentsOf: pushLines(template, title: title))
    lines.append(contentsOf: actionLines(template))
    lines.append("---")
    if let body = template.body { lines.append(contentsOf: bodyLines(body)) }
    return lines.joined(separator: "\n") + "\n"
}

private func fieldLines(
    _ field: FieldDefinition, _ project: ProjectDefinition, title: String?, picture: String
) -> [String] {
    let remark = "  # " + about(field).joined(separator: "; ")
    let comment = remark == "  # " ? "" : remark
    let isGiven = field.isRequired || (field.name == "title" && title != nil)
    let prefix = isGiven ? "" : "# "
    let value: String
    switch field.kind {
    case .text, .markdown:
        value = yamlScalar(field.name == "title" ? title ?? "A new message" : shortened("Some words", field.maximum))
    case .image: value = "{src: \(picture), alt: What the picture shows}"
    case .url: value = yamlScalar(sampleURL(project))
    case .bool: value = "true"
    case .string(let format): value = yamlScalar(format.examples.first ?? "")
    case .enumeration(let values): value = yamlScalar(values.first ?? "value")
    case .int(let range): value = String(min(max(1, range.lowerBound), range.upperBound))
    case .list:
        let entries = (1...max(1, field.minimum ?? 1)).map { "\(prefix)  - {id: phrase-\($0), text: Phrase \($0)}" }
        return ["\(prefix)\(field.name):\(comment)"] + entries
    }
    return ["\(prefix)\(field.name): \(value)\(comment)"]
}

/// What the template says of a field, and its limits.
private func about(_ field: FieldDefinition) -> [String] {
    var parts: [String] = []
    if let summary = field.summary { parts.append(summary) }
    switch field.kind {
    case .text, .markdown:
        if let maximum = field.maximum { parts.append("at most \(maximum) characters") }
    case .enumeration(let values): parts.append("one of " + values.joined(separator: ", "))
    case .int(let range):
        if field.minimum != nil || field.maximum != nil { parts.append("\(range.lowerBound) to \(range.upperBound)") }
    case .list:
        if let maximum = field.maximum { parts.append("at most \(maximum)") }
    case .image, .url, .bool, .string: break
    }
    return parts
}

private func triggerLines(_ project: ProjectDefinition) -> [String] {
    let names = project.events.map { $0.name }
    let event = names.contains("session_start") ? "session_start" : names.first
    guard let event else { return ["# trigger: {event: …}  # declare events in placard.yaml first"] }
    let others = names.filter { $0 != event }.prefix(4)
    let comment = others.isEmpty ? "" : "  # or " + others.joined(separator: ", ")
    return ["trigger:", "  event: \(yamlScalar(event))\(comment)"]
}

/// Comments that show how to aim a message, by the project's own attributes.
private func targetingLines(_ project: ProjectDefinition) -> [String] {
    var lines: [String] = []
    let attributes = project.context.flatMap { group in group.attributes.map { (group.name, $0) } }
    if let (group, attribute) = attributes.first(where: { !$0.1.values.isEmpty }) {
        lines.append(
            "# audience: \(group).\(attribute.name) == \"\(attribute.values.first ?? "")\"  # without it, everybody")
    }
    lines.append("# schedule: {start: 2030-06-01 09:00, end: 2030-06-30 18:00, timezone: local}")
    lines.append("# frequency: [1 per session, 3 total]")
    return lines
}

/// The notification, which a template of that surface needs and any other may have.
private func pushLines(_ template: TemplateDefinition, title: String?) -> [String] {
    let title = yamlScalar(title ?? "A new message", inFlow: true)
    let isAll = template.surface == .push
    return [(isAll ? "" : "# ") + "push: {title: \(title), body: What the notification says}"]
}

private func actionLines(_ template: TemplateDefinition) -> [String] {
    guard template.maximumActions > 0 else { return [] }
    let isPrompt = template.surface == .prompt
    let first =
        isPrompt ? "{id: allow, label: Yes please, request: notifications}" : "{id: ok, label: OK, dismiss: true}"
    let second = "{id: later, label: Not now, dismiss: true}"
    let more = (3...max(3, template.minimumActions)).prefix(max(0, template.minimumActions - 2))
        .map { "{id: action-\($0), label: Action \($0), dismiss: true}" }
    let all = [first, second] + more
    guard template.minimumActions > 0 else {
        return ["# actions:", "#   - " + first]
    }
    return ["actions:"] + all.prefix(template.minimumActions).map { "  - " + $0 }
}

private func bodyLines(_ body: FieldDefinition) -> [String] {
    if case .markdown(_, conversation: true) = body.kind {
        return [
            "## Start", "", "Each heading is a step, each link below it a choice.", "", "- [Tell me more](#more)",
            "- [That is all](#end)", "", "## More", "", "A step can say as much as it needs.", "", "- [I see](#end)",
            "",
            "## End", "", "A step without a choice ends the conversation.",
        ]
    }
    return [shortened("Write the message here, in **Markdown**.", body.maximum)]
}

/// `text`, or its first words where a limit in characters does not allow more.
private func shortened(_ text: String, _ limit: Int?) -> String {
    guard let limit, text.count > limit else { return text }
    return String(text.filter { $0 != "*" }.prefix(max(1, limit)))
}

private func sampleURL(_ project: ProjectDefinition) -> String {
    let host = project.links.hosts.first.map { $0.hasPrefix("*.") ? "www" + $0.dropFirst() : $0 } ?? "www.example.com"
    if project.links.schemes.contains("https") || project.links.schemes.isEmpty { return "https://\(host)/" }
    return "\(project.links.schemes[0])://home"
}
