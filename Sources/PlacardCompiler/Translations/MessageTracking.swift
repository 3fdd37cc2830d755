import PlacardBundle
import PlacardText
import SourceDiagnostics

/// What is to be said of a translation that is not simply up to date.
struct TranslationState: Sendable {
    enum Kind: Sendable {
        /// Its source has changed since.
        case outdated
        /// It lacks texts, so that the message falls back.
        case incomplete
        /// It is its source, word for word.
        case identical
    }

    var locale: String
    var kind: Kind
    /// Whether the message falls back in its place.
    var fallsBack = false
}

/// A translation's file, and what its texts were compiled to; an object, as it is large.
final class CompiledTranslation {
    /// The message's id, with `+variant` behind it for a variant.
    let message: String
    let overlay: Translation
    let content: MessageContent<MessageText>

    init(_ message: String, _ overlay: Translation, _ content: MessageContent<MessageText>) {
        self.message = message
        self.overlay = overlay
        self.content = content
    }
}

/// A translation beside its source, with what its project's lock remembers of it.
struct TrackedTranslation: Sendable {
    var comparison: TranslationComparison
    var outdated: [OutdatedUnit]
    /// The line of the lock that tells of it, as it is to be.
    var line: [UInt8]
    /// Whether the lock has that line.
    var isRecorded: Bool
    /// Whether it has every text.
    var isComplete: Bool
}

/// The texts of a message and of its variants, by the message's id, with `+variant` behind it for a variant.
struct TrackedSource: Sendable {
    var texts: [String: [TranslatableText]]
    /// Cut into units, where a lock or somebody asks for them.
    var units: [String: SourceUnits]
}

/// The texts of the source; nil where nobody asks for them.
func trackedSource(_ message: MessageDeclaration, _ source: Localization<MessageText>, _ context: CompilerContext)
    -> TrackedSource?
{
    guard context.keepsUnits || !message.files.translations.isEmpty else { return nil }
    let id = message.definition.id
    var texts = [id: source.content.translatableTexts(message.definition.variables)]
    for (variant, own) in zip(message.variants, source.variants) {
        texts["\(id)+\(variant.id)"] = own.content.translatableTexts(variant.changes.variables)
    }
    let needsUnits = context.keepsUnits || context.lock != nil
    return TrackedSource(texts: texts, units: needsUnits ? texts.mapValues { SourceUnits($0) } : [:])
}

/// Makes warnings of the gaps in a translation to a locale that does not need one: the message falls back as a whole.
///
/// - Parameter diagnostics: those of the translation.
/// - Returns: whether it is to be shown.
func judgeGaps(
    _ locale: String, _ definition: MessageDefinition, _ project: ProjectDefinition,
    _ record: inout TranslationRecord, _ diagnostics: inout [Diagnostic]
) -> Bool {
    // Nearly every translation has no diagnostics at all.
    if diagnostics.isEmpty { return true }
    let gaps = diagnostics.indices.filter {
        ["translation/missing-text", "translation/missing-variant"].contains(diagnostics[$0].id)
    }
    guard !gaps.isEmpty else { return true }
    let isRequired = project.policy(locale)?.required == true
    let isDemanded = isRequired || (definition.onMissing ?? project.onMissing) == .error
    guard !isDemanded || project.allowsIncomplete else {
        let why =
            isRequired ? "placard.yaml requires this locale" : "a message whose `onMissing` is `error` has no gaps"
        for gap in gaps {
            diagnostics[gap].notes = [
                diagnostics[gap].notes.first ?? "",
                "\(why); `placard new translation \(definition.id) \(locale) --update` adds what is missing",
            ]
        }
        record.states.append(TranslationState(locale: locale, kind: .incomplete))
        return true
    }
    for gap in gaps {
        diagnostics[gap].severity = .warning
        diagnostics[gap].notes = [
            diagnostics[gap].notes.first ?? "",
            "a message is shown in one language as a whole: until it is there, this one falls back",
        ]
    }
    record.states.append(TranslationState(locale: locale, kind: .incomplete, fallsBack: true))
    return false
}

/// Holds a translation and those of its variants against what the lock remembers.
///
/// - Returns: whether it is to be shown.
/// - Parameter diagnostics: those of the translation.
func track(
    _ locale: String, _ translations: [CompiledTranslation], _ source: TrackedSource, _ context: CompilerContext,
    _ record: inout TranslationRecord, _ diagnostics: inout [Diagnostic]
) -> Bool {
    let isIncomplete = record.state(locale) == .incomplete
    var isOutdated = false
    var isIdentical = true
    let policy = source.units.isEmpty ? .show : context.project.outdatedPolicy(locale)
    for translation in translations {
        let message = translation.message
        guard let texts = source.texts[message] else { continue }
        let overlay = translation.overlay
        let own = translation.content.translatableTexts(overlay.fallbacks)
        if let quality = context.qualities[locale] {
            let (found, isSame) = quality.check(
                own, texts, file: overlay.file, identical: overlay.identical)
            diagnostics += found
            isIdentical = isIdentical && isSame
        }
        guard let units = source.units[message] else { continue }
        let comparison = TranslationComparison(
            locale: locale, message: message, source: units, target: own, match: context.variantMatch)
        let (outdated, line, isRecorded) = comparison.compare(context.lock)
        if !outdated.isEmpty {
            // What has changed in the source says so itself.
            let places = outdated.map(\.targetLabel)
            diagnostics.removeAll { diagnostic in
                diagnostic.id == "translation/different-number"
                    && places.contains {
                        $0.file == diagnostic.primary.file && $0.span.start <= diagnostic.primary.span.start
                            && $0.span.end >= diagnostic.primary.span.end
                    }
            }
        }
        for unit in outdated {
            diagnostics.append(outdatedDiagnostic(unit, of: message, in: locale, policy))
        }
        isOutdated = isOutdated || !outdated.isEmpty
        if !isRecorded, context.lock != nil {
            diagnostics.append(.unrecorded(overlay.file))
        }
        if context.keepsUnits {
            record.comparisons.append(
                TrackedTranslation(
                    comparison: comparison, outdated: outdated, line: line, isRecorded: isRecorded,
                    isComplete: !isIncomplete))
        }
    }
    guard isOutdated else {
        if isIdentical, !isIncomplete {
            record.states.append(TranslationState(locale: locale, kind: .identical))
        }
        return true
    }
    if !isIncomplete {
        record.states.append(
            TranslationState(locale: locale, kind: .outdated, fallsBack: policy == .fallback))
    }
    return policy != .fallback
}

private func outdatedDiagnostic(
    _ unit: OutdatedUnit, of message: String, in locale: String, _ policy: OutdatedPolicy
) -> Diagnostic {
    func text(_ words: [UInt8]) -> String { quoted(String(decoding: words, as: UTF8.self)) }
    let change: String
    switch (unit.former, unit.now) {
    case (let former?, let now?):
        change = "the source has changed since: \(sentence(of: wordChanges(from: former, to: now)))"
    case (nil, let now?) where unit.change == .added: change = "the source has a new text since: \(text(now))"
    case (nil, let now?): change = "the source has changed since, to \(text(now))"
    case (let former?, nil): change = "the source has dropped since what this translates: \(text(former))"
    case (nil, nil): change = "the source has dropped since what this translates"
    }
    return .outdated(
        change, policy, command: "placard translations accept --locale \(locale) \(message)/\(unit.id)",
        at: unit.targetLabel, source: unit.sourceLabel)
}
