import ByteText
import CanonicalJSON

/// `audience.html`: each audience in words with the messages that it gets, what scenarios show, which messages share a cap, and
/// which compete.
struct AudiencePage {
    let site: PreviewSite

    /// Rows of one table; the rest are counted.
    static let maximumRows = 1000

    func bytes() -> [UInt8] {
        var page = ByteBuffer(capacity: 8192 + site.summaries.count * 320)
        let shell = PageShell(root: "", input: site.input)
        shell.open(
            title: "Audiences · \(site.input.title)", styles: [],
            current: .audiences, into: &page)
        let audiences = self.audiences
        page.append(html: "<div class=\"head\"><h1>Audiences</h1><p class=\"sub\">")
        page.append(number: audiences.count)
        page.append(html: audiences.count == 1 ? " audience of " : " audiences of ")
        page.append(number: site.summaries.count)
        page.append(html: site.summaries.count == 1 ? " message" : " messages")
        page.append(html: ". Examples are users whom the rules let through.</p></div>\n")
        table(
            "Audiences and messages", ["Who", "Messages", "Scenarios", "For example"], rows: audiences.count,
            into: &page
        ) { row, page in self.row(audiences[row], into: &page) }
        conflicts(into: &page)
        groups(into: &page)
        scenarios(into: &page)
        shell.close(into: &page)
        return page.bytes
    }

    /// A table of at most ``maximumRows``.
    private func table(
        _ name: String, _ columns: [String], rows: Int, into page: inout ByteBuffer,
        row: (Int, inout ByteBuffer) -> Void
    ) {
        page.append(html: "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"")
        page.appendEscaped(name)
        page.append(html: "\"><table class=\"index audiences\"><thead><tr>")
        for column in columns {
            page.append(html: "<th scope=\"col\">")
            page.appendEscaped(column)
            page.append(html: "</th>")
        }
        page.append(html: "</tr></thead><tbody>\n")
        for index in 0..<min(rows, AudiencePage.maximumRows) { row(index, &page) }
        page.append(html: "</tbody></table></div>\n")
        if rows > AudiencePage.maximumRows {
            page.append(html: "<p>and ")
            page.append(number: rows - AudiencePage.maximumRows)
            page.append(html: " more</p>\n")
        }
    }

    private func heading(_ text: String, _ explanation: String, into page: inout ByteBuffer) {
        page.append(html: "<h2>")
        page.appendEscaped(text)
        page.append(html: "</h2>\n<p class=\"sub\">")
        page.appendEscaped(explanation)
        page.append(html: "</p>\n")
    }

    // MARK: Audiences

    /// An audience, with the places of its messages as the index lists them.
    private struct Audience {
        var words: PreviewFact
        var messages: [Int]
    }

    /// The audience of most messages first.
    private var audiences: [Audience] {
        var places: [String: Int] = [:]
        var result: [Audience] = []
        for index in site.order {
            let words = site.summaries[index].audience
            if let place = places[words.value] {
                result[place].messages.append(index)
            } else {
                places[words.value] = result.count
                result.append(Audience(words: words, messages: [index]))
            }
        }
        return result.enumerated().sorted {
            ($1.element.messages.count, $0.offset) < ($0.element.messages.count, $1.offset)
        }.map(\.element)
    }

    private func row(_ audience: Audience, into page: inout ByteBuffer) {
        page.append(html: audience.words.style == .code ? "<tr><th scope=\"row\"><code>" : "<tr><th scope=\"row\">")
        page.appendEscaped(audience.words.value)
        page.append(html: audience.words.style == .code ? "</code></th><td><ul>" : "</th><td><ul>")
        for index in audience.messages.prefix(AudiencePage.maximumMessages) {
            let message = site.summaries[index]
            page.append(html: "<li>")
            page.appendLink(to: message.id, in: "m/")
            message.writeEvent(after: " ", into: &page)
            if !message.window.isEmpty {
                page.append(html: " · ")
                page.appendEscaped(message.window)
            }
            page.append(html: "</li>")
        }
        page.append(html: "</ul>")
        if audience.messages.count > AudiencePage.maximumMessages {
            page.append(html: "<p>and ")
            page.append(number: audience.messages.count - AudiencePage.maximumMessages)
            page.append(html: " more</p>")
        }
        page.append(html: "</td><td>")
        scenarios(of: audience, into: &page)
        page.append(html: "</td><td>")
        let example = audience.messages.first.map(site.input.example) ?? ""
        page.append(html: example.isEmpty ? "everybody" : "<code>")
        page.appendEscaped(example)
        page.append(html: example.isEmpty ? "</td></tr>\n" : "</code></td></tr>\n")
    }

    /// Messages of one audience that are named.
    static let maximumMessages = 50

    private func scenarios(of audience: Audience, into page: inout ByteBuffer) {
        let outcomes = audience.messages.flatMap { site.summaries[$0].outcomes }
        let shown = outcomes.count(where: \.isShown)
        if outcomes.isEmpty {
            page.append(html: "<span class=\"stale\">! none</span>")
            return
        }
        page.append(html: shown > 0 ? "<span class=\"ok\">✓ " : "<span class=\"stale\">! ")
        page.append(number: shown)
        page.append(html: " shown</span> of ")
        page.append(number: outcomes.count)
    }

    // MARK: Together

    private func conflicts(into page: inout ByteBuffer) {
        let found = site.order.flatMap { index in
            site.input.conflicts(index).filter(\.givesWay).map { (id: site.summaries[index].id, conflict: $0) }
        }
        guard !found.isEmpty else { return }
        heading(
            "Conflicts",
            "One user can be due for both at one moment, and sees the second. Of each message the three nearest are named.",
            into: &page)
        table(
            "Conflicts", ["Message", "What comes of it", "Because", "For example"], rows: found.count, into: &page
        ) { row, page in
            let (id, conflict) = found[row]
            page.append(html: "<tr><th scope=\"row\">")
            page.appendLink(to: id, in: "m/")
            page.append(html: "</th><td class=\"")
            page.append(html: conflict.mark.style)
            page.append(html: "\">")
            page.append(html: conflict.mark.glyph)
            page.append(html: " ")
            page.append(html: conflict.words)
            page.append(html: " ")
            page.appendLink(to: conflict.other, in: "m/")
            page.append(html: "</td><td>")
            page.appendEscaped(conflict.reason)
            page.append(html: conflict.example.isEmpty ? "</td><td>everybody" : "</td><td><code>")
            page.appendEscaped(conflict.example)
            page.append(html: conflict.example.isEmpty ? "</td></tr>\n" : "</code></td></tr>\n")
        }
    }

    private func groups(into page: inout ByteBuffer) {
        let groups = site.input.groups
        guard !groups.isEmpty else { return }
        heading("Groups", "Messages of a group share its cap.", into: &page)
        table("Groups", ["Group", "Cap", "Messages"], rows: groups.count, into: &page) { row, page in
            page.append(html: "<tr><th scope=\"row\"><code>")
            page.appendEscaped(groups[row].name)
            page.append(html: "</code></th><td>")
            page.appendEscaped(groups[row].cap)
            page.append(html: "</td><td>")
            for (place, id) in groups[row].messages.prefix(AudiencePage.maximumMessages).enumerated() {
                if place > 0 { page.append(html: ", ") }
                page.appendLink(to: id, in: "m/")
            }
            if groups[row].messages.count > AudiencePage.maximumMessages {
                page.append(html: " and ")
                page.append(number: groups[row].messages.count - AudiencePage.maximumMessages)
                page.append(html: " more")
            }
            page.append(html: "</td></tr>\n")
        }
    }

    /// What each scenario shows.
    private func scenarios(into page: inout ByteBuffer) {
        var shown: [String: String] = [:]
        var waiting: [String: [String]] = [:]
        var names: [(name: String, summary: String)] = []
        var known: Set<String> = []
        for index in site.order {
            for outcome in site.summaries[index].outcomes {
                if known.insert(outcome.scenario).inserted { names.append((outcome.scenario, outcome.summary)) }
                if outcome.isShown {
                    shown[outcome.scenario] = site.summaries[index].id
                } else {
                    waiting[outcome.scenario, default: []].append(site.summaries[index].id)
                }
            }
        }
        guard !names.isEmpty else { return }
        names.sort { $0.name < $1.name }
        heading("Scenarios", "What each one shows, and the messages of its event that it does not.", into: &page)
        table("Scenarios", ["Scenario", "What it shows", "Does not show"], rows: names.count, into: &page) {
            row, page in
            let (name, summary) = names[row]
            page.append(html: "<tr><th scope=\"row\">")
            page.appendEscaped(summary.isEmpty ? name : summary)
            if !summary.isEmpty {
                page.append(html: " <code>")
                page.appendEscaped(name)
                page.append(html: "</code>")
            }
            page.append(
                html: shown[name] == nil ? "</th><td class=\"missing\">– nothing" : "</th><td class=\"ok\">✓ shows ")
            if let id = shown[name] { page.appendLink(to: id, in: "m/") }
            page.append(html: "</td><td>")
            for (place, id) in (waiting[name] ?? []).prefix(AudiencePage.maximumMessages).enumerated() {
                if place > 0 { page.append(html: ", ") }
                page.appendLink(to: id, in: "m/")
            }
            page.append(html: "</td></tr>\n")
        }
    }
}
