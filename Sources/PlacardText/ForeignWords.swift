import ByteText
import PlacardMarkdown
import SourceDiagnostics

// Placeholders of other systems that have no braces, and names of emoji: to this format they are words.

/// What such words are.
enum ForeignWords {
    case placeholder(ForeignPlaceholder)
    /// `:tada:`, with its emoji; nil when there is none of that name.
    case shortcode(Span, emoji: String?)

    var span: Span {
        switch self {
        case .placeholder(let foreign): foreign.span
        case .shortcode(let span, _): span
        }
    }
}

/// The placeholders and names of emoji in `range`, wherever they stand.
func foreignWords(_ source: [UInt8], in range: Span) -> [ForeignWords] {
    var found: [ForeignWords] = []
    var index = range.start
    let end = min(range.end, source.count)
    while index < end {
        let match: ForeignWords?
        switch source[index] {
        case 0x5C:
            // Swift's `\(name)`, where any other sign behind a backslash is meant as such.
            guard let name = enclosed(source, index, end) else {
                index += 2
                continue
            }
            match = .placeholder(name)
        case 0x24, 0x23, 0x28: match = enclosed(source, index, end).map { .placeholder($0) }
        case 0x25: match = percent(source, index, end).map { .placeholder($0) }
        case 0x3A: match = shortcode(source, index, range.start, end)
        case 0x5B:
            match =
                between("[[", "]]", source, index, end) ?? enclosed(source, index, end).map { .placeholder($0) }
        case 0x2A: match = between("*|", "|*", source, index, end)
        case 0x5F: match = underscored(source, index, end).map { .placeholder($0) }
        case 0xEF: match = wideBraced(source, index, end).map { .placeholder($0) }
        case 0x3C:
            match =
                between("<%", "%>", source, index, end) ?? enclosed(source, index, end).map { .placeholder($0) }
        default: match = nil
        }
        if let match {
            found.append(match)
            if found.count >= textDiagnosticLimit { return found }
            index = match.span.end
        } else {
            index += 1
        }
    }
    return found
}

/// `%s`, `%1$s`, `%@`, `%(name)s`, `%NAME%` and `%%name%%`; not `50%`, `100 % sure` and what follows a digit.
private func percent(_ source: [UInt8], _ start: Int, _ end: Int) -> ForeignPlaceholder? {
    guard start == 0 || !isASCIIWord(source[start - 1]) && source[start - 1] != 0x25 else { return nil }
    var reader = ForeignReader(source, at: start + 1, end: end)
    if reader.take("(") {
        guard let name = reader.name(), reader.take(")"), isConversion(reader.byte()) else { return nil }
        return ForeignPlaceholder(span: Span(start, reader.index + 1), name: name)
    }
    if let name = named(reader, start) { return name }
    if reader.byte() >= 0x31, reader.byte() <= 0x39, reader.byte(1) == 0x24 { reader.index += 2 }
    if reader.byte() == 0x2E, reader.byte(1).isASCIIDigit { reader.index += 2 }
    if reader.byte() == 0x30, reader.byte(1).isASCIIDigit { reader.index += 2 }
    var long = 0
    while reader.byte() == 0x6C, long < 2 {
        reader.index += 1
        long += 1
    }
    guard isConversion(reader.byte()), reader.byte() == 0x40 || !isASCIIWord(reader.byte(1)) else { return nil }
    return ForeignPlaceholder(span: Span(start, reader.index + 1))
}

/// The letters that end a conversion of printf: of strings, numbers and objects.
private func isConversion(_ byte: UInt8) -> Bool { [0x73, 0x64, 0x69, 0x66, 0x75, 0x40].contains(byte) }

/// `%NAME%` and `%%name%%`; `%name%` where it means a variable.
private func named(_ reader: ForeignReader, _ start: Int) -> ForeignPlaceholder? {
    var reader = reader
    let isDoubled = reader.take("%")
    guard let name = reader.name(), reader.take("%"), !isDoubled || reader.take("%"), name.utf8.count > 1,
        !isASCIIWord(reader.byte())
    else { return nil }
    if !isDoubled { _ = reader.take("%") }
    let isShouted = name.utf8.allSatisfy { !(0x61...0x7A).contains($0) && $0 < 0x80 }
    return ForeignPlaceholder(
        span: Span(start, reader.index), name: name, needsVariable: !isDoubled && !isShouted)
}

/// `[[name]]`, `*|NAME|*` and `<%= name %>`.
private func between(
    _ open: StaticString, _ close: StaticString, _ source: [UInt8], _ start: Int, _ end: Int
) -> ForeignWords? {
    var reader = ForeignReader(source, at: start, end: end)
    guard reader.take(open), let stop = reader.place(of: close, from: reader.index) else { return nil }
    guard !source[reader.index..<stop].contains(where: { $0 == 0x0A || $0 == 0x5B }) else { return nil }
    let behind = stop + close.utf8CodeUnitCount
    if source[start] == 0x3C {
        let shows = reader.take("=") || reader.take("-")
        reader.skipSpace()
        if reader.byte() == 0x40 || reader.byte() == 0x24 { reader.index += 1 }
        let name = reader.name()
        reader.skipSpace()
        return .placeholder(
            ForeignPlaceholder(
                span: Span(start, behind), kind: shows ? .value : .statement, name: reader.index == stop ? name : nil))
    }
    reader.skipSpace()
    guard let name = reader.name(spaces: true) else { return nil }
    reader.skipSpace()
    let isMailchimp = source[start] == 0x2A
    // `[[text]](address)` is a link whose words have brackets.
    guard isMailchimp || reader.index == stop && !(behind < end && source[behind] == 0x28) else { return nil }
    let isStatement = isMailchimp && reader.byte() == 0x3A
    return .placeholder(
        ForeignPlaceholder(
            span: Span(start, behind), kind: isStatement ? .statement : .value,
            name: isStatement ? nil : name))
}

/// The signs that other systems have around a name: they mean that only if the name is a variable's.
private let enclosures: [(open: StaticString, close: StaticString)] = [
    ("$(", ")"), ("\\(", ")"), ("<<", ">>"), ("((", "))"), ("##", "##"), ("[%", "%]"), ("[", "]"), ("<", ">"),
]

/// `$(name)`, `\(name)`, `<<name>>`, `((name))`, `##name##`, `<name>` and `[first_name]`.
func enclosed(_ source: [UInt8], _ start: Int, _ end: Int) -> ForeignPlaceholder? {
    for (open, close) in enclosures where source[start] == open.utf8Start.pointee {
        var reader = ForeignReader(source, at: start, end: end)
        guard reader.take(open) else { continue }
        reader.skipSpace()
        let first = reader.index
        let isBracket = source[start] == 0x5B && open.utf8CodeUnitCount == 1
        guard let name = reader.name(spaces: isBracket), reader.index == first + name.utf8.count else { continue }
        reader.skipSpace()
        guard reader.take(close) else { continue }
        // A word in brackets is one, unless it has the form of a name.
        if source[start] == 0x5B, open.utf8CodeUnitCount == 1 {
            let isName = name.utf8.contains { $0 == 0x5F || $0 == 0x2E || $0 == 0x20 }
            guard name.utf8.allSatisfy({ $0 < 0x80 }), isName || name.utf8.count > 2,
                ![0x28, 0x5B, 0x3A].contains(reader.byte())
            else { continue }
            return ForeignPlaceholder(
                span: Span(start, reader.index), name: name, needsVariable: true, isWord: !isName)
        }
        return ForeignPlaceholder(span: Span(start, reader.index), name: name, needsVariable: true)
    }
    return nil
}

/// `｛first_name｝`, with the braces of East Asian keyboards; where `$` stands before the name, that is told of.
private func wideBraced(_ source: [UInt8], _ start: Int, _ end: Int) -> ForeignPlaceholder? {
    var first = start
    while first - start < 6, source[first..<end].starts(with: "｛".utf8) { first += 3 }
    guard first > start else { return nil }
    let name = source[first..<min(end, first + nameLimit)].prefix { isASCIIWord($0) || $0 == 0x2E }
    guard !name.isEmpty, isLetter(name[first]) else { return nil }
    var last = name.endIndex
    while last - name.endIndex < first - start, source[last..<end].starts(with: "｝".utf8) { last += 3 }
    guard last - name.endIndex == first - start else { return nil }
    return ForeignPlaceholder(
        span: Span(start, last), name: String(decoding: name, as: UTF8.self), needsVariable: true)
}

/// `__first_name__`, with the form of a name of several words.
func underscored(_ source: [UInt8], _ start: Int, _ end: Int) -> ForeignPlaceholder? {
    guard start == 0 || !isASCIIWord(source[start - 1]) else { return nil }
    let word = source[start..<min(end, start + nameLimit)].prefix { isASCIIWord($0) || $0 == 0x2E }
    guard word.count > 6, word.starts(with: "__".utf8), word.suffix(2).elementsEqual("__".utf8) else { return nil }
    let name = word.dropFirst(2).dropLast(2)
    guard isLetter(name[name.startIndex]), name.first != 0x5F, name.last != 0x5F,
        name.contains(0x5F) || name.contains(0x2E)
    else { return nil }
    return ForeignPlaceholder(
        span: Span(start, word.endIndex), name: String(decoding: name, as: UTF8.self), needsVariable: true)
}

/// `:tada:`, which begins behind no letter or digit; and what has a name of that kind, `:party_parrot:`.
private func shortcode(_ source: [UInt8], _ start: Int, _ first: Int, _ end: Int) -> ForeignWords? {
    if start > first, isASCIIWord(source[start - 1]) || source[start - 1] == 0x3A { return nil }
    var index = start + 1
    while index < end, index - start < 48, isOfShortcode(source[index]) { index += 1 }
    guard index > start + 1, index < end, source[index] == 0x3A else { return nil }
    if index + 1 < end, isASCIIWord(source[index + 1]) { return nil }
    let name = String(decoding: source[(start + 1)..<index], as: UTF8.self)
    let emoji = emojiShortcodes[name]
    guard emoji != nil || name.utf8.count > 2 && name.utf8.first.map({ $0.isASCIILetter }) ?? false else { return nil }
    return .shortcode(Span(start, index + 1), emoji: emoji)
}

private func isOfShortcode(_ byte: UInt8) -> Bool {
    (0x61...0x7A).contains(byte) || byte.isASCIIDigit || byte == 0x5F || byte == 0x2B || byte == 0x2D
}

/// The emoji of each name that shortcodes have.
private let emojiShortcodes: [String: String] = emojiShortcodeWords.withUTF8Buffer { bytes in
    let words = bytes.split { $0 == 0x20 || $0 == 0x0A }.map { String(decoding: $0, as: UTF8.self) }
    var emoji: [String: String] = [:]
    emoji.reserveCapacity(words.count / 2)
    for index in stride(from: 0, to: words.count - 1, by: 2) { emoji[words[index]] = words[index + 1] }
    return emoji
}

/// The emoji whose name is almost `name`.
private func nearEmoji(_ name: String) -> String? {
    nearMiss(name, among: emojiShortcodes.keys.sorted { utf8Less($0, $1) }).flatMap { emojiShortcodes[$0] }
}

extension PatternText {
    /// Reports what other systems would replace, where readers would see it: not in code, addresses and placeholders.
    func checkForeignWords(_ source: [UInt8], _ environment: TextEnvironment, _ diagnostics: inout [Diagnostic]) {
        let found = foreignWords(source, in: scanned.span)
        guard !found.isEmpty else { return }
        let unseen = unseenSpans
        for words in found where !unseen.contains(where: { $0.start < words.span.end && words.span.start < $0.end }) {
            switch words {
            case .shortcode(let span, let emoji):
                let text = written(source, span)
                let near = emoji == nil ? nearEmoji(String(text.dropFirst().dropLast())) : nil
                diagnostics.append(.shortcodeShown(text, emoji, near: near, at: span))
            case .placeholder(let foreign):
                // `[name]` may be a link, of which the address stands elsewhere.
                if tree.nodes.contains(where: { $0.kind == .link && $0.span.start == foreign.span.start }) { continue }
                if let diagnostic = foreignDiagnostic(foreign, source, environment) { diagnostics.append(diagnostic) }
            }
        }
    }

    /// Where no words stand that a reader sees as they are: placeholders, code, HTML and addresses.
    var unseenSpans: [Span] {
        var spans = scanned.contents.map(\.span)
        for node in tree.nodes {
            switch node.kind {
            case .code, .codeBlock, .htmlBlock, .htmlInline: spans.append(node.span)
            case .link, .image:
                spans.append(node.flags.contains(.autolink) ? node.span : node.destinationSpan)
            default: continue
            }
        }
        return spans
    }
}

/// A part of the source.
func written(_ source: [UInt8], _ span: Span) -> String {
    String(decoding: source[span.start..<min(span.end, source.count)], as: UTF8.self)
}
