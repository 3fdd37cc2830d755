import ByteText
import PlacardMarkdown
import SourceDiagnostics

// `＊重要＊` and `～～旧价～～`: the signs of East Asian keyboards (U+FF0A, U+FF5E), which are no marks to Markdown.

extension PatternText {
    /// Reports pairs of full-width marks around words.
    func wideMarks(_ source: [UInt8]) -> [EmphasisSlip] {
        guard tree.holds(0xEF) else { return [] }
        var slips: [EmphasisSlip] = []
        for node in tree.nodes where node.kind == .text {
            var open: (sign: UInt8, span: Span)?
            var index = node.span.start
            let end = min(node.span.end, source.count)
            while index + 2 < end, slips.count < textDiagnosticLimit {
                guard let sign = wideSign(source, index) else {
                    index += 1
                    continue
                }
                let start = index
                while index < end, wideSign(source, index) == sign { index += 3 }
                let run = Span(start, index)
                guard let first = open, first.sign == sign, first.span.length == run.length,
                    let mark = Mark.of(sign, run.length / 3), isWords(source, Span(first.span.end, run.start))
                else {
                    open = (sign, run)
                    continue
                }
                slips.append(EmphasisSlip(.wideMarks(first.span, run, mark), block: Int(node.parent)))
                open = nil
            }
        }
        return slips
    }

    /// `*` and `~` for the signs that look like them.
    private func wideSign(_ source: [UInt8], _ index: Int) -> UInt8? {
        guard source[index] == 0xEF, index + 2 < source.count else { return nil }
        if source[index + 1] == 0xBC, source[index + 2] == 0x8A { return 0x2A }
        return source[index + 1] == 0xBD && source[index + 2] == 0x9E ? 0x7E : nil
    }

    /// Whether words begin and end right beside the marks; numbers are what signs stand between.
    private func isWords(_ source: [UInt8], _ inside: Span) -> Bool {
        guard !inside.isEmpty else { return false }
        let first = decodedScalar(source, inside.start, inside.end).value
        var last = inside.end - 1
        while last > inside.start, source[last] & 0xC0 == 0x80 { last -= 1 }
        let final = decodedScalar(source, last, inside.end).value
        return [first, final].allSatisfy {
            $0 > 0x20 && $0 != 0x3000 && !isPunctuation($0) && !(0x30...0x39).contains($0)
                && !(0xFF10...0xFF19).contains($0)
        }
    }
}
