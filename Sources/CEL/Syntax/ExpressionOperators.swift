import SourceDiagnostics

// Operators, from the conditional down to signs (langdef.md, "Syntax": Expr to Unary).

extension ExpressionParser {
    mutating func expression() -> ExpressionID {
        guard depth < limits.nesting else {
            let start = token.span.start
            tooDeep(token.span)
            skipNested()
            return error(Span(start, max(start, previousEnd)))
        }
        depth += 1
        defer { depth -= 1 }
        let start = token.span.start
        let condition = binary(0)
        guard token.kind == .question else { return condition }
        let operatorSpan = token.span
        advance()
        let then = binary(0)
        guard take(.colon) else {
            if token.kind != .invalid, token.span.start != lastError {
                unexpected("`:` and the other value")
            }
            return error(Span(start, previousEnd))
        }
        let otherwise = expression()
        return node(
            .call(
                function: Name(text: Operator.conditional, span: operatorSpan), target: nil,
                arguments: [condition, then, otherwise]),
            Span(start, previousEnd), [condition, then, otherwise])
    }

    /// Leaves what is nested too deeply, without recursion.
    private mutating func skipNested() {
        var open = 0
        while token.kind != .end {
            switch token.kind {
            case .leftParenthesis, .leftBracket, .leftBrace: open += 1
            case .rightParenthesis, .rightBracket, .rightBrace:
                if open == 0 { return }
                open -= 1
            case .comma, .colon: if open == 0 { return }
            default: break
            }
            advance()
        }
    }

    /// The binary operator at the token: its function and precedence, from `||` (1) to `*` (5).
    func binaryOperator() -> (function: String, precedence: Int)? {
        switch token.kind {
        case .or: (Operator.or, 1)
        case .and: (Operator.and, 2)
        case .equals: (Operator.equals, 3)
        case .notEquals: (Operator.notEquals, 3)
        case .less: (Operator.less, 3)
        case .lessOrEqual: (Operator.lessOrEqual, 3)
        case .greater: (Operator.greater, 3)
        case .greaterOrEqual: (Operator.greaterOrEqual, 3)
        case .reserved where token.text == "in": (Operator.isIn, 3)
        case .plus: (Operator.add, 4)
        case .minus: (Operator.subtract, 4)
        case .star: (Operator.multiply, 5)
        case .slash: (Operator.divide, 5)
        case .percent: (Operator.modulo, 5)
        case .identifier: wordOperator()
        default: nil
        }
    }

    /// `and`, `or` as other languages write them; reported when taken.
    private func wordOperator() -> (function: String, precedence: Int)? {
        switch token.text {
        case "or", "OR", "Or": (Operator.or, 1)
        case "and", "AND", "And": (Operator.and, 2)
        case "IN", "In": (Operator.isIn, 3)
        default: nil
        }
    }

    mutating func binary(_ minimum: Int) -> ExpressionID {
        let start = token.span.start
        var left = unary()
        while true {
            if let method = filterMethod() {
                left = filtered(method, left, start)
                continue
            }
            if minimum < Operator.comparisonPrecedence, let meaning = foreignOperator() {
                left = foreign(meaning, left, start)
                continue
            }
            guard let (function, precedence) = binaryOperator(), precedence > minimum else { return left }
            let name = Name(text: function, span: token.span)
            var operands = [left]
            operands.append(operand(of: function, precedence, after: left))
            if precedence <= 2 {
                // `a && b && c` is one node: a long condition is no deep tree.
                while let next = binaryOperator(), next.function == function {
                    operands.append(operand(of: function, precedence, after: operands[operands.count - 1]))
                }
            }
            left = node(
                .call(function: name, target: nil, arguments: operands), Span(start, previousEnd), operands)
        }
    }

    /// Takes the operator at the token and what follows it.
    private mutating func operand(of function: String, _ precedence: Int, after left: ExpressionID) -> ExpressionID {
        let sign = token
        advance()
        if function == Operator.isIn { listStart = token.span.start }
        if token.kind == .end, function == Operator.and || function == Operator.or {
            let before = nodes[left.index].span.end
            unexpected(
                "a condition",
                FixIt("leave out what nothing follows", edits: [Edit(Span(before, sign.span.end), "")], .unsafe))
            return error(Span(at: sign.span.end))
        }
        let right: ExpressionID
        if precedence < Operator.comparisonPrecedence, let same = sameSubject(as: left) {
            right = same
        } else {
            right = binary(precedence)
        }
        if function == Operator.isIn, token.kind == .comma, depth == 1, let list = listWithoutBrackets(right) {
            return list
        }
        if sign.kind == .identifier { reportWord(sign, function, left, right) }
        return right
    }

    /// `in "a", "b"`, at the first comma: the list that is meant; nil where the first is no text or name.
    private mutating func listWithoutBrackets(_ first: ExpressionID) -> ExpressionID? {
        switch nodes[first.index].kind {
        case .constant, .identifier: break
        default: return nil
        }
        var elements = [ListElement(value: first, isOptional: false)]
        while take(.comma) {
            elements.append(ListElement(value: binary(Operator.comparisonPrecedence), isOptional: false))
        }
        let span = Span(nodes[first.index].span.start, previousEnd)
        lexer.report(.listWithoutBrackets(span))
        return node(.list(elements), span, elements.map { $0.value })
    }

    /// `and`, `or` and `IN`, whose meaning is certain.
    private mutating func reportWord(_ word: Token, _ function: String, _ left: ExpressionID, _ right: ExpressionID) {
        var diagnostic = Diagnostic.operatorTypo(word.text, Operator.symbol(function) ?? function, word.span)
        if function == Operator.or, let edit = comparedText(left, right) {
            diagnostic.notes = ["each side of `||` is a whole condition"]
            diagnostic.fixIts = [FixIt("write a whole condition", edits: [Edit(word.span, "||"), edit], .unsafe)]
        }
        lexer.report(diagnostic)
    }

    private mutating func unary() -> ExpressionID {
        guard token.kind == .not || token.kind == .minus else {
            return negation() ?? introduced() ?? member(negative: nil)
        }
        let kind = token.kind
        var operators: [Span] = []
        while token.kind == kind {
            operators.append(token.span)
            advance()
        }
        var negative: Span?
        if kind == .minus, isNumber(token) { negative = operators.removeLast() }
        if kind == .not, token.kind == .minus {
            let sign = token.span
            advance()
            if isNumber(token) { negative = sign } else { unexpected("a number behind `!-`") }
        }
        var operand = member(negative: negative)
        for span in operators.reversed() {
            let function = kind == .not ? Operator.not : Operator.negate
            operand = node(
                .call(function: Name(text: function, span: span), target: nil, arguments: [operand]),
                Span(span.start, previousEnd), [operand])
        }
        return operand
    }

    private func isNumber(_ token: Token) -> Bool {
        guard token.kind == .literal else { return false }
        switch token.value {
        case .int, .double: return true
        case .uint: return token.text == "int"
        default: return false
        }
    }
}
