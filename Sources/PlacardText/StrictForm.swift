import MessageFormat
import SourceDiagnostics

/// The text as any tool for MessageFormat 2 reads it (R17).
///
/// MessageFormat knows the escapes `\\`, `\{`, `\}` and `\|` alone, so each backslash that is Markdown's is doubled; a
/// simple message that begins with a full stop is put between `{{` and `}}`. The literal text of the result is the
/// Markdown that a pattern holds, with literal braces.
///
/// - Parameter source: a text without errors.
package func strictForm(of source: [UInt8]) -> [UInt8] {
    let outline = parseMessageOutline(source)
    var result: [UInt8] = []
    result.reserveCapacity(source.count + 16)
    switch outline.message.body {
    case .pattern(let pattern)
    where pattern.place.span == Span(0, source.count) && outline.message.declarations.isEmpty:
        let first = source.first { $0 != 0x20 && !(0x09...0x0D).contains($0) }
        let needsQuotes = first == 0x2E
        if needsQuotes { result.append(contentsOf: [0x7B, 0x7B]) }
        appendStrict(source, pattern.place.span, to: &result)
        if needsQuotes { result.append(contentsOf: [0x7D, 0x7D]) }
    default:
        var place = 0
        for pattern in outline.message.patterns {
            let span = pattern.place.span
            result.append(contentsOf: source[place..<max(place, span.start)])
            appendStrict(source, span, to: &result)
            place = span.end
        }
        result.append(contentsOf: source[place...])
    }
    return result
}

private func appendStrict(_ source: [UInt8], _ range: Span, to result: inout [UInt8]) {
    var index = range.start
    while index < range.end {
        let byte = source[index]
        if byte == 0x5C {
            let next = index + 1 < range.end ? source[index + 1] : 0
            if next == 0x7B || next == 0x7D {
                result.append(contentsOf: [byte, next])
                index += 2
            } else if next == 0x5C {
                result.append(contentsOf: [0x5C, 0x5C, 0x5C, 0x5C])
                index += 2
            } else {
                result.append(contentsOf: [0x5C, 0x5C])
                index += 1
            }
        } else if byte == 0x7B {
            let end = min(max(parsePlaceholder(in: source, at: index, end: range.end).end, index + 1), range.end)
            result.append(contentsOf: source[index..<end])
            index = end
        } else {
            result.append(byte)
            index += 1
        }
    }
}
