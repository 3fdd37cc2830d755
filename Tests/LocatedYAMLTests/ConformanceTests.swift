import CanonicalJSON
import ConformanceSupport
import LocatedYAML
import SourceDiagnostics
import Testing

/// What libyaml 0.2.5, a YAML 1.1 parser, reads differently from YAML 1.2, by defect.
///
/// The ids are those of the cases at hand that were seen to fail; other cases of the same defects are not guessed at.
private let libyamlDefects: [(reason: String, ids: [String])] = [
    (
        "a tab that separates tokens, or stands in a line without content, is refused (YAML 1.2.2, section 6.1)",
        ["6BCT", "96NN/01", "A2M4", "DK95/03", "DK95/04", "R4YG", "Y79Y/010"]
    ),
    ("a tab that indents is accepted inside brackets and quotes (section 6.1)", ["DK95/01", "Y79Y/003"]),
    (
        "a flow key and its colon must stand on one line, the colon beside the key (section 7.4.2)",
        ["4MUZ/00", "4MUZ/01", "NJ66", "VJP3/01"]
    ),
    ("a plain scalar in brackets cannot begin with : or ? (section 7.3.3)", ["58MP", "652Z"]),
    (
        "a directive that is reserved, or of another version, is an error (section 6.8)",
        ["6LVF", "BEC7", "MUS6/05", "MUS6/06"]
    ),
    (
        "a directive without ... before it, or twice, is accepted (section 9.2)",
        ["9HCY", "EB22", "RHX7", "MUS6/00", "MUS6/01"]
    ),
    ("a document without content or without --- behind ... is refused (section 9.1)", ["7Z25", "QT73"]),
    ("the name of an anchor is ASCII letters, digits, _ and - alone (section 6.9.2)", ["8XYN", "W5VH", "Y2GN"]),
    ("a comment without white space before it is accepted (section 6.6)", ["CVW2", "X4QW"]),
    ("a block scalar cannot have the indentation of a root without one (section 8.1)", ["DK3J"]),
    ("spaces at the end of the input do not count as a line of a block scalar (section 8.1)", ["L24T/01"]),
    ("a key that is a mapping with an empty key is refused (section 8.2.2)", ["M2N8/00", "NHX8"]),
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
