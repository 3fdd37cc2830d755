import CanonicalJSON
import MessageFormat
import PlacardBundle
import PlacardPreview
import PlacardText
import SourceDiagnostics
import UnicodeLocale

/// The pages for reviewers: every message in every locale, sample values in place.
///
/// - Parameter title: the project's name, for titles and headers.
/// - Returns: files of `preview/`, always the same for the same project.
public func emitPreview(_ compilation: Compilation, title: String, generator: String) -> OutputFiles {
    let site = PreviewSite(previewInput(compilation, title: title, generator: generator))
    let shared = site.sharedFiles()
    return OutputFiles(paths: shared.map(\.path) + site.messagePaths) { index in
        index < shared.count ? shared[index].bytes : site.messagePage(index - shared.count).bytes
    }
}

func previewInput(_ compilation: Compilation, title: String, generator: String) -> PreviewInput {
    let project = compilation.project
    let chains = LocaleChains(project)
    let builder = PreviewBuilder(compilation, chains)
    let messages = concurrentMap(compilation.messages.count) { builder.message(compilation.messages[$0]) }
    let used = Set(compilation.messages.flatMap(\.assets)).sorted(by: utf8Less)
    return PreviewInput(
        title: title, generator: generator, locales: builder.locales,
        templates: compilation.templates.map { template in
            PreviewTemplate(
                name: template.name, surface: template.surface, isBlocking: template.isBlocking,
                mustache: template.previewTemplate, style: template.stylesheet ?? [],
                file: "templates/\(template.name)/preview.mustache")
        },
        messages: messages,
        assets: used.compactMap { name in
            compilation.assets[name].map { PreviewAsset(path: name, bytes: compilation.files.files[$0].bytes) }
        })
}

/// Turns compiled messages into what the preview draws.
private struct PreviewBuilder: Sendable {
    let compilation: Compilation
    let chains: LocaleChains
    let findings: [String: [Diagnostic]]
    /// The source, the project's other locales, the pseudo-locales.
    let locales: [PreviewLocale]
    private let texts: TextContext
    /// What texts of each locale are formatted with.
    private let contexts: [String: FormattingContext]

    var project: ProjectDefinition { compilation.project }

    init(_ compilation: Compilation, _ chains: LocaleChains) {
        self.compilation = compilation
        self.chains = chains
        findings = Dictionary(grouping: compilation.diagnostics, by: \.primary.file)
        locales = PreviewBuilder.locales(compilation.project)
        texts = TextContext(compilation.project)
        let links = LinkRules(compilation.project.links)
        contexts = Dictionary(
            locales.map { ($0.tag, SampleRenderer.context(locale: $0.tag, links: links)) },
            uniquingKeysWith: { first, _ in first })
    }

    private static func locales(_ project: ProjectDefinition) -> [PreviewLocale] {
        func locale(_ tag: String, _ policy: PreviewLocale.Policy) -> PreviewLocale {
            PreviewLocale(
                tag: tag, name: "", isRightToLeft: (try? LanguageTag(tag))?.direction == .rtl, policy: policy)
        }
        return [locale(project.source, .source)]
            + project.locales.map { locale($0.tag, $0.required ? .required : .optional) }
            + PseudoLocale.allCases.map { locale($0.tag, .pseudo) }
    }

    private func context(_ locale: String) -> FormattingContext {
        contexts[locale] ?? SampleRenderer.context(locale: locale, links: LinkRules(project.links))
    }

    func message(_ message: CompiledMessage) -> PreviewMessage {
        let definition = message.definition
        let files = message.files.map { compilation.files.files[$0] }
        let diagnostics = files.flatMap { findings[$0.path] ?? [] }
        let samples = SampleValues(project, event: definition.trigger?.event.value)
        let template = compilation.templates.first { $0.name == message.template }
        return PreviewMessage(
            id: definition.id, template: message.template, folder: definition.folder,
            window: window(definition.schedule),
            facts: facts(definition, template),
            localizations: locales.map { localization(message, $0, template, samples, diagnostics) },
            sources: files.map { PreviewSource(path: $0.path, text: $0.bytes) }, diagnostics: diagnostics)
    }

    private func localization(
        _ message: CompiledMessage, _ locale: PreviewLocale, _ template: TemplateDefinition?, _ samples: SampleValues,
        _ diagnostics: [Diagnostic]
    ) -> PreviewLocalization {
        let suffix = locale.policy == .source ? "\(message.definition.id).md" : ".\(locale.tag).md"
        let isBroken = diagnostics.contains { $0.severity == .error && $0.primary.file.hasSuffix(suffix) }
        let found =
            locale.policy == .pseudo
            ? message.localization(locale.tag) : chains.localization(of: message, in: locale.tag, project)
        guard let found else {
            return PreviewLocalization(
                status: isBroken ? .error : .missing, language: locale.tag, isRightToLeft: locale.isRightToLeft,
                cards: [])
        }
        let isOwn = found.locale == locale.tag
        return PreviewLocalization(
            status: isBroken ? .error : isOwn ? .ok : .fallback, language: found.locale,
            isRightToLeft: found.isRightToLeft,
            cards: cards(message, found, template, samples))
    }

    private func cards(
        _ message: CompiledMessage, _ found: Localization, _ template: TemplateDefinition?, _ samples: SampleValues
    ) -> [PreviewCard] {
        let renderer = SampleRenderer(
            context: context(found.locale), values: samples, fallbacks: found.texts.fallbacks)
        let payloads = payloads(message)
        func alert(_ push: MessageTexts.Push) -> (title: String?, body: String)? { payloads?.alert(push, found) }
        let builder = CardBuilder(
            renderer: renderer, samples: samples, message: message, template: template, alert: alert)
        return [builder.card(found.texts, variant: "")]
            + variantCards(message, found, template, samples, alert: alert)
            + found.variants.map { builder.card(found.texts.applying($0.texts), variant: $0.id) }
    }

    /// A card for each plural or select variant, with a value that chooses it.
    private func variantCards(
        _ message: CompiledMessage, _ found: Localization, _ template: TemplateDefinition?, _ samples: SampleValues,
        alert: @escaping (MessageTexts.Push) -> (title: String?, body: String)?
    ) -> [PreviewCard] {
        variantSamples(
            found.texts, locale: found.locale, samples: samples, project: project,
            event: message.definition.trigger?.event.value
        ).map { variant in
            let values = samples.replacing(variant.values)
            let renderer = SampleRenderer(
                context: context(found.locale), values: values, fallbacks: found.texts.fallbacks)
            return CardBuilder(
                renderer: renderer, samples: values, message: message, template: template, alert: alert
            ).card(found.texts, variant: variant.label)
        }
    }

    /// Makes the alerts of a message with a notification.
    private func payloads(_ message: CompiledMessage) -> PushPayloads? {
        guard let catalog = message.catalog, catalog.push != nil else { return nil }
        return PushPayloads(
            message: catalog, variables: texts.variables(event: catalog.trigger.event),
            links: LinkRules(project.links))
    }

    // MARK: Facts

    private func window(_ schedule: ScheduleDefinition?) -> String {
        guard let schedule = schedule?.schedule else { return "" }
        switch (schedule.start.map(date), schedule.end.map(date)) {
        case (let start?, let end?): return "\(start) – \(end)"
        case (let start?, nil): return "from \(start)"
        case (nil, let end?): return "until \(end)"
        case (nil, nil): return ""
        }
    }

    private func date(_ time: ScheduleTime) -> String {
        String(time.description.prefix(10))
    }

    private func facts(_ message: MessageDefinition, _ template: TemplateDefinition?) -> [PreviewFact] {
        var facts: [PreviewFact] = []
        if let trigger = message.trigger {
            facts.append(PreviewFact("Trigger", trigger.event.value, style: .code))
            if let when = trigger.when { facts.append(PreviewFact("When", when.text, style: .code)) }
            if trigger.delay > 0 { facts.append(PreviewFact("Delay", duration(trigger.delay))) }
        }
        facts.append(
            PreviewFact(
                "Audience", message.audience?.text ?? "everyone", style: message.audience == nil ? .text : .code))
        if let schedule = message.schedule?.schedule { facts += scheduleFacts(schedule) }
        facts.append(
            PreviewFact(
                "Frequency",
                message.frequency.isEmpty ? "every time" : message.frequency.map(words).joined(separator: ", ")))
        if let group = message.group { facts.append(PreviewFact("Group", group.value, style: .code)) }
        facts.append(PreviewFact("Priority", String(message.priority)))
        if let rollout = message.rollout { facts.append(PreviewFact("Rollout", percent(rollout))) }
        if let experiment = message.experiment {
            let total = max(1, experiment.variants.reduce(0) { $0 + $1.weight })
            let shares = experiment.variants.map { "\($0.id.value) \(percent($0.weight * 10_000 / total))" }
            facts.append(
                PreviewFact(
                    "Experiment",
                    (shares + (experiment.holdout.map { ["holdout \(percent($0))"] } ?? [])).joined(separator: ", ")))
        }
        if let thread = message.thread { facts.append(PreviewFact("Thread", thread.text, style: .code)) }
        if let push = message.push {
            let link = pushLink(push, message)
            facts.append(
                PreviewFact("Notification opens", link?.text ?? "the app", style: link == nil ? .text : .code))
        }
        if let policy = message.onMissing { facts.append(PreviewFact("Without translation", policy.rawValue)) }
        if let template {
            facts.append(PreviewFact("Surface", template.surface + (template.isBlocking ? ", blocks the app" : "")))
            if !template.dismiss.isEmpty {
                facts.append(PreviewFact("Closed by", template.dismiss.joined(separator: ", ")))
            }
        }
        return facts
    }

    private func scheduleFacts(_ schedule: Schedule) -> [PreviewFact] {
        var facts: [PreviewFact] = []
        let zone: String
        if case .named(let name) = schedule.timezone { zone = name } else { zone = "the user's own time" }
        if let start = schedule.start { facts.append(PreviewFact("From", "\(start.description), \(zone)")) }
        if let end = schedule.end { facts.append(PreviewFact("Until", "\(end.description), \(zone)")) }
        if let hours = schedule.hours { facts.append(PreviewFact("Hours", hours.description)) }
        if !schedule.days.isEmpty {
            facts.append(PreviewFact("Days", schedule.days.map(\.name).joined(separator: ", ")))
        }
        return facts
    }

    private func words(_ rule: FrequencyRule) -> String {
        switch rule.window {
        case .session: "\(rule.count) per session"
        case .total: "\(rule.count) in total"
        case .seconds(let seconds): "\(rule.count) per \(duration(seconds * 1000))"
        }
    }

    private func duration(_ milliseconds: Int64) -> String {
        for (unit, size) in [("d", 86_400_000 as Int64), ("h", 3_600_000), ("min", 60_000), ("s", 1000)]
        where milliseconds >= size && milliseconds % size == 0 {
            return "\(milliseconds / size) \(unit)"
        }
        return "\(milliseconds) ms"
    }

    private func percent(_ hundredths: Int64) -> String {
        hundredths % 100 == 0 ? "\(hundredths / 100) %" : "\(Double(hundredths) / 100) %"
    }
}

/// Draws cards of one message in one language.
private struct CardBuilder {
    let renderer: SampleRenderer
    let samples: SampleValues
    let message: CompiledMessage
    let template: TemplateDefinition?
    /// What a phone shows of a notification where no value is known; nil when the message did not compile.
    let alert: (MessageTexts.Push) -> (title: String?, body: String)?

    func card(_ texts: MessageTexts, variant: String) -> PreviewCard {
        var card = PreviewCard(
            variant: variant, samples: samples.description(of: texts.all.flatMap { $0.variables.map(\.name) }),
            title: "",
            body: [])
        for field in texts.fields {
            switch field.content {
            case .text(let text) where field.name == "title": card.title = renderer.plain(text.text)
            case .text(let text): card.fields.append(PreviewField(field.name, .text(renderer.plain(text.text))))
            case .body(let text) where field.name == "body": card.body = html(text)
            case .body(let text): card.fields.append(PreviewField(field.name, .html(html(text))))
            case .conversation(_, let steps): card.steps = steps.map(step)
            case .alternative: break
            case .list(let items):
                card.replies = items.map { PreviewReply(id: $0.id, text: renderer.plain($0.text.text)) }
            }
        }
        card.push = texts.push.map { push in
            let unfilled = push.all.contains { !$0.variables.isEmpty } ? alert(push) : nil
            return PreviewPush(
                title: push.title.map { renderer.plain($0.text) } ?? "", body: renderer.plain(push.body.text),
                unfilledTitle: unfilled?.title, unfilledBody: unfilled?.body)
        }
        // What is a notification and nothing else is known by its words.
        if card.title.isEmpty, let push = card.push { card.title = push.title.isEmpty ? push.body : push.title }
        card.image = image(texts)
        card.actions = actions(texts)
        card.fields += message.definition.values.map { field in
            switch field.value {
            case .bool(let flag): PreviewField(field.name, .flag(flag))
            case .string(let text): PreviewField(field.name, .text(text))
            default: PreviewField(field.name, .text(field.value.canonicalString))
            }
        }
        return card
    }

    /// The body; where the project compiles to no HTML, its plain text.
    private func html(_ text: CompiledText) -> [UInt8] {
        if !text.html.isEmpty { return renderer.html(text.html) }
        return Array(escaped(renderer.plain(text.text)).utf8)
    }

    private func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
    }

    private func step(_ step: PlacardText.ConversationStep) -> PreviewStep {
        PreviewStep(
            id: step.id, title: renderer.plain(step.title), body: renderer.html(step.html),
            choices: step.choices.map { PreviewStep.Choice(step: $0.step, label: renderer.plain($0.label)) })
    }

    private func image(_ texts: MessageTexts) -> PreviewImage? {
        guard let image = message.definition.images.first(where: { message.assets.contains($0.asset) }) else {
            return nil
        }
        var alt = ""
        if case .alternative(let text)? = texts.field(image.name) { alt = renderer.plain(text.text) }
        return PreviewImage(asset: image.asset, alt: alt)
    }

    private func actions(_ texts: MessageTexts) -> [PreviewAction] {
        message.definition.actions.map { action in
            let label =
                texts.labels.first { $0.id == action.id.value }.map { renderer.plain($0.text.text) } ?? action.id.value
            let (kind, target): (String, String) =
                switch action.effect {
                case .url(let url): ("url", url.text)
                case .dismiss: ("dismiss", "")
                case .remind(let seconds): ("remind", "\(seconds / 3600) h")
                case .event(let event): ("event", event.value)
                case .request(let request): ("request", request)
                }
            return PreviewAction(id: action.id.value, label: label, kind: kind, target: target)
        }
    }
}

extension MessageTexts {
    /// These texts with `changes` in place of what they change.
    func applying(_ changes: MessageTexts) -> MessageTexts {
        var result = self
        for field in changes.fields {
            if let index = result.fields.firstIndex(where: { $0.name == field.name }) {
                result.fields[index] = field
            } else {
                result.fields.append(field)
            }
        }
        if let push = changes.push { result.push = push }
        for label in changes.labels {
            if let index = result.labels.firstIndex(where: { $0.id == label.id }) {
                result.labels[index] = label
            } else {
                result.labels.append(label)
            }
        }
        return result
    }
}
