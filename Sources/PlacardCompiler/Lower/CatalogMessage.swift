import ByteText
import CanonicalJSON
import PlacardBundle
import PlacardText
import SourceDiagnostics

/// The wire form of what a message does; nil when a part of it did not compile.
func catalogMessage(
    _ message: MessageDefinition, template: TemplateDefinition, variants: [(id: String, changes: MessageDefinition)],
    variables: [String: TextVariable], texts: [Localization], project: ProjectDefinition, compiler: inout TextCompiler
) -> CatalogMessage? {
    guard let surface = Surface(rawValue: template.surface), let trigger = message.trigger else { return nil }
    var result = CatalogMessage(
        id: message.id, template: template.name, surface: surface,
        trigger: Trigger(
            event: trigger.event.value, when: trigger.when?.text, delay: trigger.delay == 0 ? nil : trigger.delay))
    result.blocking = template.isBlocking
    result.dismiss = template.dismiss.compactMap(Dismissal.init(rawValue:))
    result.timeout = template.timeout
    result.audience = message.audience
    result.schedule = message.schedule?.schedule
    result.frequency = message.frequency
    result.group = message.group?.value
    result.priority = message.priority
    result.rollout = message.rollout
    result.thread = message.thread.flatMap { thread($0, &compiler) }.flatMap(bundleText)
    result.onMissing = MissingPolicy(rawValue: (message.onMissing ?? project.onMissing).rawValue) ?? .fallback
    result.actions = message.actions.compactMap { bundleAction($0, &compiler) }
    result.fields = bundleFields(message, &compiler)
    result.push = message.push.map {
        CatalogPush(link: pushLink($0, message).flatMap { compiler.url($0) }.flatMap(bundleText))
    }
    result.experiment = message.experiment.map { experiment in
        Experiment(
            variants: experiment.variants.map { entry in
                var variant = ExperimentVariant(id: entry.id.value, weight: entry.weight)
                if let changes = variants.first(where: { $0.id == entry.id.value })?.changes {
                    variant.fields = bundleFields(changes, &compiler)
                    if !changes.actions.isEmpty {
                        variant.actions = changes.actions.compactMap { bundleAction($0, &compiler) }
                    }
                }
                return variant
            }, holdout: experiment.holdout)
    }
    var used: Set<String> = []
    func note(_ texts: MessageTexts) {
        texts.visit { text in
            for use in text.variables { used.insert(use.name) }
        }
    }
    for localization in texts {
        note(localization.texts)
        for variant in localization.variants { note(variant.texts) }
    }
    result.needs = used.filter { variables[$0]?.isGuaranteed == false }.sorted(by: utf8Less)
    return result
}

/// What a message is grouped by. It is no text: formatted for a language it would be another thread in each.
private func thread(_ text: EmbeddedText, _ compiler: inout TextCompiler) -> CompiledText? {
    guard let compiled = compiler.plain(text) else { return nil }
    if let use = compiled.variables.first(where: { $0.function != nil && $0.function != "string" }) {
        compiler.diagnostics += text.place([
            Diagnostic(
                "link/formatted-placeholder", "a placeholder in a thread is plain or `:string`",
                at: Label(use.span),
                notes: ["formatted numbers and dates differ from language to language; a thread must not"])
        ])
    }
    return compiled
}

/// What a tap on the notification opens: its own link, or what the first action that opens something does.
func pushLink(_ push: PushDefinition, _ message: MessageDefinition) -> EmbeddedText? {
    if let link = push.link { return link }
    for action in message.actions {
        if case .url(let url) = action.effect { return url }
    }
    return nil
}

func bundleText(_ text: CompiledText) -> BundleText? {
    (try? JSONValue(parsing: text.text)).flatMap { try? BundleText(json: $0) }
}

private func bundleAction(_ action: ActionDefinition, _ compiler: inout TextCompiler) -> BundleAction? {
    switch action.effect {
    case .url(let url):
        return compiler.url(url).flatMap(bundleText).map { BundleAction(id: action.id.value, .open(url: $0)) }
    case .dismiss: return BundleAction(id: action.id.value, .dismiss)
    case .remind(let seconds): return BundleAction(id: action.id.value, .remind(seconds: seconds))
    case .event(let event): return BundleAction(id: action.id.value, .emit(event: event.value))
    case .request(let request): return BundleAction(id: action.id.value, .request(request))
    }
}

private func bundleFields(_ message: MessageDefinition, _ compiler: inout TextCompiler) -> SortedMap<FieldValue> {
    var fields: SortedMap<FieldValue> = [:]
    for field in message.values {
        switch field.value {
        case .bool(let flag): fields[field.name] = .bool(flag)
        case .number(let number): fields[field.name] = .int(Int64(number))
        case .string(let text): fields[field.name] = .string(text)
        default: break
        }
    }
    for url in message.urls {
        if let text = compiler.url(url.text).flatMap(bundleText) { fields[url.name] = .url(text) }
    }
    for image in message.images { fields[image.name] = .image(src: image.asset) }
    return fields
}
