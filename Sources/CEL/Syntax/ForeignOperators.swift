import ByteText
import SourceDiagnostics

// Operators as other languages write them: `not a`, `a is b`, `a startsWith b`. Each is read as what was meant, so that
// the rest of the expression is read too, and reported with the way it is written here.

/// What a word between two values stands for.
enum ForeignOperator {
    /// An operator with the specification's name, such as `_==_`.
    case comparison(String)
    /// A method of texts.
    case method(String)
    /// `a contains b`: of a text a method, of a list the operator `in`.
    case contains
    case between
    case notIn
    /// `a ?? b`
    case fallback
    /// `a xor b`
    case exclusive
    /// `a exists`
    case presence
}

extension ExpressionParser {
    /// What the word at the token stands for behind a value; nil for anything else.
    mutating func foreignOperator() -> ForeignOperator? {
        if token.kind == .not { return isBeforeIn ? .notIn : nil }
        guard token.kind == .identifier else { return nil }
        if let function = wordedComparison() { return .comparison(function) }
        switch lowerCase(token.text) {
        case "??": return .fallback
        case "xor": return .exclusive
        case "mod": return .comparison(Operator.modulo)
        case "exists", "isset", "defined": return isLastOfCondition ? .presence : nil
        case "is", "equals", "eq": return .comparison(Operator.equals)
        case "isnt", "ne", "neq": return .comparison(Operator.notEquals)
        case "lt": return .comparison(Operator.less)
        case "le", "lte": return .comparison(Operator.lessOrEqual)
        case "gt": return .comparison(Operator.greater)
        case "ge", "gte": return .comparison(Operator.greaterOrEqual)
        case "startswith", "starts_with": return .method("startsWith")
        case "endswith", "ends_with": return .method("endsWith")
        case "matches", "=~", "~=", "~", "like", "ilike", "rlike", "regexp": return .method("matches")
        case "contains", "includes", "has": return .contains
        case "between": return .between
        case "not": return isBeforeIn ? .notIn : nil
        default: return nil
        }
    }

    /// Whether `in` is the next token.
    private var isBeforeIn: Bool {
        var ahead = lexer
        let next = ahead.next()
        return next.kind == .reserved && next.text == "in" || next.kind == .identifier && lowerCase(next.text) == "in"
    }

    /// Whether a condition may end behind the token.
    private var isLastOfCondition: Bool {
        var ahead = lexer
        let next = ahead.next()
        return [.end, .and, .or, .rightParenthesis].contains(next.kind)
            || next.kind == .identifier && ["and", "or"].contains(lowerCase(next.text))
    }

    /// Reads the rest of `left WORD right`; the token is the word.
    mutating func foreign(_ meaning: ForeignOperator, _ left: ExpressionID, _ start: Int) -> ExpressionID {
        let word = token
        let leftEnd = previousEnd
        advance()
        switch meaning {
        case .comparison(let function): return comparison(function, word, left, start)
        case .notIn:
            let keyword = token.span
            advance()
            listStart = token.span.start
            let right = binary(Operator.comparisonPrecedence)
            report(
                "not in", word.span.union(keyword), way: "write `!(a in b)`",
                [
                    Edit(Span(at: start), "!("), Edit(word.span.union(keyword), "in"),
                    Edit(Span(at: previousEnd), ")"),
                ])
            let list = operation(Operator.isIn, keyword, [left, right], start)
            return node(
                .call(function: Name(text: Operator.not, span: word.span), target: nil, arguments: [list]),
                Span(start, previousEnd), [list])
        case .between: return range(word, left, start, leftEnd)
        case .contains: return contained(word, left, start, leftEnd)
        case .method(let name): return method(name, word, left, start, leftEnd)
        case .fallback: return fallback(word, left, start, leftEnd)
        case .exclusive: return exclusive(word, left, start, leftEnd)
        case .presence: return presence(word, word.span, left, start, isPresent: true)
        }
    }

    /// `a is b`, `a is not b`, `a is null`, `a is in b`.
    private mutating func comparison(
        _ function: String, _ word: Token, _ left: ExpressionID, _ start: Int
    ) -> ExpressionID {
        var function = function
        var span = word.span
        if function == Operator.equals, token.kind == .identifier, lowerCase(token.text) == "not" {
            function = Operator.notEquals
            span = span.union(token.span)
            advance()
        }
        if function == Operator.equals, token.kind == .reserved, token.text == "in" {
            function = Operator.isIn
            span = span.union(token.span)
            advance()
        }
        if function == Operator.equals || function == Operator.notEquals, word.text != "==", token.kind == .identifier,
            let isSet = ExpressionParser.wordsForPresence[lowerCase(token.text)], isLastOfCondition
        {
            advance()
            return presence(word, span, left, start, isPresent: isSet == (function == Operator.equals))
        }
        let isNull = isNothing(token)
        let right = binary(Operator.comparisonPrecedence)
        let symbol = Operator.symbol(function) ?? function
        let written = String(decoding: lexer.bytes[span.start..<span.end], as: UTF8.self)
        if isNull, case .select(_, _, false) = nodes[left.index].kind {
            return presence(word, span, left, start, isPresent: function == Operator.notEquals)
        }
        report(written, span, way: "write `\(symbol)`", [Edit(span, symbol)])
        return operation(function, span, [left, right], start)
    }

    /// `a between b and c`.
    private mutating func range(
        _ word: Token, _ left: ExpressionID, _ start: Int, _ leftEnd: Int
    ) -> ExpressionID {
        let first = token.span.start
        let low = binary(Operator.comparisonPrecedence)
        let value = source(start, leftEnd)
        guard token.kind == .and || token.kind == .identifier && lowerCase(token.text) == "and" else {
            report(word.text, word.span, way: "write `\(value) >= a && \(value) <= b`", [])
            return error(Span(start, previousEnd))
        }
        let lowText = source(first, previousEnd)
        advance()
        let second = token.span.start
        let high = binary(Operator.comparisonPrecedence)
        let written = "\(value) >= \(lowText) && \(value) <= \(source(second, previousEnd))"
        report(word.text, word.span, way: "write two comparisons", [Edit(Span(start, previousEnd), written)])
        let bounds = [
            operation(Operator.greaterOrEqual, word.span, [left, low], start),
            operation(Operator.lessOrEqual, word.span, [left, high], start),
        ]
        return operation(Operator.and, word.span, bounds, start)
    }

    // MARK: Before a value

    /// `not a`, at a token that may be the word; nil for anything else.
    mutating func negation() -> ExpressionID? {
        guard token.kind == .identifier, token.span.length == 3, lowerCase(token.text) == "not", depth < limits.nesting
        else { return nil }
        var ahead = lexer
        let next = ahead.next()
        switch next.kind {
        case .identifier where foreignOperatorWord(next.text): return nil
        case .identifier, .literal, .leftParenthesis, .not: break
        default: return nil
        }
        depth += 1
        defer { depth -= 1 }
        let word = token
        advance()
        let first = token
        // As everywhere where there is such a word, it binds less than a comparison.
        let operand = binary(Operator.comparisonPrecedence - 1)
        let isInParentheses = first.kind == .leftParenthesis && nodes[operand.index].span.start > first.span.start
        let isWhole = isInParentheses || first.kind != .leftParenthesis && isPrimary(operand)
        let before = Edit(Span(word.span.start, first.span.start), isWhole ? "!" : "!(")
        report(word.text, word.span, way: "write `!`", [before] + (isWhole ? [] : [Edit(Span(at: previousEnd), ")")]))
        return node(
            .call(function: Name(text: Operator.not, span: word.span), target: nil, arguments: [operand]),
            Span(word.span.start, previousEnd), [operand])
    }

    func foreignOperatorWord(_ text: String) -> Bool {
        switch text {
        case "and", "or", "AND", "OR", "is": true
        default: false
        }
    }

    /// `/^a/` at a slash where a value is to stand; nil when nothing closes it.
    mutating func patternLiteral() -> ExpressionID? {
        let start = token.span.start
        var end = start + 1
        let bytes = lexer.bytes
        while end < bytes.count, bytes[end] != 0x2F, bytes[end] != 0x0A { end += bytes[end] == 0x5C ? 2 : 1 }
        guard end < bytes.count, bytes[end] == 0x2F, end > start + 1 else { return nil }
        let body = bytes[(start + 1)..<end]
        end += 1
        let flags = end
        while end < bytes.count, isIdentifierByte(bytes[end]) { end += 1 }
        var text = String(decoding: body, as: UTF8.self)
        let isPlain = !body.contains(0x22) && !body.contains(0x5C)
        if bytes[flags..<end].contains(0x69) { text = "(?i)" + text }
        let span = Span(start, end)
        lexer.report(.patternLiteral(span, text: body.contains(0x22) ? nil : (isPlain ? "\"" : "r\"") + text + "\""))
        lexer.offset = end
        advance()
        previousEnd = end
        return node(.constant(.string(text)), span)
    }

    /// `x => …` or `x -> …` as the first argument of a macro: the name, with the arrow read as the comma.
    mutating func arrowParameter() -> ExpressionID? {
        guard token.kind == .identifier else { return nil }
        let bytes = lexer.bytes
        var arrow = token.span.end
        while arrow < bytes.count, bytes[arrow] == 0x20 { arrow += 1 }
        guard arrow + 1 < bytes.count, bytes[arrow] == 0x3D || bytes[arrow] == 0x2D, bytes[arrow + 1] == 0x3E else {
            return nil
        }
        let name = token
        let span = Span(arrow, arrow + 2)
        report(
            String(decoding: bytes[arrow..<(arrow + 2)], as: UTF8.self), span,
            way: "write a name, a comma and a condition, as in `list.exists(x, x > 0)`",
            [Edit(Span(name.span.end, arrow + 2), ",")])
        lexer.offset = arrow + 2
        advance()
        return node(.identifier(name.text), name.span)
    }

    // MARK: Support

    /// `a > 1 && < 2`, at the second operator: the comparison that was meant, with the value of the first.
    mutating func sameSubject(as left: ExpressionID) -> ExpressionID? {
        guard let (function, precedence) = binaryOperator(), precedence == Operator.comparisonPrecedence,
            function != Operator.isIn, case .call(_, nil, let operands) = nodes[left.index].kind,
            let subject = operands.last.flatMap({ comparisonSubject($0) }) ?? comparisonSubject(left)
        else { return nil }
        let sign = token
        var diagnostic = Diagnostic.unexpectedToken(description(sign), wanted: "a value", sign.span)
        diagnostic.notes = ["each side is a whole condition, which names its value again"]
        diagnostic.fixIts = [
            FixIt(
                "write `\(text(of: subject))` again", edits: [Edit(Span(at: sign.span.start), text(of: subject) + " ")],
                .unsafe)
        ]
        lexer.report(diagnostic)
        advance()
        let right = binary(Operator.comparisonPrecedence)
        return operation(function, sign.span, [subject, right], sign.span.start)
    }

    /// What the comparison `id` compares; nil when it is none.
    private func comparisonSubject(_ id: ExpressionID) -> ExpressionID? {
        guard case .call(let function, nil, let operands) = nodes[id.index].kind, operands.count == 2 else {
            return nil
        }
        switch function.text {
        case Operator.equals, Operator.notEquals, Operator.less, Operator.lessOrEqual, Operator.greater,
            Operator.greaterOrEqual:
            return operands[0]
        default: return nil
        }
    }

    /// `a == "x" or "y"`: the edit that makes the text a comparison of its own; nil where that is not what is written.
    func comparedText(_ left: ExpressionID, _ right: ExpressionID) -> Edit? {
        guard case .constant(.string) = nodes[right.index].kind, let subject = comparisonSubject(left) else {
            return nil
        }
        return Edit(Span(at: nodes[right.index].span.start), text(of: subject) + " == ")
    }

    mutating func report(_ written: String, _ span: Span, way: String, _ edits: [Edit]) {
        let fix = edits.isEmpty ? nil : FixIt("write it as CEL does", edits: edits, .unsafe)
        let notes =
            written == "like" && edits.isEmpty
            ? ["`matches` takes a regular expression, in which `.*` stands for what is `%` in SQL"] : []
        lexer.report(.foreignOperator(written, span, way: way, fix, notes: notes))
    }

    mutating func operation(
        _ function: String, _ span: Span, _ operands: [ExpressionID], _ start: Int
    ) -> ExpressionID {
        node(
            .call(function: Name(text: function, span: span), target: nil, arguments: operands),
            Span(start, previousEnd), operands)
    }

    /// Whether the node is no operation between values, so that `!` or a method can be put to its text as it stands.
    func isPrimary(_ id: ExpressionID) -> Bool {
        switch nodes[id.index].kind {
        case .call(let function, _, _):
            return Operator.symbol(function.text) == nil || function.text == Operator.index
                || function.text == Operator.optionalIndex
        case .error: return false
        default: return true
        }
    }

    /// What is said of a value in other languages, and whether it says that there is one.
    private static let wordsForPresence = [
        "defined": true, "set": true, "present": true, "given": true, "known": true, "undefined": false, "unset": false,
        "absent": false, "missing": false, "unknown": false,
    ]

    private func isNothing(_ token: Token) -> Bool {
        if token.kind == .literal, case .null = token.value { return true }
        return token.kind == .identifier && Checker.wordsForNothing.contains(token.text)
    }

    func source(_ start: Int, _ end: Int) -> String {
        String(decoding: lexer.bytes[start..<max(start, end)], as: UTF8.self)
    }

    func text(of id: ExpressionID) -> String {
        source(nodes[id.index].span.start, nodes[id.index].span.end)
    }
}

/// ASCII letters in lower case.
func lowerCase(_ text: String) -> String {
    String(asciiLowercasing: text.utf8)
}
