import ByteText
import SourceDiagnostics

// Names that are not declared, with the one that was meant: by its spelling, by where it stands, and by what other
// languages call it.

extension Checker {
    func undeclared(_ name: String, _ span: Span, _ id: ExpressionID) -> Diagnostic {
        var diagnostic = Diagnostic.undeclaredReference(name, at: span)
        let declarations = environment.tables.declarations
        let names = scope.map { $0.name } + declarations.variables.map { $0.name }
        func meant(_ text: String, _ note: String) -> Diagnostic {
            diagnostic.notes.append(note)
            diagnostic.fixIts.append(.write(text, at: span))
            return diagnostic
        }
        let owners = declarations.variables.filter { fieldNames($0.type).contains(name) }.map { $0.name }
        let hint = declarations.absentNames.first { $0.name == name }
        // What an app declares under such a name is meant before what the name says elsewhere.
        if let hint, owners.isEmpty || hint.replacement != nil {
            if let replacement = hint.replacement { return meant(replacement, hint.note) }
            diagnostic.notes = [hint.note]
            return diagnostic
        }
        if id == expression.root, Checker.wordsForEverybody.contains(lowerCase(name)) {
            diagnostic.notes = [Checker.noteForEverybody]
            return diagnostic
        }
        // `audience: premium`: a value alone, which one field has.
        if id == expression.root, let test = onlyTest(for: name) {
            return meant(test, "a condition compares: `\(test)`")
        }
        let (text, isDeclared) = comparedText(name, id)
        if Checker.wordsForNothing.contains(name), !isDeclared || text != "\"" + name + "\"" {
            return absentValue(diagnostic, id)
        }
        if let text, isDeclared { return meant(text, "a text needs quotation marks: `\(text)`") }
        if let near = nearMiss(name, among: names) { return meant(near, "did you mean `\(near)`?") }
        if let flag = Checker.wordsForFlags[lowerCase(name)], isComparedWithBool(id) {
            return meant(flag, "the values of a bool are `true` and `false`")
        }
        if owners.count == 1 { return meant(owners[0] + "." + name, "did you mean `\(owners[0] + "." + name)`?") }
        if owners.count > 1 {
            diagnostic.notes = ["it belongs to a group: " + Diagnostic.quotedList(owners.map { $0 + "." + name })]
            return diagnostic
        }
        if let text { return meant(text, "a text needs quotation marks: `\(text)`") }
        diagnostic.notes.append("a text needs quotation marks: `\"\(name)\"`")
        if !names.isEmpty { diagnostic.notes.append("declared here: " + Diagnostic.quotedList(names)) }
        return diagnostic
    }

    /// `nil` and `None`: a missing value is asked for by `has()`.
    private func absentValue(_ diagnostic: Diagnostic, _ id: ExpressionID) -> Diagnostic {
        var diagnostic = diagnostic
        guard let (parent, function, other) = comparison(with: id), let test = presence(function, other) else {
            diagnostic.notes = ["`has(…)` asks whether there is a value, as in `has(user.first_name)`"]
            return diagnostic
        }
        guard !alwaysHasValue(other) else {
            diagnostic.notes = [noteForPresent(other)]
            return diagnostic
        }
        diagnostic.notes = ["`has(…)` asks whether there is a value"]
        diagnostic.fixIts = [.write(test, at: expression[parent].span)]
        return diagnostic
    }

    /// Whether it is a field that is not declared optional.
    func alwaysHasValue(_ id: ExpressionID) -> Bool {
        guard case .select(let operand, let field, _) = expression[id].kind,
            case .object(let name) = inference.resolve(types[operand.index])
        else { return false }
        return environment.tables.objectTypes[name]?.field(field.text)?.isOptional == false
    }

    func noteForPresent(_ id: ExpressionID) -> String {
        "`\(expression.text(of: id))` always has a value, as it is not declared `optional`"
    }

    /// The comparison for equality, or the `in`, that `id` stands in, and what stands on its other side.
    func comparison(with id: ExpressionID) -> (parent: ExpressionID, function: String, other: ExpressionID)? {
        guard let parent = expression.parent(of: id) else { return nil }
        switch expression[parent].kind {
        case .list: return comparison(with: parent)
        case .call(let function, nil, let operands) where operands.count == 2:
            guard [Operator.equals, Operator.notEquals, Operator.isIn].contains(function.text) else { return nil }
            return (parent, function.text, operands[0] == id ? operands[1] : operands[0])
        default: return nil
        }
    }

    private func isComparedWithBool(_ id: ExpressionID) -> Bool {
        comparison(with: id).map { inference.resolve(types[$0.other.index]) == .bool } ?? (id == expression.root)
    }

    /// `name` in quotation marks where it is compared with a text, and whether it is, or resembles, a declared value.
    private func comparedText(_ name: String, _ id: ExpressionID) -> (String?, isDeclared: Bool) {
        guard let (_, _, other) = comparison(with: id) else { return (nil, false) }
        // On the right of what is not declared nothing has a type yet.
        var type = declaredField(other)?.type ?? inference.resolve(types[other.index])
        if case .list(let element) = type { type = element }
        guard type == .string else { return (nil, false) }
        guard let values = declaredValues(of: other) else { return ("\"" + name + "\"", false) }
        let meant = values.first { sameBytes($0, name) } ?? nearMiss(name, among: values)
        return (meant.map { "\"" + $0 + "\"" }, true)
    }

    /// The values that a field may have; nil for what is no field, or one of any value.
    func declaredValues(of id: ExpressionID) -> [String]? {
        if let field = declaredField(id) { return field.values }
        guard case .select(let operand, let field, false) = expression[id].kind,
            case .object(let type) = inference.resolve(types[operand.index])
        else { return nil }
        return environment.tables.objectTypes[type]?.field(field.text)?.values
    }

    /// The attribute that `group.name` is, by its declaration alone; nil for anything else.
    private func declaredField(_ id: ExpressionID) -> ObjectField? {
        guard case .select(let operand, let field, false) = expression[id].kind,
            case .identifier(let group) = expression[operand].kind, !scope.contains(where: { $0.name == group }),
            case .object(let type)? = environment.tables.declarations.variables.first(where: { $0.name == group })?.type
        else { return nil }
        return environment.tables.objectTypes[type]?.field(field.text)
    }

    /// `has(a.b)` for a value that is compared with nothing; nil for what `has` does not take.
    func presence(_ function: String, _ value: ExpressionID) -> String? {
        guard case .select(_, _, false) = expression[value].kind else { return nil }
        switch function {
        case Operator.equals: return "!has(" + expression.text(of: value) + ")"
        case Operator.notEquals: return "has(" + expression.text(of: value) + ")"
        default: return nil
        }
    }

    /// A comparison that a value can be made a condition by.
    func exampleComparison(_ id: ExpressionID) -> String? {
        switch expression[id].kind {
        case .identifier, .select: break
        default: return nil
        }
        let text = expression.text(of: id)
        switch inference.resolve(types[id.index]) {
        case .string: return text + " == \"" + (declaredValues(of: id)?.first ?? "…") + "\""
        case .int, .uint: return text + " > 0"
        case .double: return text + " > 0.0"
        case .list: return "\"…\" in " + text
        case .object(let name):
            let fields = environment.tables.objectTypes[name]?.fields ?? []
            guard let field = fields.first(where: { $0.type == .string }) else { return nil }
            return text + "." + field.name + " == \"" + (field.values?.first ?? "…") + "\""
        default: return nil
        }
    }

    static let noteForEverybody = "leave the key out to show the message to everybody"
    private static let wordsForEverybody = [
        "everyone", "everybody", "anyone", "anybody", "all", "any", "always", "public", "users", "all_users", "none",
    ]
    static let wordsForNothing = ["null", "nil", "none", "None", "NULL", "Null", "undefined", "nothing"]
    private static let wordsForFlags = [
        "true": "true", "yes": "true", "on": "true", "false": "false", "no": "false", "off": "false",
    ]

    /// `user.plan == "premium"` where `user.plan` is the only field that has the value.
    private func onlyTest(for value: String) -> String? {
        var tests: [String] = []
        for variable in environment.tables.declarations.variables {
            guard case .object(let name) = variable.type, let object = environment.tables.objectTypes[name] else {
                continue
            }
            for field in object.fields where field.values?.contains(where: { sameBytes($0, value) }) ?? false {
                let path = variable.name + "." + field.name
                if case .list = field.type {
                    tests.append("\"" + value + "\" in " + path)
                } else {
                    tests.append(path + " == \"" + value + "\"")
                }
            }
        }
        return tests.count == 1 ? tests[0] : nil
    }

    private func fieldNames(_ type: CELType) -> [String] {
        guard case .object(let name) = type, let object = environment.tables.objectTypes[name] else { return [] }
        return object.fields.map { $0.name }
    }

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
        if let meant = Checker.otherNames[name] ?? Checker.otherNames[last] {
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
        switch (name, operands.count) {
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
        "isIp": "isIP", "max": "math.greatest", "min": "math.least", "concat": "+", "existsOne": "exists_one",
    ]

}

extension CELType {
    /// What other languages have as a field of such values, as it is written here; nil for no such field.
    func call(for field: String) -> String? {
        switch (self, field) {
        case (.string, "length"), (.string, "size"), (.string, "count"), (.list, "length"), (.list, "size"),
            (.list, "count"), (.bytes, "length"), (.bytes, "size"):
            return "size()"
        case (.string, "isEmpty"), (.list, "isEmpty"), (.string, "empty"), (.list, "empty"): return "size() == 0"
        case (.timestamp, "year"): return "getFullYear()"
        case (.timestamp, "hour"), (.timestamp, "hours"): return "getHours()"
        case (.timestamp, "minute"), (.timestamp, "minutes"): return "getMinutes()"
        case (.timestamp, "day"): return "getDate()"
        case (.timestamp, "weekday"): return "getDayOfWeek()"
        case (.duration, "days"): return "getHours() / 24"
        case (.version, "major"), (.version, "minor"), (.version, "patch"): return field + "()"
        case (.duration, "hours"): return "getHours()"
        case (.duration, "minutes"): return "getMinutes()"
        case (.duration, "seconds"): return "getSeconds()"
        default: return nil
        }
    }
}
