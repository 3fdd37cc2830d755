import DiagnosticRendering
import SourceDiagnostics
import Testing

@Suite struct `Human form: carets stand under the author's characters` {
    @Test func `ASCII`() {
        check(
            "template: banner\naudience: user.⟦contry⟧ == \"US\"\n", label: "no such attribute",
            notes: ["the group `user` declares: country, segments"],
            shows: #"""
                error[area/name]: something is wrong
                 --> a.md:2:16
                  |
                2 | audience: user.contry == "US"
                  |                ^^^^^^ no such attribute
                  |
                  = note: the group `user` declares: country, segments
                """#)
    }

    @Test func `wide characters take two columns`() {
        check(
            "title: 注文が⟦完了⟧しました", label: "ここ",
            shows: """
                error[area/name]: something is wrong
                 --> a.md:1:11
                  |
                1 | title: 注文が完了しました
                  |              ^^^^ ここ
                """)
    }

    @Test func `combining marks take none, alone they get a circle`() {
        check(
            "e\u{301}te\u{301} ⟦\u{327}x⟧",
            shows: """
                error[area/name]: something is wrong
                 --> a.md:1:7
                  |
                1 | e\u{301}te\u{301} \u{327}x
                  |    ^^
                """)
        check(
            "⟦\u{301}⟧x",
            shows: """
                error[area/name]: something is wrong
                 --> a.md:1:1
                  |
                1 | \u{25CC}\u{301}x
                  | ^
                """)
    }

    @Test func `emoji sequences take two columns, however many scalars they have`() {
        check(
            "👩‍👩‍👧‍👦 👍🏽 🇫🇷 ❤️ 1️⃣ ⟦🏴󠁧󠁢󠁷󠁬󠁳󠁿⟧ ok",
            shows: """
                error[area/name]: something is wrong
                 --> a.md:1:22
                  |
                1 | 👩‍👩‍👧‍👦 👍🏽 🇫🇷 ❤️ 1️⃣ 🏴󠁧󠁢󠁷󠁬󠁳󠁿 ok
                  |                ^^
                """)
    }

    @Test func `a span within a cluster marks the whole cluster`() {
        check(
            "a👩‍⟦👧⟧b",
            shows: """
                error[area/name]: something is wrong
                 --> a.md:1:4
                  |
                1 | a👩‍👧b
                  |  ^^
                """)
    }

    @Test func `Hangul syllables, composed or not, and full-width forms`() {
        check(
            "\u{1112}\u{1161}\u{11AB}한Ａ⟦x⟧",
            shows: """
                error[area/name]: something is wrong
                 --> a.md:1:6
                  |
                1 | \u{1112}\u{1161}\u{11AB}한Ａx
                  |       ^
                """)
    }

    @Test func `tabs go to the next stop`() {
        check(
            "\ta\t⟦bc⟧\td",
            shows: """
                error[area/name]: something is wrong
                 --> a.md:1:4
                  |
                1 |     a   bc  d
                  |         ^^
                """)
        check(
            "a⟦\t⟧b", options: RenderingOptions(tabWidth: 8),
            shows: """
                error[area/name]: something is wrong
                 --> a.md:1:2
                  |
                1 | a       b
                  |  ^^^^^^^
                """)
    }

    @Test func `CR LF and a lone CR end lines`() {
        check(
            "a\r\nb ⟦c⟧\rd\r\n",
            shows: """
                error[area/name]: something is wrong
                 --> a.md:2:3
                  |
                2 | b c
                  |   ^
                """)
        check(
            "ab⟦\r\n⟧c",
            shows: """
                error[area/name]: something is wrong
                 --> a.md:1:3
                  |
                1 | ab
                  |   ^
                """)
    }

    @Test func `an empty span is one caret`() {
        check(
            "title:⟦⟧\nbody", label: "a value is missing",
            shows: """
                error[area/name]: something is wrong
                 --> a.md:1:7
                  |
                1 | title:
                  |       ^ a value is missing
                """)
    }

    @Test func `the end of the file, with and without a last line feed, and of an empty file`() {
        check(
            "abc⟦⟧",
            shows: """
                error[area/name]: something is wrong
                 --> a.md:1:4
                  |
                1 | abc
                  |    ^
                """)
        check(
            "abc\n⟦⟧",
            shows: """
                error[area/name]: something is wrong
                 --> a.md:2:1
                  |
                2 |
                  | ^
                """)
        check(
            "⟦⟧",
            shows: """
                error[area/name]: something is wrong
                 --> a.md:1:1
                  |
                1 |
                  | ^
                """)
    }

    @Test func `a span past the end is clamped`() {
        let diagnostic = Diagnostic("a/b", .warning, "late", at: Label(file: "a", Span(50, 60)))
        #expect(
            text(render([diagnostic], files: ["a": Array("xy".utf8)], as: .human)) == """
                warning[a/b]: late
                 --> a:1:3
                  |
                1 | xy
                  |   ^

                """)
    }

    @Test func `inside a block scalar`() {
        let source = MarkedSource("audience: |\n  user.country == \"US\" &&\n    user.⟦cuontry⟧ == 'CA'\n")
        let expression = "user.country == \"US\" &&\n  user.cuontry == 'CA'\n"
        var table = OffsetTable()
        table.append(innerLength: 24, outer: 14, outerLength: 24)
        table.append(innerLength: expression.utf8.count - 24, outer: 40, outerLength: expression.utf8.count - 24)
        let inner = Diagnostic("cel/undeclared-reference", .error, "no `cuontry`", at: Label(Span(31, 38)))
        let placed = inner.placed(in: "a.md", through: table)
        #expect(placed.primary.span == source.spans[0])
        #expect(
            text(render([placed], files: ["a.md": source.bytes], as: .human)) == """
                error[cel/undeclared-reference]: no `cuontry`
                 --> a.md:3:10
                  |
                3 |     user.cuontry == 'CA'
                  |          ^^^^^^^

                """)
    }
}

func text(_ output: OutputText) -> String { output.description }
func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
