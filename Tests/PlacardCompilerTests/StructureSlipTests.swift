import PlacardCompiler
import SourceDiagnostics
import Testing

// Signs that begin and end keys, entries and items, lost, doubled or on the wrong side.

@Suite struct StructureSlipTests {
    @Test(arguments: [
        StructureSlip("urgent: 50}, holdout", "urgent: 50, holdout", "unclosed-bracket"),
        StructureSlip("[mon, tue], timezone", "[mon, tue, timezone", "unclosed-bracket"),
        StructureSlip("trip_completed, when", "trip_completed}, when", "unclosed-bracket"),
        StructureSlip("10%}\n", "10%\n", "unclosed-bracket"),
        StructureSlip("3 total]\n", "3 total\n", "unclosed-bracket"),
        StructureSlip("3 total]\ngroup", "3 total\n]group", "unclosed-bracket"),
        StructureSlip("10%}\naccent", "10%\n}accent", "unclosed-bracket"),
    ])
    func aBracketIsPutWhereTheKeyBehindItIsKnown(_ slip: StructureSlip) throws {
        try expect(slip, in: "content/a.md")
    }

    @Test(arguments: [
        StructureSlip("title: A new", "title A new", "missing-colon"),
        StructureSlip("title: A new", "title :A new", "missing-colon"),
        StructureSlip("accent: \"", "accent :\"", "missing-colon"), StructureSlip("group: ", "group ", "missing-colon"),
        StructureSlip("  title: A chapter", "  title A chapter", "missing-colon"),
        StructureSlip("actions:\n", "actions\n", "missing-colon"), StructureSlip("push:\n", "push\n", "missing-colon"),
        StructureSlip("schedule: {", "schedule:{", "missing-colon"),
        StructureSlip("days: [", "days :[", "missing-colon"),
        StructureSlip("timezone: local", "timezone :local", "missing-colon"),
    ])
    func aColonIsPutBehindItsKey(_ slip: StructureSlip) throws {
        try expect(slip, in: "content/a.md")
    }

    @Test(arguments: [
        StructureSlip("title: Un nouveau", "title :Un nouveau", "missing-colon"),
        StructureSlip("title: Un nouveau", "title Un nouveau", "missing-colon"),
        StructureSlip("  - {id: later", " - {id: later", "indentation"),
        StructureSlip("push:\n", "push\n", "missing-colon"),
    ])
    func aTranslationIsNotMissingForASlip(_ slip: StructureSlip) throws {
        try expect(slip, in: "content/a.fr.md")
    }

    @Test(arguments: [
        StructureSlip("  fr: required\n  de: optional", "  fr required\n  de: optional", "missing-colon"),
        StructureSlip("  fr: required\n  de: optional", "  fr: required\n  de optional", "missing-colon"),
        StructureSlip("  fr: required\n  de: optional", "  fr required\n  de optional", "schema/wrong-type"),
        StructureSlip("  fr: required\n  de: optional", "  fr: required\n  - de: optional", "list-after-keys"),
        StructureSlip("version: {type", "version:{ type", "missing-colon", fixed: "version: { type"),
        StructureSlip("default: false", "default :false", "missing-colon"),
        StructureSlip("examples: [T-882]", "examples :[T-882]", "missing-colon"),
        StructureSlip("[US, FR]}", "[US, FR}", "unclosed-bracket"),
    ])
    func aSlipInThePlacardFile(_ slip: StructureSlip) throws {
        try expect(slip, in: "placard.yaml")
    }

    private static let both =
        "  - {id: go, label: Go now, dismiss: true}\n  - {id: later, label: Maybe later, remind: 3d}\n"

    @Test(arguments: [
        StructureSlip("  - {id: later", "   - {id: later", "indentation"),
        StructureSlip("  - {id: later", " - {id: later", "indentation"),
        StructureSlip("  - {id: later", "- {id: later", "indentation"),
        StructureSlip("  - {id: later", "  {id: later", "indentation"),
        StructureSlip("  - {id: later", "    {id: later", "indentation"),
        StructureSlip("  - {id: later", "  -{id: later", "indentation"),
        StructureSlip("  - {id: later", "  * {id: later", "indentation"),
        StructureSlip("  - {id: later", "  • {id: later", "indentation"),
        StructureSlip("  - {id: later", "  – {id: later", "indentation"),
        StructureSlip("  - {id: later", "  2. {id: later", "indentation"),
        StructureSlip("  - {id: go", "  {id: go", "indentation"),
        StructureSlip("  - {id: go", "  -{id: go", "indentation"),
        StructureSlip("true}\n  - {", "true} {", "indentation"),
        StructureSlip("true}\n  - {", "true}, {", "indentation"),
        StructureSlip(
            both, both.replacing("  - {id: go", with: "    - {id: go"), "indentation",
            fixed: both.replacing("  - {", with: "    - {")),
        StructureSlip(both, both.replacing("  - {", with: "  * {"), "indentation"),
        StructureSlip(
            both, "  [{id: go, label: Go now, dismiss: true}\n   {id: later, label: Maybe later, remind: 3d}]\n",
            "missing-comma",
            fixed: "  [{id: go, label: Go now, dismiss: true},\n   {id: later, label: Maybe later, remind: 3d}]\n"),
    ])
    func anItemBeginsAsThoseAboveIt(_ slip: StructureSlip) throws {
        try expect(slip, in: "content/a.md")
    }

    @Test(arguments: [
        StructureSlip(
            "{id: later, label: Maybe later, remind: 3d}", "{id: later，label: Maybe later，remind: 3d}", "missing-comma"),
        StructureSlip(
            "{id: later, label: Maybe later, remind: 3d}", "{id：later, label：Maybe later, remind：3d}", "missing-colon"),
        StructureSlip(
            "{id: later, label: Maybe later, remind: 3d}", "{id：later，label：Maybe later，remind：3d}", "missing-colon"),
        StructureSlip(
            "{id: later, label: Maybe later, remind: 3d}", "｛id: later, label: Maybe later, remind: 3d｝",
            "unclosed-bracket"),
        StructureSlip("{days: [mon, tue], timezone: local}", "{days: [mon, tue]、timezone: local}", "missing-comma"),
    ])
    func fullWidthSignsAreWrittenAsYAMLHasThem(_ slip: StructureSlip) throws {
        try expect(slip, in: "content/a.md")
    }

    @Test(arguments: [
        StructureSlip("[1 per 7d, 3 total]", "[1 per 7d，3 total]", "missing-comma"),
        StructureSlip("[1 per 7d, 3 total]", "［1 per 7d，3 total］", "schema/wrong-type"),
        StructureSlip("[1 per 7d, 3 total]", "1 per 7d, 3 total]", "schema/wrong-type"),
        StructureSlip("[1 per 7d, 3 total]", "[1per 7d, 3 total]", "schema/invalid-format"),
        StructureSlip("[1 per 7d, 3 total]", "[1 per 7d, 3total]", "schema/invalid-format"),
        StructureSlip("[mon, tue]", "[mon、tue]", "missing-comma"),
        StructureSlip("holdout: 10%", "holdout: 12,5%", "decimal-comma", fixed: "holdout: 12.5%"),
        StructureSlip(
            "timezone: local", "timezone: local, hours: [8, 22]", "schema/wrong-type",
            fixed: "timezone: local, hours: 08:00-22:00"),
        StructureSlip(
            "timezone: local", "timezone: local, hours: {from: 8:30, to: \"22:00\"}", "schema/wrong-type",
            fixed: "timezone: local, hours: 08:30-22:00"),
        StructureSlip("{id: later", "{d: later", "schema/unknown-key"),
    ])
    func aValueHasTheShapeThatIsMeant(_ slip: StructureSlip) throws {
        try expect(slip, in: "content/a.md")
    }

    @Test(arguments: [
        StructureSlip(
            "rated: {type: bool, default: false}", "rated: {type: double, default: 9,99}", "decimal-comma",
            fixed: "rated: {type: double, default: 9.99}")
    ])
    func aDecimalCommaIsAPoint(_ slip: StructureSlip) throws {
        try expect(slip, in: "placard.yaml")
    }

    @Test func anAddressStandsWithoutMarkdownsBrackets() throws {
        let right = slipSource.replacing("dismiss: true", with: "url: \"https://www.example.com/a\"")
        let files = ["placard.yaml": slipProject.replacing("  fr: required\n", with: "")]
        for (open, close) in [("\"<", ">\""), ("<", ">")] {
            let wrong = right.replacing(
                "\"https://www.example.com/a\"", with: open + "https://www.example.com/a" + close)
            let broken = project(files.merging(["content/a.md": wrong]) { $1 })
            let found = compile(broken).diagnostics.filter { $0.id.hasPrefix("link/") }
            #expect(found.map(\.id) == ["link/relative"])
            let fixed = applying(try #require(found.first?.fixIts.first), to: broken)
            #expect(compile(fixed).diagnostics.filter { $0.id.hasPrefix("link/") }.isEmpty)
            #expect(
                String(decoding: fixed["content/a.md"] ?? [], as: UTF8.self).contains(
                    "url: \(open.dropLast())https://www.example.com/a\(close.dropFirst())}"))
        }
    }

    @Test func twoNumbersThatMayBeOneAreANote() {
        func notes(_ examples: String) -> [String] {
            let text = slipProject.replacing("[14.2]", with: examples).replacing("  fr: required\n", with: "")
            return compile(project(["placard.yaml": text])).diagnostics.filter {
                $0.primary.file == "placard.yaml"
            }.map { "\($0.severity) \($0.id)" }
        }
        #expect(notes("[14,2]") == ["note yaml/decimal-comma"])
        #expect(notes("[14, 2]") == [] && notes("[1,2,3]") == [] && notes("[14.2,2]") == [])
    }

    @Test func fullWidthSignsInATextStay() throws {
        let wrong = slipSource.replacing("label: Maybe later, remind", with: "label: 後で、また：（今度），ね, remind：")
            .replacing("remind： 3d", with: "remind：3d")
        let files = ["placard.yaml": slipProject.replacing("  fr: required\n  de: optional", with: "  fr: optional")]
        let broken = project(files.merging(["content/a.md": wrong]) { $1 })
        let trial = try #require(FixItTrial.all(in: broken).first)
        #expect(
            String(decoding: trial.fixed["content/a.md"] ?? [], as: UTF8.self)
                .contains("label: 後で、また：（今度），ね, remind: 3d}"))
    }

    @Test(arguments: [
        ("---\ntemplate", "```yaml\n---\ntemplate", "```\n"), ("---\ntemplate", "```\n---\ntemplate", ""),
        ("---\nHello", "---Hello", ""),
    ])
    func aFenceIsPutRight(_ right: String, _ wrong: String, _ end: String) throws {
        let files = ["placard.yaml": slipProject.replacing("  fr: required\n", with: "")]
        let text = slipSource.replacing("experiment: {variants: {control: 50, urgent: 50}, holdout: 10%}\n", with: "")
        let broken = project(
            files.merging(["content/a.md": text.replacing(right, with: wrong) + end]) { $1 })
        let found = compile(broken)
        #expect(found.diagnostics.count == 1)
        let trial = try #require(FixItTrial.all(in: broken, found).first)
        #expect(String(decoding: trial.fixed["content/a.md"] ?? [], as: UTF8.self) == text)
        #expect(trial.after.diagnostics.isEmpty && trial.complaints.isEmpty)
    }

    /// What goes on from the line above is no key without a colon.
    @Test func aTextOfSeveralLinesIsNoKey() throws {
        let wrong = slipSource.replacing("title: A new chapter is here", with: "title: A new chapter\nis here")
        let broken = project(["placard.yaml": slipProject, "content/a.md": wrong])
        let trial = try #require(FixItTrial.all(in: broken).first)
        #expect(trial.fixIt.title == "indent it, as it goes on from the line above")
    }
}
