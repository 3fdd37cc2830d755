import PlacardCompiler
import Testing

private func files(_ scenario: String) -> [String: String] {
    ["content/a.md": message(), "scenarios/s.yaml": "description: S\nnow: 2026-12-02T10:15:00Z\n" + scenario]
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
