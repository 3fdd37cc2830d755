import ByteText
import SourceDiagnostics

/// How a project's translations stand: every message in every locale.
package struct TranslationStatus: Sendable {
    /// What a translation is. Of several that hold, the one that comes first counts.
    package enum State: String, Sendable, CaseIterable {
        /// There is none.
        case missing
        /// It lacks texts that its source has.
        case incomplete
        /// Its source has changed since.
        case outdated
        /// It is its source, word for word.
        case identical
        /// It is up to date.
        case current
    }

    /// One message in one locale.
    package struct Cell: Sendable {
        package var state: State
        /// Words of the source whose translation is up to date.
        package var words: Int
        /// The units that are outdated or missing, by name; of a message that is missing as a whole, none.
        package var outdated: [String]
        package var missing: [String]
        /// The translation's file, or where it would be.
        package var file: String
    }

    package struct Message: Sendable {
        package var id: String
        /// Words of the source, those of variants included.
        package var words: Int
        /// One for each of ``TranslationStatus/locales``, in the same order.
        package var cells: [Cell]
    }

    package struct Locale: Sendable {
        package var tag: String
        package var isRequired: Bool
        package var outdatedPolicy: OutdatedPolicy
        /// Messages by state.
        package var counts: [State: Int]
        /// Words of the source, and of those whose translation is up to date.
        package var words: Int
        package var currentWords: Int

        /// Hundredths of words that are up to date, rounded down, so that 100 means all.
        package var percent: Int { words == 0 ? 100 : currentWords * 100 / words }

        /// Whether the project's policy for the locale is broken: something is missing that is required, or outdated that
        /// must not be.
        package var fails: Bool {
            let gaps = counts[.missing, default: 0] + counts[.incomplete, default: 0]
            return isRequired && gaps > 0 || outdatedPolicy == .error && counts[.outdated, default: 0] > 0
        }
    }

    package var locales: [Locale]
    /// In the order of their ids.
    package var messages: [Message]
    /// Whether the project keeps what its translations were made from; without, all of them count as current.
    package var hasLock: Bool
}

extension Compilation {
    /// How translations stand, of a project that was compiled with `keepsUnits`.
    ///
    /// - Parameter chosen: the locales to look at; nil for all.
    package func translationStatus(locales chosen: [String]? = nil) -> TranslationStatus {
        let policies = project.locales.filter { chosen?.contains($0.tag) ?? true }
        let messages = self.messages.compactMap { message in
            message.sourceUnits.map { status(message, $0, policies) }
        }
        let locales = policies.indices.map { index in
            var locale = TranslationStatus.Locale(
                tag: policies[index].tag, isRequired: policies[index].required,
                outdatedPolicy: project.outdatedPolicy(policies[index].tag), counts: [:], words: 0, currentWords: 0)
            for message in messages {
                locale.counts[message.cells[index].state, default: 0] += 1
                locale.words += message.words
                locale.currentWords += message.cells[index].words
            }
            return locale
        }
        return TranslationStatus(locales: locales, messages: messages, hasLock: lock != nil)
    }

    private func status(
        _ message: CompiledMessage, _ source: TrackedSource, _ policies: [LocalePolicy]
    ) -> TranslationStatus.Message {
        let units = source.units.values.flatMap(\.texts)
        let words = units.reduce(0) { $0 + $1.wordCount }
        let paths = message.files.map { files.files[$0].path }
        let cells = policies.map { policy -> TranslationStatus.Cell in
            let own = message.comparisons.filter { $0.comparison.locale == policy.tag }
            let main = message.definition.file.dropLast(".md".utf8.count) + ".\(policy.tag).md"
            var cell = TranslationStatus.Cell(state: .missing, words: 0, outdated: [], missing: [], file: String(main))
            guard paths.contains(cell.file) else { return cell }
            for translation in own {
                let isVariant = translation.comparison.message != message.definition.id
                let prefix = isVariant ? translation.comparison.message + "/" : ""
                cell.outdated += translation.outdated.map { prefix + $0.id }
            }
            let translated = Set(
                own.flatMap { entry in entry.comparison.texts.map { entry.comparison.message + "/" + $0.source.name } })
            for (id, part) in source.units.sorted(by: { utf8Less($0.key, $1.key) }) {
                for text in part.texts {
                    guard translated.contains(id + "/" + text.text.name) else {
                        cell.missing.append(id == message.definition.id ? text.text.name : id + "/" + text.text.name)
                        continue
                    }
                    cell.words += text.wordCount
                }
            }
            for translation in own {
                for unit in translation.outdated { cell.words -= wordCount(unit.now ?? []) }
            }
            cell.words = max(0, cell.words)
            cell.state = state(message, policy.tag, cell)
            return cell
        }
        return TranslationStatus.Message(id: message.definition.id, words: words, cells: cells)
    }

    private func state(
        _ message: CompiledMessage, _ locale: String, _ cell: TranslationStatus.Cell
    ) -> TranslationStatus.State {
        if !cell.missing.isEmpty { return .incomplete }
        switch message.translationState(locale) {
        case .incomplete: return .incomplete
        case .outdated: return .outdated
        case .identical: return .identical
        case nil: return .current
        }
    }
}

extension SourceUnits.Text {
    /// Words in all of its units; declarations have none.
    var wordCount: Int {
        sections.filter { !$0.name.hasSuffix("{}") }.reduce(0) {
            $0 + $1.units.reduce(0) { $0 + PlacardCompiler.wordCount($1.words) }
        }
    }
}

extension CompiledMessage {
    /// What `placard translations accept` takes for this message: its id, its variants, and each of their units. Of a message that was
    /// compiled with `keepsUnits`.
    package var translatableIDs: [String] {
        guard let sourceUnits else { return [definition.id] }
        var ids: [String] = []
        for (message, units) in sourceUnits.units.sorted(by: { utf8Less($0.key, $1.key) }) {
            ids.append(message)
            for text in units.texts {
                for section in text.sections {
                    for id in section.unitIDs(isDocument: text.text.isDocument) { ids.append("\(message)/\(id)") }
                }
            }
        }
        // What the source dropped is outdated until its translations drop it too.
        for translation in comparisons {
            for unit in translation.outdated where unit.change == .removed {
                ids.append("\(translation.comparison.message)/\(unit.id)")
            }
        }
        return ids
    }
}

extension Compilation {
    /// Whether a message's source has an error, so that some of its texts are not known. Of a project that was compiled with
    /// `keepsUnits`.
    package var hasBrokenSources: Bool {
        if messages.contains(where: { $0.sourceUnits == nil }) { return true }
        let errors = diagnostics.filter { $0.severity == .error && !$0.id.hasPrefix("translation/") }
        if errors.isEmpty { return false }
        var sources = Set(messages.map(\.definition.file))
        for units in messages.flatMap({ $0.sourceUnits.map { Array($0.units.values) } ?? [] }) {
            if let file = units.texts.first?.text.written.file { sources.insert(file) }
        }
        return errors.contains { sources.contains($0.primary.file) }
    }
}
