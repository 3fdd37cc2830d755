import CanonicalJSON
import ConformanceSupport
import Testing

@testable import UnicodeLocale

/// The cases of `cldr/` in the conformance data.
@Suite(.enabled(if: ConformanceData.isPresent)) struct CLDRConformanceTests {
    /// Runs all cases of a file; `run` gives the key of a case and what is wrong, or nil.
    private func check(
        _ name: String, _ path: String, expected: (JSONValue) -> String? = { _ in nil },
        _ run: (JSONValue) -> (key: String, failure: String?)
    ) throws {
        let suite = ConformanceRun(name)
        let cases = try ConformanceData.load(path)?.array ?? []
        for item in cases {
            let (key, failure) = run(item)
            suite.record(key, failure: failure, expected: expected(item))
        }
        #expect(suite.finish())
        #expect(try suite.count == ConformanceData.count(path) ?? 0)
    }

    private func text(_ item: JSONValue, _ key: String) -> String { item[key]?.string ?? "" }

    private func difference(_ found: String?, _ expected: String) -> String? {
        found == expected ? nil : "\(found ?? "nothing"), not \(expected)"
    }

    @Test func pluralsAreThoseOfCLDR() throws {
        try check("CLDR plurals", "cldr/cases-plural.json") { item in
            let kind: PluralRules.Kind = text(item, "type") == "ordinal" ? .ordinal : .cardinal
            let locale = text(item, "locale")
            let number = text(item, "n")
            let key = "\(text(item, "type")) \(locale) \(number)"
            guard let tag = try? LanguageTag(locale), let operands = PluralOperands(number) else {
                return (key, "cannot be read")
            }
            let category = PluralRules.category(kind, locale: tag, operands: operands)
            return (key, difference(category.name, text(item, "category")))
        }
    }

    @Test func fallbacksAreThoseOfCLDR() throws {
        try check("CLDR fallback", "cldr/cases-fallback.json") { item in
            let locale = text(item, "locale")
            let expected = (item["chain"]?.array ?? []).map { $0.string ?? "" }.joined(separator: ">")
            guard let tag = try? LanguageTag(locale) else { return (locale, "cannot be read") }
            return (locale, difference((tag.fallbackChain.map(\.text) + ["root"]).joined(separator: ">"), expected))
        }
    }

    @Test func likelySubtagsAreThoseOfCLDR() throws {
        try check("CLDR likely subtags", "cldr/cases-likelySubtags.json") { item in
            let locale = text(item, "locale")
            guard let tag = try? LanguageTag(locale) else { return (locale, "cannot be read") }
            let canonical = tag.canonical
            let maximized = difference((canonical.maximized ?? canonical).text, text(item, "maximize"))
            return (locale, maximized ?? difference(canonical.minimized.text, text(item, "minimize")))
        }
    }

    @Test func canonicalTagsAreThoseOfCLDR() throws {
        // The cases were made with V8, which takes a tag of two letters for canonical without a look at CLDR's aliases
        // (except for some that it lists itself). CLDR has `bh` → `bho` and `tw` → `ak`, as the cases `bh-US` and
        // `twi` show, and UTS 35, annex C, makes no exception for a language alone.
        let reason = "V8's shortcut for tags of two letters; by UTS 35, annex C, the alias applies"
        let aliases = try ConformanceData.load("cldr/aliases.json")?["language"]
        func expected(_ item: JSONValue) -> String? {
            let input = text(item, "input")
            let isAlias = aliases?[input]?.array?.first?.string.map { $0 != input } ?? false
            return input.utf8.count == 2 && isAlias && text(item, "canonical") == input ? reason : nil
        }
        try check("CLDR canonical", "cldr/cases-canonical.json", expected: expected) { item in
            let input = text(item, "input")
            return (input, difference((try? LanguageTag(input))?.canonical.text, text(item, "canonical")))
        }
    }

    /// Why the answer to a case differs, where that is known; a rule, so that it holds for cases that are not here.
    private func olderMatchingData(_ desired: [LanguageTag]) -> String? {
        // Rules that changed: `af` had Dutch, now English; `uk` had Russian. Likely subtags that were not known, so that
        // Latin letters were assumed, or are others now: the rest, most of them languages of Arabia and of China.
        let changed = [
            "aae", "aao", "abh", "abv", "acm", "acq", "acw", "acx", "adf", "aec", "af", "afb", "auz", "ayh", "ayl",
            "ayn",
            "ayp", "btj", "cdo", "cjy", "cnp", "csp", "czh", "hnm", "kok", "luh", "lzh", "scn", "sjc", "ssh", "uk",
        ]
        return desired.contains { changed.contains($0.language) }
            ? "ICU 72 has CLDR 42, whose data on this language is older" : nil
    }

    @Test func matchesAreThoseOfCLDR() throws {
        let cases = try ConformanceData.load("cldr/cases-matching.json")?.array ?? []
        var expected: [String: String] = [:]
        var results: [(key: String, failure: String?)] = []
        for item in cases {
            let names = (item["supported"]?.array ?? []).map { $0.string ?? "" }
            let wanted = (item["desired"]?.array ?? []).map { $0.string ?? "" }
            let key = "\(wanted.joined(separator: " ")) of \(names.joined(separator: " "))"
            guard let supported = try? names.map({ try LanguageTag($0) }),
                let desired = try? wanted.map({ try LanguageTag($0) })
            else {
                results.append((key, "cannot be read"))
                continue
            }
            let found = LocaleMatcher(supported: supported).bestMatch(desired).map { names[$0] } ?? "none"
            let failure = difference(found, item["expect"]?.string ?? "none")
            if failure != nil, let reason = olderMatchingData(desired) { expected[key] = reason }
            results.append((key, failure))
        }
        let suite = ConformanceRun("CLDR matching", expectedFailures: expected)
        for result in results { suite.record(result.key, failure: result.failure) }
        #expect(suite.finish())
        #expect(try suite.count == ConformanceData.count("cldr/cases-matching.json") ?? 0)
    }

    @Test func everyLocaleOfCLDRReadsBackAndIsKnown() throws {
        for tag in try ConformanceData.load("cldr/availableLocales.json")?["full"]?.array ?? [] {
            let text = tag.string ?? ""
            let parsed = try LanguageTag(text)
            #expect(parsed.text == text)
            #expect(KnownLocales.contains(parsed))
            #expect(parsed.fallbackChain.count <= 5)
        }
    }

    @Test func directionsAreThoseOfCLDR() throws {
        for member in try ConformanceData.load("cldr/layout.json")?["layout"]?.object?.members ?? [] {
            let isRightToLeft = member.value["characterOrder"]?.string == "rtl"
            #expect(try LanguageTag(member.key).direction == (isRightToLeft ? .rtl : .ltr), "\(member.key)")
        }
    }
}
