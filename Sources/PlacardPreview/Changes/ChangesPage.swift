import ByteText

/// `changes.html`, where a reviewer of a pull request lands: a list of what changed, and each message with its words and its
/// cards before and after.
struct ChangesPage {
    let site: PreviewSite
    let changes: PreviewChanges
    let former: FormerParts

    /// The page, and the positions of messages that it has no room for.
    func draw() -> (bytes: [UInt8], alone: [Int]) {
        var articles = ByteBuffer(capacity: 128 * 1024)
        var shown: [PreviewChange] = []
        var alone: [Int] = []
        let cards = ChangeCards(site, root: "", former: former.templates, assets: former.assets)
        for (place, change) in changes.messages.enumerated() {
            let start = articles.count
            guard start < ChangePages.maximumBytes else {
                alone.append(place)
                continue
            }
            ChangeArticle(
                change: change, languages: changes.languages(place), cards: cards, root: "",
                maximumBytes: start + ChangePages.maximumArticleBytes
            ).write(into: &articles)
            if articles.count > ChangePages.maximumBytes, start > 0 {
                articles.shorten(to: start)
                alone.append(place)
            } else {
                shown.append(change)
            }
        }
        var page = ByteBuffer(capacity: articles.count + 32 * 1024)
        let shell = PageShell(root: "", input: site.input)
        shell.open(
            title: "Changes · \(site.input.title)", styles: former.styles(shown + changes.looks.map(\.change), site),
            current: .changes, into: &page)
        heading(into: &page)
        overview(alone: Set(alone), into: &page)
        PageShell.themes(into: &page)
        page.append(contentsOf: articles.bytes)
        looks(cards, into: &page)
        project(into: &page)
        shell.close(into: &page)
        return (page.bytes, alone)
    }

    private func heading(into page: inout ByteBuffer) {
        page.append(html: "<div class=\"head\"><h1>Changes since ")
        page.appendEscaped(changes.base)
        page.append(html: "</h1><p class=\"sub\">")
        var isFirst = true
        for kind in PreviewChangeKind.allCases {
            let count = changes.messages.count { $0.kind == kind }
            guard count > 0 else { continue }
            if !isFirst { page.append(html: " · ") }
            isFirst = false
            page.append(number: count)
            page.append(html: count == 1 ? " message " : " messages ")
            page.appendEscaped(kind.rawValue)
        }
        if isFirst {
            let isSame = changes.declarations.isEmpty && changes.files.isEmpty
            page.append(html: isSame ? "Nothing is other than it was." : "No message is other than it was.")
        }
        page.append(html: "</p></div>\n<div id=\"tools\"></div>\n")
    }

    /// A row for each message; one that is not on this page has its place here.
    private func overview(alone: Set<Int>, into page: inout ByteBuffer) {
        guard !changes.messages.isEmpty else { return }
        page.append(
            html:
                "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"What changed\"><table class=\"index toc\"><thead><tr><th scope=\"col\">Message</th><th scope=\"col\">Change</th><th scope=\"col\">Languages</th><th scope=\"col\">Audience</th></tr></thead><tbody>\n"
        )
        for (place, change) in changes.messages.enumerated() {
            let isAlone = alone.contains(place)
            page.append(html: "<tr data-placard-row=\"")
            page.appendEscaped(change.id)
            page.append(html: "\"")
            if isAlone {
                page.append(html: " id=\"c-")
                page.appendEscaped(change.id)
                page.append(html: "\"")
            }
            page.append(html: "><th scope=\"row\"><a href=\"")
            page.append(html: isAlone ? "c/" : "#c-")
            page.append(path: change.id)
            page.append(html: isAlone ? ".html\"" : "\"")
            page.appendLanguage(change.language, isRightToLeft: change.isRightToLeft)
            page.append(html: ">")
            page.appendEscaped(change.title.isEmpty ? change.id : change.title)
            page.append(html: "</a> <code>")
            page.appendEscaped(change.id)
            page.append(html: "</code></th><td>")
            ChangeWords.badge(change, into: &page)
            for warning in change.warnings {
                page.append(html: "<p>! ")
                page.appendEscaped(warning)
                page.append(html: "</p>")
            }
            page.append(html: "</td><td>")
            page.appendEscaped(change.locales.joined(separator: ", "))
            page.append(html: "</td><td>")
            page.appendEscaped(change.audience?.direction ?? "")
            page.append(html: "</td></tr>\n")
        }
        page.append(html: "</tbody></table></div>\n")
    }

    /// What templates that are others make of messages that are as they were.
    private func looks(_ cards: ChangeCards, into page: inout ByteBuffer) {
        guard !changes.looks.isEmpty else { return }
        page.append(
            html:
                "<section class=\"change\" aria-labelledby=\"looks\"><h2 id=\"looks\">Templates that draw otherwise</h2><div class=\"locs sides\">\n"
        )
        for look in changes.looks {
            page.append(html: "<section class=\"loc\"><h3>")
            page.appendEscaped(look.change.template ?? "")
            page.append(html: "</h3><p class=\"samples\">")
            page.append(number: look.count)
            page.append(
                html: look.count == 1
                    ? " message that is as it was looks otherwise: "
                    : " messages that are as they were look otherwise, such as ")
            page.appendLink(to: look.change.id, in: "m/")
            page.append(html: "</p>")
            cards.write(look.pair, of: look.change, in: look.locale, into: &page)
            page.append(html: "</section>\n")
        }
        page.append(html: "</div></section>\n")
    }

    /// What is no message: declarations and files.
    private func project(into page: inout ByteBuffer) {
        if !changes.declarations.isEmpty {
            page.append(
                html:
                    "<section class=\"rest\" aria-labelledby=\"declared\"><h2 id=\"declared\">Declared in placard.yaml</h2><dl class=\"moved\">\n"
            )
            for value in changes.declarations { ChangeWords.value(value, into: &page) }
            page.append(html: "</dl></section>\n")
        }
        if !changes.files.isEmpty {
            page.append(
                html:
                    "<section class=\"rest\" aria-labelledby=\"files\"><h2 id=\"files\">Templates, scenarios and images</h2><ul class=\"paths\">\n"
            )
            for file in changes.files {
                page.append(html: "<li><span class=\"")
                page.append(html: ChangeWords.className(file.kind))
                page.append(html: "\">")
                ChangeWords.glyph(file.kind, into: &page)
                page.append(html: " ")
                page.appendEscaped(file.kind.rawValue)
                page.append(html: "</span> <code>")
                page.appendEscaped(file.path)
                page.append(html: "</code></li>\n")
            }
            page.append(html: "</ul></section>\n")
        }
    }
}
