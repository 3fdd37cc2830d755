import CanonicalJSON
import PlacardBundle
import Testing

@testable import PlacardEngine

@Suite struct FrequencyTests {
    private func instant(_ text: String) -> Instant { Instant(text) ?? Instant(seconds: 0) }

    private func world(_ rules: FrequencyRule..., shown: [String]) -> World {
        var world = World(message(frequency: rules))
        for text in shown { world.history.recordImpression(of: "m", at: instant(text)) }
        return world
    }

    @Test func aWindowIsRolling() {
        let rule = FrequencyRule(count: 1, per: .seconds(86_400))
        check(world(rule, shown: []), "shown: it comes first")
        check(
            world(rule, shown: ["2026-12-01T09:15:01Z"]), "frequency: shown once in the last 1d, at most 1")
        // To the second a day ago: the window is open at its start.
        check(world(rule, shown: ["2026-12-01T09:15:00Z"]), "shown: it comes first")
        // A clock that was set back does not let a message through again.
        check(world(rule, shown: ["2026-12-05T00:00:00Z"]), "frequency: shown once in the last 1d, at most 1")
    }

    @Test func everyRuleMustAllow() {
        let rules = [FrequencyRule(count: 3, per: .seconds(604_800)), FrequencyRule(count: 4, per: .total)]
        var world = World(message(frequency: rules))
        for text in ["2026-11-01T00:00:00Z", "2026-11-02T00:00:00Z", "2026-12-01T00:00:00Z"] {
            world.history.recordImpression(of: "m", at: instant(text))
        }
        check(world, "shown: it comes first")
        world.history.recordImpression(of: "m", at: instant("2026-11-03T00:00:00Z"))
        check(world, "frequency: shown 4 times in all, at most 4")
        world.history.recordImpression(of: "m", at: instant("2026-12-02T00:00:00Z"))
        world.history.recordImpression(of: "m", at: instant("2026-12-02T01:00:00Z"))
        check(world, "frequency: shown 3 times in the last 7d, at most 3")
    }

    @Test func aSessionCountsItsOwnShowings() {
        var world = world(FrequencyRule(count: 1, per: .session), shown: ["2026-12-02T09:00:00Z"])
        check(world, "shown: it comes first")
        world.sessionStart = instant("2026-12-02T09:00:00Z")
        check(world, "frequency: shown once in this session, at most 1")
        world.sessionStart = instant("2026-12-02T09:00:01Z")
        check(world, "shown: it comes first")
    }

    @Test func aFrequencyOfZeroIsNever() {
        check(world(FrequencyRule(count: 0, per: .total), shown: []), "frequency: is never to be shown: 0 total")
    }

    @Test func groupCountsAllItsMessages() {
        var world = World(message("m", group: "promotions"), message("n", group: "promotions"), message("o"))
        world.groups = ["promotions": GroupDeclaration(frequency: [FrequencyRule(count: 1, per: .seconds(86_400))])]
        check(world, "shown: it comes first")
        world.history.recordImpression(of: "o", at: instant("2026-12-02T09:00:00Z"))
        check(world, "shown: it comes first")
        world.history.recordImpression(of: "n", at: instant("2026-12-02T09:00:00Z"))
        check(world, "group: group promotions shown once in the last 1d, at most 1")
        check(world, "n", "group: group promotions shown once in the last 1d, at most 1")
    }

    @Test func delayedMessageCountsWhenItShows() {
        var world = World(
            message(
                trigger: Trigger(event: "order_status_changed", delay: 60_000),
                frequency: [FrequencyRule(count: 1, per: .seconds(3600))]))
        world.history.recordImpression(of: "m", at: instant("2026-12-02T08:15:30Z"))
        check(world, "shown: it comes first")
    }
}
