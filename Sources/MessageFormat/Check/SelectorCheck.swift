public import SourceDiagnostics
public import UnicodeLocale

// Whether the variants fit the language: every plural category that a reader of it needs has a
// variant, and none is there that the language does not have.

/// How the keys of one selector are compared.
public enum SelectorKind: Hashable, Sendable {
    /// Letter by letter.
    case string
    /// By number, then by cardinal category (`select=plural`, the default).
    case cardinal
    /// By number, then by ordinal category (`select=ordinal`).
    case ordinal
    /// By number alone (`select=exact`).
    case exact
    /// As a function from outside the module says.
    case custom
    /// Not at all: the function cannot select, or is not known.
    case none
}

extension Message {
    /// How the keys of a selector are compared.
    public func selectorKind(
        of selector: VariableReference, _ functions: FunctionRegistry = .standard
    ) -> SelectorKind {
        guard let function = annotation(of: selector.name), let signature = functions.signature(function.name) else {
            return .none
        }
        switch signature.selection {
        case .none: return .none
        case .string: return .string
        case .custom: return .custom
        case .number:
            guard case .literal(let literal)? = function.option("select") else { return .cardinal }
            switch literal.value {
            case "ordinal": return .ordinal
            case "exact": return .exact
            default: return .cardinal
            }
        }
    }

    /// What is wrong with the selectors and keys of the message in one language.
    ///
    /// - Parameters:
    ///   - locale: the language of the message's text.
    ///   - functions: the functions that there will be.
    /// - Returns: `mf2/bad-selector` for a function that cannot select; for selection by number
    ///   `mf2/bad-variant-key` for a key that is no number and no category, `mf2/unreachable-category` for a category
    ///   that the language does not have, and the warning `mf2/missing-category` for one that has no variant.
    ///
    /// Source: LDML 48, part 9, "Number Selection"; UTS 35, part 3, "Language Plural Rules".
    public func selectorDiagnostics(
        locale: LanguageTag, _ functions: FunctionRegistry = .standard
    ) -> [Diagnostic] {
        guard case .select(let matcher) = body else { return [] }
        var diagnostics: [Diagnostic] = []
        for (index, selector) in matcher.selectors.enumerated() {
            let keys = matcher.variants.compactMap { variant -> Literal? in
                guard variant.keys.indices.contains(index), case .literal(let key) = variant.keys[index] else {
                    return nil
                }
                return key
            }
            let function = annotation(of: selector.name)
            switch selectorKind(of: selector, functions) {
            case .string, .custom: break
            case .none:
                if let function, functions.signature(function.name) != nil {
                    diagnostics.append(.badSelector(selector, function))
                }
            case .exact:
                diagnostics += keys.compactMap { $0.exactKeyDiagnostic(allowsCategories: false) }
            case .cardinal:
                let check = CategoryCheck(.cardinal, locale, keys, takesIntegers: function?.name == "integer")
                diagnostics += check.diagnostics(matcher, selector)
            case .ordinal:
                let check = CategoryCheck(.ordinal, locale, keys, takesIntegers: true)
                diagnostics += check.diagnostics(matcher, selector)
            }
        }
        return diagnostics
    }
}

extension Literal {
    /// What is wrong with a key that is compared with a number.
    fileprivate func exactKeyDiagnostic(allowsCategories: Bool) -> Diagnostic? {
        if isPluralCategory(value) {
            return allowsCategories
                ? nil
                : .badVariantKey(self, "the key `\(value)` is a category, but `select=exact` compares numbers alone")
        }
        guard let number = DecimalValue(numberLiteral: value) else {
            return .badVariantKey(
                self, "the key `\(value)` is not a number\(allowsCategories ? " or a plural category" : "")")
        }
        guard number.text != value else { return nil }
        return .badVariantKey(self, "the key `\(value)` never matches", suggestion: number.text)
    }
}

/// Compares the keys of one selector with the categories of a language.
private struct CategoryCheck {
    let rules: PluralRules
    let kind: PluralRules.Kind
    let locale: LanguageTag
    let keys: [Literal]
    /// Whether only integers are selected by.
    let takesIntegers: Bool

    init(_ kind: PluralRules.Kind, _ locale: LanguageTag, _ keys: [Literal], takesIntegers: Bool) {
        rules = PluralRules(kind, locale: locale)
        self.kind = kind
        self.locale = locale
        self.keys = keys
        self.takesIntegers = takesIntegers
    }

    func diagnostics(_ matcher: Matcher, _ selector: VariableReference) -> [Diagnostic] {
        var diagnostics: [Diagnostic] = []
        for key in keys {
            if let diagnostic = key.exactKeyDiagnostic(allowsCategories: true) {
                diagnostics.append(diagnostic)
            } else if let category = PluralCategory(name: key.value), !rules.categories.contains(category) {
                diagnostics.append(.unreachableCategory(key, words, rules.categories))
            }
        }
        let missing = rules.categories.filter { isMissing($0) }
        if !missing.isEmpty { diagnostics.append(.missingCategory(missing, words, matcher, selector)) }
        return diagnostics
    }

    private var words: String { "\(kind == .cardinal ? "plural" : "ordinal") categories of `\(locale.text)`" }

    /// Whether readers of the language need a variant that is not there.
    private func isMissing(_ category: PluralCategory) -> Bool {
        // `*` is for `other`, and for all that has no variant of its own.
        guard category != .other, !keys.contains(where: { $0.value == category.name }) else { return false }
        var samples = rules.integerSamples(category)
        if !takesIntegers { samples += rules.decimalSamples(category) }
        // Numbers that have variants of their own need no category, and those from a million on hardly ever come.
        let exact = keys.compactMap { DecimalValue(numberLiteral: $0.value)?.text }
        return samples.contains { sample in
            guard let number = sampleNumber(sample) else { return false }
            return number.point <= 6 && !exact.contains(number.text)
        }
    }

    /// A sample of CLDR, such as `1`, `0.5` or `1c6`.
    private func sampleNumber(_ sample: String) -> DecimalValue? {
        DecimalValue(numberLiteral: String(decoding: sample.utf8.map { $0 == 0x63 ? 0x65 : $0 }, as: UTF8.self))
    }
}
