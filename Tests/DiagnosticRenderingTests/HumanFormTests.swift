import DiagnosticRendering
import SourceDiagnostics
import Testing

@Suite struct `Human form: lines` {
    @Test func `secondary labels on the same line, on a near one and far away`() {
        check(
            "⟦b⟧: 1\n⟦a⟧: ⟦x⟧\n-\n⟦c⟧\n4\n5\n6\n7\n⟦d⟧\n", label: "here",
            secondary: ["first", "its value", "c", "d"],
            shows: """
                error[area/name]: something is wrong
                 --> a.md:1:1
                  |
                1 | b: 1
                  | ^ here
                2 | a: x
                  | - first
                  |    - its value
                3 | -
                4 | c
                  | - c
                ...
                9 | d
                  | - d
                """)
    }

    @Test func `a span over lines from the indentation on`() {
        check(
            "a:\n  ⟦b: 1\n  c: 2⟧\nd: 3\n", label: "this mapping",
            shows: """
                error[area/name]: something is wrong
                 --> a.md:2:3
                  |
                2 | /   b: 1
                3 | |   c: 2
                  | |______^ this mapping
                """)
    }

    @Test func `a span over lines from the middle of one, with a label inside`() {
        check(
            "a: ⟦[1,\n  ⟦2⟧,\n  3⟧\n", label: "no end", secondary: ["here"],
            shows: """
                error[area/name]: something is wrong
                 --> a.md:1:4
                  |
                1 |   a: [1,
                  |  ____^
                2 | |   2,
                  | |   - here
                3 | |   3
                  | |___^ no end
                """)
    }

    @Test func `the middle of a long span is left out`() {
        check(
            "⟦1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11⟧",
            shows: """
                error[area/name]: something is wrong
                  --> a.md:1:1
                   |
                 1 | / 1
                 2 | | 2
                 3 | | 3
                ...
                10 | | 10
                11 | | 11
                   | |__^
                """)
    }

    @Test func `a long line is cut around the place`() {
        let words = String(repeating: "lorem ipsum ", count: 40)
        check(
            words + "⟦dolor⟧ " + words, options: RenderingOptions(width: 60),
            shows: """
                error[area/name]: something is wrong
                 --> a.md:1:481
                  |
                1 | …psum lorem ipsum dolor lorem ipsum lorem ipsum lor…
                  |                   ^^^^^
                """)
    }

    @Test func `a line of megabytes is cut before it is looked at`() {
        let half = String(repeating: "あ", count: 700_000)
        check(
            half + "⟦x⟧" + half, options: RenderingOptions(width: 40),
            shows: """
                error[area/name]: something is wrong
                 --> a.md:1:700001
                  |
                1 | …あああああxあああああああああ…
                  |            ^
                """)
    }

    @Test func `other files have their own excerpt; one that is not at hand has a path`() {
        let diagnostic = Diagnostic(
            "content/duplicate-id", .error, "two messages have the id `a`",
            at: Label(file: "x/a.md", Span(0, 3), "again here"),
            secondary: [Label(file: "y/a.md", Span(4, 5), "first here"), Label(file: "z/a.md", Span(0, 9), "gone")])
        let files = ["x/a.md": Array("---\n".utf8), "y/a.md": Array("---\n# hi\n".utf8)]
        #expect(
            text(render([diagnostic], files: files, as: .human, options: RenderingOptions(pathPrefix: "p/"))) == """
                error[content/duplicate-id]: two messages have the id `a`
                 --> p/x/a.md:1:1
                  |
                1 | ---
                  | ^^^ again here
                 ::: p/y/a.md:2:1
                  |
                2 | # hi
                  | - first here
                 ::: p/z/a.md

                """)
    }

    @Test func `a diagnostic without a file, and two diagnostics`() {
        let first = Diagnostic("project/missing", .error, "no project here", at: Label(Span(0, 0)), notes: ["a\nb"])
        let second = Diagnostic("a/b", .note, "c", at: Label(Span(0, 0)))
        #expect(
            text(render([first, second], files: [:], as: .human)) == """
                error[project/missing]: no project here
                  |
                  = note: a
                          b

                note[a/b]: c

                """)
        #expect(render([], files: [:], as: .human).isEmpty)
    }

    @Test func `a terminal gets colours`() {
        let diagnostic = Diagnostic("a/b", .warning, "c", at: Label(file: "f", Span(0, 1), "d"))
        let shown = render([diagnostic], files: ["f": [0x78]], as: .human, options: RenderingOptions(color: true))
        let blue = "\u{1B}[1;34m"
        let yellow = "\u{1B}[1;33m"
        let bold = "\u{1B}[1m"
        let off = "\u{1B}[0m"
        #expect(
            text(shown) == """
                \(yellow)warning[a/b]\(off)\(bold): \(off)\(bold)c\(off)
                 \(blue)--> \(off)f:1:1
                \(blue)  |\(off)
                \(blue)1 |\(off) x
                \(blue)  |\(off) \(yellow)^ d\(off)

                """)
    }
}

@Suite struct `Human form: hostile text` {
    @Test func `control characters are shown, not obeyed`() {
        check(
            "a\u{1B}[2J\u{7}\u{9B}31m ⟦x⟧\u{0}\u{7F}", label: "\u{1B}]0;owned\u{7}",
            shows: """
                error[area/name]: something is wrong
                 --> a.md:1:12
                  |
                1 | a␛[2J␇<U+009B>31m x␀␡
                  |                   ^ ␛]0;owned␇
                """)
    }

    @Test func `bidirectional controls are shown, and carets still fit`() {
        check(
            "if \u{202E}⟦admin⟧\u{2066} {}\u{200B}",
            shows: """
                error[area/name]: something is wrong
                 --> a.md:1:5
                  |
                1 | if <U+202E>admin<U+2066> {}<U+200B>
                  |            ^^^^^
                """)
    }

    @Test func `a line with right-to-left letters is isolated`() {
        check(
            "title: ⟦مرحبا⟧", label: "عربي",
            shows: """
                error[area/name]: something is wrong
                 --> a.md:1:8
                  |
                1 | \u{2066}title: مرحبا\u{2069}
                  |        ^^^^^ \u{2068}عربي\u{2069}
                """)
    }

    @Test func `bytes that are not UTF-8 are shown as numbers`() {
        let diagnostic = Diagnostic("a/b", .error, "not UTF-8", at: Label(file: "f", Span(2, 3)))
        #expect(
            text(render([diagnostic], files: ["f": [0x61, 0xC3, 0xFF, 0x62, 0xE2, 0x82]], as: .human)) == """
                error[a/b]: not UTF-8
                 --> f:1:3
                  |
                1 | a<C3><FF>b<E2><82>
                  |      ^^^^

                """)
    }

    @Test func `a message, an id or a path with control characters or line feeds stays on its line`() {
        let diagnostic = Diagnostic("a\n/b", .error, "c\r\nd\u{85}", at: Label(file: "e\n::error::\u{1B}", Span(0, 0)))
        #expect(
            text(render([diagnostic], files: [:], as: .human)) == """
                error[a␊/b]: c␍␊d<U+0085>
                 --> e␊::error::␛

                """)
    }

    @Test func `tags hide text unless they spell a flag`() {
        check(
            "a\u{E0041}⟦b⟧",
            shows: """
                error[area/name]: something is wrong
                 --> a.md:1:3
                  |
                1 | a<U+E0041>b
                  |           ^
                """)
    }
}
