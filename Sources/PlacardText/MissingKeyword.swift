import ByteText
import MessageFormat
import SourceDiagnostics

// `input {$n :integer}` and `match $n` without their full stops, `.inputs {$n :integer}` with a slip, and variants without their
// `.match`: the text would be read as words and placeholders, one error for each of its braces.

/// What the lines at the beginning of a text lack to be declarations and a choice; nil where they are sound, or are words.
func missingKeyword(_ source: [UInt8]) -> Diagnostic? {
    guard let first = source.first(where: { $0 > 0x20 }), mayBeginKeyword(first) else { return nil }
    var declared: String?
    var start = 0
    while start < source.count {
        let end = source[start...].firstIndex(of: 0x0A) ?? source.count
        let line = source[start..<end].drop { $0 <= 0x20 }
        defer { start = end + 1 }
        guard !line.isEmpty else { continue }
        if let statement = Statement(line), !statement.isSound {
            let isMessage = declared != nil || holdsPattern(source, from: end)
            return isMessage
                ? .misspelledKeyword(written(source, statement.span), statement.keyword, at: statement.span) : nil
        }
        if line.first == 0x2E {
            if line.starts(with: ".match".utf8) { return nil }
            guard line.starts(with: ".input".utf8) || line.starts(with: ".local".utf8) else { return nil }
            // What stands behind it on its line is the parser's to read.
            if line.contains(0x7D), let close = line.lastIndex(of: 0x7D),
                line[(close + 1)...].contains(where: { $0 > 0x20 })
            {
                return nil
            }
            declared = variable(line) ?? declared
            continue
        }
        guard let declared, isVariant(line) else { return nil }
        return .missingMatch(declared, at: Span(at: line.startIndex), "\n")
    }
    return nil
}

/// Whether a text may begin with a keyword, or with what stands in place of its full stop.
private func mayBeginKeyword(_ byte: UInt8) -> Bool {
    [0x2E, 0x2D, 0x2A, 0x23, 0x2C, 0x3A, 0x40, 0xE3, 0xEF].contains(byte)
        || [0x69, 0x6C, 0x6D].contains(byte | 0x20)
}

/// A line that begins like a declaration or a choice.
private struct Statement {
    /// The keyword that is meant, with its full stop.
    let keyword: String
    /// What stands for it.
    let span: Span
    /// Whether it is written as it should be.
    let isSound: Bool

    init?(_ line: ArraySlice<UInt8>) {
        var start = line.startIndex
        // In place of the full stop, or beside it.
        for sign in [".", "-", "*", "#", ",", ":", "@", "\u{3002}", "\u{FF0E}", "\u{FF61}"]
        where line.starts(with: sign.utf8) {
            start += sign.utf8.count
            break
        }
        if line.first == 0x2E { while start < line.endIndex, [0x2E, 0x20].contains(line[start]) { start += 1 } }
        let word = line[start...].prefix { $0.isASCIILetter }
        guard (3...8).contains(word.count) else { return nil }
        let behind = line[word.endIndex...].drop { $0 == 0x20 || $0 == 0x3A }
        let name = String(decoding: word, as: UTF8.self)
        let keywords = ["input", "local", "match"]
        // A sentence may begin with a word like a keyword, but no value stands behind that.
        guard behind.starts(with: "$".utf8) || behind.starts(with: "{$".utf8),
            behind.startIndex > word.endIndex || behind.first == 0x7B,
            let meant = keywords.contains(name) ? name : nearMiss(name, among: keywords)
        else { return nil }
        keyword = ".\(meant)"
        isSound = line[..<word.endIndex].elementsEqual(keyword.utf8) && line[word.endIndex...].first != 0x3A
        span = Span(line.startIndex, line[word.endIndex...].first == 0x3A ? word.endIndex + 1 : word.endIndex)
    }
}

private func holdsPattern(_ source: [UInt8], from start: Int) -> Bool {
    var index = start
    while index + 1 < source.count {
        if source[index] == 0x7B, source[index + 1] == 0x7B { return true }
        index += 1
    }
    return false
}

/// The name behind the first `$`.
private func variable(_ line: ArraySlice<UInt8>) -> String? {
    guard let dollar = line.firstIndex(of: 0x24) else { return nil }
    let name = line[(dollar + 1)...].prefix { isASCIIWord($0) || $0 == 0x2E || $0 == 0x2D || $0 >= 0x80 }
    return name.isEmpty ? nil : String(decoding: name, as: UTF8.self)
}

/// `one {{` and `* {{`.
private func isVariant(_ line: ArraySlice<UInt8>) -> Bool {
    guard let brace = line.firstIndex(of: 0x7B), brace + 1 < line.endIndex, line[brace + 1] == 0x7B else {
        return false
    }
    let words = line[..<brace].split { $0 <= 0x20 }
    return words.count == 1 && words.allSatisfy(isUsualKey)
}
