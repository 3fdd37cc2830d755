import Foundation
import Testing

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// What a stream of the tool holds.
enum OutputKind {
    /// Words for people.
    case words
    /// Commands for GitHub's runner, a line each.
    case commands
    /// One JSON document.
    case json
    /// One XML document.
    case xml
}

/// What is wrong with what the tool wrote; nil when it is clean. Written from Unicode's properties and the documents of
/// the runners, and not from the sources of the writer.
func uncleanness(of bytes: [UInt8], _ kind: OutputKind) -> String? {
    guard let text = String(validating: bytes, as: UTF8.self) else { return "not UTF-8" }
    for line in text.unicodeScalars.split(separator: "\n") {
        if let problem = problem(ofLine: Array(line)) {
            return problem + ": " + String(String.UnicodeScalarView(line)).debugDescription
        }
        if let problem = command(String(String.UnicodeScalarView(line)), kind) {
            return problem + ": " + String(String.UnicodeScalarView(line)).debugDescription
        }
    }
    switch kind {
    case .json:
        guard (try? JSONSerialization.jsonObject(with: Data(bytes), options: [.fragmentsAllowed])) != nil else {
            return "not JSON"
        }
    case .xml:
        let parser = XMLParser(data: Data(bytes))
        guard parser.parse() else { return "not XML: \(parser.parserError.map { "\($0)" } ?? "")" }
    case .words, .commands: break
    }
    return nil
}

private func problem(ofLine line: [Unicode.Scalar]) -> String? {
    var isolates = 0
    for (place, scalar) in line.enumerated() {
        let previous = place > 0 ? line[place - 1] : nil
        switch scalar.value {
        case 0x09: continue
        case 0x2066, 0x2068: isolates += 1
        case 0x2069:
            isolates -= 1
            if isolates < 0 { return "an isolate ends that did not begin" }
        case 0x200C, 0x200D, 0xFE00...0xFE0F, 0x180B...0x180D, 0x180F, 0xE0100...0xE01EF, 0xE0020...0xE007F:
            // Part of an emoji or of a letter that is no Latin one.
            guard let previous, !previous.isASCII || previous.properties.isEmoji else { return "hides behind ASCII" }
        default:
            let properties = scalar.properties
            switch properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator: return "U+\(String(scalar.value, radix: 16))"
            case .format where properties.isBidiControl || properties.isDefaultIgnorableCodePoint:
                return "U+\(String(scalar.value, radix: 16))"
            default:
                if properties.isDefaultIgnorableCodePoint || properties.isNoncharacterCodePoint {
                    return "U+\(String(scalar.value, radix: 16))"
                }
            }
        }
    }
    return isolates == 0 ? nil : "an isolate does not end"
}

/// Why a runner would read the line as a command that is not the tool's own.
private func command(_ line: String, _ kind: OutputKind) -> String? {
    let marks = ["##[", "##vso[", "##teamcity["]
    if let mark = marks.first(where: { line.lowercased().contains($0) }) { return mark }
    let start = line.trimmingPrefix {
        $0.unicodeScalars.allSatisfy { $0.properties.isWhitespace || $0.properties.isBidiControl }
    }
    // A place in another file: `:` is no command's name.
    guard start.hasPrefix("::"), kind == .commands || !start.hasPrefix("::: ") else {
        return kind == .commands ? "no command" : nil
    }
    guard kind == .commands else { return "a command" }
    let own =
        /^::(error|warning|notice) (file=[^:,]+,)?(line=\d+,endLine=\d+,)?(col=\d+,endColumn=\d+,)?title=[a-z0-9\/-]+::.+$/
    return line.wholeMatch(of: own) == nil ? "another command" : nil
}

@Suite struct `What is clean` {
    @Test(arguments: [
        "\u{1B}[31m", "\u{9B}", "a\rb", "\u{7F}", "a\u{202E}b", "\u{2066}a", "a\u{2069}", "\u{2028}", "\u{FEFF}",
        "\u{FFFE}", "pay\u{200D}pal", "a\u{E0041}", "  ::add-mask::a", "\u{3000}::error::a", "a ##[error]b", "##VSO[a]",
        "\u{AD}", "\u{3164}",
    ])
    func `finds what is not`(_ text: String) {
        #expect(uncleanness(of: Array(text.utf8), .words) != nil)
    }

    @Test(arguments: ["a\tb\nc", "👩‍👧 1️⃣ ❤️", "\u{2068}שלום\u{2069}", "a ::b::", "## [a]"])
    func `lets pass what is`(_ text: String) {
        #expect(uncleanness(of: Array(text.utf8), .words) == nil)
    }

    @Test func `knows the tool's own commands from others`() {
        #expect(uncleanness(of: Array("::error file=a%3A,line=1,endLine=1,title=a/b::c::d\n".utf8), .commands) == nil)
        #expect(uncleanness(of: Array("::add-mask::c\n".utf8), .commands) != nil)
        #expect(uncleanness(of: Array("::error file=a,title=a/b::c\nd\n".utf8), .commands) != nil)
        #expect(uncleanness(of: Array("{\"a\":".utf8), .json) != nil)
        #expect(uncleanness(of: Array("<a>&#0;</a>".utf8), .xml) != nil)
    }
}
