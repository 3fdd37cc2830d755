import ByteText
import CanonicalJSON
import PlacardExchange
import PlacardText
import SourceDiagnostics
import UnicodeLocale

/// A unit as it is exchanged, with its place in the translation.
struct ExchangeSlot: Sendable {
    var unit: ExchangeUnit
    /// The message's id, with `+variant` behind it for a variant.
    var message: String
    /// The name of its text.
    var text: String
    /// The key of its variant in the translation; nil for a text without.
    var key: String?
    /// Which of the source's sections and of its units it translates; nil for a text that is exchanged as a whole.
    var source: (section: Int, unit: Int)?
    /// Its place in the translated text; nil where there is none yet.
    var place: TextUnit?
    /// The unit's name for `accept`.
    var unitID: String
    /// Whether it is what stands before the variants, declarations and selectors; it goes out only when it is outdated.
    var isHead = false
}

/// Makes the units of one message, or of a variant of it, in one locale.
struct SlotBuilder {
    let compilation: Compilation
    let message: CompiledMessage
    let name: String
    let locale: LanguageTag
    let translation: TrackedTranslation?
    let forms: PluralForms?

    func slots() -> [ExchangeSlot] {
        guard let source = message.sourceUnits?.units[name] else { return [] }
        return source.texts.flatMap { slots($0) }
    }

    private func slots(_ source: SourceUnits.Text) -> [ExchangeSlot] {
        let paired = translation?.comparison.texts.first { $0.source.name == source.text.name }
        let target = paired?.target
        let targets = target?.sections()
        if source.sections.count == 1, source.sections[0].keys.isEmpty {
            let units = source.sections[0].units
            if let targets {
                guard targets.count == 1, targets[0].keys.isEmpty, targets[0].units.count == units.count else {
                    return [whole(source, target)]
                }
            }
            return units.indices.map { slot(source, (0, $0), key: nil, target, targets?[0].units[$0].place) }
        }
        guard source.sections.allSatisfy({ $0.keys.count == 1 || $0.name.hasSuffix("{}") }) else {
            return [whole(source, target)]
        }
        return variants(source, target, targets) ?? [whole(source, target)]
    }

    // MARK: Variants

    private func variants(
        _ source: SourceUnits.Text, _ target: TranslatableText?, _ targets: [UnitSection]?
    ) -> [ExchangeSlot]? {
        let match = VariantMatch(source: try? LanguageTag(compilation.project.source))
        let own = targets?.filter { !$0.name.hasSuffix("{}") }
        if let own, own.contains(where: { $0.keys.count != 1 }) { return nil }
        var slots: [ExchangeSlot] = []
        let keys = keys(own, source)
        for key in keys {
            guard let section = match.counterpart(of: [key], among: source.sections) else { return nil }
            let units = source.sections[section].units
            let translated = own?.first { $0.keys == [key] }
            if let translated, translated.units.count != units.count { return nil }
            for unit in units.indices {
                slots.append(slot(source, (section, unit), key: key, target, translated?.units[unit].place))
            }
        }
        return withForms(withCases(slots, of: source, in: name), source, keys) + head(source, target, targets)
    }

    /// Those of the translation, and names and numbers of the source and categories of the language that it lacks; or those that a
    /// new one needs.
    private func keys(_ own: [UnitSection]?, _ source: SourceUnits.Text) -> [String] {
        let needed = neededKeys(source)
        guard let own else { return needed }
        let known = own.map { $0.keys[0] }
        guard known.contains("*") else { return known }
        guard isPlural(source) else {
            return known.filter { $0 != "*" } + needed.filter { !known.contains($0) } + ["*"]
        }
        let numbers = needed.filter { Int64($0) != nil && !known.contains($0) }
        let exact = known + numbers
        guard let selector = source.selector, let kind = selector.rules else { return known }
        let rules = PluralRules(kind, locale: locale)
        let categories = needed.filter { key in
            guard let category = PluralCategory(name: key), !known.contains(key) else { return false }
            return isNeeded(category, rules, beside: exact, takesIntegers: selector.takesIntegers)
        }
        return known.filter { $0 != "*" } + numbers + categories + ["*"]
    }

    /// What stands before the variants, where both have it: other options of a declaration are other words.
    private func head(
        _ source: SourceUnits.Text, _ target: TranslatableText?, _ targets: [UnitSection]?
    ) -> [ExchangeSlot] {
        guard let section = source.sections.firstIndex(where: { $0.name.hasSuffix("{}") }), let target,
            let own = targets?.first(where: { $0.name.hasSuffix("{}") })
        else { return [] }
        func raw(_ text: TranslatableText, _ unit: UnitSection.Unit) -> TextUnit {
            let words = trimmed(Array(text.written.bytes[unit.place.span.start..<unit.place.span.end]))
            let start = unit.place.span.start
            return TextUnit(kind: .code, span: Span(start + words.start, start + words.end), holes: [])
        }
        let place = raw(target, own.units[0])
        var head = slot(source, (section, 0), key: nil, target, own.units[0].place)
        head.isHead = true
        head.place = place
        head.unit.target = exchangeText(target.written.bytes, place)
        head.unit.source = exchangeText(
            source.text.written.bytes, raw(source.text, source.sections[section].units[0]))
        head.unit.notes.append("no words, but how values are written and chosen by: as in the source")
        return [head]
    }

    /// Whether the variants are those of a number, rather than of names.
    private func isPlural(_ source: SourceUnits.Text) -> Bool {
        source.selector?.rules != nil
            && source.sections.flatMap(\.keys).allSatisfy {
                $0 == "*" || PluralCategory(name: $0) != nil || Int64($0) != nil
            }
    }

    /// The keys that a new translation has: numbers of the source, and the categories of the language.
    private func neededKeys(_ source: SourceUnits.Text) -> [String] {
        let keys = source.sections.flatMap(\.keys)
        guard isPlural(source), let kind = source.selector?.rules else { return keys }
        let rules = PluralRules(kind, locale: locale)
        let categories = rules.categories.filter { category in
            category != .other && (rules.smallestInteger(category).map { $0 < 1_000_000 } ?? false)
        }.map(\.name)
        // A number that a category stands for alone, as 1 for `one`, needs no variant of its own beside it.
        let numbers = keys.filter { key in
            Int64(key) != nil
                && !categories.contains {
                    VariantMatch(source: try? LanguageTag(compilation.project.source)).counterpart(
                        of: [$0], among: source.sections
                    ).map { source.sections[$0].keys == [key] } ?? false
                }
        }
        return numbers + categories + ["*"]
    }

    /// Tells the forms of a plural where gettext has them.
    private func withForms(_ slots: [ExchangeSlot], _ source: SourceUnits.Text, _ keys: [String]) -> [ExchangeSlot] {
        guard let forms, isPlural(source), source.selector?.rules == .cardinal else { return slots }
        // Each form is one variant: `*` is the form of `other`, or where no integer is `other` a unit of its own.
        let names = forms.categories.map { $0 == .other ? "*" : $0.name }
        guard names.allSatisfy(keys.contains) else { return slots }
        func index(_ key: String) -> Int? { source.sections.firstIndex { $0.keys == [key] } }
        guard let many = index("*"), let one = index("one") ?? index("1") ?? index("*"),
            source.sections[one].units.count == source.sections[many].units.count
        else { return slots }
        var result: [ExchangeSlot] = []
        for (unit, group) in sharedIDs(of: source, section: many, in: name).enumerated() {
            let own = slots.filter { $0.source?.unit == unit }
            func words(_ section: Int) -> String {
                exchangeText(source.text.written.bytes, source.sections[section].units[unit].place)
            }
            for (form, key) in names.enumerated() {
                guard var slot = own.first(where: { $0.key == key }) else { return slots }
                slot.unit.form = ExchangeUnit.Form(group: group, index: form, singular: words(one), plural: words(many))
                result.append(slot)
            }
            result += own.filter { !names.contains($0.key ?? "") }
        }
        return result
    }

    // MARK: Units

    private func slot(
        _ source: SourceUnits.Text, _ place: (section: Int, unit: Int), key: String?, _ target: TranslatableText?,
        _ targetPlace: TextUnit?
    ) -> ExchangeSlot {
        let section = source.sections[place.section]
        let unitID = section.unitIDs(isDocument: source.text.isDocument)[place.unit]
        var id = unitID
        if let key, section.keys != [key] {
            // `body{few}:1f0c9a` of the source's `body{*}:1f0c9a`.
            let own = UnitSection(name: source.text.name + "{\(key)}", keys: [key], units: section.units)
            id = own.unitIDs(isDocument: source.text.isDocument)[place.unit]
        }
        let outdated = translation?.outdated.first { $0.id == unitID }
        let targetPlace = targetPlace.flatMap { place in target.map { exchangePlace($0.written.bytes, place) } }
        let sourcePlace = exchangePlace(source.text.written.bytes, section.units[place.unit].place)
        let words = targetPlace.flatMap { place in target.map { exchangeText($0.written.bytes, place) } } ?? ""
        return ExchangeSlot(
            unit: ExchangeUnit(
                id: "\(name)/\(id)", source: exchangeText(source.text.written.bytes, sourcePlace),
                target: words, state: targetPlace == nil ? .missing : outdated == nil ? .current : .outdated,
                formerSource: outdated?.former.map { String(decoding: $0, as: UTF8.self) },
                notes: notes(source, key), file: source.text.written.file, limit: limit(source.text.name)),
            message: name, text: source.text.name, key: key, source: place, place: targetPlace, unitID: unitID)
    }

    /// A text that has another shape than its source, or one that no format has room for, as it stands.
    private func whole(_ source: SourceUnits.Text, _ target: TranslatableText?) -> ExchangeSlot {
        func raw(_ text: TranslatableText) -> TextUnit {
            TextUnit(kind: .code, span: trimmed(text.written.bytes), holes: [])
        }
        let outdated =
            translation?.outdated.filter { unit in
                unit.id == source.text.name || unit.id.hasPrefix(source.text.name + ":")
                    || unit.id.hasPrefix(source.text.name + "{")
            } ?? []
        return ExchangeSlot(
            unit: ExchangeUnit(
                id: "\(name)/\(source.text.name)", source: exchangeText(source.text.written.bytes, raw(source.text)),
                target: target.map { exchangeText($0.written.bytes, raw($0)) } ?? "",
                state: target == nil ? .missing : outdated.isEmpty ? .current : .outdated,
                formerSource: outdated.first?.former.map { String(decoding: $0, as: UTF8.self) },
                notes: notes(source, nil) + ["the whole text, with its variants as MessageFormat 2 writes them"],
                file: source.text.written.file, limit: limit(source.text.name)),
            message: name, text: source.text.name, key: nil, source: nil, place: target.map(raw),
            unitID: source.text.name)
    }

    private func trimmed(_ bytes: [UInt8]) -> Span {
        let start = bytes.firstIndex { $0 > 0x20 } ?? bytes.count
        return Span(start, max(start, (bytes.lastIndex { $0 > 0x20 } ?? -1) + 1))
    }

    // MARK: Context

    private func limit(_ text: String) -> Int? {
        let template = compilation.templates.first { $0.name == message.template }
        let name = String(text.prefix { $0 != "." })
        if case .list(let limit)? = template?.field(name)?.kind { return limit }
        return text.contains(".") ? nil : template?.field(name)?.maximum
    }

    private func notes(_ source: SourceUnits.Text, _ key: String?) -> [String] {
        let text = source.text
        let definition = message.definition
        var notes: [String] = []
        if let own = definition.notes { notes.append(own) }
        var place = "\(text.name) of the \(message.template) “\(definition.id)”"
        if name != definition.id { place += ", variant \(name.drop { $0 != "+" }.dropFirst())" }
        if let event = definition.trigger?.event.value { place += ", shown on \(event)" }
        notes.append(place)
        if let limit = limit(text.name) { notes.append("at most \(limit) characters, values included") }
        if let key, let category = PluralCategory(name: key), let kind = source.selector?.rules {
            let samples = PluralRules(kind, locale: locale).integerSamples(category).prefix(6)
            notes.append("for numbers such as \(samples.joined(separator: ", "))")
        } else if key == "*" {
            notes.append("for all other values")
        } else if let key {
            notes.append("for the value \(key)")
        }
        let names = Set(text.compiled?.variables.map(\.name) ?? []).sorted(by: utf8Less)
        for name in names {
            guard let examples = examples(name), !examples.isEmpty else { continue }
            notes.append("{$\(name)}: such as \(examples.joined(separator: ", "))")
        }
        notes.append("preview: build/preview/m/\(definition.id).html")
        return notes
    }

    private func examples(_ variable: String) -> [String]? {
        let parts = variable.split(separator: ".", maxSplits: 1).map(String.init)
        guard parts.count == 2 else { return nil }
        let event = message.definition.trigger.flatMap { compilation.project.events[named: $0.event.value] }
        let attributes =
            parts[0] == "event"
            ? event?.properties : compilation.project.context[named: parts[0]]?.attributes
        guard let attribute = attributes?.first(where: { $0.name == parts[1] }) else { return nil }
        let values =
            attribute.examples.isEmpty ? attribute.values : attribute.examples.map { $0.string ?? $0.canonicalString }
        return Array(values.prefix(4))
    }
}
