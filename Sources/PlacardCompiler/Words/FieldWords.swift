import CEL
import PlacardBundle

/// Words before which no `who` stands: they tell where, when or with what.
private let prepositions: Set<String> = [
    "in", "on", "at", "with", "without", "from", "to", "of", "for", "by", "near", "since", "before", "after", "under",
    "over",
]

/// Verbs that `not` follows as it is.
private let auxiliaries: Set<String> = [
    "have", "has", "had", "are", "is", "were", "was", "do", "does", "did", "can", "could", "may", "will", "would",
    "must",
]

extension ConditionWords {
    /// What a condition on one field reads like.
    func phrase(_ condition: FieldCondition) -> Phrase {
        let attribute = attributes[condition.field]
        if let pattern = attribute?.words, let phrase = phrase(condition, pattern) { return phrase }
        let statement = statement(condition, name(condition.field))
        return Phrase(kind: .other, clause: "whose " + statement, statement: statement)
    }

    /// `level is gold`, `points are at least 10`.
    private func statement(_ condition: FieldCondition, _ name: String) -> String {
        let verb = isPlural(name) ? "are" : "is"
        switch condition.test {
        case .holds(let value, let isNegated):
            let verb = isPlural(name) ? ("include", "do not include") : ("includes", "does not include")
            return "\(name) \(isNegated ? verb.1 : verb.0) \(text(value, condition.field))"
        case .present(let isPresent): return "\(name) \(verb) \(isPresent ? "known" : "not known")"
        case .among(let values) where values.isEmpty: return "\(name) \(verb) nothing"
        case .none(let values) where values.isEmpty: return "\(name) \(verb) anything"
        case .none(let values): return "\(name) \(verb) not \(listed(values, condition.field))"
        case .among, .range: return "\(name) \(verb) \(value(condition))"
        }
    }

    /// A phrase by an attribute's own pattern; nil where the pattern has no place for what is asked.
    private func phrase(_ condition: FieldCondition, _ pattern: String) -> Phrase? {
        if case .among(let values) = condition.test, case .bool(let flag)? = values.first {
            guard values.count == 1 else { return nil }
            let clause = "who " + (flag ? pattern : negated(pattern))
            return Phrase(kind: .other, clause: clause, statement: "users " + clause.dropFirst(4))
        }
        let mark = "{value}"
        guard pattern.contains(mark) else { return nil }
        func filled(_ value: String) -> String { singular(pattern, mark, value) }
        var isNegated = false
        let words: String
        switch condition.test {
        case .present: return nil
        case .holds(let value, let negated):
            isNegated = negated
            words = filled(text(value, condition.field))
        case .none(let values) where !values.isEmpty:
            isNegated = true
            words =
                pattern.hasPrefix(mark)
                ? joinedWords(values.map { filled(text($0, condition.field)) }, "or")
                : filled(listed(values, condition.field))
        case .among(let values) where pattern.hasPrefix(mark) && !values.isEmpty:
            words = joinedWords(values.map { filled(text($0, condition.field)) }, "or")
        case .among(let values) where !values.isEmpty: words = filled(value(condition))
        case .range: words = filled(value(condition))
        case .among, .none: return nil
        }
        if pattern.hasPrefix(mark) {
            return isNegated
                ? Phrase(kind: .other, clause: "who are not \(words)", statement: "users are not \(words)")
                : Phrase(kind: .noun, clause: words, statement: "users are \(words)")
        }
        let first = words.prefix { $0 != " " }
        if prepositions.contains(first.lowercased()) {
            let place = isNegated ? "not \(words)" : words
            return Phrase(kind: .place, clause: place, statement: "users are \(place)")
        }
        let verb = isNegated ? negated(words) : words
        return Phrase(kind: .other, clause: "who \(verb)", statement: "users \(verb)")
    }

    /// `have not rated the app` of `have rated the app`.
    private func negated(_ words: String) -> String {
        let first = words.prefix { $0 != " " }
        if auxiliaries.contains(first.lowercased()) { return "\(first) not\(words.dropFirst(first.count))" }
        return "do not \(words)"
    }

    /// The pattern with the value in its place: `at least once` and `1 trip`, not `1 times` and `1 trips`.
    private func singular(_ pattern: String, _ mark: String, _ value: String) -> String {
        let isOne = value == "1" || value.hasSuffix(" 1")
        guard isOne, let place = pattern.firstRange(of: mark) else { return pattern.replacing(mark, with: value) }
        let before = pattern[..<place.lowerBound]
        let after = pattern[place.upperBound...]
        let noun = after.dropFirst().prefix { $0 != " " }
        let rest = after.dropFirst(1 + noun.count)
        guard after.first == " ", noun.count > 2, noun.hasSuffix("s") else { return before + value + after }
        if noun == "times" { return before + value.dropLast() + "once" + rest }
        return before + value + " " + noun.dropLast() + rest
    }

    /// `coffee level` of `coffee.level`; of what is called `user` or `event` the field alone.
    private func name(_ field: FieldName) -> String {
        let words = field.field.split(separator: "_").joined(separator: " ")
        if field.group == "user" || field.group == "event" { return words }
        return field.group.split(separator: "_").joined(separator: " ") + " " + words
    }

    private func isPlural(_ name: String) -> Bool {
        guard let last = name.split(separator: " ").last, last.count > 3 else { return false }
        return last.hasSuffix("s") && !["ss", "us", "is"].contains(where: { last.hasSuffix($0) })
    }

    /// `the United States`, and `France`.
    private func withArticle(_ country: String) -> String {
        let wantsArticle =
            country.hasPrefix("United ") || country.hasSuffix(" Islands") || country.hasSuffix(" Republic")
            || ["Bahamas", "Comoros", "Gambia", "Maldives", "Netherlands", "Philippines", "Seychelles"].contains(
                country)
        return wantsArticle ? "the " + country : country
    }

    // Values

    private func value(_ condition: FieldCondition) -> String {
        switch condition.test {
        case .among(let values): return listed(values, condition.field)
        case .none(let values): return "not " + listed(values, condition.field)
        case .range(let lower, let upper): return range(lower, upper, condition.field)
        case .holds(let value, _): return text(value, condition.field)
        case .present(let isPresent): return isPresent ? "known" : "not known"
        }
    }

    private func listed(_ values: [Scalar], _ field: FieldName) -> String {
        joinedWords(values.map { text($0, field) }, "or")
    }

    private func range(_ lower: FieldCondition.Bound?, _ upper: FieldCondition.Bound?, _ field: FieldName) -> String {
        let least = lower.map { bound($0, step: 1) }
        let most = upper.map { bound($0, step: -1) }
        func words(_ bound: FieldCondition.Bound) -> String { text(bound.value, field) }
        switch (least, most) {
        case (let least?, nil): return lowest(least, words(least))
        case (nil, let most?): return highest(most, words(most))
        case (let least?, let most?):
            if least.isInclusive, most.isInclusive {
                return least.value == most.value ? words(least) : "\(words(least)) to \(words(most))"
            }
            return "\(lowest(least, words(least))) and \(highest(most, words(most)))"
        case (nil, nil): return "anything"
        }
    }

    private func lowest(_ bound: FieldCondition.Bound, _ words: String) -> String {
        switch bound.value {
        case .version: bound.isInclusive ? "\(words) or later" : "later than \(words)"
        case .timestamp: bound.isInclusive ? "at \(words) or later" : "after \(words)"
        default: bound.isInclusive ? "at least \(words)" : "more than \(words)"
        }
    }

    private func highest(_ bound: FieldCondition.Bound, _ words: String) -> String {
        switch bound.value {
        case .version: bound.isInclusive ? "\(words) or earlier" : "earlier than \(words)"
        case .timestamp: bound.isInclusive ? "at \(words) or earlier" : "before \(words)"
        default: bound.isInclusive ? "at most \(words)" : "less than \(words)"
        }
    }

    /// Whole numbers have a next one, so that `> 0` is `at least 1`.
    private func bound(_ bound: FieldCondition.Bound, step: Int64) -> FieldCondition.Bound {
        guard !bound.isInclusive else { return bound }
        switch bound.value {
        case .int(let number): return FieldCondition.Bound(value: .int(number + step), isInclusive: true)
        case .uint(let number) where step > 0 || number > 0:
            return FieldCondition.Bound(value: .uint(step > 0 ? number + 1 : number - 1), isInclusive: true)
        default: return bound
        }
    }

    private func text(_ value: Scalar, _ field: FieldName) -> String {
        switch value {
        case .string(let bytes):
            let text = String(decoding: bytes, as: UTF8.self)
            if text.isEmpty { return "empty" }
            let name = field.field
            let isCountry = ["country", "region"].contains { name == $0 || name.hasSuffix("_" + $0) }
            return isCountry ? country(text).map(withArticle) ?? text : text
        case .bool(let flag): return flag ? "true" : "false"
        case .int(let number): return String(number)
        case .uint(let number): return String(number)
        case .double(let number): return number == number.rounded() ? String(Int64(number)) : String(number)
        case .timestamp(let moment): return dateWords(moment.rfc3339)
        case .duration(let length): return length.decimalSeconds
        case .version(let version): return version.text
        }
    }
}
