import PlacardCompiler
import SourceDiagnostics
import Testing

// Slips in the files of a first day: what is written as in JSON or in a document, and what follows from a name that is none.

@Suite struct FirstFileTests {
    @Test(arguments: [
        StructureSlip("  title: A chapter", "\ttitle: A chapter", "tab"),
        StructureSlip("group: promotions", "group: promotions,", "schema/invalid-format"),
        StructureSlip("group: promotions", "group: promotions;", "schema/invalid-format"),
        StructureSlip(
            "title: A new chapter is here", "title: \"A new chapter is here\",", "syntax",
            fixed: "title: \"A new chapter is here\""),
        StructureSlip(
            "title: A new chapter is here\naudience: user.country in [\"US\", \"FR\"]",
            "title: \"A new chapter is here\",\naudience: 'user.country in [\"US\", \"FR\"]',", "syntax",
            fixed: "title: \"A new chapter is here\"\naudience: 'user.country in [\"US\", \"FR\"]'"),
        StructureSlip(
            "title: A new chapter is here", "title:\nA new chapter is here", "missing-colon",
            fixed: "title:\n  A new chapter is here"),
        StructureSlip(
            "title: A new chapter is here", "title: \"A new chapter is here", "unclosed-quote",
            fixed: "title: \"A new chapter is here\""),
        StructureSlip("label: Go now", "label: \"Go now", "unclosed-quote", fixed: "label: \"Go now\""),
        StructureSlip("{control: 50, urgent: 50}", "[control: 50, urgent: 50]", "schema/wrong-type"),
    ])
    func aSlipInAMessage(_ slip: StructureSlip) throws { try expect(slip, in: "content/a.md") }

    @Test(arguments: [
        StructureSlip("fare: {type: double", "fare: {type: doubl", "schema/invalid-format"),
        StructureSlip("trip_id: {type: string", "trip_id: {type: strng", "schema/invalid-format"),
        StructureSlip("promotions: {frequency: [1 per 1d]}", "promotions: 1 per 1d", "schema/wrong-type"),
        StructureSlip("  session_start: {}", "  session_start", "missing-colon"),
        StructureSlip("  trip_completed:", "  trip completed:", "schema/invalid-format"),
    ])
    func aSlipInThePlacardFile(_ slip: StructureSlip) throws { try expect(slip, in: "placard.yaml") }

    @Test(arguments: [
        StructureSlip("{id: later, label", "{id: later, Beschriftung", "schema/unknown-key"),
        StructureSlip("title: Un nouveau", "titel: Un nouveau", "schema/unknown-key"),
        StructureSlip("title: Un nouveau", "title:\u{3000}Un nouveau", "not-a-space"),
    ])
    func aSlipInATranslation(_ slip: StructureSlip) throws { try expect(slip, in: "content/a.fr.md") }

    private static func found(_ path: String, _ right: String, _ wrong: String) throws -> Compilation {
        var files = [
            "placard.yaml": slipProject, "content/a.md": slipSource, "content/a.fr.md": slipTranslation,
            "content/a+urgent.md": "---\ntitle: Now\n---\n", "content/a+urgent.fr.md": "---\ntitle: Vite\n---\n",
        ]
        let text = try #require(files[path])
        try #require(text.contains(right))
        files[path] = text.replacing(right, with: wrong)
        return compile(project(files))
    }

    @Test(arguments: [
        ("{id: later, label: Plus tard}", "{label: Plus tard}", "schema/missing-key"),
        ("  - {id: go, label: Allez-y}\n  - {id: later, label: Plus tard}", "  - Allez-y", "schema/wrong-type"),
        ("label: Plus tard", "label: {Plus tard}", "schema/wrong-type"),
        ("{id: later", "{id: später", "translation/unknown-entry"),
    ])
    func whatATranslationLacksForAnErrorIsNotSaidToo(_ right: String, _ wrong: String, _ id: String) throws {
        #expect(
            visible(try Self.found("content/a.fr.md", right, wrong)).filter { !$0.hasPrefix("yaml/missing-value") } == [
                id
            ])
    }

    @Test func anImageWithoutTextIsSaidOfTheSource() {
        let files = [
            "content/a.md": message("image: {src: cup.png}"),
            "content/a.fr.md": overlay("title: Bonjour\nimage: {alt: Une tasse}"),
        ]
        let found = compile(project(files, binary: ["content/cup.png": tinyPNG]))
        #expect(visible(found) == ["image/missing-alt"])
    }

    @Test func aLineOfHyphensEndsNoOtherFile() throws {
        let files = project(["content/x/_defaults.yaml": "---\npriority: 40\n---\n", "content/x/a.md": message()])
        let found = compile(files)
        #expect(found.diagnostics.map(\.id) == ["yaml/multiple-documents"])
        let fixed = applying(try #require(found.diagnostics.first?.fixIts.first), to: files)
        #expect(compile(fixed).diagnostics.isEmpty)
        #expect(String(decoding: fixed["content/x/_defaults.yaml"] ?? [], as: UTF8.self) == "---\npriority: 40\n")
    }

    @Test func aMappingOnOneLineIsNotMadeATextUnasked() {
        let text = slipSource.replacing("push:\n  title: A chapter\n", with: "push: title: 'A', body: 'B'\n")
        let found = compile(project(["placard.yaml": slipProject, "content/a.md": text])).diagnostics
        #expect(found.flatMap(\.fixIts).allSatisfy { $0.applicability != .safe })
    }

    @Test func aLevelThatIsNoneIsAllThatIsSaidOfItsId() {
        let text = baseProject + "lint: {mf2/draft-function: off}\n"
        let files = [
            "placard.yaml": text,
            "content/a.md": message(body: "{$app.version} {$user.orders_count :integer} on {$event.at :date}\n")
                .replacing(
                    "session_start", with: "paid"),
        ]
        let events = text.replacing("  session_start: {}\n", with: "  session_start: {}\n  paid: {at: timestamp}\n")
        let found = compile(project(files.merging(["placard.yaml": events]) { $1 }))
        #expect(visible(found) == ["schema/unknown-value"])
    }

    /// A text of several lines in quotation marks may hold colons where it is indented.
    @Test(arguments: [
        "audience: \"user.country ==\n  'US'\"", "variables: {user.first_name: {fallback: \"my\n  friend: you\"}}",
    ])
    func aQuotedTextMayGoOn(_ line: String) {
        let found = compile(project(["content/a.md": message(line, body: "Hi {$user.first_name}\n")])).diagnostics
        #expect(!found.contains { $0.id.hasPrefix("yaml/") })
    }
}
