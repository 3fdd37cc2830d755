import PlacardBundle
import PlacardPreview
import PlacardText
import SourceDiagnostics

/// When a message shows, in a few words; empty when always.
func previewWindow(_ schedule: ScheduleDefinition?) -> String {
    guard let schedule = schedule?.schedule else { return "" }
    switch (schedule.start.map(date), schedule.end.map(date)) {
    case (let start?, let end?): return "\(start) – \(end)"
    case (let start?, nil): return "from \(start)"
    case (nil, let end?): return "until \(end)"
    case (nil, nil): return ""
    }
}

private func date(_ time: ScheduleTime) -> String {
    String(decoding: time.description.utf8.prefix(10), as: UTF8.self)
}

/// Who sees a message.
func previewAudience(_ message: MessageDefinition) -> PreviewFact {
    PreviewFact("Audience", message.audience ?? "everyone", style: message.audience == nil ? .text : .code)
}

/// What is set of a message but its texts, in reading order.
func previewFacts(_ message: MessageDefinition, _ template: TemplateDefinition?) -> [PreviewFact] {
    var facts: [PreviewFact] = []
    if let trigger = message.trigger {
        facts.append(PreviewFact("Trigger", trigger.event.value, style: .code))
        if let when = trigger.when { facts.append(PreviewFact("When", when.text, style: .code)) }
        if trigger.delay > 0 { facts.append(PreviewFact("Delay", duration(trigger.delay))) }
    }
    facts.append(previewAudience(message))
    if let schedule = message.schedule?.schedule { facts += scheduleFacts(schedule) }
    facts.append(
        PreviewFact(
            "Frequency",
            message.frequency.isEmpty ? "every time" : message.frequency.map(words).joined(separator: ", ")))
    if let group = message.group { facts.append(PreviewFact("Group", group.value, style: .code)) }
    facts.append(PreviewFact("Priority", String(message.priority)))
    if let rollout = message.rollout { facts.append(PreviewFact("Rollout", percent(rollout))) }
    if let experiment = message.experiment {
        let total = max(1, experiment.variants.reduce(0) { $0 + $1.weight })
        let shares = experiment.variants.map { "\($0.id.value) \(percent($0.weight * 10_000 / total))" }
        facts.append(
            PreviewFact(
                "Experiment",
                (shares + (experiment.holdout.map { ["holdout \(percent($0))"] } ?? [])).joined(separator: ", ")))
    }
    if let thread = message.thread { facts.append(PreviewFact("Thread", thread.text, style: .code)) }
    if let push = message.push {
        let link = pushLink(push, message)
        facts.append(
            PreviewFact("Notification opens", link?.text ?? "the app", style: link == nil ? .text : .code))
    }
    if let policy = message.onMissing { facts.append(PreviewFact("Without translation", policy.rawValue)) }
    if let template {
        facts.append(PreviewFact("Surface", template.surface + (template.isBlocking ? ", blocks the app" : "")))
        if !template.dismiss.isEmpty {
            facts.append(PreviewFact("Closed by", template.dismiss.joined(separator: ", ")))
        }
    }
    return facts
}

private func scheduleFacts(_ schedule: Schedule) -> [PreviewFact] {
    var facts: [PreviewFact] = []
    let zone: String
    if case .named(let name) = schedule.timezone { zone = name } else { zone = "the user's own time" }
    if let start = schedule.start { facts.append(PreviewFact("From", "\(start.description), \(zone)")) }
    if let end = schedule.end { facts.append(PreviewFact("Until", "\(end.description), \(zone)")) }
    if let hours = schedule.hours { facts.append(PreviewFact("Hours", hours.description)) }
    if !schedule.days.isEmpty {
        facts.append(PreviewFact("Days", schedule.days.map(\.name).joined(separator: ", ")))
    }
    return facts
}

private func words(_ rule: FrequencyRule) -> String {
    switch rule.window {
    case .session: "\(rule.count) per session"
    case .total: "\(rule.count) in total"
    case .seconds(let seconds): "\(rule.count) per \(duration(seconds * 1000))"
    }
}

private func duration(_ milliseconds: Int64) -> String {
    for (unit, size) in [("d", 86_400_000 as Int64), ("h", 3_600_000), ("min", 60_000), ("s", 1000)]
    where milliseconds >= size && milliseconds % size == 0 {
        return "\(milliseconds / size) \(unit)"
    }
    return "\(milliseconds) ms"
}

private func percent(_ hundredths: Int64) -> String {
    hundredths % 100 == 0 ? "\(hundredths / 100) %" : "\(Double(hundredths) / 100) %"
}
