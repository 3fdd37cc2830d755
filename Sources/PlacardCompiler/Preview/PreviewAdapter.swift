import ByteText
import FoundationFormatting
import Locking
import MessageFormat
import PlacardBundle
import PlacardPreview
import PlacardText
import SourceDiagnostics
import UnicodeLocale

/// The pages for reviewers: every message in every locale, sample values in place.
///
/// What all messages have in a few words is made when the first page about all of them is; a message as a whole, with its
/// cards, is made together with its page, so that one page's memory serves the next.
///
/// - Parameters:
///   - bundle: what clients get of the project, with which its scenarios are run; none are without it.
///   - title: the project's name, for titles and headers.
///   - base: the version that the pages tell the changes from; no page does without it.
///   - liveScript: the address of a script that pages load first, and that may ask for news.
/// - Returns: files of `preview/`, always the same for the same project.
package func emitPreview(
    _ compilation: Compilation, bundle: Bundle? = nil, title: String, generator: String, base: ComparedBase? = nil,
    liveScript: String? = nil
) -> OutputFiles {
    let builder = PreviewBuilder(compilation, bundle.map { previewOutcomes(compilation, $0) } ?? [:])
    let outlines = Deferred { concurrentMap(compilation.messages.count) { builder.outline(compilation.messages[$0]) } }
    let summaries = Deferred { outlines.value.map(\.summary) }
    let look = PreviewLook(compilation.project.look)
    let used = Set(compilation.messages.flatMap(\.assets) + (look.icon.map { [$0] } ?? [])).sorted(by: utf8Less)
    var input = PreviewInput(
        title: title, generator: generator, locales: builder.locales,
        templates: compilation.templates.map { PreviewTemplate($0) },
        messages: [],
        assets: used.compactMap { name in
            compilation.assets[name].map { PreviewAsset(path: name, bytes: compilation.files.files[$0].bytes) }
        },
        timeline: previewTimeline(compilation.messages))
    input.look = look
    input.liveScript = liveScript
    input.changes = base.map { previewChanges(from: $0, to: builder) }
    input.groups = previewGroups(compilation)
    let conflicts = ConflictFinder(compilation)
    input.conflicts = { index in previewConflicts(compilation.messages[index], conflicts) }
    input.example = { index in conflicts.example(of: compilation.messages[index])?.words(withEvent: false) ?? "" }
    let texts = Cache<Int, [TextLines]>()
    let site = PreviewSite(
        input,
        entries: compilation.messages.map {
            PreviewEntry(id: $0.definition.id, template: $0.template, folder: $0.definition.folder)
        },
        summaries: { summaries.value },
        texts: { index in texts.value(index) { builder.texts(compilation.messages[index]) } },
        message: { index in
            let message = compilation.messages[index]
            return builder.message(message, outlines.ifMade?[index] ?? builder.outline(message))
        })
    let shared = site.sharedPaths
    let changes = ChangePages(site)
    let own = shared.count + site.messageCount
    return OutputFiles(paths: shared + site.messagePaths + (changes?.paths ?? [])) { index in
        if index >= own { return changes?.bytes(index - own) ?? [] }
        return index < shared.count ? site.sharedBytes(index) : site.messagePage(index - shared.count).bytes
    }
}

extension PreviewTemplate {
    init(_ template: TemplateDefinition) {
        self.init(
            name: template.name, surface: template.surface?.rawValue ?? "", isBlocking: template.isBlocking,
            hasCloseButton: template.dismiss.contains(.button), mustache: template.previewTemplate,
            style: template.stylesheet, file: "templates/\(template.name)/preview.mustache")
    }
}

extension PreviewLook {
    init(_ look: AppLook) {
        self.init()
        icon = look.icon.flatMap { assetPath($0.value, in: "") }
        accent = look.accent
        link = look.link
        radius = look.radius
        font =
            switch look.font {
            case .rounded: .rounded
            case .serif: .serif
            case .mono: .mono
            case .system, nil: nil
            }
    }
}

/// What is known of a message before its page is made.
struct PreviewOutline: Sendable {
    var summary: PreviewSummary
    /// Its conditions in words.
    var conditions: ConditionSentences
    /// What shows the variants of its texts, for each locale; empty when no locale has any.
    var samples: [[VariantSample]]
}

/// Turns compiled messages into what the preview draws.
struct PreviewBuilder: Sendable {
    let compilation: Compilation
    let chains: LocaleChains
    /// The source, the project's other locales, the pseudo-locales.
    let locales: [PreviewLocale]
    /// What texts of each of the locales are formatted with.
    private let contexts: [SampleContext]
    /// Sample values by event.
    private let samples: [String: SampleValues]
    private let samplesWithoutEvent: SampleValues
    /// What conditions are said in, by event.
    private let words: [String: ConditionWords]
    private let wordsWithoutEvent: ConditionWords
    private let texts: TextContext
    private let templates: [String: TemplateDefinition]
    private let localePlaces: [String: Int]
    private let outcomes: [String: [PreviewOutcome]]

    var project: ProjectDefinition { compilation.project }

    /// - Parameter outcomes: what comes of each message in the scenarios with its event, by its id.
    init(_ compilation: Compilation, _ outcomes: [String: [PreviewOutcome]]) {
        self.outcomes = outcomes
        let project = compilation.project
        self.compilation = compilation
        chains = LocaleChains(project)
        locales = PreviewBuilder.locales(project)
        let links = LinkRules(project.links)
        contexts = locales.map { SampleContext(locale: $0.tag, links: links) }
        samples = Dictionary(
            project.events.map { ($0.name, SampleValues(project, event: $0.name)) },
            uniquingKeysWith: { first, _ in first })
        samplesWithoutEvent = SampleValues(project, event: nil)
        func words(_ event: String) -> ConditionWords {
            ConditionWords(attributes: AttributeTable(project, event: event), country: englishRegionName)
        }
        self.words = Dictionary(project.events.map { ($0.name, words($0.name)) }) { first, _ in first }
        wordsWithoutEvent = words("")
        texts = compilation.texts
        templates = Dictionary(compilation.templates.map { ($0.name, $0) }) { first, _ in first }
        localePlaces = Dictionary(locales.enumerated().map { ($1.tag, $0) }) { first, _ in first }
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

    private func conditions(_ message: CompiledMessage) -> ConditionSentences {
        let words = message.definition.trigger.flatMap { self.words[$0.event.value] } ?? wordsWithoutEvent
        return words.sentences(message)
    }

    private func sampleValues(_ message: CompiledMessage) -> SampleValues {
        guard let event = message.definition.trigger?.event.value else { return samplesWithoutEvent }
        return samples[event] ?? samplesWithoutEvent
    }

    private func diagnostics(_ message: CompiledMessage) -> [Diagnostic] {
        let all = compilation.diagnostics
        guard !all.isEmpty else { return [] }
        return message.files.flatMap { index in
            // They are sorted by file.
            let file = compilation.files.files[index].path
            let first = all.placeInOrder(where: { !isReportedBefore($0.primary.file, file) })
            return all[first...].prefix { $0.primary.file == file }
        }
    }

    func outline(_ message: CompiledMessage) -> PreviewOutline {
        let definition = message.definition
        let diagnostics = diagnostics(message)
        let samples = sampleValues(message)
        let conditions = conditions(message)
        var statuses: [PreviewLocalization.Status] = []
        var variants: [String] = []
        var shown: [[VariantSample]] = []
        var title: String?
        var source = (language: project.source, isRightToLeft: locales[0].isRightToLeft)
        statuses.reserveCapacity(locales.count)
        for locale in locales.indices {
            let found = localization(message, locale)
            statuses.append(status(message, locale, found, diagnostics))
            guard let found else { continue }
            if locale == 0 {
                title = cardBuilder(found, samples, CardFrame()).title(found.content)
                source = (found.locale, found.isRightToLeft)
            }
            if found.content.hasVariants {
                if shown.isEmpty { shown = Array(repeating: [], count: locales.count) }
                shown[locale] = variantSamples(
                    found.content, locale: found.locale, samples: samples, project: project,
                    event: definition.trigger?.event.value)
                for sample in shown[locale] where !sample.label.isEmpty && !variants.contains(sample.label) {
                    variants.append(sample.label)
                }
            }
            for variant in found.variants where !variant.id.isEmpty && !variants.contains(variant.id) {
                variants.append(variant.id)
            }
        }
        return PreviewOutline(
            summary: PreviewSummary(
                id: definition.id, template: message.template, folder: definition.folder,
                audience: previewAudience(message, conditions), trigger: definition.trigger?.event.value ?? "",
                condition: conditions.event, window: previewWindow(definition.schedule), title: title,
                language: source.language,
                isRightToLeft: source.isRightToLeft, statuses: statuses, variants: variants,
                conditions: searched(definition), group: definition.group?.value ?? "",
                outcomes: outcomes[definition.id] ?? [], diagnostics: diagnostics),
            conditions: conditions, samples: shown)
    }

    /// The texts of a message in plain words, in each of the languages that it is in.
    func texts(_ message: CompiledMessage) -> [TextLines] {
        let samples = sampleValues(message)
        return locales.indices.map { index in
            guard locales[index].policy != .pseudo, let found = localization(message, index),
                found.locale == locales[index].tag
            else { return TextLines() }
            return cardBuilder(found, samples, CardFrame()).lines()
        }
    }

    /// What is searched of a message beside its texts: conditions, its group, and where it leads.
    private func searched(_ definition: MessageDefinition) -> String {
        var parts = [definition.audience, definition.trigger?.when?.text, definition.group?.value].compactMap { $0 }
        for action in definition.content.actions {
            switch action.effect {
            case .url(let url)?: parts.append(url.text)
            case .event(let event)?: parts.append(event.value)
            case .dismiss?, .remind?, .request?, nil: break
            }
        }
        return parts.joined(separator: "\n")
    }

    func message(_ message: CompiledMessage, _ outline: PreviewOutline) -> PreviewMessage {
        let template = templates[message.template]
        let samples = sampleValues(message)
        let frame = CardFrame(message, payloads(message))
        var localizations: [PreviewLocalization] = []
        localizations.reserveCapacity(locales.count)
        for (index, locale) in locales.enumerated() {
            let found = localization(message, index)
            localizations.append(
                PreviewLocalization(
                    status: outline.summary.statuses[index], language: found?.locale ?? locale.tag,
                    isRightToLeft: found?.isRightToLeft ?? locale.isRightToLeft,
                    cards: found.map {
                        cards($0, samples, outline.samples.isEmpty ? [] : outline.samples[index], frame)
                    } ?? []))
        }
        return PreviewMessage(
            id: outline.summary.id, template: message.template, folder: outline.summary.folder,
            audience: outline.summary.audience, trigger: outline.summary.trigger, window: outline.summary.window,
            facts: previewFacts(message, outline.conditions, template, groups: project.groups),
            outcomes: outcomes[outline.summary.id] ?? [],
            localizations: localizations,
            sources: message.files.map { index in
                PreviewSource(path: compilation.files.files[index].path, text: compilation.files.files[index].bytes)
            },
            diagnostics: diagnostics(message))
    }

    /// What readers of the locale at `index` see.
    private func localization(_ message: CompiledMessage, _ index: Int) -> LoweredLocalization? {
        let locale = locales[index]
        // Most messages are in every language, in the order of the project.
        if index < message.localizations.count, message.localizations[index].locale == locale.tag {
            return message.localizations[index]
        }
        return locale.policy == .pseudo
            ? message.localization(locale.tag) : chains.localization(of: message, in: locale.tag, project)
    }

    private func status(
        _ message: CompiledMessage, _ index: Int, _ found: LoweredLocalization?, _ diagnostics: [Diagnostic]
    ) -> PreviewLocalization.Status {
        let locale = locales[index]
        if !diagnostics.isEmpty {
            let suffix = locale.fileEnding(of: message.definition.id)
            if diagnostics.contains(where: { $0.severity == .error && $0.primary.file.hasSuffix(suffix) }) {
                return .error
            }
        }
        switch message.translationState(locale.tag) {
        case .incomplete: return .incomplete
        case .outdated: return .outdated
        case .identical: return .identical
        case nil: break
        }
        guard let found else { return .missing }
        guard found.locale == locale.tag else { return .fallback }
        // Whether a translation is up to date is known only of one that the lock remembers.
        let isTranslation = locale.policy == .required || locale.policy == .optional
        let isUnrecorded = (diagnostics + compilation.withheld(of: message)).contains {
            $0.id == "translation/unrecorded" && $0.primary.file.hasSuffix(".\(locale.tag).md")
        }
        return isTranslation && (compilation.lock == nil || isUnrecorded) ? .untracked : .ok
    }

    /// The message's card, one for each plural or select variant, with a value that chooses it, and one for each
    /// variant of its experiment.
    private func cards(
        _ found: LoweredLocalization, _ samples: SampleValues, _ variants: [VariantSample], _ frame: CardFrame
    ) -> [PreviewCard] {
        let builder = cardBuilder(found, samples, frame)
        var cards = [builder.card(found.content, variant: "")]
        if let longest = samples.longest(for: found.content) {
            var long = cardBuilder(found, longest, frame).card(found.content, variant: "")
            long.isLong = true
            cards.append(long)
        }
        for variant in variants {
            cards.append(
                cardBuilder(found, samples.replacing(variant.values), frame)
                    .card(found.content, variant: variant.label))
        }
        for variant in found.variants {
            cards.append(builder.card(found.content.applying(variant.content), variant: variant.id))
        }
        return cards
    }

    private func cardBuilder(_ found: LoweredLocalization, _ samples: SampleValues, _ frame: CardFrame) -> CardBuilder {
        let place = localePlaces[found.locale]
        let context =
            place.map { contexts[$0] } ?? SampleContext(locale: found.locale, links: LinkRules(project.links))
        return CardBuilder(
            renderer: SampleRenderer(context: context, values: samples, fallbacks: found.fallbacks),
            frame: frame, localization: found)
    }

    /// Makes the alerts of a message with a notification.
    private func payloads(_ message: CompiledMessage) -> PushPayloads? {
        guard let catalog = message.catalog, catalog.push != nil else { return nil }
        return PushPayloads(
            message: catalog, variables: texts.variables(event: catalog.trigger.event),
            links: LinkRules(project.links), examples: texts.examples)
    }
}
