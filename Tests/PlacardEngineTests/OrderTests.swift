import CanonicalJSON
import PlacardBundle
import Testing

@testable import PlacardEngine

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
