import CanonicalJSON
import Foundation
import LocatedYAML
import SourceDiagnostics
import Testing

@testable import DocumentSchema

private let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../..")
    .standardizedFileURL.path

/// A Python that has `jsonschema`: that of the repository, else the first on the path.
private let python: String? = {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin"
    let folders = [repository + "/.venv/bin/python"] + path.split(separator: ":").map { $0 + "/python3" }
    return folders.first { path in
        FileManager.default.isExecutableFile(atPath: path)
            && (try? run(path, ["-c", "import jsonschema"], "")).map { $0.status == 0 } ?? false
    }
}()

private func run(_ path: String, _ arguments: [String], _ input: String) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    let (stdin, stdout) = (Pipe(), Pipe())
    process.standardInput = stdin
    process.standardOutput = stdout
    process.standardError = Pipe()
    try process.run()
    try stdin.fileHandleForWriting.write(contentsOf: Data(input.utf8))
    try stdin.fileHandleForWriting.close()
    let output = stdout.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
}

/// Documents, and whether they are right: by our validator and by the JSON Schema alike.
private let samples: [(schema: DocumentSchema, yaml: String, isValid: Bool)] = {
    let message = PlacardSchemas.message(banner)
    let union = PlacardSchemas.anyMessage([banner])
    let translation = PlacardSchemas.translation(banner)
    func full(_ lines: String) -> String { DocumentSchemaTests.message(lines) }
    let good = [
        "", "priority: 0\n", "rollout: 0.5%\n", "frequency: [1 per session, 3 per 7d, 10 total]\n",
        "schedule: {start: 2026-12-01 09:00, end: 2026-12-24T18:00:00Z, timezone: Europe/Paris, hours: 08:00-24:00, days: [mon]}\n",
        "actions: [{id: a, label: A, dismiss: true}, {id: b, label: B, url: https://example.com}]\n",
        "experiment: {variants: {control: 50, urgent: 50}, holdout: 10%}\n", "accent: \"#fff\"\n",
        "variables: {user.first_name: {fallback: there}}\n", "image: {src: cup.png, alt: A cup}\n",
        "replies: [{id: a, text: A}, {id: b, text: B}]\n", "trigger2: 1\n",
    ]
    let bad = [
        "priority: 101\n", "priority: high\n", "priorty: 1\n", "rollout: 25\n", "rollout: 120%\n", "tone: loud\n",
        "group: A B\n",
        "frequency: 1 per session\n", "frequency: [3 per fortnight]\n", "schedule: {days: [mon, mon]}\n",
        "schedule: {hours: 08:00-25:00}\n", "schedule: {timezone: +01:00}\n", "actions: [{id: a, label: A}]\n",
        "actions: [{id: a, label: A, dismiss: true, remind: 1d}]\n", "actions: [{id: a, label: A, dismiss: false}]\n",
        "replies: [{id: a, text: A}]\n", "accent: red\n", "loud: 'true'\n", "trigger: session_start2\nseconds: 99\n",
        "variables: {user.first_name: {}}\n", "image: {alt: A cup}\n",
    ]
    var all: [(DocumentSchema, String, Bool)] = []
    for schema in [message, union] {
        all += good.dropLast().map { (schema, full($0), true) }
        all += bad.dropLast(3).map { (schema, full($0), false) } + bad.suffix(2).map { (schema, full($0), false) }
    }
    all += [
        (message, "template: banner\n", false), (translation, "title: Bonjour\n", true),
        (translation, "priority: 1\n", false),
        (PlacardSchemas.defaults([banner]), "priority: 1\n", true),
        (PlacardSchemas.variant(banner), "title: A\n", true),
        (PlacardSchemas.variant(banner), "priority: 1\n", false), (PlacardSchemas.project, "source: en\n", true),
        (PlacardSchemas.project, "locales: {fr: required}\n", false),
        (PlacardSchemas.project, "source: en\nevents: {a: {b: string}}\ngroups: {c: {frequency: [1 per 1d]}}\n", true),
        (PlacardSchemas.project, "source: en\ncontext: {user: {in: string}}\n", false),
        (PlacardSchemas.project, "source: en\nformats: [html, html]\n", false),
        (PlacardSchemas.template, "description: A\nsurface: card\nfields: {a: {type: text, max: 3}}\n", true),
        (PlacardSchemas.template, "description: A\nsurface: card\nfields: {a: {type: bool, max: 3}}\n", false),
        (PlacardSchemas.template, "description: A\nsurface: card\nfields: {}\n", false),
        (PlacardSchemas.scenario, "description: A\nnow: 2026-12-02T10:15:00Z\nevent: {name: x, y: 1}\n", true),
        (PlacardSchemas.scenario, "description: A\nnow: 2026-12-02T10:15:00\nevent: {name: x}\n", false),
    ]
    return all.map { (schema: $0.0, yaml: $0.1, isValid: $0.2) }
}()

private let script = """
    import json, sys
    from jsonschema import Draft202012Validator
    for line in sys.stdin:
        case = json.loads(line)
        Draft202012Validator.check_schema(case["schema"])
        print("valid" if Draft202012Validator(case["schema"]).is_valid(case["value"]) else "invalid")
    """

@Suite struct JSONSchemaTests {
    @Test func ourValidatorDecidesAsExpected() throws {
        for sample in samples {
            let node = try #require(parseYAML(Array(sample.yaml.utf8)).node)
            let diagnostics = validate(node, against: sample.schema.root).filter { $0.severity == .error }
            #expect(
                diagnostics.isEmpty == sample.isValid,
                "\(sample.schema.name): \(sample.yaml) \(diagnostics.map(\.message))")
        }
    }

    @Test(.enabled(if: python != nil, "needs a Python with jsonschema"))
    func theJSONSchemaDecidesLikeOurValidator() throws {
        let path = try #require(python)
        var input = ""
        for sample in samples {
            let node = try #require(parseYAML(Array(sample.yaml.utf8)).node)
            let line: JSONValue = ["schema": jsonSchema(sample.schema), "value": jsonValue(node)]
            input += line.canonicalString + "\n"
        }
        let (status, output) = try run(path, ["-c", script], input)
        #expect(status == 0, "a schema is not valid JSON Schema 2020-12")
        let verdicts = output.split(separator: "\n")
        #expect(verdicts.count == samples.count)
        for (sample, verdict) in zip(samples, verdicts) {
            #expect((verdict == "valid") == sample.isValid, "\(sample.schema.name): \(sample.yaml)")
        }
    }

    @Test func everyPropertyIsExplainedByAnExampleThatItAccepts() throws {
        let schemas = [
            PlacardSchemas.project, PlacardSchemas.template, PlacardSchemas.scenario, PlacardSchemas.message(banner),
            PlacardSchemas.translation(banner),
        ]
        for schema in schemas { try checkExamples(schema.root, in: schema.name) }
    }

    private func checkExamples(_ object: SchemaObject, in path: String) throws {
        for property in object.properties {
            #expect(!property.example.isEmpty, "\(path).\(property.name)")
            let only = SchemaObject("it", [property])
            let node = try #require(parseYAML(Array("\(property.name): \(property.example)\n".utf8)).node)
            let diagnostics = validate(node, against: only)
            #expect(diagnostics.isEmpty, "\(path).\(property.name): \(diagnostics.map(\.message))")
            if case .object(let inner) = property.type { try checkExamples(inner, in: path + "." + property.name) }
        }
    }

    @Test func adviceIsAboutKeysThatThereAreNot() {
        let schemas = [
            PlacardSchemas.project, PlacardSchemas.template, PlacardSchemas.scenario, PlacardSchemas.message(banner),
            PlacardSchemas.translation(banner),
        ]
        for schema in schemas { checkAdvice(schema.root, in: schema.name) }
    }

    private func checkAdvice(_ object: SchemaObject, in path: String) {
        let keys = Set(object.properties.map { plainWord($0.name) })
        for advice in object.advice { #expect(advice.words.filter(keys.contains) == [], "\(path): \(advice.note)") }
        for property in object.properties {
            if case .object(let inner) = property.type { checkAdvice(inner, in: path + "." + property.name) }
        }
    }

    @Test func theReferenceNamesEveryKey() {
        let page = markdownReference(PlacardSchemas.project)
        for property in PlacardSchemas.project.root.properties { #expect(page.contains("| `\(property.name)` |")) }
    }
}
