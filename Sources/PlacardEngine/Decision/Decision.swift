import ByteText
import PlacardBundle

/// What a decision says of one message.
public struct Verdict: Sendable, Equatable {
    /// The message's id.
    public var message: String
    /// Why it is shown or not.
    public var reason: Reason
}

/// That a user has come to the point where a message of an experiment shows: what the experiment's analysis counts.
public struct Exposure: Sendable, Equatable {
    /// What the user is exposed to.
    public enum Arm: Sendable, Equatable {
        /// A variant.
        case variant(String)
        /// Nothing: the user is held out of the experiment.
        case holdout
    }

    /// The message's id.
    public var message: String
    /// What the user is exposed to.
    public var arm: Arm
    /// Whether nothing is shown.
    public var withheld: Bool
    /// When the message shows or would have.
    public var at: Instant
}

/// The outcome of an event.
public struct Decision: Sendable {
    /// The message that comes up; nil when there is none.
    public var shown: ShownMessage?
    /// The exposures to report, at the moment that they name; record the withheld ones in the history.
    public var exposures: [Exposure]
    /// The reason of each message, sorted by id: of all messages from ``Engine/explain(_:texts:)``; from
    /// ``Engine/decide(_:texts:)`` of the one that shows and those before it whose user is held out.
    public var verdicts: [Verdict]
    /// What in the context and the event was not as declared.
    public var notes: [ContextNote]
    /// The units of work (`CEL.Limits.work`) that its conditions took, and their explanations.
    public var work = 0

    /// The reason of one message; nil when there is none.
    public func reason(of message: String) -> Reason? {
        verdicts.first { sameBytes($0.message, message) }?.reason
    }
}

/// A message that comes up.
public struct ShownMessage: Sendable {
    /// Targeting and behaviour.
    public var message: CatalogMessage
    /// When it shows: after its trigger's delay.
    public var at: Instant
    /// When its event happened.
    public var event: Instant
    /// The variant of its experiment.
    public var variant: String?
    /// The key of its thread.
    public var thread: String?
    /// The messages on the screen that it replaces: the older of its thread.
    public var replaces: [String]
    /// Its texts, with their values.
    public var content: RenderedMessage
    /// The release of the bundle that it is of; the engine does not know, and says 0.
    public var release: Int64 = 0
}

extension History {
    /// Records that the message of a decision has been shown. Call it when the message really appears.
    public mutating func record(_ shown: ShownMessage) {
        record(HistoryEntry(shown))
    }

    /// Records the exposures of a decision that showed nothing, so that frequency holds for them as for everyone else.
    public mutating func record(withheld exposures: [Exposure]) {
        for exposure in exposures where exposure.withheld { record(HistoryEntry(exposure)) }
    }
}
