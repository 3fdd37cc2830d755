import ByteText
import SourceDiagnostics

// Calls that no overload takes, as people write them who know another language: what is meant, and how it is written.

extension Checker {
    /// What is meant by a call, and the edits that write it; nil where that is not certain.
    func remedy(
        _ id: ExpressionID, _ function: Name, _ name: String, _ operands: [ExpressionID], _ types: [CELType]
    ) -> (note: String, fix: FixIt?)? {
        switch function.text {
        case Operator.equals, Operator.notEquals:
            return withNull(id, function.text, operands, types) ?? chained(operands, types)
                ?? either(id, function.text, operands, types)
                ?? element(id, function.text, operands, types) ?? numbers(operands, types) ?? time(operands, types)
        case Operator.less, Operator.lessOrEqual, Operator.greater, Operator.greaterOrEqual:
            return chained(operands, types) ?? time(operands, types)
        case Operator.add, Operator.subtract, Operator.multiply, Operator.divide:
            return numbers(operands, types, isComparison: false) ?? joined(function.text, operands, types)
        case Operator.isIn: return container(id, operands, types)
        case Operator.not:
            return negatedPart(id, function.span, types)
                ?? exampleComparison(operands[0]).map { ("compare it with something, such as `\($0)`", nil) }
        case Operator.index:
            guard case .object = types[0], case .constant(.string(let key)) = expression[operands[1]].kind,
                isIdentifier(key)
            else { return nil }
            let place = Span(expression[operands[0]].span.end, expression[id].span.end)
            return (
                "write the name of the field after a dot",
                FixIt("write `.\(key)`", edits: [Edit(place, "." + key)], .unsafe)
            )
        default: return call(id, name, operands, types)
        }
    }

    private func rewrite(_ id: ExpressionID, _ text: String) -> FixIt {
        .write(text, at: expression[id].span)
    }

    // MARK: Operators

    /// `a != null`
    private func withNull(
        _ id: ExpressionID, _ function: String, _ operands: [ExpressionID], _ types: [CELType]
    ) -> (note: String, fix: FixIt?)? {
        guard let place = types.firstIndex(of: .null) else { return nil }
        let value = operands[1 - place]
        guard let test = presence(function, value) else {
            return ("no value is null; `has(…)` asks whether a field has a value", nil)
        }
        if alwaysHasValue(value) { return (noteForPresent(value), nil) }
        return ("`has(…)` asks whether there is a value", rewrite(id, test))
    }

    /// `1 < a < 3`
    private func chained(_ operands: [ExpressionID], _ types: [CELType]) -> (note: String, fix: FixIt?)? {
        guard types[0] == .bool, case .call(let first, nil, let bounds) = expression[operands[0]].kind,
            bounds.count == 2, ["<", "<=", ">", ">=", "=="].contains(Operator.symbol(first.text) ?? "")
        else { return nil }
        let middle = expression.text(of: bounds[1])
        let fix = FixIt(
            "compare twice", edits: [Edit(Span(at: expression[operands[0]].span.end), " && " + middle)], .unsafe)
        return ("each comparison has two sides; two of them are joined with `&&`", fix)
    }

    /// `list == "x"`
    private func element(
        _ id: ExpressionID, _ function: String, _ operands: [ExpressionID], _ types: [CELType]
    ) -> (note: String, fix: FixIt?)? {
        for (list, value) in [(0, 1), (1, 0)] {
            guard case .list(let element) = types[list], element == types[value] else { continue }
            let test = membership(operands[value], operands[list])
            return (
                "`in` asks whether a list has a value",
                rewrite(id, function == Operator.equals ? test : "!(" + test + ")")
            )
        }
        return nil
    }

    /// `country == ("US" || "CA")`
    private func either(
        _ id: ExpressionID, _ function: String, _ operands: [ExpressionID], _ types: [CELType]
    ) -> (note: String, fix: FixIt?)? {
        guard types[0] == .string, case .call(let or, nil, let values) = expression[operands[1]].kind,
            or.text == Operator.or, values.allSatisfy({ type(of: $0) == .string })
        else { return nil }
        let texts = values.map { expression.text(of: $0) }
        var list = "["
        for (index, text) in texts.enumerated() { list += (index > 0 ? ", " : "") + text }
        let test = expression.text(of: operands[0]) + " in " + list + "]"
        return (
            "`in` asks whether a value is one of several",
            rewrite(id, function == Operator.equals ? test : "!(" + test + ")")
        )
    }

    private func type(of id: ExpressionID) -> CELType { inference.resolve(types[id.index]) }

    /// `"a" + number`, of which the number is no literal.
    private func joined(
        _ function: String, _ operands: [ExpressionID], _ types: [CELType]
    ) -> (note: String, fix: FixIt?)? {
        guard function == Operator.add, let place = types.firstIndex(of: .string),
            [.int, .uint, .double, .bool, .version].contains(types[1 - place])
        else { return nil }
        let other = operands[1 - place]
        if case .constant = expression[other].kind { return nil }
        return ("`string(…)` makes a text of it", rewrite(other, "string(" + expression.text(of: other) + ")"))
    }

    /// `double == 10` and other meetings of whole numbers with fractions.
    private func numbers(
        _ operands: [ExpressionID], _ types: [CELType], isComparison: Bool = true
    ) -> (note: String, fix: FixIt?)? {
        guard let place = types.firstIndex(of: .double), let other = types.firstIndex(of: .int) else { return nil }
        let span = expression[operands[other]].span
        if case .constant(.int) = expression[operands[other]].kind {
            let number = expression.text(of: operands[other]) + ".0"
            return (
                "a double is written with a decimal point: `\(number)`",
                FixIt("write `\(number)`", edits: [Edit(span, number)], .safe)
            )
        }
        if isComparison, case .constant(.double(let number)) = expression[operands[place]].kind,
            number == number.rounded(),
            abs(number) < 1e15
        {
            let whole = String(Int64(number))
            return (
                "an int is written without a decimal point: `\(whole)`",
                FixIt("write `\(whole)`", edits: [Edit(expression[operands[place]].span, whole)], .safe)
            )
        }
        let text = "double(" + expression.text(of: operands[other]) + ")"
        return (
            "`double(…)` makes a double of an int", FixIt("write `\(text)`", edits: [Edit(span, text)], .unsafe)
        )
    }

    /// A moment beside a text or numbers, a span of time beside a number.
    private func time(_ operands: [ExpressionID], _ types: [CELType]) -> (note: String, fix: FixIt?)? {
        for (place, type) in types.enumerated() where type == .timestamp || type == .duration {
            let other = operands[1 - place]
            switch (type, types[1 - place]) {
            case (.timestamp, .int):
                let written = timestampCall(expression.text(of: other))
                return (
                    "a moment is made from a text: `\(written ?? "timestamp(\"2026-12-24T00:00:00Z\")")`",
                    written.map { rewrite(other, $0) }
                )
            case (.duration, .int), (.duration, .double):
                return ("a span of time is made from a text with its unit: `duration(\"24h\")`", nil)
            default: continue
            }
        }
        return nil
    }

    /// `x in "text"`, `list in list`, `1.5 in [1, 2]`
    private func container(
        _ id: ExpressionID, _ operands: [ExpressionID], _ types: [CELType]
    ) -> (note: String, fix: FixIt?)? {
        let right = operands[1]
        switch (types[0], types[1]) {
        case (.string, .string):
            guard case .constant(.string(let text)) = expression[right].kind else {
                return (
                    "the method `contains` asks whether a text has another in it",
                    rewrite(id, method("contains", of: right, [expression.text(of: operands[0])]))
                )
            }
            let items = text.utf8.split(separator: 0x2C).map { item in
                "\"" + String(decoding: trimmed(item), as: UTF8.self) + "\""
            }
            guard items.count > 1, !text.utf8.contains(0x22), !text.utf8.contains(0x5C) else {
                return (
                    "a list is written in square brackets, as in `[\"US\", \"CA\"]`",
                    items.count == 1
                        && declaredValues(of: operands[0])?.contains(where: { sameBytes($0, text) }) == true
                        ? wrap(expression[right].span, "[", "]", "make it a list") : nil
                )
            }
            var list = "["
            for (index, item) in items.enumerated() { list += (index > 0 ? ", " : "") + item }
            return (
                "a list is written in square brackets, each text in its own quotation marks",
                FixIt("write `\(list)]`", edits: [Edit(expression[right].span, list + "]")], .unsafe)
            )
        case (.list(.string), .string):
            guard case .constant = expression[right].kind else { return nil }
            return ("the value stands before `in`, and the list behind it", rewrite(id, membership(right, operands[0])))
        case (.version, .list(.string)):
            guard case .list(let elements) = expression[right].kind else { return nil }
            let edits = elements.compactMap { item -> Edit? in
                guard case .constant(.string(let text)) = expression[item.value].kind,
                    let version = SemanticVersion(reported: text)?.release
                else { return nil }
                return Edit(expression[item.value].span, "semver(\"" + version.text + "\")")
            }
            guard edits.count == elements.count else { return nil }
            return ("`semver(…)` makes a version of a text", FixIt("make them versions", edits: edits, .unsafe))
        case (.list(let element), .list(let other)) where element == other:
            let test = expression.text(of: operands[0]) + ".exists(x, x in " + expression.text(of: right) + ")"
            return ("`exists` asks for each value of one list whether the other has it", rewrite(id, test))
        case (.double, .list(.int)):
            guard case .list(let elements) = expression[right].kind else { return nil }
            let edits = elements.compactMap { item -> Edit? in
                guard case .constant(.int) = expression[item.value].kind else { return nil }
                return Edit(Span(at: expression[item.value].span.end), ".0")
            }
            guard edits.count == elements.count else { return nil }
            return ("a double is written with a decimal point", FixIt("add decimal points", edits: edits, .safe))
        default: return nil
        }
    }

    private func trimmed(_ bytes: Substring.UTF8View) -> Substring.UTF8View {
        var bytes = bytes
        while bytes.first == 0x20 { bytes.removeFirst() }
        while bytes.last == 0x20 { bytes.removeLast() }
        return bytes
    }

    /// `!a == b`: the `!` is of the first value alone.
    private func negatedPart(_ id: ExpressionID, _ sign: Span, _ types: [CELType]) -> (note: String, fix: FixIt?)? {
        guard let parent = expression.parent(of: id),
            case .call(let function, nil, let operands) = expression[parent].kind,
            operands.count == 2, operands[0] == id
        else { return nil }
        switch function.text {
        case Operator.equals, Operator.notEquals, Operator.less, Operator.lessOrEqual, Operator.greater,
            Operator.greaterOrEqual, Operator.isIn:
            return (
                "`!` negates only the value after it; put a whole comparison in parentheses",
                FixIt(
                    "put the comparison in parentheses",
                    edits: [Edit(Span(at: sign.end), "("), Edit(Span(at: expression[parent].span.end), ")")], .unsafe)
            )
        default: return nil
        }
    }

    // MARK: Functions and methods

    /// `list.contains(x)`, and `startsWith(a, b)` for a method.
    private func call(
        _ id: ExpressionID, _ name: String, _ operands: [ExpressionID], _ types: [CELType]
    ) -> (note: String, fix: FixIt?)? {
        guard case .call(_, let target, let arguments) = expression[id].kind else { return nil }
        if target == nil, let (note, written) = joinedCall(name, id, operands) { return (note, rewrite(id, written)) }
        if name == "indexOf", types.count == 2, case .list = types[0] {
            return ("`in` asks whether a list has a value: `\(membership(operands[1], operands[0]))`", nil)
        }
        if name == "contains", types.count == 2 {
            switch types[0] {
            case .list(let element) where element == types[1]:
                return ("a list has the operator `in`", rewrite(id, inside(id, operands[1], operands[0])))
            case .list: return ("a list has the operator `in`, as in `x in list`", nil)
            case .map(let key, _) where key == types[1]:
                return ("a map has the operator `in` for its keys", rewrite(id, inside(id, operands[1], operands[0])))
            default: break
            }
        }
        guard target == nil, let first = arguments.first,
            let overloads = environment.tables.functions[name],
            overloads.contains(where: { $0.isMember && $0.parameters == types })
        else { return nil }
        let written = method(name, of: first, arguments.dropFirst().map { expression.text(of: $0) })
        return ("it is a method: `\(written)`", rewrite(id, written))
    }

    /// `and(a, b)` and `or(a, b)`, written with the operator; nil for anything else.
    func joinedCall(
        _ name: String, _ call: ExpressionID, _ operands: [ExpressionID]
    ) -> (note: String, written: String)? {
        let isAnd = lowerCase(name) == "and"
        guard isAnd || lowerCase(name) == "or", operands.count > 1 else { return nil }
        let symbol = isAnd ? "&&" : "||"
        var written = ""
        for (index, operand) in operands.enumerated() {
            var isLoose = false
            if case .call(let function, nil, _) = expression[operand].kind {
                isLoose = function.text == Operator.conditional || isAnd && function.text == Operator.or
            }
            let text = expression.text(of: operand)
            written += (index > 0 ? " " + symbol + " " : "") + (isLoose ? "(" + text + ")" : text)
        }
        // Below another operator it is one operand.
        if let parent = expression.parent(of: call), case .call(let function, _, _) = expression[parent].kind,
            Operator.symbol(function.text) != nil
        {
            written = "(" + written + ")"
        }
        return ("the operator is `\(symbol)`: `a \(symbol) b`", written)
    }

    /// `a in b`, in parentheses where something binds it more closely than `&&`.
    private func inside(_ id: ExpressionID, _ element: ExpressionID, _ container: ExpressionID) -> String {
        let test = membership(element, container)
        guard let parent = expression.parent(of: id), case .call(let function, _, _) = expression[parent].kind,
            Operator.symbol(function.text) != nil, function.text != Operator.and, function.text != Operator.or
        else { return test }
        return "(" + test + ")"
    }
}
