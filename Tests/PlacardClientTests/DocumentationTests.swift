import Foundation
import Testing

/// The function of Client.md that shows a message is the one of the app in Tests/Consumer, which Tests/Scripts/consumer.sh builds.
@Test func theExampleOfTheClientsPageIsBuilt() throws {
    let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../..")
    func read(_ path: String) throws -> String {
        try String(contentsOf: repository.appendingPathComponent(path), encoding: .utf8)
    }
    let page = try read("Documentation/Client.md")
    let blocks = page.components(separatedBy: "```swift\n").dropFirst().compactMap {
        $0.components(separatedBy: "\n```").first
    }
    let example = try #require(blocks.first { $0.contains("func present") })
    #expect(try read("Tests/Consumer/Sources/Consumer/main.swift").contains(example))
}
