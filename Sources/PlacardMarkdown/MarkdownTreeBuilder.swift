import CCMarkGFM
import SourceDiagnostics

/// Copies cmark's document into a ``MarkdownTree``.
///
/// cmark knows the lines of blocks well, and the columns of what stands inside a line hardly: breaks, bare addresses
/// and footnotes have none, and after an escape, in a table or on a continued line they are wrong. So the spans of
/// inline nodes do not come from cmark. For each leaf block the builder takes the very text that cmark parsed
/// (`cmark_node_get_string_content`), finds its lines in the source, and walks through text and tree side by side:
/// the tree says what comes next, the text says how it was written.
struct MarkdownTreeBuilder {
    let source: UnsafeBufferPointer<UInt8>
    let lineStarts: [Int32]
    let limits: MarkdownLimits
    let roles: [PlaceholderRole]

    var tree = MarkdownTree(nodes: [], bytes: [], contentLines: [])
    /// How often each sentinel came back.
    var occurrences: [UInt16]
    /// The first node that is nested too deeply.
    var tooDeep: Span?
    /// Nodes whose source was not where the tree says; none is known, and tests hold that there are none.
    var misaligned = 0

    var wideLines = WideLines()

    /// The text of the leaf block at hand.
    var content = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    /// Where in it the walk is.
    var position = 0
    /// Stretches of ``content`` that stand unchanged in the source.
    var runs: [Run] = []

    struct Run {
        var content: Int
        var source: Int
        var length: Int
    }

    /// A node on the way down: cmark's, ours, and our last child so far.
    private struct Frame {
        var node: OpaquePointer
        var index: Int32
        var lastChild: Int32
        var closing: Closing
    }

    init(
        source: UnsafeBufferPointer<UInt8>, lineStarts: [Int32], limits: MarkdownLimits, roles: [PlaceholderRole]
    ) {
        self.source = source
        self.lineStarts = lineStarts
        self.limits = limits
        self.roles = roles
        tree.holdsSentinels = !roles.isEmpty
        occurrences = [UInt16](repeating: 0, count: roles.count)
        tree.nodes.reserveCapacity(32)
        tree.bytes.reserveCapacity(source.count + 16)
    }

    /// Copies the whole document, and gives every node its span.
    mutating func build(_ document: OpaquePointer) {
        var stack: [Frame] = []
        stack.reserveCapacity(16)
        let root = MarkdownNode(kind: .document, parent: -1, span: Span(0, source.count))
        tree.nodes.append(root)
        stack.append(Frame(node: document, index: 0, lastChild: -1, closing: .none))
        var next = cmark_node_first_child(document)
        while let top = stack.last {
            guard let node = next else {
                close(top.closing, of: Int(top.index))
                stack.removeLast()
                next = stack.isEmpty ? nil : cmark_node_next(top.node)
                continue
            }
            let (index, closing) = add(node, to: &stack[stack.count - 1].lastChild, of: top.index)
            if let index, stack.count < limits.depth {
                stack.append(Frame(node: node, index: index, lastChild: -1, closing: closing))
                next = cmark_node_first_child(node)
            } else {
                if let index, cmark_node_first_child(node) != nil, tooDeep == nil {
                    tooDeep = tree.nodes[Int(index)].span
                }
                if let index { close(closing, of: Int(index)) }
                next = cmark_node_next(node)
            }
        }
    }

    /// Appends a node behind `lastChild`.
    mutating func append(_ node: MarkdownNode, after lastChild: inout Int32) -> Int32 {
        let index = Int32(truncatingIfNeeded: tree.nodes.count)
        if lastChild >= 0 {
            tree.nodes[Int(lastChild)].nextSibling = index
        } else {
            tree.nodes[Int(node.parent)].firstChild = index
        }
        lastChild = index
        tree.nodes.append(node)
        return index
    }

    /// Adds our node for cmark's `node`; nil for text, which has no children and may become several nodes.
    private mutating func add(
        _ node: OpaquePointer, to lastChild: inout Int32, of parent: Int32
    ) -> (Int32?, Closing) {
        let type = cmark_node_get_type(node)
        switch type {
        case CMARK_NODE_TEXT:
            addText(node, to: &lastChild, of: parent)
            return (nil, .none)
        case CMARK_NODE_SOFTBREAK, CMARK_NODE_LINEBREAK:
            let kind: MarkdownKind = type == CMARK_NODE_SOFTBREAK ? .softBreak : .lineBreak
            let index = append(MarkdownNode(kind: kind, parent: parent, span: consumeBreak()), after: &lastChild)
            wideLines.noteBreak(kind == .softBreak ? index : -1)
            return (nil, .none)
        default: break
        }
        if let kind = inlineKind(type) { return addInline(node, kind, to: &lastChild, of: parent) }
        let kind = blockKind(type)
        let previous = lastChild
        let index = append(MarkdownNode(kind: kind, parent: parent, span: Span(at: 0)), after: &lastChild)
        let closing = openBlock(node, kind, Int(index))
        if previous >= 0, kind != .footnoteDefinition {
            cut(Int(previous), before: tree.nodes[Int(index)].span.start)
        }
        return (index, closing)
    }

    private func inlineKind(_ type: cmark_node_type) -> MarkdownKind? {
        switch type {
        case CMARK_NODE_CODE: .code
        case CMARK_NODE_HTML_INLINE: .htmlInline
        case CMARK_NODE_EMPH: .emphasis
        case CMARK_NODE_STRONG: .strong
        case CMARK_NODE_LINK: .link
        case CMARK_NODE_IMAGE: .image
        case CMARK_NODE_FOOTNOTE_REFERENCE: .footnoteReference
        default: type.rawValue == CMark.library.strikethroughType ? .strikethrough : nil
        }
    }

    private func blockKind(_ type: cmark_node_type) -> MarkdownKind {
        switch type {
        case CMARK_NODE_BLOCK_QUOTE: .blockQuote
        case CMARK_NODE_LIST: .list
        case CMARK_NODE_ITEM: .item
        case CMARK_NODE_CODE_BLOCK: .codeBlock
        case CMARK_NODE_HTML_BLOCK: .htmlBlock
        case CMARK_NODE_HEADING: .heading
        case CMARK_NODE_THEMATIC_BREAK: .thematicBreak
        case CMARK_NODE_FOOTNOTE_DEFINITION: .footnoteDefinition
        default:
            switch type.rawValue {
            case CMark.library.tableType: .table
            case CMark.library.tableRowType: .tableRow
            case CMark.library.tableCellType: .tableCell
            default: .paragraph
            }
        }
    }

    // MARK: Text

    /// Appends `bytes` to the tree's buffer with each sentinel of a literal put back, and counts all sentinels.
    mutating func store(_ bytes: UnsafePointer<CChar>?) -> Range<Int32> {
        let start = tree.bytes.count
        let isThere: Void? = CMark.withText(bytes) { text in
            if roles.isEmpty {
                tree.bytes.append(contentsOf: text)
            } else {
                storeReplacing(text)
            }
        }
        guard isThere != nil else { return 0..<0 }
        return Int32(truncatingIfNeeded: start)..<Int32(truncatingIfNeeded: tree.bytes.count)
    }

    private mutating func storeReplacing(_ buffer: UnsafeBufferPointer<UInt8>) {
        var index = 0
        while index < buffer.count {
            let byte = buffer[index]
            if byte == 0xF4, let sentinel = Sentinel.index(in: buffer, at: index), sentinel < roles.count {
                count(sentinel)
                if case .literal(let character) = roles[sentinel] {
                    tree.bytes.append(character)
                } else {
                    Sentinel.append(sentinel, to: &tree.bytes)
                }
                index += 4
            } else {
                tree.bytes.append(byte)
                index += 1
            }
        }
    }

    mutating func count(_ sentinel: Int) {
        if occurrences[sentinel] < .max { occurrences[sentinel] += 1 }
    }
}

/// What ends a node in the source.
enum Closing {
    case none
    /// A block whose end is already known.
    case block
    /// A block that ends where its last child does.
    case container
    /// That many delimiters.
    case delimiters(Int)
    /// `]` and what may follow it.
    case bracket
    /// `>`.
    case angle
    /// Nothing, as for a bare address.
    case bare
}
