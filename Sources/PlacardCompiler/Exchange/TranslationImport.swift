import ByteText
import PlacardExchange
import PlacardText
import SourceDiagnostics

/// What importing a file changes.
package struct TranslationImport: Sendable {
    /// A unit that is not taken.
    package struct Rejection: Sendable {
        package var id: String
        package var target: String
        /// On one line, without a full stop.
        package var reason: String
    }

    /// The files that change, in the order of their paths.
    package var files: [(path: String, bytes: [UInt8])] = []
    /// Units whose words are new.
    package var taken = 0
    /// Units that were outdated and came back as they were, confirmed.
    package var confirmed: Set<ConfirmedUnit> = []
    /// Units that are as they were.
    package var unchanged = 0
    /// Units without a translation, or marked as in need of review.
    package var untranslated = 0
    package var rejected: [Rejection] = []

    package struct ConfirmedUnit: Hashable, Sendable {
        package var locale: String
        package var message: String
        package var unit: String

        package init(locale: String, message: String, unit: String) {
            self.locale = locale
            self.message = message
            self.unit = unit
        }
    }
}

/// What makes a translation one that is not let in, besides errors.
private let refusedDiagnostics: Set<String> = [
    "translation/unknown-placeholder", "translation/dropped-placeholder", "translation/different-link",
    "translation/dropped-link", "translation/different-markup", "translation/escaped-placeholder",
]

extension Compilation {
    /// Plans the import of a file that translators gave back, of a project that was compiled with `keepsUnits`.
    ///
    /// Each unit is judged by itself: what is wrong is rejected with its reason, and the rest is taken. Nothing is written here.
    package func planImport(_ document: ReturnedDocument, locale: String) -> TranslationImport {
        var plan = TranslationImport()
        plan.rejected = document.rejected.map { TranslationImport.Rejection(id: $0.id, target: "", reason: $0.reason) }
        let slots = exchangeSlots(locale)
        var edits: [String: [(slot: ExchangeSlot, text: String)]] = [:]
        var order: [String] = []
        for (slot, unit) in matched(document, slots, &plan) {
            let isSame = isSameText(unit.target, slot.unit.target)
            if isSame {
                plan.unchanged += 1
                if slot.unit.state == .outdated, !unit.needsReview, document.keepsState {
                    plan.confirmed.insert(.init(locale: locale, message: slot.message, unit: slot.unitID))
                }
                continue
            }
            if unit.target.allSatisfy(\.isWhitespace) || unit.needsReview && (document.keepsState || isSame) {
                plan.untranslated += 1
                continue
            }
            if holdsTag(unit.target), !holdsTag(slot.unit.source) {
                plan.rejected.append(
                    .init(
                        id: unit.name, target: unit.target,
                        reason: "it holds HTML, which its source has not; Markdown is what texts are written in"))
                continue
            }
            if edits[slot.message] == nil { order.append(slot.message) }
            edits[slot.message, default: []].append((slot, unit.target))
        }
        var byMessage: [String: [ExchangeSlot]] = [:]
        for slot in slots { byMessage[slot.message, default: []].append(slot) }
        take(order.map { ($0, edits[$0] ?? [], byMessage[$0] ?? []) }, locale, &plan)
        return plan
    }

    /// Units with the slots that they are for; the others are rejected.
    private func matched(
        _ document: ReturnedDocument, _ slots: [ExchangeSlot], _ plan: inout TranslationImport
    ) -> [(ExchangeSlot, ReturnedUnit)] {
        var places: [String: Int] = [:]
        var forms: [String: [Int: Int]] = [:]
        var variants: [String: [String: Int]] = [:]
        for (index, slot) in slots.enumerated() {
            places[slot.unit.id] = index
            if let form = slot.unit.form { forms[form.group, default: [:]][form.index] = index }
            if let variant = slot.unit.variant { variants[variant.group, default: [:]][variant.value] = index }
        }
        let messages = Set(self.messages.map(\.definition.id))
        var first: [Int: ReturnedUnit] = [:]
        var result: [(ExchangeSlot, ReturnedUnit)] = []
        for unit in document.units {
            func reject(_ reason: String) {
                plan.rejected.append(.init(id: unit.name, target: unit.target, reason: reason))
            }
            let variant = unit.variant.map { variants[unit.id]?[$0] }
            guard let place = unit.form.map({ forms[unit.id]?[$0] }) ?? variant ?? places[unit.id] else {
                let message = String(unit.id.prefix { $0 != "/" && $0 != "+" })
                if unit.target.isEmpty {
                    plan.untranslated += 1
                } else if !messages.contains(message) {
                    reject("the project has no message \(message)")
                } else if let variant = unit.variant, variants[unit.id] != nil {
                    reject("its text has no variant `\(variant.prefix(40))` in this language")
                } else {
                    reject("\(message) has no such text any more; its source has changed since the export")
                }
                continue
            }
            let slot = slots[place]
            let source = slot.unit.form.flatMap { unit.form == nil ? nil : $0.singular } ?? slot.unit.source
            if let known = first[place] {
                if known.target != unit.target { reject("the id comes twice, with different translations") }
                continue
            }
            first[place] = unit
            guard isSameText(unit.source, source) else {
                reject("its source says something else than the project’s; export again")
                continue
            }
            result.append((slot, unit))
        }
        return result
    }

    // MARK: Taking

    private func take(
        _ edits: [(message: String, edits: [(slot: ExchangeSlot, text: String)], slots: [ExchangeSlot])],
        _ locale: String,
        _ plan: inout TranslationImport
    ) {
        var drafts: [(draft: TranslationDraft, edits: [(slot: ExchangeSlot, text: String)], bytes: [UInt8])] = []
        let owners = Dictionary(messages.map { ($0.definition.id, $0) }) { first, _ in first }
        for (name, edits, slots) in edits {
            guard let message = owners[String(name.prefix { $0 != "+" })] else { continue }
            let draft = TranslationDraft(compilation: self, message: message, name: name, locale: locale)
            if files[draft.path] == nil, edits.count < slots.count {
                // A message is shown in one language as a whole.
                plan.untranslated += edits.count
                continue
            }
            let (bytes, unplaced) = draft.bytes(edits)
            for id in unplaced {
                let edit = edits.first { $0.slot.unit.id == id }
                let isVariant = edit?.slot.key != nil && edit?.slot.place == nil
                plan.rejected.append(
                    .init(
                        id: id, target: edit?.text ?? "",
                        reason: isVariant
                            ? "its variant is new, and another block of it has no translation yet"
                            : "\(draft.path) lacks its key, or has it without this entry; add it there first"))
            }
            let placed = edits.filter { !unplaced.contains($0.slot.unit.id) }
            guard !placed.isEmpty, let bytes = unplaced.isEmpty ? bytes : draft.bytes(placed).bytes else { continue }
            drafts.append((draft, placed, bytes))
        }
        let problems = self.problems(of: drafts.map { ($0.draft, $0.edits, $0.bytes) }, locale)
        for (index, draft) in drafts.enumerated() {
            if problems[index].isEmpty {
                plan.files.append((draft.draft.path, draft.bytes))
                plan.taken += draft.edits.count
            } else {
                takeOneByOne(draft.draft, draft.edits, locale, &plan)
            }
        }
        plan.files.sort { utf8Less($0.path, $1.path) }
    }

    /// Finds out which units of a file are to blame, and takes the others.
    private func takeOneByOne(
        _ draft: TranslationDraft, _ edits: [(slot: ExchangeSlot, text: String)], _ locale: String,
        _ plan: inout TranslationImport
    ) {
        let isNew = files[draft.path] == nil
        let small = part(draft.message)
        var good: [(slot: ExchangeSlot, text: String)] = []
        for (index, edit) in edits.enumerated() {
            // In a new file the words of the source stand for the others.
            let all = isNew ? edits.enumerated().map { ($1.slot, $0 == index ? $1.text : $1.slot.unit.source) } : [edit]
            let problem = draft.bytes(all).bytes.flatMap { small.problems(of: [(draft, [edit], $0)], locale)[0].first }
            if let problem {
                plan.rejected.append(.init(id: edit.slot.unit.id, target: edit.text, reason: problem))
            } else {
                good.append(edit)
            }
        }
        guard !good.isEmpty else { return }
        if isNew, good.count < edits.count {
            plan.untranslated += good.count
            return
        }
        guard let bytes = draft.bytes(good).bytes, small.problems(of: [(draft, good, bytes)], locale)[0].isEmpty else {
            for edit in good {
                plan.rejected.append(
                    .init(
                        id: edit.slot.unit.id, target: edit.text,
                        reason: "it does not go together with the other texts of \(draft.path)"))
            }
            return
        }
        plan.files.append((draft.path, bytes))
        plan.taken += good.count
    }

    /// The project without the other messages.
    private func part(_ message: CompiledMessage) -> Compilation {
        let own = Set(message.files.map { files.files[$0].path })
        let kept = files.files.filter { file in
            !file.path.hasPrefix("content/") && !file.path.hasPrefix("scenarios/") || own.contains(file.path)
                || file.path.hasSuffix("/_defaults.yaml") || message.assets.contains { "content/" + $0 == file.path }
        }
        return compile(ProjectFiles(kept), keepsUnits: true)
    }

    /// What would be wrong with each of some drafts: diagnostics that the project has not already, and words that would not be
    /// read back as they were given.
    private func problems(
        of drafts: [(draft: TranslationDraft, edits: [(slot: ExchangeSlot, text: String)], bytes: [UInt8])],
        _ locale: String
    ) -> [[String]] {
        guard !drafts.isEmpty else { return [] }
        let changed = Dictionary(drafts.map { ($0.draft.path, $0.bytes) }) { _, last in last }
        let result = compile(
            ProjectFiles(
                files.files.filter { changed[$0.path] == nil }
                    + changed.map { ProjectFiles.File(path: $0.key, bytes: $0.value) }),
            keepsUnits: true)
        func judged(_ compilation: Compilation) -> [String: [Diagnostic]] {
            let diagnostics = (compilation.diagnostics + compilation.withheld).filter {
                changed[$0.primary.file] != nil && ($0.severity == .error || refusedDiagnostics.contains($0.id))
                    && $0.id != "translation/outdated" && $0.id != "translation/missing-text"
            }
            return Dictionary(grouping: diagnostics, by: \.primary.file)
        }
        let (before, after) = (judged(self), judged(result))
        var targets: [String: String] = [:]
        for slot in result.exchangeSlots(locale) { targets[slot.unit.id] = slot.unit.target }
        return drafts.map { draft, edits, _ in
            var known = before[draft.path] ?? []
            var problems: [String] = []
            for diagnostic in after[draft.path] ?? [] {
                if let index = known.firstIndex(where: { $0.id == diagnostic.id && $0.message == diagnostic.message }) {
                    known.remove(at: index)
                } else {
                    problems.append("\(diagnostic.message) (\(diagnostic.id))")
                }
            }
            guard problems.isEmpty else { return problems }
            for edit in edits
            where !isSameText(
                targets[edit.slot.unit.id] ?? "", blockText(edit.text, edit.slot.place?.kind ?? .paragraph))
            {
                problems.append("it would be read as something else: a list, a heading, or several paragraphs")
                break
            }
            return problems
        }
    }
}
