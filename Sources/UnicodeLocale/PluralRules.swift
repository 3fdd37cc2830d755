/// A plural category of CLDR, in CLDR's order.
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

    public static func < (a: PluralCategory, b: PluralCategory) -> Bool { a.rawValue < b.rawValue }
}

/// The operands of plural rules: what they see of a formatted number (UTS 35, part 3, "Plural Operand Meanings").
public struct PluralOperands: Hashable, Sendable {
    /// Integer digits of the absolute value.
    public var i: UInt64
    /// Number of visible fraction digits, with trailing zeros.
    public var v: Int
    /// Number of visible fraction digits, without trailing zeros.
    public var w: Int
    /// Visible fraction digits, with trailing zeros, as an integer.
    public var f: UInt64
    /// Visible fraction digits, without trailing zeros, as an integer.
    public var t: UInt64
    /// Exponent of the compact form; `e` is its old name.
    public var c: Int

    /// The operands of an integer.
    public init(_ value: Int64) {
        i = value.magnitude
        v = 0
        w = 0
        f = 0
        t = 0
        c = 0
    }

    /// The operands of a decimal string as it is shown, such as `1.50`, `-3` or `1.2c6`; nil when it is none.
    public init?(_ text: String) {
        return nil
    }
}

/// The plural rules of one locale (UTS 35, part 3, "Language Plural Rules").
public struct PluralRules: Hashable, Sendable {
    public enum Kind: UInt8, Hashable, Sendable {
        /// How many: 1 file, 2 files.
        case cardinal
        /// Which: 1st, 2nd, 3rd.
        case ordinal
    }

    /// The rules of a locale, or of the nearest ancestor that has any; else those of root, where all is `other`.
    public init(_ kind: Kind, locale: LanguageTag) {
    }

    /// The category of a number.
    public func category(_ operands: PluralOperands) -> PluralCategory { .other }

    /// The categories that the rules define, in CLDR's order; the last is always `other`.
    public var categories: [PluralCategory] { [.other] }

    /// CLDR's sample integers for the category, as decimal strings (`1000000`, also `1c6`), smallest first.
    public func integerSamples(_ category: PluralCategory) -> [String] { [] }

    /// CLDR's sample decimals for the category.
    public func decimalSamples(_ category: PluralCategory) -> [String] { [] }

    /// The smallest integer that falls in the category; nil when none does (Polish `other` has fractions alone).
    public func smallestInteger(_ category: PluralCategory) -> UInt64? { nil }

    /// Shorthand for `PluralRules(kind, locale:).category(operands)`.
    public static func category(_ kind: Kind, locale: LanguageTag, operands: PluralOperands) -> PluralCategory {
        PluralRules(kind, locale: locale).category(operands)
    }
}
