import SourceDiagnostics

/// What is said of a conversation whose choice or step is not read as one.
private let consequences: Set<String> = [
    "chat/unreachable-step", "chat/endless", "translation/different-choices", "translation/different-steps",
]
/// What keeps it from being read.
private let slips: Set<String> = ["text/not-a-link", "text/list-mark", "text/not-a-heading"]

/// One cause, one diagnostic: a slip in a choice of a conversation in place of what follows from it, in its translations too.
///
/// The slip is the error then, as what it stands for is one.
func withoutLostChoices(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
    guard diagnostics.contains(where: { consequences.contains($0.id) }) else { return diagnostics }
    let files = Set(diagnostics.lazy.filter { slips.contains($0.id) }.map(\.primary.file))
    guard !files.isEmpty else { return diagnostics }
    func cause(_ diagnostic: Diagnostic) -> String? {
        let file = diagnostic.primary.file
        if files.contains(file) { return file }
        return sourceOfTranslation(file).flatMap { files.contains($0) ? $0 : nil }
    }
    var causes: Set<String> = []
    var result = diagnostics.filter { diagnostic in
        guard consequences.contains(diagnostic.id), let file = cause(diagnostic) else { return true }
        causes.insert(file)
        return false
    }
    for index in result.indices where slips.contains(result[index].id) && causes.contains(result[index].primary.file) {
        result[index].severity = .error
    }
    return result
}

/// `content/a.md` of `content/a.fr.md`; nil for a file without a language in its name.
private func sourceOfTranslation(_ file: String) -> String? {
    guard file.hasSuffix(".md"), let dot = file.dropLast(3).lastIndex(of: "."),
        !file[dot...].utf8.contains(0x2F)
    else { return nil }
    return file[..<dot] + ".md"
}
