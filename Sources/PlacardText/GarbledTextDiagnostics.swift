import SourceDiagnostics

// The diagnostics about characters that are not what they were, and references that readers see.

extension Diagnostic {
    /// `Ã©`.
    static func garbled(_ written: String, _ meant: String, _ edits: [Edit]) -> Diagnostic {
        Diagnostic(
            "text/garbled", .warning, "readers see `\(written)`, which was `\(meant)`", at: Label(edits[0].span),
            notes: ["a tool read UTF-8 as another encoding; open the original file as UTF-8"],
            fixIts: [
                FixIt(
                    edits.count == 1 ? "write `\(meant)`" : "write what these characters were", edits: edits, .unsafe)
            ])
    }

    /// U+FFFD.
    static func lostCharacter(at span: Span) -> Diagnostic {
        Diagnostic(
            "text/garbled", .warning, "readers see `\u{FFFD}`, the sign for a character that got lost", at: Label(span),
            notes: ["a tool could not read what stood here; write it anew"])
    }

    // MARK: References

    /// `&amp` and `&eur;`.
    static func unknownReference(_ name: String, _ text: String, at span: Span) -> Diagnostic {
        Diagnostic(
            "markdown/character-reference", .warning, "readers see `&\(name)` as it stands", at: Label(span),
            notes: [
                name.hasSuffix(";")
                    ? "there is no character reference of this name"
                    : "a character reference ends with a semicolon; here the character itself does as well"
            ],
            fixIts: [FixIt("write `\(text)`", edits: [Edit(span, text)], .unsafe)])
    }

    /// `&lt;b&gt;`.
    static func escapedTag(_ name: String, at span: Span) -> Diagnostic {
        Diagnostic(
            "markdown/character-reference", .warning, "readers see the tag `<\(name)>`", at: Label(span),
            notes: ["another system escaped the HTML of this text; Markdown has `**bold**` and `*emphasis*` for it"])
    }

    /// `\u00e9`.
    static func unicodeEscape(_ text: String, at span: Span) -> Diagnostic {
        Diagnostic(
            "markdown/character-reference", .warning, "readers see the letters of this escape, and no `\(text)`",
            at: Label(span), notes: ["a text holds its characters as they are"],
            fixIts: [FixIt("write `\(text)`", edits: [Edit(span, text)], .unsafe)])
    }
}
