import SourceDiagnostics

/// A document that is one link and nothing else: the target of an action, which stands outside of any Markdown.
///
/// - Parameters:
///   - source: UTF-8, in which `\\` is a backslash; character references have no meaning.
///   - policy: where links may lead.
///   - roles: what the sentinels in it stand for.
/// - Returns: a document whose only child is a link to the target, with the diagnostic when the policy refuses it.
package func linkTargetDocument(
    _ source: [UInt8], policy: LinkPolicy, roles: [PlaceholderRole]
) -> MarkdownDocument {
    var tree = MarkdownTree(nodes: [], bytes: [], contentLines: [Span(0, source.count)])
    tree.holdsSentinels = !roles.isEmpty
    let span = Span(0, source.count)
    tree.nodes.append(MarkdownNode(kind: .document, parent: -1, span: span))
    var occurrences = [UInt16](repeating: 0, count: roles.count)
    var index = 0
    source.withUnsafeBufferPointer { buffer in
        while index < buffer.count {
            let byte = buffer[index]
            if byte == 0x5C, index + 1 < buffer.count, buffer[index + 1] == 0x5C {
                tree.bytes.append(byte)
                index += 2
            } else if byte == 0xF4, let sentinel = Sentinel.index(in: buffer, at: index), sentinel < roles.count {
                occurrences[sentinel] = 1
                if case .literal(let character) = roles[sentinel] {
                    tree.bytes.append(character)
                } else {
                    tree.bytes.append(contentsOf: buffer[index..<index + 4])
                }
                index += 4
            } else {
                tree.bytes.append(byte)
                index += 1
            }
        }
    }
    var link = MarkdownNode(kind: .link, parent: 0, span: span)
    link.destination = 0..<Int32(truncatingIfNeeded: tree.bytes.count)
    link.destinationSpan = span
    var last: Int32 = -1
    tree.append(link, after: &last)
    let problem = policy.problem(withLink: tree.bytes[...], roles: roles)
    let diagnostics = problem.map { problem in
        source.withUnsafeBufferPointer { [Diagnostic.refusedLink(problem, link, tree, $0, policy)] }
    }
    return MarkdownDocument(tree: tree, diagnostics: diagnostics ?? [], occurrences: occurrences, misaligned: 0)
}
