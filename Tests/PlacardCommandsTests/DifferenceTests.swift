import CanonicalJSON
import Foundation
import Testing

@Suite struct `placard diff` {
    /// The starter project as `old`, and a copy of it as `new` that `edit` changes.
    private func withVersions(_ edit: (Tool) throws -> Void, _ body: (Tool) throws -> Void) throws {
        try withTool { tool in
            #expect(try tool.run("init", "old").status == 0)
            try FileManager.default.copyItem(
                atPath: tool.folder.path + "/old", toPath: tool.folder.path + "/new")
            try edit(tool)
            try body(tool)
        }
    }

    private func replace(_ text: String, with other: String, in path: String, _ tool: Tool) throws {
        let before = try tool.read(path)
        #expect(before.contains(text), "\(path) has no \(text)")
        try tool.write(path, before.replacing(text, with: other))
    }

    private func message(_ id: String, _ tool: Tool) throws -> JSONValue? {
        let result = try tool.run("diff", "old", "new", "--format", "json")
        #expect(result.status == 0, "\(result.error)")
        return try JSONValue(parsing: Array(result.output.utf8))["messages"]?.array?.first { $0["id"]?.string == id }
    }

    private let source = """
        ---
        template: banner
        title: A sale
        trigger: {event: session_start}
        audience: user.plan == "free"
        ---
        The summer sale begins **tomorrow**.
        """

    @Test func `the same project has no difference`() throws {
        try withVersions { _ in
        } _: { tool in
            let result = try tool.run("diff", "old", "new")
            #expect(result.output == "No difference.\n")
        }
    }

    @Test func `messages that come and go are named`() throws {
        try withVersions { tool in
            try tool.write("new/content/hello/sale.md", source)
            for file in ["welcome.md", "welcome.fr.md"] {
                try FileManager.default.removeItem(atPath: tool.folder.path + "/new/content/hello/" + file)
            }
        } _: { tool in
            let result = try tool.run("diff", "old", "new")
            #expect(result.output.hasPrefix("2 messages: 1 added, 1 removed\n"), "\(result.output)")
            #expect(result.output.contains("+ sale: added"))
            #expect(result.output.contains("- welcome: removed"))
            #expect(result.output.contains("The id is gone, and with it what counts for its caps."))
        }
    }

    @Test(
        arguments: [
            ("user.plan == \"free\"", "user.plan in [\"free\", \"premium\"]", "wider", "nobody", "lost"),
            ("user.plan in [\"free\", \"premium\"]", "user.plan == \"free\"", "narrower", "nobody", "gained"),
            ("user.plan == \"free\"", "user.plan == \"premium\"", "other users: some gained, some lost", nil, nil),
            ("user.plan == \"free\"", "user.plan in [\"free\"]", "the same users", "nobody", "gained"),
        ] as [(String, String, String, String?, String?)])
    func `an audience is wider or narrower, with a user for each direction`(
        _ former: String, _ now: String, _ direction: String, _ decision: String?, _ side: String?
    ) throws {
        try withVersions { tool in
            let text = source.replacing("user.plan == \"free\"", with: former)
            try tool.write("old/content/hello/sale.md", text)
            try tool.write("new/content/hello/sale.md", text.replacing(former, with: now))
        } _: { tool in
            let sale = try message("sale", tool)
            #expect(sale?["aspects"] == ["audience"])
            #expect(sale?["audience"]?["direction"]?.string == direction)
            if let side { #expect(sale?["audience"]?[side]?["decision"]?.string == decision) }
            for side in ["gained", "lost"] where sale?["audience"]?[side]?["decision"]?.string == "somebody" {
                #expect(sale?["audience"]?[side]?["user"]?.string?.contains("\"plan\":") == true)
            }
        }
    }

    @Test func `words that changed are told, and what they are about`() throws {
        try withVersions { tool in
            try tool.write("old/content/hello/sale.md", source)
            try tool.write("new/content/hello/sale.md", source.replacing("tomorrow", with: "today"))
        } _: { tool in
            let sale = try message("sale", tool)
            #expect(sale?["aspects"] == ["text"])
            #expect(sale?["texts"]?.array?.first?["words"] == [["former": "**tomorrow**.", "now": "**today**."]])
            let text = try tool.run("diff", "old", "new").output
            #expect(text.contains("~ sale: only text"))
            #expect(text.contains("        - **tomorrow**.\n        + **today**.\n"))
        }
    }

    @Test func `a translation, a schedule and a cap are each told by themselves`() throws {
        try withVersions { tool in
            try replace("Bienvenue", with: "Bonjour", in: "new/content/hello/welcome.fr.md", tool)
            try tool.write("old/content/hello/sale.md", source)
            try tool.write(
                "new/content/hello/sale.md",
                source.replacing("audience:", with: "schedule: {end: 2027-01-02T00:00:00Z}\naudience:"))
            try tool.write(
                "old/content/hello/cap.md", source.replacing("audience:", with: "frequency: [1 per 7d]\naudience:"))
            try tool.write(
                "new/content/hello/cap.md", source.replacing("audience:", with: "frequency: [1 per 1d]\naudience:"))
        } _: { tool in
            #expect(try message("welcome", tool)?["aspects"] == ["translation"])
            #expect(try message("sale", tool)?["aspects"] == ["schedule"])
            let cap = try message("cap", tool)
            #expect(cap?["aspects"] == ["limits"])
            #expect(cap?["values"]?.array?.first?["now"]?.string == "at most once a day")
        }
    }

    @Test func `an id with other content, and content under another id, are warned of`() throws {
        try withVersions { tool in
            try tool.write("old/content/hello/sale.md", source)
            try tool.write(
                "new/content/hello/sale.md",
                source.replacing("A sale", with: "Rate us").replacing(
                    "The summer sale begins **tomorrow**.", with: "How do you like our app so far?"))
            try tool.write("old/content/hello/a.md", source.replacing("summer", with: "autumn"))
            try tool.write("new/content/hello/b.md", source.replacing("summer", with: "autumn"))
        } _: { tool in
            let (sale, renamed) = (try message("sale", tool), try message("b", tool))
            #expect(sale?["reused"] == true)
            #expect(renamed?["formerId"]?.string == "a")
        }
    }

    @Test func `links, placeholders, images and declarations are told`() throws {
        try withVersions { tool in
            try tool.write("old/content/hello/sale.md", source)
            try tool.write(
                "new/content/hello/sale.md",
                source.replacing("A sale", with: "A sale, {$user.plan}").replacing(
                    "audience:", with: "actions: [{id: see, label: See, url: \"https://www.example.com/\"}]\naudience:")
            )
            try tool.write(
                "new/placard.yaml", try tool.read("new/placard.yaml") + "\ngroups: {offers: {frequency: [1 per 1d]}}\n")
        } _: { tool in
            let sale = try message("sale", tool)
            #expect(sale?["addedVariables"] == ["user.plan"])
            #expect(sale?["values"]?.array?.first?["now"]?.string == "opens https://www.example.com/")
            let text = try tool.run("diff", "old", "new").output
            #expect(text.contains("    group offers: + at most once a day\n"), "\(text)")
        }
    }

    @Test func `the comment on a pull request stays below what GitHub takes, and says what it leaves out`() throws {
        try withVersions { tool in
            for index in 0..<800 {
                try tool.write("old/content/hello/sale-\(index).md", source)
                try tool.write(
                    "new/content/hello/sale-\(index).md",
                    source.replacing("A sale", with: "Sale `@everyone` <b> \(index)\u{202E}").replacing(
                        "summer", with: "winter"))
            }
        } _: { tool in
            let text = try tool.run("diff", "old", "new", "--format", "markdown").output
            #expect(text.utf8.count < 60_000 && text.utf8.count > 40_000)
            #expect(text.contains(/\*\*\d+ more messages and what follows are not shown/))
            #expect(!text.contains("\u{202E}"))
            // What an author wrote is in code.
            #expect(text.contains("`` Sale `@everyone` <b> 10"), "\(text.prefix(900))")
        }
    }

    @Test func `revisions of git are read as they are, and name neither options nor programs`() throws {
        try withTool { tool in
            #expect(try tool.run("init", "repo/app").status == 0)
            try tool.write("repo/app/content/hello/sale.md", source)
            func git(_ arguments: String...) throws {
                let process = Process()
                process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
                process.arguments =
                    [
                        "git", "-c", "core.fsmonitor=false", "-c", "user.name=a", "-c", "user.email=a@example.com",
                        "-C", tool.folder.path + "/repo",
                    ] + arguments
                process.standardOutput = FileHandle.nullDevice
                try process.run()
                process.waitUntilExit()
                #expect(process.terminationStatus == 0)
            }
            try git("init", "-q")
            try tool.write("repo/.gitattributes", "*.md filter=evil diff=evil export-subst\n")
            for (key, value) in [
                ("filter.evil.smudge", "touch ../pwned; cat"), ("diff.evil.textconv", "touch ../pwned; cat"),
                ("core.fsmonitor", "touch ../pwned"), ("core.sshCommand", "touch ../pwned"),
                ("core.pager", "touch ../pwned"),
            ] { try git("config", key, value) }
            try git("add", ".")
            try git("commit", "-q", "-m", "one")
            try tool.write("repo/app/content/hello/sale.md", source.replacing("tomorrow", with: "today"))
            let environment = ["PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"]
            let result = try tool.run("diff", "HEAD", in: "repo/app", environment: environment)
            #expect(result.status == 0, "\(result.error)")
            #expect(result.output.contains("~ sale: only text"), "\(result.output)")
            try git("commit", "-q", "-a", "-m", "two")
            #expect(
                try tool.run("diff", "HEAD~1", "HEAD", in: "repo/app", environment: environment).output.contains(
                    "only text"))
            #expect(try tool.run("diff", "HEAD", in: "repo/app", environment: environment).output == "No difference.\n")
            #expect(!tool.exists("repo/pwned") && !tool.exists("pwned"))
            for name in ["nothing", "--", "--output=x", "HEAD^{tree}", "HEAD:app", ""] {
                let refused = try tool.run(
                    "diff", in: "repo/app", environment: environment, more: ["--", name])
                #expect(refused.status == 2, "\(name): \(refused.output)\(refused.error)")
            }
        }
    }
}
