import SourceDiagnostics

/// Finds versions and numbers that are ordered as texts, letter by letter: `app.version >= "3.9.0"`, where `"3.10.0"` comes
/// before `"3.9.0"`.
enum TextOrder {
    static func check(_ checked: CheckedExpression) -> [Diagnostic] {
        var diagnostics: [Diagnostic] = []
        for index in checked.expression.nodes.indices {
            guard case .call(let function, _, let arguments) = checked.expression.nodes[index].kind,
                [Operator.less, Operator.lessOrEqual, Operator.greater, Operator.greaterOrEqual].contains(
                    function.text),
                arguments.count == 2, checked.types[arguments[0].index] == .string,
                checked.types[arguments[1].index] == .string
            else { continue }
            if let diagnostic = diagnostic(arguments, checked, checked.expression.nodes[index].span) {
                diagnostics.append(diagnostic)
            }
        }
        return diagnostics
    }

    private static func diagnostic(_ operands: [ExpressionID], _ checked: CheckedExpression, _ span: Span)
        -> Diagnostic?
    {
        let path = operands.compactMap { checked.fieldPath(of: $0) }.first { !$0.fields.isEmpty }
        let literal = operands.compactMap { id -> String? in
            if case .constant(.string(let text)) = checked.expression[id].kind { text } else { nil }
        }.first
        let isNumber = literal.map { Double($0) != nil && !isVersion($0) } ?? false
        let isNamedVersion = path?.fields.last.map { endsWithVersion($0) } ?? false
        guard isNumber || literal.map(isVersion) ?? isNamedVersion else { return nil }
        let name = path.map { "`\($0.text)`" } ?? "the value"
        let version = literal.flatMap { SemanticVersion(reported: $0) }?.release.text ?? "3.9.0"
        return .textOrder(
            ofNumber: isNumber, name, isNumber ? literal ?? "1" : "semver(\"\(version)\")", at: span)
    }

    /// Whether it looks like a version: at least two numbers with a dot between.
    private static func isVersion(_ text: String) -> Bool {
        text.utf8.contains(0x2E) && SemanticVersion(reported: text) != nil
    }

    /// Whether a name says that it is one: `version`, `app_version`, `osVersion`.
    private static func endsWithVersion(_ name: String) -> Bool {
        name.utf8.suffix(7).map { $0 | 0x20 }.elementsEqual("version".utf8)
    }
}
