import ByteText
import PlacardMarkdown
import SourceDiagnostics

// `**`, `*` and `~~` need a space or a letter on the right side of them to begin or to end something (CommonMark, section
// 6.2, "left-flanking delimiter run"). Chinese and Japanese part words with punctuation alone, so that a run stays as it is
// there, or ends what another one began, over a whole sentence.

/// A run of one kind of mark that nothing escapes.
private struct MarkRun {
    var span: Span
    /// What stands before and behind it.
    var before: UInt32
    var behind: UInt32
    /// The link or image that holds it, or -1.
    var container: Int

    /// Whether only an opening one can stand there.
    var opens: Bool { isSpace(before) && !isSpace(behind) }
    /// Whether only a closing one can stand there.
    var closes: Bool { !isSpace(before) && isSpace(behind) }
    /// Whether it parts words and marks none.
    var isAlone: Bool { isSpace(before) && isSpace(behind) }

    private func isSpace(_ value: UInt32) -> Bool { value <= 0x20 || value == 0xA0 || value == 0x3000 }
}

/// A kind of mark.
private struct Mark {
    var byte: UInt8
    var length: Int
    var kind: MarkdownKind
    /// What is written where the mark cannot be used.
    var open: String
    var close: String
    /// What it is called in messages.
    var name: String

    static let all = [
        Mark(
            byte: 0x2A, length: 3, kind: .emphasis, open: "{#strong}{#em}", close: "{/em}{/strong}", name: "`***`"),
        Mark(
            byte: 0x2A, length: 2, kind: .strong, open: "{#strong}", close: "{/strong}", name: "`**`"),
        Mark(byte: 0x2A, length: 1, kind: .emphasis, open: "{#em}", close: "{/em}", name: "`*`"),
        Mark(byte: 0x5F, length: 2, kind: .strong, open: "{#strong}", close: "{/strong}", name: "`__`"),
        Mark(byte: 0x5F, length: 1, kind: .emphasis, open: "{#em}", close: "{/em}", name: "`_`"),
        Mark(byte: 0x7E, length: 2, kind: .strikethrough, open: "~~{||}", close: "{||}~~", name: "`~~`"),
    ]
}

/// At most this many of one text are reported.
private let emphasisDiagnosticLimit = 16

extension PatternText {
    /// Reports pairs of marks that did not become what their author meant, and `**` that is shown as asterisks.
    func checkEmphasis(_ source: [UInt8], _ diagnostics: inout [Diagnostic]) {
        // Where no mark is shown and none stands within another of its kind, all became what they look like.
        var found = products(source)
        guard tree.holds(0x2A) || tree.holds(0x7E) || tree.holds(0x5F) || holdsNestedMarks else {
            diagnostics += found.prefix(emphasisDiagnosticLimit)
            return
        }
        let unseen = unseenSpans.sorted { $0.start < $1.start }
        let runs = self.runs(source, unseen)
        for mark in Mark.all {
            var isPaired: Set<Int> = []
            for block in Dictionary(grouping: runs[mark.name] ?? [], by: \.block).values {
                for pair in pairs(block.map(\.run), mark) {
                    isPaired.insert(pair.open.span.start)
                    isPaired.insert(pair.close.span.start)
                    found.append(.strayMarks(pair.open.span, pair.close.span, mark.name, mark.open, mark.close))
                }
                guard mark.name == "`**`" else { continue }
                let shown = block.map(\.run).filter { !isPaired.contains($0.span.start) && isShown($0.span) }
                found += shownAsterisks(shown, source)
            }
        }
        found += unevenMarks(source)
        diagnostics += found.sorted(by: Diagnostic.precedes).prefix(emphasisDiagnosticLimit)
    }

    /// Reports `**` that are shown: in pairs where spaces keep them from making bold, else each alone.
    private func shownAsterisks(_ runs: [MarkRun], _ source: [UInt8]) -> [Diagnostic] {
        let pairs = stride(from: 0, to: runs.count - 1, by: 2).map { (open: runs[$0], close: runs[$0 + 1]) }
        let diagnostics = pairs.compactMap { spacedMarks($0.open, $0.close, isOnly: runs.count == 2, source) }
        if runs.count.isMultiple(of: 2), diagnostics.count == pairs.count { return diagnostics }
        // Of several, two may be a pair, which asterisks with backslashes would not be.
        return runs.map { Diagnostic.strayAsterisks(at: $0.span, isAlone: runs.count == 1) }
    }

    /// `** 20% off **`, which is bold without the spaces; nil where that is not plain.
    private func spacedMarks(_ open: MarkRun, _ close: MarkRun, isOnly: Bool, _ source: [UInt8]) -> Diagnostic? {
        var words = Span(open.span.end, close.span.start)
        while words.start < words.end, source[words.start] == 0x20 { words.start += 1 }
        while words.end > words.start, source[words.end - 1] == 0x20 { words.end -= 1 }
        let isSpaced = words.start > open.span.end || words.end < close.span.start
        let isWithinBold = tree.nodes.contains {
            $0.kind == .strong && $0.span.start < open.span.start && open.span.start < $0.span.end
        }
        guard isSpaced, !isWithinBold, open.container == close.container,
            source[words.start..<words.end].contains(where: { ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A || $0 >= 0x80 }
            ),
            source[words.start] > 0x20, source[words.end - 1] > 0x20,
            !open.closes, !close.opens || isOnly
        else { return nil }
        // Where bold could not begin or end beside a letter, the space goes to the outer side.
        var edits: [Edit] = []
        if words.start > open.span.end { edits.append(Edit(Span(open.span.end, words.start), "")) }
        if words.end < close.span.start { edits.append(Edit(Span(words.end, close.span.start), "")) }
        if close.opens { edits.append(Edit(Span(at: close.span.end), " ")) }
        return .spacedAsterisks(open.span, close.span, written(source, words), edits)
    }

    /// Reports `**20% off*` and `*20% off**`: of two asterisks on one side and one on the other, one is shown.
    private func unevenMarks(_ source: [UInt8]) -> [Diagnostic] {
        func isAsterisk(_ index: Int) -> Bool { source.indices.contains(index) && source[index] == 0x2A }
        func isShownAlone(_ index: Int) -> Bool {
            tree.nodes.contains { $0.kind == .text && $0.span.start <= index && index < $0.span.end }
        }
        return tree.nodes.compactMap { node in
            let (start, end) = (node.span.start, node.span.end)
            guard node.kind == .emphasis, isAsterisk(start), isAsterisk(end - 1), !isAsterisk(start + 1),
                !isAsterisk(end - 2)
            else { return nil }
            let (isLongBefore, isLongBehind) = (isAsterisk(start - 1), isAsterisk(end))
            if isLongBefore, !isLongBehind, !isAsterisk(start - 2), start < 2 || source[start - 2] != 0x5C,
                isShownAlone(start - 1)
            {
                return .unevenAsterisks(Span(start - 1, start + 1), Span(end - 1, end), missing: end)
            }
            if isLongBehind, !isLongBefore, !isAsterisk(end + 1), isShownAlone(end) {
                return .unevenAsterisks(Span(start, start + 1), Span(end - 1, end + 1), missing: start)
            }
            return nil
        }
    }

    /// Reports `2*3*4`: asterisks between numbers or single letters, which Markdown takes for emphasis.
    private func products(_ source: [UInt8]) -> [Diagnostic] {
        tree.nodes.compactMap { node in
            guard node.kind == .emphasis || node.kind == .strong, node.span.end < source.count, node.span.start > 0,
                source[node.span.start] == 0x2A
            else { return nil }
            let length = node.kind == .strong ? 2 : 1
            let inside = Span(node.span.start + length, node.span.end - length)
            guard !inside.isEmpty else { return nil }
            let factors = [
                factor(source, before: node.span.start), factor(source, from: inside.start),
                factor(source, before: inside.end), factor(source, from: node.span.end),
            ]
            let isOne = !source[inside.start..<inside.end].contains { $0 <= 0x20 }
            guard factors.allSatisfy({ $0 == .number || isOne && $0 == .letter }) else { return nil }
            let asterisks = (0..<length).flatMap { [node.span.start + $0, inside.end + $0] }
            return .product(written(source, inside), at: node.span, asterisks, isBold: length == 2)
        }
    }

    /// What stands on one side of an asterisk.
    private enum Factor {
        case number, letter, other
    }

    private func factor(_ source: [UInt8], before end: Int) -> Factor {
        var start = end
        while start > 0, end - start < 24, isOfFactor(source[start - 1]) { start -= 1 }
        return factor(source, from: start)
    }

    private func factor(_ source: [UInt8], from start: Int) -> Factor {
        guard start < source.count else { return .other }
        if source[start].isASCIIDigit { return .number }
        guard source[start].isASCIILetter else { return .other }
        return start + 1 < source.count && isOfFactor(source[start + 1]) ? .other : .letter
    }

    /// Whether numbers with their units are made of it.
    private func isOfFactor(_ byte: UInt8) -> Bool { isASCIIWord(byte) || byte == 0x2E || byte >= 0x80 }

    private var holdsNestedMarks: Bool {
        tree.nodes.contains { node in
            guard Mark.isOfMark(node.kind) else { return false }
            var parent = node.parent
            while parent > 0, !tree.nodes[Int(parent)].kind.isBlock {
                if tree.nodes[Int(parent)].kind == node.kind { return true }
                parent = tree.nodes[Int(parent)].parent
            }
            return false
        }
    }

    /// Whether a run stands in a text node, and so is shown.
    private func isShown(_ span: Span) -> Bool {
        tree.nodes.contains { $0.kind == .text && $0.span.start <= span.start && span.end <= $0.span.end }
            && !tree.nodes.contains {
                Mark.isOfMark($0.kind) && ($0.span.start == span.start || $0.span.end == span.end)
            }
    }

    /// The pairs that an author means and Markdown does not make.
    private func pairs(_ runs: [MarkRun], _ mark: Mark) -> [(open: MarkRun, close: MarkRun)] {
        var pairs: [(open: MarkRun, close: MarkRun)] = []
        var open: MarkRun?
        for run in runs where !run.isAlone {
            if let first = open {
                // One within another: that is Markdown's to read.
                if run.opens || run.container != first.container { return [] }
                if first.span.end < run.span.start { pairs.append((first, run)) }
                open = nil
            } else if !run.closes {
                open = run
            }
        }
        guard !pairs.isEmpty else { return [] }
        let made = Set(tree.nodes.filter { $0.kind == mark.kind }.map(\.span))
        return pairs.filter { pair in
            guard !made.contains(Span(pair.open.span.start, pair.close.span.end)) else { return false }
            // Single asterisks are footnotes and products too; those beside East Asian text and its like are neither.
            let neighbours = [pair.open.before, pair.open.behind, pair.close.before, pair.close.behind]
            if mark.name != "`**`" { return neighbours.contains(where: isWidePunctuationOrLetter) }
            return isMisread(pair.open, pair.close) || isShown(pair.open.span) && isShown(pair.close.span)
        }
    }

    /// Whether one of two marks stands where Markdown does not see what it does: beside punctuation, without a space.
    private func isMisread(_ open: MarkRun, _ close: MarkRun) -> Bool {
        isPunctuation(close.before) && !close.closes && !isPunctuation(close.behind)
            || isPunctuation(open.behind) && !open.opens && !isPunctuation(open.before)
    }

    /// The runs of each kind of mark, with the block that each is in.
    private func runs(_ source: [UInt8], _ unseen: [Span]) -> [String: [(run: MarkRun, block: Int)]] {
        var runs: [String: [(run: MarkRun, block: Int)]] = [:]
        for (block, node) in tree.nodes.enumerated() where !node.contentLines.isEmpty && node.kind != .codeBlock {
            let lines = tree.contentLines[Int(node.contentLines.lowerBound)..<Int(node.contentLines.upperBound)]
            for line in lines {
                var index = line.start
                let end = min(line.end, source.count)
                while index < end {
                    let byte = source[index]
                    if byte == 0x5C {
                        index += 2
                        continue
                    }
                    guard byte == 0x2A || byte == 0x7E || byte == 0x5F else {
                        index += 1
                        continue
                    }
                    if let hidden = unseen.first(where: { $0.start <= index && index < $0.end }) {
                        index = hidden.end
                        continue
                    }
                    let start = index
                    while index < end, source[index] == byte { index += 1 }
                    guard let mark = Mark.all.first(where: { $0.byte == byte && $0.length == index - start }) else {
                        continue
                    }
                    let run = MarkRun(
                        span: Span(start, index), before: before(source, start, line.start),
                        behind: index < end ? scalarValue(source, index, end) : 0x20,
                        container: container(of: Span(start, index)))
                    runs[mark.name, default: []].append((run, block))
                }
            }
        }
        return runs
    }

    private func before(_ source: [UInt8], _ index: Int, _ start: Int) -> UInt32 {
        guard index > start else { return 0x20 }
        var place = index - 1
        while place > start, source[place] & 0xC0 == 0x80 { place -= 1 }
        // A placeholder is a letter to Markdown, whatever its braces are.
        return source[place] == 0x7D ? 0x61 : scalarValue(source, place, index)
    }

    private func scalarValue(_ source: [UInt8], _ index: Int, _ end: Int) -> UInt32 {
        if source[index] == 0x7B { return 0x61 }
        return decodedScalar(source, index, end).value
    }

    /// The innermost link or image around a place.
    private func container(of span: Span) -> Int {
        tree.nodes.lastIndex {
            ($0.kind == .link || $0.kind == .image) && $0.span.start < span.start && span.end < $0.span.end
        } ?? -1
    }
}

extension Mark {
    fileprivate static func isOfMark(_ kind: MarkdownKind) -> Bool {
        kind == .strong || kind == .emphasis || kind == .strikethrough
    }
}

/// Punctuation as far as marks stand beside it: that of ASCII, of Latin typography, and of East Asia.
private func isPunctuation(_ value: UInt32) -> Bool {
    switch value {
    case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E, 0xA1, 0xA7, 0xAB, 0xB6, 0xB7, 0xBB, 0xBF,
        0x2010...0x2027, 0x2030...0x205E, 0x3001...0x3003, 0x3008...0x3011, 0x3014...0x301F, 0x3030, 0x30FB,
        0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF01...0xFF0F, 0xFF1A...0xFF20, 0xFF3B...0xFF40, 0xFF5B...0xFF65:
        true
    default: false
    }
}

private func isWidePunctuationOrLetter(_ value: UInt32) -> Bool {
    value >= 0x2E80 && value < 0x1F000 || (0x2010...0x205E).contains(value) || value == 0xAB || value == 0xBB
}
