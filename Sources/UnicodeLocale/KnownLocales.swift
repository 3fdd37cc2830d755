/// The locales that CLDR knows.
public enum KnownLocales {
    /// The version of CLDR that the tables come from.
    public static var cldrVersion: String { LocaleData.version.description }

    /// Left to right with accents, and right to left, made from the source text to test an app with.
    public static let pseudoLocales = ["ar-XB", "en-XA"]

    /// Canonical tags of all locales that CLDR has data for, in byte order, and the pseudo-locales.
    ///
    /// `en-US` and the like are not listed, for `en` means them; ``contains(_:)`` knows them.
    public static var all: [String] {
        let listed = LineTable(LocaleData.available).lines.map { $0.key } + pseudoLocales
        return listed.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// Whether CLDR has data for the tag (not counting extensions), or it is a pseudo-locale.
    ///
    /// Subtags that are likely anyway do not matter: `pt-BR` is known as `pt`, `zh-TW` as `zh-Hant`.
    public static func contains(_ tag: LanguageTag) -> Bool {
        let tag = tag.canonical.withoutExtensions
        let table = LineTable(LocaleData.available)
        if table.contains(tag.text) || isPseudoLocale(tag) { return true }
        guard tag.variants.isEmpty, let full = tag.maximized else { return false }
        let shorter = [
            full,
            LanguageTag(language: full.language, script: full.script),
            LanguageTag(language: full.language, region: full.region),
            LanguageTag(language: full.language),
        ]
        return shorter.contains { table.contains($0.text) && $0.maximized == full }
    }

    /// The one known locale that `text` was probably meant to be: its canonical form, or one letter away.
    ///
    /// Nil when the text is a known locale as it stands, or no single one is near.
    public static func nearMiss(_ text: String) -> String? {
        if let tag = try? LanguageTag(text), contains(tag) {
            let canonical = tag.canonical.text
            return canonical == text ? nil : canonical
        }
        let wanted = Array(ASCII.lower(text.utf8).utf8)
        guard wanted.count <= 16 else { return nil }
        var found: String?
        for candidate in all where isOneEditAway(wanted, Array(ASCII.lower(candidate.utf8).utf8)) {
            if found != nil { return nil }
            found = candidate
        }
        return found
    }

    /// Whether it is `en-XA` or `ar-XB`.
    public static func isPseudoLocale(_ tag: LanguageTag) -> Bool {
        pseudoLocales.contains(tag.withoutExtensions.text)
    }

    /// One letter more, less or other, or two neighbours swapped.
    private static func isOneEditAway(_ a: [UInt8], _ b: [UInt8]) -> Bool {
        guard abs(a.count - b.count) <= 1 else { return false }
        var start = 0
        while start < min(a.count, b.count), a[start] == b[start] { start += 1 }
        var end = 0
        while end < min(a.count, b.count) - start, a[a.count - 1 - end] == b[b.count - 1 - end] { end += 1 }
        let restA = a[start..<(a.count - end)]
        let restB = b[start..<(b.count - end)]
        if max(restA.count, restB.count) <= 1 { return true }
        return restA.count == 2 && restB.count == 2 && restA.elementsEqual(restB.reversed())
    }
}
