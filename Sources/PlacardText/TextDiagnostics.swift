import MessageFormat
import PlacardMarkdown
import SourceDiagnostics

// The diagnostics of `text/` about a text as a whole. Those about Markdown as such, about links and about MessageFormat come
// from their modules.

/// At most this many diagnostics of one check are made of one text: more than a person reads, and few enough for a text that is made
/// to have many. What is printed is fewer yet; all of these are in JSON and SARIF.
let textDiagnosticLimit = 1_000

extension Diagnostic {
    // MARK: Characters

    static func controlCharacter(_ value: UInt32, at span: Span) -> Diagnostic {
        Diagnostic(
            "text/control-character", "the text holds the control character \(codePoint(value))", at: Label(span),
            notes: ["the only control characters that a text can hold are tabs and the ends of lines"],
            fixIts: [FixIt("remove it", edits: [Edit(span, "")], .safe)])
    }

    static func noncharacter(_ value: UInt32, at span: Span) -> Diagnostic {
        Diagnostic(
            "text/control-character", "the text holds \(codePoint(value)), which is not a character", at: Label(span),
            notes: ["programs use it internally; readers would see nothing, or a box"],
            fixIts: [FixIt("remove it", edits: [Edit(span, "")], .safe)])
    }

    static func referenceToBrace(_ brace: String, at span: Span) -> Diagnostic {
        Diagnostic(
            "text/reference-to-brace", .warning, "a character reference to `\(brace)` opens no placeholder",
            at: Label(span),
            notes: ["in Markdown a reference stands for the character and nothing else"],
            fixIts: [
                FixIt("write `\\\(brace)` for the character", edits: [Edit(span, "\\" + brace)], .safe),
                FixIt("write `\(brace)` for a placeholder", edits: [Edit(span, brace)], .displayOnly),
            ])
    }

    static func tooManyPlaceholders(at span: Span) -> Diagnostic {
        Diagnostic(
            "text/too-many-placeholders", "the text holds more than \(sentinelLimit) placeholders and escaped braces",
            at: Label(span))
    }

    // MARK: Placeholders

    static func swallowed(_ entry: (content: SentinelContent, span: Span)) -> Diagnostic {
        Diagnostic(
            "text/swallowed-placeholder", "Markdown does not show this placeholder, and nobody would see its value",
            at: Label(entry.span),
            notes: [
                "Markdown does not show what stands in such a place, as the label of a link reference or an unused definition"
            ])
    }

    static func markupCrosses(_ markup: Markup, at span: Span, opener: Span?) -> Diagnostic {
        let isClose = markup.kind == .close
        return Diagnostic(
            "text/markup-crosses",
            isClose
                ? "`{/\(markup.name)}` closes nothing that was opened in the same place"
                : "`{#\(markup.name)}` is not closed in the place where it was opened",
            at: Label(span), secondary: opener.map { [Label($0, "open here")] } ?? [],
            notes: [
                "the start and the end of markup stand in the same paragraph, and both in the same emphasis or link, or in none"
            ])
    }

    static func unknownMarkup(_ markup: Markup, declared: [String], at span: Span) -> Diagnostic {
        let near = htmlNames[markup.name.lowercased()] ?? nearMiss(markup.name, among: declared + ["strong", "em"])
        let place = markup.namePlace.span
        let name = Span(place.start + 1, place.end)
        return Diagnostic(
            "text/unknown-markup", "the template has no markup `\(markup.name)`", at: Label(name.isEmpty ? span : name),
            notes: [
                declared.isEmpty
                    ? "without a list of markup in template.yaml there are only `strong` and `em`"
                    : "template.yaml lists \(listed(declared.lazy.map { "`\($0)`" })); every template has `strong` and `em`"
            ],
            fixIts: near.map { [FixIt("write `\($0)`", edits: [Edit(name, $0)], .unsafe)] } ?? [])
    }

    // MARK: Variables

    /// - Parameter isSuggesting: whether the variable that is meant is looked for.
    static func unknownVariable(
        _ name: String, at span: Span, _ environment: TextEnvironment, isSuggesting: Bool
    ) -> Diagnostic {
        let near = isSuggesting ? environment.variable(meantBy: name) : nil
        var notes = [
            "a variable is an attribute that placard.yaml declares, a property of the trigger's event, or a `.local` of the text"
        ]
        if isOfEvent(name), !environment.hasProperties {
            notes.append("the event of this message's trigger has no properties in placard.yaml")
        }
        if let near { notes += environment.fallbackNotes(near) }
        if near == nil, isSuggesting, !environment.variables.isEmpty {
            notes.append("here are \(environment.variableNames)")
        }
        return Diagnostic(
            "text/unknown-variable", "there is no variable `$\(name)`", at: Label(span), notes: notes,
            fixIts: near.map { [environment.fix("write `$\($0)`", [Edit(span, "$\($0)")], showing: $0)] } ?? [])
    }

    /// `$event.id` among the words of a text.
    static func variableWithoutBraces(_ written: String, _ name: String, at span: Span, _ environment: TextEnvironment)
        -> Diagnostic
    {
        Diagnostic(
            "text/unmarked-variable", .warning, "readers see the letters `$\(written)`, not the value of the variable",
            at: Label(span),
            notes: [
                "a placeholder has braces of its own, beside the `{{ }}` around a whole text; letters that "
                    + "are meant as such stand in `{|$\(written)|}`"
            ] + environment.fallbackNotes(name),
            fixIts: [environment.fix("write `{$\(name)}`", [Edit(span, "{$\(name)}")], showing: name)])
    }

    static func missingFallback(_ name: String, inNotification: Bool = false, at span: Span) -> Diagnostic {
        let fallback = "`variables: {\(name): {fallback: …}}`"
        let note =
            inNotification
            ? "the system shows a notification by itself, before any value is known; write what it then says, "
                + "`push: {fallback: {title: …, body: …}}`, or what stands for this value, \(fallback)"
            : "the attribute is optional; give what is shown without it in the front matter, "
                + "\(fallback), or a default in placard.yaml"
        return Diagnostic(
            "text/missing-fallback", "`$\(name)` may have no value, and no fallback is given", at: Label(span),
            notes: [note])
    }

    static func unknownValue(_ key: String, of name: String, values: [String], at span: Span) -> Diagnostic {
        let near = nearMiss(key, among: values)
        return Diagnostic(
            "text/unknown-value", "`$\(name)` is never `\(key)`", at: Label(span),
            notes: ["its values are \(listed(values.lazy.map { "`\($0)`" }))"],
            fixIts: near.map { [FixIt("write `\($0)`", edits: [Edit(span, $0)], .unsafe)] } ?? [])
    }

    static func unformattable(_ name: String, _ type: String, at span: Span) -> Diagnostic {
        Diagnostic(
            "text/unformattable-variable", "a \(type) such as `$\(name)` cannot be shown in a text", at: Label(span),
            notes: ["texts show strings, numbers, truth values, versions, addresses and times"])
    }

    static func formattedTarget(at span: Span) -> Diagnostic {
        Diagnostic(
            "link/formatted-placeholder", "a placeholder in an address is plain or `:string`, without options",
            at: Label(span),
            notes: ["formatted numbers and dates differ from language to language, and an address must not"])
    }

    // MARK: Shape

    static func blockNotAllowed(_ name: String, allowed: String, at span: Span) -> Diagnostic {
        Diagnostic(
            "text/block-not-allowed", "the template does not allow \(name)", at: Label(span),
            notes: [allowed.isEmpty ? "it allows no blocks" : "it allows \(allowed)"])
    }

    static func tooLong(_ length: TextLength, limit: Int, _ locale: String) -> Diagnostic {
        let upTo = length.values.isEmpty ? "" : "up to "
        let count = characters(length.longest)
        let rule = "letters are counted as a reader sees them, over every variant"
        return Diagnostic(
            "text/too-long",
            "\(subject(length.variant)) has \(upTo)\(count) in \(locale), \(length.longest - limit) more than the \(limit) allowed",
            at: Label(length.span, length.variant.map { "variant \($0)" } ?? ""),
            notes: length.notes + [
                length.values.isEmpty ? rule : rule + ", with the longest of what a placeholder may show"
            ])
    }

    static func tooShort(_ count: Int, limit: Int, variant: String?, _ locale: String, at span: Span) -> Diagnostic {
        Diagnostic(
            "text/too-short",
            "\(subject(variant)) has \(characters(count)) in \(locale), and at least \(limit) are wanted",
            at: Label(span, variant.map { "variant \($0)" } ?? ""))
    }

    /// What is too long or too short: the text, or one of its variants.
    private static func subject(_ variant: String?) -> String {
        variant.map { "variant \($0) of the text" } ?? "the text"
    }

    static func comesOutEmpty(at span: Span) -> Diagnostic {
        Diagnostic(
            "text/empty", .warning, "readers would see nothing of this text", at: Label(span),
            notes: ["a text of nothing but definitions of links, for example, shows nothing"])
    }

    static func tooManySelectors(_ count: Int, at span: Span) -> Diagnostic {
        Diagnostic(
            "text/too-many-selectors", "a text chooses by at most \(selectorLimit) variables, not by \(count)",
            at: Label(span), notes: ["each variable multiplies the variants that every language has to write"])
    }

    static func tooManyVariants(_ count: Int, at span: Span) -> Diagnostic {
        Diagnostic(
            "text/too-many-variants", .warning, "the text has \(count) variants", at: Label(span),
            notes: ["more than \(variantAdvice) are hard to translate and to review"])
    }

    // MARK: Conversations

    static func choiceOfVariants(at span: Span) -> Diagnostic {
        Diagnostic(
            "text/conversation-variants", "a conversation cannot be a choice of variants as a whole", at: Label(span),
            notes: ["its steps must be the same for everyone; placeholders can stand in them"])
    }

    /// - Parameter heading: where the space of a heading is missing; nil for any other block.
    static func beforeFirstStep(at span: Span, heading: Int?) -> Diagnostic {
        Diagnostic(
            "text/before-first-step", "a conversation begins with a heading", at: Label(span),
            notes: [
                heading == nil
                    ? "each heading begins a step, and what stands before the first belongs to none"
                    : "a heading has a space between `#` and its words"
            ],
            fixIts: heading.map { [FixIt("insert a space", edits: [Edit(Span(at: $0), " ")], .unsafe)] } ?? [])
    }

    static func unnamedStep(at span: Span) -> Diagnostic {
        Diagnostic(
            "text/unnamed-step", "the heading has no letter or digit to make an id from", at: Label(span),
            notes: ["links name steps by the words of their headings"])
    }

    static func invalidUTF8(at offset: Int) -> Diagnostic {
        Diagnostic("text/invalid-utf8", "the text is not valid UTF-8", at: Label(Span(offset, offset + 1)))
    }
}

extension Diagnostic {
    /// A selector without a function with the function that the type of its variable takes, where that is known.
    func namingFunctions(of message: Message, _ environment: TextEnvironment) -> Diagnostic {
        guard id == "mf2/missing-selector-annotation", case .select(let matcher) = message.body,
            let selector = matcher.selectors.first(where: { $0.place.span == primary.span })
        else { return self }
        if let unknown = message.mistypedSelector(selector, environment) { return unknown }
        let function: String
        switch environment.variables[selector.name]?.type {
        case .int, .uint: function = "integer"
        case .double: function = "number"
        case .string, .bool: function = "string"
        default: return self
        }
        var result = self
        for index in fixIts.indices where fixIts[index].applicability == .displayOnly {
            result.fixIts[index].applicability = .unsafe
            for place in fixIts[index].edits.indices {
                let text = fixIts[index].edits[place].replacement
                result.fixIts[index].edits[place].replacement = text.replacing("FUNCTION", with: function)
            }
        }
        return result
    }
}

/// What `strong` and `em` are called elsewhere.
private let htmlNames = ["b": "strong", "bold": "strong", "i": "em", "italic": "em", "emphasis": "em"]

extension Message {
    /// The name that keeps a selector and its declaration apart, of which one is a variable and the other none; nil where both
    /// are, or neither.
    fileprivate func mistypedSelector(_ selector: VariableReference, _ environment: TextEnvironment) -> Diagnostic? {
        guard declaration(of: selector.name) == nil else { return nil }
        let declared = declarations.filter { $0.kind == .input }
        if environment.variables[selector.name] == nil {
            // The one that is declared comes before any other of a like name.
            let near = nearMiss(selector.name, among: declared.map(\.name))
            let diagnostic = Diagnostic.unknownVariable(
                selector.name, at: selector.place.span, environment, isSuggesting: near == nil)
            return near.map { name in
                diagnostic.with(FixIt("write `$\(name)`", edits: [Edit(selector.place.span, "$\(name)")], .unsafe))
            } ?? diagnostic
        }
        let mistyped = declared.first { declaration in
            environment.variables[declaration.name] == nil
                && (environment.variable(meantBy: declaration.name) == selector.name
                    || nearMiss(declaration.name, among: [selector.name]) != nil)
        }
        guard let mistyped else { return nil }
        let span = mistyped.namePlace.span
        return Diagnostic.unknownVariable(mistyped.name, at: span, environment, isSuggesting: false).with(
            environment.fix("write `$\(selector.name)`", [Edit(span, "$\(selector.name)")], showing: selector.name))
    }
}

extension Diagnostic {
    /// Gives the diagnostic of `{#}`, which is ICU's sign for the number that chooses, its fix-it.
    mutating func nameNumber(_ selector: String, _ source: [UInt8]) {
        let span = primary.span
        guard id == "mf2/invalid-name", span.start > 0, written(source, Span(span.start - 1, span.end)) == "{#}" else {
            return
        }
        fixIts = [
            FixIt("write `{$\(selector)}`", edits: [Edit(Span(span.start - 1, span.end), "{$\(selector)}")], .unsafe)
        ]
    }

    /// The diagnostic with a fix-it in place of its own.
    func with(_ fixIt: FixIt) -> Diagnostic {
        var result = self
        result.fixIts = [fixIt]
        return result
    }
}
