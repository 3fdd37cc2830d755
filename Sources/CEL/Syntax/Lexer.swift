import ByteText
import SourceDiagnostics

/// Cuts an expression into tokens (langdef.md, "Syntax").
struct Lexer {
    let bytes: [UInt8]
    var offset = 0
    var diagnostics: [Diagnostic] = []
    /// What closes a placeholder that was read as the name inside it; passed over when it is reached.
    var placeholderEnd: Span?
    /// What closes the typographic quotation marks around the whole expression; passed over likewise.
    var marksEnd: Span?

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Most errors that are reported of one expression; a text that is no CEL at all needs no more.
    static let diagnosticLimit = 20

    mutating func report(_ diagnostic: Diagnostic) {
        if diagnostics.count < Lexer.diagnosticLimit { diagnostics.append(diagnostic) }
    }

    func byte(_ distance: Int = 0) -> UInt8 {
        offset + distance < bytes.count ? bytes[offset + distance] : 0
    }

    mutating func next() -> Token {
        skipSpace()
        if let end = placeholderEnd, end.start == offset {
            placeholderEnd = nil
            offset = end.end
            skipSpace()
        }
        if let end = marksEnd, end.start == offset {
            marksEnd = nil
            offset = end.end
            skipSpace()
        }
        let start = offset
        guard offset < bytes.count else { return Token(kind: .end, span: Span(at: start)) }
        let first = byte()
        if isIdentifierStart(first) {
            if let quoted = quotedLiteral(start) { return quoted }
            return word(start)
        }
        if first.isASCIIDigit || (first == 0x2E && byte(1).isASCIIDigit) { return number(start) }
        switch first {
        case 0x22, 0x27: return string(start, raw: false, bytes: false)
        case 0x60: return quotedIdentifier(start)
        default: return symbol(start)
        }
    }

    private mutating func skipSpace() {
        while offset < bytes.count {
            switch byte() {
            case 0x20, 0x09, 0x0A, 0x0C, 0x0D: offset += 1
            case 0x2F where byte(1) == 0x2F:
                while offset < bytes.count, byte() != 0x0A, byte() != 0x0D { offset += 1 }
            case 0x2F where byte(1) == 0x2A: skipBlockComment()
            default: return
            }
        }
    }

    private mutating func word(_ start: Int) -> Token {
        while offset < bytes.count, isIdentifierByte(byte()) { offset += 1 }
        if bytes[start] | 0x20 == 0x76, offset - start > 1, bytes[(start + 1)..<offset].allSatisfy({ $0.isASCIIDigit }),
            byte() == 0x2E, byte(1).isASCIIDigit
        {
            return version(start)
        }
        let span = Span(start, offset)
        let text = String(decoding: bytes[start..<offset], as: UTF8.self)
        switch text {
        case "true": return Token(kind: .literal, span: span, text: text, value: .bool(true))
        case "false": return Token(kind: .literal, span: span, text: text, value: .bool(false))
        case "null": return Token(kind: .literal, span: span, text: text, value: .null)
        case "in", "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop",
            "package", "namespace", "return", "var", "void", "while":
            return Token(kind: .reserved, span: span, text: text)
        default: return Token(kind: .identifier, span: span, text: text)
        }
    }

    /// A string or bytes literal with a prefix: `r""`, `b''`, `br""`, in any case.
    private mutating func quotedLiteral(_ start: Int) -> Token? {
        var length = 0
        var raw = false
        var isBytes = false
        while length < 2 {
            switch byte(length) {
            case 0x72, 0x52:
                guard !raw else { return nil }
                raw = true
            case 0x62, 0x42:
                // `b` comes first: BYTES_LIT ::= [bB] STRING_LIT.
                guard !isBytes, !raw else { return nil }
                isBytes = true
            default: break
            }
            let next = byte(length + 1)
            if next == 0x22 || next == 0x27 {
                guard raw || isBytes else { return nil }
                guard length == 0 || (raw && isBytes) else { return nil }
                offset += length + 1
                return string(start, raw: raw, bytes: isBytes)
            }
            length += 1
        }
        return nil
    }

    private mutating func quotedIdentifier(_ start: Int) -> Token {
        offset += 1
        while offset < bytes.count, byte() != 0x60, byte() != 0x0A, byte() != 0x0D { offset += 1 }
        let name = bytes[(start + 1)..<offset]
        let allowed =
            !name.isEmpty && name.allSatisfy { isIdentifierByte($0) || [0x2E, 0x2D, 0x2F, 0x20].contains($0) }
        guard byte() == 0x60, allowed else {
            let isClosed = byte() == 0x60
            if isClosed { offset += 1 }
            let isWhole = isClosed && start == 0 && offset == bytes.count
            report(.invalidQuotedName(Span(start, offset), isWhole: isWhole))
            return Token(kind: .invalid, span: Span(start, offset))
        }
        offset += 1
        return Token(
            kind: .quotedIdentifier, span: Span(start, offset), text: String(decoding: name, as: UTF8.self))
    }

    private mutating func symbol(_ start: Int) -> Token {
        func token(_ kind: Token.Kind, _ length: Int) -> Token {
            offset += length
            return Token(kind: kind, span: Span(start, offset))
        }
        let second = byte(1)
        if let token = repeatedSign(start) ?? spacedSign(start) { return token }
        switch byte() {
        case 0x28: return token(.leftParenthesis, 1)
        case 0x29: return token(.rightParenthesis, 1)
        case 0x5B: return token(.leftBracket, 1)
        case 0x5D: return token(.rightBracket, 1)
        case 0x7B where second == 0x25: return templateTag(start) ?? token(.leftBrace, 1)
        case 0x7B: return placeholder(start) ?? token(.leftBrace, 1)
        case 0x7D: return token(.rightBrace, 1)
        case 0x2C: return token(.comma, 1)
        case 0x3A where second == 0x3A:
            report(.operatorTypo("::", ".", Span(start, start + 2)))
            return token(.dot, 2)
        case 0x3A: return token(.colon, 1)
        case 0x2E: return token(.dot, 1)
        case 0x3F where second == 0x3F:
            offset += 2
            return Token(kind: .identifier, span: Span(start, offset), text: "??")
        case 0x3F where second == 0x2E && isIdentifierStart(byte(2)) && !bytes[offset...].contains(0x3A):
            report(.operatorTypo("?.", ".", Span(start, start + 2)))
            return token(.dot, 2)
        case 0x3F: return token(.question, 1)
        case 0x2B: return token(.plus, 1)
        case 0x2D where second == 0x3E:
            report(.operatorTypo("->", ".", Span(start, start + 2)))
            return token(.dot, 2)
        case 0x2D: return token(.minus, 1)
        case 0x2A: return token(.star, 1)
        case 0x2F: return token(.slash, 1)
        case 0x25: return token(.percent, 1)
        case 0x21 where second == 0x3D:
            if byte(2) == 0x3D { report(.operatorTypo("!==", "!=", Span(start, start + 3))) }
            return token(.notEquals, byte(2) == 0x3D ? 3 : 2)
        case 0x21: return token(.not, 1)
        case 0x3D where second == 0x3D:
            return token(.equals, 2)
        case 0x3D where second == 0x3C:
            report(.operatorTypo("=<", "<=", Span(start, start + 2)))
            return token(.lessOrEqual, 2)
        case 0x3D where second == 0x3E:
            report(.operatorTypo("=>", ">=", Span(start, start + 2)))
            return token(.greaterOrEqual, 2)
        case 0x3D where second == 0x7E:
            offset += 2
            return Token(kind: .identifier, span: Span(start, offset), text: "=~")
        case 0x7E where second != 0x3E:
            offset += second == 0x3D ? 2 : 1
            return Token(kind: .identifier, span: Span(start, offset), text: second == 0x3D ? "~=" : "~")
        case 0x3D where start == 0:
            // A formula of a spreadsheet.
            report(.leadingEquals(Span(start, start + 1)))
            offset += 1
            return next()
        case 0x3D:
            report(.operatorTypo("=", "==", Span(start, start + 1)))
            return token(.equals, 1)
        case 0x3C where second == 0x3E:
            report(.operatorTypo("<>", "!=", Span(start, start + 2)))
            return token(.notEquals, 2)
        case 0x3C: return second == 0x3D ? token(.lessOrEqual, 2) : token(.less, 1)
        case 0x3E: return second == 0x3D ? token(.greaterOrEqual, 2) : token(.greater, 1)
        case 0x26 where second == 0x26: return token(.and, 2)
        case 0x26 where entity() != nil: return lookalike(start, entity())
        case 0x26:
            report(.operatorTypo("&", "&&", Span(start, start + 1)))
            return token(.and, 1)
        case 0x7C where second == 0x7C: return token(.or, 2)
        case 0x7C:
            report(.operatorTypo("|", "||", Span(start, start + 1)))
            return token(.or, 1)
        default: return unknown(start)
        }
    }

    /// `===`, `= =`, `&&&`, `| |`: an operator of two signs with too many of them, or with spaces between them.
    private mutating func repeatedSign(_ start: Int) -> Token? {
        let sign = byte()
        let (meant, kind): (String, Token.Kind)
        switch sign {
        case 0x3D: (meant, kind) = ("==", .equals)
        case 0x26: (meant, kind) = ("&&", .and)
        case 0x7C: (meant, kind) = ("||", .or)
        default: return nil
        }
        var (count, length, index) = (0, 0, 0)
        while byte(index) == sign || byte(index) == 0x20 {
            if byte(index) == sign { (count, length) = (count + 1, index + 1) }
            index += 1
        }
        guard count > 1, length > 2 else { return nil }
        let written = String(decoding: bytes[start..<start + length], as: UTF8.self)
        report(.operatorTypo(written, meant, Span(start, start + length)))
        offset += length
        return Token(kind: kind, span: Span(start, offset))
    }

    /// `> =`, `! =`, `= <`, `< >`: a comparison of two signs with spaces between them.
    private mutating func spacedSign(_ start: Int) -> Token? {
        guard [0x21, 0x3C, 0x3D, 0x3E].contains(byte()), byte(1) == 0x20 else { return nil }
        var length = 1
        while byte(length) == 0x20 { length += 1 }
        let (meant, kind): (String, Token.Kind)
        switch (byte(), byte(length)) {
        case (0x21, 0x3D), (0x3C, 0x3E): (meant, kind) = ("!=", .notEquals)
        case (0x3C, 0x3D), (0x3D, 0x3C): (meant, kind) = ("<=", .lessOrEqual)
        case (0x3E, 0x3D), (0x3D, 0x3E): (meant, kind) = (">=", .greaterOrEqual)
        default: return nil
        }
        length += 1
        // `! ==` and `> ==` have one sign too many.
        while byte(length) == 0x3D { length += 1 }
        let written = String(decoding: bytes[start..<start + length], as: UTF8.self)
        report(.operatorTypo(written, meant, Span(start, start + length)))
        offset += length
        return Token(kind: kind, span: Span(start, offset))
    }

    /// One character that no token begins with; typographic quotation marks get a suggestion.
    private mutating func unknown(_ start: Int) -> Token {
        if byte() == 0x24, let token = placeholder(start) { return token }
        if let token = typographic(start) { return token }
        if let sign = sign() { return lookalike(start, sign) }
        if byte() == 0x3B, bytes[..<start].count(where: { $0 == 0x28 }) > bytes[..<start].count(where: { $0 == 0x29 }) {
            report(.semicolonInCall(Span(start, start + 1)))
            offset += 1
            return Token(kind: .comma, span: Span(start, offset))
        }
        var length = 1
        while start + length < bytes.count, bytes[start + length] & 0xC0 == 0x80 { length += 1 }
        offset += length
        let text = String(decoding: bytes[start..<offset], as: UTF8.self)
        report(
            .unexpectedCharacter(
                text, Span(start, offset), beforeName: isIdentifierStart(byte()), beforeNumber: byte().isASCIIDigit))
        return Token(kind: .invalid, span: Span(start, offset))
    }
}

func isIdentifierStart(_ byte: UInt8) -> Bool { byte.isASCIILetter || byte == 0x5F }

func isIdentifierByte(_ byte: UInt8) -> Bool { isIdentifierStart(byte) || byte.isASCIIDigit }
