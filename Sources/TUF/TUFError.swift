/// Why metadata or a file of The Update Framework is not trusted.
public enum TUFError: Error, Equatable, Sendable {
    /// The bytes are not JSON that metadata may hold; `offset` is in UTF-8 bytes.
    case malformedJSON(offset: Int, reason: String)
    /// The JSON is not an envelope of signatures around a `signed` object.
    case malformedEnvelope(reason: String)
    /// A key object lacks a part, or holds one that cannot be read.
    case malformedKey(reason: String)
    /// What is signed lacks a member of its kind of metadata, or has one that cannot be read.
    case malformedMetadata(reason: String)
    /// The metadata is of another major version of the specification than 1.
    case unsupportedSpecification(version: String)
    /// Fewer of the role's keys signed than it asks for.
    case thresholdNotMet(required: Int, valid: Int)
    /// A role asks for no signature at all, which would trust anyone.
    case invalidThreshold(Int)
    /// The version is not the one that was asked for.
    case wrongVersion(expected: Int, found: Int)
    /// The version, or one that it lists, is lower than one that was trusted before.
    case rollback(file: String, trusted: Int, found: Int)
    /// The snapshot lists a file no more that it listed before.
    case removed(file: String)
    /// The snapshot does not list the metadata of a role.
    case notListed
    /// The time at which the metadata ends is not after the time of the update.
    case expired(UTCTime)
    /// There are more bytes than there may be.
    case tooLong(limit: Int)
    /// There are more or fewer bytes than the metadata says.
    case wrongLength(expected: Int, found: Int)
    /// The bytes do not have a hash that the metadata lists, or it is of an algorithm that is not known here.
    case wrongHash(algorithm: String)
    /// The server does not have a file that must be there.
    case missing
}

extension TUFError: CustomStringConvertible {
    /// What is wrong, on one line.
    public var description: String {
        switch self {
        case .malformedJSON(let offset, let reason): "the metadata is not JSON: \(reason) (byte \(offset))"
        case .malformedEnvelope(let reason): "the metadata is not a signed envelope: \(reason)"
        case .malformedKey(let reason): "a key cannot be read: \(reason)"
        case .malformedMetadata(let reason): "the metadata cannot be read: \(reason)"
        case .unsupportedSpecification(let version): "the metadata is of version \(version) of TUF, and not of 1"
        case .thresholdNotMet(let required, let valid):
            "the metadata has \(valid) valid signatures of the \(required) that its role requires"
        case .invalidThreshold(let threshold): "a role's threshold is \(threshold), but must be at least 1"
        case .wrongVersion(let expected, let found): "it has version \(found), and not \(expected)"
        case .rollback(let file, let trusted, let found):
            "it has version \(found) of \(file), which is older than the trusted \(trusted)"
        case .removed(let file): "it lists \(file) no more"
        case .notListed: "the snapshot does not list it"
        case .expired(let time): "it expired at \(time)"
        case .tooLong(let limit): "it is longer than \(limit) bytes"
        case .wrongLength(let expected, let found): "it has \(found) bytes, and not \(expected)"
        case .wrongHash(let algorithm): "its \(algorithm) is not the one that is listed"
        case .missing: "it is not there"
        }
    }
}

/// A file that is not trusted, and why.
public struct UntrustedFile: Error, Equatable, Sendable {
    /// The file: `timestamp.json`, `3.snapshot.json`, or a target's path.
    public var file: String
    /// Why not.
    public var reason: TUFError

    /// A file and the reason.
    public init(file: String, reason: TUFError) {
        self.file = file
        self.reason = reason
    }
}

extension UntrustedFile: CustomStringConvertible {
    /// What is wrong, on one line.
    public var description: String { "\(file): \(reason)" }
}
