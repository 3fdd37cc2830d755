import PlacardBundle
import PlacardEngine

/// Where each locale of a project looks for a translation, and what its readers are shown of a message.
struct LocaleChains: Sendable {
    private var chains: [String: Chain] = [:]

    private struct Chain: Sendable {
        /// The wanted locale first, the source last.
        var lookup: [String]
        /// Those of them that are the reader's own language, or where the project itself sends the reader.
        var own: Set<String>
    }

    init(_ project: ProjectDefinition) {
        let locales = [project.source] + project.locales.map(\.tag)
        let lookup = LocaleLookup(source: project.source, locales: locales, fallbacks: project.fallbacks)
        for locale in locales {
            let chain = lookup.lookup(locale)
            let languages = lookup.languages(of: locale)
            chains[locale] = Chain(
                lookup: chain, own: Set(chain.filter { $0 == locale || LocaleLookup.reads($0, languages) }))
        }
    }

    /// The locales to look in, the wanted one first.
    func lookup(_ locale: String) -> [String] {
        chains[locale]?.lookup ?? [locale]
    }

    /// What a reader of `locale` sees of a message; nil when it is not shown there.
    func localization(of message: CompiledMessage, in locale: String, _ project: ProjectDefinition)
        -> LoweredLocalization?
    {
        guard let chain = chains[locale] else { return message.localization(locale) }
        let policy = message.definition.onMissing ?? project.onMissing
        for tag in chain.lookup {
            guard let found = message.localization(tag) else { continue }
            // A message that must not be shown in a language its reader did not ask for may still be shown in another
            // country's form of it: British English is English.
            return policy == .fallback || chain.own.contains(tag) ? found : nil
        }
        return nil
    }
}
