import ByteText
import PlacardPreview
import SourceDiagnostics

/// An earlier version of a project, for a build that tells what changed since.
package struct ComparedBase: Sendable {
    /// As the user named it: `main`, `v1.4.0`.
    package var name: String
    package var compilation: Compilation
    /// What changed from it.
    package var difference: ProjectDifference
    /// The difference as a comment on a pull request.
    package var summary: [UInt8]

    package init(name: String, compilation: Compilation, difference: ProjectDifference, summary: [UInt8]) {
        self.name = name
        self.compilation = compilation
        self.difference = difference
        self.summary = summary
    }
}

/// What changed, as pages tell it.
///
/// - Parameters:
///   - now: makes the later version's messages.
func previewChanges(from base: ComparedBase, to now: PreviewBuilder) -> PreviewChanges {
    let builder = ChangeBuilder(base, now)
    let messages = base.difference.messages
    let looks = builder.looks(base.difference)
    let look = PreviewLook(base.compilation.project.look)
    return PreviewChanges(
        base: base.name, declarations: base.difference.declarations.map(builder.value),
        files: base.difference.files.map { PreviewChangedFile(path: $0.path, kind: PreviewChangeKind($0.change)) },
        messages: messages.map(builder.change), looks: looks, summary: base.summary, look: look,
        templates: base.compilation.templates.map { PreviewTemplate($0) },
        assets: builder.formerAssets(messages.map(\.id) + looks.map(\.change.id)),
        languages: { index in builder.languages(messages[index]) })
}

extension PreviewChangeKind {
    fileprivate init(_ change: MessageDifference.Change) {
        self =
            switch change {
            case .added: .added
            case .changed: .changed
            case .removed: .removed
            }
    }
}

/// Puts both versions of messages beside each other.
private struct ChangeBuilder: Sendable {
    private let former: PreviewBuilder
    private let now: PreviewBuilder
    private let formerMessages: [String: CompiledMessage]
    private let messages: [String: CompiledMessage]

    init(_ base: ComparedBase, _ now: PreviewBuilder) {
        former = PreviewBuilder(base.compilation, [:])
        self.now = now
        formerMessages = VersionedMessages(base.compilation).messages
        messages = VersionedMessages(now.compilation).messages
    }

    func value(_ value: ChangedValue) -> PreviewChangedValue {
        guard let former = value.former, let now = value.now, former.utf8.count + now.utf8.count > 60 else {
            return PreviewChangedValue(value.name, former: value.former, now: value.now)
        }
        return PreviewChangedValue(value.name, former: former, now: now, runs: textRuns(from: former, to: now))
    }

    /// The values of a message, its schedule as people read a calendar.
    private func values(_ difference: MessageDifference, _ summary: PreviewSummary?) -> [PreviewChangedValue] {
        func facts(_ message: CompiledMessage?) -> [NamedValue] {
            guard let schedule = message?.definition.schedule?.schedule else { return [] }
            return scheduleFacts(schedule).map {
                NamedValue(name: $0.label.lowercased(), aspect: .schedule, value: $0.value)
            }
        }
        let schedule = changes(
            from: facts(formerMessages[difference.id]), to: facts(messages[difference.id]))
        let others = difference.values.filter { schedule.isEmpty || $0.aspect != .schedule }
        return (audienceInWords(difference, summary) + others + schedule).map(value)
    }

    /// What templates that are others make of messages that are as they were, by an example each.
    func looks(_ difference: ProjectDifference) -> [PreviewChangedLook] {
        let changed = Set(difference.messages.map(\.id))
        let names = Set(
            difference.files.compactMap { file -> String? in
                let parts = file.path.split(separator: "/")
                return parts.count == 3 && parts[0] == "templates" ? String(parts[1]) : nil
            })
        return names.sorted(by: utf8Less).compactMap { name in
            let drawn = now.compilation.messages.filter { message in
                message.template == name && !changed.contains(message.definition.id)
                    && formerMessages[message.definition.id]?.template == name
            }
            guard let first = drawn.first, let old = formerMessages[first.definition.id] else { return nil }
            let outline = now.outline(first)
            guard let before = former.message(old, former.outline(old)).localizations.first?.cards.first,
                let after = now.message(first, outline).localizations.first?.cards.first
            else { return nil }
            return PreviewChangedLook(
                count: drawn.count,
                change: PreviewChange(
                    id: first.definition.id, file: "", kind: .changed, title: outline.summary.title ?? "",
                    language: outline.summary.language, isRightToLeft: outline.summary.isRightToLeft,
                    formerTemplate: old.template, template: first.template),
                locale: now.locales[0], pair: PreviewCardPair(variant: "", former: before, now: after))
        }
    }

    /// The images that former versions of these messages show.
    func formerAssets(_ ids: [String]) -> [PreviewAsset] {
        let compilation = former.compilation
        return Set(ids.compactMap { formerMessages[$0] }.flatMap(\.assets)).sorted(by: utf8Less).compactMap { name in
            compilation.assets[name].map { PreviewAsset(path: name, bytes: compilation.files.files[$0].bytes) }
        }
    }

    func change(_ difference: MessageDifference) -> PreviewChange {
        let old = formerMessages[difference.id]
        let summary = messages[difference.id].map { now.outline($0).summary }
        let locales = Set(difference.texts.map(\.locale) + difference.addedLocales + difference.removedLocales)
        let own = summary ?? old.map { former.outline($0).summary }
        return PreviewChange(
            id: difference.id, file: difference.file, kind: PreviewChangeKind(difference.change),
            aspects: difference.aspects.map(\.rawValue), title: own?.title ?? difference.id,
            language: own?.language ?? "en", isRightToLeft: own?.isRightToLeft ?? false,
            formerTemplate: old?.template, template: messages[difference.id]?.template,
            warnings: difference.warnings, values: values(difference, summary),
            audience: difference.audience.map {
                PreviewChangedAudience(direction: $0.direction, witnesses: $0.witnesses)
            },
            addedVariables: difference.addedVariables, removedVariables: difference.removedVariables,
            locales: now.locales.map(\.tag).filter(locales.contains)
                + locales.subtracting(now.locales.map(\.tag)).sorted(by: utf8Less))
    }

    /// Who saw it and who sees it, where that can be said in words and is another.
    private func audienceInWords(_ difference: MessageDifference, _ new: PreviewSummary?) -> [ChangedValue] {
        guard difference.aspects.contains(.audience), let old = formerMessages[difference.id], let new else {
            return []
        }
        let words = [former.outline(old).summary, new].map { summary -> String? in
            guard summary.audience.style == .text else { return nil }
            return summary.audience.value + (summary.condition.isEmpty ? "" : "; \(summary.condition)")
        }
        guard let before = words[0], let after = words[1], before != after else { return [] }
        return [ChangedValue(name: "in words", aspect: .audience, former: before, now: after)]
    }

    func languages(_ difference: MessageDifference) -> [PreviewChangedLanguage] {
        let old = formerMessages[difference.id].map { former.message($0, former.outline($0)) }
        let new = messages[difference.id].map { now.message($0, now.outline($0)) }
        var result: [PreviewChangedLanguage] = []
        for (index, locale) in now.locales.enumerated() where locale.policy != .pseudo {
            let place = former.locales.firstIndex { $0.tag == locale.tag }
            result.append(
                language(
                    locale, place.flatMap { old?.localizations[$0] }, new?.localizations[index], difference,
                    isSource: index == 0))
        }
        for (index, locale) in former.locales.enumerated()
        where locale.policy != .pseudo && !now.locales.contains(where: { $0.tag == locale.tag }) {
            result.append(language(locale, old?.localizations[index], nil, difference, isSource: false))
        }
        // Where nothing that is seen has changed, the reviewer still sees what it is about.
        if difference.change == .changed, !result.isEmpty,
            result.allSatisfy({ $0.pairs.isEmpty && $0.texts.isEmpty }),
            let card = new?.localizations.first?.cards.first
        {
            result[0].pairs = [PreviewCardPair(variant: "", former: nil, now: card)]
        }
        return result
    }

    private func language(
        _ locale: PreviewLocale, _ old: PreviewLocalization?, _ new: PreviewLocalization?,
        _ difference: MessageDifference, isSource: Bool
    ) -> PreviewChangedLanguage {
        // What readers see of another language is told there.
        let before = old.flatMap { $0.language == locale.tag ? $0.cards : nil } ?? []
        let after = new.flatMap { $0.language == locale.tag ? $0.cards : nil } ?? []
        var language = PreviewChangedLanguage(locale: locale, kind: nil, status: new?.status)
        switch (before.isEmpty, after.isEmpty) {
        case (true, true): return language
        case (true, false):
            language.kind = .added
            language.pairs = after.filter { !$0.isLong }.map { card in
                var pair = PreviewCardPair(variant: card.variant, former: nil, now: card)
                pair.isLikeMain = !card.variant.isEmpty
                return pair
            }
        case (false, true):
            language.kind = .removed
            guard isSource || difference.change != .removed else { return language }
            language.pairs = before.prefix(1).map { PreviewCardPair(variant: "", former: $0, now: nil) }
        case (false, false):
            language.texts = difference.texts.filter { $0.locale == locale.tag }.map { text in
                PreviewChangedText(
                    name: text.name,
                    runs: textRuns(
                        from: String(decoding: text.former, as: UTF8.self),
                        to: String(decoding: text.now, as: UTF8.self)))
            }
            let isSeen = difference.aspects.contains(.images) || difference.aspects.contains(.appearance)
            language.pairs = pairs(before, after, always: isSource && isSeen)
            if !language.pairs.isEmpty || !language.texts.isEmpty { language.kind = .changed }
        }
        return language
    }

    /// The cards that differ, by their variants; the main one also `always`.
    private func pairs(_ before: [PreviewCard], _ after: [PreviewCard], always: Bool) -> [PreviewCardPair] {
        var result: [PreviewCardPair] = []
        let others = before.filter { !$0.isLong }
        for card in after where !card.isLong {
            var card = card
            guard var other = others.first(where: { $0.variant == card.variant }) else {
                result.append(PreviewCardPair(variant: card.variant, former: nil, now: card))
                continue
            }
            guard card.showsOther(than: other) || always && card.variant.isEmpty else { continue }
            markChanges(&other, &card)
            result.append(PreviewCardPair(variant: card.variant, former: other, now: card))
        }
        for card in others where !after.contains(where: { $0.variant == card.variant && !$0.isLong }) {
            result.append(PreviewCardPair(variant: card.variant, former: card, now: nil))
        }
        if let main = result.first, main.variant.isEmpty {
            let words = main.markedWords
            for index in result.indices.dropFirst() where result[index].former != nil && result[index].now != nil {
                let own = result[index].markedWords
                result[index].isLikeMain = !own.isEmpty && own.isSubset(of: words)
            }
        }
        return result
    }
}

extension PreviewCard {
    /// Whether readers see something else than on another card.
    fileprivate func showsOther(than other: PreviewCard) -> Bool {
        var other = other
        other.samples = samples
        return self != other
    }
}
