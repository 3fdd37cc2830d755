import SourceDiagnostics

/// A macro that goes through a list or a map (langdef.md, "Macros").
final class ComprehensionNode: EvaluationNode, @unchecked Sendable {
    let macro: Comprehension.Macro
    let range: EvaluationNode
    let filter: EvaluationNode?
    let body: EvaluationNode
    /// The slot of the first variable.
    let slot: Int
    let hasTwoVariables: Bool
    /// What a round takes, whatever the values are.
    let roundWork: Int

    /// - Parameter work: what one evaluation of `filter` and `body` takes, whatever the values are.
    init(
        _ it: Comprehension, range: EvaluationNode, filter: EvaluationNode?, body: EvaluationNode, slot: Int, work: Int,
        _ span: Span
    ) {
        macro = it.macro
        self.range = range
        self.filter = filter
        self.body = body
        self.slot = slot
        hasTwoVariables = it.variables.count == 2
        roundWork = 1 + work
        super.init(span)
    }

    /// What is gone through: keys and values of a map, or the elements of a list.
    private struct Elements {
        let keys: [CELValue]?
        let values: [CELValue]
        /// What a macro with one variable goes through: the keys of a map, the elements of a list.
        let items: [CELValue]

        init(keys: [CELValue]?, values: [CELValue]) {
            self.keys = keys
            self.values = values
            items = keys ?? values
        }

        var count: Int { values.count }
    }

    private func elements(_ run: inout Run) throws(EvaluationError) -> Elements {
        let value = try range.evaluate(&run)
        switch value {
        case .list(let list): return Elements(keys: nil, values: list)
        case .map(let map) where macro != .sortBy: return Elements(keys: map.keys, values: map.values)
        default: throw EvaluationError(.noMatchingOverload(function: macro.name, types: [value.type]), at: span)
        }
    }

    /// Sets the variables for the element `index` and pays for the round.
    @inline(__always)
    private func bind(_ elements: Elements, _ index: Int, _ run: inout Run) throws(EvaluationError) {
        try pay(roundWork, &run.work)
        if hasTwoVariables {
            run.locals[slot] = elements.keys?[index] ?? .int(Int64(index))
            run.locals[slot + 1] = elements.values[index]
        } else {
            run.locals[slot] = elements.items[index]
        }
    }

    override func evaluate(_ run: inout Run) throws(EvaluationError) -> CELValue {
        switch macro {
        case .all, .exists, .existsOne: return .bool(try condition(&run))
        case .map, .transformList: return .list(try transformed(&run))
        case .filter: return .list(try filtered(&run))
        case .transformMap, .transformMapEntry: return .map(try map(&run))
        case .sortBy: return .list(try sorted(&run))
        }
    }

    override func condition(_ run: inout Run) throws(EvaluationError) -> Bool {
        switch macro {
        case .all: return try quantified(&run, deciding: false)
        case .exists: return try quantified(&run, deciding: true)
        case .existsOne:
            let elements = try elements(&run)
            var count = 0
            for index in 0..<elements.count {
                try bind(elements, index, &run)
                if try body.condition(&run) { count += 1 }
            }
            return count == 1
        default: return try super.condition(&run)
        }
    }

    /// `exists` is `||` over the elements, `all` is `&&`: errors count only when no element decides.
    private func quantified(_ run: inout Run, deciding: Bool) throws(EvaluationError) -> Bool {
        let elements = try elements(&run)
        var failure: EvaluationError?
        for index in 0..<elements.count {
            do {
                try bind(elements, index, &run)
                if try body.condition(&run) == deciding { return deciding }
            } catch {
                if error.isLimit { throw error }
                failure = failure ?? error
            }
        }
        if let failure { throw failure }
        return !deciding
    }

    private func transformed(_ run: inout Run) throws(EvaluationError) -> [CELValue] {
        let elements = try elements(&run)
        // As entries come, which have been paid for: the first may fail.
        var result: [CELValue] = []
        for index in 0..<elements.count {
            try bind(elements, index, &run)
            if let filter, try !filter.condition(&run) { continue }
            result.append(try body.evaluate(&run))
        }
        try run.buildEntries(result.count)
        return result
    }

    private func filtered(_ run: inout Run) throws(EvaluationError) -> [CELValue] {
        let elements = try elements(&run)
        var result: [CELValue] = []
        for index in 0..<elements.count {
            try bind(elements, index, &run)
            if try body.condition(&run) { result.append(elements.items[index]) }
        }
        return result
    }

    private func map(_ run: inout Run) throws(EvaluationError) -> CELMap {
        let elements = try elements(&run)
        // Room is made as entries come, which have been paid for: the first may fail.
        var builder = CELMap.Builder()
        for index in 0..<elements.count {
            try bind(elements, index, &run)
            if let filter, try !filter.condition(&run) { continue }
            let value = try body.evaluate(&run)
            if macro == .transformMap {
                try insert(elements.keys?[index] ?? .int(Int64(index)), value, into: &builder, span, &run)
                continue
            }
            guard case .map(let entries) = value else {
                throw EvaluationError(.noMatchingOverload(function: macro.name, types: [value.type]), at: body.span)
            }
            for (key, value) in zip(entries.keys, entries.values) {
                try insert(key, value, into: &builder, body.span, &run)
            }
        }
        try run.buildEntries(builder.count)
        return builder.map
    }

    private func sorted(_ run: inout Run) throws(EvaluationError) -> [CELValue] {
        let elements = try elements(&run)
        var keys: [CELValue] = []
        for index in 0..<elements.count {
            try bind(elements, index, &run)
            keys.append(try body.evaluate(&run))
        }
        return try sort(elements.values, by: keys, span, &run.work)
    }

    override var fixedWork: Int { 4 }
}

/// Sorts values by their keys, which must be of one type that has an order. Stable.
func sort(
    _ values: [CELValue], by keys: [CELValue], _ span: Span, _ work: inout Int
) throws(EvaluationError) -> [CELValue] {
    guard let first = keys.first else { return values }
    var longest = 0
    for key in keys { longest = max(longest, key.byteCount) }
    try pay(Work.sorting(keys.count, bytes: longest), &work)
    for key in keys {
        guard first.type == key.type, order(first, key) != nil else {
            throw EvaluationError(.noMatchingOverload(function: "sort", types: [first.type, key.type]), at: span)
        }
    }
    let indices = keys.indices.sorted { a, b in
        switch order(keys[a], keys[b]) {
        case .less?: true
        case .greater?: false
        default: a < b
        }
    }
    return indices.map { values[$0] }
}

/// `target.optMap(x, body)` and `optFlatMap`.
final class OptionalMapNode: EvaluationNode, @unchecked Sendable {
    let target: EvaluationNode
    let body: EvaluationNode
    let slot: Int
    let flat: Bool

    init(_ target: EvaluationNode, _ body: EvaluationNode, slot: Int, flat: Bool, _ span: Span) {
        self.target = target
        self.body = body
        self.slot = slot
        self.flat = flat
        super.init(span)
    }

    override func evaluate(_ run: inout Run) throws(EvaluationError) -> CELValue {
        let value = try target.evaluate(&run)
        guard case .optional(let optional) = value else {
            throw EvaluationError(
                .noMatchingOverload(function: flat ? "optFlatMap" : "optMap", types: [value.type]), at: span)
        }
        guard let inner = optional.value else { return .optional(.none) }
        run.locals[slot] = inner
        let result = try body.evaluate(&run)
        guard flat else { return .optional(CELOptional(result)) }
        guard case .optional = result else {
            throw EvaluationError(.noMatchingOverload(function: "optFlatMap", types: [result.type]), at: body.span)
        }
        return result
    }

    override var fixedWork: Int { 4 }
}
