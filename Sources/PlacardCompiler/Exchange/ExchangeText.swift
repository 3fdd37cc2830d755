import PlacardText
import SourceDiagnostics

/// The words of a block of code without its fences; any other unit as it is.
func exchangePlace(_ bytes: [UInt8], _ unit: TextUnit) -> TextUnit {
    guard unit.kind == .code else { return unit }
    func isFence(_ line: ArraySlice<UInt8>) -> Bool {
        let words = line.drop { $0 == 0x20 || $0 == 0x3E || $0 == 0x09 }
        return words.starts(with: "```".utf8) || words.starts(with: "~~~".utf8)
    }
    var (start, end) = (unit.span.start, min(unit.span.end, bytes.count))
    guard let first = bytes[start..<end].firstIndex(of: 0x0A), isFence(bytes[start..<first]) else { return unit }
    start = first + 1
    if let last = bytes[start..<end].lastIndex(of: 0x0A), isFence(bytes[(last + 1)..<end]) {
        end = last
    } else if isFence(bytes[start..<end]) {
        end = start
    }
    return TextUnit(kind: .code, span: Span(start, end), holes: [])
}

/// Whether a text holds what looks like an element of HTML.
func holdsTag(_ text: String) -> Bool {
    var rest = Array(text.utf8)[...]
    while let open = rest.firstIndex(of: 0x3C) {
        rest = rest[(open + 1)...]
        guard let close = rest.firstIndex(of: 0x3E) else { return false }
        let inside = rest[..<close]
        let name = inside.first == 0x2F ? inside.dropFirst() : inside
        if let letter = name.first, (0x61...0x7A).contains(letter | 0x20), !inside.contains(0x3A) { return true }
        if inside.starts(with: "!--".utf8) { return true }
    }
    return false
}

/// A unit's text on one line, as translators get it: soft line breaks are a space, or nothing between characters of full
/// width; a hard one stays, as a backslash and a new line.
func exchangeText(_ bytes: [UInt8], _ unit: TextUnit) -> String {
    let end = min(unit.span.end, bytes.count)
    guard unit.span.start < end else { return "" }
    if unit.kind == .code { return String(decoding: bytes[unit.span.start..<end], as: UTF8.self) }
    var kept: [UInt8] = []
    var index = unit.span.start
    for hole in unit.holes where hole.start >= index && hole.end <= end {
        kept += bytes[index..<hole.start]
        index = hole.end
    }
    kept += bytes[index..<end]
    let lines = kept.split(omittingEmptySubsequences: false) { $0 == 0x0A }.map { line in
        (text: trimmed(line), isHard: line.suffix(2).elementsEqual([0x20, 0x20]) || endsWithBackslash(line))
    }
    var result: [UInt8] = []
    for (number, line) in lines.enumerated() {
        var text = Array(line.text)
        if number > 0 {
            if lines[number - 1].isHard {
                result += [0x5C, 0x0A]
            } else if !result.isEmpty, !text.isEmpty,
                !(isWide(result[...], last: true) && isWide(text[...], last: false))
            {
                result.append(0x20)
            }
        }
        if line.isHard, endsWithBackslash(text[...]) { text.removeLast() }
        result += text
    }
    return String(decoding: result, as: UTF8.self)
}

private func trimmed(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }
    guard let first = line.firstIndex(where: { !isSpace($0) }), let last = line.lastIndex(where: { !isSpace($0) })
    else {
        return []
    }
    return line[first...last]
}

private func endsWithBackslash(_ line: ArraySlice<UInt8>) -> Bool {
    line.reversed().prefix { $0 == 0x5C }.count % 2 == 1
}

/// Whether the last or the first character is one of full width (East Asian Width, UAX 11).
private func isWide(_ text: ArraySlice<UInt8>, last: Bool) -> Bool {
    let part = last ? text.suffix(4) : text.prefix(4)
    let scalars = String(decoding: part, as: UTF8.self).unicodeScalars
    guard let scalar = last ? scalars.last : scalars.first else { return false }
    switch scalar.value {
    case 0x2E80...0x303E, 0x3041...0xA4CF, 0xF900...0xFAFF, 0xFE30...0xFE4F, 0xFF01...0xFF60, 0x20000...0x3FFFD:
        return true
    default: return false
    }
}

/// Whether two texts are the same but for white space, as tools wrap lines anew.
func isSameText(_ a: String, _ b: String) -> Bool {
    if a == b { return true }
    func words(_ text: String) -> [UInt8] {
        let bytes = Array(text.utf8)
        return normalizedWords(bytes, TextUnit(kind: .paragraph, span: Span(0, bytes.count), holes: []))
    }
    return words(a) == words(b)
}

/// A translation as it goes into a block: on one line, but for hard line breaks.
func blockText(_ text: String, _ kind: TextUnit.Kind) -> String {
    if kind == .code { return text }
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map { line in
        String(decoding: trimmed(Array(line.utf8)[...]), as: UTF8.self)
    }
    var result = ""
    for (index, line) in lines.enumerated() {
        result += line
        guard index < lines.count - 1 else { break }
        let isHard = endsWithBackslash(Array(line.utf8)[...])
        if isHard, kind == .paragraph { result += "\n" } else if !line.isEmpty { result += " " }
    }
    return result
}

/// A text with other words in some of its units.
func replacing(_ bytes: [UInt8], _ units: [(place: TextUnit, text: String)]) -> [UInt8] {
    var result = bytes
    for unit in units.sorted(by: { $1.place.span < $0.place.span }) {
        let text = blockText(unit.text, unit.place.kind)
        result.replaceSubrange(
            unit.place.span.start..<min(unit.place.span.end, result.count), with: text.utf8)
    }
    return result
}
