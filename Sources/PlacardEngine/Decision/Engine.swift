import CEL
import CanonicalJSON
import MessageFormat
import PlacardBundle
import SourceDiagnostics

/// Decides what a user sees: the one implementation for the compiler, previews, servers and clients.
///
/// Built once from a catalog: expressions are compiled, and messages are put in order by event. After that a
/// decision is a function of its ``DecisionRequest`` and the texts.
public struct Engine: Sendable {
    /// The catalog that it was built from.
    public let catalog: Catalog
    /// What needs a platform.
    public let platform: EnginePlatform
    let groupTypes: [ObjectType]
    /// What expressions may read without an event.
    let environment: CEL.Environment
    /// What is known of each event, by name.
    let events: [String: PreparedEvent]
    /// The messages in the order of their ids.
    private(set) var messages: [PreparedMessage]
    /// The place of each message in ``messages``, by id.
    let places: [String: Int]

    /// One event: what its expressions may read, and the messages that it brings up, in order.
    struct PreparedEvent: Sendable {
        let environment: CEL.Environment
        let type: ObjectType
        let attributes: SortedMap<AttributeDeclaration>
        /// Places in ``Engine/messages``, the message that comes first in front.
        var candidates: [Int]
        /// The units of work (`CEL.Limits.work`) that each condition of its messages may take.
        var conditionWork = Limits().work
    }

    /// The units of work that the conditions of one decision may take together, a quarter of a second at most.
    ///
    /// Each condition has an equal share of it, but no less than ``leastConditionWork``: whether a message shows must
    /// not depend on what the conditions before it took, nor on which of them were asked at all, or else an explanation
    /// would not be true of the decision.
    public static let decisionWork = 10_000_000
    /// The units of work that a condition may take, however many there are: more than ordinary ones take.
    public static let leastConditionWork = 100

    /// The units of work that each of so many conditions of an event may take.
    static func conditionWork(conditions: Int) -> Int {
        min(Limits().work, max(leastConditionWork, decisionWork / max(1, conditions)))
    }

    /// The steps (`CEL.Limits.patternSteps`) that the constant patterns of a catalog may take together to be made ready, half
    /// a second at most. Each condition with patterns has an equal share, but no less than ``leastPatternSteps``.
    public static let catalogPatternSteps = 100_000_000
    /// The steps that the patterns of a condition may take, however many there are: more than ordinary ones take.
    public static let leastPatternSteps = 50_000

    /// The steps that the patterns of a condition may take.
    ///
    /// - Parameter conditions: how many conditions of the catalog may have patterns (``mayHavePatterns(_:)``).
    public static func patternSteps(conditions: Int) -> Int {
        min(Limits().patternSteps, max(leastPatternSteps, catalogPatternSteps / max(1, conditions)))
    }

    /// Whether an expression may hold a pattern: it has the word `matches`.
    public static func mayHavePatterns(_ expression: some Sequence<UInt8>) -> Bool {
        let word: StaticString = "matches"
        var found = 0
        // None of its letters is its first one again.
        for byte in expression {
            found = byte == word.utf8Start[found] ? found + 1 : byte == word.utf8Start[0] ? 1 : 0
            if found == word.utf8CodeUnitCount { return true }
        }
        return false
    }

    /// Prepares a catalog.
    ///
    /// - Parameters:
    ///   - catalog: targeting and behaviour.
    ///   - platform: time zones, and how numbers and dates are written.
    ///   - isLean: whether memory matters more than time. A lean engine compiles conditions when ``prepare(event:)`` says so, or
    ///     else for each decision, and keeps nothing to explain them by: an explanation compiles those that fail anew.
    public init(_ catalog: Catalog, platform: EnginePlatform = EnginePlatform(), isLean: Bool = false) {
        self.catalog = catalog
        self.platform = platform
        let host = platform.expressionHost
        let groupTypes = catalog.groupTypes
        self.groupTypes = groupTypes
        var limits = Limits()
        limits.patternSteps = Engine.patternSteps(
            conditions: catalog.messages.reduce(0) { count, message in
                count
                    + [message.trigger.when, message.audience].count {
                        $0.map { Engine.mayHavePatterns($0.utf8) } ?? false
                    }
            })
        environment = CEL.Environment(
            catalog.declarations(event: nil, groups: groupTypes), limits: limits, host: host)
        var events: [String: PreparedEvent] = [:]
        func prepare(_ name: String, _ attributes: SortedMap<AttributeDeclaration>) -> PreparedEvent {
            let declarations = catalog.declarations(event: name, groups: groupTypes)
            return PreparedEvent(
                environment: CEL.Environment(declarations, limits: limits, host: host),
                type: declarations.objectTypes.last ?? ObjectType(Catalog.eventVariable, fields: []),
                attributes: attributes, candidates: [])
        }
        for event in catalog.events { events[event.name] = prepare(event.name, event.value) }
        let groups = Engine.groups(of: catalog)
        var messages: [PreparedMessage] = []
        var places: [String: Int] = [:]
        messages.reserveCapacity(catalog.messages.count)
        for (place, message) in catalog.messages.enumerated() {
            let name = message.trigger.event
            var event = events[name] ?? prepare(name, SortedMap())
            event.candidates.append(place)
            events[name] = event
            messages.append(
                PreparedMessage(
                    message: message,
                    conditions: isLean ? nil : Conditions(of: message, in: event.environment, keepsTrees: true),
                    group: message.group.flatMap { groups[$0] }))
            places[message.id] = place
        }
        for name in events.keys {
            events[name]?.candidates.sort { messages[$0].order.precedes(messages[$1].order).0 }
            let places = events[name]?.candidates ?? []
            let conditions = places.reduce(0) { count, place in
                let message = messages[place].message
                return count + (message.trigger.when == nil ? 0 : 1) + (message.audience == nil ? 0 : 1)
            }
            events[name]?.conditionWork = Engine.conditionWork(conditions: conditions)
        }
        self.events = events
        self.messages = messages
        self.places = places
    }

    /// The groups that have rules, by name.
    private static func groups(of catalog: Catalog) -> [String: PreparedGroup] {
        var members: [String: [String]] = [:]
        for message in catalog.messages {
            if let group = message.group { members[group, default: []].append(message.id) }
        }
        var groups: [String: PreparedGroup] = [:]
        for (index, group) in catalog.groups.enumerated() where !group.value.frequency.isEmpty {
            groups[group.name] = PreparedGroup(
                name: group.name, index: index, rules: group.value.frequency, members: members[group.name] ?? [])
        }
        return groups
    }

    /// The ids of the messages that `event` may bring up, the one that comes first in front.
    public func candidates(event: String) -> [String] {
        (events[event]?.candidates ?? []).map { messages[$0].message.id }
    }

    /// The defects of expressions that this engine cannot compile, by message id; such a message is never eligible.
    public var defects: [(message: String, text: String)] {
        var defects: [(message: String, text: String)] = []
        for prepared in messages {
            let environment = events[prepared.message.trigger.event]?.environment ?? environment
            let conditions =
                prepared.conditions ?? Conditions(of: prepared.message, in: environment, keepsTrees: false)
            for text in conditions.defects { defects.append((prepared.message.id, text)) }
        }
        return defects
    }

    /// Compiles the conditions of an event's messages, if this engine is lean and has not done so: for the decisions to come.
    public mutating func prepare(event name: String) {
        guard let event = events[name], let first = event.candidates.first, messages[first].conditions == nil else {
            return
        }
        for place in event.candidates {
            let prepared = messages[place]
            messages[place] = PreparedMessage(
                message: prepared.message,
                conditions: Conditions(of: prepared.message, in: event.environment, keepsTrees: false),
                group: prepared.group)
        }
    }

    // MARK: Values

    /// Reads what a client knows of a user: an object with a member for each context group.
    public func context(_ json: JSONValue) -> TypedContext {
        var notes: [ContextNote] = []
        noteUnlessObject(json, path: "context", in: &notes)
        let groups = zip(groupTypes, catalog.context).map { type, group in
            readObject(json[group.name], type: type, attributes: group.value, notes: &notes)
        }
        for member in json.object?.members ?? [] where catalog.context[member.key] == nil {
            note(
                member.key, .undeclared, suggestion: nearMiss(member.key, among: catalog.context.names), in: &notes)
        }
        return TypedContext(groups: groups, notes: notes)
    }

    /// Reads an event; `properties` is an object with a member for each property.
    public func event(_ name: String, _ properties: JSONValue = [:]) -> TypedEvent {
        var notes: [ContextNote] = []
        guard let event = events[name] else {
            notes.append(
                ContextNote(
                    path: name, kind: .undeclaredEvent, suggestion: nearMiss(name, among: catalog.events.names)))
            return TypedEvent(
                name: name, properties: CELObject(type: ObjectType(Catalog.eventVariable, fields: []), values: []),
                notes: notes)
        }
        let object = readObject(properties, type: event.type, attributes: event.attributes, notes: &notes)
        return TypedEvent(name: name, properties: object, notes: notes)
    }
}

/// What the engine needs of its platform, as functions.
public struct EnginePlatform: Sendable {
    /// The time zone database.
    public var timeZones: TimeZones
    /// How numbers and dates are written.
    public var formatting: FormattingHost

    /// A platform; by default one that knows UTC alone and writes numbers and dates in no particular language.
    public init(timeZones: TimeZones = .utc, formatting: FormattingHost = .neutral) {
        self.timeZones = timeZones
        self.formatting = formatting
    }

    var expressionHost: CEL.Host {
        let zones = timeZones
        return CEL.Host(timeZoneOffset: { zone, seconds in zones.offset(zone, seconds).map { Int($0) } })
    }
}
