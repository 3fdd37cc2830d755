// Pattern selection (LDML 48, part 9, "Pattern Selection"). The specification filters and sorts
// the variants by each selector in turn; that picks the variant whose keys, read from the first
// selector to the last, rank best, and of equals the first.

import UnicodeLocale

extension Resolver {
    /// The pattern to format.
    mutating func selectedPattern() -> Pattern {
        switch message.body {
        case .pattern(let pattern): return pattern
        case .select(let matcher): return select(matcher)
        }
    }

    private mutating func select(_ matcher: Matcher) -> Pattern {
        var selectors: [Selector] = []
        for selector in matcher.selectors {
            let value = resolve(selector.name, before: message.declarations.count)
            let resolved = Selector(value, context.locale)
            if case .none = resolved { report(.badSelector, "$" + selector.name) }
            selectors.append(resolved)
        }
        for index in selectors.indices { resolveKeys(&selectors[index], index, matcher) }
        var best: (ranks: [Int], pattern: Pattern)?
        for variant in matcher.variants {
            guard let ranks = ranks(of: variant.keys, selectors) else { continue }
            if let known = best, !ranks.lexicographicallyPrecedes(known.ranks) { continue }
            best = (ranks, variant.value)
        }
        // Only a message with a data model error has no variant to fall back on.
        return best?.pattern ?? Pattern([.text("\u{FFFD}")])
    }

    /// Asks functions that choose in their own way, and reports keys that mean nothing to a number.
    private mutating func resolveKeys(_ selector: inout Selector, _ index: Int, _ matcher: Matcher) {
        let source = "$" + matcher.selectors[index].name
        let keys = matcher.variants.compactMap { $0.keys.indices.contains(index) ? $0.keys[index].value : nil }
        switch selector {
        case .custom(let select, _) where !keys.isEmpty:
            switch select(keys) {
            case .success(let matches): selector = .custom(select, matches: matches)
            case .failure:
                report(.badSelector, source)
                selector = .none
            }
        case .number:
            for key in keys where !DecimalValue.isNumberLiteral(key) && !isPluralCategory(key) {
                report(.badVariantKey, source)
            }
        default: break
        }
    }

    /// How well each key matches, 0 the best; nil when one does not match.
    private func ranks(of keys: [VariantKey], _ selectors: [Selector]) -> [Int]? {
        guard keys.count == selectors.count else { return nil }
        var ranks: [Int] = []
        for (key, selector) in zip(keys, selectors) {
            switch key {
            case .catchAll: ranks.append(.max)
            case .literal(let literal):
                guard let rank = selector.rank(of: literal.value) else { return nil }
                ranks.append(rank)
            }
        }
        return ranks
    }
}

/// Whether a key is one of CLDR's plural categories.
func isPluralCategory(_ key: String) -> Bool {
    switch key {
    case "zero", "one", "two", "few", "many", "other": true
    default: false
    }
}

/// A selector's value, ready to be compared with keys.
private enum Selector {
    /// Matches no key but `*`.
    case none
    case string(String)
    case number(exact: String, category: String?)
    case custom(@Sendable ([String]) -> CustomValue.Outcome<[String]>, matches: [String])

    init(_ value: ResolvedValue, _ locale: FormattingLocale) {
        switch value.kind {
        case .string(let text, isSelector: true): self = .string(text)
        case .number(let number) where number.select != .unsupported:
            self = .number(exact: number.exactKey, category: number.category(locale)?.name)
        case .custom(let custom):
            guard let select = custom.select else {
                self = .none
                return
            }
            self = .custom(select, matches: [])
        default: self = .none
        }
    }

    func rank(of key: String) -> Int? {
        switch self {
        case .none: return nil
        case .string(let text): return sameName(text, key) ? 0 : nil
        case .number(let exact, let category):
            if sameName(key, exact) { return 0 }
            return category.map { sameName(key, $0) } == true ? 1 : nil
        case .custom(_, let matches): return matches.firstIndex { sameName($0, key) }
        }
    }
}
