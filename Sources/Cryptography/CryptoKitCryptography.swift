// For apps: swift-crypto where the trait asks for it, which is CryptoKit on Apple's systems; without it their CryptoKit.
#if SwiftCrypto || canImport(CryptoKit)
    import Foundation

    #if SwiftCrypto
        import Crypto
    #else
        import CryptoKit
    #endif

    extension Cryptography {
        /// CryptoKit, or swift-crypto, which has the same interface.
        public static let platform = Cryptography(
            sha256: {
                var hash = SHA256()
                return HashStream(update: { hash.update(data: $0) }, finish: { Array(hash.finalize()) })
            },
            sha512: {
                var hash = SHA512()
                return HashStream(update: { hash.update(data: $0) }, finish: { Array(hash.finalize()) })
            },
            ed25519: { key in
                guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: key) else { return nil }
                return { signature, message in key.isValidSignature(signature, for: message) }
            },
            p256: { key in
                guard isUncompressedPoint(key), let key = try? P256.Signing.PublicKey(x963Representation: key) else {
                    return nil
                }
                return { signature, message in
                    guard let signature = try? P256.Signing.ECDSASignature(derRepresentation: signature) else {
                        return false
                    }
                    return key.isValidSignature(signature, for: message)
                }
            },
            ed25519Signing: { secret in
                guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: secret) else { return nil }
                return SigningKey(publicKey: Array(key.publicKey.rawRepresentation)) { message in
                    (try? key.signature(for: message)).map { Array($0) }
                }
            },
            p256Signing: { secret in
                guard let key = try? P256.Signing.PrivateKey(rawRepresentation: secret) else { return nil }
                return SigningKey(publicKey: Array(key.publicKey.x963Representation)) { message in
                    (try? key.signature(for: message)).map { Array($0.derRepresentation) }
                }
            })
    }
#endif
