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

/// The first of `rules` that does not allow another impression at `now`.
///
/// - Parameters:
///   - impressions: of the message or of its group, in order of time.
///   - more: others that count as well, in order of time.
///   - sessionStart: when the client's current session began.
///
/// A rolling window ends now and is open at its start: what was shown a day ago, to the millisecond, no longer counts in
/// `per 1d`. An impression in the future, from before a clock was set back, counts.
func usedUpRule(
    _ rules: [FrequencyRule], impressions: [History.Impression], more: [History.Impression] = [], now: Instant,
    sessionStart: Instant
) -> FrequencyFailure? {
    for rule in rules {
        let count = count(impressions, rule, now, sessionStart) + count(more, rule, now, sessionStart)
        if count >= rule.count { return FrequencyFailure(rule: rule, count: count) }
    }
    return nil
}

private func count(
    _ impressions: [History.Impression], _ rule: FrequencyRule, _ now: Instant, _ sessionStart: Instant
) -> Int64 {
    guard !impressions.isEmpty else { return 0 }
    switch rule.window {
    case .total: return Int64(impressions.count)
    case .session: return recent(impressions) { $0 >= sessionStart }
    case .seconds(let seconds):
        let start = now.adding(milliseconds: -saturatingMultiply(seconds, 1000))
        return recent(impressions) { $0 > start }
    }
}

/// How many at the end of the list are `within`.
private func recent(_ impressions: [History.Impression], _ within: (Instant) -> Bool) -> Int64 {
    var count: Int64 = 0
    var index = impressions.count - 1
    while index >= 0, within(impressions[index].at) {
        count += 1
        index -= 1
    }
    return count
}
