import PlacardText
import SourceDiagnostics
import UnicodeLocale

/// Numbers and names that the source has a text of their own for, as `0` for “Today is the last day”, and the translation has none.
///
/// A number that only stands for its plural category, as `1` for English `one`, is given by that category, too.
///
/// - Parameters:
///   - source: the language of the source.
///   - own: the language of the translation.
func droppedCases(
    _ translated: CompiledText, _ source: CompiledText, at text: EmbeddedText, from sourceLocale: LanguageTag?,
    to own: LanguageTag
) -> [Diagnostic] {
    let chosen = source.variables.filter(\.isSelector)
    guard let first = chosen.first, chosen.allSatisfy({ $0.name == first.name }),
        let selector = translated.variables.first(where: { $0.isSelector }), selector.name == first.name,
        translated.hasVariants, (source.variants + translated.variants).allSatisfy({ $0.keys.count == 1 })
    else { return [] }
    let wanted = source.variants.map { $0.keys[0] }
    let given = translated.variants.map { $0.keys[0] }
    let dropped: [String]
    switch first.function {
    case "string": dropped = wanted.filter { $0 != "*" && !given.contains($0) }
    case "number", "integer", "offset": dropped = droppedNumbers(wanted, given, from: sourceLocale, to: own)
    default: dropped = []
    }
    return dropped.isEmpty ? [] : text.place([.droppedCases(dropped, of: selector.name, at: selector.span)])
}

/// The numbers among the keys of the source that the keys of the translation do not cover.
private func droppedNumbers(
    _ wanted: [String], _ given: [String], from sourceLocale: LanguageTag?, to own: LanguageTag
) -> [String] {
    let rules = sourceLocale.map { PluralRules(.cardinal, locale: $0) }
    let ownRules = PluralRules(.cardinal, locale: own)
    return wanted.filter { key in
        guard let number = Int64(key), !given.contains(key) else { return false }
        // What the number stands for alone in the source, a category says in the translation.
        if let rules, isAlone(number, in: rules), !wanted.contains(rules.category(number).name) {
            let category = ownRules.category(number)
            return category != .other && !given.contains(category.name)
        }
        return true
    }
}

/// Whether a category has no other integer: 1 in English, and not in Russian.
private func isAlone(_ number: Int64, in rules: PluralRules) -> Bool {
    let category = rules.category(number)
    return category != .other && rules.integerSamples(category).allSatisfy { $0 == "\(number)" }
}

/// Whether a language has numbers of a category that none of the exact keys is: of `one` in French 0 where there is a `1` alone,
/// and 1.5 where fractions come, too.
func isNeeded(_ category: PluralCategory, _ rules: PluralRules, beside exact: [String], takesIntegers: Bool) -> Bool {
    let given = Set(exact.compactMap { Double($0) })
    var samples = rules.integerSamples(category)
    if !takesIntegers { samples += rules.decimalSamples(category) }
    return samples.contains { sample in Double(sample).map { !given.contains($0) } ?? false }
}
