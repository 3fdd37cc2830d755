/// The kinds of block that a template lets its authors use.
public struct BlockKinds: OptionSet, Sendable, Hashable {
    public let rawValue: UInt16

    public init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    public static let paragraph = BlockKinds(rawValue: 1 << 0)
    public static let heading = BlockKinds(rawValue: 1 << 1)
    public static let list = BlockKinds(rawValue: 1 << 2)
    public static let tasklist = BlockKinds(rawValue: 1 << 3)
    public static let quote = BlockKinds(rawValue: 1 << 4)
    public static let code = BlockKinds(rawValue: 1 << 5)
    public static let table = BlockKinds(rawValue: 1 << 6)
    public static let rule = BlockKinds(rawValue: 1 << 7)
    public static let image = BlockKinds(rawValue: 1 << 8)

    public static let all: BlockKinds = [
        .paragraph, .heading, .list, .tasklist, .quote, .code, .table, .rule, .image,
    ]

    /// The names that a `template.yaml` uses, in the order of its documentation.
    public static let names: [(name: String, kind: BlockKinds)] = [
        ("paragraph", .paragraph), ("heading", .heading), ("list", .list), ("tasklist", .tasklist), ("quote", .quote),
        ("code", .code), ("table", .table), ("rule", .rule), ("image", .image),
    ]

    /// The kind of that name; nil when there is none.
    public init?(name: String) {
        guard let found = BlockKinds.names.first(where: { $0.name == name }) else { return nil }
        self = found.kind
    }
}
