import PlacardBundle
import PlacardCompiler
import PlacardEngine
import SourceDiagnostics
import Testing

private func files(_ scenario: String) -> [String: String] {
    // What must come of it is no part of what these tests are about.
    let expectation = scenario.contains("expect:") ? "" : "expect: {shows: []}\n"
    return [
        "content/a.md": message(),
        "scenarios/s.yaml": "description: S\nnow: 2026-12-02T10:15:00Z\n" + scenario + expectation,
    ]
}

private let context = "context: {user: {country: FR}, app: {version: 3.2.0, platform: ios}}\n"

@Test func aScenarioIsTypedByTheProject() {
    check(files(context + "event: {name: session_start}\nexpect: {shows: a}\n"), [])
    check(
        files("context: {user: {country: FR}, app: {platform: ios}}\nevent: {name: session_start}\n"),
        ["scenario/missing-value scenarios/s.yaml:3:10"])
    check(
        files(
            "context: {user: {country: FR, plan: x}, app: {version: 3.2.0, platform: ios}}\nevent: {name: session_start}\n"
        ),
        ["scenario/unknown-attribute scenarios/s.yaml:3:31"])
    check(
        files("context: {user: {country: XX}, app: {version: 3.2.0, platform: ios}}\nevent: {name: session_start}\n"),
        ["project/value-mismatch scenarios/s.yaml:3:27"])
    check(
        files(
            "context: {usr: {country: FR}, user: {country: FR}, app: {version: 3.2.0, platform: ios}}\nevent: {name: session_start}\n"
        ),
        ["scenario/unknown-attribute scenarios/s.yaml:3:11"])
}

@Test func aScenariosEventHasItsProperties() {
    check(files(context + "event: {name: sesion_start}\n"), ["message/unknown-event scenarios/s.yaml:4:15"])
    check(
        files(context + "event: {name: order_status_changed, status: ready}\n"),
        ["scenario/missing-value scenarios/s.yaml:4:15"])
    check(
        files(context + "event: {name: session_start, order_id: x}\n"),
        ["scenario/unknown-attribute scenarios/s.yaml:4:30"])
}

@Test func aScenarioNamesMessages() {
    check(
        files(context + "event: {name: session_start}\nexpect: {shows: b}\n"),
        ["scenario/unknown-message scenarios/s.yaml:5:17"])
    check(
        files(context + "event: {name: session_start}\nexpect: {hidden: {b: audience}}\n"),
        ["scenario/unknown-message scenarios/s.yaml:5:19"])
    check(
        files(context + "event: {name: session_start}\nhistory: [{message: b, shown: 2026-12-01T00:00:00Z}]\n"),
        ["scenario/unknown-message scenarios/s.yaml:5:21"])
}

@Test func aPropertyMayBeCalledLikeAKeyOfTheEvent() throws {
    let declared = baseProject.replacing(
        "session_start: {}",
        with: "session_start: {}\n  liked: {name: string, properties: {type: int, optional: true}, package: string}")
    func files(_ event: String) -> [String: String] {
        [
            "placard.yaml": declared,
            "content/a.md": message("audience: user.country == \"FR\"").replacing(
                "{event: session_start}", with: "{event: liked, when: 'event.name == \"Zoë\" && event.package != \"\"'}"
            )
            .replacing("title: Hello", with: "title: '{$event.name} likes {$event.package}'"),
            "scenarios/s.yaml":
                "description: S\nnow: 2026-12-02T10:15:00Z\n\(context)event: \(event)\nexpect: {shows: a}\n",
        ]
    }
    for event in [
        "{name: liked, properties: {name: Zoë, package: x}}", "{name: liked, package: x, properties: {name: Zoë}}",
        "{name: liked, properties: {name: Zoë, package: x, properties: 3}}",
    ] {
        let compilation = compile(project(files(event)))
        #expect(diagnostics(compilation) == [], "\(event)")
        let decision = try ProjectEngine(emitBundle(compilation)).explain(try #require(compilation.scenarios.first))
        #expect(
            decision.shown?.content.fields["title"] == .text("\u{2068}Zoë\u{2069} likes \u{2068}x\u{2069}"), "\(event)")
    }
    let missing = compile(project(files("{name: liked, package: x}"))).diagnostics
    #expect(missing.map(\.id) == ["scenario/missing-value"])
    #expect(
        missing.first?.notes.last
            == "beside the event's own keys it is written `event: {name: liked, properties: {name: …}}`")
    check(
        files("{name: liked, package: x, properties: {name: 3}}"), ["project/value-mismatch scenarios/s.yaml:4:53"])
}
