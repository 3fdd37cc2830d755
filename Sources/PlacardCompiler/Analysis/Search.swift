/// A search for values of the fields under which formulas come to wanted outcomes.
///
/// Goes through the representatives field by field, and leaves a branch as soon as the fields that have a value decide.
struct Search {
    enum Result {
        /// Values that bring the wanted outcomes about, whatever the fields without one are.
        case found([Assignment])
        /// There are none.
        case impossible
        /// Not decided within ``AnalysisLimits/searchSteps``, or only what cannot be analysed would tell.
        case undecided
    }

    struct Assignment: Sendable {
        var dimension: Dimension
        var value: Dimension.Value
    }

    /// What a value is chosen for.
    enum Dimension: Hashable, Sendable {
        case field(FieldName)
        case collectionPresent(FieldName)
        case member(FieldName, Scalar)
        case unknown(String)

        enum Value: Hashable, Sendable {
            case scalar(Scalar)
            case absent
            case outcome(Outcomes)
        }
    }

    /// A formula whose atoms are tables over the values of a dimension.
    private indirect enum Node {
        case constant(Outcomes)
        case atom(dimension: Int, table: [Outcomes], all: Outcomes)
        case not(Node)
        case and([Node])
        case or([Node])
        case conditional(Node, Node, Node)
    }

    private var dimensions: [Dimension] = []
    private var values: [[Dimension.Value]] = []
    private var nodes: [Node] = []
    private let wanted: [Outcomes]
    private var chosen: [Int] = []
    private var steps = 0
    private let choosesUnknown: Bool

    /// - Parameters:
    ///   - goals: formulas, each with the outcomes that are wanted of it.
    ///   - choosesUnknown: whether what cannot be analysed takes any outcome, to prove that nothing brings the goals
    ///     about; else ``Result/found(_:)`` holds whatever it comes to, as a witness must.
    init(_ goals: [(formula: Formula, wanted: Outcomes)], _ attributes: AttributeTable, choosesUnknown: Bool) {
        self.choosesUnknown = choosesUnknown
        wanted = goals.map(\.wanted)
        var constants: [FieldName: Set<Scalar>] = [:]
        var places: [Dimension: Int] = [:]
        for goal in goals { collect(goal.formula, &constants, &places) }
        values = dimensions.map { Search.values($0, constants, attributes) }
        chosen = [Int](repeating: -1, count: dimensions.count)
        nodes = goals.map { node($0.formula, places) }
    }

    mutating func run() -> Result {
        switch search(0) {
        case true?:
            return .found(
                chosen.indices.filter { chosen[$0] >= 0 }.map {
                    Assignment(dimension: dimensions[$0], value: values[$0][chosen[$0]])
                })
        case false?: return .impossible
        case nil: return .undecided
        }
    }

    // MARK: Preparation

    private mutating func collect(
        _ formula: Formula, _ constants: inout [FieldName: Set<Scalar>], _ places: inout [Dimension: Int]
    ) {
        switch formula {
        case .constant: break
        case .atom(let atom):
            switch atom {
            case .compare(let name, _, let value): constants[name, default: []].insert(value)
            case .among(let name, let list): constants[name, default: []].formUnion(list)
            default: break
            }
            let dimension = atom.dimension
            guard places[dimension] == nil else { return }
            places[dimension] = dimensions.count
            dimensions.append(dimension)
        case .not(let inner): collect(inner, &constants, &places)
        case .and(let list), .or(let list): for inner in list { collect(inner, &constants, &places) }
        case .conditional(let a, let b, let c): for inner in [a, b, c] { collect(inner, &constants, &places) }
        }
    }

    private static func values(
        _ dimension: Dimension, _ constants: [FieldName: Set<Scalar>], _ attributes: AttributeTable
    ) -> [Dimension.Value] {
        switch dimension {
        case .field(let name):
            guard let attribute = attributes[name], let kind = attribute.type.scalarKind else { return [.absent] }
            let list = representatives(constants[name] ?? [], declared: attribute.values, like: kind)
            return list.map { .scalar($0) } + (attribute.isGuaranteed ? [] : [.absent])
        case .collectionPresent: return [.outcome(.holds), .outcome(.fails)]
        case .member(let name, _):
            let sure: [Dimension.Value] = [.outcome(.holds), .outcome(.fails)]
            return attributes[name]?.isGuaranteed == true ? sure : sure + [.outcome(.error)]
        case .unknown: return [.outcome(.holds), .outcome(.fails), .outcome(.error)]
        }
    }

    private func node(_ formula: Formula, _ places: [Dimension: Int]) -> Node {
        switch formula {
        case .constant(let flag): return .constant(Outcomes(flag))
        case .atom(let atom):
            guard let place = places[atom.dimension] else { return .constant(.any) }
            let table = values[place].map { atom.outcome($0) }
            return .atom(dimension: place, table: table, all: table.reduce([]) { $0.union($1) })
        case .not(let inner): return .not(node(inner, places))
        case .and(let list): return .and(list.map { node($0, places) })
        case .or(let list): return .or(list.map { node($0, places) })
        case .conditional(let a, let b, let c): return .conditional(node(a, places), node(b, places), node(c, places))
        }
    }

    // MARK: Search

    /// Whether the goals can be met from the values chosen so far; nil when that is not decided.
    private mutating func search(_ place: Int) -> Bool? {
        steps += 1
        guard steps <= AnalysisLimits.searchSteps else { return nil }
        var isCertain = true
        for (node, wanted) in zip(nodes, wanted) {
            let outcomes = evaluate(node)
            if outcomes.isDisjoint(with: wanted) { return false }
            if !outcomes.isSubset(of: wanted) { isCertain = false }
        }
        if isCertain { return true }
        guard place < dimensions.count else { return nil }
        if !choosesUnknown, case .unknown = dimensions[place] { return search(place + 1) }
        var isDecided = true
        for choice in values[place].indices {
            chosen[place] = choice
            switch search(place + 1) {
            case true?: return true
            case false?: break
            case nil:
                guard steps <= AnalysisLimits.searchSteps else { return nil }
                isDecided = false
            }
        }
        chosen[place] = -1
        return isDecided ? false : nil
    }

    private func evaluate(_ node: Node) -> Outcomes {
        switch node {
        case .constant(let outcomes): return outcomes
        case .atom(let dimension, let table, let all): return chosen[dimension] < 0 ? all : table[chosen[dimension]]
        case .not(let inner): return evaluate(inner).negated
        case .and(let list):
            var result = Outcomes.holds
            for inner in list {
                result = result.and(evaluate(inner))
                if result == .fails { break }
            }
            return result
        case .or(let list):
            var result = Outcomes.fails
            for inner in list {
                result = result.or(evaluate(inner))
                if result == .holds { break }
            }
            return result
        case .conditional(let a, let b, let c): return evaluate(a).choose(evaluate(b), evaluate(c))
        }
    }
}

extension Atom {
    fileprivate var dimension: Search.Dimension {
        switch self {
        case .compare(let name, _, _), .among(let name, _), .present(let name): .field(name)
        case .collectionPresent(let name): .collectionPresent(name)
        case .member(let name, let value): .member(name, value)
        case .unknown(let text): .unknown(text)
        }
    }

    fileprivate func outcome(_ value: Search.Dimension.Value) -> Outcomes {
        switch (self, value) {
        case (_, .outcome(let outcomes)): return outcomes
        case (.present, let value): return Outcomes(value != .absent)
        case (_, .absent): return .error
        case (.compare(_, let comparison, let constant), .scalar(let scalar)):
            return scalar.order(constant).map { Outcomes(comparison.holds($0)) } ?? .any
        case (.among(_, let list), .scalar(let scalar)): return Outcomes(list.contains { $0.order(scalar) == 0 })
        default: return .any
        }
    }
}
