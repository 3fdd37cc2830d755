import PlacardCompiler
import SourceDiagnostics
import Testing

// A key that stands on the line of another, as its line end was lost, is never made a part of that one's text.

@Suite struct LostLineEndTests {
    private func source(_ line: String) -> [String: String] {
        ["content/a.md": "---\ntemplate: note\n\(line)\ntrigger: {event: session_start}\n---\nHi."]
    }

    private func unquoted(_ compilation: Compilation) -> [FixIt] {
        compilation.diagnostics.filter { $0.id == "yaml/unquoted-value" }.flatMap(\.fixIts)
    }

    @Test(arguments: [
        ("title: A new lookaudience: user.country == \"FR\"", "title: A new look\naudience: user.country == \"FR\""),
        ("title: A new look audience: user.country == \"FR\"", "title: A new look\naudience: user.country == \"FR\""),
        ("title: A new lookonMissing: hide", "title: A new look\nonMissing: hide"),
        ("title: A new look priority: 60", "title: A new look\npriority: 60"),
        ("title: A new lookrollout: 10%", "title: A new look\nrollout: 10%"),
        ("title: A new look audiance: user.country == \"FR\"", "title: A new look\naudience: user.country == \"FR\""),
        ("title: A new looktone: info", "title: A new look\ntone: info"),
    ])
    func aKeyOnTheLineOfAnotherBeginsANewLineAndNoSafeFixItQuotesIt(_ line: String, _ right: String) throws {
        let broken = project(source(line))
        let fixIts = unquoted(compile(broken))
        #expect(!fixIts.contains { $0.applicability == .safe })
        let fixed = applying(try #require(fixIts.first), to: broken)
        #expect(fixed["content/a.md"].map { String(decoding: $0, as: UTF8.self) } == source(right)["content/a.md"])
        #expect(compile(fixed).diagnostics.isEmpty)
    }

    @Test(arguments: ["title: Today only: two for one", "title: A good title: short", "title: We paid: thanks"])
    func aWordThatIsNoKeyOrCannotBeOneThereStaysInTheText(_ line: String) throws {
        let broken = project(source(line))
        let fixed = applying(try #require(unquoted(compile(broken)).first), to: broken)
        let text = line.dropFirst("title: ".count)
        #expect(
            fixed["content/a.md"].map { String(decoding: $0, as: UTF8.self) }
                == source("title: '\(text)'")["content/a.md"]
                || fixed["content/a.md"].map { String(decoding: $0, as: UTF8.self) }
                    == source("title: \"\(text)\"")["content/a.md"]
        )
        #expect(compile(fixed).diagnostics.isEmpty)
    }

    @Test func aScenarioKeepsItsKeys() throws {
        let scenario = { (line: String) in
            "description: S\n\(line)\nnow: 2026-12-02T10:15:00Z\nevent: {name: session_start}\nexpect: {shows: a}\n"
        }
        let files = ["content/a.md": message()]
        let broken = project(files.merging(["scenarios/s.yaml": scenario("unit: rider-30locale: fr")]) { $1 })
        let fixed = applying(try #require(unquoted(compile(broken)).first), to: broken)
        #expect(
            fixed["scenarios/s.yaml"].map { String(decoding: $0, as: UTF8.self) }
                == scenario("unit: rider-30\nlocale: fr"))
    }
}
