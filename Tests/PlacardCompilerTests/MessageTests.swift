import PlacardBundle
import PlacardCompiler
import SourceDiagnostics
import Testing

@Test func aMessageNamesATemplate() {
    check(
        ["content/a.md": "---\ntemplate: noet\ntitle: Hello\ntrigger: {event: session_start}\n---\nHello.\n"],
        ["message/unknown-template content/a.md:2:11"])
    check(
        ["content/a.md": "---\ntitle: Hello\ntrigger: {event: session_start}\n---\nHello.\n"],
        ["schema/missing-key content/a.md:2:1"])
}

@Test func withoutItsTemplateTheRestIsStillChecked() {
    check(
        [
            "content/a.md":
                "---\ntemplate: noet\ntrigger: {event: sesion_start}\naudience: user.contry == \"US\"\ngroup: x\n---\n"
        ],
        [
            "message/unknown-template content/a.md:2:11", "message/unknown-event content/a.md:3:18",
            "cel/unknown-field content/a.md:4:16", "message/unknown-group content/a.md:5:8",
        ])
}

@Test func aBrokenTemplateIsReportedOnce() {
    let found = compile(
        project([
            "templates/note/template.yaml": "fields: {title: [\n", "content/a.md": message(), "content/b.md": message(),
        ])
    ).diagnostics
    #expect(Set(found.map(\.primary.file)) == ["templates/note/template.yaml"])
}

@Test func aBrokenProjectFileIsReportedOnce() {
    let found = compile(
        project([
            "placard.yaml": "source: [en\n", "content/a.md": message("audience: user.country == \"FR\""),
            "content/a.fr.md": overlay(),
        ])
    ).diagnostics
    #expect(!found.isEmpty)
    #expect(Set(found.map(\.primary.file)) == ["placard.yaml"])
}

@Test func aMessageNamesDeclaredThings() {
    check(
        ["content/a.md": "---\ntemplate: note\ntitle: Hello\ntrigger: {event: sesion_start}\n---\n"],
        ["message/unknown-event content/a.md:4:18"])
    check(["content/a.md": message("group: promotion")], ["message/unknown-group content/a.md:5:8"])
    check(
        ["content/a.md": message("variables: {user.frist_name: {fallback: there}}")],
        ["message/unknown-variable content/a.md:5:13"])
    check(
        ["content/a.md": message("variables: {app.platform: {fallback: phone}}")],
        ["message/needless-fallback content/a.md:5:13"])
}

@Test func aPropertyOfAnotherEventIsNoVariable() {
    check(
        ["content/a.md": message("variables: {event.order_id: {fallback: none}}")],
        ["message/unknown-variable content/a.md:5:13"])
}

@Test func aBodyIsThereWhenTheTemplateNeedsIt() {
    let files = { (fields: String, body: String) in
        [
            "templates/strip/template.yaml": template(fields),
            "content/a.md": "---\ntemplate: strip\ntitle: Hello\ntrigger: {event: session_start}\n---\n" + body,
        ]
    }
    check(
        files("title: {type: text}\nbody: {type: markdown, required: true}", ""),
        ["message/missing-body content/a.md:6:1"])
    check(
        files("title: {type: text}\nbody: {type: markdown, required: true}", " \n\t\n"),
        ["message/missing-body content/a.md:6:1"])
    check(files("title: {type: text}", "\n\nText.\n"), ["message/unexpected-body content/a.md:8:1"])
    check(files("title: {type: text}", "\n \n"), [])
}

@Test func variantsAreDeclaredAndDiffer() {
    check(
        ["content/a.md": message("experiment: {variants: {control: 50, short: 50}}")],
        ["message/identical-variants content/a.md:5:38"])
    check(
        ["content/a.md": message(), "content/a+short.md": overlay("title: Hi", body: "")],
        ["message/unknown-variant content/a+short.md:1:1"])
    check(
        ["content/a.md": message("experiment: {variants: {control: 0}}")],
        ["message/weightless-experiment content/a.md:5:24"])
    // A holdout arm without weight may be left without a file.
    check(["content/a.md": message("experiment: {variants: {control: 1, old: 0}}")], [])
}

@Test(arguments: [(31, false), (32, true)])
func variantsHaveALimit(others: Int, isTooMany: Bool) {
    let names = (0..<others).map { "v\($0): 0" }.joined(separator: ", ")
    let found = diagnostics(
        compile(project(["content/a.md": message("experiment:\n  variants: {control: 1, \(names)}")])))
    #expect(found.map { String($0.prefix(26)) } == (isTooMany ? ["message/too-many-variants "] : []))
}

@Test func schedulesMeanWhatTheySay() {
    check(
        ["content/a.md": message("schedule: {start: 2026-12-24 09:00, end: 2026-12-01 18:00}")],
        ["schedule/empty-window content/a.md:5:42"])
    check(
        ["content/a.md": message("schedule: {start: 2026-12-24 09:00, end: 2026-12-24 09:00}")],
        ["schedule/empty-window content/a.md:5:42"])
    check(
        ["content/a.md": message("schedule: {start: 2026-10-25 02:30, timezone: Europe/Paris}")],
        ["schedule/repeated-time content/a.md:5:19"])
    check(
        ["content/a.md": message("schedule: {start: 2026-03-29 02:30, timezone: Europe/Paris}")],
        ["schedule/skipped-time content/a.md:5:19"])
    check(
        [
            "content/a.md": message(
                "schedule: {start: 2026-03-29 03:00, end: 2026-10-25T02:30:00+01:00, timezone: Europe/Paris}")
        ],
        [])
    check(
        ["content/a.md": message("schedule: {start: 2026-12-01 09:00, timezone: Europe/Pairs}")],
        ["schedule/unknown-timezone content/a.md:5:47"])
    check(
        ["content/a.md": message("schedule: {start: 2026-12-01 09:00, timezone: CET-1}")],
        ["schedule/unknown-timezone content/a.md:5:47"])
}

@Test func imagesAreThereAndWhatTheySay() {
    check(
        ["content/a.md": message("image: {src: cup.png, alt: A cup}")], ["image/missing-file content/a.md:5:14"])
    check(
        ["content/a.md": message("image: {src: ../cup.png, alt: A cup}")], ["image/outside-content content/a.md:5:14"])
    check(
        ["content/a.md": message("image: {src: cup.svg, alt: A cup}")], ["image/unsupported-type content/a.md:5:14"])
    check(
        ["content/a.md": message("image: {src: cup.png, alt: A cup}"), "content/cup.png": tinyGIF],
        ["image/wrong-type content/a.md:5:14"])
    check(["content/a.md": message(), "content/cup.png": "x"], ["image/unused content/cup.png:1:1"])
    func withAlt(_ alt: String, _ expected: [String]) {
        check(["content/a.md": message("image: {src: cup.gif\(alt)}"), "content/cup.gif": tinyGIF], expected)
    }
    withAlt("", ["image/missing-alt content/a.md:5:14"])
    withAlt(", alt: ''", [])
    withAlt(", alt: A cup", [])
    withAlt(", alt: ", ["schema/wrong-type content/a.md:5:23"])
}

@Test func anEscapedControlCharacterIsOneDiagnostic() {
    check(
        ["content/a.md": message().replacing("title: Hello", with: #"title: "A \a bell""#)],
        ["text/control-character content/a.md:3:11"])
    // Where no text is, the warning about the YAML is all there is.
    check(
        [
            "placard.yaml": baseProject.replacing(
                "{type: version}", with: #"{type: version, description: "A \a bell"}"#)
        ],
        ["yaml/escaped-control placard.yaml:10:46"])
}

@Test func anImageLiesBesideTheFileThatNamesIt() {
    let files = project(
        [
            "content/shop/_defaults.yaml": "image: {src: ../cup of tea ☕.png, alt: A cup}\n",
            "content/shop/new/a.md": message(),
            "content/shop/new/b.md": message("image: {src: ./b.png, alt: B}"),
        ], binary: ["content/cup of tea ☕.png": tinyPNG, "content/shop/new/b.png": tinyPNG])
    let compilation = compile(files)
    #expect(diagnostics(compilation) == [])
    let manifest = emitBundle(compilation).manifest
    #expect(manifest.assets.map(\.name) == ["cup of tea ☕.png", "shop/new/b.png"])
    #expect(manifest.assets.map(\.value.width) == [3, 3])
}

@Test func aChangeOfDirectionIsOneDiagnosticWhereverItStands() {
    // As it is, by an escape, by a reference: in the front matter, the body, a placeholder, a translation.
    check(
        ["content/a.md": message().replacing("title: Hello", with: "title: He\u{202E}llo")],
        ["yaml/bidi-control content/a.md:3:10"])
    check(
        ["content/a.md": message().replacing("title: Hello", with: #"title: "He\u202Ello""#)],
        ["text/bidi-control content/a.md:3:11"])
    check(["content/a.md": message(body: "He\u{202E}llo.\n")], ["text/bidi-control content/a.md:6:3"])
    check(["content/a.md": message(body: "He&#x202E;llo.\n")], ["text/bidi-control content/a.md:6:3"])
    check(["content/a.md": message(body: "Hello {|\u{202D}x|}.\n")], ["text/bidi-control content/a.md:6:9"])
    check(
        ["content/a.md": message(), "content/a.fr.md": overlay(body: "Bon\u{202B}jour.\n")],
        ["text/bidi-control content/a.fr.md:4:4"])
    // An isolate that its line ends does no harm, one that it does not end does.
    check(["content/a.md": message(body: "A \u{2068}b\u{2069} and &#x2068;c&#x2069;.\n")], [])
    check(
        ["content/a.md": message(body: "A \u{2068}b\nc\u{2069} and &#x2067;d.\n")],
        ["text/bidi-control content/a.md:6:3", "text/bidi-control content/a.md:7:8"])
    // In code a reference means itself, and a character that stands there does not.
    check(
        ["content/a.md": message(body: "`&#x202E;` and `\u{202E}`\n")], ["text/bidi-control content/a.md:6:17"])
}

@Test func aCharacterThatNobodySeesIsAnErrorInEveryText() {
    for body in ["a&#xFFFE;b", "a&#xFFFF;b", "a&#0;b", "a&#xD800;b", "a&#x110000;b", "a&#x7F;b", "a&#150;b", "a&#13;b"]
    {
        check(["content/a.md": message(body: body + "\n")], ["markdown/character-reference content/a.md:6:2"])
    }
    check(["content/a.md": message(body: "a\u{FFFE}b\n")], ["text/control-character content/a.md:6:2"])
    check(
        ["content/a.md": message(body: "a\u{9F}b {|\u{1FFFF}|}\n")],
        [
            "text/control-character content/a.md:6:2", "text/control-character content/a.md:6:7",
        ])
    check(
        ["content/a.md": message().replacing("title: Hello", with: #"title: "He\uFFFEllo""#)],
        ["text/control-character content/a.md:3:11"])
    check(["content/a.md": message(body: "a\u{2028}b\n")], ["text/line-separator content/a.md:6:2"])
    // Escaped, or in code, a reference is what is written.
    check(["content/a.md": message(body: "a\\&#0;b `&#0;` &nbsp;&zwj;&#xE9;\n")], [])
}
