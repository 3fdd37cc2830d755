import LocalizedUnits
import MessageFormat
import Testing
import UnicodeLocale

/// CLDR's patterns, put together with texts that stand for numbers.
@Suite struct UnitPatternsTests {
    private func check(
        _ unit: String, _ width: UnitPatterns.Width, _ locale: String, _ category: PluralCategory, _ expected: String,
        location: SourceLocation = #_sourceLocation
    ) throws {
        let patterns = try #require(
            UnitPatterns(unit, width, locale: try LanguageTag(locale)), sourceLocation: location)
        #expect(patterns.text("#", category) == expected, sourceLocation: location)
        #expect(patterns.showsNumber(category) == expected.contains("#"), sourceLocation: location)
    }

    @Test func unitsHaveThreeWidths() throws {
        try check("kilometer", .long, "en", .one, "# kilometer")
        try check("kilometer", .long, "en", .other, "# kilometers")
        try check("kilometer", .short, "en", .other, "# km")
        try check("kilometer", .narrow, "en", .other, "#km")
        try check("kilometer", .long, "de", .other, "# Kilometer")
        try check("kilometer", .long, "fr", .other, "#\u{A0}kilomètres")
        try check("kilometer", .short, "fr", .other, "#\u{202F}km")
        try check("kilometer", .narrow, "fr", .other, "#km")
        try check("kilometer", .long, "ja", .other, "# キロメートル")
        // The narrow form is the short one where the language has none of its own.
        try check("kilometer", .narrow, "pl", .other, "# km")
        try check("celsius", .narrow, "de", .other, "# °C")
    }

    @Test func unitsHaveAFormForEachPluralCategory() throws {
        try check("kilometer", .long, "pl", .one, "# kilometr")
        try check("kilometer", .long, "pl", .few, "# kilometry")
        try check("kilometer", .long, "pl", .many, "# kilometrów")
        try check("kilometer", .long, "pl", .other, "# kilometra")
        try check("kilometer", .long, "ar", .few, "# كيلومترات")
        try check("kilometer", .long, "ar", .many, "# كيلومترًا")
        try check("day", .long, "uk", .few, "# дні")
        // A category that the unit has no form for is as `other`.
        try check("kilometer", .long, "en", .few, "# kilometers")
    }

    /// Forms that say the number by themselves.
    @Test func formsWithoutNumber() throws {
        try check("hour", .long, "ar", .one, "ساعة")
        try check("hour", .long, "ar", .two, "ساعتان")
        try check("gram", .long, "ar", .one, "غرام")
        try check("hour", .long, "he", .two, "שעתיים")
    }

    /// Compounds that a language has a pattern for, those of a denominator's pattern, and those of the general one.
    @Test func compoundUnitsHaveThePatternsOfTheirLanguage() throws {
        try check("kilometer-per-hour", .long, "en", .one, "# kilometer per hour")
        try check("kilometer-per-hour", .long, "de", .other, "# Kilometer pro Stunde")
        try check("kilometer-per-hour", .short, "fr", .other, "#\u{202F}km/h")
        try check("kilometer-per-hour", .long, "ja", .other, "時速 # キロメートル")
        try check("kilometer-per-hour", .short, "pl", .other, "# km/godz.")
        try check("kilobyte-per-second", .long, "en", .other, "# kilobytes per second")
        try check("kilobyte-per-second", .long, "pl", .few, "# kilobajty na sekundę")
        try check("gram-per-mile", .long, "en", .other, "# grams per mile")
        try check("gram-per-mile", .long, "fr", .other, "#\u{A0}grammes par mile")
        try check("gram-per-mile", .short, "de", .other, "# g/mi")
        try check("gram-per-mile", .long, "ar", .one, "غرام لكل ميل")
        try check("kilowatt-hour-per-kilogram", .long, "de", .other, "#\u{A0}Kilowattstunden pro Kilogramm")
        // No language has a pattern for it, and the unit stands on both sides.
        try check("meter-per-meter", .short, "en", .other, "# m/m")
    }

    /// A language has what its parents have, and root's symbols for the rest.
    @Test func languagesHaveWhatTheirParentsHave() throws {
        try check("liter", .long, "en-GB", .other, "# litres")
        try check("liter", .long, "en-IN", .other, "# litres")
        try check("liter", .long, "en-US", .other, "# liters")
        try check("kilometer", .long, "es-AR", .other, "# kilómetros")
        try check("kilometer", .long, "pt-BR", .other, "# quilômetros")
        try check("kilometer", .long, "pt-PT", .other, "# quilómetros")
        try check("kilometer", .long, "pt-AO", .other, "# quilómetros")
        try check("kilometer", .long, "zh-TW", .other, "# 公里")
        try check("kilometer", .long, "zh-HK", .other, "# 公里")
        try check("meter", .long, "zh", .other, "#米")
        try check("meter", .long, "zh-TW", .other, "# 公尺")
        try check("kilometer", .long, "nb", .other, "# kilometer")
        try check("kilometer", .long, "nb-NO", .other, "# kilometer")
        try check("kilometer", .long, "sr-ME", .few, "# kilometra")
        try check("kilometer", .long, "sr", .few, "# километра")
        try check("kilometer", .long, "iw", .other, "# קילומטרים")
        try check("kilometer", .long, "de-u-nu-latn", .other, "# Kilometer")
        try check("kilometer", .long, "tlh", .other, "# km")
        try check("kilometer", .long, "und", .other, "# km")
    }

    @Test(arguments: [
        "", "per", "km", "furlong", "kilometer-per", "-per-hour", "kilometer-per-", "kilometer-per-per-hour",
        "kilometer-per-hour-per-second", "hour-per-furlong", "Kilometer", "kilometer ", "kilometer K",
        "length-kilometer",
    ])
    func unknownUnitsHaveNoPatterns(_ identifier: String) throws {
        #expect(UnitPatterns(identifier, .long, locale: try LanguageTag("en")) == nil)
        #expect(!UnitIdentifiers.isKnown(identifier))
    }

    /// What the core takes for a unit is what the table has: each unit, and each pair.
    @Test func theCoreKnowsTheUnitsOfTheTable() throws {
        let simple = UnitIdentifiers.sanctioned + UnitIdentifiers.further
        #expect(UnitIdentifiers.sanctioned.count == 45)
        #expect(Set(simple).count == simple.count)
        let locale = try LanguageTag("pl")
        for unit in simple {
            #expect(UnitIdentifiers.isKnown(unit))
            for width in UnitPatterns.Width.allCases {
                let text = try #require(UnitPatterns(unit, width, locale: locale)).text("#", .other)
                #expect(text.contains("#") && text.count > 1, "\(unit)")
            }
            #expect(simple.allSatisfy { UnitIdentifiers.isKnown(unit + "-per-" + $0) })
            for compound in [unit + "-per-second", "mile-per-" + unit] {
                let text = UnitPatterns(compound, .short, locale: locale)?.text("#", .other) ?? ""
                #expect(text.contains("#") && !text.contains("~") && !text.contains("^"), "\(compound)")
            }
        }
    }

    /// Every form in every language can be read: no sign of the table is left in a text.
    @Test func everyFormOfTheTableCanBeRead() throws {
        #expect(UnitPatterns.version.hasPrefix("4"))
        var seen: Set<String> = []
        for locale in try KnownLocales.all.map({ try LanguageTag($0) }) where locale.region == nil {
            for unit in [
                "kilometer", "celsius", "hour", "byte", "ounce", "percent", "kilometer-per-hour", "gram-per-mile",
            ] {
                let patterns = try #require(UnitPatterns(unit, .long, locale: locale))
                for category in PluralCategory.allCases {
                    let text = patterns.text("#", category)
                    #expect(
                        !text.isEmpty && !text.utf8.contains { "~^|;\\".utf8.contains($0) }, "\(locale.text) \(unit)")
                    if unit == "kilometer" { seen.insert(text) }
                }
            }
        }
        // As many words for kilometers as there are languages that have one.
        #expect(seen.count > 80)
    }
}
