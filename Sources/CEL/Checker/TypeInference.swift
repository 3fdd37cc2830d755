/// What the checker has found out of the type variables, and the rules of assignability.
///
/// The rules are those of cel-go's checker (checker/types.go), which the conformance tests of type deduction
/// describe: a variable takes the most general of the types that meet it, and `dyn` fits everything.
struct TypeInference {
    /// The type found for each variable so far.
    private var substitutions: [CELType?] = []

    /// A variable that no type has met yet.
    mutating func fresh() -> CELType {
        substitutions.append(nil)
        return .variable(substitutions.count - 1)
    }

    /// `type` with type parameters replaced by `variables` (pairs of name and variable).
    static func instantiate(_ type: CELType, _ variables: [(name: String, type: CELType)]) -> CELType {
        switch type {
        case .parameter(let name): variables.first { $0.name == name }?.type ?? type
        case .list(let element): .list(instantiate(element, variables))
        case .map(let key, let value): .map(instantiate(key, variables), instantiate(value, variables))
        case .type(let inner): .type(instantiate(inner, variables))
        case .abstract(let name, let parameters):
            parameters.isEmpty ? type : .abstract(name, parameters.map { instantiate($0, variables) })
        default: type
        }
    }

    /// `type` with the variables replaced by what was found; those still open become `dyn` when `final`.
    func resolve(_ type: CELType, final: Bool = false) -> CELType {
        switch type {
        case .variable(let index):
            if let found = substitutions[index] { return resolve(found, final: final) }
            return final ? .dyn : type
        case .parameter: return final ? .dyn : type
        case .list(let element): return .list(resolve(element, final: final))
        case .map(let key, let value): return .map(resolve(key, final: final), resolve(value, final: final))
        case .type(let inner): return .type(resolve(inner, final: final))
        case .abstract(let name, let parameters):
            return parameters.isEmpty ? type : .abstract(name, parameters.map { resolve($0, final: final) })
        default: return type
        }
    }

    /// Whether values of `from` fit where `to` is asked for; notes what that says of variables, if so.
    mutating func assign(_ from: CELType, to: CELType) -> Bool {
        let saved = substitutions
        if fits(from, to) { return true }
        substitutions = saved
        return false
    }

    /// Like ``assign(_:to:)`` for lists of types, all or nothing.
    mutating func assign(_ from: [CELType], to: [CELType]) -> Bool {
        guard from.count == to.count else { return false }
        let saved = substitutions
        for (a, b) in zip(from, to) where !fits(a, b) {
            substitutions = saved
            return false
        }
        return true
    }

    /// Whether two lists of as many types hold, in the same place, two simple types that are not the same: then
    /// ``assign(_:to:)`` would refuse them, whatever is found out of variables.
    static func areApart(_ from: [CELType], _ to: [CELType]) -> Bool {
        for place in from.indices {
            guard let a = simpleKind(from[place]), let b = simpleKind(to[place]), a != b else { continue }
            return true
        }
        return false
    }

    /// A number for each type without parts that nothing but itself, a wrapper, null or `dyn` is assignable to.
    private static func simpleKind(_ type: CELType) -> Int? {
        switch type {
        case .bool: 0
        case .int: 1
        case .uint: 2
        case .double: 3
        case .string: 4
        case .bytes: 5
        case .timestamp: 6
        case .duration: 7
        default: nil
        }
    }

    /// The type of a literal's elements when one of type `next` joins those of type `previous`.
    mutating func join(_ previous: CELType?, _ next: CELType) -> CELType {
        guard let previous else { return next }
        return assign(previous, to: next) ? mostGeneral(previous, next) : .dyn
    }

    private mutating func fits(_ a: CELType, _ b: CELType) -> Bool {
        if case .variable(let index) = b {
            let (valid, known) = substitute(a, for: index)
            if valid { return true }
            if known { return false }
        }
        if case .variable(let index) = a { return substitute(b, for: index).valid }
        if a.isDynOrError || b.isDynOrError { return true }
        switch (a, b) {
        case (.null, _): return isNullable(b)
        case (_, .null): return isNullable(a)
        case (.list(let x), .list(let y)): return fits(x, y)
        case (.map(let k, let v), .map(let l, let w)): return fits(k, l) && fits(v, w)
        case (.type, .type): return true
        case (.wrapper(let x), .wrapper(let y)): return x == y
        case (.wrapper(let x), _): return x == b
        case (_, .wrapper(let y)): return a == y
        case (.abstract(let name, let x), .abstract(let other, let y)):
            guard name == other, x.count == y.count else { return false }
            for (p, q) in zip(x, y) where !fits(p, q) { return false }
            return true
        default: return a == b
        }
    }

    /// Types whose values may be null, as the first checkers had it ("legacy nullable types").
    private func isNullable(_ type: CELType) -> Bool {
        switch type {
        case .null, .wrapper, .object, .abstract, .timestamp, .duration: true
        default: false
        }
    }

    /// Whether `type` can stand for variable `index`, and whether something stood for it before.
    private mutating func substitute(_ type: CELType, for index: Int) -> (valid: Bool, known: Bool) {
        if type == .variable(index) { return (true, true) }
        if let found = substitutions[index] {
            if type == found { return (true, true) }
            guard fits(type, found) else { return (false, true) }
            let general = mostGeneral(type, found)
            if !occurs(index, in: general) { substitutions[index] = general }
            return (true, true)
        }
        guard !occurs(index, in: type) else { return (false, false) }
        substitutions[index] = type
        return (true, false)
    }

    private func occurs(_ index: Int, in type: CELType) -> Bool {
        switch type {
        case .variable(let other):
            if other == index { return true }
            return substitutions[other].map { occurs(index, in: $0) } ?? false
        default: return type.parameters.contains { occurs(index, in: $0) }
        }
    }

    private func mostGeneral(_ a: CELType, _ b: CELType) -> CELType {
        TypeInference.isNoMoreSpecific(a, b) ? a : b
    }

    private static func isNoMoreSpecific(_ a: CELType, _ b: CELType) -> Bool {
        switch (a, b) {
        case (.dyn, _), (.error, _), (.variable, _): return true
        case (_, .dyn), (_, .error), (_, .variable): return false
        case (.list(let x), .list(let y)): return isNoMoreSpecific(x, y)
        case (.map(let k, let v), .map(let l, let w)): return isNoMoreSpecific(k, l) && isNoMoreSpecific(v, w)
        case (.type, .type): return true
        case (.abstract(let name, let x), .abstract(let other, let y)):
            return name == other && x.count == y.count && zip(x, y).allSatisfy { isNoMoreSpecific($0, $1) }
        case (.null, .null), (_, .null): return true
        case (.null, _): return false
        case (.wrapper, _): return true
        default: return a == b
        }
    }
}
