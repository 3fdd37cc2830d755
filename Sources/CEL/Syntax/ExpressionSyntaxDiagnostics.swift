import SourceDiagnostics

// The diagnostics of `cel/` about the text of an expression.

extension Diagnostic {
    static func tooLong(_ count: Int, limit: Int) -> Diagnostic {
        Diagnostic(
            "cel/too-long", .error, "the expression has \(count) bytes, more than \(limit)",
            at: Label(Span(limit, count)),
            notes: ["expressions run on every client; long lists belong in an attribute that the app computes"])
    }

    static func nestedTooDeeply(_ limit: Int, _ span: Span) -> Diagnostic {
        Diagnostic(
            "cel/nested-too-deeply", .error, "the expression is nested more than \(limit) levels deep", at: Label(span),
            notes: ["compare with `in […]` instead of many `?:`, or let the app compute a part of it as an attribute"])
    }

    /// `=a == b`
    static func leadingEquals(_ span: Span) -> Diagnostic {
        Diagnostic(
            "cel/unexpected-token", .error, "a condition begins without `=`", at: Label(span),
            fixIts: [FixIt("leave it out", edits: [Edit(span, "")], .unsafe)])
    }

    /// `f(a; b)`, as spreadsheets have it.
    static func semicolonInCall(_ span: Span) -> Diagnostic {
        Diagnostic(
            "cel/unexpected-token", .error, "arguments have commas between them", at: Label(span),
            fixIts: [.write(",", at: span)])
    }

    /// `where a`: a word before the condition.
    ///
    /// - Parameter span: the word, with the space behind it.
    static func leadingWord(_ word: String, _ span: Span) -> Diagnostic {
        Diagnostic(
            "cel/unexpected-token", .error, "a condition has no `\(word)` before it",
            at: Label(Span(span.start, span.start + word.utf8.count)),
            fixIts: [FixIt("leave it out", edits: [Edit(span, "")], .unsafe)])
    }

    /// `{% if a %}…{% endif %}`
    ///
    /// - Parameter condition: what stands behind `if`; nil for another tag.
    static func templateTag(_ span: Span, condition: String?) -> Diagnostic {
        Diagnostic(
            "cel/unexpected-character", .error, "an expression has no tags", at: Label(span),
            notes: ["an expression is the condition itself, without `if` around it"],
            fixIts: condition.map { [.write($0, at: span)] } ?? [])
    }

    /// `3.x`
    static func anyVersion(_ major: String, _ span: Span) -> Diagnostic {
        Diagnostic(
            "cel/invalid-number", .error, "a version is compared as a whole, or by one of its numbers", at: Label(span),
            notes: ["for example `app.version.major() == \(major)`"])
    }

    /// - Parameters:
    ///   - beforeName: whether a name stands directly behind it.
    ///   - beforeNumber: whether a number does.
    static func unexpectedCharacter(
        _ text: String, _ span: Span, beforeName: Bool = false, beforeNumber: Bool = false
    ) -> Diagnostic {
        var diagnostic = Diagnostic(
            "cel/unexpected-character", .error, "`\(text)` has no meaning in an expression", at: Label(span))
        switch text {
        case ";":
            diagnostic.notes = ["an expression is one condition, and nothing ends it"]
            diagnostic.fixIts = [FixIt("leave it out", edits: [Edit(span, "")], .unsafe)]
        case "#": diagnostic.notes = ["a comment begins with `//`"]
        case "@" where beforeName:
            diagnostic.notes = ["an expression has the name of the attribute alone"]
            diagnostic.fixIts = [FixIt("leave it out", edits: [Edit(span, "")], .unsafe)]
        case _ where text == "~" || text == "^" && beforeNumber:
            diagnostic.notes = [
                "versions are compared with `<`, `<=`, `>` and `>=`, as in `app.version >= semver(\"3.2.0\")`"
            ]
        case "^":
            diagnostic.notes = [
                "there is no operator for powers; that one of two conditions holds, and not both, is written `a != b`"
            ]
        default: break
        }
        return diagnostic
    }

    /// A sign that stands for another: `≥` for `>=`, `&gt;` for `>`, a no-break space for a space.
    static func lookalike(_ text: String, meant: String, _ span: Span) -> Diagnostic {
        if meant == " " {
            return Diagnostic(
                "cel/unexpected-character", .error, "this is not an ordinary space", at: Label(span),
                notes: ["word processors and web pages have spaces that look like one"],
                fixIts: [FixIt("write a space", edits: [Edit(span, " ")], .safe)])
        }
        return Diagnostic(
            "cel/operator-typo", .error, "`\(text)` is not an operator; write `\(meant)`", at: Label(span),
            fixIts: [FixIt("write `\(meant)`", edits: [Edit(span, meant)], .safe)])
    }

    static func placeholder(_ name: String, _ span: Span, before: Span, after: Span) -> Diagnostic {
        Diagnostic(
            "cel/unexpected-character", .error, "an expression names a value without braces or `$`", at: Label(span),
            notes: [
                "texts have placeholders such as `{$name}`; an expression has the name of the attribute alone, `\(name)`"
            ],
            fixIts: [
                FixIt(
                    "write `\(name)`", edits: [Edit(before, "")] + (after.isEmpty ? [] : [Edit(after, "")]), .unsafe)
            ])
    }

    static func blockComment(_ span: Span) -> Diagnostic {
        Diagnostic(
            "cel/unexpected-character", .error, "a comment begins with `//` and ends with its line", at: Label(span),
            fixIts: [FixIt("leave it out", edits: [Edit(span, "")], .unsafe)])
    }

    /// Typographic quotation marks around a whole condition, of which the second may be missing.
    static func quotedCondition(_ open: Span, _ close: Span?) -> Diagnostic {
        Diagnostic(
            "cel/typographic-quotes", .error,
            close == nil
                ? "a typographic quotation mark stands before the condition"
                : "typographic quotation marks stand around the condition",
            at: Label(close.map(open.union) ?? open),
            notes: ["a condition needs no quotation marks; where YAML wants them, they are straight: `'…'` or `\"…\"`"],
            fixIts: [
                FixIt(
                    close == nil ? "leave it out" : "leave them out",
                    edits: [Edit(open, "")] + (close.map { [Edit($0, "")] } ?? []), .safe)
            ])
    }

    /// - Parameter isPlain: whether the text between the marks means the same between straight ones.
    static func typographicQuotes(_ open: Span, _ close: Span, single: Bool, isPlain: Bool) -> Diagnostic {
        let quote = single ? "'" : "\""
        return Diagnostic(
            "cel/typographic-quotes", .error, "a string needs straight quotation marks",
            at: Label(open.union(close)),
            notes: ["word processors replace `\"` with `“` and `”`, which mean nothing in an expression"],
            fixIts: isPlain
                ? [FixIt("use straight quotation marks", edits: [Edit(open, quote), Edit(close, quote)], .safe)] : [])
    }

    static func operatorTypo(_ written: String, _ meant: String, _ span: Span) -> Diagnostic {
        Diagnostic(
            "cel/operator-typo", .error, "`\(written)` is not an operator; write `\(meant)`", at: Label(span),
            fixIts: [FixIt("write `\(meant)`", edits: [Edit(span, meant)], .safe)])
    }

    /// A word or sign of another language, with the whole of what is written in its place.
    static func foreignOperator(
        _ written: String, _ span: Span, way: String, _ fix: FixIt? = nil, notes: [String] = []
    ) -> Diagnostic {
        Diagnostic(
            "cel/operator-typo", .error, "`\(written)` is not an operator; \(way)", at: Label(span), notes: notes,
            fixIts: fix.map { [$0] } ?? [])
    }

    /// - Parameter word: where the word begins that may be the text, when the mark stands behind it.
    static func unterminatedString(_ span: Span, quote: UInt8, triple: Bool, word: Int? = nil) -> Diagnostic {
        let mark = String(Unicode.Scalar(quote))
        let closing = triple ? mark + mark + mark : mark
        if let word, span.length == 1 {
            return Diagnostic(
                "cel/unterminated-string", .error, "the string has no opening `\(mark)`", at: Label(span),
                fixIts: [FixIt("add the opening quotation mark", edits: [Edit(Span(at: word), mark)], .unsafe)])
        }
        return Diagnostic(
            "cel/unterminated-string", .error, "the string has no closing `\(closing)`", at: Label(span),
            notes: triple ? [] : ["a string ends on its line, unless it begins with three quotation marks"],
            fixIts: [
                FixIt("add the closing quotation mark", edits: [Edit(Span(at: span.end), closing)], .unsafe)
            ])
    }

    static func invalidEscape(_ text: String, _ span: Span) -> Diagnostic {
        Diagnostic(
            "cel/invalid-escape", .error, "`\(text)` is not an escape sequence", at: Label(span),
            notes: [
                "a backslash begins an escape such as `\\n`, `\\\"` or `\\u00e9`; write `\\\\` for a backslash, or `r\"…\"` for text without escapes"
            ],
            fixIts: [FixIt("double the backslash", edits: [Edit(Span(at: span.start), "\\")], .unsafe)])
    }

    static func numberTooLarge(_ type: String, _ span: Span) -> Diagnostic {
        Diagnostic(
            "cel/number-out-of-range", .error, "the number does not fit \(type == "int" ? "an int" : "a uint")",
            at: Label(span),
            notes: ["an int has 64 bits: from -9223372036854775808 to 9223372036854775807"])
    }

    /// - Parameter meant: the call that a number with a unit, or a version, stands for; nil for neither.
    static func invalidNumber(_ span: Span, meant: String?) -> Diagnostic {
        if let meant {
            return Diagnostic(
                "cel/invalid-number", .error, "a number cannot be followed directly by other characters",
                at: Label(span),
                notes: ["durations and versions are made from text: `\(meant)`"],
                fixIts: [FixIt("write `\(meant)`", edits: [Edit(span, meant)], .unsafe)])
        }
        return Diagnostic(
            "cel/invalid-number", .error, "a number cannot be followed directly by letters", at: Label(span),
            notes: ["only `u` may follow a number, for an unsigned one, and `e` with an exponent"])
    }

    /// `1_000`, and `1,000` where no comma can stand.
    static func separatedNumber(_ span: Span, meant: String) -> Diagnostic {
        Diagnostic(
            "cel/invalid-number", .error, "a number has its digits without signs between them", at: Label(span),
            fixIts: [.write(meant, at: span)])
    }

    /// - Parameter isWhole: whether the marks stand around the whole expression.
    static func invalidQuotedName(_ span: Span, isWhole: Bool) -> Diagnostic {
        if isWhole {
            return Diagnostic(
                "cel/invalid-quoted-name", .error, "a condition has no backticks around it", at: Label(span),
                fixIts: [
                    FixIt(
                        "leave them out",
                        edits: [
                            Edit(Span(span.start, span.start + 1), ""), Edit(Span(span.end - 1, span.end), ""),
                        ], .unsafe)
                ])
        }
        return Diagnostic(
            "cel/invalid-quoted-name", .error,
            "a name in backticks can only have letters, digits, `_`, `.`, `-`, `/` and spaces",
            at: Label(span))
    }

    /// - Parameter rest: what follows the word, which may be the whole condition; nil where it may not.
    static func reservedWord(_ word: String, _ span: Span, rest: Int?, _ fix: FixIt? = nil) -> Diagnostic {
        var diagnostic = Diagnostic(
            "cel/reserved-word", .error, "`\(word)` is reserved and cannot be a name", at: Label(span),
            notes: ["CEL reserves some words for later versions and for the languages around it"])
        switch word {
        case "if", "return":
            diagnostic.notes = [
                "an expression is the condition itself; `condition ? a : b` chooses one of two values"
            ]
            if let fix {
                diagnostic.fixIts = [fix]
            } else if let rest {
                diagnostic.fixIts = [FixIt("leave out `\(word)`", edits: [Edit(Span(span.start, rest), "")], .unsafe)]
            }
        case "let", "var", "const":
            diagnostic.notes = ["an expression has no statements; `cel.bind(x, value, condition)` names a value"]
        default: break
        }
        return diagnostic
    }

    static func unexpectedToken(
        _ found: String, wanted: String, _ span: Span, notes: [String] = [], _ fix: FixIt? = nil
    ) -> Diagnostic {
        Diagnostic(
            "cel/unexpected-token", .error, "expected \(wanted), found \(found)", at: Label(span), notes: notes,
            fixIts: fix.map { [$0] } ?? [])
    }

    /// `in "a", "b"` without brackets.
    static func listWithoutBrackets(_ list: Span) -> Diagnostic {
        Diagnostic(
            "cel/unexpected-token", .error, "a list is written in square brackets", at: Label(list),
            notes: ["for example `user.country in [\"US\", \"CA\"]`"],
            fixIts: [
                FixIt(
                    "write `[` and `]`", edits: [Edit(Span(at: list.start), "["), Edit(Span(at: list.end), "]")],
                    .unsafe)
            ])
    }

    /// `("a", "b")` or `{"a", "b"}` where a list is meant.
    static func wrongBrackets(_ open: Span, _ close: Span) -> Diagnostic {
        Diagnostic(
            "cel/unexpected-token", .error, "a list is written in square brackets", at: Label(open.union(close)),
            notes: ["for example `user.country in [\"US\", \"CA\"]`"],
            fixIts: [FixIt("write `[` and `]`", edits: [Edit(open, "["), Edit(close, "]")], .safe)])
    }

    /// `/^a/` where a text is meant.
    static func patternLiteral(_ span: Span, text: String?) -> Diagnostic {
        Diagnostic(
            "cel/unexpected-token", .error, "a regular expression is written as a text", at: Label(span),
            notes: ["for example `user.country.matches(r\"^U\")`"],
            fixIts: text.map { [FixIt("write `\($0)`", edits: [Edit(span, $0)], .unsafe)] } ?? [])
    }

    static func unclosed(_ opening: String, _ closing: String, _ open: Span, found: String, _ span: Span) -> Diagnostic
    {
        Diagnostic(
            "cel/unclosed-bracket", .error, "`\(opening)` has no `\(closing)`; found \(found)", at: Label(span),
            secondary: [Label(open, "opened here")],
            fixIts: [FixIt("add `\(closing)`", edits: [Edit(Span(at: span.start), closing)], .unsafe)])
    }

    static func emptyExpression(_ span: Span) -> Diagnostic {
        Diagnostic(
            "cel/empty-expression", .error, "the expression is empty", at: Label(span),
            notes: ["leave the key out to show the message to everybody"])
    }

    static func invalidMacroArgument(_ message: String, _ span: Span, note: String) -> Diagnostic {
        Diagnostic("cel/invalid-macro-argument", .error, message, at: Label(span), notes: [note])
    }
}
