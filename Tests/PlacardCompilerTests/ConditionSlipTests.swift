import PlacardCompiler
import SourceDiagnostics
import Testing

// Slips in conditions, frequencies and dates, as people make them who come from SQL, JavaScript, templates, JsonLogic and spreadsheets:
// what the front matter says after the fixes that are offered, and that nothing is left to report.

private let attributes = baseProject.replacing(
    "    orders_count:",
    with: """
            plan: {type: string, values: [free, premium], default: free}
            premium: {type: bool, default: false}
            orders_count:
        """)

@Suite struct ConditionSlipTests {
    @Test(arguments: [
        // A mark too many or too few, in the condition and around it.
        LineSlip("audience: user.plan == \"free\"\"", "audience: user.plan == \"free\"", "likely"),
        LineSlip("audience: user.plan == 'free\"", "audience: user.plan == 'free'", "likely"),
        LineSlip("audience: \"a\" in user.segments\"", "audience: '\"a\" in user.segments'", "likely"),
        LineSlip("audience: a\" in user.segments", "audience: '\"a\" in user.segments'", "likely"),
        LineSlip(
            "audience: '\"a\" in user.segments && user.plan == 'free'",
            "audience: '\"a\" in user.segments && user.plan == ''free'''", "likely"),
        LineSlip("audience: \"user.plan == \"free\"", "audience: 'user.plan == \"free\"'", "likely"),
        LineSlip("audience: \"free\" == user.plan'", "audience: '\"free\" == user.plan'", "likely"),
        LineSlip(
            "audience: user.plan == free\" && user.country in [\"FR\", \"US\"]",
            "audience: user.plan == \"free\" && user.country in [\"FR\", \"US\"]", "likely"),
        // A sign too many or too few.
        LineSlip("audience: user..premium", "audience: user.premium", "likely"),
        LineSlip("audience: user.premium.", "audience: user.premium", "likely"),
        LineSlip("audience: user.orders_count >> 3", "audience: user.orders_count > 3", "likely"),
        LineSlip("audience: user.orders_count > = 3", "audience: user.orders_count >= 3", "safe"),
        LineSlip("audience: user.plan = = \"free\"", "audience: user.plan == \"free\"", "safe"),
        LineSlip(
            "audience: user.premium &&& user.orders_count > 3", "audience: user.premium && user.orders_count > 3",
            "safe"),
        LineSlip(
            "audience: user.premium; user.orders_count > 3", "audience: user.premium && user.orders_count > 3", "likely"
        ),
        LineSlip(
            "audience: has(user.first_name && user.premium", "audience: has(user.first_name) && user.premium", "likely"),
        LineSlip("audience: user:plan == \"free\"", "audience: user.plan == \"free\"", "likely"),
        LineSlip("audience: {user.plan == \"free\"}", "audience: user.plan == \"free\"", "likely"),
        // A value of another attribute, values alone.
        LineSlip("audience: user.country == \"premium\"", "audience: user.plan == \"premium\"", "likely"),
        LineSlip("audience: [FR, US]", "audience: 'user.country in [\"FR\", \"US\"]'", "likely"),
        LineSlip("audience: app.plan == \"free\"", "audience: user.plan == \"free\"", "likely"),
        // Other languages.
        LineSlip("audience: WHERE user.plan = 'free'", "audience: user.plan == 'free'", "likely", "safe"),
        LineSlip(
            "audience: user.country NOT IN ('FR', 'US')", "audience: \"!(user.country in ['FR', 'US'])\"", "likely",
            "safe"),
        LineSlip("audience: user.orders_count is greater than 3", "audience: user.orders_count > 3", "likely"),
        LineSlip("audience: unless user.premium", "audience: \"!user.premium\"", "likely"),
        LineSlip("audience: ISBLANK(user.first_name)", "audience: \"!has(user.first_name)\"", "likely"),
        LineSlip(
            "audience: {\"==\": [{\"var\": \"user.plan\"}, \"free\"]}", "audience: user.plan == \"free\"", "likely"),
        LineSlip(
            "audience: {\"and\": [{\"var\": \"user.premium\"}, {\">\": [{\"var\": \"user.orders_count\"}, 3]}]}",
            "audience: user.premium && user.orders_count > 3", "likely"),
        LineSlip(
            "audience: {\"!\": {\"in\": [{\"var\": \"user.country\"}, [\"FR\", \"US\"]]}}",
            "audience: '!(user.country in [\"FR\", \"US\"])'", "likely"),
        // Frequencies.
        LineSlip("frequency: [1 pre 1d]", "frequency: [1 per 1d]", "likely"),
        LineSlip("frequency: [l per 1d]", "frequency: [1 per 1d]", "likely"),
        LineSlip("frequency: [1 per 2 months]", "frequency: [1 per 60d]", "likely"),
        LineSlip("frequency: [1 lifetime]", "frequency: [1 total]", "likely"),
        LineSlip("frequency: [1 per user]", "frequency: [1 total]", "likely"),
        // Dates, days and hours.
        LineSlip("schedule: {end: 2030-01-11 000:0}", "schedule: {end: \"2030-01-11 00:00\"}", "likely"),
        LineSlip("schedule: {end: 2030-0111 09::00}", "schedule: {end: \"2030-01-11 09:00\"}", "likely"),
        LineSlip("schedule: {end: 2030-01-11 O9:00}", "schedule: {end: \"2030-01-11 09:00\"}", "likely"),
        LineSlip("schedule: {end: 2030-24-12 09:00}", "schedule: {end: \"2030-12-24 09:00\"}", "likely"),
        LineSlip("schedule: {days: [mon-wed]}", "schedule: {days: [mon, tue, wed]}", "likely"),
        LineSlip("schedule: {hours: [09:00, 17:00]}", "schedule: {hours: 09:00-17:00}", "likely"),
        LineSlip(
            "schedule: [2030-01-11 09:00, 2030-02-11 09:00]",
            "schedule: {start: \"2030-01-11 09:00\", end: \"2030-02-11 09:00\"}", "likely"),
    ])
    func aSlipHasOneFix(_ slip: LineSlip) {
        expect(slip, in: ["placard.yaml": attributes, "content/a.md": message(slip.lines)], "content/a.md")
    }

    /// What may mean several things has no fix, and one diagnostic that says what works.
    @Test(arguments: [
        ("audience: user.premium && || user.orders_count > 3", "expected a value"),
        ("audience: people who live in France", "this is a sentence"),
        ("audience: user.country == \"Germany\"", "its values are"),
        ("audience: app.version == 3.x", "app.version.major() == 3"),
        ("frequency: [1 per 1M]", "a month is written as `30d`"),
        ("schedule: {start: 202-12-24 09:00}", "is not a date and time"),
    ])
    func whatIsNotCertainIsExplained(_ lines: String, _ words: String) {
        let found = compile(project(["placard.yaml": attributes, "content/a.md": message(lines)])).diagnostics
        #expect(found.count == 1)
        #expect(found.flatMap(\.fixIts).isEmpty)
        #expect(found.contains { ([$0.message] + $0.notes).joined(separator: "\n").contains(words) }, "\(found)")
    }

    @Test(arguments: [
        ("user.premium && !user.premium", "analysis/never-shown"),
        ("user.orders_count < user.orders_count", "cel/constant-condition"),
        ("!has(user.plan)", "cel/constant-condition"),
        ("user.orders_count > 3 || user.premium && !user.premium", "cel/constant-condition"),
    ])
    func aConditionThatNobodyMeetsIsSaidOnce(_ condition: String, _ id: String) {
        let source = project(["placard.yaml": attributes, "content/a.md": message("audience: '\(condition)'")])
        #expect(compile(source, analysis: .full).diagnostics.map(\.id) == [id])
    }

    // MARK: Years

    private static let now: Int64 = 1_796_000_000

    private func found(_ schedule: String, allow: String = "") -> (ProjectFiles, [Diagnostic]) {
        let source = project(["content/a.md": message("schedule: {\(schedule)}\n\(allow)")])
        return (source, compile(source, analysis: .full, now: Self.now).diagnostics)
    }

    @Test(arguments: [
        ("start: 2206-12-24 18:00", "start: 2026-12-24 18:00"), ("start: 1926-12-24 18:00", "start: 2026-12-24 18:00"),
        ("start: \"2127-01-01T09:00:00Z\"", "start: \"2027-01-01T09:00:00Z\""),
        ("end: 2206-12-24 18:00", "end: 2026-12-24 18:00"),
    ])
    func aYearThatIsProbablyMistypedIsANote(_ written: String, _ meant: String) throws {
        let (source, found) = found(written)
        #expect(found.map(\.id) == ["schedule/distant-year"])
        #expect(found.map(\.severity) == [.note])
        let fixed = applying(try #require(found.first?.fixIts.first), to: source)
        #expect(String(decoding: try #require(fixed["content/a.md"]), as: UTF8.self).contains("{\(meant)}"))
        #expect(compile(fixed, analysis: .full, now: Self.now).diagnostics.isEmpty)
    }

    @Test func aYearThatMayBeMeantHasNoFix() {
        #expect(found("start: 2036-12-24 18:00").1.map(\.fixIts.count) == [0])
        for usual in [
            "start: 2031-12-24 18:00", "start: 1970-01-01 00:00", "end: 9999-12-31 23:59", "end: 2099-01-01 00:00",
        ] {
            #expect(found(usual).1.isEmpty, "\(usual)")
        }
    }

    @Test func timeAloneNeitherBreaksABuildNorLeavesAnAllowanceUnused() {
        let allow = "allow: [{id: schedule/distant-year, reason: the capsule is opened then}]"
        #expect(found("start: 2206-12-24 18:00", allow: allow).1.isEmpty)
        #expect(found("start: 2027-12-24 18:00", allow: allow).1.isEmpty)
        let strict = baseProject + "lint: {schedule/distant-year: error}\n"
        let source = project(["placard.yaml": strict, "content/a.md": message("schedule: {start: 2206-12-24 18:00}")])
        #expect(compile(source, analysis: .full, now: Self.now).diagnostics.map(\.severity) == [.note])
    }

    // MARK: Scenarios

    private static let scenario = """
        description: S
        now: 2026-12-02T10:15:00Z
        timezone: Europe/Paris
        context: {user: {country: FR}, app: {version: 3.4.0, platform: ios}}
        event: {name: session_start}
        history: [{message: a, shown: 2026-12-01T09:00:00Z, dismissed: 2026-12-01T09:01:00Z}]
        expect: {shows: a}

        """

    private func scenario(_ line: String, _ written: String) -> ProjectFiles {
        let text = Self.scenario.replacing(line, with: written)
        return project(["content/a.md": message(), "scenarios/s.yaml": text])
    }

    @Test(arguments: [
        ("expect: {shows: a}\n", "", "scenario/no-expectation scenarios/s.yaml:5:8"),
        ("2026-12-01T09:00:00Z", "2026-12-03T09:00:00Z", "scenario/time-order scenarios/s.yaml:6:31"),
        ("09:01:00Z", "08:01:00Z", "scenario/time-order scenarios/s.yaml:6:31"),
        ("12-01T09:01:00Z", "12-03T09:01:00Z", "scenario/time-order scenarios/s.yaml:6:64"),
        ("event:", "session: 2026-12-02T11:00:00Z\nevent:", "scenario/time-order scenarios/s.yaml:5:10"),
        // A consequence is not said beside its cause.
        ("country: FR", "contry: FR", "scenario/unknown-attribute scenarios/s.yaml:4:18"),
        ("expect:", "expects:", "schema/unknown-key scenarios/s.yaml:7:1"),
        ("shows: a", "shows: A", "scenario/unknown-message scenarios/s.yaml:7:17"),
        ("context:", "user:", "schema/unknown-key scenarios/s.yaml:4:1"),
        ("{message: a", "{id: a", "schema/unknown-key scenarios/s.yaml:6:12"),
    ])
    func aSlipInAScenarioIsOneDiagnostic(_ line: String, _ written: String, _ wanted: String) {
        let source = scenario(line, written)
        let before = compile(source)
        #expect(diagnostics(before) == [wanted])
        for trial in FixItTrial.all(in: source, before) {
            #expect(trial.complaints.isEmpty, "\(trial.complaints.joined(separator: "\n"))")
            #expect(trial.fixed["scenarios/s.yaml"] == Array(Self.scenario.utf8))
        }
    }

    @Test(arguments: [
        ("02.12.2026 10:15", "2026-12-02T10:15:00+01:00"), ("2026-12-02", "2026-12-02T00:00:00+01:00"),
        ("2026-07-02 10:15", "2026-07-02T10:15+02:00"), ("2026-12-02 1:015", "2026-12-02T10:15:00+01:00"),
    ])
    func aMomentIsWrittenOnTheUsersClock(_ written: String, _ meant: String) throws {
        let source = scenario("now: 2026-12-02T10:15:00Z", "now: \(written)")
        let fix = try #require(compile(source).diagnostics.first?.fixIts.first)
        let fixed = String(decoding: try #require(applying(fix, to: source)["scenarios/s.yaml"]), as: UTF8.self)
        #expect(fixed.contains("now: \"\(meant)\"\n"), "\(fixed)")
    }

    // MARK: What is inherited

    /// A fix that is right where the mistake is found, and wrong for another message that inherits it, is not offered.
    @Test func aFixOfDefaultsIsTriedOnAllThatInherit() {
        let heir = "---\ntemplate: note\ntitle: Hello\ntrigger: {event: order_status_changed}\n---\nHello.\n"
        func fixes(_ others: [String: String]) -> [String] {
            let files = ["content/x/_defaults.yaml": "audience: {\"==\": [{\"var\": \"user.country\"}, FR]}\n"]
            return compile(project(files.merging(others) { $1 })).diagnostics.flatMap(\.fixIts).map(\.title)
        }
        #expect(fixes(["content/x/a.md": message(), "content/x/b.md": heir]) == ["write `user.country == \"FR\"`"])
        let unknown = "audience: {\"==\": [{\"var\": \"user.town\"}, FR]}\n"
        let source = project(["content/x/_defaults.yaml": unknown, "content/x/a.md": message(), "content/x/b.md": heir])
        // What the file alone cannot tell: there is no such attribute.
        #expect(compile(source).diagnostics.map(\.id) == ["schema/wrong-type"])
        #expect(compile(source).diagnostics.flatMap(\.fixIts).isEmpty)
    }
}
