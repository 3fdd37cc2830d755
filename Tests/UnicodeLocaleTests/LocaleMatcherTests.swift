import Testing

@testable import UnicodeLocale

@Suite struct LocaleMatcherTests {
    private func tags(_ texts: [String]) throws -> [LanguageTag] { try texts.map { try LanguageTag($0) } }

    private func check(
        _ desired: [String], among supported: [String], _ expected: String?,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let found = LocaleMatcher(supported: try tags(supported)).bestMatch(try tags(desired))
        #expect(found.map { supported[$0] } == expected, sourceLocation: sourceLocation)
    }

    @Test func aLanguageIsFoundUnderAnotherName() throws {
        try check(["no"], among: ["en", "nb"], "nb")
        try check(["nb-NO"], among: ["en", "no"], "no")
        try check(["tl"], among: ["en", "fil"], "fil")
        try check(["iw"], among: ["en", "he"], "he")
        try check(["cmn"], among: ["en", "zh-Hant", "zh"], "zh")
        try check(["arz"], among: ["en", "ar"], "ar")
    }

    @Test func aCountrysFormIsChosenByItsDistance() throws {
        try check(["es-ES"], among: ["en", "es-419"], "es-419")
        try check(["es-MX"], among: ["es", "es-419"], "es-419")
        try check(["es-ES"], among: ["es-MX", "es-419", "es"], "es")
        try check(["en-AU"], among: ["en", "en-GB"], "en-GB")
        try check(["en-CA"], among: ["en-GB", "en-AU", "en"], "en")
        try check(["pt-AO"], among: ["pt", "pt-PT"], "pt-PT")
        try check(["ar-MA"], among: ["ar-EG", "ar-DZ"], "ar-DZ")
        try check(["fr-CH"], among: ["fr-CA", "fr"], "fr")
        try check(["zh-MO"], among: ["zh-TW", "zh-HK"], "zh-HK")
    }

    @Test func aScriptThatItsReaderMayNotReadIsNoMatch() throws {
        try check(["zh-HK"], among: ["en", "zh"], nil)
        try check(["zh-HK"], among: ["en", "zh", "zh-Hant"], "zh-Hant")
        try check(["sr-Latn"], among: ["sr", "sr-Latn"], "sr-Latn")
        try check(["ar-Latn"], among: ["en", "ar"], "ar")
        try check(["ar"], among: ["en", "ar-Latn"], nil)
        try check(["az-Cyrl"], among: ["en", "az"], nil)
    }

    @Test func aRuleOfOneWayIsNotTakenTheOther() throws {
        try check(["gsw"], among: ["en", "de"], "de")
        try check(["de"], among: ["en", "gsw"], nil)
        try check(["ca"], among: ["en", "es"], "es")
        try check(["es"], among: ["en", "ca"], nil)
    }

    @Test func theFirstLanguageCountsMostAndAnExactOneAtOnce() throws {
        try check(["de", "ar-EG"], among: ["en", "ar"], "ar")
        try check(["ca", "en"], among: ["es", "en"], "en")
        try check(["en-AU", "fr-CA"], among: ["fr", "en-GB"], "en-GB")
        try check([], among: ["en"], nil)
        try check(["und"], among: ["en"], nil)
        try check(["en-XA"], among: ["en"], nil)
        try check(["en-XA"], among: ["en", "en-XA"], "en-XA")
        try check(["en"], among: [], nil)
    }

    @Test func aRankingIsTheBestOfWhatIsLeft() throws {
        let supported = ["en", "es", "es-419", "es-MX", "fr", "pt"]
        let matcher = LocaleMatcher(supported: try tags(supported))
        #expect(matcher.ranking(try LanguageTag("es-AR")).map { supported[$0] } == ["es-419", "es-MX", "es"])
        #expect(matcher.ranking(try LanguageTag("es")).map { supported[$0] } == ["es", "es-419", "es-MX"])
        #expect(matcher.ranking(try LanguageTag("ja")) == [])
    }

    @Test func distancesTellTheOwnLanguageFromOneThatIsKnownAsWell() throws {
        func distance(_ desired: String, _ supported: String) throws -> Int {
            LocaleMatcher.distance(try LanguageTag(desired), try LanguageTag(supported))
        }
        for (desired, supported) in [
            ("de-AT", "de"), ("no", "nb"), ("es-ES", "es-419"), ("pt-PT", "pt-BR"), ("hr", "bs"),
        ] {
            #expect(try distance(desired, supported) < LocaleMatcher.ownLanguageLimit, "\(desired) \(supported)")
        }
        for (desired, supported) in [("da", "nb"), ("ca", "es"), ("is", "en"), ("nn", "nb"), ("ja", "en")] {
            #expect(try distance(desired, supported) >= LocaleMatcher.ownLanguageLimit, "\(desired) \(supported)")
        }
        #expect(try distance("ja", "en") >= LocaleMatcher.threshold)
    }
}
