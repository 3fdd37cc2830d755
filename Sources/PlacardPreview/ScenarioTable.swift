import ByteText
import CanonicalJSON

/// What comes of a message in each of the project's scenarios, with the clause that decides.
struct ScenarioTable {
    let outcomes: [PreviewOutcome]

    func write(into page: inout ByteBuffer) {
        guard !outcomes.isEmpty else { return }
        page.append(
            html:
                "<section aria-labelledby=\"scenarios\"><h2 id=\"scenarios\">Scenarios</h2>\n<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Table of scenarios\"><table class=\"scen\"><thead><tr><th scope=\"col\">Scenario</th><th scope=\"col\">This message</th><th scope=\"col\">Because</th></tr></thead><tbody>\n"
        )
        for outcome in outcomes { row(outcome, into: &page) }
        page.append(html: "</tbody></table></div></section>\n")
    }

    private func row(_ outcome: PreviewOutcome, into page: inout ByteBuffer) {
        page.append(html: "<tr><th scope=\"row\">")
        page.appendEscaped(outcome.summary.isEmpty ? outcome.scenario : outcome.summary)
        if !outcome.summary.isEmpty {
            page.append(html: " <code>")
            page.appendEscaped(outcome.scenario)
            page.append(html: "</code>")
        }
        page.append(
            html: outcome.isShown
                ? "</th><td class=\"ok\">✓ shown</td><td>" : "</th><td class=\"missing\">– not shown</td><td>")
        page.appendEscaped(outcome.reason)
        page.append(html: "</td></tr>\n")
    }
}
