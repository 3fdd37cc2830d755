import Foundation
import PlacardCompiler
import SourceDiagnostics
import Testing

/// A page of `Documentation/Diagnostics`, with the files of its example.
struct DiagnosticPage: CustomTestStringConvertible {
    var id: String
    var text: String
    /// The fenced blocks whose info string names a file: ```` ```yaml placard.yaml ````. What is no text is in base64.
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
        var open: (path: String, fence: String, isEncoded: Bool)?
        var content: [Substring] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if let block = open {
                if line == block.fence {
                    let text = content.map { $0 + "\n" }.joined()
                    files[block.path] =
                        block.isEncoded
                        ? Data(base64Encoded: text, options: .ignoreUnknownCharacters).map {
                            String(decoding: $0, as: UTF8.self)
                        } : text
                    open = nil
                } else {
                    content.append(line)
                }
            } else if line.hasPrefix("```") {
                let fence = String(line.prefix { $0 == "`" })
                let words = line.dropFirst(fence.count).split(separator: " ")
                if words.count == 2 {
                    open = (String(words[1]), fence, words[0] == "base64")
                    content = []
                }
            }
        }
    }
}

/// Every diagnostic that has a page: what `lint` and `allow` may name.
private let knownDiagnostics = DiagnosticPage.all.map(\.id)

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
    let found = Set(
        compile(project(page.files), knownDiagnostics: knownDiagnostics, analysis: level).diagnostics.map(\.id))
    #expect(found == [page.id])
}

@Test(arguments: DiagnosticPage.all.filter { !$0.files.isEmpty })
func theFixItsOfAPageMendIt(page: DiagnosticPage) {
    let source = project(page.files)
    let found = compile(source, knownDiagnostics: knownDiagnostics).diagnostics
    for diagnostic in found {
        for fixIt in diagnostic.fixIts where fixIt.applicability != .displayOnly {
            let fixed = applying(fixIt, to: source)
            let left = compile(fixed, knownDiagnostics: knownDiagnostics).diagnostics
            // What the edit uncovers may be other diagnostics, of the same kind elsewhere too; the one that it was
            // for is gone.
            let isSame = { (other: Diagnostic) in other.id == diagnostic.id && other.message == diagnostic.message }
            let isFewer = left.filter(isSame).count < found.filter(isSame).count
            let isElsewhere = !left.contains { isSame($0) && $0.primary.span.start == diagnostic.primary.span.start }
            #expect(
                isFewer || fixIt.applicability == .unsafe && isElsewhere,
                "“\(fixIt.title)” leaves \(diagnostic.message)")
        }
    }
}

@Test func noDiagnosticOfTheCompilerIsWithoutAPage() throws {
    let folder = repository.appendingPathComponent("Sources/PlacardCompiler")
    let pages = Set(knownDiagnostics)
    let mediaTypes = ["image/png", "image/jpeg", "image/webp", "image/gif", "image/avif"]
    let id = /"([a-z0-9]+\/[a-z0-9]+(?:-[a-z0-9]+)*)"/
    let paths = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
    var found: Set<String> = []
    for path in paths where path.hasSuffix(".swift") {
        let text = try String(contentsOf: folder.appendingPathComponent(path), encoding: .utf8)
        for match in text.matches(of: id) where !mediaTypes.contains(String(match.1)) {
            found.insert(String(match.1))
        }
    }
    #expect(found.count > 80)
    #expect(found.subtracting(pages).sorted() == [])
}
