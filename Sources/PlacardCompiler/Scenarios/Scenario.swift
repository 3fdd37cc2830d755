import CanonicalJSON
import SourceDiagnostics

/// A user, an event, a clock and a history, and what must show then: `scenarios/<name>.yaml`.
public struct Scenario: Sendable {
    /// The file's stem.
    public var name: String
    public var file: String
    public var summary: String
    /// What rollouts, holdouts and variants are drawn by.
    public var unit: String
    /// The user's language; nil for the source locale.
    public var locale: String?
    /// Milliseconds since 1970-01-01T00:00:00Z.
    public var now: Int64
    public var timezone: String
    /// When the session began, as ``now``; nil for now.
    public var session: Int64?
    /// Attributes by context group.
    public var context: JSONObject
    public var event: Located<String>
    /// The event's properties.
    public var properties: JSONObject
    public var history: [Impression]
    public var expectation: Expectation?

    /// A message that the user has seen.
    public struct Impression: Sendable {
        public var message: Located<String>
        /// Milliseconds since 1970-01-01T00:00:00Z.
        public var shown: Int64
        public var dismissed: Int64?
    }

    /// What must come of the event.
    public struct Expectation: Sendable {
        /// The message that shows; nil when nothing may show.
        public var shows: Located<String>?
        public var variant: Located<String>?
        /// The notification of the message that shows, as far as it is given.
        public var push: Push?
        /// Messages that do not show, each with the gate that keeps it back.
        public var hidden: [(message: Located<String>, gate: Located<String>)]
        public var label: Label

        /// Texts of a notification, with the user's values.
        public struct Push: Sendable {
            public var title: Located<String>?
            public var body: Located<String>?
            public var link: Located<String>?
        }
    }
}

extension Scenario {
    /// A scenario without a file: `event` happens to a user of whom nothing is known.
    ///
    /// - Parameter now: milliseconds since 1970-01-01T00:00:00Z.
    public init(event: String, now: Int64) {
        self.init(
            name: "", file: "", summary: "", unit: "anonymous", locale: nil, now: now, timezone: "UTC", session: nil,
            context: JSONObject(), event: Located(value: event, file: "", span: Span(at: 0)), properties: JSONObject(),
            history: [], expectation: nil)
    }
}
