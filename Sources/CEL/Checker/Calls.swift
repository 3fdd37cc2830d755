import SourceDiagnostics

// Overload resolution (langdef.md, "Functions").

extension Checker {
    mutating func call(
        _ id: ExpressionID, _ function: Name, _ target: ExpressionID?, _ arguments: [ExpressionID]
    ) -> CELType {
        if function.text == Operator.and || function.text == Operator.or { return logic(function, arguments) }
        if let target, let name = qualifiedFunction(target, function.text) {
            return invoke(id, function, name, nil, arguments, ignoresTarget: true)
        }
        guard target == nil else { return invoke(id, function, function.text, target, arguments) }
        for candidate in environment.candidates(function.text) where environment.tables.functions[candidate] != nil {
            return invoke(id, function, candidate, nil, arguments)
        }
        return invoke(id, function, function.text, nil, arguments)
    }

    /// The name of a function that is called like a method of a namespace, as in `math.abs(x)`.
    private func qualifiedFunction(_ target: ExpressionID, _ function: String) -> String? {
        var parts: [String] = []
        var current = target
        while case .select(let operand, let field, false) = expression[current].kind {
            parts.append(field.text)
            current = operand
        }
        guard case .identifier(let first) = expression[current].kind, !scope.contains(where: { $0.name == first })
        else { return nil }
        var name = first
        for part in parts.reversed() { name += "." + part }
        name += "." + function
        for candidate in environment.candidates(name) {
            // Overloads of a qualified name are functions, never methods.
            if environment.tables.functions[candidate] != nil { return candidate }
        }
        return nil
    }

    private mutating func logic(_ function: Name, _ arguments: [ExpressionID]) -> CELType {
        for (index, argument) in arguments.enumerated() {
            let type = visit(argument)
            if !inference.assign(type, to: .bool) {
                report(
                    .operandNotBool(
                        function, inference.resolve(type, final: true), expression[argument].span,
                        expression.text(of: argument),
                        subject: index > 0 ? equalitySubject(arguments[index - 1]) : nil))
            }
        }
        return .bool
    }

    private mutating func invoke(
        _ id: ExpressionID, _ function: Name, _ name: String, _ target: ExpressionID?, _ arguments: [ExpressionID],
        ignoresTarget: Bool = false
    ) -> CELType {
        let operands = (target.map { [$0] } ?? []) + arguments
        guard let declared = environment.tables.functions[name] else {
            if isTyped, let target, case .identifier(let space) = expression[target].kind,
                namespaceOfFunctions(space), lookUpFails(target)
            {
                for argument in arguments { _ = visit(argument) }
                report(
                    undeclaredFunction(Name(text: space + "." + function.text, span: function.span), isMember: false))
                return .error
            }
            if let target {
                _ = visit(target)
                if let test = fieldTest(function, target, arguments) {
                    report(.methodForTest(function, test, at: expression[id].span))
                    return .error
                }
            }
            // `any(x, …)`: where there is no macro, its variable is no diagnostic of its own.
            let isMacro = target != nil && arguments.count == 2 && isName(arguments[0])
            for argument in isMacro ? [] : arguments { _ = visit(argument) }
            overloads[id.index] = CheckedExpression.CallTarget(
                overloads: [], ignoresTarget: false, name: name)
            // Of a value that is not known no method is.
            if let target, types[target.index].isError { return .error }
            report(undeclaredFunction(function, isMember: target != nil, operands, call: id))
            return .error
        }
        var types: [CELType] = []
        for operand in operands { types.append(visit(operand)) }
        guard isTyped else {
            overloads[id.index] = CheckedExpression.CallTarget(
                overloads: declared.filter {
                    $0.isMember == (target != nil) && $0.parameters.count == operands.count
                }, ignoresTarget: ignoresTarget, name: name)
            references[id.index] = .function(name: name, overloadIDs: [])
            return .dyn
        }
        return select(id, function, name, declared, isMember: target != nil, operands, types, ignoresTarget)
    }

    private func isName(_ id: ExpressionID) -> Bool {
        guard case .identifier = expression[id].kind else { return false }
        return lookUpFails(id)
    }

    /// What an equality compares, as it is written; nil for anything else.
    private func equalitySubject(_ id: ExpressionID) -> String? {
        guard case .call(let function, nil, let operands) = expression[id].kind, function.text == Operator.equals else {
            return nil
        }
        return expression.text(of: operands[0])
    }

    private func namespaceOfFunctions(_ name: String) -> Bool {
        ["math", "strings", "lists", "sets", "base64", "optional", "cel"].contains(name)
    }

    private func lookUpFails(_ id: ExpressionID) -> Bool {
        guard case .identifier(let name) = expression[id].kind else { return false }
        return !scope.contains { $0.name == name }
            && !environment.candidates(name).contains { environment.tables.variables[$0] != nil }
    }

    /// Keeps the overloads that the argument types allow and joins their results.
    private mutating func select(
        _ id: ExpressionID, _ function: Name, _ name: String, _ declared: [FunctionTable.Overload], isMember: Bool,
        _ operands: [ExpressionID], _ types: [CELType], _ ignoresTarget: Bool
    ) -> CELType {
        var matching: [FunctionTable.Overload] = []
        var result: CELType?
        for place in declared.indices
        where declared[place].isMember == isMember && declared[place].parameters.count == types.count {
            // Most overloads of an operator are for other types altogether.
            if TypeInference.areApart(types, declared[place].parameters) { continue }
            let overload = declared[place]
            var parameters = overload.parameters
            var overloadResult = overload.result
            if !overload.typeParameters.isEmpty {
                var variables: [(name: String, type: CELType)] = []
                for parameter in overload.typeParameters { variables.append((parameter, inference.fresh())) }
                parameters = parameters.map { TypeInference.instantiate($0, variables) }
                overloadResult = TypeInference.instantiate(overloadResult, variables)
            }
            guard inference.assign(types, to: parameters) else { continue }
            matching.append(overload)
            let resolved = inference.resolve(overloadResult)
            if let known = result {
                if known != .dyn, known != resolved { result = .dyn }
            } else {
                result = resolved
            }
        }
        overloads[id.index] = CheckedExpression.CallTarget(
            overloads: matching, ignoresTarget: ignoresTarget, name: name)
        guard let result else {
            let resolved = types.map { inference.resolve($0, final: true) }
            if !resolved.contains(where: { $0.isError }) {
                let candidates = declared.filter { $0.isMember == isMember }
                report(noMatchingOverload(id, function, name, candidates, operands, resolved))
            }
            return .error
        }
        references[id.index] = .function(name: name, overloadIDs: matching.map { $0.id })
        return result
    }
}
