import ByteText

extension RegexParser {
    /// A backslash outside of brackets.
    mutating func parseBackslash() throws(RegexError) {
        let start = offset
        guard let letter = peek(1) else { throw RegexError(start, "the pattern ends with a lone `\\`") }
        switch letter {
        case UInt8(ascii: "A"): appendAssertion(.textStart)
        case UInt8(ascii: "z"): appendAssertion(.textEnd)
        case UInt8(ascii: "b"): appendAssertion(.wordBoundary)
        case UInt8(ascii: "B"): appendAssertion(.noWordBoundary)
        case UInt8(ascii: "C"):
            throw RegexError(start, "`\\C` matches a single byte and could split a character; it is not supported")
        case UInt8(ascii: "Q"): parseQuotation()
        default:
            if let set = try classEscape() {
                append(.set(set))
            } else {
                append(literal(try characterEscape()))
            }
        }
    }

    private mutating func appendAssertion(_ assertion: Assertion) {
        offset += 2
        append(.assertion(assertion))
    }

    /// `\Q…\E`, or to the end of the pattern: everything stands for itself.
    private mutating func parseQuotation() {
        offset += 2
        while offset < bytes.count {
            if bytes[offset] == UInt8(ascii: "\\"), peek(1) == UInt8(ascii: "E") {
                offset += 2
                return
            }
            steps -= Steps.atom
            if steps < 0 { return }
            append(literal(nextScalar()))
        }
    }

    /// `\d`, `\pN`, `\p{Greek}` and the like; nil when the backslash begins something else.
    mutating func classEscape() throws(RegexError) -> CodePointSet? {
        guard let letter = peek(1) else { return nil }
        if letter == UInt8(ascii: "p") || letter == UInt8(ascii: "P") { return try unicodeClass() }
        guard let set = NamedClasses.perl(letter | 0x20) else { return nil }
        offset += 2
        return classSet(set, negated: letter & 0x20 == 0)
    }

    /// A named class under the flags: folded first, then negated.
    mutating func classSet(_ set: CodePointSet, negated: Bool) -> CodePointSet {
        let set = flags.ignoreCase ? folded(set) : set
        return negated ? set.inverted() : set
    }

    private mutating func unicodeClass() throws(RegexError) -> CodePointSet {
        let start = offset
        var negated = peek(1) == UInt8(ascii: "P")
        offset += 2
        guard offset < bytes.count else {
            throw RegexError(start, "a class name is missing behind `\(text(start, offset))`")
        }
        var name: [UInt8]
        if peek() == UInt8(ascii: "{") {
            guard let end = bytes[offset...].firstIndex(of: UInt8(ascii: "}")) else {
                throw RegexError(start, "missing `}` behind `\(text(start, offset + 1))`")
            }
            name = Array(bytes[(offset + 1)..<end])
            offset = end + 1
        } else {
            let nameStart = offset
            _ = nextScalar()
            name = Array(bytes[nameStart..<offset])
        }
        if name.first == UInt8(ascii: "^") {
            negated.toggle()
            name.removeFirst()
        }
        // The name is looked for from the first on.
        steps -= UnicodeTables.size
        guard let set = UnicodeTables.set(named: name) else {
            throw RegexError(
                start, "no Unicode category or script is called `\(String(decoding: name, as: UTF8.self))`")
        }
        steps -= Steps.range * set.ranges.count
        return classSet(set, negated: negated)
    }

    /// A backslash that stands for one character; `offset` is at the backslash.
    mutating func characterEscape() throws(RegexError) -> UInt32 {
        let start = offset
        offset += 1
        guard offset < bytes.count else { throw RegexError(start, "the pattern ends with a lone `\\`") }
        let letter = bytes[offset]
        switch letter {
        case UInt8(ascii: "0")...UInt8(ascii: "7"): return try octalEscape(start)
        case UInt8(ascii: "x"): return try hexEscape(start)
        case UInt8(ascii: "a"): return simple(0x07)
        case UInt8(ascii: "f"): return simple(0x0C)
        case UInt8(ascii: "n"): return simple(0x0A)
        case UInt8(ascii: "r"): return simple(0x0D)
        case UInt8(ascii: "t"): return simple(0x09)
        case UInt8(ascii: "v"): return simple(0x0B)
        case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E, 0x00...0x20, 0x7F: return simple(UInt32(letter))
        case UInt8(ascii: "8"), UInt8(ascii: "9"), UInt8(ascii: "k"), UInt8(ascii: "g"):
            throw RegexError(start, RegexParser.noBackreferences)
        case UInt8(ascii: "Z"): throw RegexError(start, "unknown escape `\\Z`; the end of the text is `\\z`")
        default:
            _ = nextScalar()
            throw RegexError(start, "unknown escape `\(text(start, offset))`")
        }
    }

    private mutating func simple(_ point: UInt32) -> UInt32 {
        offset += 1
        return point
    }

    /// `\0`, `\01`, `\012`, `\12`, `\123`: a lone digit other than 0 would be a backreference.
    private mutating func octalEscape(_ start: Int) throws(RegexError) -> UInt32 {
        if bytes[offset] != UInt8(ascii: "0") {
            guard let next = peek(1), (0x30...0x37).contains(next) else {
                throw RegexError(start, RegexParser.noBackreferences)
            }
        }
        var value: UInt32 = 0
        var digits = 0
        while digits < 3, let byte = peek(), (0x30...0x37).contains(byte) {
            value = value * 8 + UInt32(byte - 0x30)
            offset += 1
            digits += 1
        }
        return value
    }

    /// `\x7F` or `\x{10FFFF}`.
    private mutating func hexEscape(_ start: Int) throws(RegexError) -> UInt32 {
        offset += 1
        let braced = peek() == UInt8(ascii: "{")
        if braced { offset += 1 }
        var value: UInt32 = 0
        var digits = 0
        while digits < (braced ? Int.max : 2), let byte = peek(), let digit = byte.hexadecimalValue {
            value = value * 16 + UInt32(digit)
            offset += 1
            digits += 1
            if value > CodePointSet.last { throw RegexError(start, "no code point is above `\\x{10FFFF}`") }
        }
        guard braced ? digits > 0 && peek() == UInt8(ascii: "}") : digits == 2 else {
            throw RegexError(start, "write two hexadecimal digits, `\\x7F`, or any number in braces, `\\x{1F600}`")
        }
        if braced { offset += 1 }
        return value
    }
}
