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
///   - impressions: of the message, or of each message of the group; each list in order of time.
///   - sessionStart: when the client's current session began.
///
/// A rolling window ends now and is open at its start: what was shown a day ago, to the millisecond, no longer counts in
/// `per 1d`. An impression in the future, from before a clock was set back, counts.
func usedUpRule(
    _ rules: [FrequencyRule], impressions: [[History.Impression]], now: Instant, sessionStart: Instant
) -> FrequencyFailure? {
    for rule in rules {
        var count: Int64 = 0
        for list in impressions {
            switch rule.window {
            case .total: count += Int64(list.count)
            case .session: count += Int64(list.reversed().prefix { $0.at >= sessionStart }.count)
            case .seconds(let seconds):
                let start = now.adding(milliseconds: -saturatingMultiply(seconds, 1000))
                count += Int64(list.reversed().prefix { $0.at > start }.count)
            }
        }
        if count >= rule.count { return FrequencyFailure(rule: rule, count: count) }
    }
    return nil
}
