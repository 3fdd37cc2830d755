import SourceDiagnostics

// The diagnostics of `text/` about braces that belong to no placeholder.

extension Diagnostic {
    private static let bracesNote =
        "braces mark placeholders, in code too; a brace that is meant as such has a backslash"

    /// `{{name}` and the like.
    static func unpairedBraces(_ unpaired: UnpairedPlaceholder, _ environment: TextEnvironment) -> Diagnostic {
        Diagnostic(
            "text/stray-brace", "a placeholder has one brace on each side and one `$` before its name",
            at: Label(unpaired.span), notes: [bracesNote] + environment.fallbackNotes(unpaired.name),
            fixIts: [
                environment.fix(
                    "write `\(unpaired.meant)`", [Edit(unpaired.span, unpaired.meant)], showing: unpaired.name)
            ])
    }

    /// `name}` and `$name}`.
    static func unopenedPlaceholder(_ unpaired: UnpairedPlaceholder, at span: Span, _ environment: TextEnvironment)
        -> Diagnostic
    {
        Diagnostic(
            "text/stray-brace", "`}` closes no placeholder", at: Label(span),
            notes: [bracesNote] + environment.fallbackNotes(unpaired.name),
            fixIts: [
                environment.fix(
                    "write `\(unpaired.meant)`", [Edit(unpaired.span, unpaired.meant)], showing: unpaired.name)
            ])
    }

    /// `{$name}}`.
    static func braceBehindPlaceholder(at span: Span) -> Diagnostic {
        Diagnostic(
            "text/stray-brace", "`}` closes no placeholder", at: Label(Span(span.start, span.start + 1)),
            notes: [bracesNote],
            fixIts: [FixIt("remove it", edits: [Edit(span, "")], .unsafe)])
    }

    /// A `}` without its `{`.
    ///
    /// - Parameter isMeant: whether a brace with a backslash stands before it. Else a `{` may be missing just as well, of which
    ///   readers would see the other half.
    static func strayClosing(at offset: Int, isMeant: Bool) -> Diagnostic {
        Diagnostic(
            "text/stray-brace", "`}` closes no placeholder", at: Label(Span(offset, offset + 1)),
            notes: [bracesNote],
            fixIts: [FixIt("write `\\}`", edits: [Edit(Span(at: offset), "\\")], isMeant ? .safe : .unsafe)])
    }

    /// A `{` that begins nothing.
    static func strayOpening(at offset: Int) -> Diagnostic {
        Diagnostic(
            "text/stray-brace", "`{` does not begin a placeholder here", at: Label(Span(offset, offset + 1)),
            notes: [bracesNote],
            fixIts: [FixIt("write `\\{`", edits: [Edit(Span(at: offset), "\\")], .unsafe)])
    }

    /// `input {$n :integer}` and `.inputs {$n :integer}`.
    static func misspelledKeyword(_ written: String, _ keyword: String, at span: Span) -> Diagnostic {
        Diagnostic(
            "mf2/unknown-keyword",
            ".\(written)" == keyword
                ? "a `.` is missing before `\(written)`" : "`\(written)` is not a keyword, and `\(keyword)` is",
            at: Label(span),
            notes: ["a text that chooses begins with `.input {$name :function}` and `.match $name`"],
            fixIts: [FixIt("write `\(keyword)`", edits: [Edit(span, keyword)], .unsafe)])
    }

    /// `one {{…}}` below the declarations.
    static func missingMatch(_ name: String, at span: Span, _ lineEnd: String) -> Diagnostic {
        Diagnostic(
            "mf2/missing-pattern", "a `.match` is missing before the variants", at: Label(span),
            notes: ["`.match $\(name)` says what the texts are chosen by"],
            fixIts: [
                FixIt("write `.match $\(name)`", edits: [Edit(span, ".match $\(name)\(lineEnd)")], .unsafe)
            ])
    }

    /// `few {{` in the text of the variant before it.
    static func unclosedVariant(at span: Span, _ edit: Edit) -> Diagnostic {
        Diagnostic(
            "mf2/unclosed-pattern", "the text before this variant is not closed with `}}`", at: Label(span),
            notes: ["each variant has its text in `{{ }}`"],
            fixIts: [FixIt("write `\(edit.replacement)`", edits: [edit], .unsafe)])
    }

    /// `one {{{` at the end of a line.
    static func thirdBrace(at offset: Int) -> Diagnostic {
        Diagnostic(
            "text/stray-brace", "a text in braces has two on each side", at: Label(Span(offset, offset + 1)),
            notes: [bracesNote],
            fixIts: [FixIt("remove it", edits: [Edit(Span(offset, offset + 1), "")], .unsafe)])
    }

    /// `[news]{https://…)`.
    static func linkInBraces(at offset: Int, _ edits: [Edit]) -> Diagnostic {
        Diagnostic(
            "text/stray-brace", "a link has its text in `[ ]` and its address in `( )`",
            at: Label(Span(offset, offset + 1)), notes: [bracesNote],
            fixIts: [FixIt("write `\(edits.first?.replacement ?? "")`", edits: edits, .unsafe)])
    }

    static func bracesInCode(_ source: [UInt8], _ place: Int, isError: Bool, _ fix: FixIt) -> Diagnostic {
        Diagnostic(
            "text/stray-brace", isError ? .error : .warning, "readers see this code without its braces",
            at: Label(Span(place, place + 1)), notes: [bracesNote], fixIts: [fix])
    }

    /// `${$name}` of a value that is no number.
    static func dollarBeforePlaceholder(_ name: String, at dollar: Span) -> Diagnostic {
        Diagnostic(
            "text/foreign-placeholder", .warning, "readers see `$` before the value", at: Label(dollar),
            notes: [
                "`{$\(name)}` has all that a placeholder needs; a sign that is meant as such stands in `{|$|}`"
            ],
            fixIts: [FixIt("remove it", edits: [Edit(dollar, "")], .unsafe)])
    }
}
