import ByteText
import SourceDiagnostics

/// Finds string literals that are compared with a field whose declared values they are not among.
enum DeclaredValues {
    /// The values an expression can have, and the field that says so.
    private struct Domain {
        var values: [String]
        var path: String
    }

    static func check(_ checked: CheckedExpression) -> [Diagnostic] {
        var diagnostics: [Diagnostic] = []
        for index in checked.expression.nodes.indices {
            guard case .call(let function, _, let arguments) = checked.expression.nodes[index].kind,
                arguments.count == 2, checked.overloads[index]?.overloads.isEmpty == false
            else { continue }
            switch function.text {
            case Operator.equals, Operator.notEquals:
                compare(arguments[0], arguments[1], checked, &diagnostics)
                compare(arguments[1], arguments[0], checked, &diagnostics)
            case Operator.isIn:
                compare(arguments[0], arguments[1], checked, &diagnostics)
                compare(arguments[1], arguments[0], checked, &diagnostics)
            default: break
            }
        }
        return diagnostics
    }

    /// Compares the literals in `literals` (a string, a list, or the keys of a map) with the domain of `expression`.
    private static func compare(
        _ expression: ExpressionID, _ literals: ExpressionID, _ checked: CheckedExpression,
        _ diagnostics: inout [Diagnostic]
    ) {
        guard let domain = domain(expression, checked) else { return }
        for id in strings(literals, checked.expression) {
            guard case .constant(.string(let text)) = checked.expression[id].kind,
                !domain.values.contains(where: { sameBytes($0, text) })
            else { continue }
            if let several = several(in: text, of: domain.values), id != literals {
                diagnostics.append(
                    .severalValues(text, of: domain.path, written: several, at: checked.expression[id].span))
                continue
            }
            var diagnostic = Diagnostic.notADeclaredValue(
                text, of: domain.path, near: nearMiss(text, among: domain.values) ?? aliased(text, domain.values),
                values: domain.values, at: checked.expression[id].span)
            let owners = checked.environment.owners(of: text)
            if diagnostic.fixIts.isEmpty, owners.count == 1 {
                diagnostic.notes.append("it is a value of `\(owners[0])`")
                // Of a list the other values are to fit, too.
                if id == literals, checked.fieldPath(of: expression) != nil {
                    diagnostic.fixIts = [.write(owners[0], at: checked.expression[expression].span)]
                }
            }
            diagnostics.append(diagnostic)
        }
    }

    /// `"free, premium"` in a list, as texts of their own; nil where they are no declared values.
    private static func several(in text: String, of values: [String]) -> String? {
        let parts = text.utf8.split(separator: 0x2C).map { part in
            String(decoding: part.drop { $0 == 0x20 }, as: UTF8.self)
        }
        guard parts.count > 1, parts.allSatisfy({ part in values.contains { sameBytes($0, part) } }) else { return nil }
        var written = ""
        for (index, part) in parts.enumerated() { written += (index > 0 ? ", " : "") + "\"" + part + "\"" }
        return written
    }

    /// What is often written for something else: `UK` for the ISO 3166 code `GB`.
    private static func aliased(_ text: String, _ values: [String]) -> String? {
        let pairs = [("UK", "GB"), ("EL", "GR"), ("iOS", "ios"), ("iw", "he"), ("in", "id")]
        for (written, meant) in pairs where sameBytes(text, written) && values.contains(meant) { return meant }
        return nil
    }

    /// The string literals of a literal, a list literal or a map literal's keys.
    private static func strings(_ id: ExpressionID, _ expression: Expression) -> [ExpressionID] {
        switch expression[id].kind {
        case .constant: [id]
        case .list(let elements): elements.map { $0.value }
        case .map(let entries): entries.map { $0.key }
        default: []
        }
    }

    private static func domain(_ id: ExpressionID, _ checked: CheckedExpression) -> Domain? {
        switch checked.expression[id].kind {
        case .select:
            guard let field = checked.field(of: id), let values = field.values else { return nil }
            return Domain(values: values, path: checked.fieldPath(of: id)?.text ?? field.name)
        case .call(let function, let target, let arguments):
            switch (function.text, target, arguments.count) {
            case ("value", let target?, 0): return domain(target, checked)
            case ("orValue", let target?, 1):
                guard var found = domain(target, checked) else { return nil }
                guard case .constant(.string(let fallback)) = checked.expression[arguments[0]].kind else { return nil }
                found.values.append(fallback)
                return found
            case (Operator.conditional, nil, 3):
                guard let a = domain(arguments[1], checked), let b = domain(arguments[2], checked) else { return nil }
                return Domain(values: a.values + b.values.filter { !a.values.contains($0) }, path: a.path)
            case (Operator.index, nil, 2), (Operator.optionalIndex, nil, 2):
                // Of a field that is a list, the values are those of its elements.
                if case .list = checked.type(of: arguments[0]) { return domain(arguments[0], checked) }
                return nil
            default: return nil
            }
        case .identifier:
            return variableDomain(id, checked)
        default: return nil
        }
    }

    /// The variable of a macro over a list with declared values has those values.
    private static func variableDomain(_ id: ExpressionID, _ checked: CheckedExpression) -> Domain? {
        guard case .local(let slot) = checked.reference(of: id) else { return nil }
        for index in checked.expression.nodes.indices {
            guard case .comprehension(let it) = checked.expression.nodes[index].kind,
                let first = checked.localSlots[index], first + it.variables.count - 1 == slot,
                checked.expression.nodes[index].span.start <= checked.expression[id].span.start,
                checked.expression[id].span.end <= checked.expression.nodes[index].span.end,
                case .list = checked.type(of: it.range)
            else { continue }
            return domain(it.range, checked)
        }
        return nil
    }
}

extension Environment {
    /// The texts that are declared to have the value `value`, such as `audio.plan`.
    func owners(of value: String) -> [String] {
        fields { field in
            guard case .string = field.type else { return false }
            return field.values?.contains { sameBytes($0, value) } ?? false
        }
    }

    /// The paths of the fields of declared variables that are as is asked.
    func fields(where isMeant: (ObjectField) -> Bool) -> [String] {
        tables.declarations.variables.flatMap { variable -> [String] in
            guard case .object(let name) = variable.type, let object = tables.objectTypes[name] else { return [] }
            return object.fields.filter(isMeant).map { variable.name + "." + $0.name }
        }
    }
}
