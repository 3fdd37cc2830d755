// Percent-encoding (RFC 3986, section 2.1). What stays as it is depends on the place in an address; the form does not.

extension UInt8 {
    /// Whether it is one of RFC 3986's unreserved characters, which stand for themselves everywhere (section 2.3).
    @inlinable
    package var isUnreserved: Bool {
        isASCIIAlphanumeric || self == 0x2D || self == 0x2E || self == 0x5F || self == 0x7E
    }
}

extension ByteSink where Self: ~Copyable {
    /// Appends `%` and the two digits of a byte.
    @inlinable
    package mutating func append(percentEncoding byte: UInt8) {
        append(0x25)
        append(UInt8.upperHexadecimalDigit(byte >> 4))
        append(UInt8.upperHexadecimalDigit(byte & 15))
    }
}

/// The text with every byte percent-encoded but those that stay; by default RFC 3986's unreserved characters do.
package func percentEncoded(_ text: String, keeping stays: (UInt8) -> Bool = { $0.isUnreserved }) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count)
    for byte in text.utf8 {
        if stays(byte) { bytes.append(byte) } else { bytes.append(percentEncoding: byte) }
    }
    return String(decoding: bytes, as: UTF8.self)
}
