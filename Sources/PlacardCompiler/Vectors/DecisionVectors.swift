import CanonicalJSON
import PlacardBundle
import PlacardEngine

/// A request of the vectors: what a client knows, as JSON, and as the engine takes it.
struct VectorRequest: Sendable {
    var name: String
    var event: String
    var properties: JSONValue = [:]
    var context: JSONValue = [:]
    var unit = "user-1"
    var now: Instant
    var timezone = "UTC"
    var languages: [String] = []
    var history: [HistoryEntry] = []
    var session: Instant?
    var showing: [Showing] = []

    /// The same with a change, under another name.
    func changed(_ what: String, _ change: (inout VectorRequest) -> Void) -> VectorRequest {
        var result = self
        result.name += ", " + what
        change(&result)
        return result
    }

    var json: JSONValue {
        [
            "event": .string(event), "properties": properties, "context": context, "unit": .string(unit),
            "now": milliseconds(now), "timezone": .string(timezone), "languages": strings(languages),
            "history": .array(history.map(\.json)), "session": milliseconds(session ?? now),
            "showing": .array(
                showing.map { showing in
                    var object: JSONObject = [
                        "message": .string(showing.message), "surface": .string(showing.surface.rawValue),
                        "blocking": .bool(showing.blocking),
                    ]
                    if let thread = showing.thread { object["thread"] = .string(thread) }
                    return .object(object)
                }),
        ]
    }
}

/// Requests about every scenario and every message, each with what comes of it.
func decisionVectors(_ compilation: Compilation, _ engine: ProjectEngine, locales: LocaleLookup) -> [JSONValue] {
    var requests = compilation.scenarios.map(VectorRequest.init)
    for facts in messageFacts(compilation).prefix(VectorLimits.messages) {
        let base = VectorRequest(facts, compilation.project, engine)
        requests += VectorRequests(base, facts.catalog, engine.engine.catalog, locales: compilation.locales).all
    }
    // Each answer tells of every message.
    let limit = max(200, VectorLimits.verdicts / max(1, compilation.messages.count))
    return requests.prefix(limit).map { request in
        var object = request.json.object ?? [:]
        object["name"] = .string(request.name)
        object["expect"] = engine.answer(request)
        return .object(object)
    }
}

enum VectorLimits {
    /// Messages that have requests of their own.
    static let messages = 200
    /// Verdicts in all answers, as far as there are not few of them.
    static let verdicts = 500_000
    /// How many hours after its start a message is tried to be met: a week and a day.
    static let hours = 192
}

extension VectorRequest {
    init(_ scenario: Scenario) {
        self.init(
            name: "scenario " + scenario.name, event: scenario.event.value, properties: .object(scenario.properties),
            context: .object(scenario.context), unit: scenario.unit, now: Instant(milliseconds: scenario.now),
            timezone: scenario.timezone, languages: scenario.locale.map { [$0] } ?? [],
            history: scenario.history.flatMap { impression -> [HistoryEntry] in
                let message = impression.message.value
                return [HistoryEntry(.shown, message, at: Instant(milliseconds: impression.shown))]
                    + (impression.dismissed.map {
                        [HistoryEntry(.dismissed, message, at: Instant(milliseconds: $0))]
                    } ?? [])
            }, session: scenario.session.map { Instant(milliseconds: $0) })
    }

    /// A request of a user who is of the message's audience, if there is one, at a moment of its schedule.
    init(_ facts: MessageFacts, _ project: ProjectDefinition, _ engine: ProjectEngine) {
        var user = user(of: facts, project)
        for _ in 0..<VectorLimits.hours {
            guard case .schedule? = engine.failure(of: facts.catalog.id, user, event: facts.catalog.trigger.event)
            else {
                break
            }
            user.now = user.now.adding(seconds: 3600)
        }
        self.init(
            name: facts.catalog.id, event: facts.catalog.trigger.event, properties: user.event, context: user.context,
            unit: user.unit, now: user.now)
    }
}

extension ProjectEngine {
    /// What comes of a request, as the vectors say it.
    fileprivate func answer(_ request: VectorRequest) -> JSONValue {
        var history = History()
        for entry in request.history { history.record(entry) }
        let choice = choice(for: request.languages)
        let decision = engine.explain(
            DecisionRequest(
                event: engine.event(request.event, request.properties), context: engine.context(request.context),
                unit: request.unit, now: request.now, timeZone: request.timezone, history: history,
                sessionStart: request.session, showing: request.showing, languages: choice.languages),
            texts: texts(of: choice.locale))
        var verdicts = JSONObject()
        for verdict in decision.verdicts { verdicts[verdict.message] = .string(verdict.reason.gate.rawValue) }
        return [
            "locale": .string(choice.locale), "shows": decision.shown.map(shownJSON) ?? .null,
            "exposures": .array(
                decision.exposures.map { exposure in
                    var object: JSONObject = [
                        "message": .string(exposure.message), "withheld": .bool(exposure.withheld),
                        "at": milliseconds(exposure.at),
                    ]
                    if case .variant(let name) = exposure.arm { object["variant"] = .string(name) }
                    return .object(object)
                }), "verdicts": .object(verdicts),
        ]
    }
}

private func shownJSON(_ shown: ShownMessage) -> JSONValue {
    var object: JSONObject = [
        "message": .string(shown.message.id), "at": milliseconds(shown.at), "replaces": strings(shown.replaces),
    ]
    if let variant = shown.variant { object["variant"] = .string(variant) }
    if let thread = shown.thread { object["thread"] = .string(thread) }
    var fields = JSONObject()
    for field in shown.content.fields {
        if case .text(let text) = field.value { fields[field.name] = .string(text) }
        if case .body(let body) = field.value, let text = body.text { fields[field.name] = .string(text) }
    }
    var actions = JSONObject()
    for action in shown.content.actions { actions[action.id] = .string(action.label) }
    object["content"] = [
        "locale": .string(shown.content.locale), "direction": .string(shown.content.direction.rawValue),
        "fields": .object(fields), "actions": .object(actions),
    ]
    return .object(object)
}

func milliseconds(_ instant: Instant) -> JSONValue { .number(Double(instant.milliseconds)) }
