import Crypto

/// The SHA-256 (FIPS 180-4) of `bytes`, in lower-case hexadecimal.
func sha256Hex(_ bytes: [UInt8]) -> String {
    hexadecimal(bytes.withUnsafeBytes { SHA256.hash(data: $0) })
}

/// A digest in lower-case hexadecimal.
func hexadecimal(_ digest: SHA256Digest) -> String {
    let digits: [UInt8] = Array("0123456789abcdef".utf8)
    return String(unsafeUninitializedCapacity: 64) { buffer in
        var index = 0
        for byte in digest {
            buffer[index] = digits[Int(byte >> 4)]
            buffer[index + 1] = digits[Int(byte & 15)]
            index += 2
        }
        return index
    }
}
