import PlacardCompiler
import Testing

/// What previews say of messages that compete for the same users.
@Suite struct PreviewConflictTests {
    private func page(_ path: String, _ files: [String: String]) throws -> String {
        let compilation = compile(project(files))
        try #require(diagnostics(compilation) == [])
        let output = BuildOutput(compilation, title: "Test", generator: "Placard")
        let file = try #require(Array(output.preview).first { $0.path == path })
        return String(decoding: file.bytes, as: UTF8.self)
    }

    private func part(_ html: String, from start: String, to end: String) -> String {
        String(html.split(separator: start, maxSplits: 1).dropFirst().first?.split(separator: end)[0] ?? "")
    }

    /// A message for an audience.
    private func message(_ audience: String, _ more: String = "") -> String {
        PlacardCompilerTests.message("audience: \(audience)\n\(more)")
    }

    @Test func aMessageSaysWhoComesFirstAndForWhom() throws {
        let files = [
            "content/a.md": message("user.country in [\"FR\", \"GB\"]", "priority: 70"),
            "content/b.md": message("user.country == \"FR\" && user.orders_count > 2", "priority: 30"),
            "content/c.md": message("user.country == \"US\"", "priority: 90"),
        ]
        let loser = part(try page("m/b.html", files), from: "id=\"conflicts\"", to: "</section>")
        #expect(loser.contains("<a href=\"a.html\">a</a>"))
        #expect(loser.contains("gives way"))
        #expect(loser.contains("priority 30 here, 70 there"))
        #expect(loser.contains("user.country FR, user.orders_count 3"))
        #expect(!loser.contains("c.html"), "nobody is in both countries")
        let winner = part(try page("m/a.html", files), from: "id=\"conflicts\"", to: "</section>")
        #expect(winner.contains("✓ comes first") && winner.contains("<a href=\"b.html\">b</a>"))
        #expect(try !page("m/c.html", files).contains("id=\"conflicts\""))
        let index = try page("index.html", files)
        #expect(
            index.contains(
                "<a href=\"m/b.html#conflicts\">gives way to</a> <code>a</code>, for example user.country FR"))
        #expect(!index.contains("m/a.html#conflicts"), "who comes first has nothing to look at")
    }

    @Test func aTieAndAMessageThatIsAlwaysHiddenAreMarked() throws {
        let tie = ["content/a.md": message("user.country == \"FR\""), "content/b.md": message("user.orders_count > 2")]
        let page = part(try page("m/b.html", tie), from: "id=\"conflicts\"", to: "</section>")
        #expect(page.contains("<td class=\"stale\">! gives way"))
        #expect(page.contains("the first id in the alphabet comes first"))
        let noteWithoutButton = noteTemplate.replacing(
            "dismiss: [button, swipe]", with: "dismiss: [timeout]\ntimeout: 5s")
        let hidden = [
            "templates/note/template.yaml": noteWithoutButton,
            "content/a.md": message("user.country == \"FR\"", "priority: 70"),
            "content/b.md": message("user.country == \"FR\" && user.orders_count > 2", "priority: 30"),
        ]
        let always = part(try self.page("m/b.html", hidden), from: "id=\"conflicts\"", to: "</section>")
        #expect(always.contains("<td class=\"error\">✕ always gives way"))
        #expect(
            try self.page("index.html", hidden).contains("✕ <a href=\"m/b.html#conflicts\">always gives way to</a>"))
    }

    @Test func messagesOfDifferentDaysDoNotCompete() throws {
        let files = [
            "content/a.md": message("user.country == \"FR\"", "schedule: {end: 2027-01-01 00:00, timezone: local}"),
            "content/b.md": message("user.country == \"FR\"", "schedule: {start: 2027-01-01 00:00, timezone: local}"),
        ]
        #expect(try !page("m/b.html", files).contains("id=\"conflicts\""))
    }

    @Test func audiencesHaveTheirMessagesCapsAndScenarios() throws {
        let files = [
            "content/a.md": message("user.country == \"FR\"", "group: promotions"),
            "content/b.md": message("user.country == \"FR\"", "group: promotions\npriority: 20"),
            "content/c.md": PlacardCompilerTests.message("priority: 90"),
            "scenarios/paris.yaml":
                "description: In Paris\nlocale: fr\nnow: 2026-12-01T12:00:00Z\ncontext: {user: {country: FR}, app: {version: 1.0.0, platform: ios}}\nevent: {name: session_start}\nexpect: {shows: c}\n",
        ]
        let html = try page("audience.html", files)
        let first = part(html, from: "<tbody>", to: "</tr>")
        #expect(first.contains("France"))
        #expect(first.contains("m/a.html") && first.contains("m/b.html") && !first.contains("m/c.html"))
        #expect(first.contains("! 0 shown</span> of 2"))
        #expect(first.contains("user.country FR"))
        #expect(html.contains("2 audiences of 3 messages"))
        let groups = part(html, from: "<h2>Groups</h2>", to: "</table>")
        #expect(groups.contains("promotions") && groups.contains("at most once a day") && groups.contains("m/b.html"))
        let scenarios = part(html, from: "<h2>Scenarios</h2>", to: "</table>")
        #expect(scenarios.contains("In Paris") && scenarios.contains("✓ shows <a href=\"m/c.html\">c</a>"))
        let conflicts = part(html, from: "<h2>Conflicts</h2>", to: "</table>")
        #expect(conflicts.contains("priority 20 here"))
        #expect(try page("m/a.html", files).contains("Shares the cap of <code>promotions</code> (at most once a day)"))
    }

    @Test func conflictsAreTheSameInEveryBuild() throws {
        var files: [String: String] = [:]
        for index in 0..<40 {
            files["content/m\(index).md"] = message("user.orders_count > \(index)", "priority: \(index % 5 * 10 + 10)")
        }
        let first = try page("audience.html", files)
        #expect(try page("audience.html", files) == first)
        #expect(first.contains("<h2>Conflicts</h2>"))
    }
}
