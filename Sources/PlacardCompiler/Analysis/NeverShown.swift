import PlacardBundle
import SourceDiagnostics

/// Why a message can never be shown, at whatever time; nil when it can, or when that is not decided.
func neverShown(_ facts: MessageFacts, _ project: ProjectDefinition) -> Diagnostic? {
    let message = facts.definition
    if let rule = message.frequency.first(where: { $0.count == 0 }), let label = message.frequencyLabel {
        return never(facts, "its frequency allows no showing", at: label, [zeroNote(rule)])
    }
    if let group = message.group, let rules = project.groups[named: group.value]?.frequency,
        let rule = rules.first(where: { $0.count == 0 })
    {
        return never(facts, "the group `\(group.value)` allows no showing", at: group.label, [zeroNote(rule)])
    }
    if message.rollout == 0, let label = message.rolloutLabel {
        return never(facts, "its rollout is 0%", at: label, ["raise it step by step, such as `5%`, `25%`, `100%`"])
    }
    if let experiment = message.experiment, experiment.holdout == 10_000 {
        return never(
            facts, "its holdout is 100%", at: experiment.label,
            ["users in the holdout see nothing; lower it"])
    }
    return contradiction(facts) ?? schedule(facts)
}

private func never(
    _ facts: MessageFacts, _ reason: String, at label: Label, secondary: [Label] = [], _ notes: [String]
) -> Diagnostic {
    .neverShown(facts.definition.id, reason, at: label, secondary: secondary, notes: notes)
}

private func zeroNote(_ rule: FrequencyRule) -> String {
    switch rule.window {
    case .session: "`0 per session` means never"
    case .total: "`0 total` means never"
    case .seconds: "0 in any window means never"
    }
}

// MARK: Conditions

private struct PlacedConjunct {
    var conjunct: Conjunct
    var text: EmbeddedText
    var isAudience: Bool

    var label: Label { Label(file: text.file, text.table.outer(conjunct.span)) }
}

private func contradiction(_ facts: MessageFacts) -> Diagnostic? {
    guard case .impossible = outcome([facts.eligible], facts.attributes) else { return nil }
    let audience = zip(facts.definition.audiences, facts.audiences).flatMap { text, conjuncts in
        conjuncts.map { PlacedConjunct(conjunct: $0, text: text, isAudience: true) }
    }
    let when = facts.definition.trigger?.when.map { text in
        facts.when.map { PlacedConjunct(conjunct: $0, text: text, isAudience: false) }
    }
    let core = smallestCore(audience + (when ?? []), facts.attributes)
    guard let first = core.first else { return nil }
    let quoted = core.map { "`\($0.conjunct.text)`" }
    let reason: String
    switch (core.contains { $0.isAudience }, core.contains { !$0.isAudience }) {
    case (true, true): reason = "no event that meets its `when` comes from its `audience`"
    case (true, false): reason = "no user meets its `audience`"
    default: reason = "no event meets its `when`"
    }
    return never(
        facts, reason, at: first.label, secondary: core.dropFirst().map(\.label),
        core.count == 1
            ? ["\(quoted[0]) is true for no value that placard.yaml declares"]
            : ["\(quoted.dropLast().joined(separator: ", ")) and \(quoted.last ?? "") are never true together"])
}

/// The fewest of the conditions that contradict each other: each is left out that is not needed.
private func smallestCore(_ conjuncts: [PlacedConjunct], _ attributes: AttributeTable) -> [PlacedConjunct] {
    guard conjuncts.count <= AnalysisLimits.conjuncts else { return conjuncts }
    var core = conjuncts
    for index in conjuncts.indices.reversed() where core.count > 1 {
        var fewer = core
        fewer.remove(at: index)
        if case .impossible = outcome(fewer.map(\.conjunct.formula), attributes) { core = fewer }
    }
    return core
}

private func outcome(_ formulas: [Formula], _ attributes: AttributeTable) -> Search.Result {
    var search = Search([(.and(formulas), .holds)], attributes, choosesUnknown: true)
    return search.run()
}

// MARK: Schedule

/// The diagnostics that may come with time, and go; what comes so is a note of one of these ids.
let clockDiagnostics: Set<String> = ["analysis/never-shown", "schedule/distant-year"]

/// That a schedule has ended. A note: time passes without anybody's doing, and what passed yesterday passes today.
func endedSchedule(_ facts: MessageFacts, now: Int64) -> Diagnostic? {
    guard let definition = facts.definition.schedule, let end = definition.schedule.end,
        let label = definition.endLabel,
        hasPassed(end, definition.schedule.timezone, now: now)
    else { return nil }
    var note = never(
        facts, "its schedule has ended", at: label, ["move the end, or remove the message once no client needs it"])
    note.severity = .note
    return note
}

private func schedule(_ facts: MessageFacts) -> Diagnostic? {
    guard let definition = facts.definition.schedule else { return nil }
    let schedule = definition.schedule
    guard !meets(schedule) else { return nil }
    return never(
        facts, "its hours and days do not meet its window", at: definition.label,
        ["between its start and its end there is no moment on its days and within its hours"])
}
