import CanonicalJSON
import Foundation
import Testing

/// A message whose key `audience` has a slip.
private let slip = "---\ntemplate: banner\ntitle: Sale\ntrigger: {event: session_start}\naudiance: true\n---\nHello.\n"
/// The same without it.
private let sound = "---\ntemplate: banner\ntitle: Sale\ntrigger: {event: session_start}\n---\nHello.\n"

/// Runs `body` in the starter project with an error in `content/a/sale.md` and one in `content/b/sale-two.md`.
private func withTwoErrors(_ body: (Tool) throws -> Void) throws {
    try withStarter { tool in
        try tool.write("app/content/a/sale.md", slip)
        try tool.write("app/content/b/sale-two.md", slip)
        try body(tool)
    }
}

@Suite struct `Checking some files of a project` {
    @Test(arguments: [
        ("app", "content/a/sale.md"), ("app", "content/a"), ("app", "./content//b/../a/"),
        ("app/content/b", "../a/sale.md"),
        (".", "app/content/a/sale.md"),
    ])
    func `what is named is reported, and what is elsewhere is counted`(_ folder: String, _ path: String) throws {
        try withTwoErrors { tool in
            let result = try tool.run("check", path, in: folder)
            #expect(result.status == 1)
            #expect(result.output.contains("a/sale.md:5:1"))
            #expect(!result.output.contains("sale-two.md"))
            #expect(
                result.output.hasSuffix(
                    "1 error in 1 file.\nElsewhere: 1 error in 1 file; placard check shows them.\n"))
        }
    }

    @Test func `what is clean passes, whatever is elsewhere`() throws {
        try withTwoErrors { tool in
            let result = try tool.run("check", "scenarios", "content/hello/welcome.md", in: "app")
            #expect(result.status == 0)
            #expect(
                result.output
                    == "No diagnostics in 2 paths.\nElsewhere: 2 errors in 2 files; placard check shows them.\n")
        }
    }

    @Test func `several paths, an absolute one and a symbolic link`() throws {
        try withTwoErrors { tool in
            let both = try tool.run("check", "content/a", tool.folder.path + "/app/content/b/sale-two.md", in: "app")
            #expect(both.output.hasSuffix("2 errors in 2 files.\n"))
            try FileManager.default.createSymbolicLink(
                atPath: tool.folder.path + "/link", withDestinationPath: "app/content/a")
            let linked = try tool.run("check", "link/sale.md")
            #expect(linked.output.contains("a/sale.md:5:1"))
            #expect(linked.output.contains("Elsewhere: 1 error"))
        }
    }

    @Test(arguments: [".", "..", "../app"])
    func `the project's own folder, or one that it is in, stands for all of it`(_ path: String) throws {
        try withTwoErrors { tool in
            let all = try tool.run("check", in: "app")
            #expect(try tool.run("check", path, "--project", ".", in: "app").output == all.output)
        }
    }

    @Test func `programs get the named files alone, and the rest is told on standard error`() throws {
        try withTwoErrors { tool in
            let result = try tool.run("check", "content/a", "--format", "json", in: "app")
            let document = try JSONValue(parsing: Array(result.output.utf8.dropLast()))
            #expect(document["summary"]?["errors"] == 1)
            #expect(result.error.contains("Elsewhere: 1 error in 1 file"))
        }
    }

    @Test func `a path that leads nowhere, outside or to nothing that is compiled`() throws {
        try withTwoErrors { tool in
            let missing = try tool.run("check", "content/a/sael.md", in: "app")
            #expect(missing.status == 2)
            #expect(
                missing.error == """
                    error: there is no file or folder content/a/sael.md
                      help: did you mean content/a/sale.md?

                    """)
            try tool.write("elsewhere/a.md", "")
            let outside = try tool.run("check", "../elsewhere/a.md", in: "app")
            #expect(outside.status == 2)
            #expect(outside.error.hasPrefix("error: ../elsewhere/a.md is not in the project "))
            let input = try tool.run("check", "-", in: "app")
            #expect(input.status == 2)
            #expect(input.error.contains("help: placard check --stdin-path PATH reads it there"))
            try tool.write("app/README.md", "")
            let stranger = try tool.run("check", "README.md", in: "app")
            #expect(stranger.status == 0)
            #expect(stranger.output.hasSuffix("README.md is not compiled, so that nothing is said of it.\n"))
        }
    }

    @Test func `a project that cannot be read is reported whatever was named`() throws {
        try withTwoErrors { tool in
            try tool.write("app/placard.yaml", "a: [\n")
            let result = try tool.run("check", "content/hello", in: "app")
            #expect(result.status == 1)
            #expect(result.output.contains("placard.yaml:"))
        }
    }

    @Test func `translations of other files are not recorded`() throws {
        try withStarter { tool in
            let french = "---\ntitle: Soldes\n---\nSalut.\n"
            for name in ["one", "two"] {
                try tool.write("app/content/\(name)/\(name).md", sound)
                try tool.write("app/content/\(name)/\(name).fr.md", french)
            }
            let before = try tool.read("app/translations.lock")
            _ = try tool.run("check", "content/one", "--fix", in: "app")
            let lock = try tool.read("app/translations.lock")
            #expect(lock.contains("\nfr one "))
            #expect(!lock.contains("\nfr two "))
            // What it knew of others it keeps.
            for line in before.split(separator: "\n") where line.hasPrefix("fr ") { #expect(lock.contains(line)) }
            // Without a lock none is begun by a file that is no translation.
            try FileManager.default.removeItem(at: tool.folder.appendingPathComponent("app/translations.lock"))
            _ = try tool.run("check", "content/one/one.md", "--fix", in: "app")
            #expect(!tool.exists("app/translations.lock"))
        }
    }

    @Test func `fixes are made in the named files alone`() throws {
        try withStarter { tool in
            let fixed = sound.replacing("title: Sale", with: "title: Sale\naudience: app.platform == \"ios\"")
            let text = fixed.replacing("\"ios\"", with: "\u{201C}ios\u{201D}")
            try tool.write("app/content/a/sale.md", text)
            try tool.write("app/content/b/sale-two.md", text)
            #expect(try tool.run("check", "content/a", "--fix", in: "app").output.contains("Fixed 1 diagnostic"))
            #expect(try tool.read("app/content/a/sale.md") == fixed)
            #expect(try tool.read("app/content/b/sale-two.md") == text)
        }
    }
}

@Suite struct `Checking the text of an editor` {
    @Test func `standard input stands for the file, which stays as it is`() throws {
        try withStarter { tool in
            try tool.write("app/content/a/sale.md", sound)
            let result = try tool.run("check", "--stdin-path", "content/a/sale.md", in: "app", input: slip)
            #expect(result.status == 1)
            #expect(result.output.contains("content/a/sale.md:5:1"))
            #expect(result.output.contains("audiance: true"))
            #expect(try tool.read("app/content/a/sale.md") == sound)
            try tool.write("app/content/a/sale.md", slip)
            let saved = try tool.run("check", "--stdin-path", "content/a/sale.md", in: "app", input: sound)
            #expect(saved.status == 0)
            #expect(saved.output.hasPrefix("No diagnostics in 1 path.\n"))
        }
    }

    @Test func `a file that is not there yet, and placard.yaml`() throws {
        try withTwoErrors { tool in
            let new = try tool.run("check", "--stdin-path", "app/content/c/new.md", "--format", "json", input: slip)
            #expect(new.status == 1)
            #expect(new.output.contains("\"file\":\"content/c/new.md\""))
            #expect(!tool.exists("app/content/c"))
            let project = try tool.run("check", "--stdin-path", "placard.yaml", in: "app", input: "sorce: en\n")
            #expect(project.status == 1)
            #expect(project.output.contains("placard.yaml:1:1"))
        }
    }

    @Test func `a file that nobody would compile, too much text, and what cannot go together`() throws {
        try withStarter { tool in
            let stranger = try tool.run("check", "--stdin-path", "README.md", in: "app", input: slip)
            #expect(stranger.status == 0)
            #expect(stranger.output.contains("README.md is not compiled"))
            let long = try tool.run(
                "check", "--stdin-path", "content/a.md", in: "app", input: String(repeating: "x", count: 1_048_577))
            #expect(long.status == 2)
            #expect(long.error.contains("standard input has more than 1048576 bytes"))
            for more in [["content"], ["--fix"]] {
                let result = try tool.run("check", "--stdin-path", "content/a.md", in: "app", more: more, input: "")
                #expect(result.status == 2)
                #expect(result.error.hasPrefix("Error: "))
            }
        }
    }
}
