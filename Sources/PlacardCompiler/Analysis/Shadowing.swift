import PlacardBundle
import PlacardEngine
import SourceDiagnostics

/// A message that another one always comes before.
struct ShadowClaim: Sendable {
    var loser: Int
    var winner: Int
}

/// Messages that always lose: whenever they could be shown, another message of the event comes first.
///
/// - Parameter candidates: places in `facts` of the messages of one event, the one that comes first in front.
func shadowed(_ candidates: [Int], _ facts: [MessageFacts], budget: inout Int) -> [ShadowClaim] {
    var claims: [ShadowClaim] = []
    var winners: [Int] = []
    for candidate in candidates {
        for winner in winners {
            guard budget > 0 else { return claims }
            budget -= 1
            if covers(facts[winner], facts[candidate]) {
                claims.append(ShadowClaim(loser: candidate, winner: winner))
                break
            }
        }
        if alwaysReady(facts[candidate]) { winners.append(candidate) }
    }
    return claims
}

/// Whether nothing but its conditions and its schedule keeps a message from a user, however often it was shown.
private func alwaysReady(_ facts: MessageFacts) -> Bool {
    let catalog = facts.catalog
    guard catalog.frequency.isEmpty, catalog.group == nil, catalog.experiment == nil, catalog.thread == nil,
        (catalog.rollout ?? 10_000) >= 10_000
    else { return false }
    // What its user has closed or put off does not come again, and makes room.
    guard catalog.dismiss.allSatisfy({ $0 == .timeout }) else { return false }
    let closes = facts.definition.content.actions.contains { action in
        switch action.effect {
        case .dismiss?, .remind?: true
        case .url?, .event?, .request?, nil: false
        }
    }
    guard !closes else { return false }
    // There are always readers of languages that it was not translated for.
    return catalog.onMissing != .hide
}

/// Whether `winner`, which comes first, is eligible whenever `loser` is.
private func covers(_ winner: MessageFacts, _ loser: MessageFacts) -> Bool {
    // What is on the screen must be in the way of both alike.
    guard winner.catalog.surface == .push || winner.catalog.surface == loser.catalog.surface,
        loser.catalog.thread == nil, scheduleCovers(winner.catalog, loser.catalog)
    else { return false }
    if winner.when.isEmpty, winner.audience.isEmpty { return true }
    var search = Search(
        [(loser.eligible, .holds), (winner.eligible, .notHolds)], winner.attributes, choosesUnknown: true)
    guard case .impossible = search.run() else { return false }
    return true
}

private func scheduleCovers(_ winner: CatalogMessage, _ loser: CatalogMessage) -> Bool {
    guard let wide = winner.schedule else { return true }
    guard let narrow = loser.schedule, (winner.trigger.delay ?? 0) == (loser.trigger.delay ?? 0),
        wide.timezone == narrow.timezone, wide.hours == nil || wide.hours == narrow.hours,
        wide.days.isEmpty || wide.days == narrow.days && wide.hours == narrow.hours
    else { return false }
    if let start = wide.start {
        guard let later = narrow.start, let order = order(start, later), order <= 0 else { return false }
    }
    if let end = wide.end {
        guard let earlier = narrow.end, let order = order(earlier, end), order <= 0 else { return false }
    }
    return true
}

/// The order of two boundaries on one clock; nil when they are not of one kind.
private func order(_ a: ScheduleTime, _ b: ScheduleTime) -> Int? {
    func compare(_ a: Int64, _ b: Int64) -> Int { a < b ? -1 : a == b ? 0 : 1 }
    switch (a, b) {
    case (.civil(let a), .civil(let b)): return compare(a.secondsSinceEpoch, b.secondsSinceEpoch)
    case (.instant(let a), .instant(let b)): return compare(a, b)
    default: return nil
    }
}
