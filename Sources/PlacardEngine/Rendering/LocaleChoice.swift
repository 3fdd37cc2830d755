import PlacardBundle
import UnicodeLocale

extension Manifest {
    /// The locale of the bundle for a user who reads these languages.
    ///
    /// For each language in turn, most wanted first: the locale itself, then its parents (the project's own fallbacks,
    /// else CLDR's), until the bundle has one. The source locale is the last resort, and is not taken as a parent of
    /// anything else before the user's other languages have been asked.
    ///
    /// - Parameter preferred: BCP 47 tags; what is no tag is passed over.
    public func locale(for preferred: [String]) -> String {
        for tag in preferred {
            if let found = nearest(to: tag) { return found }
        }
        return source
    }

    /// The most parents that are followed, should fallbacks go in a circle.
    private static let chainLimit = 16

    private func nearest(to tag: String) -> String? {
        guard var current = canonical(tag) else { return nil }
        for _ in 0..<Manifest.chainLimit {
            if locales[current.text] != nil { return current.text }
            if let own = fallbacks[current.text] {
                guard let next = canonical(own) else { return nil }
                current = next
            } else {
                guard let next = current.parent else { return nil }
                current = next
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
