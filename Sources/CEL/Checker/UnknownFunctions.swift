import ByteText
import SourceDiagnostics

// Functions and methods that there are none of, with what is meant: by its spelling, and by what other languages call it.

extension Checker {
    /// - Parameter operands: the target of a method and the arguments.
    func undeclaredFunction(
        _ function: Name, isMember: Bool, _ operands: [ExpressionID] = [], call: ExpressionID? = nil
    ) -> Diagnostic {
        let name = function.text
        var diagnostic = Diagnostic.undeclaredFunction(name, isMember: isMember, at: function.span)
        let last = String(decoding: name.utf8.split(separator: 0x2E).last.map { Array($0) } ?? [], as: UTF8.self)
        if let call, let (note, written) = meantCall(name, isMember, operands, call) {
            diagnostic.notes = [note]
            diagnostic.fixIts = written.map { [.write($0, at: expression[call].span)] } ?? []
            return diagnostic
        }
        if let hint = environment.tables.declarations.absentNames.first(where: { $0.name == name }) {
            diagnostic.notes = [hint.note]
            return diagnostic
        }
        let names = functionNames(isMember: isMember)
        if let meant = Checker.otherNames[name] ?? Checker.otherNames[last] ?? Checker.otherNames[lowerCase(name)] {
            diagnostic.notes = ["CEL has `\(meant)` for it"]
            if isIdentifier(meant), names.contains(meant), isMember || !Checker.methodMacros.contains(meant) {
                diagnostic.fixIts = [.write(meant, at: function.span)]
            } else if !isMember, let first = operands.first, functionNames(isMember: true).contains(meant), let call {
                // `lower(x)`: a method here.
                let rest = operands.dropFirst().map { expression.text(of: $0) }
                let written = method(meant, of: first, rest)
                diagnostic.notes = ["it is a method in CEL: `\(written)`"]
                diagnostic.fixIts = [.write(written, at: expression[call].span)]
            }
        } else if let near = nearMiss(name, among: names) {
            diagnostic.notes = ["did you mean `\(near)`?"]
            // Of a qualified name only the last part stands in the span.
            let written =
                isMember || !near.utf8.contains(0x2E)
                ? near : String(decoding: near.utf8.split(separator: 0x2E).last.map { Array($0) } ?? [], as: UTF8.self)
            diagnostic.fixIts = [FixIt("write `\(near)`", edits: [Edit(function.span, written)], .unsafe)]
        }
        return diagnostic
    }

    private func functionNames(isMember: Bool) -> [String] {
        var names: [String] = []
        for (other, overloads) in environment.tables.functions.overloads where isIdentifier(other) {
            if overloads.contains(where: { $0.isMember == isMember }) { names.append(other) }
        }
        names += isMember ? Checker.methodMacros : ["has"]
        names.sort(by: utf8Less)
        return names
    }

    /// What a call of another language's function comes to here, as a whole.
    private func meantCall(
        _ name: String, _ isMember: Bool, _ operands: [ExpressionID], _ call: ExpressionID
    ) -> (note: String, written: String?)? {
        if !isMember, let joined = joinedCall(name, call, operands) { return joined }
        let texts = operands.map { expression.text(of: $0) }
        let type = operands.first.map { inference.resolve(types[$0.index]) } ?? .dyn
        if let meant = meantPresence(name, isMember, operands) { return meant }
        switch (name, operands.count) {
        case ("IF", 3) where !isMember, ("iif", 3) where !isMember, ("IIF", 3) where !isMember:
            return (
                "`condition ? a : b` chooses one of two values",
                "(" + texts[0] + " ? " + texts[1] + " : " + texts[2] + ")"
            )
        case ("version", 1), ("Version", 1), ("VERSION", 1):
            guard type == .version else { return nil }
            return ("it is a version as it stands", texts[0])
        case ("not", 1) where !isMember: return ("the operator is `!`", "!(" + texts[0] + ")")
        case ("exists", 1) where !isMember, ("defined", 1) where !isMember, ("isset", 1) where !isMember:
            return ("`has(…)` asks whether there is a value", "has(" + texts[0] + ")")
        case ("isEmpty", 1), ("is_empty", 1), ("empty", 1):
            return ("`size()` is the number of letters, elements or entries", "size(" + texts[0] + ") == 0")
        case ("get", 2) where type.isContainer: return ("an entry is read with `[ ]`", texts[0] + "[" + texts[1] + "]")
        case ("get", 2) where isMember:
            guard case .object = type, case .constant(.string(let field)) = expression[operands[1]].kind,
                isIdentifier(field)
            else { return nil }
            return ("a field is read with a dot", texts[0] + "." + field)
        case ("equals", 2) where isMember, ("eq", 2) where isMember, ("is", 2) where isMember:
            return ("the operator is `==`", texts[0] + " == " + texts[1])
        case ("notEquals", 2) where isMember, ("ne", 2) where isMember, ("isNot", 2) where isMember:
            return ("the operator is `!=`", texts[0] + " != " + texts[1])
        case ("between", 3):
            return (
                "two comparisons say it", texts[0] + " >= " + texts[1] + " && " + texts[0] + " <= " + texts[2]
            )
        case ("has", 2), ("hasKey", 2), ("containsKey", 2), ("includes", 2), ("contains", 2), ("include", 2):
            guard isMember, type.isContainer else { return nil }
            return ("a list and a map have the operator `in`", membership(operands[1], operands[0]))
        case ("any", 2), ("some", 2), ("all", 2), ("every", 2), ("exists", 2):
            guard case .constant = expression[operands[1]].kind, type.isContainer else { return nil }
            return ("`in` asks whether a list has a value", membership(operands[1], operands[0]))
        case ("date", 1), ("datetime", 1), ("Date", 1), ("parseDate", 1):
            guard !isMember, case .constant(.string(let text)) = expression[operands[0]].kind else { return nil }
            return ("`timestamp(…)` makes a moment, with its time and zone", timestampCall(text))
        case ("day", 1), ("days", 1), ("hours", 1), ("minutes", 1), ("seconds", 1), ("weeks", 1):
            guard !isMember else { return nil }
            return (
                "`duration(…)` makes a span of time, from hours, minutes and seconds", durationCall(texts[0] + name)
            )
        default: return nil
        }
    }

    /// What asks whether there is a value, or gives a default for it: `ISBLANK(a)`, `coalesce(a, "x")`, `a.exists()`,
    /// `user.has(name)`.
    private func meantPresence(
        _ name: String, _ isMember: Bool, _ operands: [ExpressionID]
    ) -> (note: String, written: String?)? {
        guard let first = operands.first, case .select(let group, let field, _) = expression[first].kind else {
            return nil
        }
        let text = expression.text(of: first)
        let asks = "`has(…)` asks whether there is a value"
        switch (lowerCase(name), operands.count) {
        case ("exists", 1), ("ispresent", 1), ("isdefined", 1), ("isset", 1):
            return alwaysHasValue(first) ? (noteForPresent(first), nil) : (asks, "has(" + text + ")")
        case ("isblank", 1), ("isnull", 1), ("is_null", 1), ("isnil", 1), ("isundefined", 1), ("isabsent", 1):
            return alwaysHasValue(first) ? (noteForPresent(first), nil) : (asks, "!has(" + text + ")")
        case ("coalesce", 2), ("ifnull", 2), ("nvl", 2), ("isnull", 2), ("iferror", 2), ("default", 2):
            if alwaysHasValue(first) { return (noteForPresent(first), nil) }
            let read = expression.text(of: group) + ".?" + field.text
            return ("`orValue` gives a default", read + ".orValue(" + expression.text(of: operands[1]) + ")")
        default: return nil
        }
    }

    /// `user.has(name)`: the test that is meant; nil for anything else.
    func fieldTest(_ function: Name, _ target: ExpressionID, _ arguments: [ExpressionID]) -> String? {
        guard function.text == "has", arguments.count == 1,
            case .object(let name) = inference.resolve(types[target.index])
        else { return nil }
        let field: String
        switch expression[arguments[0]].kind {
        case .identifier(let text), .constant(.string(let text)): field = text
        default: return nil
        }
        guard environment.tables.objectTypes[name]?.field(field) != nil else { return nil }
        return "has(" + expression.text(of: target) + "." + field + ")"
    }

    /// `a in b`, in parentheses where an operator stands beside it.
    func membership(_ element: ExpressionID, _ container: ExpressionID) -> String {
        expression.text(of: element) + " in " + expression.text(of: container)
    }

    /// `a.f(b)`
    func method(_ name: String, of target: ExpressionID, _ arguments: [String]) -> String {
        var text = expression.text(of: target)
        if case .call(let function, _, _) = expression[target].kind, Operator.symbol(function.text) != nil,
            function.text != Operator.index
        {
            text = "(" + text + ")"
        }
        text += "." + name + "("
        for (index, argument) in arguments.enumerated() { text += (index > 0 ? ", " : "") + argument }
        return text + ")"
    }

    func isIdentifier(_ name: String) -> Bool {
        name.utf8.allSatisfy { isIdentifierByte($0) || $0 == 0x2E }
    }

    static let methodMacros = [
        "all", "exists", "exists_one", "map", "filter", "sortBy", "optMap", "optFlatMap", "transformList",
        "transformMap", "transformMapEntry",
    ]

    /// What other languages call a function, and older CEL libraries called it.
    static let otherNames: [String: String] = [
        "length": "size", "len": "size", "count": "size", "includes": "contains", "toLowerCase": "lowerAscii",
        "lowercase": "lowerAscii", "lowercased": "lowerAscii", "toLower": "lowerAscii", "lower": "lowerAscii",
        "toUpperCase": "upperAscii", "uppercase": "upperAscii", "uppercased": "upperAscii", "toUpper": "upperAscii",
        "upper": "upperAscii", "hasPrefix": "startsWith", "hasSuffix": "endsWith", "starts_with": "startsWith",
        "ends_with": "endsWith", "regex": "matches", "match": "matches", "any": "exists", "some": "exists",
        "every": "all", "substr": "substring", "strip": "trim", "orElse": "orValue", "getOrDefault": "orValue",
        "isPresent": "hasValue", "version": "semver", "isVersion": "isSemver", "greaterThan": "isGreaterThan",
        "lessThan": "isLessThan", "getYear": "getFullYear", "getDay": "getDayOfWeek", "parseInt": "int",
        "toInt": "int", "toString": "string", "str": "string", "float": "double", "boolean": "bool", "not": "!",
        "isIp": "isIP", "sum": "+", "max": "math.greatest", "min": "math.least", "concat": "+",
        "existsOne": "exists_one",
    ]

}
