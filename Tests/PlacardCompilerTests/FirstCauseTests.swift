import PlacardCompiler
import SourceDiagnostics
import Testing

// A slip of which much follows is said once; quotation marks without a partner; what only may be a slip is a note.

@Suite struct FirstCauseTests {
    // MARK: Causes

    @Test(arguments: [
        ("trigger: {", "tirgger: {", "schema/unknown-key"),
        ("trip_completed", "trip_completd", "message/unknown-event"),
        ("experiment: {variants", "experiment: {vaiants", "schema/unknown-key"),
        ("experiment: {", "experimnt: {", "schema/unknown-key"), ("fallback:\n", "fallbak:\n", "schema/unknown-key"),
        ("variables: ", "variabels: ", "schema/unknown-key"),
    ])
    func theCauseAloneIsSaid(_ right: String, _ wrong: String, _ id: String) throws {
        let whole = slipSource.replacing("is here\naudience", with: "is here, {$user.name}, {$event.trip_id}\naudience")
            .replacing("A chapter", with: "'{$event.fare :number}'").replacing(
                "group: ", with: "variables: {user.name: {fallback: you}}\ngroup: "
            )
            .replacing("  body: It is here.", with: "  body: It is here.\n  fallback:\n    title: A\n    body: B")
        try #require(whole.contains(right))
        let files = [
            "placard.yaml": slipProject.replacing("  fr: required\n", with: "").replacing(
                "  user:\n", with: "  user:\n    name: {type: string, optional: true}\n"),
            "content/a+urgent.md": "---\ntitle: Now\n---\n", "content/a+urgent.de.md": "---\ntitle: Jetzt\n---\n",
        ]
        let sound = project(files.merging(["content/a.md": whole]) { $1 })
        #expect(compile(sound).diagnostics.allSatisfy { $0.severity > .error })
        let broken = project(
            files.merging(["content/a.md": whole.replacing(right, with: wrong)]) { $1 })
        let found = compile(broken).diagnostics.filter { $0.severity == .error }
        #expect(found.map(\.id) == [id])
        #expect(
            found.first?.fixIts.first.map {
                String(decoding: applying($0, to: broken)["content/a.md"] ?? [], as: UTF8.self)
            } == whole)
    }

    // MARK: Quotation marks

    @Test(arguments: [
        ("label: Maybe later", "label: O\"ù aller", "label: Où aller"),
        ("label: Maybe later", "label: It’s “on\"", "label: It’s “on”"),
        ("label: Maybe later", "label: It is on\"", "label: It is on"),
        ("label: Maybe later", "label: \u{201E}Ja\" sagen", "label: \u{201E}Ja“ sagen"),
        ("title: A new chapter is here", "title: It’s “on\" now", "title: It’s “on” now"),
    ])
    func aMarkWithoutAPartnerIsSeen(_ right: String, _ wrong: String, _ fixed: String) throws {
        let files = [
            "placard.yaml": slipProject.replacing("  fr: required\n", with: ""),
            "content/a+urgent.md": "---\ntitle: Now\n---\n",
        ]
        let broken = project(
            files.merging(["content/a.md": slipSource.replacing(right, with: wrong)]) { $1 })
        let found = compile(broken)
        #expect(visible(found) == ["yaml/visible-quotes"])
        let trial = try #require(FixItTrial.all(in: broken, found).first)
        #expect(
            String(decoding: trial.fixed["content/a.md"] ?? [], as: UTF8.self)
                == slipSource.replacing(right, with: fixed))
        #expect(visible(trial.after) == [] && trial.complaints.isEmpty)
    }

    @Test(arguments: ["Rock \"n\" roll", "A 5\" screen", "“A” or “B”", "6\"x4", "L'été d’or"])
    func marksInOrderAreNotSaid(_ label: String) {
        let files = [
            "placard.yaml": slipProject.replacing("  fr: required\n", with: ""),
            "content/a+urgent.md": "---\ntitle: Now\n---\n",
            "content/a.md": slipSource.replacing("Maybe later", with: label),
        ]
        #expect(visible(compile(project(files))) == [])
    }

    /// `{$user.first_name}' is here` may be one of a pair, or the apostrophe of a name: its author decides.
    @Test func aMarkBehindAPlaceholderIsNotKeptUnasked() {
        let text = slipSource.replacing("title: A new chapter is here", with: "title: {$event.trip_id}' is here")
        let found = compile(project(["placard.yaml": slipProject, "content/a.md": text])).diagnostics
        let own = found.filter { $0.id == "yaml/unquoted-value" }
        #expect(own.count == 1 && own.allSatisfy { $0.fixIts.allSatisfy { $0.applicability == .displayOnly } })
        #expect(own.first?.notes.last?.contains("leave it out where it is none of the text") == true)
    }

    @Test func aNumberBehindACommentSignIsANote() {
        let text = slipSource.replacing("title: A new chapter is here", with: "title: Only # 1 in town")
        let found = compile(project(["placard.yaml": slipProject, "content/a.md": text])).diagnostics
        #expect(found.filter { $0.id == "yaml/comment-in-value" }.map(\.severity) == [.note])
    }
}
