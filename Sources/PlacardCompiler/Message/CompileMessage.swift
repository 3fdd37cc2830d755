import PlacardBundle
import SourceDiagnostics

/// Compiles one message, from the bytes of its files to what a build emits of it: the way of a message, each step of which
/// takes what the steps before it gave.
///
/// - Parameters:
///   - replaced: a file that is read with these bytes, to see what they would come to.
///   - diagnostics: empty; gains what is wrong with the message.
/// - Returns: nil when there is no source to compile.
func compileMessage(
    _ files: MessageFiles, in context: CompilerContext, replacing replaced: ProjectFiles.File? = nil,
    _ diagnostics: inout [Diagnostic]
) -> CompiledMessage? {
    guard let source = files.source else {
        diagnostics += orphans(files, context)
        return nil
    }
    let reader = SourceReader(files: context.files, replaced: replaced)
    guard let declaration = declareMessage(files, source: reader.read(source), reader, in: context, &diagnostics) else {
        return CompiledMessage(unreadable: files, source: source, context.files)
    }
    let conditions = context.expressions.compile(declaration.definition, &diagnostics)
    let texts = compileTexts(of: declaration, in: context, &diagnostics)
    diagnostics.removeAll(where: declaration.unread.explains)
    if declaration.lacksEvent(diagnostics) { diagnostics.removeAll(where: isOfEvent) }
    let lowered = LoweredMessage(declaration, texts, onMissing: context.project.onMissing)
    checkMessage(declaration, texts, lowered, in: context, &diagnostics)
    let isSound = !diagnostics.contains { $0.severity == .error }
    return CompiledMessage(
        declaration, texts, lowered, catalog: isSound ? lowered.catalog : nil, conditions: conditions,
        pseudo: isSound ? lowered.pseudoLocalizations(context.texts) : [],
        assets: shownImages(declaration, texts).filter { context.content.assets[$0] != nil })
}

extension MessageDeclaration {
    /// Whether its trigger names no event that placard.yaml declares, which has been reported: of the event's properties nothing is
    /// known then.
    fileprivate func lacksEvent(_ diagnostics: [Diagnostic]) -> Bool {
        definition.trigger == nil && unread.isBroken("trigger")
            || diagnostics.contains { $0.id == "message/unknown-event" || $0.id == "schema/several-events" }
    }
}

/// Whether a diagnostic is of a property of the trigger's event.
private func isOfEvent(_ diagnostic: Diagnostic) -> Bool {
    (diagnostic.id == "text/unknown-variable" || diagnostic.id == "message/unknown-variable")
        && (diagnostic.message.contains("`$event.") || diagnostic.message.contains("`event."))
}

extension CompiledMessage {
    /// A message of which only what is wrong is known.
    fileprivate convenience init(unreadable files: MessageFiles, source: Int, _ project: ProjectFiles) {
        let path = project.files[source].path
        self.init(
            definition: MessageDefinition(id: files.id, file: path, folder: parentFolder(path)), template: "",
            catalog: nil, conditions: CheckedConditions(), localizations: [], pseudo: [], allowances: [],
            files: files.all, assets: [])
    }

    fileprivate convenience init(
        _ declaration: MessageDeclaration, _ texts: CompiledTexts, _ lowered: LoweredMessage,
        catalog: CatalogMessage?,
        conditions: CheckedConditions, pseudo: [LoweredLocalization], assets: [String]
    ) {
        self.init(
            definition: declaration.definition, template: declaration.template.name, catalog: catalog,
            conditions: conditions, localizations: lowered.localizations,
            pseudo: pseudo, allowances: declaration.allowances,
            files: declaration.files.all, assets: assets, translationStates: texts.translations.states,
            comparisons: texts.translations.comparisons, sourceUnits: texts.sourceUnits)
    }
}
