import ByteText

/// What a user has seen and done so far: what the client remembers from one decision to the next.
///
/// It is kept by message, so that a decision looks up only what it needs, and bounded: of each message the newest
/// impressions are kept one by one, the older ones by their number (``HistoryLimits``).
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

    /// The impressions of one message.
    struct Record: Sendable, Equatable {
        /// The newest, in order of time.
        var impressions: [Impression] = []
        /// Those that are no longer kept one by one.
        var earlier = Earlier()
    }

    /// Impressions of which only the number is known, and that none is later than a moment.
    struct Earlier: Sendable, Equatable {
        var shown: Int64 = 0
        var withheld: Int64 = 0
        var until = Instant(milliseconds: .min)

        var isEmpty: Bool { shown == 0 && withheld == 0 }

        mutating func add(_ impression: Impression) {
            if impression.withheld {
                withheld = saturatingAdd(withheld, 1)
            } else {
                shown = saturatingAdd(shown, 1)
            }
            until = max(until, impression.at)
        }

        /// The more of both: of two copies of one number of which one is damaged none may let more through.
        mutating func formMaximum(_ other: Earlier) {
            shown = max(shown, other.shown)
            withheld = max(withheld, other.withheld)
            until = max(until, other.until)
        }
    }

    /// The latest of a thread.
    struct ThreadEntry: Sendable, Equatable {
        var message: String
        var event: Instant
    }

    var records: [String: Record] = [:]
    /// By message and, for a message with a thread, its key.
    var dismissals: [String: Instant] = [:]
    var reminders: [String: Instant] = [:]
    var threads: [String: ThreadEntry] = [:]

    /// A user who has seen nothing.
    public init() {}

    /// Records that `message` was shown.
    ///
    /// - Parameters:
    ///   - message: the message's id.
    ///   - instant: when it was shown.
    ///   - withheld: true for the exposure of a holdout or control, which showed nothing.
    ///   - thread: the key of its thread, and the moment of the event that brought it up.
    public mutating func recordImpression(
        of message: String, at instant: Instant, withheld: Bool = false, thread: (key: String, event: Instant)? = nil
    ) {
        records[message, default: Record()].insert(Impression(at: instant, withheld: withheld))
        guard let thread, !withheld else { return }
        recordLatest(message, event: thread.event, inThread: History.bounded(thread.key))
    }

    mutating func recordLatest(_ message: String, event: Instant, inThread key: String) {
        guard threads[key].map({ $0.event <= event }) ?? true else { return }
        threads[key] = ThreadEntry(message: message, event: event)
    }

    /// Records that the user closed `message` for good; within its thread, if it has one.
    public mutating func recordDismissal(of message: String, thread: String? = nil, at instant: Instant) {
        dismissals[History.key(message, thread)] = instant
    }

    /// Records that the user wants to see `message` again, but not before `instant`.
    public mutating func recordReminder(of message: String, thread: String? = nil, notBefore instant: Instant) {
        reminders[History.key(message, thread)] = instant
    }

    /// The times that `message` was shown or withheld, in order; the newest ``HistoryLimits/impressionsOfAMessage``.
    public func impressions(of message: String) -> [Impression] { records[message]?.impressions ?? [] }

    /// How often `message` was shown or withheld, in all.
    public func count(of message: String) -> Int64 {
        guard let record = records[message] else { return 0 }
        return saturatingAdd(
            Int64(record.impressions.count), saturatingAdd(record.earlier.shown, record.earlier.withheld))
    }

    /// When the user closed `message` for good; nil when not.
    public func dismissal(of message: String, thread: String? = nil) -> Instant? {
        dismissals.isEmpty ? nil : dismissals[History.key(message, thread)]
    }

    /// The moment before which the user does not want to see `message`; nil when there is none.
    public func reminder(of message: String, thread: String? = nil) -> Instant? {
        reminders.isEmpty ? nil : reminders[History.key(message, thread)]
    }

    func latest(inThread key: String) -> ThreadEntry? {
        threads.isEmpty ? nil : threads[History.bounded(key)]
    }

    /// U+001F stands in no message id, so that the key is unambiguous.
    static func key(_ message: String, _ thread: String?) -> String {
        guard let thread else { return message }
        return message + "\u{1F}" + bounded(thread)
    }

    /// A thread's key, or for a long one something short that no other is likely to have: it comes from an event, and
    /// can be of any length.
    static func bounded(_ thread: String) -> String {
        guard thread.utf8.count > HistoryLimits.threadKeyBytes else { return thread }
        var first: UInt64 = 0xCBF2_9CE4_8422_2325
        var second: UInt64 = 0x9E37_79B9_7F4A_7C15
        for byte in thread.utf8 {
            first = (first ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
            second = (second &+ UInt64(byte)) &* 0xD6E8_FEB8_6659_FD93
            second ^= second >> 32
        }
        return "#" + String(first, radix: 16) + String(second, radix: 16)
    }
}

extension History.Record {
    /// Adds an impression in order of time, whatever the order of recording; above the limit the oldest are counted.
    mutating func insert(_ impression: History.Impression) {
        if impressions.last.map({ $0.at <= impression.at }) ?? true {
            impressions.append(impression)
        } else {
            let place = impressions.indices.placeInOrder { impressions[$0].at > impression.at }
            impressions.insert(impression, at: place)
        }
        // A few at a time: to remove the first moves all others.
        let limit = HistoryLimits.impressionsOfAMessage
        if impressions.count > limit + limit / 8 { keepNewest(limit) }
    }

    /// Keeps the newest impressions one by one and counts the others.
    mutating func keepNewest(_ limit: Int) {
        let surplus = impressions.count - limit
        guard surplus > 0 else { return }
        for impression in impressions[..<surplus] { earlier.add(impression) }
        impressions.removeFirst(surplus)
    }
}
