import SourceDiagnostics

/// What a name or call of a checked expression stands for.
public enum Reference: Sendable {
    /// A declared variable, in that slot of an ``Activation``.
    case variable(slot: Int, name: String)
    /// A variable of a macro, in that slot of the running program.
    case local(slot: Int)
    /// A type as a value.
    case type(CELType)
    /// The overloads that the argument types allow; at run time the values decide among them.
    case function(name: String, overloadIDs: [String])
}

/// An expression whose names are resolved and whose nodes have types: what static analysis walks.
public struct CheckedExpression: Sendable {
    /// The expression as parsed.
    public let expression: Expression
    /// What it was checked against.
    public let environment: Environment
    /// Whether types were checked (else every type is `dyn`).
    public let isTyped: Bool
    /// Whether checking found an error.
    public internal(set) var hasErrors: Bool
    var types: [CELType]
    var references: [Reference?]
    /// The overloads of calls, by node.
    var overloads: [Int: CallTarget] = [:]
    /// The first local slot of a node that declares local variables.
    var localSlots: [Int: Int] = [:]
    /// How many local slots a run needs.
    var localCount = 0

    /// A resolved call.
    struct CallTarget: Sendable {
        var overloads: [FunctionTable.Overload]
        /// The target is part of a qualified function name, such as `math` in `math.abs(x)`, and no argument.
        var ignoresTarget: Bool
        var name: String
    }

    /// The type of the whole expression.
    public var resultType: CELType { type(of: expression.root) }

    /// The type of a node.
    public func type(of id: ExpressionID) -> CELType { types[id.index] }

    /// What a node refers to; nil for literals and other nodes without a name.
    public func reference(of id: ExpressionID) -> Reference? { references[id.index] }

    /// The field that a node reads, as a path from a declared variable: `user.country`, `user.?first_name`.
    ///
    /// Nil for anything but a chain of field selections on a declared variable.
    public func fieldPath(of id: ExpressionID) -> FieldPath? {
        if case .variable(_, let name) = references[id.index] { return FieldPath(variable: name, fields: []) }
        guard case .select(let operand, let field, _) = expression[id].kind, var path = fieldPath(of: operand) else {
            return nil
        }
        path.fields.append(field.text)
        return path
    }

    /// The declaration of the field that a node reads or tests; nil when the operand has no declared object type.
    public func field(of id: ExpressionID) -> ObjectField? {
        switch expression[id].kind {
        case .select(let operand, let field, _), .present(let operand, let field, _):
            var type = types[operand.index]
            if let wrapped = type.optionalWrapped { type = wrapped }
            guard case .object(let name) = type else { return nil }
            return environment.objectType(name)?.field(field.text)
        default: return nil
        }
    }

    /// The value of a node that is a literal, or a call of a conversion on literals such as `semver("3.2.0")`; else nil.
    public func constant(of id: ExpressionID) -> CELValue? {
        switch expression[id].kind {
        case .constant(let value): return value
        case .list(let elements):
            var values: [CELValue] = []
            for element in elements {
                guard !element.isOptional, let value = constant(of: element.value) else { return nil }
                values.append(value)
            }
            return .list(values)
        case .call(_, let target, let arguments):
            guard let call = overloads[id.index], case .language(let function)? = call.overloads.first?.source,
                function.isConversion
            else { return nil }
            guard target == nil || call.ignoresTarget else { return nil }
            var values: [CELValue] = []
            for argument in arguments {
                guard let value = constant(of: argument) else { return nil }
                values.append(value)
            }
            return Program.constantCall(function, values, environment)
        default: return nil
        }
    }
}

/// A declared variable and the fields read from it.
public struct FieldPath: Hashable, Sendable {
    /// The variable's name.
    public var variable: String
    /// The fields, outermost first.
    public var fields: [String]

    /// The path as it is written: `user.country`.
    public var text: String {
        var result = variable
        for field in fields { result += "." + field }
        return result
    }
}
