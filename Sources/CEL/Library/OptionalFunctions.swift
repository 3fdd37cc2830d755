// Optional values (cel-go, cel/library.go, "OptionalTypes").

extension Functions {
    static func optional(
        _ builtin: Builtin, _ values: [CELValue], _ work: inout Int
    ) throws(EvaluationError) -> CELValue? {
        switch (builtin, values.count) {
        case (.optionalNone, 0): return .optional(.none)
        case (.optionalOf, 1): return .optional(CELOptional(values[0]))
        case (.optionalOfNonZero, 1): return .optional(values[0].isZero ? .none : CELOptional(values[0]))
        case (.unwrapOptionals, 1): return try unwrapped(values[0], &work)
        default: break
        }
        guard case .optional(let optional)? = values.first else { return nil }
        switch (builtin, values.count) {
        case (.hasValue, 1): return .bool(optional.value != nil)
        case (.optionalValue, 1):
            guard let value = optional.value else { throw EvaluationError(.emptyOptional) }
            return value
        case (.optionalOr, 2):
            guard case .optional = values[1] else { return nil }
            return optional.value == nil ? values[1] : values[0]
        case (.optionalOrValue, 2): return optional.value ?? values[1]
        default: return nil
        }
    }

    private static func unwrapped(_ value: CELValue, _ work: inout Int) throws(EvaluationError) -> CELValue? {
        guard case .list(let list) = value else { return nil }
        try pay(2 * list.count, &work)
        var result: [CELValue] = []
        for element in list {
            guard case .optional(let optional) = element else { return nil }
            if let value = optional.value { result.append(value) }
        }
        return .list(result)
    }
}

extension CELValue {
    /// Whether it is the zero, empty or unset value of its type.
    var isZero: Bool {
        switch self {
        case .null: true
        case .bool(let flag): !flag
        case .int(let number): number == 0
        case .uint(let number): number == 0
        case .double(let number): number == 0
        case .string(let text): text.utf8.isEmpty
        case .bytes(let bytes): bytes.isEmpty
        case .list(let list): list.isEmpty
        case .map(let map): map.isEmpty
        case .duration(let duration): duration.nanoseconds == 0
        case .timestamp(let timestamp): timestamp.seconds == 0 && timestamp.nanoseconds == 0
        case .optional(let optional): optional.value == nil
        case .object(let object): object.values.allSatisfy { $0 == nil }
        case .ip(let address): address.isUnspecified
        case .type, .version, .cidr: false
        }
    }
}
