import ByteText
import SourceDiagnostics

/// `checks.html`: every finding in a message's files, the severest first.
struct ChecksPage {
    let site: PreviewSite

    /// Findings on the page; the rest are counted.
    static let maximumFindings = 5000

    func bytes() -> [UInt8] {
        var page = ByteBuffer(capacity: 4096)
        let shell = PageShell(root: "", input: site.input)
        shell.open(
            title: "Findings · \(site.input.title)", styles: [],
            navigation: {
                SiteNavigation(root: "", current: .checks, hasChanges: site.input.changes != nil).write(into: &$0)
            }, into: &page)
        page.append(html: "<div class=\"head\"><h1>Findings</h1></div>\n")
        let findings = site.order.flatMap { index in
            site.summaries[index].diagnostics.map { (message: site.summaries[index].id, diagnostic: $0) }
        }
        if findings.isEmpty {
            page.append(html: "<p class=\"none\">Nothing was found in the messages.</p>\n")
        } else {
            table(findings, into: &page)
        }
        shell.close(into: &page)
        return page.bytes
    }

    private func table(_ findings: [(message: String, diagnostic: Diagnostic)], into page: inout ByteBuffer) {
        page.append(
            html:
                "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Findings\"><table class=\"index\"><thead><tr><th scope=\"col\">Message</th><th scope=\"col\">Finding</th><th scope=\"col\">File</th></tr></thead><tbody>\n"
        )
        let sorted = [Severity.error, .warning, .note].flatMap { severity in
            findings.filter { $0.diagnostic.severity == severity }
        }
        for (message, diagnostic) in sorted.prefix(ChecksPage.maximumFindings) {
            page.append(html: "<tr><th scope=\"row\"><a href=\"m/")
            page.append(path: message)
            page.append(html: ".html#findings\">")
            page.appendEscaped(message)
            page.append(html: "</a></th><td><p><strong class=\"")
            page.appendEscaped(diagnostic.severity.name)
            page.append(html: "\">")
            page.append(html: diagnostic.severity.glyph)
            page.append(html: " ")
            page.appendEscaped(diagnostic.severity.name)
            page.append(html: "</strong> ")
            page.appendEscaped(diagnostic.message)
            page.append(html: "</p><p><code>")
            page.appendEscaped(diagnostic.id)
            page.append(html: "</code></p></td><td><code>")
            page.appendEscaped(diagnostic.primary.file)
            page.append(html: "</code></td></tr>\n")
        }
        page.append(html: "</tbody></table></div>\n")
        if sorted.count > ChecksPage.maximumFindings {
            page.append(html: "<p>and ")
            page.append(number: sorted.count - ChecksPage.maximumFindings)
            page.append(html: " more</p>\n")
        }
    }
}
