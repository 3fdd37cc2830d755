import ByteText
import SourceDiagnostics

/// Finds `semver(x)` of a text that is not written out: Kubernetes' `semver` takes three numbers alone, and what apps report
/// is often another.
enum StrictVersions {
    static func check(_ checked: CheckedExpression) -> [Diagnostic] {
        let expression = checked.expression
        func tested(_ text: String) -> Bool {
            expression.nodes.contains { node in
                guard case .call(let function, nil, let arguments) = node.kind, function.text == "isSemver",
                    arguments.count == 1
                else { return false }
                return sameBytes(expression.text(of: arguments[0]), text)
            }
        }
        return expression.nodes.indices.compactMap { index in
            guard case .call(let function, nil, let arguments) = expression.nodes[index].kind,
                function.text == "semver", arguments.count == 1, checked.types[arguments[0].index] == .string,
                checked.overloads[index]?.overloads.isEmpty == false
            else { return nil }
            if case .constant = expression[arguments[0]].kind { return nil }
            if tested(expression.text(of: arguments[0])) { return nil }
            let argument = expression[arguments[0]].span
            return .strictVersion(
                "semver(\(expression.text(of: arguments[0])), true)", at: expression.nodes[index].span,
                end: argument.end)
        }
    }
}
