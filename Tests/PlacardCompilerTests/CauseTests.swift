import Foundation
import PlacardCompiler
import SourceDiagnostics
import Testing

/// A cause is reported, and what follows from it is not.
@Suite struct CauseTests {
    @Test func anAttributeOfAnUnknownTypeIsOneError() {
        let declarations = baseProject.replacingOccurrences(
            of: "country: {type: string, values: [US, CA, FR, GB]}", with: "country: {type: String, default: XX}")
        check(
            [
                "placard.yaml": declarations,
                "content/a.md": message("audience: user.country == \"US\" || user.country.size() > 3"),
                "content/b.md": message(body: "Hello {$user.country}.\n"),
                "scenarios/s.yaml":
                    "description: A user\nunit: u\nlocale: en\ntimezone: UTC\nnow: 2026-12-02T10:00:00Z\nevent: {name: session_start}\ncontext: {user: {country: US}, app: {version: 3.4.0, platform: ios}}\nexpect: {shows: a}\n",
            ], ["schema/invalid-format placard.yaml:5:21"])
    }

    private static let shop = "actions: [{id: view, label: View, dismiss: true}]\npush: {body: Now}"
    private static let translated = overlay(
        "title: Salut\nactions: [{id: view, label: Voir}]\npush: {body: Vite}\nvariables: {user.first_name: {fallback: toi}}",
        body: "Salut {$user.first_name}.\n")

    @Test(arguments: [
        ("title: Hello", "Title: Hello", "schema/unknown-key content/a.md:3:1"),
        ("title: Hello", "title: [Hello]", "schema/wrong-type content/a.md:3:8"),
        ("title: Hello\n", "", "schema/missing-key content/a.md:2:1"),
        ("actions:", "buttons:", "schema/unknown-key content/a.md:5:1"),
        ("id: view", "ID: view", "schema/unknown-key content/a.md:5:12"),
        ("push: {body", "push: {text", "schema/unknown-key content/a.md:6:8"),
        ("variables:", "varables:", "schema/unknown-key content/a.md:7:1"),
        ("{fallback: there}", "[there]", "schema/wrong-type content/a.md:7:30"),
    ]) func aTextThatTheSourceHoldsWronglyIsNotUnknownToIt(_ written: String, _ mistake: String, _ diagnostic: String) {
        let source = message(
            Self.shop + "\nvariables: {user.first_name: {fallback: there}}", body: "Hello {$user.first_name}.\n")
        check(["content/a.md": source, "content/a.fr.md": Self.translated], [])
        let found = compile(
            project([
                "content/a.md": source.replacingOccurrences(of: written, with: mistake),
                "content/a.fr.md": Self.translated,
            ]))
        #expect(found.diagnostics.filter { $0.primary.file == "content/a.fr.md" } == [])
        #expect(diagnostics(found).contains(diagnostic))
    }

    @Test func anErrorElsewhereInTheSourceHidesNoUnknownText() {
        check(
            [
                "content/a.md": message("loud: maybe", body: ""),
                "content/a.fr.md": overlay("title: Salut\nimage: {alt: Tasse}"),
            ],
            [
                "schema/wrong-type content/a.md:5:7", "translation/unknown-text content/a.fr.md:3:14",
                "translation/unknown-text content/a.fr.md:5:1",
            ])
    }

    @Test func idsThatWereTranslatedAreOneErrorEach() throws {
        let source = project([
            "content/a.md": message(
                "actions: [{id: view, label: View, dismiss: true}, {id: later, label: Later, dismiss: true}]\n"
                    + "replies: [{id: one, text: One}, {id: two, text: Two}]"),
            "content/a.fr.md": overlay(
                "title: Salut\nactions: [{id: voir, label: Voir}, {id: plus-tard, label: Plus tard}]\n"
                    + "replies: [{id: one, text: Un}, {id: deux, text: Deux}]"),
        ])
        let found = compile(source)
        #expect(
            diagnostics(found) == [
                "translation/unknown-entry content/a.fr.md:3:16", "translation/unknown-entry content/a.fr.md:3:41",
                "translation/unknown-entry content/a.fr.md:4:37",
            ])
        #expect(
            found.diagnostics.flatMap(\.notes)
                == ["view", "later", "two"].map { "ids are not translated: write `\($0)`" })
        var corrected = source
        for fixIt in found.diagnostics.reversed().flatMap(\.fixIts) { corrected = applying(fixIt, to: corrected) }
        #expect(compile(corrected).diagnostics.isEmpty)
    }

    @Test func anAttributeWithoutATypeIsOneError() {
        check(
            [
                "placard.yaml": baseProject.replacingOccurrences(
                    of: "version: {type: version}", with: "version: {tpye: version}"),
                "content/a.md": message("audience: app.version >= semver(\"3.4.0\")"),
            ], ["schema/unknown-key placard.yaml:10:15"])
    }

    @Test(arguments: [
        ("context:", "contxt:", "schema/unknown-key placard.yaml:3:1"),
        ("events:", "evnts:", "schema/unknown-key placard.yaml:12:1"),
        ("groups:", "grups:", "schema/unknown-key placard.yaml:17:1"),
        ("locales: {fr: optional, ar: optional}", "locales: {fr: optinal}", "schema/unknown-value placard.yaml:2:15"),
        ("locales: {fr: optional, ar: optional}", "locales: [fr]", "schema/wrong-type placard.yaml:2:10"),
    ]) func aSectionThatCannotBeReadIsOneError(_ written: String, _ mistake: String, _ diagnostic: String) {
        check(
            [
                "placard.yaml": baseProject.replacingOccurrences(of: written, with: mistake),
                "content/a.md": message("audience: user.country == \"US\"\ngroup: promotions"),
                "content/a.fr.md": overlay(),
            ], [diagnostic])
    }

    @Test func anUnknownNameBesideAnUnknownTypeIsStillReported() {
        check(
            [
                "placard.yaml": baseProject.replacingOccurrences(of: "type: version}", with: "type: semver}"),
                "content/a.md": message("audience: user.contry == \"US\""),
            ], ["cel/unknown-field content/a.md:5:16", "schema/invalid-format placard.yaml:10:21"])
    }

    @Test func listedLocalesGetAFixThatNamesThem() throws {
        let files = project([
            "placard.yaml": baseProject.replacingOccurrences(of: "{fr: optional, ar: optional}", with: "[fr, ar]")
        ])
        let diagnostic = try #require(compile(files).diagnostics.first)
        let fixed = applying(try #require(diagnostic.fixIts.first), to: files)
        #expect(
            String(decoding: fixed["placard.yaml"] ?? [], as: UTF8.self).contains(
                "locales: {fr: optional, ar: optional}\n"))
        #expect(diagnostics(compile(fixed)) == [])
    }

    // MARK: YAML

    /// What the quotes uncover is fixed with them: `!` before a comparison would be taken of its left side alone.
    @Test(arguments: [
        ("!user.premum", "\"!user.premum\""), ("!user.country == \"US\"", "'!(user.country == \"US\")'"),
        ("! user.country.x", "\"! user.country.x\""), ("!(user.country == \"US\")", "'!(user.country == \"US\")'"),
    ])
    func anExpressionThatIsATagIsOneErrorWithAFix(_ expression: String, _ quoted: String) throws {
        let files = project(["content/a.md": message("audience: \(expression)")])
        let compilation = compile(files)
        #expect(diagnostics(compilation) == ["yaml/unquoted-value content/a.md:5:11"])
        let fixed = applying(try #require(compilation.diagnostics.first?.fixIts.first), to: files)
        let text = String(decoding: fixed["content/a.md"] ?? [], as: UTF8.self)
        #expect(text.contains("audience: \(quoted)\n"))
    }

    @Test(arguments: [
        ("url: starling://orders/{$user.country}", "url: \"starling://orders/{$user.country}\""),
        (
            "url: https://www.example.com/a?b={$user.country}&c=d",
            "url: \"https://www.example.com/a?b={$user.country}&c=d\""
        ),
        ("url: https://www.example.com/{id}", "url: \"https://www.example.com/{id}\""),
    ]) func addressesWithBracesBetweenBracketsAreQuoted(_ written: String, _ quoted: String) throws {
        for line in ["actions: [{id: go, label: Go, \(written)}]", "actions:\n  - {id: go, \(written), label: Go}"] {
            let files = project(["content/a.md": message(line)])
            let compilation = compile(files)
            #expect(compilation.diagnostics.map(\.id) == ["yaml/unquoted-value"], "\(line)")
            let fixed = applying(try #require(compilation.diagnostics.first?.fixIts.first), to: files)
            #expect(
                String(decoding: fixed["content/a.md"] ?? [], as: UTF8.self).contains(
                    line.replacingOccurrences(of: written, with: quoted)))
        }
    }

    @Test func aTextThatIsAPlaceholderAloneIsQuoted() throws {
        let files = project(["content/a.md": message("actions: [{id: go, label: {$user.country}, dismiss: true}]")])
        let compilation = compile(files)
        #expect(diagnostics(compilation) == ["schema/wrong-type content/a.md:5:27"])
        let fixed = compile(applying(try #require(compilation.diagnostics.first?.fixIts.first), to: files))
        #expect(diagnostics(fixed) == [])
    }

    @Test(arguments: [
        ("+++\ntitle = \"T\"\n+++\n", "TOML"), ("- - -\ntitle: T\n- - -\n", "three hyphens"),
        ("{\"title\": \"T\"}\n", "JSON"), ("———\ntitle: T\n———\n", "three hyphens"),
        (";;;\n{}\n;;;\n", "three hyphens"),
    ]) func frontMatterOfOtherToolsIsRecognised(_ text: String, _ words: String) {
        let found = compile(project(["content/a.md": text + "\nHello.\n"])).diagnostics
        #expect(found.map(\.id) == ["yaml/malformed-fence"])
        #expect(found.first?.message.contains(words) == true)
        #expect(found.first?.notes.isEmpty == false)
    }

    @Test func bothFencesOfHyphensWithSpacesAreWrittenAnew() throws {
        let files = project(["content/a.md": message().replacingOccurrences(of: "---\n", with: "- - -\n")])
        let fix = try #require(compile(files).diagnostics.first?.fixIts.first)
        #expect(diagnostics(compile(applying(fix, to: files))) == [])
    }

    @Test(arguments: [
        ("actions:\n  id: a\n  label: A", "for example `actions: [{id:"),
        ("priority: high", "for example `priority: 60"),
        ("replies: [On my way]", "for example `replies:"),
        ("audience: {plan: free}", "a condition compares: `plan == \"free\"`"),
    ]) func aValueOfAnotherKindIsToldByExample(_ lines: String, _ example: String) {
        let found = compile(project(["content/a.md": message(lines)])).diagnostics
        #expect(found.map(\.id) == ["schema/wrong-type"])
        #expect(found.first?.notes.contains { $0.contains(example) } == true, "\(found)")
    }

    // MARK: Images

    @Test func anEndingInCapitalsIsSaidOnce() {
        let files = project(
            ["content/a.md": message("image: {src: cup.PNG, alt: A cup}")], binary: ["content/cup.PNG": tinyPNG])
        let found = compile(files).diagnostics
        #expect(found.map(\.id) == ["image/unsupported-type"])
        #expect(found.first?.notes.first?.contains("rename the file to `cup.png`") == true)
    }

    @Test func aNameInCapitalsOfAFileThatIsNotIsWrittenAsTheFile() throws {
        let files = project(
            ["content/a.md": message("image: {src: cup.PNG, alt: A cup}")], binary: ["content/cup.png": tinyPNG])
        let fix = try #require(compile(files).diagnostics.first?.fixIts.first)
        #expect(diagnostics(compile(applying(fix, to: files))) == [])
    }

    // MARK: Time

    private static let ended = "schedule: {start: 2026-06-01 09:00, end: 2026-07-01 09:00, timezone: UTC}"
    private static let before: Int64 = 1_781_000_000
    private static let after: Int64 = 1_796_000_000

    @Test func aScheduleThatHasEndedIsANoteThatNothingRaises() {
        let files = project([
            "placard.yaml": baseProject + "lint: {analysis/never-shown: error}\n", "content/a.md": message(Self.ended),
        ])
        let compilation = compile(files, analysis: .full, now: Self.after)
        #expect(compilation.diagnostics.map(\.id) == ["analysis/never-shown"])
        #expect(compilation.diagnostics.map(\.severity) == [.note])
        #expect(compile(files, analysis: .full, now: Self.before).diagnostics.isEmpty)
    }

    @Test func anAllowanceOfWhatTimeBringsIsNeverUnused() {
        let allowed = "allow: [{id: analysis/never-shown, reason: the season will end}]"
        for now in [Self.before, Self.after] {
            for files in [
                ["content/a.md": message(Self.ended + "\n" + allowed)],
                ["content/s/a.md": message(Self.ended), "content/s/_defaults.yaml": allowed + "\n"],
            ] {
                #expect(diagnostics(compile(project(files), analysis: .full, now: now)) == [])
            }
        }
        let needless = project(["content/a.md": message(allowed)])
        #expect(compile(needless, analysis: .full, now: Self.after).diagnostics.map(\.id) == ["lint/unused-allowance"])
    }

    // MARK: Drafts

    @Test func aDraftIsBuiltWithoutWhatRequiredLocalesLack() {
        let files = project([
            "placard.yaml": baseProject.replacingOccurrences(of: "fr: optional", with: "fr: required"),
            "content/a.md": message("actions: [{id: go, label: Go, dismiss: true}]"), "content/a.fr.md": overlay(),
            "content/b.md": message(),
        ])
        let strict = compile(files)
        #expect(strict.hasErrors)
        let draft = compile(files, allowsIncomplete: true)
        #expect(draft.diagnostics.map(\.id) == strict.diagnostics.map(\.id))
        #expect(draft.diagnostics.allSatisfy { $0.severity == .warning })
    }

    // MARK: Replies

    private static let replies =
        "description: Phrases\nsurface: replies\ndismiss: [swipe]\nfields:\n  title: {type: text, required: true}\n"
        + "  replies: {type: list, items: {type: text}, min: 2}\n"

    @Test(arguments: ["", "replies: []", "replies: [{id: a, text: One}]"])
    func repliesWithoutPhrasesDoNotCompile(_ line: String) {
        let text = "---\ntemplate: phrases\ntitle: T\ntrigger: {event: session_start}\n\(line)\n---\n"
        let compilation = compile(project(["templates/phrases/template.yaml": Self.replies, "content/a.md": text]))
        #expect(compilation.diagnostics.map(\.id) == ["message/too-few-entries"])
        #expect(compilation.hasErrors)
    }

    @Test func theExamplesOfRepliesAndConversationsCompile() throws {
        let text = try String(
            contentsOf: repository.appendingPathComponent("Documentation/Authoring.md"), encoding: .utf8)
        var files: [String: String] = [:]
        for block in text.components(separatedBy: "````markdown ").dropFirst() {
            let lines = block.components(separatedBy: "\n")
            let end = try #require(lines.firstIndex(of: "````"))
            files[lines[0]] = lines[1..<end].joined(separator: "\n") + "\n"
        }
        #expect(files.count == 4)
        for name in ["replies", "chat"] {
            let path = "templates/\(name)/template.yaml"
            files[path] = try String(contentsOf: repository.appendingPathComponent(path), encoding: .utf8)
        }
        files["placard.yaml"] = "source: en\nlocales: {fr: required}\nevents: {session_start: {}, pickup_reached: {}}\n"
        let compilation = compile(project(files))
        #expect(diagnostics(compilation) == [])
        #expect(compilation.messages.count == 2)
    }
}
