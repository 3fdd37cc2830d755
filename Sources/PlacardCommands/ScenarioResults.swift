import PlacardBundle
import PlacardCompiler
import PlacardEngine
import SourceDiagnostics

/// How much work the scenarios of one run may take together (`CEL.Limits.work`): some seconds, of a project of others too.
let scenarioWork = 500_000_000
/// What a message counts of it in a scenario, whatever its conditions take.
private let verdictWork = 40

/// Holds scenarios to what they expect, one after the other, as long as there is work left.
func scenarioResults(_ scenarios: [Scenario], _ engine: ProjectEngine, work: Int = scenarioWork) -> [ScenarioResult] {
    var left = work
    return scenarios.map { scenario in
        guard left > 0 else { return ScenarioResult(notRun: scenario) }
        let decision = engine.explain(scenario)
        left -= decision.work + decision.verdicts.count * verdictWork
        return ScenarioResult(scenario, decision)
    }
}

/// The name of a scenario that may be given as its file: `scenarios/first-visit.yaml`.
func scenarioName(_ written: String) -> String {
    let file = written.split(separator: "/").last.map(String.init) ?? written
    for ending in [".yaml", ".yml"] where file.hasSuffix(ending) { return String(file.dropLast(ending.utf8.count)) }
    return written
}

/// What came of a scenario, held against what it expects.
struct ScenarioResult {
    var scenario: Scenario
    /// The id of the message that shows.
    var shown: String?
    /// The variant that it shows, if it has any.
    var variant: String?
    /// One line for each expectation that does not hold; empty when all do.
    var failures: [ScenarioFailure]

    enum Status: String, CaseIterable {
        case passed, failed
        /// It expects nothing.
        case open
    }

    var status: Status {
        if !failures.isEmpty { return .failed }
        return scenario.expectation == nil ? .open : .passed
    }

    init(_ scenario: Scenario, _ decision: Decision) {
        self.scenario = scenario
        shown = decision.shown?.message.id
        variant = decision.shown?.variant
        failures = scenario.expectation.map { ScenarioResult.differences($0, decision) } ?? []
    }

    /// One for which no work is left.
    init(notRun scenario: Scenario) {
        self.scenario = scenario
        failures = [
            ScenarioFailure(
                label: scenario.expectation?.label ?? scenario.event.label, wanted: "a decision",
                found: "the scenarios before it took all the work of one run",
                reason:
                    "give fewer at once, as in placard test \(scenario.name), or look for conditions that go through long lists"
            )
        ]
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
                label: wanted.label, wanted: "push.\(name) `\(wanted.value)`",
                found: found.map { "`\($0)`" } ?? "no push.\(name)", reason: nil)
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

    /// As a diagnostic, so that it is shown with its place.
    var diagnostic: Diagnostic {
        .unmetExpectation(self)
    }
}
