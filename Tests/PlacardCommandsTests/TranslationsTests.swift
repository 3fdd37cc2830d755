import Foundation
import Testing

/// Writes a project with one message in French, whose price has changed since it was translated.
func writeOutdatedProject(_ tool: Tool, locale: String = "optional") throws {
    #expect(try tool.run("init", "app").status == 0)
    for file in ["content/hello/welcome.md", "content/hello/welcome.fr.md", "content/hello/trial-ending.md"] {
        try FileManager.default.removeItem(at: tool.folder.appendingPathComponent("app/" + file))
    }
    try FileManager.default.removeItem(at: tool.folder.appendingPathComponent("app/scenarios"))
    let project = try tool.read("app/placard.yaml").replacingOccurrences(of: "fr: optional", with: "fr: \(locale)")
    try tool.write("app/placard.yaml", project)
    try tool.write(
        "app/content/offer.md",
        """
        ---
        template: banner
        title: Only today
        trigger: {event: session_start}
        frequency: [1 per session]
        ---
        It costs 9.99 this week.

        """)
    try tool.write(
        "app/content/offer.fr.md",
        """
        ---
        title: Aujourd’hui seulement
        ---
        Cette semaine, 9,99.

        """)
    #expect(try tool.run("check", "--fix", in: "app").status == 0)
    try tool.write(
        "app/content/offer.md",
        try tool.read("app/content/offer.md").replacingOccurrences(of: "9.99", with: "4.99"))
}

@Suite struct `What translations were made from` {
    @Test func `an outdated translation shows on every surface`() throws {
        try withTool { tool in
            try writeOutdatedProject(tool)
            let check = try tool.run("check", in: "app")
            #expect(check.status == 0)
            #expect(
                check.output.hasPrefix(
                    "warning[translation/outdated]: the source has changed since: `9.99` became `4.99`\n --> content/offer.fr.md:4:1\n"
                ))
            #expect(check.output.contains("placard translations accept --locale fr offer/body:"))
            let build = try tool.run("build", in: "app")
            #expect(build.status == 0)
            #expect(build.error.contains("warning[translation/outdated]"))
            let page = try tool.read("app/build/preview/m/offer.html")
            #expect(page.contains("~ outdated"))
            #expect(try tool.read("app/build/preview/index.html").contains("<span class=stale>~ fr</span>"))
            #expect(
                try tool.read("app/build/preview/preview.json").contains(
                    "\"path\":\"m/offer.html\",\"translations\":[\"current\",\"outdated\",\"current\",\"current\"]"))
            let github = try tool.run("check", "--format", "github", in: "app")
            #expect(github.output.contains("::warning file=content/offer.fr.md,line=4"))
            let status = try tool.run("translations", "status", in: "app")
            #expect(status.status == 0)
            #expect(status.output.contains("offer  outdated fr (body:"))
            let json = try tool.run("translations", "status", "--json", in: "app")
            #expect(json.output.contains("\"state\":\"outdated\""))
            #expect(json.output.contains("\"schema\":\"placard/translations-status/1\""))
            let commands = try tool.run("translations", "status", "--format", "github", in: "app")
            #expect(commands.output.hasPrefix("::warning file=content/offer.fr.md,line=4"))
        }
    }

    @Test func `a required locale does not build, and its status fails`() throws {
        try withTool { tool in
            try writeOutdatedProject(tool, locale: "required")
            #expect(try tool.run("check", in: "app").status == 1)
            #expect(try tool.run("build", in: "app").status == 1)
            #expect(try tool.run("translations", "status", in: "app").status == 1)
            #expect(try tool.run("translations", "status", "--json", in: "app").output.contains("\"fails\":true"))
            let accepted = try tool.run("translations", "accept", "--locale", "fr", "offer", in: "app")
            #expect(accepted.output == "Accepted 1 text as translated from the source as it is.\n")
            #expect(try tool.run("build", in: "app").status == 0)
            #expect(try tool.run("translations", "status", in: "app").status == 0)
            #expect(
                try tool.run("translations", "accept", in: "app").output == "Nothing that was outdated.\n")
        }
    }

    @Test func `a policy of fallback shows the source and says so`() throws {
        try withTool { tool in
            try writeOutdatedProject(tool, locale: "{policy: required, outdated: fallback}")
            #expect(try tool.run("build", in: "app").status == 0)
            let page = try tool.read("app/build/preview/m/offer.html")
            #expect(page.contains("~ outdated: English"))
            let files = try FileManager.default.contentsOfDirectory(
                atPath: tool.folder.appendingPathComponent("app/build/bundle/targets").path)
            let french = try #require(files.first { $0.hasSuffix(".fr.json") })
            #expect(try tool.read("app/build/bundle/targets/\(french)").contains("4.99"))
        }
    }

    @Test func `a project without a lock begins one, and says that everything counts as current`() throws {
        try withStarter { tool in
            let lock = tool.folder.appendingPathComponent("app/translations.lock")
            try FileManager.default.removeItem(at: lock)
            #expect(
                try tool.run("translations", "status", in: "app").output.hasSuffix(
                    "There is no translations.lock: every translation counts as current. placard check --fix begins one.\n"
                ))
            let fixed = try tool.run("check", "--fix", in: "app")
            #expect(
                fixed.output.hasPrefix(
                    "Recorded 1 translation in translations.lock, which is new: all of them count as current from now on. "
                ))
            #expect(try tool.run("check", "--fix", in: "app").output == "No diagnostics in 2 messages.\n")
        }
    }

    @Test func `the lock is never written through a link`() throws {
        try withStarter { tool in
            try tool.write("outside", "untouched")
            let lock = tool.folder.appendingPathComponent("app/translations.lock")
            try FileManager.default.removeItem(at: lock)
            try FileManager.default.createSymbolicLink(
                at: lock, withDestinationURL: tool.folder.appendingPathComponent("outside"))
            _ = try tool.run("check", "--fix", in: "app")
            #expect(try tool.read("outside") == "untouched")
        }
    }

    @Test func `names that are not there are explained`() throws {
        try withStarter { tool in
            let locale = try tool.run("translations", "accept", "--locale", "de", in: "app")
            #expect(locale.status == 2)
            #expect(locale.error.contains("no locale is called `de`\n  help: there are: fr"))
            let id = try tool.run("translations", "accept", "welcom", in: "app")
            #expect(id.error.contains("no message is called `welcom`\n  help: did you mean welcome?"))
        }
    }

    @Test func `files go out to translators and come back`() throws {
        try withStarter { tool in
            let exported = try tool.run("translations", "export", "--format", "po", "--locale", "fr", in: "app")
            #expect(exported.output == "Wrote translations/fr.po, 8 units\n")
            let po = try tool.read("app/translations/fr.po")
            #expect(po.contains("msgctxt \"trial-ending/actions.stay\""))
            try tool.write(
                "app/translations/fr.po",
                po.replacingOccurrences(of: "msgstr \"Bienvenue", with: "msgstr \"Soyez le bienvenu")
                    .replacingOccurrences(
                        of: "msgctxt \"welcome/variables", with: "msgctxt \"gone/variables"))
            let before = try tool.read("app/content/hello/welcome.fr.md")
            let dry = try tool.run("translations", "import", "--dry-run", "translations/fr.po", in: "app")
            #expect(dry.status == 1)
            #expect(dry.output.contains("would change content/hello/welcome.fr.md"))
            #expect(try tool.read("app/content/hello/welcome.fr.md") == before)
            #expect(!tool.exists("app/translations/fr.po.rejects.json"))
            let imported = try tool.run("translations", "import", "translations/fr.po", in: "app")
            #expect(imported.status == 1)
            #expect(imported.output.hasPrefix("Imported translations/fr.po: 1 unit taken, "))
            #expect(
                try tool.read("app/translations/fr.po.rejects.json").contains(
                    "\"id\":\"gone/variables.user.first_name\",\"reason\":\"the project has no message gone\""))
            #expect(
                try tool.read("app/content/hello/welcome.fr.md")
                    == before.replacingOccurrences(of: "Bienvenue", with: "Soyez le bienvenu"))
            #expect(try tool.run("check", "--strict", in: "app").output == "No diagnostics in 2 messages.\n")
        }
    }

    @Test func `what a translation lacks is added`() throws {
        try withStarter { tool in
            try tool.write(
                "app/content/hello/welcome.md",
                try tool.read("app/content/hello/welcome.md").replacingOccurrences(
                    of: "variables:", with: "push: {title: Hi there, body: Have a look}\nvariables:"))
            #expect(try tool.run("check", in: "app").output.contains("lacks the notification"))
            let updated = try tool.run("new", "translation", "welcome", "fr", "--update", in: "app")
            #expect(updated.status == 0, "\(updated.error)")
            #expect(
                try tool.read("app/content/hello/welcome.fr.md").contains(
                    "push:\n  title: Hi there\n  body: Have a look\n---\n"))
            #expect(try tool.run("check", in: "app").status == 0)
            #expect(
                try tool.run("new", "translation", "welcome", "fr", "--update", in: "app").output
                    == "It has every text.\n")
        }
    }

    @Test func `what the translation of a variant lacks is added, too`() throws {
        try withStarter { tool in
            try tool.write(
                "app/content/hello/welcome.md",
                try tool.read("app/content/hello/welcome.md").replacingOccurrences(
                    of: "variables:", with: "experiment: {variants: {plain: 50, short: 50}}\nvariables:"))
            try tool.write("app/content/hello/welcome+short.md", "---\ntitle: Hello\n---\n")
            #expect(try tool.run("check", "--strict", in: "app").status == 1)
            let updated = try tool.run("new", "translation", "welcome", "fr", "--update", in: "app")
            #expect(updated.output.contains("content/hello/welcome+short.fr.md"), "\(updated.error)")
            #expect(try tool.read("app/content/hello/welcome+short.fr.md") == "---\ntitle: Hello\n---\n")
            try tool.write("app/content/hello/welcome+short.fr.md", "---\ntitle: Bonjour\n---\n")
            let checked = try tool.run("check", "--strict", in: "app")
            #expect(checked.status == 0, "\(checked.output)")
        }
    }

    /// While a text has an error, what its translation was made from is still known.
    @Test func `a fix of something else does not make a stale translation current`() throws {
        try withStarter { tool in
            let path = "app/content/hello/welcome.md"
            _ = try tool.run("check", "--fix", in: "app")
            let sound = try tool.read(path)
            let lock = try tool.read("app/translations.lock")
            let title = try #require(sound.split(separator: "\n").first { $0.hasPrefix("title: ") })
            for fault in [
                "title: {{name}}", "title: " + String(repeating: "long ", count: 80), "Title: Hello", "title: [x]",
            ] {
                try tool.write(path, sound.replacingOccurrences(of: title, with: fault))
                #expect(try tool.run("check", "--fix", in: "app").status == 1, "\(fault)")
                #expect(try tool.read("app/translations.lock") == lock, "\(fault)")
            }
            try tool.write(path, sound.replacingOccurrences(of: title, with: "title: Another title"))
            let output = try tool.run("check", in: "app").output
            #expect(output.contains("translation/outdated"), "\(output)")
        }
    }

    @Test func `pseudo-translations are in a folder of their own and in no build`() throws {
        try withStarter { tool in
            let built = try tool.run("translations", "pseudo", "--output", "longer", in: "app")
            #expect(built.status == 0, "\(built.error)")
            let files = try FileManager.default.contentsOfDirectory(
                atPath: tool.folder.appendingPathComponent("app/longer/bundle/targets").path)
            let accented = try #require(files.first { $0.hasSuffix(".en-XA.json") })
            #expect(files.contains { $0.hasSuffix(".ar-XB.json") })
            #expect(try tool.read("app/longer/bundle/targets/\(accented)").contains("⟦"))
            #expect(try tool.run("build", in: "app").status == 0)
            #expect(!(try tool.read("app/build/bundle/manifest.json").contains("en-XA")))
        }
    }
}
