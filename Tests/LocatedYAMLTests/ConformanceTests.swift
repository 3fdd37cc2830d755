import CanonicalJSON
import ConformanceSupport
import LocatedYAML
import SourceDiagnostics
import Testing

/// The YAML test suite. libyaml 0.2.5 is a parser of YAML 1.1, and some of the suite's cases it reads otherwise than YAML 1.2:
/// it refuses a tab that separates tokens, a flow key whose colon stands on another line, an anchor with other letters than
/// ASCII's; it accepts a directive without `...` before it. Which cases those are it says itself: it is run beside, by its own
/// events, and where what is read here is what it reads, the difference is its own.
@Suite struct YAMLSuiteTests {
    @Test(.enabled(if: ConformanceData.isPresent))
    func yamlTestSuite() throws {
        let path = "yaml/suite.json"
        let run = ConformanceRun("YAML suite")
        for test in try ConformanceData.load(path)?.array ?? [] {
            guard let id = test["id"]?.string, let yaml = test["yaml"]?.string else { continue }
            let outcome = outcome(test, Array(yaml.utf8))
            run.record(id, failure: outcome.failure, expected: outcome.reason)
        }
        #expect(try run.count == ConformanceData.count(path) ?? 0)
        #expect(run.finish(showing: 300))
    }

    /// What differs from the suite, and the reason where libyaml reads the same.
    private func outcome(_ test: JSONValue, _ yaml: [UInt8]) -> (failure: String?, reason: String?) {
        let (documents, diagnostics) = parseYAMLStream(yaml, options: .general)
        for document in documents { if let wrong = wrongTable(document) { return (wrong, nil) } }
        let error = diagnostics.first { $0.severity == .error }
        guard let failure = difference(test, documents, error) else { return (nil, nil) }
        switch (libyamlReading(yaml), error) {
        case (nil, .some): return (failure, "libyaml refuses what YAML 1.2 has")
        case (let reading?, nil) where reading == documents.map { YAMLReading($0) }:
            let what =
                test["error"]?.bool == true ? "accepts what YAML 1.2 does not have" : "reads otherwise than YAML 1.2"
            return (failure, "libyaml \(what)")
        case (nil, nil), (.some, _): return (failure, nil)
        }
    }

    private func difference(_ test: JSONValue, _ documents: [YAMLNode], _ error: Diagnostic?) -> String? {
        if test["error"]?.bool == true { return error == nil ? "no error" : nil }
        if let error { return "error \(error.id): \(error.message)" }
        guard let expected = test["json"]?.array else { return nil }
        let actual = documents.map(json)
        return actual == expected ? nil : "reads \(JSONValue.array(actual).canonicalString)"
    }
}

/// The scalar whose offset table does not fit its text.
///
/// One run that does not map byte to byte is the sign that the decoders disagree, but for text that is folded white space alone.
func wrongTable(_ node: YAMLNode) -> String? {
    switch node.content {
    case .scalar(let scalar):
        let table = scalar.table
        let isWhite = scalar.text.utf8.allSatisfy { $0 == 0x20 || $0 == 0x0A }
        let isCoarse = table.runs.count == 1 && table.runs[0].innerLength != table.runs[0].outerLength
        let isOne = scalar.text.unicodeScalars.count <= 1
        let isRight = table.innerLength == scalar.text.utf8.count && (!isCoarse || isWhite || isOne)
        return isRight ? nil : "the table of “\(scalar.text)” is wrong"
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
