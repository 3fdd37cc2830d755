import Crypto
import Foundation

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
    private enum Material: Sendable {
        case ed25519(Curve25519.Signing.PublicKey)
        case p256(P256.Signing.PublicKey)
        case unsupported
    }

    /// The key object as it was written, unknown members included.
    public let value: MetadataValue
    private let material: Material

    /// Reads a key object: `{"keytype": …, "scheme": …, "keyval": {"public": …}}`.
    ///
    /// - Throws: ``TUFError/malformedKey(reason:)`` when a member is missing, or when the key itself is not one of
    ///   its scheme: 64 hexadecimal digits for Ed25519, a PEM `SubjectPublicKeyInfo` on P-256 for ECDSA.
    public init(_ value: MetadataValue) throws(TUFError) {
        guard let type = value["keytype"]?.string, let scheme = value["scheme"]?.string,
            let text = value["keyval"]?["public"]?.string
        else { throw .malformedKey(reason: "it needs keytype, scheme and keyval.public") }
        self.value = value
        switch (type, scheme) {
        case ("ed25519", "ed25519"):
            guard let raw = bytes(hexadecimal: text),
                let key = try? Curve25519.Signing.PublicKey(rawRepresentation: raw)
            else { throw .malformedKey(reason: "an Ed25519 key is 64 hexadecimal digits") }
            material = .ed25519(key)
        case ("ecdsa", "ecdsa-sha2-nistp256"), ("ecdsa-sha2-nistp256", "ecdsa-sha2-nistp256"):
            guard let key = try? P256.Signing.PublicKey(pemRepresentation: text) else {
                throw .malformedKey(reason: "an ECDSA key is a public key on P-256 in PEM")
            }
            material = .p256(key)
        default:
            material = .unsupported
        }
    }

    /// Whether signatures of this key can be checked.
    public var isSupported: Bool {
        if case .unsupported = material { false } else { true }
    }

    /// The id that the specification gives the key: SHA-256 over the canonical form of the whole key object.
    public var id: KeyID { KeyID(hexadecimal(SHA256.hash(data: value.canonicalForm))) }

    /// The key itself, whatever else its object says: two objects with the same are one signer.
    var identity: [UInt8]? {
        switch material {
        case .ed25519(let key): [0] + key.rawRepresentation
        case .p256(let key): [1] + key.x963Representation
        case .unsupported: nil
        }
    }

    /// Whether `signature` is this key's over `payload`.
    ///
    /// - Parameter signature: hexadecimal digits, as `sig` in metadata: of the 64 bytes of an Ed25519 signature
    ///   (RFC 8032), or of a DER-encoded ECDSA signature over SHA-256.
    public func isValid(signature: String, over payload: [UInt8]) -> Bool {
        guard let signature = bytes(hexadecimal: signature), !signature.isEmpty else { return false }
        switch material {
        case .ed25519(let key): return key.isValidSignature(signature, for: payload)
        case .p256(let key):
            guard let signature = try? P256.Signing.ECDSASignature(derRepresentation: signature) else { return false }
            return key.isValidSignature(signature, for: payload)
        case .unsupported: return false
        }
    }
}
