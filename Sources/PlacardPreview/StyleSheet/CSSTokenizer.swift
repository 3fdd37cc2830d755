import ByteText
import SourceDiagnostics

/// A token of CSS (CSS Syntax Level 3, section 4).
struct CSSToken: Equatable, Sendable {
    enum Kind: Equatable, Sendable {
        case whitespace, comment, unclosedComment
        case identifier, function, atKeyword, hash
        case string, badString, url, number
        case opening(UInt8)
        case closing(UInt8)
        /// Any other character.
        case delimiter(UInt8)
    }

    var kind: Kind
    var span: Span
    /// What an identifier, a function, an at-keyword or a hash is called: escapes resolved, A to Z in small letters.
    var name: [UInt8] = []
    /// Whether it holds a name in which a character stands that some browsers end a name at, and others do not.
    var isAmbiguous = false
}

/// Cuts a style sheet into the tokens that every browser sees.
///
/// It reads bytes of well-formed UTF-8 without U+0000. A character beyond ASCII is one that names may hold; of those that no
/// name may hold by now, and which names could hold until 2023, a token tells.
struct CSSTokenizer {
    let bytes: [UInt8]
    private var at: Int
    private var isAmbiguous = false

    /// - Parameter start: where the first token begins.
    init(_ bytes: [UInt8], from start: Int = 0) {
        self.bytes = bytes
        at = start
    }

    /// The next token; nil at the end.
    mutating func next() -> CSSToken? {
        guard at < bytes.count else { return nil }
        let start = at
        isAmbiguous = false
        let (kind, name) = token()
        return CSSToken(kind: kind, span: Span(start, at), name: name, isAmbiguous: isAmbiguous)
    }

    /// Section 4.3.1.
    private mutating func token() -> (CSSToken.Kind, [UInt8]) {
        let byte = bytes[at]
        switch byte {
        case _ where byte.isCSSSpace:
            while peek()?.isCSSSpace == true { at += 1 }
            return (.whitespace, [])
        case 0x2F where peek(1) == 0x2A: return (comment(), [])
        case 0x22, 0x27: return (string(byte), [])
        case 0x23 where peek(1)?.isOfName == true || isEscape(1):
            at += 1
            return (.hash, name())
        case 0x40 where startsIdentifier(1):
            at += 1
            return (.atKeyword, name())
        case 0x28, 0x5B, 0x7B:
            at += 1
            return (.opening(byte), [])
        case 0x29, 0x5D, 0x7D:
            at += 1
            return (.closing(byte), [])
        case _ where startsNumber():
            number()
            return (.number, [])
        case 0x2D where peek(1) == 0x2D && peek(2) == 0x3E:
            at += 3
            return (.delimiter(byte), [])
        // `<!--` is one token, so that no name begins at its hyphens.
        case 0x3C where bytes[at...].starts(with: "<!--".utf8):
            at += 4
            return (.delimiter(byte), [])
        case _ where startsIdentifier(0): return identifierLike()
        default:
            at += 1
            return (.delimiter(byte), [])
        }
    }

    private func peek(_ distance: Int = 0) -> UInt8? {
        at + distance < bytes.count ? bytes[at + distance] : nil
    }

    /// Section 4.3.2.
    private mutating func comment() -> CSSToken.Kind {
        at += 2
        while at < bytes.count {
            if bytes[at] == 0x2A, peek(1) == 0x2F {
                at += 2
                return .comment
            }
            at += 1
        }
        return .unclosedComment
    }

    /// Section 4.3.5. A string that the sheet ends in is bad, as what is written behind the sheet would be part of it.
    private mutating func string(_ quote: UInt8) -> CSSToken.Kind {
        at += 1
        while let byte = peek() {
            if byte == quote {
                at += 1
                return .string
            }
            if byte.isCSSNewline { return .badString }
            at += 1
            guard byte == 0x5C, let next = peek() else { continue }
            if next == 0x0D, peek(1) == 0x0A { at += 1 }
            at += 1
        }
        return .badString
    }

    /// Section 4.3.4. What `url(` begins without a quotation mark is one token up to its `)`.
    private mutating func identifierLike() -> (CSSToken.Kind, [UInt8]) {
        let name = name()
        guard peek() == 0x28 else { return (.identifier, name) }
        at += 1
        guard name.elementsEqual("url".utf8) else { return (.function, name) }
        var index = at
        while index < bytes.count, bytes[index].isCSSSpace { index += 1 }
        if index < bytes.count, bytes[index] == 0x22 || bytes[index] == 0x27 { return (.function, name) }
        while let byte = peek() {
            at += 1
            if byte == 0x29 { break }
            if byte == 0x5C, at < bytes.count { at += 1 }
        }
        return (.url, name)
    }

    /// Sections 4.3.3 and 4.3.12.
    private mutating func number() {
        if peek() == 0x2B || peek() == 0x2D { at += 1 }
        digits()
        if peek() == 0x2E, peek(1)?.isASCIIDigit == true {
            at += 1
            digits()
        }
        if peek() == 0x65 || peek() == 0x45 {
            let signed = peek(1) == 0x2B || peek(1) == 0x2D
            if peek(signed ? 2 : 1)?.isASCIIDigit == true {
                at += signed ? 2 : 1
                digits()
            }
        }
        if startsIdentifier(0) {
            _ = name()
        } else if peek() == 0x25 {
            at += 1
        }
    }

    private mutating func digits() {
        while peek()?.isASCIIDigit == true { at += 1 }
    }

    /// Section 4.3.11.
    private mutating func name() -> [UInt8] {
        var name: [UInt8] = []
        while let byte = peek() {
            if byte.isOfName {
                if byte >= 0xC2, !isOfNames(scalar(byte)) { isAmbiguous = true }
                name.append(byte.asciiLowercased)
                at += 1
            } else if isEscape(0) {
                at += 1
                escape(into: &name)
            } else {
                break
            }
        }
        return name
    }

    /// The character beyond ASCII whose first byte is at hand.
    private func scalar(_ first: UInt8) -> UInt32 {
        let count = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : 1
        var value = UInt32(first) & (0x3F >> UInt32(count))
        for byte in bytes[(at + 1)...].prefix(count) { value = value << 6 | UInt32(byte & 0x3F) }
        return value
    }

    /// Section 4.3.7; the backslash has been read.
    private mutating func escape(into name: inout [UInt8]) {
        guard let first = peek(), first.hexadecimalValue != nil else {
            if let byte = peek() {
                name.append(byte.asciiLowercased)
                at += 1
            }
            return
        }
        var value: UInt32 = 0
        var count = 0
        while count < 6, let digit = peek()?.hexadecimalValue {
            value = value << 4 | UInt32(digit)
            at += 1
            count += 1
        }
        if peek() == 0x0D, peek(1) == 0x0A { at += 1 }
        if peek()?.isCSSSpace == true { at += 1 }
        let scalar = value == 0 ? nil : Unicode.Scalar(value)
        for byte in String(Character(scalar ?? "\u{FFFD}")).utf8 { name.append(byte.asciiLowercased) }
    }

    /// Section 4.3.8.
    private func isEscape(_ distance: Int) -> Bool {
        guard peek(distance) == 0x5C, let next = peek(distance + 1) else { return false }
        return !next.isCSSNewline
    }

    /// Section 4.3.9.
    private func startsIdentifier(_ distance: Int) -> Bool {
        guard let byte = peek(distance) else { return false }
        if byte == 0x2D {
            return peek(distance + 1).map { $0.startsName || $0 == 0x2D } ?? false || isEscape(distance + 1)
        }
        return byte.startsName || isEscape(distance)
    }

    /// Section 4.3.10.
    private func startsNumber() -> Bool {
        let isSigned = peek() == 0x2B || peek() == 0x2D
        let first = isSigned ? 1 : 0
        return peek(first)?.isASCIIDigit == true || peek(first) == 0x2E && peek(first + 1)?.isASCIIDigit == true
    }
}

/// Whether names may hold a character beyond ASCII: "non-ASCII ident code point" of section 4.2, as of 2023.
private func isOfNames(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0xB7, 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x37D, 0x37F...0x1FFF, 0x200C, 0x200D, 0x203F, 0x2040, 0x2070...0x218F,
        0x2C00...0x2FEF, 0x3001...0xD7FF, 0xF900...0xFDCF, 0xFDF0...0xFFFD, 0x10000...:
        true
    default: false
    }
}

extension UInt8 {
    fileprivate var isCSSNewline: Bool { self == 0x0A || self == 0x0C || self == 0x0D }

    fileprivate var isCSSSpace: Bool { isSpace }

    fileprivate var startsName: Bool { isASCIILetter || self == 0x5F || self >= 0x80 }

    fileprivate var isOfName: Bool { startsName || isASCIIDigit || self == 0x2D }

}
