import SourceDiagnostics

/// Cuts a template into literals and tags.
///
/// A section, close, comment, partial or delimiter tag that is alone on its line takes the whole line with it
/// (the specification's "standalone"), so that tags may be laid out without leaving blank lines behind.
struct MustacheScanner {
    enum Kind: Equatable {
        case literal, variable, unescaped, section, inverted, close, comment, partial, delimiters
        case unclosed, badDelimiters
    }

    struct Piece {
        var kind: Kind
        /// The literal's bytes, or the trimmed content of the tag.
        var content: Span
        /// The whole tag.
        var tag: Span
        /// White space before a standalone partial.
        var indentation: Span?
    }

    let bytes: [UInt8]
    private var at = 0
    private var opening: [UInt8] = [0x7B, 0x7B]
    private var closing: [UInt8] = [0x7D, 0x7D]
    private var queued: Piece?

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    func text(_ span: Span) -> String { String(decoding: bytes[span.start..<span.end], as: UTF8.self) }

    /// The next literal or tag; `nil` at the end.
    mutating func next() -> Piece? {
        if let piece = queued {
            queued = nil
            return piece
        }
        guard at < bytes.count else { return nil }
        guard let start = find(opening, from: at) else {
            defer { at = bytes.count }
            return Piece(kind: .literal, content: Span(at, bytes.count), tag: Span(at, bytes.count))
        }
        let literalStart = at
        var piece = tag(at: start)
        var literalEnd = start
        if piece.kind.mayStandAlone, let lineStart = blankLineStart(before: start, notBefore: literalStart),
            let lineEnd = blankLineEnd(after: at)
        {
            if piece.kind == .partial { piece.indentation = Span(lineStart, start) }
            literalEnd = lineStart
            at = lineEnd
        }
        guard literalEnd > literalStart else { return piece }
        queued = piece
        let literal = Span(literalStart, literalEnd)
        return Piece(kind: .literal, content: literal, tag: literal)
    }

    /// Reads the tag at `start` and moves behind it.
    private mutating func tag(at start: Int) -> Piece {
        var content = start + opening.count
        let sigil = content < bytes.count ? bytes[content] : 0
        var close = closing
        if sigil == 0x7B { close = [0x7D] + closing }
        if sigil == 0x3D { close = [0x3D] + closing }
        guard let end = find(close, from: content + (sigil == 0x3D || sigil == 0x7B ? 1 : 0)) else {
            at = bytes.count
            return Piece(
                kind: .unclosed, content: Span(at: start),
                tag: Span(start, min(bytes.count, start + opening.count)))
        }
        at = end + close.count
        let whole = Span(start, at)
        let kind: Kind
        switch sigil {
        case 0x21: kind = .comment
        case 0x23: kind = .section
        case 0x5E: kind = .inverted
        case 0x2F: kind = .close
        case 0x3E: kind = .partial
        case 0x7B, 0x26: kind = .unescaped
        case 0x3D:
            return Piece(kind: setDelimiters(content + 1, end), content: Span(content, end), tag: whole)
        default: kind = .variable
        }
        if kind != .variable { content += 1 }
        return Piece(kind: kind, content: trimmed(content, end), tag: whole)
    }

    /// `{{=<% %>=}}`: two runs of anything but white space and `=`.
    private mutating func setDelimiters(_ start: Int, _ end: Int) -> Kind {
        let parts = bytes[start..<max(start, end)].split(whereSeparator: { $0 <= 0x20 })
        guard parts.count == 2, !parts[0].contains(0x3D), !parts[1].contains(0x3D) else {
            return .badDelimiters
        }
        (opening, closing) = (Array(parts[0]), Array(parts[1]))
        return .delimiters
    }

    private func trimmed(_ start: Int, _ end: Int) -> Span {
        var (start, end) = (start, max(start, end))
        while start < end, bytes[start] <= 0x20 { start += 1 }
        while end > start, bytes[end - 1] <= 0x20 { end -= 1 }
        return Span(start, end)
    }

    private func find(_ pattern: [UInt8], from start: Int) -> Int? {
        guard let first = pattern.first, start <= bytes.count - pattern.count else { return nil }
        for index in start...(bytes.count - pattern.count) where bytes[index] == first {
            if bytes[index..<(index + pattern.count)].elementsEqual(pattern) { return index }
        }
        return nil
    }

    /// Where the line of `offset` starts, if only blanks lie between.
    private func blankLineStart(before offset: Int, notBefore limit: Int) -> Int? {
        var index = offset
        while index > 0, bytes[index - 1] == 0x20 || bytes[index - 1] == 0x09 { index -= 1 }
        guard index == 0 || bytes[index - 1] == 0x0A else { return nil }
        return index >= limit ? index : nil
    }

    /// Where the next line starts, if only blanks lie between.
    private func blankLineEnd(after offset: Int) -> Int? {
        var index = offset
        while index < bytes.count, bytes[index] == 0x20 || bytes[index] == 0x09 { index += 1 }
        if index == bytes.count { return index }
        if bytes[index] == 0x0A { return index + 1 }
        if bytes[index] == 0x0D, index + 1 < bytes.count, bytes[index + 1] == 0x0A { return index + 2 }
        return nil
    }
}

extension MustacheScanner.Kind {
    fileprivate var mayStandAlone: Bool {
        switch self {
        case .section, .inverted, .close, .comment, .partial, .delimiters: true
        default: false
        }
    }
}
