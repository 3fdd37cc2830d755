/// What an expression may come to, as a set: true, false, or a run-time error.
struct Outcomes: OptionSet, Hashable, Sendable {
    let rawValue: UInt8

    static let holds = Outcomes(rawValue: 1)
    static let fails = Outcomes(rawValue: 2)
    static let error = Outcomes(rawValue: 4)
    static let any: Outcomes = [.holds, .fails, .error]
    static let notHolds: Outcomes = [.fails, .error]

    init(rawValue: UInt8) { self.rawValue = rawValue }
    init(_ flag: Bool) { self = flag ? .holds : .fails }

    /// `!x`.
    var negated: Outcomes {
        var result = intersection(.error)
        if contains(.holds) { result.insert(.fails) }
        if contains(.fails) { result.insert(.holds) }
        return result
    }

    /// `x && y`: false beside an error is false (langdef.md, "Logical Operators").
    func and(_ other: Outcomes) -> Outcomes {
        var result: Outcomes = []
        if contains(.fails) || other.contains(.fails) { result.insert(.fails) }
        if contains(.holds), other.contains(.holds) { result.insert(.holds) }
        if contains(.error), !other.isDisjoint(with: [.error, .holds]) { result.insert(.error) }
        if other.contains(.error), contains(.holds) { result.insert(.error) }
        return result
    }

    /// `x || y`.
    func or(_ other: Outcomes) -> Outcomes { negated.and(other.negated).negated }

    /// `self ? x : y`.
    func choose(_ then: Outcomes, _ otherwise: Outcomes) -> Outcomes {
        var result = intersection(.error)
        if contains(.holds) { result.formUnion(then) }
        if contains(.fails) { result.formUnion(otherwise) }
        return result
    }
}

/// A declared field: `user.country`, `event.status`.
struct FieldName: Hashable, Sendable {
    var group: String
    var field: String

    var text: String { group + "." + field }
}

/// A question about one field, or one that the analysis cannot answer.
enum Atom: Hashable, Sendable {
    enum Comparison: Sendable {
        case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual

        func holds(_ order: Int) -> Bool {
            switch self {
            case .equal: order == 0
            case .notEqual: order != 0
            case .less: order < 0
            case .lessOrEqual: order <= 0
            case .greater: order > 0
            case .greaterOrEqual: order >= 0
            }
        }
    }

    /// `field < constant`.
    case compare(FieldName, Comparison, Scalar)
    /// `field in [constants]`.
    case among(FieldName, [Scalar])
    /// `has(field)` of a scalar.
    case present(FieldName)
    /// `has(field)` of a list or map.
    case collectionPresent(FieldName)
    /// `constant in field`.
    case member(FieldName, Scalar)
    /// Anything else, by its text: may be true, false or an error, the same for the same text.
    case unknown(String)
}

/// The boolean structure of an expression over its atoms.
indirect enum Formula: Sendable {
    case constant(Bool)
    case atom(Atom)
    case not(Formula)
    case and([Formula])
    case or([Formula])
    case conditional(Formula, Formula, Formula)
}

extension Formula {
    /// The fields that it asks about.
    var fields: Set<FieldName> {
        switch self {
        case .constant: []
        case .atom(let atom): atom.field.map { [$0] } ?? []
        case .not(let inner): inner.fields
        case .and(let parts), .or(let parts): parts.reduce(into: []) { $0.formUnion($1.fields) }
        case .conditional(let a, let b, let c): a.fields.union(b.fields).union(c.fields)
        }
    }
}

extension Atom {
    fileprivate var field: FieldName? {
        switch self {
        case .compare(let name, _, _), .among(let name, _), .present(let name), .collectionPresent(let name),
            .member(let name, _):
            name
        case .unknown: nil
        }
    }
}
