import SourceDiagnostics

/// The value on one line as its author sees it: what follows `key: ` or `- `, up to a comment or the end of the line.
///
/// It is found without YAML's help, for lines that YAML cannot read.
struct LineValue {
    let bytes: [UInt8]
    /// The line without indentation and line end.
    let line: Span
    /// The key's bytes, when there is one.
    let key: Span?
    let span: Span
    /// Whether it is one of several values in brackets on the line.
    let isFlow: Bool

    /// The value of the line that holds `offset`; nil when the line has neither key nor dash.
    init?(bytes: [UInt8], range: Span, at offset: Int) {
        self.bytes = bytes
        line = lineSpan(bytes, range, at: offset)
        guard var (key, start) = LineValue.valueStart(bytes, line) else { return nil }
        // What begins with `#` behind the colon is a comment.
        var end = start < line.end && bytes[start] == 0x23 ? start : LineValue.valueEnd(bytes, Span(start, line.end))
        var isFlow = false
        if start < end, bytes[start] == 0x7B || bytes[start] == 0x5B, offset > start,
            LineValue.isInside(bytes, Span(start, end), offset),
            let inner = LineValue.flowEntry(bytes, Span(start, end), at: offset)
        {
            (key, start, end) = (inner.key, inner.value.start, inner.value.end)
            isFlow = true
        }
        self.key = key
        span = Span(start, end)
        self.isFlow = isFlow
    }

    var text: String { String(decoding: bytes[span.start..<span.end], as: UTF8.self) }
    var keyText: String? { key.map { String(decoding: bytes[$0.start..<$0.end], as: UTF8.self) } }
    var firstByte: UInt8? { span.isEmpty ? nil : bytes[span.start] }

    /// Puts the value into quotes; safe on a line of its own, where it is plain how far the value goes.
    ///
    /// Quotation marks that the value begins and ends with are YAML's, and what stands between them is its text.
    func quotingFix() -> FixIt {
        guard let marks = MarkedValue(bytes[span.start..<span.end]) else {
            let quotes = VisibleQuotes(text)
            if let quotes, quotes.lone == nil {
                return FixIt(
                    "quote what stands between the marks", edits: [Edit(span, quoted(quotes.text))], .unsafe)
            }
            if let rest = withoutOddMark(text) {
                return FixIt("quote it, without the mark at its end", edits: [Edit(span, quoted(rest))], .unsafe)
            }
            // Marks that are not closed before a comment may hold its `#`.
            let mayGoOn = (firstByte == 0x22 || firstByte == 0x27) && span.end < line.end
            let isCertain = !isFlow && !mayGoOn && quotes == nil && !hasOddMark(text) && !isCollection
            let kind = hasMarkBehindPlaceholder(text) ? FixIt.Applicability.displayOnly : isCertain ? .safe : .unsafe
            return FixIt("quote the value", edits: [Edit(span, quoted(text))], kind)
        }
        let isPlain = marks.isPlain && !isFlow
        return FixIt(
            isPlain ? "quote what stands between the marks" : "quote the value",
            edits: [Edit(span, quoted(marks.text))], isPlain ? .safe : .unsafe)
    }

    /// ``quotingFix()``, and where an expression has an odd mark at its ends, what is left without that one.
    func quotingFixes() -> [FixIt] {
        let text = text
        guard looksLikeExpression, !isFlow, hasOddMark(text) else { return [quotingFix()] }
        var fixIts: [FixIt] = []
        func offer(_ mark: Character?, _ rest: Substring, _ place: String) {
            guard mark == "\"" || mark == "'", !hasOddMark(String(rest)) else { return }
            fixIts.append(
                FixIt("quote it, without the mark at \(place)", edits: [Edit(span, quoted(String(rest)))], .unsafe))
        }
        offer(text.last, text.dropLast(), "its end")
        offer(text.first, text.dropFirst(), "its beginning")
        return fixIts.isEmpty ? [quotingFix()] : fixIts
    }

    /// Whether it begins with a bracket that is no placeholder's: a list or a mapping with something behind it.
    private var isCollection: Bool {
        guard let first = firstByte, first == 0x5B || first == 0x7B else { return false }
        return span.length < 2 || bytes[span.start + 1] != 0x24
    }

    /// Closes the quotation mark that the value begins with.
    ///
    /// A mark of another kind at the end of the line was meant as the closing one, unless it ends what is quoted within the value.
    func closingFix() -> FixIt {
        let mark = text.unicodeScalars.first ?? "\""
        let words = text.unicodeScalars.dropFirst()
        if words.count > 1, let last = words.last, let openings = quotationMarks[last], last != mark,
            !words.dropLast().contains(where: { openings.contains($0) || $0 == mark })
        {
            let end = Span(span.end - UTF8.width(last), span.end)
            return FixIt("close it with `\(mark)`", edits: [Edit(end, String(mark))], .unsafe)
        }
        return FixIt("close it at the end of the line", edits: [Edit(Span(at: span.end), String(mark))], .unsafe)
    }

    /// Removes the mark at `offset`, which stands once too often behind the value's end.
    func doubledMarkFix(at offset: Int) -> FixIt? {
        guard let mark = firstByte, mark == 0x22 || mark == 0x27, offset > span.start + 1, offset + 1 == span.end,
            bytes[offset] == mark, bytes[span.start..<offset].count(where: { $0 == mark }) == 2
        else { return nil }
        return FixIt("remove it", edits: [Edit(Span(offset, span.end), "")], .unsafe)
    }

    /// Skips dashes and the key.
    private static func valueStart(_ bytes: [UInt8], _ line: Span) -> (key: Span?, value: Int)? {
        var offset = line.start
        var isItem = false
        while offset + 1 < line.end, bytes[offset] == 0x2D, bytes[offset + 1] == 0x20 {
            isItem = true
            offset += 2
            while offset < line.end, bytes[offset] == 0x20 { offset += 1 }
        }
        let start = offset
        if offset < line.end, bytes[offset] == 0x22 || bytes[offset] == 0x27 {
            let quote = bytes[offset]
            offset += 1
            while offset < line.end, bytes[offset] != quote { offset += 1 }
            offset += 1
        }
        while offset < line.end {
            if bytes[offset] == 0x3A, offset + 1 == line.end || bytes[offset + 1] == 0x20 || bytes[offset + 1] == 0x09 {
                let key = Span(start, offset)
                offset += 1
                while offset < line.end, bytes[offset] == 0x20 || bytes[offset] == 0x09 { offset += 1 }
                return (key, offset)
            }
            // A bracket or a quotation mark before any colon: the line is a value, not a key.
            if bytes[offset] == 0x7B || bytes[offset] == 0x5B || bytes[offset] == 0x22 { break }
            offset += 1
        }
        return isItem ? (nil, start) : nil
    }

    private static func valueEnd(_ bytes: [UInt8], _ rest: Span) -> Int {
        var offset = rest.start
        while offset + 1 < rest.end {
            if bytes[offset] == 0x20, bytes[offset + 1] == 0x23, offset + 2 == rest.end || bytes[offset + 2] == 0x20 {
                break
            }
            offset += 1
        }
        var end = offset + 1 < rest.end ? offset : rest.end
        while end > rest.start, bytes[end - 1] == 0x20 || bytes[end - 1] == 0x09 { end -= 1 }
        return end
    }

    /// The plain value of a flow mapping that holds the bracket at `offset`, as `app://orders/{$event.id}` does: up to the
    /// comma or bracket behind that bracket's end; nil when the bracket begins the value, or is not closed on the line.
    init?(bytes: [UInt8], range: Span, around offset: Int) {
        let line = lineSpan(bytes, range, at: offset)
        var start = offset
        while start > line.start, !LineValue.isFlowPunctuation(bytes[start - 1]) { start -= 1 }
        var depth = 0
        var end = offset
        while end < line.end {
            if bytes[end] == 0x5B || bytes[end] == 0x7B { depth += 1 }
            if depth == 0, LineValue.isFlowPunctuation(bytes[end]) { break }
            if bytes[end] == 0x5D || bytes[end] == 0x7D { depth -= 1 }
            end += 1
        }
        guard depth == 0, end < line.end, end > offset else { return nil }
        var colon = start
        while colon + 1 < offset, !(bytes[colon] == 0x3A && bytes[colon + 1] == 0x20) { colon += 1 }
        guard colon + 1 < offset else { return nil }
        var value = colon + 1
        while value < offset, bytes[value] == 0x20 { value += 1 }
        while start < colon, bytes[start] == 0x20 { start += 1 }
        while end > offset, bytes[end - 1] == 0x20 { end -= 1 }
        // Of an entry that begins with a quotation mark the end is another question.
        guard value < offset, bytes[value] != 0x22, bytes[value] != 0x27 else { return nil }
        self.bytes = bytes
        self.line = line
        key = Span(start, colon)
        span = Span(value, end)
        isFlow = true
    }

    /// Whether the bracket that `flow` begins with is still open at `offset`.
    private static func isInside(_ bytes: [UInt8], _ flow: Span, _ offset: Int) -> Bool {
        var depth = 0
        for index in flow.start..<min(offset, flow.end) {
            if bytes[index] == 0x5B || bytes[index] == 0x7B { depth += 1 }
            if bytes[index] == 0x5D || bytes[index] == 0x7D { depth -= 1 }
            if depth == 0 { return false }
        }
        return true
    }

    /// The entry of a flow collection around `offset`, by the commas and brackets next to it.
    private static func flowEntry(_ bytes: [UInt8], _ flow: Span, at offset: Int) -> (key: Span?, value: Span)? {
        var start = min(offset, flow.end)
        while start > flow.start, !isFlowPunctuation(bytes[start - 1]) { start -= 1 }
        var end = min(max(offset, start), flow.end)
        while end < flow.end, !isFlowPunctuation(bytes[end]) { end += 1 }
        while start < end, bytes[start] == 0x20 { start += 1 }
        while end > start, bytes[end - 1] == 0x20 { end -= 1 }
        guard start < end else { return nil }
        var colon = start
        while colon + 1 < end, !(bytes[colon] == 0x3A && bytes[colon + 1] == 0x20) { colon += 1 }
        guard colon + 1 < end else { return (nil, Span(start, end)) }
        var value = colon + 1
        while value < end, bytes[value] == 0x20 { value += 1 }
        return (Span(start, colon), Span(value, end))
    }

    private static func isFlowPunctuation(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x2C, 0x5B, 0x5D, 0x7B, 0x7D: true
        default: false
        }
    }
}

/// The marks that end a quotation in some language, each with those that may begin it.
private let quotationMarks: [Unicode.Scalar: [Unicode.Scalar]] = [
    "\"": ["\"", "„", "“"], "'": ["'", "‚", "‘"], "”": ["“", "„", "”"], "“": ["„", "“"], "’": ["‘", "‚", "’"],
    "‘": ["‚", "‘"], "»": ["«", "»"], "«": ["»", "«"],
]

/// A value that begins and ends with the same quotation mark, and holds more of them: `'Don't miss it'`.
private struct MarkedValue {
    /// What the author means it to say.
    let text: String
    /// Whether nothing else can be meant: the marks inside are apostrophes, or quote a part of the text.
    let isPlain: Bool

    /// Nil when the value has no such marks, or only one.
    init?(_ bytes: ArraySlice<UInt8>) {
        guard bytes.count > 2, let mark = bytes.first, mark == 0x22 || mark == 0x27, bytes.last == mark else {
            return nil
        }
        let core = bytes.drop { $0 == mark }.reversed().drop { $0 == mark }.reversed()
        if !core.isEmpty, core.count + 2 < bytes.count, !core.contains(mark) {
            // `""Hello"`: a mark too many.
            text = String(decoding: core, as: UTF8.self)
            isPlain = false
            return
        }
        let inner = bytes.dropFirst().dropLast()
        let whole = String(decoding: bytes, as: UTF8.self)
        guard let firstMark = inner.firstIndex(of: mark), !MarkedValue.isOperator(inner[(firstMark + 1)...]) else {
            // `"US" in user.segments || user.plan == "gold"`: the marks are the expression's.
            text = whole
            isPlain = true
            return
        }
        var said: [UInt8] = []
        var isPaired = true
        var isOpen = false
        var index = inner.startIndex
        while index < inner.endIndex {
            let byte = inner[index]
            let next = index + 1 < inner.endIndex ? inner[index + 1] : 0x20
            let previous = index > inner.startIndex ? inner[index - 1] : 0x20
            index += 1
            if byte == 0x5C, mark == 0x22, next == 0x22 || next == 0x5C {
                said.append(next)
                index += 1
                continue
            }
            if byte == 0x5C, mark == 0x22 { isPaired = false }
            said.append(byte)
            guard byte == mark else { continue }
            if mark == 0x27, next == mark {
                index += 1
            } else if mark == 0x27, MarkedValue.isOfWord(previous), MarkedValue.isOfWord(next) {
                continue
            } else {
                let opens = !MarkedValue.isOfWord(previous) && next > 0x20
                let closes = previous > 0x20 && !MarkedValue.isOfWord(next)
                isPaired = isPaired && (isOpen ? closes : opens)
                isOpen.toggle()
            }
        }
        isPlain = isPaired && !isOpen
        text = isPlain ? String(decoding: said, as: UTF8.self) : whole
    }

    private static func isOfWord(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x80...: true
        default: false
        }
    }

    /// Whether an operator of an expression begins here, behind white space.
    private static func isOperator(_ rest: ArraySlice<UInt8>) -> Bool {
        let rest = rest.drop { $0 == 0x20 }
        return ["==", "!=", "<", ">", "&&", "||", "in ", "in[", "+ ", "."].contains { rest.starts(with: $0.utf8) }
            && rest.count > 1
    }
}

/// The line that holds `offset`, within `range`, without indentation, final white space and line end.
func lineSpan(_ bytes: [UInt8], _ range: Span, at offset: Int) -> Span {
    var start = min(max(offset, range.start), range.end)
    // At the very end of a line the line itself is meant.
    while start > range.start, !isBreak(bytes[start - 1]) { start -= 1 }
    var end = start
    while end < range.end, !isBreak(bytes[end]) { end += 1 }
    while end > start, bytes[end - 1] == 0x20 || bytes[end - 1] == 0x09 { end -= 1 }
    while start < end, bytes[start] == 0x20 || bytes[start] == 0x09 { start += 1 }
    return Span(start, end)
}

extension LineValue {
    /// Whether it is a CEL expression rather than text, as far as a look tells.
    var looksLikeExpression: Bool {
        switch keyText {
        case "audience", "when": return true
        default: break
        }
        let text = text
        return [" && ", " || ", " == ", " != ", " in [", " >= ", " <= "].contains { contains(text, $0) }
    }
}

private func contains(_ text: String, _ needle: String) -> Bool {
    let text = Array(text.utf8)
    let needle = Array(needle.utf8)
    guard text.count >= needle.count else { return false }
    return (0...(text.count - needle.count)).contains { text[$0..<($0 + needle.count)].elementsEqual(needle) }
}
