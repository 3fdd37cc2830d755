import ByteText

/// `coverage.html`: the state of every message in every language.
struct CoveragePage {
    let site: PreviewSite

    func bytes() -> [UInt8] {
        var page = ByteBuffer(capacity: 4096 + site.summaries.count * (100 + site.input.locales.count * 24))
        let shell = PageShell(root: "", input: site.input)
        shell.open(
            title: "Languages · \(site.input.title)", styles: [],
            current: .languages, into: &page)
        page.append(
            html:
                "<div class=\"head\"><h1>Languages</h1><p class=\"sub\">Each opens as a page of its own, gaps first.</p></div>\n<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Messages and languages\"><table class=\"index grid\"><thead><tr><th scope=\"col\">Message</th>"
        )
        let places = site.languagePlaces
        for place in places { head(place, into: &page) }
        page.append(html: "</tr></thead><tbody>\n")
        for index in site.order { row(site.summaries[index], places, into: &page) }
        page.append(html: "</tbody></table></div>\n")
        StatusWords.legend(into: &page)
        shell.close(into: &page)
        return page.bytes
    }

    private func head(_ place: Int, into page: inout ByteBuffer) {
        let locale = site.input.locales[place]
        let done = site.summaries.count { $0.statuses[place] == .ok || $0.statuses[place] == .untracked }
        page.append(html: "<th scope=\"col\"><a href=\"l/")
        page.append(path: locale.tag)
        page.append(html: ".html\">")
        page.appendEscaped(locale.tag)
        page.append(html: "</a><br><small>")
        page.append(number: site.summaries.isEmpty ? 100 : done * 100 / site.summaries.count)
        page.append(html: " %</small></th>")
    }

    private func row(_ message: PreviewSummary, _ places: [Int], into page: inout ByteBuffer) {
        page.append(html: "<tr><th scope=\"row\">")
        page.appendLink(to: message.id, in: "m/")
        page.append(html: "</th>")
        for place in places {
            let words = StatusWords(message.statuses[place], site.input.locales[place].policy)
            page.append(html: "<td class=\"")
            page.append(html: words.name)
            page.append(html: "\">")
            page.append(html: words.glyph)
            page.append(html: " ")
            page.append(html: words.shortWord)
            page.append(html: "</td>")
        }
        page.append(html: "</tr>\n")
    }
}
