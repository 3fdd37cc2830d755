import LocatedYAML
import SourceDiagnostics

/// Reads the values of a mapping that a schema has found well formed.
///
/// A value that is missing or of another type is nil: the schema has reported it, and there is nothing to add.
package struct MappingReader: Sendable {
    package let entries: YAMLNode.Entries
    /// The span of the whole mapping.
    package let span: Span

    /// A reader of `node`; one without entries when it is no mapping.
    package init(_ node: YAMLNode) {
        entries = node.mapping ?? .empty
        span = node.span
    }

    /// The keys that are text, in the order of the file.
    package var keys: [String] { entries.compactMap(\.key.text) }

    package func entry(_ key: String) -> YAMLNode.Entry? {
        entries.first { $0.key.isText(key) }
    }

    package func node(_ key: String) -> YAMLNode? { entry(key)?.value }

    package func scalar(_ key: String) -> YAMLScalar? { node(key)?.scalar }

    /// The text of a string; nil for numbers, booleans and null.
    package func string(_ key: String) -> String? {
        guard let scalar = scalar(key), scalar.value == .string else { return nil }
        return scalar.text
    }

    package func int(_ key: String) -> Int? {
        if case .int(let number) = scalar(key)?.value { number } else { nil }
    }

    package func number(_ key: String) -> Double? {
        switch scalar(key)?.value {
        case .int(let number): Double(number)
        case .float(let number): number
        default: nil
        }
    }

    package func bool(_ key: String) -> Bool? {
        if case .bool(let flag) = scalar(key)?.value { flag } else { nil }
    }

    /// The items of a list; empty when there is none.
    package func list(_ key: String) -> YAMLNode.Items { node(key)?.sequence ?? .empty }

    /// The texts of a list of strings, with their places.
    package func strings(_ key: String) -> [(text: String, span: Span)] {
        list(key).compactMap { node in node.text.map { ($0, node.span) } }
    }

    package func mapping(_ key: String) -> MappingReader? {
        guard let node = node(key), node.isMapping else { return nil }
        return MappingReader(node)
    }

    /// A duration in milliseconds.
    package func duration(_ key: String) -> Int64? {
        string(key).flatMap { try? ScalarSyntax.duration($0).get() }
    }

    /// A share in hundredths of a percent.
    package func percentage(_ key: String) -> Int64? {
        string(key).flatMap { try? ScalarSyntax.percentage($0).get() }
    }

    /// A date and time.
    package func dateTime(_ key: String) -> DateTime? {
        string(key).flatMap { try? ScalarSyntax.dateTime($0).get() }
    }

    /// Where the value of `key` stands.
    package func span(of key: String) -> Span? { node(key)?.span }

    /// Where the key itself stands.
    package func keySpan(of key: String) -> Span? { entry(key)?.key.span }
}
