import PlacardText
import SourceDiagnostics
import UnicodeLocale

/// Values that the source shows for all numbers but those with a text of their own, and a variant of the translation for them
/// does not: `* {{3 colis}}` for `* {{{$n} parcels}}`.
///
/// Variants for one number, such as `1`, `one` and `two`, may have it in words.
///
/// - Parameters:
///   - sourceLocale: the language of the source.
///   - own: the language of the translation.
///   - known: diagnostics of the texts, among them that a variant does not say its number.
func placeholdersDroppedFromVariants(
    _ translated: CompiledText, _ source: CompiledText, at text: EmbeddedText, from sourceLocale: LanguageTag?,
    to own: LanguageTag, beside known: [Diagnostic]
) -> [Diagnostic] {
    // Of what the translation has nowhere there is a diagnostic already.
    let used = Set(translated.variables.map(\.name))
    guard !used.isEmpty, !source.variables.isEmpty else { return [] }
    let (variants, originals) = (translated.variants, source.variants)
    guard variants.contains(where: { !$0.keys.isEmpty }) || originals.contains(where: { !$0.keys.isEmpty }) else {
        return []
    }
    let keys = KeyRanges(translated, own)
    let sourceKeys = KeyRanges(source, sourceLocale)
    var dropped: [(name: String, variant: Int)] = []
    for (place, variant) in variants.enumerated() where variant.keys.isEmpty || keys.hasMany(variant.keys) {
        let matching = originals.filter { keys.match(variant.keys, $0.keys, of: sourceKeys) }
        guard let first = matching.first else { continue }
        let covered = Set(
            variant.shown
                + translated.variables.filter { variant.span.start <= $0.span.start && $0.span.end <= variant.span.end }
                .map(\.name) + keys.named(by: variant.keys))
        var seen = covered
        for name in first.shown where used.contains(name) && seen.insert(name).inserted {
            if matching.allSatisfy({ $0.shown.contains(name) }) { dropped.append((name, place)) }
        }
    }
    guard !dropped.isEmpty else { return [] }
    let chosen = Set(translated.variables.filter(\.isSelector).map(\.name))
    let implied = known.filter { $0.id == "text/implied-number" && $0.primary.file == text.file }
    return dropped.flatMap { name, place in
        let end = variants[place].span.end
        let found = text.place([.droppedPlaceholder(name, at: Label(variants[place].span))])
        guard chosen.contains(name), !implied.isEmpty else { return found }
        // With its keys.
        let whole = Span(place > 0 ? variants[place - 1].span.end : 0, end)
        let isKnown = text.place([.droppedPlaceholder(name, at: Label(whole))]).contains { region in
            implied.contains {
                region.primary.span.start <= $0.primary.span.start && $0.primary.span.end <= region.primary.span.end
            }
        }
        return isKnown ? [] : found
    }
}

/// Which values the keys of a text stand for.
private struct KeyRanges {
    /// In the order of the keys; empty where a declaration stands between.
    private let selectors: [TextVariableUse]
    private let rules: PluralRules?

    init(_ text: CompiledText, _ locale: LanguageTag?) {
        let selectors = text.variables.filter(\.isSelector)
        self.selectors = selectors.count == text.variants.first?.keys.count ? selectors : []
        rules = locale.map { PluralRules(.cardinal, locale: $0) }
    }

    /// Whether a key is for many values: `*`, and a plural category that is not named for one number.
    private func isOpen(_ key: String, at index: Int) -> Bool {
        if key == "*" { return true }
        guard index < selectors.count, selectors[index].choosesByNumber, let category = PluralCategory(name: key) else {
            return false
        }
        switch category {
        case .zero, .one, .two: return false
        // Welsh has `few` for 3 alone.
        case .few, .many, .other: return rules?.integerSamples(category).count != 1
        }
    }

    private func areOpen(_ keys: [String]) -> Bool {
        keys.enumerated().allSatisfy { isOpen($1, at: $0) }
    }

    /// Whether one of the keys is for many values.
    func hasMany(_ keys: [String]) -> Bool {
        keys.enumerated().contains { isOpen($1, at: $0) }
    }

    /// The variables whose value the keys name.
    func named(by keys: [String]) -> [String] {
        zip(keys, selectors).enumerated().compactMap { isOpen($1.0, at: $0) ? nil : $1.1.name }
    }

    /// Whether keys are for the same readers as keys of another text: both for all other values, or for the same one.
    func match(_ keys: [String], _ others: [String], of other: KeyRanges) -> Bool {
        guard keys.count == others.count else { return areOpen(keys) && other.areOpen(others) }
        return keys.indices.allSatisfy { index in
            let isOtherOpen = other.isOpen(others[index], at: index)
            guard !isOpen(keys[index], at: index) else { return isOtherOpen }
            return !isOtherOpen && keys[index] == others[index] && index < min(selectors.count, other.selectors.count)
                && selectors[index].name == other.selectors[index].name
        }
    }
}
