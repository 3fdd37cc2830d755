import ByteText
import SourceDiagnostics

// The logical operators (langdef.md, "Logical Operators"): an error on one side is ignored when another decides.
// A limit is no such error; it ends the evaluation.

extension EvaluationError {
    /// Whether a limit ended the evaluation (``Limits/work``, ``Limits/resultSize``): there is no telling what it would
    /// have come to.
    public var isLimit: Bool {
        switch reason {
        case .tooMuchWork, .resultTooLarge: true
        default: false
        }
    }
}

final class AndNode: ConditionNode, @unchecked Sendable {
    let operands: [EvaluationNode]

    init(_ operands: [EvaluationNode], _ span: Span) {
        self.operands = operands
        super.init(span)
    }

    override func condition(_ run: inout Run) throws(EvaluationError) -> Bool {
        var failure: EvaluationError?
        for operand in operands {
            do {
                if try !operand.condition(&run) { return false }
            } catch {
                if error.isLimit { throw error }
                failure = failure ?? error
            }
        }
        if let failure { throw failure }
        return true
    }
}

final class OrNode: ConditionNode, @unchecked Sendable {
    let operands: [EvaluationNode]

    init(_ operands: [EvaluationNode], _ span: Span) {
        self.operands = operands
        super.init(span)
    }

    override func condition(_ run: inout Run) throws(EvaluationError) -> Bool {
        var failure: EvaluationError?
        for operand in operands {
            do {
                if try operand.condition(&run) { return true }
            } catch {
                if error.isLimit { throw error }
                failure = failure ?? error
            }
        }
        if let failure { throw failure }
        return false
    }
}

final class NotNode: ConditionNode, @unchecked Sendable {
    let operand: EvaluationNode

    init(_ operand: EvaluationNode, _ span: Span) {
        self.operand = operand
        super.init(span)
    }

    override func condition(_ run: inout Run) throws(EvaluationError) -> Bool {
        try !operand.condition(&run)
    }
}

final class ConditionalNode: EvaluationNode, @unchecked Sendable {
    let test: EvaluationNode
    let then: EvaluationNode
    let otherwise: EvaluationNode

    init(_ test: EvaluationNode, _ then: EvaluationNode, _ otherwise: EvaluationNode, _ span: Span) {
        self.test = test
        self.then = then
        self.otherwise = otherwise
        super.init(span)
    }

    override func evaluate(_ run: inout Run) throws(EvaluationError) -> CELValue {
        try test.condition(&run) ? try then.evaluate(&run) : try otherwise.evaluate(&run)
    }

    override func condition(_ run: inout Run) throws(EvaluationError) -> Bool {
        try test.condition(&run) ? try then.condition(&run) : try otherwise.condition(&run)
    }
}

final class EqualsNode: ConditionNode, @unchecked Sendable {
    let left: EvaluationNode
    let right: EvaluationNode
    let wanted: Bool

    init(_ left: EvaluationNode, _ right: EvaluationNode, wanted: Bool, _ span: Span) {
        self.left = left
        self.right = right
        self.wanted = wanted
        super.init(span)
    }

    override func condition(_ run: inout Run) throws(EvaluationError) -> Bool {
        let a = try left.evaluate(&run)
        let b = try right.evaluate(&run)
        return try equals(a, b, &run.work) == wanted
    }
}

/// `x == "text"`, the commonest condition of all.
final class EqualsStringNode: ConditionNode, @unchecked Sendable {
    let operand: EvaluationNode
    let text: String
    let wanted: Bool
    /// What a comparison takes: only a text of the same length is compared.
    let work: Int

    init(_ operand: EvaluationNode, _ text: String, wanted: Bool, _ span: Span) {
        work = Work.copying(text.utf8.count)
        self.operand = operand
        self.text = text
        self.wanted = wanted
        super.init(span)
    }

    override func condition(_ run: inout Run) throws(EvaluationError) -> Bool {
        guard case .string(let value) = try operand.evaluate(&run) else { return !wanted }
        if work > 0 { try pay(work, &run.work) }
        return sameBytes(value, text) == wanted
    }
}

/// `<`, `<=`, `>` and `>=`.
final class CompareNode: ConditionNode, @unchecked Sendable {
    enum Comparison {
        case less, lessOrEqual, greater, greaterOrEqual

        /// The specification's name of the operator.
        var name: String {
            switch self {
            case .less: Operator.less
            case .lessOrEqual: Operator.lessOrEqual
            case .greater: Operator.greater
            case .greaterOrEqual: Operator.greaterOrEqual
            }
        }
    }

    let comparison: Comparison
    let left: EvaluationNode
    let right: EvaluationNode

    init(_ comparison: Comparison, _ left: EvaluationNode, _ right: EvaluationNode, _ span: Span) {
        self.comparison = comparison
        self.left = left
        self.right = right
        super.init(span)
    }

    override func condition(_ run: inout Run) throws(EvaluationError) -> Bool {
        let a = try left.evaluate(&run)
        let b = try right.evaluate(&run)
        try run.payComparison(a, b)
        guard let found = order(a, b) else {
            throw EvaluationError(
                .noMatchingOverload(function: comparison.name, types: [a.type, b.type]), at: span)
        }
        switch comparison {
        case .less: return found == .less
        case .lessOrEqual: return found == .less || found == .equal
        case .greater: return found == .greater
        case .greaterOrEqual: return found == .greater || found == .equal
        }
    }
}

/// `x in y`.
final class InNode: ConditionNode, @unchecked Sendable {
    let element: EvaluationNode
    let container: EvaluationNode

    init(_ element: EvaluationNode, _ container: EvaluationNode, _ span: Span) {
        self.element = element
        self.container = container
        super.init(span)
    }

    override func condition(_ run: inout Run) throws(EvaluationError) -> Bool {
        let value = try element.evaluate(&run)
        let values = try container.evaluate(&run)
        switch values {
        case .list(let list): return try contains(list, value, &run.work)
        case .map(let map):
            try pay(Work.hashing(value.byteCount), &run.work)
            return map[value] != nil
        default:
            throw EvaluationError(
                .noMatchingOverload(function: Operator.isIn, types: [value.type, values.type]), at: span)
        }
    }
}

/// Whether a list has an element that equals the value.
func contains(_ list: [CELValue], _ value: CELValue, _ work: inout Int) throws(EvaluationError) -> Bool {
    if case .string(let text) = value {
        // Most lists are of strings; looking at one in its place spares a copy of it.
        let length = text.utf8.count
        for index in list.indices {
            guard case .string(let other) = list[index], other.utf8.count == length else {
                try pay(1, &work)
                continue
            }
            try pay(1 + Work.copying(length), &work)
            if sameBytes(other, text) { return true }
        }
        return false
    }
    for element in list {
        try pay(1, &work)
        if try equals(value, element, &work) { return true }
    }
    return false
}

/// `x in ["a", "b"]` with constants: looked up in a table.
final class InConstantsNode: ConditionNode, @unchecked Sendable {
    let element: EvaluationNode
    let list: [CELValue]
    let table: CELMap
    /// The bytes of the longest text: a longer one is none of them, and is not looked up.
    let longest: Int
    /// What it takes to look up one of that length.
    let work: Int

    init?(_ element: EvaluationNode, _ list: [CELValue], _ span: Span) {
        var builder = CELMap.Builder(capacity: list.count)
        for value in list where builder.insert(value, .null) == .badKey { return nil }
        self.element = element
        self.list = list
        table = builder.map
        longest = list.reduce(0) { max($0, $1.byteCount) }
        work = Work.hashing(longest)
        super.init(span)
    }

    override func condition(_ run: inout Run) throws(EvaluationError) -> Bool {
        let value = try element.evaluate(&run)
        switch value {
        case .string(let text):
            guard text.utf8.count <= longest else { return false }
            if work > 0 { try pay(work, &run.work) }
            return table[text] != nil
        case .int, .uint, .bool: return table[value] != nil
        default: return try contains(list, value, &run.work)
        }
    }
}
