import ByteText
import SourceDiagnostics

// The text of a variant that lacks its double braces, or some of them. Read as keys, it would be one error for each of its
// words, and what it holds would be changed to make keys of it.

extension Parser {
    /// Steps over a variant whose text lacks braces, and reports it.
    ///
    /// - Parameter count: how many keys a variant has.
    /// - Returns: false, without moving, for any other variant.
    mutating func reportMissingBraces(keys count: Int) -> Bool {
        guard count > 0, let keys = keys(count, from: offset) else { return false }
        let start = keys.end
        guard start < end, !bytes[keys.last.end..<start].contains(0x0A) else { return false }
        if isAt(start, "{{") {
            return reportSlippedBraces(from: start, keys: count) || reportMissingLastBrace(from: start, keys: count)
        }
        let isSingleBrace =
            bytes[start] == 0x7B && ![0x20, 0x23, 0x24, 0x2F, 0x3A, 0x7C].contains(byte(at: start + 1) ?? 0x20)
        return isSingleBrace
            ? reportSingleBraces(from: start, keys: count) : reportBareText(from: start, keys: count, keys.last)
    }

    /// `1 {One day}`.
    private mutating func reportSingleBraces(from start: Int, keys count: Int) -> Bool {
        guard let close = closingBrace(from: start, to: min(end, start + SyntaxLimits.recoveryBytes)),
            isAtVariantOrEnd(close + 1, keys: count)
        else {
            return false
        }
        let edits = [Edit(Span(at: start), "{"), Edit(Span(at: close + 1), "}")]
        report(.variantText(at: Span(start, close + 1), edits))
        offset = close + 1
        return true
    }

    /// `1 One day`: all that stands on the line.
    private mutating func reportBareText(from start: Int, keys count: Int, _ lastKey: Span) -> Bool {
        let text = Span(start, endOfLine(from: start))
        var next = Parser(bytes, from: text.end, to: end, limits: limits)
        next.skipSpace()
        let holdsPattern = (text.start..<text.end).contains { isAt($0, "{{") }
        guard !holdsPattern, !next.startsWith("{{") else { return false }
        let holdsVariant = (text.start..<text.end).contains { isAt($0, " * ") }
        // Of several keys one may have been left out, and the first word be read as the last key.
        let isCertain =
            (count == 1 || isUsualKey(bytes[lastKey.start..<lastKey.end])) && !holdsVariant && hasBalancedBraces(text)
        // Quotation marks around all of it are another format's, and other brackets stand for the braces.
        let mark = quotationMarkLength(text)
        let edits = [
            Edit(Span(text.start, text.start + mark), "{{"), Edit(Span(text.end - mark, text.end), "}}"),
        ]
        report(.variantText(at: text, isCertain ? edits : []))
        offset = text.end
        return true
    }

    /// How many bytes each of the quotation marks around a text has; 0 where there are none, or more.
    private func quotationMarkLength(_ text: Span) -> Int {
        let pairs: [(String, String)] = [
            ("((", "))"), ("[[", "]]"), ("<<", ">>"), ("\u{FF5B}\u{FF5B}", "\u{FF5D}\u{FF5D}"), ("\"", "\""),
            ("'", "'"), ("\u{201C}", "\u{201D}"), ("\u{2018}", "\u{2019}"),
            ("\u{AB}", "\u{BB}"),
        ]
        for (open, close) in pairs where text.length > 2 * open.utf8.count {
            let inside = Span(text.start + open.utf8.count, text.end - close.utf8.count)
            if bytes[text.start..<inside.start].elementsEqual(open.utf8),
                bytes[inside.end..<text.end].elementsEqual(close.utf8),
                !(inside.start..<inside.end).contains(where: { bytes[$0] == bytes[text.start] && open.utf8.count == 1 })
            {
                return open.utf8.count
            }
        }
        return 0
    }

    /// `1 {{One day}`, which would go on to the end of another variant.
    private mutating func reportMissingLastBrace(from start: Int, keys count: Int) -> Bool {
        let line = endOfLine(from: start)
        guard bytes[line - 1] == 0x7D, closingBrace(from: start, to: line) == nil,
            closingBrace(from: start + 1, to: line) == line - 1, isAtVariantOrEnd(line, keys: count)
        else { return false }
        report(.unclosedPattern(at: Span(start, start + 2), missing: line))
        offset = line
        return true
    }

    // MARK: Looking ahead

    /// The last of `count` keys that begin at `start`, and where the white space behind it ends; nil for fewer.
    func keys(_ count: Int, from start: Int) -> (last: Span, end: Int)? {
        var ahead = Parser(bytes, from: start, to: end, limits: limits)
        ahead.skipSpace()
        var last = Span(at: start)
        for _ in 0..<count {
            let key = ahead.offset
            if !ahead.take(0x2A), ahead.literal() == nil { return nil }
            last = Span(key, ahead.offset)
            guard ahead.skipSpace() || ahead.current == 0x7B else { return nil }
        }
        return (last, ahead.offset)
    }

    /// Whether nothing stands behind `place`, or keys with a brace behind them.
    func isAtVariantOrEnd(_ place: Int, keys count: Int) -> Bool {
        var ahead = Parser(bytes, from: place, to: end, limits: limits)
        ahead.skipSpace()
        guard ahead.offset < end else { return true }
        return keys(count, from: ahead.offset).map { byte(at: $0.end) == 0x7B } ?? false
    }

    /// The offset of the `}` that closes the `{` at `start`, over escapes and quoted literals of placeholders.
    func closingBrace(from start: Int, to stop: Int) -> Int? {
        var depth = 0
        var isQuoted = false
        var index = start
        while index < stop {
            switch bytes[index] {
            case 0x5C: index += 1
            case 0x7C where depth > 1: isQuoted.toggle()
            case 0x7B where !isQuoted: depth += 1
            case 0x7D where !isQuoted:
                depth -= 1
                if depth == 0 { return index }
            default: break
            }
            index += 1
        }
        return nil
    }

    func hasBalancedBraces(_ text: Span) -> Bool {
        var index = text.start
        while index < text.end {
            switch bytes[index] {
            case 0x5C: index += 1
            case 0x7B:
                guard let close = closingBrace(from: index, to: text.end) else { return false }
                index = close
            case 0x7D: return false
            default: break
            }
            index += 1
        }
        return true
    }

    /// Where the line of `start` ends, white space there aside.
    func endOfLine(from start: Int) -> Int {
        var place = start
        while place < end, bytes[place] != 0x0A { place += 1 }
        while place > start + 1, bytes[place - 1] <= 0x20 { place -= 1 }
        return place
    }

    func isAt(_ place: Int, _ text: StaticString) -> Bool {
        Parser(bytes, from: place, to: end, limits: limits).startsWith(text)
    }
}

extension Parser {
    mutating func reportMissingVariantPattern(from start: Int) {
        let known = diagnostics.count
        let keys = Span(start, max(offset, min(start + 1, end)))
        if current == 0x7B { _ = placeholder() }
        // A placeholder in the place of a pattern is most of all a pattern with one brace too few.
        diagnostics.removeSubrange(min(known, diagnostics.count)...)
        report(.malformedVariant(at: keys, "the variant has no pattern in double braces"))
        skipToNextPattern()
        if startsWith("{{") {
            _ = quotedPattern()
        }
    }

    mutating func skipToNextPattern() {
        while offset < end, !startsWith("{{") { offset += 1 }
    }
}
