import ByteText
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
    /// The catalog that it was built from; without its messages where `init(reading:platform:)` made it.
    public let catalog: Catalog
    /// What needs a platform.
    public let platform: EnginePlatform
    let groupTypes: [ObjectType]
    /// What expressions may read without an event.
    let environment: CEL.Environment
    /// What is known of each event, by name.
    private(set) var events: [String: PreparedEvent]
    /// What is known of each message without decoding it, in the order of the ids.
    let slots: [MessageSlot]
    /// The names of their events and groups.
    let names: SlotNames
    /// The groups that have rules, by name.
    private let groups: [String: PreparedGroup]
    /// The messages that are ready to be decided, by the places of ``slots``.
    private var ready: [PreparedMessage?]
    /// How many are ready of those that a file has.
    private var readyCount = 0
    /// Where those are decoded from that are not ready; nil where all are.
    private let file: CatalogFile?

    /// One event: what its expressions may read, and the messages that it brings up, in order.
    struct PreparedEvent: Sendable {
        let environment: CEL.Environment
        let type: ObjectType
        let attributes: SortedMap<AttributeDeclaration>
        /// Places in ``Engine/slots``, the message that comes first in front.
        var candidates: [Int] = []
        /// The units of work (`CEL.Limits.work`) that each condition of its messages may take.
        var conditionWork = Limits().work
        /// Whether its messages are ready, as far as there is room for them.
        var isReady = false
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

    /// Prepares a catalog, with all that explains its conditions.
    ///
    /// - Parameters:
    ///   - catalog: targeting and behaviour.
    ///   - platform: time zones, and how numbers and dates are written.
    public init(_ catalog: Catalog, platform: EnginePlatform = EnginePlatform()) {
        var names = SlotNames()
        let slots = catalog.messages.map { MessageSlot($0, &names) }
        self.init(catalog, file: nil, slots, names, platform)
        for (place, message) in catalog.messages.enumerated() {
            ready[place] = prepared(message, place, keepsTrees: true)
        }
    }

    /// Prepares a catalog from the bytes of its file, and keeps them.
    public init(reading bytes: [UInt8], platform: EnginePlatform = EnginePlatform()) throws(BundleError) {
        try self.init(reading: FileBytes(bytes), platform: platform)
    }

    /// Prepares a catalog from its file: for apps, where memory matters more than time.
    ///
    /// It decides as one of `init(_:platform:)` does, and holds some 100 bytes of a message. A message is read and decoded, and its
    /// conditions are compiled, when ``prepare(event:)`` says so, or else for each decision that asks it; one that cannot be read
    /// any more does not show.
    ///
    /// - Parameters:
    ///   - file: the catalog's file, from which messages are read again later.
    ///   - platform: time zones, and how numbers and dates are written.
    /// - Throws: `BundleError` as `Catalog(reading:)` does.
    public init(
        reading file: FileBytes, platform: EnginePlatform = EnginePlatform()
    ) throws(BundleError) {
        var slots: [MessageSlot] = []
        var names = SlotNames()
        let catalog = try CatalogFile(reading: file) { message, place in
            slots.reserveRoom(at: place.upperBound, of: file.count)
            slots.append(MessageSlot(message, at: place, &names))
        }
        slots.sort { utf8Less($0.id, $1.id) }
        self.init(catalog.catalog, file: catalog, slots, names, platform)
    }

    private init(
        _ catalog: Catalog, file: CatalogFile?, _ slots: [MessageSlot], _ names: SlotNames, _ platform: EnginePlatform
    ) {
        self.catalog = catalog
        self.platform = platform
        self.file = file
        self.slots = slots
        self.names = names
        let host = platform.expressionHost
        let groupTypes = catalog.groupTypes
        self.groupTypes = groupTypes
        var limits = Limits()
        limits.patternSteps = Engine.patternSteps(conditions: slots.reduce(0) { $0 + Int($1.patterns) })
        environment = CEL.Environment(
            catalog.declarations(event: nil, groups: groupTypes), limits: limits, host: host)
        var events: [String: PreparedEvent] = [:]
        func prepare(_ name: String, _ attributes: SortedMap<AttributeDeclaration>) -> PreparedEvent {
            let declarations = catalog.declarations(event: name, groups: groupTypes)
            return PreparedEvent(
                environment: CEL.Environment(declarations, limits: limits, host: host),
                type: declarations.objectTypes.last ?? ObjectType(Catalog.eventVariable, fields: []),
                attributes: attributes)
        }
        for event in catalog.events { events[event.name] = prepare(event.name, event.value) }
        for (place, slot) in slots.enumerated() {
            let name = names[slot.event]
            events[name, default: prepare(name, SortedMap())].candidates.append(place)
        }
        for name in events.keys {
            events[name]?.candidates.sort { slots[$0].order.precedes(slots[$1].order).0 }
            let conditions = (events[name]?.candidates ?? []).reduce(0) { $0 + Int(slots[$1].conditions) }
            events[name]?.conditionWork = Engine.conditionWork(conditions: conditions)
        }
        self.events = events
        groups = Engine.groups(of: catalog, slots, names)
        ready = [PreparedMessage?](repeating: nil, count: slots.count)
    }

    /// The groups that have rules, by name.
    private static func groups(
        of catalog: Catalog, _ slots: [MessageSlot], _ names: SlotNames
    ) -> [String: PreparedGroup] {
        var members: [String: [String]] = [:]
        for slot in slots where slot.group >= 0 { members[names[slot.group], default: []].append(slot.id) }
        var groups: [String: PreparedGroup] = [:]
        for (index, group) in catalog.groups.enumerated() where !group.value.frequency.isEmpty {
            groups[group.name] = PreparedGroup(
                name: group.name, index: index, rules: group.value.frequency, members: members[group.name] ?? [])
        }
        return groups
    }

    // MARK: Messages

    /// The ids of the messages that `event` may bring up, the one that comes first in front.
    public func candidates(event: String) -> [String] {
        (events[event]?.candidates ?? []).map { slots[$0].id }
    }

    /// The place in ``slots`` of the message called `id`.
    func place(of id: String) -> Int? {
        let place = slots.indices.placeInOrder { !utf8Less(slots[$0].id, id) }
        return place < slots.count && sameBytes(slots[place].id, id) ? place : nil
    }

    /// The message at a place; one that is not ready is decoded, and its conditions are not compiled.
    func message(at place: Int) -> PreparedMessage? {
        if let ready = ready[place] { return ready }
        return file?.message(at: slots[place].place).map { message in
            PreparedMessage(message: message, conditions: nil, group: message.group.flatMap { groups[$0] })
        }
    }

    private func prepared(_ message: CatalogMessage, _ place: Int, keepsTrees: Bool) -> PreparedMessage {
        let environment = events[message.trigger.event]?.environment ?? environment
        return PreparedMessage(
            message: message, conditions: Conditions(of: message, in: environment, keepsTrees: keepsTrees),
            group: message.group.flatMap { groups[$0] })
    }

    /// The defects of expressions that this engine cannot compile, by message id; such a message is never eligible.
    public var defects: [(message: String, text: String)] {
        var defects: [(message: String, text: String)] = []
        for place in slots.indices {
            guard let known = message(at: place) else { continue }
            let conditions = known.conditions ?? prepared(known.message, place, keepsTrees: false).conditions
            for text in conditions?.defects ?? [] { defects.append((known.id, text)) }
        }
        return defects
    }

    /// The most messages that an engine of a file keeps ready: decoded, with their conditions compiled. They take some 4 kB each.
    public static let readyLimit = 1_000

    /// Makes the messages of an event ready for the decisions to come, if this engine is one of a file: the first in their order, as
    /// many as there is room for. Those of other events make room for them.
    public mutating func prepare(event name: String) {
        guard let file, let event = events[name], !event.isReady else { return }
        let wanted = event.candidates.prefix(Engine.readyLimit)
        if readyCount + wanted.count > Engine.readyLimit {
            for place in ready.indices { ready[place] = nil }
            for name in events.keys { events[name]?.isReady = false }
            readyCount = 0
        }
        for place in wanted {
            ready[place] = file.message(at: slots[place].place).map { prepared($0, place, keepsTrees: false) }
        }
        readyCount += wanted.count
        events[name]?.isReady = true
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
