import SourceDiagnostics

/// The anchors of one document, and how much its aliases have expanded to.
///
/// An alias shares the tree of its anchor, so it costs nothing itself; but whoever walks the tree would walk it again. The
/// billion laughs are refused by counting what such a walk would meet.
struct AnchorTable {
    struct Anchor {
        /// Where it is defined.
        var span: Span
        /// The record of its node; nil while that is being read: an alias in it would be recursive.
        var node: Int?
        /// Nodes of the tree, aliases expanded.
        var nodes = 0
        /// Bytes of its scalars, aliases expanded.
        var textBytes = 0
        /// Whether an alias refers to it.
        var isUsed = false
    }

    /// Where anchors stand that no alias refers to, with the records of their nodes, in the order of the document.
    var unused: [(span: Span, node: Int)] {
        anchors.values.compactMap { anchor in
            anchor.isUsed ? nil : anchor.node.map { (anchor.span, $0) }
        }.sorted { $0.span < $1.span }
    }

    private var anchors: [String: Anchor] = [:]
    private var count = 0
    private(set) var first: Span?
    private(set) var expandedNodes = 0
    private(set) var expandedBytes = 0

    subscript(_ name: String) -> Anchor? { anchors[name] }

    /// Notes an anchor whose node is about to be read; false when there are too many.
    mutating func begin(_ name: String, at span: Span, limit: Int) -> Bool {
        count += 1
        if first == nil { first = span }
        anchors[name] = Anchor(span: span)
        pending.append(PendingAnchor(nodes: expandedNodes, textBytes: expandedBytes))
        return count <= limit
    }

    /// Notes the node of an anchor; `nodes` and `textBytes` are as written, to which the expansions inside it are added.
    mutating func end(_ name: String, _ node: Int, nodes: Int, textBytes: Int) {
        guard let before = pending.popLast() else { return }
        anchors[name]?.node = node
        anchors[name]?.nodes = nodes + expandedNodes - before.nodes
        anchors[name]?.textBytes = textBytes + expandedBytes - before.textBytes
    }

    /// Counts one more use of an anchor; false when the limits are passed.
    mutating func expand(_ name: String, _ anchor: Anchor, limits: YAMLLimits) -> Bool {
        anchors[name]?.isUsed = true
        expandedNodes += anchor.nodes
        expandedBytes += anchor.textBytes
        return expandedNodes <= limits.aliasNodes && expandedBytes <= limits.aliasBytes
    }

    private struct PendingAnchor {
        var nodes: Int
        var textBytes: Int
    }

    private var pending: [PendingAnchor] = []
}
