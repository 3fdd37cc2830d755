import SourceDiagnostics
import UnicodeLocale

/// Where each locale of a project looks for a translation: itself, the project's own fallbacks or CLDR's parents
/// as far as the project has them, and the source locale last.
struct LocaleChains: Sendable {
    private var chains: [String: [String]] = [:]
    /// Locales of which the source is a parent, not only the last resort.
    private var relatives: Set<String> = []

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
            if let place = chain.firstIndex(of: project.source) {
                relatives.insert(locale)
                // Every message is in the source locale: nothing is looked for behind it.
                chain.removeSubrange((place + 1)...)
            } else {
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
        let policy = message.definition.onMissing ?? project.onMissing
        for tag in lookup(locale) {
            // A message that must not be shown in a language its reader did not ask for may still be shown in a
            // parent of the locale: British English is English.
            if policy != .fallback, tag == project.source, !relatives.contains(locale) { return nil }
            if let found = message.localization(tag) { return found }
        }
        return nil
    }
}
