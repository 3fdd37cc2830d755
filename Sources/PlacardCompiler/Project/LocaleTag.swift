import SourceDiagnostics
import UnicodeLocale

/// Why a text cannot name a locale of a project.
struct LocaleTagProblem: Error {
    var id: String
    var message: String
    var notes: [String]
    /// The tag to go on with, when it is clear what was meant.
    var usable: String?
    /// The tag of the language that is called so.
    var meant: String?
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
                ], meant: languagesByName[text.lowercased()]))
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

/// The codes of languages that many people speak, by their names in English and their own.
private let languagesByName = [
    "arabic": "ar", "bengali": "bn", "bulgarian": "bg", "catalan": "ca", "chinese": "zh", "croatian": "hr",
    "czech": "cs",
    "danish": "da", "dansk": "da", "deutsch": "de", "dutch": "nl", "english": "en", "espanol": "es", "finnish": "fi",
    "francais": "fr", "french": "fr", "german": "de", "greek": "el", "hebrew": "he", "hindi": "hi", "hungarian": "hu",
    "indonesian": "id", "italian": "it", "italiano": "it", "japanese": "ja", "korean": "ko", "malay": "ms",
    "norwegian": "nb", "norsk": "nb", "persian": "fa", "polish": "pl", "polski": "pl", "portuguese": "pt",
    "romanian": "ro", "russian": "ru", "serbian": "sr", "slovak": "sk", "spanish": "es", "suomi": "fi", "swedish": "sv",
    "svenska": "sv", "thai": "th", "turkish": "tr", "ukrainian": "uk", "vietnamese": "vi",
]

private func near(_ text: String) -> [String] {
    if let code = languagesByName[text.lowercased()] { return ["did you mean `\(code)`?"] }
    return KnownLocales.nearMiss(text).map { ["did you mean `\($0)`?"] } ?? []
}
