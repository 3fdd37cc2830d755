import SourceDiagnostics

/// A recursive-descent parser of the grammar in langdef.md, "Syntax".
///
/// It never gives up: where it cannot go on it reports, leaves an error node and looks for the next place to stand.
/// Its recursion is bounded by ``Limits/nesting``, and so is the height of the tree that it builds.
struct Parser {
    var lexer: Lexer
    var token: Token
    /// Where the last token that was taken ends.
    var previousEnd = 0
    var nodes: [ExpressionNode] = []
    var depth = 0
    var reportedDepth = false
    /// Offset of the last syntax error, to report one per place.
    var lastError = -1
    /// Where the value behind the last `in` begins.
    private var listStart = -1
    let limits: Limits
    let macros: Bool
    let testMacros: Bool

    static func parse(_ source: String, limits: Limits, macros: Bool, testMacros: Bool) -> (Expression, [Diagnostic]) {
        let bytes = Array(source.utf8)
        guard bytes.count <= limits.expressionBytes else {
            let node = ExpressionNode(kind: .error, span: Span(0, bytes.count), height: 1)
            let diagnostic = Diagnostic.tooLong(bytes.count, limit: limits.expressionBytes)
            return (Expression(source: "", nodes: [node], root: ExpressionID(index: 0), hasErrors: true), [diagnostic])
        }
        var lexer = Lexer(bytes)
        let first = lexer.next()
        var parser = Parser(lexer: lexer, token: first, limits: limits, macros: macros, testMacros: testMacros)
        let root = parser.whole()
        let diagnostics = parser.lexer.diagnostics.sorted(by: Diagnostic.precedes)
        let failed = diagnostics.contains { $0.severity == .error }
        return (Expression(source: source, nodes: parser.nodes, root: root, hasErrors: failed), diagnostics)
    }

    init(lexer: Lexer, token: Token, limits: Limits, macros: Bool, testMacros: Bool) {
        self.lexer = lexer
        self.token = token
        self.limits = limits
        self.macros = macros
        self.testMacros = testMacros
    }

    private mutating func whole() -> ExpressionID {
        if token.kind == .end {
            lexer.report(.emptyExpression(Span(0, lexer.bytes.count)))
            return error(Span(0, lexer.bytes.count))
        }
        let root = expression()
        if token.kind != .end {
            // After what could not be read, the rest is no diagnostic of its own.
            if !isLost { unexpected("the end of the expression", notes: endNotes()) }
            while token.kind != .end { advance() }
        }
        return root
    }

    /// Whether something was reported that the parser could not read on from as it was meant.
    private var isLost: Bool {
        lexer.diagnostics.contains { $0.severity == .error && !Parser.readOn.contains($0.id) }
    }

    private static let readOn = ["cel/operator-typo", "cel/typographic-quotes", "cel/invalid-number"]

    /// What is probably meant by a sign or word behind a whole expression.
    private func endNotes() -> [String] {
        switch token.kind {
        case .colon: ["a comparison is written with `==`, as in `user.plan == \"free\"`"]
        case .comma: ["conditions are joined with `&&` or `||`"]
        case .identifier:
            switch lowerCase(token.text) {
            case "then", "else": ["`condition ? a : b` chooses one of two values"]
            case "xor": ["that one of two conditions holds, and not both, is written `a != b`"]
            default: ["two values have an operator between them, such as `==` or `&&`"]
            }
        case .literal: ["two values have an operator between them, such as `==` or `&&`"]
        default: []
        }
    }

    // MARK: Nodes

    mutating func node(_ kind: ExpressionNode.Kind, _ span: Span, _ children: [ExpressionID] = []) -> ExpressionID {
        var height = 1
        for child in children { height = max(height, nodes[child.index].height + 1) }
        if height > limits.nesting {
            tooDeep(span)
            return error(span)
        }
        nodes.append(ExpressionNode(kind: kind, span: span, height: height))
        return ExpressionID(index: nodes.count - 1)
    }

    mutating func error(_ span: Span) -> ExpressionID {
        nodes.append(ExpressionNode(kind: .error, span: span, height: 1))
        return ExpressionID(index: nodes.count - 1)
    }

    private mutating func tooDeep(_ span: Span) {
        if !reportedDepth { lexer.report(.nestedTooDeeply(limits.nesting, span)) }
        reportedDepth = true
    }

    // MARK: Tokens

    mutating func advance() {
        previousEnd = token.span.end
        token = lexer.next()
    }

    mutating func take(_ kind: Token.Kind) -> Bool {
        guard token.kind == kind else { return false }
        advance()
        return true
    }

    mutating func unexpected(_ wanted: String, notes: [String] = []) {
        // What the lexer could not read is reported already.
        guard token.kind != .invalid, token.span.start != lastError else { return }
        lastError = token.span.start
        lexer.report(.unexpectedToken(description(token), wanted: wanted, token.span, notes: notes))
    }

    func description(_ token: Token) -> String {
        guard token.kind != .end else { return "the end of the expression" }
        return "`" + String(decoding: lexer.bytes[token.span.start..<token.span.end], as: UTF8.self) + "`"
    }

    /// Takes the closing bracket, or reports that it is missing.
    mutating func close(_ kind: Token.Kind, _ opening: String, _ closing: String, _ open: Span) {
        if take(kind) { return }
        if token.kind != .invalid, token.span.start != lastError {
            lastError = token.span.start
            lexer.report(.unclosed(opening, closing, open, found: description(token), token.span))
        }
        // Skip what cannot be read, up to a bracket that closes this or an outer one.
        while ![.end, .rightParenthesis, .rightBracket, .rightBrace].contains(token.kind) { advance() }
        _ = take(kind)
    }

    // MARK: Grammar

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
        let right: ExpressionID
        if precedence < Operator.comparisonPrecedence, let same = sameSubject(as: left) {
            right = same
        } else {
            right = binary(precedence)
        }
        if sign.kind == .identifier { reportWord(sign, function, left, right) }
        return right
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
        guard token.kind == .not || token.kind == .minus else { return negation() ?? member(negative: nil) }
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

    private mutating func member(negative: Span?) -> ExpressionID {
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
            let isBegin = word.span.start == 0 && token.kind != .end
            lexer.report(.reservedWord(word.text, word.span, rest: isBegin ? token.span.start : nil))
            lastError = word.span.start
            return error(Span(start, previousEnd))
        case .slash:
            return patternLiteral() ?? noPrimary(start)
        default: return noPrimary(start)
        }
    }

    private mutating func noPrimary(_ start: Int) -> ExpressionID {
        let isAll = token.kind == .star && token.span == Span(0, lexer.bytes.count)
        unexpected("a value", notes: isAll ? [Checker.noteForEverybody] : [])
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
            guard take(.comma) else { break }
        }
        close(.rightBracket, "[", "]", open)
        return node(.list(elements), Span(open.start, previousEnd), elements.map { $0.value })
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
