import CanonicalJSON
import PlacardBundle
import Testing

@testable import PlacardEngine

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
