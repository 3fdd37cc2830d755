import ByteText

/// `l/<locale>.html`: every message in one language beside its source, gaps first, for those who speak it.
struct LanguagePage {
    let site: PreviewSite
    /// A position in ``PreviewInput/locales``.
    let place: Int

    /// Bytes of a page up to where texts are shown; what follows is a link to its message.
    static let maximumBytes = 2 * 1024 * 1024

    private var locale: PreviewLocale { site.input.locales[place] }
    private var name: String { locale.displayName }

    func bytes() -> [UInt8] {
        var page = ByteBuffer(capacity: 4096 + site.summaries.count * 600)
        let shell = PageShell(root: "../", input: site.input)
        shell.open(
            title: "\(name) · \(site.input.title)", styles: [],
            current: .languages, into: &page)
        page.append(html: "<div class=\"head\"><h1>")
        page.appendEscaped(name)
        page.append(html: " <code>")
        page.appendEscaped(locale.tag)
        page.append(html: "</code></h1>")
        counts(into: &page)
        page.append(
            html:
                "</div>\n<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Messages\"><table class=\"index texts\"><thead><tr><th scope=\"col\">Message</th><th scope=\"col\">Source</th><th scope=\"col\">"
        )
        page.appendEscaped(name)
        page.append(html: "</th></tr></thead><tbody>\n")
        for index in ordered { row(index, into: &page) }
        page.append(html: "</tbody></table></div>\n")
        shell.close(into: &page)
        return page.bytes
    }

    /// What is missing or in doubt first, then in the order of the index.
    private var ordered: [Int] {
        let ranked = site.order.enumerated().map { (rank(site.summaries[$1].statuses[place]), $0, $1) }
        return ranked.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map(\.2)
    }

    private func rank(_ status: PreviewLocalization.Status) -> Int {
        switch status {
        case .error: 0
        case .missing, .fallback: 1
        case .incomplete: 2
        case .outdated: 3
        case .identical: 4
        case .untracked: 5
        case .ok: 6
        }
    }

    private func counts(into page: inout ByteBuffer) {
        page.append(html: "<p class=\"sub\">")
        var counts: [PreviewLocalization.Status: Int] = [:]
        for summary in site.summaries { counts[summary.statuses[place], default: 0] += 1 }
        for status in PreviewLocalization.Status.allCases {
            guard let count = counts[status] else { continue }
            StatusWords(status, locale.policy).openBadge(into: &page)
            page.append(html: ": ")
            page.append(number: count)
            page.append(html: "</span> ")
        }
        page.append(html: "</p>")
    }

    private func row(_ index: Int, into page: inout ByteBuffer) {
        let message = site.summaries[index]
        page.append(html: "<tr><th scope=\"row\"><a href=\"../m/")
        page.append(path: message.id)
        page.append(html: ".html#l=")
        page.append(path: locale.tag)
        page.append(html: "\"")
        page.appendLanguage(message.language, isRightToLeft: message.isRightToLeft)
        page.append(html: ">")
        page.appendEscaped(message.title ?? message.id)
        page.append(html: "</a> <code>")
        page.appendEscaped(message.id)
        page.append(html: "</code>")
        StatusWords(message.statuses[place], locale.policy).openBadge(into: &page)
        page.append(html: "</span></th>")
        let texts = page.count > LanguagePage.maximumBytes ? [] : site.texts(index)
        cell(texts.first, site.input.locales[0], into: &page)
        cell(place < texts.count ? texts[place] : nil, locale, into: &page)
        page.append(html: "</tr>\n")
    }

    private func cell(_ texts: TextLines?, _ locale: PreviewLocale, into page: inout ByteBuffer) {
        page.append(html: "<td")
        page.appendLanguage(locale.tag, isRightToLeft: locale.isRightToLeft)
        page.append(html: ">")
        if let texts {
            for index in 0..<texts.count {
                page.append(html: "<p>")
                page.appendEscaped(texts[index])
                page.append(html: "</p>")
            }
        }
        page.append(html: "</td>")
    }
}
