import CanonicalJSON
import PlacardBundle
import Testing

@testable import PlacardEngine

private func instant(_ text: String) -> Instant { Instant(text) ?? Instant(seconds: 0) }

/// Each gate, alone: the message fails it, and passes when the one thing changes.
@Suite struct GateTests {
    @Test func theTriggerIsAGate() {
        var world = World(message())
        world.event = "session_start"
        world.properties = [:]
        check(world, "trigger: the event is session_start, wants order_status_changed")
    }

    @Test func whatATriggerAsksIsAGate() {
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

    @Test func theAudienceIsAGate() {
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

    @Test func theScheduleIsAGate() {
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

    @Test func aReminderIsAGate() {
        var world = World(message())
        world.history.recordReminder(of: "m", notBefore: instant("2026-12-02T09:15:01Z"))
        check(world, "dismissed: to be shown again, but not before 2026-12-02T09:15:01Z")
        world.now = instant("2026-12-02T09:15:01Z")
        check(world, "shown: it comes first")
    }

    @Test func theRolloutIsAGate() {
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

    @Test func aMissingTextIsAGate() {
        var world = World(message())
        world.texts = [:]
        check(world, "locale: no text in en")
    }

    @Test func aMissingValueIsAGate() {
        var world = World(message(needs: ["user.first_name"]))
        check(world, "shown: it comes first")
        world.context = ["user": ["country": "FR"], "app": ["version": "3.4.0", "platform": "ios"]]
        check(world, "missing-value: user.first_name has neither a value nor a fallback")
        world.texts["m"]?.fallbacks["user.first_name"] = .plain("there")
        check(world, "shown: it comes first")
    }

    @Test func gatesComeInOrder() {
        // Everything is wrong at once; each correction shows the next gate.
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
        func correct(_ change: (inout CatalogMessage) -> Void) {
            change(&bad)
            world.messages = [bad]
        }
        var gates = [gate()]
        correct { $0.trigger.when = nil }
        gates.append(gate())
        correct { $0.audience = nil }
        gates.append(gate())
        correct { $0.schedule = nil }
        gates.append(gate())
        world.history = History()
        world.history.recordImpression(
            of: "n", at: Instant(seconds: 0), thread: (key: "t", event: instant("2026-12-31T00:00:00Z")))
        gates.append(gate())
        correct { $0.frequency = [] }
        gates.append(gate())
        world.groups = [:]
        gates.append(gate())
        correct { $0.rollout = nil }
        gates.append(gate())
        world.history = History()
        gates.append(gate())
        world.showing = []
        gates.append(gate())
        world.texts = ["m": World.text("m")]
        gates.append(gate())
        correct { $0.needs = [] }
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
