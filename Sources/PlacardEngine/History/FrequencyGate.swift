import PlacardBundle

/// A frequency rule that is used up, with the impressions that use it up.
public struct FrequencyFailure: Sendable, Equatable {
    /// The rule.
    public var rule: FrequencyRule
    /// The impressions in its window, at least as many as it allows.
    public var count: Int64

    /// A rule that is used up.
    public init(rule: FrequencyRule, count: Int64) {
        self.rule = rule
        self.count = count
    }
}

/// What counts against rules: impressions in order of time, and numbers of older ones.
struct SeenImpressions: Sendable {
    var impressions: [History.Impression] = []
    /// Each is a number of impressions that are no longer told apart, and a moment that none of them is later than.
    var earlier: [(count: Int64, until: Instant)] = []

    init() {}

    /// All of a message.
    init(_ record: History.Record) {
        impressions = record.impressions
        addEarlier(saturatingAdd(record.earlier.shown, record.earlier.withheld), record.earlier.until)
    }

    mutating func addEarlier(_ count: Int64, _ until: Instant) {
        if count > 0 { earlier.append((count, until)) }
    }
}

/// The first of `rules` that does not allow another impression at `now`.
///
/// - Parameters:
///   - seen: what was seen of the message or of its group.
///   - more: what counts as well.
///   - sessionStart: when the client's current session began.
///
/// A rolling window ends now and is open at its start: what was shown a day ago, to the millisecond, no longer counts in
/// `per 1d`. An impression in the future, from before a clock was set back, counts. Older impressions that are no longer
/// told apart count as long as one of them may be in the window: no rule ever lets more through for what was forgotten.
func usedUpRule(
    _ rules: [FrequencyRule], _ seen: SeenImpressions, more: SeenImpressions = SeenImpressions(), now: Instant,
    sessionStart: Instant
) -> FrequencyFailure? {
    for rule in rules {
        let count = saturatingAdd(count(seen, rule, now, sessionStart), count(more, rule, now, sessionStart))
        if count >= rule.count { return FrequencyFailure(rule: rule, count: count) }
    }
    return nil
}

private func count(
    _ seen: SeenImpressions, _ rule: FrequencyRule, _ now: Instant, _ sessionStart: Instant
) -> Int64 {
    switch rule.window {
    case .total: return recent(seen) { _ in true }
    case .session: return recent(seen) { $0 >= sessionStart }
    case .seconds(let seconds):
        let start = now.adding(milliseconds: -saturatingMultiply(seconds, 1000))
        return recent(seen) { $0 > start }
    }
}

/// How many at the end of the list are `within`, and of the older ones all that may be.
private func recent(_ seen: SeenImpressions, _ within: (Instant) -> Bool) -> Int64 {
    // Nearly always the last ones decide; a long list is looked through by halves.
    var low = 0
    var high = seen.impressions.count
    while low < high {
        let middle = (low + high) / 2
        if within(seen.impressions[middle].at) { high = middle } else { low = middle + 1 }
    }
    var count = Int64(seen.impressions.count - low)
    for part in seen.earlier where within(part.until) { count = saturatingAdd(count, part.count) }
    return count
}
