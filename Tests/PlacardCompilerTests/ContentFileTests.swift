import CanonicalJSON
import PlacardBundle
import PlacardCompiler
import SourceDiagnostics
import Testing

private func compiled(_ files: [String: String]) -> Compilation { compile(project(files)) }

@Test func namesAreIDs() {
    check(["content/Order Ready.md": message()], ["project/invalid-id content/Order Ready.md:1:1"])
    check(["content/🎉.md": message()], ["project/invalid-id content/🎉.md:1:1"])
    check(["content/-a.md": message()], ["project/invalid-id content/-a.md:1:1"])
    check(
        ["content/a.md": message(), "content/a+Big One.md": overlay()], ["project/invalid-id content/a+Big One.md:1:1"])
    let notes = compiled(["content/Order Ready!.md": message()]).diagnostics.flatMap(\.notes)
    #expect(notes.contains("rename the file to order-ready.md"))
}

@Test func foldersAreCalledAnything() {
    check(["content/Our shop 🎉/a.md": message()], [])
}

@Test func idsAreUniqueInTheProject() {
    check(
        ["content/a.md": message(), "content/b/a.md": message()], ["project/duplicate-id content/b/a.md:1:1"])
}

@Test func namesThatDifferInCaseAreOneFileElsewhere() {
    check(
        ["content/order-ready.md": message(), "content/Order-Ready.md": message()],
        ["project/case-collision content/Order-Ready.md:1:1"])
    check(
        ["content/shop/a.md": message(), "content/Shop/a.md": message()],
        ["project/case-collision content/Shop/a.md:1:1"])
}

@Test func linesMayEndInAnyWay() {
    let expected = emitBundle(compiled(["content/a.md": message("priority: 60", body: "One\n\nTwo\n")])).targets.map(
        \.path)
    for ending in ["\r\n", "\r"] {
        let text = message("priority: 60", body: "One\n\nTwo\n").replacing("\n", with: ending)
        let compilation = compiled(["content/a.md": text])
        #expect(diagnostics(compilation) == [])
        #expect(emitBundle(compilation).targets.map(\.path) == expected)
    }
    // Places are right behind CR LF too.
    check(
        ["content/a.md": message("group: nobody").replacing("\n", with: "\r\n")],
        ["message/unknown-group content/a.md:5:8"])
}

@Test func aByteOrderMarkIsPassedOver() {
    let plain = emitBundle(compiled(["content/a.md": message()])).targets.map(\.path)
    let marked = compiled([
        "content/a.md": "\u{FEFF}" + message(), "placard.yaml": "\u{FEFF}" + baseProject,
        "templates/note/template.yaml": "\u{FEFF}" + noteTemplate,
    ])
    #expect(diagnostics(marked) == [])
    #expect(emitBundle(marked).targets.map(\.path) == plain)
}

@Test func theLastLineNeedsNoEnd() {
    let plain = emitBundle(compiled(["content/a.md": message(body: "Hello.\n")])).targets.map(\.path)
    let compilation = compiled(["content/a.md": message(body: "Hello.")])
    #expect(diagnostics(compilation) == [])
    #expect(emitBundle(compilation).targets.map(\.path) == plain)
    // Even where the last line is the closing fence.
    check(["content/a.md": "---\ntemplate: note\ntitle: Hello\ntrigger: {event: session_start}\n---"], [])
}

@Test func anEmptyBodyIsNoBody() {
    let compilation = compiled(["content/a.md": message(body: "")])
    #expect(diagnostics(compilation) == [])
    #expect(compilation.messages.first?.catalog != nil)
}

@Test func anEmptyFileSaysWhatItLacks() {
    check(["content/a.md": ""], ["yaml/missing-front-matter content/a.md:1:1"])
    check(["content/a.md": "Hello.\n"], ["yaml/missing-front-matter content/a.md:1:1"])
    check(["content/a.fr.md": "", "content/a.md": message()], ["yaml/missing-front-matter content/a.fr.md:1:1"])
    check(
        ["content/a.md": "---\n---\n"],
        ["schema/missing-key content/a.md:2:1", "schema/missing-key content/a.md:2:1"])
    check(["placard.yaml": ""], ["schema/missing-key placard.yaml:1:1"])
    check(
        ["templates/strip/template.yaml": ""],
        Array(repeating: "schema/missing-key templates/strip/template.yaml:1:1", count: 3))
    check(["content/_defaults.yaml": "", "content/a.md": message()], [])
    check(["content/_defaults.yaml": "# Nothing yet\n", "content/a.md": message()], [])
    check(
        ["scenarios/a.yaml": ""], Array(repeating: "schema/missing-key scenarios/a.yaml:1:1", count: 3))
}

@Test func frontMatterOfAnotherKindIsRefused() {
    check(["content/a.md": "---\n- a\n---\n"], ["yaml/not-a-mapping content/a.md:2:1"])
    check(["content/a.md": "---\nhello\n---\n"], ["yaml/not-a-mapping content/a.md:2:1"])
}

@Test func aFileThatIsNotUTF8IsRefused() {
    let latin = Array(message().utf8) + [0x63, 0x61, 0x66, 0xE9, 0x0A]
    #expect(diagnostics(compile(project([:], binary: ["content/a.md": latin]))) == ["yaml/not-utf8 content/a.md:7:4"])
    var utf16: [UInt8] = [0xFF, 0xFE]
    for unit in message().utf16 { utf16 += [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
    #expect(diagnostics(compile(project([:], binary: ["content/a.md": utf16]))) == ["yaml/not-utf8 content/a.md:1:1"])
    #expect(
        diagnostics(
            compile(project([:], binary: ["placard.yaml": Array("source: ".utf8) + [0xE9]]))
        )
        .contains { $0.hasPrefix("yaml/not-utf8 placard.yaml:1:9") })
}

@Test func aHugeTextIsAnErrorAtOnce() {
    let huge = message(body: String(repeating: "word ", count: 2_000_000))
    #expect(diagnostics(compiled(["content/a.md": huge])).map { $0.prefix(25) } == ["markdown/too-long content"])
}

// MARK: Defaults

@Test func defaultsAreInheritedAndTheNearestCounts() {
    let compilation = compiled([
        "content/_defaults.yaml": "template: note\ntrigger: {event: session_start}\npriority: 10\n",
        "content/shop/_defaults.yaml": "priority: 20\nfrequency: [1 total]\n",
        "content/shop/a.md": "---\ntitle: A\n---\n",
        "content/shop/b.md": "---\ntitle: B\npriority: 30\n---\n",
        "content/c.md": "---\ntitle: C\n---\n",
    ])
    #expect(diagnostics(compilation) == [])
    #expect(compilation.messages.map { $0.catalog?.priority } == [20, 30, 10])
    #expect(compilation.messages.map { $0.catalog?.frequency.count } == [1, 1, 0])
}

@Test func anInheritedValueIsHeldAgainstTheMessagesTemplate() {
    check(
        [
            "templates/strip/template.yaml": template("title: {type: text}\ntone: {type: enum, values: [loud]}"),
            "content/_defaults.yaml": "tone: loud\n", "content/a.md": message(),
        ], ["schema/unknown-value content/_defaults.yaml:1:7"])
}

@Test func whatATemplateHasNotIsNotInherited() {
    check(
        [
            "templates/strip/template.yaml": template("title: {type: text}\nextra: {type: int}"),
            "content/_defaults.yaml": "extra: 3\n", "content/a.md": message(),
        ], [])
}

@Test func anUnknownInheritedTemplateIsReportedWhereItStands() {
    check(
        [
            "content/_defaults.yaml": "template: noet\n",
            "content/a.md": "---\ntitle: A\ntrigger: {event: session_start}\n---\n",
        ], ["schema/unknown-value content/_defaults.yaml:1:11"])
}
