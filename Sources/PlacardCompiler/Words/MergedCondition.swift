/// A condition with all that is said of one field together.
enum MergedCondition {
    case field(FieldCondition)
    /// Something that has no words, by its text.
    case code(String, isNegated: Bool)
    /// At least one of these holds; each is conditions that all hold.
    case any([[MergedCondition]])
}

/// What must hold of one field.
struct FieldCondition {
    enum Test {
        /// It is one of these.
        case among([Scalar])
        /// It is none of these.
        case none([Scalar])
        /// It lies between; each bound is inclusive or not.
        case range(lower: Bound?, upper: Bound?)
        /// A list holds this, or does not.
        case holds(Scalar, isNegated: Bool)
        /// It has a value, or has none.
        case present(Bool)
    }

    struct Bound {
        var value: Scalar
        var isInclusive: Bool
    }

    var field: FieldName
    var test: Test
}

extension Formula {
    /// The same without `!` but at atoms, without `? :`, nested `&&` and `||` drawn together, and constants gone.
    func simplified(negated: Bool) -> Formula {
        switch self {
        case .constant(let flag): return .constant(flag != negated)
        case .atom(let atom):
            if case .compare(let field, let comparison, let value) = atom {
                // A flag is asked for one value, so that both ways to say it read alike.
                if case .bool(let flag) = value, comparison == .equal || comparison == .notEqual {
                    let isTrue = (flag == (comparison == .equal)) != negated
                    return .atom(.compare(field, .equal, .bool(isTrue)))
                }
                return .atom(.compare(field, negated ? comparison.negated : comparison, value))
            }
            return negated ? .not(self) : self
        case .not(let inner): return inner.simplified(negated: !negated)
        case .conditional(let condition, let then, let otherwise):
            return Formula.or([.and([condition, then]), .and([.not(condition), otherwise])]).simplified(
                negated: negated)
        case .and(let parts): return Formula.joined(parts.map { $0.simplified(negated: negated) }, and: !negated)
        case .or(let parts): return Formula.joined(parts.map { $0.simplified(negated: negated) }, and: negated)
        }
    }

    private static func joined(_ parts: [Formula], and isAnd: Bool) -> Formula {
        var kept: [Formula] = []
        for part in parts {
            switch part {
            case .constant(let flag):
                if flag != isAnd { return .constant(!isAnd) }
            case .and(let inner) where isAnd: kept += inner
            case .or(let inner) where !isAnd: kept += inner
            default: kept.append(part)
            }
        }
        if kept.count == 1 { return kept[0] }
        if kept.isEmpty { return .constant(isAnd) }
        return isAnd ? .and(kept) : .or(kept)
    }
}

extension Atom.Comparison {
    fileprivate var negated: Atom.Comparison {
        switch self {
        case .equal: .notEqual
        case .notEqual: .equal
        case .less: .greaterOrEqual
        case .lessOrEqual: .greater
        case .greater: .lessOrEqual
        case .greaterOrEqual: .less
        }
    }
}

/// How conditions stand together.
enum Junction {
    case and, or
}

/// Conditions of simplified formulas that all hold, or of which one holds, with those on one field together where one phrase
/// can say both.
func merged(_ formulas: [Formula], joinedBy junction: Junction) -> [MergedCondition] {
    var result: [MergedCondition] = []
    for formula in formulas {
        let condition = MergedCondition(formula)
        if case .field(let added) = condition,
            let index = result.firstIndex(where: {
                if case .field(let former) = $0 { return former.joined(with: added, by: junction) != nil }
                return false
            }), case .field(let former) = result[index], let both = former.joined(with: added, by: junction)
        {
            result[index] = .field(both)
        } else {
            result.append(condition)
        }
    }
    return result
}

extension MergedCondition {
    /// A formula that has been simplified.
    init(_ formula: Formula) {
        switch formula {
        case .constant(let flag): self = .code(flag ? "true" : "false", isNegated: false)
        case .atom(let atom): self.init(atom, isNegated: false)
        case .not(.atom(let atom)): self.init(atom, isNegated: true)
        case .and(let parts): self = .any([merged(parts, joinedBy: .and)])
        case .or(let parts):
            // `a == 1 || a == 2` is one condition; what is left of `a == 1 || b && c` are branches.
            let simple = parts.filter { if case .and = $0 { false } else { true } }
            let branches =
                merged(simple, joinedBy: .or).map { [$0] }
                + parts.compactMap { if case .and(let inner) = $0 { merged(inner, joinedBy: .and) } else { nil } }
            if branches.count == 1, let only = branches.first, let first = only.first, only.count == 1 {
                self = first
            } else {
                self = .any(branches)
            }
        case .not(let other): self = MergedCondition(other.simplified(negated: true))
        case .conditional: self = MergedCondition(formula.simplified(negated: false))
        }
    }

    private init(_ atom: Atom, isNegated: Bool) {
        switch atom {
        case .compare(let field, let comparison, let value):
            let test: FieldCondition.Test =
                switch comparison {
                case .equal: .among([value])
                case .notEqual: .none([value])
                case .less: .range(lower: nil, upper: FieldCondition.Bound(value: value, isInclusive: false))
                case .lessOrEqual: .range(lower: nil, upper: FieldCondition.Bound(value: value, isInclusive: true))
                case .greater: .range(lower: FieldCondition.Bound(value: value, isInclusive: false), upper: nil)
                case .greaterOrEqual: .range(lower: FieldCondition.Bound(value: value, isInclusive: true), upper: nil)
                }
            self = .field(FieldCondition(field: field, test: test))
        case .among(let field, let values):
            self = .field(FieldCondition(field: field, test: isNegated ? .none(values) : .among(values)))
        case .present(let field), .collectionPresent(let field):
            self = .field(FieldCondition(field: field, test: .present(!isNegated)))
        case .member(let field, let value):
            self = .field(FieldCondition(field: field, test: .holds(value, isNegated: isNegated)))
        case .unknown(let text): self = .code(text, isNegated: isNegated)
        }
    }
}

extension FieldCondition {
    /// What both say in one; nil where they are two thoughts.
    func joined(with other: FieldCondition, by junction: Junction) -> FieldCondition? {
        guard field == other.field else { return nil }
        func result(_ test: Test) -> FieldCondition { FieldCondition(field: field, test: test) }
        switch (test, other.test, junction) {
        case (.among(let first), .among(let second), .or):
            return result(.among(first + second.filter { !first.contains($0) }))
        case (.none(let first), .none(let second), .and):
            return result(.none(first + second.filter { !first.contains($0) }))
        case (.range(let lower?, nil), .range(nil, let upper?), .and): return result(.range(lower: lower, upper: upper))
        case (.range(nil, let upper?), .range(let lower?, nil), .and): return result(.range(lower: lower, upper: upper))
        // What is compared has a value.
        case (.present(true), .among, .and), (.present(true), .range, .and): return other
        case (.among, .present(true), .and), (.range, .present(true), .and): return self
        default: return nil
        }
    }
}
