import SourceDiagnostics

// The diagnostics of `translation/` about the words of a translation, and about what `translations.lock` records of it.

extension Diagnostic {
    // MARK: Words

    static func identicalTranslation(_ file: String, texts: [String]) -> Diagnostic {
        Diagnostic(
            "translation/identical", .warning, "the translation is its source, word for word",
            at: Label(file: file, Span(at: 0)),
            notes: [
                "translate it, or remove the file; texts that are right as they are: `identical: [\(texts.joined(separator: ", "))]`",
                "for a whole locale: `{policy: optional, identical: allow}` in placard.yaml",
            ])
    }

    static func droppedPlural(_ name: String, at span: Span) -> Diagnostic {
        Diagnostic(
            "translation/dropped-plural", .warning,
            "the source has texts for one `$\(name)` and for others, and this is the same for every number",
            at: Label(span),
            notes: [
                "write a `.match $\(name)` with a variant for each plural form of the language, as the source does"
            ])
    }

    /// - Parameter keys: the numbers that have a text of their own in the source.
    static func droppedCases(_ keys: [String], of name: String, at span: Span) -> Diagnostic {
        Diagnostic(
            "translation/dropped-case", .warning,
            "the source has a text of its own for \(listed(keys.map { "`\($0)`" })), and the translation has none",
            at: Label(span),
            notes: [
                "readers with that value get another text; `placard new translation --update` adds the source's, to write over"
            ])
    }

    static func identicalText(_ name: String, at label: Label) -> Diagnostic {
        Diagnostic(
            "translation/identical", .warning, "this is its source, word for word", at: label,
            notes: ["translate it; where it is right as it is: `identical: [\(name)]`"])
    }

    static func escapedPlaceholder(at span: Span, edits: [Edit]) -> Diagnostic {
        Diagnostic(
            "translation/escaped-placeholder", .warning,
            "this placeholder is escaped, so readers see it as it stands", at: Label(span),
            notes: ["a translator's tool may have done it; write `{$name}`"],
            fixIts: [FixIt("remove the backslashes", edits: edits, .unsafe)])
    }

    static func differentMarkup(strange: String?, dropped: String?, at label: Label) -> Diagnostic {
        Diagnostic(
            "translation/different-markup", .warning,
            dropped.map { "the translation lacks the source's `{#\($0)}`" }
                ?? "the source has no `{#\(strange ?? "")}`", at: label,
            notes: ["an app draws markup in its own way; use that of the source, around the words that it belongs to"])
    }

    static func outerSpace(at span: Span) -> Diagnostic {
        Diagnostic(
            "translation/outer-space", .warning, "there is a space that the source does not have", at: Label(span),
            notes: ["it would be shown; remove it"], fixIts: [FixIt("remove it", edits: [Edit(span, "")], .unsafe)])
    }

    static func notNFC(at span: Span, whole: Span, _ composed: String) -> Diagnostic {
        Diagnostic(
            "translation/not-nfc", .warning, "the text is not in Unicode's composed form, NFC", at: Label(span),
            notes: ["it looks the same, but a search does not find it, and it compares as another text"],
            fixIts: [FixIt("compose it", edits: [Edit(whole, composed)], .safe)])
    }

    static func differentNumber(_ wanted: String, found: String?, at span: Span) -> Diagnostic {
        Diagnostic(
            "translation/different-number", .warning,
            found.map { "the source says \(wanted) where the translation says \($0)" }
                ?? "the translation lacks the source's \(wanted)", at: Label(span),
            notes: [
                "a date or a price that differs is a wrong promise; separators and digits of the language are no difference"
            ])
    }

    static func wrongScript(_ message: String, at span: Span) -> Diagnostic {
        Diagnostic(
            "translation/wrong-script", .warning, message, at: Label(span),
            notes: ["is it the text of another language, or a letter that only looks like the right one?"])
    }

    // MARK: Punctuation

    static func missingEndMark(_ mark: String, at span: Span) -> Diagnostic {
        Diagnostic(
            "translation/punctuation", .note, "the source ends with `\(mark)`, and this with a letter", at: Label(span),
            notes: ["end both in the same way, with the marks of the language"])
    }

    static func missingSpaceBeforeMark(_ mark: String, at span: Span, space: String) -> Diagnostic {
        Diagnostic(
            "translation/punctuation", .note, "French has a space before `\(mark)`", at: Label(span),
            notes: ["use a no-break space, so that the mark does not begin a line"],
            fixIts: [FixIt("put one before it", edits: [Edit(Span(at: span.start), space)], .unsafe)])
    }

    static func narrowMark(_ mark: String, wide: String, at span: Span) -> Diagnostic {
        Diagnostic(
            "translation/punctuation", .note, "after these letters the mark is `\(wide)`, not `\(mark)`",
            at: Label(span),
            notes: ["the marks of the language are as wide as its letters"], fixIts: [.write(wide, at: span)])
    }

    // MARK: What is recorded

    /// - Parameters:
    ///   - change: what has happened to the source.
    ///   - command: the command that accepts the translation as it is.
    static func outdated(
        _ change: String, _ policy: OutdatedPolicy, command: String, at label: Label, source: Label
    ) -> Diagnostic {
        var notes = ["translate it anew; where it still holds: `\(command)`"]
        switch policy {
        case .error: notes.append("placard.yaml allows no outdated translation in this locale")
        case .fallback: notes.append("until then the message falls back, as placard.yaml says for this locale")
        case .show: break
        }
        return Diagnostic(
            "translation/outdated", policy == .error ? .error : .warning, change, at: label,
            secondary: [Label(file: source.file, source.span, "the source")], notes: notes)
    }

    static func unrecorded(_ file: String) -> Diagnostic {
        Diagnostic(
            "translation/unrecorded", .note, "translations.lock does not know this translation as it stands",
            at: Label(file: file, Span(at: 0)),
            notes: [
                "it counts as made from the source as it is; `placard check --fix` records that, so that a later change is seen"
            ])
    }

    static func lockOfOtherVersion(at span: Span) -> Diagnostic {
        Diagnostic(
            "translation/lock-damaged", "translations.lock was written by another version of Placard",
            at: Label(file: TranslationLock.path, span),
            notes: ["this one reads `\(TranslationLock.version.dropFirst(2))`"])
    }

    static func lockConflict(at span: Span) -> Diagnostic {
        Diagnostic(
            "translation/lock-conflict", .warning, "translations.lock holds a merge conflict",
            at: Label(file: TranslationLock.path, span),
            notes: [
                "both sides count until it is resolved: of each translation the one that knows it as it stands",
                "`placard check --fix` resolves it",
            ])
    }

    static func damagedLock(at span: Span) -> Diagnostic {
        Diagnostic(
            "translation/lock-damaged", .warning, "this line of translations.lock cannot be read",
            at: Label(file: TranslationLock.path, span),
            notes: ["what it said is lost, and what it was about counts as new; `placard check --fix` removes it"])
    }
}
