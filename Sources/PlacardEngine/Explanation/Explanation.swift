import ByteText
import CEL

/// Finds the parts of a condition that decide against it, and says in words what they are and what is wanted.
///
/// A conjunction fails by its false members, a disjunction by all of its members; `!` turns what is wanted around.
struct Explanation {
    let checked: CheckedExpression
    let activation: Activation
    /// Why attributes have no value, by path, where it is not that there is none.
    let absences: [String: String]
    private let budget: Budget

    /// What may still be spent on finding reasons; without it they are given with less detail.
    private final class Budget {
        var work: Int
        let given: Int

        init(_ work: Int) {
            self.work = work
            given = work
        }
    }

    /// - Parameter work: the units of work that the condition may take; its explanation may take as many, up to
    ///   ``workLimit``.
    init(checked: CheckedExpression, activation: Activation, work: Int, absences: [String: String] = [:]) {
        self.checked = checked
        self.activation = activation
        self.absences = absences
        budget = Budget(min(Explanation.workLimit, max(Explanation.leastWork, work)))
    }

    /// At most so many reasons are given; the rest of a long list helps nobody.
    static let reasonLimit = 8
    /// The units of work (`CEL.Limits.work`) that may be spent on the reasons of one expression.
    private static let workLimit = 250_000
    /// The same where the conditions of an event are so many that each has next to nothing: enough for some comparisons.
    private static let leastWork = 2_000
    /// The units of work that compiling a byte of an expression counts.
    private static let workPerByte = 8

    /// The units of work that it has taken.
    var spent: Int { budget.given - max(0, budget.work) }

    private var expression: CEL.Expression { checked.expression }

    /// The text of a node, for a person.
    private func shownText(of id: ExpressionID) -> String { shortened(expression.text(of: id)) }

    /// What stands against the node `id` being `wanted`, each reason on its own.
    func reasons(for id: ExpressionID, wanted: Bool) -> [String] {
        Array(collect(id, wanted: wanted).prefix(Explanation.reasonLimit))
    }

    private func collect(_ id: ExpressionID, wanted: Bool) -> [String] {
        guard case .call(let function, _, let arguments) = expression[id].kind else {
            return [atom(id, wanted: wanted)]
        }
        switch function.text {
        case Operator.not: return arguments.first.map { collect($0, wanted: !wanted) } ?? []
        case Operator.and where wanted, Operator.or where !wanted:
            // Each member that is not as wanted is a reason of its own.
            let failing = arguments.filter { evaluate($0)?.boolValue != wanted }
            return failing.flatMap { collect($0, wanted: wanted) }
        case Operator.or, Operator.and:
            // Any one member as wanted would do.
            return [alternatives(unique(arguments.flatMap { collect($0, wanted: wanted) }))]
        case Operator.conditional:
            guard arguments.count == 3, let condition = evaluate(arguments[0])?.boolValue else { break }
            return collect(arguments[condition ? 1 : 2], wanted: wanted)
        default: break
        }
        return [atom(id, wanted: wanted)]
    }

    private func unique(_ reasons: [String]) -> [String] {
        var result: [String] = []
        // Each is looked for among those before it.
        for reason in reasons.prefix(8 * Explanation.reasonLimit)
        where !result.contains(where: { sameBytes($0, reason) }) { result.append(reason) }
        return result
    }

    /// The value of a node by itself; nil on an error, and inside of macros.
    ///
    /// The part is compiled from its own text: explanations are rare and short, and a program stays as simple as its
    /// hot path wants it.
    func evaluate(_ id: ExpressionID) -> CELValue? {
        if let constant = checked.constant(of: id) { return constant }
        let text = expression.text(of: id)
        // To compile a byte takes some units as well.
        budget.work -= Explanation.workPerByte * text.utf8.count
        guard budget.work > 0 else { return nil }
        let (program, _) = checked.environment.compile(text)
        guard let program, case .success(let value) = program.evaluate(activation, work: &budget.work) else {
            return nil
        }
        return value
    }

    // MARK: One comparison, test or call

    private func atom(_ id: ExpressionID, wanted: Bool) -> String {
        let absent = absentFields(id)
        switch expression[id].kind {
        case .call(let function, let target, let arguments):
            let operands = (target.map { [$0] } ?? []) + arguments
            if operands.count == 2, let text = comparison(function.text, operands[0], operands[1], wanted: wanted) {
                return text
            }
        case .present(let operand, let field, _):
            let path = checked.fieldPath(of: operand).map { $0.text + "." + field.text } ?? shownText(of: id)
            return wanted ? path + " has no value" : path + " has a value"
        case .identifier, .select:
            guard absent.isEmpty else { break }
            return shownText(of: id) + " is " + (wanted ? "false, wants true" : "true, wants false")
        default: break
        }
        if !absent.isEmpty { return written(absent) }
        return generic(id, wanted: wanted)
    }

    /// Any other condition: its text, what it is, and the values that it reads.
    private func generic(_ id: ExpressionID, wanted: Bool) -> String {
        var text = shownText(of: id) + " is " + (wanted ? "false" : "true")
        let reads = paths(id).prefix(Explanation.reasonLimit).map { $0.text + " is " + written(value(of: $0)) }
        if !reads.isEmpty { text += ", where " + reads.joined(separator: ", ") }
        return text
    }

    private func comparison(_ function: String, _ left: ExpressionID, _ right: ExpressionID, wanted: Bool) -> String? {
        // `3 < user.n` reads better the other way round.
        let isMirrored = checked.constant(of: left) != nil && checked.constant(of: right) == nil
        if function == Operator.isIn { return membership(left, right, wanted: wanted) }
        guard let name = isMirrored ? mirrored(function) : function, let relation = relation(name, wanted: wanted)
        else { return nil }
        let (subject, object) = isMirrored ? (right, left) : (left, right)
        guard let expected = evaluate(object) else { return nil }
        return said(subject) + ", wants " + relation + described(object, expected)
    }

    private func mirrored(_ function: String) -> String? {
        switch function {
        case Operator.less: Operator.greater
        case Operator.lessOrEqual: Operator.greaterOrEqual
        case Operator.greater: Operator.less
        case Operator.greaterOrEqual: Operator.lessOrEqual
        case Operator.equals, Operator.notEquals: function
        default: nil
        }
    }

    private func relation(_ function: String, wanted: Bool) -> String? {
        switch (function, wanted) {
        case (Operator.equals, true), (Operator.notEquals, false): ""
        case (Operator.equals, false), (Operator.notEquals, true): "anything but "
        case (Operator.less, true), (Operator.greaterOrEqual, false): "less than "
        case (Operator.less, false), (Operator.greaterOrEqual, true): "at least "
        case (Operator.greater, true), (Operator.lessOrEqual, false): "more than "
        case (Operator.greater, false), (Operator.lessOrEqual, true): "at most "
        default: nil
        }
    }

    private func membership(_ element: ExpressionID, _ collection: ExpressionID, wanted: Bool) -> String? {
        guard let collected = evaluate(collection) else {
            let absent = absentFields(collection)
            return absent.isEmpty ? nil : written(absent)
        }
        if checked.constant(of: collection) != nil {
            guard let values = collected.listValue else { return nil }
            let names = values.map { written($0) }
            return said(element) + ", wants " + (wanted ? "" : "anything but ") + alternatives(names)
        }
        guard let value = evaluate(element) else { return nil }
        return said(collection) + ", wants " + (wanted ? "" : "no ") + written(value) + " in it"
    }

    /// `user.country is "FR"`, or that it has no value.
    private func said(_ id: ExpressionID) -> String {
        let text = shownText(of: id)
        if let value = evaluate(id) { return text + " is " + written(value) }
        let absent = absentFields(id)
        return absent.isEmpty ? absence(text) : written(absent)
    }

    /// That an attribute has no value, or why.
    func absence(_ path: String) -> String { absences[path] ?? path + " has no value" }

    /// The same of several. They share their verb when there is nothing more to say.
    private func written(_ absent: [String]) -> String {
        absent.contains { absences[$0] != nil }
            ? absent.map { absence($0) }.joined(separator: ", ") : absent.joined(separator: ", ") + " has no value"
    }

    /// A constant by its value, anything else by its text and its value.
    private func described(_ id: ExpressionID, _ value: CELValue) -> String {
        checked.constant(of: id) != nil ? written(value) : shownText(of: id) + " (" + written(value) + ")"
    }

    // MARK: What a condition reads

    /// The fields below `id` that have no value, in the order of the text, each once.
    func absentFields(_ id: ExpressionID) -> [String] {
        paths(id).filter { value(of: $0) == nil }.map { $0.text }
    }

    /// The paths that the node reads, each once; a path that is only tested is none.
    private func paths(_ id: ExpressionID) -> [FieldPath] {
        var result: [FieldPath] = []
        collectPaths(id, into: &result)
        return result
    }

    private func collectPaths(_ id: ExpressionID, into result: inout [FieldPath]) {
        if case .present = expression[id].kind { return }
        if case .select(_, _, true) = expression[id].kind { return }
        if let path = checked.fieldPath(of: id), !path.fields.isEmpty {
            if !result.contains(path) { result.append(path) }
            return
        }
        for child in expression.children(of: id) { collectPaths(child, into: &result) }
    }

    private func value(of path: FieldPath) -> CELValue? {
        var value = activation[path.variable]
        for field in path.fields {
            switch value {
            case .object(let object)?: value = object[field]
            case .map(let map)?: value = map[field]
            default: return nil
            }
        }
        return value
    }

    private func written(_ value: CELValue?) -> String { value.map { written($0) } ?? "without a value" }

    private func written(_ value: CELValue) -> String { writtenValue(value) }
}
