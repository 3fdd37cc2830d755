import SourceDiagnostics

/// Warnings about YAML that an error about what it means makes needless: what is warned of, and the error.
private let causes: [(warning: String, error: String)] = [
    // An escape in a text: the error is at the very escape, and can be mended.
    ("yaml/escaped-control", "text/control-character"),
    // `confetti: yes`: a warning that offers quotation marks, where true is meant.
    ("yaml/ambiguous-scalar", "schema/wrong-type"),
]

private func cause(of warning: String) -> String? { causes.first { $0.warning == warning }?.error }

/// One cause, one finding: without the warnings inside whose place an error stands that has the same cause.
func oneFindingPerCause(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
    guard diagnostics.contains(where: { cause(of: $0.id) != nil }) else { return diagnostics }
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
        guard let cause = cause(of: warning.id),
            let spans = errors[Place(id: cause, file: warning.primary.file)]
        else { return true }
        return !holds(spans, within: warning.primary.span)
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
