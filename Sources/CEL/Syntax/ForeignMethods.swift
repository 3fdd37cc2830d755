import SourceDiagnostics

// Operators of other languages that are methods here, or functions: `a contains b`, `a like b`, `a ?? b`, `a exists`.

extension ExpressionParser {
    /// `a contains b`: which of two it is, a text's method or a list's operator, only types can tell.
    mutating func contained(
        _ word: Token, _ left: ExpressionID, _ start: Int, _ leftEnd: Int
    ) -> ExpressionID {
        let behind = token.span.start
        let right = binary(Operator.comparisonPrecedence)
        let container = source(start, leftEnd)
        let element = source(behind, previousEnd)
        var diagnostic = Diagnostic.foreignOperator(
            word.text, word.span, way: "a text has the method `contains`, and a list the operator `in`",
            notes: ["write `\(container).contains(\(element))` for a text, `\(element) in \(container)` for a list"])
        if isPrimary(left), isPrimary(right) {
            diagnostic.fixIts = ["\(container).contains(\(element))", "\(element) in \(container)"].map {
                .write($0, at: Span(start, previousEnd))
            }
        }
        lexer.report(diagnostic)
        return error(Span(start, previousEnd))
    }

    /// `a startsWith b`, `a like b`
    mutating func method(
        _ name: String, _ word: Token, _ left: ExpressionID, _ start: Int, _ leftEnd: Int
    ) -> ExpressionID {
        let behind = token.span.start
        let right = binary(Operator.comparisonPrecedence)
        let isPattern = lowerCase(word.text).utf8.suffix(4).elementsEqual("like".utf8)
        if isPattern, case .constant(.string(let pattern)) = nodes[right.index].kind,
            let (method, text) = likePattern(pattern), isPrimary(left)
        {
            let written = method.map { ".\($0)(\"\(text)\")" } ?? " == \"\(text)\""
            report(
                word.text, word.span, way: "write `\(source(start, leftEnd))\(written)`",
                [Edit(Span(leftEnd, previousEnd), written)])
            let value = node(.constant(.string(text)), nodes[right.index].span)
            let function = Name(text: method ?? Operator.equals, span: word.span)
            return node(
                .call(
                    function: function, target: method == nil ? nil : left,
                    arguments: method == nil ? [left, value] : [value]), Span(start, previousEnd), [left, value])
        }
        // What `like` means is no regular expression.
        let isCertain = isPrimary(left) && !isPattern && behind < previousEnd
        report(
            word.text, word.span, way: "`\(name)` is a method: write `\(source(start, leftEnd)).\(name)(…)`",
            isCertain ? [Edit(Span(leftEnd, behind), "." + name + "("), Edit(Span(at: previousEnd), ")")] : [])
        return node(
            .call(function: Name(text: name, span: word.span), target: left, arguments: [right]),
            Span(start, previousEnd), [left, right])
    }

    /// What SQL's `like` asks with such a pattern: the method, nil for an equality, and its text; nil for another pattern.
    private func likePattern(_ pattern: String) -> (method: String?, text: String)? {
        let bytes = Array(pattern.utf8)
        let isOpen = (start: bytes.first == 0x25, end: bytes.count > 1 && bytes.last == 0x25)
        let inner = bytes.dropFirst(isOpen.start ? 1 : 0).dropLast(isOpen.end ? 1 : 0)
        guard !inner.isEmpty, !inner.contains(where: { [0x22, 0x25, 0x5C, 0x5F].contains($0) }) else { return nil }
        let text = String(decoding: inner, as: UTF8.self)
        switch isOpen {
        case (true, true): return ("contains", text)
        case (true, false): return ("endsWith", text)
        case (false, true): return ("startsWith", text)
        case (false, false): return (nil, text)
        }
    }

    /// `a ?? b`
    mutating func fallback(
        _ word: Token, _ left: ExpressionID, _ start: Int, _ leftEnd: Int
    ) -> ExpressionID {
        let behind = token.span.start
        let right = member(negative: nil)
        let way = "`orValue` gives a default: write `user.?name.orValue(…)`"
        guard case .select(let operand, let field, false) = nodes[left.index].kind else {
            report(word.text, word.span, way: way, [])
            return error(Span(start, previousEnd))
        }
        report(
            word.text, word.span, way: way,
            [
                Edit(Span(at: field.span.start), "?"), Edit(Span(leftEnd, behind), ".orValue("),
                Edit(Span(at: previousEnd), ")"),
            ])
        let read = node(.select(operand: operand, field: field, optional: true), Span(start, leftEnd), [operand])
        return node(
            .call(function: Name(text: "orValue", span: word.span), target: read, arguments: [right]),
            Span(start, previousEnd), [read, right])
    }

    /// `a xor b`
    mutating func exclusive(
        _ word: Token, _ left: ExpressionID, _ start: Int, _ leftEnd: Int
    ) -> ExpressionID {
        let behind = token.span.start
        let right = binary(Operator.comparisonPrecedence - 1)
        let sides = [(left, start, leftEnd), (right, behind, previousEnd)].map { id, start, end in
            isPrimary(id) ? source(start, end) : "(" + source(start, end) + ")"
        }
        report(
            word.text, word.span, way: "that one of two conditions holds, and not both, is written `a != b`",
            behind < previousEnd ? [Edit(Span(start, previousEnd), sides[0] + " != " + sides[1])] : [])
        return operation(Operator.notEquals, word.span, [left, right], start)
    }

    /// `a exists`, `a is defined`: whether there is a value.
    mutating func presence(
        _ word: Token, _ span: Span, _ left: ExpressionID, _ start: Int, isPresent: Bool
    ) -> ExpressionID {
        let written = String(decoding: lexer.bytes[span.start..<span.end], as: UTF8.self)
        let way = "`has(…)` asks whether there is a value"
        guard case .select(let operand, let field, false) = nodes[left.index].kind else {
            report(written, span, way: way, [])
            return error(Span(start, previousEnd))
        }
        let test = (isPresent ? "has(" : "!has(") + text(of: left) + ")"
        report(written, span, way: way, [Edit(Span(start, previousEnd), test)])
        let read = node(.present(operand: operand, field: field, optional: false), Span(start, previousEnd), [operand])
        return isPresent ? read : operation(Operator.not, span, [read], start)
    }
}
