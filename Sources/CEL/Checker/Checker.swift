import SourceDiagnostics

struct Checker {
    static func check(
        _ expression: Expression, _ environment: Environment, expecting: CELType?
    ) -> (CheckedExpression, [Diagnostic]) { (resolve(expression, environment), []) }

    static func resolve(_ expression: Expression, _ environment: Environment) -> CheckedExpression {
        CheckedExpression(
            expression: expression, environment: environment, isTyped: false, hasErrors: false,
            types: expression.nodes.map { _ in .dyn }, references: expression.nodes.map { _ in nil })
    }
}
