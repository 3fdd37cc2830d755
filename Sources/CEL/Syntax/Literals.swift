import ByteText
import SourceDiagnostics

// Number and string literals (langdef.md, "Numeric Values", "String and Bytes Values").

extension Lexer {
    mutating func number(_ start: Int) -> Token {
        if byte() == 0x30, byte(1) == 0x78 || byte(1) == 0x58, byte(2).hexadecimalValue != nil {
            offset += 2
            while byte().hexadecimalValue != nil, offset < bytes.count { offset += 1 }
            return integer(start, digits: bytes[(start + 2)..<offset], radix: 16)
        }
        while byte().isASCIIDigit { offset += 1 }
        let whole = offset
        if byte() == 0x2E, byte(1).isASCIIDigit {
            offset += 1
            while byte().isASCIIDigit { offset += 1 }
            if byte() == 0x2E, byte(1).isASCIIDigit { return version(start) }
        }
        if byte() == 0x2E, byte(1) == 0x2A || byte(1) | 0x20 == 0x78, !isIdentifierByte(byte(2)) {
            // `3.x`, `3.*`
            offset += 2
            let span = Span(start, offset)
            report(.anyVersion(String(decoding: bytes[start..<whole], as: UTF8.self), span))
            return Token(kind: .literal, span: span, value: .double(0))
        }
        let sign = byte(1) == 0x2B || byte(1) == 0x2D ? 1 : 0
        if byte() == 0x65 || byte() == 0x45, byte(1 + sign).isASCIIDigit {
            offset += 1 + sign
            while byte().isASCIIDigit { offset += 1 }
        }
        guard offset == whole else { return double(start) }
        return integer(start, digits: bytes[start..<offset], radix: 10)
    }

    private mutating func double(_ start: Int) -> Token {
        let text = String(decoding: bytes[start..<offset], as: UTF8.self)
        let span = endOfNumber(start)
        return Token(kind: .literal, span: span, value: .double(Double(text) ?? 0))
    }

    /// - Returns: A literal; one that does not fit is reported by the parser, which knows of a minus sign before it:
    ///   an int above Int64.max is handed on as a uint with ``Token/text`` `int`.
    private mutating func integer(_ start: Int, digits: ArraySlice<UInt8>, radix: UInt64) -> Token {
        var value: UInt64 = 0
        var overflow = false
        for digit in digits {
            let (product, overflowed) = value.multipliedReportingOverflow(by: radix)
            let (sum, carried) = product.addingReportingOverflow(UInt64(digit.hexadecimalValue ?? 0))
            overflow = overflow || overflowed || carried
            value = sum
        }
        let isUnsigned = byte() == 0x75 || byte() == 0x55
        if isUnsigned { offset += 1 }
        let span = endOfNumber(start)
        if overflow || (!isUnsigned && value > UInt64(Int64.max) + 1) {
            report(.numberTooLarge(isUnsigned ? "uint" : "int", span))
            value = 0
        }
        if isUnsigned { return Token(kind: .literal, span: span, value: .uint(value)) }
        guard value <= UInt64(Int64.max) else {
            return Token(kind: .literal, span: span, text: "int", value: .uint(value))
        }
        return Token(kind: .literal, span: span, value: .int(Int64(value)))
    }

    /// A number runs into no letter: `12px` is one mistake, not two tokens.
    private mutating func endOfNumber(_ start: Int) -> Span {
        let end = offset
        while offset < bytes.count, isIdentifierByte(byte()) { offset += 1 }
        if offset > end {
            let span = Span(start, offset)
            let digits = bytes[start..<offset].filter { $0 != 0x5F }
            if digits.allSatisfy({ $0.isASCIIDigit }) {
                report(.separatedNumber(span, meant: String(decoding: digits, as: UTF8.self)))
            } else {
                report(.invalidNumber(span, meant: duration(bytes[start..<end], unit: bytes[end..<offset])))
            }
        }
        return Span(start, offset)
    }

    /// `3.4.0` and `v3.4`, which are no numbers.
    mutating func version(_ start: Int) -> Token {
        while byte().isASCIIDigit || byte() == 0x2E && byte(1).isASCIIDigit { offset += 1 }
        let span = Span(start, offset)
        let version = SemanticVersion(reported: String(decoding: bytes[start..<offset], as: UTF8.self))?.release
        report(.invalidNumber(span, meant: version.map { "semver(\"\($0.text)\")" }))
        return Token(kind: .literal, span: span, value: .double(0))
    }

    /// `7d` as `duration("168h")`; nil for what is no number with a unit of time.
    private func duration(_ digits: ArraySlice<UInt8>, unit: ArraySlice<UInt8>) -> String? {
        durationText(String(decoding: digits, as: UTF8.self), unit: String(decoding: unit, as: UTF8.self))
            .map { "duration(\"" + $0 + "\")" }
    }

    /// - Parameter start: where the token begins; ``offset`` stands at the quotation mark.
    mutating func string(_ start: Int, raw: Bool, bytes isBytes: Bool) -> Token {
        let quote = byte()
        let triple = byte(1) == quote && byte(2) == quote
        offset += triple ? 3 : 1
        var content: [UInt8] = []
        while true {
            guard offset < bytes.count, triple || (byte() != 0x0A && byte() != 0x0D) else {
                if let close = mixedMarks(start, quote, triple) { return close }
                report(
                    .unterminatedString(Span(start, offset), quote: quote, triple: triple, word: word(before: start)))
                break
            }
            if byte() == quote, !triple || (byte(1) == quote && byte(2) == quote) {
                offset += triple ? 3 : 1
                break
            }
            if byte() == 0x5C {
                if raw { rawBackslash(&content) } else { escape(&content, isBytes) }
            } else {
                content.append(byte())
                offset += 1
            }
        }
        let span = Span(start, offset)
        if isBytes { return Token(kind: .literal, span: span, value: .bytes(content)) }
        return Token(kind: .literal, span: span, value: .string(String(decoding: content, as: UTF8.self)))
    }

    /// `"free”`: a text that a typographic mark closes; nil where there is none.
    private mutating func mixedMarks(_ start: Int, _ quote: UInt8, _ triple: Bool) -> Token? {
        let open = Span(start, start + 1)
        guard !triple, bytes[start] == quote, let close = closingMark(from: open.end, isSingle: quote == 0x27),
            close.length > 1
        else { return nil }
        offset = close.end
        report(.typographicQuotes(open, close, single: quote == 0x27, isPlain: true))
        let text = String(decoding: bytes[open.end..<close.start], as: UTF8.self)
        return Token(kind: .literal, span: Span(start, offset), value: .string(text))
    }

    /// Where the word begins that stands directly before a quotation mark, as in `plan == free"`; nil for none.
    private func word(before start: Int) -> Int? {
        var first = start
        while first > 0, isIdentifierByte(bytes[first - 1]) || bytes[first - 1] == 0x2D { first -= 1 }
        return first < start ? first : nil
    }

    /// In a raw string a backslash stands for itself.
    private mutating func rawBackslash(_ content: inout [UInt8]) {
        content.append(0x5C)
        offset += 1
    }

    private mutating func escape(_ content: inout [UInt8], _ isBytes: Bool) {
        let start = offset
        offset += 1
        let code = byte()
        offset += offset < bytes.count ? 1 : 0
        switch code {
        case 0x5C, 0x3F, 0x22, 0x27, 0x60: content.append(code)
        case 0x61: content.append(0x07)
        case 0x62: content.append(0x08)
        case 0x66: content.append(0x0C)
        case 0x6E: content.append(0x0A)
        case 0x72: content.append(0x0D)
        case 0x74: content.append(0x09)
        case 0x76: content.append(0x0B)
        case 0x78, 0x58: numeric(start, digits(2, radix: 16), &content, octet: isBytes)
        case 0x30...0x33:
            offset -= 1
            numeric(start, digits(3, radix: 8), &content, octet: isBytes)
        case 0x75 where !isBytes: codePoint(start, surrogatePair(digits(4, radix: 16)), &content)
        case 0x55 where !isBytes: codePoint(start, digits(8, radix: 16), &content)
        default:
            while offset < bytes.count, byte() & 0xC0 == 0x80 { offset += 1 }
            report(.invalidEscape(String(decoding: bytes[start..<offset], as: UTF8.self), Span(start, offset)))
        }
    }

    /// A character beyond the Basic Multilingual Plane may be written as `\ud83d\ude00`.
    private mutating func surrogatePair(_ first: UInt32?) -> UInt32? {
        guard let first, (0xD800...0xDBFF).contains(first), byte() == 0x5C, byte(1) == 0x75 else { return first }
        offset += 2
        guard let second = digits(4, radix: 16), (0xDC00...0xDFFF).contains(second) else { return nil }
        return 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00)
    }

    private mutating func digits(_ count: Int, radix: Int) -> UInt32? {
        var value: UInt32 = 0
        for _ in 0..<count {
            guard let digit = byte().hexadecimalValue, digit < radix, offset < bytes.count else { return nil }
            value = value << (radix == 16 ? 4 : 3) | UInt32(digit)
            offset += 1
        }
        return value
    }

    private mutating func numeric(_ start: Int, _ value: UInt32?, _ content: inout [UInt8], octet: Bool) {
        if octet, let value {
            content.append(UInt8(truncatingIfNeeded: value))
        } else {
            codePoint(start, value, &content)
        }
    }

    private mutating func codePoint(_ start: Int, _ value: UInt32?, _ content: inout [UInt8]) {
        guard let value, let scalar = Unicode.Scalar(value) else {
            report(.invalidEscape(String(decoding: bytes[start..<offset], as: UTF8.self), Span(start, offset)))
            return
        }
        content.append(contentsOf: String(scalar).utf8)
    }
}
