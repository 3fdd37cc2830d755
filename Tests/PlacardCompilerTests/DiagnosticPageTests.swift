import Foundation
import PlacardCompiler
import SourceDiagnostics
import Testing

/// A page of `Documentation/Diagnostics`, with the files of its example.
struct DiagnosticPage: CustomTestStringConvertible {
    var id: String
    var text: String
    /// The fenced blocks whose info string names a file: ```` ```yaml placard.yaml ````.
    var files: [String: String]

    var testDescription: String { id }

    static let all: [DiagnosticPage] = {
        let folder = repository.appendingPathComponent("Documentation/Diagnostics").path
        let paths = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
        return paths.filter { $0.hasSuffix(".md") && $0.contains("/") }.sorted().compactMap { path in
            guard let data = FileManager.default.contents(atPath: folder + "/" + path) else { return nil }
            return DiagnosticPage(id: String(path.dropLast(3)), text: String(decoding: data, as: UTF8.self))
        }
    }()

    init(id: String, text: String) {
        self.id = id
        self.text = text
        files = [:]
        var open: (path: String, fence: String)?
        var content: [Substring] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if let block = open {
                if line == block.fence {
                    files[block.path] = content.map { $0 + "\n" }.joined()
                    open = nil
                } else {
                    content.append(line)
                }
            } else if line.hasPrefix("```") {
                let fence = String(line.prefix { $0 == "`" })
                let words = line.dropFirst(fence.count).split(separator: " ")
                if words.count == 2 {
                    open = (String(words[1]), fence)
                    content = []
                }
            }
        }
    }
}

@Test(arguments: DiagnosticPage.all)
func thePageOfADiagnosticShowsIt(page: DiagnosticPage) {
    #expect(page.text.hasPrefix("# \(page.id)\n"), "the page begins with its id")
    #expect(page.text.contains("\n## Example\n") && page.text.contains("\n## What to do\n"))
    guard !page.files.isEmpty else {
        // What no text can show (a symbolic link, a directory) has its own test and says so.
        #expect(page.text.contains("\nNo file can show this"), "an example names its file")
        return
    }
    let level: AnalysisLevel = page.id.hasPrefix("analysis/") ? .full : .none
    let found = Set(compile(project(page.files), analysis: level).diagnostics.map(\.id))
    #expect(found == [page.id])
}
