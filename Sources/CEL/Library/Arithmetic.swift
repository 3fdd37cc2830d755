// The arithmetic operators (langdef.md, "Overflow").

extension Function {
    static let arithmetic: [Function] = [
        Function(
            Operator.add,
            """
            (int, int) -> int; (uint, uint) -> uint; (double, double) -> double; (string, string) -> string; \
            (bytes, bytes) -> bytes; (list(A), list(A)) -> list(A); (timestamp, duration) -> timestamp; \
            (duration, timestamp) -> timestamp; (duration, duration) -> duration
            """
        ) { operands, span, _ in ArithmeticNode(.add, operands[0], operands[1], span) },
        Function(
            Operator.subtract,
            """
            (int, int) -> int; (uint, uint) -> uint; (double, double) -> double; \
            (timestamp, timestamp) -> duration; (timestamp, duration) -> timestamp; (duration, duration) -> duration
            """
        ) { operands, span, _ in ArithmeticNode(.subtract, operands[0], operands[1], span) },
        Function(Operator.multiply, "(int, int) -> int; (uint, uint) -> uint; (double, double) -> double") {
            operands, span, _ in ArithmeticNode(.multiply, operands[0], operands[1], span)
        },
        Function(Operator.divide, "(int, int) -> int; (uint, uint) -> uint; (double, double) -> double") {
            operands, span, _ in ArithmeticNode(.divide, operands[0], operands[1], span)
        },
        Function(Operator.modulo, "(int, int) -> int; (uint, uint) -> uint") { operands, span, _ in
            ArithmeticNode(.modulo, operands[0], operands[1], span)
        },
        Function(Operator.negate, "(int) -> int; (double) -> double", fixedWork: 4) {
            (values, _) throws(EvaluationError) in
            if let number = values.double(0) { return .double(-number) }
            guard let number = values.integer(0) else { return nil }
            guard number != .min else { throw EvaluationError(.overflow) }
            return .int(-number)
        },
    ]
}

/// An operator of two numbers, some of which take times, texts and lists too.
enum ArithmeticOperation: Sendable {
    case add, subtract, multiply, divide, modulo

    /// The specification's name of the operator.
    var name: String {
        switch self {
        case .add: Operator.add
        case .subtract: Operator.subtract
        case .multiply: Operator.multiply
        case .divide: Operator.divide
        case .modulo: Operator.modulo
        }
    }
}

func arithmetic(
    _ operation: ArithmeticOperation, _ a: CELValue, _ b: CELValue, _ run: inout Run
) throws(EvaluationError) -> CELValue {
    switch (a, b) {
    case (.int(let x), .int(let y)): return .int(try integer(operation, x, y))
    case (.double(let x), .double(let y)):
        switch operation {
        case .add: return .double(x + y)
        case .subtract: return .double(x - y)
        case .multiply: return .double(x * y)
        case .divide: return .double(x / y)
        // There is no overload for it.
        case .modulo: break
        }
    case (.uint(let x), .uint(let y)): return .uint(try unsigned(operation, x, y))
    case (.string(let x), .string(let y)) where operation == .add:
        try run.build(x.utf8.count + y.utf8.count)
        return .string(x + y)
    case (.bytes(let x), .bytes(let y)) where operation == .add:
        try run.build(x.count + y.count)
        return .bytes(x + y)
    case (.list(let x), .list(let y)) where operation == .add:
        try run.buildEntries(x.count + y.count)
        return .list(x + y)
    default:
        if let result = try temporal(operation, a, b) { return result }
    }
    throw EvaluationError(.noMatchingOverload(function: operation.name, types: [a.type, b.type]))
}

private func integer(_ operation: ArithmeticOperation, _ x: Int64, _ y: Int64) throws(EvaluationError) -> Int64 {
    let result: (partialValue: Int64, overflow: Bool)
    switch operation {
    case .add: result = x.addingReportingOverflow(y)
    case .subtract: result = x.subtractingReportingOverflow(y)
    case .multiply: result = x.multipliedReportingOverflow(by: y)
    case .divide:
        guard y != 0 else { throw EvaluationError(.divisionByZero) }
        result = x.dividedReportingOverflow(by: y)
    case .modulo:
        guard y != 0 else { throw EvaluationError(.divisionByZero) }
        result = x.remainderReportingOverflow(dividingBy: y)
    }
    guard !result.overflow else { throw EvaluationError(.overflow) }
    return result.partialValue
}

private func unsigned(_ operation: ArithmeticOperation, _ x: UInt64, _ y: UInt64) throws(EvaluationError) -> UInt64 {
    let result: (partialValue: UInt64, overflow: Bool)
    switch operation {
    case .add: result = x.addingReportingOverflow(y)
    case .subtract: result = x.subtractingReportingOverflow(y)
    case .multiply: result = x.multipliedReportingOverflow(by: y)
    case .divide:
        guard y != 0 else { throw EvaluationError(.divisionByZero) }
        result = x.dividedReportingOverflow(by: y)
    case .modulo:
        guard y != 0 else { throw EvaluationError(.divisionByZero) }
        result = x.remainderReportingOverflow(dividingBy: y)
    }
    guard !result.overflow else { throw EvaluationError(.overflow) }
    return result.partialValue
}

/// Timestamps and durations; nil when the types do not fit.
private func temporal(_ operation: ArithmeticOperation, _ a: CELValue, _ b: CELValue) throws(EvaluationError)
    -> CELValue?
{
    switch (operation, a, b) {
    case (.add, .timestamp(let x), .duration(let y)), (.add, .duration(let y), .timestamp(let x)):
        return .timestamp(try inRange(x.adding(y)))
    case (.subtract, .timestamp(let x), .duration(let y)):
        let (negated, overflow) = (0 as Int64).subtractingReportingOverflow(y.nanoseconds)
        return .timestamp(try inRange(overflow ? nil : x.adding(CELDuration(nanoseconds: negated))))
    case (.subtract, .timestamp(let x), .timestamp(let y)): return .duration(try inRange(x.since(y)))
    case (.add, .duration(let x), .duration(let y)):
        return .duration(CELDuration(nanoseconds: try integer(.add, x.nanoseconds, y.nanoseconds)))
    case (.subtract, .duration(let x), .duration(let y)):
        return .duration(CELDuration(nanoseconds: try integer(.subtract, x.nanoseconds, y.nanoseconds)))
    default: return nil
    }
}

private func inRange<T>(_ value: T?) throws(EvaluationError) -> T {
    guard let value else { throw EvaluationError(.overflow) }
    return value
}
