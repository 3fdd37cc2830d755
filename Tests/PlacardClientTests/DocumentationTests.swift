import CanonicalJSON
import Foundation
import PlacardBundle
import PlacardEngine
import Testing

private let catalog = "Sources/PlacardClient/PlacardClient.docc"

/// What the pages for apps tell, held to what is compiled and run.
@Suite struct DocumentationTests {
    private let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../..")

    private func read(_ path: String) throws -> String {
        try String(contentsOf: repository.appendingPathComponent(path), encoding: .utf8)
    }

    /// The blocks of a page in a language.
    private func blocks(_ page: String, _ language: String = "swift") throws -> [String] {
        try read(page).components(separatedBy: "```\(language)\n").dropFirst().compactMap {
            $0.components(separatedBy: "\n```").first
        }
    }

    /// Lines without what stands before and behind them, and without access levels, which a page leaves out.
    private func lines(_ text: String) -> [String] {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            var line = line.trimmingCharacters(in: .whitespaces)
            for word in ["private struct ", "private final class "] where line.hasPrefix(word) {
                line.removeFirst("private ".count)
            }
            return line
        }
    }

    @Test func theProtocolAndItsSecondClientNameTheNewestEngine() throws {
        let newest = Manifest.engineVersion
        #expect(try read("Documentation/Protocol.md").contains("This is version \(newest)."))
        #expect(try read("Tests/Scripts/protocol_reader.py").contains("\nENGINE = \(newest)\n"))
    }

    /// Each block stands, line by line, in a file that is compiled; the files' own tests run it.
    @Test(arguments: [
        "Documentation/Client.md", "Documentation/Events.md", "\(catalog)/GettingStarted.md", "\(catalog)/Views.md",
        "\(catalog)/SignedReleases.md", "\(catalog)/ReceivingEvents.md",
    ])
    func everySnippetIsCompiledAndRun(_ page: String) throws {
        let folder = "Tests/PlacardClientTests/Snippets"
        let names = try FileManager.default.contentsOfDirectory(
            atPath: repository.appendingPathComponent(folder).path)
        var sources = try names.sorted().map { lines(try read("\(folder)/\($0)")) }
        sources.append(lines(try read("Tests/Consumer/Sources/FirstMessage/main.swift")))
        let blocks = try blocks(page)
        #expect(!blocks.isEmpty)
        for block in blocks where !block.hasPrefix(".package(") {
            let wanted = lines(block)
            let isThere = sources.contains { source in
                source.indices.contains { source[$0...].starts(with: wanted) }
            }
            #expect(isThere, "nothing compiles this block of \(page):\n\(block)")
        }
    }

    @Test func aFirstMessageTakesTwentyLines() throws {
        let program = try #require(try blocks("Documentation/Client.md").first { $0.hasPrefix("import ") })
        let source = try read("Tests/Consumer/Sources/FirstMessage/main.swift")
        #expect(source == program + "\n")
        let count = source.split(separator: "\n").count
        #expect(count <= 20, "\(count) lines")
    }

    /// Each step of the tutorial is a part of the program, and the last is all of it.
    @Test func theTutorialEndsAtTheFirstMessage() throws {
        let program = try read("Tests/Consumer/Sources/FirstMessage/main.swift")
        let steps = try (1...4).map { try read("\(catalog)/Resources/FirstMessage-\($0).swift") }
        #expect(steps.last == program)
        for (step, next) in zip(steps, steps.dropFirst()) {
            let added = next.split(separator: "\n").difference(from: step.split(separator: "\n"))
            #expect(added.removals.isEmpty && !added.insertions.isEmpty)
        }
    }

    @Test func aPackageIsNamedAsTheConsumerNamesIt() throws {
        let block = try #require(try blocks("Documentation/Client.md").first { $0.hasPrefix(".package(") })
        let product = try #require(block.split(separator: "\n").last?.trimmingCharacters(in: [","]))
        #expect(try read("Tests/Consumer/Package.swift").contains(product))
    }

    @Test func theEventsOfTheirPageAreReadAsTheyStandThere() throws {
        let lines = try #require(try blocks("Documentation/Events.md", "jsonl").first).split(separator: "\n")
        #expect(lines.count > 3)
        for line in lines {
            let event = try #require(MessageEvent(json: try JSONValue(parsing: Array(line.utf8))), "\(line)")
            #expect(MessageEvent.jsonLines([event]) == Array(line.utf8) + [0x0A])
        }
    }
}
