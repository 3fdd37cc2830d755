import PlacardCompiler
import SourceDiagnostics
import Testing

// Slips of a first day in front matter, placard.yaml and scenarios: the file after the fixes that are offered, and that it
// compiles.

private let attributes = baseProject.replacing(
    "    orders_count:",
    with: """
            joined: {type: timestamp, optional: true}
            since: {type: timestamp, default: "2026-01-01T00:00:00Z"}
            premium: {type: bool, default: false}
            orders_count:
        """)

/// Lines with a slip, and what the fixes that are offered make of them.
struct LineSlip: Sendable, CustomTestStringConvertible {
    /// The lines that hold the slip, and those that the fixes make of them.
    var lines: String
    var fixed: String
    /// The kinds of the fixes that were made.
    var kinds: [String]
    var testDescription: String { lines }

    init(_ lines: String, _ fixed: String, _ kinds: String...) {
        self.lines = lines
        self.fixed = fixed
        self.kinds = kinds
    }
}

/// Makes the first fix of each error at once, as `check --fix=likely` does, until none is left.
func corrected(_ source: ProjectFiles) -> (files: ProjectFiles, kinds: [String]) {
    var files = source
    var kinds: [String] = []
    for _ in 0..<4 {
        let before = compile(files)
        for trial in FixItTrial.all(in: files, before) {
            #expect(trial.complaints.isEmpty, "\(trial.complaints.joined(separator: "\n"))")
        }
        guard let fixIt = before.diagnostics.lazy.filter({ $0.severity == .error }).compactMap(\.fixIts.first).first,
            fixIt.applicability != .displayOnly
        else { break }
        kinds.append(fixIt.applicability == .safe ? "safe" : "likely")
        files = applying(fixIt, to: files)
    }
    return (files, kinds)
}

func expect(
    _ slip: LineSlip, in files: [String: String], _ path: String, sourceLocation: SourceLocation = #_sourceLocation
) {
    let (fixed, kinds) = corrected(project(files))
    let text = String(decoding: fixed[path] ?? [], as: UTF8.self)
    #expect(text == files[path]?.replacing(slip.lines, with: slip.fixed), sourceLocation: sourceLocation)
    #expect(kinds == slip.kinds, sourceLocation: sourceLocation)
    #expect(diagnostics(compile(fixed)).filter { !$0.hasPrefix("analysis/") } == [], sourceLocation: sourceLocation)
}

@Suite struct FirstSlipTests {
    @Test(arguments: [
        // Quotation marks of word processors.
        LineSlip("audience: user.country == ‘FR’", "audience: user.country == 'FR'", "safe"),
        LineSlip("audience: “user.country == 'FR'”", "audience: user.country == 'FR'", "safe"),
        LineSlip("audience: “user.country == ‘FR’”", "audience: user.country == 'FR'", "safe", "safe"),
        LineSlip("audience: «user.country == \"FR\"»", "audience: user.country == \"FR\"", "safe"),
        LineSlip("audience: “user.country == \"FR\"", "audience: user.country == \"FR\"", "safe"),
        LineSlip("audience: 'user.country == ‘FR’'", "audience: 'user.country == ''FR'''", "safe"),
        // What is behind the first mistake is fixed with it.
        LineSlip("audience: country = FR", "audience: user.country == \"FR\"", "likely"),
        LineSlip("audience: {$user.country} == \"FR\"", "audience: 'user.country == \"FR\"'", "likely"),
        LineSlip("audience: `user.country == \"FR\"`", "audience: 'user.country == \"FR\"'", "likely"),
        LineSlip("audience: user.country: \"FR\"", "audience: 'user.country == \"FR\"'", "likely"),
        LineSlip("audience: !user.country in [\"FR\"]", "audience: '!(user.country in [\"FR\"])'", "likely"),
        LineSlip(
            "audience: user.first_name like \"Z%\"",
            "audience: has(user.first_name) && user.first_name.startsWith(\"Z\")", "likely"),
        LineSlip(
            "audience: user.joined > \"2026-01-01\"",
            "audience: 'has(user.joined) && user.joined > timestamp(\"2026-01-01T00:00:00Z\")'", "likely"),
        // A missing value is not null.
        LineSlip("audience: user.joined == null", "audience: \"!has(user.joined)\"", "likely"),
        LineSlip("audience: user.joined != null", "audience: \"has(user.joined)\"", "likely"),
        LineSlip(
            "audience: user.joined != null && user.joined > user.since",
            "audience: has(user.joined) && user.joined > user.since", "likely"),
        // A condition as a list or a mapping.
        LineSlip(
            "audience: [user.premium, user.orders_count > 3]", "audience: user.premium && user.orders_count > 3",
            "likely"),
        LineSlip(
            "audience:\n  - user.premium\n  - user.orders_count > 3", "audience: user.premium && user.orders_count > 3",
            "likely"),
        LineSlip("audience: {user: {country: FR}}", "audience: user.country == \"FR\"", "likely"),
        LineSlip("audience: {user.country: [FR, US]}", "audience: 'user.country in [\"FR\", \"US\"]'", "likely"),
        LineSlip("audience: user.segments contains \"a\"", "audience: '\"a\" in user.segments'", "likely"),
        LineSlip("audience: user.orders_count ≥ 3", "audience: user.orders_count >= 3", "safe"),
        LineSlip("audience: user.orders_count &gt; 3", "audience: user.orders_count > 3", "safe"),
        LineSlip(
            "audience: user.premium &&\nuser.orders_count > 3", "audience: user.premium &&\n  user.orders_count > 3",
            "likely"),
        LineSlip("audience = user.premium", "audience: user.premium", "likely"),
        // YAML between brackets.
        LineSlip("frequency: [1 per session]]", "frequency: [1 per session]", "likely"),
        LineSlip("frequency: [1 per session}", "frequency: [1 per session]", "likely"),
        LineSlip("frequency: - 1 per session", "frequency: [1 per session]", "likely"),
        LineSlip("schedule: {start:2030-01-01 09:00}", "schedule: {start: 2030-01-01 09:00}", "likely"),
        LineSlip("priority: 50.0", "priority: 50", "likely"), LineSlip("onMissing: skip", "onMissing: hide", "likely"),
    ])
    func aSlipInFrontMatter(_ slip: LineSlip) {
        expect(slip, in: ["placard.yaml": attributes, "content/a.md": message(slip.lines)], "content/a.md")
    }

    @Test(arguments: [
        LineSlip("trigger: {event: session_start}}", "trigger: {event: session_start}", "likely"),
        LineSlip("trigger: {event: session_start", "trigger: {event: session_start}", "likely"),
        LineSlip("trigger: {{event: session_start}}", "trigger: {event: session_start}", "likely"),
        LineSlip("trigger: {event:session_start, delay:5s}", "trigger: {event: session_start, delay: 5s}", "likely"),
        LineSlip("trigger: {event: session_start delay: 5s}", "trigger: {event: session_start, delay: 5s}", "likely"),
        LineSlip("trigger: event: session_start", "trigger: {event: session_start}", "likely"),
        LineSlip("trigger:\n  - session_start", "trigger:\n  {event: session_start}", "likely"),
    ])
    func aSlipInATrigger(_ slip: LineSlip) {
        let text = message().replacing("trigger: {event: session_start}", with: slip.lines)
        expect(slip, in: ["content/a.md": text], "content/a.md")
    }

    @Test func aBraceOrAColonTooManyOrTooFewIsOneDiagnostic() {
        func ids(_ trigger: String) -> [String] {
            let text = message().replacing("trigger: {event: session_start}", with: trigger)
            return diagnostics(compile(project(["content/a.md": text])))
        }
        #expect(ids("trigger: {event: session_start}}") == ["yaml/unclosed-bracket content/a.md:4:32"])
        #expect(ids("trigger: {event:session_start}") == ["yaml/missing-colon content/a.md:4:11"])
    }

    @Test(arguments: [
        LineSlip(
            "    country: {type: string, values: [US, FR], default: fr}",
            "    country: {type: string, values: [US, FR], default: FR}", "likely"),
        LineSlip("    country: {type: list<string>}", "    country: {type: list(string)}", "likely"),
        LineSlip("    country: {type: \"string[]\"}", "    country: {type: \"list(string)\"}", "likely"),
        LineSlip(
            "    country: {type: \"Map<String, Integer>\"}", "    country: {type: \"map(string, int)\"}", "likely"),
        LineSlip("    country: datetime", "    country: timestamp", "likely"),
        LineSlip("    country: {type: bool, default: no}", "    country: {type: bool, default: false}", "likely"),
        LineSlip("    country: {type: int, default: 1_000}", "    country: {type: int, default: 1000}", "likely"),
        LineSlip("    country: {type:string}", "    country: {type: string}", "likely"),
        LineSlip("    country:string", "    country: string", "likely"),
    ])
    func aSlipInThePlacardFile(_ slip: LineSlip) {
        let text = "source: en\ncontext:\n  user:\n\(slip.lines)\nevents: {session_start: {}}\n"
        expect(slip, in: ["placard.yaml": text], "placard.yaml")
    }

    @Test(arguments: [
        LineSlip("events:\n  session_start:", "events:\n  session_start: {}", "likely"),
        LineSlip("events:\n  - session_start\n  - paid", "events:\n  session_start: {}\n  paid: {}", "likely"),
        LineSlip("events: [session_start, paid]", "events: {session_start: {}, paid: {}}", "likely"),
        LineSlip("lint: {text/too-long: off}", "lint: {text/too-long: allow}", "likely"),
        LineSlip("locales:\n  fr:optional", "locales:\n  fr: optional", "likely"),
    ])
    func aSlipInItsLists(_ slip: LineSlip) {
        expect(slip, in: ["placard.yaml": "source: en\n\(slip.lines)\n"], "placard.yaml")
    }

    private static let scenario = """
        description: S
        now: 2026-12-02T10:15:00Z
        context: {user: {country: FR}, app: {version: 3.4.0, platform: ios}}
        event: {name: session_start}
        expect:
          shows: a

        """

    @Test(arguments: [
        // That nothing may show.
        LineSlip("  shows: nothing", "  shows: []", "likely"), LineSlip("  shows: none", "  shows: []", "likely"),
        LineSlip("  shows: null", "  shows: []", "likely"), LineSlip("  shows: ~", "  shows: []", "likely"),
        LineSlip("  shows:", "  shows: []", "likely"), LineSlip("  shows: ''", "  shows: []", "likely"),
        LineSlip("  shows: false", "  shows: []", "likely"), LineSlip("  shows: [a]", "  shows: a", "likely"),
        LineSlip("expect: nothing", "expect: {shows: []}", "likely"),
        LineSlip("expect: a", "expect: {shows: a}", "likely"),
        // Values of another type.
        LineSlip("country: FR}, app", "country: FR}, app"), LineSlip("country: fr}", "country: FR}", "likely"),
        LineSlip("country: FR, orders_count: '3'}", "country: FR, orders_count: 3}", "likely"),
        LineSlip("country: FR, orders_count: 3.0}", "country: FR, orders_count: 3}", "likely"),
        LineSlip("country: FR, segments: gold}", "country: FR, segments: [gold]}", "likely"),
        LineSlip("now: 2026-12-02 10:15", "now: \"2026-12-02T10:15Z\"", "likely"),
    ])
    func aSlipInAScenario(_ slip: LineSlip) {
        var text = FirstSlipTests.scenario
        if slip.lines.hasPrefix("  shows") {
            text = text.replacing("  shows: a", with: slip.lines)
        } else if slip.lines.hasPrefix("expect") {
            text = text.replacing("expect:\n  shows: a", with: slip.lines)
        } else if slip.lines.hasPrefix("now") {
            text = text.replacing("now: 2026-12-02T10:15:00Z", with: slip.lines)
        } else {
            text = text.replacing("country: FR}", with: slip.lines.replacing(", app", with: ""))
        }
        expect(slip, in: ["content/a.md": message(), "scenarios/s.yaml": text], "scenarios/s.yaml")
    }

    @Test func anEmptyListExpectsThatNothingShows() throws {
        let text = FirstSlipTests.scenario.replacing("shows: a", with: "shows: []")
        let compilation = compile(project(["content/a.md": message(), "scenarios/s.yaml": text]))
        #expect(diagnostics(compilation) == [])
        let expectation = try #require(compilation.scenarios.first?.expectation)
        #expect(expectation.shows == nil)
    }

    @Test func aFixThatLeavesAnErrorInItsLineIsNotSafe() {
        // The quotation marks are right; the condition is not one.
        let files = project(["placard.yaml": attributes, "content/a.md": message("audience: !user.country")])
        let fixIts = compile(files).diagnostics.flatMap(\.fixIts)
        #expect(fixIts.map(\.applicability) == [.unsafe])
        // Two safe ones of a line are safe together.
        let both = project(["placard.yaml": attributes, "content/a.md": message("audience: user.country = “FR”")])
        #expect(compile(both).diagnostics.flatMap(\.fixIts).map(\.applicability) == [.safe, .safe])
    }

    @Test func aRequiredLocaleIsToBeCompletedAndNotRemoved() {
        let required = baseProject.replacing("{fr: optional, ar: optional}", with: "{fr: required}")
        let found = compile(
            project([
                "placard.yaml": required, "content/a.md": message("push: {title: Hi, body: There}"),
                "content/a.fr.md": "---\ntitle: Bonjour\n---\nSalut.\n",
            ])
        ).diagnostics
        #expect(found.map(\.id) == ["translation/missing-text"])
        #expect(
            found.first?.notes == [
                "add `push: {title: …, body: …}`",
                "placard.yaml requires this locale; `placard new translation a fr --update` adds what is missing",
            ])
    }
}
