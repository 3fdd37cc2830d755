import MessageFormat
import PlacardExchange
import PlacardText
import UnicodeLocale

// Variants as XLIFF 2.2 knows them: what chooses, and the case that each is for.

/// The ids that the variants of each block of a text share, by those of one of its variants: `n/body{#}:1f0c9a` for `body{*}:1f0c9a`.
func sharedIDs(of source: SourceUnits.Text, section: Int, in name: String) -> [String] {
    source.sections[section].unitIDs(isDocument: source.text.isDocument).map {
        "\(name)/\($0)".replacing("{*}", with: "{#}")
    }
}

/// Tells the case of each variant, where the module has words for all variants of a block: one selector, keys without white space,
/// and one of them for all other values.
func withCases(_ slots: [ExchangeSlot], of source: SourceUnits.Text, in name: String) -> [ExchangeSlot] {
    guard let other = source.sections.firstIndex(where: { $0.keys == ["*"] }),
        let selector = source.selector
    else { return slots }
    var result = slots
    for (unit, group) in sharedIDs(of: source, section: other, in: name).enumerated() {
        let own = slots.indices.filter { slots[$0].source?.unit == unit }
        let cases = own.compactMap { index -> String? in
            let value = slots[index].key == "*" ? otherCase : slots[index].key ?? ""
            return isCase(value, of: selector.word) ? value : nil
        }
        guard cases.count == own.count, Set(cases).count == cases.count, cases.contains(otherCase) else { continue }
        for (index, value) in zip(own, cases) {
            result[index].unit.variant = ExchangeUnit.Variant(
                group: group, selector: "\(selector.word):\(selector.variable)", value: value)
        }
    }
    return result
}

/// What chooses among the variants of a text.
struct VariantSelector: Sendable {
    /// How keys are compared.
    var kind: SelectorKind
    /// The variable, without `$`.
    var variable: String
    /// Whether it is never a fraction.
    var takesIntegers: Bool

    /// - Returns: nil unless it is one variable that chooses.
    init?(_ text: TranslatableText) {
        let message = parseMessageOutline(text.written.bytes).message
        guard case .select(let matcher) = message.body, matcher.selectors.count == 1 else { return nil }
        kind = message.selectorKind(of: matcher.selectors[0])
        variable = matcher.selectors[0].name
        takesIntegers = kind == .ordinal || message.annotation(of: variable)?.name == "integer"
    }

    /// The rules whose categories keys may be; nil where no key is a category.
    var rules: PluralRules.Kind? {
        switch kind {
        case .cardinal: .cardinal
        case .ordinal: .ordinal
        case .exact, .string, .custom, .none: nil
        }
    }

    /// The module's word for it.
    var word: String {
        switch kind {
        case .cardinal, .exact: "plural"
        case .ordinal: "ordinal"
        // What a name stands for, such as a gender, MessageFormat does not say.
        case .string, .custom, .none: "select"
        }
    }
}
