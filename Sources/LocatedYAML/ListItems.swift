import SourceDiagnostics

// Items of lists that begin in another column than those above them, on the line of another, or without the hyphen and the space
// that an item begins with.

extension SyntaxError {
    /// A line that does not begin as the items of its list do, where the error is at its beginning; nil for any other.
    func misplacedItem() -> Diagnostic? {
        for place in [offset, context] {
            let line = lineSpan(bytes, range, at: place)
            guard place == line.start || offset - line.start < 8 && offset > line.start else { continue }
            if byte(line.start) == 0x2D, byte(line.start + 1) <= 0x20 {
                guard place == line.start, place == offset else { continue }
                if let item = itemInOtherColumn(line) ?? itemsAboveWithoutHyphen(line) { return item }
            } else if let item = itemWithWrongMarker(line, place) {
                return item
            }
        }
        return nil
    }

    private func itemWithWrongMarker(_ line: Span, _ place: Int) -> Diagnostic? {
        guard let marker = wrongMarker(of: line), place <= marker.end, !marker.isEmpty || !hasOpenKey(above: line)
        else {
            return nil
        }
        let above = itemAbove(line)
        // Braces alone below a key are its mapping; what has another mark than a hyphen is an item there, too.
        guard above != nil || !marker.isEmpty && hasOpenKey(above: line) else { return nil }
        let column = above.map { indentation(of: $0) } ?? indentation(of: line)
        var edits: [Edit] = []
        var next: Span? = line
        while let item = next, let marker = wrongMarker(of: item) {
            let start = item.start - indentation(of: item)
            edits.append(Edit(Span(start, marker.end), String(repeating: " ", count: column) + "- "))
            next = lineBelow(item)
        }
        return byte(marker.start) == 0x2D && !marker.isEmpty
            ? .hyphenWithoutSpace(at: marker, edits)
            : .itemWithoutHyphen(at: marker.isEmpty ? Span(line.start, line.start + 1) : marker, edits)
    }

    /// What fixes a hyphen among the keys of a mapping: nothing but the key that stands behind it.
    func withoutHyphen() -> FixIt? {
        var start = line.start + 1
        while byte(start) == 0x20 { start += 1 }
        guard let value = LineValue(bytes: bytes, range: range, at: line.start), value.key?.start == start,
            let above = lineAbove(line.start), indentation(of: above) == indentation(of: line)
        else { return nil }
        return FixIt("leave out the hyphen", edits: [Edit(Span(line.start, start), "")], .unsafe)
    }

    /// The item above that is one of the same list, as only what is deeper stands between.
    private func itemAbove(_ line: Span) -> Span? {
        var limit = Int.max
        var above = lineAbove(line.start)
        while let candidate = above {
            above = lineAbove(candidate.start)
            if byte(candidate.start) == 0x23 { continue }
            let column = indentation(of: candidate)
            if byte(candidate.start) == 0x2D, byte(candidate.start + 1) == 0x20 {
                return column < limit ? candidate : nil
            }
            if column == 0 { return nil }
            limit = min(limit, column)
        }
        return nil
    }

    private func lineBelow(_ line: Span) -> Span? {
        let end = lineEnd(line.end)
        guard end < range.end else { return nil }
        let below = lineSpan(bytes, range, at: pastBreak(bytes, end))
        return below.isEmpty ? nil : below
    }

    /// Whether the line above is a key that has its value below.
    private func hasOpenKey(above line: Span) -> Bool {
        guard let above = lineAbove(line.start), let value = LineValue(bytes: bytes, range: range, at: above.start)
        else { return false }
        return value.key != nil && value.span.isEmpty
    }

    /// What stands where an item has its hyphen and space: another mark of lists, a hyphen alone, or nothing before a brace.
    private func wrongMarker(of line: Span) -> Span? {
        let start = line.start
        var end = start
        switch byte(start) {
        case 0x7B: return Span(at: start)
        case 0x2D:
            let next = byte(start + 1)
            return next == 0x7B || next == 0x5B || next == 0x22 || next == 0x27 || isOfKey(next) && next > 0x39
                ? Span(start, start + 1) : nil
        case 0x2A, 0x2B: end += 1
        case 0x30...0x39:
            while (0x30...0x39).contains(byte(end)) { end += 1 }
            guard byte(end) == 0x2E || byte(end) == 0x29 else { return nil }
            end += 1
        case 0xC2, 0xE2:
            end = character(at: start).end
            guard ["–", "—", "•", "·", "−", "‐", "‣", "◦"].contains(text(Span(start, end))) else { return nil }
        default: return nil
        }
        let sign = end
        while byte(end) == 0x20 { end += 1 }
        return end > sign || byte(end) == 0x7B ? Span(start, end) : nil
    }

    private func itemInOtherColumn(_ line: Span) -> Diagnostic? {
        guard let above = itemAbove(line) else { return nil }
        let column = indentation(of: above)
        let own = indentation(of: line)
        guard column != own else { return nil }
        var edits: [Edit] = []
        var next: Span? = line
        while let item = next, indentation(of: item) > own || indentation(of: item) == own && byte(item.start) == 0x2D {
            let depth = indentation(of: item)
            edits.append(
                Edit(Span(item.start - depth, item.start), String(repeating: " ", count: max(0, depth + column - own))))
            next = lineBelow(item)
        }
        return .itemInOtherColumn(
            at: Span(line.start, line.start + 1), above: Span(above.start, above.start + 1), edits)
    }

    /// An item behind lines in braces in the column of its hyphen: those are items, too.
    private func itemsAboveWithoutHyphen(_ line: Span) -> Diagnostic? {
        var edits: [Edit] = []
        var above = lineAbove(line.start)
        while let item = above, byte(item.start) == 0x7B {
            let start = item.start - indentation(of: item)
            edits.append(Edit(Span(start, item.start), String(repeating: " ", count: indentation(of: line)) + "- "))
            above = lineAbove(item.start)
        }
        guard let last = edits.last, let above,
            LineValue(bytes: bytes, range: range, at: above.start)?.span.isEmpty ?? false
        else { return nil }
        return .itemWithoutHyphen(at: Span(last.span.end, last.span.end + 1), edits)
    }

    /// `- {id: a}, {id: b}`: the second item begins on the line of the first.
    func itemBehindItem() -> Diagnostic? {
        guard byte(line.start) == 0x2D, let value = LineValue(bytes: bytes, range: range, at: line.start),
            value.key == nil,
            value.firstByte == 0x7B
        else { return nil }
        let gap = lineBreakUsed(in: bytes) + String(repeating: " ", count: indentation(of: line)) + "- "
        var edits: [Edit] = []
        var start = value.span.start
        var second: Int?
        while let close = matchingBracket(start), close < value.span.end {
            var next = close + 1
            while byte(next) == 0x20 || byte(next) == 0x2C { next += 1 }
            guard next < value.span.end else { break }
            guard byte(next) == 0x7B else { return nil }
            edits.append(Edit(Span(close + 1, next), gap))
            second = second ?? next
            start = next
        }
        return second.map { .itemBehindItem(at: Span($0, $0 + 1), edits) }
    }
}
