import ByteText
import PlacardMarkdown
import SourceDiagnostics

// A title, a label or a notification is characters and placeholders: what means something elsewhere is shown there as it
// stands. Where an author can have meant nothing else, that is reported.

/// Something in a plain text that looks like another language.
struct PlainSlip {
    enum Kind {
        case markdown, html, reference, lineBreak
    }

    var kind: Kind
    var span: Span
    var edits: [Edit]
}

/// The Markdown, HTML, character references and escapes in `range` of a plain text.
func plainSlips(_ source: [UInt8], in range: Span) -> [PlainSlip] {
    var slips: [PlainSlip] = []
    var index = range.start
    let end = min(range.end, source.count)
    while index < end, slips.count < textDiagnosticLimit {
        let slip: PlainSlip?
        switch source[index] {
        case 0x2A, 0x5F, 0x7E, 0x60: slip = marks(source, index, range.start, end)
        case 0x5B: slip = link(source, index, end)
        case 0x3C: slip = tag(source, index, end)
        case 0x26: slip = reference(source, index, end)
        case 0x23: slip = heading(source, index, range.start, end)
        case 0x5C:
            slip = unicodeEscape(source, index, end) ?? lineBreak(source, index, range.start, end)
            if slip == nil { index += 1 }
        default: slip = nil
        }
        if let slip { slips.append(slip) }
        index = max(index + 1, slip?.span.end ?? 0)
    }
    return slips
}

/// `**bold**`, `*em*`, `__bold__`, `_em_`, `~~gone~~` and `` `code` ``, around words and not within one.
private func marks(_ source: [UInt8], _ start: Int, _ first: Int, _ end: Int) -> PlainSlip? {
    let byte = source[start]
    var inside = start
    while inside < end, source[inside] == byte { inside += 1 }
    let length = inside - start
    guard length <= (byte == 0x60 ? 1 : 2), byte != 0x7E || length == 2, inside < end, source[inside] > 0x20,
        // `*|NAME|*` is a placeholder of another system.
        source[inside] != 0x7C, start == first || !isASCIIWord(source[start - 1])
    else {
        return nil
    }
    var index = inside + 1
    while index + length <= end, source[index] != 0x0A {
        if source[index] == byte, source[index..<(index + length)].allSatisfy({ $0 == byte }) {
            let behind = index + length
            let isWhole = behind == end || !isASCIIWord(source[behind]) && source[behind] != byte
            // `*a*` may be a mark of one's own.
            guard isWhole, source[index - 1] > 0x20, length > 1 || byte == 0x60 || index > inside + 1 else {
                return nil
            }
            return PlainSlip(
                kind: .markdown, span: Span(start, behind),
                edits: [Edit(Span(start, inside), ""), Edit(Span(index, behind), "")])
        }
        index += 1
    }
    return nil
}

/// `## Welcome`, at the beginning of a text.
private func heading(_ source: [UInt8], _ start: Int, _ first: Int, _ end: Int) -> PlainSlip? {
    guard start == first else { return nil }
    var words = start
    while words < end, source[words] == 0x23 { words += 1 }
    let signs = words - start
    while words < end, source[words] == 0x20 { words += 1 }
    guard signs <= 6, words > start + signs, words < end, source[words].isASCIILetter || source[words] >= 0x80 else {
        return nil
    }
    return PlainSlip(kind: .markdown, span: Span(start, words), edits: [Edit(Span(start, words), "")])
}

/// `\u00e9`.
private func unicodeEscape(_ source: [UInt8], _ start: Int, _ end: Int) -> PlainSlip? {
    escapedCharacter(source, start, end).map {
        PlainSlip(kind: .reference, span: Span(start, start + 6), edits: [Edit(Span(start, start + 6), $0)])
    }
}

/// `[text](https://…)`.
private func link(_ source: [UInt8], _ start: Int, _ end: Int) -> PlainSlip? {
    guard let close = source[start..<end].firstIndex(of: 0x5D), close + 2 < end, source[close + 1] == 0x28,
        let stop = source[close..<end].firstIndex(of: 0x29)
    else { return nil }
    let address = String(decoding: source[(close + 2)..<stop], as: UTF8.self)
    guard address.utf8.contains(0x3A) || address.hasPrefix("/") || address.hasPrefix("www."),
        !address.utf8.contains(0x20), close > start + 1
    else { return nil }
    return PlainSlip(
        kind: .markdown, span: Span(start, stop + 1),
        edits: [Edit(Span(start, start + 1), ""), Edit(Span(close, stop + 1), "")])
}

/// The elements that texts of other systems have. Others may be words: `<name>`, `<3`.
private let textElements: [String] = [
    "a", "b", "big", "br", "center", "code", "del", "div", "em", "font", "h1", "h2", "h3", "hr", "i", "img", "li",
    "mark",
    "ol", "p", "s", "small", "span", "strike", "strong", "sub", "sup", "u", "ul",
]

/// `<b>`, `</b>`, `<br/>`, `<a href="…">`.
private func tag(_ source: [UInt8], _ start: Int, _ end: Int) -> PlainSlip? {
    var index = start + 1
    if index < end, source[index] == 0x2F { index += 1 }
    let name = index
    while index < end, isASCIIWord(source[index]) { index += 1 }
    let element = String(decoding: source[name..<index].map { $0 | 0x20 }, as: UTF8.self)
    guard index < end, textElements.contains(element) || element.utf8.count == 2 && "h1h2h3".contains(element),
        [0x20, 0x2F, 0x3E].contains(source[index]), let close = source[index..<end].firstIndex(of: 0x3E),
        !source[index..<close].contains(0x3C)
    else { return nil }
    let isBreak = element == "br" || element == "hr"
    var edit = Span(start, close + 1)
    // A break parts words; spaces beside it do so too.
    let isSpaced = start > 0 && source[start - 1] == 0x20 || edit.end < end && source[edit.end] == 0x20
    if isBreak, start > 0, source[start - 1] == 0x20, edit.end < end, source[edit.end] == 0x20 {
        edit = Span(start, close + 2)
    }
    return PlainSlip(
        kind: .html, span: Span(start, close + 1), edits: [Edit(edit, isBreak && !isSpaced ? " " : "")])
}

/// The references that texts of other systems have, with their characters.
private let references: [(name: String, text: String)] = [
    ("amp", "&"), ("lt", "<"), ("gt", ">"), ("quot", "\""), ("apos", "'"), ("nbsp", "\u{A0}"), ("ndash", "–"),
    ("mdash", "—"), ("hellip", "…"), ("lsquo", "‘"), ("rsquo", "’"), ("ldquo", "“"), ("rdquo", "”"), ("laquo", "«"),
    ("raquo", "»"), ("copy", "©"), ("reg", "®"), ("trade", "™"), ("euro", "€"), ("pound", "£"), ("yen", "¥"),
    ("bull", "•"), ("middot", "·"), ("times", "×"), ("deg", "°"), ("eacute", "é"), ("egrave", "è"), ("agrave", "à"),
    ("auml", "ä"), ("ouml", "ö"), ("uuml", "ü"), ("szlig", "ß"), ("ccedil", "ç"), ("ntilde", "ñ"), ("shy", ""),
]

/// The names of ``references``.
let referenceNames: [String] = references.map(\.name)

/// The character that a reference of another system stands for; nil for one that is not among the usual ones.
func referenceText(_ name: String) -> String? { references.first { $0.name == name }?.text }

/// `&amp;` and `&#39;`.
private func reference(_ source: [UInt8], _ start: Int, _ end: Int) -> PlainSlip? {
    let word = source[(start + 1)..<end].prefix { $0.isASCIIAlphanumeric }
    let next = word.endIndex < end ? source[word.endIndex] : 0x20
    // `&amp` without its semicolon; `&copy=1` is of an address.
    if next != 0x3B, next < 0x80, ![0x3D, 0x5F, 0x23].contains(next),
        let text = referenceText(String(decoding: word, as: UTF8.self))
    {
        return PlainSlip(
            kind: .reference, span: Span(start, word.endIndex), edits: [Edit(Span(start, word.endIndex), text)])
    }
    guard let close = source[start..<min(end, start + 12)].firstIndex(of: 0x3B) else { return nil }
    let name = String(decoding: source[(start + 1)..<close], as: UTF8.self)
    let text: String
    if name.hasPrefix("#") {
        let digits = name.dropFirst()
        let value =
            digits.first == "x" || digits.first == "X" ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
        // Braces have a diagnostic of their own.
        guard let value, value >= 0x20, value != 0x7B, value != 0x7D, let scalar = Unicode.Scalar(value),
            UnfitCharacter(value) == nil
        else { return nil }
        text = String(Character(scalar))
    } else {
        guard let known = referenceText(name) else { return nil }
        text = known
    }
    let span = Span(start, close + 1)
    return PlainSlip(kind: .reference, span: span, edits: [Edit(span, text)])
}

/// `\n`, but not in a path such as `C:\new`.
private func lineBreak(_ source: [UInt8], _ start: Int, _ first: Int, _ end: Int) -> PlainSlip? {
    guard start + 1 < end, source[start + 1] == 0x6E || source[start + 1] == 0x72,
        start == first || source[start - 1] != 0x3A && source[start - 1] != 0x5C,
        !source[first..<start].contains(where: { $0 == 0x5C }) || !isPath(source, first, start)
    else { return nil }
    var span = Span(start, start + 2)
    if source[start + 1] == 0x72, start + 3 < end, source[start + 2] == 0x5C, source[start + 3] == 0x6E {
        span = Span(start, start + 4)
    }
    var edit = span
    while edit.end < end, source[edit.end] == 0x20 { edit = Span(edit.start, edit.end + 1) }
    let isDoubled = start > first + 1 && source[start - 1] == 0x6E && source[start - 2] == 0x5C
    let isEnd = edit.end == end || start == first || source[start - 1] == 0x20 || isDoubled
    return PlainSlip(kind: .lineBreak, span: span, edits: [Edit(edit, isEnd ? "" : " ")])
}

/// Whether a drive such as `C:\` begins what stands before a backslash.
private func isPath(_ source: [UInt8], _ first: Int, _ start: Int) -> Bool {
    var index = start
    while index > first, source[index - 1] > 0x20 { index -= 1 }
    return index + 2 < start && source[index + 1] == 0x3A && source[index + 2] == 0x5C
}

extension PatternText {
    /// Reports what a plain text shows as it stands and its author did not mean so.
    ///
    /// - Parameter environment: whether the text may have several lines, and which names are variables.
    func checkPlainSlips(_ source: [UInt8], _ environment: TextEnvironment, _ diagnostics: inout [Diagnostic]) {
        if !environment.allowsLines { checkLineEnds(source, &diagnostics) }
        // `__first_name__` is a placeholder of another system.
        let slips = plainSlips(source, in: scanned.span).filter { slip in
            let name = slip.kind == .markdown ? underscored(source, slip.span.start, slip.span.end)?.name : nil
            return name.flatMap { environment.variable(meantBy: $0, allowsSlips: false) } == nil
        }
        guard !slips.isEmpty else { return }
        let places = scanned.contents.map(\.span)
        for slip in slips where !places.contains(where: { $0.start < slip.span.end && slip.span.start < $0.end }) {
            diagnostics.append(.markupInPlainText(slip, written(source, slip.span)))
        }
        // Marks may stand around placeholders.
        for slip in slips where slip.kind == .markdown {
            let isAround = places.contains { slip.span.start < $0.start && $0.end < slip.span.end }
            let isWithin = slip.edits.contains { edit in
                places.contains { $0.start < edit.span.end && edit.span.start < $0.end }
            }
            if isAround, !isWithin { diagnostics.append(.markupInPlainText(slip, written(source, slip.span))) }
        }
    }

    /// Reports lines in a text that is shown on one: a string of YAML in double quotation marks and a block have them.
    private func checkLineEnds(_ source: [UInt8], _ diagnostics: inout [Diagnostic]) {
        var found = 0
        var index = scanned.span.start
        while index < scanned.span.end, found < textDiagnosticLimit {
            guard source[index] == 0x0A || source[index] == 0x0D else {
                index += 1
                continue
            }
            let start = index
            while index < scanned.span.end, source[index] <= 0x20 { index += 1 }
            let span = Span(start, index)
            // White space at the end is none that anybody sees, and that of a placeholder's inside parts its words.
            let isInside = scanned.contents.contains { $0.span.start < start && start < $0.span.end }
            guard index < scanned.span.end, !isInside else { continue }
            found += 1
            diagnostics.append(.lineOfPlainText(span, isSpaced: start > 0 && source[start - 1] == 0x20))
        }
    }

    /// Reports `\n` among the words of Markdown, where it is no line break either.
    func checkLineBreaks(_ source: [UInt8], _ diagnostics: inout [Diagnostic]) {
        guard tree.holds(0x5C) else { return }
        let slips = plainSlips(source, in: scanned.span).filter { $0.kind == .lineBreak }
        guard !slips.isEmpty else { return }
        let unseen = unseenSpans
        for slip in slips where !unseen.contains(where: { $0.start < slip.span.end && slip.span.start < $0.end }) {
            diagnostics.append(.notALineBreak(slip, written(source, slip.span), isPlain: false))
        }
    }
}
