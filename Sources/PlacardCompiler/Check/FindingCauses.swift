import SourceDiagnostics

/// Warnings that another finding about the same place makes needless: what is warned of, and what is said in its place.
private let causes: [(warning: String, error: String)] = [
    // An escape in a text: the error is at the very escape, and can be mended.
    ("yaml/escaped-control", "text/control-character"),
    ("yaml/escaped-control", "text/bidi-control"),
    // A character that stands in front matter as it is: said where YAML is read.
    ("text/bidi-control", "yaml/bidi-control"),
    ("text/line-separator", "yaml/line-separator"),
    // `confetti: yes`: a warning that offers quotation marks, where true is meant.
    ("yaml/ambiguous-scalar", "schema/wrong-type"),
]

private func causes(of warning: String) -> [String] { causes.filter { $0.warning == warning }.map(\.error) }

/// One cause, one finding: without the warnings inside whose place another finding stands that has the same cause.
func oneFindingPerCause(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
    guard diagnostics.contains(where: { !causes(of: $0.id).isEmpty }) else { return diagnostics }
    struct Place: Hashable {
        var id: String
        var file: String
    }
    var errors: [Place: [Span]] = [:]
    for diagnostic in diagnostics where causes.contains(where: { $0.error == diagnostic.id }) {
        errors[Place(id: diagnostic.id, file: diagnostic.primary.file), default: []].append(diagnostic.primary.span)
    }
    for place in errors.keys { errors[place]?.sort() }
    return diagnostics.filter { warning in
        !causes(of: warning.id).contains { cause in
            errors[Place(id: cause, file: warning.primary.file)].map { holds($0, within: warning.primary.span) }
                ?? false
        }
    }
}

/// Whether one of the sorted spans lies within `outer`.
private func holds(_ spans: [Span], within outer: Span) -> Bool {
    var low = 0
    var high = spans.count
    while low < high {
        let middle = (low + high) / 2
        if spans[middle].start < outer.start { low = middle + 1 } else { high = middle }
    }
    while low < spans.count, spans[low].start <= outer.end {
        if spans[low].end <= outer.end { return true }
        low += 1
    }
    return false
}
