import SourceDiagnostics

// The diagnostics of `translation/` about files and about what a translation has and its source has not, or the other way around.

extension Diagnostic {
    // MARK: Files

    static func translationToSource(_ path: String, _ locale: String, source: String) -> Diagnostic {
        Diagnostic(
            "translation/source-locale", "\(path) is in the source locale, `\(locale)`",
            at: Label(file: path, Span(at: 0)),
            notes: ["the source text is the file without a locale in its name, \(source); remove this one"])
    }

    static func unknownTranslationLocale(
        _ locale: String, in path: String, meant: String?, locales: [String], source: String
    ) -> Diagnostic {
        let known = locales.isEmpty ? "none besides its source, `\(source)`" : listed(locales.map { "`\($0)`" })
        return Diagnostic(
            "translation/unknown-locale", "the project has no locale `\(locale)`", at: Label(file: path, Span(at: 0)),
            notes: meant.map { ["did you mean `\($0)`?"] } ?? [
                "list it under `locales:` in placard.yaml, or rename the file; the project has \(known)"
            ])
    }

    /// - Parameters:
    ///   - what: what the file is to its message, such as `translates`.
    ///   - file: where the message would be.
    static func orphan(_ path: String, _ what: String, meant: String?, file: String) -> Diagnostic {
        Diagnostic(
            "translation/orphan", "\(path) \(what) a message that does not exist", at: Label(file: path, Span(at: 0)),
            notes: meant.map { ["did you mean the message `\($0)`?"] } ?? ["write \(file), or remove this file"])
    }

    static func orphanOfVariant(_ path: String, _ locale: String) -> Diagnostic {
        Diagnostic(
            "translation/orphan", "\(path) translates a variant that has no file", at: Label(file: path, Span(at: 0)),
            notes: ["write the variant in the source locale first, or remove the translation to `\(locale)`"])
    }

    /// - Parameters:
    ///   - path: where the file is.
    ///   - name: what it should be called.
    ///   - isTaken: whether another file has that name.
    static func misnamedTranslation(
        _ path: String, of id: String, _ locale: String, name: String, isTaken: Bool
    ) -> Diagnostic {
        Diagnostic(
            "translation/misnamed-file", "a translation of \(id) to `\(locale)` is named \(name)",
            at: Label(file: path, Span(at: 0)),
            notes: [
                (isTaken
                    ? "another file has that name already: remove one of the two, or give this one"
                    : "rename the file, or give it") + " a `template:` and a `trigger:` if it is a message of its own"
            ])
    }

    // MARK: What is missing

    /// - Parameters:
    ///   - id: the message's.
    ///   - locales: the locales that it lacks.
    ///   - file: the first file to write; nil where the message itself asks for every locale.
    static func missingTranslation(
        of id: String, to locales: [String], file: String?, _ severity: Severity, at label: Label
    ) -> Diagnostic {
        let notes: [String]
        if let file {
            notes = [
                "placard.yaml requires \(locales.count == 1 ? "this locale" : "these locales"); write \(file) "
                    + "(`placard new translation \(id) \(locales[0])`)",
                "where a gap is to be filled later, make the locale `optional`; `placard build --allow-incomplete` builds a draft",
            ]
        } else {
            notes = ["its `onMissing` is `error`, so every locale of the project needs a translation"]
        }
        return Diagnostic(
            "translation/missing", severity, "\(id) is not translated to \(list(locales))", at: label, notes: notes)
    }

    /// `fr`, `fr and de`, `fr, de, es and 3 more`.
    private static func list(_ names: [String]) -> String {
        let names = names.map { "`\($0)`" }
        switch names.count {
        case 0, 1: return names.joined()
        case 2...4: return names.dropLast().joined(separator: ", ") + " and " + (names.last ?? "")
        default: return names.prefix(3).joined(separator: ", ") + " and \(names.count - 3) more"
        }
    }

    /// - Parameters:
    ///   - what: what is missing, in words.
    ///   - help: how it is written.
    static func missingText(_ what: String, _ help: String, in locale: String, at label: Label) -> Diagnostic {
        Diagnostic(
            "translation/missing-text", "the translation to `\(locale)` lacks \(what)", at: label,
            notes: [help])
    }

    static func missingTranslatedFallback(_ name: String, _ locale: String, at label: Label) -> Diagnostic {
        Diagnostic(
            "translation/missing-text", "the translation to `\(locale)` lacks the fallback of `\(name)`", at: label,
            notes: [
                "without it a sentence would hold a word of another language; add `variables: {\(name): {fallback: …}}`"
            ])
    }

    /// - Parameter file: the variant's file.
    static func missingVariantTranslation(_ variant: String, _ locale: String, file: String) -> Diagnostic {
        Diagnostic(
            "translation/missing-variant", "the variant `\(variant)` has no translation to `\(locale)`",
            at: Label(file: file, Span(at: 0)),
            notes: [
                "its readers in `\(locale)` would see half of the message in another language; write \(file.dropLast(3)).\(locale).md"
            ])
    }

    // MARK: What the source does not have

    static func unknownText(_ name: String, source: String, at label: Label) -> Diagnostic {
        Diagnostic(
            "translation/unknown-text", "the source has no `\(name)` to translate", at: label,
            notes: ["remove it here, or write it in \(source) first"])
    }

    static func unknownBody(source: String, at label: Label) -> Diagnostic {
        Diagnostic(
            "translation/unknown-text", "the source has no body to translate", at: label,
            notes: ["remove the text below the front matter, or write one in \(source) first"])
    }

    static func unknownFallback(
        _ name: String, among names: some Collection<String>, in source: String, at label: Label
    ) -> Diagnostic {
        unknownName(
            "translation/unknown-entry", "the source has no fallback for `\(name)`", name, among: names, at: label,
            none: "remove it, or write it in \(source) first")
    }

    /// - Parameter id: the id of the source that stands here in another language.
    static func translatedID(_ message: String, id: String, at label: Label) -> Diagnostic {
        Diagnostic(
            "translation/unknown-entry", message, at: label, notes: ["ids are not translated: write `\(id)`"],
            fixIts: [FixIt("write `\(id)`", edits: [Edit(file: label.file, label.span, id)], .unsafe)])
    }

    static func translatedTwice(_ id: String, at label: Label, first: Label) -> Diagnostic {
        Diagnostic("translation/duplicate-entry", "the id `\(id)` is translated twice", at: label, secondary: [first])
    }

    static func needlessTranslatedFallback(_ name: String, at label: Label) -> Diagnostic {
        Diagnostic(
            "translation/needless-fallback", .warning,
            "the fallback of `\(name)` stands only in addresses, which are the same in every language", at: label,
            notes: ["remove it here"])
    }

    static func unknownPlaceholder(_ name: String, among names: [String], at span: Span) -> Diagnostic {
        let all = names.isEmpty ? "no placeholders" : listed(names.map { "`$\($0)`" })
        return Diagnostic(
            "translation/unknown-placeholder", .warning, "the source text has no `$\(name)`", at: Label(span),
            notes: nearMiss(name, among: names).map { ["did you mean `$\($0)`?"] } ?? ["the source has \(all)"])
    }

    static func droppedPlaceholder(_ name: String, at label: Label) -> Diagnostic {
        Diagnostic(
            "translation/dropped-placeholder", .warning, "the translation does not show `$\(name)`", at: label,
            notes: ["readers of the source see its value; put `{$\(name)}` where it belongs"])
    }

    /// - Parameter meant: a link of the source that the translation does not have.
    static func differentLink(_ target: String, meant: String?, at span: Span) -> Diagnostic {
        Diagnostic(
            "translation/different-link", .warning, "the source text has no link to `\(target)`", at: Label(span),
            notes: (meant.map { ["the source links to `\($0)`"] } ?? []) + [
                "a translation leads where its source leads; for a page per language, let the page choose"
            ])
    }

    static func droppedLink(_ target: String, at label: Label) -> Diagnostic {
        Diagnostic(
            "translation/dropped-link", .warning, "the translation has no link to `\(target)`", at: label,
            notes: ["the source text links there"])
    }

    static func differentSteps(_ count: Int, source: Int, at label: Label) -> Diagnostic {
        Diagnostic(
            "translation/different-steps",
            "the translation has \(count) \(count == 1 ? "step" : "steps"), the source \(source)", at: label,
            notes: ["each heading of the source needs one in the translation, in the same order"])
    }

    static func differentChoices(at span: Span, step: String, wanted: [String]) -> Diagnostic {
        Diagnostic(
            "translation/different-choices", "this step offers other choices than the source's step `\(step)`",
            at: Label(span), notes: ["the source leads to " + listed(wanted.map { "`#\($0)`" })])
    }
}
