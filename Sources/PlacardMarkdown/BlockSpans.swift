import ByteText
import CCMarkGFM
import CanonicalJSON
import SourceDiagnostics

// Spans of blocks, and the place of a leaf block's text in the source.

extension MarkdownTreeBuilder {
    /// Gives a block its span and properties; for one that holds inline text, points the walk at that text.
    mutating func openBlock(_ node: OpaquePointer, _ kind: MarkdownKind, _ index: Int) -> Closing {
        let span = blockSpan(node)
        tree.nodes[index].span = span
        switch kind {
        case .paragraph:
            enterContent(of: node)
            locateParagraph(node)
            finishContent(index)
            return .block
        case .heading:
            tree.nodes[index].number = Int32(cmark_node_get_heading_level(node))
            enterContent(of: node)
            locateHeading(node)
            finishContent(index)
            let isOneLine = cmark_node_get_end_line(node) == cmark_node_get_start_line(node)
            let line = lineRange(Int(cmark_node_get_start_line(node)))
            tree.nodes[index].span = trimmed(isOneLine ? Span(span.start, line.upperBound) : span)
            return .block
        case .tableCell:
            openCell(node, index)
            return .block
        case .table:
            tree.nodes[index].span = Span(tableStart(node), trimmed(span).end)
            return .block
        case .tableRow:
            let line = rowLine(node)
            tree.nodes[index].span = lineSpan(line)
            if cmark_gfm_extensions_get_table_row_is_header(node) != 0 { tree.nodes[index].flags.insert(.header) }
            return .block
        case .codeBlock:
            tree.nodes[index].literal = store(cmark_node_get_literal(node))
            tree.nodes[index].destination = store(cmark_node_get_fence_info(node))
            var length: Int32 = 0
            var offset: Int32 = 0
            var character: CChar = 0
            if cmark_node_get_fenced(node, &length, &offset, &character) != 0 {
                tree.nodes[index].flags.insert(.fenced)
            }
            tree.nodes[index].span = trimmed(span)
            return .block
        case .htmlBlock:
            tree.nodes[index].literal = store(cmark_node_get_literal(node))
            tree.nodes[index].span = htmlSpan(from: span.start, Int(cmark_node_get_start_line(node)), index)
            return .block
        case .thematicBreak:
            tree.nodes[index].span = trimmed(span)
            return .block
        case .list:
            if cmark_node_get_list_type(node) == CMARK_ORDERED_LIST {
                tree.nodes[index].flags.insert(.ordered)
                tree.nodes[index].number = cmark_node_get_list_start(node)
            }
            if cmark_node_get_list_tight(node) != 0 { tree.nodes[index].flags.insert(.tight) }
            return .container
        case .item:
            if let tasklist = CMark.library.tasklist, cmark_node_get_syntax_extension(node) == tasklist {
                tree.nodes[index].flags.insert(.task)
                if cmark_gfm_extensions_get_tasklist_item_checked(node) { tree.nodes[index].flags.insert(.checked) }
            }
            return .container
        case .footnoteDefinition:
            storeFootnoteLabel(index)
            return .container
        default: return .container
        }
    }

    /// cmark ends a block of HTML that ends with `-->` and the like a line too early: its text tells how many it has.
    private func htmlSpan(from start: Int, _ line: Int, _ index: Int) -> Span {
        var text = tree.slice(tree.nodes[index].literal)
        while let last = text.last, last <= 0x20 { text.removeLast() }
        var end = line
        for byte in text where byte == 0x0A { end += 1 }
        return trimmed(Span(start, lineRange(end).upperBound))
    }

    /// Ends a container where its last child ends; one without children ends at its last visible character.
    mutating func closeContainer(_ index: Int) {
        var child = tree.nodes[index].firstChild
        guard child >= 0 else {
            tree.nodes[index].span = trimmed(tree.nodes[index].span)
            return
        }
        var span = Span(tree.nodes[index].span.start, tree.nodes[index].span.start)
        while child >= 0 {
            span.end = max(span.end, tree.nodes[Int(child)].span.end)
            child = tree.nodes[Int(child)].nextSibling
        }
        tree.nodes[index].span = span
    }

    /// cmark places a fenced block and a heading with a line below one line too far when something follows at once:
    /// cuts what ends behind the start of the block that comes next.
    mutating func cut(_ index: Int, before start: Int) {
        var index = Int32(truncatingIfNeeded: index)
        while index >= 0, tree.nodes[Int(index)].span.end > start, tree.nodes[Int(index)].span.start < start {
            tree.nodes[Int(index)].span = trimmed(Span(tree.nodes[Int(index)].span.start, start))
            var last = tree.nodes[Int(index)].firstChild
            while last >= 0, tree.nodes[Int(last)].nextSibling >= 0 { last = tree.nodes[Int(last)].nextSibling }
            index = last
        }
    }

    /// A definition begins behind its label for cmark; the label stands before it on the line.
    private mutating func storeFootnoteLabel(_ index: Int) {
        var end = tree.nodes[index].span.start
        while end > 0, source[end - 1] != 0x5D, source[end - 1] != 0x0A { end -= 1 }
        var start = end
        while start > 1, source[start - 1] != 0x0A, !(source[start - 1] == 0x5E && source[start - 2] == 0x5B) {
            start -= 1
        }
        guard start < end, start >= 2 else { return }
        let first = Int32(truncatingIfNeeded: tree.bytes.count)
        tree.bytes.append(contentsOf: source[start..<end - 1])
        tree.nodes[index].literal = first..<Int32(truncatingIfNeeded: tree.bytes.count)
        tree.nodes[index].span.start = start - 2
    }

    // MARK: Lines and columns

    /// The span that cmark gives a block, in bytes of the source.
    private func blockSpan(_ node: OpaquePointer) -> Span {
        let start = offset(line: Int(cmark_node_get_start_line(node)), column: Int(cmark_node_get_start_column(node)))
        let end = offset(line: Int(cmark_node_get_end_line(node)), column: Int(cmark_node_get_end_column(node)) + 1)
        return Span(start, end)
    }

    private func offset(line: Int, column: Int) -> Int {
        let line = lineRange(line)
        return min(line.lowerBound + max(0, column - 1), line.upperBound)
    }

    /// The bytes of a line, counted from 1 and without its end; the nearest line for a number out of range.
    func lineRange(_ line: Int) -> Range<Int> {
        let index = min(max(line - 1, 0), lineStarts.count - 1)
        let start = Int(lineStarts[index])
        var end = index + 1 < lineStarts.count ? Int(lineStarts[index + 1]) : source.count
        while end > start, source[end - 1] == 0x0A || source[end - 1] == 0x0D { end -= 1 }
        return start..<end
    }

    /// A line without the white space around it.
    private func lineSpan(_ line: Int) -> Span {
        let range = lineRange(line)
        var start = range.lowerBound
        while start < range.upperBound, source[start] == 0x20 || source[start] == 0x09 { start += 1 }
        return trimmed(Span(start, range.upperBound))
    }

    /// The span without white space at its end.
    func trimmed(_ span: Span) -> Span {
        var end = min(span.end, source.count)
        while end > span.start, isWhiteSpace(source[end - 1]) { end -= 1 }
        return Span(span.start, end)
    }

    private func isWhiteSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || (0x09...0x0D).contains(byte)
    }

    // MARK: Content

    /// Takes the text that cmark parsed as the inline content of `node`.
    mutating func enterContent(of node: OpaquePointer) {
        runs.removeAll(keepingCapacity: true)
        position = 0
        wideLines.reset()
        // Where nothing was added to it, cmark's buffer holds what its memory held before.
        guard cmark_node_first_child(node) != nil, let text = cmark_node_get_string_content(node) else {
            content = UnsafeBufferPointer(start: nil, count: 0)
            return
        }
        var count = length(of: text)
        while count > 0, isWhiteSpace(UInt8(bitPattern: text[count - 1])) { count -= 1 }
        content = text.withMemoryRebound(to: UInt8.self, capacity: count) {
            UnsafeBufferPointer(start: $0, count: count)
        }
    }

    /// Records where the content stands, and makes it the block's span.
    private mutating func finishContent(_ index: Int) {
        guard let first = runs.first, let last = runs.last else { return }
        let start = Int32(truncatingIfNeeded: tree.contentLines.count)
        for run in runs { tree.contentLines.append(Span(run.source, run.source + run.length)) }
        tree.nodes[index].contentLines = start..<Int32(truncatingIfNeeded: tree.contentLines.count)
        tree.nodes[index].span = Span(first.source, last.source + last.length)
    }

    /// Finds the lines of a paragraph: the last lines of its block, for definitions of references may precede them.
    private mutating func locateParagraph(_ node: OpaquePointer) {
        let lines = contentLineCount()
        var last = Int(cmark_node_get_end_line(node))
        if cmark_node_get_start_line(node) == 0, let table = cmark_node_next(node) {
            // A paragraph that a table cut off; its lines end above the table's head.
            last = headerLine(table) - 1
        }
        locateLines(endingAt: last, count: lines, notBefore: Int(cmark_node_get_start_line(node)))
    }

    private mutating func locateHeading(_ node: OpaquePointer) {
        let first = Int(cmark_node_get_start_line(node))
        let last = Int(cmark_node_get_end_line(node))
        if last > first {
            locateLines(endingAt: last - 1, count: contentLineCount(), notBefore: first)
            return
        }
        let line = lineRange(first)
        var start = min(line.lowerBound + Int(cmark_node_get_start_column(node)) - 1, line.upperBound)
        while start < line.upperBound, source[start] == 0x23 { start += 1 }
        while start < line.upperBound, source[start] == 0x20 || source[start] == 0x09 { start += 1 }
        if start + content.count <= line.upperBound, matches(content: 0, source: start, count: content.count) {
            runs.append(Run(content: 0, source: start, length: content.count))
        } else if !content.isEmpty {
            misaligned += 1
        }
    }

    private func contentLineCount() -> Int {
        var count = 1
        var end = lineEnd(from: 0)
        while end < content.count {
            count += 1
            end = lineEnd(from: end + 1)
        }
        return count
    }

    private func lineEnd(from start: Int) -> Int {
        content.firstIndex(from: start, marks: { $0.equal(0x0A) }, where: { $0 == 0x0A })
    }

    /// Matches each line of the content with the end of a line of the source.
    private mutating func locateLines(endingAt last: Int, count: Int, notBefore first: Int) {
        guard !content.isEmpty else { return }
        var candidate = last - count + 1
        while candidate >= max(1, first) {
            if locateLines(from: candidate) { return }
            candidate -= 1
        }
        misaligned += 1
        runs.removeAll(keepingCapacity: true)
    }

    private mutating func locateLines(from first: Int) -> Bool {
        runs.removeAll(keepingCapacity: true)
        var start = 0
        var line = first
        while start <= content.count {
            let end = lineEnd(from: start)
            guard line <= lineStarts.count, locateLine(start..<end, in: lineRange(line)) else { return false }
            start = end + 1
            line += 1
        }
        return true
    }

    private mutating func locateLine(_ part: Range<Int>, in line: Range<Int>) -> Bool {
        var end = line.upperBound
        while true {
            let start = end - part.count
            if start >= line.lowerBound, matches(content: part.lowerBound, source: start, count: part.count) {
                runs.append(Run(content: part.lowerBound, source: start, length: part.count))
                return true
            }
            if end > line.lowerBound, isWhiteSpace(source[end - 1]) {
                end -= 1
            } else {
                break
            }
        }
        // In what a table cut off, `\|` has become `|`.
        var start = line.lowerBound
        while start < line.upperBound {
            let count = runs.count
            if locateEscaped(part, from: start, upTo: line.upperBound) { return true }
            runs.removeSubrange(count...)
            start += 1
        }
        return false
    }

    func matches(content offset: Int, source start: Int, count: Int) -> Bool {
        guard count > 0, let content = content.baseAddress, let source = source.baseAddress else { return count == 0 }
        return isSame(content + offset, source + start, count)
    }

    /// Matches content with source in which `|` is written `\|`; adds the runs.
    mutating func locateEscaped(_ part: Range<Int>, from start: Int, upTo end: Int) -> Bool {
        var run = Run(content: part.lowerBound, source: start, length: 0)
        var place = start
        for index in part {
            if place + 1 < end, source[place] == 0x5C, source[place + 1] == 0x7C {
                if run.length > 0 { runs.append(run) }
                place += 1
                run = Run(content: index, source: place, length: 0)
            }
            guard place < end, source[place] == content[index] else { return false }
            place += 1
            run.length += 1
        }
        runs.append(run)
        while place < end, isWhiteSpace(source[place]) { place += 1 }
        return place == end
    }
}
