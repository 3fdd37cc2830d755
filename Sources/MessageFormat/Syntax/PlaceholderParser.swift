import ByteText
import SourceDiagnostics

extension Parser {
    /// Parses the placeholder whose `{` is at the current offset, and moves behind it.
    ///
    /// Nil when it is not one; then a diagnostic says why, and the offset is where to go on.
    mutating func placeholder() -> Placeholder? {
        let start = offset
        let known = diagnostics.count
        offset += 1
        skipSpace()
        let result: Placeholder?
        switch current {
        case 0x23?, 0x2F?: result = markup(from: start).map { .markup($0) }
        case nil:
            report(unclosedPlaceholder(from: start))
            result = nil
        case 0x7D?:
            report(.emptyPlaceholder(at: Span(start, offset + 1)))
            offset += 1
            return nil
        default: result = expression(from: start).map { .expression($0) }
        }
        if result == nil { offset = recover(from: start, reported: diagnostics.count > known) }
        return result
    }

    /// Parses what must be an expression whose `{` is at the current offset.
    mutating func bracedExpression() -> Expression? {
        let start = offset
        switch placeholder() {
        case .expression(let expression)?: return expression
        case .markup(let markup)?:
            report(.malformedDeclaration(at: markup.place.span, "markup cannot be the value of a declaration"))
            return nil
        case nil:
            offset = max(offset, start + 1)
            return nil
        }
    }

    private mutating func expression(from start: Int) -> Expression? {
        var operand: Operand?
        switch current {
        case 0x24?:
            guard let variable = variable() else { return nil }
            operand = .variable(variable)
        case 0x3A?: break
        default:
            guard atLiteral else {
                let closing = matchingBrace(from: start)
                if let closing, holdsPlaceholder(from: start, to: closing) {
                    report(.doubledBraces(Span(start, closing + 1)))
                } else {
                    let isName = closing.map { holdsName(from: start + 1, to: $0) } ?? false
                    report(.invalidPlaceholder(at: start, closing: closing, found: currentSpan, isName: isName))
                }
                return nil
            }
            guard let literal = literal() else { return nil }
            operand = .literal(literal)
        }
        var function: FunctionReference?
        let behindOperand = offset
        let spaced = skipSpace() || operand == nil
        if current == 0x3A {
            // A space behind the `:` is a diagnostic of its own, which a space before it does not correct.
            if !spaced, !isSpaceBehindColon, byte(at: offset + 1) != 0x7D { reportMissingSpace() }
            guard let reference = functionReference(isSpaced: spaced) else { return nil }
            function = reference
        } else {
            // The attributes ask for the white space again.
            offset = behindOperand
        }
        guard let attributes = attributes() else { return nil }
        guard closePlaceholder(from: start) else { return nil }
        return Expression(operand, function: function, attributes: attributes, place: Place(Span(start, offset)))
    }

    /// Parses a variable at its `$`.
    mutating func variable() -> VariableReference? {
        let start = offset
        offset += 1
        guard let name = name() else {
            report(.invalidName(at: Span(start, offset + currentLength), after: "$", "a variable", signTooMany(start)))
            return nil
        }
        return VariableReference(name.value, place: Place(Span(start, name.span.end)))
    }

    /// - Parameter isSpaced: whether white space stands before it.
    private mutating func functionReference(isSpaced: Bool) -> FunctionReference? {
        let start = offset
        offset += 1
        guard let name = identifier() else {
            report(
                .invalidName(
                    at: Span(start, offset + currentLength), after: ":", "a function",
                    spacedFunction(at: start, isSpaced: isSpaced)))
            return nil
        }
        guard let options = options() else { return nil }
        let end = options.last?.place.span.end ?? name.span.end
        return FunctionReference(
            name.value, options: options, place: Place(Span(start, end)), namePlace: Place(Span(start, name.span.end)))
    }

    private mutating func markup(from start: Int) -> Markup? {
        let sigil = offset
        let isClose = current == 0x2F
        offset += 1
        guard let name = identifier() else {
            let sign = isClose ? "/" : "#"
            report(.invalidName(at: Span(sigil, offset + currentLength), after: sign, "markup", signTooMany(sigil)))
            return nil
        }
        guard let options = options(), let attributes = attributes() else { return nil }
        skipSpace()
        var kind: Markup.Kind = isClose ? .close : .open
        if current == 0x2F, !isClose {
            offset += 1
            kind = .standalone
            // Nothing stands between ‘/’ and ‘}’.
            if trivia(at: offset).length > 0 {
                report(.unexpectedInPlaceholder(at: currentSpan, found: string(currentSpan)))
                return nil
            }
        }
        guard closePlaceholder(from: start) else { return nil }
        return Markup(
            kind, name.value, options: options, attributes: attributes, place: Place(Span(start, offset)),
            namePlace: Place(Span(sigil, name.span.end)))
    }

    // MARK: Options and attributes

    /// Parses `*(s option)`; nil when one is malformed, which is reported.
    private mutating func options() -> [Option]? {
        var options: [Option] = []
        while true {
            let before = offset
            let spaced = skipSpace()
            guard let (value, _) = scalar(at: offset), CharacterClass.isNameStart(value) else {
                offset = before
                return options
            }
            if !spaced { reportMissingSpace() }
            guard let option = option() else { return nil }
            if let first = options.first(where: { sameName($0.name, option.name) }) {
                report(.duplicateOptionName(option, first: first))
            } else if options.count < limits.options {
                options.append(option)
            } else {
                report(.limitExceeded(at: option.place.span, "options in one placeholder", limits.options))
                return nil
            }
        }
    }

    private mutating func option() -> Option? {
        let start = offset
        guard let name = identifier() else {
            report(.malformedOption(at: currentSpan, "the option's name is not complete"))
            return nil
        }
        skipSpace()
        guard take(0x3D) else {
            report(.malformedOption(at: name.span, "the option `\(name.value)` has no value"))
            return nil
        }
        skipSpace()
        let value: Operand
        if current == 0x24 {
            guard let variable = variable() else { return nil }
            value = .variable(variable)
        } else if atLiteral {
            guard let literal = literal() else { return nil }
            value = .literal(literal)
        } else {
            report(.malformedOption(at: Span(start, offset), "the option `\(name.value)` has no value"))
            return nil
        }
        return Option(
            name.value, value, place: Place(Span(start, value.place.span.end)), namePlace: Place(name.span))
    }

    /// Parses `*(s attribute)`; nil when one is malformed, which is reported.
    private mutating func attributes() -> [Attribute]? {
        var attributes: [Attribute] = []
        while true {
            let before = offset
            let spaced = skipSpace()
            guard current == 0x40 else {
                offset = before
                return attributes
            }
            if !spaced { reportMissingSpace() }
            guard let attribute = attribute() else { return nil }
            guard attributes.count < limits.options else {
                report(.limitExceeded(at: attribute.place.span, "attributes in one placeholder", limits.options))
                return nil
            }
            if let first = attributes.first(where: { sameName($0.name, attribute.name) }) {
                report(.duplicateAttribute(attribute, first: first))
            }
            attributes.append(attribute)
        }
    }

    private mutating func attribute() -> Attribute? {
        let start = offset
        offset += 1
        guard let name = identifier() else {
            report(.invalidName(at: Span(start, offset + currentLength), after: "@", "an attribute"))
            return nil
        }
        let behind = offset
        skipSpace()
        guard take(0x3D) else {
            offset = behind
            return Attribute(name.value, place: Place(Span(start, name.span.end)))
        }
        skipSpace()
        guard atLiteral else {
            report(
                .malformedAttribute(
                    at: Span(start, offset),
                    current == 0x24
                        ? "the value of an attribute cannot be a variable"
                        : "the attribute `\(name.value)` has an equals sign but no value"))
            return nil
        }
        guard let literal = literal() else { return nil }
        return Attribute(name.value, literal, place: Place(Span(start, literal.place.span.end)))
    }

    // MARK: Ends and errors

    /// The scalar at the current offset, empty at the end.
    var currentSpan: Span { Span(offset, offset + currentLength) }

    /// Whether white space follows the `:` at the current offset.
    private var isSpaceBehindColon: Bool { trivia(at: offset + 1).isSpace }

    /// Whether the braces at the ends hold `{$…}` and nothing else, as in `{{$name}}`.
    private func holdsPlaceholder(from start: Int, to closing: Int) -> Bool {
        guard byte(at: start + 1) == 0x7B, byte(at: closing - 1) == 0x7D,
            matchingBrace(from: start + 1) == closing - 1
        else { return false }
        var index = start + 2
        while trivia(at: index).length > 0 { index += trivia(at: index).length }
        return byte(at: index) == 0x24
    }

    private mutating func reportMissingSpace() {
        report(.missingSpace(at: offset))
    }

    private mutating func closePlaceholder(from start: Int) -> Bool {
        skipSpace()
        if take(0x7D) { return true }
        if current == nil || current == 0x7B || matchingBrace(from: start) == nil {
            report(unclosedPlaceholder(from: start))
        } else {
            report(
                .unexpectedInPlaceholder(
                    at: currentSpan, found: string(currentSpan), functionWithoutColon(at: offset)))
        }
        return false
    }

    /// A brace before white space or a digit may be meant as text; any other begins a placeholder.
    private func unclosedPlaceholder(from start: Int) -> Diagnostic {
        .unclosedPlaceholder(
            at: Span(start, start + 1), closing: missingClosingBrace(in: bytes, from: start, end: end),
            mayBeText: byte(at: start + 1).map { $0 <= 0x20 || $0.isASCIIDigit } ?? true)
    }

    /// Reports a pattern without its `}}`, once: a `}` in it is what is left of those, and a placeholder or a literal without an
    /// end has swallowed them.
    mutating func reportUnclosedPattern(at span: Span, since known: Int) {
        let swallowing = [DiagnosticID.unclosedPlaceholder, DiagnosticID.unclosedLiteral]
        if diagnostics[known...].contains(where: { swallowing.contains($0.id) }) { return }
        removeDiagnostics(of: DiagnosticID.unbalancedBrace, since: known)
        report(.unclosedPattern(at: span))
    }

    mutating func removeDiagnostics(of id: String, since known: Int) {
        let kept = diagnostics[known...].filter { $0.id != id }
        diagnostics.removeSubrange(known...)
        diagnostics += kept
    }

    /// Where to go on behind a defective placeholder: behind its `}` when that is near, else behind its `{`.
    private mutating func recover(from start: Int, reported: Bool) -> Int {
        if !reported { report(unclosedPlaceholder(from: start)) }
        if let close = matchingBrace(from: start) { return close + 1 }
        return start + 1
    }

    /// The offset of the `}` that matches the `{` at `start`, when it is near.
    ///
    /// Quoted literals count as a whole, so that `{|}| …}` ends where it seems to. A line that begins with `}}`
    /// ends a pattern rather than two braces of its text.
    func matchingBrace(from start: Int) -> Int? {
        let stop = min(end, start + SyntaxLimits.recoveryBytes)
        var depth = 0
        var index = start
        var isIndentation = false
        while index < stop {
            let byte = bytes[index]
            switch byte {
            case 0x5C: index += 1
            case 0x7B:
                depth += 1
                guard depth <= SyntaxLimits.recoveryDepth else { return nil }
            case 0x7D:
                if isIndentation, leavesPatterns, self.byte(at: index + 1) == 0x7D { return nil }
                depth -= 1
                if depth == 0 { return index }
            case 0x7C: index = endOfQuotation(from: index, before: stop) ?? index
            default: break
            }
            isIndentation = byte == 0x0A || byte == 0x0D || (isIndentation && (byte == 0x20 || byte == 0x09))
            index += 1
        }
        return nil
    }

    /// The offset of the `|` that closes the one at `start` on the same line, before any brace closes its placeholder.
    private func endOfQuotation(from start: Int, before stop: Int) -> Int? {
        var index = start + 1
        while index < stop {
            switch bytes[index] {
            case 0x7C: return index
            case 0x5C: index += 1
            case 0x0A, 0x0D: return nil
            default: break
            }
            index += 1
        }
        return nil
    }
}
