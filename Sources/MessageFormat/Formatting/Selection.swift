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
        var best: Int?
        var bestRanks: [Int] = []
        var ranks = [Int](repeating: 0, count: selectors.count)
        for index in matcher.variants.indices where rank(matcher.variants[index].keys, selectors, into: &ranks) {
            guard best == nil || ranks.lexicographicallyPrecedes(bestRanks) else { continue }
            best = index
            bestRanks = ranks
        }
        // Only a message with a data model error has no variant to fall back on.
        return best.map { matcher.variants[$0].value } ?? Pattern([.text("\u{FFFD}")])
    }

    /// Asks functions that choose in their own way, and reports keys that mean nothing to a number.
    private mutating func resolveKeys(_ selector: inout Selector, _ index: Int, _ matcher: Matcher) {
        switch selector {
        case .custom(let select, _):
            let keys = matcher.variants.compactMap { $0.key(at: index) }
            guard !keys.isEmpty else { return }
            switch select(keys) {
            case .success(let matches): selector = .custom(select, matches: matches)
            case .failure:
                report(.badSelector, "$" + matcher.selectors[index].name)
                selector = .none
            }
        case .number:
            for variant in matcher.variants {
                guard let key = variant.key(at: index), !isPluralCategory(key), !DecimalValue.isNumberLiteral(key)
                else { continue }
                report(.badVariantKey, "$" + matcher.selectors[index].name)
            }
        case .none, .string: break
        }
    }

    /// How well each key matches, 0 the best; false when one does not match.
    private func rank(_ keys: [VariantKey], _ selectors: [Selector], into ranks: inout [Int]) -> Bool {
        guard keys.count == selectors.count else { return false }
        for index in keys.indices {
            switch keys[index] {
            case .catchAll: ranks[index] = .max
            case .literal(let literal):
                guard let rank = selectors[index].rank(of: literal.value) else { return false }
                ranks[index] = rank
            }
        }
        return true
    }
}

extension Variant {
    /// The literal key at a place; nil for `*`, and when there are fewer keys.
    fileprivate func key(at index: Int) -> String? {
        keys.indices.contains(index) ? keys[index].value : nil
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
