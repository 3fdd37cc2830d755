/// A checked expression, compiled once to be evaluated many times.
public struct Program: Sendable {
    /// What it was compiled from.
    public let checked: CheckedExpression

    /// Compiles an expression; one with errors evaluates to ``EvaluationError/Reason/invalidExpression``.
    public init(_ checked: CheckedExpression) {
        self.checked = checked
    }

    /// The value of the expression for the given variables.
    public func evaluate(_ activation: Activation) -> Result<CELValue, EvaluationError> {
        .failure(EvaluationError(.invalidExpression))
    }

    /// The value as a Bool: what a condition needs; a value of another type is an error.
    public func evaluateBool(_ activation: Activation) -> Result<Bool, EvaluationError> {
        .failure(EvaluationError(.invalidExpression))
    }

    static func constantCall(_ builtin: Builtin, _ values: [CELValue], _ environment: Environment) -> CELValue? { nil }
}
extension Builtin {
    /// Whether it makes a value of another type and of nothing but its arguments.
    var isConversion: Bool {
        switch self {
        case .toBool, .toBytes, .toDouble, .toDuration, .toInt, .toString, .toTimestamp, .toUint, .semver, .ip, .cidr:
            true
        default: false
        }
    }
}
