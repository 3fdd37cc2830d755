import SourceDiagnostics

/// One node of a YAML document, with its place in the file.
public struct YAMLNode: Sendable {
    /// What a node is: YAML has three kinds (YAML 1.2.2, section 3.2.1.1).
    public enum Content: Sendable {
        case scalar(YAMLScalar)
        case sequence([YAMLNode])
        /// The entries in the order they were written.
        case mapping([Entry])
    }

    /// One key and its value.
    public struct Entry: Sendable {
        public var key: YAMLNode
        public var value: YAMLNode

        public init(key: YAMLNode, value: YAMLNode) {
            self.key = key
            self.value = value
        }
    }

    /// The narrowest bytes of the file that hold the node, without tag and anchor; quotation marks, brackets and the
    /// header of a block scalar count in. Empty, just behind the colon, for a value that is not written.
    /// An alias spans itself, while the nodes inside it lie where the anchor is.
    public var span: Span
    public var content: Content
    /// The tag as resolved, such as `tag:yaml.org,2002:str`; nil where none is written.
    public var tag: String?
    /// Whether a collection is written in brackets; false for scalars.
    public var isFlow: Bool

    public init(span: Span, content: Content, tag: String? = nil, isFlow: Bool = false) {
        self.span = span
        self.content = content
        self.tag = tag
        self.isFlow = isFlow
    }

    /// The scalar, when the node is one.
    public var scalar: YAMLScalar? {
        if case .scalar(let scalar) = content { scalar } else { nil }
    }

    /// The items, when the node is a sequence.
    public var sequence: [YAMLNode]? {
        if case .sequence(let nodes) = content { nodes } else { nil }
    }

    /// The entries, when the node is a mapping.
    public var mapping: [Entry]? {
        if case .mapping(let entries) = content { entries } else { nil }
    }

    /// The decoded text of a scalar of any type; nil for a collection.
    public var text: String? { scalar?.text }

    /// Whether the node is a scalar that the core schema reads as null.
    public var isNull: Bool { scalar?.value == .null }

    /// The entry of a mapping whose key is the scalar `key`; nil when there is none.
    public func entry(_ key: String) -> Entry? {
        guard case .mapping(let entries) = content else { return nil }
        for entry in entries {
            if case .scalar(let scalar) = entry.key.content, scalar.text == key { return entry }
        }
        return nil
    }

    /// The value of a mapping's entry `key`; nil when there is none.
    public subscript(_ key: String) -> YAMLNode? { entry(key)?.value }
}
