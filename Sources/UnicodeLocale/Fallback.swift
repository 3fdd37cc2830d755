extension LanguageTag {
    /// Where CLDR looks next when a value is missing; nil for root (UTS 35, "Parent Locales").
    ///
    /// Extensions go first. Then CLDR's explicit parent counts (`es-MX` has `es-419`), then the rule that a script
    /// other than the language's likely one does not fall back to the language (`sr-Latn` has root), and else the last
    /// subtag is cut off.
    public var parent: LanguageTag? {
        if !extensions.isEmpty || !privateUse.isEmpty { return withoutExtensions }
        if let parent = LineTable(LocaleData.parents).value(text) {
            return parent == "und" ? nil : try? LanguageTag(parent)
        }
        var result = self
        if result.variants.popLast() != nil { return result }
        if region != nil {
            result.region = nil
            return result
        }
        if script != nil {
            result.script = nil
            return result.maximized?.script == script ? result : nil
        }
        return nil
    }

    /// The tag and its CLDR ancestors, without root: `es-MX`, `es-419`, `es`.
    public var fallbackChain: [LanguageTag] {
        var result = [self]
        while result.count < LanguageTag.chainLimit, let parent = result[result.count - 1].parent {
            result.append(parent)
        }
        return result
    }

    /// A tag has fewer ancestors than this; a loop in the data would end here.
    static let chainLimit = 64

    /// The tag under which CLDR keeps the data of this one: with its script when that is not the language's usual one.
    ///
    /// `zh-TW` is kept as `zh-Hant-TW`, so that its chain leads to `zh-Hant` and not to `zh`, which is simplified;
    /// `en-US` stays `en-US`.
    public var withDistinctiveScript: LanguageTag {
        guard script == nil, let script = maximized?.script else { return self }
        guard LanguageTag(language: language).maximized?.script != script else { return self }
        var result = self
        result.script = script
        return result
    }
}
