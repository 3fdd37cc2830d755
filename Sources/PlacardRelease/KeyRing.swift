import ByteText
import PlacardCompiler
import TUF

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Who can sign: private keys from files and from the environment, and a command that asks a key service or a hardware token.
///
/// No key is ever an argument, and none is printed.
package struct KeyRing: Sendable {
    /// The prefix of variables that hold a private key in PEM; line feeds may be written `\n`.
    package static let variablePrefix = "PLACARD_KEY_"

    /// Where a key comes from, for people, by its id.
    package private(set) var places: [KeyID: String] = [:]
    private var keys: [KeyID: PrivateKey] = [:]
    private let signer: String?

    /// Reads the keys of the folder, where it is there, and of the environment.
    ///
    /// - Parameters:
    ///   - folder: the absolute path of a folder of files `*.pem`.
    ///   - environment: variables by their names.
    ///   - signer: a command of the shell that signs with keys that are elsewhere: it is given `PLACARD_KEY_ID`,
    ///     `PLACARD_KEY_SCHEME` and `PLACARD_ROLE`, reads the payload, and writes the signature in base64 or hexadecimal digits.
    /// - Throws: ``ReleaseError`` for a file that others can read, or that is no key.
    package init(folder: String, environment: [String: String], signer: String?) throws(ReleaseError) {
        self.signer = signer
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        for name in names.sorted() where name.hasSuffix(".pem") {
            try add(String(decoding: try readPrivate(folder + "/" + name), as: UTF8.self), from: name)
        }
        for (name, text) in environment.sorted(by: { $0.key < $1.key })
        where name.hasPrefix(KeyRing.variablePrefix) && !text.isEmpty {
            try add(text.replacing("\\n", with: "\n"), from: name)
        }
    }

    private mutating func add(_ text: String, from place: String) throws(ReleaseError) {
        do throws(TUFError) {
            let key = try PrivateKey(pem: text)
            keys[key.publicKey.id] = key
            places[key.publicKey.id] = place
        } catch {
            throw ReleaseError(.wrongUse, "\(place) is not a key: \(error)")
        }
    }

    /// Adds a key that has just been made.
    mutating func add(_ key: PrivateKey) {
        keys[key.publicKey.id] = key
        places[key.publicKey.id] = "new"
    }

    /// Adds the signatures of all keys of a role that can sign here: its private keys first, then those of the signer while
    /// the threshold is not met.
    func sign(
        _ envelope: inout SignedEnvelope, as role: TopLevelRole, of root: RootMetadata
    ) throws(ReleaseError) {
        for id in root[role].keyIDs {
            guard let key = keys[id] else { continue }
            do throws(TUFError) {
                envelope.add(try key.sign(envelope.payload))
            } catch {
                throw ReleaseError(.failure, "\(error)")
            }
        }
        for id in root[role].keyIDs where keys[id] == nil && !isSigned(envelope, as: role, of: root) {
            guard let signer, let key = root.keys[id] else { continue }
            envelope.add(try ask(signer, for: id, key, role, envelope.payload))
        }
    }

    /// The bytes of what a role signs, with enough signatures.
    ///
    /// - Throws: ``ReleaseError`` that names the keys whose signatures are missing.
    func signed(_ value: MetadataValue, as role: TopLevelRole, of root: RootMetadata) throws(ReleaseError) -> [UInt8] {
        var envelope = SignedEnvelope(value)
        try sign(&envelope, as: role, of: root)
        guard isSigned(envelope, as: role, of: root) else { throw missing(envelope, role, root) }
        return envelope.bytes
    }

    private func missing(_ envelope: SignedEnvelope, _ role: TopLevelRole, _ root: RootMetadata) -> ReleaseError {
        let ids = root[role].keyIDs.filter { id in !envelope.signatures.contains { $0.keyID == id } }
        let names = ids.map { String($0.description.prefix(16)) }.joined(separator: ", ")
        return ReleaseError(
            .wrongUse,
            "no key here signs for \(role.rawValue): it needs \(root[role].threshold) of \(root[role].keyIDs.count), and lacks \(names)",
            help: [
                "put the private key into a variable whose name begins with \(KeyRing.variablePrefix), or name its folder with --private",
                "--signer COMMAND asks a key service or a hardware token",
            ])
    }

    private func ask(
        _ command: String, for id: KeyID, _ key: PublicKey, _ role: TopLevelRole, _ payload: [UInt8]
    ) throws(ReleaseError) -> SignedEnvelope.Signature {
        let variables = [
            "PLACARD_KEY_ID": id.description, "PLACARD_KEY_SCHEME": key.scheme, "PLACARD_ROLE": role.rawValue,
        ]
        guard
            let result = run(
                ["/bin/sh", "-c", command], input: payload, limit: 1 << 16, silencesErrors: false,
                environment: variables)
        else { throw ReleaseError(.failure, "the signer cannot be started") }
        guard result.code == 0 else {
            throw ReleaseError(.failure, "the signer ended with exit code \(result.code) for the key \(id)")
        }
        guard let text = signatureText(result.output), key.isValid(signature: text, over: payload) else {
            throw ReleaseError(
                .failure, "what the signer wrote is not a signature of the key \(id)",
                help: [
                    "it writes base64 or hexadecimal digits of the signature: DER of an ECDSA key, 64 bytes of an Ed25519 key"
                ])
        }
        return SignedEnvelope.Signature(keyID: id, text: text)
    }
}

/// Whether enough keys of a role signed.
func isSigned(_ envelope: SignedEnvelope, as role: TopLevelRole, of root: RootMetadata) -> Bool {
    (try? envelope.verify(keys: root.keys, authorized: root[role].keyIDs, threshold: root[role].threshold)) != nil
}

/// The bytes of a file that its owner alone can read.
private func readPrivate(_ path: String) throws(ReleaseError) -> [UInt8] {
    var status = stat()
    guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
        throw ReleaseError(.wrongUse, "\(path) is not a file")
    }
    guard status.st_mode & 0o077 == 0 else {
        throw ReleaseError(.wrongUse, "\(path) can be read by others than its owner", help: ["chmod 600 \(path)"])
    }
    do throws(NamedFileError) {
        // A repository must not choose with whose keys it is signed.
        return try readFile(path, untrusted: repository(around: path), limit: 1 << 16)
    } catch {
        throw ReleaseError(
            .wrongUse, "\(path) cannot be read: \(error.reason)",
            help: ["--private DIR names the folder of private keys"])
    }
}

/// Writes a private key to a new file that its owner alone can read.
func writePrivate(_ path: String, _ key: PrivateKey) throws(ReleaseError) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    let bytes = Array(key.pem.utf8)
    let isWritten = descriptor >= 0 && write(descriptor, bytes, bytes.count) == bytes.count && fsync(descriptor) == 0
    let code = errno
    if descriptor >= 0 { close(descriptor) }
    guard isWritten else {
        throw ReleaseError(.failure, "\(path) cannot be written: \(String(cString: strerror(code)))")
    }
}

/// The hexadecimal digits of a signature that a command wrote in those, or in base64.
private func signatureText(_ output: [UInt8]) -> String? {
    let text = String(decoding: output.filter { $0 > 0x20 }, as: UTF8.self)
    if text.utf8.count.isMultiple(of: 2), text.utf8.allSatisfy({ $0.hexadecimalValue != nil }) {
        return text.lowercased()
    }
    return bytes(base64: text.utf8).map { hexadecimal($0) }
}
