import SourceDiagnostics

// The lexical level: white space, names and literals, on bytes. A `Parser` never throws and
// always moves forward; what is wrong becomes a diagnostic, and the tree holds what could be read.

/// The state of parsing one message or one placeholder.
struct Parser {
    let bytes: [UInt8]
    /// Where parsing stops; at most the number of bytes.
    let end: Int
    let limits: SyntaxLimits
    var offset: Int
    var diagnostics: [Diagnostic] = []
    /// Whether the insides of quoted patterns are left alone, for a text whose literal part is not MessageFormat's.
    var leavesPatterns = false

    init(_ bytes: [UInt8], from offset: Int, to end: Int, limits: SyntaxLimits) {
        self.bytes = bytes
        self.end = min(max(end, 0), bytes.count)
        self.limits = limits
        self.offset = min(max(offset, 0), self.end)
    }

    /// The byte at the current offset; nil at the end.
    var current: UInt8? { offset < end ? bytes[offset] : nil }

    func byte(at index: Int) -> UInt8? { index >= 0 && index < end ? bytes[index] : nil }

    /// Whether the ASCII `text` stands at the current offset.
    func startsWith(_ text: StaticString) -> Bool {
        let count = text.utf8CodeUnitCount
        guard end - offset >= count else { return false }
        return text.withUTF8Buffer { buffer in
            (0..<count).allSatisfy { bytes[offset + $0] == buffer[$0] }
        }
    }

    mutating func take(_ byte: UInt8) -> Bool {
        guard current == byte else { return false }
        offset += 1
        return true
    }

    func string(_ span: Span) -> String {
        String(decoding: bytes[span.start..<span.end], as: UTF8.self)
    }

    mutating func report(_ diagnostic: Diagnostic) {
        guard diagnostics.count < limits.diagnostics else { return }
        diagnostics.append(diagnostic)
    }

    // MARK: White space and bidirectional controls

    /// The length of the white space or bidirectional control at `index`, 0 when there is neither.
    func trivia(at index: Int) -> (length: Int, isSpace: Bool) {
        guard let first = byte(at: index) else { return (0, false) }
        switch first {
        case 0x20, 0x09, 0x0A, 0x0D: return (1, true)
        case 0xD8 where byte(at: index + 1) == 0x9C: return (2, false)
        case 0xE2:
            switch (byte(at: index + 1), byte(at: index + 2)) {
            case (0x80, 0x8E), (0x80, 0x8F), (0x81, 0xA6), (0x81, 0xA7), (0x81, 0xA8), (0x81, 0xA9):
                return (3, false)
            default: return (0, false)
            }
        case 0xE3 where byte(at: index + 1) == 0x80 && byte(at: index + 2) == 0x80: return (3, true)
        default: return (0, false)
        }
    }

    /// Skips the grammar's `o`; true when white space was among it, so that it was also an `s`.
    @discardableResult
    mutating func skipSpace() -> Bool {
        var sawSpace = false
        while true {
            let (length, isSpace) = trivia(at: offset)
            guard length > 0 else { return sawSpace }
            offset += length
            if isSpace { sawSpace = true }
        }
    }

    /// Skips one bidirectional control, which may stand at either end of a name.
    private mutating func skipBidirectionalControl() {
        let (length, isSpace) = trivia(at: offset)
        if length > 0, !isSpace { offset += length }
    }

    // MARK: Names

    /// The scalar at `index` and its length; nil at the end and where the text is not UTF-8.
    func scalar(at index: Int) -> (value: UInt32, length: Int)? {
        guard let first = byte(at: index) else { return nil }
        if first < 0x80 { return (UInt32(first), 1) }
        let length: Int
        var value: UInt32
        switch first {
        case 0xC2...0xDF: (length, value) = (2, UInt32(first & 0x1F))
        case 0xE0...0xEF: (length, value) = (3, UInt32(first & 0x0F))
        case 0xF0...0xF4: (length, value) = (4, UInt32(first & 0x07))
        default: return nil
        }
        for step in 1..<length {
            guard let next = byte(at: index + step), next & 0xC0 == 0x80 else { return nil }
            value = value << 6 | UInt32(next & 0x3F)
        }
        return (value, length)
    }

    /// Length in bytes of the scalar at the current offset, at least 1 before the end.
    var currentLength: Int { scalar(at: offset)?.length ?? min(1, end - offset) }

    /// Skips `*name-char`.
    private mutating func skipNameCharacters() {
        while let (value, length) = scalar(at: offset), CharacterClass.isNameCharacter(value) { offset += length }
    }

    /// Reads a `name`; nil, without moving, when there is none.
    mutating func name() -> (value: String, span: Span)? {
        let before = offset
        skipBidirectionalControl()
        let start = offset
        guard let (value, length) = scalar(at: offset), CharacterClass.isNameStart(value) else {
            offset = before
            return nil
        }
        offset += length
        skipNameCharacters()
        let span = Span(start, offset)
        skipBidirectionalControl()
        return (string(span), span)
    }

    /// Reads an `identifier`; nil, without moving, when there is none.
    mutating func identifier() -> (value: String, span: Span)? {
        let before = offset
        guard let first = name() else { return nil }
        guard current == 0x3A else { return first }
        offset += 1
        guard let second = name() else {
            offset = before
            return nil
        }
        return (first.value + ":" + second.value, first.span.union(second.span))
    }

    // MARK: Literals

    /// Whether a literal begins at the current offset.
    var atLiteral: Bool {
        if current == 0x7C { return true }
        guard let (value, _) = scalar(at: offset) else { return false }
        return CharacterClass.isNameCharacter(value)
    }

    /// Reads a literal; nil when there is none or it has no end, which is reported.
    mutating func literal() -> Literal? {
        if current == 0x7C { return quotedLiteral() }
        let start = offset
        skipNameCharacters()
        guard offset > start else { return nil }
        let span = Span(start, offset)
        return Literal(string(span), place: Place(span))
    }

    private mutating func quotedLiteral() -> Literal? {
        let start = offset
        offset += 1
        var value: [UInt8] = []
        while let byte = current {
            switch byte {
            case 0x7C:
                offset += 1
                return Literal(String(decoding: value, as: UTF8.self), place: Place(Span(start, offset)))
            case 0x5C: appendEscape(to: &value)
            case 0:
                report(.nullCharacter(at: Span(offset, offset + 1)))
                offset += 1
            default:
                value.append(byte)
                offset += 1
            }
        }
        report(.unclosedLiteral(at: Span(start, start + 1)))
        offset = start + 1
        return nil
    }

    /// Reads the escape at the current offset; one that is not known is reported and stands for itself.
    mutating func appendEscape(to text: inout [UInt8]) {
        let start = offset
        offset += 1
        switch current {
        case 0x5C?, 0x7B?, 0x7C?, 0x7D?:
            text.append(bytes[offset])
            offset += 1
        default:
            text.append(0x5C)
            report(.invalidEscape(at: Span(start, offset + currentLength), backslash: start))
        }
    }
}
