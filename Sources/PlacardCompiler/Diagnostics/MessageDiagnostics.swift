import PlacardText
import SourceDiagnostics

// The diagnostics of `message/`.

extension Diagnostic {
    // MARK: Names

    /// A name that is not declared, with the one that was probably meant.
    ///
    /// - Parameter none: what to do where nothing is near.
    static func unknownName(
        _ id: String, _ message: String, _ name: String, among names: some Collection<String>, at label: Label,
        none: String
    ) -> Diagnostic {
        if let meant = nearMiss(name, among: names) {
            return Diagnostic(
                id, message, at: label, notes: ["did you mean `\(meant)`?"],
                fixIts: [FixIt("write `\(meant)`", edits: [Edit(file: label.file, label.span, meant)], .unsafe)])
        }
        let known = names.isEmpty ? [] : ["there are " + listed(names.map { "`\($0)`" }, atMost: 12)]
        return Diagnostic(id, message, at: label, notes: known + [none])
    }

    static func unknownEvent(_ name: String, among names: some Collection<String>, at label: Label) -> Diagnostic {
        unknownName(
            "message/unknown-event", "placard.yaml declares no event `\(name)`", name, among: names, at: label,
            none: "declare it under `events:` in placard.yaml")
    }

    static func unknownGroup(_ name: String, among names: some Collection<String>, at label: Label) -> Diagnostic {
        unknownName(
            "message/unknown-group", "placard.yaml declares no group `\(name)`", name, among: names, at: label,
            none: "declare it under `groups:` in placard.yaml")
    }

    static func unknownTemplate(_ name: String, among names: some Collection<String>, at label: Label) -> Diagnostic {
        unknownName(
            "message/unknown-template", "there is no template `\(name)`", name, among: names, at: label,
            none: "templates are the folders of templates/")
    }

    static func unknownVariable(_ name: String, among names: some Collection<String>, at label: Label) -> Diagnostic {
        // `first_name`, of which the group is missing.
        let owned = names.filter { $0.hasSuffix("." + name) }
        if owned.count == 1, let meant = owned.first {
            return Diagnostic(
                "message/unknown-variable", "there is no variable `\(name)`", at: label,
                notes: ["did you mean `\(meant)`?"],
                fixIts: [FixIt("write `\(meant)`", edits: [Edit(file: label.file, label.span, meant)], .unsafe)])
        }
        return unknownName(
            "message/unknown-variable", "there is no variable `\(name)`", name, among: names, at: label,
            none: "a variable is an attribute of the context, or a property of the trigger's event as `event.name`")
    }

    /// - Parameter message: the path of the message's file.
    static func unknownVariant(
        _ name: String, among names: some Collection<String>, of message: String, at label: Label
    ) -> Diagnostic {
        unknownName(
            "message/unknown-variant", "the message has no variant `\(name)`", name, among: names, at: label,
            none: "list it in \(message): `experiment: {variants: {control: 50, \(name): 50}}`")
    }

    static func duplicateAction(_ id: String, at label: Label, first: Label) -> Diagnostic {
        Diagnostic(
            "message/duplicate-action", "two actions have the id `\(id)`", at: label, secondary: [first],
            notes: ["translations and clients tell actions apart by their ids"])
    }

    static func duplicateItem(_ id: String, of list: String, at label: Label, first: Label) -> Diagnostic {
        Diagnostic(
            "message/duplicate-item", "two entries of `\(list)` have the id `\(id)`", at: label, secondary: [first],
            notes: ["translations and clients tell entries apart by their ids"])
    }

    // MARK: How much there is

    static func tooManyActions(_ count: Int, _ template: TemplateDefinition, at label: Label) -> Diagnostic {
        Diagnostic(
            "message/too-many-actions",
            "a \(template.name) has room for \(actions(template.maximumActions)), and there are \(count)", at: label,
            notes: ["remove some, or choose a template with more room"])
    }

    static func tooFewActions(_ count: Int, _ template: TemplateDefinition, at label: Label) -> Diagnostic {
        Diagnostic(
            "message/too-few-actions",
            "a \(template.name) needs \(actions(template.minimumActions)), and there \(count == 1 ? "is" : "are") \(count)",
            at: label, notes: ["a way to close it is `- {id: later, label: Not now, dismiss: true}` under `actions:`"])
    }

    private static func actions(_ number: Int) -> String { number == 1 ? "1 action" : "\(number) actions" }

    static func unexpectedBody(_ template: TemplateDefinition, at label: Label) -> Diagnostic {
        Diagnostic(
            "message/unexpected-body", "a \(template.name) has no body", at: label,
            notes: ["remove the text below the front matter, or choose a template with a body"])
    }

    static func missingBody(_ template: TemplateDefinition, at label: Label) -> Diagnostic {
        Diagnostic(
            "message/missing-body", "a \(template.name) needs a body", at: label,
            notes: ["write the message's text below the front matter"])
    }

    static func tooManyEntries(_ count: Int, of list: String, maximum: Int, at label: Label) -> Diagnostic {
        Diagnostic(
            "message/too-many-entries", "`\(list)` has room for \(maximum), and there are \(count)", at: label,
            notes: ["remove some, or choose a template with more room"])
    }

    static func emptyList(_ list: String, minimum: Int, at label: Label) -> Diagnostic {
        Diagnostic(
            "message/too-few-entries", "`\(list)` needs \(minimum) entries, and is empty", at: label,
            notes: ["add some, as in " + exampleOfList(list)])
    }

    static func tooFewEntries(
        _ count: Int, of list: String, minimum: Int, canBeLeftOut: Bool, at label: Label
    ) -> Diagnostic {
        Diagnostic(
            "message/too-few-entries",
            "`\(list)` needs \(minimum) entries, and there \(count == 1 ? "is" : "are") \(count)", at: label,
            notes: canBeLeftOut ? ["add some, or leave `\(list)` out"] : ["add some"])
    }

    static func nothingToSend(_ template: TemplateDefinition, _ list: String, at label: Label) -> Diagnostic {
        Diagnostic(
            "message/too-few-entries", "a \(template.name) without `\(list)` has nothing to send", at: label,
            notes: ["add " + exampleOfList(list)])
    }

    private static func exampleOfList(_ name: String) -> String { "`\(name): [{id: on-my-way, text: On my way}]`" }

    // MARK: Fallbacks

    static func needlessFallback(_ name: String, at label: Label) -> Diagnostic {
        Diagnostic(
            "message/needless-fallback", .warning, "`\(name)` always has a value, so its fallback is never shown",
            at: label, notes: ["remove the fallback, or declare the attribute `optional` in placard.yaml"])
    }

    static func bracesInFallback(at label: Label) -> Diagnostic {
        Diagnostic(
            "message/unfit-fallback", .warning, "readers see the braces of this fallback as they stand", at: label,
            notes: ["a fallback is words without placeholders, which stand for one value: write a word such as `there`"]
        )
    }

    static func blankFallback(at label: Label) -> Diagnostic {
        Diagnostic(
            "message/unfit-fallback", .warning, "readers see nothing of this fallback", at: label,
            notes: ["write a word that fits into the text, or `\"\"` where nothing is meant to stand"])
    }

    // MARK: Inheritance and experiments

    static func replacedDefault(
        _ message: String, at label: Label, over other: Label, _ notes: [String], _ fixIt: FixIt?
    ) -> Diagnostic {
        Diagnostic(
            "message/replaced-default", .warning, message, at: label,
            secondary: [Label(file: other.file, other.span, "what it would inherit")], notes: notes,
            fixIts: fixIt.map { [$0] } ?? [])
    }

    static func weightlessExperiment(at label: Label) -> Diagnostic {
        Diagnostic(
            "message/weightless-experiment", "every variant has the weight 0, so nobody gets one", at: label,
            notes: ["give the variants weights such as 50 and 50"])
    }

    /// - Parameter file: where the second variant would be written.
    static func identicalVariants(_ names: [String], at label: Label, first: Label, file: String) -> Diagnostic {
        Diagnostic(
            "message/identical-variants", .warning,
            "\(names.map { "`\($0)`" }.joined(separator: " and ")) show the same message", at: label,
            secondary: [first],
            notes: ["a variant without a file is the message as it stands; write \(file)"])
    }

    static func tooManyVariants(_ count: Int, at label: Label) -> Diagnostic {
        Diagnostic(
            "message/too-many-variants",
            "a message can have \(ProjectLimits.variants) variants, and there are \(count)", at: label,
            notes: ["each is a message of its own to clients, in every language; remove those that are decided"])
    }
}
