import SourceDiagnostics

/// What is to be recorded in `translations.lock`.
package struct LockUpdate: Sendable {
    /// The file as it is to be; nil when it is so already, or there is nothing to record.
    package var bytes: [UInt8]?
    /// How many translations are recorded that were not, or not as they stand.
    package var recorded: Int
    /// How many are not recorded, as a fix is open that makes another text of their source.
    package var postponed = 0
    /// How many outdated units were accepted.
    package var accepted: Int
    /// Whether the project kept none before.
    package var isFirst: Bool
}

extension Compilation {
    /// Records what each translation was made from. What is outdated stays so, unless it is accepted.
    ///
    /// Of a project that was compiled with `keepsUnits`. What is known of messages and translations with errors is kept as it
    /// is: a text that cannot be read, or is about to be another, is not gone. So is what is known of a source that has a fix
    /// yet to be made: a translation that was recorded now would be outdated by it.
    ///
    /// - Parameters:
    ///   - accepts: whether a unit of a locale counts as up to date, by the message's id and its own name.
    ///   - records: whether what a translation was made from is recorded, by the path of its file; of others the lock keeps
    ///     what it knew. Nil for all.
    package func updatedLock(
        accepting accepts: (_ locale: String, _ message: String, _ unit: String) -> Bool = { _, _, _ in false },
        of records: ((String) -> Bool)? = nil
    ) -> LockUpdate {
        var update = LockUpdate(bytes: nil, recorded: 0, accepted: 0, isFirst: lock == nil)
        var lines: [[UInt8]] = []
        var words: [UnitHash: [UInt8]] = [:]
        var tracked: Set<String> = []
        let faults = FaultyTexts(diagnostics)
        let unfixed = sourcesWithOpenFixes(diagnostics)
        let known = knownLines
        let recorded = records.map { records in Set(translationFiles.filter { records($0.path) }.map(\.name)) }
        for translation in messages.flatMap(\.comparisons) {
            let comparison = translation.comparison
            let (locale, message) = (comparison.locale, comparison.message)
            let name = "\(locale) \(message)"
            if let recorded, !recorded.contains(name) {
                guard let before = known[name] else { continue }
                tracked.insert(name)
                keep(before, &lines, &words)
                continue
            }
            if faults.concern(message, locale), let before = known[name],
                !Set(TranslationLock.record(before).keys).isSubset(
                    of: TranslationLock.record(translation.line[...]).keys)
            {
                // A text that has an error is not there to be compared.
                continue
            }
            tracked.insert(name)
            var line = translation.line
            let isAccepted = translation.outdated.contains { accepts(locale, message, $0.id) }
            if !translation.isRecorded, !isAccepted, unfixed.contains(message) {
                update.postponed += 1
                if let before = known[name] { keep(before, &lines, &words) }
                continue
            }
            if isAccepted {
                let (left, accepted, _) = comparison.compare(lock) { accepts(locale, message, $0) }
                line = accepted
                update.accepted += translation.outdated.count - left.count
            } else if !translation.isRecorded {
                update.recorded += 1
            }
            for text in comparison.texts {
                for section in text.sections {
                    for unit in section.source.units { words[unit.hash] = unit.words }
                }
            }
            keep(line[...], &lines, &words)
        }
        keepUntracked(tracked, faults, &lines, &words)
        // One that is there but could not be read has been reported; it is not begun anew.
        guard !files.unread.covers(TranslationLock.path) else { return update }
        guard lock != nil || !lines.isEmpty else { return update }
        let bytes = TranslationLock.bytes(lines: lines, words: words)
        if bytes != files[TranslationLock.path] { update.bytes = bytes }
        return update
    }

    /// The lines of the lock by `locale id`.
    private var knownLines: [String: ArraySlice<UInt8>] {
        Dictionary(
            (lock?.translations ?? []).map { ("\($0.locale) \($0.message)", $0.line) },
            uniquingKeysWith: { first, _ in first })
    }

    /// Keeps what is known of translations that could not be looked at, as their messages have errors. Of a project with an
    /// error a file that is missing may only be misnamed.
    private func keepUntracked(
        _ tracked: Set<String>, _ faults: FaultyTexts, _ lines: inout [[UInt8]], _ words: inout [UnitHash: [UInt8]]
    ) {
        guard let lock else { return }
        let known = lock.translations.filter { !tracked.contains("\($0.locale) \($0.message)") }
        guard !known.isEmpty else { return }
        let written = Set(translationFiles.map(\.name))
        for translation in known
        where !faults.isEmpty || written.contains("\(translation.locale) \(translation.message)") {
            keep(translation.line, &lines, &words)
        }
    }

    /// Keeps a line of the lock with the words that it names.
    private func keep(_ line: ArraySlice<UInt8>, _ lines: inout [[UInt8]], _ words: inout [UnitHash: [UInt8]]) {
        lines.append(Array(line))
        for pairs in TranslationLock.record(line).values {
            for pair in pairs where words[pair.source] == nil { words[pair.source] = lock?.words(pair.source) }
        }
    }

    /// The files of `content/` that are translations, each with `locale id` as the lock names it.
    private var translationFiles: [(path: String, name: String)] {
        files.below("content/").compactMap { file in
            guard let name = ContentName(path: file.path), let locale = name.locale else { return nil }
            return (file.path, "\(locale) \(name.source)")
        }
    }
}

/// The ids of messages, with `+variant`, whose source has a mistake that a fix-it puts right and that changes what it says.
private func sourcesWithOpenFixes(_ diagnostics: [Diagnostic]) -> Set<String> {
    let areas = ["text/", "mf2/", "markdown/", "link/", "yaml/visible-quotes"]
    var sources: Set<String> = []
    for diagnostic in diagnostics
    where diagnostic.severity != .note && areas.contains(where: { diagnostic.id.hasPrefix($0) })
        // After a safe one readers see the same.
        && diagnostic.fixIts.contains(where: { $0.applicability == .unsafe })
    {
        guard let name = ContentName(path: diagnostic.primary.file), name.locale == nil else { continue }
        sources.insert(name.source)
    }
    return sources
}

/// Which messages have errors, but for those that tell of translations themselves.
private struct FaultyTexts {
    /// Ids of messages whose source, or a variant of it, has an error.
    private var sources: Set<String> = []
    /// `locale id` of translations that have one.
    private var translations: Set<String> = []
    /// Whether there is one elsewhere, which any message may suffer from.
    private var isEverywhere = false

    init(_ diagnostics: [Diagnostic]) {
        for diagnostic in diagnostics where diagnostic.severity == .error && !diagnostic.id.hasPrefix("translation/") {
            guard let name = ContentName(path: diagnostic.primary.file) else {
                isEverywhere = true
                continue
            }
            if let locale = name.locale { translations.insert("\(locale) \(name.id)") } else { sources.insert(name.id) }
        }
    }

    var isEmpty: Bool { !isEverywhere && sources.isEmpty && translations.isEmpty }

    /// - Parameter message: its id, with `+variant` behind it for a variant.
    func concern(_ message: String, _ locale: String) -> Bool {
        let id = String(message.prefix { $0 != "+" })
        return isEverywhere || sources.contains(id) || translations.contains("\(locale) \(id)")
    }
}
