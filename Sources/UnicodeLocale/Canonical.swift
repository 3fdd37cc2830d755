extension LanguageTag {
    /// The canonical form: aliases replaced, variants and extensions in order (UTS 35, annex C).
    ///
    /// `iw` becomes `he`, `zh-cmn-Hans` becomes `zh-Hans`, `sr-YU` becomes `sr-RS`.
    public var canonical: LanguageTag {
        var result = self
        var isStable = false
        var rounds = 0
        // An alias may lead to another.
        while !isStable, rounds < LanguageTag.aliasRoundLimit {
            isStable = !result.replaceLanguage() && !result.replaceRegion() && !result.replaceSubtags()
            rounds += 1
        }
        result.variants.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        result.extensions = result.extensions.map { $0.canonical }
        result.extensions.sort { $0.singleton < $1.singleton }
        return result
    }

    /// CLDR's longest chain of aliases is far shorter; a loop in the data would end here.
    static let aliasRoundLimit = 16

    /// Whether a language alias applied: those that ask for most come first.
    private mutating func replaceLanguage() -> Bool {
        if replace(byRules: LocaleData.languageRules) { return true }
        if let target = LineTable(LocaleData.languageAliases).value(language),
            let replacement = try? LanguageTag(target)
        {
            return replace(LanguageTag(language: language), by: replacement)
        }
        return replace(byRules: LocaleData.variantRules)
    }

    private mutating func replace(byRules rules: StaticString) -> Bool {
        guard script != nil || region != nil || !variants.isEmpty else { return false }
        // The language decides most, and is cheap to compare.
        let own = Array(language.utf8)
        let candidates = LineTable(rules).lines { key in
            LanguageTag.begins(key, LanguageTag.anyLanguage) || LanguageTag.begins(key, own)
        }
        for (source, target) in candidates {
            guard let rule = try? LanguageTag(source), let replacement = try? LanguageTag(target), matches(rule) else {
                continue
            }
            return replace(rule, by: replacement)
        }
        return false
    }

    private static let anyLanguage = Array("und".utf8)

    /// Whether the language of a key with several subtags is this one.
    private static func begins(_ key: Slice<UnsafeBufferPointer<UInt8>>, _ language: [UInt8]) -> Bool {
        guard key.count > language.count, key[key.startIndex + language.count] == 0x2D else { return false }
        for index in 0..<language.count where key[key.startIndex + index] != language[index] { return false }
        return true
    }

    /// Whether the subtags of a rule all stand here; `und` is any language.
    private func matches(_ rule: LanguageTag) -> Bool {
        (rule.language == "und" || rule.language == language)
            && (rule.script == nil || rule.script == script)
            && (rule.region == nil || rule.region == region)
            && rule.variants.allSatisfy { variants.contains($0) }
    }

    /// Takes out what the rule has, and puts in what the replacement has; what stood here besides the rule stays.
    private mutating func replace(_ rule: LanguageTag, by replacement: LanguageTag) -> Bool {
        let before = self
        if replacement.language != "und" { language = replacement.language }
        if rule.script != nil { script = nil }
        script = script ?? replacement.script
        if rule.region != nil { region = nil }
        region = region ?? replacement.region
        variants.removeAll { rule.variants.contains($0) }
        for variant in replacement.variants where !variants.contains(variant) { variants.append(variant) }
        if privateUse.isEmpty { privateUse = replacement.privateUse }
        return self != before
    }

    /// Whether a region alias applied. Where a region became several, the likely one for the language and script is
    /// taken if it is among them, else the first.
    private mutating func replaceRegion() -> Bool {
        guard let region, let target = LineTable(LocaleData.regionAliases).value(region) else { return false }
        let candidates = target.utf8.split(separator: 0x20).map { String(decoding: $0, as: UTF8.self) }
        guard let first = candidates.first else { return false }
        self.region = first
        if candidates.count > 1, let likely = LanguageTag(language: language, script: script).maximized?.region,
            candidates.contains(likely)
        {
            self.region = likely
        }
        return true
    }

    private mutating func replaceSubtags() -> Bool {
        let aliases = LineTable(LocaleData.subtagAliases)
        let before = self
        if let script, let target = aliases.value(script) { self.script = target }
        variants = variants.map { aliases.value($0) ?? $0 }
        var seen: [String] = []
        for variant in variants where !seen.contains(variant) { seen.append(variant) }
        variants = seen
        return self != before
    }
}
