import ByteText
import SourceDiagnostics

/// `checks.html`: every diagnostic in a message's files, the severest first.
struct ChecksPage {
    let site: PreviewSite

    /// Diagnostics on the page; the rest are counted.
    static let maximumDiagnostics = 5000

    func bytes() -> [UInt8] {
        var page = ByteBuffer(capacity: 4096)
        let shell = PageShell(root: "", input: site.input)
        shell.open(
            title: "Diagnostics · \(site.input.title)", styles: [],
            current: .checks, into: &page)
        page.append(html: "<div class=\"head\"><h1>Diagnostics</h1></div>\n")
        let diagnostics = site.order.flatMap { index in
            site.summaries[index].diagnostics.map { (message: site.summaries[index].id, diagnostic: $0) }
        }
        if diagnostics.isEmpty {
            page.append(html: "<p class=\"none\">Nothing was found in the messages.</p>\n")
        } else {
            table(diagnostics, into: &page)
        }
        shell.close(into: &page)
        return page.bytes
    }

    private func table(_ diagnostics: [(message: String, diagnostic: Diagnostic)], into page: inout ByteBuffer) {
        page.append(
            html:
                "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Diagnostics\"><table class=\"index\"><thead><tr><th scope=\"col\">Message</th><th scope=\"col\">Diagnostic</th><th scope=\"col\">File</th></tr></thead><tbody>\n"
        )
        let sorted = [Severity.error, .warning, .note].flatMap { severity in
            diagnostics.filter { $0.diagnostic.severity == severity }
        }
        for (message, diagnostic) in sorted.prefix(ChecksPage.maximumDiagnostics) {
            page.append(html: "<tr><th scope=\"row\"><a href=\"m/")
            page.append(path: message)
            page.append(html: ".html#diagnostics\">")
            page.appendEscaped(message)
            page.append(html: "</a></th><td>")
            DiagnosticWords(diagnostic: diagnostic).write(into: &page)
            page.append(html: "</td><td><code>")
            page.appendEscaped(diagnostic.primary.file)
            page.append(html: "</code></td></tr>\n")
        }
        page.append(html: "</tbody></table></div>\n")
        if sorted.count > ChecksPage.maximumDiagnostics {
            page.append(html: "<p>and ")
            page.append(number: sorted.count - ChecksPage.maximumDiagnostics)
            page.append(html: " more</p>\n")
        }
    }
}
