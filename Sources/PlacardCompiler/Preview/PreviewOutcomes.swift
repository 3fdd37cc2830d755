import PlacardEngine
import PlacardPreview

/// How many scenarios previews tell of; `placard test` runs them all.
private let maximumPreviewedScenarios = 100

/// What comes of each message in the scenarios with its event, by its id: decided by the engine from the bundle, as clients do.
func previewOutcomes(_ compilation: Compilation, _ bundle: Bundle) -> [String: [PreviewOutcome]] {
    let scenarios = compilation.scenarios.prefix(maximumPreviewedScenarios)
    guard !scenarios.isEmpty, let engine = try? ProjectEngine(bundle) else { return [:] }
    let decisions = concurrentMap(scenarios.count) { engine.explain(scenarios[$0]) }
    var outcomes: [String: [PreviewOutcome]] = [:]
    for (scenario, decision) in zip(scenarios, decisions) {
        for verdict in decision.verdicts where verdict.reason.gate != .trigger {
            outcomes[verdict.message, default: []].append(
                PreviewOutcome(
                    scenario: scenario.name, summary: scenario.summary, isShown: verdict.reason.gate == .shown,
                    reason: verdict.reason.text))
        }
    }
    return outcomes
}
