import SourceDiagnostics

// libyaml tells where its scanner gave up, in its own terms. An author wants to know what is
// wrong with the line. So the line is looked at once more, and the diagnostic is one of a few
// mistakes that people make; libyaml's words are only the last resort.

/// One syntax error of libyaml on its way to becoming a diagnostic.
struct SyntaxError {
    let bytes: [UInt8]
    let range: Span
    let failure: LibYAMLFailure

    init(bytes: [UInt8], range: Span, failure: LibYAMLFailure) {
        self.bytes = bytes
        self.range = range
        self.failure = failure
    }

    func diagnostic() -> Diagnostic {
        if let lookalike = spaceLookalike() { return lookalike }
        if let signs = fullwidthSigns() { return signs }
        if let tab = tabAbove() { return tab }
        if let surplus = surplusBracket() { return surplus }
        if let key = keyBehindCollection() ?? earlyBracket() ?? bracketAtColon() { return key }
        if let item = itemBehindItem() ?? misplacedItem() { return item }
        switch failure.problem {
        case "found character that cannot start any token": return strangeStart()
        case "found a tab character that violates indentation",
            "found a tab character where an indentation space is expected":
            return tab(at: failure.offset)
        case "mapping values are not allowed in this context": return strayColon()
        case "could not find expected ':'": return missingColon()
        case "block sequence entries are not allowed in this context": return strayDash()
        case "did not find expected key", "did not find expected '-' indicator": return brokenBlock()
        case "did not find expected ',' or ']'", "did not find expected ',' or '}'": return brokenFlow()
        case "did not find expected node content": return missingContent()
        case "found unexpected end of stream", "found unexpected document indicator": return unclosedQuote()
        case "found unknown escape character", "did not find expected hexdecimal number",
            "found invalid Unicode character escape code":
            return badEscape()
        case "did not find expected <document start>": return secondRoot()
        default: return other()
        }
    }

    // MARK: - The place

    var offset: Int { failure.offset }
    var context: Int { failure.contextOffset }
    var line: Span { lineSpan(bytes, range, at: offset) }

    func byte(_ offset: Int) -> UInt8 { offset < range.end && offset >= 0 ? bytes[offset] : 0 }

    func text(_ span: Span) -> String { String(decoding: bytes[span.start..<span.end], as: UTF8.self) }

    func character(at offset: Int) -> Span {
        var end = min(offset + 1, range.end)
        while end < range.end, bytes[end] & 0xC0 == 0x80 { end += 1 }
        return Span(min(offset, range.end), end)
    }

    func isSameLine(_ a: Int, _ b: Int) -> Bool {
        !bytes[min(a, b)..<max(a, b)].contains(where: isBreak)
    }

    // MARK: - The rest

    func secondRoot() -> Diagnostic {
        if bytes[range.start..<range.end].first(where: { $0 > 0x20 }) == 0x25 {
            return directiveDiagnostic(bytes, range, near: offset)
        }
        if let value = LineValue(bytes: bytes, range: range, at: offset), let first = value.firstByte,
            value.span.start <= offset, let reason = startReason(first)
        {
            return .unquotedValue(value, fallback: value.span, because: reason)
        }
        return .belongsToNothing(at: line)
    }

    /// What YAML takes a value for that begins with `first`; nil when it can begin a text.
    func startReason(_ first: UInt8) -> String? {
        switch first {
        case 0x21: "`!` begins a YAML tag"
        case 0x26: "`&` begins a YAML anchor"
        case 0x2A: "`*` begins a YAML alias"
        case 0x40: "`@` is reserved in YAML and cannot begin a value"
        case 0x60: "a backtick is reserved in YAML and cannot begin a value"
        case 0x25: "`%` is reserved in YAML and cannot begin a value"
        case 0x5B: "`[` begins a list"
        case 0x7B: "`{` begins a mapping"
        case 0x7C: "`|` begins a block of text"
        case 0x3E: "`>` begins a block of text"
        case 0x3F: "`?` begins a key"
        default: nil
        }
    }

    func other() -> Diagnostic {
        if failure.context.utf8.starts(with: "while scanning a directive".utf8)
            || failure.context.utf8.starts(with: "while scanning a %".utf8)
            || bytes[lineSpan(bytes, range, at: context).start..<range.end].first == 0x25
        {
            return directiveDiagnostic(bytes, range, near: offset)
        }
        if let value = LineValue(bytes: bytes, range: range, at: offset), value.isFlow,
            let diagnostic = unquotedPlaceholder()
        {
            return diagnostic
        }
        if failure.problem == "found unexpected ':'", let colon = colonBehindSpace() { return colon }
        // `"user.plan" > 5`, which begins a block of text to libyaml.
        for place in [context, offset] {
            if let value = LineValue(bytes: bytes, range: range, at: place), let first = value.firstByte,
                first == 0x22 || first == 0x27, let after = textAfterQuote(value)
            {
                return after
            }
        }
        for place in [context, offset] {
            if let value = LineValue(bytes: bytes, range: range, at: place), let first = value.firstByte,
                let reason = startReason(first)
            {
                return .unquotedValue(value, fallback: value.span, because: reason)
            }
        }
        return .yamlSyntax(
            failure.problem, context: failure.context, at: line.isEmpty ? character(at: offset) : line)
    }

    /// The last line above `start` that holds anything.
    func lineAbove(_ start: Int) -> Span? {
        var offset = start
        while offset > range.start {
            while offset > range.start, !isBreak(bytes[offset - 1]) { offset -= 1 }
            guard offset > range.start else { return nil }
            offset -= 1
            if offset > range.start, bytes[offset] == 0x0A, bytes[offset - 1] == 0x0D { offset -= 1 }
            let line = lineSpan(bytes, range, at: offset)
            if !line.isEmpty { return line }
        }
        return nil
    }

    func lineEnd(_ start: Int) -> Int {
        var end = start
        while end < range.end, !isBreak(bytes[end]) { end += 1 }
        return end
    }

    func indentation(of line: Span) -> Int {
        var start = line.start
        while start > range.start, !isBreak(bytes[start - 1]) { start -= 1 }
        return line.start - start
    }

    /// The `|` or `>` that a line ends with.
    func blockHeader(_ line: Span) -> Span? {
        guard let value = LineValue(bytes: bytes, range: range, at: line.start), let first = value.firstByte,
            first == 0x7C || first == 0x3E, value.span.length <= 3
        else { return nil }
        return value.span
    }
}
