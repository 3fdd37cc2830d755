import PlacardBundle
import SourceDiagnostics

/// Messages of one event that only their start or their id keeps in order, though some user could see either.
///
/// - Parameter candidates: places in `facts` of the messages of one event, in their order.
/// - Returns: one diagnostic for each priority, with the first pair that was found.
func competing(_ candidates: [Int], _ facts: [MessageFacts], _ compilation: Compilation) -> [Diagnostic] {
    var diagnostics: [Diagnostic] = []
    var groups: [Int64: [Int]] = [:]
    for candidate in candidates { groups[facts[candidate].catalog.priority, default: []].append(candidate) }
    for (priority, group) in groups.sorted(by: { $0.key > $1.key }) where group.count > 1 {
        if let diagnostic = firstPair(group, facts, compilation, priority) { diagnostics.append(diagnostic) }
    }
    return diagnostics
}

private func firstPair(
    _ group: [Int], _ facts: [MessageFacts], _ compilation: Compilation, _ priority: Int64
) -> Diagnostic? {
    var budget = AnalysisLimits.competingPairs
    var confirmations = AnalysisLimits.confirmedCompetitors
    for (place, second) in group.enumerated() {
        for first in group[..<place] {
            guard budget > 0 else { return nil }
            budget -= 1
            guard mayOverlap(facts[first].catalog, facts[second].catalog),
                let witness = commonUser(facts[first], facts[second], compilation, budget: &confirmations)
            else { continue }
            return diagnostic(facts[first], facts[second], group.count, witness, priority)
        }
    }
    return nil
}

/// Whether the schedules have a moment in common, as far as their boundaries tell.
func mayOverlap(_ first: CatalogMessage, _ second: CatalogMessage) -> Bool {
    func before(_ end: ScheduleTime?, _ start: ScheduleTime?) -> Bool {
        switch (end, start) {
        case (.civil(let end)?, .civil(let start)?):
            first.schedule?.timezone == second.schedule?.timezone && end.secondsSinceEpoch <= start.secondsSinceEpoch
        case (.instant(let end)?, .instant(let start)?): end <= start
        default: false
        }
    }
    return !before(first.schedule?.end, second.schedule?.start) && !before(second.schedule?.end, first.schedule?.start)
}

private func diagnostic(
    _ first: MessageFacts, _ second: MessageFacts, _ count: Int, _ witness: Witness, _ priority: Int64
) -> Diagnostic {
    let event = first.catalog.trigger.event
    var place = first.place
    place.text = "comes first"
    return .competing(
        first.definition.id, second.definition.id, event: event, priority: priority, count: count,
        example: text(witness, event), at: second.place, first: place)
}
