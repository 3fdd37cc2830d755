import SourceDiagnostics

// Field selection and indexing (langdef.md, "Field Selection"), on maps, objects and optional values.

/// The field of a value; nil when it is absent.
///
/// - Throws: no_such_field when the type has no such field, no_matching_overload when it has no fields at all.
private func field(
    _ name: String, _ slot: Int, _ type: ObjectType?, of value: CELValue, _ span: Span
) throws(EvaluationError) -> CELValue? {
    switch value {
    case .object(let object):
        if let type, object.type.isIdentical(to: type) { return object.value(slot: slot) }
        guard object.type.index(of: name) != nil else { throw EvaluationError(.noSuchKey(name), at: span) }
        return object[name]
    case .map(let map): return map[name]
    default: throw EvaluationError(.noMatchingOverload(function: "." + name, types: [value.type]), at: span)
    }
}

final class FieldNode: EvaluationNode, @unchecked Sendable {
    let operand: EvaluationNode
    let name: String
    let slot: Int
    /// The declared type of the operand, whose slot `slot` is.
    let type: ObjectType?

    init(_ operand: EvaluationNode, _ name: String, _ slot: Int, _ type: ObjectType?, _ span: Span) {
        self.operand = operand
        self.name = name
        self.slot = slot
        self.type = type
        super.init(span)
    }

    override func evaluate(_ run: inout Run) throws(EvaluationError) -> CELValue {
        let value = try operand.evaluate(&run)
        if case .optional(let optional) = value {
            guard let inner = optional.value else { return .optional(.none) }
            let found = try field(name, slot, nil, of: inner, span)
            return .optional(found.map { CELOptional($0) } ?? .none)
        }
        if let found = try field(name, slot, type, of: value, span) { return found }
        throw EvaluationError(.noSuchKey(name), at: span)
    }

    override var fixedWork: Int { 2 + Work.hashing(name.utf8.count) }
}

/// `user.country`: a field of a variable, without a copy of the object on the way.
final class VariableFieldNode: EvaluationNode, @unchecked Sendable {
    let variable: Int
    let slot: Int
    let type: ObjectType
    /// For values that are no object of the declared type.
    let fallback: FieldNode

    init(_ variable: Int, _ slot: Int, _ type: ObjectType, _ fallback: FieldNode) {
        self.variable = variable
        self.slot = slot
        self.type = type
        self.fallback = fallback
        super.init(fallback.span)
    }

    override func evaluate(_ run: inout Run) throws(EvaluationError) -> CELValue {
        if variable < run.values.count, case .object(let object)? = run.values[variable],
            object.type.isIdentical(to: type), let value = object.value(slot: slot)
        {
            return value
        }
        return try fallback.evaluate(&run)
    }

    override var fixedWork: Int { fallback.fixedWork }
}

/// `operand.?field`.
final class OptionalFieldNode: EvaluationNode, @unchecked Sendable {
    let operand: EvaluationNode
    let name: String

    init(_ operand: EvaluationNode, _ name: String, _ span: Span) {
        self.operand = operand
        self.name = name
        super.init(span)
    }

    override func evaluate(_ run: inout Run) throws(EvaluationError) -> CELValue {
        var value = try operand.evaluate(&run)
        if case .optional(let optional) = value {
            guard let inner = optional.value else { return .optional(.none) }
            value = inner
        }
        let found = try field(name, 0, nil, of: value, span)
        return .optional(found.map { CELOptional($0) } ?? .none)
    }

    override var fixedWork: Int { 4 + Work.hashing(name.utf8.count) }
}

/// `has(operand.field)`.
final class PresentNode: ConditionNode, @unchecked Sendable {
    let operand: EvaluationNode
    let name: String
    let slot: Int
    /// The declared type of the operand, whose slot `slot` is.
    let type: ObjectType?

    init(_ operand: EvaluationNode, _ name: String, _ slot: Int, _ type: ObjectType?, _ span: Span) {
        self.operand = operand
        self.name = name
        self.slot = slot
        self.type = type
        super.init(span)
    }

    override func condition(_ run: inout Run) throws(EvaluationError) -> Bool {
        var value = try operand.evaluate(&run)
        if case .optional(let optional) = value {
            guard let inner = optional.value else { return false }
            value = inner
        }
        return try field(name, slot, type, of: value, span) != nil
    }

    override var fixedWork: Int { 2 + Work.hashing(name.utf8.count) }
}

/// `operand[key]` and `operand[?key]`.
final class IndexNode: EvaluationNode, @unchecked Sendable {
    let operand: EvaluationNode
    let key: EvaluationNode
    let isOptional: Bool

    init(_ operand: EvaluationNode, _ key: EvaluationNode, isOptional: Bool, _ span: Span) {
        self.operand = operand
        self.key = key
        self.isOptional = isOptional
        super.init(span)
    }

    override func evaluate(_ run: inout Run) throws(EvaluationError) -> CELValue {
        var value = try operand.evaluate(&run)
        let key = try key.evaluate(&run)
        var wraps = isOptional
        if case .optional(let optional) = value {
            guard let inner = optional.value else { return .optional(.none) }
            value = inner
            wraps = true
        }
        if case .map = value { try pay(Work.hashing(key.byteCount), &run.work) }
        let found = try element(value, key)
        if wraps { return .optional(found.map { CELOptional($0) } ?? .none) }
        if let found { return found }
        if case .map = value { throw EvaluationError(.noSuchKey(display(key)), at: span) }
        throw EvaluationError(.indexOutOfRange(display(key)), at: span)
    }

    private func element(_ value: CELValue, _ key: CELValue) throws(EvaluationError) -> CELValue? {
        switch value {
        case .map(let map): return map[key]
        case .list(let list):
            guard case .signed(let index)? = integer(key) else {
                throw EvaluationError(.indexOutOfRange(display(key)), at: span)
            }
            return index >= 0 && index < Int64(list.count) ? list[Int(index)] : nil
        default:
            throw EvaluationError(
                .noMatchingOverload(function: Operator.index, types: [value.type, key.type]), at: span)
        }
    }

    private func integer(_ key: CELValue) -> MapKey? {
        switch key {
        case .int, .uint, .double: MapKey(key)
        default: nil
        }
    }

    override var fixedWork: Int { 4 }
}

/// A short text of a key for an error.
func display(_ value: CELValue) -> String {
    switch value {
    case .string(let text): text
    case .int(let number): String(number)
    case .uint(let number): String(number)
    case .double(let number): decimalText(number)
    case .bool(let flag): flag ? "true" : "false"
    default: value.type.description
    }
}
