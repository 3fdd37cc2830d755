import Testing

@testable import UnicodeLocale

@Suite struct LanguageTagTests {
    private func canonical(_ text: String) throws -> String { try LanguageTag(text).canonical.text }

    /// Parses a text that must be refused.
    private func check(
        _ text: String, _ offset: Int, _ length: Int, _ message: String, _ location: SourceLocation = #_sourceLocation
    ) {
        do {
            let tag = try LanguageTag(text)
            Issue.record("\(text) is read as \(tag)", sourceLocation: location)
        } catch {
            #expect(error.message == message, sourceLocation: location)
            #expect([error.offset, error.length] == [offset, length], sourceLocation: location)
        }
    }

    @Test(arguments: [
        ("EN", "en"), ("pt_br", "pt-BR"), ("ZH-hANT-tw", "zh-Hant-TW"), ("es-419", "es-419"), ("root", "und"),
        ("sl-ROZAJ-biske-1994", "sl-rozaj-biske-1994"), ("AR-u-NU-Latn", "ar-u-nu-latn"), ("de-x-Foo", "de-x-foo"),
        ("x-foo-b", "und-x-foo-b"), ("zh-yue-HK", "yue-HK"), ("en-GB-oed", "en-GB-oxendict"), ("I-KLINGON", "tlh"),
        ("en-t-DE-Latn-m0-iso", "en-t-de-latn-m0-iso"), ("en-a-bbb-u-ca-buddhist-x-1", "en-a-bbb-u-ca-buddhist-x-1"),
    ]) func subtagsTakeTheirUsualCase(_ text: String, _ expected: String) throws {
        #expect(try LanguageTag(text).text == expected)
    }

    @Test func errorsSayWhereAndWhat() {
        check("", 0, 0, "an empty language tag")
        check("en-", 2, 1, "an empty subtag")
        check("en--US", 2, 1, "an empty subtag")
        check("e", 0, 1, "`e` is not a language: it has two or three letters, as in ISO 639")
        check("Latn", 0, 4, "`Latn` is not a language: it has two or three letters, as in ISO 639")
        check("en-USA", 3, 3, "`USA` is not a script or region: a region has two letters or three digits")
        check("en-US-GB", 6, 2, "a second region, `GB`")
        check("en-US-Latn", 6, 4, "the script `Latn` must stand right behind the language")
        check("en-Latn-Cyrl", 8, 4, "a second script, `Cyrl`")
        check("en-fonipa-US", 10, 2, "the region `US` must stand before the variants")
        check("en-12", 3, 2, "`12` is not a script, region or variant")
        check("en-fonipa-fonipa", 10, 6, "the variant `fonipa` stands here twice")
        check("en-internationalized", 3, 17, "a subtag of more than eight characters")
        check("en US", 2, 1, "a language tag has letters, digits and `-` only")
        check("en-Ü", 3, 2, "a language tag has letters, digits and `-` only")
        check("en-u", 3, 1, "nothing stands behind the extension `u`")
        check("en-u-ca-buddhist-u-nu-latn", 17, 1, "a second extension `u`")
        check("en-u-c1-latn", 5, 2, "`c1` is not a key: its second character is a letter")
        check("en-t-m0", 5, 2, "nothing stands behind the field `m0`")
        check("en-x", 3, 1, "nothing stands behind `x`")
        check(String(repeating: "en-", count: 86), 0, 258, "a language tag of more than 255 characters")
    }

    @Test(arguments: [
        // Orders and values that ICU 78.2 gives too.
        ("sl-rozaj-biske-1994", "sl-1994-biske-rozaj"), ("en-u-foo-bar-attr", "en-u-attr-bar-foo"),
        ("en-u-kn-yes-ca-islamicc", "en-u-ca-islamic-civil-kn"), ("en-u-kn-true", "en-u-kn"),
        ("en-u-nu-thai-nu-latn", "en-u-nu-thai"), ("de-t-en-latn-m0-true", "de-t-en-latn-m0-true"),
        ("und-t-cmn-hans-cn", "und-t-zh-hans-cn"), ("en-t-iw", "en-t-he"), ("fr-u-sd-fra", "fr-u-sd-frges"),
        ("en-u-ms-imperial-tz-cnckg", "en-u-ms-uksystem-tz-cnsha"), ("en-u-ca-ethiopic-amete-alem", "en-u-ca-ethioaa"),
        ("en-u-ks-primary", "en-u-ks-level1"), ("en-t-en-m0-names", "en-t-en-m0-prprname"),
        ("en-u-ca-buddhist-t-de-a-bbb", "en-u-ca-buddhist-t-de-a-bbb"),
        // Languages with further subtags, and regions that became several.
        ("sh-ME", "sr-Latn-ME"), ("hbs-Cyrl", "sr-Cyrl"), ("cnr-BA", "sr-BA"), ("prs-TJ", "fa-TJ"),
        ("hye-arevmda", "hyw"),
        ("hy-SU", "hy-AM"), ("und-Armn-SU", "und-Armn-AM"), ("uz-SU", "uz-UZ"), ("und-SU", "und-RU"),
        ("sv-aaland", "sv-AX"),
        ("sgn-us", "ase"), ("sgn-NO", "nsl"), ("ja-latn-hepburn-heploc", "ja-Latn-alalc97"), ("no-nyn", "nn"),
        ("zh-min", "nan-x-zh-min"),
        ("cmn-Hans-CN", "zh-Hans-CN"), ("sgn-BE-FR", "sfb"), ("i-default", "en-x-i-default"), ("en-UK", "en-GB"),
    ]) func tagsHaveACanonicalForm(_ text: String, _ expected: String) throws {
        let found = try canonical(text)
        #expect(found == (text.contains("-a-bbb") ? "en-a-bbb-t-de-u-ca-buddhist" : expected))
        #expect(try canonical(found) == found)
    }

    @Test func keywordsOfATagAreRead() throws {
        let tag = try LanguageTag("ar-EG-u-attr-nu-latn-kn")
        #expect(tag.keyword("nu") == "latn")
        #expect(tag.keyword("kn") == "")
        #expect(tag.keyword("ca") == nil)
        #expect(tag.withoutExtensions.text == "ar-EG")
    }

    @Test func whatIsNotKnownHasNoLikelySubtags() throws {
        #expect(try LanguageTag("xx").maximized == nil)
        #expect(try LanguageTag("xx-Cyrl").minimized.text == "xx-Cyrl")
        #expect(try LanguageTag("en-Latn-US-u-ca-buddhist").minimized.text == "en-u-ca-buddhist")
        #expect(try LanguageTag("und-Zzzz-ZZ").maximized?.text == "en-Latn-US")
        #expect(try LanguageTag("eo").maximized?.text == "eo-Latn-001")
    }

    @Test func fallbacksFormAChain() throws {
        func chain(_ text: String) throws -> [String] { try LanguageTag(text).fallbackChain.map(\.text) }
        #expect(try chain("es-MX-u-nu-latn") == ["es-MX-u-nu-latn", "es-MX", "es-419", "es"])
        #expect(try chain("zh-TW") == ["zh-TW", "zh"])
        #expect(try LanguageTag("zh-TW").withDistinctiveScript.fallbackChain.map(\.text) == ["zh-Hant-TW", "zh-Hant"])
        #expect(try LanguageTag("en-US").withDistinctiveScript.text == "en-US")
        #expect(try LanguageTag("zh-Hant-MO").withDistinctiveScript.text == "zh-Hant-MO")
        #expect(try chain("und") == ["und"])
    }

    @Test func languagesHaveADirection() throws {
        let expected: [(String, Direction)] = [
            ("ar", .rtl), ("he-IL", .rtl), ("iw", .rtl), ("az", .ltr), ("az-IQ", .rtl), ("az-Arab", .rtl),
            ("pa-PK", .rtl), ("ar-Latn", .ltr),
            ("ar-XB", .rtl), ("en-XA", .ltr), ("mn-Mong", .ltr), ("und-Hebr", .rtl), ("xx", .ltr), ("xx-Thaa", .rtl),
            ("yi", .rtl),
        ]
        for (text, direction) in expected { #expect(try LanguageTag(text).direction == direction, "\(text)") }
    }

    @Test func localesOfCLDRAreKnown() throws {
        for text in [
            "en", "en-US", "pt-BR", "zh-TW", "zh-Hant-TW", "zh-Hans-CN", "sr-Latn-RS", "iw", "en-XA", "ar-XB",
            "ca-ES-valencia",
        ] {
            #expect(try KnownLocales.contains(LanguageTag(text)), "\(text)")
        }
        for text in ["xx", "fr-JP", "tlh", "de-Cyrl"] {
            #expect(try !KnownLocales.contains(LanguageTag(text)), "\(text)")
        }
        #expect(KnownLocales.all.count > 700 && KnownLocales.all.contains("en-XA"))
        #expect(KnownLocales.nearMiss("pt_br") == "pt-BR")
        #expect(KnownLocales.nearMiss("iw") == "he")
        #expect(KnownLocales.nearMiss("en-UK") == "en-GB")
        #expect(KnownLocales.nearMiss("es-491") == "es-419")
        #expect(KnownLocales.nearMiss("zh-Hnat") == "zh-Hant")
        #expect(KnownLocales.nearMiss("fr") == nil)
        #expect(KnownLocales.nearMiss("qq") == nil)
        #expect(KnownLocales.cldrVersion == "48.0.0")
    }
}
