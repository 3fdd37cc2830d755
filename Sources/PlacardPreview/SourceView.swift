import ByteText
import CanonicalJSON
import SourceDiagnostics

/// The files of a message as their authors wrote them, with line numbers, and a mark where something was found.
struct SourceView {
    let message: PreviewMessage

    /// Bytes of source on one page; what is longer is cut, and says so.
    static let maximumBytes = 16 * 1024
    /// Bytes that a page has before its last file at most: sources give way to pictures, but not wholly.
    static let pageBudget = 54 * 1024
    static let minimumBytes = 2 * 1024

    func write(into page: inout ByteBuffer) {
        guard !message.sources.isEmpty else { return }
        page.append(html: "<section aria-labelledby=\"source\"><h2 id=\"source\">Source</h2><div class=\"files\">\n")
        var written = 0
        for (index, source) in message.sources.enumerated() {
            // What marks and names take counts, too.
            let room = max(SourceView.minimumBytes - written, SourceView.pageBudget - page.count)
            let left = min(SourceView.maximumBytes - written, room)
            // A file that would show nothing but its name is left out.
            guard left > 0 else {
                page.append(html: "<p class=\"none\">")
                page.append(number: message.sources.count - index)
                page.append(html: " more files are not shown here.</p>\n")
                break
            }
            page.append(html: "<details class=\"file\"><summary>")
            page.appendEscaped(source.path)
            page.append(html: "</summary>")
            var shown = min(left, source.text.count)
            written += shown
            // A character is shown whole or not at all.
            while shown > 0, shown < source.text.count, source.text[shown] & 0xC0 == 0x80 { shown -= 1 }
            lines(source, upTo: shown, into: &page)
            if shown < source.text.count {
                page.append(html: "<p class=\"none\">The rest, ")
                page.append(number: source.text.count - shown)
                page.append(html: " bytes, is only in the file.</p>")
            }
            page.append(html: "</details>\n")
        }
        page.append(html: "</div></section>\n")
    }

    private func lines(_ source: PreviewSource, upTo limit: Int, into page: inout ByteBuffer) {
        guard limit > 0 else { return }
        let marks = message.diagnostics.filter { $0.primary.file == source.path }.map(\.primary.span).sorted()
        page.append(html: "<pre class=\"src\" tabindex=\"0\" role=\"group\" aria-label=\"")
        page.appendEscaped(source.path)
        page.append(html: "\"><code>")
        if marks.isEmpty {
            source.text.withUnsafeBufferPointer {
                page.appendEscapedLines(UnsafeBufferPointer(rebasing: $0[..<limit]))
            }
        } else {
            marked(source.text, upTo: limit, marks, into: &page)
        }
        page.append(html: "</code></pre>")
    }

    private func marked(_ text: [UInt8], upTo limit: Int, _ marks: [Span], into page: inout ByteBuffer) {
        let index = LineIndex(text)
        var nextMark = 0
        for line in 1...index.lineStarts.count {
            guard let span = index.span(ofLine: line, in: text), span.start < limit else { break }
            page.append(html: "<i></i>")
            write(text, Span(span.start, min(span.end, limit)), marks, &nextMark, into: &page)
            page.append(0x0A)
        }
    }

    /// One line, with `<mark>` around what diagnostics point at; overlapping marks are joined to the first.
    private func write(
        _ text: [UInt8], _ line: Span, _ marks: [Span], _ nextMark: inout Int, into page: inout ByteBuffer
    ) {
        var at = line.start
        while nextMark < marks.count, marks[nextMark].start <= line.end {
            let start = max(at, min(scalarStart(text, marks[nextMark].start), line.end))
            let end = max(start, min(scalarStart(text, max(marks[nextMark].end, marks[nextMark].start + 1)), line.end))
            nextMark += 1
            page.appendEscaped(text[at..<start])
            if end > start {
                page.append(html: "<mark>")
                page.appendEscaped(text[start..<end])
                page.append(html: "</mark>")
            }
            at = end
        }
        page.appendEscaped(text[at..<line.end])
    }

    private func scalarStart(_ text: [UInt8], _ offset: Int) -> Int {
        var offset = min(max(0, offset), text.count)
        while offset < text.count, offset > 0, text[offset] & 0xC0 == 0x80 { offset += 1 }
        return offset
    }
}
