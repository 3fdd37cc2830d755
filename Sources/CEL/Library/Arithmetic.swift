// The arithmetic operators (langdef.md, "Overflow").

func arithmetic(
    _ operation: Builtin, _ a: CELValue, _ b: CELValue, _ run: inout Run
) throws(EvaluationError) -> CELValue {
    switch (a, b) {
    case (.int(let x), .int(let y)): return .int(try integer(operation, x, y))
    case (.double(let x), .double(let y)):
        switch operation {
        case .add: return .double(x + y)
        case .subtract: return .double(x - y)
        case .multiply: return .double(x * y)
        case .divide: return .double(x / y)
        default: break
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
    throw EvaluationError(.noMatchingOverload(function: operation.operatorName, types: [a.type, b.type]))
}

private func integer(_ operation: Builtin, _ x: Int64, _ y: Int64) throws(EvaluationError) -> Int64 {
    let result: (partialValue: Int64, overflow: Bool)
    switch operation {
    case .add: result = x.addingReportingOverflow(y)
    case .subtract: result = x.subtractingReportingOverflow(y)
    case .multiply: result = x.multipliedReportingOverflow(by: y)
    case .divide:
        guard y != 0 else { throw EvaluationError(.divisionByZero) }
        result = x.dividedReportingOverflow(by: y)
    default:
        guard y != 0 else { throw EvaluationError(.divisionByZero) }
        result = x.remainderReportingOverflow(dividingBy: y)
    }
    guard !result.overflow else { throw EvaluationError(.overflow) }
    return result.partialValue
}

private func unsigned(_ operation: Builtin, _ x: UInt64, _ y: UInt64) throws(EvaluationError) -> UInt64 {
    let result: (partialValue: UInt64, overflow: Bool)
    switch operation {
    case .add: result = x.addingReportingOverflow(y)
    case .subtract: result = x.subtractingReportingOverflow(y)
    case .multiply: result = x.multipliedReportingOverflow(by: y)
    case .divide:
        guard y != 0 else { throw EvaluationError(.divisionByZero) }
        result = x.dividedReportingOverflow(by: y)
    default:
        guard y != 0 else { throw EvaluationError(.divisionByZero) }
        result = x.remainderReportingOverflow(dividingBy: y)
    }
    guard !result.overflow else { throw EvaluationError(.overflow) }
    return result.partialValue
}

/// Timestamps and durations; nil when the types do not fit.
private func temporal(_ operation: Builtin, _ a: CELValue, _ b: CELValue) throws(EvaluationError) -> CELValue? {
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

/// Unary minus.
func negate(_ value: CELValue) throws(EvaluationError) -> CELValue {
    switch value {
    case .int(let number):
        guard number != .min else { throw EvaluationError(.overflow) }
        return .int(-number)
    case .double(let number): return .double(-number)
    default: throw EvaluationError(.noMatchingOverload(function: Operator.negate, types: [value.type]))
    }
}
