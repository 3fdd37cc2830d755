import SourceDiagnostics

// The diagnostics of `yaml/` about signs that begin and end entries: hyphens, colons, brackets and their full-width forms.

extension Diagnostic {
    /// - Parameter edits: give each item its hyphen and space.
    static func itemWithoutHyphen(at span: Span, _ edits: [Edit]) -> Diagnostic {
        Diagnostic(
            "yaml/indentation", .error, "a list item begins with a hyphen and a space", at: Label(span),
            notes: ["the items of a list begin in the same column, below their key"],
            fixIts: [FixIt("begin it with `- `", edits: edits, .unsafe)])
    }

    static func itemInOtherColumn(at hyphen: Span, above: Span, _ edits: [Edit]) -> Diagnostic {
        Diagnostic(
            "yaml/indentation", .error, "the list item begins in another column than the one above", at: Label(hyphen),
            secondary: [Label(above, "the one above")], notes: ["the items of a list begin in the same column"],
            fixIts: [FixIt("indent it like the one above", edits: edits, .unsafe)])
    }

    /// `- {id: a}, {id: b}`
    ///
    /// - Parameter edits: put each item on a line of its own.
    static func itemBehindItem(at span: Span, _ edits: [Edit]) -> Diagnostic {
        Diagnostic(
            "yaml/indentation", .error, "a second list item begins on the line of another", at: Label(span),
            notes: ["each item has a hyphen and a line of its own, or all of them stand in `[ ]`"],
            fixIts: [FixIt("begin a new item", edits: edits, .unsafe)])
    }

    /// `default :false`
    static func colonApart(_ key: String, at span: Span, _ edit: Edit) -> Diagnostic {
        Diagnostic(
            "yaml/missing-colon", .error, "the colon of `\(shown(key))` has its space before it and not after it",
            at: Label(span), notes: ["a key is a word, a colon and a space"],
            fixIts: [FixIt("put the colon right after the key", edits: [edit], .unsafe)])
    }

    /// - Parameter edits: write YAML's own signs on the line; not empty.
    static func fullwidthSign(_ sign: String, _ edits: [Edit]) -> Diagnostic {
        let (id, what) =
            switch sign {
            case "：": ("missing-colon", "U+FF1A FULLWIDTH COLON does not end a key")
            case "，": ("missing-comma", "U+FF0C FULLWIDTH COMMA does not end an entry")
            case "、": ("missing-comma", "U+3001 IDEOGRAPHIC COMMA does not end an entry")
            default: ("unclosed-bracket", "`\(sign)` is a full-width bracket, and begins or ends nothing")
            }
        let title = edits.count == 1 && sign == "：" ? "write a colon and a space" : "write YAML's own signs"
        return Diagnostic(
            "yaml/" + id, .error, what, at: Label(edits[0].span),
            notes: ["keys, lists and mappings take `:`, `,`, `[ ]` and `{ }`"],
            fixIts: [FixIt(title, edits: edits, .unsafe)])
    }

    /// `trigger: {event: session_start}, delay: 3s}`
    ///
    /// - Parameter span: the bracket that ends the mapping too early.
    static func earlyBracket(_ closing: String, before key: String, at span: Span) -> Diagnostic {
        Diagnostic(
            "yaml/unclosed-bracket", .error, "`\(closing)` ends the mapping before `\(shown(key))`", at: Label(span),
            notes: ["the last entry stands before the bracket"],
            fixIts: [FixIt("leave it out", edits: [Edit(span, "")], .unsafe)])
    }

    /// `9,99`
    ///
    /// - Parameter number: how it is written.
    static func decimalComma(_ number: String, at span: Span) -> Diagnostic {
        Diagnostic(
            "yaml/decimal-comma", .error, "a comma ends an entry; a number has a decimal point", at: Label(span),
            fixIts: [.write(number, at: span)])
    }

    /// `title: Only # 1 in town`, where a number behind the sign may be one of the text.
    ///
    /// - Parameters:
    ///   - comment: what YAML reads as a comment, at `span`.
    ///   - whole: the value with the comment.
    package static func commentLikeNumber(_ comment: String, at span: Span, whole: Span, _ value: String) -> Diagnostic
    {
        var note = commentInValue(comment, at: span, isEmpty: false, whole: whole, value)
        note.severity = .note
        note.notes = ["in quotes `#` is text"]
        note.fixIts = note.fixIts.map { FixIt($0.title, edits: $0.edits, .displayOnly) }
        return note
    }

    /// - Parameter edit: leaves out the line that begins it; nil where there is more behind it.
    static func severalDocuments(at span: Span, _ edit: Edit?) -> Diagnostic {
        Diagnostic(
            "yaml/multiple-documents", .error, "a second YAML document begins here", at: Label(span),
            notes: ["each file holds one"],
            fixIts: edit.map { [FixIt("leave the line out", edits: [$0], .unsafe)] } ?? [])
    }

    /// `---.input`
    static func textBehindFence(at span: Span, opening: Span, lineBreak: String) -> Diagnostic {
        Diagnostic(
            "yaml/unclosed-front-matter", .error, "the front matter is never closed", at: Label(opening),
            secondary: [Label(span, "text stands on the line that would close it")],
            notes: ["a line of exactly three hyphens closes it; the Markdown text follows"],
            fixIts: [FixIt("begin a new line after it", edits: [Edit(Span(at: span.start + 3), lineBreak)], .unsafe)])
    }
}
