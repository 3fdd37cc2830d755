import SourceDiagnostics

// What YAMLTreeBuilder has to find out for a diagnostic: where an anchor is, how a root that is no mapping was meant.

extension YAMLTreeBuilder {
    func aliasLimit(_ span: Span, first: Span?, _ anchor: Span) -> Diagnostic {
        var anchors = [Label(firstWord(anchor), "what it repeats")]
        if let first, first.start != anchor.start { anchors.append(Label(firstWord(first), "the first anchor")) }
        return .aliasLimit(options.limits, at: span, anchors: anchors)
    }

    func unknownAlias(_ name: String, _ span: Span) -> Diagnostic {
        if let later = laterAnchor(name, after: span.end) { return .aliasBeforeAnchor(name, at: span, anchor: later) }
        let value = LineValue(bytes: bytes, range: range, at: span.start)
        return .unknownAlias(name, at: span, value.flatMap { $0.span.start == span.start ? $0.quotingFix() : nil })
    }

    /// Reports `title: &Hi there`, of which only `there` would be left: an anchor of a text that nothing repeats is a word of it.
    mutating func reportUnusedAnchors(_ anchors: [(span: Span, node: Int)]) {
        for anchor in anchors {
            let record = records[anchor.node]
            // What has quotation marks or is a number is whole without it.
            guard record.kind == .scalar, record.style == .plain, record.value == .string || record.value == .null,
                let value = LineValue(bytes: bytes, range: range, at: anchor.span.start),
                value.span.start == anchor.span.start
            else { continue }
            diagnostics.append(
                .unquotedValue(value, fallback: value.span, because: "`&` begins a YAML anchor, and nothing repeats it")
            )
            readAsText(anchor.node, value.span)
        }
    }

    func notAMapping(_ root: YAMLRecord) -> Diagnostic {
        guard root.kind == .scalar else { return .notAMapping("a list", at: firstLine(root.span)) }
        if let lookalike = colonLookalike(in: root.span) { return lookalike }
        return .notAMapping(typeName(root.value), at: firstLine(root.span), gaps: gaps(in: root.span))
    }

    /// Where the lines of a text have `key:value`.
    private func gaps(in span: Span) -> [Int] {
        var gaps: [Int] = []
        var start = span.start
        while start < span.end {
            let line = lineSpan(bytes, range, at: start)
            if let gap = colonWithoutGap(at: line.start) { gaps.append(gap) }
            start = max(start, line.end)
            while start < span.end, !isBreak(bytes[start]) { start += 1 }
            start += 1
        }
        return gaps
    }

    /// A colon followed by something that only looks like a space, or by nothing.
    private func colonLookalike(in span: Span) -> Diagnostic? {
        var offset = span.start
        for scalar in String(decoding: bytes[span.start..<span.end], as: UTF8.self).unicodeScalars {
            let width = UTF8.width(scalar)
            if offset > span.start, bytes[offset - 1] == 0x3A {
                if isSpaceLookalike(scalar.value) { return .notASpace(scalar.value, at: Span(offset, offset + width)) }
            } else if scalar.value == 0xFF1A {
                return .fullwidthColon(at: Span(offset, offset + width))
            }
            offset += width
        }
        return nil
    }

    private func laterAnchor(_ name: String, after offset: Int) -> Span? {
        let wanted = [0x26] + Array(name.utf8)
        var start = offset
        while start + wanted.count <= range.end {
            let end = start + wanted.count
            if bytes[start] == 0x26, bytes[start..<end].elementsEqual(wanted), end == range.end || bytes[end] <= 0x20 {
                return Span(start, end)
            }
            start += 1
        }
        return nil
    }

    /// At most the first character of what may be half a file.
    func narrow(_ span: Span) -> Span { Span(span.start, min(span.end, span.start + 1)) }

    private func firstLine(_ span: Span) -> Span {
        var end = span.start
        while end < span.end, !isBreak(bytes[end]) { end += 1 }
        return Span(span.start, end)
    }

    func firstWord(_ span: Span) -> Span {
        var end = span.start
        while end < range.end, bytes[end] > 0x20 { end += 1 }
        return Span(span.start, end)
    }
}

/// A directive (`%YAML`), which no file of a project takes.
func directiveDiagnostic(_ bytes: [UInt8], _ range: Span, near offset: Int) -> Diagnostic {
    var start = range.start
    var found = Span(offset, min(offset + 1, range.end))
    while start < range.end {
        var end = start
        while end < range.end, !isBreak(bytes[end]) { end += 1 }
        if bytes[start] == 0x25 {
            found = Span(start, end)
            break
        }
        start = end < range.end ? pastBreak(bytes, end) : range.end
    }
    let isDirective = ["%YAML", "%TAG"].contains { bytes[found.start..<found.end].starts(with: $0.utf8) }
    return .directive(at: found, isDirective: isDirective)
}
