import CanonicalJSON

/// The type of a context attribute or an event property.
public indirect enum AttributeType: Sendable, Equatable {
    case string
    case bool
    /// A signed 64-bit integer.
    case int
    /// An unsigned 64-bit integer.
    case uint
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
    /// A map from keys of a scalar type that JSON can hold as a member's name: `string`, `int`, `uint` or `bool`.
    case map(AttributeType, AttributeType)

    /// How deeply lists and maps may nest in a declaration.
    public static let nestingLimit = 4

    /// Reads a type as it is written in `placard.yaml` and in the catalog: `string`, `list(int)`, `map(string, int)`.
    /// Nil for anything else.
    public init?(_ name: String) {
        var scanner = TypeScanner(bytes: Array(name.utf8))
        guard let type = scanner.type(depth: 0), scanner.isAtEnd else { return nil }
        self = type
    }

    /// The type as it is written: `list(string)`.
    public var name: String {
        switch self {
        case .string: "string"
        case .bool: "bool"
        case .int: "int"
        case .uint: "uint"
        case .double: "double"
        case .version: "version"
        case .timestamp: "timestamp"
        case .duration: "duration"
        case .url: "url"
        case .list(let element): "list(\(element.name))"
        case .map(let key, let value): "map(\(key.name), \(value.name))"
        }
    }

    /// The names of the types without parameters, for messages and schemas.
    public static let scalarNames = [
        "string", "bool", "int", "uint", "double", "version", "timestamp", "duration", "url",
    ]

    fileprivate init?(scalar name: String) {
        switch name {
        case "string": self = .string
        case "bool": self = .bool
        case "int": self = .int
        case "uint": self = .uint
        case "double": self = .double
        case "version": self = .version
        case "timestamp": self = .timestamp
        case "duration": self = .duration
        case "url": self = .url
        default: return nil
        }
    }

    fileprivate var isKey: Bool {
        switch self {
        case .string, .int, .uint, .bool: true
        default: false
        }
    }
}

/// Reads the notation of types; spaces may stand between its parts.
private struct TypeScanner {
    let bytes: [UInt8]
    var place = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { bytes[place...].allSatisfy { $0 == 0x20 } }

    mutating func take(_ byte: UInt8) -> Bool {
        while place < bytes.count, bytes[place] == 0x20 { place += 1 }
        guard place < bytes.count, bytes[place] == byte else { return false }
        place += 1
        return true
    }

    mutating func word() -> String {
        while place < bytes.count, bytes[place] == 0x20 { place += 1 }
        let start = place
        while place < bytes.count, (0x61...0x7A).contains(bytes[place]) { place += 1 }
        return String(decoding: bytes[start..<place], as: UTF8.self)
    }

    mutating func type(depth: Int) -> AttributeType? {
        guard depth <= AttributeType.nestingLimit else { return nil }
        let name = word()
        switch name {
        case "list":
            guard take(0x28), let element = type(depth: depth + 1), take(0x29) else { return nil }
            return .list(element)
        case "map":
            guard take(0x28), let key = type(depth: depth + 1), key.isKey, take(0x2C),
                let value = type(depth: depth + 1), take(0x29)
            else { return nil }
            return .map(key, value)
        default: return AttributeType(scalar: name)
        }
    }
}

/// What is declared of one context attribute or event property.
public struct AttributeDeclaration: Sendable, Equatable {
    /// Its type.
    public var type: AttributeType
    /// The only values that a string (or each element of a list of strings) takes; empty when any.
    public var values: [String]
    /// The value of a context that does not have it.
    public var defaultValue: JSONValue?
    /// Whether it may be absent; without this and without a default a client always gives it.
    public var optional: Bool

    /// Declares an attribute of `type`.
    public init(
        type: AttributeType, values: [String] = [], defaultValue: JSONValue? = nil, optional: Bool = false
    ) {
        self.type = type
        self.values = values
        self.defaultValue = defaultValue
        self.optional = optional
    }

    /// Reads a declaration of the catalog.
    public init(json: JSONValue) throws(BundleError) { self = try AttributeDeclaration.form.read(json) }

    /// The wire form.
    public var json: JSONValue { AttributeDeclaration.form.write(self) }
}
