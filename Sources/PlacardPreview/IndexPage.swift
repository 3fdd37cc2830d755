import ByteText
import CanonicalJSON
import SourceDiagnostics

/// The list of all messages: counts, and a row each, by folder. The script adds search and facets, which read the rows.
struct IndexPage {
    let site: PreviewSite

    func bytes() -> [UInt8] {
        var page = ByteBuffer(capacity: 4096 + site.summaries.count * 420)
        let shell = PageShell(root: "", input: site.input)
        shell.open(
            title: "\(site.input.title) · Messages", styles: [],
            current: .messages, into: &page)
        page.append(html: "<div class=\"head\"><h1>Messages</h1>")
        counts(into: &page)
        page.append(
            html:
                "</div>\n<div id=\"filters\"></div>\n<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Messages\"><table class=\"index\" data-placard-locales=\""
        )
        for (place, index) in site.languagePlaces.enumerated() {
            if place > 0 { page.append(0x20) }
            page.appendEscaped(site.input.locales[index].tag)
        }
        page.append(html: "\"><thead><tr>")
        page.append(
            html:
                "<th scope=\"col\">Message</th><th scope=\"col\">Who and when</th><th scope=\"col\">Template</th><th scope=\"col\">Languages</th><th scope=\"col\">Diagnostics</th></tr></thead>\n"
        )
        rows(into: &page)
        page.append(html: "</table></div>\n<p id=\"empty\" hidden>No message matches.</p>\n")
        StatusWords.legend(into: &page)
        if let timeline = site.input.timeline {
            WindowTimeline(timeline: timeline, summaries: site.summaries).write(into: &page)
        }
        shell.close(into: &page)
        return page.bytes
    }

    private func counts(into page: inout ByteBuffer) {
        let errors = count(.error)
        let warnings = count(.warning)
        page.append(html: "<p class=\"sub\">")
        page.append(number: site.summaries.count)
        page.append(html: site.summaries.count == 1 ? " message in " : " messages in ")
        let languages = site.input.locales.count { $0.policy != .pseudo }
        page.append(number: languages)
        page.append(html: languages == 1 ? " language" : " languages")
        if errors + warnings == 0 {
            page.append(html: " · <span class=\"badge ok\">✓ no diagnostics</span>")
        }
        if errors > 0 {
            page.append(html: " · <span class=\"badge error\">✕ errors: ")
            page.append(number: errors)
            page.append(html: "</span>")
        }
        if warnings > 0 {
            page.append(html: " · <span class=\"badge stale\">! warnings: ")
            page.append(number: warnings)
            page.append(html: "</span>")
        }
        page.append(html: "</p>")
    }

    private func count(_ severity: Severity) -> Int {
        site.summaries.reduce(0) { $0 + $1.count(severity) }
    }

    /// A body for each folder, headed by its name.
    private func rows(into page: inout ByteBuffer) {
        var folder: String?
        for index in site.order {
            let message = site.summaries[index]
            if message.folder != folder {
                if folder != nil { page.append(html: "</tbody>\n") }
                folder = message.folder
                page.append(html: "<tbody data-placard-folder=\"")
                page.appendEscaped(message.folder)
                page.append(html: "\">")
                if !message.folder.isEmpty {
                    page.append(html: "<tr class=\"group\"><td colspan=\"5\">")
                    page.appendEscaped(message.folder)
                    page.append(html: "</td></tr>\n")
                }
            }
            row(message, site.input.conflicts(index), into: &page)
        }
        page.append(html: folder == nil ? "<tbody></tbody>" : "</tbody>")
    }

    /// A row leaves out the end tags and quotation marks that HTML does without (section 13.1.2): of a thousand rows they would be a
    /// tenth.
    private func row(_ message: PreviewSummary, _ conflicts: [PreviewConflict], into page: inout ByteBuffer) {
        page.append(html: "<tr")
        let change = site.changes[message.id]
        if let change {
            page.append(html: " data-placard-change=\"")
            page.appendEscaped(change.kind.rawValue)
            page.append(html: "\"")
        }
        page.append(html: "><th scope=row><a href=\"m/")
        page.append(path: message.id)
        page.append(html: ".html\"")
        page.appendLanguage(message.language, isRightToLeft: message.isRightToLeft)
        page.append(html: ">")
        page.appendEscaped(message.title ?? message.id)
        page.append(html: "</a> <code>")
        page.appendEscaped(message.id)
        page.append(html: "</code>")
        if let change { ChangeWords.link(change, root: "", into: &page) }
        page.append(html: "<td>")
        whoAndWhen(message, into: &page)
        clash(conflicts, of: message, into: &page)
        page.append(html: "<td>")
        page.appendEscaped(message.template)
        page.append(html: "<td class=states>")
        strip(message, into: &page)
        page.append(html: "<td>")
        diagnostics(message, into: &page)
        page.append(html: "\n")
    }

    private func whoAndWhen(_ message: PreviewSummary, into page: inout ByteBuffer) {
        page.append(html: message.audience.style == .code ? "<p><code>" : "<p>")
        page.appendEscaped(message.audience.value)
        page.append(html: message.audience.style == .code ? "</code>" : "")
        message.writeEvent(after: "<p>", into: &page)
        if !message.window.isEmpty {
            page.append(html: "<p class=window>")
            page.appendEscaped(message.window)
        }
    }

    /// To whom a message gives way: the first one, with a user, and how many others there are.
    private func clash(_ conflicts: [PreviewConflict], of message: PreviewSummary, into page: inout ByteBuffer) {
        let lost = conflicts.filter(\.givesWay)
        guard let first = lost.first(where: { $0.isAlways }) ?? lost.first else { return }
        page.append(html: "<p class=clash>")
        page.append(html: first.mark.glyph)
        page.append(html: " <a href=\"m/")
        page.append(path: message.id)
        page.append(html: ".html#conflicts\">")
        page.append(html: first.words)
        page.append(html: "</a> <code>")
        page.appendEscaped(first.other)
        page.append(html: "</code>")
        if lost.count > 1 {
            page.append(html: " and ")
            page.append(number: lost.count - 1)
            page.append(html: " more")
        }
        if !first.example.isEmpty {
            page.append(html: ", for example ")
            page.appendEscaped(first.example)
        }
    }

    /// Locales grouped by status: a glyph, then tags; of the largest group their number, where it has many.
    private func strip(_ message: PreviewSummary, into page: inout ByteBuffer) {
        let places = site.languagePlaces
        let groups = StatusWords.all.map { words in
            places.filter { StatusWords(message.statuses[$0], site.input.locales[$0].policy) == words }
        }
        let largest = groups.map(\.count).max() ?? 0
        var isCounted = largest > IndexPage.maximumTags
        for (words, group) in zip(StatusWords.all, groups) where !group.isEmpty {
            page.append(html: "<span class=")
            page.append(html: words.name)
            page.append(0x3E)
            page.append(html: words.glyph)
            if isCounted, group.count == largest {
                isCounted = false
                page.append(html: largest == places.count ? " all " : " ")
                page.append(number: largest)
                if largest < places.count { page.append(html: " others") }
            } else {
                for place in group {
                    page.append(0x20)
                    page.appendEscaped(site.input.locales[place].tag)
                }
            }
            page.append(html: "</span> ")
        }
    }

    /// Languages of one state that a row names.
    private static let maximumTags = 8

    private func diagnostics(_ message: PreviewSummary, into page: inout ByteBuffer) {
        for (severity, name) in [(Severity.error, "error"), (.warning, "stale")] {
            let count = message.count(severity)
            guard count > 0 else { continue }
            page.append(html: "<span class=")
            page.appendEscaped(name)
            page.append(0x3E)
            page.append(html: severity.glyph)
            page.append(html: " ")
            page.append(number: count)
            page.append(html: severity == .error ? " error" : " warning")
            if count > 1 { page.append(html: "s") }
            page.append(html: "</span> ")
        }
    }
}
