import ByteText
import CanonicalJSON
import SourceDiagnostics

/// The page of one message: what it is, how it looks in every locale in light and dark, and what it was made from.
///
/// Everything is in the HTML, each screen once, so it reads and prints without JavaScript: there a switch of plain HTML
/// turns all screens dark. The script adds the device and its switches, and puts the source's words beside each language.
struct MessagePage {
    let site: PreviewSite
    let message: PreviewMessage
    let previous: String?
    let next: String?
    let conflicts: [PreviewConflict]

    func bytes() -> [UInt8] {
        var page = ByteBuffer(capacity: 48 * 1024)
        let shell = PageShell(root: "../", input: site.input)
        let template = site.template(named: message.template)
        shell.open(
            title: "\(message.id) · \(site.input.title)", styles: [template.stylePath], navigation: navigation,
            into: &page)
        heading(into: &page)
        page.append(
            html:
                "<div id=\"tools\"></div>\n<div class=\"cols\"><div id=\"stage\"></div>\n<div class=\"content\">\n<div class=\"info\">\n"
        )
        facts(into: &page)
        links(into: &page)
        page.append(html: "</div>\n")
        DiagnosticList(message: message).write(into: &page)
        locales(
            CardRenderer(template: template, pageBytes: site.pageBytes, appName: site.input.title), into: &page)
        ScenarioTable(outcomes: message.outcomes).write(into: &page)
        ConflictTable(conflicts: conflicts, group: group).write(into: &page)
        ConversationSteps(steps: message.localizations.first?.cards.first?.steps ?? []).write(into: &page)
        SourceView(message: message).write(into: &page)
        page.append(html: "</div></div>\n")
        shell.close(into: &page)
        return page.bytes
    }

    /// The other messages of its group.
    private var group: PreviewGroup? {
        guard var group = site.input.groups.first(where: { $0.messages.contains(message.id) }) else { return nil }
        group.messages.removeAll { $0 == message.id }
        return group
    }

    private func navigation(_ page: inout ByteBuffer) {
        page.append(html: "<nav class=\"turn\" aria-label=\"Messages\">")
        for (id, label, rel) in [(previous, "Previous", "prev"), (next, "Next", "next")] {
            guard let id else { continue }
            page.append(html: "<a rel=\"")
            page.appendEscaped(rel)
            page.append(html: "\" href=\"")
            page.append(path: id)
            page.append(html: ".html\">")
            page.appendEscaped(label)
            page.append(html: "<span class=\"vh\"> message: ")
            page.appendEscaped(id)
            page.append(html: "</span></a>")
        }
        page.append(html: "</nav>")
    }

    private func heading(into page: inout ByteBuffer) {
        let source = message.localizations.first
        page.append(html: "<div class=\"head\"><h1")
        if let source { page.appendLanguage(source.language, isRightToLeft: source.isRightToLeft) }
        page.append(html: ">")
        page.appendEscaped(source?.cards.first?.title ?? message.id)
        page.append(html: "</h1>\n<p class=\"sub\"><code>")
        page.appendEscaped(message.id)
        page.append(html: "</code> <span class=\"tag\">")
        page.appendEscaped(message.template)
        page.append(html: "</span>")
        if !message.folder.isEmpty {
            page.append(html: " <span class=\"tag\">")
            page.appendEscaped(message.folder)
            page.append(html: "</span>")
        }
        if let change = site.changes[message.id] {
            page.append(html: " ")
            ChangeWords.link(change, root: "../", into: &page)
        }
        for severity in [Severity.error, .warning] {
            let count = message.diagnostics.count { $0.severity == severity }
            guard count > 0 else { continue }
            page.append(html: " <a class=\"badge ")
            page.appendEscaped(severity.name)
            page.append(html: "\" href=\"#diagnostics\">")
            page.append(html: severity.glyph)
            page.append(html: " ")
            page.append(number: count)
            page.append(html: " ")
            page.appendEscaped(severity.name)
            page.append(html: count == 1 ? "</a>" : "s</a>")
        }
        page.append(html: "</p></div>\n")
    }

    private func facts(into page: inout ByteBuffer) {
        guard !message.facts.isEmpty else { return }
        page.append(
            html:
                "<section class=\"panel\" aria-labelledby=\"facts\"><h2 id=\"facts\">Who, when, how often</h2><dl class=\"facts\">\n"
        )
        for fact in message.facts {
            page.append(html: "<div><dt>")
            page.appendEscaped(fact.label)
            page.append(html: fact.style == .code ? "</dt><dd><code>" : "</dt><dd>")
            page.appendEscaped(fact.value)
            page.append(html: fact.style == .code ? "</code></dd></div>\n" : "</dd></div>\n")
        }
        page.append(html: "</dl></section>\n")
    }

    /// Where buttons and links lead: shown here, because a card's own are not to be followed.
    private func links(into page: inout ByteBuffer) {
        guard let card = message.localizations.first?.cards.first else { return }
        let inText = linkTargets(in: card.body + card.steps.flatMap(\.body))
        guard !card.actions.isEmpty || !inText.isEmpty else { return }
        page.append(
            html:
                "<section class=\"panel\" aria-labelledby=\"links\"><h2 id=\"links\">Where things lead</h2><dl class=\"facts\">\n"
        )
        for action in card.actions {
            page.append(html: "<div><dt>")
            page.appendEscaped(action.label)
            page.append(html: " <span class=\"kind\">")
            page.appendEscaped(action.kind)
            page.append(html: "</span></dt><dd><code>")
            page.appendEscaped(action.target)
            page.append(html: "</code></dd></div>\n")
        }
        for target in inText {
            page.append(html: "<div><dt>In the text</dt><dd><code>")
            page.append(contentsOf: target)
            page.append(html: "</code></dd></div>\n")
        }
        page.append(html: "</dl></section>\n")
    }

    private func locales(_ cards: CardRenderer, into page: inout ByteBuffer) {
        page.append(html: "<section aria-labelledby=\"grid\"><h2 id=\"grid\">Every language</h2>\n")
        languageBar(into: &page)
        PageShell.themes(into: &page)
        page.append(html: "<div class=\"locs\">\n")
        var isPseudo = false
        for (index, (frame, localization)) in zip(cards.template.frames, message.localizations).enumerated() {
            guard page.count < cards.pageBytes else {
                page.append(html: "<p class=\"none\">Languages that are not shown: ")
                page.append(number: message.localizations.count - index)
                page.append(html: "; ")
                cards.fullPage(into: &page)
                page.append(html: "</p>")
                break
            }
            if frame.locale.policy == .pseudo, !isPseudo {
                isPseudo = true
                page.append(
                    html:
                        "</div>\n<details class=\"pseudo\"><summary>Pseudo-languages: accents and room, right to left</summary><div class=\"locs\">\n"
                )
            }
            LocaleCards(
                cards: cards, frame: frame, localization: localization, isOverLength: isOverLength(frame.locale)
            ).write(into: &page)
        }
        page.append(html: isPseudo ? "</div></details></section>\n" : "</div></section>\n")
    }

    /// What is said of texts that have no room: where a template, or a lock screen, cuts them.
    private static let lengths: Set<String> = ["push/cut-on-android", "push/cut-on-ios", "text/too-long"]

    /// Whether a text of the language's own file is longer than its place.
    private func isOverLength(_ locale: PreviewLocale) -> Bool {
        let suffix = locale.fileEnding(of: message.id)
        return message.diagnostics.contains {
            MessagePage.lengths.contains($0.id) && $0.primary.file.hasSuffix(suffix)
        }
    }

    /// A link to each language's part, with its status.
    private func languageBar(into page: inout ByteBuffer) {
        page.append(html: "<nav class=\"langs\" aria-label=\"Languages\">")
        for (locale, localization) in zip(site.input.locales, message.localizations) where locale.policy != .pseudo {
            let words = StatusWords(localization.status, locale.policy)
            page.append(html: "<a href=\"#l-")
            page.appendEscaped(locale.tag)
            page.append(html: "\" class=\"")
            page.append(html: words.name)
            page.append(html: "\">")
            page.append(html: words.glyph)
            page.append(html: " ")
            page.appendEscaped(locale.tag)
            page.append(html: "</a>")
        }
        page.append(html: "</nav>\n")
    }
}
