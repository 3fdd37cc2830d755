import SourceDiagnostics

// The diagnostics of `mf2/` about the syntax, in the specification's terms.

extension Diagnostic {
    /// - Parameters:
    ///   - closing: where the closing brace belongs, if that is plain.
    ///   - mayBeText: whether the brace may be meant as text.
    static func unclosedPlaceholder(at span: Span, closing: Int?, mayBeText: Bool) -> Diagnostic {
        var fixIts: [FixIt] = []
        if let closing {
            fixIts.append(FixIt("close the placeholder", edits: [Edit(Span(at: closing), "}")], .unsafe))
        } else if mayBeText {
            fixIts.append(FixIt("escape the brace", edits: [Edit(Span(at: span.start), "\\")], .unsafe))
        }
        return Diagnostic(
            DiagnosticID.unclosedPlaceholder, .error, "the placeholder has no closing brace",
            at: Label(span, "opened here"),
            notes: ["a `{` opens a placeholder, which ends with `}` before any other `{`"], fixIts: fixIts)
    }

    static func emptyPlaceholder(at span: Span) -> Diagnostic {
        Diagnostic(
            DiagnosticID.emptyPlaceholder, .error, "the placeholder is empty", at: Label(span),
            notes: ["a placeholder holds a variable, a literal, a function or markup"],
            fixIts: [escapeBraces(span.start, span.end - 1)])
    }

    /// - Parameter isName: whether a name stands in the braces, of which readers would see the braces too.
    static func invalidPlaceholder(at start: Int, closing: Int?, found: Span, isName: Bool) -> Diagnostic {
        Diagnostic(
            DiagnosticID.invalidPlaceholder, .error, "braces hold something that is not a placeholder",
            at: Label(Span(start, start + 1)),
            secondary: found.isEmpty
                ? [] : [Label(found, "expected `$variable`, a literal, `:function`, `#markup` or `/markup`")],
            notes: ["a brace that is meant as text is written `\\{` or `\\}`"],
            fixIts: [escapeBraces(start, closing, isName ? .displayOnly : .unsafe)])
    }

    /// `{{$name}}`, as other languages of templates have it, within a text.
    static func doubledBraces(_ outer: Span) -> Diagnostic {
        Diagnostic(
            DiagnosticID.invalidPlaceholder, .error, "a placeholder has one brace on each side, not two",
            at: Label(Span(outer.start, outer.start + 1)),
            notes: ["a brace that is meant as text is written `\\{` or `\\}`"],
            fixIts: [
                FixIt(
                    "remove one pair of braces",
                    edits: [
                        Edit(Span(outer.start, outer.start + 1), ""), Edit(Span(outer.end - 1, outer.end), ""),
                    ], .unsafe)
            ])
    }

    /// - Parameter edits: what makes a function of it; none where that is not plain.
    static func unexpectedInPlaceholder(at span: Span, found: String, _ edits: [Edit] = []) -> Diagnostic {
        Diagnostic(
            DiagnosticID.invalidPlaceholder, .error,
            "`\(printable(found))` has no meaning at this place of a placeholder",
            at: Label(span),
            notes: [
                "a placeholder holds a value, its function, options and attributes, in this order"
            ],
            fixIts: edits.first.map { [FixIt("write `\($0.replacement)`", edits: edits, .unsafe)] } ?? [])
    }

    static func missingSpace(at offset: Int) -> Diagnostic {
        Diagnostic(
            DiagnosticID.missingSpace, .error, "a space is missing", at: Label(Span(offset, offset + 1)),
            notes: ["white space separates values, functions, options, attributes, selectors and keys"],
            fixIts: [FixIt("insert a space", edits: [Edit(Span(at: offset), " ")], .safe)])
    }

    /// - Parameter edits: what puts it right; none where that is not plain.
    static func invalidName(at span: Span, after sigil: String, _ what: String, _ edits: [Edit] = []) -> Diagnostic {
        Diagnostic(
            DiagnosticID.invalidName, .error, "`\(sigil)` is not followed by the name of \(what)", at: Label(span),
            notes: ["a name begins with a letter, `_` or `+` and goes on with these, digits, `-` and `.`"],
            fixIts: edits.first.map {
                [
                    FixIt(
                        $0.replacement.isEmpty
                            ? "leave out the sign too many" : "write the name right after `\(sigil)`",
                        edits: edits, .unsafe)
                ]
            } ?? [])
    }

    static func malformedOption(at span: Span, _ message: String) -> Diagnostic {
        Diagnostic(
            DiagnosticID.malformedOption, .error, message, at: Label(span),
            notes: ["an option is `name=value`, the value a literal or a variable"])
    }

    static func malformedAttribute(at span: Span, _ message: String) -> Diagnostic {
        Diagnostic(
            DiagnosticID.malformedAttribute, .error, message, at: Label(span),
            notes: ["an attribute is `@name` or `@name=literal`"])
    }

    static func unclosedLiteral(at span: Span) -> Diagnostic {
        Diagnostic(
            DiagnosticID.unclosedLiteral, .error, "the quoted literal has no end", at: Label(span, "opened here"),
            notes: ["a literal that begins with `|` ends with `|`; inside, `\\|` is a vertical line"])
    }

    static func invalidEscape(at span: Span, backslash: Int) -> Diagnostic {
        Diagnostic(
            DiagnosticID.invalidEscape, .error, "the backslash does not escape anything", at: Label(span),
            notes: ["only `\\\\`, `\\{`, `\\|` and `\\}` are escapes"],
            fixIts: [FixIt("double the backslash", edits: [Edit(Span(at: backslash), "\\")], .safe)])
    }

    static func nullCharacter(at span: Span) -> Diagnostic {
        Diagnostic(DiagnosticID.nullCharacter, .error, "the text holds U+0000", at: Label(span))
    }

    static func invalidUTF8(at span: Span) -> Diagnostic {
        Diagnostic(DiagnosticID.invalidUTF8, .error, "the text is not UTF-8", at: Label(span))
    }

    /// - Parameter opening: where the opening brace belongs, if a placeholder lacks one.
    static func unbalancedBrace(at span: Span, opening: Int?) -> Diagnostic {
        Diagnostic(
            DiagnosticID.unbalancedBrace, .error, "a closing brace closes nothing", at: Label(span),
            notes: ["a brace that is meant as text is written `\\}`"],
            fixIts: [
                opening.map { FixIt("open the placeholder", edits: [Edit(Span(at: $0), "{")], .unsafe) }
                    ?? FixIt("escape the brace", edits: [Edit(Span(at: span.start), "\\")], .unsafe)
            ])
    }

    /// - Parameter edits: what puts it right; none where that is not plain.
    static func malformedDeclaration(at span: Span, _ message: String, _ edits: [Edit] = []) -> Diagnostic {
        let signs = edits.map { "`\($0.replacement.filter { $0 != " " })`" }.joined(separator: " and ")
        return Diagnostic(
            DiagnosticID.malformedDeclaration, .error, message, at: Label(span),
            notes: ["a declaration is `.input {$name :function}` or `.local $name = {…}`"],
            fixIts: edits.isEmpty ? [] : [FixIt("write \(signs)", edits: edits, .unsafe)])
    }

    static func unknownKeyword(at span: Span, word: String) -> Diagnostic {
        let near = nearMiss(word, among: ["input", "local", "match"])
        return Diagnostic(
            DiagnosticID.unknownKeyword, .error, "`.\(word)` is not a keyword", at: Label(span),
            notes: [
                "a message that begins with a full stop begins with `.input`, `.local` or `.match`; a text that begins with one stands in `{{ }}`"
            ],
            fixIts: near.map { [FixIt("write `.\($0)`", edits: [Edit(span, ".\($0)")], .unsafe)] } ?? [])
    }

    /// - Parameter edits: what puts it right; none where that is not plain.
    static func malformedMatch(at span: Span, _ message: String, _ edits: [Edit] = []) -> Diagnostic {
        Diagnostic(
            DiagnosticID.malformedMatch, .error, message, at: Label(span),
            notes: [
                "`.match` is followed by one or more variables, then by variants such as `one {{…}}` and `* {{…}}`"
            ],
            fixIts: edits.isEmpty ? [] : [FixIt("write `$`", edits: edits, .unsafe)])
    }

    /// - Parameter edits: what makes a variable of what follows; none where that is not plain.
    static func matchWithoutVariable(at span: Span, _ edits: [Edit]) -> Diagnostic {
        malformedMatch(at: span, "`.match` is not followed by a variable", edits)
    }

    /// - Parameter declaration: the edits that declare the variable with the function that it has here; empty for none.
    static func selectorInBraces(at span: Span, variable: String?, _ declaration: [Edit]) -> Diagnostic {
        if !declaration.isEmpty {
            return Diagnostic(
                DiagnosticID.malformedMatch, .error, "a selector is a variable without braces", at: Label(span),
                notes: ["the function of a selector stands in its declaration, `.input {$name :function}`"],
                fixIts: [FixIt("declare it before `.match`", edits: declaration, .unsafe)])
        }
        return Diagnostic(
            DiagnosticID.malformedMatch, .error, "a selector is a variable without braces", at: Label(span),
            notes: ["the function of a selector stands in its declaration, `.input {$name :function}`"],
            fixIts: variable.map { [FixIt("remove the braces", edits: [Edit(span, "$\($0)")], .safe)] } ?? [])
    }

    static func malformedVariant(at span: Span, _ message: String) -> Diagnostic {
        Diagnostic(
            DiagnosticID.malformedVariant, .error, message, at: Label(span),
            notes: ["a variant is one key for each selector, `*` or a literal, followed by `{{…}}`"])
    }

    /// - Parameter isBeforeNumber: whether it is the `=` of `=1`, as ICU MessageFormat has it.
    static func unfitKey(_ sign: String, at span: Span, isBeforeNumber: Bool) -> Diagnostic {
        var diagnostic = malformedVariant(at: span, "`\(sign)` cannot be a key")
        if isBeforeNumber { diagnostic.fixIts = [FixIt("write the number alone", edits: [Edit(span, "")], .unsafe)] }
        return diagnostic
    }

    /// - Parameter edits: those that make a pattern of the text, if that is plain.
    static func variantText(at span: Span, _ edits: [Edit]) -> Diagnostic {
        Diagnostic(
            DiagnosticID.malformedVariant, .error, "the text of a variant stands in double braces", at: Label(span),
            notes: ["a variant is one key for each selector, `*` or a literal, followed by `{{…}}`"],
            fixIts: edits.isEmpty ? [] : [FixIt("put the text in double braces", edits: edits, .unsafe)])
    }

    static func missingPattern(at span: Span) -> Diagnostic {
        Diagnostic(
            DiagnosticID.missingPattern, .error, "the declarations are not followed by a pattern or `.match`",
            at: Label(span),
            notes: ["after declarations the text stands in `{{ }}`"])
    }

    /// - Parameter missing: where the second brace belongs, if only that is missing.
    static func unclosedPattern(at span: Span, missing: Int? = nil) -> Diagnostic {
        Diagnostic(
            DiagnosticID.unclosedPattern, .error, "the pattern is not closed with `}}`", at: Label(span, "opened here"),
            fixIts: missing.map { [FixIt("add the missing `}`", edits: [Edit(Span(at: $0), "}")], .unsafe)] } ?? [])
    }

    static func extraContent(at span: Span) -> Diagnostic {
        Diagnostic(
            DiagnosticID.extraContent, .error, "there is text after the end of the message", at: Label(span),
            notes: ["a message ends with the `}}` of its pattern"])
    }

    static func limitExceeded(at span: Span, _ what: String, _ limit: Int) -> Diagnostic {
        Diagnostic(DiagnosticID.limitExceeded, .error, "more than \(limit) \(what)", at: Label(span))
    }

    static func duplicateOptionName(_ option: Option, first: Option) -> Diagnostic {
        Diagnostic(
            DiagnosticID.duplicateOptionName, .error, "the option `\(option.name)` is set twice",
            at: Label(option.namePlace.span), secondary: [Label(first.namePlace.span, "set here first")])
    }

    static func duplicateAttribute(_ attribute: Attribute, first: Attribute) -> Diagnostic {
        Diagnostic(
            DiagnosticID.duplicateAttribute, .warning, "the attribute `@\(attribute.name)` is set twice",
            at: Label(attribute.place.span), secondary: [Label(first.place.span, "set here first")],
            notes: ["only the last one counts"])
    }

    private static func escapeBraces(_ open: Int, _ close: Int?, _ applicability: FixIt.Applicability = .unsafe)
        -> FixIt
    {
        var edits = [Edit(Span(at: open), "\\")]
        if let close { edits.append(Edit(Span(at: close), "\\")) }
        return FixIt("escape the braces", edits: edits, applicability)
    }

    private static func printable(_ text: String) -> String {
        guard let first = text.unicodeScalars.first, first.value < 0x20 || first.value == 0x7F else { return text }
        return "U+00" + (first.value < 0x10 ? "0" : "") + String(first.value, radix: 16, uppercase: true)
    }
}
