import ByteText
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

    /// Makes a scalar the text that stands at `span`.
    mutating func readAsText(_ node: Int, _ span: Span) {
        var record = YAMLRecord(.scalar, span)
        record.raw = span
        record.style = .plain
        record.value = .string
        record.isVerbatim = true
        record.range = span.start..<span.end
        records[node] = record
    }

    /// `---` behind the first document, which closes nothing in a file that is YAML as a whole.
    func secondDocument(at fence: Span) -> Diagnostic {
        let isLast = bytes[fence.end..<range.end].allSatisfy { $0 <= 0x20 }
        return .severalDocuments(at: fence, isLast ? Edit(Span(fence.start, range.end), "") : nil)
    }

    /// Checks the end of what is in quotation marks: a comment has a space before it; and where lines of it are keys in the column of
    /// its own key or further left, the mark was meant to be closed on its line.
    mutating func checkQuoted(_ span: Span) throws(ParseFailure) {
        if options.isStrict, let line = swallowedLine(span) {
            let value = LineValue(bytes: bytes, range: range, at: span.start)
            if let value, value.span.start == span.start {
                let opening = Span(span.start, span.start + 1)
                throw ParseFailure(
                    .quoteOpenOnLine(
                        bytes[span.start] == 0x22 ? "\"" : "'", at: opening, goesOnTo: line, value.closingFix()))
            }
        }
        checkCommentGap(span.end)
    }

    /// The first line of a quoted text that is a key in the column of the line where the text begins, or further left.
    private func swallowedLine(_ span: Span) -> Span? {
        guard var end = bytes[span.start..<span.end].firstIndex(where: isBreak) else { return nil }
        let first = lineSpan(bytes, range, at: span.start)
        let column = column(first.start)
        while end < span.end {
            let start = pastBreak(bytes, end)
            guard start < span.end else { return nil }
            let line = lineSpan(bytes, range, at: start)
            var name = line.start
            while name < line.end, bytes[name].isASCIIAlphanumeric || bytes[name] == 0x5F { name += 1 }
            if self.column(line.start) <= column, name > line.start, name < line.end, bytes[name] == 0x3A,
                name + 1 == line.end || bytes[name + 1] == 0x20
            {
                return Span(line.start, min(name + 1, span.end))
            }
            end = max(start, line.end)
            while end < span.end, !isBreak(bytes[end]) { end += 1 }
        }
        return nil
    }

    /// How many bytes stand before a place on its line.
    private func column(_ place: Int) -> Int {
        var start = place
        while start > range.start, !isBreak(bytes[start - 1]) { start -= 1 }
        return place - start
    }

    /// `{price: 9,99}`: whether the entry is what a decimal comma made of the number above, which is then read as one.
    mutating func joinsDecimals(_ key: YAMLRecord, _ value: YAMLRecord, from first: Int) -> Bool {
        guard open.count > first, key.kind == .scalar, key.style == .plain, value.kind == .scalar, value.span.isEmpty,
            value.style == .plain, case .int(let whole) = records[Int(open[open.count - 1])].value,
            bytes[key.span.start..<key.span.end].allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x25 })
        else { return false }
        let place = Int(open[open.count - 1])
        let digits = text(key)
        let span = Span(records[place].span.start, key.span.end)
        guard records[place].style == .plain, records[place].span.end + 1 == key.span.start, whole.magnitude < 1 << 32,
            let fraction = Double("\(whole)." + (digits.hasSuffix("%") ? String(digits.dropLast()) : digits))
        else { return false }
        let number = "\(whole)." + digits
        diagnostics.append(.decimalComma(number, at: span))
        readAsText(place, span)
        if !digits.hasSuffix("%") { records[place].value = .float(fraction) }
        records[place].isVerbatim = false
        records[place].range = decoded.count..<(decoded.count + number.utf8.count)
        decoded.append(contentsOf: number.utf8)
        return true
    }

    func notAMapping(_ root: YAMLRecord) -> Diagnostic {
        guard root.kind == .scalar else { return .notAMapping("a list", at: firstLine(root.span)) }
        if let lookalike = colonLookalike(in: root.span) { return lookalike }
        let gaps = gaps(in: root.span)
        return .notAMapping(
            typeName(root.value), at: firstLine(root.span), gaps: gaps,
            colons: gaps.isEmpty ? colons(in: root.span) : [])
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

    /// The colons that the lines of a text lack, where each of them begins with a word.
    private func colons(in span: Span) -> [Edit] {
        var edits: [Edit] = []
        var start = span.start
        while start < span.end {
            let line = lineSpan(bytes, range, at: start)
            guard line.isEmpty || bytes[line.start] != 0x23 else { return [] }
            if !line.isEmpty {
                guard let edit = missingColonEdit(bytes, line), edit.span.start < line.end else { return [] }
                edits.append(edit)
            }
            start = max(start, line.end)
            while start < span.end, !isBreak(bytes[start]) { start += 1 }
            start += 1
        }
        return edits
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
