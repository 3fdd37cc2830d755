import SourceDiagnostics
import UnicodeLocale

/// Why a text cannot name a locale of a project.
struct LocaleTagProblem: Error {
    var id: String
    var message: String
    var notes: [String]
    /// The tag to go on with, when it is clear what was meant.
    var usable: String?
}

/// A locale's tag as it was probably meant: canonical where it can be read, as it is where it cannot.
func canonicalLocale(_ text: String) -> String {
    (try? LanguageTag(text))?.canonical.text ?? text
}

/// The canonical form of a locale's tag (UTS 35, section 3.2.1), when it is written so and CLDR knows it.
func checkedLocale(_ text: String) -> Result<String, LocaleTagProblem> {
    let tag: LanguageTag
    do throws(LanguageTagError) {
        tag = try LanguageTag(text)
    } catch {
        return .failure(
            LocaleTagProblem(
                id: "locale/malformed-tag", message: "`\(text)` is not a language tag: \(error.message)",
                notes: near(text) + [
                    "a tag is a language, then a script or region where needed: `fr`, `pt-BR`, `zh-Hant` (BCP 47)"
                ]))
    }
    let canonical = tag.canonical
    guard KnownLocales.contains(canonical) else {
        return .failure(
            LocaleTagProblem(
                id: "locale/unknown", message: "CLDR \(KnownLocales.cldrVersion) has no locale `\(text)`",
                notes: near(text) + [
                    "plural rules and directions come from CLDR, so a locale must be one that CLDR has"
                ]))
    }
    guard canonical.text == text else {
        return .failure(
            LocaleTagProblem(
                id: "locale/not-canonical", message: "`\(text)` is written `\(canonical.text)`",
                notes: ["every file and client must use one spelling: the canonical one (UTS 35, section 3.2.1)"],
                usable: canonical.text))
    }
    return .success(text)
}

private func near(_ text: String) -> [String] {
    KnownLocales.nearMiss(text).map { ["did you mean `\($0)`?"] } ?? []
}
