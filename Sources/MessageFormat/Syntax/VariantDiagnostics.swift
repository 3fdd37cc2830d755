import SourceDiagnostics

// The diagnostics of `mf2/` about what stands around the keys and the texts of variants.

extension Diagnostic {
    /// `one: {{…}}`.
    static func dressedKeys(_ head: String, _ meant: String, at span: Span) -> Diagnostic {
        var diagnostic = malformedVariant(at: span, "`\(head)` is not how a variant begins")
        diagnostic.fixIts = [FixIt("write `\(meant)`", edits: [Edit(span, meant)], .unsafe)]
        return diagnostic
    }

    /// `{{…}},`
    ///
    /// - Parameter start: where the text before it ends.
    static func signBehindVariant(_ sign: String, at span: Span, from start: Int) -> Diagnostic {
        var diagnostic = malformedVariant(at: span, "nothing but a variant stands after the `}}` of another")
        diagnostic.fixIts = [FixIt("leave out `\(sign)`", edits: [Edit(Span(start, span.end), "")], .unsafe)]
        return diagnostic
    }

    /// `{{…}} Hurry.`
    static func textBehindVariant(at span: Span, _ braces: Span) -> Diagnostic {
        var diagnostic = malformedVariant(at: span, "these words stand after the `}}` of the variant")
        diagnostic.fixIts = [
            FixIt("write `}}` after them", edits: [Edit(braces, ""), Edit(Span(at: span.end), "}}")], .unsafe)
        ]
        return diagnostic
    }

    /// `one {{{{$count} day}}`.
    static func braceTooMany(at span: Span) -> Diagnostic {
        var diagnostic = malformedVariant(at: span, "here is a `{` too many")
        diagnostic.fixIts = [FixIt("leave it out", edits: [Edit(span, "")], .unsafe)]
        return diagnostic
    }

    /// `one {{One day}.}`.
    static func splitBraces(at span: Span, _ meant: String) -> Diagnostic {
        Diagnostic(
            DiagnosticID.unclosedPattern, .error, "the two `}` at the end stand side by side", at: Label(span),
            fixIts: [FixIt("write `\(meant)`", edits: [Edit(span, meant)], .unsafe)])
    }
}
