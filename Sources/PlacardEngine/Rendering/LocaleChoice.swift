import ByteText
import PlacardBundle
import UnicodeLocale

/// What a reader gets of a project's locales.
public struct LocaleChoice: Sendable, Equatable {
    /// The locale whose texts the reader gets; the source locale when none is nearer.
    public var locale: String
    /// What the reader reads, most wanted first, and where the project's own fallbacks lead from there: a message that is
    /// kept from readers it was not translated for shows in these languages alone. Empty when nothing is known of the
    /// reader.
    public var languages: [String]
}

/// Which of a project's locales a reader gets, and in which locales a message's text is looked for: the one answer for
/// bundles, clients, servers and previews.
///
/// The project's own fallbacks come first; CLDR's language matching decides the rest (`LocaleMatcher`).
public struct LocaleLookup: Sendable {
    /// The last resort.
    private let source: String
    private let names: [String]
    private let known: Set<String>
    private let tags: [LanguageTag]
    private let fallbacks: [String: String]
    private let matcher: LocaleMatcher

    /// A project's locales.
    ///
    /// - Parameters:
    ///   - source: the locale that every message is in.
    ///   - locales: all locales; the source may be among them.
    ///   - fallbacks: locales, and where their readers are sent.
    public init(source: String, locales: [String], fallbacks: [String: String]) {
        self.source = source
        names = [source] + locales.filter { !sameBytes($0, source) }
        known = Set(names)
        tags = names.map { LocaleLookup.canonical($0) ?? LanguageTag(language: "und") }
        self.fallbacks = fallbacks
        matcher = LocaleMatcher(supported: tags)
    }

    /// The locale for a reader of these languages.
    ///
    /// - Parameter preferred: BCP 47 tags, most wanted first; what is no tag is passed over.
    public func choice(for preferred: [String]) -> LocaleChoice {
        var languages: [String] = []
        var desired: [LanguageTag] = []
        func read(_ more: [String]) {
            for language in more where !languages.contains(language) { languages.append(language) }
        }
        for text in preferred {
            guard let tag = LocaleLookup.canonical(text) else { continue }
            read([tag.text])
            guard !known.contains(tag.text) else {
                desired.append(tag)
                continue
            }
            let sent = followed(from: tag)
            read(sent)
            desired.append(sent.first { known.contains($0) }.flatMap(LocaleLookup.canonical) ?? tag)
        }
        let locale = matcher.bestMatch(desired).map { names[$0] } ?? source
        if !languages.isEmpty, let tag = LocaleLookup.canonical(locale), LocaleLookup.reads(locale, languages) {
            read(followed(from: tag))
        }
        return LocaleChoice(locale: locale, languages: languages)
    }

    /// Where a locale of the project looks for a text: itself, where its own fallbacks lead, what matches, the source.
    public func lookup(_ locale: String) -> [String] {
        guard let tag = LocaleLookup.canonical(locale) else { return [locale, source] }
        let sent = followed(from: tag)
        let last = sent.last.flatMap(LocaleLookup.canonical) ?? tag
        // Of two locales that are as near, the parent comes first.
        let parents = last.fallbackChain.map { $0.text }.filter { known.contains($0) }
        let others = names.filter { !parents.contains($0) }
        let ordered = parents + others
        let matcher = LocaleMatcher(
            supported: ordered.map { LocaleLookup.canonical($0) ?? LanguageTag(language: "und") })
        var result: [String] = []
        for name in [locale] + sent.filter({ known.contains($0) }) + matcher.ranking(last).map({ ordered[$0] }) + [
            source
        ]
        where !result.contains(name) {
            result.append(name)
            // Every message is in the source locale: nothing is looked for behind it.
            if sameBytes(name, source) { break }
        }
        return result
    }

    /// What readers of a locale of the project read, besides the locale: where its own fallbacks lead.
    public func languages(of locale: String) -> [String] {
        [locale] + (LocaleLookup.canonical(locale).map { followed(from: $0) } ?? [])
    }

    /// Whether a text is in a language of the reader's own, be it another country's form of it.
    ///
    /// - Parameters:
    ///   - locale: the text's.
    ///   - languages: what the reader reads.
    public static func reads(_ locale: String, _ languages: [String]) -> Bool {
        guard let text = canonical(locale) else { return languages.contains { sameBytes($0, locale) } }
        return languages.contains { language in
            guard let wanted = canonical(language) else { return false }
            return LocaleMatcher.distance(wanted, text) < LocaleMatcher.ownLanguageLimit
        }
    }

    /// Where the project's own fallbacks lead from a locale, step by step.
    private func followed(from tag: LanguageTag) -> [String] {
        guard !fallbacks.isEmpty else { return [] }
        var result: [String] = []
        var current = tag
        while let next = fallback(of: current), !sameBytes(next, tag.text), !result.contains(next) {
            result.append(next)
            guard let tag = LocaleLookup.canonical(next) else { break }
            current = tag
        }
        return result
    }

    /// The fallback of a locale, or of its nearest parent; nil where a locale of the project comes before that.
    private func fallback(of tag: LanguageTag) -> String? {
        if let own = fallbacks[tag.text] { return own }
        // A script that goes without saying in `zh-HK` must be said before its region goes.
        for parent in tag.withDistinctiveScript.fallbackChain where parent != tag {
            if known.contains(parent.text) { return nil }
            if let own = fallbacks[parent.text] { return own }
        }
        return nil
    }

    /// A tag as a bundle writes it: canonical, and without extensions, which no bundle is keyed by.
    private static func canonical(_ text: String) -> LanguageTag? {
        do throws(LanguageTagError) {
            return try LanguageTag(text).canonical.withoutExtensions
        } catch {
            return nil
        }
    }
}

extension Manifest {
    /// The bundle's locales.
    public var localeLookup: LocaleLookup {
        var sent: [String: String] = [:]
        for fallback in fallbacks { sent[fallback.name] = fallback.value }
        return LocaleLookup(source: source, locales: locales.names, fallbacks: sent)
    }

    /// The locale of the bundle for a user who reads these languages: ``LocaleLookup/choice(for:)``.
    ///
    /// - Parameter preferred: BCP 47 tags, most wanted first; what is no tag is passed over.
    public func locale(for preferred: [String]) -> String { localeLookup.choice(for: preferred).locale }
}
