import ByteText
import SourceDiagnostics

/// `checks.html`: every diagnostic in a message's files, the severest first; what a message has in several places is one row.
struct ChecksPage {
    let site: PreviewSite

    /// Rows on the page; the rest are counted.
    static let maximumRows = 5000

    func bytes() -> [UInt8] {
        var page = ByteBuffer(capacity: 4096)
        let shell = PageShell(root: "", input: site.input)
        shell.open(
            title: "Diagnostics · \(site.input.title)", styles: [],
            current: .checks, into: &page)
        page.append(html: "<div class=\"head\"><h1>Diagnostics</h1>")
        counts(into: &page)
        page.append(html: "</div>\n")
        var rows = site.order.flatMap { index in
            DiagnosticWords.alike(site.summaries[index].diagnostics).map {
                (message: site.summaries[index].id, words: $0)
            }
        }
        rows = [Severity.error, .warning, .note].flatMap { severity in rows.filter { $0.words.severity == severity } }
        if !rows.isEmpty { table(rows, into: &page) }
        shell.close(into: &page)
        return page.bytes
    }

    private func counts(into page: inout ByteBuffer) {
        page.append(html: "<p class=\"sub\">")
        var isClean = true
        for severity in [Severity.error, .warning, .note] {
            let count = site.summaries.reduce(0) { $0 + $1.count(severity) }
            guard count > 0 else { continue }
            page.append(html: isClean ? "<span class=\"badge " : " <span class=\"badge ")
            isClean = false
            page.appendEscaped(severity.name)
            page.append(html: "\">")
            page.append(html: severity.glyph)
            page.append(html: " ")
            page.append(number: count)
            page.append(html: " ")
            page.appendEscaped(severity.name)
            page.append(html: count == 1 ? "</span>" : "s</span>")
        }
        page.append(
            html: isClean ? "<span class=\"badge ok\">✓ Nothing was found in the messages.</span></p>" : "</p>")
    }

    private func table(_ rows: [(message: String, words: DiagnosticWords)], into page: inout ByteBuffer) {
        page.append(
            html:
                "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Diagnostics\"><table class=\"index found\"><thead><tr><th scope=\"col\">Message</th><th scope=\"col\">Diagnostic</th><th scope=\"col\">File</th></tr></thead><tbody>\n"
        )
        for (message, words) in rows.prefix(ChecksPage.maximumRows) {
            page.append(html: "<tr><th scope=\"row\"><a href=\"m/")
            page.append(path: message)
            page.append(html: ".html#diagnostics\">")
            page.appendEscaped(message)
            page.append(html: "</a></th><td>")
            words.write(into: &page)
            page.append(html: "</td><td><code>")
            files(words, into: &page)
            page.append(html: "</code></td></tr>\n")
        }
        page.append(html: "</tbody></table></div>\n")
        if rows.count > ChecksPage.maximumRows {
            page.append(html: "<p>and ")
            page.append(number: rows.count - ChecksPage.maximumRows)
            page.append(html: " more</p>\n")
        }
    }

    /// Each file once, with the number of places in it.
    private func files(_ words: DiagnosticWords, into page: inout ByteBuffer) {
        var last = 0
        for (index, place) in words.places.enumerated() {
            let isLast = index + 1 == words.places.count || words.places[index + 1].primary.file != place.primary.file
            guard isLast else { continue }
            if last > 0 { page.append(html: "<br>") }
            page.appendEscaped(place.primary.file)
            if index + 1 - last > 1 {
                page.append(html: " ×")
                page.append(number: index + 1 - last)
            }
            last = index + 1
        }
    }
}
