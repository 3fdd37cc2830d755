import CEL
import PlacardBundle
import PlacardPreview
import PlacardText
import SourceDiagnostics

/// When a message shows, in a few words; empty when always.
func previewWindow(_ schedule: ScheduleDefinition?) -> String {
    schedule.map { ScheduleWords(schedule: $0.schedule).brief } ?? ""
}

/// A message's conditions in words.
struct ConditionSentences: Sendable {
    /// Who sees it; nil where that could not be read.
    var audience: String?
    /// Which of its events show it; empty for all.
    var event: String
}

extension ConditionWords {
    /// What a message's conditions say.
    func sentences(_ message: CompiledMessage) -> ConditionSentences {
        func formulas(_ conditions: [CheckedExpression]) -> [Formula] {
            conditions.flatMap { FormulaBuilder(checked: $0, attributes: attributes).conjuncts().map(\.formula) }
        }
        let conditions = message.conditions
        // One that has an error is not among those that were checked.
        let isWhole = conditions.audiences.count == message.definition.audiences.count
        return ConditionSentences(
            audience: isWhole ? audience(formulas(conditions.audiences)) : nil,
            event: conditions.when.map { event(formulas([$0])) } ?? "")
    }
}

/// Who sees a message: in words, or as it is written where it cannot be read.
func previewAudience(_ message: CompiledMessage, _ conditions: ConditionSentences) -> PreviewFact {
    if let words = conditions.audience { return PreviewFact("Who", words) }
    return PreviewFact("Who", message.definition.audience ?? "Everyone", style: .code)
}

/// What is set of a message but its texts, in reading order.
func previewFacts(
    _ compiled: CompiledMessage, _ conditions: ConditionSentences, _ template: TemplateDefinition?,
    groups: DeclaredList<GroupDefinition>
) -> [PreviewFact] {
    let message = compiled.definition
    var facts = [previewAudience(compiled, conditions)]
    if let audience = message.audience { facts.append(PreviewFact("Audience", audience, style: .code)) }
    if let trigger = message.trigger { facts += triggerFacts(trigger, conditions) }
    if let schedule = message.schedule?.schedule { facts += scheduleFacts(schedule) }
    facts.append(PreviewFact("How often", frequencyWords(message.frequency)))
    if let group = message.group { facts.append(groupFact(group.value, groups)) }
    facts.append(PreviewFact("Priority", String(message.priority)))
    if let rollout = message.rollout { facts.append(PreviewFact("Rollout", "\(percentWords(rollout)) of these users")) }
    if let experiment = message.experiment { facts.append(experimentFact(experiment)) }
    if let thread = message.thread { facts.append(PreviewFact("Thread", thread.text, style: .code)) }
    if message.content.push != nil {
        let link = message.content.pushLink
        facts.append(
            PreviewFact("Notification opens", link?.text ?? "the app", style: link == nil ? .text : .code))
    }
    if let policy = message.onMissing { facts.append(PreviewFact("Without translation", policy.rawValue)) }
    if let template {
        facts.append(
            PreviewFact("Surface", (template.surface?.rawValue ?? "") + (template.isBlocking ? ", blocks the app" : ""))
        )
        if !template.dismiss.isEmpty {
            facts.append(PreviewFact("Closed by", template.dismiss.map(\.rawValue).joined(separator: ", ")))
        }
    }
    return facts
}

private func triggerFacts(_ trigger: TriggerDefinition, _ conditions: ConditionSentences) -> [PreviewFact] {
    var facts = [PreviewFact("Shown on", trigger.event.value, style: .code)]
    if let when = trigger.when {
        if !conditions.event.isEmpty { facts.append(PreviewFact("Only", conditions.event)) }
        facts.append(PreviewFact("When", when.text, style: .code))
    }
    if trigger.delay > 0 {
        facts.append(PreviewFact("Delay", "\(durationWords(milliseconds: trigger.delay)) after the event"))
    }
    return facts
}

func scheduleFacts(_ schedule: Schedule) -> [PreviewFact] {
    let words = ScheduleWords(schedule: schedule)
    return [("From", words.start), ("Until", words.end), ("Hours", words.daily)].compactMap { label, value in
        value.map { PreviewFact(label, $0) }
    }
}

/// A group, and the cap that all its messages share.
private func groupFact(_ name: String, _ groups: DeclaredList<GroupDefinition>) -> PreviewFact {
    guard let group = groups[named: name] else { return PreviewFact("Group", name, style: .code) }
    return PreviewFact("Group", "\(name): all its messages together \(frequencyWords(group.frequency))")
}

/// The variants' shares of all users, what is held out among them, so that they add up to 100 %.
private func experimentFact(_ experiment: ExperimentDefinition) -> PreviewFact {
    let total = max(1, experiment.variants.reduce(0) { $0 + $1.weight })
    let held = experiment.holdout ?? 0
    var left: Int64 = 10_000 - held
    var shares: [String] = []
    for (index, variant) in experiment.variants.enumerated() {
        // What rounding leaves over goes to the last.
        let isLast = index == experiment.variants.count - 1
        let share = isLast ? left : (10_000 - held) * variant.weight / total
        left -= share
        shares.append("\(variant.id.value) \(percentWords(share))")
    }
    if held > 0 { shares.append("\(percentWords(held)) see nothing, to compare with") }
    return PreviewFact("Experiment", shares.joined(separator: ", "))
}
