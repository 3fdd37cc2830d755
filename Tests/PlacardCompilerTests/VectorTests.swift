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
        let shown = engine.decide(request, texts: english).shown
        #expect(shown?.message.id == decision["expect"]?["shows"]?["message"]?.string, "\(decision["name"] ?? .null)")
        compared += 1
    }
    #expect(compared > 40)
}
