import ByteText
import SourceDiagnostics

/// Decodes a literal or folded block scalar (YAML 1.2.2, section 8.1) line by line.
///
/// How it ends (the chomping indicator) does not matter here: the result keeps every final line break, and the caller cuts
/// it to the length of the text.
struct BlockScalarDecoder {
    let source: [UInt8]
    let raw: Span
    let isFolded: Bool

    private struct Line {
        /// Without the line break.
        var span: Span
        var lineBreak: Span
        /// How many spaces it begins with.
        var spaces: Int

        var isBlank: Bool { spaces == span.length }
    }

    /// One result for each indentation that the content may have.
    ///
    /// An explicit indicator counts from the parent's indentation, which is not known here, so that every deeper one is tried.
    func candidates() -> [DecodedText] {
        let (indicator, lines) = parts()
        guard let first = lines.firstIndex(where: { !$0.isBlank }) else { return [decode(lines, indentation: Int.max)] }
        guard let indicator else {
            // Leading blank lines may be deeper than the text only by mistake; libyaml counts them in.
            let deepest = lines[...first].map(\.spaces).max() ?? 0
            return [decode(lines, indentation: deepest)]
        }
        let most = lines.filter { !$0.isBlank }.map(\.spaces).min() ?? 0
        guard indicator <= most else { return [] }
        return (indicator...most).map { decode(lines, indentation: $0) }
    }

    private func parts() -> (indicator: Int?, lines: [Line]) {
        var offset = raw.start
        var indicator: Int?
        var isComment = false
        while offset < raw.end, !isBreak(source[offset]) {
            if source[offset] == 0x23 { isComment = true }
            if !isComment, source[offset].isASCIIDigit { indicator = Int(source[offset] - 0x30) }
            offset += 1
        }
        if offset < raw.end { offset = pastBreak(source, offset) }
        var lines: [Line] = []
        while offset < raw.end {
            let start = offset
            while offset < raw.end, source[offset] == 0x20 { offset += 1 }
            let spaces = offset - start
            while offset < raw.end, !isBreak(source[offset]) { offset += 1 }
            let end = offset
            if offset < raw.end { offset = pastBreak(source, offset) }
            lines.append(Line(span: Span(start, end), lineBreak: Span(end, min(offset, raw.end)), spaces: spaces))
        }
        return (indicator, lines)
    }

    private func decode(_ lines: [Line], indentation: Int) -> DecodedText {
        var text = DecodedText()
        // Line breaks seen since the last line with content; the first of them is that line's own.
        var breaks: [Span] = []
        var hasContent = false
        var isMoreIndented = false
        for line in lines {
            let cut = min(indentation, line.spaces)
            let content = Span(line.span.start + cut, line.span.end)
            guard !content.isEmpty else {
                breaks.append(line.lineBreak)
                continue
            }
            let startsBlank = source[content.start] == 0x20 || source[content.start] == 0x09
            let folds = isFolded && hasContent && !isMoreIndented && !startsBlank
            flush(&breaks, folds: folds, into: &text)
            for index in content.start..<content.end { text.copy(source[index], at: index) }
            breaks = [line.lineBreak]
            hasContent = true
            isMoreIndented = startsBlank
        }
        flush(&breaks, folds: false, into: &text)
        return text
    }

    /// Writes the line breaks; a folded one is a space, or nothing before empty lines.
    private func flush(_ breaks: inout [Span], folds: Bool, into text: inout DecodedText) {
        if folds, breaks.count == 1 {
            text.append([0x20], outer: breaks[0])
        } else {
            for span in breaks.dropFirst(folds ? 1 : 0) { text.append([0x0A], outer: span) }
        }
        breaks.removeAll()
    }
}
