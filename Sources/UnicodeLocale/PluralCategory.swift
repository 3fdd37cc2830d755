/// A plural category of CLDR, in CLDR's order (UTS 35, part 3, "Language Plural Rules").
public enum PluralCategory: UInt8, Hashable, Comparable, CaseIterable, Sendable {
    case zero
    case one
    case two
    case few
    case many
    case other

    /// `zero`, `one`, `two`, `few`, `many` or `other`.
    public var name: String {
        switch self {
        case .zero: "zero"
        case .one: "one"
        case .two: "two"
        case .few: "few"
        case .many: "many"
        case .other: "other"
        }
    }

    /// The category of that name; nil when there is none.
    public init?(name: String) {
        for category in PluralCategory.allCases where category.name == name {
            self = category
            return
        }
        return nil
    }

    /// Orders as CLDR lists them.
    public static func < (a: PluralCategory, b: PluralCategory) -> Bool { a.rawValue < b.rawValue }
}
