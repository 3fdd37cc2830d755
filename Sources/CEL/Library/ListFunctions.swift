import SourceDiagnostics

// The list extension (cel-go, ext/lists.go); `reverse` is with the functions of texts.

extension Function {
    static let lists: [Function] = [
        Function("slice", "list(A).(int, int) -> list(A)") { (values, run) throws(EvaluationError) in
            guard let list = values.list(0), let start = values.integer(1), let end = values.integer(2) else {
                return nil
            }
            guard start >= 0, start <= end, end <= Int64(list.count) else {
                throw EvaluationError(.indexOutOfRange("\(start) to \(end)"))
            }
            try pay(Int(end - start), &run.work)
            return .list(Array(list[Int(start)..<Int(end)]))
        },
        Function("flatten", "list(list(A)).() -> list(A); list(dyn).(int) -> list(dyn)") {
            (values, run) throws(EvaluationError) in
            guard let list = values.list(0), let depth = values.count > 1 ? values.integer(1) : 1 else { return nil }
            guard depth >= 0 else { throw EvaluationError(.other("flatten to a negative depth")) }
            return .list(try flatten(list, Int(min(depth, 1000)), &run))
        },
        Function("sort", sortable) { (values, run) throws(EvaluationError) in
            guard let list = values.list(0) else { return nil }
            return .list(try CEL.sort(list, by: list, Span(at: 0), &run.work))
        },
        Function("distinct", "list(A).() -> list(A)") { (values, run) throws(EvaluationError) in
            guard let list = values.list(0) else { return nil }
            try pay(list.count, &run.work)
            var result: [CELValue] = []
            for element in list where try !contains(result, element, &run.work) { result.append(element) }
            return .list(result)
        },
        Function("lists.range", "(int) -> list(int)") { (values, run) throws(EvaluationError) in
            guard let count = values.integer(0) else { return nil }
            guard count > 0 else { return .list([]) }
            try run.buildEntries(Int(clamping: count))
            return .list((0..<count).map { .int($0) })
        },
        Function("first", "list(A).() -> optional(A)") { (values, _) throws(EvaluationError) in
            values.list(0).map { .optional($0.first.map { CELOptional($0) } ?? .none) }
        },
        Function("last", "list(A).() -> optional(A)") { (values, _) throws(EvaluationError) in
            values.list(0).map { .optional($0.last.map { CELOptional($0) } ?? .none) }
        },
    ]

    private static let sortable = """
        list(int).() -> list(int); list(uint).() -> list(uint); list(double).() -> list(double); \
        list(bool).() -> list(bool); list(string).() -> list(string); list(bytes).() -> list(bytes); \
        list(timestamp).() -> list(timestamp); list(duration).() -> list(duration); list(version).() -> list(version)
        """

    private static func flatten(
        _ list: [CELValue], _ depth: Int, _ run: inout Run
    ) throws(EvaluationError) -> [CELValue] {
        var result: [CELValue] = []
        for element in list {
            try pay(1, &run.work)
            if depth > 0, case .list(let inner) = element {
                // What is in lists of lists is copied once for each of them.
                try pay(inner.count, &run.work)
                result += try flatten(inner, depth - 1, &run)
            } else {
                result.append(element)
            }
            if result.count > run.program.limits.resultSize { throw EvaluationError(.resultTooLarge) }
        }
        return result
    }
}

// The set extension (cel-go, ext/sets.go).

extension Function {
    static let sets: [Function] = [
        Function("sets.contains", "(list(A), list(A)) -> bool") { (values, run) throws(EvaluationError) in
            guard let whole = values.list(0), let part = values.list(1) else { return nil }
            return .bool(try isSubset(part, of: whole, &run.work))
        },
        Function("sets.equivalent", "(list(A), list(A)) -> bool") { (values, run) throws(EvaluationError) in
            guard let a = values.list(0), let b = values.list(1) else { return nil }
            guard try isSubset(b, of: a, &run.work) else { return .bool(false) }
            return .bool(try isSubset(a, of: b, &run.work))
        },
        Function("sets.intersects", "(list(A), list(A)) -> bool") { (values, run) throws(EvaluationError) in
            guard let a = values.list(0), let b = values.list(1) else { return nil }
            for element in b where try contains(a, element, &run.work) { return .bool(true) }
            return .bool(false)
        },
    ]

    private static func isSubset(
        _ part: [CELValue], of whole: [CELValue], _ work: inout Int
    ) throws(EvaluationError) -> Bool {
        for element in part where try !contains(whole, element, &work) { return false }
        return true
    }
}
