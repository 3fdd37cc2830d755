/// Why something about a release cannot be done.
package struct ReleaseError: Error, Sendable, Equatable {
    /// Whose fault it is.
    package enum Kind: Sendable, Equatable {
        /// A release, or a file of one, is not to be trusted.
        case untrusted
        /// What was asked for makes no sense, or lacks a key.
        case wrongUse
        /// The machine or the network failed.
        case failure
    }

    /// Whose fault it is.
    package var kind: Kind
    /// What is wrong, on one line without full stop.
    package var message: String
    /// What to do, a line each.
    package var help: [String]

    /// An error.
    package init(_ kind: Kind, _ message: String, help: [String] = []) {
        self.kind = kind
        self.message = message
        self.help = help
    }
}
