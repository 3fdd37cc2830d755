import SourceDiagnostics

/// Neighbouring lines of a file before and after a change.
struct ProposedChange: Equatable {
    var file: String
    /// The number, before the change, of the first line removed, or of the one that what is added comes to stand at.
    var firstLine: Int
    var removed: [[UInt8]]
    var added: [[UInt8]]
}

/// How many edits of one fix are looked at, to show what it does.
private let shownEditLimit = 100

/// What the edits of `fix` do, as whole lines; a file that is not at hand is left out, and so is what is behind the first
/// ``shownEditLimit`` edits of one fix.
func proposedChanges(of fix: FixIt, sources: inout SourceTexts) -> [ProposedChange] {
    let shown = fix.edits.prefix(shownEditLimit)
    var files: [String] = []
    for edit in shown where !files.contains(edit.file) { files.append(edit.file) }
    var changes: [ProposedChange] = []
    for file in files {
        guard let text = sources.text(file) else { continue }
        let edits = shown.filter { $0.file == file }
            .map { Edit(file: file, text.clamp($0.span), $0.replacement) }
            .sorted { $0.span < $1.span }
        changes.append(contentsOf: groups(edits, text).map { change($0.lines, $0.edits, file, text) })
    }
    return changes
}

/// The edits, put together where their lines touch.
private func groups(_ edits: [Edit], _ text: SourceText) -> [(lines: ClosedRange<Int>, edits: [Edit])] {
    var result: [(lines: ClosedRange<Int>, edits: [Edit])] = []
    for edit in edits {
        let first = text.index.line(at: edit.span.start)
        let last = max(first, text.lastLine(of: edit.span))
        if let end = result.indices.last, result[end].lines.upperBound + 1 >= first {
            result[end].lines = result[end].lines.lowerBound...max(result[end].lines.upperBound, last)
            result[end].edits.append(edit)
        } else {
            result.append((first...last, [edit]))
        }
    }
    return result
}

private func change(
    _ lines: ClosedRange<Int>, _ edits: [Edit], _ file: String, _ text: SourceText
) -> ProposedChange {
    let starts = text.index.lineStarts
    var begin = starts[lines.lowerBound - 1]
    var end = lines.upperBound < starts.count ? starts[lines.upperBound] : text.bytes.count
    // Of a line of megabytes only what is near is looked at; far more than a screen shows.
    if let first = edits.first, first.span.start - begin > 2 * excerptByteLimit {
        begin = text.boundary(first.span.start - 2 * excerptByteLimit)
    }
    if let last = edits.last, end - last.span.end > 2 * excerptByteLimit {
        end = text.boundary(last.span.end + 2 * excerptByteLimit)
    }
    var after: [UInt8] = []
    var offset = begin
    for edit in edits where edit.span.start >= offset {
        after.append(contentsOf: text.bytes[offset..<edit.span.start])
        after.append(contentsOf: edit.replacement.utf8)
        offset = edit.span.end
    }
    after.append(contentsOf: text.bytes[offset..<max(offset, end)])
    var removed = splitLines(Array(text.bytes[begin..<end]))
    var added = splitLines(after)
    var first = lines.lowerBound
    while let line = removed.first, line == added.first {
        removed.removeFirst()
        added.removeFirst()
        first += 1
    }
    while let line = removed.last, line == added.last {
        removed.removeLast()
        added.removeLast()
    }
    return ProposedChange(file: file, firstLine: first, removed: removed, added: added)
}

private func splitLines(_ bytes: [UInt8]) -> [[UInt8]] {
    let text = SourceText(bytes)
    var count = text.index.lineStarts.count
    if text.line(count).isEmpty { count -= 1 }
    guard count > 0 else { return [] }
    return (1...count).map { number in
        let span = text.line(number)
        return Array(bytes[span.start..<span.end])
    }
}

extension HumanRenderer {
    /// A change: what it does and whether it may be trusted, then the lines before and after.
    mutating func proposal(_ fix: FixIt, _ changes: [ProposedChange], in primaryFile: String) {
        remark(word(for: fix.applicability), fix.title)
        for change in changes.prefix(shownNoteLimit) {
            if change.file != primaryFile {
                output += String(repeating: " ", count: gutterWidth) + style.paint("::: ", .gutter)
                output += shown(path: change.file) + ":\(change.firstLine)\n"
            }
            emptyGutter()
            let removedFocus = firstDifference(change)
            side(change.removed, from: change.firstLine, "-", .removed, focus: removedFocus)
            side(change.added, from: change.firstLine, "+", .added, focus: removedFocus)
        }
        let more = max(0, changes.count - shownNoteLimit) + max(0, fix.edits.count - shownEditLimit)
        if more > 0 { remark("note", "and \(grouped(more)) more \(more == 1 ? "change" : "changes")") }
    }

    private func word(for applicability: FixIt.Applicability) -> String {
        switch applicability {
        case .safe: "fix"
        case .unsafe: "likely fix, to be checked"
        case .displayOnly: "for example"
        }
    }

    private mutating func side(_ lines: [[UInt8]], from first: Int, _ sign: String, _ look: Style.Look, focus: Int) {
        for (position, line) in lines.prefix(shownLineLimit).enumerated() {
            let start = position == 0 ? min(focus, line.count) : 0
            let cells = LineCells(
                line, line: Span(0, line.count), focus: Span(at: start), tabWidth: options.tabWidth,
                width: options.width - 8)
            let number = String(first + position)
            let space = String(repeating: " ", count: max(0, gutterWidth - number.utf8.count))
            let text = cells.text
            output += style.paint(space + number, .gutter) + " "
            output += style.paint(text.isEmpty ? sign : sign + " " + text, look) + "\n"
        }
        if lines.count > shownLineLimit {
            let rest = lines.count - shownLineLimit
            let space = String(repeating: " ", count: gutterWidth + 1)
            output += space + style.paint("\(sign) … \(rest) more \(rest == 1 ? "line" : "lines")", look) + "\n"
        }
    }

    /// The byte where the first lines before and after begin to differ.
    private func firstDifference(_ change: ProposedChange) -> Int {
        guard let old = change.removed.first, let new = change.added.first else { return 0 }
        return zip(old, new).prefix { $0 == $1 }.count
    }
}
