public import CanonicalJSON
import PlacardBundle

/// Something that a history remembers, as a client appends it to its file.
public struct HistoryEntry: Sendable, Equatable {
    /// What happened. The raw value is the member of the line that names the message.
    public enum Kind: String, Sendable, CaseIterable {
        /// The message was on the screen.
        case shown
        /// A holdout or a control was exposed, and saw nothing.
        case withheld
        /// The user closed the message for good.
        case dismissed
        /// The user wants to see the message again, but not before ``HistoryEntry/at``.
        case reminder
        /// The message is the latest of its thread, by the event at ``HistoryEntry/at``.
        case latest
    }

    /// What happened.
    public var kind: Kind
    /// The message's id.
    public var message: String
    /// When; of a reminder, not before when.
    public var at: Instant
    /// The key of its thread, if it has one.
    public var thread: String?
    /// When the event happened that brought up a message with a thread.
    public var event: Instant?

    /// Something that happened to a message.
    public init(_ kind: Kind, _ message: String, at: Instant, thread: String? = nil, event: Instant? = nil) {
        self.kind = kind
        self.message = message
        self.at = at
        self.thread = thread.map { History.bounded($0) }
        self.event = event
    }

    /// The entry of a message of a decision that really appeared.
    public init(_ shown: ShownMessage) {
        self.init(
            .shown, shown.message.id, at: shown.at, thread: shown.thread, event: shown.thread.map { _ in shown.event })
    }

    /// The entry of an exposure that showed nothing.
    public init(_ exposure: Exposure) {
        self.init(exposure.withheld ? .withheld : .shown, exposure.message, at: exposure.at)
    }

    /// An object whose members are the kind, which names the message, `at`, `thread` and `event`; times are
    /// milliseconds.
    public var json: JSONValue {
        var object: JSONObject = [kind.rawValue: .string(message), "at": .number(Double(at.milliseconds))]
        if let thread { object["thread"] = .string(thread) }
        if let event { object["event"] = .number(Double(event.milliseconds)) }
        return .object(object)
    }

    /// Reads what ``json`` wrote; nil for anything else.
    init?(json: JSONValue) {
        for kind in Kind.allCases {
            guard let message = json[kind.rawValue]?.string, let at = Instant(json: json["at"]) else { continue }
            self.init(kind, message, at: at, thread: json["thread"]?.string, event: Instant(json: json["event"]))
            return
        }
        return nil
    }
}

extension History {
    /// Records what an entry says.
    public mutating func record(_ entry: HistoryEntry) {
        switch entry.kind {
        case .shown, .withheld:
            let thread = entry.thread.flatMap { key in entry.event.map { (key: key, event: $0) } }
            recordImpression(
                of: entry.message, at: entry.at, withheld: entry.kind == .withheld, thread: thread)
        case .dismissed: recordDismissal(of: entry.message, thread: entry.thread, at: entry.at)
        case .reminder: recordReminder(of: entry.message, thread: entry.thread, notBefore: entry.at)
        case .latest: if let thread = entry.thread { recordLatest(entry.message, event: entry.at, inThread: thread) }
        }
    }
}

extension Instant {
    /// Milliseconds as a number of JSON; nil for anything else.
    init?(json: JSONValue?) {
        guard let milliseconds = json.flatMap({ wholeNumber($0) }) else { return nil }
        self.init(milliseconds: milliseconds)
    }
}

/// A whole number as a history writes it; nil for anything else. A double has no `Int64.max`, at which moments and numbers
/// stop: the double that is written for it is read as it.
func wholeNumber(_ json: JSONValue) -> Int64? {
    guard let number = json.number else { return nil }
    return number == 0x1p63 ? .max : Int64(exactly: number)
}
