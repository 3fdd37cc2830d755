import ByteText
import CanonicalJSON

/// Writes a tree as safe HTML, in the very form of cmark-gfm's own.
///
/// It has no branch that writes raw HTML or a target that the policy refused. Sentinels pass through as they are; in
/// attributes and in targets they are moved to ranges of their own, so that a later step knows the context.
package struct HTMLRenderer: ~Copyable {
    /// How a soft break is written.
    package enum SoftBreak: Sendable {
        /// As a line feed, like cmark-gfm.
        case lineFeed
        /// As one space, or nothing between two East Asian characters.
        case space
    }

    let tree: MarkdownTree
    let view: TreeView
    let softBreak: SoftBreak
    var html: ByteBuffer
    private var needsTableBody = false
    private var footnotes = FootnoteCounter()

    /// - Parameters:
    ///   - tree: what to write.
    ///   - softBreak: how lines of the source are joined.
    package static func render(_ tree: MarkdownTree, softBreak: SoftBreak = .lineFeed) -> [UInt8] {
        withRendered(tree, softBreak: softBreak) { Array($0) }
    }

    /// As above, with the HTML at hand in a buffer that ends with the call.
    package static func withRendered<Result>(
        _ tree: MarkdownTree, softBreak: SoftBreak, _ body: (UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result {
        tree.withView { view in
            var renderer = HTMLRenderer(tree: tree, view: view, softBreak: softBreak)
            renderer.children(0)
            renderer.endFootnotes()
            return renderer.html.withUnsafeBufferPointer(body)
        }
    }

    /// As above, for some nodes and what is below them, such as the blocks of one step.
    package static func render(
        _ nodes: some Sequence<Int>, of tree: MarkdownTree, softBreak: SoftBreak
    ) -> [UInt8] {
        withRendered(nodes, of: tree, softBreak: softBreak) { Array($0) }
    }

    /// As above, with the HTML at hand in a buffer that ends with the call.
    package static func withRendered<Result>(
        _ nodes: some Sequence<Int>, of tree: MarkdownTree, softBreak: SoftBreak,
        _ body: (UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result {
        tree.withView { view in
            var renderer = HTMLRenderer(tree: tree, view: view, softBreak: softBreak)
            for node in nodes { renderer.node(node) }
            return renderer.html.withUnsafeBufferPointer(body)
        }
    }

    private init(tree: MarkdownTree, view: TreeView, softBreak: SoftBreak) {
        self.tree = tree
        self.view = view
        self.softBreak = softBreak
        html = ByteBuffer(capacity: tree.bytes.count * 2 + 64)
    }

    private mutating func children(_ index: Int) {
        var child = view.nodes[index].firstChild
        while child >= 0 {
            node(Int(child))
            child = view.nodes[Int(child)].nextSibling
        }
    }

    private mutating func node(_ index: Int) {
        let node = view.nodes[index]
        switch node.kind {
        case .text: escape(node.literal)
        case .placeholder: Sentinel.append(Int(node.number), to: &html)
        case .softBreak: writeSoftBreak(index)
        case .lineBreak: write("<br />\n")
        case .code: wrap("<code>", "</code>") { $0.escape(node.literal) }
        case .emphasis: wrap("<em>", "</em>") { $0.children(index) }
        case .strong: wrap("<strong>", "</strong>") { $0.children(index) }
        case .strikethrough: wrap("<del>", "</del>") { $0.children(index) }
        case .link: link(index)
        case .image: image(index)
        case .paragraph: paragraph(index)
        case .heading:
            startLine()
            let digit = UInt8(truncatingIfNeeded: 0x30 + node.number)
            write("<h")
            html.append(digit)
            html.append(0x3E)
            children(index)
            write("</h")
            html.append(digit)
            write(">\n")
        case .blockQuote:
            startLine()
            write("<blockquote>\n")
            children(index)
            startLine()
            write("</blockquote>\n")
        case .list: list(index)
        case .item: item(index)
        case .codeBlock: codeBlock(index)
        case .thematicBreak:
            startLine()
            write("<hr />\n")
        case .table: table(index)
        case .tableRow: row(index)
        case .footnoteReference: footnoteReference(index)
        case .footnoteDefinition: footnoteDefinition(index)
        case .document: children(index)
        case .tableCell, .htmlBlock, .htmlInline: break
        }
    }

    // MARK: Blocks

    private mutating func paragraph(_ index: Int) {
        let parent = Int(view.nodes[index].parent)
        let grandparent = parent >= 0 ? Int(view.nodes[parent].parent) : -1
        if grandparent >= 0, view.nodes[grandparent].kind == .list, view.nodes[grandparent].flags.contains(.tight) {
            children(index)
            return
        }
        startLine()
        write("<p>")
        children(index)
        if parent >= 0, view.nodes[parent].kind == .footnoteDefinition, view.nodes[index].nextSibling < 0 {
            html.append(0x20)
            footnotes.writeBackReference(view.nodes[parent].literal, tree, &html)
        }
        write("</p>\n")
    }

    private mutating func list(_ index: Int) {
        let node = view.nodes[index]
        let isOrdered = node.flags.contains(.ordered)
        startLine()
        if !isOrdered {
            write("<ul>\n")
        } else if node.number == 1 {
            write("<ol>\n")
        } else {
            write("<ol start=\"\(node.number)\">\n")
        }
        children(index)
        write(isOrdered ? "</ol>\n" : "</ul>\n")
    }

    private mutating func item(_ index: Int) {
        let flags = view.nodes[index].flags
        startLine()
        write("<li>")
        if flags.contains(.task) {
            write(
                flags.contains(.checked)
                    ? "<input type=\"checkbox\" checked=\"\" disabled=\"\" /> "
                    : "<input type=\"checkbox\" disabled=\"\" /> ")
        }
        children(index)
        write("</li>\n")
    }

    private mutating func codeBlock(_ index: Int) {
        let node = view.nodes[index]
        startLine()
        let info = tree.slice(node.destination)
        let word = info.prefix { $0 != 0x20 && !(0x09...0x0D).contains($0) }
        if info.isEmpty {
            write("<pre><code>")
        } else {
            write("<pre><code class=\"language-")
            escapeAttribute(word)
            write("\">")
        }
        escape(node.literal)
        write("</code></pre>\n")
    }

    private mutating func table(_ index: Int) {
        startLine()
        write("<table>")
        let outer = needsTableBody
        needsTableBody = false
        children(index)
        if needsTableBody {
            startLine()
            write("</tbody>")
        }
        needsTableBody = outer
        startLine()
        write("</table>\n")
    }

    private mutating func row(_ index: Int) {
        let isHeader = view.nodes[index].flags.contains(.header)
        startLine()
        if isHeader {
            write("<thead>\n")
        } else if !needsTableBody {
            write("<tbody>\n")
            needsTableBody = true
        }
        write("<tr>")
        var cell = view.nodes[index].firstChild
        while cell >= 0 {
            startLine()
            write(isHeader ? "<th" : "<td")
            switch MarkdownNode.Alignment(rawValue: view.nodes[Int(cell)].number) {
            case .left: write(" align=\"left\"")
            case .center: write(" align=\"center\"")
            case .right: write(" align=\"right\"")
            default: break
            }
            html.append(0x3E)
            children(Int(cell))
            write(isHeader ? "</th>" : "</td>")
            cell = view.nodes[Int(cell)].nextSibling
        }
        startLine()
        write("</tr>")
        if isHeader { write("\n</thead>") }
    }

    // MARK: Inlines

    private mutating func link(_ index: Int) {
        let node = view.nodes[index]
        guard !node.flags.contains(.refused) else {
            children(index)
            return
        }
        write("<a href=\"")
        appendEscapedURL(tree.slice(node.destination), sentinels: tree.holdsSentinels ? .target : nil, to: &html)
        if !node.title.isEmpty {
            write("\" title=\"")
            escapeAttribute(tree.slice(node.title))
        }
        write("\">")
        children(index)
        write("</a>")
    }

    private mutating func image(_ index: Int) {
        let node = view.nodes[index]
        guard !node.flags.contains(.refused) else {
            alternativeText(of: index, in: .text)
            return
        }
        write("<img src=\"")
        if node.flags.contains(.asset) {
            escapeAttribute(tree.slice(node.destination))
        } else {
            appendEscapedURL(tree.slice(node.destination), sentinels: tree.holdsSentinels ? .target : nil, to: &html)
        }
        write("\" alt=\"")
        alternativeText(of: index, in: .attribute)
        if !node.title.isEmpty {
            write("\" title=\"")
            escapeAttribute(tree.slice(node.title))
        }
        write("\" />")
    }

    /// The text below an image, without its markup.
    private mutating func alternativeText(of index: Int, in context: Sentinel.Context) {
        var child = view.nodes[index].firstChild
        while child >= 0 {
            let node = view.nodes[Int(child)]
            switch node.kind {
            case .text, .code, .htmlInline:
                if context == .attribute { escapeAttribute(tree.slice(node.literal)) } else { escape(node.literal) }
            case .placeholder: Sentinel.append(Int(node.number), in: context, to: &html)
            case .softBreak, .lineBreak: html.append(0x20)
            default: alternativeText(of: Int(child), in: context)
            }
            child = node.nextSibling
        }
    }

    private mutating func writeSoftBreak(_ index: Int) {
        switch softBreak {
        case .lineFeed: html.append(0x0A)
        case .space: if !view.nodes[index].flags.contains(.joins) { html.append(0x20) }
        }
    }

    // MARK: Footnotes

    private mutating func footnoteReference(_ index: Int) {
        let node = view.nodes[index]
        let label = tree.footnoteLabel(number: Int(node.number)) ?? node.literal
        footnotes.writeReference(label, number: Int(node.number), tree, &html)
    }

    private mutating func footnoteDefinition(_ index: Int) {
        let label = view.nodes[index].literal
        footnotes.open(label, tree, &html)
        children(index)
        if footnotes.writeBackReference(label, tree, &html) { html.append(0x0A) }
        write("</li>\n")
    }

    private mutating func endFootnotes() {
        if footnotes.isOpen { write("</ol>\n</section>\n") }
    }

    // MARK: Writing

    private mutating func write(_ text: StaticString) {
        html.append(text)
    }

    private mutating func write(_ text: String) {
        html.append(contentsOf: text.utf8)
    }

    /// Ends the line, unless it is empty.
    private mutating func startLine() {
        if let last = html.last, last != 0x0A { html.append(0x0A) }
    }

    private mutating func wrap(_ open: StaticString, _ close: StaticString, _ body: (inout HTMLRenderer) -> Void) {
        write(open)
        body(&self)
        write(close)
    }

    private mutating func escape(_ range: Range<Int32>) {
        html.append(escapingMarkup: view.slice(range))
    }

    private mutating func escapeAttribute(_ text: ArraySlice<UInt8>) {
        appendEscapedHTML(text, sentinels: tree.holdsSentinels ? .attribute : nil, to: &html)
    }
}
