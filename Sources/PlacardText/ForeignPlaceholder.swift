import ByteText
import MessageFormat
import SourceDiagnostics

/// A placeholder in the way of another system: Liquid, Mustache, ICU, printf and so on.
struct ForeignPlaceholder {
    enum Kind {
        /// Shows a value.
        case value
        /// Decides or repeats, and shows nothing itself.
        case statement
        /// ICU's `{name, plural, …}` and the like.
        case choice(ChoiceArgument)
    }

    var span: Span
    var kind = Kind.value
    /// What it is called there, nil when it has a number or a type alone.
    var name: String?
    /// What is shown there without a value.
    var fallback: String?
    /// Whether this format cannot read it, so that the text does not compile.
    var breaksText = false
    /// Whether it is one only if ``name`` means a variable.
    var needsVariable = false
    /// Whether it is one word in brackets, which is a remark as a rule: only what systems for mail have counts.
    var isWord = false
    /// Whether it begins with `$`, which may be a currency's too.
    var isBehindDollar = false
    /// What the parser says of it, where it turns out to be none.
    var otherwise: [Diagnostic] = []
}

/// How far behind its beginning the end of a placeholder is looked for.
let foreignLimit = 512

/// Reads bytes up to a limit.
struct ForeignReader {
    let source: [UInt8]
    let end: Int
    var index: Int

    init(_ source: [UInt8], at index: Int, end: Int) {
        self.source = source
        self.index = index
        self.end = min(end, index + foreignLimit)
    }

    func byte(_ offset: Int = 0) -> UInt8 { index + offset < end ? source[index + offset] : 0 }

    mutating func skipSpace() {
        while byte() == 0x20 || byte() == 0x09 || byte() == 0x0A || byte() == 0x0D { index += 1 }
    }

    mutating func take(_ text: StaticString) -> Bool {
        let isThere = text.withUTF8Buffer { word in
            index + word.count <= end && source[index..<(index + word.count)].elementsEqual(word)
        }
        if isThere { index += text.utf8CodeUnitCount }
        return isThere
    }

    /// Where `text` stands next, on any line.
    func place(of text: StaticString, from start: Int) -> Int? {
        text.withUTF8Buffer { word in
            var place = start
            while place + word.count <= end {
                if source[place..<(place + word.count)].elementsEqual(word) { return place }
                place += 1
            }
            return nil
        }
    }

    /// A name, with full stops: `user.first_name`; also `${first_name}` and `custom_attribute.${plan}` as Braze has them.
    /// With `spaces`, `First Name` too.
    mutating func name(spaces: Bool = false) -> String? {
        var name: [UInt8] = []
        var isInBraces = false
        while true {
            let byte = byte()
            if byte == 0x24, self.byte(1) == 0x7B, !isInBraces {
                isInBraces = true
                index += 2
            } else if byte == 0x7D, isInBraces {
                index += 1
                break
            } else if isLetter(byte) || !name.isEmpty && (byte.isASCIIDigit || byte == 0x2D || byte == 0x2E) {
                name.append(byte)
                index += 1
            } else if spaces, byte == 0x20, !name.isEmpty, isLetter(self.byte(1)) {
                name.append(byte)
                index += 1
            } else {
                break
            }
        }
        while name.last == 0x2E || name.last == 0x2D { name.removeLast() }
        return name.isEmpty ? nil : String(decoding: name, as: UTF8.self)
    }

    func text(_ start: Int, _ end: Int) -> String {
        String(decoding: source[start..<max(start, end)], as: UTF8.self)
    }
}

func isLetter(_ byte: UInt8) -> Bool { byte.isASCIILetter || byte == 0x5F || byte >= 0x80 }
func isASCIIWord(_ byte: UInt8) -> Bool { byte.isASCIIAlphanumeric || byte == 0x5F }

// MARK: Braces

/// The placeholder of another system whose `{` is at `index`; nil when it is none.
func foreignBraces(_ source: [UInt8], at index: Int, end: Int) -> ForeignPlaceholder? {
    var reader = ForeignReader(source, at: index + 1, end: end)
    switch reader.byte() {
    case 0x7B: return doubledBraces(source, at: index, end: end)
    case 0x25:
        guard let close = reader.place(of: "%}", from: index + 2) else { return nil }
        reader.index = index + 2
        reader.skipSpace()
        let word = reader.name()
        reader.skipSpace()
        // `{% name %}` shows a value; `{% else %}` and `{% endif %}` do not.
        if let word, reader.index == close, !["else", "raw", "comment", "break", "continue"].contains(word),
            !word.hasPrefix("end")
        {
            return ForeignPlaceholder(span: Span(index, close + 2), name: word, breaksText: true)
        }
        return ForeignPlaceholder(span: Span(index, close + 2), kind: .statement, breaksText: true)
    case 0x21:
        reader.index += 1
        guard let name = reader.name(), reader.take("}") else { return nil }
        return ForeignPlaceholder(span: Span(index, reader.index), name: name, breaksText: true)
    default: break
    }
    reader.skipSpace()
    let isOurs = reader.take("$")
    let first = reader.index
    let isNumber = !isOurs && reader.byte().isASCIIDigit
    if isNumber { while reader.byte().isASCIIDigit { reader.index += 1 } }
    let name = isNumber ? reader.text(first, reader.index) : reader.name(spaces: !isOurs)
    guard let name else { return nil }
    let hasSpace = name.utf8.contains(0x20)
    reader.skipSpace()
    if isOurs, reader.byte() != 0x2C { return nil }
    switch reader.byte() {
    case 0x2C:
        guard let argument = ChoiceArgument(source, name: name, behind: reader.index, from: index, end: end) else {
            return namedFallback(reader, name, from: index)
        }
        return ForeignPlaceholder(
            span: argument.span, kind: .choice(argument), name: isNumber ? nil : name, breaksText: true)
    case 0x7C, 0x3F:
        // `{name|words}`, `${name || "words"}` and `${name ?? "words"}`
        guard reader.take("||") || reader.take("|") || reader.take("??"),
            let close = reader.place(of: "}", from: reader.index)
        else { return nil }
        let words = unquoted(source[reader.index..<close])
        guard !words.isEmpty, !words.utf8.contains(0x7C), !words.utf8.contains(0x7B) else { return nil }
        let start = dollarStart(source, index)
        return ForeignPlaceholder(
            span: Span(start ?? index, close + 1), name: name, fallback: words, breaksText: true, needsVariable: true,
            isBehindDollar: start != nil)
    case 0x7D where hasSpace:
        return ForeignPlaceholder(
            span: Span(dollarStart(source, index) ?? index, reader.index + 1), name: name, breaksText: true,
            needsVariable: true)
    case 0x7D:
        return prefixed(source, at: index, behind: reader.index + 1, name: isNumber ? nil : name)
    default: return nil
    }
}

/// `{name,fallback=words}` and `{name, default: words}`.
private func namedFallback(_ reader: ForeignReader, _ name: String, from index: Int) -> ForeignPlaceholder? {
    var reader = reader
    reader.index += 1
    reader.skipSpace()
    guard reader.take("fallback") || reader.take("default") else { return nil }
    reader.skipSpace()
    guard reader.take("=") || reader.take(":"), let close = reader.place(of: "}", from: reader.index) else {
        return nil
    }
    let words = unquoted(reader.source[reader.index..<close])
    guard !words.isEmpty, !words.utf8.contains(0x7B) else { return nil }
    return ForeignPlaceholder(
        span: Span(index, close + 1), name: name, fallback: words, breaksText: true, needsVariable: true)
}

/// `${x}`, `#{x}`, `%{x}` and `@{x}`: this format reads the braces, but not as was meant.
private func prefixed(_ source: [UInt8], at index: Int, behind end: Int, name: String?) -> ForeignPlaceholder? {
    guard index > 0, [0x24, 0x23, 0x25, 0x40].contains(source[index - 1]), !isEscaped(source, index - 1) else {
        return nil
    }
    let start = dollarStart(source, index)
    return ForeignPlaceholder(
        span: Span(start ?? index - 1, end), name: name, isBehindDollar: start != nil)
}

/// Where the `$` of `${` begin, with `$$` of a sign and one that the other system takes away; nil where none stand.
private func dollarStart(_ source: [UInt8], _ index: Int) -> Int? {
    var start = index
    while start > 0, index - start < 4, source[start - 1] == 0x24 { start -= 1 }
    return start == index || isEscaped(source, start) ? nil : start
}

/// `{{ user.first_name | default: "there" }}`: Liquid, Mustache, Handlebars, Jinja, Braze.
private func doubledBraces(_ source: [UInt8], at index: Int, end: Int) -> ForeignPlaceholder? {
    let outer = ForeignReader(source, at: index, end: end)
    var reader = outer
    reader.index += 2
    if reader.byte() == 0x7B || reader.byte() == 0x2D || reader.byte() == 0x7E || reader.byte() == 0x26 {
        reader.index += 1
    }
    reader.skipSpace()
    let first = reader.byte()
    // What begins with `$` is a placeholder of this format with a brace too many.
    if first == 0x24, reader.byte(1) != 0x7B { return nil }
    let isStatement = first == 0x23 || first == 0x2F || first == 0x5E || first == 0x3E || first == 0x21
    let isNumber =
        first.isASCIIDigit && source[reader.index...].prefix(8).first { !$0.isASCIIDigit && $0 != 0x20 } == 0x7D
    guard isStatement || first == 0x24 || isNumber || isLetter(first) || first == 0x2E || first == 0x40,
        let close = closing(outer, index), !holdsPlaceholder(source, Span(index, close))
    else { return nil }
    var result = ForeignPlaceholder(
        span: Span(index, close), kind: isStatement ? .statement : .value, breaksText: true)
    guard !isStatement else { return result }
    if let start = dollarStart(source, index) {
        // `${{ name }}`
        result.span = Span(start, close)
        result.isBehindDollar = true
    }
    if first == 0x2E || first == 0x40 { reader.index += 1 }
    let name = reader.name()
    reader.skipSpace()
    let filters = reader.index
    if [0x7D, 0x7C, 0x2D, 0x7E].contains(reader.byte()) || reader.take("??") || reader.take("or ") {
        result.name = name
        result.fallback = defaultFilter(source, Span(filters, close))
    }
    return result
}

/// Whether a `{$name}` of this format stands in some bytes, which are no placeholder then but a text.
private func holdsPlaceholder(_ source: [UInt8], _ span: Span) -> Bool {
    (span.start..<max(span.start, span.end - 2)).contains {
        source[$0] == 0x7B && source[$0 + 1] == 0x24 && source[$0 + 2] != 0x7B
    }
}

/// Behind the braces that close those at `index`.
private func closing(_ reader: ForeignReader, _ index: Int) -> Int? {
    var depth = 0
    var place = index
    while place < reader.end {
        if reader.source[place] == 0x7B { depth += 1 }
        if reader.source[place] == 0x7D {
            depth -= 1
            if depth == 0 { return reader.source[place - 1] == 0x7D ? place + 1 : nil }
        }
        place += 1
    }
    return nil
}

/// The words of Liquid's `default: "there"`, Jinja's `default('there')`, `or "there"` and the like, among some filters.
private func defaultFilter(_ source: [UInt8], _ filters: Span) -> String? {
    let reader = ForeignReader(source, at: filters.start, end: filters.end)
    let openings: [(StaticString, Int)] = [("default", 7), ("fallback", 8), ("or ", 3), ("??", 2), ("||", 2)]
    let found = openings.lazy.compactMap { word, length in
        reader.place(of: word, from: filters.start).map { $0 + length }
    }
    guard var place = found.first else { return nil }
    while place < filters.end, source[place] != 0x22, source[place] != 0x27 {
        guard [0x20, 0x3A, 0x28].contains(source[place]) else { return nil }
        place += 1
    }
    guard place < filters.end else { return nil }
    // A mark or a backslash behind a backslash is one of the words.
    let mark = source[place]
    var words: [UInt8] = []
    place += 1
    while place < filters.end, source[place] != mark {
        if source[place] == 0x5C, place + 1 < filters.end, [0x22, 0x27, 0x5C].contains(source[place + 1]) {
            place += 1
        }
        words.append(source[place])
        place += 1
    }
    guard place < filters.end, !words.contains(where: { $0 < 0x20 || $0 == 0x7B || $0 == 0x7D }) else { return nil }
    return String(decoding: words, as: UTF8.self)
}

/// Text without spaces and quotation marks around it.
private func unquoted(_ bytes: ArraySlice<UInt8>) -> String {
    var bytes = bytes
    while let last = bytes.last, last <= 0x20 { bytes.removeLast() }
    while let first = bytes.first, first <= 0x20 { bytes.removeFirst() }
    if bytes.count > 1, bytes.first == bytes.last, bytes.first == 0x22 || bytes.first == 0x27 {
        bytes = bytes.dropFirst().dropLast()
    }
    return bytes.contains { $0 < 0x20 } ? "" : String(decoding: bytes, as: UTF8.self)
}

/// Whether a text that begins with `{{` at `index` begins with a placeholder of another system, and not with the pattern of
/// a message: what it names is a variable, or there are words behind it.
func beginsForeign(_ source: [UInt8], at index: Int, _ environment: TextEnvironment) -> Bool {
    guard let foreign = foreignBraces(source, at: index, end: source.count), foreign.breaksText else {
        // `{{name}`
        let parsed = parsePlaceholder(in: source, at: index, end: source.count)
        guard let unpaired = unpairedPlaceholder(source, at: index, end: source.count, parsed, environment) else {
            return false
        }
        let signs = source[unpaired.span.start..<unpaired.span.end]
        let closed = signs.count { $0 == 0x7D }
        if source[unpaired.span.end...].contains(0x7D) { return false }
        // A text in its braces may begin with any word.
        if closed == 0 { return !signs.contains { (0x41...0x5A).contains($0) } }
        return signs.count { $0 == 0x7B } != closed || source[unpaired.span.end...].contains { $0 > 0x20 }
    }
    if case .value = foreign.kind, foreign.name == nil { return false }
    if source[foreign.span.end...].contains(where: { $0 > 0x20 }) { return true }
    guard case .value = foreign.kind, let name = foreign.name else { return false }
    return foreign.fallback != nil || environment.variable(meantBy: name, allowsSlips: false) != nil
}
