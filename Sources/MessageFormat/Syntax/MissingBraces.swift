import ByteText
import SourceDiagnostics

// Where the brace belongs that a placeholder lacks, as far as its other parts tell.

/// The offset at which the `}` belongs of the placeholder whose `{` is at `start`: behind `$name` with its function and
/// options, behind `#name` or `/name`.
///
/// - Returns: nil when nothing behind the brace begins a placeholder.
func missingClosingBrace(in bytes: [UInt8], from start: Int, end: Int) -> Int? {
    endOfParts(in: bytes, from: skippingSpaces(in: bytes, from: start + 1, end: end), end: end)
}

/// The offset at which the `{` belongs of the placeholder that the `}` at `close` ends: before `$name`, `#name` or `/name`
/// on its line.
///
/// - Parameter start: where the text begins.
/// - Returns: nil when what stands before the brace is no placeholder.
public func missingOpeningBrace(in bytes: [UInt8], before close: Int, from start: Int) -> Int? {
    var index = close
    // No placeholder that people write is longer.
    let limit = max(start, close - 200)
    while index > limit {
        index -= 1
        switch bytes[index] {
        case 0x0A, 0x0D, 0x7B, 0x7D: return nil
        case 0x24, 0x23, 0x2F:
            if index > start, isOfName(bytes[index - 1]) { continue }
            if let end = endOfParts(in: bytes, from: index, end: close),
                skippingSpaces(in: bytes, from: end, end: close) == close
            {
                return index
            }
        default: break
        }
    }
    return nil
}

/// Where `$name :function option=value`, `#name` or `/name` ends that begins at `start`; nil when none does.
private func endOfParts(in bytes: [UInt8], from start: Int, end: Int) -> Int? {
    guard start < end, [0x24, 0x23, 0x2F].contains(bytes[start]),
        var place = endOfName(in: bytes, from: start + 1, end: end)
    else { return nil }
    guard bytes[start] == 0x24 else { return place }
    let function = skippingSpaces(in: bytes, from: place, end: end)
    guard function > place, function < end, bytes[function] == 0x3A,
        let functionEnd = endOfName(in: bytes, from: function + 1, end: end)
    else { return place }
    place = functionEnd
    while true {
        let option = skippingSpaces(in: bytes, from: place, end: end)
        guard option > place, let equals = endOfName(in: bytes, from: option, end: end), equals + 1 < end,
            bytes[equals] == 0x3D
        else { return place }
        let value = bytes[equals + 1] == 0x24 ? equals + 2 : equals + 1
        guard let valueEnd = endOfName(in: bytes, from: value, end: end) else { return place }
        place = valueEnd
    }
}

/// Where the name that begins at `start` ends; a full stop or a hyphen behind it is the sentence's. Nil when there is none.
private func endOfName(in bytes: [UInt8], from start: Int, end: Int) -> Int? {
    var place = start
    while place < end, isOfName(bytes[place]) { place += 1 }
    while place > start, bytes[place - 1] == 0x2E || bytes[place - 1] == 0x2D { place -= 1 }
    return place > start ? place : nil
}

private func isOfName(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x2D, 0x2E, 0x30...0x39, 0x41...0x5A, 0x5F, 0x61...0x7A, 0x80...: true
    default: false
    }
}

private func skippingSpaces(in bytes: [UInt8], from start: Int, end: Int) -> Int {
    var place = start
    while place < end, bytes[place] == 0x20 { place += 1 }
    return place
}

/// What puts the braces of a declaration's value right that begins at `start` without its `{`: another bracket in its place, the
/// `{` alone before a `}`, or both around what is left of the line, one for two of them; none where that is not plain.
func bracesOfDeclaration(in bytes: [UInt8], from start: Int, end: Int) -> [Edit] {
    guard start < end else { return [] }
    if start + 1 < end, bytes[start] == 0x24, bytes[start + 1] == 0x7B { return [Edit(Span(start, start + 2), "{$")] }
    if start + 1 < end, bytes[start] == 0x7B, bytes[start + 1] == 0x7B { return [Edit(Span(start, start + 2), "{")] }
    let isReplaced = bytes[start] == 0x5B || bytes[start] == 0x28
    let first = isReplaced ? start + 1 : start
    guard first < end, bytes[first] == 0x24 else { return [] }
    let opening = Edit(Span(start, first), "{")
    let line = bytes[first..<end].prefix { $0 != 0x0A && $0 != 0x0D }
    if let brace = line.firstIndex(where: { $0 == 0x7B || $0 == 0x7D }) { return bytes[brace] == 0x7D ? [opening] : [] }
    var last = line.endIndex
    while last > first, bytes[last - 1] == 0x20 || bytes[last - 1] == 0x09 { last -= 1 }
    let isOther = bytes[last - 1] == 0x5D || bytes[last - 1] == 0x29
    return [opening, Edit(Span(isOther ? last - 1 : last, last), "}")]
}

/// What makes a variable of the name that begins at `start`; nothing where none does.
func missingSign(in bytes: [UInt8], at start: Int, end: Int) -> [Edit] {
    start < end && (bytes[start].isASCIILetter || bytes[start] == 0x5F) ? [Edit(Span(at: start), "$")] : []
}

/// What makes a variable of a literal that has the form of a name.
func missingSign(of value: Expression, in bytes: [UInt8]) -> [Edit] {
    guard case .literal(let literal)? = value.operand, literal.place.span.length == literal.value.utf8.count else {
        return []
    }
    return missingSign(in: bytes, at: literal.place.span.start, end: bytes.count)
}

extension Parser {
    /// Whether the sign at the current offset is the `=` of `=1`.
    var isBeforeNumber: Bool { current == 0x3D && byte(at: offset + 1)?.isASCIIDigit ?? false }
}
