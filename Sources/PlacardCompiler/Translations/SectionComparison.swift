import SourceDiagnostics

/// Compares one section with what a lock remembers of it.
struct SectionComparison {
    let section: PairedSection
    let text: PairedText
    let lock: TranslationLock
    let ids: [String]
    var outdated: [OutdatedUnit] = []
    /// What to remember from now on.
    var pairs: [TranslationLock.Pair] = []

    init(_ section: PairedSection, _ text: PairedText, _ lock: TranslationLock) {
        self.section = section
        self.text = text
        self.lock = lock
        ids = section.source.unitIDs(isDocument: text.source.isDocument)
    }

    /// - Parameter records: what is known of the message; several only after a merge.
    mutating func compare(_ records: [TranslationLock.Record], _ accepts: (String) -> Bool) {
        let candidates = records.compactMap { recorded($0) }
        guard let record = candidates.max(by: { fitness($0) < fitness($1) }) else {
            // Nothing is known of it: it is new.
            pairs = section.source.units.indices.map { section.pair($0) }
            return
        }
        let standing = Set(section.hashes + [section.whole])
        let remembered = Set(record.map(\.target))
        let steps = alignment(section.source.units.map(\.hash), record)
        // Units that the translation has more than it had are the translations of what the source has more.
        var surplus = remembered.contains(section.whole) ? 0 : section.hashes.count { !remembered.contains($0) }
        for case .edited(_, let old) in steps where !standing.contains(record[old].target) { surplus -= 1 }
        for step in steps {
            switch step {
            case .same(let unit, let old):
                var pair = section.pair(unit)
                if !section.isParallel, standing.contains(record[old].target) { pair.target = record[old].target }
                pairs.append(pair)
            case .edited(let unit, let old):
                if standing.contains(record[old].target), !accepts(ids[unit]) {
                    pairs.append(record[old])
                    report(.edited, unit: unit, old: record[old])
                } else {
                    pairs.append(section.pair(unit))
                }
            case .added(let unit):
                surplus -= 1
                if surplus >= 0 || accepts(ids[unit]) {
                    pairs.append(section.pair(unit))
                } else {
                    report(.added, unit: unit, old: nil)
                }
            case .removed(let old):
                guard standing.contains(record[old].target), !accepts(removedID(record[old])) else { continue }
                pairs.append(record[old])
                report(.removed, unit: nil, old: record[old])
            }
        }
    }

    /// What a record says of this section. A text that got variants, or lost them, is still the text that it was.
    private func recorded(_ record: TranslationLock.Record) -> [TranslationLock.Pair]? {
        if let pairs = record[section.source.name] { return pairs }
        let name = text.source.name
        if section.source.keys.isEmpty, section.source.name == name {
            return record[name + "{*}"] ?? record[name + "{*,*}"]
        }
        return !section.source.keys.isEmpty && section.source.keys.allSatisfy { $0 == "*" } ? record[name] : nil
    }

    /// How well a record knows the translation as it stands, and then the source.
    private func fitness(_ record: [TranslationLock.Pair]) -> Int {
        let targets = Set(section.hashes + [section.whole])
        let sources = Set(section.source.units.map(\.hash))
        return record.count { targets.contains($0.target) } * 1_000 + record.count { sources.contains($0.source) }
    }

    private func removedID(_ pair: TranslationLock.Pair) -> String {
        text.source.isDocument ? section.source.unitID(pair.source) : section.source.name
    }

    private mutating func report(_ change: OutdatedUnit.Change, unit: Int?, old: TranslationLock.Pair?) {
        let place = unit.map { section.source.units[$0].place }
        outdated.append(
            OutdatedUnit(
                id: unit.map { ids[$0] } ?? old.map(removedID) ?? section.source.name, change: change,
                former: old.flatMap { lock.words($0.source) }, now: unit.map { section.source.units[$0].words },
                sourceLabel: place.map { text.source.label($0) } ?? text.source.written.label,
                targetLabel: targetLabel(unit, old)))
    }

    /// Where the translation has a unit; without one of its own, where the text begins.
    private func targetLabel(_ unit: Int?, _ old: TranslationLock.Pair?) -> Label {
        let index = old.flatMap { section.hashes.firstIndex(of: $0.target) }
        if let target = section.targets.first, let index, index < target.units.count {
            return text.target.label(target.units[index].place)
        }
        return text.target.isDocument ? text.target.written.start : text.target.written.label
    }

    // MARK: Alignment

    private enum Step {
        case same(Int, Int)
        case edited(Int, Int)
        case added(Int)
        case removed(Int)
    }

    /// Which unit of the source is which of the record: as many as can be are the same, and what stands between them is
    /// paired by the words in common.
    private func alignment(_ units: [UnitHash], _ record: [TranslationLock.Pair]) -> [Step] {
        var steps: [Step] = []
        var unit = 0
        var old = 0
        for match in commonSubsequence(units, record.map(\.source)) {
            steps += gap(unit..<match.0, old..<match.1, record)
            steps.append(.same(match.0, match.1))
            (unit, old) = (match.0 + 1, match.1 + 1)
        }
        return steps + gap(unit..<units.count, old..<record.count, record)
    }

    private func gap(_ units: Range<Int>, _ olds: Range<Int>, _ record: [TranslationLock.Pair]) -> [Step] {
        guard !units.isEmpty else { return olds.map { .removed($0) } }
        guard !olds.isEmpty else { return units.map { .added($0) } }
        if units.count == olds.count || units.count * olds.count > likenessLimit {
            let (added, removed) = (units.dropFirst(olds.count), olds.dropFirst(units.count))
            return zip(units, olds).map { .edited($0, $1) } + added.map { .added($0) } + removed.map { .removed($0) }
        }
        // Of the longer side, those are left over that have the least in common with the other.
        var (remainingUnits, remainingOlds) = (Array(units), Array(olds))
        func likeness(_ unit: Int, _ old: Int) -> Int {
            lock.words(record[old].source).map { sharedWords(section.source.units[unit].words, $0) } ?? 0
        }
        var steps: [Int: Step] = [:]
        while remainingUnits.count > remainingOlds.count {
            let loose = remainingUnits.min { a, b in
                (remainingOlds.map { likeness(a, $0) }.max() ?? 0) < (remainingOlds.map { likeness(b, $0) }.max() ?? 0)
            }
            guard let loose else { break }
            remainingUnits.removeAll { $0 == loose }
            steps[loose] = .added(loose)
        }
        var removed: [Step] = []
        while remainingOlds.count > remainingUnits.count {
            let loose = remainingOlds.min { a, b in
                (remainingUnits.map { likeness($0, a) }.max() ?? 0)
                    < (remainingUnits.map { likeness($0, b) }.max() ?? 0)
            }
            guard let loose else { break }
            remainingOlds.removeAll { $0 == loose }
            removed.append(.removed(loose))
        }
        for (unit, old) in zip(remainingUnits, remainingOlds) { steps[unit] = .edited(unit, old) }
        return units.compactMap { steps[$0] } + removed
    }
}

/// A longest common subsequence, as indices into both.
func commonSubsequence<Element: Hashable>(_ a: [Element], _ b: [Element]) -> [(Int, Int)] {
    var start = 0
    while start < a.count, start < b.count, a[start] == b[start] { start += 1 }
    var end = 0
    while end < a.count - start, end < b.count - start, a[a.count - 1 - end] == b[b.count - 1 - end] { end += 1 }
    var result = (0..<start).map { ($0, $0) }
    let (rows, columns) = (a.count - start - end, b.count - start - end)
    // Beyond the limit all that differs is one change.
    if rows > 0, columns > 0, rows <= subsequenceLimit / columns {
        var lengths = [Int32](repeating: 0, count: (rows + 1) * (columns + 1))
        for row in (0..<rows).reversed() {
            for column in (0..<columns).reversed() {
                let place = row * (columns + 1) + column
                lengths[place] =
                    a[start + row] == b[start + column]
                    ? lengths[place + columns + 2] + 1 : max(lengths[place + columns + 1], lengths[place + 1])
            }
        }
        var (row, column) = (0, 0)
        while row < rows, column < columns {
            let place = row * (columns + 1) + column
            if a[start + row] == b[start + column] {
                result.append((start + row, start + column))
                (row, column) = (row + 1, column + 1)
            } else if lengths[place + columns + 1] >= lengths[place + 1] {
                row += 1
            } else {
                column += 1
            }
        }
    }
    return result + (0..<end).reversed().map { (a.count - 1 - $0, b.count - 1 - $0) }
}

/// How many pairs of units are compared to tell which belong together; beyond it their order tells.
private let likenessLimit = 1_024

/// The largest table that ``commonSubsequence(_:_:)`` makes.
let subsequenceLimit = 1 << 20
