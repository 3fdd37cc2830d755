import ByteText
import SourceDiagnostics

// A message file is front matter between two fences, then Markdown. The fences are lines of
// exactly three hyphens, white space behind them aside. Nothing but the first line can open
// the front matter, so that a thematic break in the body stays one.

/// The parts of a file that begins with front matter.
package struct FrontMatterSplit: Sendable {
    /// The lines between the fences; nil when the file has no (whole) front matter.
    package var frontMatter: Span?
    /// What follows the closing fence; the whole file (without byte order mark) when there is no front matter.
    package var body: Span
    package var diagnostics: [Diagnostic]

    package init(frontMatter: Span?, body: Span, diagnostics: [Diagnostic]) {
        self.frontMatter = frontMatter
        self.body = body
        self.diagnostics = diagnostics
    }
}

/// Finds the front matter and the body of a file.
///
/// Lines end with LF, CR LF or a lone CR, and one byte order mark may lead. The bytes are checked to be UTF-8 throughout;
/// a file that is not has an error and neither part.
package func splitFrontMatter(_ bytes: [UInt8]) -> FrontMatterSplit {
    bytes.withUnsafeBufferPointer { buffer in
        var splitter = FrontMatterSplitter(bytes: buffer)
        return splitter.split()
    }
}

private struct FrontMatterSplitter {
    let bytes: UnsafeBufferPointer<UInt8>
    var diagnostics: [Diagnostic] = []

    mutating func split() -> FrontMatterSplit {
        if let problem = encodingProblem(bytes) {
            return FrontMatterSplit(frontMatter: nil, body: Span(at: bytes.count), diagnostics: [problem])
        }
        let start = isMark(at: 0) ? 3 : 0
        guard isFence(at: start) else {
            diagnostics.append(missingFrontMatter(from: start))
            return FrontMatterSplit(frontMatter: nil, body: Span(start, bytes.count), diagnostics: diagnostics)
        }
        let first = nextLine(start)
        var line = first
        while line < bytes.count {
            if isFence(at: line) { return found(Span(first, line), body: nextLine(line)) }
            line = nextLine(line)
        }
        diagnostics.append(unclosed(Span(start, start + 3), first))
        return FrontMatterSplit(frontMatter: nil, body: Span(at: bytes.count), diagnostics: diagnostics)
    }

    mutating func found(_ frontMatter: Span, body: Int) -> FrontMatterSplit {
        if let second = secondFrontMatter(from: body) { diagnostics.append(second) }
        return FrontMatterSplit(
            frontMatter: frontMatter, body: Span(body, bytes.count), diagnostics: diagnostics)
    }

    func isMark(at offset: Int) -> Bool {
        offset + 3 <= bytes.count && bytes[offset] == 0xEF && bytes[offset + 1] == 0xBB && bytes[offset + 2] == 0xBF
    }

    /// Whether the line at `offset` is `---`, with nothing but white space behind it.
    func isFence(at offset: Int) -> Bool { dashes(at: offset) == 3 }

    /// How many hyphens the line at `offset` has, when it has nothing else but white space behind them; otherwise 0.
    func dashes(at offset: Int) -> Int {
        var index = offset
        while index < bytes.count, bytes[index] == 0x2D { index += 1 }
        let count = index - offset
        guard count > 0 else { return 0 }
        while index < bytes.count, bytes[index] == 0x20 || bytes[index] == 0x09 { index += 1 }
        return index == bytes.count || bytes[index] == 0x0A || bytes[index] == 0x0D ? count : 0
    }

    /// Where the line behind the one at `offset` begins.
    func nextLine(_ offset: Int) -> Int {
        let index = bytes.firstIndex(from: offset) {
            $0.equal(0x0A) | $0.equal(0x0D)
        } where: {
            $0 == 0x0A || $0 == 0x0D
        }
        guard index < bytes.count else { return index }
        if bytes[index] == 0x0D, index + 1 < bytes.count, bytes[index + 1] == 0x0A { return index + 2 }
        return index + 1
    }

    /// The line at `offset` without its end and surrounding white space.
    func trimmedLine(_ offset: Int) -> Span {
        var start = offset
        var end = nextLine(offset)
        while end > start, bytes[end - 1] <= 0x20 { end -= 1 }
        while start < end, bytes[start] == 0x20 || bytes[start] == 0x09 { start += 1 }
        return Span(start, end)
    }

    func missingFrontMatter(from start: Int) -> Diagnostic {
        var line = start
        while line < bytes.count, trimmedLine(line).isEmpty { line = nextLine(line) }
        let text = trimmedLine(min(line, bytes.count))
        if isMark(at: start) {
            return .secondByteOrderMark(at: Span(start, start + 3))
        }
        if line > start || text.start > line, dashes(at: text.start) == 3 {
            return .fenceNotFirst(at: text, before: Span(start, text.start))
        }
        if dashes(at: line) > 1 || text.length <= 4 && dashes(at: line) == 1 {
            return .malformedFence(string(text), at: text, edits: [Edit(text, "---")])
        }
        return foreignFrontMatter(text) ?? openKeys(text)
            ?? .missingFrontMatter(at: Span(start, max(start, text.end)), start, lineBreak: lineBreak)
    }

    /// Front matter as other tools have it: TOML between `+++`, JSON, and fences that are no three hyphens to a computer.
    private func foreignFrontMatter(_ line: Span) -> Diagnostic? {
        let first = string(line)
        if first == "+++" {
            return .frontMatterInTOML(at: line)
        }
        if first.utf8.first == 0x7B {
            return .frontMatterInJSON(at: Span(line.start, line.start + 1))
        }
        if first.hasPrefix("---"), first.utf8.dropFirst(3).allSatisfy({ $0 != 0x2D && isLetterOrDigit($0) }) {
            return .languageOfFrontMatter(at: line, isReadable: first.dropFirst(3).lowercased() != "toml")
        }
        if first.hasPrefix("```") { return .frontMatterInCode(at: line, codeFix(line)) }
        return isLineOfDashes(first) ? .malformedFence(first, at: line, edits: fences(line, like: first)) : nil
    }

    /// Keys at the beginning of the file without the line that opens them.
    private func openKeys(_ line: Span) -> Diagnostic? {
        guard let key = leadingKey(line.start), key.utf8.count > 3 else { return nil }
        var edits = [Edit(Span(at: line.start), "---" + lineBreak)]
        var end = nextLine(line.start)
        while end < bytes.count, !trimmedLine(end).isEmpty, !isFence(at: end) { end = nextLine(end) }
        if end >= bytes.count || !isFence(at: end) { edits.append(Edit(Span(at: end), "---" + lineBreak)) }
        return .unopenedFrontMatter(at: line, edits: edits)
    }

    private func isFenceOfOthers(_ text: String) -> Bool { text == "..." || text == "+++" || isLineOfDashes(text) }

    /// `- - -`, `***`, `___`, and dashes that a word processor has made of hyphens.
    private func isLineOfDashes(_ text: String) -> Bool {
        var marks: Set<UInt32> = []
        for scalar in text.unicodeScalars where scalar != " " { marks.insert(scalar.value) }
        guard !marks.isEmpty, text.unicodeScalars.count <= 20 else { return false }
        let dashes: Set<UInt32> = [0x2D, 0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2212]
        if marks.isSubset(of: dashes) { return true }
        return text.utf8.count >= 3 && (marks == [0x2A] || marks == [0x5F] || marks == [0x3B] || marks == [0x7E])
    }

    /// Three hyphens in place of the opening line, and of the next line that is like it.
    private func fences(_ opening: Span, like text: String) -> [Edit] {
        var edits = [Edit(opening, "---")]
        var line = nextLine(opening.end)
        while line < bytes.count, !isFence(at: line) {
            let other = trimmedLine(line)
            if string(other) == text {
                edits.append(Edit(other, "---"))
                break
            }
            line = nextLine(line)
        }
        return edits
    }

    /// Three hyphens in place of the fences of a block of code, or nothing where they stand around those.
    private func codeFix(_ line: Span) -> FixIt {
        var place = nextLine(line.end)
        guard place < bytes.count, isFence(at: place) else {
            return FixIt("write `---`", edits: fences(line, like: "```"), .unsafe)
        }
        var edits = [Edit(Span(line.start, place), "")]
        var codeLines: [Int] = []
        var closing: Int?
        while true {
            place = nextLine(place)
            guard place < bytes.count else { break }
            if closing == nil, isFence(at: place) { closing = place }
            if string(trimmedLine(place)).hasPrefix("```") { codeLines.append(place) }
        }
        // Its other fence is right below the front matter, or the one of the text that has no partner.
        let below = closing.flatMap { closing in codeLines.first { $0 == nextLine(closing) } }
        if let other = below ?? (codeLines.count % 2 == 1 ? codeLines.last : nil) {
            edits.append(Edit(Span(other, nextLine(other)), ""))
        }
        return FixIt("leave the fence of code out", edits: edits, .unsafe)
    }

    /// What ends the lines of the file.
    private var lineBreak: String { lineBreakUsed(in: bytes) }

    /// Whether a line is three hyphens with a sign or two too many, as `}---` is.
    private func isNearlyFence(_ text: Span) -> Bool {
        guard (4...12).contains(text.length) else { return false }
        let line = string(text).unicodeScalars
        return (4...5).contains(line.count) && line.count { $0 == "-" } == 3
            && line.allSatisfy { $0.value > 0x20 && !$0.properties.isAlphabetic && $0.properties.numericType == nil }
    }

    private func isLetterOrDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x80...: true
        default: false
        }
    }

    /// The closing fence is missing; the label shows where it probably belongs.
    func unclosed(_ fence: Span, _ first: Int) -> Diagnostic {
        var line = first
        while line < bytes.count {
            let text = trimmedLine(line)
            let count = dashes(at: text.start)
            if text.start == line, text.length > 3, string(text).hasPrefix("---"), !isNearlyFence(text),
                bytes[line + 3] > 0x20,
                bytes[line + 3] != 0x2D
            {
                return .textBehindFence(at: text, opening: fence, lineBreak: lineBreak)
            }
            let isForeign = text.start <= line + 1 && text.length >= 3 && isFenceOfOthers(string(text))
            if count > 1 || count == 1 && text.length > 1 || isForeign || isNearlyFence(text) {
                // A fence begins its line.
                return .unclosedFrontMatter(at: fence, Span(line, text.end), isLine: true, lineBreak: lineBreak)
            }
            // What has neither key nor indentation nor the mark of a list or a comment is the text below.
            let isWords =
                !text.isEmpty && text.start == line && ![0x2D, 0x23, 0x22, 0x27].contains(bytes[line])
                && !bytes[text.start..<text.end].contains(0x3A)
            if text.isEmpty || isWords, line > first {
                return .unclosedFrontMatter(at: fence, Span(at: line), isLine: false, lineBreak: lineBreak)
            }
            line = nextLine(line)
        }
        return .unclosedFrontMatter(at: fence, nil, isLine: false, lineBreak: lineBreak)
    }

    /// A body that begins like front matter and holds another fence was probably meant as one.
    func secondFrontMatter(from body: Int) -> Diagnostic? {
        // The beginning of the first line that holds anything.
        var line = body
        var index = body
        while index < bytes.count, bytes[index] <= 0x20 {
            if bytes[index] == 0x0A || bytes[index] == 0x0D { line = index + 1 }
            index += 1
        }
        guard index < bytes.count else { return nil }
        let first = line
        while line < bytes.count, bytes[line] == 0x20 || bytes[line] == 0x09 { line += 1 }
        guard line < bytes.count, let key = leadingKey(line) else { return nil }
        line = first
        var lines = 0
        while line < bytes.count, lines < secondFrontMatterLineLimit {
            if isFence(at: line) {
                return .secondFrontMatter(key, at: trimmedLine(first))
            }
            if trimmedLine(line).isEmpty { return nil }
            line = nextLine(line)
            lines += 1
        }
        return nil
    }

    /// `key:` at `start`, the beginning of a line.
    func leadingKey(_ start: Int) -> String? {
        var index = start
        while index < bytes.count, isKeyByte(bytes[index]) { index += 1 }
        guard index > start, index < bytes.count, bytes[index] == 0x3A else { return nil }
        guard index + 1 == bytes.count || bytes[index + 1] <= 0x20 else { return nil }
        return string(Span(start, index + 1))
    }

    func isKeyByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x61...0x7A, 0x41...0x5A, 0x30...0x39, 0x5F, 0x2D: true
        default: false
        }
    }

    func string(_ span: Span) -> String { String(decoding: bytes[span.start..<span.end], as: UTF8.self) }
}

/// How many lines of a body are looked at for a second closing fence.
let secondFrontMatterLineLimit = 100

/// The error for a file that is not UTF-8: another encoding by its first bytes, or malformed sequences.
func encodingProblem(_ bytes: UnsafeBufferPointer<UInt8>) -> Diagnostic? {
    if let foreign = foreignEncoding(bytes) { return foreign }
    return firstInvalidUTF8(in: bytes).map { notUTF8(bytes, $0, bytes.count) }
}

/// The error for a text that is UTF-16 or UTF-32, told by its first four bytes.
func foreignEncoding(_ bytes: UnsafeBufferPointer<UInt8>) -> Diagnostic? {
    func starts(_ prefix: [UInt8]) -> Bool {
        bytes.count >= prefix.count && bytes.prefix(prefix.count).elementsEqual(prefix)
    }
    guard let first = bytes.first, first == 0 || first >= 0xFE || bytes.count > 1 && bytes[1] == 0 else { return nil }
    let name: String
    if starts([0xFF, 0xFE, 0, 0]) || starts([0, 0, 0xFE, 0xFF]) || starts([0, 0, 0]) {
        name = "UTF-32"
    } else if starts([0xFF, 0xFE]) || starts([0xFE, 0xFF]) || isUTF16WithoutMark(bytes) {
        name = "UTF-16"
    } else {
        return nil
    }
    return .otherEncoding(name, at: Span(0, min(2, bytes.count)))
}

/// A first line in which every other byte is zero.
private func isUTF16WithoutMark(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard bytes.count >= 4 else { return false }
    return (bytes[0] == 0 && bytes[2] == 0 && bytes[1] != 0) || (bytes[1] == 0 && bytes[3] == 0 && bytes[0] != 0)
}
