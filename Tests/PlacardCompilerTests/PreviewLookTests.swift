import PlacardCompiler
import Testing

/// What `preview` of `placard.yaml` and a project's lock come to in the pages.
@Suite struct PreviewLookTests {
    private func file(_ path: String, _ files: [String: String]) throws -> String {
        let compilation = compile(project(files))
        try #require(diagnostics(compilation) == [])
        let file = try #require(
            Array(emitPreview(compilation, title: "Test", generator: "Placard")).first { $0.path == path })
        return String(decoding: file.bytes, as: UTF8.self)
    }

    @Test func aThemeIsGivenToTemplates() throws {
        let style = try file(
            "assets/theme.css",
            [
                "placard.yaml":
                    "source: en\nevents: {session_start: {}}\npreview: {theme: {accent: \"#0b7a5b\", radius: 9, font: mono}}\n",
                "content/a.md": message(),
            ])
        #expect(style.contains("--app-accent: light-dark(#0b7a5b, #0b7a5b);"))
        #expect(style.contains("--app-radius: 9px;"))
        #expect(style.contains("--app-font: ui-monospace"))
    }

    @Test func anIconThatIsNotThereIsReported() {
        let found = compile(
            project([
                "placard.yaml": "source: en\nevents: {session_start: {}}\npreview: {icon: app.png}\n",
                "content/a.md": message(),
            ]))
        #expect(diagnostics(found) == ["image/missing-file placard.yaml:3:17"])
    }

    @Test func withoutALockNothingIsCalledUpToDate() throws {
        let page = try file(
            "m/a.html",
            [
                "placard.yaml": "source: en\nevents: {session_start: {}}\nlocales: {fr: optional}\n",
                "content/a.md": message(),
                "content/a.fr.md": overlay("title: Salut", body: "Bonjour.\n"),
            ])
        #expect(page.contains("• translated, not recorded, optional"))
        #expect(!page.contains("up to date"))
    }

    @Test func theLongestExamplesHaveACard() throws {
        let page = try file(
            "m/a.html",
            [
                "placard.yaml":
                    "source: en\nevents: {session_start: {}}\ncontext: {user: {name: {type: string, default: you, examples: [Zoë, Maximiliana]}}}\n",
                "content/a.md": message(body: "Hi {$user.name}.\n"),
            ])
        let long = page.split(separator: "<div class=\"var long\">").dropFirst().first ?? ""
        #expect(long.contains("Maximiliana"))
        #expect(long.contains("$user.name = Maximiliana"))
    }
}
