import SourceDiagnostics

// Signs that other languages put around names and comments: read as what was meant, so that the rest is read too.

extension Lexer {
    /// `${a.b}`, `{a.b}`, `{$a.b}`, `{{ a.b }}` or `$a`, at ``offset``: the first word of the name inside; nil for anything else.
    mutating func placeholder(_ start: Int) -> Token? {
        var open = start
        while open < bytes.count, bytes[open] == 0x24 { open += 1 }
        var braces = 0
        while open < bytes.count, bytes[open] == 0x7B {
            open += 1
            braces += 1
        }
        var sigil = open
        while sigil < bytes.count, bytes[sigil] == 0x20 { sigil += 1 }
        let isOfText = braces > 0 && sigil < bytes.count && bytes[sigil] == 0x24
        if isOfText { open = sigil + 1 }
        let name = pathSpan(from: open)
        guard !name.isEmpty else { return nil }
        var close = name.end
        while braces > 0, close < bytes.count, bytes[close] == 0x20 { close += 1 }
        let closing = close
        // The function of a text's placeholder, as in `{$a :integer}`.
        if isOfText, close < bytes.count, bytes[close] == 0x3A {
            while close < bytes.count, isIdentifierByte(bytes[close]) || [0x20, 0x3A, 0x3D].contains(bytes[close]) {
                close += 1
            }
        }
        let brace = close
        while close < bytes.count, close - brace < braces, bytes[close] == 0x7D { close += 1 }
        guard close - brace == braces else { return nil }
        let text = String(decoding: bytes[name.start..<name.end], as: UTF8.self)
        let after = braces == 0 ? Span(at: name.end) : Span(name.end, close)
        report(.placeholder(text, Span(start, max(name.end, close)), before: Span(start, name.start), after: after))
        placeholderEnd = braces == 0 ? nil : Span(closing, close)
        offset = name.start
        return next()
    }

    /// The names with dots between them at `start`, white space before them aside; empty when there are none.
    private func pathSpan(from start: Int) -> Span {
        var first = start
        while first < bytes.count, bytes[first] == 0x20 { first += 1 }
        var end = first
        while end < bytes.count, isIdentifierStart(bytes[end]) {
            while end < bytes.count, isIdentifierByte(bytes[end]) { end += 1 }
            guard end + 1 < bytes.count, bytes[end] == 0x2E, isIdentifierStart(bytes[end + 1]) else { break }
            end += 1
        }
        return Span(first, end)
    }

    /// `{% if a %}…{% endif %}` as the whole expression: reported, with what stands behind `if`; nil for what is no tag.
    mutating func templateTag(_ start: Int) -> Token? {
        func end(of tag: Int) -> Int? {
            bytes.indices.first { $0 > tag + 2 && $0 < bytes.count && bytes[$0] == 0x7D && bytes[$0 - 1] == 0x25 }
        }
        guard start == 0, let close = end(of: start) else { return nil }
        var inner = bytes[2..<(close - 1)].drop { $0 == 0x20 || $0 == 0x2D }
        while let last = inner.last, last == 0x20 || last == 0x2D { inner.removeLast() }
        let isCondition = inner.starts(with: "if ".utf8)
        let condition = inner.dropFirst(3).drop { $0 == 0x20 }
        offset = bytes.count
        report(
            .templateTag(
                Span(start, offset), condition: isCondition ? String(decoding: condition, as: UTF8.self) : nil))
        return Token(kind: .invalid, span: Span(start, offset))
    }

    // MARK: Typographic quotation marks

    /// The typographic quotation mark at a place: how many bytes it has, and whether it is a single one; nil for none.
    func typographicMark(at place: Int) -> (length: Int, isSingle: Bool)? {
        guard place + 1 < bytes.count else { return nil }
        switch (bytes[place], bytes[place + 1]) {
        case (0xC2, 0xAB), (0xC2, 0xBB): return (2, false)
        case (0xC2, 0xB4): return (2, true)
        // The wide forms of `"` and `'`.
        case (0xEF, 0xBC):
            guard place + 2 < bytes.count, bytes[place + 2] == 0x82 || bytes[place + 2] == 0x87 else { return nil }
            return (3, bytes[place + 2] == 0x87)
        case (0xE2, 0x80):
            guard place + 2 < bytes.count else { return nil }
            switch bytes[place + 2] {
            case 0x98...0x9B, 0xB9, 0xBA: return (3, true)
            case 0x9C...0x9F: return (3, false)
            default: return nil
            }
        default: return nil
        }
    }

    /// A text between typographic quotation marks, read as the string that was meant; a whole condition between them is
    /// read without them. Nil where there is no such mark.
    mutating func typographic(_ start: Int) -> Token? {
        guard let mark = typographicMark(at: start) else { return nil }
        let open = Span(start, start + mark.length)
        if let close = conditionEnd(open) {
            report(.quotedCondition(open, close))
            marksEnd = close
            offset = open.end
            return next()
        }
        offset = open.end
        let found = closingMark(from: open.end, isSingle: mark.isSingle)
        if start == 0, let found, found.length == 1, bytes[open.end..<found.start].contains(where: isOfComparison) {
            // `“user.plan == "free"`: the straight mark is a string's.
            report(.quotedCondition(open, nil))
            return next()
        }
        guard let close = found else {
            let text = String(decoding: bytes[start..<open.end], as: UTF8.self)
            report(.unexpectedCharacter(text, open))
            while offset < bytes.count, byte() != 0x0A { offset += 1 }
            return Token(kind: .invalid, span: Span(start, offset))
        }
        offset = close.end
        let text = bytes[open.end..<close.start]
        report(
            .typographicQuotes(
                open, close, single: mark.isSingle,
                isPlain: !text.contains(mark.isSingle ? 0x27 : 0x22) && !text.contains(0x5C)))
        return Token(
            kind: .literal, span: Span(start, offset), value: .string(String(decoding: text, as: UTF8.self)))
    }

    private func isOfComparison(_ byte: UInt8) -> Bool { [0x21, 0x26, 0x3C, 0x3D, 0x3E, 0x7C].contains(byte) }

    /// The mark that closes a text on its line: a typographic one of the same kind, or the straight one.
    func closingMark(from start: Int, isSingle: Bool) -> Span? {
        var place = start
        while place < bytes.count, bytes[place] != 0x0A {
            if let mark = typographicMark(at: place), mark.isSingle == isSingle {
                return Span(place, place + mark.length)
            }
            place += 1
        }
        return bytes[start..<place].firstIndex(of: isSingle ? 0x27 : 0x22).map { Span($0, $0 + 1) }
    }

    /// The mark that the expression ends with, where the one it begins with is not a string's: `“user.plan == 'free'”`.
    private func conditionEnd(_ open: Span) -> Span? {
        guard marksEnd == nil, bytes[..<open.start].allSatisfy({ $0 <= 0x20 }) else { return nil }
        var end = bytes.count
        while end > open.end, bytes[end - 1] <= 0x20 { end -= 1 }
        guard
            let close = [3, 2].lazy.map({ Span(end - $0, end) })
                .first(where: { $0.start > open.end && typographicMark(at: $0.start)?.length == $0.length })
        else { return nil }
        var inner = open.end
        while inner < close.start, typographicMark(at: inner) == nil { inner += 1 }
        let text = bytes[open.end..<inner]
        // A text alone is no condition; before an operator there is a value.
        let isCondition = inner == close.start || text.contains(where: isOfComparison)
        return isCondition || text.suffix(4).elementsEqual(" in ".utf8) ? close : nil
    }

    // MARK: Signs that look like others

    /// The sign that another at ``offset`` stands for, and how many bytes that has: `≥` for `>=`; nil for none.
    func sign() -> (length: Int, meant: String)? {
        var length = 1
        while offset + length < bytes.count, bytes[offset + length] & 0xC0 == 0x80 { length += 1 }
        guard length > 1,
            let scalar = String(decoding: bytes[offset..<(offset + length)], as: UTF8.self).unicodeScalars.first
        else { return nil }
        switch scalar.value {
        case 0x2264, 0x2A7D: return (length, "<=")
        case 0x2265, 0x2A7E: return (length, ">=")
        case 0x2260: return (length, "!=")
        case 0x2227: return (length, "&&")
        case 0x2228: return (length, "||")
        case 0xAC: return (length, "!")
        case 0xD7: return (length, "*")
        case 0xF7: return (length, "/")
        case 0x2010...0x2014, 0x2212: return (length, "-")
        case 0x2208: return (length, "in")
        case 0xA0, 0x2000...0x200A, 0x202F, 0x205F, 0x3000: return (length, " ")
        // The wide forms of ASCII.
        case 0xFF01...0xFF5E:
            return Unicode.Scalar(scalar.value - 0xFEE0).map { (length, String(Character($0))) }
        default: return nil
        }
    }

    /// `&gt;` and the like at ``offset``, with the sign that HTML writes so.
    func entity() -> (length: Int, meant: String)? {
        for (name, meant) in [("&gt;", ">"), ("&lt;", "<"), ("&quot;", "\""), ("&#39;", "'"), ("&nbsp;", " ")]
        where bytes[offset...].starts(with: name.utf8) {
            return (name.utf8.count, meant)
        }
        guard bytes[offset...].starts(with: "&amp;".utf8) else { return nil }
        return bytes[(offset + 5)...].starts(with: "&amp;".utf8) ? (10, "&&") : (5, "&&")
    }

    /// Reports the sign, and reads the expression with the one that it stands for.
    mutating func lookalike(_ start: Int, _ sign: (length: Int, meant: String)?) -> Token {
        guard let sign else { return Token(kind: .invalid, span: Span(start, offset)) }
        var meant = sign.meant
        var end = start + sign.length
        // `=` in two pieces, `>` and `=`: one sign.
        var rest = self
        rest.offset = end
        while meant.utf8.count < 2, let next = rest.sign() ?? rest.entity(), ["=", "&", "|"].contains(next.meant),
            ["=", "<", ">", "!", "&", "|"].contains(meant)
        {
            meant += next.meant
            end += next.length
            rest.offset = end
        }
        if ["<", ">", "!"].contains(meant), end < bytes.count, bytes[end] == 0x3D {
            meant += "="
            end += 1
        }
        let span = Span(start, end)
        report(.lookalike(String(decoding: bytes[start..<end], as: UTF8.self), meant: meant, span))
        offset = end
        if meant == " " { return next() }
        var inner = Lexer(Array(meant.utf8))
        let token = inner.next()
        return Token(kind: token.kind, span: span, text: token.text, value: token.value)
    }

    /// `/* … */`, which is no comment here.
    mutating func skipBlockComment() {
        let start = offset
        offset += 2
        while offset < bytes.count, byte() != 0x2A || byte(1) != 0x2F { offset += 1 }
        offset = min(offset + 2, bytes.count)
        report(.blockComment(Span(start, offset)))
    }
}
