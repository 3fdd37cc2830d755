import ByteText
import CanonicalJSON
import PlacardBundle
import PlacardEngine
import SourceDiagnostics

/// What is wrong with messages that are right each by itself: that they are never shown, always lose, or compete.
///
/// - Parameters:
///   - compilation: a project without errors.
///   - now: seconds from 1970; nil where the clock must not matter.
func analyse(
    _ compilation: Compilation, _ level: AnalysisLevel, now: Int64?
) -> [Diagnostic] {
    guard level != .none else { return [] }
    let facts = messageFacts(compilation)
    let never = concurrentMap(facts.count) { neverShown(facts[$0], compilation.project) }
    // Whatever the time, the rest is the same: a schedule that has ended still counts below.
    let ended = now.map { now in facts.indices.map { never[$0] == nil ? endedSchedule(facts[$0], now: now) : nil } }
    var diagnostics = never.compactMap { $0 } + (ended ?? []).compactMap { $0 }
    if let now {
        diagnostics += facts.flatMap { distantYears($0, now: now) { compilation.files[$0] } }
    }
    guard level == .full else { return diagnostics }

    var events: [String: [Int]] = [:]
    for index in facts.indices where never[index] == nil {
        events[facts[index].catalog.trigger.event, default: []].append(index)
    }
    let groups = events.sorted { utf8Less($0.key, $1.key) }.map { entry in
        let orders = Dictionary(uniqueKeysWithValues: entry.value.map { ($0, MessageOrder(facts[$0].catalog)) })
        return entry.value.sorted { a, b in
            guard let one = orders[a], let other = orders[b] else { return false }
            return one.precedes(other).0
        }
    }
    let share = AnalysisLimits.shadowPairs / max(1, groups.count)
    let results = concurrentMap(groups.count) { index -> [Diagnostic] in
        var budget = share
        let claims = shadowed(groups[index], facts, budget: &budget)
        var confirmations = AnalysisLimits.confirmedShadows
        let shadows = claims.compactMap { shadowDiagnostic($0, facts, compilation, budget: &confirmations) }
        let losers = Set(claims.map(\.loser))
        return shadows + competing(groups[index].filter { !losers.contains($0) }, facts, compilation)
    }
    for result in results { diagnostics += result }
    return diagnostics
}

private func shadowDiagnostic(
    _ claim: ShadowClaim, _ facts: [MessageFacts], _ compilation: Compilation, budget: inout Int
) -> Diagnostic? {
    let (loser, winner) = (facts[claim.loser], facts[claim.winner])
    // A claim is made only where the engine agrees for a real user.
    guard let witness = commonUser(winner, loser, compilation, budget: &budget) else { return nil }
    let criterion = MessageOrder(winner.catalog).precedes(MessageOrder(loser.catalog)).by
    let why: String
    switch criterion {
    case .priority: why = "its priority is \(winner.catalog.priority), here it is \(loser.catalog.priority)"
    case .start: why = "the priorities are equal, and it starts earlier"
    case .id: why = "the priorities are equal, and its id comes first"
    }
    var place = winner.place
    place.text = "always comes first"
    return .shadowed(
        loser.definition.id, by: winner.definition.id, why: why, example: text(witness, winner.catalog.trigger.event),
        at: loser.place, winner: place)
}

func text(_ witness: Witness, _ event: String) -> String {
    var result = "the user `\(witness.context.canonicalString)`"
    if case .object(let properties) = witness.event, !properties.members.isEmpty {
        result += " at `\(event) \(witness.event.canonicalString)`"
    }
    return result
}
