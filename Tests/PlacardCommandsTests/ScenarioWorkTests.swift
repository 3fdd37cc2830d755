import PlacardCompiler
import Testing

@testable import PlacardCommands

@Suite struct `The work of scenarios` {
    private let template =
        "description: A note\nsurface: card\ndismiss: [button]\nfields:\n  title: {type: text, required: true}\n"
    private let scenario =
        "description: Somebody\nnow: 2026-12-02T10:15:00Z\nevent: {name: opened}\nexpect: {shows: a}\n"

    private func results(work: Int) throws -> [ScenarioResult] {
        let texts = [
            "placard.yaml": "source: en\nevents: {opened: {}}\n", "templates/note/template.yaml": template,
            "content/a.md": "---\ntemplate: note\ntitle: Hello\ntrigger: {event: opened}\n---\n",
            "scenarios/first.yaml": scenario, "scenarios/second.yaml": scenario, "scenarios/third.yaml": scenario,
        ]
        let files = ProjectFiles(texts.map { ProjectFiles.File(path: $0.key, bytes: Array($0.value.utf8)) })
        let compilation = compile(files)
        #expect(!compilation.hasErrors)
        return scenarioResults(compilation.scenarios, try ProjectEngine(emitBundle(compilation)), work: work)
    }

    @Test func `what there is no work left for fails, and says so`() throws {
        let results = try results(work: 41)
        #expect(results.map(\.status) == [.passed, .passed, .failed])
        #expect(results.last?.failures.first?.found == "the scenarios before it took all the work of one run")
        #expect(results.last?.failures.first?.reason?.contains("placard test third") == true)
        #expect(try self.results(work: scenarioWork).allSatisfy { $0.status == .passed })
    }
}
