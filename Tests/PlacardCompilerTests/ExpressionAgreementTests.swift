import CEL
import CanonicalJSON
import ConformanceSupport
import Foundation
import Testing

/// Agreement with `common-expression-language` from PyPI, an independent implementation, on generated expressions over
/// the context that the repository's own `placard.yaml` declares.
///
/// Tests/Scripts/cel_agreement.py runs the other side and compares. Every disagreement is one of those that
/// Tests/Fixtures/cel/disagreements.json lists, with what the specification says; any other is a failure.
@Suite struct ExpressionAgreementTests {
    private static let python = PythonTool(module: "cel", of: "common-expression-language")

    @Test(.enabled(if: python != nil)) func generatedExpressionsAgreeWithAnotherImplementation() throws {
        let python = try #require(Self.python)
        let world = try AgreementWorld(placard: PythonTool.repository.appendingPathComponent("placard.yaml"))
        // PLACARD_CEL_SEED and PLACARD_CEL_COUNT look further than a run of the tests does.
        let environment = ProcessInfo.processInfo.environment
        let seed = environment["PLACARD_CEL_SEED"].flatMap { UInt64($0) } ?? 20_261_122
        let count = environment["PLACARD_CEL_COUNT"].flatMap { Int($0) } ?? 3_000
        var random = SplitMix(state: seed)
        let contexts = (0..<40).map { _ in world.values(&random) }
        var generator = ExpressionGenerator(random: random, fields: world.fields)
        let header: JSONValue = ["contexts": .array(contexts.map { world.json($0) })]
        var lines = header.canonicalString + "\n"
        for _ in 0..<count {
            let expression = generator.expression(depth: generator.random.below(4) + 1)
            let index = generator.random.below(contexts.count)
            let activation = world.activation(contexts[index])
            var parts = Set(expression.parts).filter { $0 != expression.text }.sorted()
            parts.sort { $0.utf8.count < $1.utf8.count }
            let line: JSONValue = [
                "expression": .string(expression.text), "context": .integer(index),
                "ours": try world.outcome(expression.text, activation),
                "parts": .array(
                    try parts.map { ["expression": .string($0), "ours": try world.outcome($0, activation)] }),
            ]
            lines += line.canonicalString + "\n"
        }
        // What the list gives as an example is to disagree in that very way.
        let list = PythonTool.repository.appendingPathComponent("Tests/Fixtures/cel/disagreements.json")
        let entries = try JSONValue(parsing: Array(Data(contentsOf: list))).array ?? []
        for entry in entries {
            let example = try #require(entry["example"]?.string)
            let line: JSONValue = [
                "expression": .string(example), "context": 0, "parts": [], "example": entry["id"] ?? .null,
                "ours": try world.outcome(example, world.activation(contexts[0])),
            ]
            lines += line.canonicalString + "\n"
        }
        let result = python.run(script: "cel_agreement.py", [list.path], input: lines)
        print("common-expression-language: seed \(seed), \(count) expressions, \(entries.count) listed disagreements")
        for line in result.lines.suffix(60) { print(line) }
        #expect(result.status == 0)
        #expect(result.lines.last?.hasSuffix(" 0 failed") == true)
    }
}
