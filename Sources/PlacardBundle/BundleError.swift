/// Why a JSON value is not a part of a bundle.
public struct BundleError: Error, Equatable, Sendable {
    /// Where: a JSON pointer (RFC 6901) from the value that was read; empty for the value itself.
    public var path: String
    /// What is wrong there, on one line without a full stop.
    public var message: String

    /// A defect at `path`.
    public init(path: String = "", _ message: String) {
        self.path = path
        self.message = message
    }

    /// The same defect, seen from the value that holds this one as member or element `token`.
    ///
    /// Paths are put together on the way out of a failure, so that reading a sound file pays nothing for them.
    func inside(_ token: String) -> BundleError {
        var escaped = "/"
        for scalar in token.unicodeScalars {
            switch scalar {
            case "~": escaped += "~0"
            case "/": escaped += "~1"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return BundleError(path: escaped + path, message)
    }
}
