import CanonicalJSON
import SourceDiagnostics

/// A user, an event, a clock and a history, and what must show then: `scenarios/<name>.yaml`.
package struct Scenario: Sendable {
    /// The file's stem.
    package var name: String
    package var file: String
    package var summary: String
    /// What rollouts, holdouts and variants are drawn by.
    package var unit: String
    /// The user's language; nil for the source locale.
    package var locale: String?
    /// Milliseconds since 1970-01-01T00:00:00Z.
    package var now: Int64
    package var timezone: String
    /// When the session began, as ``now``; nil for now.
    package var session: Int64?
    /// Attributes by context group.
    package var context: JSONObject
    package var event: Located<String>
    /// The event's properties.
    package var properties: JSONObject
    package var history: [Impression]
    package var expectation: Expectation?
    /// The versions of ``context`` and ``properties`` that were written in another form than they are read in.
    package var lenientVersions: [LenientVersion] = []

    /// A message that the user has seen.
    package struct Impression: Sendable {
        package var message: Located<String>
        /// Milliseconds since 1970-01-01T00:00:00Z.
        package var shown: Int64
        package var dismissed: Int64?
    }

    /// What must come of the event.
    package struct Expectation: Sendable {
        /// The message that shows; nil when nothing may show.
        package var shows: Located<String>?
        package var variant: Located<String>?
        /// The notification of the message that shows, as far as it is given.
        package var push: Push?
        /// Messages that do not show, each with the gate that keeps it back.
        package var hidden: [(message: Located<String>, gate: Located<String>)]
        package var label: Label

        /// Texts of a notification, with the user's values.
        package struct Push: Sendable {
            package var title: Located<String>?
            package var body: Located<String>?
            package var link: Located<String>?
        }
    }
}

extension Scenario {
    /// A scenario without a file: `event` happens to a user of whom nothing is known.
    ///
    /// - Parameter now: milliseconds since 1970-01-01T00:00:00Z.
    package init(event: String, now: Int64) {
        self.init(
            name: "", file: "", summary: "", unit: "anonymous", locale: nil, now: now, timezone: "UTC", session: nil,
            context: JSONObject(), event: Located(value: event, file: "", span: Span(at: 0)), properties: JSONObject(),
            history: [], expectation: nil)
    }
}
