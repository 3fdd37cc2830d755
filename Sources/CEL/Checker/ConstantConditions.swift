import ByteText
import SourceDiagnostics

/// Finds conditions that read nothing of the user or the event, so that they are the same for everyone: `"user.plan" == "free"`
/// compares two texts.
enum ConstantConditions {
    static func check(_ checked: CheckedExpression) -> [Diagnostic] {
        guard !checked.expression.hasErrors else { return [] }
        var finder = Finder(checked)
        finder.condition(checked.expression.root, isBound: false)
        return finder.diagnostics
    }

    /// One walk from the root, which reports the outermost of the conditions that read nothing.
    private struct Finder {
        let checked: CheckedExpression
        /// Whether a node, or one below it, is a variable: of the project, or of a macro.
        private var reads: [(declared: Bool, local: Bool)]
        /// The conditions that the whole joins by `&&`: that two of them never hold together is for the analysis of messages to say, which
        /// knows more of them.
        private var joined: Set<Int> = []
        var diagnostics: [Diagnostic] = []

        init(_ checked: CheckedExpression) {
            self.checked = checked
            reads = Array(repeating: (false, false), count: checked.expression.nodes.count)
            // Children stand before their parents.
            for index in checked.expression.nodes.indices {
                switch checked.references[index] {
                case .variable: reads[index].declared = true
                case .local: reads[index].local = true
                default: break
                }
                for child in checked.expression.children(of: ExpressionID(index: index)) {
                    reads[index].declared = reads[index].declared || reads[child.index].declared
                    reads[index].local = reads[index].local || reads[child.index].local
                }
            }
            join(checked.expression.root)
        }

        private mutating func join(_ id: ExpressionID) {
            joined.insert(id.index)
            guard case .call(let function, nil, let arguments) = checked.expression[id].kind,
                function.text == Operator.and
            else { return }
            for argument in arguments { join(argument) }
        }

        /// - Parameter isBound: whether the node is inside a macro, whose variables differ from turn to turn.
        mutating func condition(_ id: ExpressionID, isBound: Bool) {
            let read = reads[id.index]
            guard !read.declared, !isBound || !read.local, checked.type(of: id) == .bool else {
                return walk(id, isBound: isBound)
            }
            // `true`, written out, is what its author means.
            if case .constant = checked.expression[id].kind { return }
            diagnostics.append(
                .constantCondition(
                    isAlways: value(of: id), at: checked.expression[id].span, names: namesInQuotes(below: id)))
        }

        private mutating func walk(_ id: ExpressionID, isBound: Bool) {
            switch checked.expression[id].kind {
            case .call(let function, _, let arguments):
                if let found = constant(id, function.text, arguments) { return diagnostics.append(found) }
                switch function.text {
                case Operator.and, Operator.or, Operator.not:
                    if function.text == Operator.or, let (subject, isEqual) = eitherHolds(arguments) {
                        var written = ""
                        for argument in arguments {
                            written += (written.isEmpty ? "" : " && ") + checked.expression.text(of: argument)
                        }
                        diagnostics.append(
                            .eitherHolds(
                                subject, isEquality: isEqual, written: written, at: checked.expression[id].span))
                    }
                    for argument in arguments { condition(argument, isBound: isBound) }
                    return
                case Operator.conditional:
                    condition(arguments[0], isBound: isBound)
                    for argument in arguments.dropFirst() { part(argument, isBound: isBound) }
                    return
                default: break
                }
            case .present(_, _, false):
                if let field = checked.field(of: id), !field.isOptional {
                    // From the call to its last parenthesis.
                    let test = checked.expression[id].span
                    let read = checked.expression.text(of: id).dropFirst(4).dropLast()
                    diagnostics.append(.alwaysPresent(String(read), at: test))
                }
            case .comprehension, .bind, .optionalMap, .block:
                for child in checked.expression.children(of: id) { part(child, isBound: true) }
                return
            default: break
            }
            for child in checked.expression.children(of: id) { part(child, isBound: isBound) }
        }

        /// That an operation has one outcome whatever its values are: `a == a`, `a || !a`; nil for anything else.
        private func constant(_ id: ExpressionID, _ function: String, _ arguments: [ExpressionID]) -> Diagnostic? {
            let span = checked.expression[id].span
            switch function {
            case Operator.equals, Operator.lessOrEqual, Operator.greaterOrEqual, Operator.notEquals, Operator.less,
                Operator.greater:
                guard arguments.count == 2, checked.expression.isSame(arguments[0], arguments[1]) else { return nil }
                let isAlways = [Operator.equals, Operator.lessOrEqual, Operator.greaterOrEqual].contains(function)
                return .comparedWithItself(isAlways, isAttribute: checked.fieldPath(of: arguments[0]) != nil, at: span)
            case Operator.and, Operator.or:
                guard arguments.count <= 16, function == Operator.or || !joined.contains(id.index) else { return nil }
                for (place, argument) in arguments.enumerated() {
                    guard
                        let other = arguments[(place + 1)...].first(where: {
                            checked.expression.areOpposite(argument, $0)
                        })
                    else { continue }
                    return .opposites(
                        checked.expression.text(of: argument), checked.expression.text(of: other),
                        isAlways: function == Operator.or, at: span)
                }
                return nil
            default: return nil
            }
        }

        /// What is compared in `a != "x" || a != "y"` and `a > 5 || a < 10`, one of which is always true, and whether it is by
        /// equality; nil for anything else.
        private func eitherHolds(_ arguments: [ExpressionID]) -> (subject: String, isEquality: Bool)? {
            var subject: FieldPath?
            var different: [String] = []
            var (least, most): (Double?, Double?)
            for argument in arguments {
                guard case .call(let function, nil, let operands) = checked.expression[argument].kind,
                    operands.count == 2, let path = checked.fieldPath(of: operands[0]), !path.fields.isEmpty,
                    subject == nil || subject == path, case .constant(let value) = checked.expression[operands[1]].kind
                else { return nil }
                subject = path
                switch (function.text, number(value)) {
                case (Operator.notEquals, _): different.append(checked.expression.text(of: operands[1]))
                case (Operator.greater, let bound?), (Operator.greaterOrEqual, let bound?):
                    least = min(least ?? bound, bound)
                case (Operator.less, let bound?), (Operator.lessOrEqual, let bound?): most = max(most ?? bound, bound)
                default: return nil
                }
            }
            guard let subject else { return nil }
            if different.count == arguments.count {
                return different.contains { !sameBytes($0, different[0]) } ? (subject.text, true) : nil
            }
            // At the bound itself, one of the two may hold or not.
            guard different.isEmpty, let least, let most, least < most else { return nil }
            return (subject.text, false)
        }

        private func number(_ value: CELValue) -> Double? {
            switch value {
            case .int(let value): Double(value)
            case .double(let value): value
            default: nil
            }
        }

        /// A node that need not be a condition: a comparison is one wherever it stands.
        private mutating func part(_ id: ExpressionID, isBound: Bool) {
            if case .call(let function, _, _) = checked.expression[id].kind {
                switch function.text {
                case Operator.equals, Operator.notEquals, Operator.less, Operator.lessOrEqual, Operator.greater,
                    Operator.greaterOrEqual, Operator.isIn:
                    return condition(id, isBound: isBound)
                default: break
                }
            }
            walk(id, isBound: isBound)
        }

        /// What a comparison of two texts comes to; nil for anything else.
        private func value(of id: ExpressionID) -> Bool? {
            guard case .call(let function, nil, let arguments) = checked.expression[id].kind, arguments.count == 2,
                case .constant(.string(let left)) = checked.expression[arguments[0]].kind,
                case .constant(.string(let right)) = checked.expression[arguments[1]].kind
            else { return nil }
            switch function.text {
            case Operator.equals: return sameBytes(left, right)
            case Operator.notEquals: return !sameBytes(left, right)
            default: return nil
            }
        }

        /// The texts below a node that are the path of an attribute, or nearly, each with the path that is declared.
        private func namesInQuotes(below id: ExpressionID) -> [(name: String, text: String, span: Span)] {
            if case .constant(.string(let text)) = checked.expression[id].kind {
                guard let path = checked.environment.fieldMeant(by: text) else { return [] }
                return [(path, text, checked.expression[id].span)]
            }
            return checked.expression.children(of: id).flatMap { namesInQuotes(below: $0) }
        }
    }
}

extension Expression {
    /// Whether two nodes are the same expression: what one comes to, the other does.
    func isSame(_ a: ExpressionID, _ b: ExpressionID) -> Bool {
        switch (self[a].kind, self[b].kind) {
        case (.constant, .constant): return sameBytes(text(of: a), text(of: b))
        case (.identifier(let one), .identifier(let other)): return sameBytes(one, other)
        case (.select(_, let one, let isOptional), .select(_, let other, let isOtherOptional)),
            (.present(_, let one, let isOptional), .present(_, let other, let isOtherOptional)):
            guard sameBytes(one.text, other.text), isOptional == isOtherOptional else { return false }
        case (.call(let one, let target, _), .call(let other, let otherTarget, _)):
            guard sameBytes(one.text, other.text), (target == nil) == (otherTarget == nil) else { return false }
        case (.list, .list): break
        default: return false
        }
        let (parts, others) = (children(of: a), children(of: b))
        return parts.count == others.count && zip(parts, others).allSatisfy { isSame($0, $1) }
    }

    /// Whether one of two conditions is true where the other is not: `a` and `!a`, `a == b` and `a != b`, `a < b` and `a >= b`.
    func areOpposite(_ a: ExpressionID, _ b: ExpressionID) -> Bool {
        if let inner = negated(a) { return isSame(inner, b) }
        if let inner = negated(b) { return isSame(inner, a) }
        guard case .call(let one, nil, let operands) = self[a].kind, operands.count == 2,
            case .call(let other, nil, let others) = self[b].kind, others.count == 2,
            Operator.opposite(one.text).map({ sameBytes($0, other.text) }) ?? false
        else { return false }
        return isSame(operands[0], others[0]) && isSame(operands[1], others[1])
    }

    private func negated(_ id: ExpressionID) -> ExpressionID? {
        guard case .call(let function, nil, let operands) = self[id].kind, function.text == Operator.not else {
            return nil
        }
        return operands.first
    }
}

extension Operator {
    /// The comparison that is true where `function` is not; nil for what is no comparison of two values.
    fileprivate static func opposite(_ function: String) -> String? {
        switch function {
        case equals: notEquals
        case notEquals: equals
        case less: greaterOrEqual
        case greaterOrEqual: less
        case greater: lessOrEqual
        case lessOrEqual: greater
        default: nil
        }
    }
}

extension Environment {
    /// The field that a text names: `user.plan` itself, or the only one with its last name where the group has none; nil for what
    /// is no path.
    fileprivate func fieldMeant(by text: String) -> String? {
        if declaresField(text) { return text }
        let parts = text.utf8.split(separator: 0x2E, omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.first.map(isIdentifierStart) ?? false }),
            parts.allSatisfy({ $0.allSatisfy(isIdentifierByte) })
        else { return nil }
        let owners = fields { $0.name.utf8.elementsEqual(parts[1]) }
        return owners.count == 1 ? owners[0] : nil
    }

    /// Whether `path` is a field of a declared variable, as it is written in an expression: `user.plan`.
    func declaresField(_ path: String) -> Bool {
        let parts = path.utf8.split(separator: 0x2E, omittingEmptySubsequences: false).map {
            String(decoding: $0, as: UTF8.self)
        }
        guard parts.count > 1, let slot = tables.variables[parts[0]] else { return false }
        var type = tables.declarations.variables[slot].type
        for name in parts.dropFirst() {
            guard case .object(let object) = type, let field = tables.objectTypes[object]?.field(name) else {
                return false
            }
            type = field.type
        }
        return true
    }
}
