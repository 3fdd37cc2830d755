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
        if let path = pathWithoutDot(name) { return meant(path, "did you mean `\(path)`?") }
        if let number = number(name, at: id) { return meant(number, "a number is written in digits") }
        if let near = nearMiss(name, among: names) {
            // A group alone is no value: `users in Germany`.
            guard isGroup(near), !isRead(id) else { return meant(near, "did you mean `\(near)`?") }
            diagnostic.notes.append("did you mean an attribute of `\(near)`?")
            return diagnostic
        }
        if let (path, read) = onlyField(readFrom: id) {
            diagnostic.notes = ["did you mean `\(path)`?"]
            diagnostic.fixIts = [.write(path, at: read)]
            return diagnostic
        }
        if let flag = Checker.wordsForFlags[lowerCase(name)],
            isComparedWithBool(id) || ["TRUE", "True", "FALSE", "False"].contains(name)
        {
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

    /// `user.plan` for `userplan`; nil for anything else.
    private func pathWithoutDot(_ name: String) -> String? {
        for variable in environment.tables.declarations.variables {
            let prefix = variable.name.utf8
            guard name.utf8.count > prefix.count, name.utf8.starts(with: prefix) else { continue }
            let rest = String(decoding: name.utf8.dropFirst(prefix.count), as: UTF8.self)
            if fieldNames(variable.type).contains(where: { sameBytes($0, rest) }) { return variable.name + "." + rest }
        }
        return nil
    }

    /// Of a group that there is none of: the only field that has the name which is read from it, and where it is read.
    private func onlyField(readFrom id: ExpressionID) -> (path: String, span: Span)? {
        guard let parent = expression.parent(of: id), case .select(id, let field, false) = expression[parent].kind
        else {
            return nil
        }
        let paths = environment.fields { sameBytes($0.name, field.text) }
        return paths.count == 1 ? (paths[0], expression[parent].span) : nil
    }

    private func isGroup(_ name: String) -> Bool {
        guard let variable = environment.tables.declarations.variables.first(where: { $0.name == name }),
            case .object = variable.type
        else { return false }
        return true
    }

    /// Whether a field of the node is read, or it is the argument of a call.
    private func isRead(_ id: ExpressionID) -> Bool {
        guard let parent = expression.parent(of: id) else { return false }
        switch expression[parent].kind {
        case .select, .present: return true
        default: return false
        }
    }

    /// The number that a word is, where it is compared with one; nil for anything else.
    private func number(_ name: String, at id: ExpressionID) -> String? {
        let words = [
            "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
        ]
        guard let place = words.firstIndex(where: { sameBytes($0, lowerCase(name)) }),
            let parent = expression.parent(of: id), case .call(_, nil, let operands) = expression[parent].kind,
            operands.count == 2
        else { return nil }
        let other = operands[0] == id ? operands[1] : operands[0]
        switch declaredField(other)?.type ?? inference.resolve(types[other.index]) {
        case .int, .uint: return String(place)
        case .double: return String(place) + ".0"
        default: return nil
        }
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

    /// A field that a group has not: of another group, or below a word that other systems have before properties.
    func unknownField(_ field: Name, of object: ObjectType, _ operand: ExpressionID) -> Diagnostic {
        var diagnostic = Diagnostic.unknownField(field, of: object)
        guard diagnostic.fixIts.isEmpty, case .identifier = expression[operand].kind else { return diagnostic }
        let end = expression[operand].span.end
        if ["properties", "props", "params", "data", "payload", "attributes", "traits"].contains(field.text),
            let below = expression.nodes.lazy.compactMap({ node -> Name? in
                guard case .select(let inner, let name, _) = node.kind,
                    case .select(operand, field, _) = expression[inner].kind
                else { return nil }
                return name
            }).first, object.field(below.text) != nil
        {
            diagnostic.notes = ["it is `\(object.name).\(below.text)` here"]
            diagnostic.fixIts = [
                FixIt("leave out `\(field.text)`", edits: [Edit(Span(end, field.span.end), "")], .unsafe)
            ]
            return diagnostic
        }
        let owners = environment.fields { sameBytes($0.name, field.text) }
        if owners.count == 1 {
            diagnostic.notes = ["did you mean `\(owners[0])`?"]
            diagnostic.fixIts = [.write(owners[0], at: Span(expression[operand].span.start, field.span.end))]
        }
        return diagnostic
    }

    /// A field of what has none: a value of a list, as `user.segments.lapsed`.
    func noFields(_ type: CELType, _ field: Name, _ operand: ExpressionID) -> Diagnostic {
        var diagnostic = Diagnostic.noFields(type, field)
        guard diagnostic.fixIts.isEmpty, case .list(.string) = type else { return diagnostic }
        let test = "\"" + field.text + "\" in " + expression.text(of: operand)
        diagnostic.notes = ["`in` asks whether a list has a value"]
        diagnostic.fixIts = [.write(test, at: Span(expression[operand].span.start, field.span.end))]
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
    static let wordsForNothing = ["null", "nil", "none", "None", "NULL", "Null", "undefined", "nothing", "blank"]
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
