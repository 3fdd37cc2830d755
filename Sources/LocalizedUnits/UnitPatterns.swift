import UnicodeLocale

// Units of measurement in a language: the number comes in as text, in the language's own digits and signs, and the
// unit's name or symbol is put where CLDR's pattern has it. Some languages have forms that say the number by themselves
// (Arabic ساعتان, two hours), so a pattern need not show the number.

/// How a unit of measurement is written in a language: CLDR's patterns of one unit in one width.
///
/// It reads a table that is part of the module (63 simple units, in all languages at modern coverage); make it
/// once for many numbers.
///
/// Source: UTS 35, part 2, "Unit Elements" and "Compound Units".
package struct UnitPatterns: Hashable, Sendable {
    /// How much of the unit is written out.
    package enum Width: UInt8, Hashable, Sendable, CaseIterable {
        /// `12 kilometers`
        case long
        /// `12 km`
        case short
        /// `12km`
        case narrow
    }

    /// A pattern in two parts.
    private struct Pattern: Hashable, Sendable {
        var before: String
        var after = ""
        var hasNumber = false
    }

    /// By the number of the category.
    private let patterns: [Pattern]

    /// The version of CLDR that the patterns come from.
    package static var version: String { "\(UnitData.version)" }

    /// The patterns of a unit.
    ///
    /// - Parameters:
    ///   - identifier: a simple unit of CLDR (`kilometer`), or two with `-per-` between (`kilometer-per-hour`).
    ///   - width: how much of it is written out.
    ///   - locale: the language; its parents are asked for what it does not have, and root, which has international
    ///     symbols, for all that they do not have.
    /// - Returns: nil for a unit that the table does not have.
    package init?(_ identifier: String, _ width: Width, locale: LanguageTag) {
        let chain = locale.canonical.withDistinctiveScript.fallbackChain
        let categories = PluralCategory.allCases
        if identifier != UnitTable.compound, let letter = UnitTable.letter(identifier) {
            let forms = UnitTable.forms(letter, width, chain)
            patterns = categories.map { UnitPatterns.pattern(forms.pattern($0)) }
            return
        }
        guard let (numerator, denominator) = UnitPatterns.split(identifier),
            let first = UnitTable.letter(numerator), let second = UnitTable.letter(denominator)
        else { return nil }
        let outer = UnitPatterns.compound(UnitTable.forms(second, width, chain), width, chain)
        let inner = UnitTable.forms(first, width, chain)
        patterns = categories.map { category in
            UnitPatterns.pattern(
                outer.split(separator: UnitTable.number, omittingEmptySubsequences: false)
                    .joined(separator: inner.pattern(category)).map { $0 })
        }
    }

    /// Whether the pattern of a category has a place for the number.
    package func showsNumber(_ category: PluralCategory) -> Bool { patterns[Int(category.rawValue)].hasNumber }

    /// A number with the unit.
    ///
    /// - Parameters:
    ///   - number: the number as the language writes it, with its sign.
    ///   - category: its cardinal category in the language.
    package func text(_ number: String, _ category: PluralCategory) -> String {
        let pattern = patterns[Int(category.rawValue)]
        return pattern.hasNumber ? pattern.before + number + pattern.after : pattern.before
    }

    private static func pattern(_ bytes: [UInt8]) -> Pattern {
        guard let place = bytes.firstIndex(of: UnitTable.number) else {
            return Pattern(before: String(decoding: bytes, as: UTF8.self))
        }
        return Pattern(
            before: String(decoding: bytes[..<place], as: UTF8.self),
            after: String(decoding: bytes[(place + 1)...], as: UTF8.self), hasNumber: true)
    }

    /// The names in front of the first `-per-` and behind it.
    private static func split(_ identifier: String) -> (Substring, Substring)? {
        var rest = identifier[...]
        while let dash = rest.firstIndex(of: "-") {
            rest = rest[dash...]
            if rest.hasPrefix("-per-") { return (identifier[..<dash], rest.dropFirst(5)) }
            rest = rest.dropFirst()
        }
        return nil
    }

    /// The pattern that a numerator is put into: the denominator's own, else the language's pattern of compounds with
    /// the denominator's name, as it stands with one, without the place for its number.
    private static func compound(
        _ denominator: UnitTable.Forms, _ width: Width, _ chain: [LanguageTag]
    ) -> [UInt8] {
        if let per = denominator.per { return per }
        guard let letter = UnitTable.letter(UnitTable.compound) else { return [UnitTable.number] }
        let name = denominator.pattern(.one).filter { $0 != UnitTable.number }
        let pattern = UnitTable.forms(letter, width, chain).pattern(.other)
        return pattern.split(separator: UnitTable.denominator, omittingEmptySubsequences: false)
            .joined(separator: trimmed(name)).map { $0 }
    }

    /// Text without white space and directional marks at its ends.
    private static func trimmed(_ text: [UInt8]) -> [UInt8] {
        var scalars = String(decoding: text, as: UTF8.self).unicodeScalars[...]
        while let first = scalars.first, isSpace(first) { scalars.removeFirst() }
        while let last = scalars.last, isSpace(last) { scalars.removeLast() }
        return Array(String(scalars).utf8)
    }

    private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isWhitespace || scalar.properties.isBidiControl
    }
}
