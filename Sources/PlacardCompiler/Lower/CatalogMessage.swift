import CanonicalJSON
import MessageFormat
import PlacardBundle
import PlacardText
import SourceDiagnostics

/// The wire form of what a message does; nil when it has no trigger or no template that shows anywhere.
///
/// What did not compile is left out: it has been reported, and such a message is not emitted.
///
/// - Parameter onMissing: what holds where the message does not say it.
func catalogMessage(
    _ declaration: MessageDeclaration, _ texts: CompiledTexts, onMissing: MissingPolicy
) -> CatalogMessage? {
    let message = declaration.definition
    let template = declaration.template
    guard let surface = template.surface, let trigger = message.trigger, let source = texts.localizations.first
    else { return nil }
    var result = CatalogMessage(
        id: message.id, template: template.name, surface: surface,
        trigger: Trigger(
            event: trigger.event.value, when: trigger.when?.text, delay: trigger.delay == 0 ? nil : trigger.delay))
    result.blocking = template.isBlocking
    result.dismiss = template.dismiss
    result.timeout = template.timeout
    result.audience = message.audience
    result.schedule = message.schedule?.schedule
    result.frequency = message.frequency
    result.group = message.group?.value
    result.priority = message.priority
    result.rollout = message.rollout
    result.thread = texts.thread.flatMap(bundleText)
    result.onMissing = message.onMissing ?? onMissing
    result.actions = bundleActions(source.content)
    result.fields = bundleFields(source.content)
    result.push = message.content.push.map { _ in CatalogPush(link: source.content.pushLink.flatMap(bundleText)) }
    result.experiment = message.experiment.map { experiment in
        Experiment(
            variants: experiment.variants.map { entry in
                var variant = ExperimentVariant(id: entry.id.value, weight: entry.weight)
                if let changes = source.variants.first(where: { $0.id == entry.id.value })?.content {
                    variant.fields = bundleFields(changes)
                    if !changes.actions.isEmpty { variant.actions = bundleActions(changes) }
                }
                return variant
            }, holdout: experiment.holdout)
    }
    result.needs = neededVariables(texts.localizations, declaration.variables)
    return result
}

/// The variables that texts use and that may have no value.
private func neededVariables(_ localizations: [Localization], _ variables: [String: TextVariable]) -> [String] {
    var used: Set<String> = []
    for content in localizations.flatMap(\.contents) {
        content.visit { _, text in
            for use in text.compiled.variables { used.insert(use.name) }
        }
    }
    return used.filter { variables[$0]?.isGuaranteed == false }.sorted(by: utf8Less)
}

/// A text as a value of the bundle; nil when it was not kept as one.
func bundleText(_ text: CompiledText) -> BundleText? {
    switch text.model {
    case .plain(let text)?: .plain(text)
    case .message(let message)?: .message(message.json)
    case nil: nil
    }
}

private func bundleText(_ text: MessageText) -> BundleText? { bundleText(text.compiled) }

private func bundleActions(_ content: MessageContent<MessageText>) -> [BundleAction] {
    content.actions.compactMap { action in
        let id = action.id.value
        return switch action.effect {
        case .url(let url)?: bundleText(url).map { BundleAction(id: id, .open(url: $0)) }
        case .dismiss?: BundleAction(id: id, .dismiss)
        case .remind(let seconds)?: BundleAction(id: id, .remind(seconds: seconds))
        case .event(let event)?: BundleAction(id: id, .emit(event: event.value))
        case .request(let request)?: BundleAction(id: id, .request(request))
        case nil: nil
        }
    }
}

/// What fields hold that is the same in every language.
private func bundleFields(_ content: MessageContent<MessageText>) -> SortedMap<FieldValue> {
    var fields: SortedMap<FieldValue> = [:]
    for field in content.fields {
        switch field.content {
        case .bool(let flag): fields[field.name] = .bool(flag)
        case .int(let number): fields[field.name] = .int(Int64(number))
        case .string(let text): fields[field.name] = .string(text)
        case .url(let url): fields[field.name] = bundleText(url).map { .url($0) }
        case .image(let image): fields[field.name] = image.source.map { .image(src: $0.asset) }
        case .text, .markdown, .conversation, .list: break
        }
    }
    return fields
}
