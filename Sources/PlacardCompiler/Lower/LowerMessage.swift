import ByteText
import CanonicalJSON
import MessageFormat
import PlacardBundle
import PlacardText
import SourceDiagnostics

/// What a message was lowered to: what clients decide by, and what they show in each language.
struct LoweredMessage {
    /// Nil when the message has no trigger or no template that shows anywhere.
    let catalog: CatalogMessage?
    /// The languages that it is shown in, the source locale first.
    let localizations: [LoweredLocalization]

    /// Reports nothing: what did not compile has been reported and is left out, and such a message is not emitted.
    ///
    /// - Parameter onMissing: what holds where the message does not say it.
    init(_ declaration: MessageDeclaration, _ texts: CompiledTexts, onMissing: MissingPolicy) {
        let localizations = texts.localizations.map { $0.map(\.compiled) }
        self.localizations = localizations
        catalog = localizations.first.flatMap {
            catalogMessage(
                declaration, $0, thread: texts.thread, onMissing: onMissing,
                needs: neededVariables(localizations, declaration.variables))
        }
    }

    /// What a preview draws of the source's texts in the pseudo-locales, and nothing ships.
    func pseudoLocalizations(_ context: TextContext) -> [LoweredLocalization] {
        guard let source = localizations.first else { return [] }
        return PseudoLocale.allCases.enumerated().map { index, pseudo in
            Localization(
                locale: pseudo.tag, isRightToLeft: context.isRightToLeft(pseudo.tag),
                content: source.content.pseudo(index), fallbacks: source.fallbacks,
                variants: source.variants.map { ($0.id, $0.content.pseudo(index)) })
        }
    }
}

private func catalogMessage(
    _ declaration: MessageDeclaration, _ source: LoweredLocalization, thread: CompiledText?, onMissing: MissingPolicy,
    needs: [String]
) -> CatalogMessage? {
    let message = declaration.definition
    let template = declaration.template
    guard let surface = template.surface, let trigger = message.trigger else { return nil }
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
    result.thread = thread.flatMap(bundleText)
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
    result.needs = needs
    return result
}

/// The variables that texts use and that may have no value.
private func neededVariables(_ localizations: [LoweredLocalization], _ variables: [String: TextVariable]) -> [String] {
    var used: Set<String> = []
    for content in localizations.flatMap(\.contents) {
        content.visit { _, text in
            for use in text.variables { used.insert(use.name) }
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

private func bundleActions(_ content: MessageContent<CompiledText>) -> [BundleAction] {
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
private func bundleFields(_ content: MessageContent<CompiledText>) -> SortedMap<FieldValue> {
    var fields: SortedMap<FieldValue> = [:]
    for field in content.fields {
        switch field.content {
        case .value(.bool(let flag)): fields[field.name] = .bool(flag)
        case .value(.int(let number)): fields[field.name] = .int(Int64(number))
        case .value(.string(let text)): fields[field.name] = .string(text)
        case .url(let url): fields[field.name] = bundleText(url).map { .url($0) }
        case .image(let image): fields[field.name] = image.source.map { .image(src: $0.asset) }
        case .text, .markdown, .conversation, .list: break
        }
    }
    return fields
}
