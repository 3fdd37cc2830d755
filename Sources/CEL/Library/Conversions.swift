// Conversions between types (langdef.md, "List of Standard Definitions").

extension Functions {
    static func convert(_ builtin: Builtin, _ value: CELValue) throws(EvaluationError) -> CELValue? {
        switch builtin {
        case .toBool: try toBool(value)
        case .toBytes: toBytes(value)
        case .toDouble: try toDouble(value)
        case .toDuration: try toDuration(value)
        case .toInt: try toInt(value)
        case .toString: try toString(value)
        case .toTimestamp: try toTimestamp(value)
        case .toType: .type(value.type)
        case .toUint: try toUint(value)
        default: value
        }
    }

    static func invalid(_ type: String, _ text: String) -> EvaluationError {
        EvaluationError(.invalidValue(type: type, text: text))
    }

    private static func toBool(_ value: CELValue) throws(EvaluationError) -> CELValue? {
        switch value {
        case .bool: return value
        case .string(let text):
            switch text {
            case "1", "t", "T", "true", "TRUE", "True": return .bool(true)
            case "0", "f", "F", "false", "FALSE", "False": return .bool(false)
            default: throw invalid("bool", text)
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
            guard let number = parseDouble(text) else { throw invalid("double", text) }
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
        let lower = bytes.map { (0x41...0x5A).contains($0) ? $0 + 32 : $0 }
        switch String(decoding: lower, as: UTF8.self) {
        case "inf", "infinity": return negative ? -.infinity : .infinity
        case "nan": return .nan
        default: break
        }
        guard lower.allSatisfy({ isDigit($0) || $0 == 0x2E || $0 == 0x65 || $0 == 0x2B || $0 == 0x2D }),
            let number = Double(String(decoding: bytes, as: UTF8.self))
        else { return nil }
        return negative ? -number : number
    }

    private static func toDuration(_ value: CELValue) throws(EvaluationError) -> CELValue? {
        switch value {
        case .duration: return value
        case .string(let text):
            guard let duration = CELDuration(parsing: text) else { throw invalid("duration", text) }
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
            guard let timestamp = CELTimestamp(parsing: text) else { throw invalid("timestamp", text) }
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
            guard let number = Int64(text) else { throw invalid("int", text) }
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
            guard text.utf8.first.map(isDigit) == true, let number = UInt64(text) else { throw invalid("uint", text) }
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
                throw EvaluationError(.other("the bytes are no valid UTF-8"))
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
