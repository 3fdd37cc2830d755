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

    static func unexpectedCharacter(_ text: String, _ span: Span) -> Diagnostic {
        var diagnostic = Diagnostic(
            "cel/unexpected-character", .error, "`\(text)` has no meaning in an expression", at: Label(span))
        switch text {
        case ";":
            diagnostic.notes = ["an expression is one condition, and nothing ends it"]
            diagnostic.fixIts = [FixIt("leave it out", edits: [Edit(span, "")], .unsafe)]
        case "#": diagnostic.notes = ["a comment begins with `//`"]
        case "~":
            diagnostic.notes = [
                "a text is held against a regular expression with `matches`, as in `user.country.matches(\"^U\")`"
            ]
        case "^":
            diagnostic.notes = [
                "there is no operator for powers; that one of two conditions holds, and not both, is written `a != b`"
            ]
        default: break
        }
        return diagnostic
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

    static func typographicQuotes(_ open: Span, _ close: Span, single: Bool) -> Diagnostic {
        let quote = single ? "'" : "\""
        return Diagnostic(
            "cel/typographic-quotes", .error, "a string needs straight quotation marks",
            at: Label(open.union(close)),
            notes: ["word processors replace `\"` with `“` and `”`, which mean nothing in an expression"],
            fixIts: [FixIt("use straight quotation marks", edits: [Edit(open, quote), Edit(close, quote)], .safe)])
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

    static func unterminatedString(_ span: Span, quote: UInt8, triple: Bool) -> Diagnostic {
        let mark = String(Unicode.Scalar(quote))
        let closing = triple ? mark + mark + mark : mark
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

    static func invalidQuotedName(_ span: Span) -> Diagnostic {
        Diagnostic(
            "cel/invalid-quoted-name", .error,
            "a name in backticks can only have letters, digits, `_`, `.`, `-`, `/` and spaces",
            at: Label(span))
    }

    /// - Parameter rest: what follows the word, which may be the whole condition; nil where it may not.
    static func reservedWord(_ word: String, _ span: Span, rest: Int?) -> Diagnostic {
        var diagnostic = Diagnostic(
            "cel/reserved-word", .error, "`\(word)` is reserved and cannot be a name", at: Label(span),
            notes: ["CEL reserves some words for later versions and for the languages around it"])
        switch word {
        case "if", "return":
            diagnostic.notes = [
                "an expression is the condition itself; `condition ? a : b` chooses one of two values"
            ]
            if let rest {
                diagnostic.fixIts = [FixIt("leave out `\(word)`", edits: [Edit(Span(span.start, rest), "")], .unsafe)]
            }
        case "let", "var", "const":
            diagnostic.notes = ["an expression has no statements; `cel.bind(x, value, condition)` names a value"]
        default: break
        }
        return diagnostic
    }

    static func unexpectedToken(_ found: String, wanted: String, _ span: Span, notes: [String] = []) -> Diagnostic {
        Diagnostic(
            "cel/unexpected-token", .error, "expected \(wanted), found \(found)", at: Label(span), notes: notes)
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
