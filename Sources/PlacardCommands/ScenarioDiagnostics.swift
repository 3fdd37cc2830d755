import SourceDiagnostics

// The diagnostics of `scenario/` that a run of the scenarios gives.

extension Diagnostic {
    static func unmetExpectation(_ failure: ScenarioFailure) -> Diagnostic {
        Diagnostic(
            "scenario/unmet-expectation", "expected \(failure.wanted), found: \(failure.found)", at: failure.label,
            notes: failure.reason.map { [$0] } ?? [])
    }
}
