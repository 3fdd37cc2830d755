public import Foundation
public import PlacardEngine
public import TUF

/// Why a client could not get, read or keep something, or what an app told it that no message can be meant for.
///
/// None of these leaves the client worse off: what it had before is still in use.
public enum ClientError: Error, Equatable, Sendable {
    /// The source did not give a file: no network, no such file, a server's error.
    case unavailable(path: String, reason: String)
    /// A file is larger than the client reads.
    case tooLarge(path: String, limit: Int)
    /// A file has not the length that the manifest says: it was cut off or changed.
    case wrongLength(path: String, expected: Int64, actual: Int)
    /// A file has not the SHA-256 that the manifest says: it was changed.
    case wrongHash(path: String)
    /// A file is what the manifest says, but not what its format says.
    case malformed(path: String, reason: String)
    /// The bundle has no texts for the user's languages, nor for its own source locale.
    case missingLocale(String)
    /// The bundle has no asset of this key, or there is no bundle yet.
    case unknownAsset(String)
    /// An event or a context is not as `placard.yaml` declares it: a name with a slip, a value of another type.
    case mismatch(ContextNote)
    /// The app says that the user chose an action that the message does not have.
    case unknownAction(message: String, action: String)
    /// A message is due by ``PlacardClient/track(_:properties:context:)``, and nobody listens to ``PlacardClient/messages()``.
    case unheard(message: String)
    /// The unit is empty: all users get the same of every rollout and experiment.
    case emptyUnit
    /// The bundle that should ship in the app is not there, or not whole.
    case missingBundle(path: String)
    /// The receiver of events did not take them; they are kept, and given to it again.
    case undelivered(reason: String)
    /// A signed release's file is not to be trusted: its signatures, its age, its length or its hash.
    case untrusted(path: String, TUFError)
    /// The release is older than the one in use: somebody replays it.
    case rollback(release: Int64, current: Int64)
    /// The update took longer than it may.
    case timedOut
    /// The task that asked for the update was cancelled.
    case cancelled
    /// The client's own folder cannot be written.
    case storage(path: String, reason: String)
}

extension ClientError: CustomStringConvertible {
    /// What is wrong, on one line: for a log, not for a user.
    public var description: String {
        switch self {
        case .unavailable(let path, let reason): "\(path) cannot be fetched: \(reason)"
        case .tooLarge(let path, let limit): "\(path) is larger than \(limit) bytes"
        case .wrongLength(let path, let expected, let actual):
            "\(path) has \(actual) bytes, but the manifest says \(expected)"
        case .wrongHash(let path): "\(path) has not the SHA-256 that the manifest says"
        case .malformed(let path, let reason): "\(path) cannot be read: \(reason)"
        case .missingLocale(let locale): "the bundle has no texts for its source locale \(locale)"
        case .unknownAsset(let key): "the bundle has no asset \(key)"
        case .mismatch(let note): note.text
        case .unknownAction(let message, let action): "the message \(message) has no action \(action)"
        case .unheard(let message): "the message \(message) is due, and nobody listens to messages()"
        case .emptyUnit: "the unit is empty: rollouts and experiments cannot tell users apart"
        case .missingBundle(let path): "there is no whole bundle in \(path)"
        case .undelivered(let reason): "events were not received: \(reason)"
        case .untrusted(let path, let reason): "\(path) is not trusted: \(reason)"
        case .rollback(let release, let current): "release \(release) is older than release \(current), which is in use"
        case .timedOut: "the update took too long"
        case .cancelled: "the update was cancelled"
        case .storage(let path, let reason): "\(path) cannot be written: \(reason)"
        }
    }
}

extension ClientError: LocalizedError {
    /// The same as ``description``.
    public var errorDescription: String? { description }
}

/// An error of the folder; what is none of the client's own is one of the system's.
func storageError(_ error: any Error, _ path: String) -> ClientError {
    error as? ClientError ?? .storage(path: path, reason: words(error))
}
