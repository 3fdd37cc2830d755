import PlacardBundle
import PlacardEngine

/// Conditions as a reviewer reads them: `Riders in France or Germany who have ordered at least 3 times, on 3.2 or later`.
///
/// The words come from the checked expression, so that they say what is decided, and never what its author meant. What has no
/// words, such as a macro, stands as it is written, between `…`. An attribute's own words (`words` in `placard.yaml`) come before
/// those made from its name.
struct ConditionWords: Sendable {
    let attributes: AttributeTable
    /// Names of countries in English, by their ISO 3166 codes; nil for what is none.
    let country: @Sendable (String) -> String?

    init(attributes: AttributeTable, country: @escaping @Sendable (String) -> String?) {
        self.attributes = attributes
        self.country = country
    }

    /// Who sees a message, as a sentence without its full stop.
    func audience(_ conditions: [Formula]) -> String {
        switch Clauses.Result(.and(conditions), self) {
        case .always: return "Everyone"
        case .never: return "Nobody"
        case .some(var clauses):
            let noun = clauses.nouns.isEmpty ? "users" : clauses.nouns.removeFirst()
            clauses.others = clauses.nouns.map { "who are \($0)" } + clauses.others
            var words = [noun]
            if let first = clauses.places.first { words.append(first) }
            var sentence = words.joined(separator: " ")
            let relative = joinedClauses(clauses.others)
            if !relative.isEmpty { sentence += " " + relative }
            for place in clauses.places.dropFirst() { sentence += ", " + place }
            return sentence.first.map { $0.uppercased() + sentence.dropFirst() } ?? sentence
        }
    }

    /// When an event shows a message: what must hold of it, as clauses behind an `if`; empty when always.
    func event(_ conditions: [Formula]) -> String {
        switch Clauses.Result(.and(conditions), self) {
        case .always: return ""
        case .never: return "never"
        case .some(let clauses): return "if " + joinedWords(clauses.statements, "and")
        }
    }
}

/// `a`, `a and b`, `a, b and c`.
func joinedWords(_ words: [String], _ conjunction: String) -> String {
    guard let last = words.last, words.count > 1 else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " \(conjunction) " + last
}

/// Relative clauses behind each other: a comma before the `and` where one of them holds one itself.
private func joinedClauses(_ clauses: [String]) -> String { joinedWords(clauses, "and") }

/// What holds of users, by the place that its words take in a sentence.
struct Clauses {
    enum Result {
        case always, never
        case some(Clauses)
    }

    /// What they are: `riders`.
    var nouns: [String] = []
    /// Where, when or with what: `in France`, `on 3.2 or later`.
    var places: [String] = []
    /// The rest: `who have ordered at least 3 times`, `whose level is gold`.
    var others: [String] = []
    /// All of them, in order, as statements: `level is gold`.
    var statements: [String] = []

    /// All of them, in order, as clauses behind a noun.
    var relative: [String] = []
}

extension Clauses.Result {
    /// The clauses of a formula.
    init(_ formula: Formula, _ words: ConditionWords) {
        switch formula.simplified(negated: false) {
        case .constant(let flag): self = flag ? .always : .never
        case .and(let parts):
            var clauses = Clauses()
            for part in merged(parts, joinedBy: .and) { clauses.append(part, words) }
            self = .some(clauses)
        case let other:
            var clauses = Clauses()
            for part in merged([other], joinedBy: .and) { clauses.append(part, words) }
            self = .some(clauses)
        }
    }
}

extension Clauses {
    /// Adds what one of several conditions, which all hold, comes to.
    mutating func append(_ part: MergedCondition, _ words: ConditionWords) {
        switch part {
        case .field(let field): append(words.phrase(field))
        case .code(let text, let isNegated):
            append(
                Phrase(
                    kind: .other, clause: "for whom `\(text)`" + (isNegated ? " is false" : " holds"),
                    statement: "`\(text)`" + (isNegated ? " is false" : " holds")))
        case .any(let branches):
            let alternatives = branches.map { branch in
                var clauses = Clauses()
                for part in branch { clauses.append(part, words) }
                return clauses
            }
            let isLong = alternatives.contains { $0.relative.count > 1 }
            func either(_ texts: [[String]]) -> String {
                let all = texts.map { joinedClauses($0) }
                return isLong ? all.joined(separator: ", or ") : joinedWords(all, "or")
            }
            append(
                Phrase(
                    kind: .other, clause: "(" + either(alternatives.map(\.relative)) + ")",
                    statement: "(" + either(alternatives.map(\.statements)) + ")"))
        }
    }

    private mutating func append(_ phrase: Phrase) {
        switch phrase.kind {
        case .noun: nouns.append(phrase.clause)
        case .place: places.append(phrase.clause)
        case .other: others.append(phrase.clause)
        }
        relative.append(phrase.kind == .other ? phrase.clause : "who are \(phrase.clause)")
        statements.append(phrase.statement)
    }
}

/// One condition in words.
struct Phrase {
    enum Kind {
        case noun, place, other
    }

    var kind: Kind
    /// As it stands behind, or in place of, `users`.
    var clause: String
    /// As a sentence of its own.
    var statement: String
}
