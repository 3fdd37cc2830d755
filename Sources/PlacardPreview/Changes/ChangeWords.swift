import ByteText

/// How changes are written on pages: a glyph and words, never a color alone.
enum ChangeWords {
    /// `~ only audience`, in a frame.
    static func badge(_ change: PreviewChange, into page: inout ByteBuffer) {
        page.append(html: "<span class=\"badge ")
        page.append(html: className(change.kind))
        page.append(html: "\">")
        glyph(change.kind, into: &page)
        page.append(html: " ")
        page.appendEscaped(change.subjects)
        page.append(html: "</span>")
    }

    /// The same as a link to the message's part of `changes.html`.
    static func link(_ change: PreviewChange, root: StaticString, into page: inout ByteBuffer) {
        page.append(html: "<a class=\"badge ")
        page.append(html: className(change.kind))
        page.append(html: "\" href=\"")
        page.append(html: root)
        page.append(html: "changes.html#c-")
        page.append(path: change.id)
        page.append(html: "\">")
        glyph(change.kind, into: &page)
        page.append(html: change.kind == .changed ? " changed: " : " ")
        page.appendEscaped(change.subjects)
        page.append(html: "</a>")
    }

    static func glyph(_ kind: PreviewChangeKind?, into page: inout ByteBuffer) {
        switch kind {
        case .added: page.append(html: "+")
        case .changed: page.append(html: "Δ")
        case .removed: page.append(html: "−")
        case nil: page.append(html: "=")
        }
    }

    /// The class that colors it.
    static func className(_ kind: PreviewChangeKind) -> StaticString {
        switch kind {
        case .added: "ok"
        case .changed: "delta"
        case .removed: "error"
        }
    }

    /// A row: what a value was, and what it is.
    static func value(_ value: PreviewChangedValue, into page: inout ByteBuffer) {
        page.append(html: "<div><dt>")
        page.appendEscaped(value.name)
        page.append(html: "</dt><dd>")
        guard value.runs.isEmpty else {
            runs(value.runs, into: &page)
            page.append(html: "</dd></div>\n")
            return
        }
        if let former = value.former {
            page.append(html: "<del>")
            page.appendEscaped(former)
            page.append(html: "</del> ")
        }
        if let now = value.now {
            page.append(html: "<ins>")
            page.appendEscaped(now)
            page.append(html: "</ins>")
        }
        page.append(html: "</dd></div>\n")
    }

    /// A sentence, what stands between backticks as code.
    static func sentence(_ text: String, into page: inout ByteBuffer) {
        for (index, part) in text.split(separator: "`", omittingEmptySubsequences: false).enumerated() {
            page.append(html: index % 2 == 1 ? "<code>" : "")
            page.appendEscaped(String(part))
            page.append(html: index % 2 == 1 ? "</code>" : "")
        }
    }

    /// Lines of a text that is the same in both versions: of many, those beside what changed.
    private static func context(_ text: String, isFirst: Bool, isLast: Bool) -> String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let before = isFirst ? 0 : 1
        let after = isLast ? 0 : 1
        guard lines.count > before + after + 1 else { return text }
        return (lines.prefix(before) + ["…"] + lines.suffix(after)).joined(separator: "\n")
    }

    /// A text, what is gone of it struck out and what is new underlined.
    static func runs(_ runs: [PreviewTextRun], into page: inout ByteBuffer) {
        for (index, run) in runs.enumerated() {
            switch run.kind {
            case .same: page.appendEscaped(context(run.text, isFirst: index == 0, isLast: index == runs.count - 1))
            case .gone:
                page.append(html: "<del>")
                page.appendEscaped(run.text)
                page.append(html: "</del>")
            case .new:
                page.append(html: "<ins>")
                page.appendEscaped(run.text)
                page.append(html: "</ins>")
            }
        }
    }
}
