import SourceDiagnostics

extension Parser {
    /// Parses a whole message (`message` of the grammar).
    mutating func message() -> Message {
        let start = offset
        skipSpace()
        if current == 0x2E || startsWith("{{") { return complexMessage(from: start) }
        offset = start
        return simpleMessage()
    }

    /// Parses the rest as the pattern of a simple message.
    mutating func simpleMessage() -> Message {
        let pattern = pattern(isQuoted: false)
        return Message(body: .pattern(pattern), place: pattern.place)
    }

    // MARK: Patterns

    /// Parses a pattern up to its `}}`, or up to the end when it is not quoted.
    private mutating func pattern(isQuoted: Bool) -> Pattern {
        let start = offset
        var elements: [PatternElement] = []
        var text: [UInt8] = []
        var textStart = offset
        var placeholders = 0
        func flush(_ elements: inout [PatternElement], _ text: inout [UInt8], to end: Int) {
            guard !text.isEmpty else { return }
            elements.append(.text(Text(String(decoding: text, as: UTF8.self), place: Place(Span(textStart, end)))))
            text = []
        }
        while let byte = current {
            switch byte {
            case 0x7D where isQuoted && self.byte(at: offset + 1) == 0x7D:
                flush(&elements, &text, to: offset)
                return Pattern(elements, place: Place(Span(start, offset)))
            case 0x7D:
                report(
                    .unbalancedBrace(
                        at: Span(offset, offset + 1),
                        opening: missingOpeningBrace(in: bytes, before: offset, from: start)))
                offset += 1
            case 0x5C: appendEscape(to: &text)
            case 0x7B:
                flush(&elements, &text, to: offset)
                placeholders += 1
                if placeholders == limits.placeholders + 1 {
                    report(.limitExceeded(at: currentSpan, "placeholders in one pattern", limits.placeholders))
                }
                let placeholder = placeholder()
                if let placeholder, placeholders <= limits.placeholders { elements.append(placeholder.element) }
                textStart = offset
            case 0:
                report(.nullCharacter(at: currentSpan))
                offset += 1
            default:
                let run = offset
                while offset < end, !Parser.endsTextRun[Int(bytes[offset])] { offset += 1 }
                text.append(contentsOf: bytes[run..<offset])
            }
        }
        flush(&elements, &text, to: offset)
        return Pattern(elements, place: Place(Span(start, offset)))
    }

    /// The bytes that end a run of plain text: NUL, `\`, `{` and `}`.
    private static let endsTextRun: [Bool] = (0..<256).map { [0, 0x5C, 0x7B, 0x7D].contains($0) }

    /// Parses the quoted pattern at the current offset; nil when there is none, which is not reported.
    mutating func quotedPattern() -> Pattern? {
        guard startsWith("{{") else { return nil }
        let start = offset
        let known = diagnostics.count
        offset += 2
        let pattern = leavesPatterns ? skippedPattern() : self.pattern(isQuoted: true)
        if startsWith("}}") {
            offset += 2
        } else {
            reportUnclosedPattern(at: Span(start, start + 2), since: known)
        }
        return pattern
    }

    /// Moves to the `}}` of a pattern whose inside is another parser's, stepping over its placeholders.
    private mutating func skippedPattern() -> Pattern {
        let start = offset
        let known = diagnostics
        while let byte = current {
            if byte == 0x7D, self.byte(at: offset + 1) == 0x7D { break }
            switch byte {
            case 0x5C: offset = min(offset + 2, end)
            // What is wrong with a placeholder is said by whoever parses the pattern.
            case 0x7B: _ = placeholder()
            default: offset += 1
            }
        }
        diagnostics = known
        return Pattern(place: Place(Span(start, offset)))
    }

    // MARK: Complex messages

    /// Parses declarations and a body; the white space before them is skipped already.
    mutating func complexMessage(from start: Int) -> Message {
        let declarations = declarations()
        let body = complexBody()
        skipSpace()
        if offset < end {
            report(.extraContent(at: Span(offset, end)))
            offset = end
        }
        return Message(declarations: declarations, body: body, place: Place(Span(start, end)))
    }

    private mutating func declarations() -> [Declaration] {
        var declarations: [Declaration] = []
        var count = 0
        while true {
            skipSpace()
            let start = offset
            let declaration: Declaration?
            if startsWith(".input") {
                offset += 6
                declaration = inputDeclaration(from: start)
            } else if startsWith(".local") {
                offset += 6
                declaration = localDeclaration(from: start)
            } else if current == 0x2E, !startsWith(".match") {
                reportUnknownKeyword()
                declaration = nil
            } else {
                return declarations
            }
            count += 1
            if count == limits.declarations + 1 {
                report(.limitExceeded(at: Span(start, start + 6), "declarations in one message", limits.declarations))
            }
            if let declaration {
                if count <= limits.declarations { declarations.append(declaration) }
            } else {
                skipToNextStatement()
            }
        }
    }

    private mutating func inputDeclaration(from start: Int) -> Declaration? {
        skipSpace()
        guard current == 0x7B, !startsWith("{{") else {
            report(
                .malformedDeclaration(
                    at: Span(start, start + 6), "`.input` is not followed by a variable in braces",
                    bracesOfDeclaration(in: bytes, from: offset, end: end)))
            return nil
        }
        guard let value = bracedExpression() else { return nil }
        guard case .variable(let variable)? = value.operand else {
            report(
                .malformedDeclaration(
                    at: value.place.span, "`.input` declares something that is not a variable",
                    missingSign(of: value, in: bytes)))
            return nil
        }
        return Declaration(
            .input, name: variable.name, value: value, place: Place(Span(start, offset)), namePlace: variable.place)
    }

    private mutating func localDeclaration(from start: Int) -> Declaration? {
        let keyword = Span(start, start + 6)
        let spaced = skipSpace()
        guard current == 0x24 else {
            report(
                .malformedDeclaration(
                    at: keyword, "`.local` is not followed by a variable",
                    spaced ? missingSign(in: bytes, at: offset, end: end) : []))
            return nil
        }
        if !spaced { report(.missingSpace(at: offset)) }
        guard let variable = variable() else { return nil }
        skipSpace()
        guard take(0x3D) else {
            report(
                .malformedDeclaration(
                    at: currentOr(keyword), "`.local $\(variable.name)` has no equals sign",
                    current == 0x7B ? [Edit(Span(at: offset), "= ")] : []))
            return nil
        }
        skipSpace()
        guard current == 0x7B else {
            report(
                .malformedDeclaration(
                    at: currentOr(keyword), "the value of `.local $\(variable.name)` is not in braces",
                    bracesOfDeclaration(in: bytes, from: offset, end: end)))
            return nil
        }
        guard let value = bracedExpression() else { return nil }
        return Declaration(
            .local, name: variable.name, value: value, place: Place(Span(start, offset)), namePlace: variable.place)
    }

    private func currentOr(_ span: Span) -> Span { currentSpan.isEmpty ? span : currentSpan }

    private mutating func reportUnknownKeyword() {
        let start = offset
        offset += 1
        let word = name()
        report(.unknownKeyword(at: Span(start, max(word?.span.end ?? 0, start + 1)), word: word?.value ?? ""))
    }

    /// Moves to the next `.input`, `.local`, `.match` or `{{`, or to the end.
    private mutating func skipToNextStatement() {
        while offset < end {
            if startsWith("{{") || startsWith(".input") || startsWith(".local") || startsWith(".match") { return }
            offset += 1
        }
    }

    private mutating func complexBody() -> MessageBody {
        if startsWith(".match") { return .select(matcher()) }
        let place = offset
        if let pattern = quotedPattern() { return .pattern(pattern) }
        report(.missingPattern(at: currentOr(Span(at: place))))
        skipToNextStatement()
        if let pattern = quotedPattern() { return .pattern(pattern) }
        offset = end
        return .pattern(Pattern(place: Place(Span(at: place))))
    }

    // MARK: Match

    private mutating func matcher() -> Matcher {
        let start = offset
        offset += 6
        let selectors = selectors(keyword: Span(start, offset))
        var variants: [Variant] = []
        var count = 0
        while true {
            skipSpace()
            guard offset < end else { break }
            count += 1
            if count == limits.variants + 1 {
                report(.limitExceeded(at: currentSpan, "variants in one message", limits.variants))
            }
            let known = diagnostics.count
            let variant = reportMisshapenVariant(keys: selectors.count) ? nil : variant(keys: selectors.count)
            reportBehindVariant(keys: selectors.count)
            // Behind `.match` without a selector no word can be told from a key.
            if selectors.isEmpty, count == 1 { removeDiagnostics(of: DiagnosticID.malformedVariant, since: known) }
            guard let variant else { continue }
            if count <= limits.variants { variants.append(variant) }
        }
        if count == 0, !selectors.isEmpty {
            report(.malformedMatch(at: Span(start, start + 6), "`.match` has no variants"))
        }
        return Matcher(selectors: selectors, variants: variants, place: Place(Span(start, offset)))
    }

    private mutating func selectors(keyword: Span) -> [VariableReference] {
        var selectors: [VariableReference] = []
        while true {
            let spaced = skipSpace()
            guard current == 0x24 else {
                if selectors.isEmpty {
                    skipMalformedSelector(keyword: keyword)
                } else if !spaced, offset < end {
                    report(.missingSpace(at: offset))
                }
                return selectors
            }
            if !spaced { report(.missingSpace(at: offset)) }
            guard let variable = variable() else {
                offset += currentLength
                continue
            }
            if selectors.count == limits.selectors {
                report(.limitExceeded(at: variable.place.span, "selectors in one message", limits.selectors))
            }
            if selectors.count < limits.selectors { selectors.append(variable) }
        }
    }

    /// Steps over an expression where a selector should be: earlier drafts allowed that.
    private mutating func skipMalformedSelector(keyword: Span) {
        guard current == 0x7B, !startsWith("{{") else {
            report(.matchWithoutVariable(at: keyword, missingSign(in: bytes, at: offset, end: end)))
            return
        }
        let start = offset
        let known = diagnostics
        let skipped = placeholder()
        diagnostics = known
        let span = Span(start, max(offset, start + 1))
        var name: String?
        var declaration: [Edit] = []
        if case .expression(let expression)? = skipped, case .variable(let variable)? = expression.operand {
            if expression.function == nil {
                name = variable.name
            } else {
                declaration = [
                    Edit(Span(at: keyword.start), ".input \(string(span))\n"), Edit(span, "$\(variable.name)"),
                ]
            }
        }
        report(.selectorInBraces(at: span, variable: name, declaration))
    }

    /// Parses one variant; nil when it has no pattern, which is reported.
    ///
    /// - Parameter count: how many keys it should have.
    private mutating func variant(keys count: Int) -> Variant? {
        let start = offset
        var keys: [VariantKey] = []
        var spaced = true
        let known = diagnostics.count
        while let byte = current {
            if byte == 0x7B { break }
            guard byte == 0x2A || atLiteral else {
                report(.unfitKey(string(currentSpan), at: currentSpan, isBeforeNumber: isBeforeNumber))
                offset += currentLength
                skipToNextPattern()
                break
            }
            if !spaced { report(.missingSpace(at: offset)) }
            if byte == 0x2A {
                offset += 1
                keys.append(.catchAll(Place(Span(offset - 1, offset))))
            } else if let literal = literal() {
                keys.append(.literal(literal))
            } else {
                skipToNextPattern()
                break
            }
            if keys.count == limits.selectors + 1 {
                report(.limitExceeded(at: Span(start, offset), "keys in one variant", limits.selectors))
            }
            spaced = skipSpace()
        }
        // Words that are no keys need no spaces.
        if keys.count > count { removeDiagnostics(of: DiagnosticID.missingSpace, since: known) }
        if keys.isEmpty, current == 0x7B, diagnostics.count == known {
            report(.malformedVariant(at: Span(offset, min(offset + 2, end)), "the variant has no key"))
        }
        guard let value = quotedPattern() else {
            reportMissingVariantPattern(from: start)
            return nil
        }
        return Variant(
            keys: Array(keys.prefix(limits.selectors + 1)), value: value, place: Place(Span(start, offset)))
    }
}
