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

    /// `/* … */`, which is no comment here.
    mutating func skipBlockComment() {
        let start = offset
        offset += 2
        while offset < bytes.count, byte() != 0x2A || byte(1) != 0x2F { offset += 1 }
        offset = min(offset + 2, bytes.count)
        report(.blockComment(Span(start, offset)))
    }
}
