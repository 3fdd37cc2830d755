import CanonicalJSON
import PlacardBundle
import PlacardCompiler
import PlacardEngine
import SourceDiagnostics
import Testing

/// A project in which every gate can be the one that keeps a message back.
private let gates: [String: String] = [
    "placard.yaml": """
    source: en
    locales: {fr: optional}
    context:
      user:
        country: {type: string, values: [FR, DE]}
        first_name: {type: string, optional: true}
    events:
      opened: {screen: string}
    groups:
      tips: {frequency: [1 per 1d]}
    links: {schemes: [https], hosts: ["*.example.com"]}

    """,
    "content/first.md": """
    ---
    template: note
    title: Hello {$user.first_name}
    audience: user.country == "FR"
    trigger: {event: opened, when: event.screen != "", delay: 2s}
    schedule: {start: 2026-12-01 09:00, end: 2026-12-24 18:00, timezone: local, hours: 22:00-06:00, days: [mon, sat]}
    frequency: [1 per session, 2 per 1d, 3 total]
    group: tips
    rollout: 50%
    priority: 80
    experiment: {holdout: 40%}
    thread: "t"
    variables: {user.first_name: {fallback: you}}
    ---

    """,
    "content/second.md": """
    ---
    template: note
    title: Second
    trigger: {event: opened}
    group: tips
    onMissing: hide
    frequency: [10 total]
    ---

    """,
    "content/third.md": """
    ---
    template: note
    title: Third
    audience: user.country == "DE"
    trigger: {event: opened}
    frequency: [10 total]
    priority: 90
    ---

    """,
]

private func vectors() throws -> JSONObject {
    let compilation = compile(project(gates))
    #expect(compilation.diagnostics.filter { $0.severity == .error }.map(\.message) == [])
    return try #require(ProtocolVectors(compilation).json.object)
}

@Test func theVectorsOfAProjectAreAlwaysTheSame() throws {
    #expect(try vectors() == vectors())
}

@Test func everyGateIsTheAnswerToSomeVector() throws {
    var met: Set<String> = []
    for decision in try vectors()["decisions"]?.array ?? [] {
        for verdict in decision["expect"]?["verdicts"]?.object?.members ?? [] { met.insert(verdict.value.string ?? "") }
    }
    let wanted: Set<String> = [
        "trigger", "when", "audience", "schedule", "dismissed", "frequency", "group", "rollout", "thread", "blocked",
        "locale",
        "lost", "holdout", "shown",
    ]
    #expect(wanted.subtracting(met) == [])
}

@Test func aVectorsRequestIsDecidedAsItSays() throws {
    let compilation = compile(project(gates))
    let bundle = emitBundle(compilation)
    let engine = try ProjectEngine(bundle).engine
    let texts = try #require(bundle.targets.first { $0.path.hasSuffix(".en.json") })
    let english = try LocaleFile(json: JSONValue(parsing: texts.bytes))
    var compared = 0
    for decision in try vectors()["decisions"]?.array ?? [] where decision["expect"]?["locale"] == "en" {
        guard decision["showing"] == [], decision["history"] == [], decision["languages"] == [] else { continue }
        let request = DecisionRequest(
            event: engine.event(decision["event"]?.string ?? "", decision["properties"] ?? [:]),
            context: engine.context(decision["context"] ?? [:]), unit: decision["unit"]?.string ?? "",
            now: Instant(milliseconds: Int64(decision["now"]?.number ?? 0)),
            timeZone: decision["timezone"]?.string ?? "")
        let shown = engine.decide(request, texts: LocaleTexts(english)).shown
        #expect(shown?.message.id == decision["expect"]?["shows"]?["message"]?.string, "\(decision["name"] ?? .null)")
        compared += 1
    }
    #expect(compared > 40)
}

/// What a scenario or a default says, in any form that `check` takes, is what a client takes.
@Test(arguments: [
    ("duration", "1d", "86400s"), ("duration", "2w", "1209600s"), ("duration", "90s", "90s"),
    ("duration", "1h30m", "1h30m"),
    ("duration", "0.5s", "0.5s"), ("duration", "-5s", "-5s"),
    ("timestamp", "2025-01-01 00:00:00Z", "2025-01-01T00:00:00Z"),
    ("timestamp", "2025-01-01T00:00+02:00", "2024-12-31T22:00:00Z"),
    ("timestamp", "2025-01-01T00:00:00.5Z", "2025-01-01T00:00:00.5Z"), ("version", "v3.4", "3.4.0"),
])
func valuesAreWrittenAsClientsReadThem(_ type: String, _ written: String, _ read: String) throws {
    let compilation = compile(
        project([
            "placard.yaml": """
            source: en
            context:
              user:
                given: {type: \(type), optional: true}
                usual: {type: \(type), default: "\(written)"}
            events: {opened: {}}

            """,
            "content/a.md": "---\ntemplate: note\ntitle: Hello\ntrigger: {event: opened}\nfrequency: [1 total]\n---\n",
            "scenarios/s.yaml": """
            description: A value
            now: 2026-12-02T10:15:00Z
            context: {user: {given: "\(written)"}}
            event: {name: opened}
            expect: {shows: a}

            """,
        ]))
    #expect(compilation.diagnostics.filter { $0.severity == .error }.map(\.message) == [])
    #expect(compilation.scenarios.first?.context["user"]?["given"] == .string(read))
    let engine = try ProjectEngine(emitBundle(compilation))
    #expect(engine.explain(try #require(compilation.scenarios.first)).notes == [])
    #expect(engine.engine.catalog.context["user"]?["usual"]?.defaultValue == .string(read))
}

@Test(arguments: [
    ("timestamp", "0000-01-01T00:00:00Z"), ("timestamp", "0001-01-01T00:00:00+01:00"), ("duration", "400000d"),
])
func valuesThatNoClientTakesAreRefused(_ type: String, _ written: String) {
    let compilation = compile(
        project([
            "placard.yaml": """
            source: en
            context: {user: {usual: {type: \(type), default: "\(written)"}}}
            events: {opened: {}}

            """,
            "content/a.md": "---\ntemplate: note\ntitle: Hello\ntrigger: {event: opened}\nfrequency: [1 total]\n---\n",
        ]))
    #expect(compilation.diagnostics.contains { $0.id == "project/value-mismatch" })
}
