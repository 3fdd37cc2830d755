// Base64 (RFC 4648, section 4), as PEM holds keys: padded, and with nothing between.

/// The bytes that base64 stands for; nil unless it is the one form of them.
func bytes(base64 text: some Sequence<UInt8>) -> [UInt8]? {
    var bytes: [UInt8] = []
    var (buffer, bits, padding, digits): (UInt32, Int, Int, Int) = (0, 0, 0, 0)
    for byte in text {
        digits += 1
        if byte == 0x3D {
            padding += 1
            continue
        }
        guard padding == 0, let value = sextet(byte) else { return nil }
        buffer = buffer << 6 | UInt32(value)
        bits += 6
        if bits >= 8 {
            bits -= 8
            bytes.append(UInt8(truncatingIfNeeded: buffer >> UInt32(bits)))
        }
    }
    // What is left over is zero, and padding fills the last four digits.
    guard digits.isMultiple(of: 4), padding * 2 == bits, buffer & (1 << UInt32(bits) - 1) == 0 else { return nil }
    return bytes
}

/// The base64 of bytes.
func base64(_ bytes: [UInt8]) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var digits: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
        let group = bytes[start..<min(start + 3, bytes.count)]
        let value = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
        for place in 0..<4 {
            digits.append(place <= group.count ? alphabet[value >> (18 - 6 * place) & 63] : 0x3D)
        }
    }
    return String(decoding: digits, as: UTF8.self)
}

private func sextet(_ digit: UInt8) -> UInt8? {
    switch digit {
    case 0x41...0x5A: digit - 0x41
    case 0x61...0x7A: digit - 0x61 + 26
    case 0x30...0x39: digit - 0x30 + 52
    case 0x2B: 62
    case 0x2F: 63
    default: nil
    }
}
