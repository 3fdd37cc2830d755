import SourceDiagnostics

/// How many lines around a change are shown with it.
private let contextLineCount = 3
/// Above this number of pairs of lines a change is shown as one, without looking for what its lines have in common.
private let comparedPairLimit = 4_000_000

/// What a file is changed to, in the unified format that `diff -u` writes and `patch` reads; empty when nothing changes.
///
/// Characters that cannot be seen are shown by name, as everywhere; of a file with such lines the difference is to be read,
/// not applied.
///
/// - Parameter path: as it is to be shown.
package func unifiedDiff(_ path: String, _ before: [UInt8], _ after: [UInt8]) -> OutputText {
    let (old, new) = (diffLines(before), diffLines(after))
    let changes = lineChanges(old, new)
    guard !changes.isEmpty else { return "" }
    var text: OutputText = "--- \(path)\n+++ \(path)\n"
    for hunk in hunks(changes) {
        let first = max(0, hunk[0].old.lowerBound - contextLineCount)
        let lead = hunk[0].old.lowerBound - first
        let last = min(old.count, hunk[hunk.count - 1].old.upperBound + contextLineCount)
        let newFirst = hunk[0].new.lowerBound - lead
        let newLast = hunk[hunk.count - 1].new.upperBound + last - hunk[hunk.count - 1].old.upperBound
        text += "@@ -\(range(first..<last)) +\(range(newFirst..<newLast)) @@\n"
        var place = first
        for change in hunk {
            for line in old[place..<change.old.lowerBound] { text += shown(" ", line) }
            for line in old[change.old] { text += shown("-", line) }
            for line in new[change.new] { text += shown("+", line) }
            place = change.old.upperBound
        }
        for line in old[place..<last] { text += shown(" ", line) }
    }
    return text
}

/// Neighbouring lines that are replaced by others, by their places before and after.
private struct LineChange {
    var old: Range<Int>
    var new: Range<Int>
}

/// The lines of a file, each with its end.
private func diffLines(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    var lines: [ArraySlice<UInt8>] = []
    var start = 0
    while start < bytes.count {
        let end = bytes[start...].firstIndex(of: 0x0A).map { $0 + 1 } ?? bytes.count
        lines.append(bytes[start..<end])
        start = end
    }
    return lines
}

private func lineChanges(_ old: [ArraySlice<UInt8>], _ new: [ArraySlice<UInt8>]) -> [LineChange] {
    var first = 0
    while first < old.count, first < new.count, old[first] == new[first] { first += 1 }
    var (oldEnd, newEnd) = (old.count, new.count)
    while oldEnd > first, newEnd > first, old[oldEnd - 1] == new[newEnd - 1] {
        (oldEnd, newEnd) = (oldEnd - 1, newEnd - 1)
    }
    guard oldEnd > first || newEnd > first else { return [] }
    guard (oldEnd - first) * (newEnd - first) <= comparedPairLimit else {
        return [LineChange(old: first..<oldEnd, new: first..<newEnd)]
    }
    var removed = Set<Int>()
    var inserted = Set<Int>()
    for change in new[first..<newEnd].difference(from: old[first..<oldEnd]) {
        switch change {
        case .remove(let offset, _, _): removed.insert(first + offset)
        case .insert(let offset, _, _): inserted.insert(first + offset)
        }
    }
    var changes: [LineChange] = []
    var (place, newPlace) = (first, first)
    while place < oldEnd || newPlace < newEnd {
        var change = LineChange(old: place..<place, new: newPlace..<newPlace)
        while removed.contains(place) { place += 1 }
        while inserted.contains(newPlace) { newPlace += 1 }
        change.old = change.old.lowerBound..<place
        change.new = change.new.lowerBound..<newPlace
        if change.old.isEmpty, change.new.isEmpty {
            (place, newPlace) = (place + 1, newPlace + 1)
        } else {
            changes.append(change)
        }
    }
    return changes
}

/// The changes, put together where the lines around them touch.
private func hunks(_ changes: [LineChange]) -> [[LineChange]] {
    var result: [[LineChange]] = []
    for change in changes {
        if let last = result.last?.last, change.old.lowerBound - last.old.upperBound <= 2 * contextLineCount {
            result[result.count - 1].append(change)
        } else {
            result.append([change])
        }
    }
    return result
}

/// Lines as `first,count`, from 1; an empty range stands behind the line that it names.
private func range(_ lines: Range<Int>) -> OutputText {
    "\(lines.isEmpty ? lines.lowerBound : lines.lowerBound + 1),\(lines.count)"
}

private func shown(_ sign: OutputText, _ line: ArraySlice<UInt8>) -> OutputText {
    let isEnded = line.last == 0x0A
    let words = OutputText(lines: String(decoding: isEnded ? line.dropLast() : line, as: UTF8.self))
    return sign + words + "\n" + (isEnded ? "" : "\\ No newline at end of file\n")
}
