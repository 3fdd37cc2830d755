import ByteText

/// Whether a signature is one over a message: `(signature, message)`.
public typealias SignatureCheck = @Sendable (_ signature: [UInt8], _ message: [UInt8]) -> Bool

/// A private key that signs. It does not show itself: what is printed of it is a name.
public struct SigningKey: Sendable, CustomStringConvertible, CustomReflectable {
    /// The public key that belongs to it, as ``Cryptography/ed25519`` and ``Cryptography/p256`` take it.
    public let publicKey: [UInt8]
    /// The signature over a message, as a ``SignatureCheck`` takes it; nil when the library fails.
    public let sign: @Sendable (_ message: [UInt8]) -> [UInt8]?

    /// A key of the given functions.
    public init(publicKey: [UInt8], sign: @escaping @Sendable (_ message: [UInt8]) -> [UInt8]?) {
        self.publicKey = publicKey
        self.sign = sign
    }

    /// Nothing of the key.
    public var description: String { "a private key" }
    /// Nothing of the key.
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// The hash and the signatures that Placard relies on, as functions, so that no module above knows who computes them.
///
/// ``platform`` is the one of this build. `Documentation/Decisions/cryptography.md` tells which and why.
public struct Cryptography: Sendable {
    /// Begins a SHA-256 (FIPS 180-4).
    public var sha256: @Sendable () -> HashStream
    /// Begins a SHA-512 (FIPS 180-4).
    public var sha512: @Sendable () -> HashStream
    /// Ed25519 (RFC 8032): what checks signatures of 64 bytes by a public key of 32 bytes; nil when that is no key.
    public var ed25519: @Sendable (_ key: [UInt8]) -> SignatureCheck?
    /// ECDSA on P-256 with SHA-256 (FIPS 186-5): what checks DER signatures (RFC 3279, section 2.2.3) by a public key, an
    /// uncompressed point of 65 bytes (SEC 1, section 2.3.3); nil when that is not a point of the curve.
    public var p256: @Sendable (_ key: [UInt8]) -> SignatureCheck?
    /// What signs with a private Ed25519 key of 32 bytes (RFC 8032, section 5.1.5); nil when that is no key.
    public var ed25519Signing: @Sendable (_ secret: [UInt8]) -> SigningKey?
    /// What signs with a private key on P-256, a big-endian number of 32 bytes (SEC 1, section 2.3.7); nil when that is
    /// zero or not below the order of the curve.
    public var p256Signing: @Sendable (_ secret: [UInt8]) -> SigningKey?

    /// Cryptography of the given functions.
    public init(
        sha256: @escaping @Sendable () -> HashStream,
        sha512: @escaping @Sendable () -> HashStream,
        ed25519: @escaping @Sendable (_ key: [UInt8]) -> SignatureCheck?,
        p256: @escaping @Sendable (_ key: [UInt8]) -> SignatureCheck?,
        ed25519Signing: @escaping @Sendable (_ secret: [UInt8]) -> SigningKey?,
        p256Signing: @escaping @Sendable (_ secret: [UInt8]) -> SigningKey?
    ) {
        self.sha256 = sha256
        self.sha512 = sha512
        self.ed25519 = ed25519
        self.p256 = p256
        self.ed25519Signing = ed25519Signing
        self.p256Signing = p256Signing
    }

    /// The SHA-256 of `bytes` in lower-case hexadecimal: 64 digits.
    public func sha256Hex(_ bytes: [UInt8]) -> String {
        let stream = sha256()
        stream.update(bytes[...])
        return stream.finishHex()
    }
}

/// A hash of bytes that come in pieces. For one thread, and over when it has been finished.
public struct HashStream {
    /// Takes the next bytes.
    public let update: (_ bytes: ArraySlice<UInt8>) -> Void
    /// Gives the digest of all bytes; to be called once, and last.
    public let finish: () -> [UInt8]

    /// A hash of the given functions.
    public init(update: @escaping (_ bytes: ArraySlice<UInt8>) -> Void, finish: @escaping () -> [UInt8]) {
        self.update = update
        self.finish = finish
    }

    /// The digest of all bytes in lower-case hexadecimal; to be called once, and last.
    public func finishHex() -> String {
        hexadecimal(finish())
    }
}

/// The bytes of an uncompressed point on P-256: 4, then both coordinates (SEC 1, section 2.3.3).
func isUncompressedPoint(_ key: [UInt8]) -> Bool {
    key.count == 65 && key.first == 4
}
