import Foundation
import Testing

@Suite struct `placard build --base` {
    private let source = """
        ---
        template: banner
        title: A sale
        trigger: {event: session_start}
        ---
        The summer sale begins **tomorrow**.
        """

    private func withVersions(_ body: (Tool) throws -> Void) throws {
        try withTool { tool in
            #expect(try tool.run("init", "old").status == 0)
            try FileManager.default.copyItem(atPath: tool.folder.path + "/old", toPath: tool.folder.path + "/new")
            try tool.write("old/content/hello/sale.md", source)
            try tool.write("new/content/hello/sale.md", source.replacing("tomorrow", with: "today"))
            try body(tool)
        }
    }

    private func build(_ tool: Tool, _ output: String, _ arguments: String...) throws -> [String: Data] {
        let result = try tool.run("build", "--project", "new", "--output", output, more: arguments)
        #expect(result.status == 0, "\(result.error)")
        let folder = tool.folder.appendingPathComponent(output)
        var files: [String: Data] = [:]
        for path in try FileManager.default.subpathsOfDirectory(atPath: folder.path) where !path.contains(".placard") {
            files[path] = try? Data(contentsOf: folder.appendingPathComponent(path))
        }
        return files
    }

    @Test func `what changed is a page and a comment, and nothing else of a build is other`() throws {
        try withVersions { tool in
            let plain = try build(tool, "plain")
            let compared = try build(tool, "compared", "--base", "old")
            let page = String(decoding: try #require(compared["preview/changes.html"]), as: UTF8.self)
            #expect(page.contains("<del>tomorrow</del><ins>today</ins>"))
            #expect(page.contains("<mark>tomorrow</mark>") && page.contains("<mark>today</mark>"))
            let comment = try tool.run("diff", "old", "--format", "markdown", "--project", "new").output
            #expect(compared["preview/summary.md"] == Data(comment.utf8))
            #expect(plain.keys.allSatisfy { !$0.contains("changes") && !$0.hasSuffix("summary.md") })
            for (path, bytes) in plain where !path.hasPrefix("preview/") { #expect(compared[path] == bytes, "\(path)") }
            #expect(try build(tool, "again", "--base", "old") == compared)
            // A later build without it takes the page away.
            let later = try build(tool, "compared")
            #expect(later["preview/changes.html"] == nil && later["preview/index.html"] == plain["preview/index.html"])
        }
    }

    @Test func `what it is compared with must be there`() throws {
        try withVersions { tool in
            let result = try tool.run("build", "--project", "new", "--base", "nothing")
            #expect(result.status == 2)
            #expect(result.error.contains("name a folder with a placard.yaml, or a git revision"), "\(result.error)")
            #expect(!tool.exists("new/build"))
        }
    }

    @Test func `a base with errors is compared as far as it was understood`() throws {
        try withVersions { tool in
            try tool.write("old/content/hello/broken.md", "---\ntemplate: nothing\n---\n")
            let result = try tool.run("build", "--project", "new", "--base", "old", "--output", "out")
            #expect(result.status == 0, "\(result.error)")
            #expect(
                result.error.contains("warning: old has 2 errors; what was not understood is not compared"),
                "\(result.error)")
            #expect(result.output.contains("what changed"))
        }
    }
}
