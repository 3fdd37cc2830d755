import CanonicalJSON

/// The type of a context attribute or an event property.
public indirect enum AttributeType: Sendable, Equatable {
    case string
    case bool
    /// A signed 64-bit integer.
    case int
    /// An IEEE 754 double.
    case double
    /// A version by Semantic Versioning 2.0.
    case version
    /// An instant, as RFC 3339 text.
    case timestamp
    /// A length of time, as CEL's duration text (`1h30m`).
    case duration
    /// An absolute URL with an allowed scheme.
    case url
    /// A list of one type.
    case list(AttributeType)

    /// How deeply lists may nest in a declaration.
    public static let nestingLimit = 4

    /// Reads a type as it is written in `placard.yaml` and in the catalog: `string`, `list(int)`. Nil for anything else.
    public init?(_ name: String) {
        self.init(Array(name.utf8)[...], depth: 0)
    }

    private init?(_ name: ArraySlice<UInt8>, depth: Int) {
        guard depth <= AttributeType.nestingLimit else { return nil }
        let list = Array("list(".utf8)
        if name.starts(with: list), name.last == 0x29 {
            guard let element = AttributeType(name.dropFirst(list.count).dropLast(), depth: depth + 1) else {
                return nil
            }
            self = .list(element)
            return
        }
        switch String(decoding: name, as: UTF8.self) {
        case "string": self = .string
        case "bool": self = .bool
        case "int": self = .int
        case "double": self = .double
        case "version": self = .version
        case "timestamp": self = .timestamp
        case "duration": self = .duration
        case "url": self = .url
        default: return nil
        }
    }

    /// The type as it is written: `list(string)`.
    public var name: String {
        switch self {
        case .string: "string"
        case .bool: "bool"
        case .int: "int"
        case .double: "double"
        case .version: "version"
        case .timestamp: "timestamp"
        case .duration: "duration"
        case .url: "url"
        case .list(let element): "list(\(element.name))"
        }
    }

    /// The names of the types that are not lists, for messages and schemas.
    public static let scalarNames = ["string", "bool", "int", "double", "version", "timestamp", "duration", "url"]
}

/// What is declared of one context attribute or event property.
public struct AttributeDeclaration: Sendable, Equatable {
    /// Its type.
    public var type: AttributeType
    /// The only values that it takes (of the list's elements, for a list); empty when any.
    public var values: [JSONValue]
    /// The value of a context that does not have it.
    public var defaultValue: JSONValue?
    /// Whether it may be absent; without this and without a default a client always gives it.
    public var optional: Bool

    /// Declares an attribute of `type`.
    public init(
        type: AttributeType, values: [JSONValue] = [], defaultValue: JSONValue? = nil, optional: Bool = false
    ) {
        self.type = type
        self.values = values
        self.defaultValue = defaultValue
        self.optional = optional
    }

    /// Reads a declaration of the catalog.
    public init(json: JSONValue) throws(BundleError) {
        let reader = try ObjectReader(json)
        type = try reader.required("type") { json throws(BundleError) in
            let name = try readString(json)
            guard let type = AttributeType(name) else { throw BundleError("unknown type \"\(name)\"") }
            return type
        }
        values = try reader.list("values") { json throws(BundleError) in json }
        defaultValue = reader.object["default"]
        optional = try reader.optional("optional", readBool) ?? false
    }

    /// The wire form.
    public var json: JSONValue {
        var writer = ObjectWriter()
        writer.add("type", type.name)
        writer.add("values", values)
        writer.add("default", defaultValue)
        writer.add("optional", optional ? true : nil)
        return writer.json
    }
}
