import SourceDiagnostics
import UnicodeLocale

/// Where each locale of a project looks for a translation: itself, the project's own fallbacks or CLDR's parents
/// as far as the project has them, and the source locale last.
struct LocaleChains: Sendable {
    private var chains: [String: [String]] = [:]

    init(_ project: ProjectDefinition) {
        let known = Set([project.source] + project.locales.map(\.tag))
        for locale in known {
            var chain: [String] = []
            var next: String? = locale
            while let tag = next, !chain.contains(tag) {
                chain.append(tag)
                next = project.fallbacks[tag] ?? (try? LanguageTag(tag))?.parent?.text
            }
            chain = chain.filter(known.contains)
            if chain.last != project.source {
                chain.removeAll { $0 == project.source }
                chain.append(project.source)
            }
            chains[locale] = chain
        }
    }

    /// The locales to look in, the wanted one first.
    func lookup(_ locale: String) -> [String] {
        chains[locale] ?? [locale]
    }

    /// What a reader of `locale` sees of a message; nil when it is not shown there.
    func localization(of message: CompiledMessage, in locale: String, _ project: ProjectDefinition) -> Localization? {
        for tag in lookup(locale) {
            if let found = message.localization(tag) { return found }
            if (message.definition.onMissing ?? project.onMissing) != .fallback { return nil }
        }
        return nil
    }
}
