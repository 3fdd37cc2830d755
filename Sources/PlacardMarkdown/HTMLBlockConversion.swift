import ByteText
import SourceDiagnostics

// What a block of HTML is in Markdown: a heading, a paragraph and a list each begin on a line of their own.

extension HTMLTag {
    /// Whether it is one of the elements that Markdown has blocks for.
    var beginsBlock: Bool { !isClosing && HTMLBlockWriter.isBlock(name) }

    /// The value of `alt` or `src`.
    fileprivate func value(of attribute: String, _ source: UnsafeBufferPointer<UInt8>) -> String? {
        let text = String(decoding: UnsafeBufferPointer(rebasing: source[span.start..<span.end]), as: UTF8.self)
        for mark in ["\"", "'"] {
            guard let start = text.firstRange(of: " \(attribute)=\(mark)") else { continue }
            return String(text[start.upperBound...].prefix { String($0) != mark })
        }
        return nil
    }
}

/// The fix that writes a block of tags as Markdown; nil where one has no counterpart, or nothing would be left.
///
/// - Parameters:
///   - isAlone: whether the text has no other block.
///   - isBehindWords: whether the block begins within a paragraph.
func htmlBlockFix(
    _ block: Span, _ source: UnsafeBufferPointer<UInt8>, isAlone: Bool, isBehindWords: Bool = false
) -> FixIt? {
    var span = block
    while span.end > span.start, source[span.end - 1] <= 0x20 { span = Span(span.start, span.end - 1) }
    var writer = HTMLBlockWriter(source)
    guard writer.write(span) else { return nil }
    let markdown = writer.markdown
    if markdown.isEmpty { return isAlone ? nil : FixIt("remove the tags", edits: [Edit(span, "")], .unsafe) }
    if isBehindWords {
        while span.start > 0, source[span.start - 1] == 0x20 { span = Span(span.start - 1, span.end) }
        return FixIt("write Markdown", edits: [Edit(span, "\n\n" + markdown)], .unsafe)
    }
    return FixIt("write Markdown", edits: [Edit(span, markdown)], .unsafe)
}

/// Writes HTML as Markdown.
struct HTMLBlockWriter {
    private struct Open {
        var tag: HTMLTag
        /// Where what it holds begins.
        var place: Int
    }

    private struct List {
        /// The number of the next item; nil in a list without numbers.
        var number: Int?
        /// How far its items are indented.
        var indentation: Int
    }

    private let source: UnsafeBufferPointer<UInt8>
    private var text: [UInt8] = []
    private var open: [Open] = []
    private var lists: [List] = []

    init(_ source: UnsafeBufferPointer<UInt8>) {
        self.source = source
    }

    /// What has been written, without white space around it.
    var markdown: String {
        let words = text.reversed().drop { $0 <= 0x20 }.reversed()
        return String(decoding: words, as: UTF8.self)
    }

    static func isBlock(_ name: String) -> Bool {
        ["p", "div", "section", "center", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6"].contains(name)
    }

    /// Writes a part of the source; false where it holds what Markdown has not.
    mutating func write(_ span: Span) -> Bool {
        var index = span.start
        while index < span.end {
            guard source[index] == 0x3C else {
                add(source[index])
                index += 1
                continue
            }
            guard let tag = HTMLTag(source, at: index, before: span.end), tag.isClosing ? close(tag) : begin(tag) else {
                return false
            }
            index = tag.span.end
        }
        return open.isEmpty
    }

    private mutating func add(_ byte: UInt8) {
        let isAtStart = text.isEmpty || text.last == 0x0A
        if byte == 0x20 || byte == 0x09, isAtStart || text.last == 0x20 { return }
        if byte == 0x0A || byte == 0x0D {
            if !isAtStart { endLine() }
            return
        }
        if isAtStart { indent() }
        text.append(byte)
    }

    /// Brings words into the column of the list item that they belong to.
    private mutating func indent() {
        guard let list = lists.last else { return }
        text += Array(repeating: 0x20, count: list.indentation + (list.number == nil ? 2 : 3))
    }

    private mutating func endLine() {
        while text.last == 0x20 { text.removeLast() }
        if !text.isEmpty, text.last != 0x0A { text.append(0x0A) }
    }

    private mutating func endBlock() {
        endLine()
        if text.count > 1, !text.suffix(2).elementsEqual([0x0A, 0x0A]) { text.append(0x0A) }
    }

    private mutating func begin(_ tag: HTMLTag) -> Bool {
        switch tag.name {
        case "br":
            while text.last == 0x20 { text.removeLast() }
            if !text.isEmpty, text.last != 0x0A { text += [0x5C, 0x0A] }
            return true
        case "img":
            guard let address = tag.value(of: "src", source),
                !address.utf8.contains(where: { $0 <= 0x20 || $0 == 0x29 })
            else { return false }
            text += Array("![\(tag.value(of: "alt", source) ?? "")](\(address))".utf8)
            return true
        case "ul", "ol":
            let outer = lists.last.map { $0.indentation + ($0.number == nil ? 2 : 3) } ?? 0
            if lists.isEmpty { endBlock() } else { endLine() }
            lists.append(List(number: tag.name == "ol" ? 1 : nil, indentation: outer))
        case "li":
            guard var list = lists.popLast() else { return false }
            endLine()
            text += Array(repeating: 0x20, count: list.indentation)
            text += Array((list.number.map { "\($0). " } ?? "- ").utf8)
            if let number = list.number { list.number = number + 1 }
            lists.append(list)
        case "h1", "h2", "h3", "h4", "h5", "h6":
            guard lists.isEmpty else { return false }
            endBlock()
            text += Array((tag.name == "h1" ? "# " : tag.name == "h2" ? "## " : "### ").utf8)
        default:
            if HTMLBlockWriter.isBlock(tag.name) {
                if lists.isEmpty { endBlock() }
            } else if marks(of: tag.name, isTight: true) == nil {
                return false
            }
        }
        open.append(Open(tag: tag, place: text.count))
        return true
    }

    private mutating func close(_ tag: HTMLTag) -> Bool {
        guard let last = open.popLast(), last.tag.name == tag.name else { return false }
        switch tag.name {
        case "ul", "ol":
            lists.removeLast()
            if lists.isEmpty { endBlock() } else { endLine() }
        case "li": endLine()
        case let name where HTMLBlockWriter.isBlock(name):
            // A break before the end of a paragraph breaks nothing.
            if text.suffix(2).elementsEqual([0x5C, 0x0A]) { text.removeLast(2) }
            if lists.isEmpty { endBlock() }
        default:
            let isTight = standsApart(
                Span(last.tag.span.start, tag.span.end), inside: Span(last.tag.span.end, tag.span.start), source)
            guard var marks = marks(of: tag.name, isTight: isTight) else { return false }
            if let address = last.tag.address { marks = ("[", "](\(address))") }
            text.insert(contentsOf: Array(marks.open.utf8), at: min(last.place, text.count))
            text += Array(marks.close.utf8)
        }
        return true
    }
}

// MARK: Tags as such

/// The elements of HTML that texts elsewhere have. Readers would see the tags of none.
private let elements: Set<String> = [
    "a", "abbr", "address", "article", "aside", "audio", "b", "big", "blockquote", "body", "br", "button", "canvas",
    "center",
    "cite", "code", "dd", "del", "details", "dfn", "div", "dl", "dt", "em", "embed", "figcaption", "figure", "font",
    "footer",
    "form", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hr", "html", "i", "iframe", "img", "input", "ins",
    "kbd",
    "label", "li", "link", "main", "mark", "meta", "nav", "noscript", "object", "ol", "option", "p", "picture", "pre",
    "q", "s",
    "samp", "script", "section", "select", "small", "source", "span", "strike", "strong", "style", "sub", "summary",
    "sup",
    "svg", "table", "tbody", "td", "textarea", "tfoot", "th", "thead", "title", "tr", "tt", "u", "ul", "var", "video",
    "wbr",
]

/// The fix that shows the signs of a tag: for what is no element of HTML, and likely where it is no word in brackets either, as
/// `<name>` is, for which something should stand.
func tagEscape(_ span: Span, _ source: UnsafeBufferPointer<UInt8>) -> FixIt? {
    guard let start = firstTag(span, source) else { return nil }
    let tag = HTMLTag(source, at: start, before: span.end)
    if let tag, elements.contains(tag.name) { return nil }
    // `<?php … ?>` is of another system.
    if start + 1 < span.end, source[start + 1] == 0x3F { return nil }
    return FixIt(
        "write `\\<` if the characters are meant", edits: [Edit(Span(at: start), "\\")],
        tag?.isBare ?? false ? .displayOnly : .unsafe)
}
