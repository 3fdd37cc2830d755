import CanonicalJSON
import DiagnosticRendering
import Foundation
import SourceDiagnostics
import Testing

private let sarifOptions = RenderingOptions(
    pathPrefix: "app/", toolVersion: "1.2.3", informationURI: "https://example.com/placard",
    documentationURI: "https://example.com/diagnostics/",
    pages: ["front-matter/unknown-key": "# front-matter/unknown-key\n\nA key that no one reads.\n\n## Why\n\nTypos."])

@Suite struct `SARIF form` {
    private func run(_ diagnostics: [Diagnostic]) throws -> JSONValue {
        let bytes = render(diagnostics, files: sampleFiles, as: .sarif, options: sarifOptions).bytes
        return try #require(try JSONValue(parsing: Array(bytes.dropLast()))["runs"]?.array?.first)
    }

    @Test func `rules carry the page of each id`() throws {
        let driver = try #require(try run([sample, sample])["tool"]?["driver"])
        #expect(driver["version"] == "1.2.3")
        #expect(
            driver["rules"] == [
                [
                    "id": "front-matter/unknown-key", "name": "FrontMatterUnknownKey",
                    "shortDescription": ["text": "A key that no one reads."],
                    "defaultConfiguration": ["level": "error"], "properties": ["tags": ["front-matter"]],
                    "help": [
                        "text": .string(sarifOptions.pages["front-matter/unknown-key"] ?? ""),
                        "markdown": .string(sarifOptions.pages["front-matter/unknown-key"] ?? ""),
                    ],
                    "helpUri": "https://example.com/diagnostics/front-matter/unknown-key.md",
                ]
            ])
    }

    @Test func `a result has its place, related places and the fix`() throws {
        let run = try run([sample])
        let result = try #require(run["results"]?.array?.first)
        let file: JSONValue = ["uri": "app/content/%C3%A9t%C3%A9%201%3A2.md", "uriBaseId": "%SRCROOT%", "index": 0]
        let place: JSONValue = ["startLine": 2, "startColumn": 13, "endLine": 2, "endColumn": 14]
        #expect(run["columnKind"] == "utf16CodeUnits")
        #expect(result["ruleIndex"] == 0)
        // Braces are placeholders in SARIF unless doubled, and `[a](1)` would be a link.
        #expect(
            result["message"] == [
                "text": "unknown key `b`, 100% {{sure}}\nkeys are: a, c\nand no more"
            ])
        #expect(
            result["locations"] == [
                [
                    "physicalLocation": ["artifactLocation": file, "region": place],
                    "message": ["text": "not [a\\](1) key"],
                ]
            ])
        #expect(
            result["relatedLocations"] == [
                [
                    "id": 1, "message": ["text": "its neighbour"],
                    "physicalLocation": [
                        "artifactLocation": file,
                        "region": ["startLine": 2, "startColumn": 1, "endLine": 2, "endColumn": 6],
                    ],
                ],
                [
                    "id": 2,
                    "physicalLocation": [
                        "artifactLocation": ["uri": "app/gone.md", "uriBaseId": "%SRCROOT%", "index": 1]
                    ],
                ],
            ])
        #expect(
            result["fixes"] == [
                [
                    "description": ["text": "write `a`"],
                    "artifactChanges": [
                        [
                            "artifactLocation": file,
                            "replacements": [["deletedRegion": place, "insertedContent": ["text": "a"]]],
                        ]
                    ],
                ]
            ])
    }

    /// Reads the log with PyPI's sarif-tools and checks every object against sarif-om, whose classes
    /// were generated from the published schema: names of properties, and that none required is missing.
    @Test(.enabled(if: PythonEnvironment.has("sarif", "sarif_om")))
    func `is read by sarif-tools and keeps to the published schema`() throws {
        let warning = Diagnostic("cel/odd", .warning, "odd", at: Label(file: "gone.md", Span(0, 0)))
        let nowhere = Diagnostic("project/missing", .note, "nowhere", at: Label(Span(0, 0)))
        let log = FileManager.default.temporaryDirectory.appendingPathComponent("placard-\(UUID()).sarif")
        defer { try? FileManager.default.removeItem(at: log) }
        let bytes = render([sample, warning, nowhere], files: sampleFiles, as: .sarif, options: sarifOptions).bytes
        try Data(bytes).write(to: log)
        let output = try PythonEnvironment.run(script: "Tests/Scripts/check-sarif.py", [log.path])
        #expect(output == "error 1 warning 1 note 1\n")
    }

    @Test func `no diagnostic is a log too`() throws {
        #expect(try run([])["results"] == [])
    }
}

/// The `.venv` at the root of the repository, made by `make venv`.
enum PythonEnvironment {
    static let root = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
    private static var python: URL { root.appendingPathComponent(".venv/bin/python") }

    static func has(_ modules: String...) -> Bool {
        guard FileManager.default.isExecutableFile(atPath: python.path) else { return false }
        return (try? execute(["-c", "import " + modules.joined(separator: ", ")]))?.status == 0
    }

    static func run(script: String, _ arguments: [String]) throws -> String {
        let result = try execute([root.appendingPathComponent(script).path] + arguments)
        #expect(result.status == 0)
        return result.output
    }

    private static func execute(_ arguments: [String]) throws -> (status: Int32, output: String) {
        let process = Process()
        process.executableURL = python
        process.arguments = arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: output, as: UTF8.self))
    }
}
