import ByteText
import PlacardMarkdown
import SourceDiagnostics

// Markdown has no errors: what is not well-formed is text. Where an author can have meant nothing else, a text that only
// looks like Markdown is reported. Everything here reads the source of text nodes, where no link and no code can stand.

/// Finds links that are none: `[x](https://example.com/a b)`, `[x] (https://…)`, `(x)[https://…]`, `[x][nowhere]`.
struct LinkSlips {
    /// How far behind its beginning the end of an address is looked for.
    static let addressLimit = 2048

    let source: [UInt8]
    private(set) var diagnostics: [Diagnostic] = []
    /// Where brackets open in the text below one node.
    private var open: [Int] = []
    private var parent: Int32 = -1

    init(_ source: [UInt8]) {
        self.source = source
    }

    /// Looks at a text node; nodes come in the order of the source.
    mutating func see(_ node: MarkdownNode) {
        var index = node.span.start
        let end = min(node.span.end, source.count)
        while index < end {
            switch source[index] {
            case 0x5C: index += 1
            case 0x3C where isAddress(index + 1): checkAutolink(from: index)
            case 0x5B:
                enter(node.parent)
                open.append(index)
            case 0x5D:
                enter(node.parent)
                if let start = open.popLast() { checkText(Span(start, index + 1)) }
            case 0x29 where byte(index + 1) == 0x5B && isAddress(index + 2):
                diagnostics.append(.swappedLink(at: Span(index, index + 2)))
            default: break
            }
            index += 1
        }
    }

    private mutating func enter(_ node: Int32) {
        guard node != parent else { return }
        parent = node
        open.removeAll(keepingCapacity: true)
    }

    /// Looks behind what may be a link's text, `[…]`.
    private mutating func checkText(_ text: Span) {
        switch byte(text.end) {
        case 0x28: checkAddress(from: text.end + 1)
        case 0x20 where byte(text.end + 1) == 0x28 && isAddress(text.end + 2):
            diagnostics.append(.spacedLink(at: Span(text.end, text.end + 1)))
        case 0x5B: checkReference(text)
        default: break
        }
    }

    /// `<https://…>`, which is a link if it holds no space.
    private mutating func checkAutolink(from start: Int) {
        let end = min(source.count, start + Self.addressLimit)
        guard let close = source[(start + 1)..<end].firstIndex(where: { $0 < 0x20 || $0 == 0x3C || $0 == 0x3E }),
            source[close] == 0x3E
        else { return }
        let address = Span(start + 1, close)
        let spaces = parts(address).spaces
        if !spaces.isEmpty { diagnostics.append(.spacedAutolink(at: address, spaces: spaces)) }
    }

    private mutating func checkAddress(from start: Int) {
        guard isAddress(start) || byte(start) == 0x23 && byte(start + 1).isASCIIAlphanumeric else { return }
        guard let end = addressEnd(from: start) else {
            diagnostics.append(.unclosedLink(at: Span(start - 2, start)))
            return
        }
        let (spaces, title) = parts(Span(start, end))
        diagnostics.append(.brokenLink(at: Span(start, end), spaces: title.map(isTitle) ?? true ? spaces : []))
    }

    /// The spaces of an address, and what stands behind the first of them that a quotation mark follows.
    private func parts(_ address: Span) -> (spaces: [Span], title: Span?) {
        var spaces: [Span] = []
        var index = address.start
        while index < address.end {
            if source[index] == 0x7B { index = placeholderEnd(from: index, address.end) }
            guard source[index] == 0x20 else {
                index += 1
                continue
            }
            let first = index
            while index < address.end, source[index] == 0x20 { index += 1 }
            if index == address.end { break }
            if source[index] == 0x22 || source[index] == 0x27 { return (spaces, Span(index, address.end)) }
            spaces.append(Span(first, index))
        }
        return (spaces, nil)
    }

    /// Whether a title ends with the quotation mark that it begins with.
    private func isTitle(_ span: Span) -> Bool {
        var end = span.end
        while end > span.start, source[end - 1] == 0x20 { end -= 1 }
        return end > span.start + 1 && source[end - 1] == source[span.start]
    }

    /// `[text][label]`, which needs a definition of the label. Behind a letter it is no link but an index.
    private mutating func checkReference(_ text: Span) {
        guard text.start == 0 || !source[text.start - 1].isASCIIAlphanumeric,
            source[text.start + 1..<text.end - 1].contains(where: { $0 > 0x20 })
        else { return }
        var index = text.end + 1
        let end = min(source.count, index + Self.addressLimit)
        while index < end, source[index] != 0x5D, source[index] != 0x5B, source[index] >= 0x20 {
            index += source[index] == 0x5C ? 2 : 1
        }
        guard index < end, source[index] == 0x5D, index > text.end + 1 else { return }
        diagnostics.append(.undefinedReference(at: Span(text.end, index + 1)))
    }

    /// Where the address ends that begins at `start`, before its `)`; nil when the line ends first.
    private func addressEnd(from start: Int) -> Int? {
        let end = min(source.count, start + Self.addressLimit)
        var depth = 0
        var index = start
        var last: Int?
        while index < end, source[index] != 0x0A, source[index] != 0x0D {
            switch source[index] {
            case 0x5C: index += 1
            case 0x7B: index = placeholderEnd(from: index, end)
            case 0x28: depth += 1
            case 0x29:
                if depth == 0 { return index }
                depth -= 1
                last = index
            default: break
            }
            index += 1
        }
        // `(` that closes nowhere: the last `)` is the best guess.
        return last
    }

    /// The last byte of the placeholder that begins at `start`.
    private func placeholderEnd(from start: Int, _ end: Int) -> Int {
        var index = start
        while index < end, source[index] != 0x7D, source[index] >= 0x20 { index += 1 }
        return index < end ? index : start
    }

    /// Whether `https:`, another scheme, `www.` or a placeholder stands at `start`, with more behind it.
    private func isAddress(_ place: Int) -> Bool {
        let start = byte(place) == 0x3C ? place + 1 : place
        if byte(start) == 0x7B { return byte(start + 1) == 0x24 }
        var index = start
        while index - start < 32, byte(index).isASCIIAlphanumeric || byte(index) == 0x2B || byte(index) == 0x2D {
            index += 1
        }
        guard index - start > 2, index - start < 32 else { return false }
        if byte(index) == 0x2E { return source[start..<index].elementsEqual("www".utf8) }
        return byte(index) == 0x3A && byte(index + 1) > 0x20 && byte(index + 1) != 0x29
    }

    /// The byte at `index`; 0 behind the end.
    private func byte(_ index: Int) -> UInt8 { index < source.count ? source[index] : 0 }
}

extension PatternText {
    /// Reports what only looks like a link, when there are brackets at all.
    func checkBrackets(_ source: [UInt8], _ diagnostics: inout [Diagnostic]) {
        // The brackets of links are not in the tree.
        guard tree.holds(0x5B) || tree.holds(0x5D) || tree.holds(0x3C) else { return }
        let tree = tree
        var slips = LinkSlips(source)
        for index in tree.nodes.indices where tree.nodes[index].kind == .text { slips.see(tree.nodes[index]) }
        diagnostics += slips.diagnostics
    }

    /// Reports a paragraph that begins like a heading, but without the space; one `#` may be a hashtag.
    func checkHeading(_ paragraph: MarkdownNode, _ source: [UInt8], _ diagnostics: inout [Diagnostic]) {
        guard paragraph.firstChild >= 0 else { return }
        let start = tree.nodes[Int(paragraph.firstChild)].span.start
        var index = start
        while index < source.count, source[index] == 0x23 { index += 1 }
        guard (2...6).contains(index - start), index < source.count else { return }
        let isLetter = (source[index] | 0x20) >= 0x61 && (source[index] | 0x20) <= 0x7A || source[index] >= 0x80
        // `##name##` is a placeholder elsewhere.
        if isLetter, enclosed(source, start, source.count) == nil {
            diagnostics.append(.unspacedHeading(at: Span(start, index)))
        }
    }

    /// Reports a block of code whose fence is never closed: everything behind it is code.
    func checkFence(_ code: MarkdownNode, _ source: [UInt8], _ diagnostics: inout [Diagnostic]) {
        guard code.flags.contains(.fenced), code.span.end <= source.count, !code.span.isEmpty else { return }
        let mark = source[code.span.start]
        let opening = source[code.span.start..<code.span.end].prefix { $0 == mark }
        var index = code.span.end
        while index > opening.endIndex, source[index - 1] <= 0x20 { index -= 1 }
        var count = 0
        while index > opening.endIndex, source[index - 1] == mark {
            index -= 1
            count += 1
        }
        while index > opening.endIndex,
            source[index - 1] == 0x20 || source[index - 1] == 0x09 || source[index - 1] == 0x3E
        {
            index -= 1
        }
        let isOnItsLine = index > opening.endIndex && (source[index - 1] == 0x0A || source[index - 1] == 0x0D)
        if count >= opening.count, isOnItsLine { return }
        diagnostics.append(.unclosedFence(at: Span(code.span.start, opening.endIndex)))
    }
}
