import CanonicalJSON
import PlacardBundle
import Testing

@testable import PlacardEngine

private func instant(_ text: String) -> Instant { Instant(text) ?? Instant(seconds: 0) }

/// Each gate, alone: the message fails it, and passes when the one thing changes.
@Suite struct GateTests {
    @Test func trigger() {
        var world = World(message())
        world.event = "session_start"
        world.properties = [:]
        check(world, "trigger: the event is session_start, wants order_status_changed")
    }

    @Test func when() {
        var world = World(
            message(trigger: Trigger(event: "order_status_changed", when: "event.status == \"ready\"")))
        check(world, "shown: it comes first")
        world.properties = ["order_id": "A-113", "status": "placed"]
        check(world, "when: event.status is \"placed\", wants \"ready\"")
    }

    @Test func whenReadsTheContextToo() {
        let world = World(
            message(
                trigger: Trigger(
                    event: "order_status_changed", when: "event.status == \"ready\" && user.country == \"US\"")))
        check(world, "when: user.country is \"FR\", wants \"US\"")
    }

    @Test func audience() {
        var world = World(message(audience: "user.country in [\"US\", \"CA\"]"))
        check(world, "audience: user.country is \"FR\", wants \"US\" or \"CA\"")
        world.context = ["user": ["country": "CA"], "app": ["version": "1.0.0", "platform": "ios"]]
        check(world, "shown: it comes first")
    }

    @Test func audienceThatDoesNotCompileIsNobody() {
        let world = World(message(audience: "user.country = 3"))
        #expect(world.engine.defects.map { $0.message } == ["m"])
        #expect(world.explain().reason(of: "m")?.gate == .audience)
        #expect(world.decide().shown == nil)
    }

    @Test func runTimeErrorIsNobody() {
        check(
            World(message(audience: "10 / user.orders_count > 1")), "audience: division by zero")
    }

    @Test func schedule() {
        check(
            World(message(schedule: Schedule(start: ScheduleTime("2026-12-03T00:00:00")))),
            "schedule: starts at 2026-12-03T00:00:00 (Europe/Paris)")
    }

    @Test func scheduleHoldsWhenTheMessageShows() {
        // The event is in time, but two seconds later the message would not be.
        let schedule = Schedule(end: ScheduleTime("2026-12-02T09:15:01Z"))
        check(
            World(message(trigger: Trigger(event: "order_status_changed", delay: 2000), schedule: schedule)),
            "schedule: ended at 2026-12-02T09:15:01Z")
        let world = World(message(trigger: Trigger(event: "order_status_changed", delay: 500), schedule: schedule))
        check(world, "shown: it comes first")
        #expect(world.decide().shown?.at == world.now.adding(milliseconds: 500))
    }

    @Test func dismissedForGood() {
        var world = World(message())
        world.history.recordDismissal(of: "m", at: instant("2026-12-01T10:00:00Z"))
        check(world, "dismissed: closed for good on 2026-12-01T10:00:00Z")
    }

    @Test func remindLater() {
        var world = World(message())
        world.history.recordReminder(of: "m", notBefore: instant("2026-12-02T09:15:01Z"))
        check(world, "dismissed: to be shown again, but not before 2026-12-02T09:15:01Z")
        world.now = instant("2026-12-02T09:15:01Z")
        check(world, "shown: it comes first")
    }

    @Test func rollout() {
        var world = World(message(rollout: 2500))
        let draw = Draw(.rollout, message: "m", unit: world.unit)
        let bucket = draw.bucket(of: 10_000)
        world.messages[0].rollout = bucket
        #expect(world.explain().reason(of: "m") == .rollout(share: bucket, bucket: bucket))
        world.messages[0].rollout = bucket + 1
        check(world, "shown: it comes first")
        world.messages[0].rollout = 0
        #expect(world.explain().reason(of: "m")?.gate == .rollout)
    }

    @Test func percentagesAreReadable() {
        #expect(
            Reason.rollout(share: 2550, bucket: 7105).text
                == "rollout: the user is at 71.05%, the rollout covers the first 25.5%")
    }

    @Test func missingText() {
        var world = World(message())
        world.texts = [:]
        check(world, "locale: no text in en")
    }

    @Test func missingValue() {
        var world = World(message(needs: ["user.first_name"]))
        check(world, "shown: it comes first")
        world.context = ["user": ["country": "FR"], "app": ["version": "3.4.0", "platform": "ios"]]
        check(world, "missing-value: user.first_name has neither a value nor a fallback")
        world.texts["m"]?.fallbacks["user.first_name"] = .plain("there")
        check(world, "shown: it comes first")
    }

    @Test func gatesComeInOrder() {
        // Everything is wrong at once; each mend shows the next gate.
        var bad = message(
            audience: "user.country == \"US\"",
            trigger: Trigger(event: "order_status_changed", when: "event.status == \"placed\""),
            schedule: Schedule(end: ScheduleTime("2026-01-01T00:00:00")),
            frequency: [FrequencyRule(count: 0, per: .total)], group: "g", rollout: 0, thread: .plain("t"),
            needs: ["user.url"])
        var world = World(bad)
        world.groups = ["g": GroupDeclaration(frequency: [FrequencyRule(count: 0, per: .total)])]
        world.texts = [:]
        world.history.recordDismissal(of: "m", thread: "t", at: Instant(seconds: 0))
        world.history.recordImpression(
            of: "n", at: Instant(seconds: 0), thread: (key: "t", event: instant("2026-12-31T00:00:00Z")))
        world.showing = [Showing(message: "x", surface: .modal, blocking: true)]
        func gate() -> Gate? { world.explain().reason(of: "m")?.gate }
        func mend(_ change: (inout CatalogMessage) -> Void) {
            change(&bad)
            world.messages = [bad]
        }
        var gates = [gate()]
        mend { $0.trigger.when = nil }
        gates.append(gate())
        mend { $0.audience = nil }
        gates.append(gate())
        mend { $0.schedule = nil }
        gates.append(gate())
        world.history = History()
        world.history.recordImpression(
            of: "n", at: Instant(seconds: 0), thread: (key: "t", event: instant("2026-12-31T00:00:00Z")))
        gates.append(gate())
        mend { $0.frequency = [] }
        gates.append(gate())
        world.groups = [:]
        gates.append(gate())
        mend { $0.rollout = nil }
        gates.append(gate())
        world.history = History()
        gates.append(gate())
        world.showing = []
        gates.append(gate())
        world.texts = ["m": World.text("m")]
        gates.append(gate())
        mend { $0.needs = [] }
        gates.append(gate())
        #expect(
            gates == [
                .when, .audience, .schedule, .dismissed, .frequency, .group, .rollout, .thread, .blocked, .locale,
                .missingValue, .shown,
            ])
    }

    @Test func reasonsAsJSON() {
        var world = World(message(audience: "user.country in [\"US\", \"CA\"]"))
        #expect(
            world.explain().reason(of: "m")?.json.canonicalString
                == #"{"gate":"audience","text":"user.country is \"FR\", wants \"US\" or \"CA\"","values":{"expression":"user.country in [\"US\", \"CA\"]","failing":["user.country is \"FR\", wants \"US\" or \"CA\""]}}"#
        )
        world.messages = [message(frequency: [FrequencyRule(count: 1, per: .session)])]
        world.history.recordImpression(of: "m", at: world.now)
        #expect(
            world.explain().reason(of: "m")?.json.canonicalString
                == #"{"gate":"frequency","text":"shown once in this session, at most 1","values":{"count":1,"rule":"1 per session"}}"#
        )
    }
}

@Suite struct OrderTests {
    private func winner(_ messages: CatalogMessage...) -> String? { World(messages).decide().shown?.message.id }

    @Test func priorityThenStartThenID() {
        #expect(winner(message("a", priority: 10), message("b", priority: 20)) == "b")
        let early = Schedule(start: ScheduleTime("2026-11-01T00:00:00"))
        let late = Schedule(start: ScheduleTime("2026-11-02T00:00:00"))
        #expect(winner(message("a", schedule: late), message("b", schedule: early)) == "b")
        #expect(winner(message("a", schedule: early), message("b")) == "b")
        #expect(winner(message("b"), message("a")) == "a")
        #expect(winner(message("é"), message("z")) == "z")
    }

    @Test func losersSayWhy() {
        let world = World(
            message("a", priority: 80), message("b", priority: 60),
            message("c", schedule: Schedule(start: ScheduleTime("2026-11-01T00:00:00")), priority: 80))
        check(world, "a", "shown: it comes first")
        check(world, "b", "lost: a comes first, by its higher priority")
        check(world, "c", "lost: a comes first, by its earlier start")
    }

    @Test func theOrderIsTotal() {
        // Any two of all combinations are ordered one way and not the other.
        var orders: [MessageOrder] = []
        for priority in [0, 50, 100] as [Int64] {
            for start in [nil, "2026-01-01T00:00:00", "2026-01-01T00:00:00Z", "2027-01-01T00:00:00"] {
                for id in ["a", "b", "B"] {
                    orders.append(
                        MessageOrder(
                            message(
                                id, schedule: start.map { Schedule(start: ScheduleTime($0)) }, priority: priority)))
                }
            }
        }
        for a in orders {
            for b in orders where a != b { #expect(a.precedes(b).0 != b.precedes(a).0) }
            #expect(!a.precedes(a).0)
        }
    }

    @Test func candidatesOfAnEvent() {
        let world = World(
            message("a", priority: 1), message("b", priority: 2), message("c", trigger: Trigger(event: "session_start"))
        )
        #expect(world.engine.candidates(event: "order_status_changed") == ["b", "a"])
        #expect(world.engine.candidates(event: "unknown") == [])
    }
}

@Suite struct SurfaceTests {
    @Test func blockingLetsNothingElse() {
        var world = World(message(surface: .toast))
        world.showing = [Showing(message: "x", surface: .modal, blocking: true)]
        check(world, "blocked: x shows and lets nothing else")
    }

    @Test func surfacesAreTaken() {
        var world = World(message(surface: .banner))
        world.showing = [Showing(message: "x", surface: .toast), Showing(message: "y", surface: .banner)]
        check(world, "blocked: y takes the surface banner")
        world.showing.removeLast()
        check(world, "shown: it comes first")
        world.showing = [Showing(message: "m", surface: .banner)]
        check(world, "blocked: m takes the surface banner")
    }

    @Test func notificationsAreNotOnTheScreen() {
        var world = World(message(surface: .push))
        world.showing = [Showing(message: "x", surface: .modal, blocking: true), Showing(message: "y", surface: .push)]
        check(world, "shown: it comes first")
        world = World(message(surface: .banner))
        world.showing = [Showing(message: "y", surface: .push, blocking: true)]
        check(world, "shown: it comes first")
    }
}

@Suite struct ThreadTests {
    private let thread = placeholder("order/", "event.order_id")

    private func world() -> World {
        World(message("order-ready", surface: .banner, thread: thread))
    }

    @Test func newerReplacesOlder() {
        var world = world()
        world.showing = [
            Showing(message: "order-placed", surface: .banner, blocking: true, thread: "order/A-113"),
            Showing(message: "tip", surface: .toast),
        ]
        check(world, "order-ready", "shown: it comes first")
        let shown = world.decide().shown
        #expect(shown?.thread == "order/A-113")
        #expect(shown?.replaces == ["order-placed"])
    }

    @Test func otherThreadsAreInTheWay() {
        var world = world()
        world.showing = [Showing(message: "order-placed", surface: .banner, thread: "order/B-7")]
        check(world, "order-ready", "blocked: order-placed takes the surface banner")
    }

    @Test func olderEventComesTooLate() {
        var world = world()
        let later = world.now.adding(seconds: 60)
        world.history.recordImpression(of: "order-picked-up", at: later, thread: (key: "order/A-113", event: later))
        check(
            world, "order-ready", "thread: the newer order-picked-up of the thread \"order/A-113\" has been shown")
        world.properties = ["order_id": "B-7", "status": "ready"]
        check(world, "order-ready", "shown: it comes first")
    }

    @Test func dismissalHoldsForTheThreadAlone() {
        var world = world()
        world.history.recordDismissal(of: "order-ready", thread: "order/A-113", at: Instant(seconds: 0))
        check(world, "order-ready", "dismissed: closed for good on 1970-01-01T00:00:00Z")
        world.properties = ["order_id": "B-7", "status": "ready"]
        check(world, "order-ready", "shown: it comes first")
    }

    @Test func keyWithoutAValue() {
        var world = world()
        world.properties = ["status": "ready"]
        check(world, "order-ready", "missing-value: event.order_id has neither a value nor a fallback")
    }

    @Test func recordingADecisionRemembersTheThread() {
        var world = world()
        guard let shown = world.decide().shown else {
            Issue.record("nothing shows")
            return
        }
        world.history.record(shown)
        world.now = world.now.adding(seconds: -60)
        check(
            world, "order-ready", "thread: the newer order-ready of the thread \"order/A-113\" has been shown")
    }
}

@Suite struct ExperimentTests {
    private let experiment = Experiment(
        variants: [ExperimentVariant(id: "control", weight: 50), ExperimentVariant(id: "urgent", weight: 50)],
        holdout: 1000)

    private func world(_ unit: Int, _ experiment: Experiment) -> World {
        var world = World(message("m", priority: 60, experiment: experiment), message("n", priority: 10))
        world.unit = "user-\(unit)"
        return world
    }

    @Test func holdoutsSeeWhatComesNextAndAreExposed() {
        var heldOut = 0
        for unit in 0..<300 {
            let world = world(unit, experiment)
            let decision = world.decide()
            let isHeldOut = Draw(.holdout, message: "m", unit: world.unit).isWithin(1000)
            heldOut += isHeldOut ? 1 : 0
            #expect(decision.shown?.message.id == (isHeldOut ? "n" : "m"))
            if isHeldOut {
                #expect(
                    decision.exposures == [Exposure(message: "m", arm: .holdout, withheld: true, at: world.now)])
                #expect(decision.reason(of: "m")?.gate == .holdout)
            } else {
                let variant = decision.shown?.variant ?? ""
                #expect(
                    decision.exposures == [
                        Exposure(message: "m", arm: .variant(variant), withheld: false, at: world.now)
                    ])
            }
        }
        #expect((10...60).contains(heldOut))
    }

    /// Wherever the treatment is eligible the holdout is exposed, and nowhere else: the gates never see the draw.
    @Test func holdoutEligibilityIsTheTreatments() {
        var compared = 0
        for unit in 0..<200 {
            for variation in 0..<6 {
                func vary(_ experiment: Experiment) -> Decision {
                    var world = world(unit, experiment)
                    switch variation {
                    case 0: world.context = ["user": ["country": unit % 2 == 0 ? "US" : "FR"]]
                    case 1: world.messages[0].rollout = 5000
                    case 2: world.showing = [Showing(message: "x", surface: .banner)]
                    case 3: world.messages[0].needs = ["user.url"]
                    case 4: world.messages[1].priority = 90
                    default: world.messages[0].frequency = [FrequencyRule(count: 0, per: .total)]
                    }
                    world.messages[0].audience = "user.country == \"US\" || user.country == \"FR\""
                    return world.explain()
                }
                let treated = vary(Experiment(variants: experiment.variants))
                let held = vary(Experiment(variants: experiment.variants, holdout: 10_000))
                let controlled = vary(
                    Experiment(variants: [ExperimentVariant(id: "none", weight: 1, withheld: true)]))
                let shows = treated.shown?.message.id == "m"
                #expect((held.reason(of: "m")?.gate == .holdout) == shows)
                #expect((controlled.reason(of: "m")?.gate == .control) == shows)
                #expect(held.exposures.contains { $0.message == "m" } == shows)
                #expect(controlled.exposures.contains { $0.message == "m" } == shows)
                if !shows { #expect(held.reason(of: "m") == treated.reason(of: "m")) }
                compared += 1
            }
        }
        #expect(compared == 1200)
    }

    @Test func withheldExposuresCountForTheMessageAlone() {
        var world = World(
            message(
                "m", frequency: [FrequencyRule(count: 1, per: .total)], group: "g",
                experiment: Experiment(holdout: 10_000)),
            message("n", group: "g", priority: 10))
        world.groups = ["g": GroupDeclaration(frequency: [FrequencyRule(count: 1, per: .total)])]
        let first = world.decide()
        #expect(first.exposures.count == 1)
        #expect(first.shown?.message.id == "n")
        world.history.record(withheld: first.exposures)
        // As in the treatment, the message has had its one time; the group has shown nothing yet.
        check(world, "m", "frequency: shown once in all, at most 1")
        check(world, "n", "shown: it comes first")
        world.messages[0].frequency = []
        check(world, "m", "group: group g shown once in all, at most 1")
    }

    @Test func controlThatSeesNothing() {
        let world = world(
            1, Experiment(variants: [ExperimentVariant(id: "none", weight: 1, withheld: true)]))
        let decision = world.decide()
        #expect(decision.reason(of: "m")?.text == "control: the variant none sees nothing")
        #expect(decision.exposures == [Exposure(message: "m", arm: .variant("none"), withheld: true, at: world.now)])
        #expect(decision.shown?.message.id == "n")
    }

    @Test func variantsChangeTextsFieldsAndActions() {
        var world = World(
            message(
                experiment: Experiment(variants: [
                    ExperimentVariant(
                        id: "urgent", weight: 1, fields: ["tone": .string("warning")],
                        actions: [BundleAction(id: "go", .dismiss)])
                ]), actions: [BundleAction(id: "view", .dismiss)], fields: ["tone": .string("info"), "n": .int(1)]))
        world.texts["m"]?.variants["urgent"] = LocalizedContent(
            fields: ["title": .text(.plain("Now!"))], actions: ["go": .plain("Go")])
        let shown = world.decide().shown
        #expect(shown?.variant == "urgent")
        #expect(shown?.content.fields == ["title": .text("Now!"), "tone": .string("warning"), "n": .int(1)])
        #expect(shown?.content.actions == [RenderedAction(id: "go", label: "Go", kind: .dismiss)])
    }
}
