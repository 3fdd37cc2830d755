import CanonicalJSON
import PlacardBundle
import Testing

@testable import PlacardEngine

@Suite struct LocaleChoiceTests {
    private func check(_ preferred: [String], _ expected: String, sourceLocation: SourceLocation = #_sourceLocation) {
        let digest = String(repeating: "0", count: 64)
        func entry(_ name: String) -> LocaleEntry {
            LocaleEntry(
                target: TargetEntry(path: "targets/" + name, sha256: digest, bytes: 1), messages: 1, lookup: [name])
        }
        let manifest = Manifest(
            content: digest, source: "en", catalog: TargetEntry(path: "targets/c", sha256: digest, bytes: 1),
            locales: SortedMap(
                ["en", "fr", "pt-BR", "es-419", "zh-Hant", "ar"].map { SortedMap.Entry($0, entry($0)) }),
            fallbacks: ["ca": "fr"])
        #expect(manifest.locale(for: preferred) == expected, sourceLocation: sourceLocation)
    }

    @Test func theLanguageOfAReaderIsLookedUp() {
        check([], "en")
        check(["fr"], "fr")
        check(["fr-CA"], "fr")
        check(["fr-CA-u-nu-latn"], "fr")
        check(["FR_ca"], "fr")
        check(["de", "ar-EG"], "ar")
        check(["es-MX"], "es-419")
        check(["zh-HK"], "zh-Hant")
        check(["zh-TW"], "zh-Hant")
        check(["zh-Hant-MO"], "zh-Hant")
        check(["zh"], "en")
        check(["zh-CN", "fr"], "fr")
        check(["pt"], "pt-BR")
        check(["pt-PT"], "pt-BR")
        // By CLDR's language matching: another country's form, and letters that readers of the others know.
        check(["es-ES"], "es-419")
        check(["ar-Latn"], "ar")
        check(["no", "pt"], "pt-BR")
        check(["pt-BR"], "pt-BR")
        check(["ca-ES"], "fr")
        check(["not a tag", "fr"], "fr")
    }
}
