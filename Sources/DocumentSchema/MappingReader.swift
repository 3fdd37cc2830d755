import LocatedYAML
import SourceDiagnostics

/// Reads the values of a mapping that a schema has found well formed.
///
/// A value that is missing or of another type is nil: the schema has reported it, and there is nothing to add.
public struct MappingReader: Sendable {
    public let entries: YAMLNode.Entries
    /// The span of the whole mapping.
    public let span: Span

    /// A reader of `node`; one without entries when it is no mapping.
    public init(_ node: YAMLNode) {
        entries = node.mapping ?? .empty
        span = node.span
    }

    /// The keys that are text, in the order of the file.
    public var keys: [String] { entries.compactMap(\.key.text) }

    public func entry(_ key: String) -> YAMLNode.Entry? {
        entries.first { $0.key.isText(key) }
    }

    public func node(_ key: String) -> YAMLNode? { entry(key)?.value }

    public func scalar(_ key: String) -> YAMLScalar? { node(key)?.scalar }

    /// The text of a string; nil for numbers, booleans and null.
    public func string(_ key: String) -> String? {
        guard let scalar = scalar(key), scalar.value == .string else { return nil }
        return scalar.text
    }

    public func int(_ key: String) -> Int? {
        if case .int(let number) = scalar(key)?.value { number } else { nil }
    }

    public func number(_ key: String) -> Double? {
        switch scalar(key)?.value {
        case .int(let number): Double(number)
        case .float(let number): number
        default: nil
        }
    }

    public func bool(_ key: String) -> Bool? {
        if case .bool(let flag) = scalar(key)?.value { flag } else { nil }
    }

    /// The items of a list; empty when there is none.
    public func list(_ key: String) -> YAMLNode.Items { node(key)?.sequence ?? .empty }

    /// The texts of a list of strings, with their places.
    public func strings(_ key: String) -> [(text: String, span: Span)] {
        list(key).compactMap { node in node.text.map { ($0, node.span) } }
    }

    public func mapping(_ key: String) -> MappingReader? {
        guard let node = node(key), node.isMapping else { return nil }
        return MappingReader(node)
    }

    /// A duration in milliseconds.
    public func duration(_ key: String) -> Int64? {
        string(key).flatMap { try? ScalarSyntax.duration($0).get() }
    }

    /// A share in hundredths of a percent.
    public func percentage(_ key: String) -> Int64? {
        string(key).flatMap { try? ScalarSyntax.percentage($0).get() }
    }

    /// A date and time.
    public func dateTime(_ key: String) -> DateTime? {
        string(key).flatMap { try? ScalarSyntax.dateTime($0).get() }
    }

    /// Where the value of `key` stands.
    public func span(of key: String) -> Span? { node(key)?.span }

    /// Where the key itself stands.
    public func keySpan(of key: String) -> Span? { entry(key)?.key.span }
}
