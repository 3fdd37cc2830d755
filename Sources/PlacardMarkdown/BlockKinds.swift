/// The kinds of block that a template lets its authors use.
package struct BlockKinds: OptionSet, Sendable, Hashable {
    package let rawValue: UInt16

    package init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    package static let paragraph = BlockKinds(rawValue: 1 << 0)
    package static let heading = BlockKinds(rawValue: 1 << 1)
    package static let list = BlockKinds(rawValue: 1 << 2)
    package static let tasklist = BlockKinds(rawValue: 1 << 3)
    package static let quote = BlockKinds(rawValue: 1 << 4)
    package static let code = BlockKinds(rawValue: 1 << 5)
    package static let table = BlockKinds(rawValue: 1 << 6)
    package static let rule = BlockKinds(rawValue: 1 << 7)
    package static let image = BlockKinds(rawValue: 1 << 8)

    package static let all: BlockKinds = [
        .paragraph, .heading, .list, .tasklist, .quote, .code, .table, .rule, .image,
    ]

    /// The names that a `template.yaml` uses, in the order of its documentation.
    package static let names: [(name: String, kind: BlockKinds)] = [
        ("paragraph", .paragraph), ("heading", .heading), ("list", .list), ("tasklist", .tasklist), ("quote", .quote),
        ("code", .code), ("table", .table), ("rule", .rule), ("image", .image),
    ]

    /// The kind of that name; nil when there is none.
    package init?(name: String) {
        guard let found = BlockKinds.names.first(where: { $0.name == name }) else { return nil }
        self = found.kind
    }
}
