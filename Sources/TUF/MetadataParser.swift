import ByteText
import CanonicalJSON

extension MetadataValue {
    /// The deepest nesting of arrays and objects that ``init(parsing:)`` accepts; metadata needs about seven.
    public static let nestingLimit = 64
    /// The longest integer, in digits, that ``init(parsing:)`` accepts.
    public static let digitLimit = 4000

    /// Parses one JSON text (RFC 8259), strictly: no duplicate names, no number with a fraction or an exponent.
    ///
    /// - Parameter bytes: UTF-8, without a byte order mark.
    /// - Throws: ``TUFError/malformedJSON(offset:reason:)`` with the place of the first defect.
    public init(parsing bytes: [UInt8]) throws(TUFError) {
        var parser = MetadataParser(bytes: bytes)
        let value = try parser.value(depth: 0)
        parser.skipSpace()
        guard parser.offset == bytes.count else { throw parser.error("unexpected text after the value") }
        self = value
    }
}

private struct MetadataParser {
    let bytes: [UInt8]
    var offset = 0

    func error(_ reason: String, at place: Int? = nil) -> TUFError {
        .malformedJSON(offset: place ?? offset, reason: reason)
    }

    mutating func skipSpace() {
        while offset < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[offset]) { offset += 1 }
    }

    mutating func take(_ byte: UInt8) -> Bool {
        guard offset < bytes.count, bytes[offset] == byte else { return false }
        offset += 1
        return true
    }

    mutating func value(depth: Int) throws(TUFError) -> MetadataValue {
        guard depth <= MetadataValue.nestingLimit else { throw error("nested too deeply") }
        skipSpace()
        guard offset < bytes.count else { throw error("unexpected end") }
        switch bytes[offset] {
        case 0x7B: return try object(depth: depth)
        case 0x5B: return try array(depth: depth)
        case 0x22: return .string(try string())
        case 0x2D, 0x30...0x39: return .integer(digits: try integer())
        case 0x74: return try word("true", .bool(true))
        case 0x66: return try word("false", .bool(false))
        case 0x6E: return try word("null", .null)
        default: throw error("expected a value")
        }
    }

    mutating func word(_ text: String, _ value: MetadataValue) throws(TUFError) -> MetadataValue {
        guard bytes[offset...].starts(with: text.utf8) else { throw error("expected a value") }
        offset += text.utf8.count
        return value
    }

    mutating func array(depth: Int) throws(TUFError) -> MetadataValue {
        offset += 1
        skipSpace()
        if take(0x5D) { return .array([]) }
        var elements: [MetadataValue] = []
        while true {
            elements.append(try value(depth: depth + 1))
            skipSpace()
            if take(0x2C) { continue }
            guard take(0x5D) else { throw error("expected ',' or ']'") }
            return .array(elements)
        }
    }

    mutating func object(depth: Int) throws(TUFError) -> MetadataValue {
        offset += 1
        skipSpace()
        if take(0x7D) { return .object([]) }
        var members: [MetadataValue.Member] = []
        var names: Set<[UInt8]> = []
        while true {
            skipSpace()
            let place = offset
            guard offset < bytes.count, bytes[offset] == 0x22 else { throw error("expected a member's name") }
            let name = try string()
            guard names.insert(Array(name.utf8)).inserted else { throw error("duplicate member", at: place) }
            skipSpace()
            guard take(0x3A) else { throw error("expected ':'") }
            members.append(MetadataValue.Member(name, try value(depth: depth + 1)))
            skipSpace()
            if take(0x2C) { continue }
            guard take(0x7D) else { throw error("expected ',' or '}'") }
            return .object(members)
        }
    }

    /// Finds the string's end, and leaves what is inside to the one parser of JSON strings.
    mutating func string() throws(TUFError) -> String {
        let start = offset
        offset += 1
        while offset < bytes.count, bytes[offset] != 0x22 { offset += bytes[offset] == 0x5C ? 2 : 1 }
        guard offset < bytes.count else { throw error("the string has no end", at: start) }
        offset += 1
        let value: JSONValue
        do throws(JSONParseError) {
            value = try JSONValue(parsing: Array(bytes[start..<offset]))
        } catch {
            throw self.error(error.message, at: start + error.offset)
        }
        guard let text = value.string else { throw error("expected a string", at: start) }
        return text
    }

    mutating func integer() throws(TUFError) -> String {
        let start = offset
        let isNegative = take(0x2D)
        let first = offset
        while offset < bytes.count, bytes[offset].isASCIIDigit { offset += 1 }
        let digits = bytes[first..<offset]
        guard let leading = digits.first, leading != 0x30 || digits.count == 1 else {
            throw error("malformed number", at: start)
        }
        guard digits.count <= MetadataValue.digitLimit else { throw error("the number is too long", at: start) }
        if offset < bytes.count, [0x2E, 0x45, 0x65].contains(bytes[offset]) {
            throw error("a number must be an integer", at: start)
        }
        let text = String(decoding: digits, as: UTF8.self)
        return isNegative && leading != 0x30 ? "-" + text : text
    }
}
