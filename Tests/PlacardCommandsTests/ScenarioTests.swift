import CanonicalJSON
import Foundation
import Testing

private func scenario(_ expectation: String) -> String {
    """
    description: A user on iOS
    locale: fr
    now: 2026-12-02T10:15:00Z
    context: {app: {version: 3.4.0, platform: ios}}
    event: {name: session_start}
    expect: \(expectation)

    """
}

@Suite struct `Who sees what` {
    @Test func `a scenario that holds passes`() throws {
        try withStarter { tool in
            try tool.write("app/scenarios/right.yaml", scenario("{shows: welcome}"))
            let test = try tool.run("test", "right", in: "app")
            #expect(test.status == 0, "\(test.output)\(test.error)")
            #expect(test.output == "Scenarios: 1 passed, 0 failed.\n")
        }
    }

    @Test func `a scenario that does not hold says what was found, and why`() throws {
        try withStarter { tool in
            try tool.write("app/scenarios/wrong.yaml", scenario("{shows: trial-ending, hidden: {welcome: audience}}"))
            let test = try tool.run("test", in: "app")
            #expect(test.status == 1)
            #expect(test.output.contains("scenario/unmet-expectation"))
            #expect(test.output.contains("scenarios/wrong.yaml:6:17"))
            #expect(test.output.contains("expected shows trial-ending, found: shows welcome"))
            #expect(test.output.contains("trigger: the event is session_start, wants trial_ending"))
            #expect(test.output.contains("expected welcome hidden by audience, found: it shows"))
        }
    }

    @Test func `a scenario holds a notification to its words`() throws {
        try withStarter { tool in
            try tool.write(
                "app/content/hello/news.md",
                """
                ---
                template: push
                trigger: {event: session_start}
                priority: 100
                push: {title: News, body: "On {$app.platform :string}"}
                variables: {app.platform: {fallback: your phone}}
                ---

                """)
            try tool.write("app/scenarios/right.yaml", scenario("{shows: news, push: {title: News, body: On ios}}"))
            let right = try tool.run("test", "right", in: "app")
            #expect(right.status == 0, "\(right.output)\(right.error)")
            try tool.write("app/scenarios/wrong.yaml", scenario("{shows: news, push: {body: On android, link: a}}"))
            let wrong = try tool.run("test", "wrong", in: "app")
            #expect(wrong.status == 1)
            #expect(wrong.output.contains("expected push.body `On android`, found: `On ios`"))
            #expect(wrong.output.contains("expected push.link `a`, found: no push.link"))
            #expect(wrong.output.contains("scenarios/wrong.yaml:6:"))
            let explained = try tool.run("explain", "right", in: "app")
            #expect(explained.output.contains("as a notification"))
            #expect(explained.output.contains("  │ On ios\n"))
            let json = try tool.run("explain", "right", "--json", in: "app")
            let decision = try JSONValue(parsing: Array(json.output.utf8.dropLast()))
            #expect(decision["content"]?["push"] == ["title": "News", "body": "On \u{2068}ios\u{2069}"])
        }
    }

    @Test func `a build writes notifications beside the bundle, and none where there are none`() throws {
        try withStarter { tool in
            let without = try tool.run("build", in: "app")
            #expect(without.status == 0)
            #expect(!without.output.contains("for servers"))
            #expect(!tool.exists("app/build/push"))
            try tool.write(
                "app/content/hello/news.md",
                "---\ntemplate: push\ntrigger: {event: session_start}\npush: {body: News}\n---\n")
            let with = try tool.run("build", in: "app")
            #expect(with.output.contains("for servers    build/push/"))
            #expect(
                try tool.read("app/build/push/news/en.apns.json")
                    == #"{"aps":{"alert":{"body":"News"},"mutable-content":1},"placard":{"locale":"en","message":"news"}}"#
            )
            #expect(tool.exists("app/build/push/news/fr.fcm.json"))
        }
    }

    @Test func `JUnit's form names each scenario and escapes what XML must`() throws {
        try withStarter { tool in
            try tool.write("app/scenarios/right.yaml", scenario("{shows: welcome}"))
            try tool.write("app/scenarios/wrong.yaml", scenario("{}"))
            let test = try tool.run("test", "right", "wrong", "--format", "junit", in: "app")
            #expect(test.status == 1)
            #expect(
                test.output.hasPrefix(
                    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"placard\" tests=\"2\" failures=\"1\""
                ))
            #expect(test.output.contains("name=\"right\" file=\"scenarios/right.yaml\"></testcase>"))
            #expect(test.output.contains("<failure message=\"expected shows nothing, found: shows welcome\">"))
        }
    }

    @Test func `messages that no scenario shows are named`() throws {
        try withStarter { tool in
            #expect(try tool.run("new", "message", "quiet", "--template", "banner", in: "app").status == 0)
            let test = try tool.run("test", in: "app")
            #expect(test.output.contains("No scenario shows "))
            #expect(test.output.contains("quiet"))
        }
    }

    @Test func `explain shows the winner and a reason for every message`() throws {
        try withStarter { tool in
            let asked = [
                "explain", "--event", "session_start", "--context",
                #"{"app": {"version": "3.4.0", "platform": "ios"}}"#, "--now",
                "2026-12-02T10:15:00Z",
            ]
            let text = try tool.run(asked[0], asked[1], asked[2], asked[3], asked[4], asked[5], asked[6], in: "app")
            #expect(text.status == 0, "\(text.error)")
            #expect(text.output.contains("Shows welcome in en"))
            #expect(text.output.contains("trial-ending  trigger: the event is session_start, wants trial_ending"))
            let json = try tool.run(
                asked[0], asked[1], asked[2], asked[3], asked[4], asked[5], asked[6], "--json", in: "app")
            let decision = try JSONValue(parsing: Array(json.output.utf8.dropLast()))
            #expect(decision["shows"] == "welcome")
            #expect(decision["messages"]?.array?.count == 2)
        }
    }

    @Test func `explain says which version was read for what it means`() throws {
        try withTool { tool in
            #expect(try tool.run("init", "app").status == 0)
            func notes(_ version: String) throws -> Bool {
                try tool.run(
                    "explain", "--event", "session_start", "--context",
                    "{\"app\": {\"version\": \"\(version)\", \"platform\": \"ios\"}}", in: "app"
                ).output.contains("app.version is \(version), which is read as 3.4.0\n")
            }
            #expect(try notes("3.4"))
            #expect(try notes("v3.4.0"))
            #expect(try !notes("3.4.0"))
            let file = "app/scenarios/first-visit.yaml"
            try tool.write(file, try tool.read(file).replacingOccurrences(of: "version: 1.0.0", with: "version: 1.0"))
            let explained = try tool.run("explain", "first-visit", in: "app")
            #expect(explained.output.hasPrefix("note: app.version is 1.0, which is read as 1.0.0\n"))
            #expect(try tool.run("explain", "first-visit", "--json", in: "app").output.contains("read as 1.0.0"))
        }
    }

    @Test func `what cannot be explained is wrong use`() throws {
        try withStarter { tool in
            for arguments in [["explain"], ["explain", "nobody"], ["explain", "--event", "sesion_start"]] {
                let result =
                    arguments.count == 1
                    ? try tool.run(arguments[0], in: "app")
                    : arguments.count == 2
                        ? try tool.run(arguments[0], arguments[1], in: "app")
                        : try tool.run(arguments[0], arguments[1], arguments[2], in: "app")
                #expect(result.status == 2, "\(arguments)")
            }
            #expect(
                try tool.run("explain", "--event", "sesion_start", in: "app").error.contains(
                    "did you mean session_start?"))
            let context = try tool.run("explain", "--event", "session_start", "--context", "{user}", in: "app")
            #expect(context.status == 2 && context.error.contains("--context is not JSON"))
        }
    }
}
