import CanonicalJSON
import Foundation
import MessageFormat
import PlacardBundle
import Testing

@testable import PlacardEngine

/// The machine's time zone database.
let systemZones = TimeZones { zone, seconds in
    TimeZone(identifier: zone).map { Int64($0.secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds)))) }
}

/// A text with one placeholder between two literals.
func placeholder(_ before: String, _ variable: String, _ after: String = "", function: String? = nil) -> BundleText {
    var expression: JSONObject = [
        "type": "expression", "arg": ["type": "variable", "name": .string(variable)],
    ]
    if let function { expression["function"] = ["type": "function", "name": .string(function)] }
    let parts: [JSONValue] = [.string(before), .object(expression), .string(after)].filter { $0 != "" }
    return .message(["type": "message", "declarations": [], "pattern": .array(parts)])
}

/// A small project: what the tests of gates decide about.
struct World {
    var messages: [CatalogMessage]
    var texts: SortedMap<LocalizedMessage>
    var groups: SortedMap<GroupDeclaration> = [:]
    var context: JSONValue = [
        "user": ["country": "FR", "segments": ["gold"], "first_name": "Zoë"],
        "app": ["version": "3.4.0", "platform": "ios"],
    ]
    var event = "order_status_changed"
    var properties: JSONValue = ["order_id": "A-113", "status": "ready"]
    var unit = "rider-17"
    var now = Instant("2026-12-02T09:15:00Z") ?? Instant(seconds: 0)
    var timeZone = "Europe/Paris"
    var history = History()
    var sessionStart: Instant?
    var showing: [Showing] = []

    /// One message called `m`, unless others are given; each has a title.
    init(_ messages: CatalogMessage...) {
        self.init(messages)
    }

    init(_ messages: [CatalogMessage]) {
        self.messages = messages
        texts = SortedMap(messages.map { SortedMap.Entry($0.id, World.text("Title of " + $0.id)) })
    }

    static func text(_ title: String) -> LocalizedMessage {
        LocalizedMessage(
            locale: "en", direction: .ltr, content: LocalizedContent(fields: ["title": .text(.plain(title))]))
    }

    var catalog: Catalog {
        Catalog(
            context: [
                "user": [
                    "country": AttributeDeclaration(type: .string, values: ["US", "CA", "FR"]),
                    "segments": AttributeDeclaration(type: .list(.string), defaultValue: []),
                    "orders_count": AttributeDeclaration(type: .int, defaultValue: 0),
                    "first_name": AttributeDeclaration(type: .string, optional: true),
                    "rated": AttributeDeclaration(type: .bool, defaultValue: false),
                    "url": AttributeDeclaration(type: .url, optional: true),
                ],
                "app": [
                    "version": AttributeDeclaration(type: .version),
                    "platform": AttributeDeclaration(type: .string, values: ["ios", "android", "web"]),
                ],
            ],
            events: [
                "session_start": [:],
                "order_status_changed": [
                    "order_id": AttributeDeclaration(type: .string),
                    "status": AttributeDeclaration(type: .string, values: ["placed", "preparing", "ready"]),
                ],
            ],
            groups: groups, links: LinkRules(schemes: ["https", "starling"], hosts: ["*.example.com"]),
            messages: messages)
    }

    var engine: Engine { Engine(catalog, platform: EnginePlatform(timeZones: systemZones)) }

    var localeFile: LocaleFile { LocaleFile(locale: "en", messages: texts) }

    func request(_ engine: Engine) -> DecisionRequest {
        DecisionRequest(
            event: engine.event(event, properties), context: engine.context(context), unit: unit, now: now,
            timeZone: timeZone, history: history, sessionStart: sessionStart, showing: showing)
    }

    func explain() -> Decision {
        let engine = engine
        return engine.explain(request(engine), texts: LocaleTexts(localeFile))
    }

    func decide() -> Decision {
        let engine = engine
        return engine.decide(request(engine), texts: LocaleTexts(localeFile))
    }
}

/// A message on the event that every test sends unless it says otherwise.
func message(
    _ id: String = "m", surface: Surface = .banner, blocking: Bool = false, audience: String? = nil,
    trigger: Trigger = Trigger(event: "order_status_changed"), schedule: Schedule? = nil,
    frequency: [FrequencyRule] = [], group: String? = nil, priority: Int64 = 50, rollout: Int64? = nil,
    experiment: Experiment? = nil, thread: BundleText? = nil, actions: [BundleAction] = [],
    fields: SortedMap<FieldValue> = [:], needs: [String] = []
) -> CatalogMessage {
    CatalogMessage(
        id: id, template: "banner", surface: surface, blocking: blocking, dismiss: [.button], audience: audience,
        trigger: trigger, schedule: schedule, frequency: frequency, group: group, priority: priority, rollout: rollout,
        experiment: experiment, thread: thread, actions: actions, fields: fields, needs: needs)
}

/// Decides in `world` and expects the reason of the message `m`, in words.
func check(_ world: World, _ reason: String, sourceLocation: SourceLocation = #_sourceLocation) {
    check(world, "m", reason, sourceLocation: sourceLocation)
}

/// Decides in `world` and expects the reason of one message, in words; nothing but `shown` may show.
func check(
    _ world: World, _ id: String, _ reason: String, sourceLocation: SourceLocation = #_sourceLocation
) {
    let explained = world.explain()
    #expect(explained.reason(of: id)?.text == reason, sourceLocation: sourceLocation)
    let isShown = explained.shown?.message.id == id
    #expect(isShown == reason.hasPrefix("shown"), sourceLocation: sourceLocation)
    // The quick way down the order comes to the same.
    let decided = world.decide()
    #expect(decided.shown?.message.id == explained.shown?.message.id, sourceLocation: sourceLocation)
    #expect(decided.shown?.content == explained.shown?.content, sourceLocation: sourceLocation)
    #expect(decided.exposures == explained.exposures, sourceLocation: sourceLocation)
}
