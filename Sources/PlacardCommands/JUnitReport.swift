import DiagnosticRendering
import PlacardCompiler
import SourceDiagnostics

/// What came of scenarios in JUnit's XML, as servers for continuous integration read it: one test case a scenario. Where none
/// could be run there is one case, with the error.
///
/// Values stand in it on one line each, and by name what XML cannot hold or what would act where a server shows it.
func junitReport(_ report: TestReport) -> OutputText {
    let (failed, skipped) = (report.count(.failed), report.count(.open))
    let errors = report.failure == nil ? 0 : 1
    let count = report.results.count + errors
    let counts = "tests=\"\(count)\" failures=\"\(failed)\" errors=\"\(errors)\" skipped=\"\(skipped)\""
    var text = """
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites name="placard" \(counts)>
        <testsuite name="scenarios" \(counts)>

        """
    if let failure = report.failure { text += errorCase(failure, report) }
    for result in report.results {
        let name = xmlEscaped(result.scenario.name)
        text += "<testcase classname=\"scenarios\" name=\"\(name)\" file=\"\(xmlEscaped(result.scenario.file))\">"
        if result.status == .open { text += "<skipped message=\"it has no expect\"/>" }
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

/// The case that stands for the project, with the errors of one that does not compile, a line each.
private func errorCase(_ failure: CommandFailure, _ report: TestReport) -> String {
    let message = xmlEscaped(failure.message.description)
    var lines: [String] = []
    var indices: [String: LineIndex] = [:]
    for error in report.errors.prefix(drawnDiagnosticLimit) {
        let file = error.primary.file
        var place = file
        if let bytes = report.compilation?.files[file] {
            let index = indices[file] ?? LineIndex(bytes)
            indices[file] = index
            place += ":\(index.line(at: error.primary.span.start))"
        }
        lines.append(xmlEscaped((place.isEmpty ? "" : place + ": ") + error.message + " [" + error.id + "]"))
    }
    let more = report.errors.count - lines.count
    if more > 0 { lines.append("and \(more) more") }
    lines += failure.help.map { xmlEscaped($0.description) }
    return "<testcase classname=\"project\" name=\"can be run\" file=\"placard.yaml\"><error message=\"\(message)\">"
        + lines.joined(separator: "\n") + "</error></testcase>\n"
}
