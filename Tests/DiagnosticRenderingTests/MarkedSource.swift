import DiagnosticRendering
import SourceDiagnostics
import Testing

/// A source text in which `⟦` and `⟧` stand around the spans that a test talks about.
struct MarkedSource {
    var text: String
    /// In the order of their opening marks.
    var spans: [Span]

    init(_ marked: String) {
        var bytes: [UInt8] = []
        var spans: [Span] = []
        var open: [Int] = []
        for scalar in marked.unicodeScalars {
            switch scalar {
            case "⟦":
                open.append(spans.count)
                spans.append(Span(at: bytes.count))
            case "⟧":
                if let index = open.popLast() { spans[index].end = bytes.count }
            default: bytes.append(contentsOf: String(scalar).utf8)
            }
        }
        text = String(decoding: bytes, as: UTF8.self)
        self.spans = spans
    }

    var bytes: [UInt8] { Array(text.utf8) }
}

/// Renders one diagnostic at the first mark of `marked` for a person and compares the whole text.
func check(
    _ marked: String, label: String = "", secondary: [String] = [], notes: [String] = [], fixIts: [FixIt] = [],
    options: RenderingOptions = RenderingOptions(), shows expected: String,
    at location: SourceLocation = #_sourceLocation
) {
    let source = MarkedSource(marked)
    let labels = zip(source.spans.dropFirst(), secondary).map { Label(file: "a.md", $0, $1) }
    let diagnostic = Diagnostic(
        "area/name", .error, "something is wrong", at: Label(file: "a.md", source.spans[0], label), secondary: labels,
        notes: notes, fixIts: fixIts)
    let shown = render([diagnostic], files: ["a.md": source.bytes], as: .human, options: options).description
    if shown != expected + "\n" {
        Issue.record("shows\n\(shown)\ninstead of\n\(expected)", sourceLocation: location)
    }
}
