import CEL
import Foundation
import SourceDiagnostics
import Testing

/// The pages under Documentation/Diagnostics/cel: each diagnostic has one, and its example gives that diagnostic.
@Suite struct DocumentationTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../..").standardizedFileURL
    private static let folder = root.appendingPathComponent("Documentation/Diagnostics/cel")
    private static let pages = (try? FileManager.default.contentsOfDirectory(atPath: folder.path))?.sorted() ?? []

    /// The CEL in a front matter line, without YAML's quotation marks.
    private func audience(_ page: String) -> String? {
        guard let line = page.split(separator: "\n").first(where: { $0.hasPrefix("audience: ") }) else { return nil }
        let value = String(line.dropFirst("audience: ".count))
        if value.hasPrefix("'") { return value.dropFirst().dropLast().replacingOccurrences(of: "''", with: "'") }
        return value == "\"\"" ? "" : value
    }

    @Test(arguments: pages) func theExampleOfAPageGivesItsDiagnostic(_ page: String) throws {
        let text = try String(contentsOf: DocumentationTests.folder.appendingPathComponent(page), encoding: .utf8)
        let id = "cel/" + page.dropLast(3)
        #expect(text.hasPrefix("# \(id)\n"))
        guard let expression = audience(text) else {
            #expect(id == "cel/too-long")
            return
        }
        let found = diagnostics(expression)
        #expect(found.map { $0.id } == [id])
        #expect(
            text.contains("\(found.first?.severity ?? .error): \(found.first?.message ?? "") [\(id)]"),
            "\(found.first?.message ?? "")")
        // The carets stand under what is pointed at.
        guard let caret = text.split(separator: "\n").first(where: { $0.hasPrefix("   | ") && $0.hasSuffix("^") }),
            let line = text.split(separator: "\n").first(where: { $0.hasPrefix(" 4 | ") }), let diagnostic = found.first
        else { return }
        let marked = Array(line)[caret.prefix { $0 != "^" }.count..<min(caret.count, line.count)]
        let bytes = Array(expression.utf8)
        let span = diagnostic.primary.span
        let pointed = String(decoding: bytes[span.start..<span.end], as: UTF8.self)
        if !pointed.isEmpty { #expect(String(marked) == pointed) }
    }

    @Test func everyDiagnosticHasAPage() throws {
        let sources = DocumentationTests.root.appendingPathComponent("Sources/CEL")
        var ids: Set<String> = []
        for case let path as String in FileManager.default.enumerator(atPath: sources.path) ?? .init() {
            guard path.hasSuffix(".swift") else { continue }
            let text = try String(contentsOf: sources.appendingPathComponent(path), encoding: .utf8)
            for match in text.matches(of: /"cel\/([a-z-]+)"/) { ids.insert(String(match.1)) }
        }
        #expect(ids == Set(DocumentationTests.pages.map { String($0.dropLast(3)) }))
    }
}
