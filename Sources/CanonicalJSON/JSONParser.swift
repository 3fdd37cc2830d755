import ByteText

/// Why a text is not JSON, and where.
public struct JSONParseError: Error, Equatable, Sendable {
    /// UTF-8 byte offset.
    public var offset: Int
    /// What is wrong, on one line.
    public var message: String
}

extension JSONValue {
    /// The deepest nesting of arrays and objects that ``init(parsing:)`` accepts.
    public static let nestingLimit = 256

    /// Parses one JSON text (RFC 8259, strict; no duplicate names, as RFC 7493 requires).
    ///
    /// - Parameter bytes: UTF-8, without a byte order mark.
    /// - Throws: ``JSONParseError`` with the offset of the first defect.
    public init(parsing bytes: [UInt8]) throws(JSONParseError) {
        self = try bytes.withUnsafeBufferPointer { buffer throws(JSONParseError) in
            var parser = JSONParser(bytes: buffer)
            return try parser.text { parser throws(JSONParseError) in try parser.value(depth: 0) }
        }
    }
}

/// Reads JSON from its first byte to its last.
struct JSONParser {
    let bytes: UnsafeBufferPointer<UInt8>
    var offset = 0
    /// Most objects and arrays have no more members: they are allocated once.
    private static let usualCount = 4

    func error(_ message: String, at place: Int? = nil) -> JSONParseError {
        JSONParseError(offset: place ?? offset, message: message)
    }

    mutating func skipSpace() {
        while offset < bytes.count {
            switch bytes[offset] {
            case 0x20, 0x09, 0x0A, 0x0D: offset += 1
            default: return
            }
        }
    }

    /// The byte that comes next; nil at the end.
    var next: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    /// The one value that the whole text is.
    @inline(__always)
    mutating func text(
        _ read: (inout JSONParser) throws(JSONParseError) -> JSONValue
    ) throws(JSONParseError) -> JSONValue {
        skipSpace()
        let value = try read(&self)
        skipSpace()
        guard offset == bytes.count else { throw error("unexpected text after the JSON value") }
        return value
    }

    mutating func value(depth: Int) throws(JSONParseError) -> JSONValue {
        guard depth <= JSONValue.nestingLimit else { throw error("nested too deeply") }
        guard offset < bytes.count else { throw error("unexpected end of the JSON text") }
        switch bytes[offset] {
        case 0x7B:
            return try members { parser, _ throws(JSONParseError) in try parser.value(depth: depth + 1) }
        case 0x5B: return try elements { parser throws(JSONParseError) in try parser.value(depth: depth + 1) }
        case 0x22: return .string(try string())
        case 0x74: return try word("true", .bool(true))
        case 0x66: return try word("false", .bool(false))
        case 0x6E: return try word("null", .null)
        case 0x2D, 0x30...0x39: return .number(try number())
        default: throw error("expected a JSON value")
        }
    }

    mutating func word(_ text: String, _ value: JSONValue) throws(JSONParseError) -> JSONValue {
        guard bytes[offset...].starts(with: text.utf8) else { throw error("expected a JSON value") }
        offset += text.utf8.count
        return value
    }

    /// An array, each element by `read`.
    @inline(__always)
    mutating func elements(
        _ read: (inout JSONParser) throws(JSONParseError) -> JSONValue
    ) throws(JSONParseError) -> JSONValue {
        offset += 1
        var elements: [JSONValue] = []
        skipSpace()
        if take(0x5D) { return .array(elements) }
        elements.reserveCapacity(JSONParser.usualCount)
        while true {
            skipSpace()
            elements.append(try read(&self))
            skipSpace()
            if take(0x2C) { continue }
            guard take(0x5D) else { throw error("expected ',' or ']'") }
            return .array(elements)
        }
    }

    /// An object, the value of each member by `read`; no name appears twice.
    @inline(__always)
    mutating func members(
        _ read: (inout JSONParser, _ name: String) throws(JSONParseError) -> JSONValue
    ) throws(JSONParseError) -> JSONValue {
        offset += 1
        var members: [JSONObject.Member] = []
        var names = MemberNames()
        skipSpace()
        if take(0x7D) { return .object(JSONObject()) }
        members.reserveCapacity(JSONParser.usualCount)
        while true {
            skipSpace()
            guard offset < bytes.count, bytes[offset] == 0x22 else { throw error("expected a member name") }
            let place = offset
            let key = try string()
            guard names.insert(key, after: members) else {
                throw error("duplicate member \"\(key)\"", at: place)
            }
            skipSpace()
            guard take(0x3A) else { throw error("expected ':'") }
            skipSpace()
            members.append(JSONObject.Member(key: key, value: try read(&self, key)))
            skipSpace()
            if take(0x2C) { continue }
            guard take(0x7D) else { throw error("expected ',' or '}'") }
            return .object(JSONObject(distinct: members))
        }
    }

    mutating func take(_ byte: UInt8) -> Bool {
        guard offset < bytes.count, bytes[offset] == byte else { return false }
        offset += 1
        return true
    }

    mutating func string() throws(JSONParseError) -> String {
        let start = offset
        offset = firstToEscape(bytes, from: offset + 1)
        // Nearly every string is without escapes, and stands in the bytes as it is.
        guard offset < bytes.count, bytes[offset] == 0x22 else { return try stringWithEscapes(from: start) }
        guard let string = wellFormed(UnsafeBufferPointer(rebasing: bytes[(start + 1)..<offset])) else {
            throw error("the string is not valid UTF-8", at: start)
        }
        offset += 1
        return string
    }

    /// The string that begins at `start` and holds no quotation mark up to the offset.
    private mutating func stringWithEscapes(from start: Int) throws(JSONParseError) -> String {
        var text: [UInt8] = []
        var plain = start + 1
        while offset < bytes.count {
            text.append(contentsOf: bytes[plain..<offset])
            switch bytes[offset] {
            case 0x22:
                offset += 1
                guard let string = text.withUnsafeBufferPointer(wellFormed) else {
                    throw error("the string is not valid UTF-8", at: start)
                }
                return string
            case 0x5C: try escape(into: &text)
            default: throw error("a control character must be escaped")
            }
            plain = offset
            offset = firstToEscape(bytes, from: offset)
        }
        throw error("the string has no end", at: start)
    }

    mutating func escape(into text: inout [UInt8]) throws(JSONParseError) {
        let start = offset
        offset += 1
        guard offset < bytes.count else { throw error("the string has no end", at: start) }
        let byte = bytes[offset]
        offset += 1
        switch byte {
        case 0x22, 0x5C, 0x2F: text.append(byte)
        case 0x62: text.append(0x08)
        case 0x66: text.append(0x0C)
        case 0x6E: text.append(0x0A)
        case 0x72: text.append(0x0D)
        case 0x74: text.append(0x09)
        case 0x75:
            var code = try hexadecimal(at: start)
            if (0xD800..<0xDC00).contains(code), take(0x5C) {
                guard take(0x75) else { throw error("a lone surrogate", at: start) }
                let low = try hexadecimal(at: start)
                guard (0xDC00..<0xE000).contains(low) else { throw error("a lone surrogate", at: start) }
                code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00)
            }
            guard let scalar = Unicode.Scalar(code) else { throw error("a lone surrogate", at: start) }
            text.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        default: throw error("unknown escape", at: start)
        }
    }

    mutating func hexadecimal(at start: Int) throws(JSONParseError) -> UInt32 {
        var code: UInt32 = 0
        for _ in 0..<4 {
            guard offset < bytes.count else { throw error("the string has no end", at: start) }
            guard let digit = bytes[offset].hexadecimalValue else {
                throw error("expected four hexadecimal digits", at: start)
            }
            code = code << 4 | UInt32(digit)
            offset += 1
        }
        return code
    }

    mutating func number() throws(JSONParseError) -> Double {
        let start = offset
        _ = take(0x2D)
        if !take(0x30) { try digits(at: start) }
        if take(0x2E) { try digits(at: start) }
        if take(0x65) || take(0x45) {
            if !take(0x2B) { _ = take(0x2D) }
            try digits(at: start)
        }
        guard let number = Double(String(decoding: bytes[start..<offset], as: UTF8.self)), number.isFinite else {
            throw error("the number is out of range", at: start)
        }
        return number
    }

    mutating func digits(at start: Int) throws(JSONParseError) {
        let first = offset
        while offset < bytes.count, bytes[offset].isASCIIDigit { offset += 1 }
        guard offset > first else { throw error("malformed number", at: start) }
    }
}

/// The bytes as a string; nil when they are not UTF-8, which the library would replace.
private func wellFormed(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
    let string = String(decoding: bytes, as: UTF8.self)
    let isSame = string.utf8.withContiguousStorageIfAvailable { sameBytes($0, bytes) }
    return isSame ?? string.utf8.elementsEqual(bytes) ? string : nil
}

/// Finds a member name that an object has twice: by looking at each while they are few, by hashing when they are many.
private struct MemberNames {
    private var hashed: Set<[UInt8]> = []
    private static let fewest = 16

    /// Takes the name of the member that comes after `members`; false when one of them has it.
    mutating func insert(_ key: String, after members: [JSONObject.Member]) -> Bool {
        guard members.count >= MemberNames.fewest else { return !members.contains { sameBytes($0.key, key) } }
        if hashed.isEmpty { for member in members { hashed.insert(Array(member.key.utf8)) } }
        return hashed.insert(Array(key.utf8)).inserted
    }
}
