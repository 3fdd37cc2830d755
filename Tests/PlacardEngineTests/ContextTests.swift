import CanonicalJSON
import PlacardBundle
import Testing

@testable import CEL
@testable import PlacardEngine

@Suite struct ContextTests {
    private func notes(_ context: JSONValue) -> [String] {
        World(message()).engine.context(context).notes.map { $0.text }
    }

    @Test func aCompleteContextHasNoNotes() {
        #expect(notes(World(message()).context) == [])
    }

    @Test func whatIsNotAsDeclared() {
        #expect(
            notes([
                "user": [
                    "country": "UK", "segments": ["a", 3], "orders_count": .number(1.5), "first_name": .null, "age": 4,
                ],
                "app": ["version": "x", "platform": true], "shop": [:],
            ]) == [
                "app.platform counts as missing: it is true, no string",
                "app.version counts as missing: it is \"x\", no version",
                "user.country is \"UK\", which is none of its declared values",
                "user.orders_count counts as missing: it is 1.5, no int",
                "user.segments counts as missing: it is [\"a\",3], no list(string)", "user.age is not declared",
                "shop is not declared",
            ])
        let missing = ["app.platform has no value", "app.version has no value", "user.country has no value"]
        #expect(notes([:]) == missing)
        #expect(notes("nonsense") == ["context counts as missing: it is \"nonsense\", no object"] + missing)
    }

    /// Expressions read the fields of a context by their slots only if they were compiled with the context's very types.
    @Test func expressionsKnowTheTypesOfTheContext() {
        let engine = World(message()).engine
        #expect(!engine.groupTypes.isEmpty && !engine.events.isEmpty)
        for environment in [engine.environment] + engine.events.values.map(\.environment) {
            for type in engine.groupTypes {
                #expect(environment.objectType(type.name).map { $0.isIdentical(to: type) } == true)
            }
        }
    }

    @Test func notesComeWithTheDecision() {
        var world = World(message())
        world.properties = ["order_id": 3, "status": "lost"]
        world.context = ["user": ["country": "FR"], "app": ["version": "3.4", "platform": "ios"]]
        #expect(
            world.decide().notes.map { $0.text } == [
                "event.order_id counts as missing: it is 3, no string",
                "event.status is \"lost\", which is none of its declared values",
            ])
        world.event = "unheard_of"
        #expect(world.decide().notes.map { $0.text }.contains("the event \"unheard_of\" is not declared"))
    }

    @Test func aMessageSaysWhatIsWrongWithAValueThatItNeeds() {
        var conditional = message()
        conditional.audience = "app.version >= semver(\"3.4.0\")"
        var world = World(conditional)
        for (version, reason) in [
            ("newest", "app.version is \"newest\", no version"),
            ("3.3", "app.version is 3.3.0, wants at least 3.4.0"),
            ("3.3.9.12", "app.version is 3.3.9+12, wants at least 3.4.0"),
        ] {
            world.context = ["user": ["country": "FR"], "app": ["version": .string(version), "platform": "ios"]]
            #expect(world.explain().reason(of: "m")?.text == "audience: " + reason)
        }
        world.context = ["user": ["country": "FR"], "app": ["platform": "ios"]]
        #expect(
            world.explain().reason(of: "m")?.text == "audience: app.version has no value")
        for version in ["3.4", "v3.4", "3.4.0.1", "3.10"] {
            world.context = ["user": ["country": "FR"], "app": ["version": .string(version), "platform": "ios"]]
            #expect(world.decide().shown != nil, "\(version)")
        }
    }

    @Test func valuesFitTheirTypesOrAreNoted() {
        let cases: [(JSONValue, String, String?)] = [
            ("a", "string", "\"a\""), (3, "string", nil), (true, "bool", "true"), ("true", "bool", nil),
            (3, "int", "3"), (.number(3.5), "int", nil), (.number(1e300), "int", nil), (-3, "uint", nil),
            (3, "uint", "3"), (3, "double", "3"), (.number(3.25), "double", "3.25"), ("3.4", "version", "3.4.0"),
            ("3.4.0-beta.1", "version", "3.4.0-beta.1"), ("three", "version", nil),
            ("2026-12-01T09:00:00+01:00", "timestamp", "2026-12-01T08:00:00Z"), ("yesterday", "timestamp", nil),
            ("90s", "duration", "90s"), (90, "duration", nil), ("https://x.example", "url", "\"https://x.example\""),
            (["a", "b"], "list(string)", "[\"a\", \"b\"]"), (["a", 1], "list(string)", nil), ("a", "list(string)", nil),
            (["a": 1], "map(string, int)", "{\"a\": 1}"), (["x": 1], "map(int, int)", nil),
            (["1": true], "map(int, bool)", "{1: true}"), (.null, "string", nil),
        ]
        for (json, name, expected) in cases {
            guard let type = AttributeType(name) else {
                Issue.record("no type \(name)")
                continue
            }
            #expect(value(json, type).map { writtenValue($0) } == expected, "\(json.canonicalString) as \(name)")
        }
    }

    @Test func listsAreBounded() {
        let long = JSONValue.array([JSONValue](repeating: "x", count: ContextLimits.elements + 1))
        #expect(value(long, .list(.string)) == nil)
    }
}
