import ByteText
import Cryptography

/// What a role names its keys by: the hexadecimal SHA-256 of a key's canonical form (TUF specification, section 4.2.2).
///
/// Two are equal when their bytes are.
public struct KeyID: Sendable, Hashable, Comparable, CustomStringConvertible {
    private let bytes: [UInt8]

    /// An id as metadata writes it.
    public init(_ text: String) {
        bytes = Array(text.utf8)
    }

    /// The order of the bytes.
    public static func < (a: KeyID, b: KeyID) -> Bool { a.bytes.lexicographicallyPrecedes(b.bytes) }

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

    /// The key of 32 bytes of Ed25519.
    public init(ed25519 key: [UInt8], cryptography: Cryptography = .platform) throws(TUFError) {
        try self.init(
            keyObject(type: "ed25519", scheme: "ed25519", text: hexadecimal(key)), cryptography: cryptography)
    }

    /// The key of an uncompressed point of P-256, 65 bytes.
    public init(p256 point: [UInt8], cryptography: Cryptography = .platform) throws(TUFError) {
        try self.init(
            keyObject(type: "ecdsa", scheme: "ecdsa-sha2-nistp256", text: pem(p256Point: point)),
            cryptography: cryptography)
    }

    /// A key in PEM, `-----BEGIN PUBLIC KEY-----`, as `openssl pkey -pubout` and key services write it.
    ///
    /// - Throws: ``TUFError/malformedKey(reason:)`` when it is neither of Ed25519 nor on P-256.
    public init(pem text: String, cryptography: Cryptography = .platform) throws(TUFError) {
        if let key = ed25519Key(pem: text) {
            try self.init(ed25519: key, cryptography: cryptography)
        } else if let point = p256Point(pem: text) {
            try self.init(p256: point, cryptography: cryptography)
        } else {
            throw .malformedKey(reason: "a public key is one of Ed25519 or on P-256, in PEM")
        }
    }

    /// How it signs, as the metadata names it.
    public var scheme: String { value["scheme"]?.string ?? "" }

    /// Whether signatures of this key can be checked.
    public var isSupported: Bool { check != nil }

    /// The id that the specification gives the key: SHA-256 over the canonical form of the whole key object.
    public var id: KeyID { KeyID(cryptography.sha256Hex(value.canonicalForm)) }

    /// Whether `id` is the hash of the key: of the whole object, as the specification says, or of its type, scheme and value
    /// alone, as securesystemslib computes it of a key with more members.
    func isNamed(_ id: KeyID) -> Bool {
        if id == self.id { return true }
        let members = ["keytype", "scheme", "keyval"].compactMap { name in
            value[name].map { MetadataValue.Member(name, $0) }
        }
        return id == KeyID(cryptography.sha256Hex(MetadataValue.object(members).canonicalForm))
    }

    /// Whether `signature` is this key's over `payload`.
    ///
    /// - Parameter signature: hexadecimal digits, as `sig` in metadata: of the 64 bytes of an Ed25519 signature
    ///   (RFC 8032), or of a DER-encoded ECDSA signature over SHA-256.
    public func isValid(signature: String, over payload: [UInt8]) -> Bool {
        guard let check, let signature = bytes(hexadecimal: signature), !signature.isEmpty else { return false }
        return check(signature, payload)
    }
}

private func keyObject(type: String, scheme: String, text: String) -> MetadataValue {
    .object([
        .init("keytype", .string(type)), .init("scheme", .string(scheme)),
        .init("keyval", .object([.init("public", .string(text))])),
    ])
}
