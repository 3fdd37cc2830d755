import ByteText
import SourceDiagnostics

/// What is said of a translation beside its source, and may hold of the source as it is to be no more.
private let comparisons: Set<String> = [
    "translation/different-choices", "translation/different-link", "translation/different-markup",
    "translation/different-number", "translation/different-steps", "translation/dropped-case",
    "translation/dropped-link", "translation/dropped-placeholder", "translation/dropped-plural",
    "translation/identical", "translation/outdated", "translation/punctuation", "translation/unknown-placeholder",
    "translation/unrecorded",
]

/// What the texts of a message are read by.
private let areas = ["link/", "markdown/", "message/", "mf2/", "schema/", "text/", "yaml/"]

/// Causes before consequences: without what is said of a translation beside a source that has a mistake of its own.
///
/// A warning in whose place an error is withheld is the error then.
///
/// - Parameter diagnostics: those that nothing allows, at the project's own severities.
/// - Returns: what is said, and what is withheld until the sources are right.
func sourcesBeforeTranslations(_ diagnostics: [Diagnostic]) -> (said: [Diagnostic], withheld: [Diagnostic]) {
    guard diagnostics.contains(where: { comparisons.contains($0.id) }) else { return (diagnostics, []) }
    let mistakes = SourceMistakes(diagnostics)
    let causes = diagnostics.map { mistakes.causes(of: $0) }
    // Where a source has had its warning since before it was translated, the translation is beside the text that it is of.
    let outdated = Set(
        zip(diagnostics, causes).filter { $0.id == "translation/outdated" && $1 != nil }.map { $0.0.primary.file })
    var (said, withheld): ([Diagnostic], [Diagnostic]) = ([], [])
    var raised: Set<Label> = []
    for (diagnostic, causes) in zip(diagnostics, causes) {
        guard let causes,
            causes.isEmpty || diagnostic.id == "translation/unrecorded" || outdated.contains(diagnostic.primary.file)
        else {
            said.append(diagnostic)
            continue
        }
        withheld.append(diagnostic)
        if diagnostic.severity == .error { raised.formUnion(causes) }
    }
    for index in said.indices where changesItsText(said[index]) && raised.contains(said[index].primary) {
        said[index].severity = .error
        said[index].notes.append("translations are outdated by it in locales where placard.yaml allows none that is")
    }
    return (said, withheld)
}

/// What is wrong with sources.
private struct SourceMistakes {
    /// Messages whose source has an error, each with `+variant` behind it for a variant's: their texts may not be known.
    private var broken: Set<String> = []
    /// Folders whose `_defaults.yaml` has an error, each with the slash at its end.
    private var folders: Set<String> = []
    /// Whether there is an error in what all messages are read by.
    private var isEverywhere = false
    /// Texts, by the same names as `broken`, that are about to become others, by a fix of a warning.
    private var unfixed: [String: [Label]] = [:]

    init(_ diagnostics: [Diagnostic]) {
        for diagnostic in diagnostics {
            let file = diagnostic.primary.file
            guard areas.contains(where: diagnostic.id.hasPrefix) else { continue }
            if diagnostic.severity == .error {
                if let name = ContentName(path: file) {
                    if name.locale == nil { broken.insert(name.source) }
                } else if file.hasSuffix("/_defaults.yaml") {
                    folders.insert(parentFolder(file) + "/")
                } else if file == "placard.yaml" || file.hasPrefix("templates/") {
                    isEverywhere = true
                }
            } else if changesItsText(diagnostic), let name = ContentName(path: file), name.locale == nil {
                unfixed[name.source, default: []].append(diagnostic.primary)
            }
        }
    }

    /// The places of the warnings that a diagnostic may follow from, none where it is an error; nil when it follows from nothing.
    ///
    /// What is outdated follows from a warning about its own unit alone.
    func causes(of diagnostic: Diagnostic) -> [Label]? {
        guard comparisons.contains(diagnostic.id), let name = ContentName(path: diagnostic.primary.file),
            name.locale != nil
        else { return nil }
        // A variant has what its message has, but for what it changes.
        let sources: Set<String> = [name.id, name.source]
        if isEverywhere || !broken.isDisjoint(with: sources)
            || folders.contains(where: diagnostic.primary.file.hasPrefix)
        {
            return []
        }
        var causes = sources.flatMap { unfixed[$0] ?? [] }
        if diagnostic.id == "translation/outdated", let unit = diagnostic.secondary.first {
            causes.removeAll {
                $0.file != unit.file || $0.span.end < unit.span.start || unit.span.end < $0.span.start
            }
        } else if diagnostic.severity == .error {
            return nil
        }
        return causes.isEmpty ? nil : causes
    }
}

/// Whether a diagnostic warns of words that are others after its fix; after a safe one readers see the same. Where bold ends
/// that is not closed, its author knows.
private func changesItsText(_ diagnostic: Diagnostic) -> Bool {
    diagnostic.severity == .warning && areas.contains(where: diagnostic.id.hasPrefix)
        && (diagnostic.fixIts.contains { $0.applicability != .safe } || diagnostic.id == "text/stray-asterisks")
}

/// Without the fix-its that write the id of a source in several translations that have another: those were made of a source that
/// had it, so that the slip is in the source, and the id that apps know would be gone.
func withoutRenamedIDs(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
    func kind(_ diagnostic: Diagnostic) -> String? {
        guard diagnostic.id == "translation/unknown-entry", let name = ContentName(path: diagnostic.primary.file),
            name.locale != nil
        else { return nil }
        return name.id + " " + diagnostic.message
    }
    var files: [String: Set<String>] = [:]
    for diagnostic in diagnostics {
        if let kind = kind(diagnostic) { files[kind, default: []].insert(diagnostic.primary.file) }
    }
    return diagnostics.map { diagnostic in
        guard !diagnostic.fixIts.isEmpty, let count = kind(diagnostic).flatMap({ files[$0]?.count }), count > 1 else {
            return diagnostic
        }
        var diagnostic = diagnostic
        diagnostic.fixIts = []
        diagnostic.notes = ["\(count) translations have it: where the source's own is misspelt, put that right"]
        return diagnostic
    }
}

extension Compilation {
    /// What is withheld of a message's translations.
    func withheld(of message: CompiledMessage) -> [Diagnostic] {
        withheld.filter { ContentName(path: $0.primary.file)?.id == message.definition.id }
    }
}

// MARK: Order

/// Whether what is said of one file comes before what is said of another: by their names without `.md`, so that a source comes
/// before its translations.
func isReportedBefore(_ file: String, _ other: String) -> Bool {
    let (name, otherName) = (nameInOrder(file), nameInOrder(other))
    return name.elementsEqual(otherName) ? utf8Less(file, other) : name.lexicographicallyPrecedes(otherName)
}

/// Whether a diagnostic of a project comes before another: by file, and as ``Diagnostic/precedes(_:_:)`` says within one.
func isReportedBefore(_ diagnostic: Diagnostic, _ other: Diagnostic) -> Bool {
    let (file, otherFile) = (diagnostic.primary.file, other.primary.file)
    return file == otherFile ? Diagnostic.precedes(diagnostic, other) : isReportedBefore(file, otherFile)
}

private func nameInOrder(_ file: String) -> Substring.UTF8View {
    file.utf8.dropLast(file.utf8.suffix(3).elementsEqual(".md".utf8) ? 3 : 0)
}
