import PlacardCompiler
import SourceDiagnostics
import Testing

// Mistakes as authors make them: one diagnostic for each, at the place to correct, with the likely fix.

/// A mistake in a message, what is found, and the line that the fix makes.
struct Mistake: Sendable, CustomTestStringConvertible {
    var wrong: String
    var diagnostic: String
    var fixed: String?

    init(_ wrong: String, _ diagnostic: String, fixed: String? = nil) {
        self.wrong = wrong
        self.diagnostic = diagnostic
        self.fixed = fixed
    }

    var testDescription: String { wrong }
}

@Test(arguments: [
    Mistake("loud: yes", "schema/wrong-type content/a.md:5:7", fixed: "loud: true"),
    Mistake("loud: Off", "schema/wrong-type content/a.md:5:7", fixed: "loud: false"),
    Mistake("loud: maybe", "schema/wrong-type content/a.md:5:7"),
    Mistake(
        "actions: [{id: ok, label: OK, dismiss: yes}]", "schema/wrong-type content/a.md:5:40",
        fixed: "actions: [{id: ok, label: OK, dismiss: true}]"),
    Mistake("actions: [{id: ok, label: OK, dismiss: no}]", "schema/wrong-type content/a.md:5:40"),
    Mistake(
        "frequency: [1 per sesion]", "schema/invalid-format content/a.md:5:19", fixed: "frequency: [1 per session]"),
    Mistake("frequency: once", "schema/wrong-type content/a.md:5:12", fixed: "frequency: [1 total]"),
    Mistake("frequency: Daily", "schema/wrong-type content/a.md:5:12", fixed: "frequency: [1 per 1d]"),
    Mistake("frequency: 1 per session", "schema/wrong-type content/a.md:5:12", fixed: "frequency: [1 per session]"),
    Mistake("frequency: 1 per day", "schema/wrong-type content/a.md:5:12", fixed: "frequency: [1 per 1d]"),
    Mistake("frequency: [once a week]", "schema/invalid-format content/a.md:5:13", fixed: "frequency: [1 per 7d]"),
    Mistake("frequency: 3", "schema/wrong-type content/a.md:5:12"),
    Mistake("frequency: sometimes", "schema/wrong-type content/a.md:5:12"),
    Mistake(
        "actions: [{id: ok, label: Yes, please, dismiss: true}]", "yaml/unquoted-value content/a.md:5:27",
        fixed: "actions: [{id: ok, label: \"Yes, please\", dismiss: true}]"),
    Mistake(
        "actions: [{id: ok, dismiss: true, label: Yes,please , now}]", "yaml/unquoted-value content/a.md:5:42",
        fixed: "actions: [{id: ok, dismiss: true, label: \"Yes,please, now\"}]"),
    Mistake("image: cup.gif", "schema/wrong-type content/a.md:5:8", fixed: "image: {src: cup.gif}"),
    Mistake(
        "actions:\n  -{id: ok, label: OK, dismiss: true}", "yaml/indentation content/a.md:6:3",
        fixed: "  - {id: ok, label: OK, dismiss: true}"),
    Mistake(
        "tone: \"info\naudience: user.country == \"US\"", "yaml/unclosed-quote content/a.md:5:7",
        fixed: "tone: \"info\""),
    Mistake("tone: 'info\nseconds: 5 # it's", "yaml/unclosed-quote content/a.md:5:7", fixed: "tone: 'info'"),
])
func aMistakeIsOneDiagnostic(_ mistake: Mistake) throws {
    let source = project(["content/a.md": message(mistake.wrong), "content/cup.gif": tinyGIF])
    // The image is there for those who name it.
    var compilation = compile(source)
    compilation.diagnostics.removeAll { $0.id == "image/unused" }
    #expect(diagnostics(compilation) == [mistake.diagnostic])
    let found = compilation.diagnostics
    let fixIts = try #require(found.first).fixIts
    #expect(fixIts.isEmpty == (mistake.fixed == nil))
    guard let fixed = mistake.fixed else { return }
    let corrected = applying(try #require(fixIts.first), to: source)
    let text = String(decoding: try #require(corrected["content/a.md"]), as: UTF8.self)
    #expect(text.split(separator: "\n").contains(Substring(fixed)), "\(text)")
    #expect(!compile(corrected).diagnostics.contains { $0.id == found[0].id })
}

@Test func aKeyBehindWhatIsNoTextIsNoPartOfIt() {
    check(
        ["content/a.md": message("actions: [{id: ok, label: OK, dismiss: true, now}]")],
        ["schema/unknown-key content/a.md:5:46", "yaml/missing-value content/a.md:5:46"])
}

@Test func aFallbackWithoutItsKeyIsOneDiagnostic() throws {
    let greeting = "Hi {$user.first_name}.\n"
    let source = project([
        "content/a.md": message("variables:\n  user.first_name: friend", body: greeting),
        "content/a.fr.md": overlay("title: Salut\nvariables: {user.first_name: toi}", body: greeting),
    ])
    let found = compile(source)
    #expect(
        diagnostics(found) == ["schema/wrong-type content/a.md:6:20", "schema/wrong-type content/a.fr.md:3:30"])
    #expect(
        found.diagnostics.map { $0.fixIts.map(\.title) } == [
            ["write `{fallback: friend}`"], ["write `{fallback: toi}`"],
        ])
    var corrected = source
    for fixIt in found.diagnostics.flatMap(\.fixIts) { corrected = applying(fixIt, to: corrected) }
    #expect(compile(corrected).diagnostics.isEmpty)
}

@Test func triggersAreMappings() throws {
    let source = project([
        "content/a.md": message().replacing("{event: session_start}", with: "session_start")
    ])
    let found = compile(source)
    #expect(diagnostics(found) == ["schema/wrong-type content/a.md:4:10"])
    #expect(compile(applying(try #require(found.diagnostics.first?.fixIts.first), to: source)).diagnostics.isEmpty)
}

@Test func frontMatterMayEndWhereWordsBegin() throws {
    let source = project(["content/a.md": message().replacing("---\nHello.", with: "Hello.")])
    let found = compile(source)
    #expect(diagnostics(found) == ["yaml/unclosed-front-matter content/a.md:1:1"])
    #expect(compile(applying(try #require(found.diagnostics.first?.fixIts.first), to: source)).diagnostics.isEmpty)
}

@Test func aTranslationOfTheWrongShapeIsOneDiagnostic() {
    let actions = message("actions: [{id: ok, label: OK, dismiss: true}]")
    check(
        ["content/a.md": actions, "content/a.fr.md": overlay("title: Salut\nactions: {ok: Oui}")],
        ["schema/wrong-type content/a.fr.md:3:10"])
    check(
        ["content/a.md": message(), "content/a.fr.md": overlay("title: [Salut]")],
        ["schema/wrong-type content/a.fr.md:2:8"])
}

@Test func aLocaleInAnotherSpellingIsRecognised() {
    for (tag, meant) in [("fr_FR", "fr"), ("FR", "fr"), ("ar-EG", "ar")] {
        let source = project(["content/a.md": message(), "content/a.\(tag).md": overlay("title: Salut")])
        #expect(compile(source).diagnostics.map(\.notes) == [["did you mean `\(meant)`?"]], "\(tag)")
    }
}
