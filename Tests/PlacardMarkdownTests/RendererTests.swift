import CanonicalJSON
import PlacardMarkdown
import SourceDiagnostics
import Testing

@Suite struct RendererTests {
    private func text(_ markdown: String) throws -> String {
        String(decoding: PlainTextRenderer.render(try #require(parsed(markdown).document.tree)), as: UTF8.self)
    }

    private func mdast(_ markdown: String) throws -> String {
        let json = MdastRenderer.render(try #require(parsed(markdown).document.tree))
        #expect(try JSONValue(parsing: json).canonicalBytes == json)
        return String(decoding: json, as: UTF8.self)
    }

    @Test func textsAreWrittenWithoutMarkdown() throws {
        #expect(try text("# Title\n\nA *b*\nc  \nd [e](https://x.example) ![f](g.png)") == "Title\n\nA b c\nd e f")
        #expect(try text("- a\n- b\n  1. c\n  2. d\n") == "• a\n• b\n  1. c\n  2. d")
        #expect(try text("- [ ] a\n- [x] b") == "☐ a\n☑ b")
        #expect(try text("3. a\n\n4. b") == "3. a\n\n4. b")
        #expect(try text("> a\n>\n> b\n\n---\n\n    x\n    y") == "a\n\nb\n\n———\n\nx\ny")
        #expect(try text("| a | b |\n|---|---|\n| c | d |") == "a | b\nc | d")
    }

    /// R15: a soft break is one space, or nothing between two East Asian wide characters.
    @Test func aSoftBreakIsOneSpaceOrNothing() throws {
        #expect(try text("one\ntwo") == "one two")
        #expect(try text("日本\n語") == "日本語")
        #expect(try text("日本\nword") == "日本 word")
        #expect(try text("한국\n어") == "한국 어")
        #expect(try text("。\n「") == "。「")
        #expect(try mdast("日\n本").contains("\"value\":\"日本\""))
        let tree = try #require(parsed("日\n本 a\nb").document.tree)
        #expect(String(decoding: HTMLRenderer.render(tree, softBreak: .space), as: UTF8.self) == "<p>日本 a b</p>\n")
    }

    @Test func textsAreWrittenAsMdast() throws {
        #expect(
            try mdast("# A\n\n*b* **c** ~~d~~ `e`  \n[f](https://g.example \"h\")")
                == #"{"children":[{"children":[{"type":"text","value":"A"}],"depth":1,"type":"heading"},{"children":[{"children":[{"type":"text","value":"b"}],"type":"emphasis"},{"type":"text","value":" "},{"children":[{"type":"text","value":"c"}],"type":"strong"},{"type":"text","value":" "},{"children":[{"type":"text","value":"d"}],"type":"delete"},{"type":"text","value":" "},{"type":"inlineCode","value":"e"},{"type":"break"},{"children":[{"type":"text","value":"f"}],"title":"h","type":"link","url":"https://g.example"}],"type":"paragraph"}],"type":"root"}"#
        )
        #expect(
            try mdast("2. [x] a\n\n```js meta\nb\n```\n\n---\n\n![c](d.png)")
                == #"{"children":[{"children":[{"checked":true,"children":[{"children":[{"type":"text","value":"a"}],"type":"paragraph"}],"spread":false,"type":"listItem"}],"ordered":true,"spread":false,"start":2,"type":"list"},{"lang":"js","meta":"meta","type":"code","value":"b"},{"type":"thematicBreak"},{"children":[{"alt":"c","type":"image","url":"d.png"}],"type":"paragraph"}],"type":"root"}"#
        )
        #expect(
            try mdast("| a |\n|:-:|\n| b |")
                == #"{"children":[{"align":["center"],"children":[{"children":[{"children":[{"type":"text","value":"a"}],"type":"tableCell"}],"type":"tableRow"},{"children":[{"children":[{"type":"text","value":"b"}],"type":"tableCell"}],"type":"tableRow"}],"type":"table"}],"type":"root"}"#
        )
    }

    @Test func refusedLinksLeaveTheirWords() {
        let (document, html) = parsed("[a *b*](javascript:x) ![c](javascript:y)")
        #expect(html == "<p>a <em>b</em> c</p>\n")
        #expect(document.diagnostics.map(\.id) == ["link/dangerous-scheme", "link/dangerous-scheme"])
    }

    @Test func textsHaveLimits() {
        func ids(_ markdown: String) -> [String] { parsed(markdown).document.diagnostics.map(\.id) }
        let limits = MarkdownLimits()
        #expect(ids(String(repeating: "a", count: limits.bytes)) == [])
        #expect(ids(String(repeating: "a", count: limits.bytes + 1)) == ["markdown/too-long"])
        #expect(ids(String(repeating: "> ", count: limits.blockNesting) + "a") == [])
        #expect(ids(String(repeating: "> ", count: limits.blockNesting + 1) + "a") == ["markdown/too-deep"])
        #expect(ids(String(repeating: "- ", count: limits.blockNesting + 1) + "a") == ["markdown/too-deep"])
        #expect(ids(String(repeating: "[", count: limits.brackets)) == [])
        #expect(ids(String(repeating: "[", count: limits.brackets + 1)) == ["markdown/too-many-delimiters"])
        #expect(ids(String(repeating: "_ ", count: limits.delimiters + 1)) == ["markdown/too-many-delimiters"])
        #expect(
            ids(String(repeating: "*", count: 200) + "a" + String(repeating: "*", count: 200)) == ["markdown/too-deep"])
        #expect(ids("a\u{0}b") == ["markdown/null-character"])
        // Lists that grow deeper line by line.
        let stairs = (0..<40).map { String(repeating: "  ", count: $0) + "- a\n" }.joined()
        #expect(ids(stairs) == ["markdown/too-deep"])
        #expect(ids("        " + String(repeating: " ", count: 200) + "code, not a list\n") == [])
    }

    /// cmark's extensions share a table of characters; texts with and without them are parsed at the same time.
    @Test func manyThreadsParseAsOneDoes() async {
        let samples = [
            "~~gone~~ https://a.example www.b.example", "plain: what words", "| a | ~b~ |\n|---|---|\n| c | d |",
            "- [x] done www.c.example", "a ~ b", "x@y.example and ~~z~~",
        ]
        let wanted = samples.map { parsed($0).html }
        let failures = await withTaskGroup(of: Int.self, returning: Int.self) { group in
            for task in 0..<8 {
                group.addTask {
                    var failures = 0
                    for round in 0..<500 {
                        let index = (round &* 7 &+ task) % samples.count
                        if parsed(samples[index]).html != wanted[index] { failures += 1 }
                    }
                    return failures
                }
            }
            return await group.reduce(0, +)
        }
        #expect(failures == 0)
        #expect(
            wanted[0]
                == "<p><del>gone</del> <a href=\"https://a.example\">https://a.example</a> <a href=\"http://www.b.example\">www.b.example</a></p>\n"
        )
    }
}
