import PlacardCompiler
import SourceDiagnostics
import Testing

// Several events where one is meant, attributes that stand outside of their groups or too deep in them, and fixes in files that
// several messages share.

@Suite struct SeveralEventTests {
    @Test(arguments: [
        "trigger: {event: [session_start, order_status_changed]}",
        "trigger: {events: [session_start, order_status_changed]}",
        "trigger: [{event: session_start}, {event: order_status_changed}]",
        "trigger: {event: session_start or order_status_changed}",
        "trigger: {event: session_start, order_status_changed}",
        "trigger:\n  - session_start\n  - order_status_changed",
    ])
    func severalEventsAreOneDiagnosticWithAWayOut(_ trigger: String) throws {
        let content = message().replacing("trigger: {event: session_start}", with: trigger)
        let found = compile(project(["content/a.md": content])).diagnostics
        #expect(found.map(\.id) == ["schema/several-events"])
        #expect(found.first?.notes.first?.contains("`session_start`, `order_status_changed`") == true)
        // None is dropped without being asked.
        #expect(found.flatMap(\.fixIts).allSatisfy { $0.applicability == .displayOnly })
    }

    @Test func theOnlyOneThatIsDeclaredIsALikelyFix() {
        let content = message().replacing("session_start}", with: "[app_open_x, sesion_start]}")
        let trials = FixItTrial.all(in: project(["content/a.md": content]))
        #expect(trials.map(\.fixIt.title) == ["keep `sesion_start` alone, write `session_start`"])
        #expect(trials.allSatisfy { $0.after.diagnostics.isEmpty && $0.complaints.isEmpty })
    }

    @Test func aNumberOfTimesIsTheAppsToCount() {
        let content = message().replacing("session_start}", with: "session_start, count: 3}")
        let found = compile(project(["content/a.md": content])).diagnostics
        #expect(found.map(\.id) == ["schema/unknown-key"])
        #expect(found.first?.notes.first?.contains("for the app to count") == true)
    }
}

@Suite struct FlatContextTests {
    private static let sound = """
        description: Someone
        now: 2030-03-04T10:15:00Z
        context: {user: {country: US}, app: {version: 1.0.0, platform: ios}}
        event: {name: session_start}
        expect: {shows: a}

        """
    private static let line = "context: {user: {country: US}, app: {version: 1.0.0, platform: ios}}"

    @Test(arguments: [
        "context: {user.country: US, app.version: 1.0.0, app.platform: ios}",
        "context: {country: US, version: 1.0.0, platform: ios}",
        "context:\n  user.country: US\n  app.version: 1.0.0\n  app.platform: ios",
        "context:\n  user: {country: US}\n  version: 1.0.0\n  app.platform: ios",
        "user: {country: US}\napp: {version: 1.0.0, platform: ios}",
        "user:\n  country: US\napp.version: 1.0.0\nplatform: ios",
        "country: US\nversion: 1.0.0\nplatform: ios",
    ])
    func attributesWithoutTheirGroupsArePutIntoThem(_ flat: String) throws {
        let text = FlatContextTests.sound.replacing(FlatContextTests.line, with: flat)
        let source = project(["content/a.md": message(), "scenarios/a.yaml": text])
        let trials = FixItTrial.all(in: source)
        #expect(compile(source).diagnostics.count == 1)
        #expect(trials.map(\.fixIt.title) == ["put them into their groups"])
        let trial = try #require(trials.first)
        #expect(trial.complaints.isEmpty && trial.after.diagnostics.isEmpty)
        let right = compile(project(["content/a.md": message(), "scenarios/a.yaml": FlatContextTests.sound]))
        #expect(trial.after.scenarios.map(\.context) == right.scenarios.map(\.context))
    }

    @Test func aCommentAmongThemIsNotLost() {
        let text = FlatContextTests.sound.replacing(
            FlatContextTests.line, with: "context:\n  country: US # of the shop\n  version: 1.0.0\n  platform: ios")
        let found = compile(project(["content/a.md": message(), "scenarios/a.yaml": text])).diagnostics
        #expect(found.map(\.id) == ["scenario/unknown-attribute"])
        #expect(found.flatMap(\.fixIts).isEmpty)
    }

    @Test(arguments: [
        "  order_status_changed:\n    properties:\n      order_id: string\n",
        "  order_status_changed: {properties: {order_id: string}}\n",
    ])
    func propertiesBelowAKeyOfTheirOwnAreTakenOut(_ event: String) throws {
        let text = "source: en\ncontext: {}\nevents:\n" + event
        let content = message().replacing(
            "event: session_start", with: "event: order_status_changed, when: 'event.order_id != \"\"'")
        let source = project(["placard.yaml": text, "content/a.md": content])
        #expect(compile(source).diagnostics.map(\.id) == ["schema/wrong-type"])
        let trials = FixItTrial.all(in: source)
        #expect(trials.map(\.fixIt.title) == ["leave out `properties`"])
        #expect(trials.allSatisfy { $0.after.diagnostics.isEmpty && $0.complaints.isEmpty })
    }
}

@Suite struct SharedFileTests {
    @Test func aFixInDefaultsOfSeveralMessagesIsAtMostLikely() {
        let defaults = "audience: “user.country == 'US'”\n"
        func kinds(_ files: [String: String]) -> [FixIt.Applicability] {
            compile(project(files)).diagnostics.flatMap(\.fixIts).map(\.applicability)
        }
        let alone = ["content/x/_defaults.yaml": defaults, "content/x/a.md": message()]
        #expect(kinds(alone) == [.safe])
        #expect(kinds(alone.merging(["content/x/b.md": message()]) { $1 }).allSatisfy { $0 == .unsafe })
    }
}

@Suite struct ListEndTests {
    @Test func aListEndsBeforeTheKeyThatIsNoneOfItsItems() {
        let text = baseProject.replacing(
            "values: [US, CA, FR, GB]}", with: "values: [US, CA, FR, GB, words: \"in {value}\", description: A country}"
        )
        let trials = FixItTrial.all(in: project(["placard.yaml": text, "content/a.md": message()]))
        #expect(trials.map(\.fixIt.title) == ["put `]` before the comma"])
        let fixed = trials.map { String(decoding: $0.fixed["placard.yaml"] ?? [], as: UTF8.self) }
        #expect(fixed.allSatisfy { $0.contains("GB], words: \"in {value}\", description: A country}") })
        #expect(trials.allSatisfy { $0.complaints.isEmpty && $0.after.diagnostics.isEmpty })
    }

    @Test func aTranslationThatCannotBeReadIsNotMissingToo() {
        let text = baseProject.replacing("fr: optional", with: "fr: required")
        let files = ["placard.yaml": text, "content/a.md": message(), "content/a.fr.md": overlay("title: [Bonjour")]
        #expect(compile(project(files)).diagnostics.map(\.id) == ["yaml/unclosed-bracket"])
    }
}

@Suite struct ManySlipsTests {
    /// What is printed is cut short; what tools read, and what is put right, is not.
    @Test func allSlipsOfATextAreFoundAndHaveTheirFix() {
        let text = "Well done :tada: " + String(repeating: "and done :tada: ", count: 39) + "\n"
        let found = compile(project(["content/a.md": message(body: text)])).diagnostics.filter {
            $0.id == "text/shortcode"
        }
        #expect(found.count == 40 && found.allSatisfy { $0.fixIts.count == 1 })
    }

    @Test func aColonTooManyInAnAddressIsLeftOut() {
        let trials = FixItTrial.all(in: project(["content/a.md": message(body: "[Your trips](starling:://trips/1)\n")]))
        let fixed = trials.map { String(decoding: $0.fixed["content/a.md"] ?? [], as: UTF8.self) }
        #expect(fixed.count == 1 && fixed.allSatisfy { $0.contains("(starling://trips/1)") })
        #expect(trials.allSatisfy { $0.complaints.isEmpty && $0.after.diagnostics.isEmpty })
    }

    @Test(arguments: [
        ("Europe/Paris", "+01:00"), ("America/St_Johns", "-03:30"), ("UTC", "+00:00"), ("Asia/Kolkata", "+05:30"),
    ])
    func aMomentIsReadOnTheClockOfItsScenario(_ zone: String, _ offset: String) {
        let scenario = """
            description: Somebody in the evening
            now: 2026-12-05 19:00
            timezone: \(zone)
            event: {name: session_start}
            expect: {shows: []}
            """
        let trials = FixItTrial.all(in: project(["content/a.md": message(), "scenarios/x.yaml": scenario]))
        let fixed = trials.map { String(decoding: $0.fixed["scenarios/x.yaml"] ?? [], as: UTF8.self) }
        #expect(fixed.count == 1 && fixed.allSatisfy { $0.contains("2026-12-05T19:00\(offset)") }, "\(fixed)")
        #expect(trials.map(\.fixIt.title) == ["write `2026-12-05T19:00\(offset)`"])
    }
}
