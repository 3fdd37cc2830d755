import SourceDiagnostics

// The macros: langdef.md, "Macros"; cel-go ext, "Bindings", "TwoVarComprehensions", "Lists", "Math"; cel/library.go
// for the optional macros. A call with the name of a macro but another number of arguments is an ordinary call.

extension ExpressionParser {
    /// A call, or what the macro of that name and shape stands for.
    mutating func call(
        _ name: Name, target: ExpressionID?, _ arguments: [ExpressionID], _ span: Span
    ) -> ExpressionID {
        if macros {
            if let target {
                if let expanded = methodMacro(name, target, arguments, span) { return expanded }
            } else if name.text == "has", arguments.count == 1 {
                return presence(arguments[0], span)
            }
        }
        let children = (target.map { [$0] } ?? []) + arguments
        return node(.call(function: name, target: target, arguments: arguments), span, children)
    }

    private mutating func presence(_ argument: ExpressionID, _ span: Span) -> ExpressionID {
        switch nodes[argument.index].kind {
        case .select(let operand, let field, let optional):
            return node(.present(operand: operand, field: field, optional: optional), span, [operand])
        case .error: return error(span)
        default:
            var diagnostic = Diagnostic.invalidMacroArgument(
                "`has()` takes a field, such as `has(user.first_name)`", nodes[argument.index].span,
                note: "it tests whether the field has a value, so its argument must end in a field name")
            if let (note, edit) = meantPresence(argument, span) {
                diagnostic.notes = [note]
                diagnostic.fixIts = [FixIt("write `\(edit.replacement)`", edits: [edit], .unsafe)]
            }
            lexer.report(diagnostic)
            return error(span)
        }
    }

    /// What `has(a["b"])` and `has("a.b")` are meant to be.
    private func meantPresence(_ argument: ExpressionID, _ call: Span) -> (note: String, Edit)? {
        switch nodes[argument.index].kind {
        case .call(let function, nil, let operands) where function.text == Operator.index && operands.count == 2:
            let (map, key) = (text(of: operands[0]), text(of: operands[1]))
            if case .identifier = nodes[operands[0].index].kind,
                case .constant(.string(let name)) = nodes[operands[1].index].kind,
                isPath(name)
            {
                return ("write the name of the field after a dot", Edit(call, "has(" + map + "." + name + ")"))
            }
            let test = key + " in " + map
            return (
                "`in` asks whether a map has a key: `\(test)`",
                Edit(call, isOperand(call) ? "(" + test + ")" : test)
            )
        case .constant(.string(let name)) where isPath(name) && name.utf8.contains(0x2E):
            return ("a field is named without quotation marks", Edit(call, "has(" + name + ")"))
        default: return nil
        }
    }

    /// Whether an operator that binds more than `&&` may stand beside the call.
    private func isOperand(_ call: Span) -> Bool {
        let bytes = lexer.bytes
        let before = bytes[..<call.start].last { $0 > 0x20 }
        let after = bytes[call.end...].first { $0 > 0x20 }
        let isFree: (UInt8?) -> Bool = { byte in
            byte.map { [0x26, 0x7C, 0x28, 0x29, 0x2C, 0x3F, 0x3A].contains($0) } ?? true
        }
        return !isFree(before) || !isFree(after)
    }

    private func isPath(_ text: String) -> Bool {
        guard let first = text.utf8.first, isIdentifierStart(first) else { return false }
        return text.utf8.allSatisfy { isIdentifierByte($0) || $0 == 0x2E }
    }

    private mutating func methodMacro(
        _ name: Name, _ target: ExpressionID, _ arguments: [ExpressionID], _ span: Span
    ) -> ExpressionID? {
        if case .identifier(let namespace) = nodes[target.index].kind {
            switch (namespace, name.text, arguments.count) {
            case ("cel", "bind", 3): return bind(arguments, span)
            case ("math", "greatest", 3...), ("math", "least", 3...):
                let list = node(
                    .list(arguments.map { ListElement(value: $0, isOptional: false) }), span, arguments)
                return node(.call(function: name, target: target, arguments: [list]), span, [target, list])
            case ("cel", "block", 2) where testMacros: return block(arguments, span)
            case ("cel", "index", 1) where testMacros: return testVariable("@index", arguments, span)
            case ("cel", "iterVar", 2) where testMacros: return testVariable("@it", arguments, span)
            case ("cel", "accuVar", 2) where testMacros: return testVariable("@ac", arguments, span)
            default: break
            }
        }
        switch (name.text, arguments.count) {
        case ("all", 2): return comprehension(.all, target, arguments, 1, span)
        case ("exists", 2): return comprehension(.exists, target, arguments, 1, span)
        case ("exists_one", 2), ("existsOne", 2): return comprehension(.existsOne, target, arguments, 1, span)
        case ("filter", 2): return comprehension(.filter, target, arguments, 1, span)
        case ("map", 2): return comprehension(.map, target, arguments, 1, span)
        case ("map", 3): return comprehension(.map, target, arguments, 1, span, filtered: true)
        case ("sortBy", 2): return comprehension(.sortBy, target, arguments, 1, span)
        case ("all", 3): return comprehension(.all, target, arguments, 2, span)
        case ("exists", 3): return comprehension(.exists, target, arguments, 2, span)
        case ("exists_one", 3), ("existsOne", 3): return comprehension(.existsOne, target, arguments, 2, span)
        case ("transformList", 3): return comprehension(.transformList, target, arguments, 2, span)
        case ("transformList", 4): return comprehension(.transformList, target, arguments, 2, span, filtered: true)
        case ("transformMap", 3): return comprehension(.transformMap, target, arguments, 2, span)
        case ("transformMap", 4): return comprehension(.transformMap, target, arguments, 2, span, filtered: true)
        case ("transformMapEntry", 3): return comprehension(.transformMapEntry, target, arguments, 2, span)
        case ("transformMapEntry", 4):
            return comprehension(.transformMapEntry, target, arguments, 2, span, filtered: true)
        case ("optMap", 2): return optionalMap(target, arguments, flat: false, span)
        case ("optFlatMap", 2): return optionalMap(target, arguments, flat: true, span)
        default: return nil
        }
    }

    /// The simple name that an argument is; nil (and reported) for anything else.
    private mutating func variable(_ argument: ExpressionID) -> Name? {
        let node = nodes[argument.index]
        if case .identifier(let text) = node.kind, text.utf8.first != 0x2E { return Name(text: text, span: node.span) }
        if case .error = node.kind { return nil }
        lexer.report(
            .invalidMacroArgument(
                "the argument must be a simple name", node.span,
                note: "it names the variable that the macro sets for each element, as in `list.exists(x, x > 0)`"))
        return nil
    }

    private mutating func comprehension(
        _ macro: Comprehension.Macro, _ target: ExpressionID, _ arguments: [ExpressionID], _ variables: Int,
        _ span: Span, filtered: Bool = false
    ) -> ExpressionID {
        var names: [Name] = []
        for argument in arguments.prefix(variables) {
            guard let name = variable(argument) else { return error(span) }
            if names.first?.text == name.text {
                lexer.report(
                    .invalidMacroArgument(
                        "the two variables have the same name", name.span,
                        note: "the first is the index or key, the second the element or value"))
                return error(span)
            }
            names.append(name)
        }
        let body = arguments[arguments.count - 1]
        let filter = filtered ? arguments[variables] : nil
        return node(
            .comprehension(
                Comprehension(macro: macro, range: target, variables: names, filter: filter, body: body)),
            span, [target, body] + (filter.map { [$0] } ?? []))
    }

    private mutating func bind(_ arguments: [ExpressionID], _ span: Span) -> ExpressionID {
        guard let name = variable(arguments[0]) else { return error(span) }
        return node(
            .bind(name: name, value: arguments[1], body: arguments[2]), span, [arguments[1], arguments[2]])
    }

    private mutating func optionalMap(
        _ target: ExpressionID, _ arguments: [ExpressionID], flat: Bool, _ span: Span
    ) -> ExpressionID {
        guard let name = variable(arguments[0]) else { return error(span) }
        return node(
            .optionalMap(target: target, name: name, body: arguments[1], flat: flat), span, [target, arguments[1]])
    }

    private mutating func block(_ arguments: [ExpressionID], _ span: Span) -> ExpressionID? {
        guard case .list(let elements) = nodes[arguments[0].index].kind else { return nil }
        let values = elements.map { $0.value }
        return node(.block(values: values, body: arguments[1]), span, values + [arguments[1]])
    }

    /// `cel.index(1)` → `@index1`, `cel.iterVar(0, 1)` → `@it:0:1`.
    private mutating func testVariable(_ prefix: String, _ arguments: [ExpressionID], _ span: Span) -> ExpressionID? {
        var name = prefix
        for argument in arguments {
            guard case .constant(.int(let number)) = nodes[argument.index].kind, number >= 0 else { return nil }
            name += arguments.count > 1 ? ":" + String(number) : String(number)
        }
        return node(.identifier(name), span)
    }
}
