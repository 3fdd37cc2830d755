import SourceDiagnostics

// List, map and object literals (langdef.md, "Aggregate Values").

final class ListNode: EvaluationNode, @unchecked Sendable {
    let elements: [EvaluationNode]
    let optional: [Bool]

    init(_ elements: [EvaluationNode], optional: [Bool], _ span: Span) {
        self.elements = elements
        self.optional = optional
        super.init(span)
    }

    override func evaluate(_ run: inout Run) throws(EvaluationError) -> CELValue {
        var values: [CELValue] = []
        values.reserveCapacity(elements.count)
        for (index, element) in elements.enumerated() {
            let value = try element.evaluate(&run)
            if optional[index] {
                if let inner = try unwrap(value, element.span) { values.append(inner) }
            } else {
                values.append(value)
            }
        }
        return .list(values)
    }

    override var fixedWork: Int { 4 + elements.count }
}

/// What an optional entry adds; nil for nothing.
private func unwrap(_ value: CELValue, _ span: Span) throws(EvaluationError) -> CELValue? {
    guard case .optional(let optional) = value else {
        throw EvaluationError(.noMatchingOverload(function: "?", types: [value.type]), at: span)
    }
    return optional.value
}

final class MapNode: EvaluationNode, @unchecked Sendable {
    let keys: [EvaluationNode]
    let values: [EvaluationNode]
    let optional: [Bool]

    init(_ keys: [EvaluationNode], _ values: [EvaluationNode], optional: [Bool], _ span: Span) {
        self.keys = keys
        self.values = values
        self.optional = optional
        super.init(span)
    }

    override func evaluate(_ run: inout Run) throws(EvaluationError) -> CELValue {
        var builder = CELMap.Builder(capacity: keys.count)
        for index in keys.indices {
            let key = try keys[index].evaluate(&run)
            var value = try values[index].evaluate(&run)
            if optional[index] {
                guard let inner = try unwrap(value, values[index].span) else { continue }
                value = inner
            }
            try insert(key, value, into: &builder, keys[index].span, &run)
        }
        return .map(builder.map)
    }

    override var fixedWork: Int { 8 }
}

/// Adds an entry and pays for it; a repeated key or one of a wrong type is an error.
func insert(
    _ key: CELValue, _ value: CELValue, into builder: inout CELMap.Builder, _ span: Span, _ run: inout Run
) throws(EvaluationError) {
    // As the map grows, its keys are hashed again, twice at most on average.
    try pay(6 + 3 * Work.hashing(key.byteCount), &run.work)
    switch builder.insert(key, value) {
    case .inserted: return
    case .repeatedKey: throw EvaluationError(.repeatedKey, at: span)
    case .badKey: throw EvaluationError(.unsupportedKey, at: span)
    }
}

final class ObjectNode: EvaluationNode, @unchecked Sendable {
    let type: ObjectType
    let fields: [(slot: Int, value: EvaluationNode, optional: Bool)]

    init(_ type: ObjectType, _ fields: [(slot: Int, value: EvaluationNode, optional: Bool)], _ span: Span) {
        self.type = type
        self.fields = fields
        super.init(span)
    }

    override func evaluate(_ run: inout Run) throws(EvaluationError) -> CELValue {
        var values = [CELValue?](repeating: nil, count: type.fields.count)
        for field in fields {
            let value = try field.value.evaluate(&run)
            values[field.slot] = field.optional ? try unwrap(value, field.value.span) : value
        }
        return .object(CELObject(type: type, values: values))
    }

    override var fixedWork: Int { 8 + type.fields.count }
}
