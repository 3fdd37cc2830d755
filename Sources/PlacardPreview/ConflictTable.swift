import ByteText
import CanonicalJSON

/// Another message that the same user can be due for at the same moment, so that one of both waits.
package struct PreviewConflict: Sendable, Hashable {
    /// The id of the other message.
    package var other: String
    /// Whether the other one is shown.
    package var givesWay: Bool
    /// Whether that is so for everybody whom this message is for.
    package var isAlways: Bool
    /// Whether nothing that an author has chosen decides: both priorities are equal.
    package var isTie: Bool
    /// What decides, in words.
    package var reason: String
    /// A user for whom the engine confirms it, in words; empty where nothing is asked of users.
    package var example: String

    package init(
        other: String, givesWay: Bool, isAlways: Bool, isTie: Bool, reason: String, example: String
    ) {
        self.other = other
        self.givesWay = givesWay
        self.isAlways = isAlways
        self.isTie = isTie
        self.reason = reason
        self.example = example
    }

    /// What comes of this message, in a few words.
    var words: StaticString {
        if !givesWay { return "comes before" }
        return isAlways ? "always gives way to" : "gives way to"
    }
}

/// With whom a message competes for the same users at the same moment, and which of both they see.
struct ConflictTable {
    let conflicts: [PreviewConflict]
    /// Messages that share the cap of its group.
    let group: PreviewGroup?

    func write(into page: inout ByteBuffer) {
        let sharesCap = group?.messages.isEmpty == false
        guard !conflicts.isEmpty || sharesCap else { return }
        page.append(html: "<section aria-labelledby=\"conflicts\"><h2 id=\"conflicts\">Conflicts</h2>\n")
        if let group, sharesCap { shared(group, into: &page) }
        if !conflicts.isEmpty {
            page.append(
                html:
                    "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Table of conflicts\"><table class=\"scen\"><thead><tr><th scope=\"col\">Other message</th><th scope=\"col\">This message</th><th scope=\"col\">Because</th><th scope=\"col\">For example</th></tr></thead><tbody>\n"
            )
            for conflict in conflicts.prefix(ConflictTable.maximumNamed) { row(conflict, into: &page) }
            page.append(html: "</tbody></table></div>\n")
            if conflicts.count > ConflictTable.maximumNamed {
                page.append(html: "<p>and ")
                page.append(number: conflicts.count - ConflictTable.maximumNamed)
                page.append(html: " more</p>\n")
            }
        }
        page.append(html: "</section>\n")
    }

    private func shared(_ group: PreviewGroup, into page: inout ByteBuffer) {
        page.append(html: "<p>Shares the cap of <code>")
        page.appendEscaped(group.name)
        page.append(html: "</code> (")
        page.appendEscaped(group.cap)
        page.append(html: ") with ")
        for (place, id) in group.messages.prefix(ConflictTable.maximumNamed).enumerated() {
            if place > 0 { page.append(html: ", ") }
            page.appendLink(to: id, in: "")
        }
        if group.messages.count > ConflictTable.maximumNamed {
            page.append(html: " and ")
            page.append(number: group.messages.count - ConflictTable.maximumNamed)
            page.append(html: " more")
        }
        page.append(html: "</p>\n")
    }

    /// Messages of a group, and conflicts, that one page names.
    private static let maximumNamed = 12

    private func row(_ conflict: PreviewConflict, into page: inout ByteBuffer) {
        page.append(html: "<tr><th scope=\"row\">")
        page.appendLink(to: conflict.other, in: "")
        page.append(html: "</th><td class=\"")
        page.append(html: conflict.mark.style)
        page.append(html: "\">")
        page.append(html: conflict.mark.glyph)
        page.append(html: " ")
        page.append(html: conflict.givesWay ? (conflict.isAlways ? "always gives way" : "gives way") : "comes first")
        page.append(html: "</td><td>")
        page.appendEscaped(conflict.reason)
        page.append(html: "</td><td>")
        page.append(html: conflict.example.isEmpty ? "everybody" : "<code>")
        page.appendEscaped(conflict.example)
        page.append(html: conflict.example.isEmpty ? "</td></tr>\n" : "</code></td></tr>\n")
    }
}

extension PreviewConflict {
    /// How it looks: what nobody has chosen, and what is never seen, is to be looked at.
    var mark: (style: StaticString, glyph: StaticString) {
        if isAlways && givesWay { return ("error", "✕") }
        if isTie { return ("stale", "!") }
        return givesWay ? ("missing", "–") : ("ok", "✓")
    }
}
