/// What bounds a YAML text, so that no input can cost more than it is worth.
package struct YAMLLimits: Hashable, Sendable {
    /// Bytes of one document.
    package var bytes = 4 << 20
    /// Collections inside collections.
    package var depth = 100
    /// Nodes as written, aliases not expanded.
    package var nodes = 400_000
    /// Anchors of one document.
    package var anchors = 1_000
    /// Nodes that aliases stand for, all together.
    package var aliasNodes = 10_000
    /// Bytes of scalar text that aliases stand for, all together.
    package var aliasBytes = 1 << 20

    package init() {}
}

/// How strictly a YAML text is read.
package struct YAMLOptions: Hashable, Sendable {
    package var limits = YAMLLimits()
    /// Whether the document must be a mapping; an empty one then counts as an empty mapping.
    package var requiresMapping = true
    /// Whether what YAML allows but authors regret is reported: tags beyond the core schema, directives, keys that are not
    /// strings, and (as warnings) aliases, merge keys and scalars that other YAML readers take for something else.
    package var isStrict = true

    package init() {}

    /// For front matter and the project's own files.
    package static let strict = YAMLOptions()

    /// Any YAML document: any root, any tag, any key.
    package static let general: YAMLOptions = {
        var options = YAMLOptions()
        options.requiresMapping = false
        options.isStrict = false
        return options
    }()
}
