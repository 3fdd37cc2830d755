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
                if let isAlways = comparedWithItself(function.text, arguments) {
                    return diagnostics.append(.comparedWithItself(isAlways, at: checked.expression[id].span))
                }
                switch function.text {
                case Operator.and, Operator.or, Operator.not:
                    if function.text == Operator.or, let subject = eitherDifferent(arguments) {
                        let parts = arguments.map { checked.expression.text(of: $0) }
                        var written = ""
                        for part in parts { written += (written.isEmpty ? "" : " && ") + part }
                        diagnostics.append(
                            .eitherDifferent(subject, written: written, at: checked.expression[id].span))
                    }
                    for argument in arguments { condition(argument, isBound: isBound) }
                    return
                case Operator.conditional:
                    condition(arguments[0], isBound: isBound)
                    for argument in arguments.dropFirst() { part(argument, isBound: isBound) }
                    return
                default: break
                }
            case .comprehension, .bind, .optionalMap, .block:
                for child in checked.expression.children(of: id) { part(child, isBound: true) }
                return
            default: break
            }
            for child in checked.expression.children(of: id) { part(child, isBound: isBound) }
        }

        /// What `a == a` comes to; nil for anything else.
        private func comparedWithItself(_ function: String, _ arguments: [ExpressionID]) -> Bool? {
            guard arguments.count == 2, let left = checked.fieldPath(of: arguments[0]), !left.fields.isEmpty,
                checked.fieldPath(of: arguments[1]) == left
            else { return nil }
            switch function {
            case Operator.equals, Operator.lessOrEqual, Operator.greaterOrEqual: return true
            case Operator.notEquals, Operator.less, Operator.greater: return false
            default: return nil
            }
        }

        /// The path that is compared in `a != "x" || a != "y"`, one of which is always true; nil for anything else.
        private func eitherDifferent(_ arguments: [ExpressionID]) -> String? {
            var subject: FieldPath?
            var values: [String] = []
            for argument in arguments {
                guard case .call(let function, nil, let operands) = checked.expression[argument].kind,
                    function.text == Operator.notEquals, operands.count == 2,
                    let path = checked.fieldPath(of: operands[0]), !path.fields.isEmpty,
                    subject == nil || subject == path, case .constant = checked.expression[operands[1]].kind
                else { return nil }
                subject = path
                values.append(checked.expression.text(of: operands[1]))
            }
            guard values.count > 1, values.contains(where: { !sameBytes($0, values[0]) }) else { return nil }
            return subject?.text
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

        /// The texts below a node that are the path of a declared attribute.
        private func namesInQuotes(below id: ExpressionID) -> [(name: String, span: Span)] {
            if case .constant(.string(let text)) = checked.expression[id].kind {
                guard checked.environment.declaresField(text) else { return [] }
                return [(text, checked.expression[id].span)]
            }
            return checked.expression.children(of: id).flatMap { namesInQuotes(below: $0) }
        }
    }
}

extension Environment {
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
