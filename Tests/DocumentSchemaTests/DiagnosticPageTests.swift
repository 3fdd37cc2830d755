import DocumentSchema
import Foundation
import LocatedYAML
import SourceDiagnostics
import Testing

/// The template that the pages' examples use.
private let note = TemplateShape(
    name: "note", summary: "For tests",
    fields: [
        FieldShape("title", .text(maximum: 60), required: true), FieldShape("image", .image),
        FieldShape("tone", .enumeration(["info", "success", "warning"])),
    ], actions: 0...2)

private let pagesFolder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../Documentation/Diagnostics").standardizedFileURL.path

private func pages(_ area: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: pagesFolder + "/" + area)) ?? []
    return names.filter { $0.hasSuffix(".md") }.sorted().map { "\(area)/" + $0.dropLast(3) }
}

@Suite struct DiagnosticPageTests {
    @Test(arguments: pages("yaml") + pages("schema"))
    func theExampleGivesExactlyTheDiagnostic(_ id: String) throws {
        let text = try String(contentsOfFile: "\(pagesFolder)/\(id).md", encoding: .utf8)
        #expect(text.hasPrefix("# \(id)\n"))
        let parts = text.components(separatedBy: "````")
        guard parts.count == 3, let end = parts[1].firstIndex(of: "\n") else {
            #expect(text.contains("\nNo file can show this"))
            return
        }
        let words = parts[1][..<end].split(separator: " ")
        let bytes = Array(parts[1][parts[1].index(after: end)...].utf8)
        #expect(Set(diagnostics(String(words[1]), bytes).map(\.id)) == [id])
    }

    private func diagnostics(_ path: String, _ bytes: [UInt8]) -> [Diagnostic] {
        var range: Span?
        var all: [Diagnostic] = []
        if path.hasSuffix(".md") {
            let split = splitFrontMatter(bytes)
            all = split.diagnostics
            guard let frontMatter = split.frontMatter else { return all }
            range = frontMatter
        }
        let (node, diagnostics) = parseYAML(bytes, range: range)
        all += diagnostics
        let schema =
            path.hasSuffix(".md")
            ? PlacardSchemas.message(note) : path == "placard.yaml" ? PlacardSchemas.project : PlacardSchemas.template
        return all + (node.map { validate($0, against: schema.root) } ?? [])
    }
}
