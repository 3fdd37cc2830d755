/// What bounds a YAML text, so that no input can cost more than it is worth.
public struct YAMLLimits: Hashable, Sendable {
    /// Bytes of one document.
    public var bytes = 4 << 20
    /// Collections inside collections.
    public var depth = 100
    /// Nodes as written, aliases not expanded.
    public var nodes = 400_000
    /// Anchors of one document.
    public var anchors = 1_000
    /// Nodes that aliases stand for, all together.
    public var aliasNodes = 10_000
    /// Bytes of scalar text that aliases stand for, all together.
    public var aliasBytes = 1 << 20

    public init() {}
}

/// How strictly a YAML text is read.
public struct YAMLOptions: Hashable, Sendable {
    public var limits = YAMLLimits()
    /// Whether the document must be a mapping; an empty one then counts as an empty mapping.
    public var requiresMapping = true
    /// Whether what YAML allows but authors regret is reported: tags beyond the core schema, directives, keys that are not
    /// strings, and (as warnings) aliases, merge keys and scalars that other YAML readers take for something else.
    public var isStrict = true

    public init() {}

    /// For front matter and the project's own files.
    public static let strict = YAMLOptions()

    /// Any YAML document: any root, any tag, any key.
    public static let general: YAMLOptions = {
        var options = YAMLOptions()
        options.requiresMapping = false
        options.isStrict = false
        return options
    }()
}
