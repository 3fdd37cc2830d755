import SourceDiagnostics

// Macros bring variables of their own into scope.

extension Checker {
    /// Runs `body` with local variables in scope; their first slot is noted for `id`.
    private mutating func with<Result>(
        _ variables: [(name: String, type: CELType)], _ id: ExpressionID, _ body: (inout Checker) -> Result
    ) -> Result {
        let first = scope.count
        localSlots[id.index] = first
        for (offset, variable) in variables.enumerated() {
            scope.append(Local(name: variable.name, type: variable.type, slot: first + offset))
        }
        localCount = max(localCount, scope.count)
        defer { scope.removeLast(variables.count) }
        return body(&self)
    }

    mutating func comprehension(_ id: ExpressionID, _ it: Comprehension) -> CELType {
        let range = visit(it.range)
        let (key, element, isMap) = elements(of: range, it)
        let types = it.variables.count == 1 ? [isMap ? key : element] : [key, element]
        var variables: [(name: String, type: CELType)] = []
        for (name, type) in zip(it.variables, types) { variables.append((name.text, type)) }
        return with(variables, id) { checker in
            if let filter = it.filter {
                let type = checker.visit(filter)
                checker.demandBool(type, filter, it.macro.name)
            }
            let body = checker.visit(it.body)
            switch it.macro {
            case .all, .exists, .existsOne:
                checker.demandBool(body, it.body, it.macro.name)
                return .bool
            case .filter:
                checker.demandBool(body, it.body, it.macro.name)
                return .list(types[0])
            case .map, .transformList: return .list(body)
            case .transformMap: return .map(key, body)
            case .transformMapEntry:
                let resolved = checker.inference.resolve(body)
                if case .map = resolved { return resolved }
                if !resolved.isDynOrError {
                    checker.report(.entryIsNoMap(resolved, checker.expression[it.body].span))
                }
                return .map(.dyn, .dyn)
            case .sortBy:
                checker.demandOrdered(body, it.body)
                return range.isDynOrError ? .list(.dyn) : range
            }
        }
    }

    /// Key (or index) and element types of what a macro goes through.
    private mutating func elements(
        of range: CELType, _ it: Comprehension
    ) -> (key: CELType, element: CELType, isMap: Bool) {
        let resolved = inference.resolve(range)
        switch resolved {
        case .list(let element): return (.int, element, false)
        case .map(let key, let value):
            if it.macro == .sortBy { report(.notIterable(resolved, it.macro.name, expression[it.range].span)) }
            return (key, value, true)
        case .dyn, .error: return (.dyn, .dyn, false)
        case .variable:
            _ = inference.assign(.dyn, to: resolved)
            return (.dyn, .dyn, false)
        default:
            report(.notIterable(resolved, it.macro.name, expression[it.range].span))
            return (.error, .error, false)
        }
    }

    private mutating func demandBool(_ type: CELType, _ id: ExpressionID, _ macro: String) {
        guard !inference.assign(type, to: .bool) else { return }
        report(.notBool(inference.resolve(type, final: true), expression[id].span, macro))
    }

    private mutating func demandOrdered(_ type: CELType, _ id: ExpressionID) {
        let resolved = inference.resolve(type)
        switch resolved {
        case .bool, .int, .uint, .double, .string, .bytes, .timestamp, .duration, .version, .dyn, .error, .variable:
            return
        default: report(.notOrdered(resolved, expression[id].span))
        }
    }

    mutating func bind(
        _ id: ExpressionID, _ name: Name, _ value: ExpressionID, _ body: ExpressionID
    ) -> CELType {
        let type = visit(value)
        return with([(name.text, type)], id) { $0.visit(body) }
    }

    mutating func optionalMap(
        _ id: ExpressionID, _ target: ExpressionID, _ name: Name, _ body: ExpressionID, _ flat: Bool
    ) -> CELType {
        let targetType = visit(target)
        let type = inference.resolve(targetType)
        let wrapped = type.optionalWrapped
        if wrapped == nil, !type.isDynOrError { report(.notOptional(type, expression[target].span)) }
        return with([(name.text, wrapped ?? .dyn)], id) { checker in
            let result = checker.visit(body)
            guard flat else { return .optional(result) }
            let resolved = checker.inference.resolve(result)
            if resolved.optionalWrapped == nil, !resolved.isDynOrError {
                checker.report(.notOptional(resolved, checker.expression[body].span))
            }
            return resolved.isDynOrError ? .optional(.dyn) : resolved
        }
    }

    mutating func block(_ id: ExpressionID, _ values: [ExpressionID], _ body: ExpressionID) -> CELType {
        let first = scope.count
        localSlots[id.index] = first
        for (index, value) in values.enumerated() {
            let type = visit(value)
            scope.append(Local(name: "@index" + String(index), type: type, slot: first + index))
            localCount = max(localCount, scope.count)
        }
        defer { scope.removeLast(values.count) }
        return visit(body)
    }
}
