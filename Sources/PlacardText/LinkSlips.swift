import ByteText
import PlacardMarkdown
import SourceDiagnostics

// What was meant as a link and is none, as a sign of it is missing, too many or in the wrong place. Everything here reads the source of
// text nodes, where no link and no code can stand.

/// Finds links that are none: `[x](https://example.com/a b)`, `[x] (https://…)`, `(x)[https://…]`, `[x][nowhere]`, `[x(https://…)`.
struct LinkSlips {
    /// How far behind its beginning the end of an address is looked for.
    static let addressLimit = 2048
    /// How far behind its bracket the address of a link is looked for.
    static let textLimit = 256

    let source: [UInt8]
    private(set) var diagnostics: [Diagnostic] = []
    /// Where brackets open in the text below one node.
    private var open: [Int] = []
    private var parent: Int32 = -1
    /// What is to be reported unless its bracket closes.
    private var unclosed: [(bracket: Int, diagnostic: Diagnostic)] = []
    /// Where the last link ends.
    private var linkEnd = -1

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
            case 0xE3, 0xEF: checkWideBracket(index)
            case 0x5B:
                enter(node.parent)
                open.append(index)
            case 0x5D:
                enter(node.parent)
                close(index)
            case 0x28:
                enter(node.parent)
                checkParenthesis(index)
            case 0x29 where byte(index + 1) == 0x5B && isAddress(index + 2):
                diagnostics.append(.swappedLink(at: Span(index, index + 2)))
            case 0x29 where index == linkEnd && !isInParentheses(index):
                diagnostics.append(.doubledSign(")", at: Span(index, index + 1)))
            default: break
            }
            index += 1
        }
    }

    /// Looks at a link.
    mutating func see(link node: MarkdownNode) {
        guard !node.flags.contains(.autolink), byte(node.span.end - 1) == 0x29 else { return }
        linkEnd = node.span.end
        enter(node.parent)
        guard let bracket = open.last, bracket + 1 == node.span.start else { return }
        unclosed.append((bracket, .doubledSign("[", at: Span(bracket, bracket + 1))))
    }

    /// Reports what is left at the end of the text.
    mutating func finish() {
        diagnostics += unclosed.map(\.diagnostic)
        unclosed = []
    }

    mutating func report(_ diagnostic: Diagnostic) { diagnostics.append(diagnostic) }

    private mutating func enter(_ node: Int32) {
        guard node != parent else { return }
        parent = node
        open.removeAll(keepingCapacity: true)
        finish()
    }

    /// Whether a parenthesis is open before the link that ends at `end`.
    private func isInParentheses(_ end: Int) -> Bool {
        var depth = 0
        var place = end - 1
        // The link's own pair is among them.
        while place > 0, end - place < Self.addressLimit {
            place -= 1
            if source[place] == 0x0A, place > 0, source[place - 1] == 0x0A { return false }
            if source[place] == 0x29 { depth += 1 }
            if source[place] == 0x28 {
                depth -= 1
                if depth < -1 { return true }
            }
        }
        return false
    }

    // MARK: Brackets

    private mutating func close(_ index: Int) {
        guard let start = open.popLast() else {
            guard byte(index + 1) == 0x28, isWholeAddress(from: index + 2) else { return }
            let isDoubled = index > 0 && source[index - 1] == 0x5D
            diagnostics.append(
                isDoubled ? .doubledSign("]", at: Span(index, index + 1)) : .unopenedLink(at: Span(index, index + 2)))
            return
        }
        while let last = unclosed.last, last.bracket >= start { unclosed.removeLast() }
        checkText(Span(start, index + 1))
    }

    /// `[news(https://…)` and `[news)(https://…)`, of which the `]` is missing.
    private mutating func checkParenthesis(_ index: Int) {
        // `[news[(https://…)`
        let isReopened = open.last == index - 1 && open.count > 1
        guard let bracket = isReopened ? open.dropLast().last : open.last, index - bracket < Self.textLimit,
            index > bracket + 1, unclosed.last?.bracket != bracket, isWord(byte(bracket + 1)),
            isReopened || isWord(source[index - 1]) || source[index - 1] == 0x29
        else { return }
        let isReplaced = isReopened || source[index - 1] == 0x29
        guard isWholeAddress(from: index + 1) || !isReplaced && isOneWord(from: index + 1) else { return }
        unclosed.append(
            (bracket, .missingBracket(at: Span(bracket, index), Span(isReplaced ? index - 1 : index, index))))
    }

    private func isWord(_ byte: UInt8) -> Bool {
        byte.isASCIIAlphanumeric || byte >= 0x80 || byte == 0x7B || byte == 0x7D || byte == 0x2A || byte == 0x21
            || byte == 0x3F
    }

    /// Whether an address without spaces stands from `start` to a `)`.
    func isWholeAddress(from start: Int) -> Bool {
        guard isAddress(start), let end = addressEnd(from: start) else { return false }
        return !source[start..<end].contains(0x20)
    }

    /// Whether one word stands from `start` to a `)`.
    private func isOneWord(from start: Int) -> Bool {
        var index = start
        while index < source.count, index - start < Self.textLimit, source[index] > 0x20, source[index] != 0x29 {
            index += 1
        }
        return index > start + 1 && byte(index) == 0x29
    }

    /// Looks behind what may be a link's text, `[…]`.
    private mutating func checkText(_ text: Span) {
        switch byte(text.end) {
        case 0x28: checkAddress(from: text.end + 1)
        case 0x20 where byte(text.end + 1) == 0x28 && (isAddress(text.end + 2) || isPath(text.end + 2)):
            diagnostics.append(.spacedLink(at: Span(text.end, text.end + 1)))
        case 0x5B: checkReference(text)
        case 0xEF: checkWideParenthesis(text)
        case 0x23 where byte(text.end + 1) == 0x28 && byte(text.end + 2).isASCIIAlphanumeric:
            // `[Later]#(later)`
            diagnostics.append(
                .slippedLink(at: Span(text.end, text.end + 2), [Edit(Span(text.end, text.end + 2), "(#")]))
        case 0x23, 0x68, 0x77:
            var address = wordEnd(from: text.end)
            while address > text.end + 1, isBehindAddress(source[address - 1]) { address -= 1 }
            let isStep = byte(text.end) == 0x23 && byte(text.end + 1).isASCIIAlphanumeric
            guard isStep || isAddress(text.end), source[address - 1] == 0x29 else { return }
            diagnostics.append(.missingParenthesis("(", at: Span(text.start, text.end), before: text.end))
        default: break
        }
    }

    /// `terms.html)` and `/terms)`: not what a remark in parentheses is.
    private func isPath(_ start: Int) -> Bool {
        guard isOneWord(from: start) else { return false }
        let word = source[start..<(source[start...].firstIndex(of: 0x29) ?? start)]
        if word.first == 0x2F { return word.count > 1 }
        guard let stop = word.lastIndex(of: 0x2E), stop > word.startIndex else { return false }
        let ending = word[(stop + 1)...]
        return (2...5).contains(ending.count) && ending.allSatisfy { $0.isASCIILetter }
    }

    /// Where the word ends that begins at `start`.
    func wordEnd(from start: Int) -> Int {
        var index = start
        while index < source.count, index - start < Self.addressLimit, source[index] > 0x20 { index += 1 }
        return index
    }

    private mutating func checkAddress(from start: Int) {
        let isStepBehind = byte(start + 1) == 0x23 && byte(start + 2).isASCIIAlphanumeric
        if byte(start) == 0x28, isStepBehind && isOneWord(from: start + 1) || isWholeAddress(from: start + 1) {
            diagnostics.append(.doubledSign("(", at: Span(start, start + 1)))
            return
        }
        let isAddress = isAddress(start) || byte(start) == 0x23 && byte(start + 1).isASCIIAlphanumeric
        guard let end = addressEnd(from: start) else {
            var close = wordEnd(from: start)
            guard close > start, isAddress || isLastOfLine(close) else { return }
            // A full stop behind an address is the sentence's.
            while close > start + 1, isBehindAddress(source[close - 1]) { close -= 1 }
            let isWhole = !source[start..<close].contains { $0 == 0x28 || $0 == 0x22 || $0 == 0x3C }
            // Another bracket closes it.
            let isReplaced =
                source[close - 1] == 0x5D || source[close - 1] == 0x7D && !source[start..<close].contains(0x7B)
            diagnostics.append(
                .unclosedLink(
                    at: Span(start - 2, start), end: isWhole ? Span(isReplaced ? close - 1 : close, close) : nil))
            return
        }
        guard isAddress else { return }
        if byte(start) == 0x3C, !source[start..<end].contains(0x3E), !source[start..<end].contains(0x20) {
            diagnostics.append(.slippedLink(at: Span(start, start + 1), [Edit(Span(start, start + 1), "")]))
            return
        }
        let (spaces, title) = parts(Span(start, end))
        diagnostics.append(.brokenLink(at: Span(start, end), spaces: title.map(isTitle) ?? true ? spaces : []))
    }

    /// The spaces of an address, and what stands behind the first of them that a quotation mark follows.
    func parts(_ address: Span) -> (spaces: [Span], title: Span?) {
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
    func isAddress(_ place: Int) -> Bool {
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

    /// Whether it ends a sentence, or emphasis, rather than an address.
    func isBehindAddress(_ byte: UInt8) -> Bool {
        [0x2E, 0x2C, 0x3B, 0x3A, 0x21, 0x3F, 0x2A, 0x5F, 0x7E].contains(byte)
    }

    /// Whether nothing stands behind `index` on its line.
    private func isLastOfLine(_ index: Int) -> Bool { byte(index) == 0x0A || byte(index) == 0x0D || byte(index) == 0 }

    /// The byte at `index`; 0 behind the end.
    func byte(_ index: Int) -> UInt8 { index < source.count ? source[index] : 0 }
}

extension PatternText {
    /// Reports what only looks like a link, when there are brackets at all.
    func checkBrackets(_ source: [UInt8], _ diagnostics: inout [Diagnostic]) {
        let tree = tree
        // The brackets of links are not in the tree.
        guard [0x5B, 0x5D, 0x3C, 0x29].contains(where: tree.holds) || tree.holds(0xE3) && tree.holds(0x28) else {
            return
        }
        var slips = LinkSlips(source)
        var balance = BracketBalance(source)
        for node in tree.nodes {
            if node.kind.isBlock { balance.finish() }
            if node.kind == .text {
                slips.see(node)
                let isAddress = node.parent >= 0 && tree.nodes[Int(node.parent)].flags.contains(.autolink)
                if !isAddress { balance.see(node.span) }
            } else if node.kind == .link {
                slips.see(link: node)
            }
        }
        slips.finish()
        balance.finish()
        let known = slips.diagnostics.map(\.primary.span)
        for place in balance.strays where !known.contains(where: { $0.start - 1 <= place && place <= $0.end }) {
            slips.report(.doubledSign(balance.sign(place), at: Span(place, place + 1), isRemoved: false))
        }
        diagnostics += slips.diagnostics.prefix(textDiagnosticLimit)
    }
}
