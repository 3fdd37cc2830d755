import ByteText
import PlacardMarkdown
import SourceDiagnostics

// `**`, `*` and `~~` need a space or a letter on the right side of them to begin or to end something (CommonMark, section
// 6.2, "left-flanking delimiter run"). Chinese and Japanese part words with punctuation alone, so that a run stays as it is
// there, or ends what another one began, over a whole sentence. Between numbers an asterisk is a sign, and a mark to Markdown.

/// A kind of mark.
struct Mark {
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

    /// The mark of so many bytes.
    static func of(_ byte: UInt8, _ length: Int) -> Mark? { all.first { $0.byte == byte && $0.length == length } }

    /// What it is to readers.
    var effect: String {
        switch kind {
        case .strong: "bold"
        case .strikethrough: "struck-out text"
        default: "emphasis"
        }
    }

    /// What a reader sees of one that means nothing.
    static func signs(_ byte: UInt8) -> String {
        byte == 0x2A ? "asterisks" : byte == 0x5F ? "underscores" : "tildes"
    }
}

/// At most this many of one text are reported.
let emphasisDiagnosticLimit = 16

extension PatternText {
    /// Reports marks that did not become what their author meant, those that readers see, and signs between numbers that
    /// Markdown took for marks.
    ///
    /// - Returns: how many bytes, nodes and runs of marks were looked at.
    @discardableResult
    func checkEmphasis(_ source: [UInt8], _ diagnostics: inout [Diagnostic]) -> Int {
        let isEmphasized = tree.nodes.contains { isMadeOfMarks($0, source) }
        guard isEmphasized || tree.holds(0x2A) || tree.holds(0x7E) || tree.holds(0x5F) else { return tree.nodes.count }
        let marks = EmphasisMarks(self, source)
        var slips = isEmphasized ? misreadNodes(marks, source) : []
        if marks.runs.contains(where: { $0.shown > 0 }) || holdsNestedMarks(source) {
            slips += misplacedPairs(marks, source, slips)
        }
        slips.sort { Diagnostic.precedes($0.diagnostic, $1.diagnostic) }
        // What a fix leaves of the other marks of its block only reading that again can tell: one at a time.
        var fixed: Set<Int> = []
        for var slip in slips.prefix(emphasisDiagnosticLimit) {
            if !slip.diagnostic.fixIts.isEmpty, fixed.contains(slip.block) || crossesEmphasis(slip.diagnostic, source) {
                slip.diagnostic.fixIts = []
            }
            if !slip.diagnostic.fixIts.isEmpty { fixed.insert(slip.block) }
            diagnostics.append(slip.diagnostic)
        }
        return marks.work
    }

    /// Whether some emphasis has one end of it between the edits of a fix that writes markup, and the other outside.
    private func crossesEmphasis(_ diagnostic: Diagnostic, _ source: [UInt8]) -> Bool {
        guard let edits = diagnostic.fixIts.first?.edits, edits.contains(where: { $0.replacement.hasPrefix("{#") }),
            let start = edits.map(\.span.start).min(), let end = edits.map(\.span.end).max()
        else { return false }
        return tree.nodes.contains { node in
            guard isMadeOfMarks(node, source), node.span.start < end, start < node.span.end else { return false }
            // One that the edits take the marks of is gone.
            let isUndone = edits.contains { $0.span.start <= node.span.start && node.span.start < $0.span.end }
            return !isUndone && (node.span.start > start) != (node.span.end < end)
        }
    }

    /// The pairs that an author means and Markdown does not make, and marks that are left.
    private func misplacedPairs(_ marks: EmphasisMarks, _ source: [UInt8], _ known: [EmphasisSlip]) -> [EmphasisSlip] {
        var slips: [EmphasisSlip] = []
        var reported = Set(known.flatMap(\.runs))
        for mark in Mark.all {
            let runs = marks.runs.filter { $0.byte == mark.byte && $0.length == mark.length }
            guard runs.count > 1 else { continue }
            let made = Set(tree.nodes.filter { $0.kind == mark.kind }.map(\.span))
            for block in runs.chunked(by: \.block) {
                for pair in pairs(block, mark, made) where !reported.contains(pair.open.span.start) {
                    reported.insert(pair.open.span.start)
                    reported.insert(pair.close.span.start)
                    slips.append(
                        EmphasisSlip(
                            .strayMarks(pair.open.span, pair.close.span, mark), block: pair.open.block))
                }
            }
        }
        return slips + leftoverMarks(marks, source, reported)
    }

    // MARK: What Markdown made

    /// Reports emphasis with more marks on one side than on the other, with signs between numbers at an end, and beside a
    /// letter of its first or last word.
    private func misreadNodes(_ marks: EmphasisMarks, _ source: [UInt8]) -> [EmphasisSlip] {
        var slips: [EmphasisSlip] = []
        for (index, node) in tree.nodes.enumerated() where isMadeOfMarks(node, source) {
            let found =
                product(node, source) ?? unevenMarks(node, marks, source) ?? beginsInWord(node, source)
            guard let found else { continue }
            slips.append(
                EmphasisSlip(found.diagnostic, block: marks.blocks[index], runs: found.runs))
            if slips.count >= emphasisDiagnosticLimit { break }
        }
        return slips
    }

    /// `**20% off*` and `*20% off**`: of two asterisks on one side and one on the other, one is shown.
    private func unevenMarks(
        _ node: MarkdownNode, _ marks: EmphasisMarks, _ source: [UInt8]
    ) -> (diagnostic: Diagnostic, runs: [Int])? {
        let byte = source[node.span.start]
        let length = markLength(node, source)
        func isExtra(_ index: Int) -> Bool {
            source.indices.contains(index) && source[index] == byte && marks.isShown(index)
        }
        var (before, behind) = (0, 0)
        while before < 4, isExtra(node.span.start - 1 - before) { before += 1 }
        while behind < 4, isExtra(node.span.end + behind) { behind += 1 }
        guard (before == 0) != (behind == 0),
            !isEscaped(source, node.span.start - before)
        else { return nil }
        let open = Span(node.span.start - before, node.span.start + length)
        let close = Span(node.span.end - length, node.span.end + behind)
        // A mark of three is bold with a mark too many more often than bold and emphasis with some too few.
        let extra = before > 0 ? Span(open.start, node.span.start) : Span(node.span.end, close.end)
        let edit: Edit? =
            length == 2 && before + behind == 1
            ? Edit(extra, "")
            : length == 1 && before + behind == 1
                ? Edit(Span(at: before > 0 ? close.end : open.start), String(UnicodeScalar(byte))) : nil
        return (
            .unevenMarks(open, close, Mark.of(byte, 2), edit.map { [$0] } ?? []),
            [open.start, close.start, open.start + before, node.span.end]
        )
    }

    /// Reports `2*3*4` and `*The price is 2*3 EUR`: asterisks between numbers or single letters, which Markdown takes for emphasis.
    private func product(_ node: MarkdownNode, _ source: [UInt8]) -> (diagnostic: Diagnostic, runs: [Int])? {
        guard node.kind != .strikethrough, source[node.span.start] == 0x2A else { return nil }
        let length = markLength(node, source)
        let inside = Span(node.span.start + length, node.span.end - length)
        guard !inside.isEmpty else { return nil }
        let open = (factor(source, before: node.span.start), factor(source, from: inside.start))
        let close = (factor(source, before: inside.end), factor(source, from: node.span.end))
        let isOne = !source[inside.start..<inside.end].contains { $0 <= 0x20 }
        func isSign(_ side: (Factor, Factor)) -> Bool { side.0 == .number && side.1 == .number }
        let isProduct = [open.0, open.1, close.0, close.1].allSatisfy { $0 == .number || isOne && $0 == .letter }
        // `20**26**` is one number, with a part of it in bold.
        guard isProduct || !isOne && (isSign(open) || isSign(close)) else { return nil }
        var signs: [Int] = []
        if isProduct || isSign(open) { signs += (0..<length).map { node.span.start + $0 } }
        if isProduct || isSign(close) { signs += (0..<length).map { inside.end + $0 } }
        return (
            .product(written(source, inside), at: node.span, signs, isBold: length == 2),
            [node.span.start, inside.end]
        )
    }

    /// `v*ery*` and `*ver*y`, where fingers took a mark and a letter in the wrong order.
    private func beginsInWord(_ node: MarkdownNode, _ source: [UInt8]) -> (diagnostic: Diagnostic, runs: [Int])? {
        let (start, end) = (node.span.start, node.span.end)
        guard node.kind == .emphasis, end - start > 4 else { return nil }
        func isLower(_ index: Int) -> Bool { source.indices.contains(index) && (0x61...0x7A).contains(source[index]) }
        func isWord(_ index: Int) -> Bool {
            source.indices.contains(index)
                && (isASCIIWord(source[index]) || source[index] >= 0x80 || source[index] == 0x7D)
        }
        let mark = written(source, Span(start, start + 1))
        if start > 0, source[start - 1].isASCIILetter, !isWord(start - 2), isLower(start + 1), isLower(start + 2),
            !isWord(end)
        {
            let letter = Span(start - 1, start)
            return (
                .markWithinWord(
                    Span(start, start + 1), letter: written(source, letter),
                    [Edit(Span(letter.start, start + 1), mark + written(source, letter))]), [start, end - 1]
            )
        }
        // `*API*s` has an ending of its own.
        let endings = Array("acdeimnrst".utf8)
        if isLower(end), !endings.contains(source[end]), !isWord(end + 1), isLower(end - 2), isLower(end - 3),
            !isWord(start - 1)
        {
            let letter = Span(end, end + 1)
            return (
                .markWithinWord(
                    Span(end - 1, end), letter: written(source, letter),
                    [Edit(Span(end - 1, end + 1), written(source, letter) + mark)]), [start, end - 1]
            )
        }
        return nil
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

    /// Whether a mark stands within another of its kind.
    private func holdsNestedMarks(_ source: [UInt8]) -> Bool {
        func bit(_ kind: MarkdownKind) -> UInt8 { kind == .strong ? 1 : kind == .emphasis ? 2 : 4 }
        // By node: the kinds that it is in, itself included.
        var within = [UInt8](repeating: 0, count: tree.nodes.count)
        for (index, node) in tree.nodes.enumerated() where !node.kind.isBlock && node.parent > 0 {
            within[index] = within[Int(node.parent)]
            guard [.strong, .emphasis, .strikethrough].contains(node.kind) else { continue }
            if within[index] & bit(node.kind) != 0 { return true }
            within[index] |= bit(node.kind)
        }
        return false
    }

    // MARK: Pairs

    /// The pairs that an author means and Markdown does not make.
    ///
    /// - Parameter made: those that it makes.
    private func pairs(
        _ runs: ArraySlice<MarkRun>, _ mark: Mark, _ made: Set<Span>
    ) -> [(open: MarkRun, close: MarkRun)] {
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
        return pairs.filter { pair in
            guard !made.contains(Span(pair.open.span.start, pair.close.span.end)) else { return false }
            // Single asterisks are footnotes and products too; those beside East Asian text and its like are neither.
            if mark.name != "`**`" { return pair.open.isWide || pair.close.isWide }
            return isMisread(pair.open, pair.close) || pair.open.isShown && pair.close.isShown
        }
    }

    /// Whether one of two marks stands where Markdown does not see what it does: beside punctuation, without a space.
    private func isMisread(_ open: MarkRun, _ close: MarkRun) -> Bool {
        isPunctuation(close.before) && !close.closes && !isPunctuation(close.behind)
            || isPunctuation(open.behind) && !open.opens && !isPunctuation(open.before)
    }
}

/// A diagnostic of marks.
struct EmphasisSlip {
    var diagnostic: Diagnostic
    /// The block that the marks are in.
    var block: Int
    /// Where the runs begin that it is about.
    var runs: [Int]

    init(_ diagnostic: Diagnostic, block: Int, runs: [Int] = []) {
        self.diagnostic = diagnostic
        self.block = block
        self.runs = runs
    }
}

extension Array {
    /// The stretches of neighbours that have a value in common.
    func chunked<Value: Equatable>(by value: (Element) -> Value) -> [ArraySlice<Element>] {
        var chunks: [ArraySlice<Element>] = []
        var start = 0
        for index in indices where index + 1 == count || value(self[index]) != value(self[index + 1]) {
            chunks.append(self[start...index])
            start = index + 1
        }
        return chunks
    }
}
