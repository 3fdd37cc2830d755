import ByteText
import PlacardMarkdown
import SourceDiagnostics

// Markdown has no errors: what is not well-formed is text. Where an author can have meant nothing else, a text that only
// looks like Markdown is reported.

extension PatternText {
    /// Reports a paragraph that begins like a heading, but without the space; one `#` may be a hashtag.
    ///
    /// - Parameter isStep: whether headings are the steps of a conversation, of which one `#` begins one too. What stands before the
    ///   first of them is reported as such.
    func checkHeading(_ block: Int, _ source: [UInt8], isStep: Bool, _ diagnostics: inout [Diagnostic]) {
        let paragraph = tree.nodes[block]
        guard paragraph.firstChild >= 0 else { return }
        if isStep, !tree.nodes[..<block].contains(where: { $0.kind == .heading }) { return }
        let start = tree.nodes[Int(paragraph.firstChild)].span.start
        var index = start
        while index < source.count, source[index] == 0x23 { index += 1 }
        guard (isStep ? 1...6 : 2...6).contains(index - start), index < source.count else { return }
        let isLetter = (source[index] | 0x20) >= 0x61 && (source[index] | 0x20) <= 0x7A || source[index] >= 0x80
        // `##name##` is a placeholder elsewhere.
        if isLetter, enclosed(source, start, source.count) == nil {
            diagnostics.append(.unspacedHeading(at: Span(start, index)))
        }
    }

    /// Reports a block of code whose fence is never closed: everything behind it is code.
    func checkFence(_ code: MarkdownNode, _ source: [UInt8], _ diagnostics: inout [Diagnostic]) {
        guard code.flags.contains(.fenced), code.span.end <= source.count, !code.span.isEmpty else { return }
        let mark = source[code.span.start]
        let opening = source[code.span.start..<code.span.end].prefix { $0 == mark }
        var index = code.span.end
        while index > opening.endIndex, source[index - 1] <= 0x20 { index -= 1 }
        var count = 0
        while index > opening.endIndex, source[index - 1] == mark {
            index -= 1
            count += 1
        }
        while index > opening.endIndex,
            source[index - 1] == 0x20 || source[index - 1] == 0x09 || source[index - 1] == 0x3E
        {
            index -= 1
        }
        let isOnItsLine = index > opening.endIndex && (source[index - 1] == 0x0A || source[index - 1] == 0x0D)
        if count >= opening.count, isOnItsLine { return }
        diagnostics.append(.unclosedFence(at: Span(code.span.start, opening.endIndex)))
    }
}
