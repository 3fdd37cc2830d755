import SourceDiagnostics

// Conditions in words: `points is greater than 3`, `unless premium`, `any(s == "a" for s in tags)`, `plan | downcase`. Each is
// read as what was meant, and reported with the way it is written here.

extension ExpressionParser {
    /// The comparison that words say at the token: `is greater than`, `at least`, `is less than or equal to`; the token is then all
    /// of them. Nil for other words.
    mutating func wordedComparison() -> String? {
        var ahead = lexer
        var words = [lowerCase(token.text)]
        var ends = [token.span.end]
        while words.count < 7 {
            let next = ahead.next()
            guard next.kind == .identifier else { break }
            words.append(lowerCase(next.text))
            ends.append(next.span.end)
        }
        var place = words[0] == "is" || words[0] == "are" ? 1 : 0
        guard place + 1 < words.count else { return nil }
        let isTwo = { (first: [String], second: String) in first.contains(words[place]) && words[place + 1] == second }
        var function: String
        if isTwo(["greater", "more", "higher", "larger", "bigger", "later", "newer"], "than") {
            function = Operator.greater
        } else if isTwo(["less", "fewer", "lower", "smaller", "earlier", "older"], "than") {
            function = Operator.less
        } else if isTwo(["at"], "least") {
            function = Operator.greaterOrEqual
        } else if isTwo(["at"], "most") {
            function = Operator.lessOrEqual
        } else if place == 1, isTwo(["equal"], "to") {
            function = Operator.equals
        } else if place == 1, words.count > 3, words[1] == "not", words[2] == "equal", words[3] == "to" {
            function = Operator.notEquals
            place += 1
        } else {
            return nil
        }
        place += 2
        if function == Operator.greater || function == Operator.less, words.count > place + 1, words[place] == "or",
            words[place + 1] == "equal"
        {
            function = function == Operator.greater ? Operator.greaterOrEqual : Operator.lessOrEqual
            place += words.count > place + 2 && words[place + 2] == "to" ? 3 : 2
        }
        let span = Span(token.span.start, ends[place - 1])
        lexer.offset = span.end
        token = Token(kind: .identifier, span: span, text: source(span.start, span.end))
        return function
    }

    /// `where a`, `when a`, `unless a`, `typeof a != "undefined"`: a condition behind a word that is no part of it; nil for anything
    /// else.
    mutating func introduced() -> ExpressionID? {
        guard token.kind == .identifier, token.span.start == 0, depth < limits.nesting else { return nil }
        var ahead = lexer
        let next = ahead.next()
        guard next.kind == .identifier, binaryOperator() == nil, !foreignOperatorWord(next.text) else { return nil }
        let word = token
        switch lowerCase(word.text) {
        case "where", "when", "only", "show": break
        case "unless": return excluded(word)
        case "typeof": return typeTest(word)
        default: return nil
        }
        advance()
        lexer.report(.leadingWord(word.text, Span(word.span.start, token.span.start)))
        return member(negative: nil)
    }

    /// `unless a`
    private mutating func excluded(_ word: Token) -> ExpressionID {
        advance()
        depth += 1
        defer { depth -= 1 }
        let start = token.span.start
        let operand = binary(0)
        let isWhole = isPrimary(operand)
        report(
            word.text, word.span, way: "write `!`",
            [Edit(Span(word.span.start, start), isWhole ? "!" : "!(")]
                + (isWhole ? [] : [Edit(Span(at: previousEnd), ")")]))
        return node(
            .call(function: Name(text: Operator.not, span: word.span), target: nil, arguments: [operand]),
            Span(word.span.start, previousEnd), [operand])
    }

    /// `typeof a != "undefined"`
    private mutating func typeTest(_ word: Token) -> ExpressionID {
        advance()
        let value = member(negative: nil)
        let way = "`has(…)` asks whether there is a value"
        let isPresent = token.kind == .notEquals
        guard case .select(let operand, let field, false) = nodes[value.index].kind,
            token.kind == .equals || token.kind == .notEquals
        else {
            report(word.text, word.span, way: way, [])
            return error(Span(word.span.start, previousEnd))
        }
        // `!==` is reported already, and is left out with the rest.
        let sign = token.span
        advance()
        lexer.diagnostics.removeAll { $0.primary.span == sign }
        guard token.kind == .literal, case .string("undefined") = token.value else {
            report(word.text, word.span, way: way, [])
            return error(Span(word.span.start, previousEnd))
        }
        advance()
        let span = Span(word.span.start, previousEnd)
        report(word.text, word.span, way: way, [Edit(span, (isPresent ? "has(" : "!has(") + text(of: value) + ")")])
        let read = node(.present(operand: operand, field: field, optional: false), span, [operand])
        return isPresent ? read : operation(Operator.not, word.span, [read], word.span.start)
    }

    // MARK: Behind a value, and in a call

    /// The method that a filter of a template is, behind its sign: `a | downcase`; nil for anything else.
    func filterMethod() -> String? {
        guard token.kind == .or, token.span.length == 1 else { return nil }
        var ahead = lexer
        let next = ahead.next()
        guard next.kind == .identifier else { return nil }
        switch next.text {
        case "downcase", "lower", "lowercase": return "lowerAscii"
        case "upcase", "upper", "uppercase": return "upperAscii"
        case "size", "length", "count": return "size"
        case "strip", "trim": return "trim"
        default: return nil
        }
    }

    /// Reads `a | downcase` behind a; the token is the sign.
    mutating func filtered(_ method: String, _ left: ExpressionID, _ start: Int) -> ExpressionID {
        let sign = token.span
        let leftEnd = previousEnd
        // As an operator with a sign too few it has been reported.
        lexer.diagnostics.removeAll { $0.primary.span == sign }
        advance()
        advance()
        let call = "." + method + "()"
        report(
            "|", sign, way: "a filter is a method: write `\(text(of: left))\(call)`",
            isPrimary(left) ? [Edit(Span(leftEnd, previousEnd), call)] : [])
        return node(
            .call(function: Name(text: method, span: sign), target: left, arguments: []), Span(start, previousEnd),
            [left])
    }

    /// `any(x > 3 for x in list)`, at the parenthesis: the macro that it is; nil for anything else.
    mutating func generator(_ name: String, _ start: Int) -> ExpressionID? {
        guard name == "any" || name == "all", depth == 1 else { return nil }
        var ahead = self
        ahead.advance()
        let body = ahead.expression()
        guard ahead.token.kind == .reserved, ahead.token.text == "for" else { return nil }
        ahead.advance()
        let variable = ahead.token
        guard ahead.take(.identifier), ahead.token.kind == .reserved, ahead.token.text == "in" else { return nil }
        ahead.advance()
        let range = ahead.expression()
        guard ahead.take(.rightParenthesis) else { return nil }
        self = ahead
        let macro: Comprehension.Macro = name == "any" ? .exists : .all
        let span = Span(start, previousEnd)
        let written = "\(text(of: range)).\(macro.name)(\(variable.text), \(text(of: body)))"
        report(
            "for", variable.span, way: "`\(macro.name)` is a method of lists",
            isPrimary(range) ? [Edit(span, written)] : [])
        let comprehension = Comprehension(
            macro: macro, range: range, variables: [Name(text: variable.text, span: variable.span)], filter: nil,
            body: body)
        return node(.comprehension(comprehension), span, [range, body])
    }
}
