import ByteText
import PlacardMarkdown
import SourceDiagnostics

// Marks that Markdown leaves as they stand, though they stand at the edge of a word: with a space on the wrong side, with more of them
// on one side than on the other, without the other one. What is plainly no mark is left alone: signs between numbers, the stars
// of footnotes and hotels, names with underscores.

extension PatternText {
    /// Reports the marks that are shown and meant something.
    ///
    /// - Parameter reported: where runs begin that there is a diagnostic of.
    func leftoverMarks(_ marks: EmphasisMarks, _ source: [UInt8], _ reported: Set<Int>) -> [EmphasisSlip] {
        let shown = marks.runs.filter { $0.isShown && !reported.contains($0.span.start) }
        guard !shown.isEmpty else { return [] }
        var slips: [EmphasisSlip] = []
        var stars: [MarkRun] = []
        for run in shown where run.byte == 0x60 && run.length < 4 {
            slips.append(EmphasisSlip(.strayBackticks(at: run.span), block: run.block))
        }
        for byte: UInt8 in [0x2A, 0x5F, 0x7E] {
            for block in shown.filter({ $0.byte == byte }).chunked(by: \.block) {
                if block.allSatisfy({ $0.length == 2 }) {
                    slips += doubleMarks(block, source)
                    continue
                }
                var scan = LeftoverScan(source)
                for run in block { scan.see(run) }
                scan.finish()
                slips += scan.slips
                stars += scan.alone
            }
        }
        return slips + strayMarks(stars, source)
    }

    // MARK: Doubled marks

    /// Reports `**` and `~~` that are shown: in pairs where spaces keep them from meaning anything, else each alone.
    private func doubleMarks(_ runs: ArraySlice<MarkRun>, _ source: [UInt8]) -> [EmphasisSlip] {
        let runs = Array(runs)
        let pairs = stride(from: 0, to: runs.count - 1, by: 2).map { (open: runs[$0], close: runs[$0 + 1]) }
        let slips = pairs.compactMap { pair in
            spacedMarks(pair.open, pair.close, isOnly: runs.count == 2, source).map {
                EmphasisSlip($0, block: pair.open.block)
            }
        }
        if runs.count.isMultiple(of: 2), slips.count == pairs.count { return slips }
        // Of several, two may be a pair, which marks with backslashes would not be.
        return runs.filter { $0.byte == 0x2A || !$0.isAlone && !isOfIdentifier($0, source) }.map {
            EmphasisSlip(.strayMark(at: $0, isEscaped: runs.count == 1 && $0.isAlone), block: $0.block)
        }
    }

    /// `** 20% off **`, which is bold without the spaces; nil where that is not plain.
    private func spacedMarks(_ open: MarkRun, _ close: MarkRun, isOnly: Bool, _ source: [UInt8]) -> Diagnostic? {
        let isWithinBold = tree.nodes.contains {
            $0.kind == .strong && $0.span.start < open.span.start && open.span.start < $0.span.end
        }
        guard !isWithinBold, !open.closes, !close.opens || isOnly else { return nil }
        return spacedPair(open, close, source)
    }

    // MARK: Marks alone

    /// Reports single marks that have no other one, unless they are the stars of footnotes.
    private func strayMarks(_ runs: [MarkRun], _ source: [UInt8]) -> [EmphasisSlip] {
        let stars = runs.filter { $0.byte == 0x2A && $0.length == 1 }
        let notes = stars.filter { beginsWords($0) }
        let references = stars.filter { !beginsWords($0) }
        // `Price*` with `*Until Sunday` below it, or two that mean the same, as in `int *p, *q`.
        let isFootnote =
            references.count > 1 || references.isEmpty && notes.count > 1 && notes.allSatisfy(\.opens)
            || references.contains { first in notes.contains { first.span.start < $0.span.start } }
        return runs.compactMap { run in
            if run.byte == 0x2A, run.length == 1 {
                if isFootnote || run.isFirst { return nil }
                // `5* hotel`
                if !beginsWords(run), run.before < 0x80, (0x30...0x39).contains(run.before) { return nil }
            } else if isOfIdentifier(run, source) {
                return nil
            }
            return EmphasisSlip(.strayMark(at: run, isEscaped: false), block: run.block)
        }
    }
}

/// Whether a mark stands before the first of some words.
private func beginsWords(_ run: MarkRun) -> Bool {
    run.opens || isPunctuation(run.before) && !isPunctuation(run.behind) && !run.closes
}

/// Whether words may follow at once: a letter, a digit, or a sign that they may begin with.
private func beginsAWord(_ value: UInt32) -> Bool {
    !isPunctuation(value)
        || [0x22, 0x27, 0x28, 0x5B, 0x23, 0x24, 0x40, 0xAB, 0xA1, 0xBF, 0x2018, 0x201C].contains(value)
        || value >= 0x3000
}

/// Whether words may end with it.
private func endsAWord(_ value: UInt32) -> Bool {
    ![0x2F, 0x5C, 0x3D, 0x2B, 0x2D, 0x3C, 0x28, 0x5B, 0x7C].contains(value)
}

/// Whether the word around a run is a name, an address or a number with marks of its own.
private func isOfIdentifier(_ run: MarkRun, _ source: [UInt8]) -> Bool {
    guard run.byte == 0x5F else { return false }
    var start = run.span.start
    while start > 0, run.span.start - start < 64, source[start - 1] > 0x20 { start -= 1 }
    var end = run.span.end
    while end < source.count, end - run.span.end < 64, source[end] > 0x20 { end += 1 }
    var inner = 0
    for index in start..<end {
        switch source[index] {
        case 0x40, 0x23, 0x2F, 0x3A, 0x3D: return true
        case 0x5F where index < run.span.start || index >= run.span.end: inner += 1
        default: break
        }
    }
    return inner > run.length
}

/// `** 20% off **` and `**20% off **now` without the spaces inside; nil where nothing or no words stand between, or no space is there.
private func spacedPair(_ open: MarkRun, _ close: MarkRun, _ source: [UInt8]) -> Diagnostic? {
    var words = Span(open.span.end, close.span.start)
    while words.start < words.end, source[words.start] <= 0x20 { words.start += 1 }
    while words.end > words.start, source[words.end - 1] <= 0x20 { words.end -= 1 }
    let isSpaced = words.start > open.span.end || words.end < close.span.start
    guard isSpaced, open.container == close.container, open.length == close.length,
        let mark = Mark.of(open.byte, open.length),
        source[words.start..<words.end].contains(where: { ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A || $0 >= 0x80 })
    else { return nil }
    // Where emphasis could not begin or end beside a letter, the space goes to the outer side.
    var edits: [Edit] = []
    if open.closes, open.before < 0x2E80 { edits.append(Edit(Span(at: open.span.start), " ")) }
    if words.start > open.span.end { edits.append(Edit(Span(open.span.end, words.start), "")) }
    if words.end < close.span.start { edits.append(Edit(Span(words.end, close.span.start), "")) }
    if close.opens, !isPunctuation(close.behind), close.behind < 0x2E80 {
        edits.append(Edit(Span(at: close.span.end), " "))
    }
    return .spacedMarks(open.span, close.span, mark, written(source, words), edits)
}

/// Goes through the marks of one kind in a block.
private struct LeftoverScan {
    let source: [UInt8]
    private(set) var slips: [EmphasisSlip] = []
    /// Those that have no other one.
    private(set) var alone: [MarkRun] = []
    /// A mark that something may end.
    private var open: MarkRun?

    init(_ source: [UInt8]) {
        self.source = source
    }

    mutating func see(_ run: MarkRun) {
        guard isMark(run) else { return }
        guard let first = open, first.container == run.container, first.span.end < run.span.start else {
            leave()
            open = run
            return
        }
        guard let slip = slip(first, run) else {
            leave()
            open = run
            return
        }
        slips.append(EmphasisSlip(slip, block: run.block))
        open = nil
    }

    mutating func finish() { leave() }

    /// The mark that waits for another has none.
    private mutating func leave() {
        guard let run = open else { return }
        open = nil
        // One between spaces is a sign or a bullet, and one tilde means about.
        guard !run.isAlone, run.byte != 0x7E || run.length == 2 else { return }
        let isWithinWord = !isPunctuation(run.before) && !isPunctuation(run.behind) && !run.opens && !run.closes
        if isWithinWord, !run.isWide { return }
        alone.append(run)
    }

    /// Whether a run can be a mark at all.
    private func isMark(_ run: MarkRun) -> Bool {
        guard run.length <= 3 else { return false }
        if run.isAlone { return run.byte != 0x5F || run.length < 3 }
        if isDigit(run.before), isDigit(run.behind) { return false }
        // `~5 min` and `~{$minutes} min`
        if run.byte == 0x7E, run.length == 1 {
            let isNumber = isDigit(run.behind) || run.span.end < source.count && source[run.span.end] == 0x7B
            if isNumber || isDigit(run.before) { return false }
        }
        if run.opens { return beginsAWord(run.behind) }
        if run.closes { return endsAWord(run.before) }
        switch (isPunctuation(run.before), isPunctuation(run.behind)) {
        case (true, true): return max(run.before, run.behind) >= 0x2E80
        case (true, false): return ![0x2F, 0x5C, 0x3D, 0x2B, 0x2D, 0x7C].contains(run.before)
        default: return endsAWord(run.before)
        }
    }

    private func isDigit(_ value: UInt32) -> Bool { (0x30...0x39).contains(value) }

    /// What two neighbours are together; nil when they have nothing to do with each other.
    private func slip(_ first: MarkRun, _ run: MarkRun) -> Diagnostic? {
        if isSign(first) || isSign(run) || first.isAlone && run.isAlone { return nil }
        if !first.isWide, !isPunctuation(first.before), !first.opens, !first.closes, !first.isAlone {
            // `a*"b"*`, beside a letter on one side
            let isBesideWords = isPunctuation(first.behind) && beginsAWord(first.behind) && !run.opens
            return isBesideWords && first.length == run.length ? plainPair(first, run) : nil
        }
        if first.length != run.length { return uneven(first, run) }
        guard first.byte != 0x7E || first.length == 2 else { return nil }
        let between = source[first.span.end..<run.span.start]
        if first.opens || first.isAlone, !run.opens {
            return spacedPair(first, run, source) ?? plainPair(first, run)
        }
        if first.opens, run.opens {
            // `*very *important`; but `*p, *q` are two.
            guard let last = between.last(where: { $0 > 0x20 }), !isPunctuation(UInt32(last)) else { return nil }
            return spacedPair(first, run, source)
        }
        if first.closes, run.closes {
            // `is* very* important`; with more words between they are two footnotes.
            let words = between.drop { $0 == 0x20 }
            return words.contains { $0 <= 0x20 } ? nil : spacedPair(first, run, source)
        }
        return nil
    }

    /// Whether one that stands between spaces stands between numbers or single letters, too.
    private func isSign(_ run: MarkRun) -> Bool {
        guard run.isAlone, run.byte == 0x2A, run.length == 1 else { return false }
        var before = run.span.start
        while before > 0, source[before - 1] == 0x20 { before -= 1 }
        var behind = run.span.end
        while behind < source.count, source[behind] == 0x20 { behind += 1 }
        guard before > 0, behind < source.count else { return false }
        func isOperand(_ index: Int, _ next: Int) -> Bool {
            let byte = source[index]
            if byte.isASCIIDigit || [0x7B, 0x7D, 0x28, 0x29].contains(byte) { return true }
            return byte.isASCIILetter && (!source.indices.contains(next) || !isASCIIWord(source[next]))
        }
        return isOperand(before - 1, before - 2) && isOperand(behind, behind + 1)
    }

    /// Two that stand right and make nothing.
    private func plainPair(_ first: MarkRun, _ run: MarkRun) -> Diagnostic? {
        guard let mark = Mark.of(first.byte, first.length), !run.isAlone, !first.isAlone,
            !isOfIdentifier(first, source), !isOfIdentifier(run, source)
        else { return nil }
        return .strayMarks(first.span, run.span, mark)
    }

    /// `**bold*`, of which one side has more than the other.
    private func uneven(_ first: MarkRun, _ run: MarkRun) -> Diagnostic? {
        guard !first.closes, !run.opens, !first.isAlone, first.byte == 0x7E || max(first.length, run.length) < 4 else {
            return nil
        }
        let mark = Mark.of(first.byte, 2)
        var end = run.span.start
        while end > first.span.end, source[end - 1] == 0x20 { end -= 1 }
        guard end > first.span.end, let mark, min(first.length, run.length) < 3, first.length + run.length != 4,
            source[first.span.end..<end].contains(where: {
                $0.isASCIILetter || $0 >= 0x80 || $0.isASCIIDigit || $0 == 0x7D
            })
        else { return .unevenMarks(first.span, run.span, mark, []) }
        let isMarkup = first.isWide || run.isWide
        let sign = String(repeating: String(UnicodeScalar(first.byte)), count: 2)
        return .unevenMarks(
            first.span, run.span, mark,
            [
                Edit(first.span, isMarkup ? mark.open : sign),
                Edit(Span(end, run.span.end), isMarkup ? mark.close : sign),
            ])
    }
}
