import ByteText
import CanonicalJSON

/// Writes a tree as mdast, the Markdown syntax tree of the unified ecosystem, in canonical JSON (RFC 8785).
///
/// Nodes have the names of mdast 5 and mdast-util-gfm. Fields without a value are left out, and so are positions.
/// Members stand in the order that RFC 8785 wants, so nothing is sorted. Placeholders come through closures, as what
/// they are is not Markdown's business.
package struct MdastRenderer: ~Copyable {
    let tree: MarkdownTree
    let view: TreeView
    var json: ByteBuffer
    /// Appends the node of a placeholder.
    let placeholder: (Int, inout ByteBuffer) -> Void
    /// Appends a string that may hold sentinels, as the JSON of a string or a message.
    let string: (ArraySlice<UInt8>, inout ByteBuffer) -> Void

    /// The document, whose sentinels stand in its strings as they are.
    package static func render(_ tree: MarkdownTree) -> [UInt8] {
        var json = ByteBuffer(capacity: tree.bytes.count * 2)
        render(.below(0), of: tree, to: &json, placeholder: { _, _ in }, string: appendCanonicalString)
        return json.bytes
    }

    /// What a root holds.
    package enum Content: Sendable {
        /// The children of a node.
        case below(Int)
        /// Some blocks, such as those of one step of a conversation.
        case blocks([Int])
    }

    /// Appends a root that holds `content` alone.
    ///
    /// - Parameters:
    ///   - tree: what to write.
    ///   - json: where to.
    ///   - placeholder: appends the node that stands for a placeholder.
    ///   - string: appends an attribute that may hold sentinels.
    package static func render(
        _ content: Content, of tree: MarkdownTree, to json: inout ByteBuffer,
        placeholder: (Int, inout ByteBuffer) -> Void, string: (ArraySlice<UInt8>, inout ByteBuffer) -> Void
    ) {
        withoutActuallyEscaping(placeholder) { placeholder in
            withoutActuallyEscaping(string) { string in
                tree.withView { view in
                    var renderer = MdastRenderer(
                        tree: tree, view: view, json: ByteBuffer(capacity: 0), placeholder: placeholder, string: string)
                    swap(&renderer.json, &json)
                    renderer.root(content)
                    swap(&renderer.json, &json)
                }
            }
        }
    }

    private mutating func root(_ content: Content) {
        write("{\"children\":[")
        switch content {
        case .below(let index): children(index)
        case .blocks(let blocks):
            for (position, block) in blocks.enumerated() {
                if position > 0 { json.append(0x2C) }
                node(block)
            }
        }
        write("],\"type\":\"root\"}")
    }

    private mutating func children(_ index: Int) {
        var child = view.nodes[index].firstChild
        var needsComma = false
        while child >= 0 {
            switch view.nodes[Int(child)].kind {
            case .text, .softBreak:
                // mdast has no soft breaks: the lines of one text are one node.
                if needsComma { json.append(0x2C) }
                child = text(from: child)
                needsComma = true
                continue
            case .htmlBlock, .htmlInline: break
            case .link where view.nodes[Int(child)].flags.contains(.refused),
                .image where view.nodes[Int(child)].flags.contains(.refused):
                break
            default:
                if needsComma { json.append(0x2C) }
                node(Int(child))
                needsComma = true
            }
            child = view.nodes[Int(child)].nextSibling
        }
    }

    /// Writes the run of text and soft breaks that begins at `first`; returns what follows it.
    private mutating func text(from first: Int32) -> Int32 {
        write("{\"type\":\"text\",\"value\":\"")
        var child = first
        while child >= 0 {
            let node = view.nodes[Int(child)]
            if node.kind == .text {
                appendEscaped(view.slice(node.literal), to: &json)
            } else if node.kind == .softBreak {
                if !node.flags.contains(.joins) { json.append(0x20) }
            } else {
                break
            }
            child = node.nextSibling
        }
        write("\"}")
        return child
    }

    private mutating func node(_ index: Int) {
        let node = view.nodes[index]
        switch node.kind {
        case .paragraph: parent(index, "paragraph")
        case .blockQuote: parent(index, "blockquote")
        case .tableRow: parent(index, "tableRow")
        case .tableCell: parent(index, "tableCell")
        case .emphasis: parent(index, "emphasis")
        case .strong: parent(index, "strong")
        case .strikethrough: parent(index, "delete")
        case .heading:
            open(index)
            write("],\"depth\":\(node.number),\"type\":\"heading\"}")
        case .thematicBreak: write("{\"type\":\"thematicBreak\"}")
        case .lineBreak: write("{\"type\":\"break\"}")
        case .code:
            write("{\"type\":\"inlineCode\",\"value\":")
            string(tree.slice(node.literal), &json)
            json.append(0x7D)
        case .codeBlock: codeBlock(node)
        case .list: list(index)
        case .item: item(index)
        case .table: table(index)
        case .link: link(index)
        case .image: image(index)
        case .placeholder: placeholder(Int(node.number), &json)
        case .footnoteReference, .footnoteDefinition: footnote(index)
        case .document, .text, .softBreak, .htmlBlock, .htmlInline: break
        }
    }

    private mutating func open(_ index: Int) {
        write("{\"children\":[")
        children(index)
    }

    private mutating func parent(_ index: Int, _ type: StaticString) {
        open(index)
        write("],\"type\":\"")
        write(type)
        write("\"}")
    }

    private mutating func codeBlock(_ node: MarkdownNode) {
        json.append(0x7B)
        let info = tree.slice(node.destination)
        if !info.isEmpty {
            let end = info.firstIndex { $0 == 0x20 || $0 == 0x09 } ?? info.endIndex
            write("\"lang\":")
            string(info[..<end], &json)
            let meta = info[end...].drop { $0 == 0x20 || $0 == 0x09 }
            if !meta.isEmpty {
                write(",\"meta\":")
                string(meta, &json)
            }
            json.append(0x2C)
        }
        write("\"type\":\"code\",\"value\":")
        var literal = tree.slice(node.literal)
        if literal.last == 0x0A { literal.removeLast() }
        string(literal, &json)
        json.append(0x7D)
    }

    private mutating func list(_ index: Int) {
        let node = view.nodes[index]
        let isOrdered = node.flags.contains(.ordered)
        open(index)
        write(isOrdered ? "],\"ordered\":true,\"spread\":" : "],\"ordered\":false,\"spread\":")
        write(node.flags.contains(.tight) ? "false" : "true")
        if isOrdered { write(",\"start\":\(node.number)") }
        write(",\"type\":\"list\"}")
    }

    private mutating func item(_ index: Int) {
        let node = view.nodes[index]
        json.append(0x7B)
        if node.flags.contains(.task) {
            write(node.flags.contains(.checked) ? "\"checked\":true," : "\"checked\":false,")
        }
        write("\"children\":[")
        children(index)
        let isSpread = node.parent >= 0 && !view.nodes[Int(node.parent)].flags.contains(.tight)
        write(isSpread ? "],\"spread\":true,\"type\":\"listItem\"}" : "],\"spread\":false,\"type\":\"listItem\"}")
    }

    private mutating func table(_ index: Int) {
        write("{\"align\":[")
        let header = view.nodes[index].firstChild
        var cell = header >= 0 ? view.nodes[Int(header)].firstChild : -1
        var isFirst = true
        while cell >= 0 {
            if !isFirst { json.append(0x2C) }
            isFirst = false
            switch MarkdownNode.Alignment(rawValue: view.nodes[Int(cell)].number) {
            case .left: write("\"left\"")
            case .center: write("\"center\"")
            case .right: write("\"right\"")
            default: write("null")
            }
            cell = view.nodes[Int(cell)].nextSibling
        }
        write("],\"children\":[")
        children(index)
        write("],\"type\":\"table\"}")
    }

    private mutating func link(_ index: Int) {
        let node = view.nodes[index]
        open(index)
        write("],")
        if !node.title.isEmpty {
            write("\"title\":")
            string(tree.slice(node.title), &json)
            json.append(0x2C)
        }
        write("\"type\":\"link\",\"url\":")
        address(node.destination)
        json.append(0x7D)
    }

    private mutating func image(_ index: Int) {
        let node = view.nodes[index]
        write("{\"alt\":")
        let alternative = tree.alternativeText(of: index)
        string(alternative[...], &json)
        if !node.title.isEmpty {
            write(",\"title\":")
            string(tree.slice(node.title), &json)
        }
        write(",\"type\":\"image\",\"url\":")
        address(node.destination)
        json.append(0x7D)
    }

    /// An address, whose sentinels are told from those of text.
    private mutating func address(_ range: Range<Int32>) {
        guard tree.holdsSentinels, tree.slice(range).contains(0xF4) else {
            string(tree.slice(range), &json)
            return
        }
        var moved = Array(tree.slice(range))
        moveSentinels(in: &moved, from: 0, to: .target)
        string(moved[...], &json)
    }

    private mutating func footnote(_ index: Int) {
        let node = view.nodes[index]
        json.append(0x7B)
        if node.kind == .footnoteDefinition {
            write("\"children\":[")
            children(index)
            write("],")
        }
        write("\"identifier\":")
        string(tree.slice(node.literal), &json)
        write(",\"label\":")
        string(tree.slice(node.literal), &json)
        write(
            node.kind == .footnoteDefinition ? ",\"type\":\"footnoteDefinition\"}" : ",\"type\":\"footnoteReference\"}")
    }

    private mutating func write(_ text: StaticString) {
        json.append(text)
    }

    private mutating func write(_ text: String) {
        json.append(contentsOf: text.utf8)
    }
}

/// Appends `text` as a canonical JSON string.
package func appendCanonicalString<Sink: ByteSink & ~Copyable>(_ text: ArraySlice<UInt8>, to json: inout Sink) {
    json.append(0x22)
    text.withUnsafeBufferPointer { appendEscaped($0, to: &json) }
    json.append(0x22)
}

extension MarkdownTree {
    /// The text below an image: what stands for it where it cannot be seen.
    package func alternativeText(of image: Int) -> [UInt8] {
        var text: [UInt8] = []
        appendText(below: image, to: &text)
        return text
    }

    private func appendText(below index: Int, to text: inout [UInt8]) {
        var child = nodes[index].firstChild
        while child >= 0 {
            let node = nodes[Int(child)]
            switch node.kind {
            case .text, .code: text.append(contentsOf: slice(node.literal))
            case .placeholder: Sentinel.append(Int(node.number), to: &text)
            case .softBreak, .lineBreak: text.append(0x20)
            default: appendText(below: Int(child), to: &text)
            }
            child = node.nextSibling
        }
    }
}
