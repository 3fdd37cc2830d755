import ByteText
import SourceDiagnostics

// Mistakes between brackets and between quotation marks.

extension SyntaxError {
    // MARK: - Brackets

    func brokenFlow() -> Diagnostic {
        let opening = character(at: context)
        let value = LineValue(bytes: bytes, range: range, at: offset)
        let isClosed = matchingBracket(context) != nil
        if !isClosed {
            let own = LineValue(bytes: bytes, range: range, at: context).flatMap { $0.span.start == context ? $0 : nil }
            return .unclosedBracket(
                text(opening), closing: byte(context) == 0x5B ? "]" : "}", at: opening,
                own.map { closings(context, $0.span.end) } ?? [])
        }
        if let missing = commaBetween(opening) ?? (byte(offset) == 0x3A ? commasBetweenLines(opening) : nil) {
            return missing
        }
        if let diagnostic = unquotedPlaceholder() { return diagnostic }
        if byte(offset) == 0x5D || byte(offset) == 0x7D {
            let found = character(at: offset)
            return .mismatchedBracket(
                text(found), at: found, text(opening), opened: opening, meant: byte(context) == 0x5B ? "]" : "}",
                earlier: commaBeforeItem(context, found.start))
        }
        if let value, value.isFlow {
            if let first = value.firstByte {
                if first == 0x22 || first == 0x27, let after = textAfterQuote(value) { return after }
                if let reason = startReason(first) {
                    return .unquotedValue(value, fallback: value.span, because: reason)
                }
            }
            if byte(offset) == 0x3A { return colonInside(value) }
        }
        if byte(offset) == 0x7B || byte(offset) == 0x5B,
            let around = LineValue(bytes: bytes, range: range, around: offset)
        {
            let what = byte(offset) == 0x7B ? "`{` begins a mapping" : "`[` begins a list"
            return .unquotedValue(around, fallback: around.span, because: "\(what) inside brackets")
        }
        if let value, !value.isFlow, value.span.start == context {
            return .unquotedValue(value, fallback: value.span, because: startReason(byte(context)) ?? "it is not YAML")
        }
        return .missingComma(at: character(at: offset), opened: opening, [])
    }

    /// `[{…} {…}]`, `["a" "b"]`: an entry begins where one has ended, without a comma between.
    private func commaBetween(_ opening: Span) -> Diagnostic? {
        var end = min(offset, range.end)
        while end > opening.end, byte(end - 1) == 0x20 || isBreak(byte(end - 1)) { end -= 1 }
        guard end > opening.end else { return nil }
        guard isSameLine(end, offset) else { return commasBetweenLines(opening) }
        let isBehindBracket = byte(end - 1) == 0x7D || byte(end - 1) == 0x5D
        let isBehindQuote = byte(end - 1) == 0x22 || byte(end - 1) == 0x27
        switch byte(offset) {
        case 0x2C, 0x3A, 0x5D, 0x7D, 0x23: return nil
        case 0x7B, 0x5B: guard isBehindBracket || isBehindQuote && end < offset else { return nil }
        // A mark right at a bracket is one too many.
        case 0x22, 0x27: guard end < offset, isBehindBracket || isBehindQuote else { return nil }
        default:
            // `"Go" now` is a text, `"Go" dismiss: true` a second entry.
            var name = offset
            while isOfKey(byte(name)) { name += 1 }
            guard name > offset, isBehindBracket || isBehindQuote && byte(name) == 0x3A && byte(name + 1) == 0x20 else {
                return nil
            }
        }
        return .missingComma(at: character(at: offset), opened: opening, [Edit(Span(at: end), ",")])
    }

    /// Entries on lines of their own, of which one or more have no comma behind them; nil where the place of the error is not such a
    /// line, or a comment stands between.
    func commasBetweenLines(_ opening: Span) -> Diagnostic? {
        guard let close = matchingBracket(opening.start) else { return nil }
        var edits: [Edit] = []
        var depth = 0
        var place = opening.start
        while place < close {
            let line = Span(place, min(lineEnd(place), close))
            for index in line.start..<line.end {
                if bytes[index] == 0x23, index > line.start, bytes[index - 1] <= 0x20 { return nil }
                if bytes[index] == 0x5B || bytes[index] == 0x7B { depth += 1 }
                if bytes[index] == 0x5D || bytes[index] == 0x7D { depth -= 1 }
            }
            var end = line.end
            while end > line.start, bytes[end - 1] <= 0x20 { end -= 1 }
            place = line.end < close ? pastBreak(bytes, line.end) : close
            let next = lineSpan(bytes, range, at: place)
            if depth == 1, place < close, end > line.start, !isFlowGap(bytes[end - 1]), !next.isEmpty,
                next.start < close,
                opensEntry(next)
            {
                edits.append(Edit(Span(at: end), ","))
            }
        }
        guard edits.contains(where: { $0.span.end <= offset }) else { return nil }
        return .missingComma(at: character(at: offset), opened: opening, edits)
    }

    /// Whether a line between brackets begins with a bracket or with a key and its colon.
    private func opensEntry(_ line: Span) -> Bool {
        if byte(line.start) == 0x7B || byte(line.start) == 0x5B { return true }
        var name = line.start
        while isOfKey(byte(name)) || byte(name) == 0x2E { name += 1 }
        return name > line.start && byte(name) == 0x3A && byte(name + 1) <= 0x20
    }

    /// `[{id: a, {id: b}]`: the comma before the first mapping that stands in one as an entry without a key, which was meant to
    /// come after its end.
    private func commaBeforeItem(_ start: Int, _ end: Int) -> Int? {
        if byte(start) == 0x5B { return commaBeforeKey(start, end) }
        guard byte(start) == 0x7B else { return nil }
        var depth = 0
        for index in start..<end {
            switch byte(index) {
            case 0x5B, 0x7B:
                depth += 1
                var before = index
                while before > start, byte(before - 1) == 0x20 { before -= 1 }
                if depth == 2, byte(before - 1) == 0x2C { return before - 1 }
            case 0x5D, 0x7D: depth -= 1
            default: break
            }
        }
        return nil
    }

    /// `[US, CA, words: …}`: the comma before the first key in a list, which was meant to come after its end.
    private func commaBeforeKey(_ start: Int, _ end: Int) -> Int? {
        var depth = 0
        for index in start..<end {
            switch byte(index) {
            case 0x5B, 0x7B: depth += 1
            case 0x5D, 0x7D: depth -= 1
            case 0x2C where depth == 1:
                var name = index + 1
                while byte(name) == 0x20 { name += 1 }
                let first = name
                while isOfKey(byte(name)) { name += 1 }
                if name > first, byte(name) == 0x3A, byte(name + 1) == 0x20 { return index }
            default: break
            }
        }
        return nil
    }

    /// `{event: session_start}}`: brackets behind the one that closes the value, and nothing else up to the end of the line.
    func surplusBracket() -> Diagnostic? {
        guard byte(offset) == 0x7D || byte(offset) == 0x5D else { return nil }
        var before = offset
        while before > range.start, bytes[before - 1] == 0x20 { before -= 1 }
        guard before > range.start, bytes[before - 1] == 0x7D || bytes[before - 1] == 0x5D else { return nil }
        let value = LineValue(bytes: bytes, range: range, at: line.start)
        let open = value.flatMap { $0.firstByte == 0x7B || $0.firstByte == 0x5B ? $0.span.start : nil }
        // Braces that are doubled on both sides are another tool's placeholder.
        guard let open, byte(open + 1) != byte(open), matchingBracket(open).map({ $0 < offset }) ?? false else {
            return nil
        }
        var end = offset
        while byte(end) == 0x7D || byte(end) == 0x5D { end += 1 }
        var rest = end
        while byte(rest) == 0x20 { rest += 1 }
        guard rest >= line.end || byte(rest) == 0x23 else { return nil }
        let span = Span(offset, end)
        return .surplusBracket(text(span), at: span)
    }

    func unquotedPlaceholder() -> Diagnostic? {
        valueWithPlaceholder().map { .unquotedPlaceholder(text($0), at: $0) }
    }

    /// `url: app://orders/{$event.id}` between brackets, where the brace begins a mapping within the value: the whole
    /// value, as its author sees it; nil where no placeholder stands in a value.
    private func valueWithPlaceholder() -> Span? {
        var brace = min(offset, line.end - 1)
        while brace >= line.start, !isPlaceholder(brace) { brace -= 1 }
        guard brace >= line.start, let start = valueStart(before: brace), byte(start) != 0x22, byte(start) != 0x27
        else {
            return nil
        }
        var end = brace
        var depth = 0
        while end < line.end {
            if bytes[end] == 0x7B { depth += 1 }
            if bytes[end] == 0x7D {
                if depth == 0 { break }
                depth -= 1
            }
            if depth == 0, bytes[end] == 0x2C || bytes[end] == 0x5D { break }
            end += 1
        }
        guard depth == 0 else { return nil }
        while end > brace, bytes[end - 1] == 0x20 { end -= 1 }
        return Span(start, end)
    }

    /// A brace before a `$`, or in the middle of a word.
    private func isPlaceholder(_ place: Int) -> Bool {
        guard bytes[place] == 0x7B else { return false }
        return byte(place + 1) == 0x24 || place > line.start && bytes[place - 1] > 0x20 && !isFlowGap(bytes[place - 1])
    }

    /// Where the value between brackets begins that the brace is in: behind a key, or behind the comma of a list.
    private func valueStart(before brace: Int) -> Int? {
        var start = brace
        var comma: Int?
        while start > line.start {
            switch bytes[start - 1] {
            case 0x20 where start - 1 > line.start && bytes[start - 2] == 0x3A: return start
            case 0x7D:
                // A placeholder before: past its opening brace.
                while start > line.start, bytes[start - 1] != 0x7B { start -= 1 }
            case 0x5B:
                start = comma ?? start
                while start < brace, bytes[start] == 0x20 { start += 1 }
                return start
            case 0x7B: return nil
            case 0x2C: comma = comma ?? start
            default: break
            }
            start -= 1
        }
        return nil
    }

    /// The bracket that closes the one at `start`, quoted text aside.
    func matchingBracket(_ start: Int) -> Int? {
        var depth = 0
        var quote: UInt8 = 0
        for index in start..<range.end {
            let byte = bytes[index]
            if quote != 0 {
                if byte == quote { quote = 0 }
                continue
            }
            switch byte {
            case 0x22 where isFlowGap(bytes[index - 1]), 0x27 where isFlowGap(bytes[index - 1]): quote = byte
            case 0x5B, 0x7B: depth += 1
            case 0x5D, 0x7D:
                depth -= 1
                if depth == 0 { return index }
            default: break
            }
        }
        return nil
    }

    func isFlowGap(_ byte: UInt8) -> Bool {
        byte <= 0x20 || byte == 0x2C || byte == 0x5B || byte == 0x7B || byte == 0x3A
    }

    func missingContent() -> Diagnostic {
        let value = LineValue(bytes: bytes, range: range, at: offset)
        if byte(offset) == 0x2C {
            return .emptyEntry(at: character(at: offset))
        }
        if byte(offset) == 0x2A {
            return .aliasWithProperties(at: line)
        }
        if let value, let first = value.firstByte, let reason = startReason(first) {
            return .unquotedValue(value, fallback: value.span, because: reason)
        }
        if byte(offset) == 0x5D || byte(offset) == 0x7D {
            return .strayBracket(text(character(at: offset)), at: character(at: offset), nil)
        }
        return other()
    }

    // MARK: - Quotes and escapes

    func unclosedQuote() -> Diagnostic {
        let opening = character(at: context)
        let value = LineValue(bytes: bytes, range: range, at: context)
        return .unclosedQuote(
            text(opening), at: opening,
            value.flatMap { $0.span.start == context ? $0.closingFix() : $0.doubledMarkFix(at: context) })
    }

    func badEscape() -> Diagnostic {
        var start = min(offset, range.end)
        let floor = max(range.start, start - 12)
        while start > floor, byte(start) != 0x5C { start -= 1 }
        if byte(start) != 0x5C { start = min(offset, range.end) }
        let kind = byte(start + 1)
        let digits = kind == 0x78 ? 2 : kind == 0x75 ? 4 : kind == 0x55 ? 8 : 0
        var end = min(character(at: start + 1).end, range.end)
        var count = 0
        while count < digits, end < range.end, byte(end).hexadecimalValue != nil {
            end += 1
            count += 1
        }
        let isSurrogate = failure.problem == "found invalid Unicode character escape code"
        let problem = isSurrogate ? EscapeProblem.surrogate : digits > 0 ? .digits(digits) : .unknown
        return .invalidEscape(text(Span(start, end)), problem, at: Span(start, end))
    }
}
