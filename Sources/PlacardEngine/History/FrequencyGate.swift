import ByteText
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

/// A span of time that ends now or later.
struct RollingWindow: Sendable {
    var start: Instant
    /// Whether its first moment is outside.
    var isOpen: Bool

    func holds(_ moment: Instant) -> Bool { isOpen ? moment > start : moment >= start }
}

/// What has been shown of a group: impressions in order of time, and numbers of older ones.
struct GroupImpressions: Sendable {
    var impressions: [History.Impression] = []
    /// Each is a number of impressions that are no longer told apart, and a moment that none of them is later than.
    var earlier: [(count: Int64, until: Instant)] = []

    /// How many are within a window.
    func count(_ window: RollingWindow) -> Int64 {
        var count = recent(impressions, window)
        for part in earlier where window.holds(part.until) { count = saturatingAdd(count, part.count) }
        return count
    }
}

extension History.Record {
    /// How many are within a window.
    func count(_ window: RollingWindow) -> Int64 {
        let count = recent(impressions, window)
        guard !earlier.isEmpty, window.holds(earlier.until) else { return count }
        return saturatingAdd(count, saturatingAdd(earlier.shown, earlier.withheld))
    }

    /// How many of those that showed nothing are within a window.
    func withheldCount(_ window: RollingWindow) -> Int64 {
        var count: Int64 = 0
        for impression in impressions where impression.withheld && window.holds(impression.at) { count += 1 }
        guard earlier.withheld > 0, window.holds(earlier.until) else { return count }
        return saturatingAdd(count, earlier.withheld)
    }
}

/// The first of `rules` that does not allow another impression at `now`.
///
/// - Parameters:
///   - sessionStart: when the client's current session began.
///   - count: how many impressions are within a window.
///
/// A rolling window ends now and is open at its start: what was shown a day ago, to the millisecond, no longer counts in
/// `per 1d`. An impression in the future, from before a clock was set back, counts. Older impressions that are no longer
/// told apart count as long as one of them may be in the window: no rule ever lets more through for what was forgotten.
func usedUpRule(
    _ rules: [FrequencyRule], now: Instant, sessionStart: Instant, count: (RollingWindow) -> Int64
) -> FrequencyFailure? {
    for rule in rules {
        let count =
            switch rule.window {
            case .total: count(RollingWindow(start: Instant(milliseconds: .min), isOpen: false))
            case .session: count(RollingWindow(start: sessionStart, isOpen: false))
            case .seconds(let seconds):
                count(
                    RollingWindow(
                        start: now.adding(milliseconds: -saturatingMultiply(seconds, 1000)), isOpen: true))
            }
        if count >= rule.count { return FrequencyFailure(rule: rule, count: count) }
    }
    return nil
}

/// How many at the end of the list are within a window; a long list is looked through by halves.
private func recent(_ impressions: [History.Impression], _ window: RollingWindow) -> Int64 {
    Int64(impressions.count - impressions.indices.placeInOrder { window.holds(impressions[$0].at) })
}
