import ByteText
import SourceDiagnostics

/// Resolves names and deduces types (langdef.md, "Name Resolution", "Gradual Type Checking").
///
/// One walk over the tree, whose height the parser has bounded. Without types (`isTyped` false) it resolves names only.
struct Checker {
    /// A variable of a macro.
    struct Local {
        let name: String
        let type: CELType
        let slot: Int
    }

    let expression: Expression
    let environment: Environment
    let isTyped: Bool
    var types: [CELType]
    var references: [Reference?]
    var overloads: [Int: CheckedExpression.CallTarget] = [:]
    var localSlots: [Int: Int] = [:]
    var localCount = 0
    var scope: [Local] = []
    var inference = TypeInference()
    var diagnostics: [Diagnostic] = []

    static func check(
        _ expression: Expression, _ environment: Environment, expecting: CELType?
    ) -> (CheckedExpression, [Diagnostic]) {
        var checker = Checker(expression, environment, isTyped: true)
        _ = checker.visit(expression.root)
        for index in checker.types.indices {
            checker.types[index] = checker.inference.resolve(checker.types[index], final: true)
        }
        if let expecting { checker.demand(expecting) }
        var checked = checker.result
        var diagnostics = checker.diagnostics
        if environment.mode == .authoring {
            diagnostics += DeclaredValues.check(checked)
            if !checker.hasFaultyTest { diagnostics += OptionalReads.check(checked) }
            diagnostics += ConstantArguments.check(checked)
            diagnostics += TextOrder.check(checked)
            diagnostics += StrictVersions.check(checked)
            if !diagnostics.contains(where: { $0.severity == .error }) {
                diagnostics += ConstantConditions.check(checked)
            }
        }
        // `user.first_name` alone: that it is no condition says it.
        if let whole = diagnostics.first(where: { $0.id == "cel/wrong-result-type" }) {
            diagnostics.removeAll { $0.id == "cel/optional-read-untested" && $0.primary.span == whole.primary.span }
        }
        diagnostics.sort(by: Diagnostic.precedes)
        checked.hasErrors = expression.hasErrors || diagnostics.contains { $0.severity == .error }
        return (checked, diagnostics)
    }

    /// Whether a test of presence has a mistake: that what it is to test is read untested follows from it.
    private var hasFaultyTest: Bool {
        diagnostics.contains { diagnostic in
            diagnostic.severity == .error
                && (diagnostic.fixIts.first?.edits.first.map { sameBytes($0.replacement, "has") } ?? false
                    || expression.nodes.contains { node in
                        guard case .present = node.kind else { return false }
                        return node.span.start <= diagnostic.primary.span.start
                            && diagnostic.primary.span.end <= node.span.end
                    })
        }
    }

    static func resolve(_ expression: Expression, _ environment: Environment) -> CheckedExpression {
        var checker = Checker(expression, environment, isTyped: false)
        _ = checker.visit(expression.root)
        return checker.result
    }

    private init(_ expression: Expression, _ environment: Environment, isTyped: Bool) {
        self.expression = expression
        self.environment = environment
        self.isTyped = isTyped
        types = [CELType](repeating: .dyn, count: expression.nodes.count)
        references = [Reference?](repeating: nil, count: expression.nodes.count)
    }

    private var result: CheckedExpression {
        var checked = CheckedExpression(
            expression: expression, environment: environment, isTyped: isTyped, hasErrors: expression.hasErrors,
            types: types, references: references)
        checked.overloads = overloads
        checked.localSlots = localSlots
        checked.localCount = localCount
        return checked
    }

    /// Reports a whole expression that has another type than the host asks for.
    private mutating func demand(_ wanted: CELType) {
        let found = types[expression.root.index]
        guard !found.isDynOrError, !inference.assign(found, to: wanted) else { return }
        var diagnostic = Diagnostic.wrongResultType(
            found, wanted: wanted, expression[expression.root].span, example: exampleComparison(expression.root))
        if let (note, fix) = nameInQuotes([expression.root]) {
            diagnostic.notes = [note]
            diagnostic.fixIts = fix.map { [$0] } ?? []
        }
        if wanted == .bool, case .select(let operand, let field, false) = expression[expression.root].kind,
            case .object(let type) = types[operand.index],
            environment.tables.objectTypes[type]?.field(field.text)?.isOptional == true
        {
            let test = "has(" + expression.text(of: expression.root) + ")"
            diagnostic.notes.append("`\(test)` asks whether there is a value")
            diagnostic.fixIts = [.write(test, at: expression[expression.root].span)]
        }
        report(diagnostic)
    }

    mutating func report(_ diagnostic: Diagnostic) {
        if isTyped, diagnostics.count < Lexer.diagnosticLimit { diagnostics.append(diagnostic) }
    }

    // MARK: Nodes

    mutating func visit(_ id: ExpressionID) -> CELType {
        let type = deduce(id)
        guard isTyped else { return .dyn }
        types[id.index] = type
        return type
    }

    private mutating func deduce(_ id: ExpressionID) -> CELType {
        let node = expression[id]
        switch node.kind {
        case .constant(let value): return value.type
        case .identifier(let name): return identifier(id, name, node.span)
        case .select(let operand, let field, let optional): return select(id, operand, field, optional)
        case .present(let operand, let field, _):
            _ = self.field(visit(operand), field, operand)
            return .bool
        case .call(let function, let target, let arguments): return call(id, function, target, arguments)
        case .list(let elements): return list(elements)
        case .map(let entries): return map(entries)
        case .object(let type, let fields): return object(id, type, fields)
        case .comprehension(let comprehension): return self.comprehension(id, comprehension)
        case .bind(let name, let value, let body): return bind(id, name, value, body)
        case .optionalMap(let target, let name, let body, let flat): return optionalMap(id, target, name, body, flat)
        case .block(let values, let body): return block(id, values, body)
        case .error: return .error
        }
    }

    private mutating func identifier(_ id: ExpressionID, _ name: String, _ span: Span) -> CELType {
        if let (reference, type) = lookUp(name) {
            references[id.index] = reference
            return type
        }
        report(undeclared(name, span, id))
        return .error
    }

    /// What a simple or qualified name stands for: a local variable, a declared one, or a type.
    private func lookUp(_ name: String) -> (Reference, CELType)? {
        if let local = scope.last(where: { $0.name == name }) { return (.local(slot: local.slot), local.type) }
        for candidate in environment.candidates(name) {
            if let slot = environment.tables.variables[candidate] {
                return (.variable(slot: slot, name: candidate), environment.tables.declarations.variables[slot].type)
            }
            if let type = typeName(candidate) { return (.type(type), .type(type)) }
        }
        return nil
    }

    private func typeName(_ name: String) -> CELType? {
        switch name {
        case "bool": .bool
        case "int": .int
        case "uint": .uint
        case "double": .double
        case "string": .string
        case "bytes": .bytes
        case "list": .list(.dyn)
        case "map": .map(.dyn, .dyn)
        case "null_type": .null
        case "type": .type(.dyn)
        case "google.protobuf.Timestamp": .timestamp
        case "google.protobuf.Duration": .duration
        case "optional_type": .optional(.dyn)
        case "net.IP": .ip
        case "net.CIDR": .cidr
        default: environment.tables.objectTypes[name].map { .object($0.name) }
        }
    }

    /// Whether the first name of a chain is a local variable, which hides every qualified name.
    private func startsLocally(_ id: ExpressionID) -> Bool {
        switch expression[id].kind {
        case .identifier(let name): return scope.contains { $0.name == name }
        case .select(let operand, _, _): return startsLocally(operand)
        default: return false
        }
    }

    private func qualifiedName(_ id: ExpressionID) -> String? {
        switch expression[id].kind {
        case .identifier(let name): return name
        case .select(let operand, let field, false): return qualifiedName(operand).map { $0 + "." + field.text }
        default: return nil
        }
    }

    private mutating func select(
        _ id: ExpressionID, _ operand: ExpressionID, _ field: Name, _ optional: Bool
    ) -> CELType {
        if !optional, let name = qualifiedName(id), !startsLocally(id), let (reference, type) = lookUp(name) {
            references[id.index] = reference
            return type
        }
        let operandType = visit(operand)
        let fieldType = self.field(operandType, field, operand)
        let isOptional = optional || inference.resolve(operandType).optionalWrapped != nil
        return isOptional && !fieldType.isError ? .optional(fieldType) : fieldType
    }

    /// The type of a field of a value of type `type`; the field of an optional is that of what it wraps.
    private mutating func field(_ type: CELType, _ field: Name, _ operand: ExpressionID) -> CELType {
        var type = inference.resolve(type)
        if let wrapped = type.optionalWrapped { type = inference.resolve(wrapped) }
        switch type {
        case .dyn: return .dyn
        case .error: return .error
        case .map(_, let value): return value
        case .variable:
            _ = inference.assign(.dyn, to: type)
            return .dyn
        case .object(let name):
            guard let object = environment.tables.objectTypes[name] else { return .dyn }
            if let field = object.field(field.text) { return field.type }
            report(unknownField(field, of: object, operand))
            return .error
        default:
            report(noFields(type, field, operand))
            return .error
        }
    }

    // MARK: Literals

    private mutating func list(_ elements: [ListElement]) -> CELType {
        var joined: CELType?
        for element in elements {
            var type = visit(element.value)
            if element.isOptional { type = unwrapped(type, element.value) }
            joined = inference.join(joined, type)
        }
        return .list(joined ?? inference.fresh())
    }

    private mutating func map(_ entries: [MapEntry]) -> CELType {
        var keys: CELType?
        var values: CELType?
        for entry in entries {
            keys = inference.join(keys, visit(entry.key))
            var type = visit(entry.value)
            if entry.isOptional { type = unwrapped(type, entry.value) }
            values = inference.join(values, type)
        }
        return .map(keys ?? inference.fresh(), values ?? inference.fresh())
    }

    /// What an optional entry wraps.
    private mutating func unwrapped(_ type: CELType, _ id: ExpressionID) -> CELType {
        let resolved = inference.resolve(type)
        if let wrapped = resolved.optionalWrapped { return wrapped }
        if !resolved.isDynOrError { report(.notOptional(resolved, expression[id].span)) }
        return .dyn
    }

    private mutating func object(_ id: ExpressionID, _ type: Name, _ fields: [FieldInitializer]) -> CELType {
        var found: ObjectType?
        for candidate in environment.candidates(type.text) where found == nil {
            found = environment.tables.objectTypes[candidate]
        }
        for initializer in fields {
            var value = visit(initializer.value)
            if initializer.isOptional { value = unwrapped(value, initializer.value) }
            guard let found else { continue }
            guard let field = found.field(initializer.name.text) else {
                report(.unknownField(initializer.name, of: found))
                continue
            }
            if !inference.assign(value, to: field.type) {
                report(
                    .wrongFieldType(
                        initializer.name, wanted: field.type, inference.resolve(value, final: true),
                        expression[initializer.value].span))
            }
        }
        guard let found else {
            report(.unknownType(type))
            return .error
        }
        references[id.index] = .type(.object(found.name))
        return .object(found.name)
    }
}

extension CELType {
    var isError: Bool {
        if case .error = self { true } else { false }
    }
}
