import ByteText
import SourceDiagnostics

// What HTML that was pasted into a text means in Markdown.

/// A tag in the source.
struct HTMLTag {
    let span: Span
    /// In lower case.
    let name: String
    let isClosing: Bool
    /// What `href` is, for `<a>`.
    var address: String?
    /// Whether there is nothing but a name in it.
    let isBare: Bool

    /// The tag that begins at `start`; nil when none does.
    init?(_ source: UnsafeBufferPointer<UInt8>, at start: Int, before end: Int) {
        guard start + 2 < end, source[start] == 0x3C else { return nil }
        var index = start + 1
        isClosing = source[index] == 0x2F
        if isClosing { index += 1 }
        let first = index
        while index < end, source[index].isASCIIAlphanumeric { index += 1 }
        guard index > first else { return nil }
        name = String(asciiLowercasing: source[first..<index])
        var quote: UInt8?
        while index < end {
            let byte = source[index]
            if let open = quote {
                if byte == open { quote = nil }
            } else if byte == 0x22 || byte == 0x27 {
                quote = byte
            } else if byte == 0x3E {
                break
            }
            index += 1
        }
        guard index < end else { return nil }
        span = Span(start, index + 1)
        isBare = source[first..<index].allSatisfy { $0.isASCIIAlphanumeric }
        address = name == "a" && !isClosing ? HTMLTag.address(source, Span(first, index)) : nil
    }

    private static func address(_ source: UnsafeBufferPointer<UInt8>, _ span: Span) -> String? {
        let text = String(decoding: UnsafeBufferPointer(rebasing: source[span.start..<span.end]), as: UTF8.self)
        guard let equals = text.range(ofASCII: "href=") else { return nil }
        let rest = text[equals...]
        guard let first = rest.first else { return nil }
        let value =
            first == "\"" || first == "'"
            ? rest.dropFirst().prefix { $0 != first } : rest.prefix { $0 != " " && $0 != ">" }
        guard !value.isEmpty, !value.utf8.contains(where: { $0 < 0x20 || $0 == 0x3C || $0 == 0x3E }) else { return nil }
        let address = value.replacing("&amp;", with: "&")
        return address.utf8.contains { $0 == 0x20 || $0 == 0x28 || $0 == 0x29 } ? "<\(address)>" : String(address)
    }
}

extension String {
    /// What follows the first `word`, whose letters are compared without case.
    fileprivate func range(ofASCII word: String) -> String.Index? {
        let (bytes, wanted) = (Array(utf8), Array(word.utf8))
        guard bytes.count >= wanted.count else { return nil }
        for start in 0...(bytes.count - wanted.count) {
            let isHere = zip(bytes[start...], wanted).allSatisfy { $0 == $1 || $0 | 0x20 == $1 }
            if isHere { return utf8.index(startIndex, offsetBy: start + wanted.count) }
        }
        return nil
    }
}

/// What Markdown has for an element; nil for one that is none of a text.
func marks(of name: String, isTight: Bool) -> (open: String, close: String)? {
    switch name {
    case "b", "strong": isTight ? ("**", "**") : ("{#strong}", "{/strong}")
    case "i", "em": isTight ? ("*", "*") : ("{#em}", "{/em}")
    case "s", "del", "strike": isTight ? ("~~", "~~") : ("~~{||}", "{||}~~")
    case "code", "tt", "kbd": ("`", "`")
    case "p", "div", "span", "u", "font", "small", "big", "center", "mark", "section", "sub", "sup", "a": ("", "")
    default: nil
    }
}

/// The fix that writes an element within a line in Markdown.
func markdownFix(opening: Span, closing: Span, _ source: UnsafeBufferPointer<UInt8>) -> FixIt? {
    guard let start = firstTag(opening, source), let tag = HTMLTag(source, at: start, before: opening.end),
        let end = firstTag(closing, source), tag.span.end <= end
    else { return nil }
    let isTight = standsApart(Span(start, closing.end), inside: Span(tag.span.end, end), source)
    guard var marks = marks(of: tag.name, isTight: isTight) else { return nil }
    if let address = tag.address { marks = ("[", "](\(address))") }
    let title =
        marks.open.isEmpty
        ? "remove the tags" : tag.address == nil ? "write `\(marks.open)…\(marks.close)`" : "write a link of Markdown"
    return FixIt(
        title, edits: [Edit(tag.span, marks.open), Edit(Span(end, closing.end), marks.close)], .unsafe)
}

/// Whether Markdown's marks work around a piece of a line: letters of ASCII within, or spaces and ends of lines around.
func standsApart(_ outer: Span, inside: Span, _ source: UnsafeBufferPointer<UInt8>) -> Bool {
    guard !inside.isEmpty, source[inside.start] > 0x20, source[inside.end - 1] > 0x20 else { return false }
    if source[inside.start].isASCIIAlphanumeric, source[inside.end - 1].isASCIIAlphanumeric { return true }
    func isApart(_ byte: UInt8) -> Bool { byte <= 0x20 || byte < 0x80 && !byte.isASCIIAlphanumeric }
    return (outer.start == 0 || isApart(source[outer.start - 1]))
        && (outer.end >= source.count || isApart(source[outer.end]))
}

/// The fix for a `<br>`, or for a block of tags that each have a counterpart in Markdown.
func markdownFix(
    ofBlockOrBreak node: MarkdownNode, _ tree: MarkdownTree, _ source: UnsafeBufferPointer<UInt8>
) -> FixIt? {
    guard node.span.end <= source.count else { return nil }
    if node.kind == .htmlInline {
        guard let start = firstTag(node.span, source), let tag = HTMLTag(source, at: start, before: node.span.end)
        else {
            return nil
        }
        var block = node.parent
        while block > 0, !tree.nodes[Int(block)].kind.isBlock { block = tree.nodes[Int(block)].parent }
        guard tag.name == "br" else {
            // A list that begins behind words of its paragraph.
            let paragraph = tree.nodes[Int(block)]
            guard tag.beginsBlock, node.parent == block, paragraph.parent == 0 else { return nil }
            return htmlBlockFix(Span(start, paragraph.span.end), source, isAlone: false, isBehindWords: true)
        }
        return lineBreakFix(tag.span, isParagraph: block > 0 && tree.nodes[Int(block)].kind == .paragraph, source)
    }
    guard node.kind == .htmlBlock, node.parent == 0 else { return nil }
    let isAlone = tree.nodes[0].firstChild >= 0 && tree.nodes[Int(tree.nodes[0].firstChild)].nextSibling < 0
    return htmlBlockFix(node.span, source, isAlone: isAlone)
}

private func lineBreakFix(_ tag: Span, isParagraph: Bool, _ source: UnsafeBufferPointer<UInt8>) -> FixIt {
    var span = tag
    while span.start > 0, source[span.start - 1] == 0x20 { span = Span(span.start - 1, span.end) }
    while span.end < source.count, source[span.end] == 0x20 { span = Span(span.start, span.end + 1) }
    let isLast =
        span.end >= source.count
        || source[span.end] == 0x0A && (span.end + 1 >= source.count || source[span.end + 1] == 0x0A)
    if isLast { return FixIt("remove the tag", edits: [Edit(span, "")], .unsafe) }
    guard isParagraph else { return FixIt("write a space", edits: [Edit(span, " ")], .unsafe) }
    let endsLine = source[span.end] == 0x0A || source[span.end] == 0x0D
    return FixIt("break the line", edits: [Edit(span, endsLine ? "\\" : "\\\n")], .unsafe)
}
