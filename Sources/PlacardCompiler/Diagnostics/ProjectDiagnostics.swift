import SourceDiagnostics

// The diagnostics of `project/` and `lint/` about placard.yaml and what its names mean, of `locale/`, and of `scenario/`.

extension Diagnostic {
    static func missingProjectFile(_ path: String) -> Diagnostic {
        Diagnostic(
            "project/missing-file", "there is no placard.yaml", at: Label(file: path, Span(at: 0)),
            notes: ["`placard init FOLDER` writes a project to begin with"])
    }

    // MARK: Locales

    static func locale(_ problem: LocaleTagProblem, at label: Label) -> Diagnostic {
        let meant = problem.usable ?? problem.meant
        return Diagnostic(
            problem.id, problem.message, at: label, notes: problem.notes,
            fixIts: meant.map {
                let edit = Edit(file: label.file, label.span, $0)
                return [FixIt("write `\($0)`", edits: [edit], problem.usable == nil ? .unsafe : .safe)]
            } ?? [])
    }

    static func duplicateLocale(_ text: String, _ canonical: String, at label: Label, first: Label) -> Diagnostic {
        Diagnostic(
            "project/duplicate-locale", "`\(text)` and `\(canonical)` are the same locale", at: label,
            secondary: [first], notes: ["`\(canonical)` is the canonical name of both; remove the other entry"])
    }

    static func sourceLocaleListed(_ tag: String, at label: Label) -> Diagnostic {
        Diagnostic(
            "project/source-locale-listed", "`\(tag)` is the source locale and needs no entry", at: label,
            notes: ["`locales` lists the languages that messages are translated to"])
    }

    static func unknownFallbackLocale(_ tag: String, among known: [String], at label: Label) -> Diagnostic {
        Diagnostic(
            "project/unknown-locale", "`\(tag)` is not one of the project's locales", at: label,
            notes: nearMiss(tag, among: known).map { ["did you mean `\($0)`?"] } ?? [
                "the project has " + listed(known.map { "`\($0)`" })
            ])
    }

    static func fallbackLoop(_ tag: String, at label: Label) -> Diagnostic {
        Diagnostic("project/fallback-loop", "the fallbacks of `\(tag)` lead back to it", at: label)
    }

    // MARK: Attributes and links

    static func reservedGroup(at label: Label) -> Diagnostic {
        Diagnostic(
            "project/reserved-name", "a context group cannot be called `event`", at: label,
            notes: ["in expressions and texts, `event` is what happened; choose another name"])
    }

    static func valuesOfNonString(_ attribute: String, _ type: String, at label: Label) -> Diagnostic {
        Diagnostic(
            "project/values-of-non-string", "only a string has `values`, and `\(attribute)` is a \(type)", at: label,
            notes: ["remove `values`, or make the attribute a string"])
    }

    static func optionalWithDefault(_ attribute: String, at label: Label) -> Diagnostic {
        Diagnostic(
            "project/optional-with-default", "`\(attribute)` is optional and has a default", at: label,
            notes: ["an attribute with a default is never missing; remove one of the two"])
    }

    static func wordsWithoutValue(at label: Label) -> Diagnostic {
        Diagnostic(
            "project/words-without-value", "the words do not say where the value stands", at: label,
            notes: ["write `{value}` in its place, such as `in {value}`, `{value}s` or `have ordered {value} times`"])
    }

    /// - Parameter what: the value, in words.
    static func valueMismatch(_ what: String, _ problem: AttributeValueProblem, in file: String) -> Diagnostic {
        Diagnostic(
            "project/value-mismatch", "\(what) \(problem.message)", at: Label(file: file, problem.span),
            notes: problem.notes,
            fixIts: problem.meant.map {
                [FixIt("write `\($0)`", edits: [Edit(file: file, problem.span, $0)], .unsafe)]
            } ?? [])
    }

    static func forbiddenScheme(_ scheme: String, at label: Label) -> Diagnostic {
        Diagnostic(
            "project/forbidden-scheme", "the scheme `\(scheme):` can run code or read files and is never allowed",
            at: label, notes: ["remove it; link to `https` pages or to a scheme of your app's own"])
    }

    // MARK: Settings of diagnostics

    static func unknownLintID(_ id: String, among known: [String], at label: Label) -> Diagnostic {
        let meant = nearMiss(id, among: known)
        return Diagnostic(
            "lint/unknown-id", "there is no diagnostic `\(id)`", at: label,
            notes: meant.map { ["did you mean `\($0)`?"] } ?? [
                "the id stands after each diagnostic; `placard check --explain ID` describes it"
            ],
            fixIts: meant.map { [FixIt("write `\($0)`", edits: [Edit(file: label.file, label.span, $0)], .unsafe)] }
                ?? [])
    }

    static func unusedAllowance(_ id: String, at label: Label) -> Diagnostic {
        Diagnostic(
            "lint/unused-allowance", .warning, "nothing here is reported as `\(id)`", at: label,
            notes: ["the allowance is no longer needed; remove it"])
    }

    // MARK: Scenarios

    /// - Parameter owner: the group that has an attribute of that name; nil where none or several have.
    static func unknownContextGroup(
        _ name: String, among names: some Collection<String>, at label: Label
    ) -> Diagnostic {
        unknownName(
            "scenario/unknown-attribute", "placard.yaml declares no context group `\(name)`", name, among: names,
            at: label, none: "declare it under `context:` in placard.yaml")
    }

    /// `examples: [9,99]` of an attribute that is a number with a fraction.
    static func twoNumbers(_ whole: String, _ fraction: String, at label: Label) -> Diagnostic {
        Diagnostic(
            "yaml/decimal-comma", .note, "these are two numbers, \(whole) and \(fraction)", at: label,
            notes: ["one number has a decimal point, `\(whole).\(fraction)`; two have a space between them"])
    }

    static func unknownAttribute(
        _ name: String, of group: String, among names: some Collection<String>, at label: Label
    ) -> Diagnostic {
        unknownName(
            "scenario/unknown-attribute", "`\(group)` has no `\(name)`", name, among: names, at: label,
            none: "declare it in placard.yaml")
    }

    static func unknownMessage(_ id: String, among ids: some Collection<String>, at label: Label) -> Diagnostic {
        unknownName(
            "scenario/unknown-message", "there is no message `\(id)`", id, among: ids, at: label,
            none: "a message's id is its file's name")
    }

    /// - Parameter word: what says elsewhere that nothing shows.
    static func noMessageNamed(_ word: String, at label: Label) -> Diagnostic {
        Diagnostic(
            "scenario/unknown-message", "there is no message `\(word)`", at: label,
            notes: ["where nothing may show, write `shows: []`"],
            fixIts: [FixIt("write `[]`", edits: [Edit(file: label.file, label.span, "[]")], .unsafe)])
    }

    /// Groups below a key that is called otherwise.
    static func misnamedContext(_ name: String, at label: Label) -> Diagnostic {
        Diagnostic(
            "schema/unknown-key", "a scenario has no key `\(name)`", at: label,
            notes: ["what is below it are groups, which stand under `context`"],
            fixIts: [FixIt("write `context`", edits: [Edit(file: label.file, label.span, "context")], .unsafe)])
    }

    /// A scenario without `expect`, which may be there for previews alone.
    static func noExpectation(at label: Label) -> Diagnostic {
        Diagnostic(
            "scenario/no-expectation", .note, "the scenario does not say what must come of it", at: label,
            notes: ["`expect: {shows: …}` names the message that shows, and `expect: {shows: []}` says that none does"])
    }

    static func timesOutOfOrder(_ message: String, at label: Label) -> Diagnostic {
        Diagnostic(
            "scenario/time-order", .warning, message, at: label,
            notes: ["`now` is the moment at which the event happens; what the user has seen was before it"])
    }

    /// - Parameter help: how it is written; nil where that is plain.
    static func missingScenarioValue(_ name: String, _ help: String?, at label: Label) -> Diagnostic {
        Diagnostic(
            "scenario/missing-value", "`\(name)` has no value", at: label,
            notes: ["every client gives it, since it is neither optional nor has a default; give it one here"]
                + (help.map { [$0] } ?? []))
    }
}
