import ByteText

// Base64 (cel-go, ext/encoders.go; RFC 4648, section 4).

extension Function {
    static let encoders: [Function] = [
        Function("base64.encode", "(bytes) -> string") { (values, _) throws(EvaluationError) in
            guard case .bytes(let bytes) = values[0] else { return nil }
            return .string(base64(bytes))
        },
        Function("base64.decode", "(string) -> bytes") { (values, _) throws(EvaluationError) in
            guard let text = values.text(0) else { return nil }
            guard let bytes = decoded(Array(text.utf8)) else { throw .invalid("base64 text", text) }
            return .bytes(bytes)
        },
    ]

    /// With or without padding, and whatever the bits that are left over are.
    private static func decoded(_ text: [UInt8]) -> [UInt8]? {
        var digits = text
        while digits.last == 0x3D, text.count - digits.count < 2 { digits.removeLast() }
        guard digits.count == text.count || text.count % 4 == 0 else { return nil }
        return bytes(base64Digits: digits)?.bytes
    }
}
