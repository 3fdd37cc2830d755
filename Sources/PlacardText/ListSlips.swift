import ByteText
import PlacardMarkdown
import SourceDiagnostics

// `-one` is no item of a list, as the space is missing, and readers see several of them as one line; `2026. A good year` is one,
// though none is meant.

extension PatternText {
    /// Reports lines that look like items of a list and are none, and lists that nobody means.
    func checkLists(_ source: [UInt8], _ diagnostics: inout [Diagnostic]) {
        var known: Set<Int> = []
        for index in tree.nodes.indices {
            switch tree.nodes[index].kind {
            case .paragraph where !known.contains(index): checkItems(index, source, &known, &diagnostics)
            case .list: checkOnlyItem(index, source, &diagnostics)
            default: continue
            }
        }
    }

    // MARK: Items that are none

    private func checkItems(
        _ index: Int, _ source: [UInt8], _ known: inout Set<Int>, _ diagnostics: inout [Diagnostic]
    ) {
        let node = tree.nodes[index]
        var marks = itemMarks(node, source)
        guard let first = marks.first(where: { $0.kind != nil }), let kind = first.kind else { return }
        // Lines that are broken on purpose stand below each other.
        if tree.children(of: index).contains(where: { tree.nodes[$0].kind == .lineBreak }) { return }
        let parent = node.parent >= 0 ? tree.nodes[Int(node.parent)] : node
        if parent.kind == .item {
            // A line of an item's text.
            guard parent.parent >= 0, let list = listMark(tree.nodes[Int(parent.parent)], source) else { return }
            marks = marks.dropFirst().filter { $0.kind.map { $0.continues(list) } ?? false }
        } else {
            // Paragraphs of one line each, beside one another or beside a list.
            var neighbours: [ItemMark] = []
            var last = index
            while marks.count == 1, !kind.isSpaced, tree.nodes[last].nextSibling >= 0 {
                let next = Int(tree.nodes[last].nextSibling)
                guard tree.nodes[next].kind == .paragraph else { break }
                let own = itemMarks(tree.nodes[next], source)
                guard own.count == 1, let other = own[0].kind, other.isLike(kind) else { break }
                neighbours += own
                known.insert(next)
                last = next
            }
            let isBesideList = !kind.isSpaced && isBesideList(index, last, kind, source)
            marks = (marks + neighbours).filter { $0.kind.map { $0.isLike(kind) } ?? false }
            guard marks.count > 1 || isBesideList && first.isFirst else { return }
            // `1.` and `2.`, one behind the other
            if let number = kind.number, !isBesideList, marks.count > 1, marks[1].kind?.number != number + 1 { return }
            if case .sign(let sign) = kind, sign != "-", !neighbours.isEmpty { return }
        }
        guard let start = marks.first else { return }
        // A list that does not begin with 1 cannot follow a line of words.
        let isFixable = start.isFirst || parent.kind == .item || start.kind?.number ?? 1 == 1
        let edits = marks.compactMap { mark in mark.kind.map { Edit(mark.span, $0.written) } }
        diagnostics.append(
            .unspacedItems(
                written(source, start.span), edits[0].replacement, count: marks.count, at: start.span,
                isFixable && start.kind?.isDialogue != true ? edits : []))
    }

    /// The mark at the beginning of each line of a paragraph.
    private func itemMarks(_ paragraph: MarkdownNode, _ source: [UInt8]) -> [ItemMark] {
        let lines = tree.contentLines[Int(paragraph.contentLines.lowerBound)..<Int(paragraph.contentLines.upperBound)]
        var marks: [ItemMark] = []
        for line in lines {
            var start = line.start
            let end = min(line.end, source.count)
            while start < end, source[start] == 0x20 { start += 1 }
            marks.append(ItemMark(source, Span(start, end), isFirst: marks.isEmpty))
        }
        return marks
    }

    /// The sign or the number that the last item of a list begins with.
    private func listMark(_ list: MarkdownNode, _ source: [UInt8]) -> ItemMark.Kind? {
        guard list.kind == .list, list.span.start < source.count else { return nil }
        if list.flags.contains(.ordered) { return .number(Int(list.number), ".") }
        return .sign(String(UnicodeScalar(source[list.span.start])))
    }

    private func isBesideList(_ first: Int, _ last: Int, _ kind: ItemMark.Kind, _ source: [UInt8]) -> Bool {
        func isList(_ node: MarkdownNode) -> Bool { listMark(node, source).map { kind.continues($0) } ?? false }
        let next = tree.nodes[last].nextSibling
        if next >= 0, isList(tree.nodes[Int(next)]) { return true }
        guard tree.nodes[first].parent >= 0 else { return false }
        return tree.children(of: Int(tree.nodes[first].parent)).contains {
            Int(tree.nodes[$0].nextSibling) == first && isList(tree.nodes[$0])
        }
    }

    // MARK: Lists that nobody means

    /// Reports `2026. A good year` and `+ 5 points`, which are lists of one item.
    private func checkOnlyItem(_ index: Int, _ source: [UInt8], _ diagnostics: inout [Diagnostic]) {
        let list = tree.nodes[index]
        guard list.firstChild >= 0, tree.nodes[Int(list.firstChild)].nextSibling < 0, list.span.start < source.count
        else { return }
        let start = list.span.start
        if list.flags.contains(.ordered) {
            // From 32 on it is no day of a month, and no number that a list goes on with.
            guard list.number > 31, let end = source[start...].firstIndex(where: { !$0.isASCIIDigit }) else { return }
            diagnostics.append(
                .unmeantList(written(source, Span(start, end + 1)), at: Span(start, end + 1), Edit(Span(at: end), "\\"))
            )
        } else if source[start] == 0x2B {
            diagnostics.append(.unmeantList("+", at: Span(start, start + 1), Edit(Span(at: start), "\\")))
        }
    }
}

/// What a line begins with.
private struct ItemMark {
    enum Kind: Equatable {
        /// A hyphen or a sign like it, right before a word.
        case sign(String)
        /// A bullet of Unicode or a dash, with a space behind it or without one.
        case bullet(String)
        /// A number, and what stands behind it.
        case number(Int, String)

        /// Whether others like it are items of the same list.
        func isLike(_ other: Kind) -> Bool {
            switch (self, other) {
            case (.sign(let a), .sign(let b)), (.bullet(let a), .bullet(let b)), (.number(_, let a), .number(_, let b)):
                a == b
            default: false
            }
        }

        /// Whether it was meant as an item of a list with such marks.
        func continues(_ list: Kind) -> Bool {
            switch (self, list) {
            case (.sign(let a), .sign(let b)): a == b
            case (.number(let a, _), .number(let b, _)): a > b && a < b + 100
            default: false
            }
        }

        var number: Int? { if case .number(let value, _) = self { value } else { nil } }
        var isSpaced: Bool { if case .bullet = self { true } else { false } }
        /// Whether speech begins with it in print.
        var isDialogue: Bool { self == .bullet("—") }

        /// How Markdown has it.
        var written: String {
            switch self {
            case .sign(let sign): "\(sign) "
            case .bullet: "- "
            case .number(let value, _): "\(value). "
            }
        }
    }

    /// The mark and the white space behind it.
    var span: Span
    var kind: Kind?
    /// Whether it is the first line of its paragraph.
    var isFirst: Bool

    init(_ source: [UInt8], _ line: Span, isFirst: Bool) {
        self.isFirst = isFirst
        span = Span(at: line.start)
        guard line.start < line.end else { return }
        let text = source[line.start..<line.end]
        func behind(_ length: Int) -> UInt8 { line.start + length < line.end ? source[line.start + length] : 0 }
        func isWord(_ byte: UInt8) -> Bool { byte.isASCIILetter || byte >= 0x80 || byte == 0x5B || byte == 0x7B }
        switch text[text.startIndex] {
        case 0x2D, 0x2B:
            guard isWord(behind(1)) else { return }
            // `-–` is a line, and no word.
            guard behind(1) != 0xE2 else { return }
            kind = .sign(String(UnicodeScalar(text[text.startIndex])))
            span = Span(line.start, line.start + 1)
        case 0x30...0x39:
            let digits = text.prefix { $0.isASCIIDigit }
            guard digits.count < 4, let value = Int(String(decoding: digits, as: UTF8.self)) else { return }
            for sign in [".", ")", "、", "．", "）"] where text.dropFirst(digits.count).starts(with: sign.utf8) {
                let end = digits.count + sign.utf8.count
                guard isWord(behind(end)) || sign.utf8.count > 1 && behind(end) > 0 else { return }
                var last = line.start + end
                while last < line.end, source[last] == 0x20 { last += 1 }
                kind = .number(value, sign)
                span = Span(line.start, last)
            }
        case 0x80...:
            for sign in ["•", "–", "—", "·", "‣", "▪", "●", "・", "◦", "○", "■"] where text.starts(with: sign.utf8) {
                let end = sign.utf8.count
                guard isWord(behind(end)) || behind(end) == 0x20 || behind(end).isASCIIDigit || behind(end) == 0x2A
                else { return }
                var last = line.start + end
                while last < line.end, source[last] == 0x20 { last += 1 }
                kind = .bullet(sign)
                span = Span(line.start, last)
            }
        default: return
        }
    }
}
