import SourceDiagnostics

/// The state of one evaluation.
struct Run {
    /// The variables, in slots.
    let values: [CELValue?]
    /// The variables of macros, in slots.
    var locals: [CELValue]
    /// Why a variable of `cel.bind` or `cel.block` has no value, by slot; empty in a program without them.
    var failures: [EvaluationError?]
    /// Work left (``Limits/work``).
    var work: Int
    let program: Program.Storage
}

/// A node of a compiled expression. Immutable, so that a program can run on many threads at once.
class EvaluationNode: @unchecked Sendable {
    let span: Span

    init(_ span: Span) {
        self.span = span
    }

    /// The node's value.
    func evaluate(_ run: inout Run) throws(EvaluationError) -> CELValue {
        throw EvaluationError(.invalidExpression, at: span)
    }

    /// The node's value where a condition is wanted; spares wrapping a Bool for the nodes that make one.
    func condition(_ run: inout Run) throws(EvaluationError) -> Bool {
        let value = try evaluate(&run)
        if case .bool(let flag) = value { return flag }
        throw EvaluationError(.noMatchingOverload(function: "condition", types: [value.type]), at: span)
    }

    /// The value when it is the same in every evaluation.
    var constant: CELValue? { nil }

    /// The work that the node takes besides that of its parts, whatever the values are.
    var fixedWork: Int { 1 }
}

/// A node that makes a Bool.
class ConditionNode: EvaluationNode, @unchecked Sendable {
    override func evaluate(_ run: inout Run) throws(EvaluationError) -> CELValue {
        .bool(try condition(&run))
    }
}

final class ErrorNode: EvaluationNode, @unchecked Sendable {
    let reason: EvaluationError.Reason

    init(_ reason: EvaluationError.Reason, _ span: Span) {
        self.reason = reason
        super.init(span)
    }

    override func evaluate(_ run: inout Run) throws(EvaluationError) -> CELValue {
        throw EvaluationError(reason, at: span)
    }

    override var fixedWork: Int { 4 }
}

final class ConstantNode: EvaluationNode, @unchecked Sendable {
    let value: CELValue

    init(_ value: CELValue, _ span: Span) {
        self.value = value
        super.init(span)
    }

    override func evaluate(_ run: inout Run) throws(EvaluationError) -> CELValue { value }
    override var constant: CELValue? { value }
}

final class VariableNode: EvaluationNode, @unchecked Sendable {
    let slot: Int
    let name: String

    init(_ slot: Int, _ name: String, _ span: Span) {
        self.slot = slot
        self.name = name
        super.init(span)
    }

    override func evaluate(_ run: inout Run) throws(EvaluationError) -> CELValue {
        if slot < run.values.count, let value = run.values[slot] { return value }
        throw EvaluationError(.unboundVariable(name), at: span)
    }
}

final class LocalNode: EvaluationNode, @unchecked Sendable {
    let slot: Int

    init(_ slot: Int, _ span: Span) {
        self.slot = slot
        super.init(span)
    }

    override func evaluate(_ run: inout Run) throws(EvaluationError) -> CELValue { run.locals[slot] }
}

/// A variable of `cel.bind` or `cel.block`. Its error counts only where the variable is read, as if the value stood there.
final class BoundLocalNode: EvaluationNode, @unchecked Sendable {
    let slot: Int

    init(_ slot: Int, _ span: Span) {
        self.slot = slot
        super.init(span)
    }

    override func evaluate(_ run: inout Run) throws(EvaluationError) -> CELValue {
        if let failure = run.failures[slot] { throw failure }
        return run.locals[slot]
    }
}

/// `cel.bind` and `cel.block`: values for variables, and what is made of them.
final class ScopeNode: EvaluationNode, @unchecked Sendable {
    let slot: Int
    let values: [EvaluationNode]
    let body: EvaluationNode

    init(_ slot: Int, _ values: [EvaluationNode], _ body: EvaluationNode, _ span: Span) {
        self.slot = slot
        self.values = values
        self.body = body
        super.init(span)
    }

    override func evaluate(_ run: inout Run) throws(EvaluationError) -> CELValue {
        for (index, value) in values.enumerated() {
            do {
                let result = try value.evaluate(&run)
                run.locals[slot + index] = result
                run.failures[slot + index] = nil
            } catch {
                if error.isLimit { throw error }
                run.failures[slot + index] = error
            }
        }
        return try body.evaluate(&run)
    }

    override var fixedWork: Int { 2 * values.count }
}
