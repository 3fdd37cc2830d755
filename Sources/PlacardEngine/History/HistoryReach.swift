import PlacardBundle

/// How far back a release counts what has been seen of a message.
public enum HistoryReach: Sendable, Equatable {
    /// The release does not name the message.
    case unnamed
    /// What was seen before that moment, or at it, holds nothing back any more.
    case since(Instant)
    /// A rule for all time counts whatever was seen.
    case always
}

extension Engine {
    /// How far back the rules of a message and of its group count what has been seen of it, for whoever compacts a history.
    ///
    /// - Parameters:
    ///   - message: the message's id.
    ///   - now: the client's clock; it may be set back by ``HistoryLimits/graceMilliseconds`` later.
    ///   - sessionStart: when the client's current session began.
    public func reach(of message: String, now: Instant, sessionStart: Instant) -> HistoryReach {
        guard let known = place(of: message).flatMap({ self.message(at: $0) }) else { return .unnamed }
        var start: Instant?
        for rule in known.message.frequency + (known.group?.rules ?? []) {
            let begins: Instant
            switch rule.window {
            case .total: return .always
            case .session: begins = sessionStart
            case .seconds(let seconds): begins = now.adding(seconds: saturatingMultiply(seconds, -1))
            }
            start = min(start ?? begins, begins)
        }
        return .since(start?.adding(milliseconds: -HistoryLimits.graceMilliseconds) ?? Instant(milliseconds: .max))
    }
}
