import ByteText

// `string.format(list)` (google/cel-spec, doc/extensions/strings.md).

extension Function {
    /// The pattern with the values of the list in the place of its clauses.
    static func format(
        _ pattern: String, _ arguments: [CELValue], _ run: inout Run
    ) throws(EvaluationError) -> String {
        var formatter = Formatter(pattern: Array(pattern.utf8), arguments: arguments)
        return String(decoding: try formatter.run(&run), as: UTF8.self)
    }
}

private struct Formatter {
    /// Most digits behind the point that `%f` and `%e` may ask for.
    static let precisionLimit = 1000

    let pattern: [UInt8]
    let arguments: [CELValue]
    var offset = 0
    var next = 0

    init(pattern: [UInt8], arguments: [CELValue]) {
        self.pattern = pattern
        self.arguments = arguments
    }

    mutating func run(_ run: inout Run) throws(EvaluationError) -> [UInt8] {
        var result: [UInt8] = []
        while offset < pattern.count {
            let byte = pattern[offset]
            offset += 1
            guard byte == 0x25 else {
                result.append(byte)
                continue
            }
            try clause(&result, &run)
            if result.count > run.program.limits.resultSize { throw EvaluationError(.resultTooLarge) }
        }
        try run.build(result.count)
        return result
    }

    private mutating func clause(_ result: inout [UInt8], _ run: inout Run) throws(EvaluationError) {
        if offset < pattern.count, pattern[offset] == 0x25 {
            offset += 1
            result.append(0x25)
            return
        }
        let precision = try precision()
        guard offset < pattern.count else { throw failure("the format ends within a clause") }
        let conversion = pattern[offset]
        offset += 1
        try pay(16, &run.work)
        guard next < arguments.count else { throw failure("the format wants more than \(arguments.count) values") }
        let argument = arguments[next]
        next += 1
        switch conversion {
        case 0x73: try append(argument, &result, &run)
        case 0x64: result += try decimal(argument).utf8
        case 0x66: result += try point(argument, "f", precision, &run) { $0.fixed(precision) }
        case 0x65: result += try point(argument, "e", precision, &run) { $0.scientific(precision) }
        case 0x78, 0x58:
            try pay(argument.byteCount, &run.work)
            result += try hexadecimal(argument, uppercase: conversion == 0x58)
        case 0x6F: result += try radix(argument, 8, "o").utf8
        case 0x62:
            if case .bool(let flag) = argument {
                result.append(flag ? 0x31 : 0x30)
            } else {
                result += try radix(argument, 2, "b").utf8
            }
        default:
            throw failure("`%\(String(decoding: [conversion], as: UTF8.self))` is not a formatting clause")
        }
    }

    private mutating func precision() throws(EvaluationError) -> Int {
        guard offset < pattern.count, pattern[offset] == 0x2E else { return 6 }
        offset += 1
        var value = 0
        let start = offset
        while offset < pattern.count, pattern[offset].isASCIIDigit {
            value = value * 10 + Int(pattern[offset] - 0x30)
            offset += 1
            if value > Self.precisionLimit { throw failure("a precision is at most \(Self.precisionLimit)") }
        }
        guard offset > start else { throw failure("a precision needs digits") }
        return value
    }

    private func failure(_ message: String) -> EvaluationError { EvaluationError(.other(message)) }

    private func wrong(_ clause: String, _ value: CELValue) -> EvaluationError {
        failure("`%\(clause)` cannot format a value of type \(value.type.name)")
    }

    /// `%s`.
    private func append(_ value: CELValue, _ result: inout [UInt8], _ run: inout Run) throws(EvaluationError) {
        try pay(8 + Work.reading(value.byteCount), &run.work)
        // What is no text, bytes or whole number is put together from its parts.
        switch value {
        case .double, .timestamp, .duration, .ip, .cidr: try pay(8, &run.work)
        case .version(let version): try pay(8 + Work.working(version.byteCount), &run.work)
        default: break
        }
        if result.count > run.program.limits.resultSize { throw EvaluationError(.resultTooLarge) }
        switch value {
        case .string(let text): result += text.utf8
        case .bool(let flag): result += (flag ? "true" : "false").utf8
        case .int(let number): result += String(number).utf8
        case .uint(let number): result += String(number).utf8
        case .double(let number): result += plainText(number).utf8
        case .bytes(let bytes): try appendBytes(bytes, &result, &run)
        case .null: result += "null".utf8
        case .type(let type): result += type.name.utf8
        case .timestamp(let timestamp): result += timestamp.rfc3339.utf8
        case .duration(let duration): result += duration.decimalSeconds.utf8
        case .list(let elements):
            result.append(0x5B)
            for (index, element) in elements.enumerated() {
                if index > 0 { result += ", ".utf8 }
                try append(element, &result, &run)
            }
            result.append(0x5D)
        case .map(let map): try append(map, &result, &run)
        case .version(let version): result += version.text.utf8
        case .ip(let address): result += address.text.utf8
        case .cidr(let range): result += range.text.utf8
        case .optional, .object: throw wrong("s", value)
        }
    }

    private func append(_ map: CELMap, _ result: inout [UInt8], _ run: inout Run) throws(EvaluationError) {
        var entries: [(key: [UInt8], value: [UInt8])] = []
        for (key, value) in zip(map.keys, map.values) {
            var keyText: [UInt8] = []
            var valueText: [UInt8] = []
            try append(key, &keyText, &run)
            try append(value, &valueText, &run)
            entries.append((keyText, valueText))
        }
        let longest = entries.reduce(0) { max($0, $1.key.count) }
        try pay(Work.sorting(entries.count, bytes: longest), &run.work)
        entries.sort { $0.key.lexicographicallyPrecedes($1.key) }
        result.append(0x7B)
        for (index, entry) in entries.enumerated() {
            if index > 0 { result += ", ".utf8 }
            result += entry.key
            result += ": ".utf8
            result += entry.value
        }
        result.append(0x7D)
    }

    /// As text, with one U+FFFD for each run of bytes that is no UTF-8.
    private func appendBytes(
        _ bytes: [UInt8], _ result: inout [UInt8], _ run: inout Run
    ) throws(EvaluationError) {
        if String(validating: bytes, as: UTF8.self) != nil {
            result += bytes
            return
        }
        // Each byte may begin a character of up to four, which are tried.
        try pay(16 * bytes.count, &run.work)
        var wasInvalid = false
        var rest = bytes[...]
        while !rest.isEmpty {
            var length = 0
            for candidate in 1...min(4, rest.count)
            where String(validating: rest.prefix(candidate), as: UTF8.self) != nil {
                length = candidate
                break
            }
            if length > 0 {
                result += rest.prefix(length)
                wasInvalid = false
            } else {
                if !wasInvalid { result += [0xEF, 0xBF, 0xBD] }
                wasInvalid = true
                length = 1
            }
            rest = rest.dropFirst(length)
        }
    }

    /// `%d`.
    private func decimal(_ value: CELValue) throws(EvaluationError) -> String {
        switch value {
        case .int(let number): String(number)
        case .uint(let number): String(number)
        case .double(let number): plainText(number)
        default: throw wrong("d", value)
        }
    }

    /// `%f` and `%e`.
    private func point(
        _ value: CELValue, _ clause: String, _ precision: Int, _ run: inout Run,
        _ digits: (ExactDecimal) -> [UInt8]
    ) throws(EvaluationError) -> [UInt8] {
        let number: Double
        switch value {
        case .double(let double): number = double
        case .int(let int): number = Double(int)
        case .uint(let uint): number = Double(uint)
        default: throw wrong(clause, value)
        }
        guard number.isFinite else { return Array(decimalText(number).utf8) }
        // The exact decimal has about as many digits as the exponent, and each step of its making goes through all.
        let exponent = abs(Int(number.exponentBitPattern) - 1075)
        try pay(32 + Work.working(precision) + exponent * exponent >> 9, &run.work)
        return (number.sign == .minus ? [0x2D] : []) + digits(ExactDecimal(number.magnitude))
    }

    private func hexadecimal(_ value: CELValue, uppercase: Bool) throws(EvaluationError) -> [UInt8] {
        switch value {
        case .int(let number): return Array(String(number, radix: 16, uppercase: uppercase).utf8)
        case .uint(let number): return Array(String(number, radix: 16, uppercase: uppercase).utf8)
        case .string(let text): return pairs(Array(text.utf8), uppercase)
        case .bytes(let bytes): return pairs(bytes, uppercase)
        default: throw wrong(uppercase ? "X" : "x", value)
        }
    }

    private func pairs(_ bytes: [UInt8], _ uppercase: Bool) -> [UInt8] {
        var result: [UInt8] = []
        for byte in bytes {
            for nibble in [byte >> 4, byte & 15] {
                result.append(nibble < 10 ? 0x30 + nibble : (uppercase ? 0x41 : 0x61) + nibble - 10)
            }
        }
        return result
    }

    private func radix(_ value: CELValue, _ radix: Int, _ clause: String) throws(EvaluationError) -> String {
        switch value {
        case .int(let number): String(number, radix: radix)
        case .uint(let number): String(number, radix: radix)
        default: throw wrong(clause, value)
        }
    }
}
