import ByteText
import CanonicalJSON
import PlacardBundle
import PlacardEngine
import SourceDiagnostics

/// A user and an event under which messages are eligible, as a client would give them.
struct Witness: Sendable {
    var context: JSONValue
    var event: JSONValue
    var unit: String
    var now: Instant
    /// The fields that its conditions ask about.
    var asked: Set<FieldName> = []
}

/// A user for whom both messages are eligible at one moment, confirmed by the engine; nil when none was found.
///
/// - Parameter budget: how many more pairs the engine may be asked about.
func commonUser(
    _ first: MessageFacts, _ second: MessageFacts, _ compilation: Compilation, budget: inout Int
) -> Witness? {
    var search = Search(
        [(first.eligible, .holds), (second.eligible, .holds)], first.attributes, choosesUnknown: false)
    guard case .found(let assignments) = search.run(), budget > 0 else { return nil }
    budget -= 1
    let (context, event) = values(assignments, compilation.project, event: first.catalog.trigger.event)
    var small = compilation
    small.messages = [first.message, second.message]
    // The user reads the source locale.
    small.project.locales = []
    let names = Set(small.messages.flatMap(\.assets))
    small.assets = compilation.assets.filter { names.contains($0.key) }
    guard let engine = try? ProjectEngine(emitBundle(small)) else { return nil }
    let asked = first.eligible.fields.union(second.eligible.fields)
    for attempt in 0..<AnalysisLimits.confirmations {
        let moment = start(first, second).adding(seconds: Int64(attempt) * 3600)
        let witness = Witness(context: context, event: event, unit: "user-\(attempt + 1)", now: moment, asked: asked)
        let ids = [first.catalog.id, second.catalog.id]
        if ids.allSatisfy({ engine.isEligible($0, witness, event: first.catalog.trigger.event) }) { return witness }
    }
    return nil
}

/// A user and an event for which the conditions of a message hold, or, where none is found, any that clients may give.
func user(of facts: MessageFacts, _ project: ProjectDefinition) -> Witness {
    var search = Search([(facts.eligible, .holds)], facts.attributes, choosesUnknown: false)
    var assignments: [Search.Assignment] = []
    if case .found(let found) = search.run() { assignments = found }
    let (context, event) = values(assignments, project, event: facts.catalog.trigger.event)
    return Witness(
        context: context, event: event, unit: "user-1", now: start(facts, facts), asked: facts.eligible.fields)
}

/// The same for a message; nil for one that did not compile.
func user(of message: CompiledMessage, _ project: ProjectDefinition) -> Witness? {
    guard let event = message.catalog?.trigger.event else { return nil }
    return MessageFacts(message, AttributeTable(project, event: event)).map { user(of: $0, project) }
}

extension ProjectEngine {
    /// Whether a message passes every gate but the order, for a user of the source locale who has seen nothing.
    func isEligible(_ message: String, _ witness: Witness, event: String) -> Bool {
        failure(of: message, witness, event: event) == nil
    }

    /// The first gate that a message does not pass for such a user; nil when it is eligible.
    func failure(of message: String, _ witness: Witness, event: String) -> Reason? {
        let request = DecisionRequest(
            event: engine.event(event, witness.event), context: engine.context(witness.context), unit: witness.unit,
            now: witness.now)
        return engine.failure(of: message, request, texts: sourceTexts)
    }
}

/// The later of the starts, or the noon of a Monday.
private func start(_ first: MessageFacts, _ second: MessageFacts) -> Instant {
    let starts = [first, second].compactMap { facts -> Int64? in
        switch facts.catalog.schedule?.start {
        case .civil(let civil)?: civil.secondsSinceEpoch
        case .instant(let seconds)?: seconds
        case nil: nil
        }
    }
    let ends = [first, second].compactMap { facts -> Int64? in
        switch facts.catalog.schedule?.end {
        case .civil(let civil)?: civil.secondsSinceEpoch
        case .instant(let seconds)?: seconds
        case nil: nil
        }
    }
    if let latest = starts.max() { return Instant(seconds: latest) }
    if let earliest = ends.min() { return Instant(seconds: earliest - 8 * 86_400) }
    return Instant(seconds: 1_767_614_400)
}

/// The context and the properties that a client gives: what the search chose, and anything for what must be given too.
func values(
    _ assignments: [Search.Assignment], _ project: ProjectDefinition, event: String
) -> (context: JSONValue, event: JSONValue) {
    var scalars: [FieldName: JSONValue] = [:]
    var absent: Set<FieldName> = []
    var lists: [FieldName: [JSONValue]] = [:]
    for assignment in assignments {
        switch (assignment.dimension, assignment.value) {
        case (.field(let name), .scalar(let scalar)): scalars[name] = scalar.json
        case (.field(let name), .absent): absent.insert(name)
        case (.member(let name, let scalar), .outcome(let outcome)):
            if outcome == .error {
                absent.insert(name)
            } else {
                lists[name, default: []] += outcome == .holds ? [scalar.json] : []
            }
        case (.collectionPresent(let name), .outcome(let outcome)):
            if outcome == .holds { lists[name, default: []] += [] } else { absent.insert(name) }
        default: break
        }
    }
    func object(_ group: String, _ attributes: DeclaredList<AttributeDefinition>) -> JSONValue {
        var members: [JSONObject.Member] = []
        for attribute in attributes.sorted(by: { utf8Less($0.name, $1.name) }) {
            let name = FieldName(group: group, field: attribute.name)
            guard !absent.contains(name) else { continue }
            let chosen = scalars[name] ?? lists[name].map { .array($0) }
            guard
                let value = chosen
                    ?? (attribute.isOptional || attribute.defaultValue != nil ? nil : anything(attribute))
            else { continue }
            members.append(JSONObject.Member(key: attribute.name, value: value))
        }
        return .object(JSONObject(members))
    }
    var groups: [JSONObject.Member] = []
    for group in project.context.sorted(by: { utf8Less($0.name, $1.name) }) {
        groups.append(JSONObject.Member(key: group.name, value: object(group.name, group.attributes)))
    }
    let properties = project.events[named: event]?.properties ?? []
    return (.object(JSONObject(groups)), object("event", properties))
}

/// A value for an attribute that clients always give and that no condition asks about.
private func anything(_ attribute: AttributeDefinition) -> JSONValue {
    if let example = attribute.examples.first { return example }
    if let first = attribute.values.first, attribute.type.scalarKind != nil { return .string(first) }
    switch attribute.type {
    case .list: return .array([])
    case .map: return .object(JSONObject([]))
    case .url: return .string("https://example.com/")
    default: return attribute.type.scalarKind?.anything.json ?? .null
    }
}
