import CEL
import SourceDiagnostics
import Testing

@Suite struct LimitTests {
    private func evaluate(_ source: String, _ change: (inout Limits) -> Void = { _ in }) -> String {
        var limits = Limits()
        change(&limits)
        return result(source, Environment(limits: limits))
    }

    @Test func anExpressionHasAtMostSoManyBytes() {
        let longest = String(repeating: " ", count: Limits().expressionBytes - 1) + "1"
        #expect(evaluate(longest) == "1")
        #expect(evaluate(" " + longest) == "error: cel/too-long")
    }

    @Test(arguments: [
        (String(repeating: "(", count: 20_000), ""), (String(repeating: "[", count: 20_000), ""),
        (String(repeating: "{1:", count: 8_000), ""), (String(repeating: "!", count: 20_000), "true"),
        (String(repeating: "-", count: 20_000), "x"), (String(repeating: "f(", count: 10_000), ""),
        ("x" + String(repeating: ".y", count: 10_000), ""), ("x" + String(repeating: "[0]", count: 8_000), ""),
        ("1" + String(repeating: "+1", count: 12_000), ""), (String(repeating: "a?b:", count: 6_000), "c"),
        (String(repeating: "x.map(y,", count: 3_000), ""),
        (String(repeating: "a<", count: 10_000), "b"), (String(repeating: "a.b(", count: 6_000), ""),
    ]) func nestingIsBounded(_ prefix: String, _ suffix: String) {
        let (expression, diagnostics) = parse(prefix + suffix)
        #expect(diagnostics.contains { $0.id == "cel/nested-too-deeply" })
        #expect(expression[expression.root].height <= Limits().nesting)
        _ = Environment().check(expression)
    }

    @Test func nestingThatTheSpecificationAsksFor() {
        let depth = 100
        #expect(evaluate(String(repeating: "(", count: depth) + "1" + String(repeating: ")", count: depth)) == "1")
        #expect(evaluate("1" + String(repeating: " + 1", count: depth)) == "\(depth + 1)")
    }

    @Test func anEvaluationTakesAtMostSoMuchWork() {
        #expect(evaluate("lists.range(1000).all(x, x >= 0)") == "true")
        let nested = "lists.range(1000).all(x, lists.range(1000).all(y, lists.range(1000).all(z, true)))"
        let few = { (limits: inout Limits) in limits.work = 20_000 }
        #expect(evaluate(nested, few) == "error: the expression takes too much work")
        // An error of a limit is not ignored by && and ||.
        #expect(evaluate("(\(nested)) || true", few) == "error: the expression takes too much work")
        #expect(
            evaluate("lists.range(11).all(x, true)", { $0.work = 10 }) == "error: the expression takes too much work")
    }

    @Test func aResultHasAtMostSoManyBytes() {
        var source = "a0 + a0"
        for level in (0..<24).reversed() {
            source =
                "cel.bind(a\(level), \(level == 0 ? "'aaaaaaaaaaaaaaaa'" : "a\(level - 1) + a\(level - 1)"), \(level == 23 ? "a23 + a23" : source))"
        }
        #expect(evaluate(source) == "error: the result is too large")
        #expect(evaluate("lists.range(2000000)") == "error: the result is too large")
        #expect(evaluate("'abcdef' + 'g'", { $0.resultSize = 6 }) == "error: the result is too large")
        #expect(evaluate("'ab'.replace('', 'xxxx')", { $0.resultSize = 6 }) == "error: the result is too large")
        #expect(evaluate("'%.900f'.format([1.0])", { $0.resultSize = 100 }) == "error: the result is too large")
        #expect(evaluate("['abcd', 'abcd'].join()", { $0.resultSize = 6 }) == "error: the result is too large")
    }

    @Test func sharedStructureIsNotComparedForEver() {
        var source = "a39 == b39"
        for level in (0..<40).reversed() {
            let previous =
                level == 0 ? ("[1]", "[1]") : ("[a\(level - 1), a\(level - 1)]", "[b\(level - 1), b\(level - 1)]")
            source = "cel.bind(a\(level), \(previous.0), cel.bind(b\(level), \(previous.1), \(source)))"
        }
        #expect(evaluate(source, { $0.work = 20_000 }) == "error: the expression takes too much work")
    }

    @Test func diagnosticsAreBounded() {
        let (_, diagnostics) = parse(String(repeating: "# ", count: 10_000))
        #expect(diagnostics.count <= 20)
    }
}
