import ByteText
import SourceDiagnostics

// `input {$n :integer}` and `match $n` without their full stops, and variants without their `.match`: the text would be read as words
// and placeholders, one error for each of its braces.

/// What the lines at the beginning of a text lack to be declarations and a choice; nil where they are sound, or are words.
func missingKeyword(_ source: [UInt8]) -> Diagnostic? {
    guard let first = source.first(where: { $0 > 0x20 }), [0x2E, 0x69, 0x6C, 0x6D].contains(first) else { return nil }
    var declared: String?
    var start = 0
    while start < source.count {
        let end = source[start...].firstIndex(of: 0x0A) ?? source.count
        let line = source[start..<end].drop { $0 <= 0x20 }
        defer { start = end + 1 }
        guard let byte = line.first else { continue }
        if byte == 0x2E {
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
        if let keyword = ["input", "local", "match"].first(where: { line.starts(with: $0.utf8) }),
            beginsStatement(line.dropFirst(keyword.utf8.count), keyword)
        {
            let isMessage = declared != nil || holdsPattern(source, from: end)
            return isMessage
                ? .missingDot(keyword, at: Span(line.startIndex, line.startIndex + keyword.utf8.count)) : nil
        }
        guard let declared, isVariant(line) else { return nil }
        return .missingMatch(declared, at: Span(at: line.startIndex), "\n")
    }
    return nil
}

/// Whether ` {$name` or ` $name` follows a keyword.
private func beginsStatement(_ rest: ArraySlice<UInt8>, _ keyword: String) -> Bool {
    let behind = rest.drop { $0 == 0x20 }
    guard behind.startIndex > rest.startIndex else { return false }
    return behind.starts(with: keyword == "input" ? "{$".utf8 : "$".utf8)
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
    return words.count == 1 && words.allSatisfy(isKey)
}
