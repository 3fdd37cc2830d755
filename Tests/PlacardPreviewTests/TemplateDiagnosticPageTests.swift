import Foundation
import SourceDiagnostics
import Testing

@testable import PlacardPreview

/// The pages of Documentation/Diagnostics/mustache: each example gives its own id and no other.
@Suite struct TemplateDiagnosticPageTests {
    static let names: [String] = {
        let folder = URL(filePath: #filePath).appending(path: "../../../Documentation/Diagnostics/mustache")
            .standardized
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path())) ?? []
        return files.filter { $0.hasSuffix(".md") }.map { String($0.dropLast(3)) }.sorted()
    }()

    @Test func thereIsAPageForEachDefect() {
        #expect(TemplateDiagnosticPageTests.names.count == 22)
    }

    @Test(arguments: names)
    func theExampleShowsIt(name: String) throws {
        let page = String(
            decoding: repositoryFile("Documentation/Diagnostics/mustache/\(name).md"), as: UTF8.self)
        #expect(page.hasPrefix("# mustache/\(name)\n"))
        guard let start = page.ranges(of: "preview.mustache\n").first else {
            #expect(page.contains("\nNo file can show this"))
            return
        }
        let example = page[start.upperBound...].prefix(upTo: try #require(page.ranges(of: "\n```\n").last?.lowerBound))
        let found = checkPreviewTemplate(Array(example.utf8), file: "templates/note/preview.mustache")
        #expect(Set(found.map(\.id)) == ["mustache/\(name)"])
    }
}
