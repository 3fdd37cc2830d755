import SourceDiagnostics

// Where a bracket that is never closed was meant to be.

extension SyntaxError {
    /// The places where what is open at the end of the line may be closed: there, and before each comma of an inner bracket behind
    /// which an entry of an outer one may begin. What is right is known as soon as it is read again.
    ///
    /// - Parameters:
    ///   - start: the outermost bracket that is open.
    ///   - end: the end of the value that begins with it.
    func closings(_ start: Int, _ end: Int) -> [FixIt] {
        var open: [UInt8] = []
        var commas: [(place: Int, closing: UInt8)] = []
        var quote: UInt8 = 0
        for index in start..<min(end, range.end) {
            let byte = bytes[index]
            if quote != 0 {
                if byte == quote { quote = 0 }
                continue
            }
            switch byte {
            case 0x22, 0x27: if index > start, isFlowGap(bytes[index - 1]) { quote = byte }
            case 0x5B: open.append(0x5D)
            case 0x7B: open.append(0x7D)
            case 0x5D, 0x7D:
                // One of another kind closes what is around, too.
                guard let last = open.lastIndex(of: byte) else { break }
                open.removeSubrange(last...)
            case 0x2C:
                if open.count > 1, let closing = open.last, beginsEntry(index + 1) { commas.append((index, closing)) }
            default: break
            }
        }
        var fixIts: [FixIt] = []
        if !open.isEmpty {
            let closing = String(decoding: open.reversed(), as: UTF8.self)
            fixIts.append(FixIt("close it at the end of the line", edits: [Edit(Span(at: end), closing)], .unsafe))
        }
        for comma in commas.prefix(4) {
            let closing = String(decoding: [comma.closing], as: UTF8.self)
            fixIts.append(
                FixIt("put `\(closing)` before the comma", edits: [Edit(Span(at: comma.place), closing)], .unsafe))
        }
        return fixIts
    }

    /// Whether a key, or an item in brackets, begins behind a comma.
    private func beginsEntry(_ place: Int) -> Bool {
        var name = place
        while byte(name) == 0x20 { name += 1 }
        if byte(name) == 0x7B || byte(name) == 0x5B { return true }
        let first = name
        while isOfKey(byte(name)) || byte(name) == 0x2E { name += 1 }
        return name > first && byte(name) == 0x3A && byte(name + 1) == 0x20
    }

    /// `{event: session_start}, delay: 3s}`: a bracket before the last entries of what another ends.
    func earlyBracket() -> Diagnostic? {
        guard let value = LineValue(bytes: bytes, range: range, at: line.start), value.key != nil,
            value.firstByte == 0x7B,
            let close = matchingBracket(value.span.start), close + 1 < value.span.end, byte(value.span.end - 1) == 0x7D
        else { return nil }
        var name = close + 1
        guard byte(name) == 0x2C, beginsEntry(name + 1) else { return nil }
        name += 1
        while byte(name) == 0x20 { name += 1 }
        var end = name
        while isOfKey(byte(end)) { end += 1 }
        return .earlyBracket("}", before: text(Span(name, end)), at: Span(close, close + 1))
    }

    /// A bracket at the beginning of a line that was meant to end the line above.
    func bracketOfLineAbove() -> Diagnostic {
        let bracket = character(at: line.start)
        guard let above = lineAbove(line.start), let value = LineValue(bytes: bytes, range: range, at: above.start),
            let first = value.firstByte, first == 0x5B || first == 0x7B,
            matchingBracket(value.span.start) == line.start,
            !isBehindBreak(bracket.end)
        else { return .strayBracket(text(bracket), at: bracket, nil) }
        return .strayBracket(
            text(bracket), at: bracket,
            FixIt(
                "move it to the end of the line above",
                edits: [Edit(Span(at: value.span.end), text(bracket)), Edit(bracket, "")], .unsafe))
    }

    private func isBehindBreak(_ place: Int) -> Bool { place >= line.end }
}
