import Foundation
import PlacardCompiler
import Testing

@testable import PlacardCommands

@Test func theFormatsReferenceIsCurrent() throws {
    let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../..")
        .standardizedFileURL.path
    let templates = compile(try loadProject(at: repository)).templates.map(\.shape)
    let page = FileManager.default.contents(atPath: repository + "/Documentation/Formats.md")
    #expect(
        page == Data(formatsReference(templates).utf8),
        "write it anew with: placard schema --reference > Documentation/Formats.md")
}
