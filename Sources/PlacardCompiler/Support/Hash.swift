import Cryptography

/// The SHA-256 (FIPS 180-4) of `bytes`, in lower-case hexadecimal.
func sha256Hex(_ bytes: [UInt8]) -> String {
    Cryptography.platform.sha256Hex(bytes)
}
