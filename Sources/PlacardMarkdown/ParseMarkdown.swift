import CCMarkGFM
import SourceDiagnostics

/// A parsed text: its tree, and what is wrong with it.
package struct MarkdownDocument: Sendable {
    /// The tree; nil when a limit keeps the text from being parsed.
    package var tree: MarkdownTree?
    /// Diagnostics in offsets of the source, without a file name, in the order of the source.
    package var diagnostics: [Diagnostic]
    /// How often each sentinel is in the tree.
    package var occurrences: [UInt16]
    /// Nodes whose spans are estimates, as their source was not found; none is known.
    package var misaligned: Int
}

/// Parses GitHub Flavored Markdown.
///
/// - Parameters:
///   - source: well-formed UTF-8.
///   - options: extensions, the policy for links, and limits.
///   - roles: what the sentinels in `source` stand for; none for a text without placeholders.
/// - Returns: the tree and the diagnostics: raw HTML, links that the policy refuses, and limits that are exceeded.
package func parseMarkdown(
    _ source: UnsafeBufferPointer<UInt8>, options: MarkdownOptions, roles: [PlaceholderRole] = []
) -> MarkdownDocument {
    if let simple = SimpleDocument.read(source, options: options, roles: roles) {
        return finish(simple.tree, simple.occurrences, misaligned: 0, source, options, roles)
    }
    return parseWithCMark(source, options: options, roles: roles)
}

/// As the function above, for any text: cmark reads it.
func parseWithCMark(
    _ source: UnsafeBufferPointer<UInt8>, options: MarkdownOptions, roles: [PlaceholderRole]
) -> MarkdownDocument {
    let profile = SourceProfile(source, limits: options.limits)
    if let excess = profile.excess {
        return MarkdownDocument(
            tree: nil, diagnostics: [Diagnostic.exceeded(excess, options.limits)], occurrences: [], misaligned: 0)
    }
    let built = CMark.withDocument(of: source, extensions: options.extensions, profile: profile) { document in
        var builder = MarkdownTreeBuilder(
            source: source, lineStarts: profile.lineStarts, limits: options.limits, roles: roles)
        builder.build(document)
        return builder
    }
    guard let built else {
        return MarkdownDocument(tree: nil, diagnostics: [], occurrences: [], misaligned: 0)
    }
    var document = finish(built.tree, built.occurrences, misaligned: built.misaligned, source, options, roles)
    if let tree = document.tree { document.diagnostics += referenceDiagnostics(tree, source) }
    if let span = built.tooDeep { document.diagnostics.append(.tooDeep(span, options.limits)) }
    return document
}

/// Reports raw HTML and the links that the policy refuses, and marks these.
private func finish(
    _ tree: consuming MarkdownTree, _ occurrences: [UInt16], misaligned: Int, _ source: UnsafeBufferPointer<UInt8>,
    _ options: MarkdownOptions, _ roles: [PlaceholderRole]
) -> MarkdownDocument {
    var diagnostics: [Diagnostic] = []
    var elements = RawElements()
    for index in tree.nodes.indices {
        switch tree.nodes[index].kind {
        case .htmlBlock, .htmlInline: elements.report(tree, index, source, &diagnostics)
        case .link, .image:
            guard let policy = options.links else { continue }
            let node = tree.nodes[index]
            let target = tree.slice(node.destination)
            let problem =
                node.kind == .link
                ? policy.problem(withLink: target, roles: roles) : policy.problem(withImage: target, roles: roles)
            guard let problem else { continue }
            tree.nodes[index].flags.insert(.refused)
            diagnostics.append(.refusedLink(problem, node, tree, source, policy))
        default: break
        }
    }
    return MarkdownDocument(
        tree: tree, diagnostics: diagnostics, occurrences: occurrences, misaligned: misaligned)
}

/// As the function above, for an array.
package func parseMarkdown(
    _ source: [UInt8], options: MarkdownOptions, roles: [PlaceholderRole] = []
) -> MarkdownDocument {
    source.withUnsafeBufferPointer { parseMarkdown($0, options: options, roles: roles) }
}
