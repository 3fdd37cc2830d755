import SourceDiagnostics

/// Finds optional fields that are read where nothing has tested that they have a value.
///
/// The walk carries facts: paths that are known to have a value. `has(user.x)` being true adds one. Because `&&` and
/// `||` ignore an error on one side when the other side decides (langdef.md, "Logical Operators"), a test on either
/// side protects a read on the other: `user.x > 1 && has(user.x)` is false, and no error, where x is absent.
struct OptionalReads {
    /// What holds when a condition is true, and when it is false.
    private struct Facts {
        var whenTrue: [String] = []
        var whenFalse: [String] = []
    }

    private let checked: CheckedExpression
    private var diagnostics: [Diagnostic] = []
    /// The ancestors of the node being walked, outermost first.
    private var path: [ExpressionID] = []

    static func check(_ checked: CheckedExpression) -> [Diagnostic] {
        guard checked.environment.declarations.objectTypes.contains(where: { $0.fields.contains { $0.isOptional } })
        else { return [] }
        var walk = OptionalReads(checked: checked)
        walk.walk(checked.expression.root, [])
        return walk.diagnostics
    }

    private init(checked: CheckedExpression) {
        self.checked = checked
    }

    private mutating func walk(_ id: ExpressionID, _ known: [String]) {
        path.append(id)
        defer { path.removeLast() }
        let expression = checked.expression
        switch expression[id].kind {
        case .select(let operand, let field, let optional):
            walk(operand, known)
            if !optional { read(id, operand, field, known) }
        case .call(let function, _, let arguments)
        where function.text == Operator.and || function.text == Operator.or:
            let isAnd = function.text == Operator.and
            let facts = arguments.map { self.facts($0) }
            for (index, argument) in arguments.enumerated() {
                var here = known
                for (other, fact) in facts.enumerated() where other != index {
                    here += isAnd ? fact.whenTrue : fact.whenFalse
                }
                walk(argument, here)
            }
        case .call(let function, _, let arguments) where function.text == Operator.conditional && arguments.count == 3:
            walk(arguments[0], known)
            let facts = self.facts(arguments[0])
            walk(arguments[1], known + facts.whenTrue)
            walk(arguments[2], known + facts.whenFalse)
        case .call(_, let target?, let arguments) where checked.overloads[id.index]?.ignoresTarget == true:
            _ = target
            for argument in arguments { walk(argument, known) }
        default:
            for child in expression.children(of: id) { walk(child, known) }
        }
    }

    private mutating func read(_ id: ExpressionID, _ operand: ExpressionID, _ field: Name, _ known: [String]) {
        guard let declared = checked.field(of: id), declared.isOptional,
            checked.type(of: operand).optionalWrapped == nil
        else { return }
        if let key = key(id), known.contains(key) { return }
        if let parent = path.dropLast().last, let test = nullTest(parent) {
            if test.value == id, checked.overloads[parent.index]?.overloads.isEmpty == false {
                let text = checked.expression.text(of: id)
                diagnostics.append(
                    .comparedWithNull(
                        text, test: (test.isAbsence ? "!has(" : "has(") + text + ")",
                        at: checked.expression[parent].span))
                return
            }
        }
        // What is compared with null, or called what there is not, has been reported with the test that is meant.
        if let parent = path.dropLast().last, case .call(_, _, let operands) = checked.expression[parent].kind,
            checked.overloads[parent.index]?.overloads.isEmpty == true
                || operands.contains(where: { checked.type(of: $0).isError })
        {
            return
        }
        report(id, declared, field)
    }

    /// `a == null`: the value, and whether it is asked that there is none; nil for anything else.
    private func nullTest(_ id: ExpressionID) -> (value: ExpressionID, isAbsence: Bool)? {
        guard case .call(let function, nil, let operands) = checked.expression[id].kind, operands.count == 2,
            function.text == Operator.equals || function.text == Operator.notEquals
        else { return nil }
        for (value, other) in [(operands[0], operands[1]), (operands[1], operands[0])] {
            if case .constant(.null) = checked.expression[other].kind {
                return (value, function.text == Operator.equals)
            }
        }
        return nil
    }

    /// A text that two nodes share when they read the same thing; nil when that cannot be said.
    private func key(_ id: ExpressionID) -> String? {
        switch checked.reference(of: id) {
        case .variable(let slot, _): return "v" + String(slot)
        case .local(let slot): return "l" + String(slot)
        default: break
        }
        switch checked.expression[id].kind {
        case .select(let operand, let field, _): return key(operand).map { $0 + "." + field.text }
        case .call(let function, nil, let arguments) where function.text == Operator.index && arguments.count == 2:
            guard let base = key(arguments[0]), case .constant = checked.expression[arguments[1]].kind else {
                return nil
            }
            return base + "[" + checked.expression.text(of: arguments[1]) + "]"
        default: return nil
        }
    }

    // MARK: Facts

    private func facts(_ id: ExpressionID) -> Facts {
        switch checked.expression[id].kind {
        case .present(let operand, let field, _): return Facts(whenTrue: tested(operand, field))
        case .call(let function, let target, let arguments): return facts(function.text, target, arguments)
        default: return Facts()
        }
    }

    private func facts(_ function: String, _ target: ExpressionID?, _ arguments: [ExpressionID]) -> Facts {
        switch (function, arguments.count) {
        case (Operator.and, _):
            let all = arguments.map { facts($0) }
            return Facts(whenTrue: all.flatMap { $0.whenTrue }, whenFalse: common(all.map { $0.whenFalse }))
        case (Operator.or, _):
            let all = arguments.map { facts($0) }
            return Facts(whenTrue: common(all.map { $0.whenTrue }), whenFalse: all.flatMap { $0.whenFalse })
        case (Operator.not, 1):
            let inner = facts(arguments[0])
            return Facts(whenTrue: inner.whenFalse, whenFalse: inner.whenTrue)
        case (Operator.conditional, 3):
            let condition = facts(arguments[0])
            let then = facts(arguments[1])
            let otherwise = facts(arguments[2])
            return Facts(
                whenTrue: ternary(condition, then.whenTrue, otherwise.whenTrue, arguments, excluded: false),
                whenFalse: ternary(condition, then.whenFalse, otherwise.whenFalse, arguments, excluded: true))
        case ("hasValue", 0):
            guard let target, case .select(let operand, let field, _) = checked.expression[target].kind else {
                return Facts()
            }
            return Facts(whenTrue: tested(operand, field))
        case (Operator.equals, 2), (Operator.notEquals, 2):
            let compared = comparison(arguments)
            return function == Operator.equals
                ? compared : Facts(whenTrue: compared.whenFalse, whenFalse: compared.whenTrue)
        default: return Facts()
        }
    }

    /// `c ? a : false` is true only when c and a are: the branch that is the literal `excluded` teaches nothing else.
    private func ternary(
        _ condition: Facts, _ then: [String], _ otherwise: [String], _ arguments: [ExpressionID], excluded: Bool
    ) -> [String] {
        let viaThen = condition.whenTrue + then
        let viaElse = condition.whenFalse + otherwise
        if isLiteral(arguments[2], excluded) { return viaThen }
        if isLiteral(arguments[1], excluded) { return viaElse }
        return common([viaThen, viaElse])
    }

    private func isLiteral(_ id: ExpressionID, _ flag: Bool) -> Bool {
        if case .constant(.bool(let value)) = checked.expression[id].kind { value == flag } else { false }
    }

    /// `user.?x == optional.none()`, `has(user.x) == false`.
    private func comparison(_ arguments: [ExpressionID]) -> Facts {
        for (one, other) in [(arguments[0], arguments[1]), (arguments[1], arguments[0])] {
            // No test, and reported as none; but what is meant is known.
            if case .constant(.null) = checked.expression[other].kind,
                case .select(let operand, let field, false) = checked.expression[one].kind
            {
                return Facts(whenFalse: tested(operand, field))
            }
            if case .constant(.bool(let flag)) = checked.expression[other].kind {
                let inner = facts(one)
                return flag ? inner : Facts(whenTrue: inner.whenFalse, whenFalse: inner.whenTrue)
            }
            if case .select(let operand, let field, true) = checked.expression[one].kind {
                if case .call(let function, .some, _) = checked.expression[other].kind {
                    if function.text == "none" { return Facts(whenFalse: tested(operand, field)) }
                    if function.text == "of" { return Facts(whenTrue: tested(operand, field)) }
                }
            }
        }
        return Facts()
    }

    /// That `operand.field` has a value; with `?.` on the way, also what leads to it.
    private func tested(_ operand: ExpressionID, _ field: Name) -> [String] {
        guard let base = key(operand) else { return [] }
        var result = [base + "." + field.text]
        if case .select(let inner, let outer, _) = checked.expression[operand].kind { result += tested(inner, outer) }
        return result
    }

    private func common(_ sets: [[String]]) -> [String] {
        guard let first = sets.first else { return [] }
        return first.filter { fact in sets.allSatisfy { $0.contains(fact) } }
    }

    // MARK: Report

    private mutating func report(_ id: ExpressionID, _ declared: ObjectField, _ field: Name) {
        let expression = checked.expression
        let text = expression.text(of: id)
        var fixes: [FixIt] = []
        if let fix = guarded(text) { fixes.append(fix) }
        if let fix = defaulted(id, declared, field) { fixes.append(fix) }
        diagnostics.append(
            .optionalReadUntested(text, field: field.text, at: expression[id].span, fixes))
    }

    /// `has(x) && ` before the condition that reads x.
    private func guarded(_ text: String) -> FixIt? {
        let expression = checked.expression
        var index = path.count - 1
        // Up to the whole of one condition: an operand of && or ||, a part of ?:, a macro's predicate, or everything.
        while index > 0 {
            switch expression[path[index - 1]].kind {
            case .call(let function, _, _)
            where [Operator.and, Operator.or, Operator.conditional].contains(function.text)
                && checked.type(of: path[index]) == .bool:
                return insertion(text, path[index])
            case .comprehension(let it) where it.body == path[index] && checked.type(of: path[index]) == .bool:
                return insertion(text, path[index])
            default: index -= 1
            }
        }
        guard checked.type(of: path[0]) == .bool else { return nil }
        return insertion(text, path[0])
    }

    private func insertion(_ text: String, _ condition: ExpressionID) -> FixIt {
        let span = checked.expression[condition].span
        var edits = [Edit(Span(at: span.start), "has(\(text)) && ")]
        if case .call(let function, _, _) = checked.expression[condition].kind,
            function.text == Operator.conditional || function.text == Operator.or
        {
            edits = [Edit(Span(at: span.start), "has(\(text)) && ("), Edit(Span(at: span.end), ")")]
        }
        return FixIt("test it first", edits: edits, .unsafe)
    }

    /// `user.?x.orValue("")` for a type with an obvious empty value.
    private func defaulted(_ id: ExpressionID, _ declared: ObjectField, _ field: Name) -> FixIt? {
        let empty: String
        switch declared.type {
        case .string: empty = "\"\""
        case .int: empty = "0"
        case .double: empty = "0.0"
        case .bool: empty = "false"
        case .list: empty = "[]"
        default: return nil
        }
        let edits = [
            Edit(Span(at: field.span.start), "?"), Edit(Span(at: field.span.end), ".orValue(\(empty))"),
        ]
        return FixIt("give it a default", edits: edits, .unsafe)
    }
}
