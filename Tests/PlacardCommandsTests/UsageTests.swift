import CanonicalJSON
import Foundation
import Testing

@testable import PlacardCommands

@Suite struct `Use and misuse` {
    /// Every command there is, by what is written to run it; the tool itself is the first.
    private static let commands: [[String]] = {
        guard let tool = try? Tool() else { return [] }
        defer { tool.remove() }
        let tree = (try? tool.runBytes(["--experimental-dump-help"])).flatMap { try? JSONValue(parsing: $0.output) }
        func paths(_ command: JSONValue, _ path: [String]) -> [[String]] {
            [path]
                + (command["subcommands"]?.array ?? []).flatMap { command -> [[String]] in
                    guard let name = command["commandName"]?.string, name != "help" else { return [] }
                    return paths(command, path + [name])
                }
        }
        return tree?["command"].map { paths($0, []) } ?? []
    }()

    @Test func `the commands are found`() {
        #expect(Self.commands.count > 30 && Self.commands.contains(["translations", "import"]))
    }

    @Test func `the page of the command line tells of every command`() throws {
        let page = URL(fileURLWithPath: #filePath).appendingPathComponent("../../../Documentation/CommandLine.md")
        let text = try String(contentsOf: page.standardizedFileURL, encoding: .utf8)
        let groups = Set(Self.commands.filter { !$0.isEmpty }.map { Array($0.dropLast()) })
        for command in Self.commands where !groups.contains(command) {
            // A row on several commands of a group has the name of the group once.
            let names = ["placard " + command.joined(separator: " ")] + command.dropFirst().suffix(1)
            let isThere = names.contains { text.contains("`\($0) ") || text.contains("`\($0)`") }
            #expect(isThere, "Documentation/CommandLine.md says nothing of placard \(command.joined(separator: " "))")
        }
    }

    @Test(arguments: commands)
    func `every command has help that teaches`(_ command: [String]) throws {
        try withTool { tool in
            let result = try tool.run(more: command + ["--help"])
            #expect(result.status == 0)
            #expect(result.output.hasPrefix("OVERVIEW: "))
            #expect(result.output.contains("USAGE: placard"))
            #expect(result.error == "")
            if command != ["new"] { #expect(result.output.contains("placard " + command.joined(separator: " "))) }
            // A terminal of 80 columns shows every line whole, but for a long usage line.
            var isExample = false
            for line in result.output.split(separator: "\n", omittingEmptySubsequences: false) {
                if !line.hasPrefix("USAGE") { #expect(line.count <= 80) }
                // What is wrapped loses its indentation.
                if isExample, !line.isEmpty { #expect(line.hasPrefix("  ")) }
                isExample = line == "Examples:" || isExample && !line.isEmpty
            }
        }
    }

    @Test(arguments: [
        ["bogus"], ["build", "--bogus"], ["check", "--format", "xml"], ["init"], ["new", "message"],
        ["new", "translation", "a"], ["schema", "a", "b"],
    ])
    func `arguments that make no sense end with 2 and say so`(_ arguments: [String]) throws {
        try withTool { tool in
            let result = try tool.runAll(arguments)
            #expect(result.status == 2)
            #expect(result.output == "")
            #expect(result.error.hasPrefix("Error: "))
        }
    }

    @Test(arguments: [
        (["chek"], "placard check"), (["validate"], "placard check"), (["lint", "--strict"], "placard check"),
        (["fix"], "placard check --fix"), (["preview"], "placard serve"),
        (["translation", "status"], "placard translations"),
        (["new", "mesage", "a"], "placard new message"), (["version"], "placard --version"),
        (["help", "chek"], "placard check"), (["translations", "exprot"], "placard translations export"),
    ])
    func `a command that there is not names the one that is meant`(_ arguments: [String], _ meant: String) throws {
        try withTool { tool in
            let result = try tool.runAll(arguments)
            #expect(result.status == 2)
            #expect(result.error.contains("There is no command 'placard "))
            #expect(result.error.contains("Did you mean '\(meant)'?"))
        }
    }

    @Test func `what was meant is said`() throws {
        try withTool { tool in
            _ = try tool.run("init", "p")
            let likely = try tool.run("check", "--fix", "likely", in: "p")
            #expect(likely.error.contains("help: the kind of fixes stands behind an equals sign: --fix=likely"))
            #expect(try tool.run("build", "--fix", in: "p").error.contains("placard check --fix applies fixes"))
            let byName = try tool.run("explain", "first-visit", in: "p")
            let byFile = try tool.run("explain", "scenarios/first-visit.yaml", in: "p")
            #expect(byFile.status == 0 && byFile.output == byName.output)
            #expect(try tool.run("test", "scenarios/first-visit.yaml", in: "p").status == 0)
            let long = try tool.run(
                "new", "message", "a", "--template", "toast", "--title", String(repeating: "long ", count: 9), in: "p")
            #expect(long.status == 2)
            #expect(long.error.contains("the title has 45 characters, and a toast has room for 32"))
        }
    }

    @Test(arguments: [
        (["schema", "message", ":", "ban"], 3, ["banner"]), (["schema", "message", ":"], 2, ["banner", "card"]),
        (["schema", "mess"], 1, ["message:banner", "message:card", "manifest"]),
    ])
    func `bash completes what stands behind a colon`(_ words: [String], _ index: Int, _ offered: [String]) {
        let found = behindColon(["message:banner", "message:card", "manifest"], words, index)
        #expect(Set(offered).isSubset(of: found))
        if words.contains(":") { #expect(!found.contains { $0.contains(":") || $0 == "manifest" }) }
    }

    @Test(arguments: [
        ["build"], ["check"], ["new", "message", "a"], ["new", "scenario", "a"], ["schema", "message:banner"],
    ])
    func `outside of a project`(_ arguments: [String]) throws {
        try withTool { tool in
            let result = try tool.runAll(arguments)
            #expect(result.status == 2)
            if arguments[0] != "schema" {
                #expect(
                    result.error == """
                        error: no placard.yaml here or in any folder above
                          help: placard init DIR makes a small working project
                          help: --project DIR names one that is elsewhere

                        """)
            }
        }
    }

    @Test func `a folder that is no project, or is not there`() throws {
        try withTool { tool in
            try tool.write("empty/x", "")
            #expect(
                try tool.run("check", "--project", "empty").error == """
                    error: empty has no placard.yaml
                      help: placard init empty makes a small working project

                    """)
            let missing = try tool.run("check", "--project", "gone")
            #expect(missing.status == 2)
            #expect(missing.error.hasPrefix("error: there is no folder gone\n"))
        }
    }

    @Test func `version and completions`() throws {
        try withTool { tool in
            let version = try tool.run("--version")
            #expect(version.status == 0)
            #expect(version.output.wholeMatch(of: /\d+\.\d+\.\d+\n/) != nil)
            for shell in ["bash", "zsh", "fish"] {
                let script = try tool.run("--generate-completion-script", shell)
                #expect(script.status == 0)
                #expect(script.output.contains("placard"))
            }
        }
    }

    @Test func `diagnostics are explained away from the sources`() throws {
        let id = try #require(embeddedDiagnosticPages.keys.max { ($0.count, $0) < ($1.count, $1) })
        try withTool { tool in
            let page = try tool.run("check", "--explain", id)
            #expect(page.status == 0)
            #expect(page.output.hasPrefix("# \(id)\n"))
            #expect(page.output.hasSuffix("\n"))
            let typo = try tool.run("check", "--explain", String(id.dropLast()))
            #expect(typo.status == 2)
            #expect(typo.error.contains("did you mean \(id)?"))
            let area = id.prefix { $0 != "/" }
            let name = try tool.run("check", "--explain", "unknown-key")
            #expect(name.status == 2)
            #expect(name.error.contains("did you mean schema/unknown-key?"))
            let near = try tool.run("check", "--explain", "unkown-key")
            #expect(near.error.contains("did you mean schema/unknown-key?"))
            let unknown = try tool.run("check", "--explain", "\(area)/zzzzzzzzzzzzzzzzzzzz")
            #expect(unknown.error.contains("there are: \(area)/"))
        }
    }

    @Test func `an area lists what there is in it, and what is neither names the areas`() throws {
        try withTool { tool in
            let list = try tool.run("check", "--explain", "cel")
            #expect(list.status == 0)
            let ids = embeddedDiagnosticPages.keys.filter { $0.hasPrefix("cel/") }.sorted()
            let lines = list.output.split(separator: "\n")
            #expect(lines.map { String($0.prefix { $0 != " " }) } == ids)
            for line in lines { #expect(line.contains("  ") && line.hasSuffix(".")) }
            #expect(try tool.run("check", "--explain", "cel/").output == list.output)
            let nothing = try tool.run("check", "--explain", "xyzzy")
            #expect(nothing.status == 2)
            #expect(nothing.error.contains("the areas are: analysis, cel, "))
            #expect(nothing.error.count < 400)
        }
    }

    @Test(arguments: ["LANG", "LC_ALL", "LC_MESSAGES"])
    func `a locale of the environment that nobody has does no harm`(_ name: String) throws {
        try withStarter { tool in
            let plain = try tool.run("check", in: "app")
            let result = try tool.run("check", in: "app", environment: [name: String(repeating: "x", count: 300)])
            #expect(result.status == 0)
            #expect(result.output == plain.output && result.error == plain.error)
        }
    }

    #if os(Linux)
        @Test func `output that cannot be written is a failure`() throws {
            try withStarter { tool in
                let process = Process()
                process.executableURL = URL(fileURLWithPath: Tool.binary)
                process.arguments = ["check", "--format", "sarif"]
                process.currentDirectoryURL = tool.folder.appendingPathComponent("app")
                process.standardOutput = FileHandle(forWritingAtPath: "/dev/full")
                let error = Pipe()
                process.standardError = error
                try process.run()
                let words = String(decoding: error.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
                process.waitUntilExit()
                #expect(process.terminationStatus == 3)
                #expect(words.contains("cannot write to standard output: No space left on device"))
            }
        }
    #endif

    @Test func `schemas are listed and printed`() throws {
        try withStarter { tool in
            let list = try tool.run("schema", in: "app")
            #expect(list.status == 0)
            for name in [
                "manifest", "catalog", "locale", "project", "template", "scenario", "message:banner",
            ] {
                #expect(list.output.split(separator: "\n").contains { $0.hasPrefix(name + " ") })
                let schema = try tool.run("schema", name, in: "app")
                #expect(schema.status == 0)
                #expect(schema.output.contains("\"$schema\": \"https://json-schema.org/draft/2020-12/schema\""))
            }
            let typo = try tool.run("schema", "manifst", in: "app")
            #expect(typo.status == 2)
            #expect(typo.error.contains("did you mean manifest?"))
        }
    }
}

extension Tool {
    func runAll(_ arguments: [String]) throws -> Result {
        switch arguments.count {
        case 1: try run(arguments[0])
        case 2: try run(arguments[0], arguments[1])
        case 3: try run(arguments[0], arguments[1], arguments[2])
        default: try run(arguments[0], arguments[1], arguments[2], arguments[3])
        }
    }
}
