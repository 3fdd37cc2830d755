import ByteText
import CanonicalJSON
import SourceDiagnostics

// Most messages are a paragraph or two with a bold word, a link, a short list. cmark reads any Markdown there is, and
// this reads those: what a text without traps means can be told from its bytes in one pass. Whatever it is not certain
// of it leaves to cmark, which stays the reference: a test holds the trees of both together, on the specification's
// examples and on generated texts. Documentation/Decisions/cmark.md says what is read here.

/// Reads a text of simple constructs into the very tree that ``MarkdownTreeBuilder`` makes of cmark's.
///
/// Read here: paragraphs, also of several lines; headings with `#`; tight lists with `-` whose items are one line each;
/// `*emphasis*` and `**strong**` of whole words, not nested; code between single backticks; `[text](address)`.
struct SimpleDocument {
    let source: UnsafeBufferPointer<UInt8>
    let roles: [PlaceholderRole]
    let meanings = InlineMeaning.ofBytes
    var tree = MarkdownTree(nodes: [], bytes: [], contentLines: [])
    /// How often each sentinel is in the tree.
    var occurrences: [UInt16]

    var wideLines = WideLines()
    /// Characters that may open or close something.
    var delimiters = 0

    /// The document of `source`, well-formed UTF-8; nil when cmark is to read it.
    static func read(
        _ source: UnsafeBufferPointer<UInt8>, options: MarkdownOptions, roles: [PlaceholderRole]
    ) -> SimpleDocument? {
        let limits = options.limits
        guard source.count <= limits.bytes, limits.blockNesting >= 2, limits.depth >= 8,
            !options.extensions.contains(.footnotes), source.first != 0xEF
        else { return nil }
        var document = SimpleDocument(source, roles)
        guard document.blocks(), document.delimiters <= min(limits.delimiters, limits.brackets) else { return nil }
        return document
    }

    private init(_ source: UnsafeBufferPointer<UInt8>, _ roles: [PlaceholderRole]) {
        self.source = source
        self.roles = roles
        occurrences = [UInt16](repeating: 0, count: roles.count)
        tree.holdsSentinels = !roles.isEmpty
        tree.nodes.reserveCapacity(32)
        tree.bytes.reserveCapacity(source.count + 16)
    }

    // MARK: Blocks

    /// What the blocks before a line leave open.
    private enum Before {
        case nothing
        /// A list, directly before or with blank lines in between: another item would be one of the same list.
        case list
    }

    /// Reads all blocks; false to leave the text to cmark.
    private mutating func blocks() -> Bool {
        tree.nodes.append(MarkdownNode(kind: .document, parent: -1, span: Span(0, source.count)))
        var last: Int32 = -1
        var before = Before.nothing
        var index = 0
        while index < source.count {
            switch source[index] {
            case 0x0A: index += 1
            case 0x23:
                guard let end = heading(from: index, after: &last) else { return false }
                index = end
                before = .nothing
            case 0x2D:
                guard before == .nothing, let end = list(from: index, after: &last) else { return false }
                index = end
                before = .list
            default:
                guard let end = paragraph(from: index, after: &last) else { return false }
                index = end
                before = .nothing
            }
        }
        return true
    }

    /// Reads the paragraph whose first line begins at `start`; where it ends, nil to leave it to cmark.
    private mutating func paragraph(from start: Int, after last: inout Int32) -> Int? {
        let firstLine = Int32(truncatingIfNeeded: tree.contentLines.count)
        var line = start
        var end = start
        while line < source.count, source[line] != 0x0A {
            guard beginsText(line) else { return nil }
            end = lineEnd(from: line)
            tree.contentLines.append(Span(line, end))
            line = min(end + 1, source.count)
        }
        let index = tree.append(
            MarkdownNode(kind: .paragraph, parent: 0, span: Span(start, end)), after: &last)
        tree.nodes[Int(index)].contentLines = firstLine..<Int32(truncatingIfNeeded: tree.contentLines.count)
        return inlines(Span(start, end), of: index) ? line : nil
    }

    /// Reads `# heading`, also with one `#` behind it.
    private mutating func heading(from start: Int, after last: inout Int32) -> Int? {
        var index = start
        while index < source.count, source[index] == 0x23 { index += 1 }
        let level = index - start
        guard level <= 6, index + 1 < source.count, source[index] == 0x20 else { return nil }
        index += 1
        let end = lineEnd(from: index)
        var contentEnd = end
        if contentEnd - index > 2, source[contentEnd - 1] == 0x23, source[contentEnd - 2] == 0x20 { contentEnd -= 2 }
        guard index < contentEnd, source[index] > 0x20, source[index] != 0x23, source[contentEnd - 1] != 0x23 else {
            return nil
        }
        var node = MarkdownNode(kind: .heading, parent: 0, span: Span(start, end))
        node.number = Int32(level)
        let line = Int32(truncatingIfNeeded: tree.contentLines.count)
        tree.contentLines.append(Span(index, contentEnd))
        node.contentLines = line..<line + 1
        let place = tree.append(node, after: &last)
        return inlines(Span(index, contentEnd), of: place) ? min(end + 1, source.count) : nil
    }

    /// Reads a list of lines that each begin with `- `.
    private mutating func list(from start: Int, after last: inout Int32) -> Int? {
        var list = MarkdownNode(kind: .list, parent: 0, span: Span(at: start))
        list.flags = .tight
        let listIndex = tree.append(list, after: &last)
        var lastItem: Int32 = -1
        var line = start
        var end = start
        while line < source.count, source[line] != 0x0A {
            guard source[line] == 0x2D, line + 2 < source.count, source[line + 1] == 0x20, beginsText(line + 2),
                !isTask(line + 2)
            else { return nil }
            end = lineEnd(from: line)
            let item = tree.append(
                MarkdownNode(kind: .item, parent: listIndex, span: Span(line, end)), after: &lastItem)
            var node = MarkdownNode(kind: .paragraph, parent: item, span: Span(line + 2, end))
            let content = Int32(truncatingIfNeeded: tree.contentLines.count)
            tree.contentLines.append(node.span)
            node.contentLines = content..<content + 1
            var none: Int32 = -1
            let place = tree.append(node, after: &none)
            guard inlines(Span(line + 2, end), of: place) else { return nil }
            line = min(end + 1, source.count)
        }
        tree.nodes[Int(listIndex)].span = Span(start, end)
        return line
    }

    /// Whether a line that begins at `index` can only be text: no other block begins so.
    private func beginsText(_ index: Int) -> Bool {
        let byte = source[index]
        switch byte {
        case 0x41...0x5A, 0x61...0x7A, 0x80...: return true
        case 0x21, 0x22, 0x24, 0x25, 0x27, 0x28, 0x2C, 0x2E, 0x2F, 0x3B, 0x3F, 0x5B: return true
        case 0x60: return index + 1 < source.count && source[index + 1] != 0x60
        case 0x2A:
            // `* ` begins an item, and `***` may be a rule.
            var next = index + 1
            while next < source.count, source[next] == 0x2A { next += 1 }
            return next - index <= 2 && next < source.count && source[next] > 0x2F
        case 0x30...0x39:
            var next = index + 1
            while next < source.count, source[next].isASCIIDigit { next += 1 }
            return next < source.count && source[next] != 0x2E && source[next] != 0x29
        default: return false
        }
    }

    /// Whether an item's text may begin with the box of a task.
    private func isTask(_ index: Int) -> Bool {
        source[index] == 0x5B && index + 2 < source.count && source[index + 2] == 0x5D
    }

    private func lineEnd(from start: Int) -> Int {
        source.firstIndex(from: start, marks: { $0.equal(0x0A) }, where: { $0 == 0x0A })
    }
}
