import SourceDiagnostics

// The list and set extensions (cel-go, ext/lists.go, ext/sets.go).

extension Functions {
    static func list(
        _ builtin: Builtin, _ values: [CELValue], _ run: inout Run
    ) throws(EvaluationError) -> CELValue? {
        if builtin == .range { return try range(values, &run) }
        if builtin == .reverse, values.count == 1, case .string(let text) = values[0] {
            return .string(String(String.UnicodeScalarView(text.unicodeScalars.reversed())))
        }
        guard case .list(let list)? = values.first else { return nil }
        if builtin == .distinct || builtin == .reverse { try pay(list.count, &run.work) }
        switch (builtin, values.count) {
        case (.slice, 3): return try slice(list, values[1], values[2], &run.work)
        case (.flatten, 1): return .list(try flatten(list, 1, &run))
        case (.flatten, 2):
            guard case .int(let depth) = values[1] else { return nil }
            guard depth >= 0 else { throw EvaluationError(.other("flatten to a negative depth")) }
            return .list(try flatten(list, Int(min(depth, 1000)), &run))
        case (.sort, 1): return .list(try CEL.sort(list, by: list, Span(at: 0), &run.work))
        case (.distinct, 1): return .list(try distinct(list, &run))
        case (.reverse, 1): return .list(list.reversed())
        case (.first, 1): return .optional(list.first.map { CELOptional($0) } ?? .none)
        case (.last, 1): return .optional(list.last.map { CELOptional($0) } ?? .none)
        case (.setContains, 2), (.setEquivalent, 2), (.setIntersects, 2):
            guard case .list(let other) = values[1] else { return nil }
            return .bool(try sets(builtin, list, other, &run.work))
        default: return nil
        }
    }

    private static func range(_ values: [CELValue], _ run: inout Run) throws(EvaluationError) -> CELValue? {
        guard values.count == 1, case .int(let count) = values[0] else { return nil }
        guard count > 0 else { return .list([]) }
        try run.buildEntries(Int(clamping: count))
        return .list((0..<count).map { .int($0) })
    }

    private static func slice(
        _ list: [CELValue], _ start: CELValue, _ end: CELValue, _ work: inout Int
    ) throws(EvaluationError) -> CELValue? {
        guard case .int(let start) = start, case .int(let end) = end else { return nil }
        guard start >= 0, start <= end, end <= Int64(list.count) else {
            throw EvaluationError(.indexOutOfRange("\(start) to \(end)"))
        }
        try pay(Int(end - start), &work)
        return .list(Array(list[Int(start)..<Int(end)]))
    }

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

    private static func distinct(_ list: [CELValue], _ run: inout Run) throws(EvaluationError) -> [CELValue] {
        var result: [CELValue] = []
        for element in list where try !contains(result, element, &run.work) { result.append(element) }
        return result
    }

    private static func sets(
        _ builtin: Builtin, _ a: [CELValue], _ b: [CELValue], _ work: inout Int
    ) throws(EvaluationError) -> Bool {
        switch builtin {
        case .setIntersects:
            for element in b where try contains(a, element, &work) { return true }
            return false
        case .setEquivalent:
            guard try isSubset(b, of: a, &work) else { return false }
            return try isSubset(a, of: b, &work)
        default: return try isSubset(b, of: a, &work)
        }
    }

    private static func isSubset(
        _ part: [CELValue], of whole: [CELValue], _ work: inout Int
    ) throws(EvaluationError) -> Bool {
        for element in part where try !contains(whole, element, &work) { return false }
        return true
    }
}
