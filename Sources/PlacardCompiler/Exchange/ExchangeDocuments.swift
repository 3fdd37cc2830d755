import ByteText
import PlacardExchange
import PlacardText
import UnicodeLocale

// What of a project translators get, and a translation completed with the source's words.

extension Compilation {
    /// What translators get of a locale, of a project that was compiled with `keepsUnits`.
    ///
    /// - Parameters:
    ///   - states: only units that stand so, and those that are one entry with them; nil for all.
    ///   - format: the format that says what is one entry.
    package func exchangeDocument(
        locale: String, only states: Set<ExchangeUnit.State>? = nil, for format: ExchangeFormat? = nil
    ) -> ExchangeDocument {
        var units = exchangeSlots(locale).filter { !$0.isHead || $0.unit.state == .outdated }.map(\.unit)
        if let states {
            // All forms of a plural go together.
            let groups = Set(units.filter { states.contains($0.state) }.compactMap { $0.group(in: format) })
            units = units.filter { states.contains($0.state) || groups.contains($0.group(in: format) ?? "") }
        }
        let forms = (try? LanguageTag(locale)).flatMap { PluralForms($0) }
        return ExchangeDocument(
            sourceLocale: project.source, targetLocale: locale, units: units,
            pluralForms: forms.map { ($0.categories.count, $0.formula) })
    }

    /// The files that translators get, one for each locale, made on all cores.
    ///
    /// - Parameter states: only units that stand so; nil for all.
    package func exchangeFiles(
        locales: [String], only states: Set<ExchangeUnit.State>?, as format: ExchangeFormat
    ) -> [(locale: String, units: Int, bytes: [UInt8])] {
        concurrentMap(locales.count, chunk: 1) { index in
            let document = exchangeDocument(locale: locales[index], only: states, for: format)
            return (locales[index], document.units.count, write(document, as: format))
        }
    }

    func exchangeSlots(_ locale: String) -> [ExchangeSlot] {
        concurrentMap(messages.count) { index -> [ExchangeSlot] in
            let names = messages[index].sourceUnits?.units.keys.sorted(by: utf8Less) ?? []
            return names.flatMap { exchangeSlots(of: messages[index], $0, locale) }
        }.flatMap { $0 }
    }

    /// The slots of one message, or of a variant of it.
    func exchangeSlots(of message: CompiledMessage, _ name: String, _ locale: String) -> [ExchangeSlot] {
        guard let tag = try? LanguageTag(locale) else { return [] }
        let translation = message.comparisons.first { $0.comparison.locale == locale && $0.comparison.message == name }
        return SlotBuilder(
            compilation: self, message: message, name: name, locale: tag, translation: translation,
            forms: PluralForms(tag)
        ).slots()
    }

    /// A message's translation, and those of its variants, with the source's words for every text that they lack, to be
    /// written over.
    ///
    /// - Returns: the files that change, in the order of their paths. Names of texts that there is no place for.
    package func completedTranslation(
        of id: String, to locale: String
    ) -> (files: [(path: String, bytes: [UInt8])], unplaced: [String]) {
        guard let message = messages.first(where: { $0.definition.id == id }) else { return ([], []) }
        var files: [(path: String, bytes: [UInt8])] = []
        var unplaced: [String] = []
        for name in (message.sourceUnits?.units.keys).map({ $0.sorted(by: utf8Less) }) ?? [] {
            let missing = withoutNeedlessFallbacks(
                exchangeSlots(of: message, name, locale).filter { $0.place == nil }, of: message, name, locale)
            guard !missing.isEmpty else { continue }
            let draft = TranslationDraft(compilation: self, message: message, name: name, locale: locale)
            let (bytes, without) = draft.bytes(missing.map { ($0, $0.unit.source) })
            unplaced += without
            if let bytes { files.append((draft.path, bytes)) }
        }
        return (files, unplaced)
    }

    /// Without the fallbacks of variables that a translation, once it has the source's words for what it lacks, does not use.
    private func withoutNeedlessFallbacks(
        _ slots: [ExchangeSlot], of message: CompiledMessage, _ name: String, _ locale: String
    ) -> [ExchangeSlot] {
        let comparison = message.comparisons.first { $0.comparison.locale == locale && $0.comparison.message == name }
        guard let texts = comparison?.comparison.texts else { return slots }
        let lacking = Set(slots.map(\.text))
        let words =
            texts.map(\.target)
            + (message.sourceUnits?.units[name]?.texts.map(\.text) ?? []).filter { lacking.contains($0.name) }
        let used = Set(words.flatMap { $0.compiled?.variables.map(\.name) ?? [] })
        return slots.filter { slot in
            !slot.text.hasPrefix("variables.") || used.contains(String(slot.text.dropFirst("variables.".utf8.count)))
        }
    }
}
