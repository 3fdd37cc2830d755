import CanonicalJSON
import Foundation
import Testing

/// The first block of code below a heading of `Documentation/Diagnostics.md`.
private func block(under heading: String) throws -> String {
    let page = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../Documentation/Diagnostics.md").standardizedFileURL
    let text = try String(contentsOf: page, encoding: .utf8)
    let section = try #require(text.split(separator: "\n## \(heading)\n").last)
    let fenced = try #require(section.firstRange(of: /```(?:json)?\n/))
    return String(
        section[fenced.upperBound...].prefix(
            upTo: section[fenced.upperBound...].firstRange(of: "```")?.lowerBound ?? section.endIndex))
}

/// Runs `body` in the starter project with the slip that the document names.
private func withDocumentedSlip(_ body: (Tool) throws -> Void) throws {
    try withStarter { tool in
        let path = "app/content/hello/welcome.md"
        let text = try tool.read(path)
        try tool.write(path, text.replacing("user.plan ==", with: "user.plna =="))
        #expect(try tool.read(path) != text)
        try body(tool)
    }
}

@Suite struct `Examples of output in the documents` {
    @Test func `the form for people is what the tool prints`() throws {
        try withDocumentedSlip { tool in
            let output = try tool.run("check", in: "app").output
            let documented = try block(under: "human")
            #expect(output.hasPrefix(documented))
        }
    }

    @Test func `the JSON document is what the tool prints`() throws {
        try withDocumentedSlip { tool in
            let output = try tool.run("check", "--format", "json", in: "app").output
            let documented = try JSONValue(parsing: Array(try block(under: "json").utf8))
            #expect(documented.canonicalString + "\n" == output)
        }
    }

    @Test func `the workflow command is what the tool prints`() throws {
        try withDocumentedSlip { tool in
            let output = try tool.run("check", "--format", "github", in: "app").output
            let documented = try block(under: "github")
            #expect(output == documented)
        }
    }
}
