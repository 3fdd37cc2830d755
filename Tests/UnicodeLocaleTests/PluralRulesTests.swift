import Testing

@testable import UnicodeLocale

@Suite struct PluralRulesTests {
    private func rules(_ locale: String, _ kind: PluralRules.Kind = .cardinal) throws -> PluralRules {
        try PluralRules(kind, locale: LanguageTag(locale))
    }

    private func check(_ locale: String, kind: PluralRules.Kind = .cardinal, _ expected: [String: PluralCategory])
        throws
    {
        let rules = try rules(locale, kind)
        for (number, category) in expected {
            let operands = try #require(PluralOperands(number))
            #expect(rules.category(operands) == category, "\(locale) \(number)")
        }
    }

    @Test func categoriesOfNumbers() throws {
        try check("en", ["1": .one, "1.0": .other, "0": .other, "-1": .one])
        try check("en", kind: .ordinal, ["1": .one, "2": .two, "3": .few, "11": .other, "112": .other, "101": .one])
        try check("pl", ["1": .one, "2": .few, "5": .many, "12": .many, "22": .few, "1.5": .other, "22.0": .other])
        try check(
            "fr", ["0": .one, "1.9": .one, "2": .other, "1000000": .many, "1c6": .many, "1.5c6": .many, "1c3": .other])
        try check("ar", ["0": .zero, "1": .one, "2": .two, "103": .few, "111": .many, "100": .other])
        try check("lv", ["0": .zero, "1": .one, "0.1": .one, "1.11": .zero, "11": .zero])
        try check("da", ["1": .one, "1.5": .one, "0.0": .other, "0.1": .one])
        try check("xx", ["1": .other])
        try check("root", ["1": .other])
    }

    @Test func integersAgreeWithTheirText() throws {
        for locale in ["ar", "cy", "pl", "lv", "es", "kw", "br"] {
            for kind in [PluralRules.Kind.cardinal, .ordinal] {
                let rules = try rules(locale, kind)
                for value in [Int64](0...1_200) + [1_000_000, 2_000_000, 100_000, -21, .max, .min] {
                    let operands = try #require(PluralOperands(String(value)))
                    #expect(rules.category(value) == rules.category(operands), "\(locale) \(value)")
                }
            }
        }
    }

    @Test func whereTheRulesOfALocaleAreFound() throws {
        #expect(try rules("pt-PT") != rules("pt"))
        #expect(try rules("pt-AO") == rules("pt"))
        #expect(try rules("en-GB-oxendict-u-nu-thai") == rules("en"))
        #expect(try rules("iw") == rules("he"))
        #expect(try rules("sr-Latn-ME") == rules("sr"))
        #expect(try rules("cnr") == rules("sr"))
        #expect(try rules("en-XA") == rules("en"))
        #expect(try rules("ar-XB") == rules("ar"))
        #expect(try rules("kok-Latn-IN") == rules("kok-Latn"))
    }

    @Test func categoriesAndSamples() throws {
        #expect(try rules("en").categories == [.one, .other])
        #expect(try rules("cy").categories == PluralCategory.allCases)
        #expect(try rules("ja").categories == [.other])
        #expect(try rules("xx").categories == [.other])
        #expect(try rules("en", .ordinal).categories == [.one, .two, .few, .other])
        #expect(
            try rules("pl").integerSamples(.few) == [
                "2", "3", "4", "22", "23", "24", "32", "33", "34", "42", "43", "44", "52", "53", "54", "62", "102",
                "1002",
            ])
        #expect(try rules("pl").integerSamples(.other).isEmpty)
        #expect(try rules("pl").decimalSamples(.other).prefix(3) == ["0.0", "0.1", "0.2"])
        #expect(try rules("fr").integerSamples(.few).isEmpty)
        #expect(try rules("es").integerSamples(.many).first == "1000000")
    }

    @Test func theSmallestIntegerOfACategory() throws {
        #expect(try rules("en").smallestInteger(.other) == 0)
        #expect(try rules("fr").smallestInteger(.other) == 2)
        #expect(try rules("fr").smallestInteger(.many) == 1_000_000)
        #expect(try rules("fr").smallestInteger(.few) == nil)
        #expect(try rules("pl").smallestInteger(.other) == nil)
        #expect(try rules("cs").smallestInteger(.many) == nil)
        #expect(try rules("xx").smallestInteger(.other) == 0)
    }

    @Test func samplesFallInTheirCategory() throws {
        var count = 0
        for locale in KnownLocales.all {
            for kind in [PluralRules.Kind.cardinal, .ordinal] {
                let rules = try rules(locale, kind)
                for category in rules.categories {
                    for sample in rules.integerSamples(category) + rules.decimalSamples(category) {
                        let operands = try #require(PluralOperands(sample), "\(sample)")
                        guard rules.category(operands) != category else { continue }
                        Issue.record("\(locale) \(kind) \(sample) is not \(category)")
                    }
                    if let smallest = rules.smallestInteger(category) {
                        count += 1
                        #expect(rules.category(Int64(smallest)) == category)
                    }
                }
            }
        }
        #expect(count > 2_500)
    }

    @Test func operandsOfANumberAreRead() throws {
        let a = try #require(PluralOperands("-1.50"))
        #expect([a.i, a.f, a.t] == [1, 50, 5] && [a.v, a.w, a.c] == [2, 1, 0])
        let b = try #require(PluralOperands("1.2345c3"))
        #expect([b.i, b.f, b.t] == [1_234, 5, 5] && [b.v, b.w, b.c] == [1, 1, 3])
        let c = try #require(PluralOperands("1.2c6"))
        #expect([c.i, c.f, c.t] == [1_200_000, 0, 0] && [c.v, c.w, c.c] == [0, 0, 6] && c.isInteger)
        for text in [
            "", "-", ".5", "5.", "1,5", "1e", "1c-3", "1c9999", "abc", "1.5 ", "٣", "1c1c1",
            String(repeating: "1", count: 1_101),
        ] {
            #expect(PluralOperands(text) == nil, "\(text)")
        }
    }

    @Test func longNumbersKeepTheirLastDigits() throws {
        let long = try #require(PluralOperands("123456789012345678901234567890123456712"))
        #expect(long.i % 1_000_000 == 456_712 && long.i >= 1_000_000_000_000_000_000)
        #expect(try rules("pl").category(long) == .many)
        #expect(
            try rules("pl").category(try #require(PluralOperands("1" + String(repeating: "0", count: 40) + "3")))
                == .few)
        #expect(
            try rules("ar").category(try #require(PluralOperands("1" + String(repeating: "0", count: 40)))) == .other)
        #expect(
            try rules("es").category(try #require(PluralOperands("1" + String(repeating: "0", count: 40)))) == .many)
    }

    @Test func categoriesHaveNames() {
        for category in PluralCategory.allCases { #expect(PluralCategory(name: category.name) == category) }
        #expect(PluralCategory(name: "several") == nil)
        #expect(PluralCategory.zero < .one)
    }
}
