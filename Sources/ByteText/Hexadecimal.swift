extension UInt8 {
    /// The value of the hexadecimal digit that it is, of either case; nil of another byte.
    @inlinable
    @inline(__always)
    package var hexadecimalValue: UInt8? {
        switch self {
        case 0x30...0x39: self - 0x30
        case 0x41...0x46: self - 0x37
        case 0x61...0x66: self - 0x57
        default: nil
        }
    }

    /// The digit, with small letters, of a value from 0 to 15.
    @inlinable
    @inline(__always)
    package static func hexadecimalDigit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x57 + value }

    /// The digit, with capital letters, of a value from 0 to 15.
    @inlinable
    @inline(__always)
    package static func upperHexadecimalDigit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x37 + value }
}

/// The bytes that pairs of hexadecimal digits, of either case, stand for; nil for anything else.
package func bytes(hexadecimal text: String) -> [UInt8]? {
    let digits = Array(text.utf8)
    guard digits.count.isMultiple(of: 2) else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(digits.count / 2)
    for index in stride(from: 0, to: digits.count, by: 2) {
        guard let high = digits[index].hexadecimalValue, let low = digits[index + 1].hexadecimalValue else {
            return nil
        }
        bytes.append(high << 4 | low)
    }
    return bytes
}

/// Bytes as pairs of hexadecimal digits with small letters.
package func hexadecimal(_ bytes: some Collection<UInt8>) -> String {
    var digits: [UInt8] = []
    digits.reserveCapacity(bytes.count * 2)
    for byte in bytes {
        digits.append(UInt8.hexadecimalDigit(byte >> 4))
        digits.append(UInt8.hexadecimalDigit(byte & 15))
    }
    return String(decoding: digits, as: UTF8.self)
}
