import SourceDiagnostics

extension Diagnostic {
    /// - Parameter start: where the value begins.
    static func oddQuote(_ mark: OddMark, at start: Int) -> Diagnostic {
        let span = Span(start + mark.offset, start + mark.offset + 1)
        let title = mark.replacement.isEmpty ? "leave it out" : "write `\(mark.replacement)`"
        return Diagnostic(
            "yaml/visible-quotes", .warning, "the quotation mark `\"` has no partner, and is a part of the value",
            at: Label(span), notes: ["readers would see it"],
            fixIts: [FixIt(title, edits: [Edit(span, mark.replacement)], .unsafe)])
    }

    static func visibleQuotes(_ quotes: VisibleQuotes, of value: String, at span: Span) -> Diagnostic {
        let keeping = FixIt("keep what is there, in straight marks", edits: [Edit(span, quoted(value))], .unsafe)
        guard let lone = quotes.lone else {
            return Diagnostic(
                "yaml/visible-quotes", .warning, "the quotation marks around the value are a part of it",
                at: Label(span),
                notes: ["only `\"…\"` and `'…'` put a value into quotes; readers would see these marks"],
                fixIts: [FixIt("write straight marks", edits: [Edit(span, quoted(quotes.text))], .unsafe), keeping])
        }
        let width = UTF8.width(lone)
        let mark = quotes.isFirst ? Span(span.start, span.start + width) : Span(span.end - width, span.end)
        return Diagnostic(
            "yaml/visible-quotes", .warning, "the quotation mark `\(lone)` has no partner, and is a part of the value",
            at: Label(mark), notes: ["readers would see it"],
            fixIts: [FixIt("leave it out", edits: [Edit(mark, "")], .unsafe), keeping])
    }
}
