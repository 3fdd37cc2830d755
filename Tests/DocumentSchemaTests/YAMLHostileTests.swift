import CanonicalJSON
import ConformanceSupport
import DocumentSchema
import Foundation
import LocatedYAML
import SourceDiagnostics
import Testing

/// The keys of the hostile files that mean something, with the types that they have in messages and scenarios.
private let hostileSchema = SchemaObject(
    "the front matter",
    [
        SchemaProperty("title", .text, "", example: ""),
        SchemaProperty("locale", .string(.locale), "", example: ""),
        SchemaProperty("start", .string(.dateTime([.date, .instant])), "", example: ""),
        SchemaProperty("end", .string(.dateTime([.date, .instant])), "", example: ""),
        SchemaProperty("priority", .int(0...100), "", example: ""),
        SchemaProperty("when", .oneOf([.string(.cel), .map(key: .any, value: .any)]), "", example: ""),
    ])

@Suite struct YAMLHostileTests {
    @Test(.enabled(if: ConformanceData.isPresent))
    func hostileFrontMatter() throws {
        let path = "yaml/hostile.json"
        let run = ConformanceRun("YAML hostile")
        for test in try ConformanceData.load(path)?.array ?? [] {
            guard let id = test["id"]?.string, let expect = test["expect"] else { continue }
            let bytes = input(test)
            run.record(id, failure: difference(bytes, expect), expected: exception(bytes, expect))
        }
        #expect(try run.count == ConformanceData.count(path) ?? 0)
        #expect(run.finish(showing: 200))
    }

    private func input(_ test: JSONValue) -> [UInt8] {
        if let text = test["input"]?.string { return Array(text.utf8) }
        if let base64 = test["inputBase64"]?.string { return [UInt8](Data(base64Encoded: base64) ?? Data()) }
        var bytes: [UInt8] = []
        for part in test["parts"]?.array ?? [] {
            guard let text = part.array?.first?.string, let count = part.array?.last?.integer else { continue }
            guard text.contains("{i}") else {
                bytes += [[UInt8]](repeating: Array(text.utf8), count: count).joined()
                continue
            }
            for index in 0..<count { bytes += Array(text.replacingOccurrences(of: "{i}", with: "\(index)").utf8) }
        }
        return bytes
    }

    /// Where our rules differ from what the data proposes: it warns of a number that is out of its range, and here every
    /// broken rule of the schema is an error; it leaves a warning of typographic quotation marks open, and here is one.
    private func exception(_ bytes: [UInt8], _ expect: JSONValue) -> String? {
        if expect["says"]?.string?.contains("a linter may warn") == true {
            return read(bytes).1.map(\.id) == ["yaml/visible-quotes"] ? "a linter may warn, and does" : nil
        }
        guard expect["outcome"]?.string == "warning" else { return nil }
        let errors = read(bytes).1.filter { $0.severity == .error }.map(\.id)
        return errors == ["schema/out-of-range"]
            ? "out of range is an error, as every broken rule of the schema is" : nil
    }

    private func difference(_ bytes: [UInt8], _ expect: JSONValue) -> String? {
        let (value, diagnostics) = read(bytes)
        let errors = diagnostics.filter { $0.severity == .error }
        let worst = errors.first ?? diagnostics.first
        let outcome = !errors.isEmpty ? "error" : diagnostics.isEmpty ? "ok" : "warning"
        let told = diagnostics.map { "\($0.id): \($0.message)" }.joined(separator: "; ")
        guard outcome == expect["outcome"]?.string else {
            return
                "\(outcome), expected \(expect["outcome"]?.string ?? "?") (\(told)) — \(expect["says"]?.string ?? "")"
        }
        if let line = expect["line"]?.integer, let worst {
            let index = LineIndex(bytes)
            let lines = ([worst.primary] + worst.secondary).map { index.line(at: $0.span.start) }
            guard lines.contains(line) else { return "at line \(lines[0]), expected \(line) (\(told))" }
        }
        if let expected = expect["value"], value != expected {
            return
                "reads \(value?.canonicalString.prefix(200) ?? "nothing"), expected \(expected.canonicalString.prefix(200))"
        }
        return nil
    }

    /// What a message's front matter says, and every diagnostic about it.
    private func read(_ bytes: [UInt8]) -> (JSONValue?, [Diagnostic]) {
        let split = splitFrontMatter(bytes)
        guard let range = split.frontMatter else { return (nil, split.diagnostics) }
        let (node, found) = parseYAML(bytes, range: range)
        var diagnostics = split.diagnostics + found
        if let node { diagnostics += validate(node, against: hostileSchema).compactMap(onlyNearMisses) }
        return (node.map(jsonValue), diagnostics.sorted(by: Diagnostic.precedes))
    }

    /// The files use keys of their own. A key that is nearly one of ours is worth a word, and no other is.
    private func onlyNearMisses(_ diagnostic: Diagnostic) -> Diagnostic? {
        guard diagnostic.id == "schema/unknown-key" else { return diagnostic }
        guard diagnostic.notes.contains(where: { $0.hasPrefix("did you mean") }) else { return nil }
        var warning = diagnostic
        warning.severity = .warning
        return warning
    }
}
