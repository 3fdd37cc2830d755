import CanonicalJSON

/// How often a message, or a group, may be shown at most.
public struct FrequencyRule: Sendable, Equatable {
    /// What the count is of.
    public enum Window: Sendable, Equatable {
        /// The client's current session.
        case session
        /// The last so many seconds of the client's clock, rolling.
        case seconds(Int64)
        /// For ever.
        case total
    }

    /// The most impressions in the window.
    public var count: Int64
    /// Where they are counted.
    public var window: Window

    /// At most `count` in `window`.
    public init(count: Int64, per window: Window) {
        self.count = count
        self.window = window
    }

    /// Reads `{"count": 3, "per": "session" | "total" | seconds}`.
    public init(json: JSONValue) throws(BundleError) { self = try FrequencyRule.form.read(json) }

    /// The wire form.
    public var json: JSONValue { FrequencyRule.form.write(self) }
}
