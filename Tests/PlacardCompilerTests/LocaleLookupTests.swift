import PlacardBundle
import PlacardCompiler
import PlacardEngine
import SourceDiagnostics
import Testing

/// Which language a reader sees a message in, or why none: as `placard explain` and clients decide.
private func shown(_ files: [String: String], to language: String) throws -> String {
    let compilation = compile(project(files))
    #expect(!compilation.hasErrors, "\(diagnostics(compilation))")
    var scenario = Scenario(event: "session_start", now: 0)
    scenario.locale = language
    let decision = try ProjectEngine(emitBundle(compilation)).explain(scenario)
    return decision.shown?.content.locale ?? decision.reason(of: "a")?.text ?? "nothing"
}

private func declaring(_ locales: String, _ more: String = "") -> String {
    "source: en\nlocales: {\(locales)}\nevents: {session_start: {}}\n\(more)"
}

@Test func readersGetTheirLanguageUnderAnotherTag() throws {
    let tags = ["nb", "es-419", "pt-BR", "zh-Hant", "he", "fil", "de"]
    var files = [
        "placard.yaml": declaring(tags.map { "\($0): optional" }.joined(separator: ", ")), "content/a.md": message(),
    ]
    for tag in tags { files["content/a.\(tag).md"] = overlay("title: \(tag)") }
    let expected = [
        "no": "nb", "nb-NO": "nb", "da": "nb", "es": "es-419", "es-ES": "es-419", "es-MX": "es-419", "pt-PT": "pt-BR",
        "zh-HK": "zh-Hant", "zh-TW": "zh-Hant", "zh": "en", "iw": "he", "tl": "fil", "de-AT": "de", "gsw": "de",
        "en-AU": "en", "ja": "en", "ca": "es-419",
    ]
    for (language, locale) in expected {
        #expect(try shown(files, to: language) == locale, "\(language)")
    }
}

@Test func aMessagesOwnLanguagesDecide() throws {
    let files = [
        "placard.yaml": declaring("es: optional, es-419: optional, es-MX: optional, nb: optional, da: optional"),
        "content/a.md": message(), "content/a.es-419.md": overlay("title: Hola"),
        "content/a.nb.md": overlay("title: Hei"),
    ]
    #expect(try shown(files, to: "es") == "es-419")
    #expect(try shown(files, to: "es-MX") == "es-419")
    #expect(try shown(files, to: "da") == "nb")
    let lookups = emitBundle(compile(project(files))).manifest.locales
    #expect(lookups["es"]?.lookup == ["es", "es-419", "es-MX", "en"])
    #expect(lookups["es-MX"]?.lookup == ["es-MX", "es-419", "es", "en"])
    #expect(lookups["en"]?.lookup == ["en"])
}

@Test func aMessageThatHidesIsKeptFromReadersOfAnyOtherLanguage() throws {
    let files = [
        "placard.yaml": declaring("fr: optional, de: optional, nb: optional, zh-Hant: optional"),
        "content/a.md": message("onMissing: hide"), "content/a.fr.md": overlay(),
        "content/a.de.md": overlay("title: Hallo"), "content/a.nb.md": overlay("title: Hei"),
    ]
    for (language, locale) in ["en": "en", "en-GB": "en", "fr-CA": "fr", "de-AT": "de", "no": "nb"] {
        #expect(try shown(files, to: language) == locale, "\(language)")
    }
    for language in ["it", "es-MX", "ja", "ca", "da", "is", "zh-Hant", "zh-TW"] {
        #expect(try shown(files, to: language) == "locale: no text in \(language)")
    }
}

@Test func fallbacksOfTheProjectComeBeforeMatching() throws {
    func files(_ fallbacks: String, _ lines: String = "") -> [String: String] {
        [
            "placard.yaml": declaring("fr: optional, es: optional, fr-CA: optional", "fallbacks: {\(fallbacks)}\n"),
            "content/a.md": message(lines), "content/a.fr.md": overlay(), "content/a.es.md": overlay("title: Hola"),
        ]
    }
    #expect(try shown(files("ca: fr"), to: "ca") == "fr")
    #expect(try shown(files("ca: fr"), to: "ca-ES") == "fr")
    #expect(try shown(files("ca: fr"), to: "eu") == "es")
    #expect(try shown(files("fr-CA: en"), to: "fr-CA") == "en")
    #expect(try shown(files("fr: es"), to: "fr-CH") == "fr")
    // The project itself sends its readers there, so that nothing is hidden from them.
    #expect(try shown(files("ca: fr", "onMissing: hide"), to: "ca") == "fr")
    #expect(try shown(files("fr-CA: es", "onMissing: hide"), to: "fr-CA") == "es")
    #expect(try shown(files("", "onMissing: hide"), to: "ca") == "locale: no text in ca")
}

@Test func aBundleAsksForAnEngineThatHidesOnlyWhenItMust() {
    func engine(_ lines: String) -> Int64 {
        emitBundle(compile(project(["content/a.md": message(lines)]))).manifest.engine
    }
    #expect(engine("") == 1)
    #expect(engine("onMissing: hide") == Manifest.hidingEngineVersion)
}

@Test func notificationsAreWrittenWhereTheMessageShows() {
    let compilation = compile(
        project([
            "placard.yaml": declaring("es: optional, es-419: optional, fr: optional"),
            "content/a.md": message("onMissing: hide\npush: {body: Soon}"),
            "content/a.es-419.md": overlay("title: Hola\npush: {body: Pronto}"),
        ]))
    #expect(
        emitPush(compilation).map(\.path).filter { $0.hasSuffix("apns.json") }
            == ["a/en.apns.json", "a/es-419.apns.json", "a/es.apns.json"])
}

@Test func aMessageThatHidesDoesNotAlwaysComeFirst() {
    func diagnostics(_ lines: String) -> [String] {
        compile(
            project([
                "placard.yaml": declaring("fr: optional"),
                "templates/note/template.yaml": noteTemplate.replacing("button, swipe", with: "timeout").replacing(
                    "dismiss:", with: "timeout: 5s\ndismiss:"),
                "content/a.md": message("priority: 90\n" + lines), "content/a.fr.md": overlay(),
                "content/b.md": message(), "content/b.fr.md": overlay(),
            ]), analysis: .full
        ).diagnostics.map(\.id)
    }
    #expect(diagnostics("").contains("analysis/shadowed"))
    #expect(!diagnostics("onMissing: hide").contains("analysis/shadowed"))
}
