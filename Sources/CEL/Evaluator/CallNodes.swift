import LinearRegex
import SourceDiagnostics

/// An arithmetic operator.
final class ArithmeticNode: EvaluationNode, @unchecked Sendable {
    let operation: ArithmeticOperation
    let left: EvaluationNode
    let right: EvaluationNode

    init(_ operation: ArithmeticOperation, _ left: EvaluationNode, _ right: EvaluationNode, _ span: Span) {
        self.operation = operation
        self.left = left
        self.right = right
        super.init(span)
    }

    override func evaluate(_ run: inout Run) throws(EvaluationError) -> CELValue {
        let a = try left.evaluate(&run)
        let b = try right.evaluate(&run)
        do {
            return try arithmetic(operation, a, b, &run)
        } catch {
            throw EvaluationError(error.reason, at: span)
        }
    }

    override var fixedWork: Int { 4 }
}

/// A function of the library with its arguments; for a method the target is the first.
final class CallNode: EvaluationNode, @unchecked Sendable {
    let function: Function
    let arguments: [EvaluationNode]

    init(_ function: Function, _ arguments: [EvaluationNode], _ span: Span) {
        self.function = function
        self.arguments = arguments
        super.init(span)
    }

    override func evaluate(_ run: inout Run) throws(EvaluationError) -> CELValue {
        var values: [CELValue] = []
        values.reserveCapacity(arguments.count)
        for argument in arguments { values.append(try argument.evaluate(&run)) }
        do {
            return try function.call(values, &run)
        } catch {
            throw EvaluationError(error.reason, at: span)
        }
    }

    override var fixedWork: Int { function.fixedWork }
}

/// `contains`, `startsWith` and `endsWith`.
final class StringTestNode: ConditionNode, @unchecked Sendable {
    enum Test: String {
        case contains, startsWith, endsWith
    }

    let test: Test
    let target: EvaluationNode
    let argument: EvaluationNode
    /// Prepared for `contains` of a constant.
    let search: SubstringSearch?

    init(_ test: Test, _ target: EvaluationNode, _ argument: EvaluationNode, _ span: Span) {
        self.test = test
        self.target = target
        self.argument = argument
        search = test == .contains ? argument.constant?.stringValue.map { SubstringSearch($0) } : nil
        super.init(span)
    }

    override func condition(_ run: inout Run) throws(EvaluationError) -> Bool {
        let text = try target.evaluate(&run)
        let part = try argument.evaluate(&run)
        guard case .string(let a) = text, case .string(let b) = part else {
            throw EvaluationError(
                .noMatchingOverload(function: test.rawValue, types: [text.type, part.type]), at: span)
        }
        switch test {
        case .startsWith, .endsWith:
            try pay(Work.copying(min(a.utf8.count, b.utf8.count)), &run.work)
            return test == .startsWith ? hasPrefix(a, b) : hasSuffix(a, b)
        case .contains:
            try pay(Work.working(a.utf8.count + (search == nil ? b.utf8.count : 0)), &run.work)
            return (search ?? SubstringSearch(b)).isPart(of: a)
        }
    }
}

/// `matches` with a constant pattern, compiled once.
final class MatchesNode: ConditionNode, @unchecked Sendable {
    let target: EvaluationNode
    let regex: Regex

    init(_ target: EvaluationNode, _ regex: Regex, _ span: Span) {
        self.target = target
        self.regex = regex
        super.init(span)
    }

    override func condition(_ run: inout Run) throws(EvaluationError) -> Bool {
        let value = try target.evaluate(&run)
        guard case .string(let text) = value else {
            throw EvaluationError(.noMatchingOverload(function: "matches", types: [value.type]), at: span)
        }
        do {
            return try run.matches(regex, text)
        } catch {
            throw EvaluationError(error.reason, at: span)
        }
    }

    override var fixedWork: Int { 4 }
}

/// A function of the host: the overload whose parameters the values fit.
final class CustomCallNode: EvaluationNode, @unchecked Sendable {
    let name: String
    let overloads: [FunctionTable.Overload]
    let arguments: [EvaluationNode]

    init(_ name: String, _ overloads: [FunctionTable.Overload], _ arguments: [EvaluationNode], _ span: Span) {
        self.name = name
        self.overloads = overloads
        self.arguments = arguments
        super.init(span)
    }

    override func evaluate(_ run: inout Run) throws(EvaluationError) -> CELValue {
        var values: [CELValue] = []
        for argument in arguments { values.append(try argument.evaluate(&run)) }
        for overload in overloads {
            guard overload.parameters.count == values.count,
                zip(values, overload.parameters).allSatisfy({ $0.fits($1) })
            else { continue }
            guard case .host(let implementation?) = overload.source else {
                throw EvaluationError(.unknownFunction(name), at: span)
            }
            switch implementation(values) {
            case .success(let value): return value
            case .failure(let error): throw EvaluationError(error.reason, at: span)
            }
        }
        throw EvaluationError(.noMatchingOverload(function: name, types: values.map { $0.type }), at: span)
    }

    override var fixedWork: Int { 16 }
}

extension CELValue {
    /// Whether the value may be an argument for a parameter of that type; element types are not looked at.
    func fits(_ type: CELType) -> Bool {
        switch (type, self) {
        case (.dyn, _), (.parameter, _), (.variable, _), (.wrapper, .null): return true
        case (.wrapper(let inner), _): return fits(inner)
        case (.list, .list), (.map, .map), (.type, .type): return true
        case (.abstract(let name, _), _): return self.type.name == name
        default: return self.type == type
        }
    }
}
