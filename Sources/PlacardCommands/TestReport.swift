import CanonicalJSON
import DiagnosticRendering
import PlacardBundle
import PlacardCompiler
import PlacardEngine
import SourceDiagnostics

/// How the outcome of scenarios is written.
enum TestFormat: String, CaseIterable {
    case human, json, junit, github
}

/// What came of scenarios, or why none was run.
struct TestReport {
    /// Nil where there is no project.
    var location: ProjectLocation?
    /// Nil where it could not be read.
    var compilation: Compilation?
    var results: [ScenarioResult] = []
    /// The messages that no scenario shows; empty where scenarios were named.
    var unshown: [String] = []
    /// Why no scenario was run.
    var failure: CommandFailure?

    func count(_ status: ScenarioResult.Status) -> Int { results.count { $0.status == status } }

    /// A whole document in a form for programs, also of a failure; nothing in the form for people.
    func text(_ format: TestFormat) -> OutputText {
        switch format {
        case .human: ""
        case .json: OutputText(json: json.canonicalString + "\n")
        case .junit: junitReport(self)
        case .github: github
        }
    }

    /// The errors of a project that does not compile.
    var errors: [Diagnostic] {
        failure == nil ? [] : compilation?.diagnostics.filter { $0.severity == .error } ?? []
    }

    /// What failed, or the errors of the project, as diagnostics.
    func diagnostics(as format: DiagnosticFormat, _ options: RenderingOptions) -> OutputText {
        let found = errors + results.flatMap { result in result.failures.map(\.diagnostic) }
        return render(found, files: files(of: found), as: format, options: options)
    }

    private func files(of diagnostics: [Diagnostic]) -> [String: [UInt8]] {
        guard let compilation else { return [:] }
        let paths = Set(diagnostics.flatMap { [$0.primary.file] + $0.secondary.map(\.file) })
        return Dictionary(
            paths.compactMap { path in compilation.files[path].map { (path, $0) } }, uniquingKeysWith: { $1 })
    }

    private var options: RenderingOptions { RenderingOptions(pathPrefix: location?.repositoryPrefix ?? "") }

    // MARK: Forms for programs

    private var github: OutputText {
        if let failure, errors.isEmpty { return workflowError(failure.message.description) }
        return diagnostics(as: .github, options)
    }

    private var json: JSONValue {
        let error: JSONValue =
            failure.map {
                ["message": .string($0.message.description), "help": .array($0.help.map { .string($0.description) })]
            } ?? .null
        let summary = ScenarioResult.Status.allCases.map {
            JSONObject.Member(key: $0.rawValue, value: .integer(count($0)))
        }
        return [
            "diagnostics": .array(diagnosticsJSON(errors, files: files(of: errors), options: options)), "error": error,
            "scenarios": .array(results.map(json)), "schema": "placard/test-results/1",
            "summary": .object(JSONObject(summary)), "unshown": .array(unshown.map { .string($0) }),
        ]
    }

    private func json(_ result: ScenarioResult) -> JSONValue {
        let found = result.failures.map(\.diagnostic)
        let places = diagnosticsJSON(found, files: files(of: found), options: options)
        let failures = zip(result.failures, places).map { failure, diagnostic -> JSONValue in
            [
                "expected": .string(failure.wanted), "found": .string(failure.found),
                "location": diagnostic["location"] ?? .null, "reason": failure.reason.map { .string($0) } ?? .null,
            ]
        }
        return [
            "failures": .array(failures), "file": .string(options.pathPrefix + result.scenario.file),
            "name": .string(result.scenario.name), "shows": result.shown.map { .string($0) } ?? .null,
            "status": .string(result.status.rawValue), "variant": result.variant.map { .string($0) } ?? .null,
        ]
    }
}
