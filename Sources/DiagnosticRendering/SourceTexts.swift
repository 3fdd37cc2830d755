import SourceDiagnostics

/// One file and where its lines begin.
struct SourceText {
    let bytes: [UInt8]
    let index: LineIndex
    /// How many UTF-16 code units and scalars stand before every ``pace``th byte, so that a place far behind in a line
    /// of megabytes is found at once.
    private let counts: [(utf16: Int, scalar: Int)]

    private static let pace = 1024

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        index = LineIndex(bytes)
        var counts = [(utf16: 0, scalar: 0)]
        var start = 0
        while start + SourceText.pace <= bytes.count {
            let (utf16, scalar) = SourceText.count(bytes, start..<start + SourceText.pace)
            start += SourceText.pace
            counts.append((counts[counts.count - 1].utf16 + utf16, counts[counts.count - 1].scalar + scalar))
        }
        self.counts = counts
    }

    /// Whether it is no text, such as an image.
    var isBinary: Bool { bytes.prefix(1024).contains(0) }

    /// Line and column, both from 1, of `offset`.
    func position(of offset: Int, unit: LineIndex.ColumnUnit) -> (line: Int, column: Int) {
        let line = index.line(at: offset)
        let start = index.lineStarts[line - 1]
        let end = min(max(offset, start), bytes.count)
        switch unit {
        case .utf8: return (line, 1 + end - start)
        case .utf16: return (line, 1 + count(before: end).utf16 - count(before: start).utf16)
        case .scalar: return (line, 1 + count(before: end).scalar - count(before: start).scalar)
        }
    }

    private func count(before offset: Int) -> (utf16: Int, scalar: Int) {
        let index = offset / SourceText.pace
        let (utf16, scalar) = SourceText.count(bytes, index * SourceText.pace..<offset)
        return (counts[index].utf16 + utf16, counts[index].scalar + scalar)
    }

    private static func count(_ bytes: [UInt8], _ range: Range<Int>) -> (utf16: Int, scalar: Int) {
        var utf16 = 0
        var scalar = 0
        for index in range {
            let byte = bytes[index]
            if byte & 0xC0 != 0x80 { scalar += 1 }
            if byte >= 0xF0 { utf16 += 1 }
        }
        return (utf16 + scalar, scalar)
    }

    /// The nearest place at or before `offset` that does not split a character's bytes.
    func boundary(_ offset: Int) -> Int {
        var offset = min(max(offset, 0), bytes.count)
        while offset > 0, offset < bytes.count, bytes[offset] & 0xC0 == 0x80 { offset -= 1 }
        return offset
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

/// The files of a project; each is indexed once, and only when a diagnostic points into it.
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
