import MessageFormat
import PlacardMarkdown
import SourceDiagnostics

// The diagnostics of `text/` about what looks like something that it is not: a placeholder of another system, a link, bold, a new
// line, a number that only some readers have.

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

    /// - Parameter lost: keys of it that are no values of the variable.
    static func foreignChoice(
        _ argument: ChoiceArgument, _ name: String, lost: [String], _ fixIts: [FixIt]
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
            notes: [note] + (lost.isEmpty ? [] : ["`$\(name)` is never \(keys), so that nobody would see those texts"]),
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

    /// - Parameter isAlone: whether no other `**` of its block is shown.
    static func strayAsterisks(at span: Span, isAlone: Bool) -> Diagnostic {
        Diagnostic(
            "text/stray-asterisks", .warning, "`**` is shown as two asterisks here", at: Label(span),
            notes: [
                "bold begins with `**` right before a word and ends with `**` right after one; beside punctuation of Chinese "
                    + "and Japanese, `{#strong}…{/strong}` makes bold where `**` cannot"
            ],
            fixIts: isAlone
                ? [FixIt("write `\\*\\*` if asterisks are meant", edits: [Edit(span, "\\*\\*")], .unsafe)] : [])
    }

    /// - Parameter words: what stands between the marks, without the spaces.
    static func spacedAsterisks(_ open: Span, _ close: Span, _ words: String, _ edits: [Edit]) -> Diagnostic {
        let isShort = words.count <= 40 && !words.utf8.contains(0x0A)
        let bold = isShort ? "`**\(words)**`" : "`**…**`"
        return Diagnostic(
            "text/stray-asterisks", .warning, "bold has no space inside its `**`: \(bold)",
            at: Label(open), secondary: [Label(close, "the end of it")],
            notes: ["readers see the asterisks; write them right beside the words that they are for"],
            fixIts: [FixIt("remove the spaces inside", edits: edits, .unsafe)])
    }

    /// - Parameter missing: where one more asterisk makes both marks alike.
    static func unevenAsterisks(_ open: Span, _ close: Span, missing: Int) -> Diagnostic {
        Diagnostic(
            "text/stray-asterisks", .warning, "bold has two asterisks on both sides; one side has one here",
            at: Label(open), secondary: [Label(close, "the end of it")],
            notes: ["readers see an asterisk and words in italics"],
            fixIts: [FixIt("write `**` on both sides", edits: [Edit(Span(at: missing), "*")], .unsafe)])
    }

    static func strayMarks(_ open: Span, _ close: Span, _ name: String, _ opening: String, _ closing: String)
        -> Diagnostic
    {
        Diagnostic(
            "text/stray-asterisks", .warning, "\(name) does not mark what it stands around", at: Label(open),
            secondary: [Label(close, "the end of it")],
            notes: [
                "Markdown reads marks beside punctuation in another way; "
                    + "markup works everywhere: `\(opening)…\(closing)`"
            ],
            fixIts: [
                FixIt("write `\(opening)…\(closing)`", edits: [Edit(open, opening), Edit(close, closing)], .unsafe)
            ])
    }

    /// `2*3*4`, of which the middle is in italics.
    ///
    /// - Parameters:
    ///   - asterisks: each of them.
    ///   - isBold: whether they come in pairs.
    static func product(_ words: String, at span: Span, _ asterisks: [Int], isBold: Bool) -> Diagnostic {
        Diagnostic(
            "text/stray-asterisks", .warning,
            "readers see `\(shortened(words))` in \(isBold ? "bold" : "italics"), and no asterisks", at: Label(span),
            notes: ["between numbers an asterisk is mostly a sign of multiplication, which is `\\*` or ×"],
            fixIts: [
                FixIt("write `\\*`", edits: asterisks.map { Edit(Span(at: $0), "\\") }, .unsafe)
            ])
    }

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

    static func unclosedLink(at span: Span) -> Diagnostic {
        notALink(at: span, "the address ends with `)`, on the line that it begins on")
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
        Diagnostic(slip.id, .warning, slip.message, at: Label(span), notes: [slip.note] + notes, fixIts: fixIts)
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

    // MARK: Numbers in variants

    static func writtenNumber(
        _ key: Literal, _ samples: [Int], _ number: Int, at span: Span, _ selector: String, isOnly: Bool
    ) -> Diagnostic {
        Diagnostic(
            "text/implied-number", .warning, "readers with \(others(samples, than: number)) see the number \(number)",
            at: Label(span), secondary: [Label(key.place.span, "is for \(others(samples, than: number)) too")],
            notes: numberNotes(key, samples, selector, number),
            fixIts: isOnly
                ? [FixIt("write `{$\(selector)}` for the number", edits: [Edit(span, "{$\(selector)}")], .unsafe)] : [])
    }

    static func missingNumber(_ key: Literal, _ samples: [Int], _ selector: String) -> Diagnostic {
        let number = samples.contains(1) ? 1 : samples[0]
        return Diagnostic(
            "text/implied-number", .warning,
            "`\(key.value)` is for \(others(samples, than: number)) too, and its text does not say the number",
            at: Label(key.place.span), notes: numberNotes(key, samples, selector, number),
            fixIts: [
                FixIt(
                    "write `\(number)` for exactly \(number), and the number in the text for the others",
                    edits: [Edit(key.place.span, "\(number) {{TEXT}}\n\(key.value)")], .displayOnly)
            ])
    }

    private static func numberNotes(_ key: Literal, _ samples: [Int], _ selector: String, _ number: Int) -> [String] {
        [
            "a text for exactly \(number) has the key `\(number)`: `\(number) {{…}}`; "
                + "one for `\(key.value)` shows the number, `{$\(selector)}`"
        ]
    }

    /// `21, 31 and 41`: what a category holds besides one number.
    private static func others(_ samples: [Int], than number: Int) -> String {
        listed(samples.filter { $0 != number }.prefix(3).map(String.init))
    }
}
