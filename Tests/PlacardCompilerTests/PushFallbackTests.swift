import PlacardCompiler
import SourceDiagnostics
import Testing

/// As many times `x`.
private func words(_ count: Int) -> String { String(repeating: "x", count: count) }

private func onOrder(_ lines: String) -> [String: String] {
    ["content/a.md": "---\ntemplate: note\ntitle: A\ntrigger: {event: order_status_changed}\n\(lines)\n---\nB\n"]
}

@Test func anEventsValueHasSomethingInItsPlaceToo() throws {
    let found = compile(project(onOrder("push: {title: \"{$event.order_id}\", body: \"Code {$event.order_id}\"}")))
    #expect(
        diagnostics(found) == ["text/missing-fallback content/a.md:5:17", "text/missing-fallback content/a.md:5:49"])
    let note = try #require(found.diagnostics.first?.notes.first)
    #expect(note.contains("push: {fallback:") && note.contains("variables: {event.order_id: {fallback: …}}"))
    check(onOrder("push: {body: \"Code {$event.order_id}\", fallback: {body: Come}}"), [])
    check(onOrder("variables: {event.order_id: {fallback: here}}\npush: {body: \"Code {$event.order_id}\"}"), [])
    // What stands for the body does not stand for the title.
    check(
        onOrder("push: {title: \"{$event.order_id}\", body: \"{$event.order_id}\", fallback: {body: Come}}"),
        ["text/missing-fallback content/a.md:5:17"])
    // Nor does it have to be a value that the event always has: the words stand where the app has none either.
    check(["content/a.md": message("push: {body: \"Hi {$user.first_name}\", fallback: {body: Hi}}")], [])
    let optional = compile(project(["content/a.md": message("push: {body: \"Hi {$user.first_name}\"}")]))
    #expect(diagnostics(optional) == ["text/missing-fallback content/a.md:5:19"])
    #expect(try #require(optional.diagnostics.first?.notes.first).contains("push: {fallback:"))
}

@Test func wordsWithoutValuesHaveNone() {
    func check(_ lines: String, _ expected: [String], sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(diagnostics(compile(project(onOrder(lines)))) == expected, sourceLocation: sourceLocation)
    }
    let body = "push: {body: \"Code {$event.order_id}\", fallback: "
    check(body + "{body: \"Code {$event.order_id}\"}}", ["push/fallback-with-value content/a.md:5:64"])
    check(body + "{body: \"Soon, {$user.first_name}\"}}", ["push/fallback-with-value content/a.md:5:65"])
    check(body + "{body: \"{$event.none}\"}}", ["text/unknown-variable content/a.md:5:59"])
    check(body + "{body: \"Code \\\\{$event.order_id\\\\}\"}}", [])
    check(body + "{body: \" \"}}", ["schema/wrong-type content/a.md:5:57"])
    // What stands for the body may be there already, and could not be read.
    check(body + "Come}", ["schema/wrong-type content/a.md:5:50"])
    check(body + "{text: Come}}", ["schema/unknown-key content/a.md:5:51"])
    // Words that are never shown.
    check("push: {body: B, fallback: {body: C}}", ["push/needless-fallback content/a.md:5:34"])
    check(body + "{body: C, title: T}}", ["push/needless-fallback content/a.md:5:67"])
}

@Test(
    arguments: [
        (".input {$event.n :integer} .match $event.n one {{One}} * {{More}}", true),
        (".input {$event.status :string} .match $event.status ready {{Ready}} * {{Soon}}", true),
        (".local $x = {$event.n :offset subtract=1} .match $x one {{one more}} * {{more}}", true),
        // Nothing is chosen where there is one variant, and a formatted value is its fallback.
        (".input {$event.order_id :string} .match $event.order_id * {{More}}", false),
        (".local $x = {$event.n :offset subtract=1} {{{$x} more}}", false),
        ("{$event.n :integer} more", false),
    ])
func whatTheAlertCannotChooseIsReported(body: String, isReported: Bool) {
    func found(_ more: String) -> [String] {
        var files = onOrder(
            "variables: {event.n: {fallback: a few}, event.status: {fallback: x}}\n"
                + "push: {body: \"\(body)\"\(more)}")
        files["placard.yaml"] = baseProject.replacing("order_id: string", with: "order_id: string\n    n: int")
        return compile(project(files)).diagnostics.map(\.id).filter { $0.hasPrefix("push/") }
    }
    #expect(found("") == (isReported ? ["push/chosen-variant"] : []))
    #expect(!found(", fallback: {body: Some}").contains("push/chosen-variant"))
}

@Test func aTranslationHasTheWordsWithoutValues() {
    var files = onOrder("push: {title: T, body: \"Code {$event.order_id}\", fallback: {body: Come}}")
    func check(_ push: String, _ expected: [String], sourceLocation: SourceLocation = #_sourceLocation) {
        files["content/a.fr.md"] = "---\ntitle: A\npush: {title: T, \(push)}\n---\nB\n"
        #expect(diagnostics(compile(project(files))) == expected, sourceLocation: sourceLocation)
    }
    check("body: \"Code {$event.order_id}\", fallback: {body: Venez}", [])
    check("body: \"Code {$event.order_id}\"", ["translation/missing-text content/a.fr.md:3:1"])
    check(
        "body: \"Code {$event.order_id}\", fallback: {title: T, body: Venez}",
        ["translation/unknown-text content/a.fr.md:3:68"])
    check(
        "body: \"Code {$event.order_id}\", fallback: {body: \"{$event.order_id}\"}",
        ["push/fallback-with-value content/a.fr.md:3:69"])
    check("body: \"Code {$event.order_id}\", fallback: Venez", ["schema/wrong-type content/a.fr.md:3:60"])
}

@Test func wordsWithoutValuesAreCutToo() {
    let body = "push: {body: \"{$event.order_id}\", fallback: {body: "
    #expect(diagnostics(compile(project(onOrder(body + words(49) + "}}")))) == [])
    #expect(
        diagnostics(compile(project(onOrder(body + words(50) + "}}")))) == ["push/cut-on-android content/a.md:5:52"])
}

@Test func aTranslationHasItsOwnNeedOfWords() {
    func found(_ source: String, _ french: String) -> [String] {
        var files = onOrder(source)
        files["content/a.fr.md"] = overlay("title: A\n\(french)")
        files["placard.yaml"] =
            baseProject + "lint: {translation/dropped-placeholder: allow, translation/unknown-placeholder: allow}\n"
        return diagnostics(compile(project(files)))
    }
    let source = "push: {body: \"Code {$event.order_id}\", fallback: {body: Come}}"
    // One without values needs none, and may not have any.
    #expect(found(source, "push: {body: Bientôt}") == [])
    #expect(
        found(source, "push: {body: Bientôt, fallback: {body: Venez}}") == [
            "push/needless-fallback content/a.fr.md:3:40"
        ])
    #expect(
        found(source, "push: {body: \"Code {$event.order_id}\"}") == ["translation/missing-text content/a.fr.md:3:1"])
    // One with values needs them where its source does not.
    let needless = "push: {body: Soon, fallback: {body: Come}}"
    let kept = "push/needless-fallback content/a.md:5:37"
    #expect(
        found(needless, "push: {body: \"Code {$event.order_id}\"}") == [
            kept, "text/missing-fallback content/a.fr.md:3:21",
        ])
    #expect(found(needless, "push: {body: \"Code {$event.order_id}\", fallback: {body: Venez}}") == [kept])
}
