import LinearRegex
import SourceDiagnostics

/// A checked expression, compiled once to be evaluated many times, from any number of threads.
public struct Program: Sendable {
    final class Storage: Sendable {
        let root: EvaluationNode
        let localCount: Int
        let bindsValues: Bool
        let limits: Limits
        let host: Host

        init(_ root: EvaluationNode, localCount: Int, bindsValues: Bool, _ environment: Environment) {
            self.root = root
            self.localCount = localCount
            self.bindsValues = bindsValues
            limits = environment.limits
            host = environment.host
        }
    }

    /// Keeps the tree out of the program itself, so that a copy of a program is two references.
    private final class Origin: Sendable {
        let checked: CheckedExpression

        init(_ checked: CheckedExpression) { self.checked = checked }
    }

    /// What it was compiled from.
    public var checked: CheckedExpression { origin.checked }
    private let origin: Origin
    let storage: Storage

    /// What evaluates it, without what it was compiled from.
    public var evaluator: Evaluator { Evaluator(storage: storage) }

    /// Compiles an expression; one with errors evaluates to ``EvaluationError/Reason/invalidExpression``.
    public init(_ checked: CheckedExpression) {
        origin = Origin(checked)
        let invalid = checked.hasErrors || checked.expression.hasErrors
        var compiler = ProgramCompiler(checked: checked)
        let root = invalid ? ErrorNode(.invalidExpression, Span(at: 0)) : compiler.node(checked.expression.root)
        storage = Storage(
            root, localCount: checked.localCount, bindsValues: compiler.bindsValues, checked.environment)
    }

    /// The value of the expression for the given variables.
    public func evaluate(_ activation: Activation) -> Result<CELValue, EvaluationError> {
        var run = Run(storage, activation.values)
        do {
            return .success(try storage.root.evaluate(&run))
        } catch {
            return .failure(error)
        }
    }

    /// The value of the expression for the given variables.
    ///
    /// - Parameter work: the units of work that it may take, if they are fewer than ``Limits/work``; what it takes is
    ///   taken from them.
    public func evaluate(_ activation: Activation, work: inout Int) -> Result<CELValue, EvaluationError> {
        var run = Run(storage, activation.values)
        run.work = min(work, run.work)
        let given = run.work
        defer { work -= given - max(0, run.work) }
        do {
            return .success(try storage.root.evaluate(&run))
        } catch {
            return .failure(error)
        }
    }

    /// The value as a Bool: what a condition needs; a value of another type is an error.
    public func evaluateBool(_ activation: Activation) -> Result<Bool, EvaluationError> {
        evaluateBool(activation, work: .max)
    }

    /// The value as a Bool, for at most `work` units of work, if they are fewer than ``Limits/work``.
    public func evaluateBool(_ activation: Activation, work: Int) -> Result<Bool, EvaluationError> {
        var spent = 0
        return evaluateBool(activation, work: work, spent: &spent)
    }

    /// The same, which adds to `spent` the units that it took.
    public func evaluateBool(
        _ activation: Activation, work: Int, spent: inout Int
    ) -> Result<Bool, EvaluationError> {
        evaluator.evaluateBool(activation, work: work, spent: &spent)
    }

    /// The value of a function for constants; nil when it fails.
    static func constantCall(_ function: Function, _ values: [CELValue], _ environment: Environment) -> CELValue? {
        let node = ErrorNode(.invalidExpression, Span(at: 0))
        var run = Run(Storage(node, localCount: 0, bindsValues: false, environment), [])
        return try? function.call(values, &run)
    }
}

/// A compiled expression that holds nothing of its text or tree, which are several times as large: for whoever keeps many.
public struct Evaluator: Sendable {
    let storage: Program.Storage

    /// The value as a Bool, as ``Program/evaluateBool(_:work:spent:)`` gives it.
    public func evaluateBool(
        _ activation: Activation, work: Int, spent: inout Int
    ) -> Result<Bool, EvaluationError> {
        var run = Run(storage, activation.values)
        if work < run.work { run.work = work }
        let given = run.work
        defer { spent += given - max(0, run.work) }
        do {
            return .success(try storage.root.condition(&run))
        } catch {
            return .failure(error)
        }
    }
}

extension Run {
    init(_ program: Program.Storage, _ values: [CELValue?]) {
        self.values = values
        locals = program.localCount == 0 ? [] : [CELValue](repeating: .null, count: program.localCount)
        failures = program.bindsValues ? [EvaluationError?](repeating: nil, count: program.localCount) : []
        work = program.limits.work
        self.program = program
    }
}

/// Turns a checked tree into nodes.
private struct ProgramCompiler {
    let checked: CheckedExpression
    var bindsValues = false
    /// The slots of variables of `cel.bind` and `cel.block` that are in scope.
    var bound: [Int] = []
    /// What the nodes made so far take, whatever the values are; constants that are folded take nothing.
    var work = 0
    /// What its constant patterns may still take.
    var patterns: Regex.Budget

    init(checked: CheckedExpression) {
        self.checked = checked
        patterns = Regex.Budget(steps: checked.environment.limits.patternSteps)
    }

    mutating func node(_ id: ExpressionID) -> EvaluationNode {
        let before = work
        let node = unweighed(id)
        work = node.constant == nil ? work + node.fixedWork : before + 1
        return node
    }

    private mutating func unweighed(_ id: ExpressionID) -> EvaluationNode {
        let source = checked.expression[id]
        let span = source.span
        switch checked.reference(of: id) {
        case .variable(let slot, let name): return VariableNode(slot, name, span)
        case .local(let slot): return bound.contains(slot) ? BoundLocalNode(slot, span) : LocalNode(slot, span)
        case .type(let type):
            if case .object(let name, let fields) = source.kind { return object(name, fields, span) }
            return ConstantNode(.type(type), span)
        default: break
        }
        switch source.kind {
        case .constant(let value): return ConstantNode(value, span)
        case .identifier(let name): return ErrorNode(.unboundVariable(name), span)
        case .select(let operand, let field, let optional): return select(operand, field, optional, span)
        case .present(let operand, let field, _):
            let declared = declaredField(field, of: operand)
            return PresentNode(node(operand), field.text, declared?.slot ?? 0, declared?.type, span)
        case .call(let function, let target, let arguments): return call(id, function, target, arguments)
        case .list(let elements): return list(elements, span)
        case .map(let entries): return map(entries, span)
        case .object(let type, let fields): return object(type, fields, span)
        case .comprehension(let it): return comprehension(id, it, span)
        case .bind(_, let value, let body): return scope(id, [value], body, span)
        case .block(let values, let body): return scope(id, values, body, span)
        case .optionalMap(let target, _, let body, let flat):
            let target = node(target)
            let slot = checked.localSlots[id.index] ?? 0
            let saved = bound
            bound.removeAll { $0 >= slot }
            defer { bound = saved }
            return OptionalMapNode(target, node(body), slot: slot, flat: flat, span)
        case .error: return ErrorNode(.invalidExpression, span)
        }
    }

    private mutating func select(_ operand: ExpressionID, _ field: Name, _ optional: Bool, _ span: Span)
        -> EvaluationNode
    {
        let compiled = node(operand)
        if optional { return OptionalFieldNode(compiled, field.text, span) }
        guard let (slot, type) = declaredField(field, of: operand) else {
            return FieldNode(compiled, field.text, 0, nil, span)
        }
        let general = FieldNode(compiled, field.text, slot, type, span)
        guard case .variable(let variable, _) = checked.reference(of: operand) else { return general }
        return VariableFieldNode(variable, slot, type, general)
    }

    /// The slot of a field in the declared type of its operand; nil when the operand has no such type.
    private func declaredField(_ field: Name, of operand: ExpressionID) -> (slot: Int, type: ObjectType)? {
        guard case .object(let name) = checked.type(of: operand),
            let type = checked.environment.objectType(name), let slot = type.index(of: field.text)
        else { return nil }
        return (slot, type)
    }

    private mutating func list(_ elements: [ListElement], _ span: Span) -> EvaluationNode {
        let nodes = elements.map { node($0.value) }
        let constants = nodes.compactMap { $0.constant }
        if constants.count == nodes.count, !elements.contains(where: { $0.isOptional }) {
            return ConstantNode(.list(constants), span)
        }
        return ListNode(nodes, optional: elements.map { $0.isOptional }, span)
    }

    private mutating func map(_ entries: [MapEntry], _ span: Span) -> EvaluationNode {
        let keys = entries.map { node($0.key) }
        let values = entries.map { node($0.value) }
        if !entries.contains(where: { $0.isOptional }) {
            var pairs: [(key: CELValue, value: CELValue)] = []
            for (key, value) in zip(keys, values) {
                if let key = key.constant, let value = value.constant { pairs.append((key, value)) }
            }
            if pairs.count == entries.count, let map = CELMap(pairs) { return ConstantNode(.map(map), span) }
        }
        return MapNode(keys, values, optional: entries.map { $0.isOptional }, span)
    }

    private mutating func object(_ name: Name, _ fields: [FieldInitializer], _ span: Span) -> EvaluationNode {
        var found: ObjectType?
        for candidate in checked.environment.candidates(name.text) where found == nil {
            found = checked.environment.objectType(candidate)
        }
        guard let type = found else { return ErrorNode(.other("unknown type: \(name.text)"), span) }
        var initializers: [(slot: Int, value: EvaluationNode, optional: Bool)] = []
        for field in fields {
            guard let slot = type.index(of: field.name.text) else {
                return ErrorNode(.noSuchKey(field.name.text), field.name.span)
            }
            if initializers.contains(where: { $0.slot == slot }) { return ErrorNode(.repeatedKey, field.name.span) }
            initializers.append((slot, node(field.value), field.isOptional))
        }
        return ObjectNode(type, initializers, span)
    }

    private mutating func comprehension(_ id: ExpressionID, _ it: Comprehension, _ span: Span) -> EvaluationNode {
        let range = node(it.range)
        let slot = checked.localSlots[id.index] ?? 0
        let saved = bound
        bound.removeAll { $0 >= slot }
        defer { bound = saved }
        let before = work
        let filter = it.filter.map { node($0) }
        let body = node(it.body)
        return ComprehensionNode(
            it, range: range, filter: filter, body: body, slot: slot, work: work - before, span)
    }

    private mutating func scope(
        _ id: ExpressionID, _ values: [ExpressionID], _ body: ExpressionID, _ span: Span
    ) -> EvaluationNode {
        bindsValues = true
        let slot = checked.localSlots[id.index] ?? 0
        let saved = bound
        bound.removeAll { $0 >= slot }
        defer { bound = saved }
        var nodes: [EvaluationNode] = []
        for (index, value) in values.enumerated() {
            nodes.append(node(value))
            bound.append(slot + index)
        }
        return ScopeNode(slot, nodes, node(body), span)
    }

    // MARK: Calls

    private mutating func call(
        _ id: ExpressionID, _ function: Name, _ target: ExpressionID?, _ arguments: [ExpressionID]
    ) -> EvaluationNode {
        let span = checked.expression[id].span
        if function.text == Operator.and { return AndNode(arguments.map { node($0) }, span) }
        if function.text == Operator.or { return OrNode(arguments.map { node($0) }, span) }
        guard let call = checked.overloads[id.index] else { return ErrorNode(.invalidExpression, span) }
        let receiver = call.ignoresTarget ? nil : target
        let operands = ((receiver.map { [$0] } ?? []) + arguments).map { node($0) }
        guard let first = call.overloads.first else {
            return FailingCallNode(.unknownFunction(call.name), call.name, operands, span, known: isKnown(call.name))
        }
        guard operands.count == first.parameters.count else { return ErrorNode(.invalidExpression, span) }
        switch first.source {
        case .host: return CustomCallNode(call.name, call.overloads, operands, span)
        case .language(let function): return self.call(function, operands, span)
        }
    }

    private func isKnown(_ name: String) -> Bool { checked.environment.tables.functions[name] != nil }

    private mutating func call(_ function: Function, _ operands: [EvaluationNode], _ span: Span) -> EvaluationNode {
        if let node = function.node?(operands, span, &patterns) { return node }
        if function.isConversion {
            let constants = operands.compactMap { $0.constant }
            if constants.count == operands.count,
                let value = Program.constantCall(function, constants, checked.environment)
            {
                return ConstantNode(value, span)
            }
        }
        return CallNode(function, operands, span)
    }
}

/// A call that no overload takes or nobody implements: the error of an argument comes first.
final class FailingCallNode: EvaluationNode, @unchecked Sendable {
    let reason: EvaluationError.Reason
    let name: String
    let arguments: [EvaluationNode]
    let isKnown: Bool

    init(_ reason: EvaluationError.Reason, _ name: String, _ arguments: [EvaluationNode], _ span: Span, known: Bool) {
        self.reason = reason
        self.name = name
        self.arguments = arguments
        isKnown = known
        super.init(span)
    }

    override func evaluate(_ run: inout Run) throws(EvaluationError) -> CELValue {
        var types: [CELType] = []
        for argument in arguments { types.append(try argument.evaluate(&run).type) }
        throw EvaluationError(isKnown ? .noMatchingOverload(function: name, types: types) : reason, at: span)
    }
}
