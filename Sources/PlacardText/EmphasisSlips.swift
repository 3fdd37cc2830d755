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

extension PatternText {
    /// Reports marks that did not become what their author meant, those that readers see, and signs between numbers that
    /// Markdown took for marks.
    ///
    /// - Returns: how many bytes, nodes and runs of marks were looked at.
    @discardableResult
    func checkEmphasis(_ source: [UInt8], _ diagnostics: inout [Diagnostic]) -> Int {
        let isEmphasized = tree.nodes.contains { isMadeOfMarks($0, source) }
        let wide = wideMarks(source)
        diagnostics += wide.map(\.diagnostic)
        let isShown = [0x2A, 0x5F, 0x60, 0x7E].contains(where: tree.holds)
        // Most texts have marks that mean what they are to mean, and show none.
        let isNested = (isShown || isEmphasized) && holdsNestedMarks()
        guard isShown || isEmphasized && (isNested || holdsMisreadNode(source)) else {
            return tree.nodes.count
        }
        let marks = EmphasisMarks(self, source)
        var slips = isEmphasized ? misreadNodes(marks, source) : []
        if isNested { slips += crossedMarks(marks, source) }
        if isNested || marks.runs.contains(where: { $0.shown > 0 }) {
            slips += misplacedPairs(marks, source, slips)
        }
        slips.sort { Diagnostic.precedes($0.diagnostic, $1.diagnostic) }
        // What a fix leaves of the other marks of its block only reading that again can tell: one at a time.
        var fixed: Set<Int> = []
        for var slip in slips.prefix(textDiagnosticLimit) {
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

    /// `*a **b* c**`: two signs together that Markdown takes for the ends of two emphases.
    private func crossedMarks(_ marks: EmphasisMarks, _ source: [UInt8]) -> [EmphasisSlip] {
        let strong = tree.nodes.filter { $0.kind == .strong && isMadeOfMarks($0, source) }.map(\.span)
        let crossed = marks.runs.first { run in
            (run.byte == 0x2A || run.byte == 0x5F) && run.length == 2 && run.shown == 0
                && !strong.contains { $0.start == run.span.start || $0.end == run.span.end }
        }
        guard let crossed, let mark = Mark.of(crossed.byte, 2) else { return [] }
        return [EmphasisSlip(.crossedMarks(crossed.span, mark), block: crossed.block, runs: [crossed.span.start])]
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
                for pair in pairs(block, mark, made, source) where !reported.contains(pair.open.span.start) {
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

    /// Whether a mark stands within another of its kind.
    private func holdsNestedMarks() -> Bool {
        guard tree.nodes.count(where: { bit($0.kind) != 0 }) > 1 else { return false }
        func bit(_ kind: MarkdownKind) -> UInt8 {
            kind == .strong ? 1 : kind == .emphasis ? 2 : kind == .strikethrough ? 4 : 0
        }
        // By node: the kinds that it is in, itself included.
        var within = [UInt8](repeating: 0, count: tree.nodes.count)
        for (index, node) in tree.nodes.enumerated() where !node.kind.isBlock && node.parent > 0 {
            within[index] = within[Int(node.parent)]
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
        _ runs: ArraySlice<MarkRun>, _ mark: Mark, _ made: Set<Span>, _ source: [UInt8]
    ) -> [(open: MarkRun, close: MarkRun)] {
        var pairs: [(open: MarkRun, close: MarkRun)] = []
        var open: MarkRun?
        for run in runs where !run.isAlone {
            if let first = open {
                // One within another: that is Markdown's to read.
                if run.opens || run.container != first.container { return [] }
                if source[first.span.end..<run.span.start].contains(where: { $0.isASCIIAlphanumeric || $0 == 0x7B })
                    || holdsWideLetter(source, Span(first.span.end, run.span.start))
                {
                    pairs.append((first, run))
                }
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

    /// Whether a letter beyond ASCII stands among some bytes.
    private func holdsWideLetter(_ source: [UInt8], _ span: Span) -> Bool {
        var index = span.start
        while index < span.end {
            let next = decodedScalar(source, index, span.end)
            if next.value >= 0x80, !isPunctuation(next.value) { return true }
            index = next.end
        }
        return false
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
