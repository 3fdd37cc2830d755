/// A type as the checker knows it.
///
/// Source: google/cel-spec, doc/langdef.md, "Gradual Type Checking".
public indirect enum CELType: Hashable, Sendable {
    /// Any type; decided at run time.
    case dyn
    /// `null_type`.
    case null
    case bool
    case int
    case uint
    case double
    case string
    case bytes
    /// `google.protobuf.Timestamp`.
    case timestamp
    /// `google.protobuf.Duration`.
    case duration
    /// `list(T)`.
    case list(CELType)
    /// `map(K, V)`.
    case map(CELType, CELType)
    /// The type of a type: `type(int)` is the type of `int`.
    case type(CELType)
    /// A primitive or null, as of the `google.protobuf` wrapper messages.
    case wrapper(CELType)
    /// An object type of that name, declared by the host.
    case object(String)
    /// An opaque type with parameters, usable only through functions.
    case abstract(String, [CELType])
    /// A type parameter of an overload, such as `T`.
    case parameter(String)
    /// A type the checker has yet to find out; never part of a result.
    case variable(Int)
    /// The type of what was in error already; nothing further is reported about it.
    case error

    /// `optional_type(T)`.
    public static func optional(_ wrapped: CELType) -> CELType { .abstract("optional_type", [wrapped]) }
    /// Semantic Versioning 2.0 versions.
    public static let version = CELType.abstract("version", [])
    /// IP addresses.
    public static let ip = CELType.abstract("net.IP", [])
    /// Ranges of IP addresses.
    public static let cidr = CELType.abstract("net.CIDR", [])

    /// The name of the type without its parameters, as the language denotes it.
    public var name: String {
        switch self {
        case .dyn: "dyn"
        case .null: "null_type"
        case .bool: "bool"
        case .int: "int"
        case .uint: "uint"
        case .double: "double"
        case .string: "string"
        case .bytes: "bytes"
        case .timestamp: "google.protobuf.Timestamp"
        case .duration: "google.protobuf.Duration"
        case .list: "list"
        case .map: "map"
        case .type: "type"
        case .wrapper: "wrapper"
        case .object(let name), .abstract(let name, _), .parameter(let name): name
        case .variable: "dyn"
        case .error: "!error!"
        }
    }

    /// The type's parameters, in order.
    public var parameters: [CELType] {
        switch self {
        case .list(let element): [element]
        case .map(let key, let value): [key, value]
        case .type(let type): [type]
        case .wrapper(let type): [type]
        case .abstract(_, let parameters): parameters
        default: []
        }
    }

    /// What an optional wraps; nil for any other type.
    public var optionalWrapped: CELType? {
        if case .abstract("optional_type", let parameters) = self { parameters.first } else { nil }
    }

    /// Whether it is int, uint or double.
    public var isNumeric: Bool {
        switch self {
        case .int, .uint, .double: true
        default: false
        }
    }

    var isDynOrError: Bool {
        switch self {
        case .dyn, .error: true
        default: false
        }
    }
}

extension CELType: CustomStringConvertible {
    /// The notation of the declarations: `map(string, int)`, `optional_type(int)`, `timestamp`.
    public var description: String {
        switch self {
        case .timestamp: return "timestamp"
        case .duration: return "duration"
        case .null: return "null"
        case .object(let name): return name
        case .abstract("optional_type", let parameters):
            return "optional(" + CELType.list(parameters) + ")"
        default:
            let parameters = parameters
            return parameters.isEmpty ? name : name + "(" + CELType.list(parameters) + ")"
        }
    }

    private static func list(_ types: [CELType]) -> String {
        var result = ""
        for (index, type) in types.enumerated() {
            if index > 0 { result += ", " }
            result += type.description
        }
        return result
    }

    /// The type in the words of an author: "a string", "a list of strings".
    public var words: String {
        switch self {
        case .bool: "a bool (true or false)"
        case .int: "an int"
        case .uint: "a uint"
        case .double: "a double"
        case .string: "a string"
        case .bytes: "bytes"
        case .timestamp: "a timestamp"
        case .duration: "a duration"
        case .null: "null"
        case .list(.dyn): "a list"
        case .list(let element): "a list of " + element.pluralWords
        case .map: "a map"
        case .type: "a type"
        case .object(let name): "the group " + name
        case .abstract("version", _): "a version"
        case .abstract("net.IP", _): "an IP address"
        case .abstract("net.CIDR", _): "an IP range"
        case .abstract("optional_type", let parameters):
            "an optional" + (parameters.first.map { $0 == .dyn ? "" : " " + $0.bareWords } ?? "")
        default: "a value of type " + description
        }
    }

    private var bareWords: String {
        switch self {
        case .bool, .int, .uint, .double, .string, .bytes, .timestamp, .duration: description
        case .abstract("version", _): "version"
        default: "value"
        }
    }

    private var pluralWords: String {
        switch self {
        case .bool, .int, .uint, .double, .string, .timestamp, .duration: description + "s"
        case .abstract("version", _): "versions"
        case .list: "lists"
        case .map: "maps"
        default: "values"
        }
    }
}
