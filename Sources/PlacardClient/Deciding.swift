import CanonicalJSON
import PlacardBundle
import PlacardEngine

/// What is on the screen, or waits for its delay to end: a message may have to give way to it.
struct Screen: Sendable {
    private var showing: [Showing] = []
    private var waiting: [(message: Showing, until: Instant)] = []

    /// What the engine must know of at `now`. A message whose delay is over, and that the app did not show, is
    /// forgotten.
    mutating func messages(at now: Instant) -> [Showing] {
        waiting.removeAll { $0.until < now }
        return showing + waiting.map { $0.message }
    }

    mutating func wait(for shown: ShownMessage) {
        remove(shown)
        waiting.append((message: Showing(shown), until: shown.at))
    }

    mutating func show(_ shown: ShownMessage) {
        remove(shown)
        showing.removeAll { shown.replaces.contains($0.message) }
        showing.append(Showing(shown))
    }

    mutating func remove(_ shown: ShownMessage) {
        let message = Showing(shown)
        showing.removeAll { $0 == message }
        waiting.removeAll { $0.message == message }
    }
}

extension Showing {
    init(_ shown: ShownMessage) {
        self.init(
            message: shown.message.id, surface: shown.message.surface, blocking: shown.message.blocking,
            thread: shown.thread)
    }
}

extension PlacardClient {
    /// Decides which message an event brings up; nil for none, and while there is no bundle.
    ///
    /// What in the event or the context is not as declared, which may be why there is none, is told to the client's
    /// `report`.
    ///
    /// Show it at its ``PlacardEngine/ShownMessage/at``, and tell the client with ``shown(_:)`` when it really is on
    /// the screen: only then does it count. Until its delay is over it keeps its place on the screen.
    ///
    /// - Parameters:
    ///   - event: the event's name, as `placard.yaml` declares it.
    ///   - properties: the event's properties, an object.
    ///   - context: what the app knows of the user, by group: `["user": ["country": "FR"]]`.
    public func decide(event: String, properties: JSONValue = [:], context: JSONValue) -> ShownMessage? {
        decision(event: event, properties: properties, context: context)?.shown
    }

    /// Decides as ``decide(event:properties:context:)`` does, and says more: the exposures, which `events` is told
    /// of too, and what in the context is not as declared.
    public func decision(event: String, properties: JSONValue = [:], context: JSONValue) -> Decision? {
        opened()
        for _ in 0..<2 {
            bundle?.engine.prepare(event: event)
            guard let bundle else { return nil }
            let request = request(bundle, event: event, properties: properties, context: context)
            var decision = bundle.engine.decide(request, texts: bundle.texts)
            // What could not be read did not show.
            guard !leaveDamagedBundle() else { continue }
            decision.shown?.release = bundle.manifest.release
            report(decision.notes)
            tell(decision.exposures, bundle)
            if decision.exposures.contains(where: { $0.withheld }) {
                record(decision.exposures.filter { $0.withheld }.map { HistoryEntry($0) })
            }
            if let shown = decision.shown, shown.at > request.now { screen.wait(for: shown) }
            return decision
        }
        return nil
    }

    /// Why each message of the bundle would show now or not: for a debug screen. Nothing is recorded.
    public func explain(event: String, properties: JSONValue = [:], context: JSONValue) -> Decision? {
        opened()
        for _ in 0..<2 {
            guard let bundle else { return nil }
            let request = request(bundle, event: event, properties: properties, context: context)
            let decision = bundle.engine.explain(request, texts: bundle.texts)
            if !leaveDamagedBundle() { return decision }
        }
        return nil
    }

    private func request(
        _ bundle: LoadedBundle, event: String, properties: JSONValue, context: JSONValue
    ) -> DecisionRequest {
        let now = environment.now()
        return DecisionRequest(
            event: bundle.engine.event(event, properties), context: bundle.engine.context(context), unit: unit,
            now: now, timeZone: environment.timeZone(), history: history, sessionStart: sessionStart,
            showing: screen.messages(at: now),
            languages: readers(of: bundle))
    }

    /// Says that a session begins: `per session` counts anew. The first begins with the client.
    public func beginSession() {
        sessionStart = environment.now()
    }

    /// Says that a message is on the screen: it counts as an impression, and what it replaces is gone.
    public func shown(_ message: ShownMessage) {
        opened()
        screen.show(message)
        record([HistoryEntry(message)])
        tell(.impression, of: message)
    }

    /// Says that the user closed a message for good: it does not come again.
    public func dismissed(_ message: ShownMessage) {
        opened()
        screen.remove(message)
        record([
            HistoryEntry(.dismissed, message.message.id, at: environment.now(), thread: message.thread)
        ])
        tell(.dismissal, of: message)
    }

    /// Says that a message went without the user's doing, or was never shown: a timeout, a change of screen.
    public func closed(_ message: ShownMessage) {
        screen.remove(message)
    }

    /// Says that the user chose an action of a message, which leaves the screen by it.
    ///
    /// An action that dismisses or reminds is remembered here; to open a URL, to tell of an event and to ask for a
    /// permission is the app's part.
    ///
    /// - Parameters:
    ///   - message: the message that was decided.
    ///   - action: the action's id; one that the message does not have only closes it, and is told to `report`.
    public func acted(_ message: ShownMessage, action: String) {
        opened()
        screen.remove(message)
        guard let found = message.content.actions.first(where: { $0.id.utf8.elementsEqual(action.utf8) }) else {
            return reportOnce(.unknownAction(message: message.message.id, action: action))
        }
        tell(.click(action: found.id), of: message)
        switch found.kind {
        case .dismiss: dismissed(message)
        case .remind(let seconds):
            let notBefore = environment.now().adding(seconds: seconds)
            record([HistoryEntry(.reminder, message.message.id, at: notBefore, thread: message.thread)])
        case .open, .emit, .request: break
        }
    }

    /// Forgets all that the user has seen and done: for a sign-out, or at the user's wish.
    public func forgetHistory() {
        opened()
        history = History()
        unwritten = []
        screen = Screen()
        compactHistory()
    }
}
