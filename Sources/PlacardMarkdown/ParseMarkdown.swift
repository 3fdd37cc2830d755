import CCMarkGFM
import SourceDiagnostics

/// A parsed text: its tree, and what is wrong with it.
public struct MarkdownDocument: Sendable {
    /// The tree; nil when a limit keeps the text from being parsed.
    public var tree: MarkdownTree?
    /// Findings in offsets of the source, without a file name, in the order of the source.
    public var diagnostics: [Diagnostic]
    /// How often each sentinel is in the tree.
    public var occurrences: [UInt16]
    /// Nodes whose spans are estimates, as their source was not found; none is known.
    public var misaligned: Int
}

/// Parses GitHub Flavored Markdown.
///
/// - Parameters:
///   - source: well-formed UTF-8.
///   - options: extensions, the policy for links, and limits.
///   - roles: what the sentinels in `source` stand for; none for a text without placeholders.
/// - Returns: the tree and the findings: raw HTML, links that the policy refuses, and limits that are exceeded.
public func parseMarkdown(
    _ source: UnsafeBufferPointer<UInt8>, options: MarkdownOptions, roles: [PlaceholderRole] = []
) -> MarkdownDocument {
    let profile = SourceProfile(source, limits: options.limits)
    if let excess = profile.excess {
        return MarkdownDocument(
            tree: nil, diagnostics: [limitDiagnostic(excess, options.limits)], occurrences: [], misaligned: 0)
    }
    let built = CMark.withDocument(of: source, extensions: options.extensions, profile: profile) { document in
        var builder = TreeBuilder(
            source: source, lineStarts: profile.lineStarts, limits: options.limits, roles: roles)
        builder.build(document)
        return builder
    }
    guard var built else {
        return MarkdownDocument(tree: nil, diagnostics: [], occurrences: [], misaligned: 0)
    }
    var diagnostics: [Diagnostic] = []
    var elements = RawElements()
    for index in built.tree.nodes.indices {
        switch built.tree.nodes[index].kind {
        case .htmlBlock, .htmlInline: elements.report(built.tree, index, source, &diagnostics)
        case .link, .image:
            guard let policy = options.links else { continue }
            let node = built.tree.nodes[index]
            let target = built.tree.slice(node.destination)
            let problem =
                node.kind == .link
                ? policy.problem(withLink: target, roles: roles) : policy.problem(withImage: target, roles: roles)
            guard let problem else { continue }
            built.tree.nodes[index].flags.insert(.refused)
            diagnostics.append(linkDiagnostic(problem, node, built.tree, policy))
        default: break
        }
    }
    if let span = built.tooDeep { diagnostics.append(depthDiagnostic(span, options.limits)) }
    return MarkdownDocument(
        tree: built.tree, diagnostics: diagnostics, occurrences: built.occurrences, misaligned: built.misaligned)
}

/// As the function above, for an array.
public func parseMarkdown(
    _ source: [UInt8], options: MarkdownOptions, roles: [PlaceholderRole] = []
) -> MarkdownDocument {
    source.withUnsafeBufferPointer { parseMarkdown($0, options: options, roles: roles) }
}
