import Cryptography

/// What a role names its keys by: the hexadecimal SHA-256 of a key's canonical form (TUF specification, section 4.2.2).
///
/// Two are equal when their bytes are.
public struct KeyID: Sendable, Hashable, CustomStringConvertible {
    private let bytes: [UInt8]

    /// An id as metadata writes it.
    public init(_ text: String) {
        bytes = Array(text.utf8)
    }

    /// The id as metadata writes it.
    public var description: String { String(decoding: bytes, as: UTF8.self) }
}

/// A key that signatures are checked with (TUF specification, section 4.2.2, "Key formats").
///
/// Understands `ed25519` and ECDSA on P-256 (`ecdsa-sha2-nistp256`). A key of another kind can be read, so that one
/// such key in a role does not make the role unreadable, but no signature of it is ever valid.
public struct PublicKey: Sendable {
    /// The key object as it was written, unknown members included.
    public let value: MetadataValue
    /// The key itself, whatever else its object says: two objects with the same are one signer. Nil when no signature of
    /// its kind can be checked.
    let identity: [UInt8]?
    private let check: SignatureCheck?
    private let cryptography: Cryptography

    /// Reads a key object: `{"keytype": …, "scheme": …, "keyval": {"public": …}}`.
    ///
    /// - Parameter cryptography: what the key's id is computed and its signatures are checked with.
    /// - Throws: ``TUFError/malformedKey(reason:)`` when a member is missing, or when the key itself is not one of
    ///   its scheme: 64 hexadecimal digits for Ed25519, a PEM `SubjectPublicKeyInfo` on P-256 for ECDSA.
    public init(_ value: MetadataValue, cryptography: Cryptography = .platform) throws(TUFError) {
        guard let type = value["keytype"]?.string, let scheme = value["scheme"]?.string,
            let text = value["keyval"]?["public"]?.string
        else { throw .malformedKey(reason: "it needs keytype, scheme and keyval.public") }
        self.value = value
        self.cryptography = cryptography
        switch (type, scheme) {
        case ("ed25519", "ed25519"):
            guard let key = bytes(hexadecimal: text), let check = cryptography.ed25519(key) else {
                throw .malformedKey(reason: "an Ed25519 key is 64 hexadecimal digits")
            }
            self.check = check
            identity = [0] + key
        case ("ecdsa", "ecdsa-sha2-nistp256"), ("ecdsa-sha2-nistp256", "ecdsa-sha2-nistp256"):
            guard let point = p256Point(pem: text), let check = cryptography.p256(point) else {
                throw .malformedKey(reason: "an ECDSA key is a public key on P-256 in PEM")
            }
            self.check = check
            identity = [1] + point
        default:
            check = nil
            identity = nil
        }
    }

    /// Whether signatures of this key can be checked.
    public var isSupported: Bool { check != nil }

    /// The id that the specification gives the key: SHA-256 over the canonical form of the whole key object.
    public var id: KeyID { KeyID(cryptography.sha256Hex(value.canonicalForm)) }

    /// Whether `signature` is this key's over `payload`.
    ///
    /// - Parameter signature: hexadecimal digits, as `sig` in metadata: of the 64 bytes of an Ed25519 signature
    ///   (RFC 8032), or of a DER-encoded ECDSA signature over SHA-256.
    public func isValid(signature: String, over payload: [UInt8]) -> Bool {
        guard let check, let signature = bytes(hexadecimal: signature), !signature.isEmpty else { return false }
        return check(signature, payload)
    }
}
