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
    public init(json: JSONValue) throws(BundleError) {
        let reader = try ObjectReader(json)
        id = try reader.required("id", readName)
        var kinds: [Kind] = []
        if let url = try reader.optional("url", { json throws(BundleError) in try BundleText(json: json) }) {
            kinds.append(.open(url: url))
        }
        if let dismiss = try reader.optional("dismiss", readBool), dismiss { kinds.append(.dismiss) }
        if let seconds = try reader.optional("remind", readCount) { kinds.append(.remind(seconds: seconds)) }
        if let event = try reader.optional("event", readName) { kinds.append(.emit(event: event)) }
        if let request = try reader.optional("request", readName) { kinds.append(.request(request)) }
        guard let kind = kinds.first, kinds.count == 1 else {
            throw BundleError("expected exactly one of \"url\", \"dismiss\", \"remind\", \"event\" and \"request\"")
        }
        self.kind = kind
    }

    /// The wire form.
    public var json: JSONValue {
        var writer = ObjectWriter()
        writer.add("id", id)
        switch kind {
        case .open(let url): writer.add("url", url.json)
        case .dismiss: writer.add("dismiss", true)
        case .remind(let seconds): writer.add("remind", seconds)
        case .emit(let event): writer.add("event", event)
        case .request(let request): writer.add("request", request)
        }
        return writer.json
    }
}

func readActions(_ json: JSONValue) throws(BundleError) -> [BundleAction] {
    try readList(json) { json throws(BundleError) in try BundleAction(json: json) }
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
    public init(json: JSONValue) throws(BundleError) {
        switch json {
        case .bool(let bool): self = .bool(bool)
        case .number: self = .int(try readInteger(json, in: -maximumInteger...maximumInteger))
        case .string(let string): self = .string(string)
        case .object:
            let reader = try ObjectReader(json)
            if let src = try reader.optional("src", readName) {
                self = .image(src: src)
            } else {
                self = .url(try reader.required("url") { json throws(BundleError) in try BundleText(json: json) })
            }
        default: throw BundleError("expected a boolean, an integer, a string, a url or an image")
        }
    }

    /// The wire form.
    public var json: JSONValue {
        switch self {
        case .bool(let bool): .bool(bool)
        case .int(let integer): .number(Double(integer))
        case .string(let string): .string(string)
        case .url(let text): .object(["url": text.json])
        case .image(let src): .object(["src": .string(src)])
        }
    }
}
