import ByteText

/// What is before the point of a P-256 key in DER: a `SubjectPublicKeyInfo` of the algorithm `id-ecPublicKey` with the named
/// curve `secp256r1`, and a bit string of 65 bytes (RFC 5480, section 2). DER has this one form for it.
private let p256Header: [UInt8] = [
    0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01, 0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE,
    0x3D,
    0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
]

/// The same of an Ed25519 key: the algorithm, and a bit string of 32 bytes (RFC 8410, section 4).
private let ed25519Header: [UInt8] = [0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00]

/// The uncompressed point, 65 bytes, of a P-256 key in PEM (RFC 7468, section 13); nil for anything else.
///
/// Whether it is on the curve is for the cryptography to say.
func p256Point(pem text: String) -> [UInt8]? {
    key(pem: text, header: p256Header, count: 65)
}

/// The 32 bytes of an Ed25519 key in PEM; nil for anything else.
func ed25519Key(pem text: String) -> [UInt8]? {
    key(pem: text, header: ed25519Header, count: 32)
}

/// The PEM of an uncompressed point on P-256.
func pem(p256Point point: [UInt8]) -> String {
    pem(label: "PUBLIC KEY", der: p256Header + point)
}

private func key(pem text: String, header: [UInt8], count: Int) -> [UInt8]? {
    guard let der = der(pem: text, label: "PUBLIC KEY"), der.count == header.count + count, der.starts(with: header)
    else { return nil }
    return Array(der[header.count...])
}

/// What is between the two lines that begin and end a PEM text (RFC 7468, section 2); nil when it is no such text.
func der(pem text: String, label: String) -> [UInt8]? {
    let lines = text.split(whereSeparator: \.isNewline)
    guard lines.count >= 3, lines.first == "-----BEGIN \(label)-----", lines.last == "-----END \(label)-----" else {
        return nil
    }
    return bytes(base64: lines[1..<(lines.count - 1)].joined().utf8)
}

/// A PEM text of bytes, with 64 characters in a line.
func pem(label: String, der: [UInt8]) -> String {
    let digits = Array(base64(der).utf8)
    let lines = stride(from: 0, to: digits.count, by: 64).map { start in
        String(decoding: digits[start..<min(start + 64, digits.count)], as: UTF8.self)
    }
    return "-----BEGIN \(label)-----\n\(lines.joined(separator: "\n"))\n-----END \(label)-----\n"
}
