import CanonicalJSON
import MessageFormat
import PlacardBundle
import PlacardText
import SourceDiagnostics

/// The wire form of what a message does; nil when it has no trigger.
///
/// What did not compile is left out: it has been reported, and such a message is not emitted.
func catalogMessage(
    _ declaration: MessageDeclaration, _ texts: CompiledTexts, onMissing: OnMissing
) -> CatalogMessage? {
    let message = declaration.definition
    let template = declaration.template
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
    result.thread = texts.addresses.thread.flatMap(bundleText)
    result.onMissing = MissingPolicy(rawValue: (message.onMissing ?? onMissing).rawValue) ?? .fallback
    result.actions = bundleActions(message, texts.addresses)
    result.fields = bundleFields(message, texts.addresses)
    result.push = message.push.map { _ in CatalogPush(link: texts.addresses.pushLink.flatMap(bundleText)) }
    result.experiment = message.experiment.map { experiment in
        Experiment(
            variants: experiment.variants.map { entry in
                var variant = ExperimentVariant(id: entry.id.value, weight: entry.weight)
                if let changes = declaration.variants.first(where: { $0.id == entry.id.value })?.changes {
                    let addresses = texts.variantAddresses[entry.id.value] ?? MessageAddresses()
                    variant.fields = bundleFields(changes, addresses)
                    if !changes.actions.isEmpty { variant.actions = bundleActions(changes, addresses) }
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
    func note(_ texts: MessageTexts) {
        texts.visit { text in
            for use in text.variables { used.insert(use.name) }
        }
    }
    for localization in localizations {
        note(localization.texts)
        for variant in localization.variants { note(variant.texts) }
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

private func bundleActions(_ message: MessageDefinition, _ addresses: MessageAddresses) -> [BundleAction] {
    message.actions.compactMap { action in
        let id = action.id.value
        switch action.effect {
        case .url: return addresses.actions[id].flatMap(bundleText).map { BundleAction(id: id, .open(url: $0)) }
        case .dismiss: return BundleAction(id: id, .dismiss)
        case .remind(let seconds): return BundleAction(id: id, .remind(seconds: seconds))
        case .event(let event): return BundleAction(id: id, .emit(event: event.value))
        case .request(let request): return BundleAction(id: id, .request(request))
        }
    }
}

private func bundleFields(_ message: MessageDefinition, _ addresses: MessageAddresses) -> SortedMap<FieldValue> {
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
        if let text = addresses.fields[url.name].flatMap(bundleText) { fields[url.name] = .url(text) }
    }
    for image in message.images { fields[image.name] = .image(src: image.asset) }
    return fields
}
