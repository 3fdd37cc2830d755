// Base64 (RFC 4648, section 4).

/// The bytes that base64 stands for; nil unless it is the one form of them: padded, with nothing between, and what is left
/// over of the last digit is zero.
package func bytes(base64 text: some Sequence<UInt8>) -> [UInt8]? {
    var digits = Array(text)
    let count = digits.count
    while digits.last == 0x3D { digits.removeLast() }
    guard count.isMultiple(of: 4), let decoded = bytes(base64Digits: digits), decoded.rest == 0 else { return nil }
    return count - digits.count == (4 - digits.count % 4) % 4 ? decoded.bytes : nil
}

/// The bytes of digits without padding, and the bits of the last digit that belong to no byte; nil where one of them is no
/// digit, or one is left alone.
package func bytes(base64Digits digits: [UInt8]) -> (bytes: [UInt8], rest: UInt32)? {
    guard digits.count % 4 != 1 else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(digits.count / 4 * 3 + 2)
    var (buffer, bits): (UInt32, UInt32) = (0, 0)
    for digit in digits {
        guard let value = sextet(digit) else { return nil }
        buffer = (buffer << 6 | UInt32(value)) & 0xFFF_FFFF
        bits += 6
        if bits >= 8 {
            bits -= 8
            bytes.append(UInt8(truncatingIfNeeded: buffer >> bits))
        }
    }
    return (bytes, buffer & (1 << bits - 1))
}

/// The base64 of bytes, padded.
package func base64(_ bytes: [UInt8]) -> String {
    var digits: [UInt8] = []
    digits.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
        let group = bytes[start..<min(start + 3, bytes.count)]
        let value = group.reduce(0) { $0 << 8 | UInt32($1) } << UInt32(8 * (3 - group.count))
        for place in 0..<4 {
            digits.append(place <= group.count ? digit(value >> UInt32(18 - 6 * place) & 63) : 0x3D)
        }
    }
    return String(decoding: digits, as: UTF8.self)
}

private func digit(_ value: UInt32) -> UInt8 {
    let value = UInt8(truncatingIfNeeded: value)
    switch value {
    case 0...25: return 0x41 + value
    case 26...51: return 0x61 + value - 26
    case 52...61: return 0x30 + value - 52
    case 62: return 0x2B
    default: return 0x2F
    }
}

/// The value of a digit; nil of another byte.
package func sextet(_ digit: UInt8) -> UInt8? {
    switch digit {
    case 0x41...0x5A: digit - 0x41
    case 0x61...0x7A: digit - 0x61 + 26
    case 0x30...0x39: digit - 0x30 + 52
    case 0x2B: 62
    case 0x2F: 63
    default: nil
    }
}
