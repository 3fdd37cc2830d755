import Cryptography

/// A hash that metadata lists of a file.
public struct FileHash: Sendable, Equatable {
    /// Its name in metadata; `sha256` and `sha512` are known here.
    public var algorithm: String
    /// Lower-case hexadecimal digits.
    public var digest: String

    /// A hash of that algorithm.
    public init(algorithm: String, digest: String) {
        self.algorithm = algorithm
        self.digest = digest
    }

    /// The SHA-256 of bytes.
    public static func sha256(_ bytes: [UInt8], cryptography: Cryptography = .platform) -> FileHash {
        FileHash(algorithm: "sha256", digest: cryptography.sha256Hex(bytes))
    }
}

/// Reads the object `hashes`, which lists at least one.
func readHashes(_ object: MetadataValue) throws(TUFError) -> [FileHash] {
    var hashes: [FileHash] = []
    for member in try members(object, "hashes") {
        guard let digest = member.value.string else { throw .malformedMetadata(reason: "a hash is not a string") }
        hashes.append(FileHash(algorithm: member.name, digest: digest))
    }
    guard !hashes.isEmpty else { throw .malformedMetadata(reason: "hashes lists none") }
    return hashes
}

func writeHashes(_ hashes: [FileHash]) -> MetadataValue {
    .object(hashes.map { .init($0.algorithm, .string($0.digest)) })
}

/// Checks a file's length and hashes while its bytes come, so that none is kept that is one too many.
///
/// ```swift
/// var check = FileCheck(target)
/// for try await piece in body { try check.update(piece); write(piece) }
/// try check.finish()
/// ```
public struct FileCheck {
    private let length: Int?
    private let hashes: [(expected: FileHash, stream: HashStream?)]
    private var count = 0

    /// A check of a target.
    public init(_ target: TargetFile, cryptography: Cryptography = .platform) {
        self.init(length: target.length, target.hashes, cryptography)
    }

    init(length: Int?, _ hashes: [FileHash], _ cryptography: Cryptography) {
        self.length = length
        self.hashes = hashes.map { hash in
            switch hash.algorithm {
            case "sha256": (hash, cryptography.sha256())
            case "sha512": (hash, cryptography.sha512())
            default: (hash, nil)
            }
        }
    }

    /// Takes the next bytes.
    ///
    /// - Throws: ``TUFError/tooLong(limit:)`` at the first byte that is too many.
    public mutating func update(_ bytes: ArraySlice<UInt8>) throws(TUFError) {
        count += bytes.count
        if let length, count > length { throw .tooLong(limit: length) }
        for hash in hashes { hash.stream?.update(bytes) }
    }

    /// Says whether all was right; to be called once, and last.
    ///
    /// - Throws: ``TUFError/wrongLength(expected:found:)`` or ``TUFError/wrongHash(algorithm:)``.
    public func finish() throws(TUFError) {
        if let length, count != length { throw .wrongLength(expected: length, found: count) }
        for (expected, stream) in hashes {
            guard let digest = stream?.finishHex(), digest.utf8.elementsEqual(expected.digest.utf8) else {
                throw .wrongHash(algorithm: expected.algorithm)
            }
        }
    }
}
