import CEL
import SourceDiagnostics
import Testing

@Suite struct ParserTests {
    /// The nodes of an expression as `text` of their spans, parents behind their children.
    private func spans(_ source: String) -> [String] {
        let (expression, _) = parse(source)
        return expression.nodes.indices.map { index in
            let bytes = Array(source.utf8)
            let span = expression.nodes[index].span
            return String(decoding: bytes[span.start..<span.end], as: UTF8.self)
        }
    }

    @Test func everyNodeKnowsItsText() {
        #expect(spans("(a + b) * c") == ["a", "b", "a + b", "c", "(a + b) * c"])
        #expect(spans("x.all(é, true)").isEmpty == false)
        #expect(spans("f(x).y[0]") == ["x", "f(x)", "f(x).y", "0", "f(x).y[0]"])
        #expect(spans("!-1.5") == ["-1.5", "!-1.5"])
        #expect(spans("a && b && c").last == "a && b && c")
    }

    @Test func conditionsAreFlat() {
        let (expression, diagnostics) = parse((0..<1000).map { "x\($0)" }.joined(separator: " && "))
        #expect(diagnostics.isEmpty)
        #expect(expression[expression.root].height == 2)
    }

    @Test(arguments: [
        ("", "cel/empty-expression"), ("1 +", "cel/unexpected-token"), ("(1", "cel/unclosed-bracket"),
        ("[1, 2", "cel/unclosed-bracket"), ("{'a' 1}", "cel/unexpected-token"), ("a ? b", "cel/unexpected-token"),
        ("\"abc", "cel/unterminated-string"), ("1 2", "cel/unexpected-token"), ("a = 1", "cel/operator-typo"),
        ("a & b", "cel/operator-typo"), ("a and b", "cel/operator-typo"), ("a <> b", "cel/operator-typo"),
        ("a === b", "cel/operator-typo"), ("for", "cel/reserved-word"), ("12px", "cel/invalid-number"),
        ("a # b", "cel/unexpected-character"), ("a == “b”", "cel/typographic-quotes"),
        ("`a b", "cel/invalid-quoted-name"),
        ("has(a)", "cel/invalid-macro-argument"), ("[1].all(1, true)", "cel/invalid-macro-argument"),
        ("[1].all(a, a, true)", "cel/invalid-macro-argument"), ("18446744073709551616u", "cel/number-out-of-range"),
        ("a..b", "cel/unexpected-token"), ("a.", "cel/unexpected-token"), ("@", "cel/unexpected-character"),
    ]) func defectsOfTheSyntaxHaveTheirIds(_ source: String, _ id: String) {
        let (expression, diagnostics) = parse(source)
        #expect(diagnostics.map { $0.id } == [id], "\(source)")
        #expect(expression.hasErrors)
        for diagnostic in diagnostics {
            for fix in diagnostic.fixIts where fix.applicability == .safe {
                #expect(!parse(apply(fix, to: source)).1.contains { $0.id == id })
            }
        }
    }

    @Test func severalDefectsInOneRun() {
        let (_, diagnostics) = parse("a = 1 && b = \"x\\q\" and (c")
        #expect(
            diagnostics.map { $0.id } == [
                "cel/operator-typo", "cel/operator-typo", "cel/invalid-escape", "cel/operator-typo",
                "cel/unclosed-bracket",
            ])
    }
}
