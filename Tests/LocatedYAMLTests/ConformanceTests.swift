import CanonicalJSON
import ConformanceSupport
import LocatedYAML
import SourceDiagnostics
import Testing

/// What libyaml 0.2.5 (a YAML 1.1 parser) reads differently from YAML 1.2; the ids are those of the YAML test suite.
private let libyamlDefects: [(reason: String, ids: [String])] = [
]

@Suite struct YAMLSuiteTests {
    @Test(.enabled(if: ConformanceData.isPresent))
    func yamlTestSuite() throws {
        let path = "yaml/suite.json"
        var reasons: [String: String] = [:]
        for (reason, ids) in libyamlDefects { for id in ids { reasons[id] = reason } }
        let run = ConformanceRun("YAML suite", expectedFailures: reasons)
        for test in try ConformanceData.load(path)?.array ?? [] {
            guard let id = test["id"]?.string, let yaml = test["yaml"]?.string else { continue }
            run.record(id, failure: difference(test, yaml))
        }
        #expect(try run.count == ConformanceData.count(path) ?? 0)
        #expect(run.finish(showing: 300))
    }

    private func difference(_ test: JSONValue, _ yaml: String) -> String? {
        let bytes = Array(yaml.utf8)
        let (documents, diagnostics) = parseYAMLStream(bytes, options: .general)
        let error = diagnostics.first { $0.severity == .error }
        if test["error"]?.bool == true { return error == nil ? "no error" : nil }
        if let error { return "error \(error.id): \(error.message)" }
        for document in documents { if let wrong = wrongTable(document) { return wrong } }
        guard let expected = test["json"]?.array else { return nil }
        let actual = documents.map(json)
        return actual == expected ? nil : "reads \(JSONValue.array(actual).canonicalString)"
    }
}

/// The scalar whose offset table does not fit its text.
func wrongTable(_ node: YAMLNode) -> String? {
    switch node.content {
    case .scalar(let scalar):
        let table = scalar.table
        let isCoarse = table.runs.count == 1 && table.runs[0].innerLength != table.runs[0].outerLength && scalar.text.utf8.count > 1
        return table.innerLength == scalar.text.utf8.count && !(isCoarse && scalar.rawText.utf8.count > scalar.text.utf8.count + 4)
            ? nil : "the table of “\(scalar.text)” is wrong"
    case .sequence(let items): return items.lazy.compactMap(wrongTable).first
    case .mapping(let entries):
        return entries.lazy.compactMap { wrongTable($0.key) ?? wrongTable($0.value) }.first
    }
}

/// A document as the JSON that the core schema makes of it.
func json(_ node: YAMLNode) -> JSONValue {
    switch node.content {
    case .scalar(let scalar):
        switch scalar.value {
        case .null: return .null
        case .bool(let flag): return .bool(flag)
        case .int(let number): return .number(Double(number))
        case .float(let number): return .number(number)
        case .string: return .string(scalar.text)
        }
    case .sequence(let items): return .array(items.map(json))
    case .mapping(let entries):
        return .object(JSONObject(entries.map { JSONObject.Member(key: $0.key.text ?? "?", value: json($0.value)) }))
    }
}
