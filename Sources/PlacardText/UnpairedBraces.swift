import ByteText
import MessageFormat
import SourceDiagnostics
import UnicodeLocale

// Braces that were meant as those of a placeholder and do not pair: `{{name}`, `{$name}}`, `name}`, `${name`. What stands between
// them tells the placeholder; what is written for it takes all of its signs along, so that none is left among the words.

/// A placeholder with too many braces on a side, too few, or a `$` too many.
struct UnpairedPlaceholder {
    /// All of its signs.
    var span: Span
    /// What is meant, as it is written in this format.
    var meant: String
    /// The variable that it shows.
    var name: String
    /// What shows it, where there is no such variable.
    var unknown: MessageFormat.Expression?
}

/// The most braces on one side that are taken for those of one placeholder.
private let braceLimit = 4
/// What other systems have around a name in braces.
private let otherSigns: [UInt8] = [0x21, 0x22, 0x25, 0x27, 0x2C, 0x3B, 0x3D, 0x3F, 0x40, 0x5E, 0x7E]
/// How far behind a name without its `}` another is looked for.
private let braceReach = 256

/// What is meant by the `{` at `index`, which begins no placeholder, or one that more braces follow; nil where that is not plain.
///
/// - Parameter parsed: what the parser makes of it.
func unpairedPlaceholder(
    _ source: [UInt8], at index: Int, end: Int, _ parsed: ParsedPlaceholder, _ environment: TextEnvironment
) -> UnpairedPlaceholder? {
    let isBroken = !parsed.diagnostics.isEmpty
    let start = index > 0 && source[index - 1] == 0x24 && !isEscaped(source, index - 1) ? index - 1 : index
    let isUnknown = start < index && parsed.variable.map { environment.variables[$0] == nil } ?? false
    guard isBroken || isUnknown || parsed.end < end && source[parsed.end] == 0x7D else { return nil }
    var reader = ForeignReader(source, at: index, end: end)
    while reader.byte() == 0x7B, reader.index - index < braceLimit { reader.index += 1 }
    let opened = reader.index - index
    // One that is whole, among braces that are not its own.
    let inner = reader.index - 1
    let whole = opened > 1 ? parsePlaceholder(in: source, at: inner, end: end) : parsed
    if let variable = whole.diagnostics.isEmpty ? whole.variable : nil,
        environment.variables[variable] != nil
            || opened == 2 && environment.variable(meantBy: variable, allowsSlips: false) == nil
    {
        return unpairedWhole(
            source, from: start, at: index, inner, whole, isKnown: environment.variables[variable] != nil, end: end)
    }
    func skipSigns() -> Int {
        let first = reader.index
        while reader.byte() == 0x24 || reader.byte() == 0x20 || isBroken && otherSigns.contains(reader.byte()) {
            reader.index += 1
        }
        return source[first..<reader.index].count { $0 == 0x24 }
    }
    let dollars = skipSigns()
    let first = reader.index
    if isBroken, opened == 1, let shuffled = shuffledName(source, at: index, end: end, environment) { return shuffled }
    guard let name = reader.name() else { return nil }
    reader.index = first + name.utf8.count
    guard reader.text(first, reader.index) == name else { return nil }
    var nameEnd = reader.index
    let sentenceEnd = endOfSentence(source, at: reader.index, end, isOwn: opened == 1 && dollars == 1)
    let trailing = skipSigns()
    let close = closingBraces(source, from: reader.index, end)
    let closed = close - reader.index
    // Without its `}`, `{$name` is the parser's to report.
    if closed == 0, dollars == 1, opened == 1, start == index, environment.variables[name] != nil,
        behindOtherBrackets(source, Span(start, nameEnd), end, limit: opened) == nameEnd
    {
        return nil
    }
    // Braces further on belong to this one, and tell of something else.
    if closed == 0 {
        if beginsArgument(source, nameEnd, end) { return nil }
        nameEnd = behindOtherBrackets(source, Span(start, nameEnd), end, limit: opened)
        let rest = source[reader.index..<end].prefix(braceReach)
        if let next = rest.first(where: { $0 == 0x7B || $0 == 0x7D || $0 == 0x0A }), next == 0x7D { return nil }
    }
    guard closed > 0 || trailing == 0, isBroken || isUnknown || opened != closed,
        let meant = environment.variable(meantBy: name, allowsSlips: false), environment.isShowable(meant)
    else { return nil }
    return UnpairedPlaceholder(
        span: Span(start, closed == 0 ? nameEnd : close), meant: "{$\(meant)}\(sentenceEnd)", name: meant)
}

/// The sign of `{$name!}` that belongs to the sentence; empty where there is none.
///
/// - Parameter isOwn: whether the braces are those of this format.
private func endOfSentence(_ source: [UInt8], at place: Int, _ end: Int, isOwn: Bool) -> String {
    guard isOwn, place + 1 < end, source[place + 1] == 0x7D, [0x2C, 0x21, 0x3F, 0x3B, 0x3A].contains(source[place])
    else { return "" }
    return written(source, Span(place, place + 1))
}

/// A placeholder that is whole, between braces of which there are more on one side.
///
/// - Parameters:
///   - start: where the braces begin, or a dollar sign before them.
///   - index: where the braces begin.
///   - inner: where the brace of the placeholder is.
private func unpairedWhole(
    _ source: [UInt8], from start: Int, at index: Int, _ inner: Int, _ whole: ParsedPlaceholder, isKnown: Bool, end: Int
) -> UnpairedPlaceholder? {
    guard let variable = whole.variable else { return nil }
    let opened = inner + 1 - index
    let close = closingBraces(source, from: whole.end, end)
    // `{{$name}}` is the parser's to report, and `\{{$name}}` has a brace that is meant.
    if opened == 2, close == whole.end + 1, isKnown { return nil }
    if opened == 1, index > 1, source[index - 1] == 0x7B { return nil }
    if !isKnown, close > whole.end + 1 { return nil }
    return UnpairedPlaceholder(
        span: Span(start, close), meant: String(decoding: source[inner..<whole.end], as: UTF8.self), name: variable,
        unknown: isKnown ? nil : whole.expression)
}

/// `[news]{https://…)` and `{news](https://…)`, in which braces stand for the brackets of a link: what puts them right.
func linkInBraces(_ source: [UInt8], at index: Int, end: Int) -> (edits: [Edit], end: Int)? {
    let reader = ForeignReader(source, at: index + 1, end: end)
    let line = source[(index + 1)..<reader.end].prefix { $0 >= 0x20 && $0 != 0x7B }
    if index > 0, source[index - 1] == 0x5D {
        guard line.starts(with: "http".utf8) || line.starts(with: "www.".utf8),
            let close = line.firstIndex(where: { $0 == 0x29 || $0 == 0x7D }), !line[..<close].contains(0x20)
        else { return nil }
        return ([Edit(Span(index, index + 1), "("), Edit(Span(close, close + 1), ")")], close + 1)
    }
    guard line.first != 0x24, let close = line.firstIndex(of: 0x5D), close > index + 1, close + 1 < line.endIndex,
        line[close + 1] == 0x28,
        !line[..<close].contains(0x7D)
    else { return nil }
    return ([Edit(Span(index, index + 1), "[")], index + 1)
}

/// `{e$vent.items}`, `{$user. name}`, `*{*$user.name}**` and `**{$user.name**}`: the letters of a variable with a sign or a space among them.
private func shuffledName(
    _ source: [UInt8], at index: Int, end: Int, _ environment: TextEnvironment
) -> UnpairedPlaceholder? {
    let limit = min(end, index + nameLimit)
    guard let close = source[(index + 1)..<limit].firstIndex(where: { $0 == 0x7D || $0 == 0x7B || $0 < 0x20 }),
        source[close] == 0x7D
    else { return nil }
    let inside = source[(index + 1)..<close]
    let marks = inside.prefix { $0 == 0x2A || $0 == 0x5F || $0 == 0x7E }
    let last = inside.first == 0x24 ? inside.reversed().prefix { $0 == 0x2A || $0 == 0x7E }.count : 0
    let letters = inside.dropFirst(marks.count).dropLast(last).filter { $0 != 0x24 && $0 != 0x20 }
    if let formatted = formattedName(inside, environment) {
        return UnpairedPlaceholder(span: Span(index, close + 1), meant: formatted.text, name: formatted.name)
    }
    guard letters.count < inside.count, letters.count >= inside.count - marks.count - last - 2
    else { return nil }
    let name = String(decoding: letters, as: UTF8.self)
    guard environment.variables[name] != nil, environment.isShowable(name) else { return nil }
    return UnpairedPlaceholder(
        span: Span(index, close + 1),
        meant:
            "\(String(decoding: marks, as: UTF8.self)){$\(name)}\(String(decoding: inside.suffix(last), as: UTF8.self))",
        name: name)
}

/// `$user.age : integer`, `$user.age integer`, `$user.age|number`, `$user age` and `$user,age`, in which a sign is another.
private func formattedName(
    _ inside: ArraySlice<UInt8>, _ environment: TextEnvironment
) -> (text: String, name: String)? {
    guard inside.first == 0x24 else { return nil }
    let parts = inside.dropFirst().split { [0x20, 0x2C, 0x3A, 0x7C].contains($0) }
    // Of `$user.age:integer` the parser says what is missing.
    guard parts.count == 2, !inside[parts[0].endIndex..<parts[1].startIndex].elementsEqual(":".utf8) else { return nil }
    let (first, second) = (String(decoding: parts[0], as: UTF8.self), String(decoding: parts[1], as: UTF8.self))
    if environment.variables[first] != nil, FunctionRegistry.standard.signature(second) != nil {
        return ("{$\(first) :\(second)}", first)
    }
    let whole = first.hasSuffix(".") ? first + second : "\(first).\(second)"
    return environment.variables[whole] != nil && environment.isShowable(whole) ? ("{$\(whole)}", whole) : nil
}

/// Whether `, plural` and the like follow, of an argument of ICU that is not closed.
private func beginsArgument(_ source: [UInt8], _ start: Int, _ end: Int) -> Bool {
    var reader = ForeignReader(source, at: start, end: end)
    reader.skipSpace()
    guard reader.take(",") else { return false }
    reader.skipSpace()
    return ["plural", "select", "selectordinal", "number", "date", "time"].contains(reader.name() ?? "")
}

/// Behind `)` or `]` at the end of a name that has a brace at its beginning; at that end, where they close what stands before.
private func behindOtherBrackets(_ source: [UInt8], _ name: Span, _ end: Int, limit: Int) -> Int {
    var place = name.end
    while place < end, place - name.end < limit, source[place] == 0x29 || source[place] == 0x5D { place += 1 }
    guard place > name.end else { return name.end }
    let open: UInt8 = source[name.end] == 0x29 ? 0x28 : 0x5B
    let before = source[max(0, name.start - braceReach)..<name.start]
    return before.contains(open) ? name.end : place
}

extension ParsedPlaceholder {
    fileprivate var expression: MessageFormat.Expression? {
        if case .expression(let expression)? = placeholder { expression } else { nil }
    }

    /// The name of the variable that it shows.
    fileprivate var variable: String? {
        guard case .variable(let variable)? = expression?.operand else { return nil }
        return variable.name
    }
}

private func closingBraces(_ source: [UInt8], from start: Int, _ end: Int) -> Int {
    var place = start
    while place < end, place - start < braceLimit, source[place] == 0x7D { place += 1 }
    return place
}

/// The next variant, `few {{`, whose braces stand at `index` in the text of another one, which is not closed.
///
/// - Returns: where its line begins, up to the braces, and what closes the text before it; nil where it is none.
func nextVariant(_ source: [UInt8], at index: Int, from start: Int) -> (line: Span, edit: Edit)? {
    guard index + 1 < source.count, source[index + 1] == 0x7B, index > start, source[index - 1] <= 0x20 else {
        return nil
    }
    var line = index
    while line > start, source[line - 1] != 0x0A { line -= 1 }
    guard line > start else { return nil }
    let words = source[line..<index].split { $0 <= 0x20 }
    guard !words.isEmpty, words.count <= 2, words.allSatisfy(isUsualKey) else { return nil }
    var last = line
    while last > start, source[last - 1] <= 0x20 { last -= 1 }
    let isHalf = source[last - 1] == 0x7D && !(last - 1 > start && source[last - 2] == 0x7D)
    return (
        Span(line, index),
        Edit(Span(at: last), isHalf && !closesPlaceholder(source, last - 1, from: start) ? "}" : "}}")
    )
}

/// Whether the `}` at `index` has its `{` on its line.
private func closesPlaceholder(_ source: [UInt8], _ index: Int, from start: Int) -> Bool {
    let before = source[start..<index]
    guard let other = before.lastIndex(where: { $0 == 0x7B || $0 == 0x7D || $0 == 0x0A }) else { return false }
    return before[other] == 0x7B
}

/// Whether an odd number of backslashes stands before `index`.
func isEscaped(_ source: [UInt8], _ index: Int) -> Bool {
    var place = index
    while place > 0, source[place - 1] == 0x5C { place -= 1 }
    return (index - place) % 2 == 1
}

extension PatternText {
    /// The diagnostics for each `}` that closes nothing, one for those of a placeholder.
    func strayBraces(_ source: [UInt8], _ environment: TextEnvironment) -> [Diagnostic] {
        var diagnostics: [Diagnostic] = []
        var covered = scanned.span.start
        var place = 0
        // How many braces with a backslash wait for their other half, and where the last placeholder ends.
        var depth = 0
        var lastEnd = -1
        // Placeholders and braces are in the order of the source.
        for offset in scanned.strays where offset >= covered {
            while place < scanned.contents.count, scanned.contents[place].span.end <= offset {
                if case .brace(let byte) = scanned.contents[place].content {
                    depth = byte == 0x7B ? depth + 1 : max(0, depth - 1)
                } else {
                    lastEnd = scanned.contents[place].span.end
                }
                place += 1
            }
            let close = closingBraces(source, from: offset, scanned.span.end)
            if depth > 0 {
                diagnostics.append(.strayClosing(at: offset, isMeant: true))
            } else if let meant = unopenedPlaceholder(source, Span(offset, close), environment) {
                covered = close
                diagnostics.append(.unopenedPlaceholder(meant, at: Span(offset, offset + 1), environment))
            } else if lastEnd == offset {
                covered = close
                diagnostics.append(.braceBehindPlaceholder(at: Span(offset, close)))
            } else {
                diagnostics.append(.strayClosing(at: offset, isMeant: false))
            }
        }
        return diagnostics
    }

    /// `$name}` and `name}`: a placeholder without its `{`.
    private func unopenedPlaceholder(
        _ source: [UInt8], _ close: Span, _ environment: TextEnvironment
    ) -> UnpairedPlaceholder? {
        let start = scanned.span.start
        if let opening = missingOpeningBrace(in: source, before: close.start, from: start) {
            guard source[opening] == 0x24 else {
                return UnpairedPlaceholder(
                    span: Span(opening, close.end), meant: "{\(written(source, Span(opening, close.start)))}", name: "")
            }
            let rest = source[(opening + 1)..<close.start]
            let first = behindSigns(source, opening, close.end)
            let word = String(decoding: rest.prefix { isOfVariableName($0) }, as: UTF8.self)
            let meant = environment.variable(meantBy: word, allowsSlips: false) ?? word
            let behind = String(decoding: rest.dropFirst(word.utf8.count), as: UTF8.self)
            return UnpairedPlaceholder(
                span: Span(first, close.end), meant: "{$\(meant)\(behind)}", name: meant)
        }
        var first = close.start
        while first > start, close.start - first <= nameLimit, isOfVariableName(source[first - 1]) { first -= 1 }
        let word = String(decoding: source[first..<close.start], as: UTF8.self)
        guard !word.isEmpty, isLetter(source[first]), first == start || source[first - 1] != 0x5C,
            let meant = environment.variable(meantBy: word, allowsSlips: false), environment.isShowable(meant)
        else { return nil }
        // `『$name}`, where the sign stands behind no space.
        if first > start, source[first - 1] == 0x24 { first -= 1 }
        // `(name}`, unless the bracket is closed further on.
        let end = min(scanned.span.end, close.end + braceReach)
        for (open, other) in [(UInt8(0x28), UInt8(0x29)), (0x5B, 0x5D)]
        where first > start && source[first - 1] == open && !source[close.end..<max(close.end, end)].contains(other) {
            first -= 1
        }
        return UnpairedPlaceholder(span: Span(first, close.end), meant: "{$\(meant)}", name: meant)
    }
}

extension PatternText {
    /// Where the signs begin that stand before a `$` in place of its `{`: a `$` too many, another bracket, a mark that has no
    /// other one in its line.
    private func behindSigns(_ source: [UInt8], _ dollar: Int, _ end: Int) -> Int {
        let limit = scanned.span.start
        var first = dollar
        while first > limit, source[first - 1] == 0x24, dollar - first < braceLimit { first -= 1 }
        guard first == dollar, dollar > limit, !isEscaped(source, dollar - 1) else { return first }
        let sign = source[dollar - 1]
        let rest = source[end..<min(scanned.span.end, source.count)].prefix(braceReach).prefix { $0 != 0x0A }
        switch sign {
        case 0x28: return rest.contains(0x29) ? dollar : dollar - 1
        case 0x5B: return rest.contains(0x5D) ? dollar : dollar - 1
        case 0x5D, 0x29:
            let open: UInt8 = sign == 0x5D ? 0x5B : 0x28
            return source[max(limit, dollar - braceReach)..<dollar].contains(open) ? dollar : dollar - 1
        case 0x2A, 0x5F, 0x7E:
            let isDoubled = dollar - 1 > limit && source[dollar - 2] == sign
            return isDoubled || rest.contains(sign) ? dollar : dollar - 1
        default: return dollar
        }
    }
}

private func isOfVariableName(_ byte: UInt8) -> Bool { isASCIIWord(byte) || byte == 0x2D || byte == 0x2E }
