import PlacardBundle
import SourceDiagnostics
import Testing

@testable import PlacardCompiler

/// A compilation that takes over what a former one found gives what a fresh one gives, whatever was edited between.
@Suite struct FormerMessagesTests {
    private static let base: [String: String] = [
        "content/a.md": message("", body: "Hello {$user.first_name}.\n"), "content/a.fr.md": "Bonjour.\n",
        "content/b.md": message("image: {src: cup.png, alt: A cup}"), "content/rides/c.md": message("priority: 60"),
        "content/rides/_defaults.yaml": "audience: user.orders_count > 1\n",
        "content/d.md": message("audience: user.nobody == 1"),
        "scenarios/s.yaml": "event: session_start\nexpect: {shows: c}\n",
    ]

    private func isTheSame(_ first: Compilation, _ second: Compilation) -> Bool {
        first.diagnostics == second.diagnostics && first.messages.map(\.catalog) == second.messages.map(\.catalog)
            && emitBundle(first).targets.map(\.path) == emitBundle(second).targets.map(\.path)
    }

    @Test(arguments: [
        ["content/a.md": message("", body: "Hi.\n")], ["content/a.fr.md": "Salut.\n"], ["content/d.md": message()],
        ["content/rides/_defaults.yaml": "audience: user.orders_count > 5\n"],
        ["placard.yaml": baseProject + "onMissing: hide\n"],
        ["templates/note/template.yaml": noteTemplate.replacing("max: 60", with: "max: 3")],
        ["content/e.md": message()], ["content/a+x.md": overlay("title: Hi", body: "")],
        ["content/cup.png": "no image"],
        ["scenarios/s.yaml": "event: session_start\nexpect: {shows: a}\n"], ["translations.lock": "# nothing\n"], [:],
    ]) func whatIsTakenOverIsWhatWouldBeFound(edits: [String: String]) throws {
        let before = compile(project(FormerMessagesTests.base), keepsMessages: true)
        let files = project(FormerMessagesTests.base.merging(edits) { $1 })
        let former = try #require(before.former)
        let again = compile(files, former: former)
        #expect(isTheSame(again, compile(files)))
    }

    @Test func aFileThatGoesIsMissed() throws {
        let before = compile(project(FormerMessagesTests.base), keepsMessages: true)
        var files = FormerMessagesTests.base
        files["content/a.fr.md"] = nil
        let former = try #require(before.former)
        #expect(isTheSame(compile(project(files), former: former), compile(project(files))))
    }

    @Test func onlyTheEditedMessageIsCompiledAgain() throws {
        let former = try #require(compile(project(FormerMessagesTests.base), keepsMessages: true).former)
        let files = project(FormerMessagesTests.base.merging(["content/a.fr.md": "Salut.\n"]) { $1 })
        let content = ContentIndex(files, locales: ["ar", "fr"])
        let kept = zip(content.messages, former.results(for: content, in: files)).filter { $1 != nil }.map { $0.0.id }
        #expect(kept == ["b", "c", "d"])
    }
}
