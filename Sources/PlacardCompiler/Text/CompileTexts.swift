import PlacardText
import SourceDiagnostics
import UnicodeLocale

/// What the texts of a message were compiled to, in all its languages.
struct CompiledTexts {
    /// The languages that it is shown in, the source locale first.
    var localizations: [Localization<MessageText>] = []
    /// What the message is grouped by.
    var thread: CompiledText?
    /// The images in Markdown, of all languages.
    var images: [WrittenImage] = []
    var translations = TranslationRecord()
    /// Its units, where they were asked for.
    var sourceUnits: TrackedSource?
}

/// What is to be said of a message's translations.
struct TranslationRecord {
    /// None of those that are up to date.
    var states: [TranslationState] = []
    /// The translations beside their sources, where they were asked for.
    var comparisons: [TrackedTranslation] = []

    /// The state of the translation to a locale, unless it is up to date or not there.
    func state(_ locale: String) -> TranslationState.Kind? {
        states.first { $0.locale == locale }?.kind
    }
}

/// Compiles every text of a message, each once, and holds translations against their sources: what a translation lacks, and
/// what its source has become since, decide whether it is shown.
func compileTexts(
    of message: MessageDeclaration, in context: CompilerContext, _ diagnostics: inout [Diagnostic]
) -> CompiledTexts {
    var texts = CompiledTexts()
    guard let source = compileSource(message, context, &texts, &diagnostics) else { return texts }
    texts.localizations.reserveCapacity(1 + message.translations.count)
    texts.localizations.append(source)
    let definitions = [message.definition] + message.variants.map(\.changes)
    let addresses = addressVariables(definitions, source.contents.map { $0.map(\.compiled) })
    let units = trackedSource(message, source, context)
    if context.keepsUnits { texts.sourceUnits = units }
    let compiler = TranslationCompiler(
        message: message, context: context, source: source, addresses: addresses, units: units)
    for translation in message.translations {
        var found: [Diagnostic] = []
        if let localization = compiler.compile(translation, &texts, &found) { texts.localizations.append(localization) }
        diagnostics += found
    }
    return texts
}

/// The texts of the source locale.
private func compileSource(
    _ message: MessageDeclaration, _ context: CompilerContext, _ texts: inout CompiledTexts,
    _ diagnostics: inout [Diagnostic]
) -> Localization<MessageText>? {
    let locale = context.project.source
    guard let tag = context.texts.tag(locale) else { return nil }
    var compiler = ContentCompiler(
        message, context: context.texts, variables: message.variables, locale: tag, pseudo: PseudoLocale.allCases)
    compiler.environment.fallbackPlace = message.fallbackPlace
    let content = compiler.compile(message.definition.content, &diagnostics)
    let variants = message.variants.map { ($0.id, compiler.compile($0.changes.content, &diagnostics)) }
    texts.thread = message.definition.thread.flatMap { compiler.thread($0, &diagnostics) }?.compiled
    texts.images += compiler.images
    return Localization(
        locale: locale, isRightToLeft: context.texts.isRightToLeft(locale), content: content,
        fallbacks: message.definition.variables.compactMap { variable in
            variable.fallback.map { (variable.name.value, $0.value) }
        }, variants: variants)
}

/// Compiles the translations of one message.
private struct TranslationCompiler {
    let message: MessageDeclaration
    let context: CompilerContext
    let source: Localization<MessageText>
    /// Variables whose fallbacks stand in addresses alone.
    let addresses: Set<String>
    let units: TrackedSource?

    /// The texts of one language; nil when the message is not shown in it.
    ///
    /// - Parameter diagnostics: empty; gains what is wrong with the translation.
    func compile(
        _ translation: TranslationDeclaration, _ result: inout CompiledTexts, _ diagnostics: inout [Diagnostic]
    ) -> Localization<MessageText>? {
        let overlay = translation.overlay
        guard let tag = context.texts.tag(overlay.locale) else { return nil }
        let fallbacks = overlay.fallbacks.filter { !addresses.contains($0.name.value) }
        var compiler = ContentCompiler(
            message, context: context.texts, variables: variables(with: fallbacks), locale: tag)
        compiler.paritySubjects = subjects(overlay)
        compiler.sourceLocale = context.texts.tag(context.project.source)
        compiler.unread = message.unread
        let content = compiler.translation(overlay, of: message.definition, source: source.content, &diagnostics)
        var variants: [(id: String, content: MessageContent<MessageText>)] = []
        var tracked = [CompiledTranslation(message.definition.id, overlay, content)]
        for (variant, original) in zip(message.variants, source.variants) {
            if translation.missingVariants.contains(variant.id) {
                diagnostics += missingVariantTranslation(variant, overlay.locale, original.content)
            }
            guard let own = translation.variants.first(where: { $0.id == variant.id })?.overlay else { continue }
            compiler.paritySubjects = subjects(overlay, own, variant: variant)
            compiler.unread = variant.unread
            let content = compiler.translation(own, of: variant.changes, source: original.content, &diagnostics)
            variants.append((variant.id, content))
            tracked.append(CompiledTranslation("\(message.definition.id)+\(variant.id)", own, content))
        }
        let isUnsound = diagnostics.contains { $0.severity == .error }
        diagnostics += checkTranslatedFallbacks(overlay, message.definition, addresses, message.unread) { name in
            isUnsound || ([content] + variants.map(\.content)).contains { $0.reads(name) }
        }
        result.images += compiler.images
        let isComplete = judgeGaps(
            overlay.locale, message.definition, context.project, &result.translations, &diagnostics)
        let isShown = units.map { track(overlay.locale, tracked, $0, context, &result.translations, &diagnostics) }
        guard isComplete, isShown ?? true else { return nil }
        return Localization(
            locale: overlay.locale, isRightToLeft: context.texts.isRightToLeft(overlay.locale), content: content,
            fallbacks: merged(source.fallbacks, fallbacks), variants: variants)
    }

    private func variables(with fallbacks: [VariableDefinition]) -> [String: TextVariable] {
        var variables = message.variables
        for variable in fallbacks where variables[variable.name.value] != nil {
            variables[variable.name.value]?.fallback = variable.fallback?.value
        }
        return variables
    }

    /// What a translation is held against its source for. What a file allows is looked for even where the project does not
    /// want to know it: an allowance that nothing needs is reported.
    private func subjects(_ overlays: Translation..., variant: VariantDeclaration? = nil) -> ParitySubjects {
        let allowsAny =
            !message.definition.allowances.isEmpty || variant?.changes.allowances.isEmpty == false
            || overlays.contains { !$0.allowances.isEmpty }
        let subjects = allowsAny ? .all : context.paritySubjects
        let isFormless = overlays.first.map { context.formless.contains($0.locale) } ?? false
        return isFormless ? subjects.subtracting(.plurals) : subjects
    }

    /// A variant without a translation would show the source's words to readers of another language.
    private func missingVariantTranslation(
        _ variant: VariantDeclaration, _ locale: String, _ content: MessageContent<MessageText>
    ) -> [Diagnostic] {
        guard !content.all.isEmpty else { return [] }
        return [.missingVariantTranslation(variant.id, locale, file: variant.file)]
    }

    private func merged(
        _ source: [(name: String, text: String)], _ overlay: [VariableDefinition]
    ) -> [(name: String, text: String)] {
        let translated = Dictionary(overlay.map { ($0.name.value, $0.fallback?.value) }) { first, _ in first }
        return source.map { ($0.name, (translated[$0.name] ?? nil) ?? $0.text) }
    }
}

extension MessageContent<MessageText> {
    /// Whether one of its texts shows or asks for a variable.
    fileprivate func reads(_ variable: String) -> Bool {
        all.contains { $0.compiled.variables.contains { $0.name == variable } }
    }
}
