import SourceDiagnostics

/// One node of a YAML document, with its place in the file.
///
/// It is a reference into the document's tree, and cheap to copy.
package struct YAMLNode: Sendable {
    /// What a node is: YAML has three kinds (YAML 1.2.2, section 3.2.1.1).
    package enum Content: Sendable {
        case scalar(YAMLScalar)
        case sequence(Items)
        /// The entries in the order they were written.
        case mapping(Entries)
    }

    /// One key and its value.
    package struct Entry: Sendable {
        package let key: YAMLNode
        package let value: YAMLNode
    }

    let tree: YAMLTree
    let index: Int

    init(_ tree: YAMLTree, _ index: Int) {
        self.tree = tree
        self.index = index
    }

    /// An empty mapping at `span`.
    package init(emptyMappingAt span: Span) {
        tree = YAMLTree(source: [], records: [YAMLRecord(.mapping, span)], children: [], decoded: [], tags: [])
        index = 0
    }

    /// The narrowest bytes of the file that hold the node, without tag and anchor; quotation marks, brackets and the
    /// header of a block scalar count in. Empty, just behind the colon, for a value that is not written.
    /// An alias spans itself, while the nodes inside it lie where the anchor is.
    package var span: Span { tree.records[index].span }

    /// The file that the node was read from; empty for a mapping that was made.
    package var source: [UInt8] { tree.source }

    package var content: Content {
        switch tree.records[index].kind {
        case .scalar: .scalar(YAMLScalar(tree, index))
        case .sequence: .sequence(Items(tree, tree.records[index].range))
        case .mapping: .mapping(Entries(tree, tree.records[index].range))
        }
    }

    /// The tag as resolved, such as `tag:yaml.org,2002:str`; nil where none is written.
    package var tag: String? { tree.tag(index) }

    /// Whether a collection is written in brackets; false for scalars.
    package var isFlow: Bool { tree.records[index].isFlow }

    /// The scalar, when the node is one.
    package var scalar: YAMLScalar? { isScalar ? YAMLScalar(tree, index) : nil }

    /// The items, when the node is a sequence.
    package var sequence: Items? {
        tree.records[index].kind == .sequence ? Items(tree, tree.records[index].range) : nil
    }

    /// The entries, when the node is a mapping.
    package var mapping: Entries? { isMapping ? Entries(tree, tree.records[index].range) : nil }

    package var isScalar: Bool { tree.records[index].kind == .scalar }
    package var isMapping: Bool { tree.records[index].kind == .mapping }

    /// The decoded text of a scalar of any type; nil for a collection.
    package var text: String? { isScalar ? tree.text(index) : nil }

    /// Whether the node is a scalar whose text has the very bytes of `text`.
    package func isText(_ text: String) -> Bool { tree.isText(index, text, text.utf8.count) }

    /// Whether the node is a scalar that the core schema reads as null.
    package var isNull: Bool { isScalar && tree.records[index].value == .null }

    /// The entry of a mapping whose key is the scalar `key`, byte for byte; nil when there is none.
    package func entry(_ key: String) -> Entry? {
        guard isMapping else { return nil }
        let entries = Entries(tree, tree.records[index].range)
        return entries.place(of: key).map { entries[$0] }
    }

    /// The value of a mapping's entry `key`; nil when there is none.
    package subscript(_ key: String) -> YAMLNode? {
        guard isMapping else { return nil }
        let entries = Entries(tree, tree.records[index].range)
        return entries.place(of: key).map { entries.value(at: $0) }
    }

    /// Whether the node is a mapping with the key `key`.
    package func has(_ key: String) -> Bool {
        isMapping && Entries(tree, tree.records[index].range).place(of: key) != nil
    }

    /// A block mapping at the same place with those entries that `isIncluded` says; empty when the node is no mapping.
    package func keeping(_ isIncluded: (Entry) -> Bool) -> YAMLNode {
        let kept = (mapping ?? .empty).filter(isIncluded)
        guard !kept.isEmpty else { return YAMLNode(emptyMappingAt: span) }
        var records = tree.records
        var children = tree.children
        let start = children.count
        for entry in kept {
            children.append(UInt32(entry.key.index))
            children.append(UInt32(entry.value.index))
        }
        var record = YAMLRecord(.mapping, span)
        record.range = start..<children.count
        records.append(record)
        let tree = YAMLTree(
            source: tree.source, records: records, children: children, decoded: tree.decoded, tags: tree.tags)
        return YAMLNode(tree, records.count - 1)
    }
}

extension YAMLNode {
    /// The nodes of a sequence.
    package struct Items: RandomAccessCollection, Sendable {
        private let tree: YAMLTree
        private let range: Range<Int>

        init(_ tree: YAMLTree, _ range: Range<Int>) {
            self.tree = tree
            self.range = range
        }

        /// No nodes.
        package static var empty: Items { Items(.empty, 0..<0) }

        package var startIndex: Int { 0 }
        package var endIndex: Int { range.count }

        package subscript(_ place: Int) -> YAMLNode {
            precondition(place >= 0 && place < range.count, "no such item")
            return YAMLNode(tree, Int(tree.children[range.lowerBound + place]))
        }
    }

    /// The entries of a mapping, in the order they were written.
    package struct Entries: RandomAccessCollection, Sendable {
        private let tree: YAMLTree
        private let range: Range<Int>

        init(_ tree: YAMLTree, _ range: Range<Int>) {
            self.tree = tree
            self.range = range
        }

        /// No entries.
        package static var empty: Entries { Entries(.empty, 0..<0) }

        package var startIndex: Int { 0 }
        package var endIndex: Int { range.count / 2 }

        package subscript(_ place: Int) -> Entry {
            precondition(place >= 0 && place < range.count / 2, "no such entry")
            let child = range.lowerBound + 2 * place
            return Entry(
                key: YAMLNode(tree, Int(tree.children[child])), value: YAMLNode(tree, Int(tree.children[child + 1])))
        }

        func value(at place: Int) -> YAMLNode { YAMLNode(tree, Int(tree.children[range.lowerBound + 2 * place + 1])) }

        /// Where the entry is whose key is the scalar `key`, byte for byte.
        func place(of key: String) -> Int? {
            let length = key.utf8.count
            var child = range.lowerBound
            while child < range.upperBound {
                let index = Int(tree.children[child])
                if tree.isText(index, key, length) { return (child - range.lowerBound) / 2 }
                child += 2
            }
            return nil
        }
    }
}
