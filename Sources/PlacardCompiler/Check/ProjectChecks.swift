import ByteText
import PlacardBundle
import PlacardText
import SourceDiagnostics

/// What can only be told when every message is known.
///
/// - Parameter known: the ids that a project may give a severity of its own; nil when any may.
func checkProject(
    _ messages: [CompiledMessage], _ context: CompilerContext, _ known: [String]?
) -> [Diagnostic] {
    messages.flatMap { missingTranslations($0, context) } + unusedAssets(messages, context)
        + checkIcon(context) + unknownLintIDs(messages, context.project, known)
}

/// Translations that a required locale lacks; where a message is not to fall back, of any locale.
private func missingTranslations(_ message: CompiledMessage, _ context: CompilerContext) -> [Diagnostic] {
    let project = context.project
    // A message that did not compile has other troubles.
    let languages = message.localizations
    guard let source = languages.first, source.locale == project.source else { return [] }
    // Most messages are in every language, in the order of the project.
    if languages.dropFirst().elementsEqual(project.locales, by: { $0.locale == $1.tag }) { return [] }
    let policy = message.definition.onMissing ?? project.onMissing
    // Those that are there but not shown have been reported.
    let written = Set(languages.map(\.locale) + message.translationStates.map(\.locale))
    // One that could not be read is there, and what is wrong with it is reported.
    let stem = message.definition.file.dropLast(3)
    let files = Set(message.files.map { context.files.files[$0].path })
    let missing = project.locales.filter { locale in
        !written.contains(locale.tag) && !files.contains("\(stem).\(locale.tag).md")
            && !context.files.unread.mayHoldInContent("\(message.definition.id).\(locale.tag).md")
    }
    let place = Label(file: message.definition.file, Span(at: 0))
    let severity: Severity = project.allowsIncomplete ? .warning : .error
    if policy == .error, !missing.isEmpty {
        return [
            .missingTranslation(
                of: message.definition.id, to: missing.map(\.tag), file: nil, severity, at: place)
        ]
    }
    let required = missing.filter(\.required).map(\.tag)
    guard !required.isEmpty else { return [] }
    let first = "\(message.definition.file.dropLast(3)).\(required[0]).md"
    return [
        .missingTranslation(of: message.definition.id, to: required, file: first, severity, at: place)
    ]
}

/// Images that no message shows.
private func unusedAssets(_ messages: [CompiledMessage], _ context: CompilerContext) -> [Diagnostic] {
    let icon = context.project.look.icon.flatMap { assetPath($0.value, in: "") }
    let used = Set(messages.flatMap(\.assets) + (icon.map { [$0] } ?? []))
    // While messages are broken it is not known what they show.
    guard messages.allSatisfy({ $0.catalog != nil }) else { return [] }
    let misnamed = context.content.capitalizedAssets.sorted(by: utf8Less).map { name in
        Diagnostic.unknownFile(
            "content/" + name,
            note: "did you mean \(withSmallEnding(name))? endings of images are in small letters")
    }
    return misnamed
        + context.content.assets.keys.filter { !used.contains($0) }.map { name in
            .unusedImage("content/" + name)
        }
}

/// Whether the app's icon is an image as those of messages are.
private func checkIcon(_ context: CompilerContext) -> [Diagnostic] {
    guard let icon = context.project.look.icon else { return [] }
    let image = WrittenImage(path: icon.value, folder: "", label: icon.label, hasAlternative: true, help: "")
    return checkImage(image, context).map { [$0] } ?? []
}

/// Settings and allowances of diagnostics that do not exist.
private func unknownLintIDs(
    _ messages: [CompiledMessage], _ project: ProjectDefinition, _ known: [String]?
) -> [Diagnostic] {
    guard let known else { return [] }
    let names = Set(known)
    let rules = project.lint.map { (id: $0.id, label: Label(file: "placard.yaml", $0.span)) }
    let allowances = messages.flatMap(\.allowances).map { (id: $0.id.value, label: $0.id.label) }
    return (rules + allowances).filter { !names.contains($0.id) }.map { entry in
        .unknownLintID(entry.id, among: known, at: entry.label)
    }
}
