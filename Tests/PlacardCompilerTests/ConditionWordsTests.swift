import CEL
import FoundationFormatting
import PlacardBundle
import SourceDiagnostics
import Testing

@testable import PlacardCompiler

private let spokenProject = """
    source: en
    context:
      user:
        country: {type: string, words: "in {value}"}
        role: {type: string, values: [rider, driver, courier], default: rider, words: "{value}s"}
        segments: {type: list(string), default: [], words: "in the segment {value}"}
        tags: {type: list(string), default: []}
        first_name: {type: string, optional: true}
        level: {type: string, default: green}
        score: {type: double, default: 0}
        since: {type: timestamp}
      rides:
        trips_count: {type: int, default: 0, words: "have taken {value} trips"}
        ordered: {type: int, default: 0, words: "have ordered {value} times"}
        rated: {type: bool, default: false, words: have rated the app}
        muted: {type: bool, default: false}
      app:
        version: {type: version, words: "on {value}"}
    events:
      moved: {minutes: int, status: {type: string, values: [near, far]}}

    """

private func sentences(audience: String? = nil, when: String? = nil) throws -> ConditionSentences {
    let lines = [
        audience.map { "audience: |\n  \($0)" }, "trigger:\n  event: moved", when.map { "  when: |\n    \($0)" },
    ]
    let text = "---\ntemplate: note\ntitle: Hello\n\(lines.compactMap { $0 }.joined(separator: "\n"))\n---\nHello.\n"
    let compilation = compile(project(["placard.yaml": spokenProject, "content/a.md": text]), analysis: .none)
    try #require(compilation.diagnostics.allSatisfy { $0.severity != .error }, "\(diagnostics(compilation))")
    let message = try #require(compilation.messages.first)
    let attributes = AttributeTable(compilation.project, event: "moved")
    return ConditionWords(attributes: attributes, country: englishRegionName).sentences(message)
}

@Suite struct ConditionWordsTests {
    @Test(arguments: [
        ("user.role == \"rider\"", "Riders"),
        ("user.role in [\"rider\", \"driver\"]", "Riders or drivers"),
        ("user.role == \"rider\" || user.role == \"driver\"", "Riders or drivers"),
        ("user.role != \"rider\"", "Users who are not riders"),
        ("user.country == \"FR\"", "Users in France"),
        ("user.country in [\"FR\", \"DE\"]", "Users in France or Germany"),
        ("!(user.country in [\"US\", \"NL\"])", "Users not in the United States or the Netherlands"),
        ("user.country == \"Atlantis\"", "Users in Atlantis"),
        ("rides.ordered >= 3", "Users who have ordered at least 3 times"),
        ("rides.ordered > 0", "Users who have ordered at least once"),
        ("rides.ordered == 1", "Users who have ordered once"),
        ("rides.trips_count >= 1", "Users who have taken at least 1 trip"),
        ("rides.trips_count < 5", "Users who have taken at most 4 trips"),
        ("rides.trips_count >= 2 && rides.trips_count < 5", "Users who have taken 2 to 4 trips"),
        ("rides.trips_count != 3", "Users who have not taken 3 trips"),
        ("rides.rated", "Users who have rated the app"),
        ("!rides.rated", "Users who have not rated the app"),
        ("rides.rated == false", "Users who have not rated the app"),
        ("!rides.muted", "Users whose rides muted is false"),
        ("user.level == \"gold\"", "Users whose level is gold"),
        ("user.level != \"gold\" && user.level != \"silver\"", "Users whose level is not gold or silver"),
        ("user.level == \"\"", "Users whose level is empty"),
        ("user.score > 1.5", "Users whose score is more than 1.5"),
        ("user.score > 1.0 && user.score <= 2.0", "Users whose score is more than 1 and at most 2"),
        ("\"lapsed\" in user.segments", "Users in the segment lapsed"),
        ("!(\"lapsed\" in user.segments)", "Users not in the segment lapsed"),
        ("\"a\" in user.tags", "Users whose tags include a"),
        ("!(\"a\" in user.tags)", "Users whose tags do not include a"),
        ("has(user.first_name)", "Users whose first name is known"),
        ("!has(user.first_name)", "Users whose first name is not known"),
        ("has(user.first_name) && user.first_name == \"Zoë\"", "Users whose first name is Zoë"),
        ("app.version >= semver(\"3.2.0\")", "Users on 3.2.0 or later"),
        ("app.version < semver(\"3.2.0\")", "Users on earlier than 3.2.0"),
        (
            "user.since >= timestamp(\"2026-12-01T09:00:00Z\")",
            "Users whose since is at 1 Dec 2026, 09:00 UTC or later"
        ),
        ("user.level.startsWith(\"g\")", "Users for whom `user.level.startsWith(\"g\")` holds"),
        ("!user.level.startsWith(\"g\")", "Users for whom `user.level.startsWith(\"g\")` is false"),
        (
            "user.role == \"rider\" && user.country in [\"FR\", \"DE\"] && rides.ordered >= 3 && app.version >= semver(\"3.2.0\")",
            "Riders in France or Germany who have ordered at least 3 times, on 3.2.0 or later"
        ),
        (
            "user.role == \"rider\" && user.level == \"gold\" && rides.ordered >= 3 && !rides.rated",
            "Riders whose level is gold, who have ordered at least 3 times and who have not rated the app"
        ),
        (
            "user.level == \"gold\" && (user.country == \"FR\" || rides.rated)",
            "Users whose level is gold and (who are in France or who have rated the app)"
        ),
        (
            "user.country == \"FR\" && rides.rated || user.role == \"driver\"",
            "Users (who are drivers, or who are in France and who have rated the app)"
        ),
        (
            "!(user.country == \"FR\" && rides.rated)", "Users (who are not in France or who have not rated the app)"
        ),
        (
            "rides.rated ? user.level == \"gold\" : user.country == \"FR\"",
            "Users (who have rated the app and whose level is gold, or who have not rated the app and who are in France)"
        ),
    ]) func anAudienceReadsAsASentence(expression: String, words: String) throws {
        #expect(try sentences(audience: expression).audience == words)
    }

    @Test func aMessageWithoutAnAudienceIsForEveryone() throws {
        #expect(try sentences().audience == "Everyone")
    }

    @Test(arguments: [
        ("event.status == \"near\"", "if status is near"),
        ("event.minutes > 0 && event.minutes <= 5", "if minutes are 1 to 5"),
        ("event.status == \"near\" && user.country == \"FR\"", "if status is near and users are in France"),
    ]) func whichEventsShowAMessageIsSaidInWords(expression: String, words: String) throws {
        #expect(try sentences(when: expression).event == words)
    }
}

@Suite struct ScheduleWordsTests {
    private func words(_ lines: String) throws -> ScheduleWords {
        let compilation = compile(project(["content/a.md": message("schedule:\n\(lines)")]), analysis: .none)
        return ScheduleWords(schedule: try #require(compilation.messages.first?.definition.schedule).schedule)
    }

    @Test func anEndAtMidnightNamesTheLastDay() throws {
        let words = try words("  start: 2026-12-01 00:00\n  end: 2026-12-25 00:00")
        #expect(words.start == "1 Dec 2026 (the user's own time)")
        #expect(words.end == "through 24 Dec 2026 (the user's own time)")
        #expect(words.brief == "1 Dec – 24 Dec 2026")
    }

    @Test func anEndDuringADayKeepsItsTime() throws {
        let words = try words("  start: 2026-12-01 09:00\n  end: 2026-12-24 18:00")
        #expect(words.end == "until 24 Dec 2026, 18:00 (the user's own time)")
        #expect(words.brief == "1 Dec 2026, 09:00 – 24 Dec 2026, 18:00")
    }

    @Test func aMomentIsInUTCWhateverTheZone() throws {
        let words = try words("  end: 2026-12-24T18:00:00+01:00")
        #expect(words.end == "until 24 Dec 2026, 17:00 (UTC)")
        #expect(words.brief == "until 24 Dec 2026, 17:00, UTC")
    }

    @Test func hoursAndDaysNameTheirClock() throws {
        let words = try words("  timezone: Europe/Paris\n  hours: 06:00-23:00\n  days: [mon, tue, wed]")
        #expect(words.daily == "06:00–23:00, Mon–Wed (Europe/Paris time)")
        #expect(words.brief == "06:00–23:00, Mon–Wed")
    }

    @Test(arguments: [
        ("1 per 1d", "at most once a day"), ("2 per 30d", "at most twice in 30 days"),
        ("3 total", "at most 3 times in all"), ("1 per session", "at most once a session"),
    ]) func aCapReadsAsPeopleSayIt(rule: String, words: String) throws {
        let compilation = compile(project(["content/a.md": message("frequency: [\(rule)]")]), analysis: .none)
        #expect(frequencyWords(try #require(compilation.messages.first).definition.frequency) == words)
    }

    @Test(arguments: [
        (Int64(0), "0 seconds"), (2000, "2 seconds"), (5_400_000, "1 hour 30 minutes"), (2_592_000_000, "30 days"),
        (1500, "1 second 500 milliseconds"),
    ]) func aDurationReadsAsPeopleSayIt(milliseconds: Int64, words: String) {
        #expect(durationWords(milliseconds: milliseconds) == words)
    }

    @Test func sharesOfAnExperimentAddUpToAll() throws {
        let files = [
            "content/a.md": message("experiment: {variants: {control: 50, short: 50}, holdout: 10%}"),
            "content/a+short.md": overlay("title: Hi", body: ""),
        ]
        let compilation = compile(project(files))
        let page = try #require(
            Array(emitPreview(compilation, title: "Test", generator: "Placard")).first { $0.path == "m/a.html" })
        let html = String(decoding: page.bytes, as: UTF8.self)
        #expect(html.contains("control 45 %, short 45 %, 10 % see nothing, to compare with"))
    }
}
