import ByteText
import SourceDiagnostics

extension SimpleDocument {
    /// Reads the inline content of a leaf block.
    mutating func inlines(_ range: Span, of block: Int32) -> Bool {
        wideLines.reset()
        var lastInBlock: Int32 = -1
        /// An emphasis that is open, its last child, and how many asterisks it began with.
        var open: (node: Int32, last: Int32, count: Int)?
        var index = range.start
        while index < range.end {
            let parent = open?.node ?? block
            var last = open?.last ?? lastInBlock
            switch source[index] {
            case 0x2A:
                let count = index + 1 < range.end && source[index + 1] == 0x2A ? 2 : 1
                delimiters += count
                if let ending = open {
                    guard ending.count == count, closes(index, count, range) else { return false }
                    tree.nodes[Int(ending.node)].span.end = index + count
                    open = nil
                } else {
                    guard opens(index, count, range) else { return false }
                    let kind: MarkdownKind = count == 1 ? .emphasis : .strong
                    let node = tree.append(
                        MarkdownNode(kind: kind, parent: parent, span: Span(index, index + count)), after: &lastInBlock)
                    open = (node, -1, count)
                }
                index += count
                continue
            case 0x60:
                guard let end = code(from: index, range.end, parent, &last) else { return false }
                index = end
            case 0x5B:
                guard let end = link(from: index, range.end, parent, &last) else { return false }
                index = end
            case 0x0A:
                let node = MarkdownNode(kind: .softBreak, parent: parent, span: Span(index, index + 1))
                wideLines.noteBreak(tree.append(node, after: &last))
                index += 1
            default:
                guard let end = text(from: index, range.end, parent, &last) else { return false }
                index = end
            }
            if open == nil { lastInBlock = last } else { open?.last = last }
        }
        return open == nil
    }

    /// Whether asterisks open an emphasis and cannot close one: behind white space, before a letter or a digit
    /// (CommonMark, section 6.2, rule 1).
    private func opens(_ index: Int, _ count: Int, _ range: Span) -> Bool {
        let isBehindSpace = index == range.start || source[index - 1] == 0x20 || source[index - 1] == 0x0A
        let next = index + count
        return isBehindSpace && next < range.end && isLetterOrDigit(from: next)
    }

    /// Whether asterisks close an emphasis: behind what is no white space, before white space, a stop or the end
    /// (rule 5). They may open one too, but those that are open come first.
    private func closes(_ index: Int, _ count: Int, _ range: Span) -> Bool {
        var previous = index - 1
        while previous > range.start, source[previous] & 0xC0 == 0x80 { previous -= 1 }
        let isBehindText = (0x21...0x7E).contains(source[previous]) || isLetterOrDigit(from: previous)
        guard isBehindText else { return false }
        guard index + count < range.end else { return true }
        switch source[index + count] {
        case 0x20, 0x0A, 0x21, 0x22, 0x27, 0x29, 0x2C, 0x2E, 0x3A, 0x3B, 0x3F: return true
        default: return false
        }
    }

    /// Whether the character at `index` is a letter or a digit of ASCII, or one beyond ASCII that shares its lead byte with
    /// no white space. Placeholders are such characters.
    private func isLetterOrDigit(from index: Int) -> Bool {
        switch source[index] {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0xC3...0xE0, 0xE4...0xED, 0xF0...0xF4: true
        case 0xE3: index + 1 < source.count && source[index + 1] > 0x80
        default: false
        }
    }

    /// Reads `` `code` ``.
    private mutating func code(from start: Int, _ limit: Int, _ parent: Int32, _ last: inout Int32) -> Int? {
        var end = start + 1
        while end < limit, source[end] != 0x60 {
            guard source[end] >= 0x20, source[end] != 0x7F else { return nil }
            if isDelimiter(source[end]) { delimiters += 1 }
            end += 1
        }
        // Two backticks, and spaces at the ends, have rules of their own.
        guard end < limit, end > start + 1, source[start + 1] != 0x20, source[end - 1] != 0x20,
            end + 1 >= limit || source[end + 1] != 0x60
        else { return nil }
        wideLines.reset()
        var node = MarkdownNode(kind: .code, parent: parent, span: Span(start, end + 1))
        node.literal = store(start + 1, end)
        tree.append(node, after: &last)
        return end + 1
    }

    /// Reads `[text](address)`.
    private mutating func link(from start: Int, _ limit: Int, _ parent: Int32, _ last: inout Int32) -> Int? {
        var close = start + 1
        while close < limit, source[close] != 0x5D {
            switch source[close] {
            case 0x0A, 0x2A, 0x5B, 0x60: return nil
            default: close += 1
            }
        }
        guard close > start + 1, close + 2 < limit, source[close + 1] == 0x28 else { return nil }
        var end = close + 2
        while end < limit, source[end] != 0x29 {
            guard isOfAddress(source[end]) else { return nil }
            if isDelimiter(source[end]) { delimiters += 1 }
            end += 1
        }
        guard end > close + 2, end < limit else { return nil }
        delimiters += 2
        let index = tree.append(MarkdownNode(kind: .link, parent: parent, span: Span(start, end + 1)), after: &last)
        tree.nodes[Int(index)].destination = store(close + 2, end)
        tree.nodes[Int(index)].destinationSpan = Span(close + 2, end)
        let titleStart = Int32(truncatingIfNeeded: tree.bytes.count)
        tree.nodes[Int(index)].title = titleStart..<titleStart
        var child: Int32 = -1
        var place = start + 1
        while place < close {
            guard let next = text(from: place, close, index, &child) else { return nil }
            place = next
        }
        return end + 1
    }

    /// Whether the limits count a byte, wherever it stands.
    private func isDelimiter(_ byte: UInt8) -> Bool {
        byte == 0x2A || byte == 0x5F || byte == 0x7E || byte == 0x5B || byte == 0x5D
    }

    /// Whether a byte of an address stands for itself.
    private func isOfAddress(_ byte: UInt8) -> Bool {
        switch byte {
        case 0...0x20, 0x26, 0x28, 0x3C, 0x3E, 0x5C, 0x7F: false
        default: true
        }
    }

    /// Reads text up to what is more than that, cut at the placeholders in it; nil when something may be in it that is
    /// none.
    private mutating func text(from start: Int, _ limit: Int, _ parent: Int32, _ last: inout Int32) -> Int? {
        var pieceStart = start
        var pieceBytes = tree.bytes.count
        var plain = start
        var index = start
        func copy(_ tree: inout MarkdownTree) {
            if plain < index { tree.bytes.append(contentsOf: UnsafeBufferPointer(rebasing: source[plain..<index])) }
        }
        scan: while index < limit {
            switch meanings[Int(source[index])] {
            case .text: index += 1
            case .end: break scan
            case .colon where index + 1 >= source.count || source[index + 1] != 0x2F: index += 1
            case .w where !(index + 2 < source.count && source[index + 1] == 0x77 && source[index + 2] == 0x77):
                index += 1
            case .exclamation where index + 1 >= source.count || source[index + 1] != 0x5B: index += 1
            case .space where index + 1 < limit && source[index + 1] != 0x0A: index += 1
            case .sentinel:
                guard let sentinel = Sentinel.index(in: source, at: index), sentinel < roles.count else {
                    index += 1
                    continue
                }
                copy(&tree)
                count(sentinel)
                if case .literal(let character) = roles[sentinel] {
                    tree.bytes.append(character)
                } else {
                    finish(pieceStart, index, pieceBytes, parent, &last)
                    wideLines.reset()
                    var placeholder = MarkdownNode(kind: .placeholder, parent: parent, span: Span(index, index + 4))
                    placeholder.number = Int32(truncatingIfNeeded: sentinel)
                    tree.append(placeholder, after: &last)
                    pieceStart = index + 4
                    pieceBytes = tree.bytes.count
                }
                index += 4
                plain = index
            default: return nil
            }
        }
        copy(&tree)
        finish(pieceStart, index, pieceBytes, parent, &last)
        return index
    }

    /// Makes a node of the text that the buffer has had since `first`.
    private mutating func finish(_ start: Int, _ end: Int, _ first: Int, _ parent: Int32, _ last: inout Int32) {
        guard tree.bytes.count > first else { return }
        var node = MarkdownNode(kind: .text, parent: parent, span: Span(start, end))
        node.literal = Int32(truncatingIfNeeded: first)..<Int32(truncatingIfNeeded: tree.bytes.count)
        wideLines.noteText(from: first, in: &tree)
        tree.append(node, after: &last)
    }

    /// Appends bytes of the source with each sentinel of a literal put back, and counts all sentinels.
    private mutating func store(_ start: Int, _ end: Int) -> Range<Int32> {
        let first = Int32(truncatingIfNeeded: tree.bytes.count)
        var index = start
        var plain = start
        while !roles.isEmpty, index < end {
            guard source[index] == 0xF4, let sentinel = Sentinel.index(in: source, at: index), sentinel < roles.count
            else {
                index += 1
                continue
            }
            count(sentinel)
            if case .literal(let character) = roles[sentinel] {
                tree.bytes.append(contentsOf: UnsafeBufferPointer(rebasing: source[plain..<index]))
                tree.bytes.append(character)
                plain = index + 4
            }
            index += 4
        }
        tree.bytes.append(contentsOf: UnsafeBufferPointer(rebasing: source[plain..<end]))
        return first..<Int32(truncatingIfNeeded: tree.bytes.count)
    }

    private mutating func count(_ sentinel: Int) {
        if occurrences[sentinel] < .max { occurrences[sentinel] += 1 }
    }
}

/// What a byte means inside a line, as far as ``SimpleDocument`` looks.
enum InlineMeaning: UInt8 {
    /// Nothing.
    case text
    /// Text ends here, and something else begins: `*`, `` ` ``, `[`, the end of a line.
    case end
    /// Text, unless a certain character follows: `:/` and `www` may be an address, `![` an image; white space at the end
    /// of a line is a break or nothing.
    case colon, w, exclamation, space
    /// It may begin a placeholder.
    case sentinel
    /// cmark knows.
    case other

    static let ofBytes: [InlineMeaning] = (0...255).map { byte in
        switch UInt8(truncatingIfNeeded: byte) {
        case 0x0A, 0x2A, 0x5B, 0x60: .end
        case 0x3A: .colon
        case 0x77: .w
        case 0x21: .exclamation
        case 0x20: .space
        case 0xF4: .sentinel
        // Controls, `&`, `<`, `@`, `\`, `]`, `_`, `|`, `~`.
        case 0..<0x20, 0x26, 0x3C, 0x40, 0x5C, 0x5D, 0x5F, 0x7C, 0x7E, 0x7F: .other
        default: .text
        }
    }
}
