import CCMarkGFM
import SourceDiagnostics

// The walk through a leaf block's text, side by side with its inline nodes. Each step consumes what stands for one
// node or for one end of it.

extension MarkdownTreeBuilder {
    /// The place in the source of an offset in the content.
    func sourceOffset(_ offset: Int) -> Int {
        guard !runs.isEmpty else { return 0 }
        var low = 0
        var high = runs.count
        while low + 1 < high {
            let middle = (low + high) / 2
            if runs[middle].content <= offset { low = middle } else { high = middle }
        }
        return runs[low].source + min(max(0, offset - runs[low].content), runs[low].length)
    }

    /// The source of a stretch of the content; its end is where its last byte ends.
    func sourceSpan(_ start: Int, _ end: Int) -> Span {
        guard end > start else { return Span(at: sourceOffset(start)) }
        return Span(sourceOffset(start), sourceOffset(end - 1) + 1)
    }

    func byte(_ offset: Int) -> UInt8 {
        offset >= 0 && offset < content.count ? content[offset] : 0
    }

    // MARK: Nodes

    /// Adds an inline node other than text and breaks, and consumes its beginning, or all of it when it is a leaf.
    mutating func addInline(
        _ node: OpaquePointer, _ kind: MarkdownKind, to lastChild: inout Int32, of parent: Int32
    ) -> (Int32?, Closing) {
        let start = position
        let index = Int(append(MarkdownNode(kind: kind, parent: parent, span: Span(at: 0)), after: &lastChild))
        var closing = Closing.none
        switch kind {
        case .code:
            wideLines.reset()
            consumeCode()
            tree.nodes[index].literal = store(cmark_node_get_literal(node))
        case .htmlInline:
            tree.nodes[index].literal = store(cmark_node_get_literal(node))
            position = min(content.count, position + literalLength(node))
        case .footnoteReference:
            consumeFootnote(index, node)
        case .emphasis, .strong:
            let count = kind == .emphasis ? 1 : 2
            expect(byte(position) == 0x2A || byte(position) == 0x5F)
            position = min(content.count, position + count)
            closing = .delimiters(count)
        case .strikethrough:
            expect(byte(position) == 0x7E)
            let count = byte(position + 1) == 0x7E ? 2 : 1
            position = min(content.count, position + count)
            closing = .delimiters(count)
        default:
            tree.nodes[index].destination = store(cmark_node_get_url(node))
            tree.nodes[index].title = store(cmark_node_get_title(node))
            closing = openLink(index, kind)
        }
        tree.nodes[index].span = sourceSpan(start, position)
        if case .none = closing { return (nil, .none) }
        return (Int32(truncatingIfNeeded: index), closing)
    }

    private mutating func openLink(_ index: Int, _ kind: MarkdownKind) -> Closing {
        if kind == .image {
            expect(byte(position) == 0x21 && byte(position + 1) == 0x5B)
            position = min(content.count, position + 2)
            return .bracket
        }
        switch byte(position) {
        case 0x5B:
            position += 1
            return .bracket
        case 0x3C:
            tree.nodes[index].flags.insert(.autolink)
            position += 1
            return .angle
        default:
            tree.nodes[index].flags.insert(.autolink)
            return .bare
        }
    }

    /// Consumes the end of a node and gives the node its span.
    mutating func close(_ closing: Closing, of index: Int) {
        let inside = position
        switch closing {
        case .none, .block: return
        case .container:
            closeContainer(index)
            return
        case .delimiters(let count): position = min(content.count, position + count)
        case .bracket: closeBracket(index)
        case .angle:
            expect(byte(position) == 0x3E)
            position = min(content.count, position + 1)
            tree.nodes[index].destinationSpan = Span(tree.nodes[index].span.end, sourceOffset(inside))
        case .bare:
            tree.nodes[index].destinationSpan = Span(tree.nodes[index].span.start, sourceSpan(0, inside).end)
        }
        tree.nodes[index].span.end = max(tree.nodes[index].span.start, sourceSpan(0, position).end)
    }

    /// Counts what is not as expected.
    private mutating func expect(_ condition: Bool) {
        if !condition { misaligned += 1 }
    }

    private func literalLength(_ node: OpaquePointer) -> Int {
        guard let text = cmark_node_get_literal(node) else { return 0 }
        var count = 0
        while text[count] != 0 { count += 1 }
        return count
    }

    // MARK: Leaves

    private mutating func consumeCode() {
        var ticks = 0
        while byte(position) == 0x60 {
            ticks += 1
            position += 1
        }
        expect(ticks > 0)
        while position < content.count {
            guard content[position] == 0x60 else {
                position += 1
                continue
            }
            var run = 0
            while byte(position) == 0x60 {
                run += 1
                position += 1
            }
            if run == ticks { return }
        }
        misaligned += 1
    }

    private mutating func consumeFootnote(_ index: Int, _ node: OpaquePointer) {
        expect(byte(position) == 0x5B && byte(position + 1) == 0x5E)
        position += 2
        let start = position
        while position < content.count, content[position] != 0x5D { position += 1 }
        let first = Int32(truncatingIfNeeded: tree.bytes.count)
        if start < position { tree.bytes.append(contentsOf: content[start..<position]) }
        tree.nodes[index].literal = first..<Int32(truncatingIfNeeded: tree.bytes.count)
        position = min(content.count, position + 1)
        var number: Int32 = 0
        if let digits = cmark_node_get_literal(node) {
            var place = 0
            while digits[place] != 0, place < 9 {
                number = number * 10 + Int32(digits[place]) - 0x30
                place += 1
            }
        }
        tree.nodes[index].number = number
    }

    /// Consumes a line's end with the white space around it; the span ends with the line.
    mutating func consumeBreak() -> Span {
        let start = position
        while byte(position) == 0x20 || byte(position) == 0x09 { position += 1 }
        if byte(position) == 0x5C { position += 1 }
        expect(byte(position) == 0x0A)
        var end = sourceSpan(start, position).end
        if position < content.count {
            position += 1
            // The line feed of the content is the end of a line of the source, whatever its form.
            if end < source.count, source[end] == 0x0D { end += 1 }
            if end < source.count, source[end] == 0x0A { end += 1 }
        }
        while byte(position) == 0x20 || byte(position) == 0x09 { position += 1 }
        return Span(sourceOffset(start), end)
    }

    // MARK: Links

    /// Consumes `]` and the target, label or nothing behind it, as CommonMark's "look for link or image" does.
    private mutating func closeBracket(_ index: Int) {
        expect(byte(position) == 0x5D)
        position = min(content.count, position + 1)
        if byte(position) == 0x28, let target = inlineTarget() {
            tree.nodes[index].destinationSpan = sourceSpan(target.start, target.end)
            return
        }
        if byte(position) == 0x5B, let end = labelEnd(position) { position = end }
    }

    /// Parses `(destination "title")` at the position and moves behind it; nil when it is none.
    private mutating func inlineTarget() -> (start: Int, end: Int)? {
        var place = skipSpace(position + 1)
        guard let destination = destinationEnd(place) else { return nil }
        let inner = byte(place) == 0x3C ? (place + 1, destination - 1) : (place, destination)
        place = destination
        let title = skipSpace(place)
        if title > place, let end = titleEnd(title) {
            place = end
        }
        place = skipSpace(place)
        guard byte(place) == 0x29 else { return nil }
        position = place + 1
        return (inner.0, inner.1)
    }

    private func skipSpace(_ offset: Int) -> Int {
        var offset = offset
        while byte(offset) == 0x20 || (0x09...0x0D).contains(byte(offset)) { offset += 1 }
        return offset
    }

    /// The end of a link destination that begins at `start`, as cmark scans it.
    private func destinationEnd(_ start: Int) -> Int? {
        var place = start
        if byte(place) == 0x3C {
            place += 1
            while place < content.count {
                switch content[place] {
                case 0x3E: return place + 1
                case 0x5C: place += 2
                case 0x0A, 0x3C: return nil
                default: place += 1
                }
            }
            return nil
        }
        var depth = 0
        while place < content.count {
            let character = content[place]
            if character == 0x5C, isASCIIPunctuation(byte(place + 1)) {
                place += 2
            } else if character == 0x28 {
                depth += 1
                guard depth <= 32 else { return nil }
                place += 1
            } else if character == 0x29 {
                if depth == 0 { return place }
                depth -= 1
                place += 1
            } else if character == 0x20 || (0x09...0x0D).contains(character) {
                return place == start ? nil : place
            } else {
                place += 1
            }
        }
        return nil
    }

    private func titleEnd(_ start: Int) -> Int? {
        let close: UInt8
        switch byte(start) {
        case 0x22: close = 0x22
        case 0x27: close = 0x27
        case 0x28: close = 0x29
        default: return nil
        }
        var place = start + 1
        while place < content.count {
            let character = content[place]
            if character == 0x5C, isASCIIPunctuation(byte(place + 1)) {
                place += 2
            } else if character == close {
                return place + 1
            } else if character == 0x28, close == 0x29 {
                return nil
            } else {
                place += 1
            }
        }
        return nil
    }

    private func labelEnd(_ start: Int) -> Int? {
        var place = start + 1
        while place < content.count, place - start <= 1001 {
            switch content[place] {
            case 0x5D: return place + 1
            case 0x5B: return nil
            case 0x5C: place += isASCIIPunctuation(byte(place + 1)) ? 2 : 1
            default: place += 1
            }
        }
        return nil
    }
}

/// Whether a backslash before the byte makes it literal (CommonMark, section 6.1).
func isASCIIPunctuation(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: true
    default: false
    }
}
