import PlacardMarkdown
import SourceDiagnostics

extension PatternText {
    /// Reports headings of a level that nothing leads to: a text that begins with `###`, or `#` followed by `###`. Those who hear a
    /// page find their way by its headings, and look in vain for what was left out (WCAG 2.2, techniques H42 and G141).
    ///
    /// The title stands above the text, so that both `#` and `##` may come first.
    func checkHeadingOrder(_ source: [UInt8], _ diagnostics: inout [Diagnostic]) {
        let headings = tree.nodes.filter { $0.kind == .heading }
        var previous: Int?
        for (place, heading) in headings.enumerated() {
            let level = Int(heading.number)
            let expected = (previous ?? 1) + 1
            if level > expected {
                // What stands below it moves with it.
                let section = headings[place...].prefix { Int($0.number) >= level }
                let edits = section.compactMap {
                    marks($0, source).map { Edit(Span($0.start, $0.start + level - expected), "") }
                }
                diagnostics.append(
                    .skippedHeading(
                        level, after: previous, expected: expected, at: marks(heading, source) ?? heading.span,
                        edits: edits.count == section.count ? edits : []))
            }
            previous = level
        }
    }

    /// The `#` that a heading begins with; nil of one that is underlined.
    private func marks(_ heading: MarkdownNode, _ source: [UInt8]) -> Span? {
        let start = heading.span.start
        guard start < source.count else { return nil }
        let count = source[start...].prefix { $0 == 0x23 }.count
        return count > 0 ? Span(start, start + count) : nil
    }
}
