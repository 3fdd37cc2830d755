import SourceDiagnostics

/// Reports raw HTML: each element once, at its opening tag, and each comment.
struct RawElements {
    /// Where an element can end: below the same node, with the same name.
    private struct Key: Hashable {
        var parent: Int32
        var name: [UInt8]
    }

    /// The diagnostics of elements that are open, by their place among all diagnostics.
    private var open: [Key: [Int]] = [:]

    init() {}

    /// Reports the HTML node at `index`, unless it ends an element that has been reported.
    mutating func report(
        _ tree: MarkdownTree, _ index: Int, _ source: UnsafeBufferPointer<UInt8>, _ diagnostics: inout [Diagnostic]
    ) {
        let node = tree.nodes[index]
        let tag = tag(tree, node)
        if let tag, tag.isClosing, let diagnostic = open[tag.key]?.popLast() {
            diagnostics[diagnostic].secondary.append(Label(node.span, "closed here"))
            let opening = diagnostics[diagnostic].primary.span
            if let fix = markdownFix(opening: opening, closing: node.span, source) {
                diagnostics[diagnostic].fixIts = [fix]
            } else if let escape = firstTag(node.span, source),
                diagnostics[diagnostic].fixIts.first?.edits.first?.replacement == "\\"
            {
                diagnostics[diagnostic].fixIts[0].edits.append(Edit(Span(at: escape), "\\"))
            }
            return
        }
        if let tag, !tag.isClosing { open[tag.key, default: []].append(diagnostics.count) }
        var diagnostic = Diagnostic.rawHTML(tree, node, source)
        if let fix = markdownFix(ofBlockOrBreak: node, tree, source) { diagnostic.fixIts = [fix] }
        diagnostics.append(diagnostic)
    }

    /// The tag that a node is, when it is one and nothing else. A tag in a line ends in the same block, one that is a block
    /// beside it.
    private func tag(_ tree: MarkdownTree, _ node: MarkdownNode) -> (key: Key, isClosing: Bool)? {
        var literal = tree.slice(node.literal)
        while let last = literal.last, last <= 0x20 { literal.removeLast() }
        while let first = literal.first, first <= 0x20 { literal.removeFirst() }
        guard literal.first == 0x3C, literal.firstIndex(of: 0x3E) == literal.indices.last else { return nil }
        literal = literal.dropFirst()
        let isClosing = literal.first == 0x2F
        if isClosing { literal = literal.dropFirst() }
        let name = literal.prefix { $0 > 0x20 && $0 != 0x3E && $0 != 0x2F }.map {
            $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0
        }
        guard !name.isEmpty else { return nil }
        var parent = node.parent
        while parent > 0, !tree.nodes[Int(parent)].kind.isBlock { parent = tree.nodes[Int(parent)].parent }
        return (Key(parent: parent, name: name), isClosing)
    }
}

/// The comment that a node begins with; behind it in the same block there may be text. Nil when nothing ends it.
func comment(in span: Span, _ source: UnsafeBufferPointer<UInt8>) -> Span? {
    guard let start = firstTag(span, source) else { return nil }
    var end = start + 2
    while end + 3 <= span.end {
        if source[end] == 0x2D, source[end + 1] == 0x2D, source[end + 2] == 0x3E { return Span(start, end + 3) }
        end += 1
    }
    return nil
}

func firstTag(_ span: Span, _ source: UnsafeBufferPointer<UInt8>) -> Int? {
    guard span.end <= source.count else { return nil }
    return (span.start..<span.end).first { source[$0] == 0x3C }
}
