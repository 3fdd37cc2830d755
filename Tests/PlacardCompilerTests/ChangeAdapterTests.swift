import PlacardPreview
import Testing

@testable import PlacardCompiler

/// What the compiler tells pages of two versions.
@Suite struct `changes for reviewers` {
    private func runs(_ former: String, _ now: String) -> String {
        textRuns(from: former, to: now).map { run in
            switch run.kind {
            case .same: run.text
            case .gone: "[-\(run.text)-]"
            case .new: "[+\(run.text)+]"
            }
        }.joined()
    }

    @Test(
        arguments: [
            ("The sale begins tomorrow.", "The sale begins today.", "The sale begins [-tomorrow-][+today+]."),
            ("9.99 euro", "4.99 euro", "[-9.99-][+4.99+] euro"), ("Don’t go", "Do go", "[-Don’t-][+Do+] go"),
            // Neighbours that changed are one change, the space between them with them.
            (
                "We like old red cars here now", "We like new blue cars here now",
                "We like [-old red-][+new blue+] cars here now"
            ),
            // Where words are written without spaces, letters are told by themselves.
            ("無料ドリンク", "有料ドリンク", "[-無-][+有+]料ドリンク"),
            ("Hi {$user.first_name}!", "Hi {$user.name}!", "Hi [-{$user.first_name}-][+{$user.name}+]!"),
            // Another text altogether.
            ("Rate our app now", "The summer sale begins", "[-Rate our app now-][+The summer sale begins+]"),
            ("", "New", "[+New+]"), ("same", "same", "same"),
        ])
    func `words that are gone and new are told in their text`(_ former: String, _ now: String, _ expected: String) {
        #expect(runs(former, now) == expected)
    }

    private func changes(_ former: [String: String], _ now: [String: String]) throws -> PreviewChanges {
        let base = compile(project(former), keepsUnits: true)
        let head = compile(project(now), keepsUnits: true)
        try #require(!base.hasErrors && !head.hasErrors, "\(diagnostics(base)) \(diagnostics(head))")
        let found = difference(from: base, to: head)
        return previewChanges(
            from: ComparedBase(name: "main", compilation: base, difference: found, summary: []),
            to: PreviewBuilder(head, [:]))
    }

    private func shown(_ text: String) -> String {
        text.replacing(ChangeMarks.start, with: "«").replacing(ChangeMarks.end, with: "»")
    }

    private let french = "---\ntitle: Bonjour\n---\nSalut.\n"

    /// Whatever messages share may change them while their own files stay as they are.
    @Test(arguments: [
        ("content/rides/_defaults.yaml", "priority: 20\n", "priority: 30\n", ["c"]),
        ("content/cup.png", "", "x", []), ("translations.lock", "# nothing\n", "# nothing else\n", []),
        (
            "templates/note/template.yaml", noteTemplate,
            noteTemplate.replacing("surface: card", with: "surface: banner"), []
        ),
        ("content/a.md", message(), message(body: "Another.\n"), ["a"]),
    ])
    func `what is shared is compared, too`(path: String, former: String, now: String, expected: [String]) throws {
        let base = ["content/a.md": message(), "content/rides/c.md": message("title: C")]
        let found = difference(
            from: compile(project(base.merging([path: former]) { $1 }), keepsUnits: true),
            to: compile(project(base.merging([path: now]) { $1 }), keepsUnits: true))
        #expect(found.messages.map(\.id) == expected)
    }

    @Test func `cards of both versions are there in the languages that changed, and no others`() throws {
        let changes = try changes(
            ["content/a.md": message(), "content/a.fr.md": french],
            ["content/a.md": message(body: "Hello **you**.\n"), "content/a.fr.md": french])
        #expect(changes.messages.map(\.id) == ["a"])
        #expect(changes.messages[0].subjects == "only text")
        let languages = changes.languages(0)
        #expect(languages.map(\.locale.tag) == ["en", "ar", "fr"])
        #expect(languages.map(\.kind) == [.changed, nil, nil])
        let pair = try #require(languages[0].pairs.first)
        #expect(shown(String(decoding: pair.former?.body ?? [], as: UTF8.self)) == "<p>Hello.</p>")
        #expect(
            shown(String(decoding: pair.now?.body ?? [], as: UTF8.self)) == "<p>Hello <strong>«you»</strong>.</p>")
        // Its state is told: French was not made from this text.
        #expect(languages[2].pairs.isEmpty && languages[2].status != nil)
    }

    @Test func `what is no text is told with the message as it looks`() throws {
        let changes = try changes(
            ["content/a.md": message("schedule: {end: 2027-01-02 00:00}\naudience: user.country == \"FR\"")],
            ["content/a.md": message("schedule: {end: 2027-01-09 00:00}\naudience: user.country in [\"FR\", \"CA\"]")])
        let change = changes.messages[0]
        #expect(change.aspects == ["audience", "schedule"])
        #expect(change.audience?.direction == "wider")
        #expect(change.values.map(\.name) == ["in words", "audience", "until"])
        #expect(change.values.last?.now?.hasPrefix("through 8 Jan 2027") == true)
        let languages = changes.languages(0)
        #expect(languages[0].kind == nil)
        #expect(languages[0].pairs.count == 1 && languages[0].pairs[0].former == nil)
    }

    @Test func `messages and translations that come and go have the cards that there are`() throws {
        let changes = try changes(
            ["content/a.md": message(), "content/a.fr.md": french, "content/b.md": message()],
            ["content/a.md": message(), "content/c.md": message("", body: "Something else is said here.\n")])
        #expect(changes.messages.map { "\($0.id) \($0.subjects)" } == ["a only translation", "b removed", "c added"])
        let gone = changes.languages(0).first { $0.locale.tag == "fr" }
        #expect(gone?.kind == .removed && gone?.pairs.first?.now == nil && gone?.pairs.first?.former != nil)
        #expect(changes.languages(1)[0].pairs.first?.now == nil)
        #expect(changes.languages(2)[0].pairs.first?.former == nil)
        #expect(changes.messages[1].title == "Hello")
    }

    @Test func `a variant that changed as its message did is told to be like it`() throws {
        let body = """
            .input {$user.country :string}
            .match $user.country
            FR {{Hello there, France.}}
            *  {{Hello there, all.}}
            """
        let changes = try changes(
            ["content/a.md": message(body: body)],
            ["content/a.md": message(body: body.replacing("Hello", with: "Goodbye"))])
        let pairs = changes.languages(0)[0].pairs
        #expect(pairs.count == 2)
        #expect(pairs.map(\.isLikeMain) == [false, true])
        let own = try self.changes(
            ["content/a.md": message(body: body)],
            ["content/a.md": message(body: body.replacing("France", with: "Canada"))])
        #expect(own.languages(0)[0].pairs.count == 1)
    }

    @Test func `a template that draws otherwise is shown by a message that is as it was`() throws {
        let style = "templates/note/style.css"
        let changes = try changes(
            ["content/a.md": message(), style: ".x { color: red }"],
            ["content/a.md": message(), style: ".x { color: blue }"])
        #expect(changes.messages.isEmpty)
        #expect(changes.looks.map(\.count) == [1])
        #expect(changes.looks.first?.change.id == "a")
    }

    @Test func `a text that holds what marks are made of is left alone`() {
        var former = PreviewCard(title: "a \(ChangeMarks.start) b", body: [])
        var now = PreviewCard(title: "a c", body: [])
        markChanges(&former, &now)
        #expect(now.title == "a c")
    }
}
