// Base64 (cel-go, ext/encoders.go; RFC 4648, section 4).

extension Function {
    static let encoders: [Function] = [
        Function("base64.encode", "(bytes) -> string") { (values, _) throws(EvaluationError) in
            guard case .bytes(let bytes) = values[0] else { return nil }
            return .string(encode(bytes))
        },
        Function("base64.decode", "(string) -> bytes") { (values, _) throws(EvaluationError) in
            guard let text = values.text(0) else { return nil }
            guard let bytes = decode(Array(text.utf8)) else { throw .invalid("base64 text", text) }
            return .bytes(bytes)
        },
    ]

    private static func encode(_ bytes: [UInt8]) -> String {
        var result: [UInt8] = []
        var index = 0
        while index < bytes.count {
            let rest = bytes.count - index
            let group =
                UInt32(bytes[index]) << 16 | (rest > 1 ? UInt32(bytes[index + 1]) << 8 : 0)
                | (rest > 2 ? UInt32(bytes[index + 2]) : 0)
            result.append(symbol(group >> 18))
            result.append(symbol(group >> 12 & 63))
            result.append(rest > 1 ? symbol(group >> 6 & 63) : 0x3D)
            result.append(rest > 2 ? symbol(group & 63) : 0x3D)
            index += 3
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static func symbol(_ value: UInt32) -> UInt8 {
        let value = UInt8(truncatingIfNeeded: value)
        switch value {
        case 0...25: return 0x41 + value
        case 26...51: return 0x61 + value - 26
        case 52...61: return 0x30 + value - 52
        case 62: return 0x2B
        default: return 0x2F
        }
    }

    private static func value(_ symbol: UInt8) -> UInt32? {
        switch symbol {
        case 0x41...0x5A: UInt32(symbol - 0x41)
        case 0x61...0x7A: UInt32(symbol - 0x61) + 26
        case 0x30...0x39: UInt32(symbol - 0x30) + 52
        case 0x2B: 62
        case 0x2F: 63
        default: nil
        }
    }

    /// With or without padding.
    private static func decode(_ text: [UInt8]) -> [UInt8]? {
        var symbols = text
        var padding = 0
        while symbols.last == 0x3D, padding < 2 {
            symbols.removeLast()
            padding += 1
        }
        guard symbols.count % 4 != 1, padding == 0 || text.count % 4 == 0 else { return nil }
        var result: [UInt8] = []
        var group: UInt32 = 0
        var bits = 0
        for symbol in symbols {
            guard let value = value(symbol) else { return nil }
            group = (group << 6 | value) & 0xFFFFFF
            bits += 6
            if bits >= 8 {
                bits -= 8
                result.append(UInt8(truncatingIfNeeded: group >> UInt32(bits)))
            }
        }
        return result
    }
}
