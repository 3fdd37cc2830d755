import CEL
import CanonicalJSON
import PlacardBundle
import Testing

@testable import PlacardEngine

/// What hostile values of a context cost a decision.
@Suite struct WorkTests {
    private let expensive = "user.segments.all(s, !s.matches('[ab]*a[ab]{1000}c'))"
    private let tooMuch = "audience: the expression takes too much work"

    private func hostile(_ world: World) -> World {
        var world = world
        let long = String(repeating: "ab", count: 2_000)
        world.context = [
            "user": ["country": "FR", "segments": .array([JSONValue](repeating: .string(long), count: 60))],
            "app": ["version": "3.4.0", "platform": "ios"],
        ]
        return world
    }

    @Test func anExpressionThatTakesTooMuchWorkIsNobody() {
        check(hostile(World(message(audience: expensive))), tooMuch)
        check(World(message(audience: expensive)), "shown: it comes first")
        // No other side of an operator makes good for it.
        check(hostile(World(message(audience: "(\(expensive)) || true"))), tooMuch)
        check(
            hostile(World(message(trigger: Trigger(event: "order_status_changed", when: expensive)))),
            "when: the expression takes too much work")
        // An absent value is no better a reason than the limit.
        check(hostile(World(message(audience: "\(expensive) && user.first_name == 'x'"))), tooMuch)
    }

    /// What a condition may take depends on how many there are, and not on what the others took.
    @Test func conditionsShareTheWorkOfADecision() {
        var world = World((0..<100).map { message("m\($0)", audience: "user.country == 'FR'", priority: 10) })
        #expect(world.engine.events["order_status_changed"]?.conditionWork == Engine.decisionWork / 100)
        world.messages += (0..<5_000).map { message("n\($0)", audience: "true") }
        #expect(world.engine.events["order_status_changed"]?.conditionWork == Engine.decisionWork / 5_100)
        #expect(Engine.conditionWork(conditions: 1_000_000) == Engine.leastConditionWork)
        #expect(World(message()).engine.events["order_status_changed"]?.conditionWork == Limits().work)

        // Some that take all that they may do not keep the one behind them from showing, nor do they show.
        var crowd = hostile(
            World(
                (0..<8).map { message("a\($0)", audience: expensive, priority: 90) }
                    + (0..<1_000).map { message("b\($0)", audience: "false", priority: 50) }
                    + [message("m", audience: "user.segments.exists(s, s == 'x') || true", priority: 10)]))
        check(crowd, "m", "shown: it comes first")
        check(crowd, "a7", tooMuch)
        // Nor does it matter which of them are asked at all.
        for index in crowd.messages.indices where index % 2 == 0 { crowd.messages[index].rollout = 0 }
        check(crowd, "a7", tooMuch)
        #expect(crowd.explain().reason(of: "a6")?.text == tooMuch)
    }

    @Test func explanationsAreBounded() {
        // Each level of the negations is evaluated again to say why.
        let nested = (0..<60).reduce("user.segments.exists(s, s.contains('c'))") { inner, _ in "!(!(\(inner)))" }
        let world = hostile(World(message(audience: nested)))
        #expect(world.explain().reason(of: "m")?.gate == .audience)
    }

    @Test func largeValuesCountAsMissing() {
        func notes(_ value: JSONValue, _ name: String = "first_name") -> [String] {
            var user: JSONObject = ["country": "FR"]
            user[name] = value
            let context: JSONValue = [
                "user": .object(user), "app": ["version": "3.4.0", "platform": "ios"],
            ]
            return World(message()).engine.context(context).notes.map { $0.text }
        }
        let longest = String(repeating: "x", count: ContextLimits.stringBytes)
        #expect(notes(.string(longest)) == [])
        #expect(notes(.string(longest + "x")) == ["user.first_name counts as missing: it is too large"])
        let many = [JSONValue](repeating: .string(String(repeating: "y", count: 1_000)), count: 300)
        #expect(notes(.array(many), "segments") == ["user.segments counts as missing: it is too large"])
        #expect(notes(.array(Array(many.prefix(200))), "segments") == [])
        let wide = [JSONValue](repeating: "", count: ContextLimits.elements + 1)
        #expect(notes(.array(wide), "segments") == ["user.segments counts as missing: it is too large"])
    }

    @Test func notesAreBounded() {
        let unknown = JSONObject(distinct: (0..<5_000).map { JSONObject.Member(key: "x\($0)", value: 1) })
        #expect(World(message()).engine.context(["user": .object(unknown)]).notes.count == ContextLimits.notes)
        #expect(World(message()).engine.context(.object(unknown)).notes.count == ContextLimits.notes)
    }
}
