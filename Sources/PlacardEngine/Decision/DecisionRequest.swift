import PlacardBundle

/// A message that is on the screen, or waits for its delay to end.
public struct Showing: Sendable, Equatable {
    /// The message's id.
    public var message: String
    /// Where it is.
    public var surface: Surface
    /// Whether nothing else may come up meanwhile.
    public var blocking: Bool
    /// The key of its thread, as its decision gave it.
    public var thread: String?

    /// A message that shows.
    public init(message: String, surface: Surface, blocking: Bool = false, thread: String? = nil) {
        self.message = message
        self.surface = surface
        self.blocking = blocking
        self.thread = thread
    }
}

/// Everything that a decision depends on besides the catalog; the engine reads nothing else.
public struct DecisionRequest: Sendable {
    /// What happened.
    public var event: TypedEvent
    /// What the client knows of the user.
    public var context: TypedContext
    /// What rollouts, holdouts and variants are drawn by: the user's id, or that of the installation.
    public var unit: String
    /// The client's clock.
    public var now: Instant
    /// The IANA name of the user's time zone.
    public var timeZone: String
    /// What the user has seen and done.
    public var history: History
    /// When the current session began; what was shown since counts in `per session`.
    public var sessionStart: Instant
    /// What is on the screen, or about to be.
    public var showing: [Showing]
    /// What the user reads: ``LocaleChoice/languages``. A message with `onMissing: hide` shows in these languages alone;
    /// empty when nothing is known of the user.
    public var languages: [String]

    /// A request; without a session's start the session begins now.
    public init(
        event: TypedEvent, context: TypedContext, unit: String, now: Instant, timeZone: String = "UTC",
        history: History = History(), sessionStart: Instant? = nil, showing: [Showing] = [],
        languages: [String] = []
    ) {
        self.event = event
        self.context = context
        self.unit = unit
        self.now = now
        self.timeZone = timeZone
        self.history = history
        self.sessionStart = sessionStart ?? now
        self.showing = showing
        self.languages = languages
    }
}
