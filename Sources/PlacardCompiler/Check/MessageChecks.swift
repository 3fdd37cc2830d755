import ByteText
import PlacardBundle
import PlacardText
import SourceDiagnostics

/// Everything about one message that neither its schema nor its texts and expressions tell by themselves.
///
/// - Parameters:
///   - texts: what its texts were compiled to.
///   - lowered: what the message was lowered to.
func checkMessage(
    _ declaration: MessageDeclaration, _ texts: CompiledTexts, _ lowered: LoweredMessage, in context: CompilerContext,
    _ diagnostics: inout [Diagnostic]
) {
    let message = declaration.definition
    let template = declaration.template
    // Actions that could not be read have been reported.
    if !declaration.unread.mayHold("actions") || message.content.actions.count > template.maximumActions {
        diagnostics += checkActionCount(message, template, optional: false)
    }
    diagnostics += checkActionEvents(message, context.project)
    diagnostics += checkImages(message, context) + checkSchedule(message.schedule) + checkBody(message, template)
    diagnostics +=
        checkLists(message, template)
        + checkVariants(
            message, declaration.files, context, isKnown: !declaration.unread.isBroken("experiment"))
    for variant in declaration.variants {
        diagnostics += checkActionCount(variant.changes, template, optional: true)
        diagnostics += checkImages(variant.changes, context)
        diagnostics += context.contrasts.check(variant.changes, template)
    }
    diagnostics += context.contrasts.check(message, template)
    diagnostics += texts.images.compactMap { checkImage($0, context) }
    diagnostics += checkVariables(
        message, declaration.variables, pushed: Set(lowered.localizations.first?.pushVariables ?? []))
    diagnostics += (texts.localizations.first?.contents ?? []).flatMap(checkConversation)
    diagnostics += checkPush(declaration, texts, lowered, context)
    diagnostics += checkForReaders(texts.localizations)
}

/// The images that a message shows, in the texts of all its languages too: paths below `content/`.
func shownImages(_ declaration: MessageDeclaration, _ texts: CompiledTexts) -> [String] {
    ([declaration.definition] + declaration.variants.map(\.changes)).flatMap { $0.content.images.map(\.source.asset) }
        + texts.images.compactMap(\.asset)
}

/// Whether a message has as many actions as its template draws; a variant may have none of its own.
func checkActionCount(
    _ message: MessageDefinition, _ template: TemplateDefinition, optional: Bool
) -> [Diagnostic] {
    let count = message.content.actions.count
    if optional, count == 0 { return [] }
    if count > template.maximumActions {
        return [.tooManyActions(count, template, at: message.content.actions[template.maximumActions].id.label)]
    }
    guard count < template.minimumActions else { return [] }
    // An inherited template is not at fault.
    let ownTemplate = message.template.flatMap { $0.file == message.file ? $0.label : nil }
    let label = message.content.actions.last?.id.label ?? ownTemplate ?? Label(file: message.file, Span(at: 0))
    return [.tooFewActions(count, template, at: label)]
}

private func checkActionEvents(_ message: MessageDefinition, _ project: ProjectDefinition) -> [Diagnostic] {
    message.content.actions.compactMap { action in
        guard case .event(let event)? = action.effect, project.events[named: event.value] == nil else { return nil }
        return .unknownEvent(event.value, among: project.events.names, at: event.label)
    }
}

private func checkBody(_ message: MessageDefinition, _ template: TemplateDefinition) -> [Diagnostic] {
    guard let body = message.body else { return [] }
    let place = body.start
    switch (template.body, body.hasText) {
    case (nil, true):
        return [.unexpectedBody(template, at: place)]
    case (let field?, false) where field.isRequired:
        return [.missingBody(template, at: place)]
    default: return []
    }
}

private func checkLists(_ message: MessageDefinition, _ template: TemplateDefinition) -> [Diagnostic] {
    var diagnostics = message.content.lists.compactMap { name, list -> Diagnostic? in
        // Entries that cannot be read have been reported.
        guard let field = template.field(name), list.items.count == list.written else { return nil }
        if let maximum = field.maximum, list.items.count > maximum {
            return .tooManyEntries(list.items.count, of: name, maximum: maximum, at: list.items[maximum].id.label)
        }
        if let minimum = field.minimum, list.items.count < minimum {
            guard let first = list.items.first, let last = list.items.last else {
                return .emptyList(name, minimum: minimum, at: list.label)
            }
            return .tooFewEntries(
                list.items.count, of: name, minimum: minimum, canBeLeftOut: !template.isOfReplies,
                at: Label(file: last.id.file, first.id.span.union(last.id.span)))
        }
        return nil
    }
    if let missing = missingPhrases(message, template), diagnostics.isEmpty { diagnostics.append(missing) }
    return diagnostics
}

/// That a message which is nothing but phrases to send has none of them.
private func missingPhrases(_ message: MessageDefinition, _ template: TemplateDefinition) -> Diagnostic? {
    guard template.isOfReplies, message.content.lists.allSatisfy({ $0.list.written == 0 }),
        let field = template.fields.first(where: { $0.isList && !$0.isRequired })
    else { return nil }
    return .nothingToSend(
        template, field.name, at: message.template?.label ?? Label(file: message.file, Span(at: 0)))
}

/// Whether each declared variable is one that texts can use, and its fallback is of use.
///
/// - Parameter pushed: the variables of the notification. It is sent by a server that may not know their values, so that
///   a fallback is of use even where a client always has one.
func checkVariables(
    _ message: MessageDefinition, _ variables: [String: TextVariable], pushed: Set<String>
) -> [Diagnostic] {
    lazy var names = variables.keys.sorted(by: utf8Less)
    return message.variables.compactMap { variable in
        let name = variable.name.value
        guard let known = variables[name] else {
            return .unknownVariable(name, among: names, at: variable.name.label)
        }
        guard known.isGuaranteed, variable.fallback != nil, !pushed.contains(name) else { return nil }
        return .needlessFallback(name, at: variable.name.label)
    }
}

/// Whether a translation gives fallbacks for variables that have one in the source.
///
/// - Parameters:
///   - addresses: variables that stand in addresses alone, whose fallbacks are the same in every language.
///   - mayRead: whether the translation's texts may have a variable, which then needs one.
func checkTranslatedFallbacks(
    _ overlay: Translation, _ message: MessageDefinition, _ addresses: Set<String>, _ unread: UnreadKeys,
    mayRead: (String) -> Bool
) -> [Diagnostic] {
    let names = message.variables.filter { $0.fallback != nil }.map(\.name.value)
    let known = Set(names)
    let translated = Set(overlay.fallbacks.map(\.name.value))
    var diagnostics = overlay.fallbacks.compactMap { variable -> Diagnostic? in
        if addresses.contains(variable.name.value) {
            return .needlessTranslatedFallback(variable.name.value, at: variable.name.label)
        }
        guard !known.contains(variable.name.value), !unread.mayHold("variables") else { return nil }
        return .unknownFallback(variable.name.value, among: names, in: message.file, at: variable.name.label)
    }
    for name in names where !translated.contains(name) && !addresses.contains(name) && mayRead(name) {
        diagnostics.append(
            .missingTranslatedFallback(name, overlay.locale, at: overlay.place(of: "variables")))
    }
    return diagnostics
}

/// Whether the experiment and the variants' files speak of the same variants.
///
/// - Parameter isKnown: whether the experiment could be read, so that a variant it lacks is none.
func checkVariants(
    _ message: MessageDefinition, _ files: MessageFiles, _ context: CompilerContext, isKnown: Bool
) -> [Diagnostic] {
    let declared = message.experiment?.variants.map(\.id.value) ?? []
    let known = Set(declared)
    let filed = Set(files.variants.map(\.variant))
    var diagnostics: [Diagnostic] = []
    let written = files.variants.map { ($0.variant, $0.file) } + files.variantTranslations.map { ($0.variant, $0.file) }
    for (variant, file) in written where isKnown && !known.contains(variant) {
        let path = context.files.files[file].path
        diagnostics.append(
            .unknownVariant(variant, among: declared, of: message.file, at: Label(file: path, Span(at: 0))))
    }
    for (variant, locale, file) in files.variantTranslations where known.contains(variant) {
        guard !filed.contains(variant) else { continue }
        let path = context.files.files[file].path
        diagnostics.append(.orphanOfVariant(path, locale))
    }
    let unchanged = (message.experiment?.variants ?? []).filter { variant in
        variant.weight > 0 && !filed.contains(variant.id.value)
    }
    if unchanged.count > 1 {
        diagnostics.append(
            .identicalVariants(
                unchanged.map(\.id.value), at: unchanged[1].id.label, first: unchanged[0].id.label,
                file: "\(message.file.dropLast(3))+\(unchanged[1].id.value).md"))
    }
    if let variants = message.experiment?.variants, variants.count > ProjectLimits.variants {
        diagnostics.append(.tooManyVariants(variants.count, at: variants[ProjectLimits.variants].id.label))
    }
    return diagnostics
}
