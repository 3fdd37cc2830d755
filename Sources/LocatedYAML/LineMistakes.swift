import SourceDiagnostics

// Mistakes that a line shows: its indentation, its colon, its hyphen, and quotation marks that were left open.

extension SyntaxError {
    /// A no-break or ideographic space where YAML wants an ordinary one, on the line of the error.
    func spaceLookalike() -> Diagnostic? {
        for place in [offset, context] {
            let line = lineSpan(bytes, range, at: place)
            var position = line.start
            var previous: UInt32 = 0x20
            for scalar in text(line).unicodeScalars {
                let width = UTF8.width(scalar)
                let isFirst = position == line.start
                if isSpaceLookalike(scalar.value),
                    isFirst || previous == 0x3A || previous == 0x2D && position == line.start + 1
                {
                    let isFlush = isFirst && indentation(of: line) == 0 && !hasKeyOnly(above: line.start)
                    return .notASpace(scalar.value, at: Span(position, position + width), isNeedless: isFlush)
                }
                previous = scalar.value
                position += width
            }
        }
        return nil
    }

    /// Whether the line above is a key without a value, so that what is below may be indented.
    private func hasKeyOnly(above start: Int) -> Bool {
        guard let above = lineAbove(start) else { return false }
        return LineValue(bytes: bytes, range: range, at: above.start)?.span.isEmpty ?? false
    }

    func strangeStart() -> Diagnostic {
        let character = byte(offset)
        if character == 0x09 { return tab(at: offset) }
        if character == 0x25, offset == range.start || isBreak(byte(offset - 1)) {
            return directiveDiagnostic(bytes, range, near: offset)
        }
        let sign = text(self.character(at: offset))
        return .unquotedValue(
            LineValue(bytes: bytes, range: range, at: offset), fallback: self.character(at: offset),
            because: "`\(sign)` is reserved in YAML and cannot begin a value")
    }

    func tab(at offset: Int) -> Diagnostic {
        // The tab is somewhere in the white space that the line begins with.
        let line = lineSpan(bytes, range, at: offset)
        var start = line.start
        while start > range.start, byte(start - 1) == 0x09 || byte(start - 1) == 0x20 { start -= 1 }
        if offset >= line.start { start = offset }
        var place = start
        while place < range.end, byte(place) == 0x20 { place += 1 }
        var end = place
        while end < range.end, byte(end) == 0x09 || byte(end) == 0x20 { end += 1 }
        let span = Span(place, max(end, min(place + 1, range.end)))
        var edit = Edit(span, " ")
        if span.end == line.start {
            edit = Edit(
                Span(line.start - indentation(of: line), span.end), String(repeating: " ", count: depth(of: line)))
        }
        return .tab(at: span, edit)
    }

    /// How far a line would be indented that goes on where the one above left off: below a key without a value deeper than
    /// that, else in its column.
    private func depth(of line: Span) -> Int {
        guard let above = lineAbove(line.start - indentation(of: line)) else { return 0 }
        let value = LineValue(bytes: bytes, range: range, at: above.start)
        let opens = value.map { $0.span.isEmpty || blockHeader(above) != nil } ?? false
        let isInItem = above.length > 1 && byte(above.start) == 0x2D && byte(line.start) != 0x2D
        return indentation(of: above) + (opens || isInItem ? 2 : 0)
    }

    /// A colon and a space where no key can stand: inside a value, or below one.
    func strayColon() -> Diagnostic {
        if let value = LineValue(bytes: bytes, range: range, at: offset), value.span.start <= offset,
            !value.span.isEmpty
        {
            if let first = value.firstByte, let reason = startReason(first), first != 0x22, first != 0x27 {
                return .unquotedValue(value, fallback: value.span, because: reason)
            }
            if value.firstByte == 0x22 || value.firstByte == 0x27 { return textAfterQuote(value) ?? colonInside(value) }
            return colonInside(value)
        }
        if let keyless = lineWithoutKey(above: line) { return missingColon(on: keyless) }
        if let above = lineAbove(line.start), LineValue(bytes: bytes, range: range, at: above.start) != nil,
            indentation(of: line) > indentation(of: above)
        {
            return wrongIndentation(above)
        }
        return .strayKey(at: Span(line.start, max(line.start, min(offset, line.end))))
    }

    func colonInside(_ value: LineValue) -> Diagnostic {
        if let second = secondKey(value) ?? entryWithoutComma(value) { return second }
        var finding = Diagnostic.unquotedValue(
            value, fallback: value.span, because: "a colon followed by a space makes it a key")
        if let name = keyInside(value) {
            let rest = Span(value.span.start, bytes[name.end...].dropFirst().firstIndex { $0 != 0x20 } ?? name.end)
            if text(name) == value.keyText {
                // `title: title: Hello`
                finding.fixIts = [FixIt("leave out the second one", edits: [Edit(rest, "")], .unsafe)]
            } else {
                let edits = [Edit(Span(at: value.span.start), "{"), Edit(Span(at: value.span.end), "}")]
                let fix = FixIt("put it in `{ }`", edits: edits, .unsafe)
                // With more entries behind it, or below it, a mapping is meant.
                if hasKeyBehindComma(value) || isAboveDeeper(value.line) {
                    finding.fixIts = finding.fixIts.map { FixIt($0.title, edits: $0.edits, .unsafe) }
                }
                finding.fixIts.insert(fix, at: value.looksLikeExpression ? 1 : 0)
            }
        }
        if let key = value.key, key.start > value.line.start, bytes[value.line.start] == 0x2D, hasKeyBehindComma(value)
        {
            // `- id: a, label: A`: the whole item on one line takes braces.
            finding.fixIts.insert(
                FixIt(
                    "put the item in `{ }`",
                    edits: [Edit(Span(at: key.start), "{"), Edit(Span(at: value.span.end), "}")], .unsafe), at: 0)
        }
        return finding
    }

    /// `{id: a label: Go}`: the next entry's key in the value, without a comma before it.
    private func entryWithoutComma(_ value: LineValue) -> Diagnostic? {
        guard value.isFlow, value.firstByte != 0x22, value.firstByte != 0x27 else { return nil }
        let words = bytes[value.span.start..<value.span.end].split(separator: 0x20)
        guard
            let place = words.firstIndex(where: {
                $0.last == 0x3A && $0.count > 2 && $0.dropLast().allSatisfy(isOfKey)
            }), place > 0
        else { return nil }
        let name = Span(words[place].startIndex, words[place].endIndex - 1)
        // `label: Go; dismiss: true`: the semicolon is the comma.
        let before = words[place - 1]
        let sign = before.last == 0x3B && before.count > 1 ? before.endIndex - 1 : before.endIndex
        var finding = Diagnostic.missingComma(
            before: text(name), at: name, Edit(Span(sign, before.endIndex), ","))
        finding.fixIts.append(value.quotingFix())
        return finding
    }

    /// The key of a value that is a key and a value itself: `trigger: event: session_start`.
    private func keyInside(_ value: LineValue) -> Span? {
        let words = bytes[value.span.start..<value.span.end].split(separator: 0x20, maxSplits: 1)
        guard words.count == 2, words[0].last == 0x3A, words[0].count > 2,
            words[0].dropLast().allSatisfy({ isOfKey($0) || $0 == 0x2E })
        else { return nil }
        return Span(words[0].startIndex, words[0].endIndex - 1)
    }

    /// Whether a value without quotation marks holds a comma, and behind it a key.
    private func hasKeyBehindComma(_ value: LineValue) -> Bool {
        guard value.firstByte != 0x22, value.firstByte != 0x27 else { return false }
        return bytes[value.span.start..<value.span.end].split(separator: 0x2C).dropFirst().contains { part in
            let name = part.drop { $0 == 0x20 }.prefix(while: isOfKey)
            return !name.isEmpty && name.endIndex < part.endIndex && bytes[name.endIndex] == 0x3A
        }
    }

    /// `template: toast title: T`: a word, and behind it another key, which belongs on a line of its own.
    private func secondKey(_ value: LineValue) -> Diagnostic? {
        guard !value.isFlow, let key = value.key else { return nil }
        let words = bytes[value.span.start..<value.span.end].split(separator: 0x20, maxSplits: 2)
        guard words.count > 1, words[0].allSatisfy(isOfKey),
            let name = words[1].last == 0x3A ? words[1].dropLast() : nil,
            name.count > 1, name.allSatisfy(isOfKey)
        else { return nil }
        let gap = Span(words[0].endIndex, name.startIndex)
        let indentation = String(repeating: " ", count: key.start - value.line.start + self.indentation(of: value.line))
        return .secondKey(
            text(Span(name.startIndex, name.endIndex)), at: Span(name.startIndex, name.endIndex + 1),
            Edit(gap, lineBreakUsed(in: bytes) + indentation))
    }

    /// Whether keys such as `frequency` and words such as `order_status` are made of it.
    func isOfKey(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x61...0x7A, 0x30...0x39, 0x5F, 0x2D: true
        default: false
        }
    }

    /// The line is deeper than the one above, which has its value already.
    func wrongIndentation(_ above: Span) -> Diagnostic {
        let value = LineValue(bytes: bytes, range: range, at: above.start)
        let key = value?.keyText ?? ""
        if line.length > 1, byte(line.start) == 0x2D, byte(line.start + 1) != 0x20 {
            return .hyphenWithoutSpace(
                at: Span(line.start, line.start + 1), [Edit(Span(at: line.start + 1), " ")])
        }
        let lineStart = line.start - indentation(of: line)
        let target = String(repeating: " ", count: indentation(of: above))
        let hasKey = value.map { !$0.span.isEmpty && !key.isEmpty } ?? true
        // The line above may be the one in the wrong column: the first of the keys below a key without a value.
        if let opening = lineAbove(above.start), indentation(of: opening) == indentation(of: above),
            LineValue(bytes: bytes, range: range, at: opening.start)?.span.isEmpty ?? false
        {
            let deeper = String(repeating: " ", count: indentation(of: line))
            return .indentedTooDeep(
                line, below: above, key: hasKey ? key : nil,
                Edit(Span(above.start - indentation(of: above), above.start), deeper), isAbove: true)
        }
        return .indentedTooDeep(
            line, below: above, key: hasKey ? key : nil, Edit(Span(lineStart, line.start), target))
    }

    /// The first of the lines above that have no key and so are a text, which goes on to `line`: the first keys of a
    /// mapping without their colon, or without the space behind it. YAML meets the mistake at the first key that is one.
    private func lineWithoutKey(above line: Span) -> Span? {
        var found: Span?
        var start = line.start
        while let above = lineAbove(start) {
            start = above.start
            if bytes[above.start] == 0x23 { continue }
            guard let value = LineValue(bytes: bytes, range: range, at: above.start) else {
                found = above
                continue
            }
            if value.key == nil { return colonWithoutSpace(value.span) == nil ? nil : value.span }
            // Below a key that has its value the lines are part of that.
            return value.span.isEmpty ? found : nil
        }
        return found
    }

    func missingColon() -> Diagnostic {
        let line = lineSpan(bytes, range, at: context)
        if let key = longKey(line) { return key }
        if let above = lineAbove(line.start), let block = blockHeader(above) { return blockNotIndented(line, block) }
        if let first = byte(context) as UInt8?, first == 0x2A || first == 0x26 || first == 0x21 {
            if let value = LineValue(bytes: bytes, range: range, at: context), let reason = startReason(first) {
                return .unquotedValue(value, fallback: value.span, because: reason)
            }
        }
        if let value = LineValue(bytes: bytes, range: range, at: context), let first = value.firstByte,
            let reason = startReason(first), value.span.start <= context
        {
            return .unquotedValue(value, fallback: value.span, because: reason)
        }
        return missingColon(on: line)
    }

    func longKey(_ line: Span) -> Diagnostic? {
        guard line.length > 1024 else { return nil }
        let end = bytes[line.start..<line.end].firstIndex(of: 0x3A) ?? line.end
        guard end - line.start > 1024 else { return nil }
        return .keyTooLong(at: Span(line.start, end))
    }

    func blockNotIndented(_ line: Span, _ header: Span) -> Diagnostic {
        // Blank lines above the text that are deeper than it decide its indentation.
        var start = header.end < range.end ? pastBreak(bytes, lineEnd(header.end)) : range.end
        while start < line.start {
            let end = lineEnd(start)
            if end - start > indentation(of: line), bytes[start..<end].allSatisfy({ $0 == 0x20 }) {
                return .indentedBlankLine(at: Span(start, end), text: line)
            }
            start = end < range.end ? pastBreak(bytes, end) : range.end
        }
        return .blockNotIndented(at: line, header: header)
    }

    func strayDash() -> Diagnostic {
        if let value = LineValue(bytes: bytes, range: range, at: offset), value.span.start == offset {
            var finding = Diagnostic.unquotedValue(value, fallback: value.span, because: "`-` begins a list item")
            if byte(offset + 1) == 0x20, value.key != nil {
                let edits = [Edit(Span(offset, offset + 2), "["), Edit(Span(at: value.span.end), "]")]
                finding.fixIts.append(FixIt("make it a list", edits: edits, .unsafe))
            }
            return finding
        }
        return .strayItem(at: line)
    }

    /// Something that is neither the next key (or item) nor the end of the block.
    func brokenBlock() -> Diagnostic {
        if offset <= line.start, let above = lineAbove(line.start), let block = blockHeader(above),
            indentation(of: line) > indentation(of: above)
        {
            return blockNotIndented(line, block)
        }
        if byte(offset) == 0x2D, byte(offset + 1) <= 0x20 {
            return .listAfterKeys(at: line, fix: withoutHyphen())
        }
        if let comma = commaAfterValue() { return comma }
        if let value = LineValue(bytes: bytes, range: range, at: offset), value.span.start < offset,
            let first = value.firstByte
        {
            if first == 0x22 || first == 0x27, let after = textAfterQuote(value) { return after }
            if let reason = startReason(first) { return .unquotedValue(value, fallback: value.span, because: reason) }
        }
        if let first = byte(line.start) as UInt8?, first == 0x5D || first == 0x7D {
            return bracketOfLineAbove()
        }
        if isSameLine(offset, line.start), offset > line.start { return afterValue() }
        return .wrongIndentation(at: line, fix: indentationFix())
    }

    func afterValue() -> Diagnostic {
        if let quote = quoteLeftOpen() { return quote }
        let rest = Span(min(offset, line.end), line.end)
        return .afterValue(text(rest), at: rest)
    }

    /// A quotation mark on a line above that was meant to close there: the text went on to the next one, in this line.
    func quoteLeftOpen() -> Diagnostic? {
        var above = lineAbove(line.start)
        while let candidate = above {
            above = lineAbove(candidate.start)
            guard let value = LineValue(bytes: bytes, range: range, at: candidate.start) else { continue }
            guard let quote = value.firstByte, quote == 0x22 || quote == 0x27 else { continue }
            let marks = bytes[value.span.start..<value.span.end].count { $0 == quote }
            guard marks == 1 else { return nil }
            let opening = Span(value.span.start, value.span.start + 1)
            return .quoteOpenOnLine(
                text(opening), at: opening, goesOnTo: Span(offset, min(offset + 1, line.end)), value.closingFix())
        }
        return nil
    }

    /// `"Hello" world`, or the expression `"a" in b`.
    func textAfterQuote(_ value: LineValue) -> Diagnostic? {
        guard let quote = value.firstByte else { return nil }
        var end = value.span.start + 1
        while end < value.span.end {
            if bytes[end] == 0x5C, quote == 0x22 {
                end += 1
            } else if bytes[end] == quote {
                if quote == 0x27, byte(end + 1) == 0x27 { end += 1 } else { break }
            }
            end += 1
        }
        guard end + 1 < value.span.end else { return nil }
        if !value.isFlow, let comma = commaAfterQuote(end + 1) { return comma }
        var start = end + 1
        while start < value.span.end, bytes[start] == 0x20 { start += 1 }
        var result = Diagnostic.unquotedValue(
            value, fallback: value.span, because: "text follows the closing quotation mark")
        result.primary = Label(Span(start, value.span.end), "the quotation marks end before it")
        result.secondary = [Label(Span(value.span.start, end + 1))]
        return result
    }
}
