import ByteText
import CanonicalJSON

/// Writes footnotes as cmark-gfm does. Messages have none; the parser's own conformance tests do.
struct FootnoteCounter {
    private(set) var isOpen = false
    private var lastBackReference: Range<Int32>?
    /// How often each definition has been referred to, by its number.
    private var references: [Int: Int] = [:]
    private var opened = 0

    mutating func writeReference(_ label: Range<Int32>, number: Int, _ tree: MarkdownTree, _ html: inout ByteBuffer) {
        let count = (references[number] ?? 0) + 1
        references[number] = count
        html.append(contentsOf: "<sup class=\"footnote-ref\"><a href=\"#fn-".utf8)
        appendEscapedURL(tree.slice(label), sentinels: nil, to: &html)
        html.append(contentsOf: "\" id=\"fnref-".utf8)
        appendEscapedURL(tree.slice(label), sentinels: nil, to: &html)
        if count > 1 { html.append(contentsOf: "-\(count)".utf8) }
        html.append(contentsOf: "\" data-footnote-ref>\(number)</a></sup>".utf8)
    }

    mutating func open(_ label: Range<Int32>, _ tree: MarkdownTree, _ html: inout ByteBuffer) {
        if !isOpen { html.append(contentsOf: "<section class=\"footnotes\" data-footnotes>\n<ol>\n".utf8) }
        isOpen = true
        opened += 1
        html.append(contentsOf: "<li id=\"fn-".utf8)
        appendEscapedURL(tree.slice(label), sentinels: nil, to: &html)
        html.append(contentsOf: "\">\n".utf8)
    }

    /// Writes the way back to the references, once for each definition; false when it is written already.
    @discardableResult
    mutating func writeBackReference(_ label: Range<Int32>, _ tree: MarkdownTree, _ html: inout ByteBuffer) -> Bool {
        guard lastBackReference != label else { return false }
        lastBackReference = label
        html.append(contentsOf: "<a href=\"#fnref-".utf8)
        appendEscapedURL(tree.slice(label), sentinels: nil, to: &html)
        html.append(
            contentsOf:
                "\" class=\"footnote-backref\" data-footnote-backref aria-label=\"Back to content\">↩</a>".utf8)
        let count = references[opened] ?? 0
        guard count > 1 else { return true }
        for number in 2...count {
            html.append(contentsOf: " <a href=\"#fnref-".utf8)
            appendEscapedURL(tree.slice(label), sentinels: nil, to: &html)
            html.append(
                contentsOf:
                    "-\(number)\" class=\"footnote-backref\" data-footnote-backref aria-label=\"Back to content\">".utf8
            )
            html.append(contentsOf: "↩<sup class=\"footnote-ref\">\(number)</sup></a>".utf8)
        }
        return true
    }
}

extension MarkdownTree {
    /// The label of the footnote definition with that number; definitions stand at the end, in their order.
    func footnoteLabel(number: Int) -> Range<Int32>? {
        var current = 0
        var child = nodes[0].firstChild
        while child >= 0 {
            if nodes[Int(child)].kind == .footnoteDefinition {
                current += 1
                if current == number { return nodes[Int(child)].literal }
            }
            child = nodes[Int(child)].nextSibling
        }
        return nil
    }
}
