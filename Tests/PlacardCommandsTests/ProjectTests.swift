import CanonicalJSON
import Foundation
import Testing

@testable import PlacardCommands

@Suite struct `From an empty folder to a build` {
    @Test func `init makes a project that has nothing to complain about`() throws {
        try withTool { tool in
            let made = try tool.run("init", "app")
            #expect(made.status == 0)
            #expect(made.output.contains("cd app\n"))
            let check = try tool.run("check", "--strict", in: "app")
            #expect(check.status == 0, "\(check.output)\(check.error)")
            #expect(check.output == "No diagnostics in 2 messages.\n")
            let build = try tool.run("build", in: "app/content/hello")
            #expect(build.status == 0, "\(build.error)")
            #expect(build.output.contains(/^Built 2 messages, 2 locales, \d+ files, no warnings, \d+\.\d\d s\n/))
            #expect(build.output.contains("../../build/bundle/manifest.json"))
            #expect(build.error == "")
            #expect(tool.exists("app/build/bundle/manifest.json"))
            #expect(tool.exists("app/build/preview/index.html"))
        }
    }

    @Test func `init takes nothing away that it did not make`() throws {
        try withTool { tool in
            try tool.write("app/notes.txt", "mine")
            let link = tool.folder.path + "/app/placard.yaml"
            try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "nowhere")
            let refused = try tool.run("init", "app")
            #expect(refused.status != 0)
            #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == "nowhere")
            let left = try FileManager.default.subpathsOfDirectory(atPath: tool.folder.path + "/app")
            #expect(Set(left) == ["notes.txt", "placard.yaml"])
        }
    }

    @Test func `init never overwrites, and keeps a repository's .gitignore`() throws {
        try withStarter { tool in
            try tool.write("app/placard.yaml", "mine")
            let again = try tool.run("init", "app")
            #expect(again.status == 2)
            #expect(again.error.contains("is there already"))
            #expect(try tool.read("app/placard.yaml") == "mine")
            try tool.write("repository/.gitignore", "*.o\n")
            let beside = try tool.run("init", ".", in: "repository")
            #expect(beside.status == 0)
            #expect(beside.output.contains("Your .gitignore is kept"))
            #expect(try tool.read("repository/.gitignore") == "*.o\n")
        }
    }

    @Test func `building twice gives the same bytes, also in another folder`() throws {
        try withStarter { tool in
            #expect(try tool.run("build", in: "app").status == 0)
            let first = try tool.read("app/build/bundle/manifest.json")
            #expect(try tool.run("build", "--project", "app", "--output", "elsewhere/out").status == 0)
            #expect(try tool.read("elsewhere/out/bundle/manifest.json") == first)
        }
    }

    @Test func `dates are the same wherever a build runs`() throws {
        try withStarter { tool in
            let project = try tool.read("app/placard.yaml")
            let days = "    days: int\n"
            let ends = days + "    ends: {type: timestamp, examples: [\"2026-12-24T00:30:00Z\"]}\n"
            try tool.write(
                "app/placard.yaml", project.replacing(days, with: ends) + "lint: {mf2/draft-function: allow}\n")
            let message = try tool.read("app/content/hello/trial-ending.md")
            try tool.write(
                "app/content/hello/trial-ending.md",
                message.replacing("One day is left", with: "It ends on {$event.ends :date length=long}"))
            for zone in ["UTC", "America/New_York"] {
                let build = try tool.run("build", "--output", "out/" + zone, in: "app", environment: ["TZ": zone])
                #expect(build.status == 0, "\(build.output)\(build.error)")
                let page = try tool.read("app/out/\(zone)/preview/m/trial-ending.html")
                #expect(page.contains("It ends on December 24, 2026"))
            }
        }
    }

    @Test func `an output folder with other files in it is left alone`() throws {
        try withStarter { tool in
            try tool.write("mine/letter.txt", "mine")
            let result = try tool.run("build", "--output", "../mine", in: "app")
            #expect(result.status == 2)
            #expect(result.error.contains("letter.txt"))
            #expect(try tool.read("mine/letter.txt") == "mine")
            #expect(!tool.exists("mine/bundle"))
        }
    }
}

@Suite struct `Diagnostics` {
    private let broken =
        "---\ntemplate: banner\ntitel: Hello\ntitle: Hello\ntrigger: {event: session_start}\n---\nHi.\n"

    @Test func `an error ends with 1, shows its place, and nothing is built`() throws {
        try withStarter { tool in
            #expect(try tool.run("build", in: "app").status == 0)
            let before = try tool.read("app/build/bundle/manifest.json")
            try tool.write("app/content/broken.md", broken)
            let check = try tool.run("check", in: "app")
            #expect(check.status == 1)
            #expect(check.output.contains(" --> content/broken.md:3:1\n"))
            #expect(check.output.contains("3 | titel: Hello\n  | ^^^^^"))
            #expect(check.output.contains("1 error in 1 file."))
            // Seen from elsewhere, paths lead there from here.
            #expect(try tool.run("check", in: "app/templates").output.contains(" --> ../content/broken.md:3:1\n"))
            #expect(try tool.run("check", "--project", "app").output.contains(" --> app/content/broken.md:3:1\n"))
            let build = try tool.run("build", in: "app")
            #expect(build.status == 1)
            #expect(build.output == "")
            #expect(build.error.contains("Not built: 1 error in 1 file. The previous build is untouched.\n"))
            #expect(try tool.read("app/build/bundle/manifest.json") == before)
        }
    }

    @Test func `warnings count only when they shall`() throws {
        try withStarter { tool in
            try tool.write("app/content/notes.rst", "not part of it")
            #expect(try tool.run("check", in: "app").status == 0)
            #expect(try tool.run("check", "--strict", in: "app").status == 1)
            #expect(try tool.run("build", in: "app").status == 0)
            #expect(try tool.run("build", "--strict", in: "app").status == 1)
        }
    }

    @Test func `machine forms tell paths from the root of the repository`() throws {
        try withStarter { tool in
            try tool.write(".git/HEAD", "ref: refs/heads/main\n")
            try tool.write("app/content/broken.md", broken)
            let github = try tool.run("check", "--format", "github", in: "app")
            #expect(github.status == 1)
            #expect(
                github.output.hasPrefix("::error file=app/content/broken.md,line=3,endLine=3,col=1,endColumn=6,title="))
            #expect(github.error.contains("1 error in 1 file."))
            let json = try tool.run("check", "--format", "json", in: "app")
            let document = try JSONValue(parsing: Array(json.output.utf8))
            #expect(document["summary"]?["errors"] == 1)
            #expect(document["diagnostics"]?.array?.first?["location"]?["file"] == "app/content/broken.md")
            let sarif = try tool.run("build", "--format", "sarif", in: "app")
            #expect(sarif.status == 1)
            #expect(try JSONValue(parsing: Array(sarif.output.utf8))["version"] == "2.1.0")
        }
    }

    @Test func `safe fixes are applied, and only those`() throws {
        try withStarter { tool in
            let source = """
                ---
                template: banner
                titel: Hello
                title: Hello
                trigger: {event: session_start}
                audience: user.plan == \u{201C}free\u{201D} && app.platform == \u{201C}ios\u{201D}
                ---
                Hi.

                """
            try tool.write("app/content/broken.md", source)
            let listed = try tool.run("check", in: "app")
            #expect(listed.status == 1)
            #expect(listed.output.contains("placard check --fix can fix"))
            let fixed = try tool.run("check", "--fix", in: "app")
            #expect(fixed.status == 1)
            #expect(fixed.output.contains("Fixed "))
            #expect(
                try tool.read("app/content/broken.md")
                    == source.replacingOccurrences(of: "\u{201C}", with: "\"").replacingOccurrences(
                        of: "\u{201D}", with: "\""))
        }
    }
}

@Suite struct `Starting new files` {
    @Test(arguments: Set(embeddedTemplates.map { String($0.path.prefix { $0 != "/" }) }).sorted())
    func `a new message of each template has no diagnostics`(_ template: String) throws {
        try withStarter { tool in
            let result = try tool.run(
                "new", "message", "my-\(template)", "--template", template, "--folder", "news/today", in: "app")
            #expect(result.status == 0, "\(result.error)")
            #expect(result.output.hasPrefix("Made content/news/today/my-\(template).md\n"))
            let check = try tool.run("check", "--strict", in: "app")
            let text = try tool.read("app/content/news/today/my-\(template).md")
            #expect(check.status == 0, "\(check.output)\(text)")
            // And so has its translation.
            let translation = try tool.run("new", "translation", "my-\(template)", "fr", in: "app")
            #expect(translation.status == 0, "\(translation.error)")
            let both = try tool.run("check", in: "app")
            #expect(both.status == 0, "\(both.output)")
        }
    }

    @Test func `what a message needs is asked for, with the nearest name`() throws {
        try withStarter { tool in
            let none = try tool.run("new", "message", "sale", in: "app")
            #expect(none.status == 2)
            #expect(none.error.contains("which template?"))
            #expect(none.error.contains("banner: "))
            #expect(
                try tool.run("new", "message", "sale", "--template", "baner", in: "app").error.contains(
                    "did you mean banner?"))
            #expect(
                try tool.run("new", "message", "Summer Sale!", "--template", "banner", in: "app").error.contains(
                    "try summer-sale"))
            let taken = try tool.run("new", "message", "welcome", "--template", "banner", in: "app")
            #expect(taken.error.contains("it is content/hello/welcome.md"))
            let outside = try tool.run("new", "message", "a", "--template", "banner", "--folder", "../..", in: "app")
            #expect(outside.status == 2)
        }
    }

    @Test func `a title is quoted when YAML would misread it`() throws {
        try withStarter { tool in
            let title = "Yes: 50% \"off\" #1"
            let made = try tool.run(
                "new", "message", "sale", "--template", "banner", "--title", title, in: "app")
            #expect(made.status == 0)
            #expect(try tool.read("app/content/sale.md").contains("title: \"Yes: 50% \\\"off\\\" #1\""))
            #expect(try tool.run("check", in: "app").status == 0)
        }
    }

    @Test func `a translation takes the texts of its source`() throws {
        try withStarter { tool in
            try tool.write(
                "app/placard.yaml",
                try tool.read("app/placard.yaml").replacingOccurrences(
                    of: "fr: optional", with: "de: optional\n  fr: optional"))
            let result = try tool.run("new", "translation", "welcome", "de", in: "app")
            #expect(result.status == 0, "\(result.error)")
            #expect(
                try tool.read("app/content/hello/welcome.de.md") == """
                    ---
                    title: Welcome, {$user.first_name}
                    variables:
                      user.first_name: {fallback: friend}
                    ---
                    Have a look around. You can change **everything** later.

                    """)
            #expect(try tool.run("new", "translation", "welcome", "de", in: "app").status == 2)
            #expect(
                try tool.run("new", "translation", "welcom", "de", in: "app").error.contains("did you mean welcome?"))
            #expect(try tool.run("new", "translation", "welcome", "xx", in: "app").error.contains("there are: de, fr"))
            #expect(try tool.run("new", "translation", "welcome", "en", in: "app").status == 2)
        }
    }

    @Test func `a translation takes a notification with the words that stand without values`() throws {
        try withStarter { tool in
            try tool.write(
                "app/content/hello/news.md",
                """
                ---
                template: push
                trigger: {event: session_start}
                push:
                  title: "On {$app.version}"
                  body: "News"
                  fallback: {title: "News: here"}
                ---

                """)
            let result = try tool.run("new", "translation", "news", "fr", in: "app")
            #expect(result.status == 0, "\(result.error)")
            #expect(
                try tool.read("app/content/hello/news.fr.md") == """
                    ---
                    push:
                      title: On {$app.version}
                      body: News
                      fallback:
                        title: "News: here"
                    ---

                    """)
            let checked = try tool.run("check", "--strict", in: "app")
            #expect(checked.status == 0, "\(checked.output)\(checked.error)")
        }
    }

    @Test func `a template of one's own is usable at once`() throws {
        try withStarter { tool in
            #expect(try tool.run("new", "template", "ribbon", "--like", "banner", in: "app").status == 0)
            #expect(try tool.run("new", "message", "hi", "--template", "ribbon", in: "app").status == 0)
            let check = try tool.run("check", "--strict", in: "app")
            #expect(check.status == 0, "\(check.output)")
            #expect(try tool.run("new", "template", "ribbon", in: "app").status == 2)
            #expect(
                try tool.run("new", "template", "x", "--like", "bannr", in: "app").error.contains(
                    "did you mean banner?"))
        }
    }

    @Test func `a scenario has every attribute`() throws {
        try withStarter { tool in
            #expect(try tool.run("new", "scenario", "plain", in: "app").status == 0)
            let plain = try tool.read("app/scenarios/plain.yaml")
            #expect(
                plain.contains("user: {first_name: Zoë}") && plain.contains("app: {version: \"1.0.0\", platform: ios}"))
            // The user of a message's is one to whom it shows.
            let made = try tool.run("new", "scenario", "ending", "--message", "trial-ending", in: "app")
            #expect(made.status == 0, "\(made.error)")
            let text = try tool.read("app/scenarios/ending.yaml")
            #expect(text.contains("event: {name: trial_ending, days: ") && text.contains("  shows: trial-ending"))
            let test = try tool.run("test", "ending", in: "app")
            #expect(test.status == 0, "\(test.output)")
            let check = try tool.run("check", "--strict", in: "app")
            #expect(check.status == 0, "\(check.output)")
        }
    }
}
