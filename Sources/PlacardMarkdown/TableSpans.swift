import CCMarkGFM
import SourceDiagnostics

// cmark's positions of a table: the lines of its body rows are right, all else has to be found.

extension MarkdownTreeBuilder {
    /// The line of a table's head, from 1.
    func headerLine(_ table: OpaquePointer) -> Int {
        let header = cmark_node_first_child(table)
        if let body = cmark_node_next(header) { return Int(cmark_node_get_start_line(body)) - 2 }
        return Int(cmark_node_get_end_line(table)) - 1
    }

    /// The line of a row, from 1.
    func rowLine(_ row: OpaquePointer) -> Int {
        guard cmark_gfm_extensions_get_table_row_is_header(row) != 0, let table = cmark_node_parent(row) else {
            return Int(cmark_node_get_start_line(row))
        }
        return headerLine(table)
    }

    func tableStart(_ table: OpaquePointer) -> Int {
        rowStart(cmark_node_first_child(table))
    }

    /// Where a row's text begins on its line, behind the markers of its containers: the first place from which the
    /// line splits into the very cells that cmark found.
    private func rowStart(_ row: OpaquePointer?) -> Int {
        guard let row else { return 0 }
        let line = lineRange(rowLine(row))
        var start = line.lowerBound
        while start < line.upperBound {
            while start < line.upperBound, source[start] == 0x20 || source[start] == 0x09 { start += 1 }
            if cells(of: row, matchFrom: start, upTo: line.upperBound) { return start }
            start += 1
        }
        return line.lowerBound
    }

    private func cells(of row: OpaquePointer, matchFrom start: Int, upTo end: Int) -> Bool {
        var splitter = RowSplitter(source: source, offset: start, end: end)
        var cell = cmark_node_first_child(row)
        while let current = cell {
            let range = splitter.next()
            if cmark_node_first_child(current) == nil {
                if let range, !range.isEmpty { return false }
            } else {
                guard let range, let text = cmark_node_get_string_content(current), equals(text, range) else {
                    return false
                }
            }
            cell = cmark_node_next(current)
        }
        return true
    }

    /// Whether a cell's text is what stands in `range`, but for `\|`.
    private func equals(_ text: UnsafePointer<CChar>, _ range: Range<Int>) -> Bool {
        var place = range.lowerBound
        var index = 0
        while place < range.upperBound {
            if source[place] == 0x5C, place + 1 < range.upperBound, source[place + 1] == 0x7C { place += 1 }
            guard UInt8(bitPattern: text[index]) == source[place] else { return false }
            index += 1
            place += 1
        }
        return text[index] == 0
    }

    /// Finds a cell in its row, and points the walk at its text.
    mutating func openCell(_ cell: OpaquePointer, _ index: Int) {
        enterContent(of: cell)
        guard let row = cmark_node_parent(cell), let table = cmark_node_parent(row) else { return }
        var column = 0
        var previous = cmark_node_previous(cell)
        while let current = previous {
            column += 1
            previous = cmark_node_previous(current)
        }
        tree.nodes[index].number = alignment(table, column).rawValue
        let line = lineRange(rowLine(row))
        let begin = column == 0 ? rowStart(row) : tree.nodes[Int(tree.nodes[index].parent)].span.start
        if column == 0 { tree.nodes[Int(tree.nodes[index].parent)].span.start = begin }
        var splitter = RowSplitter(source: source, offset: begin, end: line.upperBound)
        var range: Range<Int>?
        for _ in 0...column { range = splitter.next() }
        guard let range else {
            tree.nodes[index].span = Span(at: tree.nodes[Int(tree.nodes[index].parent)].span.end)
            if !content.isEmpty { misaligned += 1 }
            return
        }
        tree.nodes[index].span = Span(range.lowerBound, range.upperBound)
        guard !content.isEmpty else { return }
        guard locateEscaped(0..<content.count, from: range.lowerBound, upTo: range.upperBound) else {
            misaligned += 1
            runs.removeAll(keepingCapacity: true)
            return
        }
        let start = Int32(truncatingIfNeeded: tree.contentLines.count)
        tree.contentLines.append(Span(range.lowerBound, range.upperBound))
        tree.nodes[index].contentLines = start..<start + 1
    }

    private func alignment(_ table: OpaquePointer, _ column: Int) -> MarkdownNode.Alignment {
        guard column < Int(cmark_gfm_extensions_get_table_columns(table)),
            let alignments = cmark_gfm_extensions_get_table_alignments(table)
        else { return .none }
        switch alignments[column] {
        case 0x6C: return .left
        case 0x63: return .center
        case 0x72: return .right
        default: return .none
        }
    }
}

/// Cuts a row of a table into its cells, as GFM's extension does: at each `|` without a backslash before it.
private struct RowSplitter {
    let source: UnsafeBufferPointer<UInt8>
    var offset: Int
    let end: Int

    init(source: UnsafeBufferPointer<UInt8>, offset: Int, end: Int) {
        self.source = source
        self.offset = offset
        self.end = end
        if offset < end, source[offset] == 0x7C { self.offset += 1 }
    }

    /// The next cell without the white space around it; nil behind the last.
    mutating func next() -> Range<Int>? {
        var start = offset
        while start < end, isSpace(source[start]) { start += 1 }
        guard start < end else { return nil }
        var stop = start
        while stop < end, source[stop] != 0x7C || (stop > offset && source[stop - 1] == 0x5C) { stop += 1 }
        offset = stop < end ? stop + 1 : stop
        while stop > start, isSpace(source[stop - 1]) { stop -= 1 }
        return start..<stop
    }

    private func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || (0x09...0x0D).contains(byte)
    }
}
