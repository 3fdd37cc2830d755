import SourceDiagnostics

/// One file and where its lines begin.
struct SourceText {
    let bytes: [UInt8]
    let index: LineIndex

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        index = LineIndex(bytes)
    }

    /// `span`, with both ends inside the text.
    func clamp(_ span: Span) -> Span {
        let start = min(max(span.start, 0), bytes.count)
        return Span(start, min(max(span.end, start), bytes.count))
    }

    /// The line of the last byte that `span` covers; of its place when it is empty.
    func lastLine(of span: Span) -> Int {
        index.line(at: max(span.start, span.end - 1))
    }

    /// The bytes of a line without its ending; empty at the end of the text for a line that is not there.
    func line(_ number: Int) -> Span {
        index.span(ofLine: number, in: bytes) ?? Span(at: bytes.count)
    }
}

/// The files of a project; each is indexed once, and only when a finding points into it.
struct SourceTexts {
    private let files: [String: [UInt8]]
    private var indexed: [String: SourceText] = [:]

    init(_ files: [String: [UInt8]]) {
        self.files = files
    }

    mutating func text(_ path: String) -> SourceText? {
        if let known = indexed[path] { return known }
        guard let bytes = files[path] else { return nil }
        let text = SourceText(bytes)
        indexed[path] = text
        return text
    }
}
