import PlacardBundle
import UnicodeLocale

extension Manifest {
    /// The locale of the bundle for a user who reads these languages.
    ///
    /// For each language in turn, most wanted first: the locale itself, then its parents (the project's own fallbacks,
    /// else CLDR's), until the bundle has one, or one that says the same in other subtags, such as `pt-BR` for `pt`.
    /// The source locale is the last resort.
    ///
    /// - Parameter preferred: BCP 47 tags; what is no tag is passed over.
    public func locale(for preferred: [String]) -> String {
        let known = locales.names.compactMap { name in
            canonical(name).map { (name: name, full: $0.maximized ?? $0) }
        }
        for text in preferred {
            if let tag = canonical(text), let found = nearest(to: tag, among: known) { return found }
        }
        return source
    }

    /// The most parents that are followed, should fallbacks go in a circle.
    private static let chainLimit = 16

    private func nearest(to tag: LanguageTag, among known: [(name: String, full: LanguageTag)]) -> String? {
        var current: LanguageTag? = tag
        for step in 0..<Manifest.chainLimit {
            guard let here = current else { return nil }
            if locales[here.text] != nil { return here.text }
            let full = here.maximized ?? here
            if let same = known.first(where: { $0.full == full }) { return same.name }
            if let own = fallbacks[here.text] {
                current = canonical(own)
            } else {
                // A script that goes without saying in `zh-HK` must be said before its region goes.
                current = (step == 0 ? here.withDistinctiveScript : here).parent
            }
        }
        return nil
    }

    /// A tag as the bundle writes it: canonical, and without extensions, which no bundle is keyed by.
    private func canonical(_ text: String) -> LanguageTag? {
        do throws(LanguageTagError) {
            var tag = try LanguageTag(text).canonical
            tag.extensions = []
            tag.privateUse = []
            return tag
        } catch {
            return nil
        }
    }
}
