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

/// Length of the UTF-8 byte order mark at the beginning of `bytes`, 0 or 3.
package func byteOrderMarkLength(_ bytes: [UInt8]) -> Int {
    bytes.count >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF ? 3 : 0
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
        var index = offset
        let raw = UnsafeRawBufferPointer(bytes)
        while index &+ 8 <= bytes.count {
            let word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: index, as: UInt64.self))
            let ends = zeroBytes(word ^ 0x0A0A_0A0A_0A0A_0A0A) | zeroBytes(word ^ 0x0D0D_0D0D_0D0D_0D0D)
            guard ends == 0 else {
                index &+= ends.trailingZeroBitCount >> 3
                break
            }
            index &+= 8
        }
        while index < bytes.count, bytes[index] != 0x0A, bytes[index] != 0x0D { index += 1 }
        guard index < bytes.count else { return index }
        if bytes[index] == 0x0D, index + 1 < bytes.count, bytes[index + 1] == 0x0A { return index + 2 }
        return index + 1
    }

    /// The high bit of the first byte that is zero, and perhaps of later ones; 0 when none is.
    @inline(__always)
    private func zeroBytes(_ word: UInt64) -> UInt64 {
        (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
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
        let rule = "a message begins with --- on its first line, then keys and values, then --- again"
        var line = start
        while line < bytes.count, trimmedLine(line).isEmpty { line = nextLine(line) }
        let text = trimmedLine(min(line, bytes.count))
        if isMark(at: start) {
            return Diagnostic(
                "yaml/byte-order-mark", .error, "the file begins with two byte order marks",
                at: Label(Span(start, start + 3)),
                notes: ["one is allowed and none is needed"],
                fixIts: [FixIt("remove the second", edits: [Edit(Span(start, start + 3), "")], .safe)])
        }
        if line > start || text.start > line, dashes(at: text.start) == 3 {
            return Diagnostic(
                "yaml/malformed-fence", .error, "the front matter's --- must be the very beginning of the file",
                at: Label(text),
                notes: [rule],
                fixIts: [FixIt("remove what stands before it", edits: [Edit(Span(start, text.start), "")], .safe)])
        }
        if dashes(at: line) > 1 || text.length <= 4 && dashes(at: line) == 1 {
            return Diagnostic(
                "yaml/malformed-fence", .error,
                "\(string(text)) does not open the front matter; it takes exactly three hyphens",
                at: Label(text), notes: [rule],
                fixIts: [FixIt("write ---", edits: [Edit(text, "---")], .unsafe)])
        }
        if let foreign = foreignFrontMatter(text, rule) ?? openKeys(text, rule) { return foreign }
        return Diagnostic(
            "yaml/missing-front-matter", .error, "the file has no front matter",
            at: Label(Span(start, max(start, text.end))),
            notes: [rule],
            fixIts: [
                FixIt(
                    "add it",
                    edits: [Edit(Span(at: start), ["---", "template: ", "---", ""].joined(separator: lineBreak))],
                    .displayOnly)
            ])
    }

    /// Front matter as other tools have it: TOML between `+++`, JSON, and fences that are no three hyphens to a computer.
    private func foreignFrontMatter(_ line: Span, _ rule: String) -> Diagnostic? {
        let first = string(line)
        if first == "+++" {
            return Diagnostic(
                "yaml/malformed-fence", .error, "+++ opens front matter in TOML, which is YAML here", at: Label(line),
                notes: [
                    rule, "write --- for both lines of +++, and each `key = value` as `key: value`",
                ])
        }
        if first.utf8.first == 0x7B {
            return Diagnostic(
                "yaml/malformed-fence", .error, "{ opens front matter in JSON, which stands between lines of --- here",
                at: Label(Span(line.start, line.start + 1)),
                notes: [rule, "JSON is YAML: put --- on a line above the { and on a line below its }"])
        }
        if first.hasPrefix("---"), first.utf8.dropFirst(3).allSatisfy({ $0 != 0x2D && isLetterOrDigit($0) }) {
            let language = first.dropFirst(3).lowercased()
            let isReadable = language != "toml"
            return Diagnostic(
                "yaml/malformed-fence", .error, "front matter is in YAML, and names no language behind its ---",
                at: Label(line),
                notes: [rule] + (isReadable ? [] : ["write each `key = value` as `key: value`"]),
                fixIts: isReadable ? [FixIt("write ---", edits: [Edit(line, "---")], .unsafe)] : [])
        }
        if first.hasPrefix("```") {
            return Diagnostic(
                "yaml/malformed-fence", .error,
                "\(first) opens a block of code; front matter stands between lines of ---",
                at: Label(line), notes: [rule], fixIts: [fences(line, like: "```")])
        }
        guard isLineOfDashes(first) else { return nil }
        return Diagnostic(
            "yaml/malformed-fence", .error,
            "\(first) does not open the front matter; it takes exactly three hyphens", at: Label(line),
            notes: [rule] + (first.utf8.contains(0x20) ? ["- - - is a line across the page in Markdown"] : []),
            fixIts: [fences(line, like: first)])
    }

    /// Keys at the beginning of the file without the line that opens them.
    private func openKeys(_ line: Span, _ rule: String) -> Diagnostic? {
        guard let key = leadingKey(line.start), key.utf8.count > 3 else { return nil }
        var edits = [Edit(Span(at: line.start), "---" + lineBreak)]
        var end = nextLine(line.start)
        while end < bytes.count, !trimmedLine(end).isEmpty, !isFence(at: end) { end = nextLine(end) }
        if end >= bytes.count || !isFence(at: end) { edits.append(Edit(Span(at: end), "---" + lineBreak)) }
        return Diagnostic(
            "yaml/missing-front-matter", .error, "no line of --- opens the front matter", at: Label(line),
            notes: [rule],
            fixIts: [FixIt("put it between lines of ---", edits: edits, .unsafe)])
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
    private func fences(_ opening: Span, like text: String) -> FixIt {
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
        return FixIt("write ---", edits: edits, .unsafe)
    }

    /// What ends the lines of the file.
    private var lineBreak: String { lineBreakUsed(in: bytes) }

    /// Whether a line is three hyphens with a sign or two too many, as `}---` is.
    private func isNearlyFence(_ text: Span) -> Bool {
        let line = bytes[text.start..<text.end]
        return (4...5).contains(line.count) && line.count { $0 == 0x2D } == 3
            && line.allSatisfy { $0 > 0x20 && !isLetterOrDigit($0) }
    }

    private func isLetterOrDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x80...: true
        default: false
        }
    }

    /// The closing fence is missing; the hint shows where it probably belongs.
    func unclosed(_ fence: Span, _ first: Int) -> Diagnostic {
        var notes = ["a line of exactly three hyphens closes it; the Markdown text follows"]
        var secondary: [Label] = []
        var line = first
        var fixIts: [FixIt] = []
        while line < bytes.count {
            let text = trimmedLine(line)
            let count = dashes(at: text.start)
            let isForeign = text.start <= line + 1 && text.length >= 3 && isFenceOfOthers(string(text))
            if count > 1 || count == 1 && text.length > 1 || isForeign || isNearlyFence(text) {
                secondary.append(Label(text, "this line does not close it"))
                // A fence begins its line.
                fixIts.append(FixIt("write ---", edits: [Edit(Span(line, text.end), "---")], .unsafe))
                break
            }
            // What has neither key nor indentation nor the mark of a list or a comment is the text below.
            let isWords =
                !text.isEmpty && text.start == line && ![0x2D, 0x23, 0x22, 0x27].contains(bytes[line])
                && !bytes[text.start..<text.end].contains(0x3A)
            if text.isEmpty || isWords, line > first {
                secondary.append(Label(Span(at: line), "it may end here"))
                fixIts.append(FixIt("close it here", edits: [Edit(Span(at: line), "---" + lineBreak)], .unsafe))
                break
            }
            line = nextLine(line)
        }
        if fixIts.isEmpty { notes.append("nothing in the file looks like the end of the front matter") }
        return Diagnostic(
            "yaml/unclosed-front-matter", .error, "the front matter is never closed", at: Label(fence),
            secondary: secondary,
            notes: notes, fixIts: fixIts)
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
                let text = trimmedLine(first)
                return Diagnostic(
                    "yaml/second-front-matter", .warning,
                    "the text begins with `\(key)` and looks like more front matter", at: Label(text),
                    notes: ["the first --- after the beginning closes the front matter; what follows is Markdown"])
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
    return Diagnostic(
        "yaml/not-utf8", .error, "the file is \(name), not UTF-8", at: Label(Span(0, min(2, bytes.count))),
        notes: ["save it as UTF-8, without a byte order mark"])
}

/// A first line in which every other byte is zero.
private func isUTF16WithoutMark(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard bytes.count >= 4 else { return false }
    return (bytes[0] == 0 && bytes[2] == 0 && bytes[1] != 0) || (bytes[1] == 0 && bytes[3] == 0 && bytes[0] != 0)
}
