/// Why something about a release cannot be done.
public struct ReleaseError: Error, Sendable, Equatable {
    /// Whose fault it is.
    public enum Kind: Sendable, Equatable {
        /// A release, or a file of one, is not to be trusted.
        case untrusted
        /// What was asked for makes no sense, or lacks a key.
        case wrongUse
        /// The machine or the network failed.
        case failure
    }

    /// Whose fault it is.
    public var kind: Kind
    /// What is wrong, on one line without full stop.
    public var message: String
    /// What to do, a line each.
    public var help: [String]

    /// An error.
    public init(_ kind: Kind, _ message: String, help: [String] = []) {
        self.kind = kind
        self.message = message
        self.help = help
    }
}
