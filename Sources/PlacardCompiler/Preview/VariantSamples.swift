import MessageFormat
import PlacardText
import SourceDiagnostics
import UnicodeLocale

/// What shows one variant of a message's texts: its keys, and values that choose it.
struct VariantSample: Sendable {
    /// The keys, such as `few` or `gold, one`; the catch-all is `other`.
    var label: String
    var values: [String: MessageValue]

    /// Cards for variants in one language; a text with more is shown in part.
    static let maximum = 12
}

/// One sample for each variant that `samples` does not show already, in the order of the texts.
///
/// Numbers come from CLDR's plural rules of the language: the smallest that falls into the category. A variant that no
/// integer reaches (Polish `other`) has no sample.
func variantSamples(
    _ content: MessageContent<CompiledText>, locale: String, samples: SampleValues, project: ProjectDefinition,
    event: String?
) -> [VariantSample] {
    guard content.hasVariants else { return [] }
    var result: [VariantSample] = []
    let chooser = SampleChooser(locale: locale, project: project, event: event)
    for text in content.all where text.hasVariants {
        let selectors = text.selectors
        for variant in text.variants where variant.keys.count == selectors.count {
            var values: [String: MessageValue] = [:]
            var isShown = true
            var isReachable = true
            for (index, selector) in selectors.enumerated() {
                let others = text.variants.compactMap { $0.keys.count > index ? $0.keys[index] : nil }
                guard let value = chooser.value(for: variant.keys[index], among: others, of: selector) else {
                    isReachable = false
                    break
                }
                values[selector.name] = value
                let key = variant.keys[index]
                if chooser.key(of: samples[selector.name], among: others, of: selector) != key { isShown = false }
            }
            let label = variant.keys.map { $0 == "*" ? "other" : $0 }.joined(separator: ", ")
            guard isReachable, !isShown, !result.contains(where: { $0.label == label }) else { continue }
            result.append(VariantSample(label: label, values: values))
        }
    }
    return Array(result.prefix(VariantSample.maximum))
}

extension CompiledText {
    /// The uses that choose a variant, in the order of the keys.
    fileprivate var selectors: [TextVariableUse] {
        var seen: Set<String> = []
        return variables.filter { $0.isSelector && seen.insert($0.name).inserted }
    }
}

/// Finds a value for a key of `.match`, and the key that a value has.
private struct SampleChooser {
    private let rules: PluralRules?
    private let declared: [String: [String]]

    /// Numbers that are tried; the last reaches `many` of French, Portuguese and their kin.
    private static let numbers = Array(Int64(0)...200) + [1_000_000]

    init(locale: String, project: ProjectDefinition, event: String?) {
        rules = (try? LanguageTag(locale)).map { PluralRules(.cardinal, locale: $0) }
        var declared: [String: [String]] = [:]
        for group in project.context {
            for attribute in group.attributes { declared["\(group.name).\(attribute.name)"] = attribute.values }
        }
        for property in event.flatMap({ project.events[named: $0] })?.properties ?? [] {
            declared["event.\(property.name)"] = property.values
        }
        self.declared = declared
    }

    func value(for key: String, among keys: [String], of selector: TextVariableUse) -> MessageValue? {
        if selector.function == "string" || selector.function == nil {
            if key != "*" { return .string(key) }
            return declared[selector.name]?.first { !keys.contains($0) }.map { .string($0) }
        }
        let number = SampleChooser.numbers.first { self.key(ofNumber: $0, among: keys) == key }
        return number.map { .integer($0) }
    }

    func key(of value: MessageValue?, among keys: [String], of selector: TextVariableUse) -> String? {
        switch value {
        case .integer(let number)?: key(ofNumber: number, among: keys)
        case .string(let text)?: keys.contains(text) ? text : "*"
        default: nil
        }
    }

    /// An exact number, else its plural category, else the catch-all.
    private func key(ofNumber number: Int64, among keys: [String]) -> String {
        if keys.contains(String(number)) { return String(number) }
        if let category = rules?.category(number).name, keys.contains(category) { return category }
        return "*"
    }
}
