import CanonicalJSON
import PlacardBundle
import PlacardEngine
import Testing

/// Engines of a catalog's file, which keep some of its messages ready.
@Suite struct ReadyMessagesTests {
    /// More messages than stay ready, of two events that take turns.
    @Test func messagesThatDoNotStayReadyAreDecidedAllTheSame() throws {
        var messages: [CatalogMessage] = []
        for number in 0..<Engine.readyLimit + 200 {
            let country = number % 7 == 0 ? "FR" : "US"
            let trigger = Trigger(event: number % 8 == 0 ? "session_start" : "order_status_changed")
            let rollout: Int64? = number % 5 == 0 ? 5_000 : nil
            messages.append(
                message(
                    "m-\(number)", audience: "user.country == \"\(country)\"", trigger: trigger,
                    priority: Int64(number % 100), rollout: rollout))
        }
        var world = World(messages)
        let expected = Engine(world.catalog, platform: EnginePlatform(timeZones: systemZones))
        var engine = try Engine(
            reading: world.catalog.json.canonicalBytes, platform: EnginePlatform(timeZones: systemZones))
        #expect(engine.defects.isEmpty)
        let texts = LocaleTexts(world.localeFile)
        for event in ["session_start", "order_status_changed", "session_start", "order_status_changed"] {
            engine.prepare(event: event)
            #expect(engine.candidates(event: event) == expected.candidates(event: event))
            world.event = event
            let (one, other) = (world.request(engine), world.request(expected))
            #expect(engine.explain(one, texts: texts).verdicts == expected.explain(other, texts: texts).verdicts)
            let decided = engine.decide(one, texts: texts)
            #expect(decided.shown?.message.id == expected.decide(other, texts: texts).shown?.message.id)
            #expect(decided.shown != nil)
        }
    }
}
