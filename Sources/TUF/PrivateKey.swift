import ByteText
import Cryptography

/// A key that signs metadata, for those who publish.
///
/// It is kept as PKCS #8 in PEM (RFC 5958, RFC 8410), which `openssl` and securesystemslib read and write. What is printed
/// of it is the id of its public key.
public struct PrivateKey: Sendable {
    /// How keys sign, by the names that TUF has for them (TUF specification, section 4.2.2).
    public enum Scheme: String, Sendable, CaseIterable {
        /// Ed25519 (RFC 8032).
        case ed25519
        /// ECDSA on P-256 with SHA-256 (FIPS 186-5), which hardware and key services have.
        case p256 = "ecdsa-sha2-nistp256"
    }

    /// How it signs.
    public let scheme: Scheme
    /// What its signatures are checked with.
    public let publicKey: PublicKey
    private let secret: [UInt8]
    private let signing: SigningKey

    /// A new key from the system's random numbers.
    ///
    /// - Throws: ``TUFError/malformedKey(reason:)`` when the library makes none.
    public static func generate(
        _ scheme: Scheme = .ed25519, cryptography: Cryptography = .platform
    ) throws(TUFError) -> PrivateKey {
        var system = SystemRandomNumberGenerator()
        // One in four thousand million numbers is not below the order of P-256.
        for _ in 0..<8 {
            let secret = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &system) }
            if let key = try? PrivateKey(scheme, secret, cryptography) { return key }
        }
        throw .malformedKey(reason: "the library makes no key")
    }

    /// Reads a key from PEM: `-----BEGIN PRIVATE KEY-----`, neither encrypted nor in the older form of one algorithm.
    ///
    /// - Throws: ``TUFError/malformedKey(reason:)``, which tells nothing of the key.
    public init(pem text: String, cryptography: Cryptography = .platform) throws(TUFError) {
        guard let der = der(pem: text, label: "PRIVATE KEY") else {
            throw .malformedKey(reason: "a private key is PKCS #8 in PEM, not encrypted")
        }
        for (scheme, form) in [(Scheme.ed25519, ed25519Form), (.p256, p256Form), (.p256, shortP256Form)] {
            guard let secret = form.secret(in: der) else { continue }
            self = try PrivateKey(scheme, secret, cryptography)
            return
        }
        throw .malformedKey(reason: "a private key is one of Ed25519 or on P-256")
    }

    private init(_ scheme: Scheme, _ secret: [UInt8], _ cryptography: Cryptography) throws(TUFError) {
        let signing = scheme == .ed25519 ? cryptography.ed25519Signing(secret) : cryptography.p256Signing(secret)
        guard let signing else { throw .malformedKey(reason: "the number is not a private key of its scheme") }
        self.scheme = scheme
        self.secret = secret
        self.signing = signing
        publicKey =
            scheme == .ed25519
            ? try PublicKey(ed25519: signing.publicKey, cryptography: cryptography)
            : try PublicKey(p256: signing.publicKey, cryptography: cryptography)
    }

    /// The key as ``init(pem:cryptography:)`` reads it. It is a secret.
    public var pem: String {
        switch scheme {
        case .ed25519: TUF.pem(label: "PRIVATE KEY", der: ed25519Form.header + secret)
        case .p256:
            TUF.pem(label: "PRIVATE KEY", der: p256Form.header + secret + p256Form.middle + signing.publicKey)
        }
    }

    /// The signature over `payload`.
    ///
    /// - Throws: ``TUFError/malformedKey(reason:)`` when the library makes none.
    public func sign(_ payload: [UInt8]) throws(TUFError) -> SignedEnvelope.Signature {
        guard let signature = signing.sign(payload) else { throw .malformedKey(reason: "the library signs nothing") }
        return SignedEnvelope.Signature(keyID: publicKey.id, text: hexadecimal(signature))
    }
}

extension PrivateKey: CustomStringConvertible, CustomReflectable {
    /// The id of its public key.
    public var description: String { "the private key of \(publicKey.id)" }
    /// Nothing of the key.
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// A form of PKCS #8: DER has one for each of these keys, up to a copy of the public key.
private struct PrivateKeyForm {
    var header: [UInt8]
    /// What is between the secret and the public key.
    var middle: [UInt8] = []
    var publicKeyCount = 0

    func secret(in der: [UInt8]) -> [UInt8]? {
        let end = header.count + 32
        guard der.count == end + middle.count + publicKeyCount, der.starts(with: header),
            der[end...].starts(with: middle)
        else { return nil }
        return Array(der[header.count..<end])
    }
}

/// RFC 8410, section 7.
private let ed25519Form = PrivateKeyForm(header: [
    0x30, 0x2E, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
])
/// RFC 5958, section 2, around RFC 5915, section 3.
private let p256Form = PrivateKeyForm(
    header: [0x30, 0x81, 0x87] + p256Algorithm + [0x04, 0x6D, 0x30, 0x6B, 0x02, 0x01, 0x01, 0x04, 0x20],
    middle: [0xA1, 0x44, 0x03, 0x42, 0x00], publicKeyCount: 65)
/// The same without the public key.
private let shortP256Form = PrivateKeyForm(
    header: [0x30, 0x41] + p256Algorithm + [0x04, 0x27, 0x30, 0x25, 0x02, 0x01, 0x01, 0x04, 0x20])
/// Version 0, and the algorithm `id-ecPublicKey` with the named curve `secp256r1`.
private let p256Algorithm: [UInt8] = [
    0x02, 0x01, 0x00, 0x30, 0x13, 0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01, 0x06, 0x08, 0x2A, 0x86, 0x48,
    0xCE, 0x3D, 0x03, 0x01, 0x07,
]
