import SourceDiagnostics

// A fix-it for a text that stands in a YAML scalar is written for the decoded text. In the file the
// same change needs the scalar's own spelling: escapes in quotation marks, indentation in a block.

/// Leads edits of a scalar's decoded text to edits of its file, which decode to the changed text.
///
/// Make one for all the diagnostics of a scalar: what it knows of the scalar is found out once.
package struct ScalarEdits {
    private let scalar: YAMLScalar
    private let table: OffsetTable
    private let text: [UInt8]
    /// The number of spaces before each line of a block scalar.
    private let indentation: Int
    /// What ends the lines of the file around the scalar.
    private let lineBreak: String
    /// Whether the text holds what a plain scalar cannot hold between brackets, so that it is between none.
    private let isInBlock: Bool

    package init(_ scalar: YAMLScalar) {
        self.scalar = scalar
        table = scalar.table
        text = Array(scalar.text.utf8)
        let source = scalar.source
        var column = 0
        if let first = text.firstIndex(where: { !isBreak($0) }) {
            var offset = table.outerStart(first)
            while offset > scalar.raw.start, !isBreak(source[offset - 1]) {
                offset -= 1
                column += 1
            }
        }
        indentation = column
        lineBreak = lineBreakUsed(in: source[scalar.raw.start...])
        isInBlock = text.contains(where: isFlowIndicator)
    }

    /// Edits of the file for `edits`, whose spans count from `offset` in the decoded text.
    ///
    /// A line feed in a replacement stays one in every style but the folded, where it may become a space.
    /// A scalar whose style cannot hold the change is written anew, in quotation marks.
    package func edits(_ edits: [Edit], from offset: Int = 0) -> [Edit] {
        let inner = edits.map { edit in
            let start = min(max(0, edit.span.start + offset), text.count)
            return Edit(Span(start, min(max(start, edit.span.end + offset), text.count)), edit.replacement)
        }
        var result: [Edit] = []
        for edit in inner {
            guard let outer = outerEdit(widened(edit)) else { return [rewritten(inner)] }
            result.append(outer)
        }
        return result
    }

    /// The edit over whole escapes and folds: of these no part can be replaced.
    private func widened(_ edit: Edit) -> Edit {
        var span = edit.span
        var replacement = edit.replacement
        if let run = table.run(holding: span.start), run.innerLength != run.outerLength, run.inner < span.start {
            replacement = String(decoding: text[run.inner..<span.start], as: UTF8.self) + replacement
            span = Span(run.inner, span.end)
        }
        let last = edit.span.isEmpty ? edit.span.start : edit.span.end - 1
        if let run = table.run(holding: last), run.innerLength != run.outerLength, run.inner < edit.span.end {
            let end = run.inner + run.innerLength
            replacement += String(decoding: text[edit.span.end..<end], as: UTF8.self)
            span = Span(span.start, end)
        }
        return Edit(span, replacement)
    }

    /// The edit in the scalar's own style; nil when that cannot hold it.
    private func outerEdit(_ edit: Edit) -> Edit? {
        var outer = table.outer(edit.span)
        // With a line break goes the indentation behind it.
        if !edit.span.isEmpty, edit.span.end < text.count, isBreak(scalar.source[outer.end - 1]) {
            outer = Span(outer.start, table.outerStart(edit.span.end))
        }
        switch scalar.style {
        case .plain:
            return fitsPlain(edit) ? Edit(outer, edit.replacement) : nil
        case .singleQuoted:
            if outer.start == scalar.raw.start || edit.replacement.utf8.contains(where: { $0 < 0x20 }) { return nil }
            return Edit(outer, String(singleQuoted(edit.replacement).dropFirst().dropLast()))
        case .doubleQuoted:
            if outer.start == scalar.raw.start { return nil }
            return Edit(outer, String(doubleQuoted(edit.replacement).dropFirst().dropLast()))
        case .literal, .folded:
            return outer.start == scalar.raw.start ? nil : inBlock(edit, outer)
        }
    }

    /// A plain scalar has no escapes: what could end it, or make it something else, does not fit.
    private func fitsPlain(_ edit: Edit) -> Bool {
        let bytes = Array(edit.replacement.utf8)
        let isSound = bytes.allSatisfy { byte in
            byte >= 0x20 && byte != 0x23 && byte != 0x3A && byte != 0x7F && (isInBlock || !isFlowIndicator(byte))
        }
        guard isSound else { return false }
        // At both ends white space would vanish, and an indicator at the beginning would be read as one.
        if edit.span.start == 0 {
            let first = bytes.first ?? (edit.span.end < text.count ? text[edit.span.end] : 0x20)
            let isIndicator =
                first <= 0x2F && first != 0x24 && first != 0x28 || first == 0x3F || first == 0x40 || first == 0x60
            guard !isIndicator, !isFlowIndicator(first), first != 0x3E, first != 0x7C else { return false }
            // `true`, `12`: what is replaced as a whole may become more than a text.
            if edit.span.end == text.count { return false }
        }
        if edit.span.end == text.count {
            let last = bytes.last ?? (edit.span.start > 0 ? text[edit.span.start - 1] : 0x20)
            guard last > 0x20, last != 0x3A else { return false }
        }
        return true
    }

    /// In a block every line is indented. The place may be on a line that has nothing but some of the indentation, or
    /// behind the last line.
    private func inBlock(_ edit: Edit, _ outer: Span) -> Edit? {
        guard indentation > 0, !edit.replacement.utf8.contains(0x0D) else { return nil }
        let source = scalar.source
        var spaces = 0
        while outer.start - spaces > scalar.raw.start, source[outer.start - spaces - 1] == 0x20 { spaces += 1 }
        let isLineStart = outer.start - spaces > 0 && isBreak(source[outer.start - spaces - 1])
        let indent = String(repeating: " ", count: indentation)
        var replacement = ""
        if isLineStart, spaces < indentation {
            guard !edit.replacement.isEmpty else { return Edit(outer, "") }
            replacement = String(repeating: " ", count: indentation - spaces)
        }
        for scalar in edit.replacement.unicodeScalars {
            if scalar == "\n" {
                replacement += lineBreak + indent
            } else {
                replacement.unicodeScalars.append(scalar)
            }
        }
        if isLineStart, edit.span.start == text.count { replacement += lineBreak }
        return Edit(outer, replacement)
    }

    /// The whole scalar in quotation marks, with all edits made.
    private func rewritten(_ edits: [Edit]) -> Edit {
        var bytes: [UInt8] = []
        var offset = 0
        for edit in edits.sorted(by: { $0.span < $1.span }) where edit.span.start >= offset {
            bytes.append(contentsOf: text[offset..<edit.span.start])
            bytes.append(contentsOf: edit.replacement.utf8)
            offset = edit.span.end
        }
        bytes.append(contentsOf: text[offset...])
        var end = scalar.raw.end
        while end > scalar.raw.start, scalar.source[end - 1] <= 0x20 { end -= 1 }
        return Edit(Span(scalar.raw.start, end), quoted(String(decoding: bytes, as: UTF8.self)))
    }
}

/// What ends the first line of `bytes`: CR LF where they have it, else a line feed.
package func lineBreakUsed(in bytes: some Collection<UInt8>) -> String {
    var previous: UInt8 = 0
    for byte in bytes {
        if byte == 0x0A { return previous == 0x0D ? "\r\n" : "\n" }
        previous = byte
    }
    return "\n"
}

private func isFlowIndicator(_ byte: UInt8) -> Bool {
    byte == 0x2C || byte == 0x5B || byte == 0x5D || byte == 0x7B || byte == 0x7D
}
