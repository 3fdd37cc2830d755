import SourceDiagnostics

// The diagnostics of `yaml/` about a document that YAML cannot read.

extension Diagnostic {
    // MARK: Values without quotes

    /// - Parameters:
    ///   - value: the value, with how it is quoted; nil where that is not certain.
    ///   - reason: what YAML sees in it.
    static func unquotedValue(_ value: LineValue?, fallback: Span, because reason: String) -> Diagnostic {
        guard let value, !value.span.isEmpty else {
            return Diagnostic(
                "yaml/unquoted-value", .error, "the value needs quotes: \(reason)", at: Label(fallback),
                notes: ["in quotes the whole value is text"])
        }
        let isExpression = value.looksLikeExpression
        let what = isExpression ? "the expression" : "the value"
        var notes = ["in quotes \(what) is text, whatever it holds"]
        if isExpression {
            notes.append("a long expression reads well as a block: a `|` after the colon, the lines below indented")
        }
        if hasMarkBehindPlaceholder(value.text) {
            notes.append("the quotation mark after the placeholder is kept: leave it out where it is none of the text")
        }
        return Diagnostic(
            "yaml/unquoted-value", .error, "\(what) needs quotes: \(reason)", at: Label(value.span), notes: notes,
            fixIts: value.quotingFixes(), choice: .simplest)
    }

    static func unquotedPlaceholder(_ text: String, at span: Span) -> Diagnostic {
        Diagnostic(
            "yaml/unquoted-value", .error, "the value needs quotes: `{` begins a mapping", at: Label(span),
            notes: ["in quotes the value is text, whatever it holds"],
            fixIts: [FixIt("quote the value", edits: [Edit(span, quoted(withoutOddMark(text) ?? text))], .unsafe)],
            choice: .simplest)
    }

    // MARK: Lines

    static func tab(at span: Span, _ edit: Edit) -> Diagnostic {
        Diagnostic(
            "yaml/tab", .error, "a tab cannot indent a line", at: Label(span),
            notes: ["editors show tabs with different widths, so YAML takes spaces only"],
            fixIts: [FixIt("use spaces", edits: [edit], .unsafe)])
    }

    static func strayKey(at span: Span) -> Diagnostic {
        Diagnostic(
            "yaml/indentation", .error, "a key cannot stand here", at: Label(span),
            notes: ["the keys of one mapping begin in the same column; a value of several lines needs quotes or a `|`"])
    }

    /// - Parameters:
    ///   - span: the second key, with its colon.
    ///   - edit: puts it on a line of its own.
    static func secondKey(_ key: String, at span: Span, _ edit: Edit) -> Diagnostic {
        Diagnostic(
            "yaml/indentation", .error, "`\(shown(key))` begins on the line of another key", at: Label(span),
            notes: ["each key has a line of its own; a value that holds a colon and a space needs quotes"],
            fixIts: [FixIt("begin a new line", edits: [edit], .unsafe)])
    }

    /// - Parameter edits: put the space there.
    static func hyphenWithoutSpace(at span: Span, _ edits: [Edit]) -> Diagnostic {
        Diagnostic(
            "yaml/indentation", .error, "the entry of a list begins with a hyphen and a space", at: Label(span),
            fixIts: [FixIt("put a space after the hyphen", edits: edits, .unsafe)])
    }

    /// - Parameters:
    ///   - key: the key above that has its value already; nil when it is not one.
    ///   - indentation: the edit that gives the line the one of the line above.
    ///   - isAbove: whether it is the line above that gets the one of the line.
    static func indentedTooDeep(
        _ line: Span, below above: Span, key: String?, _ indentation: Edit, isAbove: Bool = false
    ) -> Diagnostic {
        let title = isAbove ? "indent the line above like it" : "indent it like the line above"
        let fix = FixIt(title, edits: [indentation], .unsafe)
        guard let key else {
            return Diagnostic(
                "yaml/indentation", .error, "the line is indented deeper than its neighbours", at: Label(line),
                secondary: [Label(above)], fixIts: [fix])
        }
        return Diagnostic(
            "yaml/indentation", .error,
            "the line is indented deeper than `\(shown(key))` above, which has its value already", at: Label(line),
            secondary: [Label(above, "so this value goes on below")],
            notes: ["a value of several lines that holds a colon needs quotes, or a `|` after the key's colon"],
            fixIts: [fix])
    }

    /// - Parameter fixIts: what is likely missing.
    static func missingColon(at line: Span, _ fixIts: [FixIt]) -> Diagnostic {
        Diagnostic(
            "yaml/missing-colon", .error, "expected a key and a colon", at: Label(line),
            notes: ["each line is a key, a colon, a space and a value; a value of several lines is indented"],
            fixIts: fixIts)
    }

    static func keyTooLong(at span: Span) -> Diagnostic {
        Diagnostic(
            "yaml/key-too-long", .error, "the key is longer than 1024 characters", at: Label(span),
            notes: ["YAML looks no further for the colon"])
    }

    static func indentedBlankLine(at span: Span, text: Span) -> Diagnostic {
        Diagnostic(
            "yaml/block-text-indentation", .error, "this blank line is indented more than the text below it",
            at: Label(span), secondary: [Label(text, "the text")],
            notes: ["the first line with spaces decides how far the text of a block is indented"],
            fixIts: [FixIt("empty the line", edits: [Edit(span, "")], .safe)])
    }

    static func blockNotIndented(at line: Span, header: Span) -> Diagnostic {
        Diagnostic(
            "yaml/block-text-indentation", .error, "the text of a block must be indented more than its key",
            at: Label(line), secondary: [Label(header, "the block begins here")],
            fixIts: [FixIt("indent it", edits: [Edit(Span(at: line.start), "  ")], .unsafe)])
    }

    static func strayItem(at line: Span) -> Diagnostic {
        Diagnostic(
            "yaml/indentation", .error, "a list item cannot stand here", at: Label(line),
            notes: ["the items of a list begin in the same column, below their key"])
    }

    /// - Parameter fix: what makes a key of it; nil where it is none.
    static func listAfterKeys(at line: Span, fix: FixIt?) -> Diagnostic {
        Diagnostic(
            "yaml/list-after-keys", .error, "a list item cannot follow keys in the same column", at: Label(line),
            notes: ["a list belongs to one key: put a key above it, or indent it below one"],
            fixIts: fix.map { [$0] } ?? [])
    }

    static func wrongIndentation(at line: Span, fix: FixIt?) -> Diagnostic {
        Diagnostic(
            "yaml/indentation", .error, "the line is indented like none of those above", at: Label(line),
            notes: ["the keys of one mapping begin in the same column, and so do the items of one list"],
            fixIts: fix.map { [$0] } ?? [])
    }

    static func belongsToNothing(at line: Span) -> Diagnostic {
        Diagnostic(
            "yaml/indentation", .error, "this does not belong to the value above", at: Label(line),
            notes: ["the keys of one mapping begin in the same column"])
    }

    static func afterValue(_ text: String, at span: Span) -> Diagnostic {
        Diagnostic(
            "yaml/syntax", .error, "unexpected `\(shown(text))`", at: Label(span),
            notes: [
                "the value before it has ended; a text with brackets or quotation marks goes into quotes as a whole"
            ])
    }

    /// - Parameter isDirective: whether it is one, and not a text that begins with a `%`.
    static func directive(at span: Span, isDirective: Bool) -> Diagnostic {
        Diagnostic(
            "yaml/directive", .error, "a YAML directive is not allowed here", at: Label(span),
            notes: ["every file is YAML 1.2 with the core schema; remove the line"],
            fixIts: [
                isDirective
                    ? FixIt("remove it", edits: [Edit(span, "")], .safe)
                    : FixIt("remove the `%`", edits: [Edit(Span(span.start, span.start + 1), "")], .unsafe)
            ])
    }

    /// - Parameter context: what libyaml was doing, in its words; may be empty.
    static func yamlSyntax(_ problem: String, context: String, at span: Span) -> Diagnostic {
        Diagnostic(
            "yaml/syntax", .error, "this is not YAML: \(problem)", at: Label(span),
            notes: context.isEmpty ? [] : ["libyaml found it \(context)"])
    }

    // MARK: Brackets

    /// - Parameter fixIts: where it may be closed.
    static func unclosedBracket(
        _ opening: String, closing: String, at span: Span, _ fixIts: [FixIt]
    ) -> Diagnostic {
        let what = closing == "]" ? "a list" : "a mapping"
        return Diagnostic(
            "yaml/unclosed-bracket", .error, "`\(opening)` is never closed", at: Label(span),
            notes: ["\(what) in brackets ends with `\(closing)`; a text that begins with a bracket needs quotes"],
            fixIts: fixIts)
    }

    /// - Parameters:
    ///   - meant: the bracket that does.
    ///   - earlier: the comma before which it may be missing; nil where there is none.
    static func mismatchedBracket(
        _ closing: String, at span: Span, _ opening: String, opened: Span, meant: String, earlier: Int?
    ) -> Diagnostic {
        // Where it was meant to stand earlier, at this place it would take in what is not its own.
        let fixIts =
            if let earlier {
                [FixIt("put `\(meant)` before the comma", edits: [Edit(Span(at: earlier), meant)], .unsafe)]
            } else {
                [
                    FixIt("put `\(meant)` before it", edits: [Edit(Span(at: span.start), meant)], .unsafe),
                    FixIt.write(meant, at: span),
                ]
            }
        return Diagnostic(
            "yaml/unclosed-bracket", .error, "`\(closing)` does not close `\(opening)`", at: Label(span),
            secondary: [Label(opened)], fixIts: fixIts)
    }

    static func surplusBracket(_ closing: String, at span: Span) -> Diagnostic {
        Diagnostic(
            "yaml/unclosed-bracket", .error, "`\(closing)` closes nothing that is open", at: Label(span),
            notes: ["the value is closed before it"],
            fixIts: [FixIt("leave it out", edits: [Edit(span, "")], .unsafe)])
    }

    /// - Parameter fix: where it belongs; nil where nobody can tell.
    static func strayBracket(_ closing: String, at span: Span, _ fix: FixIt?) -> Diagnostic {
        Diagnostic(
            "yaml/unclosed-bracket", .error, "`\(closing)` closes nothing that is open", at: Label(span),
            fixIts: fix.map { [$0] } ?? [])
    }

    /// - Parameter edits: put it where it is missing; empty where nobody can tell.
    static func missingComma(at span: Span, opened: Span, _ edits: [Edit]) -> Diagnostic {
        Diagnostic(
            "yaml/missing-comma", .error, "a comma is missing between two entries", at: Label(span),
            secondary: [Label(opened, "inside these brackets")],
            fixIts: edits.isEmpty
                ? [] : [FixIt(edits.count == 1 ? "add a comma" : "add commas", edits: edits, .unsafe)])
    }

    /// - Parameter key: the key of an entry that begins in the value of another.
    static func missingComma(before key: String, at span: Span, _ edit: Edit) -> Diagnostic {
        Diagnostic(
            "yaml/missing-comma", .error, "no comma stands before `\(shown(key))`, which begins the next entry",
            at: Label(span), notes: ["a value that holds a colon and a space needs quotes"],
            fixIts: [FixIt("add a comma", edits: [edit], .unsafe)])
    }

    static func emptyEntry(at span: Span) -> Diagnostic {
        Diagnostic(
            "yaml/empty-entry", .error, "an entry is missing before the comma", at: Label(span),
            notes: ["one comma stands between two entries"],
            fixIts: [FixIt("remove the comma", edits: [Edit(span, "")], .unsafe)])
    }

    /// `- {id: go},`, as JSON has it.
    ///
    /// - Parameter edits: leave it out here, and where else one is.
    static func commaAfterValue(at span: Span, _ edits: [Edit]) -> Diagnostic {
        Diagnostic(
            "yaml/syntax", .error, "a comma stands after the value", at: Label(span),
            notes: ["entries on lines of their own take no comma and no semicolon"],
            fixIts: [FixIt(edits.count > 1 ? "leave them out" : "leave it out", edits: edits, .unsafe)])
    }

    static func aliasWithProperties(at line: Span) -> Diagnostic {
        Diagnostic(
            "yaml/syntax", .error, "an alias cannot have an anchor or a tag", at: Label(line),
            notes: ["a value that begins with `&` or `!` needs quotes"])
    }

    // MARK: Quotes and escapes

    /// - Parameters:
    ///   - mark: the quotation mark.
    ///   - fix: how it is closed, if that is known.
    static func unclosedQuote(_ mark: String, at span: Span, _ fix: FixIt?) -> Diagnostic {
        Diagnostic(
            "yaml/unclosed-quote", .error, "the quotation mark `\(mark)` is never closed", at: Label(span),
            notes: [
                mark == "'"
                    ? "inside `'…'` a quotation mark is written twice"
                    : "inside `\"…\"` a quotation mark is written `\\\"`"
            ],
            fixIts: fix.map { [$0] } ?? [])
    }

    static func quoteOpenOnLine(_ mark: String, at span: Span, goesOnTo end: Span, _ fix: FixIt) -> Diagnostic {
        Diagnostic(
            "yaml/unclosed-quote", .error, "the quotation mark `\(mark)` is not closed on its line", at: Label(span),
            secondary: [Label(end, "so its text goes on to here")], fixIts: [fix])
    }

    static func invalidEscape(_ escape: String, _ problem: EscapeProblem, at span: Span) -> Diagnostic {
        let message =
            switch problem {
            case .surrogate: "`\(escape)` is not a character"
            case .digits(let count): "`\(escape)` needs \(count) hexadecimal digits"
            case .unknown: "`\(escape)` is not an escape"
            }
        let surrogate =
            "half of a surrogate pair cannot stand alone: write the character itself, or `\\U` and eight digits"
        return Diagnostic(
            "yaml/invalid-escape", .error, message, at: Label(span),
            notes: (problem == .surrogate ? [surrogate] : [])
                + ["a backslash is written `\\\\` inside `\"…\"`, and as itself inside `'…'`"],
            fixIts: [FixIt("double the backslash", edits: [Edit(Span(at: span.start), "\\")], .unsafe)])
    }
}

/// What is wrong with an escape in a double-quoted scalar.
enum EscapeProblem: Equatable {
    /// It stands for half of a pair.
    case surrogate
    /// It has fewer digits than these.
    case digits(Int)
    /// No escape has this letter.
    case unknown
}
