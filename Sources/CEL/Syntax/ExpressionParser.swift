import ByteText
import SourceDiagnostics

/// A recursive-descent parser of the grammar in langdef.md, "Syntax".
///
/// It never gives up: where it cannot go on it reports, leaves an error node and looks for the next place to stand.
/// Its recursion is bounded by ``Limits/nesting``, and so is the height of the tree that it builds.
struct ExpressionParser {
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
    var listStart = -1
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
        var parser = ExpressionParser(
            lexer: lexer, token: first, limits: limits, macros: macros, testMacros: testMacros)
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
            if !isLost { unexpected("the end of the expression", notes: endNotes(), endFix(root)) }
            while token.kind != .end { advance() }
        }
        return root
    }

    /// Whether something was reported that the parser could not read on from as it was meant.
    private var isLost: Bool {
        lexer.diagnostics.contains { $0.severity == .error && !ExpressionParser.readOn.contains($0.id) }
    }

    private static let readOn = ["cel/operator-typo", "cel/typographic-quotes", "cel/invalid-number"]

    /// What is probably meant by a sign or word behind a whole expression.
    private func endNotes() -> [String] {
        switch token.kind {
        case .colon: ["a comparison is written with `==`, as in `user.plan == \"free\"`"]
        case .comma: ["conditions are joined with `&&` or `||`"]
        case .rightParenthesis: ["no `(` is open here"]
        case .identifier:
            switch lowerCase(token.text) {
            case "then", "else": ["`condition ? a : b` chooses one of two values"]
            default: ["two values have an operator between them, such as `==` or `&&`"]
            }
        case .reserved where token.text == "if": ["`condition ? a : b` chooses one of two values"]
        case .literal: ["two values have an operator between them, such as `==` or `&&`"]
        default: []
        }
    }

    /// What is left out or written instead, to make a whole expression of it.
    private func endFix(_ root: ExpressionID) -> FixIt? {
        var ahead = lexer
        let next = ahead.next()
        switch token.kind {
        case .rightParenthesis:
            // `a || b) && c`: what it closes is meant to be one.
            if next.kind == .and, case .call(let function, nil, _) = nodes[root.index].kind,
                function.text == Operator.or
            {
                return FixIt("add `(`", edits: [Edit(Span(at: nodes[root.index].span.start), "(")], .unsafe)
            }
            return FixIt("leave it out", edits: [Edit(token.span, "")], .unsafe)
        case .colon where next.kind == .literal || next.kind == .identifier:
            let isTight = next.span.start == token.span.end
            return FixIt(
                "write `==`", edits: [Edit(Span(previousEnd, token.span.end), isTight ? " == " : " ==")], .unsafe)
        case .literal:
            // `> 1 000`
            let before = lexer.bytes[..<previousEnd].reversed().prefix { $0.isASCIIDigit }.count
            guard case .int = token.value, token.span.length == 3, (1...3).contains(before),
                token.span.start == previousEnd + 1
            else { return nil }
            return FixIt("leave the space out", edits: [Edit(Span(previousEnd, token.span.start), "")], .unsafe)
        case .comma:
            if let fix = listFix(root) { return fix }
            // `> 1,000`
            let bytes = lexer.bytes
            let digits = bytes[..<token.span.start].reversed().prefix { $0.isASCIIDigit }.count
            guard (1...3).contains(digits), next.kind == .literal, case .int = next.value, next.span.length == 3,
                next.span.start == token.span.end
            else { return nil }
            return FixIt("leave the comma out", edits: [Edit(token.span, "")], .unsafe)
        default: return nil
        }
    }

    /// `a == "x", "y"`, at the first comma: the list of which a is to be one; nil for anything else.
    private func listFix(_ root: ExpressionID) -> FixIt? {
        guard case .call(let function, nil, let operands) = nodes[root.index].kind, function.text == Operator.equals,
            operands.count == 2, case .constant(let value) = nodes[operands[1].index].kind
        else { return nil }
        var texts = text(of: operands[1])
        var rest = self
        while rest.take(.comma) {
            guard rest.token.kind == .literal, rest.token.value.type == value.type else { return nil }
            texts += ", " + source(rest.token.span.start, rest.token.span.end)
            rest.advance()
        }
        guard rest.token.kind == .end else { return nil }
        return .write(
            text(of: operands[0]) + " in [" + texts + "]", at: Span(nodes[root.index].span.start, rest.previousEnd))
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

    mutating func tooDeep(_ span: Span) {
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

    mutating func unexpected(_ wanted: String, notes: [String] = [], _ fix: FixIt? = nil) {
        // What the lexer could not read is reported already.
        guard token.kind != .invalid, token.span.start != lastError else { return }
        lastError = token.span.start
        lexer.report(.unexpectedToken(description(token), wanted: wanted, token.span, notes: notes, fix))
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
}
