import SourceDiagnostics

// A call that no overload takes, in an author's words: both types, and how to make them agree.

extension Checker {
    func noMatchingOverload(
        _ id: ExpressionID, _ function: Name, _ name: String, _ candidates: [FunctionTable.Overload],
        _ operands: [ExpressionID], _ types: [CELType]
    ) -> Diagnostic {
        var secondary: [Label] = []
        if Operator.symbol(function.text) != nil {
            for (operand, type) in zip(operands, types) {
                secondary.append(Label(expression[operand].span, "this is \(type.words)"))
            }
        }
        var diagnostic = Diagnostic.noMatchingOverload(
            headline(function, name, candidates, types), at: function.span, operands: secondary)
        if let (note, fix) = nameInQuotes(operands) ?? remedy(id, function, name, operands, types) {
            diagnostic.notes = [note]
            diagnostic.fixIts = fix.map { [$0] } ?? []
            return diagnostic
        }
        if operands.count == 2, let fix = agreement(operands, types) ?? agreement(operands.reversed(), types.reversed())
        {
            diagnostic.fixIts = [fix]
        }
        if Operator.symbol(function.text) == nil { diagnostic.notes = usage(name, candidates) }
        return diagnostic
    }

    /// `"user.days" > 3`: the path of an attribute in quotation marks, which make a text of it; nil for anything else.
    func nameInQuotes(_ operands: [ExpressionID]) -> (note: String, fix: FixIt?)? {
        for operand in operands {
            guard case .constant(.string(let text)) = expression[operand].kind, environment.declaresField(text) else {
                continue
            }
            let fix = FixIt("leave out the marks", edits: [Edit(expression[operand].span, text)], .unsafe)
            return ("in quotation marks `\(text)` is a text, not the attribute", fix)
        }
        return nil
    }

    private func headline(
        _ function: Name, _ name: String, _ candidates: [FunctionTable.Overload], _ types: [CELType]
    ) -> String {
        switch function.text {
        case Operator.equals, Operator.notEquals, Operator.less, Operator.lessOrEqual, Operator.greater,
            Operator.greaterOrEqual:
            let symbol = Operator.symbol(function.text) ?? ""
            if types[0] == types[1] { return "`\(symbol)` cannot put \(types[0].words) in order" }
            return "`\(symbol)` cannot compare \(types[0].words) with \(types[1].words)"
        case Operator.isIn:
            if types[1].isContainer { return "`in` cannot look for \(types[0].words) in \(types[1].words)" }
            return "`in` wants a list or a map on its right, not \(types[1].words)"
        case Operator.conditional:
            if types[0] != .bool { return "`?:` wants a condition before the `?`, not \(types[0].words)" }
            return "the two results of `?:` differ: \(types[1].words) and \(types[2].words)"
        case Operator.not: return "`!` wants a condition (true or false), not \(types[0].words)"
        case Operator.negate: return "`-` cannot negate \(types[0].words)"
        case Operator.index, Operator.optionalIndex:
            return "`[]` cannot find \(types[1].words) in \(types[0].words)"
        default: break
        }
        if let symbol = Operator.symbol(function.text) {
            return "`\(symbol)` cannot take \(types[0].words) and \(types[types.count - 1].words)"
        }
        var list = ""
        for (index, type) in types.enumerated() {
            if index > 0 { list += index == types.count - 1 ? " and " : ", " }
            list += type.words
        }
        return types.isEmpty ? "`\(name)` wants an argument" : "`\(name)` cannot take \(list)"
    }

    private func usage(_ name: String, _ candidates: [FunctionTable.Overload]) -> [String] {
        let overloads = candidates.isEmpty ? environment.tables.functions[name] ?? [] : candidates
        var notes: [String] = []
        for overload in overloads.prefix(4) {
            var text = name + "("
            var parameters = overload.parameters
            if overload.isMember, !parameters.isEmpty {
                text = parameters.removeFirst().description + "." + text
            }
            for (index, parameter) in parameters.enumerated() {
                if index > 0 { text += ", " }
                text += parameter.description
            }
            notes.append("it is used as `\(text))`, which gives `\(overload.result.description)`")
        }
        return notes
    }

    /// How to make the second operand, a literal, agree with the first.
    private func agreement(_ operands: [ExpressionID], _ types: [CELType]) -> FixIt? {
        var wanted = types[0]
        if case .list(let element) = wanted { wanted = element }
        let literal = expression[operands[1]]
        guard case .constant(let value) = literal.kind else { return nil }
        switch (wanted, value) {
        case (.version, .string(let text)) where SemanticVersion(parsing: text) != nil:
            return wrap(literal.span, "semver(", ")", "make it a version")
        case (.version, .string(let text)):
            guard let version = SemanticVersion(reported: text)?.release else { return nil }
            let call = "semver(\"\(version.text)\")"
            return .write(call, at: literal.span)
        case (.version, .double), (.version, .int):
            guard let version = SemanticVersion(reported: expression.text(of: operands[1])) else { return nil }
            let call = "semver(\"\(version.text)\")"
            return .write(call, at: literal.span)
        case (.timestamp, .string(let text)) where CELTimestamp(parsing: text) != nil:
            return wrap(literal.span, "timestamp(", ")", "make it a timestamp")
        case (.timestamp, .string(let text)):
            return timestampCall(text).map { .write($0, at: literal.span) }
        case (.duration, .string(let text)) where CELDuration(parsing: text) != nil:
            return wrap(literal.span, "duration(", ")", "make it a duration")
        case (.duration, .string(let text)):
            return durationCall(text).map { .write($0, at: literal.span) }
        case (.bool, .int(let flag)) where flag == 0 || flag == 1:
            let word = flag == 0 ? "false" : "true"
            return .write(word, at: literal.span)
        case (.string, .int), (.string, .double), (.string, .bool):
            return wrap(literal.span, "\"", "\"", "make it a string")
        case (.int, .string(let text)), (.double, .string(let text)):
            guard let number = Double(text), number.isFinite, Int64(text) != nil || wanted == .double else {
                return nil
            }
            return FixIt("make it a number", edits: [Edit(literal.span, text)], .unsafe)
        case (.bool, .string("true")), (.bool, .string("false")):
            return FixIt("leave out the quotation marks", edits: [Edit(literal.span, value.stringValue ?? "")], .unsafe)
        case (.uint, .int(let number)) where number >= 0:
            return FixIt("make it unsigned", edits: [Edit(Span(at: literal.span.end), "u")], .safe)
        default: return nil
        }
    }

    func wrap(_ span: Span, _ before: String, _ after: String, _ title: String) -> FixIt {
        FixIt(title, edits: [Edit(Span(at: span.start), before), Edit(Span(at: span.end), after)], .unsafe)
    }
}

extension CELType {
    var isContainer: Bool {
        switch self {
        case .list, .map: true
        default: false
        }
    }
}
