/// How a status is written: a glyph and a word, never a color alone.
extension PreviewLocalization.Status {
    var glyph: StaticString {
        switch self {
        case .ok: "✓"
        case .stale: "~"
        case .fallback: "–"
        case .missing: "∅"
        case .error: "✕"
        }
    }

    var word: StaticString {
        switch self {
        case .ok: "up to date"
        case .stale: "stale"
        case .fallback: "fallback"
        case .missing: "not shown"
        case .error: "error"
        }
    }

    /// The class that colors it.
    var name: StaticString {
        switch self {
        case .ok: "ok"
        case .stale: "stale"
        case .fallback: "fallback"
        case .missing: "missing"
        case .error: "error"
        }
    }
}
