import ByteText
import CanonicalJSON
import SourceDiagnostics

/// A document for a text that is no Markdown: its children are text and placeholders.
///
/// - Parameters:
///   - source: UTF-8, in which `\\` is a backslash.
///   - roles: what the sentinels in it stand for.
package func plainTextDocument(_ source: [UInt8], roles: [PlaceholderRole]) -> MarkdownDocument {
    var tree = MarkdownTree(nodes: [], bytes: [], contentLines: [Span(0, source.count)])
    tree.holdsSentinels = !roles.isEmpty
    var root = MarkdownNode(kind: .document, parent: -1, span: Span(0, source.count))
    root.contentLines = 0..<1
    tree.nodes.append(root)
    var occurrences = [UInt16](repeating: 0, count: roles.count)
    var lastChild: Int32 = -1
    var start = 0
    var first = 0
    func finish(_ end: Int) {
        guard tree.bytes.count > first else { return }
        var node = MarkdownNode(kind: .text, parent: 0, span: Span(start, end))
        node.literal = Int32(truncatingIfNeeded: first)..<Int32(truncatingIfNeeded: tree.bytes.count)
        tree.append(node, after: &lastChild)
    }
    var index = 0
    source.withUnsafeBufferPointer { buffer in
        while index < buffer.count {
            let byte = buffer[index]
            if byte == 0x5C, index + 1 < buffer.count, buffer[index + 1] == 0x5C {
                tree.bytes.append(byte)
                index += 2
            } else if byte == 0xF4, let sentinel = Sentinel.index(in: buffer, at: index), sentinel < roles.count {
                occurrences[sentinel] = 1
                if case .literal(let character) = roles[sentinel] {
                    tree.bytes.append(character)
                } else {
                    finish(index)
                    var node = MarkdownNode(kind: .placeholder, parent: 0, span: Span(index, index + 4))
                    node.number = Int32(truncatingIfNeeded: sentinel)
                    tree.append(node, after: &lastChild)
                    start = index + 4
                    first = tree.bytes.count
                }
                index += 4
            } else {
                tree.bytes.append(byte)
                index += 1
            }
        }
    }
    finish(source.count)
    return MarkdownDocument(tree: tree, diagnostics: [], occurrences: occurrences, misaligned: 0)
}

extension MarkdownTree {
    /// Appends a node behind `lastChild`, which it becomes; -1 stands for none.
    @discardableResult
    mutating func append(_ node: MarkdownNode, after lastChild: inout Int32) -> Int32 {
        let index = Int32(truncatingIfNeeded: nodes.count)
        if lastChild >= 0 {
            nodes[Int(lastChild)].nextSibling = index
        } else if node.parent >= 0 {
            nodes[Int(node.parent)].firstChild = index
        }
        lastChild = index
        nodes.append(node)
        return index
    }

    /// Leads every span to another text, such as the one that this one was made from.
    package mutating func moveSpans(_ place: (Span) -> Span) {
        for index in nodes.indices {
            nodes[index].span = place(nodes[index].span)
            if !nodes[index].destinationSpan.isEmpty {
                nodes[index].destinationSpan = place(nodes[index].destinationSpan)
            }
        }
        for index in contentLines.indices { contentLines[index] = place(contentLines[index]) }
    }

    /// Gives a node another text: `rewrite` appends it to an empty buffer, with the present one at hand.
    package mutating func rewriteLiteral(
        of index: Int, through buffer: inout ByteBuffer,
        _ rewrite: (UnsafeBufferPointer<UInt8>, inout ByteBuffer) -> Void
    ) {
        buffer.removeAll()
        slice(nodes[index].literal).withUnsafeBufferPointer { rewrite($0, &buffer) }
        let start = Int32(truncatingIfNeeded: bytes.count)
        buffer.withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
        nodes[index].literal = start..<Int32(truncatingIfNeeded: bytes.count)
    }

    /// Puts a text before the first child of a node, and one behind the last.
    package mutating func enclose(childrenOf index: Int, in opening: [UInt8], _ closing: [UInt8]) {
        let parent = Int32(truncatingIfNeeded: index)
        var last = Int32(-1)
        for child in children(of: index) { last = Int32(truncatingIfNeeded: child) }
        var first = text(opening, parent, at: Span(at: nodes[index].span.start))
        first.nextSibling = nodes[index].firstChild
        let firstIndex = Int32(truncatingIfNeeded: nodes.count)
        nodes.append(first)
        nodes[index].firstChild = firstIndex
        if last < 0 { last = firstIndex }
        append(text(closing, parent, at: Span(at: nodes[index].span.end)), after: &last)
    }

    private mutating func text(_ content: [UInt8], _ parent: Int32, at span: Span) -> MarkdownNode {
        var node = MarkdownNode(kind: .text, parent: parent, span: span)
        let start = Int32(truncatingIfNeeded: bytes.count)
        bytes.append(contentsOf: content)
        node.literal = start..<Int32(truncatingIfNeeded: bytes.count)
        return node
    }

    /// Makes the siblings between two placeholders the children of the first, which becomes a node of `kind`; the
    /// second goes.
    package mutating func wrap(from open: Int, to close: Int, as kind: MarkdownKind) {
        nodes[open].kind = kind
        nodes[open].number = 0
        nodes[open].span = nodes[open].span.union(nodes[close].span)
        let first = nodes[open].nextSibling
        nodes[open].nextSibling = nodes[close].nextSibling
        guard first != Int32(truncatingIfNeeded: close) else { return }
        nodes[open].firstChild = first
        var child = first
        while child >= 0 {
            nodes[Int(child)].parent = Int32(truncatingIfNeeded: open)
            if nodes[Int(child)].nextSibling == Int32(truncatingIfNeeded: close) {
                nodes[Int(child)].nextSibling = -1
                return
            }
            child = nodes[Int(child)].nextSibling
        }
    }
}
