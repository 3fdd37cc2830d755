import CanonicalJSON

/// A text of a bundle: ready as it is, or with places for values.
public enum BundleText: Sendable, Equatable {
    /// A text without placeholders.
    case plain(String)
    /// A message in MessageFormat 2's JSON data model (LDML 48, `spec/data-model/message.json`), whose literals are in
    /// the format of the text's place: plain text, HTML, or a URL.
    case message(JSONValue)

    /// Reads a JSON string, or an object whose `type` is `message` or `select`.
    public init(json: JSONValue) throws(BundleError) {
        switch json {
        case .string(let string): self = .plain(string)
        case .object(let object):
            switch object["type"] {
            case "message", "select": self = .message(json)
            default: throw BundleError("expected a message of type \"message\" or \"select\"").inside("type")
            }
        default: throw BundleError("expected a string or a message object")
        }
    }

    /// The wire form.
    public var json: JSONValue {
        switch self {
        case .plain(let string): .string(string)
        case .message(let model): model
        }
    }
}

extension BundleText {
    static let form = WireForm<BundleText>(
        read: { json throws(BundleError) in try BundleText(json: json) }, write: { $0.json },
        schema: { PlacardBundle.text($0, $1) })
}
