import ByteText
import SourceDiagnostics

// Lines that begin as a key does, and have no colon where one belongs.

/// The colon that a line lacks behind its first word, as in `title Hello`, or that stands too far to the right, as in
/// `title :Hello`; nil for a line that begins with no word.
package func missingColonEdit(_ bytes: [UInt8], _ line: Span) -> Edit? {
    var start = line.start
    while start + 1 < line.end, bytes[start] == 0x2D, bytes[start + 1] == 0x20 { start += 2 }
    var end = start
    while end < line.end, isOfPath(bytes[end]) { end += 1 }
    guard end > start, bytes[start].isASCIILetter else { return nil }
    if end == line.end { return Edit(Span(at: end), ":") }
    guard bytes[end] == 0x20 else { return nil }
    guard let colon = colonApart(bytes, Span(end, line.end)) else { return Edit(Span(at: end), ":") }
    return colon
}

/// ` :value` behind a key, with the edit that puts the colon where it belongs; nil where no colon follows the spaces that `rest`
/// begins with.
func colonApart(_ bytes: [UInt8], _ rest: Span) -> Edit? {
    var colon = rest.start
    while colon < rest.end, bytes[colon] == 0x20 { colon += 1 }
    guard colon > rest.start, colon < rest.end, bytes[colon] == 0x3A else { return nil }
    var value = colon + 1
    while value < rest.end, bytes[value] == 0x20 { value += 1 }
    return Edit(Span(rest.start, value), value < rest.end ? ": " : ":")
}

/// Whether keys such as `user.first_name` and `onMissing` are made of it.
private func isOfPath(_ byte: UInt8) -> Bool {
    byte.isASCIIAlphanumeric || byte == 0x5F || byte == 0x2D || byte == 0x2E
}

extension SyntaxError {
    /// The colons that a line, and those below it in its column, may lack; nil where the line begins with no word, or has nothing
    /// that a key could have.
    func colonFix(_ line: Span) -> FixIt? {
        guard let first = missingColonEdit(bytes, line) else { return nil }
        if first.span.start == line.end, !opensBlock(line) {
            // `session_start` alone may be an event without properties.
            return FixIt("write `: {}`", edits: [Edit(Span(at: line.end), ": {}")], .unsafe)
        }
        var edits = [first]
        var start = lineEnd(line.end)
        while start < range.end {
            let next = lineSpan(bytes, range, at: pastBreak(bytes, start))
            guard !next.isEmpty, indentation(of: next) == indentation(of: line),
                LineValue(bytes: bytes, range: range, at: next.start) == nil, let edit = missingColonEdit(bytes, next),
                edit.span.start < next.end || opensBlock(next)
            else { break }
            edits.append(edit)
            start = lineEnd(next.end)
        }
        let isApart = edits.count == 1 && !first.span.isEmpty
        return FixIt(
            isApart ? "put the colon right after the key" : "put a colon after the key", edits: edits, .unsafe)
    }

    /// Whether what is below a line belongs to it, if the line is a key.
    private func opensBlock(_ line: Span) -> Bool {
        let end = lineEnd(line.end)
        guard end < range.end else { return false }
        let next = lineSpan(bytes, range, at: pastBreak(bytes, end))
        guard !next.isEmpty else { return false }
        return indentation(of: next) > indentation(of: line)
            || indentation(of: next) == indentation(of: line) && byte(next.start) == 0x2D
                && byte(next.start + 1) == 0x20
    }

    /// `key:value`, where YAML wants a space.
    func colonWithoutSpace(_ line: Span) -> Int? {
        guard let colon = bytes[line.start..<line.end].firstIndex(of: 0x3A), colon > line.start, colon + 1 < line.end,
            bytes[colon + 1] != 0x2F, bytes[line.start..<colon].allSatisfy({ $0 > 0x20 })
        else { return nil }
        return colon + 1
    }

    /// A tab that the line of the error, or one that it goes on from, is indented with.
    func tabAbove() -> Diagnostic? {
        for place in [offset, context] {
            let line = lineSpan(bytes, range, at: place)
            for candidate in [lineAbove(line.start), line] {
                guard let candidate else { continue }
                let start = candidate.start - indentation(of: candidate)
                if bytes[start..<candidate.start].contains(0x09) { return tab(at: candidate.start - 1) }
            }
        }
        return nil
    }

    /// `version:{type: version}` on a line of its own, which to YAML is no key; nil for anything else.
    func bracketAtColon() -> Diagnostic? {
        for place in [offset, context] {
            let line = lineSpan(bytes, range, at: place)
            guard let gap = colonWithoutSpace(line), byte(gap) == 0x7B || byte(gap) == 0x5B,
                bytes[line.start..<(gap - 1)].allSatisfy(isOfPath)
            else { continue }
            return .missingGap(text(Span(line.start, gap - 1)), at: Span(line.start, gap), gaps: [gap])
        }
        return nil
    }

    /// `examples :[a]` and `default :false` between brackets, where the error is at the colon or behind it.
    func colonBehindSpace() -> Diagnostic? {
        let line = self.line
        var colon = min(offset, line.end - 1)
        while colon > line.start, !(byte(colon) == 0x3A && byte(colon - 1) == 0x20) { colon -= 1 }
        guard colon > line.start, byte(colon + 1) > 0x20 else { return nil }
        var end = colon
        while byte(end - 1) == 0x20 { end -= 1 }
        var start = end
        while start > line.start, isOfPath(byte(start - 1)) { start -= 1 }
        guard start < end, let edit = colonApart(bytes, Span(end, line.end)) else { return nil }
        return .colonApart(text(Span(start, end)), at: Span(start, colon + 1), edit)
    }
}
