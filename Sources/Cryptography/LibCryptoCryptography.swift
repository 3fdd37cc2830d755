// For the tool on Linux: OpenSSL's libcrypto, which the system has compiled already.
#if !SwiftCrypto && !canImport(CryptoKit)
    import CLibCrypto

    extension Cryptography {
        /// OpenSSL's libcrypto (3.0 or newer), without its configuration files.
        public static let platform = Cryptography(
            sha256: { stream(Library.shared.sha256, digest: 32) },
            sha512: { stream(Library.shared.sha512, digest: 64) },
            ed25519: ed25519Check, p256: p256Check, ed25519Signing: ed25519Signer, p256Signing: p256Signer)
    }

    private func stream(_ algorithm: OpaquePointer, digest: Int) -> HashStream {
        let hash = Hash(algorithm, digest: digest)
        return HashStream(update: hash.update, finish: hash.finish)
    }

    private func ed25519Check(_ key: [UInt8]) -> SignatureCheck? {
        guard key.count == 32 else { return nil }
        let pointer = EVP_PKEY_new_raw_public_key_ex(Library.shared.context, "ED25519", nil, key, key.count)
        guard let key = Key(pointer, digest: nil) else { return nil }
        return { signature, message in key.isValid(signature, over: message) }
    }

    private func p256Check(_ key: [UInt8]) -> SignatureCheck? {
        guard isUncompressedPoint(key) else { return nil }
        guard let key = Key(Library.shared.p256(point: key), digest: "SHA256") else { return nil }
        return { signature, message in key.isValid(signature, over: message) }
    }

    private func ed25519Signer(_ secret: [UInt8]) -> SigningKey? {
        guard secret.count == 32 else { return nil }
        let pointer = EVP_PKEY_new_raw_private_key_ex(Library.shared.context, "ED25519", nil, secret, secret.count)
        guard let key = Key(pointer, digest: nil) else { return nil }
        var point = [UInt8](repeating: 0, count: 32)
        var count = point.count
        guard EVP_PKEY_get_raw_public_key(pointer, &point, &count) == 1, count == 32 else { return nil }
        return SigningKey(publicKey: point, sign: key.signature)
    }

    private func p256Signer(_ secret: [UInt8]) -> SigningKey? {
        guard secret.count == 32, secret.contains(where: { $0 != 0 }) else { return nil }
        let pointer = Library.shared.p256(secret: secret)
        guard let key = Key(pointer, digest: "SHA256") else { return nil }
        var point = [UInt8](repeating: 0, count: 65)
        var count = 0
        guard EVP_PKEY_get_octet_string_param(pointer, "encoded-pub-key", &point, point.count, &count) == 1,
            count == 65, isUncompressedPoint(point)
        else {
            ERR_clear_error()
            return nil
        }
        return SigningKey(publicKey: point, sign: key.signature)
    }

    /// What libcrypto is asked through. The context is its own, so that no `openssl.cnf` and no environment variable
    /// changes what is computed; libcrypto's objects may be used from all threads once they are made.
    private struct Library: @unchecked Sendable {
        static let shared = Library()

        let context: OpaquePointer
        /// Fetched once: by name, libcrypto would look the algorithm up under a lock for each file.
        let sha256: OpaquePointer
        let sha512: OpaquePointer

        private init() {
            let settings = OPENSSL_INIT_NO_LOAD_CONFIG | OPENSSL_INIT_NO_ATEXIT
            guard OPENSSL_init_crypto(UInt64(settings), nil) == 1, let context = OSSL_LIB_CTX_new(),
                let sha256 = EVP_MD_fetch(context, "SHA256", nil), let sha512 = EVP_MD_fetch(context, "SHA512", nil)
            else { preconditionFailure("libcrypto does not start") }
            self.context = context
            self.sha256 = sha256
            self.sha512 = sha512
        }

        /// The public key at a point of the curve; nil when the point is not on it.
        func p256(point: [UInt8]) -> OpaquePointer? {
            guard let making = EVP_PKEY_CTX_new_from_name(context, "EC", nil) else { return nil }
            defer { EVP_PKEY_CTX_free(making) }
            var key: OpaquePointer?
            // Parameters without a key, then the key: a point that is not on the curve is refused.
            guard EVP_PKEY_paramgen_init(making) == 1, EVP_PKEY_CTX_set_group_name(making, "prime256v1") == 1,
                EVP_PKEY_paramgen(making, &key) == 1, EVP_PKEY_set1_encoded_public_key(key, point, point.count) == 1
            else {
                EVP_PKEY_free(key)
                return nil
            }
            return key
        }

        /// The private key of a number, in the shortest `ECPrivateKey` (RFC 5915, section 3), for which the library computes
        /// the public key; nil when the number is not below the order of the curve.
        func p256(secret: [UInt8]) -> OpaquePointer? {
            var encoded: [UInt8] = [0x30, 0x31, 0x02, 0x01, 0x01, 0x04, 0x20]
            encoded += secret
            encoded += [0xA0, 0x0A, 0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07]
            return encoded.withUnsafeBufferPointer { buffer in
                var start = buffer.baseAddress
                return d2i_PrivateKey_ex(EVP_PKEY_EC, nil, &start, buffer.count, context, nil)
            }
        }
    }

    /// A hash in the making. Its calls fail for want of memory alone, which ends a process that is written in Swift anyway.
    private final class Hash {
        private let state: OpaquePointer
        private let digest: Int

        /// - Parameter digest: how many bytes the algorithm gives.
        init(_ algorithm: OpaquePointer, digest: Int) {
            guard let state = EVP_MD_CTX_new(), EVP_DigestInit_ex(state, algorithm, nil) == 1 else {
                preconditionFailure("libcrypto has no memory for a hash")
            }
            self.state = state
            self.digest = digest
        }

        deinit { EVP_MD_CTX_free(state) }

        func update(_ bytes: ArraySlice<UInt8>) {
            let isTaken = bytes.withUnsafeBytes { EVP_DigestUpdate(state, $0.baseAddress, $0.count) }
            precondition(isTaken == 1, "libcrypto cannot hash")
        }

        func finish() -> [UInt8] {
            [UInt8](unsafeUninitializedCapacity: digest) { buffer, count in
                precondition(EVP_DigestFinal_ex(state, buffer.baseAddress, nil) == 1, "libcrypto cannot hash")
                count = digest
            }
        }
    }

    /// A key, public or private, which libcrypto frees when nobody holds it any more. Immutable, so that threads may share it.
    private final class Key: @unchecked Sendable {
        private let key: OpaquePointer
        /// The digest that the scheme signs; nil where the scheme has its own, as Ed25519.
        private let digest: String?

        /// - Parameter key: is the object's own from here on.
        init?(_ key: OpaquePointer?, digest: String?) {
            guard let key else {
                ERR_clear_error()
                return nil
            }
            self.key = key
            self.digest = digest
        }

        deinit { EVP_PKEY_free(key) }

        func isValid(_ signature: [UInt8], over message: [UInt8]) -> Bool {
            guard let verifying = EVP_MD_CTX_new() else { return false }
            defer { EVP_MD_CTX_free(verifying) }
            let isValid =
                EVP_DigestVerifyInit_ex(verifying, nil, digest, Library.shared.context, nil, key, nil) == 1
                && EVP_DigestVerify(verifying, signature, signature.count, message, message.count) == 1
            // Why not is left in a queue of this thread, which nobody reads.
            if !isValid { ERR_clear_error() }
            return isValid
        }

        /// The signature over a message; nil where this is a public key.
        @Sendable
        func signature(over message: [UInt8]) -> [UInt8]? {
            guard let signing = EVP_MD_CTX_new() else { return nil }
            defer { EVP_MD_CTX_free(signing) }
            // No signature of these schemes is longer.
            var signature = [UInt8](repeating: 0, count: 128)
            var count = signature.count
            guard EVP_DigestSignInit_ex(signing, nil, digest, Library.shared.context, nil, key, nil) == 1,
                EVP_DigestSign(signing, &signature, &count, message, message.count) == 1
            else {
                ERR_clear_error()
                return nil
            }
            return Array(signature[..<count])
        }
    }
#endif
