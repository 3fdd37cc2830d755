import ByteText

// Conversions between types (langdef.md, "List of Standard Definitions").

extension Function {
    static let conversions: [Function] = [
        Function("bool", "(bool) -> bool; (string) -> bool", isConversion: true) {
            (values, _) throws(EvaluationError) in
            try toBool(values[0])
        },
        Function("bytes", "(bytes) -> bytes; (string) -> bytes", isConversion: true) {
            (values, _) throws(EvaluationError) in toBytes(values[0])
        },
        Function(
            "double", "(double) -> double; (int) -> double; (uint) -> double; (string) -> double", fixedWork: 48,
            isConversion: true
        ) { (values, _) throws(EvaluationError) in try toDouble(values[0]) },
        Function(
            "duration", "(duration) -> duration; (string) -> duration", fixedWork: 48, isConversion: true,
            checkConstant: ConstantArguments.notation(
                "duration", "a duration is written as `90s`, `1h30m` or `250ms`; a day is `24h`", meant: durationText
            ) { CELDuration(parsing: $0) != nil }
        ) { (values, _) throws(EvaluationError) in try toDuration(values[0]) },
        Function("dyn", "(A) -> dyn", fixedWork: 4, work: Work.copying) { (values, _) throws(EvaluationError) in
            values[0]
        },
        Function(
            "int", "(int) -> int; (uint) -> int; (double) -> int; (string) -> int; (timestamp) -> int",
            isConversion: true
        ) { (values, _) throws(EvaluationError) in try toInt(values[0]) },
        Function(
            "string",
            """
            (string) -> string; (bool) -> string; (int) -> string; (uint) -> string; (double) -> string; \
            (bytes) -> string; (timestamp) -> string; (duration) -> string; (net.IP) -> string; (net.CIDR) -> string; \
            (version) -> string
            """, fixedWork: 48, isConversion: true
        ) { (values, _) throws(EvaluationError) in try toString(values[0]) },
        Function(
            "timestamp", "(timestamp) -> timestamp; (string) -> timestamp; (int) -> timestamp", fixedWork: 48,
            isConversion: true,
            checkConstant: ConstantArguments.notation(
                "timestamp", "a timestamp is written as `2026-12-24T18:00:00Z`, with a zone such as `Z` or `+01:00`",
                meant: timestampText
            ) { CELTimestamp(parsing: $0) != nil }
        ) { (values, _) throws(EvaluationError) in try toTimestamp(values[0]) },
        Function("type", "(A) -> type(A)", fixedWork: 4, work: Work.copying) { (values, _) throws(EvaluationError) in
            .type(values[0].type)
        },
        Function(
            "uint", "(uint) -> uint; (int) -> uint; (double) -> uint; (string) -> uint", isConversion: true
        ) { (values, _) throws(EvaluationError) in try toUint(values[0]) },
    ]

    private static func toBool(_ value: CELValue) throws(EvaluationError) -> CELValue? {
        switch value {
        case .bool: return value
        case .string(let text):
            switch text {
            case "1", "t", "T", "true", "TRUE", "True": return .bool(true)
            case "0", "f", "F", "false", "FALSE", "False": return .bool(false)
            default: throw .invalid("bool", text)
            }
        default: return nil
        }
    }

    private static func toBytes(_ value: CELValue) -> CELValue? {
        switch value {
        case .bytes: value
        case .string(let text): .bytes(Array(text.utf8))
        default: nil
        }
    }

    private static func toDouble(_ value: CELValue) throws(EvaluationError) -> CELValue? {
        switch value {
        case .double: return value
        case .int(let number): return .double(Double(number))
        case .uint(let number): return .double(Double(number))
        case .string(let text):
            guard let number = parseDouble(text) else { throw .invalid("double", text) }
            return .double(number)
        default: return nil
        }
    }

    /// A decimal number with an optional exponent, or `Infinity`, `Inf` or `NaN` in any case; the nearest double.
    private static func parseDouble(_ text: String) -> Double? {
        var bytes = Array(text.utf8)
        guard bytes.count <= 1024 else { return nil }
        var negative = false
        if bytes.first == 0x2B || bytes.first == 0x2D { negative = bytes.removeFirst() == 0x2D }
        let lower = String(asciiLowercasing: bytes)
        switch lower {
        case "inf", "infinity": return negative ? -.infinity : .infinity
        case "nan": return .nan
        default: break
        }
        guard lower.utf8.allSatisfy({ $0.isASCIIDigit || $0 == 0x2E || $0 == 0x65 || $0 == 0x2B || $0 == 0x2D }),
            let number = Double(String(decoding: bytes, as: UTF8.self))
        else { return nil }
        return negative ? -number : number
    }

    private static func toDuration(_ value: CELValue) throws(EvaluationError) -> CELValue? {
        switch value {
        case .duration: return value
        case .string(let text):
            guard let duration = CELDuration(parsing: text) else { throw .invalid("duration", text) }
            return .duration(duration)
        default: return nil
        }
    }

    private static func toTimestamp(_ value: CELValue) throws(EvaluationError) -> CELValue? {
        switch value {
        case .timestamp: return value
        case .int(let seconds):
            guard let timestamp = CELTimestamp(seconds: seconds) else { throw EvaluationError(.overflow) }
            return .timestamp(timestamp)
        case .string(let text):
            guard let timestamp = CELTimestamp(parsing: text) else { throw .invalid("timestamp", text) }
            return .timestamp(timestamp)
        default: return nil
        }
    }

    private static func toInt(_ value: CELValue) throws(EvaluationError) -> CELValue? {
        switch value {
        case .int: return value
        case .uint(let number):
            guard let exact = Int64(exactly: number) else { throw EvaluationError(.overflow) }
            return .int(exact)
        case .double(let number):
            // The bounds themselves are out: as doubles they stand for numbers beyond the range, too.
            guard number > -0x1p63, number < 0x1p63 else { throw EvaluationError(.overflow) }
            return .int(Int64(number))
        case .string(let text):
            guard let number = Int64(text) else { throw .invalid("int", text) }
            return .int(number)
        case .timestamp(let timestamp): return .int(timestamp.seconds)
        default: return nil
        }
    }

    private static func toUint(_ value: CELValue) throws(EvaluationError) -> CELValue? {
        switch value {
        case .uint: return value
        case .int(let number):
            guard let exact = UInt64(exactly: number) else { throw EvaluationError(.overflow) }
            return .uint(exact)
        case .double(let number):
            guard number >= 0, number < 0x1p64 else { throw EvaluationError(.overflow) }
            return .uint(UInt64(number))
        case .string(let text):
            guard text.utf8.first.map({ $0.isASCIIDigit }) == true, let number = UInt64(text) else {
                throw .invalid("uint", text)
            }
            return .uint(number)
        default: return nil
        }
    }

    private static func toString(_ value: CELValue) throws(EvaluationError) -> CELValue? {
        switch value {
        case .string: return value
        case .bool(let flag): return .string(flag ? "true" : "false")
        case .int(let number): return .string(String(number))
        case .uint(let number): return .string(String(number))
        case .double(let number): return .string(decimalText(number))
        case .bytes(let bytes):
            guard let text = String(validating: bytes, as: UTF8.self) else {
                throw EvaluationError(.other("the bytes are not valid UTF-8"))
            }
            return .string(text)
        case .timestamp(let timestamp): return .string(timestamp.rfc3339)
        case .duration(let duration): return .string(duration.decimalSeconds)
        case .ip(let address): return .string(address.text)
        case .cidr(let range): return .string(range.text)
        case .version(let version): return .string(version.text)
        default: return nil
        }
    }
}
