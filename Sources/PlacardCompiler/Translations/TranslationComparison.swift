import ByteText
import PlacardText
import SourceDiagnostics

/// The source's texts as translations are held against them: made once for all locales.
struct SourceUnits: Sendable {
    struct Text: Sendable {
        var text: TranslatableText
        var sections: [UnitSection]
        /// What chooses among its variants; nil unless it is one variable.
        var selector: VariantSelector?

        init(_ text: TranslatableText) {
            self.text = text
            sections = text.sections()
            selector = sections.contains { $0.keys.count == 1 } ? VariantSelector(text) : nil
        }
    }

    /// In the order of their names.
    var texts: [Text]

    init(_ texts: [TranslatableText]) {
        self.texts = texts.map { Text($0) }
    }
}

/// What became of a unit since it was translated.
struct OutdatedUnit: Sendable {
    enum Change: Sendable {
        /// The source says something else.
        case edited
        /// The source has it, and had it not.
        case added
        /// The source has it no more.
        case removed
    }

    /// The unit's name in its message: `title`, `body:1f0c9a`.
    var id: String
    var change: Change
    /// The source's words when it was translated, where they are known; of what was added, none.
    var former: [UInt8]?
    /// The source's words now; of what was removed, none.
    var now: [UInt8]?
    /// Where the source has it now, or had it.
    var sourceLabel: Label
    /// Where the translation has it, or would.
    var targetLabel: Label
}

/// A section of the source beside what stands for it in a translation.
struct PairedSection: Sendable {
    var source: UnitSection
    var targets: [UnitSection]
    /// What stands for each unit of the translation: as many as it has, not as the source has; none where its
    /// variants do not have equally many.
    var hashes: [UnitHash]
    var whole: UnitHash

    /// Whether each unit of the source has its place in the translation.
    var isParallel: Bool { hashes.count == source.units.count }

    init(source: UnitSection, targets: [UnitSection]) {
        self.source = source
        self.targets = targets
        guard let first = targets.first else {
            hashes = source.units.map { _ in .none }
            whole = .none
            return
        }
        let count = first.units.count
        let isEven = targets.allSatisfy { $0.units.count == count }
        hashes = isEven ? (0..<count).map { index in UnitHash(of: targets.map { $0.units[index].hash }) } : []
        whole = UnitHash(of: targets.map(\.whole))
    }

    /// What is remembered of the unit at `index` once it is up to date.
    func pair(_ index: Int) -> TranslationLock.Pair {
        TranslationLock.Pair(source: source.units[index].hash, target: isParallel ? hashes[index] : whole)
    }
}

/// A text of the source beside that of a translation.
struct PairedText: Sendable {
    var source: TranslatableText
    var target: TranslatableText
    var sections: [PairedSection]
}

/// A translation of a message, or of a variant of it, beside its source.
struct TranslationComparison: Sendable {
    let locale: String
    /// The message's id, with `+variant` behind it for a variant.
    let message: String
    /// In the order of their names.
    let texts: [PairedText]

    init(locale: String, message: String, source: SourceUnits, target: [TranslatableText], match: VariantMatch) {
        self.locale = locale
        self.message = message
        var place = 0
        texts = source.texts.compactMap { text in
            while place < target.count, utf8Less(target[place].name, text.text.name) { place += 1 }
            guard place < target.count, target[place].name == text.text.name else { return nil }
            return PairedText(
                source: text.text, target: target[place],
                sections: TranslationComparison.pairs(text.sections, target[place].sections(), match))
        }
    }

    private static func pairs(
        _ sources: [UnitSection], _ targets: [UnitSection], _ match: VariantMatch
    ) -> [PairedSection] {
        // Most texts are one section on both sides.
        if sources.count == 1, targets.count == 1 { return [PairedSection(source: sources[0], targets: targets)] }
        var counterparts: [[UnitSection]] = Array(repeating: [], count: sources.count)
        for target in targets {
            if target.name.hasSuffix("{}") {
                if let head = sources.firstIndex(where: { $0.name.hasSuffix("{}") }) { counterparts[head] = [target] }
            } else if let index = match.counterpart(of: target.keys, among: sources) {
                counterparts[index].append(target)
            }
        }
        return zip(sources, counterparts).compactMap { source, targets in
            // A variant that the language needs none for is nothing to translate.
            targets.isEmpty && !source.name.hasSuffix("{}") ? nil : PairedSection(source: source, targets: targets)
        }
    }

    // MARK: Lines

    /// The line that says that all of it is up to date.
    func line() -> [UInt8] {
        var line = Array("\(locale) \(message)".utf8)
        line.reserveCapacity(line.count + texts.count * 48)
        for text in texts {
            for section in text.sections {
                TranslationComparison.append(
                    section.source.name, section.source.units.indices.map { section.pair($0) }, to: &line)
            }
        }
        return line
    }

    /// Appends what is remembered of a section.
    static func append(_ name: String, _ pairs: [TranslationLock.Pair], to line: inout [UInt8]) {
        guard !pairs.isEmpty else { return }
        line.append(0x20)
        line.append(contentsOf: name.utf8)
        line.append(0x3D)
        for (index, pair) in pairs.enumerated() {
            if index > 0 { line.append(0x2C) }
            pair.source.append(to: &line)
            line.append(0x3A)
            pair.target.append(to: &line)
        }
    }

    // MARK: Comparing

    /// What is outdated by what a lock remembers, and the line that remembers it still.
    ///
    /// - Parameter accepts: the units that count as up to date, by their names.
    func compare(_ lock: TranslationLock?, accepting accepts: (String) -> Bool = { _ in false })
        -> (outdated: [OutdatedUnit], line: [UInt8], isRecorded: Bool)
    {
        let line = line()
        guard let lock else { return ([], line, false) }
        let known = lock.lines(message, in: locale)
        if known.contains(where: { $0.elementsEqual(line) }) { return ([], line, known.count == 1) }
        guard !known.isEmpty else { return ([], line, false) }
        let records = known.map { TranslationLock.record($0) }
        var outdated: [OutdatedUnit] = []
        var kept = Array("\(locale) \(message)".utf8)
        for text in texts {
            for section in text.sections {
                var comparison = SectionComparison(section, text, lock)
                comparison.compare(records, accepts)
                outdated += comparison.outdated
                TranslationComparison.append(section.source.name, comparison.pairs, to: &kept)
            }
        }
        return (outdated, kept, known.count == 1 && known[0].elementsEqual(kept))
    }
}

extension UnitSection {
    /// The names of its units, those of a document by their words, so that what is written elsewhere renames none.
    func unitIDs(isDocument: Bool) -> [String] {
        guard isDocument, !self.name.hasSuffix("{}") else { return units.map { _ in name } }
        var seen: [UnitHash: Int] = [:]
        return units.map { unit in
            let number = seen[unit.hash, default: 0] + 1
            seen[unit.hash] = number
            return unitID(unit.hash) + (number > 1 ? ".\(number)" : "")
        }
    }

    func unitID(_ hash: UnitHash) -> String { "\(name):\(hash.text.prefix(6))" }
}
