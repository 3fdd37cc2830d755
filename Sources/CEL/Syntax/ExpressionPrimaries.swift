import SourceDiagnostics

// What operators stand between: names, literals, lists, maps, and what is read from them (langdef.md, "Syntax": Member and
// Primary).

extension ExpressionParser {
    mutating func member(negative: Span?) -> ExpressionID {
        let start = negative?.start ?? token.span.start
        var operand = primary(negative)
        while true {
            switch token.kind {
            case .dot:
                advance()
                operand = selection(operand, start)
            case .leftBracket:
                let open = token.span
                advance()
                let optional = take(.question)
                let key = expression()
                close(.rightBracket, "[", "]", open)
                let name = Name(
                    text: optional ? Operator.optionalIndex : Operator.index, span: Span(open.start, previousEnd))
                operand = node(
                    .call(function: name, target: nil, arguments: [operand, key]), Span(start, previousEnd),
                    [operand, key])
            case .leftBrace:
                guard let name = qualifiedName(operand) else { return operand }
                operand = object(Name(text: name, span: nodes[operand.index].span), start)
            default: return operand
            }
        }
    }

    private mutating func selection(_ operand: ExpressionID, _ start: Int) -> ExpressionID {
        let optional = take(.question)
        let field = Name(text: token.text, span: token.span)
        switch token.kind {
        case .identifier, .quotedIdentifier: advance()
        case .reserved where token.text != "in": advance()
        default:
            unexpected("the name of a field or method")
            if token.kind == .literal || token.kind == .reserved || token.kind == .invalid { advance() }
            return error(Span(start, previousEnd))
        }
        guard token.kind == .leftParenthesis, !optional else {
            return node(
                .select(operand: operand, field: field, optional: optional), Span(start, previousEnd), [operand])
        }
        let arguments = callArguments()
        return call(field, target: operand, arguments, Span(start, previousEnd))
    }

    /// The arguments of a call; the token is the opening parenthesis.
    private mutating func callArguments() -> [ExpressionID] {
        let open = token.span
        advance()
        var arguments: [ExpressionID] = []
        if take(.rightParenthesis) { return arguments }
        if let name = arrowParameter() { arguments.append(name) }
        repeat {
            arguments.append(expression())
        } while take(.comma)
        close(.rightParenthesis, "(", ")", open)
        return arguments
    }

    private mutating func primary(_ negative: Span?) -> ExpressionID {
        let start = negative?.start ?? token.span.start
        switch token.kind {
        case .literal: return literal(negative)
        case .leftParenthesis:
            let open = token.span
            advance()
            let inner = expression()
            if token.kind == .comma, open.start == listStart { return list(in: open, .rightParenthesis, inner) }
            close(.rightParenthesis, "(", ")", open)
            return inner
        case .leftBracket: return list()
        case .leftBrace: return map()
        case .dot:
            advance()
            guard token.kind == .identifier else {
                unexpected("a name")
                return error(Span(start, previousEnd))
            }
            return name("." + token.text, Span(start, token.span.end))
        case .identifier: return name(token.text, token.span)
        case .reserved where token.text != "in":
            let word = token
            advance()
            let rest = word.span.start == 0 && token.kind != .end ? token.span.start : nil
            if word.text == "if", word.span.start == 0, let choice = choice(word) { return choice }
            lexer.report(.reservedWord(word.text, word.span, rest: rest))
            lastError = word.span.start
            return error(Span(start, previousEnd))
        case .slash:
            return patternLiteral() ?? noPrimary(start)
        default: return noPrimary(start)
        }
    }

    private mutating func noPrimary(_ start: Int) -> ExpressionID {
        let isAll = token.kind == .star && token.span == Span(0, lexer.bytes.count)
        var notes = isAll ? [Checker.noteForEverybody] : []
        var fix: FixIt?
        switch token.kind {
        case .quotedIdentifier:
            notes = ["a text has straight quotation marks around it"]
            if !token.text.utf8.contains(0x22) { fix = .write("\"" + token.text + "\"", at: token.span) }
        case .and where start == 0, .or where start == 0:
            notes = ["an operator stands between two conditions"]
            var ahead = lexer
            fix = FixIt("leave it out", edits: [Edit(Span(start, ahead.next().span.start), "")], .unsafe)
        case .end where previousEnd > 0 && lexer.bytes[previousEnd - 1] == 0x25:
            notes = ["a percentage is written as the number that it is compared with, without the sign"]
            fix = FixIt("leave `%` out", edits: [Edit(Span(previousEnd - 1, previousEnd), "")], .unsafe)
        default: break
        }
        unexpected("a value", notes: notes, fix)
        switch token.kind {
        case .end, .rightParenthesis, .rightBracket, .rightBrace, .comma, .colon: break
        default: advance()
        }
        return error(Span(start, max(start, previousEnd)))
    }

    private mutating func literal(_ negative: Span?) -> ExpressionID {
        let token = token
        advance()
        let span = Span(negative?.start ?? token.span.start, token.span.end)
        switch token.value {
        case .int(let value) where negative != nil: return node(.constant(.int(-value)), span)
        case .double(let value) where negative != nil: return node(.constant(.double(-value)), span)
        case .uint(let value) where token.text == "int":
            if negative != nil, value == UInt64(Int64.max) + 1 { return node(.constant(.int(.min)), span) }
            lexer.report(.numberTooLarge("int", span))
            return error(span)
        default: return node(.constant(token.value), span)
        }
    }

    private mutating func name(_ text: String, _ span: Span) -> ExpressionID {
        advance()
        guard token.kind == .leftParenthesis else { return node(.identifier(text), span) }
        if let generated = generator(text, span.start) { return generated }
        let arguments = callArguments()
        return call(Name(text: text, span: span), target: nil, arguments, Span(span.start, previousEnd))
    }

    private mutating func list() -> ExpressionID {
        let open = token.span
        advance()
        var elements: [ListElement] = []
        while token.kind != .rightBracket, token.kind != .end {
            let optional = take(.question)
            elements.append(ListElement(value: expression(), isOptional: optional))
            if token.kind == .literal || token.kind == .identifier {
                // `["US" "CA"]`
                unexpected(
                    "`,` or `]`", FixIt("add a comma", edits: [Edit(Span(at: previousEnd), ",")], .unsafe))
                continue
            }
            guard take(.comma) else { break }
        }
        close(.rightBracket, "[", "]", open)
        return node(.list(elements), Span(open.start, previousEnd), elements.map { $0.value })
    }

    /// `if a then b else c`, behind the first word; nil for anything else.
    private mutating func choice(_ word: Token) -> ExpressionID? {
        let condition = binary(0)
        guard token.kind == .identifier, lowerCase(token.text) == "then" else { return nil }
        let then = token.span
        advance()
        let first = binary(0)
        guard token.kind == .reserved, token.text == "else" else { return nil }
        let otherwise = token.span
        advance()
        let second = expression()
        let start = nodes[condition.index].span.start
        lexer.report(
            .reservedWord(
                word.text, word.span, rest: nil,
                FixIt(
                    "write `… ? … : …`",
                    edits: [Edit(Span(word.span.start, start), ""), Edit(then, "?"), Edit(otherwise, ":")], .unsafe)))
        lastError = word.span.start
        return node(
            .call(
                function: Name(text: Operator.conditional, span: then), target: nil,
                arguments: [condition, first, second]),
            Span(word.span.start, previousEnd), [condition, first, second])
    }

    private mutating func map() -> ExpressionID {
        let open = token.span
        advance()
        var entries: [MapEntry] = []
        var children: [ExpressionID] = []
        while token.kind != .rightBrace, token.kind != .end {
            let optional = take(.question)
            let key = expression()
            if entries.isEmpty, token.kind == .comma || token.kind == .rightBrace {
                return list(in: open, .rightBrace, key)
            }
            guard take(.colon) else {
                unexpected("`:` and the value of the key")
                break
            }
            let value = expression()
            entries.append(MapEntry(key: key, value: value, isOptional: optional))
            children += [key, value]
            guard take(.comma) else { break }
        }
        close(.rightBrace, "{", "}", open)
        return node(.map(entries), Span(open.start, previousEnd), children)
    }

    /// `in ("a", "b")` and `{"a", "b"}`, as other languages have them: a list in the wrong brackets.
    private mutating func list(in open: Span, _ closing: Token.Kind, _ first: ExpressionID) -> ExpressionID {
        var elements = [ListElement(value: first, isOptional: false)]
        while take(.comma), token.kind != closing {
            elements.append(ListElement(value: expression(), isOptional: false))
        }
        if token.kind == closing { lexer.report(.wrongBrackets(open, token.span)) }
        if closing == .rightBrace { close(closing, "{", "}", open) } else { close(closing, "(", ")", open) }
        return node(.list(elements), Span(open.start, previousEnd), elements.map { $0.value })
    }

    private mutating func object(_ type: Name, _ start: Int) -> ExpressionID {
        let open = token.span
        advance()
        var fields: [FieldInitializer] = []
        while token.kind != .rightBrace, token.kind != .end {
            let optional = take(.question)
            let name = Name(text: token.text, span: token.span)
            guard [.identifier, .quotedIdentifier, .reserved].contains(token.kind), name.text != "in" else {
                unexpected("the name of a field")
                break
            }
            advance()
            guard take(.colon) else {
                unexpected("`:` and the value of the field")
                break
            }
            fields.append(FieldInitializer(name: name, value: expression(), isOptional: optional))
            guard take(.comma) else { break }
        }
        close(.rightBrace, "{", "}", open)
        return node(.object(type: type, fields: fields), Span(start, previousEnd), fields.map { $0.value })
    }

    /// `a.b.c` of a chain of plain selections; nil for anything else.
    func qualifiedName(_ id: ExpressionID) -> String? {
        switch nodes[id.index].kind {
        case .identifier(let name): return name
        case .select(let operand, let field, false):
            return qualifiedName(operand).map { $0 + "." + field.text }
        default: return nil
        }
    }
}
