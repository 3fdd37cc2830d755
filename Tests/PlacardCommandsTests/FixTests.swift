import Testing

/// A message with a safe fix, a likely one, and what no fix can know.
private let broken = """
    ---
    template: banner
    title: 'Don't miss it'
    trigger: {event: sesion_start}
    ---
    Hi.

    """

private let corrected = broken.replacing("'Don't miss it'", with: "\"Don't miss it\"")
private let likely = corrected.replacing("sesion_start", with: "session_start")

@Suite struct `Applying fixes` {
    @Test func `--fix keeps to what is safe, --fix=likely does not`() throws {
        try withStarter { tool in
            try tool.write("app/content/sale.md", broken)
            let safe = try tool.run("check", "--fix", in: "app")
            #expect(safe.status == 1)
            #expect(safe.output.contains("Fixed 1 diagnostic."))
            #expect(try tool.read("app/content/sale.md") == corrected)
            // What the YAML hid is found in the same run.
            #expect(safe.output.contains("message/unknown-event"))
            let all = try tool.run("check", "--fix=likely", in: "app")
            #expect(all.status == 0, "\(all.output)")
            #expect(all.output.contains("Fixed 1 diagnostic."))
            #expect(try tool.read("app/content/sale.md") == likely)
        }
    }

    @Test func `one run of --fix=likely goes on until nothing is left`() throws {
        try withStarter { tool in
            try tool.write("app/content/sale.md", broken)
            let all = try tool.run("check", "--fix=likely", "content", in: "app")
            #expect(all.output.contains("Fixed 2 diagnostics."))
            #expect(try tool.read("app/content/sale.md") == likely)
        }
    }

    @Test func `--diff shows what would be written, and writes nothing`() throws {
        try withStarter { tool in
            try tool.write("app/content/sale.md", broken)
            let safe = try tool.run("check", "--fix", "--diff", in: "app")
            #expect(safe.status == 1)
            #expect(
                safe.output == """
                    --- content/sale.md
                    +++ content/sale.md
                    @@ -1,6 +1,6 @@
                     ---
                     template: banner
                    -title: 'Don't miss it'
                    +title: "Don't miss it"
                     trigger: {event: sesion_start}
                     ---
                     Hi.

                    """)
            #expect(safe.error == "1 diagnostic would be fixed; nothing was written.\n")
            let all = try tool.run("check", "--fix=likely", "--diff", in: "app")
            #expect(all.output.contains("\n+trigger: {event: session_start}\n"))
            #expect(all.error == "2 diagnostics would be fixed; nothing was written.\n")
            #expect(try tool.read("app/content/sale.md") == broken)
        }
    }

    @Test func `--diff of a project without fixes is empty, and no failure`() throws {
        try withStarter { tool in
            _ = try tool.run("check", "--fix", in: "app")
            let result = try tool.run("check", "--fix=likely", "--diff", in: "app")
            #expect(result.status == 0)
            #expect(result.output == "")
        }
    }

    @Test func `what --fix and --diff take is said`() throws {
        try withStarter { tool in
            let alone = try tool.run("check", "--diff", in: "app")
            #expect(alone.status == 2)
            #expect(alone.error.contains("give --fix, or --fix=likely, too"))
            let other = try tool.run("check", "--fix=all", in: "app")
            #expect(other.status == 2)
            #expect(other.error.contains("safe") && other.error.contains("likely"))
        }
    }
}
