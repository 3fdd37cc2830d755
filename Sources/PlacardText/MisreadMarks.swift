import ByteText
import PlacardMarkdown
import SourceDiagnostics

// Emphasis that Markdown made and nobody meant as it is: with a sign between numbers at an end, with marks left beside it, without a
// letter of its first or last word.

extension PatternText {
    /// Reports emphasis with more marks on one side than on the other, with signs between numbers at an end, and beside a
    /// letter of its first or last word.
    func misreadNodes(_ marks: EmphasisMarks, _ source: [UInt8]) -> [EmphasisSlip] {
        var slips: [EmphasisSlip] = []
        for (index, node) in tree.nodes.enumerated() where isMadeOfMarks(node, source) {
            let found =
                product(node, source) ?? unevenMarks(node, marks, source) ?? beginsInWord(node, source)
            guard let found else { continue }
            slips.append(
                EmphasisSlip(found.diagnostic, block: marks.blocks[index], runs: found.runs))
            if slips.count >= textDiagnosticLimit { break }
        }
        return slips
    }

    /// Whether some emphasis is to be reported, in a text in which readers see no mark.
    func holdsMisreadNode(_ source: [UInt8]) -> Bool {
        tree.nodes.contains {
            isMadeOfMarks($0, source) && (product($0, source) != nil || beginsInWord($0, source) != nil)
        }
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
        let sign = String(UnicodeScalar(byte))
        let (start, end) = (node.span.start, node.span.end)
        var (before, behind) = (0, 0)
        while before < 4, isExtra(start - 1 - before) { before += 1 }
        while behind < 4, isExtra(end + behind) { behind += 1 }
        if length == 1, let slip = slippedSign(node, before, behind, isExtra, marks, source) { return slip }
        guard (before == 0) != (behind == 0), !isEscaped(source, start - before) else { return nil }
        let open = Span(start - before, start + length)
        let close = Span(end - length, end + behind)
        // A mark of three is bold with a mark too many more often than bold and emphasis with some too few.
        let extra = before > 0 ? Span(open.start, start) : Span(end, close.end)
        let edit: Edit? =
            length == 2 && before + behind == 1
            ? Edit(extra, "")
            : length == 1 && before + behind == 1
                ? Edit(Span(at: before > 0 ? close.end : open.start), sign) : nil
        return (
            .unevenMarks(open, close, Mark.of(byte, 2), edit.map { [$0] } ?? []),
            [open.start, close.start, open.start + before, end]
        )
    }

    /// `**word* *and` and `**word*_`, and the same at the other end: of two signs one stands behind a space, or is another.
    private func slippedSign(
        _ node: MarkdownNode, _ before: Int, _ behind: Int, _ isExtra: (Int) -> Bool, _ marks: EmphasisMarks,
        _ source: [UInt8]
    ) -> (diagnostic: Diagnostic, runs: [Int])? {
        let byte = source[node.span.start]
        let sign = String(UnicodeScalar(byte))
        let (start, end) = (node.span.start, node.span.end)
        if before == 1, behind == 0 {
            // `**word* *and`, in which a space stands before the last sign
            if isExtra(end + 1), source[end] == 0x20, !isExtra(end + 2) {
                return (
                    .spacedMark(at: Span(end, end + 2), Mark.of(byte, 2), [Edit(Span(end, end + 2), "\(sign) ")]),
                    [start - 1, end - 1, end + 1]
                )
            }
            // `**word*_`, of which one sign is another
            if isOtherMark(end, marks, source) {
                return (
                    .unevenMarks(
                        Span(start - 1, start + 1), Span(end - 1, end + 1), Mark.of(byte, 2),
                        [Edit(Span(end, end + 1), sign)]), [start - 1, end - 1, end]
                )
            }
        }
        // The same at the other end: `is* *word**` and `_*word**`
        if before == 0, behind == 1 {
            if isExtra(start - 2), source[start - 1] == 0x20, !isExtra(start - 3) {
                return (
                    .spacedMark(
                        at: Span(start - 2, start), Mark.of(byte, 2), [Edit(Span(start - 2, start), " \(sign)")]),
                    [start - 2, start, end - 1]
                )
            }
            if isOtherMark(start - 1, marks, source) {
                return (
                    .unevenMarks(
                        Span(start - 1, start + 1), Span(end - 1, end + 1), Mark.of(byte, 2),
                        [Edit(Span(start - 1, start), sign)]), [start - 1, start, end - 1]
                )
            }
        }
        return nil
    }

    /// Whether a single sign of another mark is shown at a place.
    private func isOtherMark(_ place: Int, _ marks: EmphasisMarks, _ source: [UInt8]) -> Bool {
        guard source.indices.contains(place), marks.isShown(place), [0x2A, 0x5F, 0x7E, 0x60].contains(source[place])
        else { return false }
        return !(place > 0 && source[place - 1] == source[place])
            && !(place + 1 < source.count && source[place + 1] == source[place])
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
}
