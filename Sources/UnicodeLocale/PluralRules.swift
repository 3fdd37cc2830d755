/// The plural rules of one locale (UTS 35, part 3, "Language Plural Rules").
///
/// It is a number of one byte: make it once per locale, and a category costs a few comparisons.
public struct PluralRules: Hashable, Sendable {
    /// What is counted.
    public enum Kind: UInt8, Hashable, Sendable {
        /// How many: 1 file, 2 files.
        case cardinal
        /// Which: 1st, 2nd, 3rd.
        case ordinal
    }

    private let set: UInt8

    /// The rules of a locale: those of the tag or of what remains when it is cut from the end, as it stands, else in its
    /// canonical form; without any, those of root, where all is `other`.
    ///
    /// CLDR's explicit parents do not count here (`es-MX` has the rules of `es` either way), as in ICU.
    public init(_ kind: Kind, locale: LanguageTag) {
        let table = LineTable(kind == .cardinal ? PluralData.cardinals : PluralData.ordinals)
        set = PluralRules.find(locale, table) ?? PluralRules.find(locale.canonical, table) ?? PluralRules.rootSet
    }

    /// No set has this number, and ``PluralData`` says `other` to it.
    private static let rootSet = UInt8.max

    private static func find(_ locale: LanguageTag, _ table: LineTable) -> UInt8? {
        var tag = locale.withoutVariants
        while true {
            if let value = table.value(tag.text) { return UInt8(value) }
            if tag.region != nil {
                tag.region = nil
            } else if tag.script != nil {
                tag.script = nil
            } else {
                return nil
            }
        }
    }

    /// The category of a number.
    public func category(_ operands: PluralOperands) -> PluralCategory {
        PluralData.category(set, operands)
    }

    /// The category of an integer.
    public func category(_ value: Int64) -> PluralCategory {
        PluralData.category(set, PluralOperands(value))
    }

    /// The categories that the rules define, in CLDR's order; the last is always `other`.
    public var categories: [PluralCategory] {
        PluralCategory.allCases.filter { $0 == .other || entry($0) != nil }
    }

    /// CLDR's sample integers for the category, written as in CLDR (`1000000`, also `1c6`), smallest first; ranges
    /// are written out.
    ///
    /// Empty when the rules do not define the category or no integer falls in it.
    public func integerSamples(_ category: PluralCategory) -> [String] {
        PluralRules.expanded(field(category, 1))
    }

    /// CLDR's sample decimals for the category; ranges are written out.
    public func decimalSamples(_ category: PluralCategory) -> [String] {
        PluralRules.expanded(field(category, 2))
    }

    /// The smallest integer that falls in the category; nil when none does (Polish `other` has fractions alone).
    ///
    /// A category whose smallest integer is 1,000,000 (Spanish `many`) hardly ever shows in an app.
    public func smallestInteger(_ category: PluralCategory) -> UInt64? {
        set == PluralRules.rootSet ? (category == .other ? 0 : nil) : UInt64(field(category, 0))
    }

    /// Shorthand for `PluralRules(kind, locale:).category(operands)`.
    public static func category(_ kind: Kind, locale: LanguageTag, operands: PluralOperands) -> PluralCategory {
        PluralRules(kind, locale: locale).category(operands)
    }

    // MARK: Samples

    private func entry(_ category: PluralCategory) -> String? {
        LineTable(PluralData.samples).value("\(set):\(category.name)")
    }

    private func field(_ category: PluralCategory, _ index: Int) -> String {
        guard let entry = entry(category) else { return "" }
        let fields = entry.utf8.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
        return index < fields.count ? String(decoding: fields[index], as: UTF8.self) : ""
    }

    private static func expanded(_ list: String) -> [String] {
        list.utf8.split(separator: UInt8(ascii: ",")).flatMap { item -> [String] in
            let ends = item.split(separator: UInt8(ascii: "~")).map { String(decoding: $0, as: UTF8.self) }
            guard ends.count == 2, let low = Steps(ends[0]), let high = Steps(ends[1]), low.count <= high.count else {
                return ends
            }
            return (low.count...high.count).map { Steps(count: $0, decimals: low.decimals).text }
        }
    }

    /// A decimal number counted in steps of its last digit.
    private struct Steps {
        var count: Int
        var decimals: Int

        init(count: Int, decimals: Int) {
            self.count = count
            self.decimals = decimals
        }

        init?(_ text: String) {
            let parts = text.utf8.split(separator: UInt8(ascii: "."))
            decimals = parts.count == 2 ? parts[1].count : 0
            let digits = text.utf8.filter { $0 != UInt8(ascii: ".") }
            guard let value = Int(String(decoding: digits, as: UTF8.self)) else { return nil }
            count = value
        }

        var text: String {
            var digits = Array(String(count).utf8)
            while digits.count <= decimals { digits.insert(UInt8(ascii: "0"), at: 0) }
            if decimals > 0 { digits.insert(UInt8(ascii: "."), at: digits.count - decimals) }
            return String(decoding: digits, as: UTF8.self)
        }
    }
}
