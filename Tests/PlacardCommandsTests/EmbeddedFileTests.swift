import Foundation
import Testing

@testable import PlacardCommands

/// What the installed tool brings along is what the repository has.
@Suite struct EmbeddedFileTests {
    /// The text of every file of a folder of the repository, by its path below that.
    private func texts(_ folder: String) -> [String: String] {
        let root = URL(fileURLWithPath: #filePath).appendingPathComponent("../../../" + folder).standardizedFileURL
        let paths = FileManager.default.enumerator(atPath: root.path)?.compactMap { $0 as? String } ?? []
        let texts = paths.compactMap { path -> (String, String)? in
            // A folder has no bytes.
            guard !path.hasSuffix("~"), let bytes = try? Data(contentsOf: root.appendingPathComponent(path)) else {
                return nil
            }
            return (path, String(decoding: bytes, as: UTF8.self))
        }
        return Dictionary(texts) { first, _ in first }
    }

    /// The paths of files that are in one of both alone, or have another text there.
    private func stale(_ embedded: [String: String], _ texts: [String: String]) -> [String] {
        Set(embedded.keys).union(texts.keys).filter { embedded[$0] != texts[$0] }.sorted()
    }

    private func byPath(_ files: [NewFile]) -> [String: String] {
        Dictionary(files.map { ($0.path, String(decoding: $0.bytes, as: UTF8.self)) }) { first, _ in first }
    }

    @Test func theEmbeddedPagesOfDiagnosticsAreCurrent() {
        let texts = texts("Documentation/Diagnostics").map { (String($0.key.dropLast(".md".count)), $0.value) }
        let pages = Dictionary(uniqueKeysWithValues: texts)
        #expect(stale(embeddedDiagnosticPages, pages) == [], "write them anew with: make generate")
    }

    @Test func theEmbeddedTemplatesAreCurrent() {
        #expect(stale(byPath(embeddedTemplates), texts("templates")) == [], "write them anew with: make generate")
        let starter = texts("Documentation/StarterProject")
        #expect(stale(byPath(embeddedStarter), starter) == [], "write it anew with: make generate")
    }
}
