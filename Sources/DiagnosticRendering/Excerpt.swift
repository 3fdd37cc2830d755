import SourceDiagnostics

/// The lines of one file that a diagnostic's labels point into, with the rows of marks under them.
///
/// A span within a line is underlined; the first that goes over several lines gets a bar at the
/// left, as in rustc; any further one of those is underlined on its first line alone.
struct Excerpt {
    enum Row: Equatable {
        /// A source line; the margin holds the bar.
        case source(line: Int, margin: String, text: String)
        /// Marks under a source line, and what they say.
        case underline(margin: String, indentation: Int, marks: String, words: String, isPrimary: Bool)
        /// Lines left out.
        case omitted
    }

    private struct Mark {
        var span: Span
        var words: String
        var isPrimary: Bool
        var lines: ClosedRange<Int>
    }

    private let text: SourceText
    private let options: RenderingOptions
    private var marks: [Mark] = []
    private var bar: Mark?

    init(_ text: SourceText, options: RenderingOptions) {
        self.text = text
        self.options = options
    }

    mutating func add(_ label: Label, isPrimary: Bool) {
        let span = text.clamp(label.span)
        let first = text.index.line(at: span.start)
        let last = max(first, text.lastLine(of: span))
        let mark = Mark(span: span, words: label.text, isPrimary: isPrimary, lines: first...last)
        if first == last {
            marks.append(mark)
        } else if bar == nil {
            bar = mark
        } else {
            let end = text.line(first).end
            marks.append(
                Mark(span: Span(span.start, end), words: label.text, isPrimary: isPrimary, lines: first...first))
        }
    }

    func rows() -> [Row] {
        var rows: [Row] = []
        var previous: Int?
        for line in shownLines() {
            if let previous, line > previous + 1 { rows.append(.omitted) }
            rows.append(contentsOf: self.rows(ofLine: line))
            previous = line
        }
        return rows
    }

    /// The lines with marks, the ends of the long span, and single lines between two of those.
    private func shownLines() -> [Int] {
        var wanted = Set(marks.map { $0.lines.lowerBound })
        if let bar {
            let lines = bar.lines
            if lines.count <= shownLineLimit {
                wanted.formUnion(lines)
            } else {
                wanted.formUnion(lines.prefix(shownLineLimit / 2))
                wanted.formUnion(lines.suffix(shownLineLimit / 2 - 1))
            }
        }
        for line in wanted where wanted.contains(line + 2) { wanted.insert(line + 1) }
        return wanted.sorted()
    }

    private func rows(ofLine line: Int) -> [Row] {
        let here = marks.filter { $0.lines.lowerBound == line }
            .sorted { ($0.isPrimary ? 0 : 1, $0.span) < ($1.isPrimary ? 0 : 1, $1.span) }
        let cells = LineCells(
            text.bytes, line: text.line(line), focus: here.first?.span ?? focusOfBar(line), tabWidth: options.tabWidth,
            width: options.width - 8)
        let barStartsAtIndentation = bar.map { cells.column(startingAt: $0.span.start) <= cells.indentation } ?? false
        var rows: [Row] = []
        rows.append(.source(line: line, margin: margin(line, barStartsAtIndentation), text: cells.text))
        if let bar, line == bar.lines.lowerBound, !barStartsAtIndentation {
            let marks = String(repeating: "_", count: cells.column(startingAt: bar.span.start) + 1) + "^"
            rows.append(.underline(margin: " ", indentation: 0, marks: marks, words: "", isPrimary: bar.isPrimary))
        }
        let isInside = bar.map { $0.lines.contains(line) } ?? false
        for mark in here {
            let margin = bar == nil ? "" : isInside ? "| " : "  "
            rows.append(underline(mark, cells, margin: margin))
        }
        if let bar, line == bar.lines.upperBound {
            let column = max(1, cells.column(endingAt: bar.span.end))
            let marks = "|" + String(repeating: "_", count: column) + "^"
            rows.append(
                .underline(margin: "", indentation: 0, marks: marks, words: bar.words, isPrimary: bar.isPrimary))
        }
        return rows
    }

    private func underline(_ mark: Mark, _ cells: LineCells, margin: String) -> Row {
        let start = cells.column(startingAt: mark.span.start)
        let end = mark.span.isEmpty ? start + 1 : max(start + 1, cells.column(endingAt: mark.span.end))
        let marks = String(repeating: mark.isPrimary ? "^" : "-", count: end - start)
        return .underline(
            margin: margin, indentation: start, marks: marks, words: mark.words, isPrimary: mark.isPrimary)
    }

    /// The two columns beside a line: the bar, its beginning, or room for it.
    private func margin(_ line: Int, _ startsAtIndentation: Bool) -> String {
        guard let bar else { return "" }
        if line == bar.lines.lowerBound { return startsAtIndentation ? "/ " : "  " }
        return bar.lines.contains(line) ? "| " : "  "
    }

    private func focusOfBar(_ line: Int) -> Span {
        guard let bar else { return Span(at: text.line(line).start) }
        if line == bar.lines.lowerBound { return Span(at: bar.span.start) }
        if line == bar.lines.upperBound { return Span(at: max(bar.span.start, bar.span.end - 1)) }
        return Span(at: text.line(line).start)
    }
}
