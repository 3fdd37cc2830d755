import MessageFormat
import PlacardMarkdown
import SourceDiagnostics

// The diagnostics of `text/` about what looks like something that it is not: a placeholder of another system, a link, a new
// line.

extension Diagnostic {
    // MARK: Placeholders of other systems

    static func foreignPlaceholder(
        _ text: String, _ meant: String?, _ foreign: ForeignPlaceholder, _ environment: TextEnvironment,
        _ fixIts: [FixIt]
    ) -> Diagnostic {
        let text = shortened(text)
        var notes: [String] = []
        if let meant {
            notes.append("a placeholder has one brace on each side and `$` before the name: `{$\(meant)}`")
        } else if environment.variableNames.isEmpty {
            notes.append(
                "a placeholder is `{$user.first_name}`: an attribute that placard.yaml declares, or a property of the "
                    + "trigger's event")
        } else {
            notes.append(
                "a placeholder has one brace on each side, `$` and a name, such as \(environment.variableNames)")
        }
        if let meant { notes += environment.fallbackNotes(meant, fallback: foreign.fallback) }
        if foreign.isBehindDollar, let meant, environment.variables[meant]?.type == .double {
            notes.append(
                "if `$` is the currency, `{$\(meant) :currency currency=USD}` writes it as each language does")
        }
        notes.append(
            foreign.breaksText && text.utf8.contains(0x7B)
                ? "braces that are meant as such have a backslash, `\\{`"
                : "letters that are meant as such stand in `\(literalForm(text))`")
        return Diagnostic(
            "text/foreign-placeholder", foreign.breaksText ? .error : .warning,
            foreign.breaksText
                ? "`\(text)` is a placeholder of another system" : "readers see `\(text)` as it stands, and no value",
            at: Label(foreign.span), notes: notes, fixIts: fixIts)
    }

    static func foreignStatement(_ text: String, breaksText: Bool, at span: Span) -> Diagnostic {
        let text = shortened(text)
        return Diagnostic(
            "text/foreign-placeholder", breaksText ? .error : .warning,
            breaksText ? "`\(text)` belongs to another template language" : "readers see `\(text)` as it stands",
            at: Label(span),
            notes: [
                "a text is chosen by a value with `.match`, and a message is shown to some users with `audience`",
                breaksText
                    ? "braces that are meant as such have a backslash, `\\{`"
                    : "letters that are meant as such stand in `\(literalForm(text))`",
            ])
    }

    /// - Parameters:
    ///   - numbers: the variables that are numbers, where what it is chosen by is not known; else empty.
    ///   - lost: keys of it that are no values of the variable.
    static func foreignChoice(
        _ argument: ChoiceArgument, _ name: String, numbers: String, lost: [String], _ fixIts: [FixIt]
    ) -> Diagnostic {
        let note: String
        switch argument.format {
        case .function(let function): note = "a value is formatted by a function after it: `{$\(name) :\(function)}`"
        case .plural:
            note = "plurals are whole texts: `.input {$\(name) :integer} .match $\(name) one {{…}} * {{…}}`"
        case .ordinal:
            note =
                "ordinals are whole texts: `.input {$\(name) :integer select=ordinal} .match $\(name) one {{…}} * {{…}}`"
        case .select: note = "a choice is of whole texts: `.input {$\(name) :string} .match $\(name) key {{…}} * {{…}}`"
        }
        let keys = listed(lost.lazy.map { "`\($0)`" })
        return Diagnostic(
            "text/foreign-placeholder", "this is a placeholder of ICU MessageFormat", at: Label(argument.span),
            notes: [note]
                + (argument.isOfNumbers && !numbers.isEmpty ? ["the numbers of this message are \(numbers)"] : [])
                + (lost.isEmpty ? [] : ["`$\(name)` is never \(keys), so that nobody would see those texts"]),
            fixIts: fixIts)
    }

    /// - Parameters:
    ///   - emoji: the one of that name; nil when there is none, as for the pictures that a chat's users add to it.
    ///   - near: the one whose name is almost that.
    static func shortcodeShown(_ text: String, _ emoji: String?, near: String?, at span: Span) -> Diagnostic {
        Diagnostic(
            "text/shortcode", .warning,
            emoji == nil
                ? "no emoji is named `\(text)`, and readers see the letters"
                : "readers see the letters `\(text)`, not an emoji", at: Label(span),
            notes: ["an emoji is written as it is; letters that are meant as such stand in `\(literalForm(text))`"],
            fixIts: (emoji ?? near).map { [FixIt("write \($0)", edits: [Edit(span, $0)], .unsafe)] } ?? [])
    }

    /// `{event.id}`: a literal in braces, without quotation marks.
    ///
    /// - Parameter meant: the variable that it means, if that can be shown.
    static func unmarkedVariable(
        _ literal: String, _ meant: String?, at span: Span, _ environment: TextEnvironment
    ) -> Diagnostic {
        var notes = [
            "a variable has `$` before its name; letters that are meant as such stand in `\(literalForm(literal))`"
        ]
        var fixIts: [FixIt] = []
        if let meant {
            notes += environment.fallbackNotes(meant)
            fixIts = [environment.fix("write `$\(meant)`", [Edit(span, "$\(meant)")], showing: meant)]
        } else if !environment.variableNames.isEmpty {
            notes.append("this message may show \(environment.variableNames)")
        }
        return Diagnostic(
            "text/unmarked-variable", .warning, "readers see the letters `\(literal)`, not the value of a variable",
            at: Label(span), notes: notes, fixIts: fixIts)
    }

    /// A text that an author wrote, as it fits into a line.
    package static func shortened(_ text: String) -> String {
        text.utf8.contains(0x0A) || text.count > 60 ? "\(text.prefix { $0 != "\n" }.prefix(40))…" : text
    }

    // MARK: Marks of Markdown

    static func unspacedHeading(at span: Span) -> Diagnostic {
        Diagnostic(
            "text/not-a-heading", .warning, "this looks like a heading, and is shown as it stands", at: Label(span),
            notes: ["a heading has a space between `#` and its words"],
            fixIts: [FixIt("insert a space", edits: [Edit(Span(at: span.end), " ")], .unsafe)])
    }

    /// - Parameters:
    ///   - previous: the level of the heading before it; nil of the first.
    ///   - edits: what makes it and those below it headings of `expected`; none where that is not known.
    static func skippedHeading(
        _ level: Int, after previous: Int?, expected: Int, at span: Span, edits: [Edit]
    ) -> Diagnostic {
        let marks = String(repeating: "#", count: expected)
        return Diagnostic(
            "text/heading-order", .warning,
            previous.map { "a heading of level \(level) follows one of level \($0)" }
                ?? "the first heading is of level \(level)", at: Label(span),
            notes: [
                "those who hear a message find their way by its headings, one level at a time: `\(marks)` comes next"
            ],
            fixIts: edits.isEmpty ? [] : [FixIt("make it `\(marks)`", edits: edits, .unsafe)])
    }

    static func unclosedFence(at span: Span) -> Diagnostic {
        Diagnostic(
            "text/unclosed-fence", .warning, "nothing closes this fence, and all that follows is code", at: Label(span),
            notes: ["a line with the same marks and nothing else closes it"])
    }

    // MARK: Links

    private static func notALink(at span: Span, _ note: String, _ fixIts: [FixIt] = []) -> Diagnostic {
        Diagnostic(
            "text/not-a-link", .warning, "this looks like a link, and is shown as it stands", at: Label(span),
            notes: [note],
            fixIts: fixIts)
    }

    static func brokenLink(at span: Span, spaces: [Span]) -> Diagnostic {
        guard !spaces.isEmpty else {
            return notALink(
                at: span,
                "in an address parentheses come in pairs, a title has quotation marks, and a link cannot stand in another"
            )
        }
        return notALink(
            at: span, "an address cannot hold spaces",
            [FixIt("write `%20`", edits: spaces.map { Edit($0, String(repeating: "%20", count: $0.length)) }, .unsafe)])
    }

    /// `<https://example.com/a b>`.
    static func spacedAutolink(at span: Span, spaces: [Span]) -> Diagnostic {
        notALink(
            at: span, "an address cannot hold spaces",
            [FixIt("write `%20`", edits: spaces.map { Edit($0, String(repeating: "%20", count: $0.length)) }, .unsafe)])
    }

    /// - Parameter end: what `)` is written for; nil when that is not plain.
    static func unclosedLink(at span: Span, end: Span?) -> Diagnostic {
        notALink(
            at: span, "the address ends with `)`, on the line that it begins on",
            end.map { [FixIt("write `)`", edits: [Edit($0, ")")], .unsafe)] } ?? [])
    }

    /// `[news]（https://…）`, `[later]#(later)` and `<https://…`, of which a sign is another, stands in the wrong place or is missing.
    static func slippedLink(at span: Span, _ edits: [Edit]) -> Diagnostic {
        notALink(
            at: span, "a link is `[words](address)`, and an address alone stands in `< >`",
            [
                FixIt(
                    edits.allSatisfy(\.replacement.isEmpty)
                        ? "leave it out" : "write \(edits.map { "`\($0.replacement)`" }.joined(separator: " and "))",
                    edits: edits, .unsafe)
            ])
    }

    /// `](https://…)` without a `[` before it.
    static func unopenedLink(at span: Span) -> Diagnostic {
        notALink(at: span, "`[` stands before the first word that leads there")
    }

    /// `[news(https://…)`.
    ///
    /// - Parameters:
    ///   - text: the bracket and the words of the link.
    ///   - place: what `]` is written for.
    static func missingBracket(at text: Span, _ place: Span) -> Diagnostic {
        notALink(
            at: text, "`]` stands after the last word that leads there, right before `(`",
            [FixIt("write `]`", edits: [Edit(place, "]")], .unsafe)])
    }

    /// `[news]https://…)`.
    static func missingParenthesis(_ sign: String, at text: Span, before place: Int) -> Diagnostic {
        notALink(
            at: text, "`(` follows `]`, and then the address",
            [FixIt("write `\(sign)`", edits: [Edit(Span(at: place), sign)], .unsafe)])
    }

    /// `[[news](https://…)` and the like.
    ///
    /// - Parameter isRemoved: whether it can only be one too many.
    static func doubledSign(_ sign: String, at span: Span, isRemoved: Bool = true) -> Diagnostic {
        Diagnostic(
            "text/not-a-link", .warning, "readers see this `\(sign)`, which belongs to no link", at: Label(span),
            notes: ["one that is meant as such is `\\\(sign)`"],
            fixIts: isRemoved ? [FixIt("remove it", edits: [Edit(span, "")], .unsafe)] : [])
    }

    static func spacedLink(at span: Span) -> Diagnostic {
        notALink(
            at: span, "`(` follows `]` without a space", [FixIt("remove the space", edits: [Edit(span, "")], .unsafe)])
    }

    static func swappedLink(at span: Span) -> Diagnostic {
        notALink(at: span, "the text stands in `[ ]` and comes first, the address in `( )`")
    }

    static func undefinedReference(at span: Span) -> Diagnostic {
        notALink(at: span, "no line of the text says where this label leads, as `[label]: https://…` would")
    }

    /// - Parameter span: what of the address is misread; or all of it, where that is not known.
    static func misreadAddress(_ slip: AddressSlip, at span: Span, notes: [String], _ fixIts: [FixIt]) -> Diagnostic {
        Diagnostic(
            slip.id, slip.isCertain ? .warning : .note, slip.message, at: Label(span), notes: [slip.note] + notes,
            fixIts: fixIts)
    }

    // MARK: Plain texts

    /// What looks like markup in a text that has none.
    static func markupInPlainText(_ slip: PlainSlip, _ text: String) -> Diagnostic {
        let note: String
        let title: String
        switch slip.kind {
        case .lineBreak: return notALineBreak(slip, text, isPlain: true)
        case .markdown:
            note = "this is plain text, and Markdown means nothing here; the body of a message has it"
            title = "write the words alone"
        case .html:
            note = "this is plain text, and HTML means nothing in a message"
            title = "remove the tag"
        case .reference:
            note = "this is plain text, and a reference means nothing here; characters are written as they are"
            title = "write the character"
        }
        return Diagnostic(
            "message/markup-in-plain-text", .warning, "readers see `\(text)` as it stands", at: Label(slip.span),
            notes: [note, "letters that are meant as such stand in `\(literalForm(text))`"],
            fixIts: [FixIt(title, edits: slip.edits, .unsafe)])
    }

    static func lineOfPlainText(_ span: Span, isSpaced: Bool) -> Diagnostic {
        Diagnostic(
            "text/not-a-line-break", .warning, "this text is shown on one line, and has several", at: Label(span),
            notes: [
                "a title, a label and the description of an image have one line; a body in Markdown can have several"
            ],
            fixIts: [FixIt("write a space", edits: [Edit(span, isSpaced ? "" : " ")], .unsafe)])
    }

    static func notALineBreak(_ slip: PlainSlip, _ text: String, isPlain: Bool) -> Diagnostic {
        Diagnostic(
            "text/not-a-line-break", .warning, "readers see the letters `\(text)`, not a new line",
            at: Label(slip.span),
            notes: [
                isPlain
                    ? "this is plain text, on one line; a body in Markdown can have several"
                    : "in Markdown an empty line begins a new paragraph, and a backslash at the end of a line breaks it",
                "letters that are meant as such stand in `\(literalForm(text))`",
            ], fixIts: isPlain ? [FixIt("write a space", edits: slip.edits, .unsafe)] : [])
    }
}

extension Diagnostic {
    // MARK: Lists and spaces

    /// `-one` and `-two`.
    ///
    /// - Parameters:
    ///   - mark: what the first of them begins with, and what it is in Markdown.
    ///   - edits: what makes items of them; none where that is not plain.
    static func unspacedItems(_ mark: String, _ meant: String, count: Int, at span: Span, _ edits: [Edit]) -> Diagnostic
    {
        Diagnostic(
            "text/list-mark", .warning,
            count == 1
                ? "this line looks like an item of a list, and is none"
                : "these lines look like a list, and readers see them as one text", at: Label(span),
            notes: ["an item begins with `-` or a number with a full stop, and a space: `\(meant)…`"],
            fixIts: edits.isEmpty
                ? []
                : [FixIt(count == 1 ? "write `\(meant)`" : "make a list of them", edits: edits, .unsafe)])
    }

    /// `2026. A good year`.
    static func unmeantList(_ mark: String, at span: Span, _ edit: Edit) -> Diagnostic {
        Diagnostic(
            "text/list-mark", .warning, "`\(mark)` begins a list here, of one item", at: Label(span),
            notes: ["a backslash makes a sign of it: `\(mark == "+" ? "\\+" : "2026\\.")`"],
            fixIts: [FixIt("write a backslash before it", edits: [edit], .unsafe)])
    }

    /// `plate{ $plate}` and `in **5 minutes**left`.
    static func gluedWords(at span: Span, _ edits: [Edit]) -> Diagnostic {
        Diagnostic(
            "text/glued-words", .warning, "no space parts these words", at: Label(span),
            notes: ["white space within braces shows nothing, and a mark parts no words"],
            fixIts: [FixIt("insert a space", edits: edits, .unsafe)])
    }
}
