import DiagnosticRendering
import Testing

private func diff(_ before: String, _ after: String) -> String {
    String(decoding: unifiedDiff("content/a.md", Array(before.utf8), Array(after.utf8)).bytes, as: UTF8.self)
}

@Suite struct UnifiedDiffTests {
    @Test func nothingIsSaidOfAFileThatStaysAsItIs() {
        #expect(diff("a\nb\n", "a\nb\n") == "")
    }

    @Test func aChangedLineStandsBetweenTheLinesAroundIt() {
        #expect(
            diff("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n") == """
                --- content/a.md
                +++ content/a.md
                @@ -2,7 +2,7 @@
                 2
                 3
                 4
                -5
                +five
                 6
                 7
                 8

                """)
    }

    @Test func changesThatAreFarApartStandByThemselves() {
        let lines = (1...20).map { "\($0)\n" }
        var changed = lines
        changed[1] = "two\n"
        changed.remove(at: 17)
        #expect(
            diff(lines.joined(), changed.joined()) == """
                --- content/a.md
                +++ content/a.md
                @@ -1,5 +1,5 @@
                 1
                -2
                +two
                 3
                 4
                 5
                @@ -15,6 +15,5 @@
                 15
                 16
                 17
                -18
                 19
                 20

                """)
    }

    @Test func aLastLineWithoutItsEndIsMarked() {
        #expect(
            diff("a", "a\n") == """
                --- content/a.md
                +++ content/a.md
                @@ -1,1 +1,1 @@
                -a
                \\ No newline at end of file
                +a

                """)
        #expect(diff("", "a\n").hasSuffix("@@ -0,0 +1,1 @@\n+a\n"))
    }

    @Test func charactersThatCannotBeSeenAreShownByName() {
        #expect(diff("a\u{202E}\n", "a\n").contains("-a<U+202E>\n+a\n"))
    }
}
