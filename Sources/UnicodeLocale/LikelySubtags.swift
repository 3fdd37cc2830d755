extension LanguageTag {
    /// With likely script and region added; nil when nothing is known of it (UTS 35, "Likely Subtags").
    ///
    /// `en` becomes `en-Latn-US`, `zh-TW` becomes `zh-Hant-TW`; variants and extensions stay. The tag should be
    /// canonical.
    public var maximized: LanguageTag? {
        let script = self.script == "Zzzz" ? nil : self.script
        let region = self.region == "ZZ" ? nil : self.region
        var result = self
        result.script = script
        result.region = region
        if language != "und", script != nil, region != nil { return result }
        guard let likely = LikelySubtags.lookup(language, script, region) else { return nil }
        if language == "und" { result.language = likely.language }
        result.script = script ?? likely.script
        result.region = region ?? likely.region
        return result
    }

    /// Without subtags that are likely anyway, favouring the region over the script (UTS 35, "Likely Subtags").
    ///
    /// `en-Latn-US` becomes `en`, `zh-Hant-TW` becomes `zh-TW`; a tag of which nothing is known stays as it is.
    public var minimized: LanguageTag {
        guard let full = maximized else { return self }
        let trials = [
            LanguageTag(language: full.language),
            LanguageTag(language: full.language, region: full.region),
            LanguageTag(language: full.language, script: full.script),
        ]
        let wanted = full.withoutVariants
        var result = full
        if let trial = trials.first(where: { $0.maximized == wanted }) {
            result.script = trial.script
            result.region = trial.region
        }
        return result
    }
}

/// The table of likely subtags.
enum LikelySubtags {
    /// The likely subtags of the most specific combination that the table has.
    static func lookup(_ language: String, _ script: String?, _ region: String?) -> LanguageTag? {
        let others = LineTable(LocaleData.likelyOthers)
        var keys: [String] = []
        if let script, let region { keys.append("\(language)-\(script)-\(region)") }
        if let script { keys.append("\(language)-\(script)") }
        if let region { keys.append("\(language)-\(region)") }
        keys.append(language)
        for key in keys {
            if let value = others.value(key) { return try? LanguageTag(value) }
        }
        return find(language)
    }

    /// Binary search among the records of seven bytes: language, script number, region.
    private static func find(_ language: String) -> LanguageTag? {
        var key = Array(language.utf8)
        guard key.count <= 3 else { return nil }
        while key.count < 3 { key.append(0x20) }
        return LocaleData.likelyLanguages.withUTF8Buffer { records in
            var low = 0
            var high = records.count / 7
            while low < high {
                let middle = (low + high) / 2
                let record = records[(middle * 7)..<(middle * 7 + 7)]
                let name = record.prefix(3)
                if name.elementsEqual(key) { return tag(language, record) }
                if key.lexicographicallyPrecedes(name) { high = middle } else { low = middle + 1 }
            }
            return nil
        }
    }

    private static func tag(_ language: String, _ record: Slice<UnsafeBufferPointer<UInt8>>) -> LanguageTag? {
        let number = (Int(record[record.startIndex + 3]) - 0x30) * 26 + Int(record[record.startIndex + 4]) - 0x41
        let script = LocaleData.likelyScripts.withUTF8Buffer { scripts in
            String(decoding: scripts[(number * 4)..<(number * 4 + 4)], as: UTF8.self)
        }
        return LanguageTag(
            language: language, script: script, region: String(decoding: record.suffix(2), as: UTF8.self))
    }
}
