import SourceDiagnostics

// What can be wrong with names and types: one constructor for each finding that needs no look at the declarations.

extension Diagnostic {
    static func noFields(_ type: CELType, _ field: Name) -> Diagnostic {
        Diagnostic(
            "cel/no-fields", .error, "\(type.words) has no field `\(field.text)`", at: Label(field.span),
            notes: ["only groups of attributes and maps have fields"])
    }

    static func unknownType(_ type: Name) -> Diagnostic {
        Diagnostic("cel/undeclared-reference", .error, "no type `\(type.text)` is declared", at: Label(type.span))
    }

    static func wrongFieldType(_ name: Name, wanted: CELType, _ found: CELType, _ span: Span) -> Diagnostic {
        Diagnostic(
            "cel/no-matching-overload", .error,
            "the field `\(name.text)` is \(wanted.words), and this is \(found.words)", at: Label(span))
    }

    static func notOptional(_ type: CELType, _ span: Span) -> Diagnostic {
        Diagnostic(
            "cel/not-optional", .error, "this wants an optional value and is \(type.words)", at: Label(span),
            notes: ["`?.` and `[?]` read an optional value; optional.of(…) makes one"])
    }

    static func entryIsNoMap(_ type: CELType, _ span: Span) -> Diagnostic {
        Diagnostic(
            "cel/invalid-macro-argument", .error,
            "transformMapEntry wants a map such as {key: value}, not \(type.words)",
            at: Label(span))
    }

    static func notIterable(_ type: CELType, _ macro: String, _ span: Span) -> Diagnostic {
        Diagnostic(
            "cel/not-iterable", .error, "\(macro) goes through a list or a map, and this is \(type.words)",
            at: Label(span))
    }

    static func notBool(_ type: CELType, _ span: Span, _ macro: String) -> Diagnostic {
        Diagnostic(
            "cel/not-a-condition", .error, "\(macro) wants a condition (true or false), and this is \(type.words)",
            at: Label(span))
    }

    static func notOrdered(_ type: CELType, _ span: Span) -> Diagnostic {
        Diagnostic(
            "cel/not-ordered", .error, "sortBy cannot put \(type.words) in order", at: Label(span),
            notes: ["numbers, strings, bytes, bools, timestamps, durations and versions have an order"])
    }

    static func operandNotBool(_ function: Name, _ type: CELType, _ span: Span, _ text: String) -> Diagnostic {
        let symbol = Operator.symbol(function.text) ?? function.text
        var note = "both sides of `\(symbol)` are conditions"
        if type == .string, text.utf8.first == 0x22 || text.utf8.first == 0x27 {
            note =
                "each side of `\(symbol)` is a whole condition: write a == \"x\" \(symbol) a == \"y\", or a in [\"x\", \"y\"]"
        }
        return Diagnostic(
            "cel/not-a-condition", .error,
            "`\(symbol)` joins conditions (true or false), and this is \(type.words)", at: Label(span), notes: [note])
    }

    static func wrongResultType(_ found: CELType, wanted: CELType, _ span: Span) -> Diagnostic {
        let what = wanted == .bool ? "a condition must be true or false" : "the expression must be \(wanted.words)"
        return Diagnostic(
            "cel/wrong-result-type", .error, "\(what), and this is \(found.words)", at: Label(span),
            notes: wanted == .bool ? ["compare it with something, such as x == \"…\" or x > 0"] : [])
    }
}

extension Checker {
    func undeclared(_ name: String, _ span: Span) -> Diagnostic {
        let declarations = environment.tables.declarations
        let names = scope.map { $0.name } + declarations.variables.map { $0.name }
        var fixes: [FixIt] = []
        var notes: [String] = []
        if let near = nearMiss(name, among: names) {
            notes.append("did you mean `\(near)`?")
            fixes.append(FixIt("write `\(near)`", edits: [Edit(span, near)], .unsafe))
        } else {
            let owners = declarations.variables.filter { fieldNames($0.type).contains(name) }.map { $0.name }
            if owners.count == 1 {
                let path = owners[0] + "." + name
                notes.append("did you mean `\(path)`?")
                fixes.append(FixIt("write `\(path)`", edits: [Edit(span, path)], .unsafe))
            } else {
                notes.append("a text needs quotation marks: \"\(name)\"")
                if !names.isEmpty { notes.append("declared here: " + Checker.list(names)) }
            }
        }
        return Diagnostic(
            "cel/undeclared-reference", .error, "`\(name)` is not declared", at: Label(span), notes: notes,
            fixIts: fixes)
    }

    private func fieldNames(_ type: CELType) -> [String] {
        guard case .object(let name) = type, let object = environment.tables.objectTypes[name] else { return [] }
        return object.fields.map { $0.name }
    }

    func unknownField(_ field: Name, of type: ObjectType, _ operand: ExpressionID) -> Diagnostic {
        let names = type.fields.map { $0.name }
        var fixes: [FixIt] = []
        var notes: [String] = []
        if let near = nearMiss(field.text, among: names) {
            notes.append("did you mean `\(near)`?")
            fixes.append(FixIt("write `\(near)`", edits: [Edit(field.span, near)], .unsafe))
        } else if !names.isEmpty {
            notes.append("`\(type.name)` has " + Checker.list(names))
        }
        return Diagnostic(
            "cel/unknown-field", .error, "`\(type.name)` has no field `\(field.text)`", at: Label(field.span),
            notes: notes, fixIts: fixes)
    }

    func undeclaredFunction(_ function: Name, isMember: Bool) -> Diagnostic {
        let name = function.text
        var fixes: [FixIt] = []
        var notes: [String] = []
        let last = String(decoding: name.utf8.split(separator: 0x2E).last.map { Array($0) } ?? [], as: UTF8.self)
        var names: [String] = []
        for (other, overloads) in environment.tables.functions.overloads where isIdentifier(other) {
            if overloads.contains(where: { $0.isMember == isMember }) { names.append(other) }
        }
        names += isMember ? Checker.methodMacros : ["has"]
        names.sort(by: utf8Less)
        if let meant = Checker.otherNames[name] ?? Checker.otherNames[last] {
            notes.append("the name here is `\(meant)`")
            if isIdentifier(meant) {
                fixes.append(FixIt("write `\(meant)`", edits: [Edit(function.span, meant)], .unsafe))
            }
        } else if let near = nearMiss(name, among: names) {
            notes.append("did you mean `\(near)`?")
            // Of a qualified name only the last part stands in the span.
            let written =
                isMember || !near.utf8.contains(0x2E)
                ? near : String(decoding: near.utf8.split(separator: 0x2E).last.map { Array($0) } ?? [], as: UTF8.self)
            fixes.append(FixIt("write `\(near)`", edits: [Edit(function.span, written)], .unsafe))
        }
        return Diagnostic(
            "cel/undeclared-function", .error,
            isMember ? "there is no method `\(name)`" : "there is no function `\(name)`", at: Label(function.span),
            notes: notes, fixIts: fixes)
    }

    private func isIdentifier(_ name: String) -> Bool {
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

    /// `a, b and c`, shortened when there are many.
    static func list(_ names: [String]) -> String {
        let shown = names.prefix(12)
        var result = ""
        for (index, name) in shown.enumerated() {
            if index > 0 { result += index == names.count - 1 ? " and " : ", " }
            result += name
        }
        return names.count > shown.count ? result + " …" : result
    }
}
