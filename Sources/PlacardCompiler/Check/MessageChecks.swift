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
    diagnostics += checkLists(message, template) + checkVariants(message, declaration.files, context)
    for variant in declaration.variants {
        diagnostics += checkActionCount(variant.changes, template, optional: true)
        diagnostics += checkImages(variant.changes, context)
    }
    diagnostics += texts.images.compactMap { checkImage($0, context) }
    diagnostics += checkVariables(
        message, declaration.variables, pushed: Set(lowered.localizations.first?.pushVariables ?? []))
    diagnostics += (texts.localizations.first?.contents ?? []).flatMap(checkConversation)
    diagnostics += checkPush(declaration, texts, lowered, context)
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
    func actions(_ number: Int) -> String { number == 1 ? "1 action" : "\(number) actions" }
    if count > template.maximumActions {
        return [
            Diagnostic(
                "message/too-many-actions",
                "a \(template.name) has room for \(actions(template.maximumActions)), and here are \(count)",
                at: message.content.actions[template.maximumActions].id.label,
                notes: ["remove some, or choose a template with more room"])
        ]
    }
    guard count < template.minimumActions else { return [] }
    // An inherited template is not at fault.
    let ownTemplate = message.template.flatMap { $0.file == message.file ? $0.label : nil }
    let label = message.content.actions.last?.id.label ?? ownTemplate ?? Label(file: message.file, Span(at: 0))
    return [
        Diagnostic(
            "message/too-few-actions",
            "a \(template.name) needs \(actions(template.minimumActions)), and here \(count == 1 ? "is" : "are") \(count)",
            at: label, notes: ["for a way to close it add - {id: later, label: Not now, dismiss: true} to actions"])
    ]
}

private func checkActionEvents(_ message: MessageDefinition, _ project: ProjectDefinition) -> [Diagnostic] {
    message.content.actions.compactMap { action in
        guard case .event(let event)? = action.effect, project.events[named: event.value] == nil else { return nil }
        return unknownName(
            "message/unknown-event", "placard.yaml declares no event \"\(event.value)\"", event.value,
            among: project.events.names, at: event.label, none: "declare it under events: in placard.yaml")
    }
}

private func checkBody(_ message: MessageDefinition, _ template: TemplateDefinition) -> [Diagnostic] {
    guard let body = message.body else { return [] }
    let place = body.start
    switch (template.body, body.hasText) {
    case (nil, true):
        return [
            Diagnostic(
                "message/unexpected-body", "a \(template.name) has no body", at: place,
                notes: ["remove the text below the front matter, or choose a template with a body"])
        ]
    case (let field?, false) where field.isRequired:
        return [
            Diagnostic(
                "message/missing-body", "a \(template.name) needs a body", at: place,
                notes: ["write the message's text below the front matter"])
        ]
    default: return []
    }
}

private func checkLists(_ message: MessageDefinition, _ template: TemplateDefinition) -> [Diagnostic] {
    var findings = message.content.lists.compactMap { name, list -> Diagnostic? in
        // Entries that cannot be read have been reported.
        guard let field = template.field(name), list.items.count == list.written else { return nil }
        if let maximum = field.maximum, list.items.count > maximum {
            return Diagnostic(
                "message/too-many-entries", "\(name) has room for \(maximum), and here are \(list.items.count)",
                at: list.items[maximum].id.label, notes: ["remove some, or choose a template with more room"])
        }
        if let minimum = field.minimum, list.items.count < minimum {
            guard let first = list.items.first, let last = list.items.last else {
                return Diagnostic(
                    "message/too-few-entries", "\(name) needs \(minimum) entries, and is empty", at: list.label,
                    notes: ["add some, as in " + exampleOfList(name)])
            }
            return Diagnostic(
                "message/too-few-entries",
                "\(name) needs \(minimum) entries, and here \(list.items.count == 1 ? "is" : "are") \(list.items.count)",
                at: Label(file: last.id.file, first.id.span.union(last.id.span)),
                notes: template.isOfReplies ? ["add some"] : ["add some, or leave \(name) out"])
        }
        return nil
    }
    if let missing = missingPhrases(message, template), findings.isEmpty { findings.append(missing) }
    return findings
}

/// That a message which is nothing but phrases to send has none of them.
private func missingPhrases(_ message: MessageDefinition, _ template: TemplateDefinition) -> Diagnostic? {
    guard template.isOfReplies, message.content.lists.allSatisfy({ $0.list.written == 0 }),
        let field = template.fields.first(where: { $0.isList && !$0.isRequired })
    else { return nil }
    return Diagnostic(
        "message/too-few-entries", "a \(template.name) without \(field.name) has nothing to send",
        at: message.template?.label ?? Label(file: message.file, Span(at: 0)),
        notes: ["add " + exampleOfList(field.name)])
}

private func exampleOfList(_ name: String) -> String { "\(name): [{id: on-my-way, text: On my way}]" }

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
            return unknownName(
                "message/unknown-variable", "there is no variable \"\(name)\"", name,
                among: names, at: variable.name.label,
                none: "a variable is an attribute of the context, or a property of the trigger's event as event.name")
        }
        guard known.isGuaranteed, variable.fallback != nil, !pushed.contains(name) else { return nil }
        return Diagnostic(
            "message/needless-fallback", .warning, "\(name) always has a value, so that its fallback is never shown",
            at: variable.name.label, notes: ["remove the fallback, or declare the attribute optional in placard.yaml"])
    }
}

/// Whether a translation gives fallbacks for variables that have one in the source.
///
/// - Parameter addresses: variables that stand in addresses alone, whose fallbacks are the same in every language.
func checkTranslatedFallbacks(
    _ overlay: Translation, _ message: MessageDefinition, _ addresses: Set<String>, _ unread: UnreadKeys
) -> [Diagnostic] {
    let names = message.variables.filter { $0.fallback != nil }.map(\.name.value)
    let known = Set(names)
    let translated = Set(overlay.fallbacks.map(\.name.value))
    var findings = overlay.fallbacks.compactMap { variable -> Diagnostic? in
        if addresses.contains(variable.name.value) {
            return Diagnostic(
                "translation/needless-fallback", .warning,
                "the fallback of \(variable.name.value) stands in addresses alone, which have the source's in every language",
                at: variable.name.label, notes: ["remove it here"])
        }
        guard !known.contains(variable.name.value), !unread.mayHold("variables") else { return nil }
        return unknownName(
            "translation/unknown-entry", "the source has no fallback for \"\(variable.name.value)\"",
            variable.name.value,
            among: names, at: variable.name.label, none: "remove it, or write it in \(message.file) first")
    }
    for name in names where !translated.contains(name) && !addresses.contains(name) {
        findings.append(
            Diagnostic(
                "translation/missing-text", "the translation to \(overlay.locale) lacks the fallback of \(name)",
                at: overlay.place(of: "variables"),
                notes: [
                    "without it a sentence would hold a word of another language; add variables: {\(name): {fallback: …}}"
                ]))
    }
    return findings
}

/// Whether the experiment and the variants' files speak of the same variants.
func checkVariants(
    _ message: MessageDefinition, _ files: MessageFiles, _ context: CompilerContext
) -> [Diagnostic] {
    let declared = message.experiment?.variants.map(\.id.value) ?? []
    let known = Set(declared)
    let filed = Set(files.variants.map(\.variant))
    var findings: [Diagnostic] = []
    let written = files.variants.map { ($0.variant, $0.file) } + files.variantTranslations.map { ($0.variant, $0.file) }
    for (variant, file) in written where !known.contains(variant) {
        let path = context.files.files[file].path
        findings.append(
            unknownName(
                "message/unknown-variant", "the message has no variant \"\(variant)\"", variant, among: declared,
                at: Label(file: path, Span(at: 0)),
                none: "list it in \(message.file): experiment: {variants: {control: 50, \(variant): 50}}"))
    }
    for (variant, locale, file) in files.variantTranslations where known.contains(variant) {
        guard !filed.contains(variant) else { continue }
        let path = context.files.files[file].path
        findings.append(
            Diagnostic(
                "translation/orphan", "\(path) translates a variant that has no file",
                at: Label(file: path, Span(at: 0)),
                notes: ["write the variant in the source locale first, or remove the translation to \(locale)"]))
    }
    let unchanged = (message.experiment?.variants ?? []).filter { variant in
        variant.weight > 0 && !filed.contains(variant.id.value)
    }
    if unchanged.count > 1 {
        findings.append(
            Diagnostic(
                "message/identical-variants", .warning,
                "\(unchanged.map(\.id.value).joined(separator: " and ")) show the same message",
                at: unchanged[1].id.label, secondary: [unchanged[0].id.label],
                notes: [
                    "a variant without a file is the message as it stands; write \(message.file.dropLast(3))+\(unchanged[1].id.value).md"
                ]))
    }
    if let variants = message.experiment?.variants, variants.count > ProjectLimits.variants {
        findings.append(
            Diagnostic(
                "message/too-many-variants",
                "a message can have \(ProjectLimits.variants) variants, and here are \(variants.count)",
                at: variants[ProjectLimits.variants].id.label,
                notes: ["each is a message of its own to clients, in every language; remove those that are decided"]))
    }
    return findings
}
