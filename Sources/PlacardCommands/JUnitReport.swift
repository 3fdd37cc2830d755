import DiagnosticRendering
import PlacardCompiler

/// What came of scenarios in JUnit's XML, as servers for continuous integration read it: one test case a scenario.
///
/// Values stand in it on one line each, and by name what XML cannot hold or what would act where a server shows it.
func junitReport(_ results: [ScenarioResult]) -> OutputText {
    let failed = results.count { !$0.failures.isEmpty }
    let skipped = results.count { $0.scenario.expectation == nil }
    var text = """
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites name="placard" tests="\(results.count)" failures="\(failed)" skipped="\(skipped)">
        <testsuite name="scenarios" tests="\(results.count)" failures="\(failed)" errors="0" skipped="\(skipped)">

        """
    for result in results {
        let name = xmlEscaped(result.scenario.name)
        text += "<testcase classname=\"scenarios\" name=\"\(name)\" file=\"\(xmlEscaped(result.scenario.file))\">"
        if result.scenario.expectation == nil { text += "<skipped message=\"it has no expect\"/>" }
        if let first = result.failures.first {
            text += "<failure message=\"\(words(first))\">"
            for (position, failure) in result.failures.enumerated() {
                text += (position == 0 ? "" : "\n") + words(failure)
                if let reason = failure.reason { text += "\n  " + xmlEscaped(reason) }
            }
            text += "</failure>"
        }
        text += "</testcase>\n"
    }
    return OutputText(xml: text + "</testsuite>\n</testsuites>\n")
}

private func words(_ failure: ScenarioFailure) -> String {
    "expected " + xmlEscaped(failure.wanted) + ", found: " + xmlEscaped(failure.found)
}
