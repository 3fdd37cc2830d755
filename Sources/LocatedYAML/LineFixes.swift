import SourceDiagnostics

// What is likely meant by a line without a key, and by one in a column of its own.

extension SyntaxError {
    /// A line, or what is on it behind a hyphen, that has no key.
    func missingColon(on line: Span) -> Diagnostic {
        if let gap = colonWithoutSpace(line), let scalar = text(Span(gap, character(at: gap).end)).unicodeScalars.first,
            isSpaceLookalike(scalar.value)
        {
            return .notASpace(scalar.value, at: character(at: gap))
        }
        return .missingColon(at: line, missingColonFixes(line))
    }

    /// `- {id: go},`, where the comma is the last sign of its line; nil for anything else.
    func commaAfterValue() -> Diagnostic? {
        guard byte(offset) == 0x2C, offset + 1 == line.end, offset > line.start,
            byte(offset - 1) == 0x7D || byte(offset - 1) == 0x5D
        else { return nil }
        return .commaAfterValue(at: Span(offset, offset + 1), [Edit(Span(offset, offset + 1), "")])
    }

    /// `title: "Hello",`, as JSON and languages of programs have it: the sign is left out here, and on all lines that end so.
    func commaAfterQuote(_ place: Int) -> Diagnostic? {
        guard byte(place) == 0x2C || byte(place) == 0x3B, place + 1 == lineSpan(bytes, range, at: place).end else {
            return nil
        }
        let sign = byte(place)
        var edits: [Edit] = []
        var start = range.start
        while start < range.end {
            let line = lineSpan(bytes, range, at: start)
            if line.length > 2, byte(line.end - 1) == sign,
                let value = LineValue(bytes: bytes, range: range, at: line.start), value.key != nil,
                value.span.end == line.end, [0x22, 0x27, 0x5D, 0x7D].contains(byte(line.end - 2)),
                let first = value.firstByte,
                [0x22, 0x27, 0x5B, 0x7B].contains(first)
            {
                edits.append(Edit(Span(line.end - 1, line.end), ""))
            }
            let end = lineEnd(max(start, line.end))
            start = end < range.end ? pastBreak(bytes, end) : range.end
        }
        return edits.isEmpty ? nil : .commaAfterValue(at: Span(place, place + 1), edits)
    }

    /// `trigger: {event: session_start}priority: 90`, where the end of a line is missing before the second key; nil for anything else.
    func keyBehindCollection() -> Diagnostic? {
        for place in [offset, context] {
            guard let value = LineValue(bytes: bytes, range: range, at: lineSpan(bytes, range, at: place).start),
                let key = value.key, let first = value.firstByte, first == 0x5B || first == 0x7B,
                byte(value.span.start + 1) != 0x24, let close = matchingBracket(value.span.start),
                close < value.span.end
            else { continue }
            var start = close + 1
            while byte(start) == 0x20 { start += 1 }
            var end = start
            while isOfKey(byte(end)) || (0x41...0x5A).contains(byte(end)) { end += 1 }
            guard end > start, byte(end) == 0x3A, byte(end + 1) <= 0x20 else { continue }
            let column = key.start - value.line.start + indentation(of: value.line)
            let lineBreak = lineBreakUsed(in: bytes) + String(repeating: " ", count: column)
            return .secondKey(text(Span(start, end)), at: Span(start, end + 1), Edit(Span(close + 1, start), lineBreak))
        }
        return nil
    }

    /// Whether the next line is indented more, and so belongs to this one.
    func isAboveDeeper(_ line: Span) -> Bool {
        let end = lineEnd(line.end)
        guard end < range.end else { return false }
        let next = lineSpan(bytes, range, at: pastBreak(bytes, end))
        return !next.isEmpty && indentation(of: next) > indentation(of: line)
    }

    /// A space behind the colon, a colon for an equals sign or for nothing, and the indentation of what goes on from the line
    /// above; which of them is right is known as soon as it is read again.
    private func missingColonFixes(_ line: Span) -> [FixIt] {
        if let sign = signFix(line) { return [sign] }
        return [colonFix(line), continuationFix(line)].compactMap { $0 }
    }

    /// What is written in place of `: `: a colon alone, a full-width one, an equals sign or a semicolon; nil for another line.
    private func signFix(_ line: Span) -> FixIt? {
        if let gap = colonWithoutSpace(line) {
            return FixIt("put a space after the colon", edits: [Edit(Span(at: gap), " ")], .unsafe)
        }
        var sign = line.start
        while isOfKey(byte(sign)) || byte(sign) == 0x20 { sign += 1 }
        let name = bytes[line.start..<sign]
        if byte(sign) == 0xEF, byte(sign + 1) == 0xBC, byte(sign + 2) == 0x9A, name.count > 1, !name.contains(0x20) {
            // A full-width colon.
            let gap = byte(sign + 3) == 0x20 ? ":" : ": "
            return FixIt("write a colon", edits: [Edit(Span(sign, sign + 3), gap)], .unsafe)
        }
        if byte(sign) == 0x3D || byte(sign) == 0x3B, byte(sign + 1) == 0x20, name.count > 1,
            !name.dropLast().contains(0x20)
        {
            let end = name.last == 0x20 ? sign - 1 : sign
            return FixIt("write a colon", edits: [Edit(Span(end, sign + 1), ":")], .unsafe)
        }
        return nil
    }

    private func continuationFix(_ line: Span) -> FixIt? {
        guard let above = lineAbove(line.start), indentation(of: above) == indentation(of: line),
            let value = LineValue(bytes: bytes, range: range, at: above.start), value.key != nil, line.length > 1,
            !isAboveDeeper(line)
        else { return nil }
        guard let first = value.firstByte else {
            return FixIt(
                "indent it, as it is the value of the key above", edits: [Edit(Span(at: line.start), "  ")], .unsafe)
        }
        guard ![0x22, 0x27, 0x5B, 0x7B].contains(first) else { return nil }
        return FixIt("indent it, as it goes on from the line above", edits: [Edit(Span(at: line.start), "  ")], .unsafe)
    }

    /// The line, and those below in its column, where they would be a part of what the line above is: in its column, or below
    /// what stands behind its hyphen.
    func indentationFix() -> FixIt? {
        guard let above = lineAbove(line.start) else { return nil }
        let isInItem = byte(above.start) == 0x2D && byte(above.start + 1) == 0x20
        let column = indentation(of: above) + (isInItem ? 2 : 0)
        let own = indentation(of: line)
        guard column != own, byte(line.start) != 0x2D else { return nil }
        var edits: [Edit] = []
        var start = line.start - own
        while start < range.end {
            let next = lineSpan(bytes, range, at: start)
            guard !next.isEmpty, indentation(of: next) == own, byte(next.start) != 0x2D else { break }
            edits.append(Edit(Span(start, next.start), String(repeating: " ", count: column)))
            let end = lineEnd(next.end)
            guard end < range.end else { break }
            start = pastBreak(bytes, end)
        }
        let title = isInItem ? "indent it below the item" : "indent it like the line above"
        return edits.isEmpty ? nil : FixIt(title, edits: edits, .unsafe)
    }
}
