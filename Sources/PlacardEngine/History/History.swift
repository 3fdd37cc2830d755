/// What a user has seen and done so far: what the client remembers from one decision to the next.
///
/// It is kept by message, so that a decision looks up only what it needs.
public struct History: Sendable, Equatable {
    /// One time that a message was shown, or would have been but for a holdout or a control.
    public struct Impression: Sendable, Equatable {
        /// When it was shown.
        public var at: Instant
        /// Whether the user saw nothing: an exposure of a holdout or a control.
        public var withheld: Bool

        /// An impression at a moment.
        public init(at: Instant, withheld: Bool = false) {
            self.at = at
            self.withheld = withheld
        }
    }

    /// The latest of a thread.
    struct ThreadEntry: Sendable, Equatable {
        var message: String
        var event: Instant
    }

    var impressionsByMessage: [String: [Impression]] = [:]
    /// By message and, for a message with a thread, its key.
    var dismissals: [String: Instant] = [:]
    var reminders: [String: Instant] = [:]
    var threads: [String: ThreadEntry] = [:]

    /// A user who has seen nothing.
    public init() {}

    /// Records that `message` was shown.
    ///
    /// - Parameters:
    ///   - withheld: true for the exposure of a holdout or control, which showed nothing.
    ///   - thread: the key of its thread, and the moment of the event that brought it up.
    public mutating func recordImpression(
        of message: String, at instant: Instant, withheld: Bool = false, thread: (key: String, event: Instant)? = nil
    ) {
        // In order of time, whatever the order of recording.
        var list = impressionsByMessage[message] ?? []
        let place = list.lastIndex { $0.at <= instant }.map { $0 + 1 } ?? 0
        list.insert(Impression(at: instant, withheld: withheld), at: place)
        impressionsByMessage[message] = list
        guard let thread, !withheld, threads[thread.key].map({ $0.event <= thread.event }) ?? true else { return }
        threads[thread.key] = ThreadEntry(message: message, event: thread.event)
    }

    /// Records that the user closed `message` for good; within its thread, if it has one.
    public mutating func recordDismissal(of message: String, thread: String? = nil, at instant: Instant) {
        dismissals[History.key(message, thread)] = instant
    }

    /// Records that the user wants to see `message` again, but not before `instant`.
    public mutating func recordReminder(of message: String, thread: String? = nil, notBefore instant: Instant) {
        reminders[History.key(message, thread)] = instant
    }

    /// The times that `message` was shown or withheld, in order.
    public func impressions(of message: String) -> [Impression] { impressionsByMessage[message] ?? [] }

    /// When the user closed `message` for good; nil when not.
    public func dismissal(of message: String, thread: String? = nil) -> Instant? {
        dismissals.isEmpty ? nil : dismissals[History.key(message, thread)]
    }

    /// The moment before which the user does not want to see `message`; nil when there is none.
    public func reminder(of message: String, thread: String? = nil) -> Instant? {
        reminders.isEmpty ? nil : reminders[History.key(message, thread)]
    }

    func latest(inThread key: String) -> ThreadEntry? { threads.isEmpty ? nil : threads[key] }

    /// Forgets impressions before `instant`, but not the number of each message in all.
    ///
    /// `total` rules count for ever, so that only repeated impressions beyond `limit` of one message go.
    public mutating func trim(before instant: Instant, keeping limit: Int) {
        var trimmed: [String: [Impression]] = [:]
        for (message, list) in impressionsByMessage {
            let surplus = max(0, list.count - max(0, limit))
            var dropped = 0
            trimmed[message] = list.filter { impression in
                guard dropped < surplus, impression.at < instant else { return true }
                dropped += 1
                return false
            }
        }
        impressionsByMessage = trimmed
    }

    /// U+001F stands in no message id, so that the key is unambiguous.
    private static func key(_ message: String, _ thread: String?) -> String {
        guard let thread else { return message }
        return message + "\u{1F}" + thread
    }
}
