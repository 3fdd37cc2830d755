import MessageFormat
import PlacardMarkdown
import SourceDiagnostics

// What is said of placeholders of other systems, of bare names in braces, and of names of emoji.

extension PatternText {
    /// The finding for a placeholder of another system; nil when what it names means no variable and it needs one.
    func foreignFinding(
        _ foreign: ForeignPlaceholder, _ source: [UInt8], _ environment: TextEnvironment
    ) -> Diagnostic? {
        let meant = foreign.name.flatMap {
            environment.variable(meantBy: $0, allowsSlips: !foreign.needsVariable)
        }
        if foreign.needsVariable, meant == nil { return nil }
        let text = written(source, foreign.span)
        switch foreign.kind {
        case .statement: return foreignStatement(text, breaksText: foreign.breaksText, at: foreign.span)
        case .choice(let argument): return choiceFinding(argument, meant, source, environment)
        case .value:
            var fixIts: [FixIt] = []
            if let meant, environment.isShowable(meant) {
                fixIts.append(
                    environment.fix(
                        "write `{$\(meant)}`", [Edit(foreign.span, "{$\(meant)}")], showing: meant,
                        fallback: foreign.fallback))
            } else {
                fixIts.append(
                    FixIt("write the value's name", edits: [Edit(foreign.span, "{$NAME}")], .displayOnly))
            }
            return foreignPlaceholder(
                text, meant, foreign, names: environment.variableNames, fixIts)
        }
    }

    private func choiceFinding(
        _ argument: ChoiceArgument, _ meant: String?, _ source: [UInt8], _ environment: TextEnvironment
    ) -> Diagnostic {
        var fixIts: [FixIt] = []
        if let meant {
            if case .function(let function) = argument.format {
                if FunctionRegistry.standard.signature(function) != nil {
                    fixIts.append(
                        environment.fix(
                            "write `{$\(meant) :\(function)}`", [Edit(argument.span, "{$\(meant) :\(function)}")],
                            showing: meant))
                }
            } else if keys.isEmpty, isWhole(source),
                let message = argument.message(
                    source, in: scanned.span, choosingBy: meant, environment, onOneLine: root == 0 && isOneText)
            {
                fixIts.append(
                    environment.fix("write a `.match`", [Edit(scanned.span, message)], showing: meant))
            }
        }
        return foreignChoice(argument, meant ?? "name", fixIts)
    }

    /// Whether the pattern is all of its text.
    private func isWhole(_ source: [UInt8]) -> Bool {
        !source[..<scanned.span.start].contains { $0 > 0x20 }
            && !source[min(scanned.span.end, source.count)...].contains { $0 > 0x20 }
    }

    /// Whether the tree is that of a plain text, which has no blocks.
    private var isOneText: Bool {
        tree.nodes.allSatisfy { $0.kind == .document || $0.kind == .text || $0.kind == .placeholder }
    }
}

/// A literal of this format that shows some letters as they are.
func literalForm(_ text: String) -> String {
    "{|\(text.replacing("\\", with: "\\\\").replacing("|", with: "\\|"))|}"
}

private func shortened(_ text: String) -> String {
    text.utf8.contains(0x0A) || text.count > 60 ? "\(text.prefix { $0 != "\n" }.prefix(40))…" : text
}

private func foreignPlaceholder(
    _ text: String, _ meant: String?, _ foreign: ForeignPlaceholder, names: String, _ fixIts: [FixIt]
) -> Diagnostic {
    let text = shortened(text)
    var notes: [String] = []
    if let meant {
        notes.append("a placeholder has one brace on each side and `$` before the name: `{$\(meant)}`")
    } else if names.isEmpty {
        notes.append(
            "a placeholder is `{$user.first_name}`: an attribute that placard.yaml declares, or a property of the "
                + "trigger's event")
    } else {
        notes.append("a placeholder has one brace on each side, `$` and a name, such as \(names)")
    }
    if let meant, let fallback = foreign.fallback {
        notes.append(
            "what is shown without a value stands in the front matter: `variables: {\(meant): {fallback: \(fallback)}}`"
        )
    }
    notes.append(
        foreign.breaksText
            ? "braces that are meant as such have a backslash, `\\{`"
            : "letters that are meant as such stand in `\(literalForm(text))`")
    return Diagnostic(
        "text/foreign-placeholder", foreign.breaksText ? .error : .warning,
        foreign.breaksText
            ? "`\(text)` is a placeholder of another system" : "readers see `\(text)` as it stands, and no value",
        at: Label(foreign.span), notes: notes, fixIts: fixIts)
}

private func foreignStatement(_ text: String, breaksText: Bool, at span: Span) -> Diagnostic {
    let text = shortened(text)
    return Diagnostic(
        "text/foreign-placeholder", breaksText ? .error : .warning,
        breaksText ? "`\(text)` is of another system of templates" : "readers see `\(text)` as it stands",
        at: Label(span),
        notes: [
            "a text is chosen by a value with `.match`, and a message is shown to some users with `audience`",
            breaksText
                ? "braces that are meant as such have a backslash, `\\{`"
                : "letters that are meant as such stand in `\(literalForm(text))`",
        ])
}

private func foreignChoice(_ argument: ChoiceArgument, _ name: String, _ fixIts: [FixIt]) -> Diagnostic {
    let note: String
    switch argument.format {
    case .function(let function): note = "a value is formatted by a function behind it: `{$\(name) :\(function)}`"
    case .plural:
        note = "plurals are whole texts: `.input {$\(name) :integer} .match $\(name) one {{…}} * {{…}}`"
    case .ordinal:
        note =
            "ordinals are whole texts: `.input {$\(name) :integer select=ordinal} .match $\(name) one {{…}} * {{…}}`"
    case .select: note = "a choice is of whole texts: `.input {$\(name) :string} .match $\(name) key {{…}} * {{…}}`"
    }
    return Diagnostic(
        "text/foreign-placeholder", "this is an argument of ICU's MessageFormat", at: Label(argument.span),
        notes: [note], fixIts: fixIts)
}

func shortcodeShown(_ text: String, _ emoji: String, at span: Span) -> Diagnostic {
    Diagnostic(
        "text/shortcode", .warning, "readers see the letters `\(text)`, not an emoji", at: Label(span),
        notes: ["an emoji is written as it is; letters that are meant as such stand in `\(literalForm(text))`"],
        fixIts: [FixIt("write \(emoji)", edits: [Edit(span, emoji)], .unsafe)])
}

// MARK: Names without `$`

extension VariableChecker {
    /// `{name}` among the words of a text: a literal that shows its letters.
    ///
    /// - Parameter isPattern: whether it stands among words, and not in a declaration.
    func bareLiteral(_ literal: Literal, isPattern: Bool) -> Diagnostic? {
        let span = literal.place.span
        // One in `| |`, longer in the source than its value, is meant as such.
        guard span.end - span.start == literal.value.utf8.count else { return nil }
        let meant = environment.variable(meantBy: literal.value)
        guard meant != nil || isPattern else { return nil }
        let showable = meant.flatMap { environment.isShowable($0) ? $0 : nil }
        return unmarkedVariable(
            literal.value, at: span, names: environment.variableNames,
            showable.map { [environment.fix("write `$\($0)`", [Edit(span, "$\($0)")], showing: $0)] } ?? [])
    }
}

/// `{event.id}`: a literal in braces, without quotation marks.
private func unmarkedVariable(_ literal: String, at span: Span, names: String, _ fixIts: [FixIt]) -> Diagnostic {
    var notes = [
        "a variable has `$` before its name; letters that are meant as such stand in `\(literalForm(literal))`"
    ]
    if fixIts.isEmpty, !names.isEmpty { notes.append("this message may show \(names)") }
    return Diagnostic(
        "text/unmarked-variable", .warning, "readers see the letters `\(literal)`, not the value of a variable",
        at: Label(span), notes: notes, fixIts: fixIts)
}
