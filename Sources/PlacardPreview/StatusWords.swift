import ByteText

/// How a status is written: a glyph and a word, never a color alone.
struct StatusWords: Hashable {
    let status: PreviewLocalization.Status
    /// Whether it is a gap in a language that the project requires.
    let isRequiredGap: Bool

    init(_ status: PreviewLocalization.Status, _ policy: PreviewLocale.Policy) {
        self.status = status
        isRequiredGap = policy == .required && (status == .fallback || status == .missing || status == .incomplete)
    }

    private init(requiredGap status: PreviewLocalization.Status) {
        self.status = status
        isRequiredGap = true
    }

    /// What there is, in the order of reading: what needs a translator comes last.
    static let all =
        PreviewLocalization.Status.allCases.map { StatusWords($0, .optional) }
        + [.incomplete, .fallback, .missing].map { StatusWords(requiredGap: $0) }

    /// The glyph and the word.
    func write(into page: inout ByteBuffer) {
        page.append(html: glyph)
        page.append(html: " ")
        page.append(html: word)
    }

    /// The same in a frame, which the caller closes.
    func openBadge(into page: inout ByteBuffer) {
        page.append(html: "<span class=\"badge ")
        page.append(html: name)
        page.append(html: "\">")
        write(into: &page)
    }

    /// What the glyphs mean.
    static func legend(into page: inout ByteBuffer) {
        page.append(html: "<p class=\"legend\">Languages: ")
        for words in all {
            page.append(html: "<span class=\"")
            page.append(html: words.name)
            page.append(html: "\">")
            words.write(into: &page)
            page.append(html: "</span> ")
        }
        page.append(html: "</p>\n")
    }

    var glyph: StaticString {
        if isRequiredGap { return "✕" }
        return switch status {
        case .ok: "✓"
        case .untracked: "•"
        case .identical: "="
        case .outdated: "~"
        case .incomplete: "◐"
        case .fallback: "–"
        case .missing: "∅"
        case .error: "✕"
        }
    }

    var word: StaticString {
        switch status {
        case .ok: "up to date"
        case .untracked: "translated, not recorded"
        case .identical: "same as its source"
        case .outdated: "outdated"
        case .incomplete: isRequiredGap ? "required, incomplete" : "incomplete"
        case .fallback: isRequiredGap ? "required, missing" : "falls back"
        case .missing: isRequiredGap ? "required, missing, not shown" : "not shown"
        case .error: "error"
        }
    }

    /// The same in one word, for tables.
    var shortWord: StaticString {
        if isRequiredGap { return status == .incomplete ? "incomplete" : "missing" }
        return switch status {
        case .ok: "ok"
        case .untracked: "unrecorded"
        case .identical: "same"
        case .outdated: "outdated"
        case .incomplete: "incomplete"
        case .fallback: "fallback"
        case .missing: "hidden"
        case .error: "error"
        }
    }

    /// The class that colors it.
    var name: StaticString {
        if isRequiredGap { return "error" }
        return switch status {
        case .ok: "ok"
        case .identical, .outdated: "stale"
        case .untracked, .incomplete, .fallback: "fallback"
        case .missing: "missing"
        case .error: "error"
        }
    }
}

extension PreviewLocalization.Status {
    /// What `preview.json` calls it: a translation's state, in the words of `placard translations status`, `unrecorded`, or
    /// `error`.
    var state: StaticString {
        switch self {
        case .ok: "current"
        case .untracked: "unrecorded"
        case .identical: "identical"
        case .outdated: "outdated"
        case .incomplete: "incomplete"
        case .fallback, .missing: "missing"
        case .error: "error"
        }
    }
}
