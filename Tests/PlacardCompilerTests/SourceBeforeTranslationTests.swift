import PlacardCompiler
import SourceDiagnostics
import Testing

// A slip in a source says nothing about its translations, which nobody has touched.

@Suite struct SourceBeforeTranslationTests {
    private static let match = ".input {$event.minutes :integer}\n.match $event.minutes\n"
    private static let files = [
        "placard.yaml": baseProject.replacing("fr: optional", with: "fr: required").replacing(
            "  session_start: {}", with: "  session_start: {}\n  near:\n    minutes: {type: int, examples: [3]}"),
        "content/a.md": message(
            body: match + "one {{In {$event.minutes} minute.}}\n* {{In {$event.minutes} minutes.}}\n"
        )
        .replacing("session_start", with: "near"),
        "content/a.fr.md": overlay(
            body: match + "one {{Dans {$event.minutes} minute.}}\n* {{Dans {$event.minutes} minutes.}}\n"),
        "content/b.md": message(body: "Now **20% off** on [all](https://www.example.com/all).\n"),
        "content/b.fr.md": overlay(body: "**20 %** sur [tout](https://www.example.com/all).\n"),
    ]

    /// The files with a lock that knows them as they are, and a slip.
    private static func slipped(_ right: String, _ wrong: String, in path: String) throws -> [String: String] {
        var files = files
        let sound = compile(project(files), keepsUnits: true)
        try #require(sound.diagnostics.isEmpty, "\(diagnostics(sound))")
        files["translations.lock"] = String(decoding: try #require(sound.updatedLock().bytes), as: UTF8.self)
        try #require(compile(project(files)).diagnostics.isEmpty)
        let source = try #require(files[path])
        try #require(source.contains(right))
        files[path] = source.replacing(right, with: wrong)
        return files
    }

    @Test(arguments: [
        ("event: near", "event: naer", "content/a.md", "message/unknown-event"),
        ("one {{In {$event.minutes}", "one {{In {$event.minuts}", "content/a.md", "text/unknown-variable"),
        ("minutes} minute.", "minutes minute.", "content/a.md", "mf2/unclosed-pattern"),
        ("* {{In {$event.minutes} minutes.}}\n", "", "content/a.md", "mf2/missing-fallback-variant"),
        ("https://www.example.com/all", "all", "content/b.md", "link/relative"),
        ("**20% off**", "**20% off", "content/b.md", "text/stray-asterisks"),
    ])
    func aSlipInASourceIsAllThatIsSaidWhileItsTranslationsAreAsTheyWere(
        _ right: String, _ wrong: String, _ path: String, _ id: String
    ) throws {
        let found = compile(project(try Self.slipped(right, wrong, in: path))).diagnostics
        #expect(found.map(\.id) == [id])
        #expect(found.allSatisfy { $0.primary.file == path && $0.severity == .error })
    }

    @Test func whatIsOutdatedIsSaidOfOtherTextsThanTheOneWithTheSlip() throws {
        var files = try Self.slipped("**20% off**", "**20% off", in: "content/b.md")
        files["content/b.md"] = files["content/b.md"]?.replacing("title: Hello", with: "title: Goodbye")
        #expect(
            diagnostics(compile(project(files))) == [
                "text/stray-asterisks content/b.md:6:5", "translation/outdated content/b.fr.md:2:8",
            ])
    }

    @Test func aSlipThatIsAllowedHidesNothing() throws {
        var files = try Self.slipped("**20% off**", "**20% off", in: "content/b.md")
        files["content/b.md"] = files["content/b.md"]?.replacing(
            "title: Hello", with: "title: Hello\nallow: [{id: text/stray-asterisks, reason: As it is}]")
        #expect(compile(project(files)).diagnostics.map(\.id) == ["translation/outdated"])
    }

    @Test func aWarningThatTheSourceHadWhenItWasTranslatedHidesNothing() throws {
        var files = Self.files
        files["content/b.md"] = files["content/b.md"]?.replacing("**20% off**", with: "**20% off")
        files["content/b.fr.md"] = overlay(body: "Tout à 20 %.\n")
        let lock = compile(project(files), keepsUnits: true).updatedLock().bytes
        files["translations.lock"] = String(decoding: try #require(lock), as: UTF8.self)
        #expect(compile(project(files)).diagnostics.map(\.id) == ["text/stray-asterisks", "translation/dropped-link"])
    }

    @Test func anIDThatSeveralTranslationsHaveIsNotRenamedInThem() {
        func replies(_ id: String) -> String {
            "replies:\n  - {id: \(id), text: On my way}\n  - {id: late, text: Late}"
        }
        var files = [
            "content/a.md": message(replies("comming")), "content/a.fr.md": overlay("title: Ici\n" + replies("coming")),
            "content/a.ar.md": overlay("title: هنا\n" + replies("coming")),
        ]
        let unknown = { (files: [String: String]) in
            compile(project(files)).diagnostics.filter { $0.id == "translation/unknown-entry" }
        }
        #expect(unknown(files).map(\.fixIts.count) == [0, 0])
        files["content/a.ar.md"] = nil
        #expect(unknown(files).map(\.fixIts.count) == [1])
    }

    @Test func whatIsSaidOfASourceComesBeforeWhatIsSaidOfItsTranslations() {
        check(
            ["content/a.md": message("priority: high"), "content/a.fr.md": overlay(body: "{$user.nme}\n")],
            ["schema/wrong-type content/a.md:5:11", "text/unknown-variable content/a.fr.md:4:2"])
    }
}
