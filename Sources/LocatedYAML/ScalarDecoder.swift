import ByteText
import SourceDiagnostics

// libyaml gives a scalar's decoded text, and where the scalar begins and ends, but not which
// byte of the text came from where. This file decodes the scalar once more, from the author's
// bytes, and keeps the way back. It is done only for scalars in which something is reported.

/// Decodes one scalar from the bytes of its file, remembering where each byte of the text came from.
struct ScalarDecoder {
    let source: [UInt8]
    let raw: Span
    let style: YAMLScalar.Style

    /// The table for `text`, which libyaml decoded; one coarse run in case the two decoders disagree.
    func table(of text: String) -> OffsetTable {
        let wanted = Array(text.utf8)
        for decoded in candidates() where decoded.bytes.count >= wanted.count {
            if decoded.bytes.prefix(wanted.count).elementsEqual(wanted) {
                return decoded.table.slice(Span(0, wanted.count))
            }
        }
        var coarse = OffsetTable()
        coarse.append(innerLength: wanted.count, outer: raw.start, outerLength: raw.length)
        return coarse
    }

    /// What the scalar may decode to; more than one where that depends on the indentation around it.
    func candidates() -> [DecodedText] {
        switch style {
        case .plain: return [flow(Span(raw.start, raw.end))]
        case .singleQuoted, .doubleQuoted: return [flow(Span(raw.start + 1, raw.end - 1))]
        case .literal, .folded:
            return BlockScalarDecoder(source: source, raw: raw, isFolded: style == .folded).candidates()
        }
    }

    // MARK: - Flow scalars (YAML 1.2.2, section 7.3)

    private func flow(_ inside: Span) -> DecodedText {
        var text = DecodedText()
        var offset = inside.start
        while offset < inside.end {
            let byte = source[offset]
            if byte == 0x20 || byte == 0x09 || isBreak(byte) {
                offset = whiteSpace(from: offset, end: inside.end, into: &text)
            } else if style == .singleQuoted, byte == 0x27 {
                text.append([0x27], outer: Span(offset, offset + 2))
                offset += 2
            } else if style == .doubleQuoted, byte == 0x5C {
                offset = escape(at: offset, end: inside.end, into: &text)
            } else {
                text.copy(byte, at: offset)
                offset += 1
            }
        }
        return text
    }

    /// White space stays inside a line; around line breaks it is folded to one space, or to the empty lines in it.
    private func whiteSpace(from start: Int, end: Int, into text: inout DecodedText) -> Int {
        var offset = start
        var breaks = 0
        while offset < end {
            if isBreak(source[offset]) {
                offset = pastBreak(source, offset)
                breaks += 1
            } else if source[offset] == 0x20 || source[offset] == 0x09 {
                offset += 1
            } else {
                break
            }
        }
        if breaks == 0 {
            for index in start..<offset { text.copy(source[index], at: index) }
        } else {
            let folded = breaks == 1 ? [0x20] : [UInt8](repeating: 0x0A, count: breaks - 1)
            text.append(folded, outer: Span(start, offset))
        }
        return offset
    }

    private func escape(at start: Int, end: Int, into text: inout DecodedText) -> Int {
        guard start + 1 < end else { return end }
        let kind = source[start + 1]
        if isBreak(kind) { return continuation(at: start, end: end, into: &text) }
        let (value, stop) = escapedCharacter(source, at: start, end: end)
        let scalar = Unicode.Scalar(value) ?? "\u{FFFD}"
        text.append(Array(String(Character(scalar)).utf8), outer: Span(start, stop))
        return stop
    }

    /// A backslash before a line break: the break and the white space behind it vanish; empty lines stay.
    private func continuation(at start: Int, end: Int, into text: inout DecodedText) -> Int {
        var offset = pastBreak(source, start + 1)
        var breaks = 0
        while offset < end {
            if isBreak(source[offset]) {
                offset = pastBreak(source, offset)
                breaks += 1
            } else if source[offset] == 0x20 || source[offset] == 0x09 {
                offset += 1
            } else {
                break
            }
        }
        if breaks > 0 { text.append([UInt8](repeating: 0x0A, count: breaks), outer: Span(start, offset)) }
        return offset
    }
}

/// Decoded bytes with their table.
struct DecodedText {
    var bytes: [UInt8] = []
    var table = OffsetTable()

    mutating func copy(_ byte: UInt8, at offset: Int) {
        bytes.append(byte)
        table.append(innerLength: 1, outer: offset, outerLength: 1)
    }

    mutating func append(_ decoded: [UInt8], outer: Span) {
        guard !decoded.isEmpty else { return }
        bytes.append(contentsOf: decoded)
        table.append(innerLength: decoded.count, outer: outer.start, outerLength: outer.length)
    }
}

func isBreak(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

/// The offset behind the line break at `offset`.
func pastBreak(_ source: [UInt8], _ offset: Int) -> Int {
    if source[offset] == 0x0D, offset + 1 < source.count, source[offset + 1] == 0x0A { return offset + 2 }
    return offset + 1
}

/// What the escape at `start`, a backslash that ends no line, stands for, and where the escape ends (YAML 1.2.2, section
/// 5.7).
func escapedCharacter(_ source: [UInt8], at start: Int, end: Int) -> (value: UInt32, end: Int) {
    guard start + 1 < end else { return (0x5C, end) }
    let kind = source[start + 1]
    let digits = kind == 0x78 ? 2 : kind == 0x75 ? 4 : kind == 0x55 ? 8 : 0
    let stop = min(start + 2 + digits, end)
    guard digits > 0 else { return (escapedScalar(kind), stop) }
    var value: UInt32 = 0
    for index in (start + 2)..<max(stop, start + 2) { value = value << 4 | UInt32(source[index].hexadecimalValue ?? 0) }
    return (value, stop)
}

/// The scalar of a one-letter escape (YAML 1.2.2, section 5.7).
private func escapedScalar(_ kind: UInt8) -> UInt32 {
    switch kind {
    case 0x30: 0x00
    case 0x61: 0x07
    case 0x62: 0x08
    case 0x74, 0x09: 0x09
    case 0x6E: 0x0A
    case 0x76: 0x0B
    case 0x66: 0x0C
    case 0x72: 0x0D
    case 0x65: 0x1B
    case 0x4E: 0x85
    case 0x5F: 0xA0
    case 0x4C: 0x2028
    case 0x50: 0x2029
    default: UInt32(kind)
    }
}
