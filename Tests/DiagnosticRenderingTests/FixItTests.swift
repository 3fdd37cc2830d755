import DiagnosticRendering
import SourceDiagnostics
import Testing

@Suite struct `Fix-its are shown as changes of lines` {
    @Test func `a replacement is drawn as a change`() {
        let fix = FixIt("write `country`", edits: [Edit(file: "a.md", Span(15, 21), "country")], .safe)
        check(
            "audience: user.⟦contry⟧ == 1\n", fixIts: [fix],
            shows: """
                error[area/name]: something is wrong
                 --> a.md:1:16
                  |
                1 | audience: user.contry == 1
                  |                ^^^^^^
                  |
                  = fix: write `country`
                  |
                1 - audience: user.contry == 1
                1 + audience: user.country == 1
                """)
    }

    @Test func `a line added, a line removed, and two places`() {
        let fix = FixIt(
            "move it",
            edits: [
                Edit(file: "a.md", Span(8, 10), ""), Edit(file: "a.md", Span(at: 0), "d\n"),
                Edit(file: "b.md", Span(at: 1), "!"),
            ], .unsafe)
        let diagnostic = Diagnostic("a/b", .error, "c", at: Label(file: "a.md", Span(8, 9)), fixIts: [fix])
        let files = ["a.md": Array("1\n2\n3\n4\nd\n6".utf8), "b.md": Array("x".utf8)]
        #expect(
            text(render([diagnostic], files: files, as: .human)) == """
                error[a/b]: c
                 --> a.md:5:1
                  |
                5 | d
                  | ^
                  |
                  = likely fix, to be checked: move it
                  |
                1 + d
                  |
                5 - d
                 ::: b.md:1
                  |
                1 - x
                1 + x!

                """)
    }

    @Test func `many lines, an advice without edits, and a file that is not at hand`() {
        let long = (1...9).map { "line \($0)\n" }.joined()
        let fixes = [
            FixIt("add them", edits: [Edit(file: "a.md", Span(at: 0), long)], .displayOnly),
            FixIt("or think", edits: [], .displayOnly),
            FixIt("elsewhere", edits: [Edit(file: "gone.md", Span(0, 1), "x")], .safe),
        ]
        check(
            "⟦a⟧", fixIts: fixes,
            shows: """
                error[area/name]: something is wrong
                 --> a.md:1:1
                  |
                1 | a
                  | ^
                  |
                  = for example: add them
                  |
                1 + line 1
                2 + line 2
                3 + line 3
                4 + line 4
                5 + line 5
                6 + line 6
                  + … 3 more lines
                  = for example: or think
                  = fix: elsewhere
                """)
    }

    @Test func `a change in CR LF text and control characters`() {
        let fix = FixIt("drop it", edits: [Edit(file: "a.md", Span(1, 2), "\u{1B}")], .safe)
        check(
            "a⟦b⟧\r\nc", fixIts: [fix],
            shows: """
                error[area/name]: something is wrong
                 --> a.md:1:2
                  |
                1 | ab
                  |  ^
                  |
                  = fix: drop it
                  |
                1 - ab
                1 + a␛
                """)
    }
}

@Suite struct `Fix-its are applied` {
    private func diagnostic(_ edits: [Edit], _ applicability: FixIt.Applicability = .safe) -> Diagnostic {
        Diagnostic(
            "a/b", .error, "c", at: Label(file: edits[0].file, edits[0].span),
            fixIts: [FixIt("fix", edits: edits, applicability)])
    }

    private func check(
        _ edits: [[Edit]], in source: String = "abcdef", gives expected: String?, applied: Int, postponed: Int = 0
    ) {
        for order in [edits, edits.reversed()] {
            let result = applyFixIts(order.map { diagnostic($0) }, files: ["f": Array(source.utf8)])
            #expect(result.files["f"].map { text($0) } == expected)
            #expect(result.applied == applied)
            #expect(result.postponed == postponed)
        }
    }

    private func edit(_ start: Int, _ end: Int, _ replacement: String, file: String = "f") -> Edit {
        Edit(file: file, Span(start, end), replacement)
    }

    @Test func `beside each other`() {
        check([[edit(0, 1, "A")], [edit(1, 2, "B")], [edit(2, 2, "-")]], gives: "AB-cdef", applied: 3)
    }

    @Test func `overlapping: the first place wins, whatever the order of the diagnostics`() {
        check([[edit(0, 3, "X")], [edit(2, 4, "Y")]], gives: "Xdef", applied: 1, postponed: 1)
        check([[edit(2, 2, "X"), edit(5, 6, "")], [edit(4, 6, "Y")]], gives: "abXcde", applied: 1, postponed: 1)
    }

    @Test func `the same edit twice counts for both`() {
        check([[edit(0, 1, "A")], [edit(0, 1, "A"), edit(5, 6, "F")]], gives: "AbcdeF", applied: 2)
    }

    @Test func `two insertions at one place would need an order`() {
        check([[edit(1, 1, "X"), edit(0, 0, "s")], [edit(1, 1, "Y")]], gives: "saXbcdef", applied: 1, postponed: 1)
    }

    @Test func `outside of the file, inside of a character, or in a file that is not there`() {
        check([[edit(5, 7, "X")]], gives: nil, applied: 0, postponed: 1)
        check([[edit(1, 2, "X")]], in: "é", gives: nil, applied: 0, postponed: 1)
        check([[edit(0, 0, "X", file: "g")]], gives: nil, applied: 0, postponed: 1)
    }

    @Test func `only safe ones, and only the first safe one of a diagnostic`() {
        let unsafe = diagnostic([edit(0, 1, "U")], .unsafe)
        let shown = diagnostic([edit(0, 1, "D")], .displayOnly)
        var several = diagnostic([edit(1, 2, "1")], .unsafe)
        several.fixIts += [
            FixIt("second", edits: [edit(2, 3, "2")], .safe), FixIt("third", edits: [edit(3, 4, "3")], .safe),
        ]
        let result = applyFixIts([unsafe, shown, several], files: ["f": Array("abcdef".utf8)])
        #expect(result.files == ["f": Array("ab2def".utf8)])
        #expect(result.applied == 1)
        #expect(result.postponed == 0)
    }

    @Test func `an edit that changes nothing writes nothing`() {
        check([[edit(0, 1, "a")]], gives: nil, applied: 1)
    }
}
