import SourceDiagnostics

extension PatternText {
    /// Reports the names of variables that have their `$`, but not the braces of a placeholder.
    func namesWithoutBraces(_ source: [UInt8], _ environment: TextEnvironment) -> [Diagnostic] {
        guard source.contains(0x24), !environment.variables.isEmpty else { return [] }
        var diagnostics: [Diagnostic] = []
        let span = scanned.span
        var start = span.start
        // Placeholders are in the order of the source.
        for entry in scanned.contents {
            if start < entry.span.start {
                diagnostics += names(source, in: Span(start, entry.span.start), environment)
            }
            start = max(start, entry.span.end)
        }
        let end = min(span.end, source.count)
        return start < end ? diagnostics + names(source, in: Span(start, end), environment) : diagnostics
    }

    /// Looks at words between placeholders.
    private func names(_ source: [UInt8], in words: Span, _ environment: TextEnvironment) -> [Diagnostic] {
        var diagnostics: [Diagnostic] = []
        var index = words.start
        while let dollar = source[index..<words.end].firstIndex(of: 0x24) {
            index = dollar + 1
            while index < words.end, isOfName(source[index]) { index += 1 }
            // A full stop or a hyphen behind a name is the sentence's.
            var end = index
            while end > dollar + 1, source[end - 1] == 0x2E || source[end - 1] == 0x2D { end -= 1 }
            // Behind `\` or `\{` it is meant as such; behind a reference such as `&#123;` there is a diagnostic already.
            if dollar > scanned.span.start, [0x5C, 0x7B, 0x3B].contains(source[dollar - 1]) { continue }
            guard end - dollar > 2, isLetter(source[dollar + 1]) else { continue }
            let written = String(decoding: source[(dollar + 1)..<end], as: UTF8.self)
            guard let name = environment.variable(meantBy: written, allowsSlips: false), environment.isShowable(name)
            else { continue }
            // `$name$`
            if end == index, end < words.end, source[end] == 0x24, end + 1 == words.end || !isASCIIWord(source[end + 1])
            {
                end += 1
            }
            diagnostics.append(
                .variableWithoutBraces(
                    written, name, at: withWideBraces(source, Span(dollar, index), words) ?? Span(dollar, end),
                    environment))
        }
        return diagnostics
    }
}

private func isOfName(_ byte: UInt8) -> Bool { isASCIIWord(byte) || byte == 0x2D || byte == 0x2E }

/// `｛$name｝`, with the braces of East Asian keyboards (U+FF5B, U+FF5D).
private func withWideBraces(_ source: [UInt8], _ name: Span, _ words: Span) -> Span? {
    let whole = Span(name.start - 3, name.end + 3)
    guard whole.start >= words.start, whole.end <= words.end,
        source[whole.start..<name.start].elementsEqual("\u{FF5B}".utf8),
        source[name.end..<whole.end].elementsEqual("\u{FF5D}".utf8)
    else { return nil }
    return whole
}
