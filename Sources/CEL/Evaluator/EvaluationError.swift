import SourceDiagnostics

/// Why an expression has no value.
///
/// Source: langdef.md, "Runtime Errors"; the messages of the specification are not normative.
public struct EvaluationError: Error, Hashable, Sendable {
    /// The kind of error.
    public enum Reason: Hashable, Sendable {
        /// No overload of the function takes values of these types.
        case noMatchingOverload(function: String, types: [CELType])
        /// The map or object has no such key or field.
        case noSuchKey(String)
        /// The index is outside the list or string.
        case indexOutOfRange(String)
        /// A variable without a value.
        case unboundVariable(String)
        /// A function that nobody implements.
        case unknownFunction(String)
        /// An integer, timestamp or duration outside its range.
        case overflow
        /// Division or remainder by zero.
        case divisionByZero
        /// A text that does not denote a value of the type that it is converted to.
        case invalidValue(type: String, text: String)
        /// A map literal with the same key twice.
        case repeatedKey
        /// A map key that is not bool, int, uint or string.
        case unsupportedKey
        /// `value()` of an empty optional.
        case emptyOptional
        /// An expression that did not parse or check cannot run.
        case invalidExpression
        /// ``Limits/work`` is exceeded.
        case tooMuchWork
        /// ``Limits/resultSize`` is exceeded.
        case resultTooLarge
        /// Anything else, such as a host function's own error.
        case other(String)
    }

    /// What went wrong.
    public var reason: Reason
    /// Where in the expression's source.
    public var span: Span

    /// An error of a kind, at a place.
    public init(_ reason: Reason, at span: Span = Span(at: 0)) {
        self.reason = reason
        self.span = span
    }

    /// What went wrong, on one line, without a full stop.
    public var message: String {
        switch reason {
        case .noMatchingOverload(let function, let types): EvaluationError.overloadMessage(function, types)
        case .noSuchKey(let key): "no such key: \(key)"
        case .indexOutOfRange(let index): "index out of range: \(index)"
        case .unboundVariable(let name): "the variable `\(name)` has no value"
        case .unknownFunction(let name): "unknown function: `\(name)`"
        case .overflow: "the result is out of range"
        case .divisionByZero: "division by zero"
        case .invalidValue(let type, let text): "`\(text)` is not a valid \(type)"
        case .repeatedKey: "a map has the same key twice"
        case .unsupportedKey: "a map key must be a bool, an int, a uint or a string"
        case .emptyOptional: "the optional has no value"
        case .invalidExpression: "the expression has errors"
        case .tooMuchWork: "the expression takes too much work"
        case .resultTooLarge: "the result is too large"
        case .other(let text): text
        }
    }

    private static func overloadMessage(_ function: String, _ types: [CELType]) -> String {
        var list = ""
        for (index, type) in types.enumerated() {
            if index > 0 { list += ", " }
            list += type.description
        }
        return "no matching overload of \(Operator.symbol(function) ?? function) for (\(list))"
    }
}
