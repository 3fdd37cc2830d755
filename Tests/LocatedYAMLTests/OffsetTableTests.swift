import LocatedYAML
import SourceDiagnostics
import Testing

/// Checks the table of the value of `a`: its text is `text`, and `needle` in it leads to `outer` in the file.
private func check(
    _ yaml: String, reads text: String, _ needle: String, leadsTo outer: String,
    sourceLocation: SourceLocation = #_sourceLocation
) throws {
    let bytes = Array(yaml.utf8)
    let scalar = try #require(parseYAML(bytes).node?["a"]?.scalar, sourceLocation: sourceLocation)
    #expect(scalar.text == text, sourceLocation: sourceLocation)
    let table = scalar.table
    #expect(table.innerLength == text.utf8.count, sourceLocation: sourceLocation)
    let inner = Array(text.utf8)
    let wanted = Array(needle.utf8)
    let start = try #require(
        (0...(inner.count - wanted.count)).first { inner[$0..<($0 + wanted.count)].elementsEqual(wanted) },
        sourceLocation: sourceLocation)
    let span = table.outer(Span(start, start + wanted.count))
    #expect(String(decoding: bytes[span.start..<span.end], as: UTF8.self) == outer, sourceLocation: sourceLocation)
}

@Suite struct OffsetTableTests {
    @Test func offsetsOfPlainScalarsLeadToTheFile() throws {
        try check("a: user.x == 3\n", reads: "user.x == 3", "==", leadsTo: "==")
        try check("a: é  x\n", reads: "é  x", "x", leadsTo: "x")
    }

    @Test func plainOverSeveralLines() throws {
        try check("a: one\n  two\n\n  three\n", reads: "one two\nthree", "two", leadsTo: "two")
        try check("a: one\n  two\n\n  three\n", reads: "one two\nthree", "three", leadsTo: "three")
        try check("a: one  \r\n  two\r\n", reads: "one two", " ", leadsTo: "  \r\n  ")
    }

    @Test func offsetsInSingleQuotesLeadToTheFile() throws {
        try check("a: 'it''s \"x\"'\n", reads: "it's \"x\"", "s \"", leadsTo: "s \"")
        try check("a: 'it''s'\n", reads: "it's", "'", leadsTo: "''")
        try check("a: 'one\n\n  two'\n", reads: "one\ntwo", "two", leadsTo: "two")
    }

    @Test func offsetsInDoubleQuotesLeadToTheFile() throws {
        try check("a: \"x\\u00e9\\ty\"\n", reads: "xé\ty", "é", leadsTo: "\\u00e9")
        try check("a: \"x\\U0001F600y\"\n", reads: "x😀y", "y", leadsTo: "y")
        try check("a: \"one \\\n   two\\n\"\n", reads: "one two\n", "two", leadsTo: "two")
        try check("a: \"one\\\n\n  two\"\n", reads: "one\ntwo", "two", leadsTo: "two")
        try check("a: \"\\\"x\\\" \\/ \\x41\"\n", reads: "\"x\" / A", "A", leadsTo: "\\x41")
    }

    @Test func offsetsOfLiteralBlocksLeadToTheFile() throws {
        try check("a: |\n  one\n   two\n\n  three\n", reads: "one\n two\n\nthree\n", "three", leadsTo: "three")
        try check("a: |-\r\n  one\r\n  two\r\n", reads: "one\ntwo", "two", leadsTo: "two")
        try check("a: |2-  # comment 9\n   one\n  two\n", reads: " one\ntwo", "two", leadsTo: "two")
        try check("b:\n  - 1\na: |1\n  one\n", reads: " one\n", "one", leadsTo: "one")
        try check("a: |+\n  one\n\nb: 1\n", reads: "one\n\n", "one", leadsTo: "one")
    }

    @Test func offsetsOfFoldedBlocksLeadToTheFile() throws {
        try check("a: >\n  one\n  two\n\n  three\n", reads: "one two\nthree\n", "three", leadsTo: "three")
        try check(
            "a: >-\n  one\n    more\n  two\n", reads: "one\n  more\ntwo", "more", leadsTo: "more")
        try check("a: >\n\n  one\n  é two\n", reads: "\none é two\n", "two", leadsTo: "two")
    }

    @Test func separatorsAreText() throws {
        try check("a: x\u{85}y\u{2028}z\n", reads: "x\u{85}y\u{2028}z", "z", leadsTo: "z")
    }
}
