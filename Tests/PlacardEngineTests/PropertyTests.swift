import CanonicalJSON
import ConformanceSupport
import PlacardBundle
import Testing

@testable import PlacardEngine

extension SplitMix {
    fileprivate mutating func next(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

    fileprivate mutating func chance(_ percent: Int) -> Bool { next(100) < percent }
}

/// What holds of every decision, over generated projects and histories.
@Suite struct DecisionPropertyTests {
    private static let audiences = [
        "user.country == \"FR\"", "user.country in [\"US\", \"CA\"]", "user.orders_count >= 3", "!user.rated",
        "\"gold\" in user.segments || user.orders_count > 5", "app.version >= semver(\"3.2.0\")",
        "has(user.first_name) && user.first_name.startsWith(\"Z\")",
    ]

    private func message(_ index: Int, _ random: inout SplitMix) -> CatalogMessage {
        var message = PlacardEngineTests.message("m\(index)")
        message.surface = Surface.allCases[random.next(Surface.allCases.count)]
        message.blocking = random.chance(20)
        message.priority = Int64(random.next(4) * 25)
        if random.chance(60) { message.audience = Self.audiences[random.next(Self.audiences.count)] }
        if random.chance(30) { message.trigger = Trigger(event: "session_start") }
        if random.chance(30) { message.trigger.delay = Int64(random.next(5000)) }
        if random.chance(30) {
            message.schedule = Schedule(
                start: ScheduleTime("2026-12-0\(random.next(4) + 1)T09:00:00"),
                hours: Hours(start: Int64(random.next(24)) * 60, end: 1440), days: random.chance(30) ? [.wednesday] : []
            )
        }
        if random.chance(40) {
            message.frequency = [FrequencyRule(count: Int64(random.next(3)), per: .seconds(86_400))]
        }
        if random.chance(30) { message.group = "g" }
        if random.chance(30) { message.rollout = Int64(random.next(10_001)) }
        if random.chance(40) {
            message.experiment = Experiment(
                variants: [
                    ExperimentVariant(id: "a", weight: 1),
                    ExperimentVariant(id: "b", weight: 1, withheld: random.chance(30)),
                ], holdout: Int64(random.next(6000)))
        }
        if random.chance(30) { message.thread = .plain("t\(random.next(2))") }
        if random.chance(20) { message.needs = ["user.first_name"] }
        return message
    }

    private func world(_ seed: Int) -> World {
        var random = SplitMix(state: UInt64(seed))
        var world = World((0..<(2 + random.next(14))).map { message($0, &random) })
        world.groups = ["g": GroupDeclaration(frequency: [FrequencyRule(count: 1, per: .seconds(3600))])]
        world.unit = "user-\(random.next(1000))"
        if random.chance(50) {
            world.context = [
                "user": ["country": "US", "orders_count": .integer(random.next(9))], "app": ["version": "3.0.0"],
            ]
        }
        if random.chance(30) {
            world.event = "session_start"
            world.properties = [:]
        }
        for message in world.messages where random.chance(30) {
            world.history.recordImpression(of: message.id, at: world.now.adding(seconds: Int64(-random.next(100_000))))
        }
        for message in world.messages where random.chance(10) {
            world.history.recordDismissal(of: message.id, at: world.now)
        }
        if random.chance(20) {
            world.showing = [Showing(message: "x", surface: .banner, blocking: random.chance(50), thread: "t0")]
        }
        return world
    }

    @Test func decisionsAreSound() {
        var gates: Set<String> = []
        for seed in 0..<400 {
            let world = world(seed)
            let explained = world.explain()
            let decided = world.decide()
            #expect(decided.shown?.message.id == explained.shown?.message.id, "seed \(seed)")
            #expect(decided.exposures == explained.exposures, "seed \(seed)")
            // Every message has exactly one verdict, in the order of ids.
            #expect(explained.verdicts.map { $0.message } == world.catalog.messages.map { $0.id }, "seed \(seed)")
            for verdict in explained.verdicts { gates.insert(verdict.reason.gate.rawValue) }
            // What shows is the first by the order of all that could.
            let orders = world.messages.filter { message in
                [Gate.shown, .lost].contains(explained.reason(of: message.id)?.gate)
            }.map { MessageOrder($0) }.sorted { $0.precedes($1).0 }
            #expect(orders.first?.id == explained.shown?.message.id, "seed \(seed)")
            // Holdouts and controls come before what shows, and each is exposed.
            for verdict in explained.verdicts where [.holdout, .control].contains(verdict.reason.gate) {
                #expect(explained.exposures.contains { $0.message == verdict.message && $0.withheld }, "seed \(seed)")
            }
            for exposure in explained.exposures {
                #expect(exposure.withheld == (exposure.message != explained.shown?.message.id), "seed \(seed)")
            }
        }
        // The generator reaches every gate that it can.
        #expect(
            gates.isSuperset(
                of: Gate.allCases.map { $0.rawValue }.filter { !["when", "locale", "thread"].contains($0) }))
    }

    @Test func theOrderOfTheCatalogIsOfNoImportance() {
        for seed in 0..<100 {
            let world = world(seed)
            var reversed = world
            reversed.messages.reverse()
            let (one, other) = (world.explain(), reversed.explain())
            #expect(one.verdicts == other.verdicts)
            #expect(one.shown?.content == other.shown?.content)
        }
    }

    @Test func theWireChangesNothing() throws {
        for seed in 0..<100 {
            let world = world(seed)
            let catalog = try Catalog(json: JSONValue(parsing: world.catalog.json.canonicalBytes))
            #expect(catalog == world.catalog)
            let engine = Engine(catalog, platform: EnginePlatform(timeZones: systemZones))
            let texts = LocaleTexts(world.localeFile)
            #expect(engine.explain(world.request(engine), texts: texts).verdicts == world.explain().verdicts)
        }
    }

    /// As clients read it: texts and catalog as bytes, and conditions without their trees.
    @Test func whatTakesLessMemorySaysTheSame() throws {
        for seed in 0..<100 {
            let world = world(seed)
            var engine = try Engine(
                reading: world.catalog.json.canonicalBytes, platform: EnginePlatform(timeZones: systemZones))
            let texts = try LocaleTexts(reading: world.localeFile.json.canonicalBytes)
            let (request, expected) = (world.request(engine), world.explain())
            for _ in 0..<2 {
                let explained = engine.explain(request, texts: texts)
                #expect(explained.verdicts == expected.verdicts)
                #expect(explained.shown?.content == expected.shown?.content)
                #expect(engine.decide(request, texts: texts).exposures == world.decide().exposures)
                engine.prepare(event: request.event.name)
            }
        }
    }

    @Test func holdoutsNeverChangeWhoIsEligible() {
        for seed in 0..<120 {
            let world = world(seed)
            var without = world
            for index in without.messages.indices { without.messages[index].experiment = nil }
            let (one, other) = (world.explain(), without.explain())
            for message in world.messages {
                let a = one.reason(of: message.id)
                let b = other.reason(of: message.id)
                #expect(a?.isEligible == b?.isEligible)
                if a?.isEligible == false { #expect(a == b) }
            }
        }
    }
}
