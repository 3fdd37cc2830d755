import PlacardBundle
import PlacardCompiler
import PlacardEngine
import SourceDiagnostics

/// What came of a scenario, held against what it expects.
struct ScenarioResult {
    var scenario: Scenario
    var decision: Decision
    /// One line for each expectation that does not hold; empty when all do.
    var failures: [ScenarioFailure]

    enum Status: String, CaseIterable {
        case passed, failed
        /// It expects nothing.
        case open
    }

    var status: Status {
        if scenario.expectation == nil { return .open }
        return failures.isEmpty ? .passed : .failed
    }

    init(_ scenario: Scenario, engine: ProjectEngine) {
        self.scenario = scenario
        let decision = engine.explain(scenario)
        self.decision = decision
        failures = scenario.expectation.map { ScenarioResult.differences($0, decision) } ?? []
    }

    private static func differences(_ expected: Scenario.Expectation, _ decision: Decision) -> [ScenarioFailure] {
        var failures: [ScenarioFailure] = []
        let shown = decision.shown?.message.id
        if shown != expected.shows?.value {
            let reason = expected.shows.flatMap { decision.reason(of: $0.value)?.text }
            failures.append(
                ScenarioFailure(
                    label: expected.shows?.label ?? expected.label,
                    wanted: "shows \(expected.shows?.value ?? "nothing")",
                    found: "shows \(shown ?? "nothing")", reason: reason))
        } else if let variant = expected.variant, decision.shown?.variant != variant.value {
            failures.append(
                ScenarioFailure(
                    label: variant.label, wanted: "variant \(variant.value)",
                    found: decision.shown?.variant.map { "variant \($0)" } ?? "no variant", reason: nil))
        }
        if shown == expected.shows?.value { failures += differences(expected.push, decision.shown?.content.push) }
        for (message, gate) in expected.hidden {
            guard let reason = decision.reason(of: message.value), reason.gate.rawValue != gate.value else { continue }
            failures.append(
                ScenarioFailure(
                    label: gate.label, wanted: "\(message.value) hidden by \(gate.value)",
                    found: reason.gate.rawValue == "shown" ? "it shows" : "hidden by \(reason.gate.rawValue)",
                    reason: reason.text))
        }
        return failures
    }

    private static func differences(
        _ expected: Scenario.Expectation.Push?, _ push: RenderedPush?
    ) -> [ScenarioFailure] {
        let parts = [
            ("title", expected?.title, push?.title), ("body", expected?.body, push?.body),
            ("link", expected?.link, push?.link),
        ]
        return parts.compactMap { name, wanted, found in
            // The characters that isolate a value are for the screen, and nothing that anybody writes down.
            let found = found.map(withoutIsolates)
            guard let wanted, wanted.value != found else { return nil }
            return ScenarioFailure(
                label: wanted.label, wanted: "push.\(name) “\(wanted.value)”",
                found: found.map { "“\($0)”" } ?? "no push.\(name)", reason: nil)
        }
    }
}

/// A text without the characters that keep a value from rearranging what stands around it (UAX #9, section 2.5).
func withoutIsolates(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.filter { !(0x2066...0x2069).contains($0.value) }))
}

/// One expectation that does not hold.
struct ScenarioFailure {
    var label: Label
    var wanted: String
    var found: String
    /// The engine's words on it.
    var reason: String?

    /// As a finding, so that it is shown with its place.
    var diagnostic: Diagnostic {
        Diagnostic(
            "scenario/unmet-expectation", "expected \(wanted), found: \(found)", at: label,
            notes: reason.map { [$0] } ?? [])
    }
}
