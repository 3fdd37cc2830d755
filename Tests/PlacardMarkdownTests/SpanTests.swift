import PlacardMarkdown
import SourceDiagnostics
import Testing

/// Where nodes stand in the source, in places where cmark's own columns are wrong or missing.
@Suite struct SpanTests {
    /// Kind and source of each node below the document, in order.
    private func check(_ markdown: String, _ wanted: [String], extensions: MarkdownExtensions = .message) throws {
        let document = parsed(markdown, extensions: extensions).document
        let tree = try #require(document.tree)
        #expect(document.misaligned == 0)
        let bytes = Array(markdown.utf8)
        let found = tree.nodes.dropFirst().map { node in
            "\(node.kind) \(String(decoding: bytes[node.span.start..<node.span.end], as: UTF8.self))"
        }
        #expect(found == wanted)
    }

    @Test func continuedAndLazyLines() throws {
        try check(
            "> one *two\nthree*\n>   four\n",
            [
                "blockQuote > one *two\nthree*\n>   four", "paragraph one *two\nthree*\n>   four", "text one ",
                "emphasis *two\nthree*", "text two", "softBreak \n", "text three", "softBreak \n", "text four",
            ])
    }

    @Test func escapesAndReferences() throws {
        try check(
            "\\*a &amp; &eacute;&nbsp;b\\\nc &bogus; **d**",
            [
                "paragraph \\*a &amp; &eacute;&nbsp;b\\\nc &bogus; **d**", "text \\*a &amp; &eacute;&nbsp;b",
                "lineBreak \\\n", "text c &bogus; ", "strong **d**", "text d",
            ])
    }

    @Test func cellsOfTablesHaveSpans() throws {
        try check(
            "Before\n| a | b |\n|---|--:|\n| x\\|`y\\|` | **z** |\n| only\n",
            [
                "paragraph Before", "text Before", "table | a | b |\n|---|--:|\n| x\\|`y\\|` | **z** |\n| only",
                "tableRow | a | b |", "tableCell a", "text a", "tableCell b", "text b",
                "tableRow | x\\|`y\\|` | **z** |", "tableCell x\\|`y\\|`", "text x\\|", "code `y\\|`",
                "tableCell **z**", "strong **z**", "text z", "tableRow | only", "tableCell only", "text only",
                "tableCell ",
            ])
    }

    @Test func tableInAList() throws {
        try check(
            "- 1 | 2\n  --|--\n  3 | 4\n",
            [
                "list - 1 | 2\n  --|--\n  3 | 4", "item - 1 | 2\n  --|--\n  3 | 4", "table 1 | 2\n  --|--\n  3 | 4",
                "tableRow 1 | 2", "tableCell 1", "text 1", "tableCell 2", "text 2", "tableRow 3 | 4", "tableCell 3",
                "text 3", "tableCell 4", "text 4",
            ])
    }

    @Test func linksOfAllForms() throws {
        try check(
            "[r]: https://a.example/ \"t\"\n[a *b*](https://x.example/(y) 'z') [r] [c][r] [r][] <https://d.example> www.e.example f@g.example.",
            [
                "paragraph [a *b*](https://x.example/(y) 'z') [r] [c][r] [r][] <https://d.example> www.e.example f@g.example.",
                "link [a *b*](https://x.example/(y) 'z')", "text a ", "emphasis *b*", "text b", "text  ", "link [r]",
                "text r", "text  ", "link [c][r]", "text c", "text  ", "link [r][]", "text r", "text  ",
                "link <https://d.example>", "text https://d.example", "text  ", "link www.e.example",
                "text www.e.example", "text  ", "link f@g.example", "text f@g.example", "text .",
            ])
    }

    @Test func addressesOfLinksHaveSpans() throws {
        let markdown = "[a](<https://x.example/y> \"t\") ![b](c.png) <https://d.example>"
        let tree = try #require(parsed(markdown).document.tree)
        let bytes = Array(markdown.utf8)
        let found = tree.nodes.filter { $0.kind == .link || $0.kind == .image }.map {
            String(decoding: bytes[$0.destinationSpan.start..<$0.destinationSpan.end], as: UTF8.self)
        }
        #expect(found == ["https://x.example/y", "c.png", "https://d.example"])
    }

    @Test func headingsAndBlocks() throws {
        try check(
            "## A *b* ##\n\nC\nd\n===\ne\n\n    code\n\n***\n\n1. one\n\n   two\n",
            [
                "heading ## A *b* ##", "text A ", "emphasis *b*", "text b", "heading C\nd\n===", "text C",
                "softBreak \n", "text d", "paragraph e", "text e", "codeBlock code", "thematicBreak ***",
                "list 1. one\n\n   two", "item 1. one\n\n   two", "paragraph one", "text one", "paragraph two",
                "text two",
            ])
    }

    @Test func carriageReturnsAndTabs() throws {
        try check(
            "a\r\nb  \r\n-\tc\r\n",
            [
                "paragraph a\r\nb", "text a", "softBreak \r\n", "text b", "list -\tc", "item -\tc", "paragraph c",
                "text c",
            ])
    }

    @Test func contentLinesLeaveContainersOut() throws {
        let tree = try #require(parsed("> one\n> two\n").document.tree)
        let paragraph = try #require(tree.nodes.first { $0.kind == .paragraph })
        let lines = tree.contentLines[Int(paragraph.contentLines.lowerBound)..<Int(paragraph.contentLines.upperBound)]
        #expect(Array(lines) == [Span(2, 5), Span(8, 11)])
    }

    @Test func strikethroughAndEmphasisMixed() throws {
        try check(
            "***a** ~~b~~ c*~d~",
            [
                "paragraph ***a** ~~b~~ c*~d~", "emphasis ***a** ~~b~~ c*", "strong **a**", "text a", "text  ",
                "strikethrough ~~b~~", "text b", "text  c", "strikethrough ~d~", "text d",
            ])
    }
}
