import ByteText
import CanonicalJSON
import SourceDiagnostics

/// A Markdown document as one flat list of nodes in document order, parents before children.
///
/// A flat list is built without an allocation per node, is copied as one value, and cannot overflow the stack when
/// it goes away. Text stands in one buffer that the nodes point into.
package struct MarkdownTree: Sendable {
    /// The nodes in document order; the first is the document.
    package var nodes: [MarkdownNode]
    /// The bytes that ``MarkdownNode/literal`` and the like are ranges of.
    package var bytes: [UInt8]
    /// Whether scalars from U+100000 on stand for placeholders.
    package var holdsSentinels = false
    /// Source spans of the lines of each leaf block's content; see ``MarkdownNode/contentLines``.
    package var contentLines: [Span]

    /// The children of a node, in order.
    package func children(of index: Int) -> ChildSequence {
        ChildSequence(tree: self, first: nodes[index].firstChild)
    }

    /// The bytes of a range of this tree.
    package func slice(_ range: Range<Int32>) -> ArraySlice<UInt8> {
        bytes[Int(range.lowerBound)..<Int(range.upperBound)]
    }

    /// Whether a byte stands in its texts, addresses or titles.
    package func holds(_ byte: UInt8) -> Bool {
        bytes.withUnsafeBufferPointer {
            $0.firstIndex(from: 0, marks: { $0.equal(byte) }, where: { $0 == byte }) < $0.count
        }
    }

    /// The text of a range of this tree.
    package func string(_ range: Range<Int32>) -> String {
        String(decoding: slice(range), as: UTF8.self)
    }

    /// Gives an image the name of an asset in place of its address.
    package mutating func name(image index: Int, _ name: String) {
        let start = Int32(bytes.count)
        bytes.append(contentsOf: name.utf8)
        nodes[index].destination = start..<Int32(bytes.count)
        nodes[index].flags.insert(.asset)
    }

    /// Children of one node.
    package struct ChildSequence: Sequence, IteratorProtocol {
        let tree: MarkdownTree
        var nextIndex: Int32

        init(tree: MarkdownTree, first: Int32) {
            self.tree = tree
            nextIndex = first
        }

        package mutating func next() -> Int? {
            guard nextIndex >= 0 else { return nil }
            let index = Int(nextIndex)
            nextIndex = tree.nodes[index].nextSibling
            return index
        }
    }
}

/// The nodes and the bytes of a tree, to be read without counting references.
struct TreeView {
    let nodes: UnsafeBufferPointer<MarkdownNode>
    let bytes: UnsafeBufferPointer<UInt8>

    /// The bytes of a range of the tree.
    func slice(_ range: Range<Int32>) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: bytes[Int(range.lowerBound)..<Int(range.upperBound)])
    }
}

extension MarkdownTree {
    /// Calls `body` with a view of this tree, which ends with the call.
    func withView<Result>(_ body: (TreeView) -> Result) -> Result {
        nodes.withUnsafeBufferPointer { nodes in
            bytes.withUnsafeBufferPointer { body(TreeView(nodes: nodes, bytes: $0)) }
        }
    }
}

/// What a node is; the names are CommonMark's and GFM's.
package enum MarkdownKind: UInt8, Sendable, Hashable {
    case document, blockQuote, list, item, codeBlock, htmlBlock, paragraph, heading, thematicBreak
    case table, tableRow, tableCell, footnoteDefinition
    case text, softBreak, lineBreak, code, htmlInline, emphasis, strong, strikethrough, link, image
    case footnoteReference
    /// A scalar from U+100000 on that stands for something that Markdown is not to see; ``MarkdownNode/number`` tells
    /// which.
    case placeholder

    /// Whether it stands among blocks rather than in a line.
    package var isBlock: Bool { rawValue <= MarkdownKind.footnoteDefinition.rawValue }
}

/// One node of a ``MarkdownTree``.
package struct MarkdownNode: Sendable {
    package var kind: MarkdownKind
    package var flags: Flags = []
    /// Index of the parent; -1 for the document.
    package var parent: Int32
    /// Index of the first child, or -1.
    package var firstChild: Int32 = -1
    /// Index of the next sibling, or -1.
    package var nextSibling: Int32 = -1
    /// Level of a heading, first number of an ordered list, place of a placeholder, number of a footnote.
    package var number: Int32 = 0
    /// Text, code, HTML; the label of a footnote.
    package var literal: Range<Int32> = 0..<0
    /// Where a link or an image leads, with escapes and character references resolved; a code block's info string.
    package var destination: Range<Int32> = 0..<0
    /// The title of a link or an image.
    package var title: Range<Int32> = 0..<0
    /// The node's bytes in the source, from its first to its last character.
    package var span: Span
    /// The bytes of ``destination`` in the source, when it stands in the node itself.
    package var destinationSpan = Span(at: 0)
    /// Which of ``MarkdownTree/contentLines`` are this leaf block's, without the markers of its containers.
    package var contentLines: Range<Int32> = 0..<0

    package struct Flags: OptionSet, Sendable, Hashable {
        package let rawValue: UInt16

        package init(rawValue: UInt16) {
            self.rawValue = rawValue
        }

        /// The list counts.
        package static let ordered = Flags(rawValue: 1)
        /// The list's paragraphs stand close together.
        package static let tight = Flags(rawValue: 2)
        /// The item has a box, of a task.
        package static let task = Flags(rawValue: 4)
        /// The item's box is ticked.
        package static let checked = Flags(rawValue: 8)
        /// The row is the table's head.
        package static let header = Flags(rawValue: 16)
        /// The link leads where the policy does not let it.
        package static let refused = Flags(rawValue: 32)
        /// The link is an address as such, `<https://…>`, `https://…` or `www.…`.
        package static let autolink = Flags(rawValue: 64)
        /// The code block stands between fences.
        package static let fenced = Flags(rawValue: 128)
        /// The soft break stands between two East Asian wide characters, which no space parts.
        package static let joins = Flags(rawValue: 256)
        /// The image's address is the name of an asset, which is written as it is, and not as a URL.
        package static let asset = Flags(rawValue: 512)
    }

    /// How a column of a table is aligned; the cells carry it in ``number``.
    package enum Alignment: Int32, Sendable {
        case none, left, center, right
    }
}
