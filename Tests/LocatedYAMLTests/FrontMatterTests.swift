import LocatedYAML
import SourceDiagnostics
import Testing

/// Splits `file` and compares front matter, body and diagnostics.
private func check(
    _ file: String, _ frontMatter: String?, _ body: String, _ diagnostics: [String] = [],
    sourceLocation: SourceLocation = #_sourceLocation
) {
    let bytes = Array(file.utf8)
    let split = splitFrontMatter(bytes)
    func text(_ span: Span) -> String { String(decoding: bytes[span.start..<span.end], as: UTF8.self) }
    #expect(split.frontMatter.map(text) == frontMatter, sourceLocation: sourceLocation)
    #expect(text(split.body) == body, sourceLocation: sourceLocation)
    #expect(split.diagnostics.map { summary($0, bytes) } == diagnostics, sourceLocation: sourceLocation)
}

@Suite struct FrontMatterTests {
    @Test func frontMatterAndBodyAreFound() {
        check("---\na: 1\n---\nBody\n", "a: 1\n", "Body\n")
        check("---\r\na: 1\r\n---\r\nBody\r\n", "a: 1\r\n", "Body\r\n")
        check("---\ra: 1\r---\rBody", "a: 1\r", "Body")
        check("\u{FEFF}---  \na: 1\n--- \t\nBody", "a: 1\n", "Body")
        check("---\n---\n", "", "")
        check("---\na: 1\n---", "a: 1\n", "")
        check("---\na: 1\n---\nBody\n\n---\n\nmore\n", "a: 1\n", "Body\n\n---\n\nmore\n")
    }

    @Test func filesWithoutFrontMatter() {
        check("", nil, "", ["error yaml/missing-front-matter “”"])
        check("Hello\n", nil, "Hello\n", ["error yaml/missing-front-matter “Hello”"])
        check("\n---\na: 1\n---\n", nil, "\n---\na: 1\n---\n", ["error yaml/malformed-fence “---”"])
        check(" ---\na: 1\n---\n", nil, " ---\na: 1\n---\n", ["error yaml/malformed-fence “---”"])
        check("----\na: 1\n----\n", nil, "----\na: 1\n----\n", ["error yaml/malformed-fence “----”"])
        check(
            "\u{FEFF}\u{FEFF}---\na: 1\n---\n", nil, "\u{FEFF}---\na: 1\n---\n",
            ["error yaml/byte-order-mark “\u{FEFF}”"])
    }

    @Test func unclosedFrontMatter() throws {
        check("---\na: 1\n\nHello\n", nil, "", ["error yaml/unclosed-front-matter “---”"])
        check("---", nil, "", ["error yaml/unclosed-front-matter “---”"])
        let bytes = Array("---\na: 1\n\nHello\n".utf8)
        let fix = try #require(splitFrontMatter(bytes).diagnostics.first?.fixIts.first)
        #expect(String(decoding: apply(fix, to: bytes), as: UTF8.self) == "---\na: 1\n---\n\nHello\n")
    }

    @Test(arguments: ["}---", "---}", "--", "-----", "..."])
    func aFenceThatIsNearlyOneIsMadeOne(line: String) throws {
        let bytes = Array("---\na: 1\n\(line)\nHello\n".utf8)
        let fix = try #require(splitFrontMatter(bytes).diagnostics.first?.fixIts.first)
        #expect(String(decoding: apply(fix, to: bytes), as: UTF8.self) == "---\na: 1\n---\nHello\n")
    }

    @Test func aSecondBlockIsSuspect() {
        check(
            "---\na: 1\n---\nb: 2\n---\nHello\n", "a: 1\n", "b: 2\n---\nHello\n",
            ["warning yaml/second-front-matter “b: 2”"])
    }

    @Test(
        arguments: [
            ([0xFF, 0xFE, 0x2D, 0x00], "the file is UTF-16, not UTF-8"),
            ([0x2D, 0x00, 0x2D, 0x00], "the file is UTF-16, not UTF-8"),
            ([0xFF, 0xFE, 0x00, 0x00], "the file is UTF-32, not UTF-8"),
            ([0x2D, 0xC0, 0xAF], "the file is not UTF-8: an overlong form (C0 AF)"),
            ([0x2D, 0xED, 0xA0, 0xBD], "the file is not UTF-8: an encoded surrogate (ED A0 BD)"),
            ([0x2D, 0xF0, 0x9F, 0x98, 0x0A], "the file is not UTF-8: a character that is cut short (F0 9F 98)"),
            ([0x2D, 0xE9, 0x0A], "the file is not UTF-8: a character that is cut short (E9)"),
            ([0x2D, 0x80], "the file is not UTF-8: a stray continuation byte (80)"),
            ([0x2D, 0xF4, 0x90, 0x80, 0x80], "the file is not UTF-8: a code point beyond U+10FFFF (F4 90 80 80)"),
        ] as [([UInt8], String)])
    func otherEncodingsAreNamed(_ bytes: [UInt8], _ message: String) {
        let split = splitFrontMatter(bytes)
        #expect(split.frontMatter == nil)
        #expect(split.diagnostics.map(\.message) == [message])
        #expect(parseYAML(bytes).diagnostics.map(\.message) == [message])
    }
}
