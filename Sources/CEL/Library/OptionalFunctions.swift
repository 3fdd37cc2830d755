// Optional values (cel-go, cel/library.go, "OptionalTypes").

extension Function {
    static let optionals: [Function] = [
        Function("optional.of", "(A) -> optional(A)", work: Work.copying) { (values, _) throws(EvaluationError) in
            .optional(CELOptional(values[0]))
        },
        Function("optional.ofNonZeroValue", "(A) -> optional(A)", work: Work.copying) {
            (values, _) throws(EvaluationError) in .optional(values[0].isZero ? .none : CELOptional(values[0]))
        },
        Function("optional.none", "() -> optional(A)") { (_, _) throws(EvaluationError) in .optional(.none) },
        Function("hasValue", "optional(A).() -> bool", fixedWork: 4) { (values, _) throws(EvaluationError) in
            values.optional(0).map { .bool($0.value != nil) }
        },
        Function("value", "optional(A).() -> A", fixedWork: 4) { (values, _) throws(EvaluationError) in
            guard let optional = values.optional(0) else { return nil }
            guard let value = optional.value else { throw EvaluationError(.emptyOptional) }
            return value
        },
        Function("or", "optional(A).(optional(A)) -> optional(A)", fixedWork: 4, work: Work.copying) {
            (values, _) throws(EvaluationError) in
            guard let first = values.optional(0), values.optional(1) != nil else { return nil }
            return first.value == nil ? values[1] : values[0]
        },
        Function("orValue", "optional(A).(A) -> A", fixedWork: 4, work: Work.copying) {
            (values, _) throws(EvaluationError) in values.optional(0).map { $0.value ?? values[1] }
        },
        Function("optional.unwrap", "(list(optional(A))) -> list(A)") { (values, run) throws(EvaluationError) in
            try unwrapped(values, &run.work)
        },
        Function("unwrapOpt", "list(optional(A)).() -> list(A)") { (values, run) throws(EvaluationError) in
            try unwrapped(values, &run.work)
        },
    ]

    private static func unwrapped(_ values: [CELValue], _ work: inout Int) throws(EvaluationError) -> CELValue? {
        guard let list = values.list(0) else { return nil }
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
