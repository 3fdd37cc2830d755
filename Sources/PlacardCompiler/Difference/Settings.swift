import ByteText
import CanonicalJSON
import PlacardBundle
import SourceDiagnostics

/// All that a message says but its texts, as its author reads it.
func settings(of message: CompiledMessage, in compilation: Compilation) -> [NamedValue] {
    let definition = message.definition
    var result: [NamedValue] = []
    func add(_ name: String, _ aspect: ChangedAspect, _ value: String?) {
        if let value { result.append(NamedValue(name: name, aspect: aspect, value: value)) }
    }
    add("audience", .audience, joined(definition.audiences.map(\.trimmed.text)))
    add("when", .audience, definition.trigger?.when?.trimmed.text)
    add("event", .trigger, definition.trigger?.event.value)
    if let delay = definition.trigger?.delay, delay > 0 {
        add("delay", .trigger, durationWords(milliseconds: delay))
    }
    result += settings(of: definition.schedule?.schedule)
    if !definition.frequency.isEmpty { add("frequency", .limits, frequencyWords(definition.frequency)) }
    add("group", .limits, definition.group?.value)
    if definition.priority != defaultPriority { add("priority", .limits, String(definition.priority)) }
    add("thread", .limits, definition.thread?.text)
    add("on missing", .limits, definition.onMissing?.rawValue)
    add("rollout", .experiment, definition.rollout.map(percentWords))
    for variant in definition.experiment?.variants ?? [] {
        add("variant \(variant.id.value)", .experiment, "weight \(variant.weight)")
    }
    add("holdout", .experiment, definition.experiment?.holdout.map(percentWords))
    for action in definition.content.actions {
        add("action \(action.id.value)", .links, action.effect.map { text(of: $0) })
    }
    add("link of the notification", .links, definition.content.push?.link?.text)
    for field in definition.content.fields {
        switch field.content {
        case .url(let url): add(field.name, .links, url.text)
        case .image(let image): add(field.name, .images, image.source?.asset)
        case .value(let value): add(field.name, .appearance, value.text)
        case .text, .markdown, .conversation, .list: break
        }
    }
    for asset in message.assets {
        guard let index = compilation.assets[asset] else { continue }
        let bytes = compilation.files.files[index].bytes
        add("file \(asset)", .images, "\(bytes.count) bytes, SHA-256 \(UnitHash(bytes).text)…")
    }
    add("template", .appearance, message.template)
    return result
}

private func settings(of schedule: Schedule?) -> [NamedValue] {
    guard let schedule else { return [] }
    var values = [
        ("start", schedule.start?.description), ("end", schedule.end?.description),
        ("hours", schedule.hours?.description),
        ("days", schedule.days.isEmpty ? nil : schedule.days.map { "\($0)" }.joined(separator: ", ")),
    ]
    switch schedule.timezone {
    case .local: values.append(("clock", "the user's own"))
    case .named(let zone): values.append(("clock", zone))
    }
    return values.compactMap { name, value in
        value.map { NamedValue(name: "schedule \(name)", aspect: .schedule, value: $0) }
    }
}

/// Conditions that must all hold; nil for none.
private func joined(_ conditions: [String]) -> String? {
    switch conditions.count {
    case 0: nil
    case 1: conditions[0]
    default: conditions.map { "(\($0))" }.joined(separator: " && ")
    }
}

private func text(of effect: MessageAction<EmbeddedText>.Effect) -> String {
    switch effect {
    case .url(let url): "opens \(url.text)"
    case .dismiss: "closes it"
    case .remind(let seconds): "puts it off for \(durationWords(milliseconds: seconds * 1000))"
    case .event(let event): "tells the app of \(event.value)"
    case .request(let request): "asks the system for \(request)"
    }
}

/// What `placard.yaml` declares, each thing by itself.
func declarations(_ project: ProjectDefinition) -> [NamedValue] {
    var result: [NamedValue] = []
    func add(_ name: String, _ aspect: ChangedAspect, _ value: String) {
        result.append(NamedValue(name: name, aspect: aspect, value: value))
    }
    func text(_ attribute: AttributeDefinition) -> String {
        var parts = [attribute.type.name]
        if !attribute.values.isEmpty { parts.append("one of " + attribute.values.joined(separator: ", ")) }
        if let value = attribute.defaultValue { parts.append("default " + value.canonicalString) }
        if attribute.isOptional { parts.append("optional") }
        return parts.joined(separator: ", ")
    }
    add("source", .translation, project.source)
    for locale in project.locales {
        var parts = [locale.required ? "required" : "optional"]
        if let outdated = locale.outdated { parts.append("outdated: \(outdated.rawValue)") }
        if locale.allowsIdentical { parts.append("may be identical") }
        add("locale \(locale.tag)", .translation, parts.joined(separator: ", "))
    }
    for (from, to) in project.fallbacks.sorted(by: { utf8Less($0.key, $1.key) }) {
        add("fallback of \(from)", .translation, to)
    }
    for group in project.context {
        for attribute in group.attributes { add("\(group.name).\(attribute.name)", .audience, text(attribute)) }
    }
    for event in project.events {
        add("event \(event.name)", .trigger, "declared")
        for property in event.properties {
            add("property \(property.name) of \(event.name)", .trigger, text(property))
        }
    }
    for group in project.groups { add("group \(group.name)", .limits, frequencyWords(group.frequency)) }
    add("schemes of links", .links, project.links.schemes.joined(separator: ", "))
    add("hosts of links", .links, project.links.hosts.joined(separator: ", "))
    add("formats", .appearance, project.formats.map(\.rawValue).joined(separator: ", "))
    add("on missing", .limits, project.onMissing.rawValue)
    add("outdated", .translation, project.outdated?.rawValue ?? "by locale")
    return result
}
