import CanonicalJSON

/// Something that the user can do with a message; its label is text and in the locale file.
public struct BundleAction: Sendable, Equatable {
    /// What happens.
    public enum Kind: Sendable, Equatable {
        /// Opens a URL or a route of the app; values in it are percent-encoded.
        case open(url: BundleText)
        /// Closes the message for good.
        case dismiss
        /// Closes the message and lets it come again after so many seconds.
        case remind(seconds: Int64)
        /// Tells the app that something happened.
        case emit(event: String)
        /// Asks the system for a permission or a rating.
        case request(String)
    }

    /// Its name, unique in the message, and stable: clients report it.
    public var id: String
    /// What happens.
    public var kind: Kind

    /// An action called `id`.
    public init(id: String, _ kind: Kind) {
        self.id = id
        self.kind = kind
    }

    /// Reads an action, which has exactly one of `url`, `dismiss`, `remind`, `event` and `request`.
    public init(json: JSONValue) throws(BundleError) { self = try BundleAction.form.read(json) }

    /// The wire form.
    public var json: JSONValue { BundleAction.form.write(self) }
}

/// The value of a template's field that is the same in every language.
public enum FieldValue: Sendable, Equatable {
    case bool(Bool)
    case int(Int64)
    /// A value of an enum, or a color.
    case string(String)
    /// A URL, with places for values.
    case url(BundleText)
    /// The asset key of an image; its alternative text is in the locale file.
    case image(src: String)

    /// Reads a bool, an integer, a string, `{"url": text}` or `{"src": asset key}`.
    public init(json: JSONValue) throws(BundleError) { self = try FieldValue.form.read(json) }

    /// The wire form.
    public var json: JSONValue { FieldValue.form.write(self) }
}
