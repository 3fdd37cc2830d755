/// The type of a context attribute or an event's property, as `placard.yaml` writes it.
public indirect enum AttributeType: Sendable, Equatable {
    case string, int, uint, double, bool, timestamp, duration, version, url
    case list(AttributeType)
    case map(AttributeType, AttributeType)

    /// Reads `string`, `list(string)`, `map(string, int)` and the like; nil when it is no type.
    public init?(_ text: some StringProtocol) {
        let text = String(text).filter { $0 != " " }
        if let simple = AttributeType.simple.first(where: { $0.name == text }) {
            self = simple.type
        } else if text.hasPrefix("list("), text.hasSuffix(")"),
            let element = AttributeType(text.dropFirst(5).dropLast())
        {
            self = .list(element)
        } else if text.hasPrefix("map("), text.hasSuffix(")"), let comma = text.firstIndex(of: ","),
            let key = AttributeType(text[text.index(text.startIndex, offsetBy: 4)..<comma]),
            let value = AttributeType(text[text.index(after: comma)...].dropLast()),
            AttributeType.mapKeys.contains(key.name)
        {
            self = .map(key, value)
        } else {
            return nil
        }
    }

    /// The text that ``init(_:)`` reads.
    public var name: String {
        switch self {
        case .list(let element): "list(\(element.name))"
        case .map(let key, let value): "map(\(key.name), \(value.name))"
        default: AttributeType.simple.first { $0.type == self }?.name ?? "string"
        }
    }

    private static let mapKeys: Set<String> = ["string", "int", "uint", "bool"]
    private static let simple: [(name: String, type: AttributeType)] = [
        ("string", .string), ("int", .int), ("uint", .uint), ("double", .double), ("bool", .bool),
        ("timestamp", .timestamp), ("duration", .duration), ("version", .version), ("url", .url),
    ]

    /// The names of the types without parameters.
    public static let simpleNames = simple.map(\.name)
}
