/// How a status is written: a glyph and a word, never a color alone.
extension PreviewLocalization.Status {
    var glyph: StaticString {
        switch self {
        case .ok: "✓"
        case .identical: "="
        case .outdated: "~"
        case .incomplete: "◐"
        case .fallback: "–"
        case .missing: "∅"
        case .error: "✕"
        }
    }

    var word: StaticString {
        switch self {
        case .ok: "up to date"
        case .identical: "same as its source"
        case .outdated: "outdated"
        case .incomplete: "incomplete"
        case .fallback: "fallback"
        case .missing: "not shown"
        case .error: "error"
        }
    }

    /// The class that colors it.
    var name: StaticString {
        switch self {
        case .ok: "ok"
        case .identical, .outdated: "stale"
        case .incomplete, .fallback: "fallback"
        case .missing: "missing"
        case .error: "error"
        }
    }

    /// What `preview.json` calls it: a translation's state, in the words of `placard translations status`, or `error`.
    var state: StaticString {
        switch self {
        case .ok: "current"
        case .identical: "identical"
        case .outdated: "outdated"
        case .incomplete: "incomplete"
        case .fallback, .missing: "missing"
        case .error: "error"
        }
    }
}
