import Foundation

/// What is before the point of a P-256 key in DER: a `SubjectPublicKeyInfo` of the algorithm `id-ecPublicKey` with the named
/// curve `secp256r1`, and a bit string of 65 bytes (RFC 5480, section 2). DER has this one form for it.
private let p256Header: [UInt8] = [
    0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01, 0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE,
    0x3D,
    0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
]

/// The uncompressed point, 65 bytes, of a P-256 key in PEM (RFC 7468, section 13); nil for anything else.
///
/// Whether it is on the curve is for the cryptography to say.
func p256Point(pem text: String) -> [UInt8]? {
    let lines = text.split(whereSeparator: \.isNewline)
    guard lines.count >= 3, lines.first == "-----BEGIN PUBLIC KEY-----", lines.last == "-----END PUBLIC KEY-----",
        let der = Data(base64Encoded: lines[1..<(lines.count - 1)].joined()),
        der.count == p256Header.count + 65, der.starts(with: p256Header)
    else { return nil }
    return [UInt8](der.dropFirst(p256Header.count))
}
