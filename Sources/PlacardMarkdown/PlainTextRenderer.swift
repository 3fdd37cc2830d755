import ByteText
import CanonicalJSON

/// Writes a tree as plain text, for a notification or a reader of screens.
///
/// Blocks are parted by an empty line, items have a bullet or their number, a link is its words and an image its
/// alternative text. Sentinels pass through.
package struct PlainTextRenderer: ~Copyable {
    let view: TreeView
    var text: ByteBuffer
    /// White space that leads each line, of the lists around.
    private var indent = 0

    /// The text of the whole document, without a line feed at its end.
    package static func render(_ tree: MarkdownTree) -> [UInt8] {
        tree.withView { view in
            var renderer = PlainTextRenderer(view)
            renderer.blocks(0, isTight: false)
            return renderer.text.bytes
        }
    }

    /// The text of some nodes, blocks or inlines, in order.
    package static func render(_ nodes: some Sequence<Int>, of tree: MarkdownTree) -> [UInt8] {
        tree.withView { view in
            var renderer = PlainTextRenderer(view)
            var isFirst = true
            for node in nodes {
                if view.nodes[node].kind.isBlock {
                    if !isFirst { renderer.text.append("\n\n") }
                    renderer.block(node)
                } else {
                    renderer.inline(node)
                }
                isFirst = false
            }
            return renderer.text.bytes
        }
    }

    private init(_ view: TreeView) {
        self.view = view
        text = ByteBuffer(capacity: view.bytes.count + 64)
    }

    // MARK: Blocks

    private mutating func blocks(_ index: Int, isTight: Bool) {
        var child = view.nodes[index].firstChild
        var isFirst = true
        while child >= 0 {
            if !isFirst {
                endLine()
                if !isTight { endLine() }
            }
            isFirst = false
            block(Int(child))
            child = view.nodes[Int(child)].nextSibling
        }
    }

    private mutating func endLine() {
        text.append(0x0A)
    }

    private mutating func block(_ index: Int) {
        let node = view.nodes[index]
        switch node.kind {
        case .paragraph, .heading: inlines(index)
        case .blockQuote, .document, .footnoteDefinition: blocks(index, isTight: false)
        case .list: list(index)
        case .codeBlock:
            var literal = view.slice(node.literal)
            if literal.last == 0x0A { literal = UnsafeBufferPointer(rebasing: literal.dropLast()) }
            for byte in literal {
                text.append(byte)
                if byte == 0x0A { writeIndent() }
            }
        case .thematicBreak: text.append("———")
        case .table: table(index)
        default: break
        }
    }

    private mutating func writeIndent() {
        for _ in 0..<indent { text.append(0x20) }
    }

    private mutating func list(_ index: Int) {
        let list = view.nodes[index]
        let isTight = list.flags.contains(.tight)
        var number = Int(list.number)
        var child = list.firstChild
        var isFirst = true
        while child >= 0 {
            if !isFirst {
                endLine()
                if !isTight { endLine() }
                writeIndent()
            }
            isFirst = false
            item(Int(child), list.flags.contains(.ordered) ? number : nil, isTight)
            number += 1
            child = view.nodes[Int(child)].nextSibling
        }
    }

    private mutating func item(_ index: Int, _ number: Int?, _ isTight: Bool) {
        let node = view.nodes[index]
        if let number { text.append(contentsOf: "\(number). ".utf8) }
        if node.flags.contains(.task) {
            text.append(node.flags.contains(.checked) ? "☑ " : "☐ ")
        } else if number == nil {
            text.append("• ")
        }
        indent += 2
        var child = node.firstChild
        var isFirst = true
        while child >= 0 {
            if !isFirst {
                endLine()
                if !isTight { endLine() }
                writeIndent()
            }
            isFirst = false
            block(Int(child))
            child = view.nodes[Int(child)].nextSibling
        }
        indent -= 2
    }

    private mutating func table(_ index: Int) {
        var row = view.nodes[index].firstChild
        var isFirst = true
        while row >= 0 {
            if !isFirst {
                endLine()
                writeIndent()
            }
            isFirst = false
            var cell = view.nodes[Int(row)].firstChild
            var isFirstCell = true
            while cell >= 0 {
                if !isFirstCell { text.append(" | ") }
                isFirstCell = false
                inlines(Int(cell))
                cell = view.nodes[Int(cell)].nextSibling
            }
            row = view.nodes[Int(row)].nextSibling
        }
    }

    // MARK: Inlines

    private mutating func inlines(_ index: Int) {
        var child = view.nodes[index].firstChild
        while child >= 0 {
            inline(Int(child))
            child = view.nodes[Int(child)].nextSibling
        }
    }

    private mutating func inline(_ index: Int) {
        let node = view.nodes[index]
        switch node.kind {
        case .text, .code: text.append(view.slice(node.literal))
        case .placeholder: Sentinel.append(Int(node.number), to: &text)
        case .softBreak: if !node.flags.contains(.joins) { text.append(0x20) }
        case .lineBreak:
            endLine()
            writeIndent()
        case .emphasis, .strong, .strikethrough, .link, .image: inlines(index)
        default: break
        }
    }
}
