import CanonicalJSON
import PlacardBundle
import PlacardEngine

/// SplitMix64: the same users and histories in every run.
private struct Generator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

/// How many different requests are decided, and how often each.
private let requestCount = 400
private let rounds = 5

/// Who decides what.
private struct Users {
    /// The country of all of them; nil for one at random each.
    var country: String?
    /// Whether they have seen every message as often as they may.
    var hasSeenAll = false
}

/// Decides over the corpus of Tests/Scripts/bench_corpus.py in four ways.
///
/// - `event`: the catalog as it is; an event is the trigger of a fifth of it.
/// - `all`: every message has the event as its trigger.
/// - `nobody`: the same, for users whom no message is for.
/// - `capped`: the same, for users who have seen everything, so that messages fail late and none ends the decision.
///
/// Each of them with all decoded, as servers and the compiler have it, and, with `app` before its name, as an app has it: from the
/// bytes of its files, which stay as they came.
///
/// - Parameter bytes: the texts of the corpus in one language, as a file.
func measureDecisions(_ catalog: Catalog, _ bytes: [UInt8]) throws -> JSONValue {
    guard let event = catalog.events.names.first else { throw BenchmarkError("the catalog has no event") }
    var messages = catalog.messages
    for index in messages.indices { messages[index].trigger.event = event }
    let everything = Catalog(
        context: catalog.context, events: catalog.events, groups: catalog.groups, links: catalog.links,
        messages: messages)
    let decoded = try LocaleTexts(LocaleFile(reading: bytes))
    let kept = try LocaleTexts(reading: bytes)
    var results: JSONObject = ["messages": .integer(messages.count)]
    let cases = [
        ("event", catalog, Users()), ("all", everything, Users()), ("nobody", everything, Users(country: "ZZ")),
        ("capped", everything, Users(hasSeenAll: true)),
    ]
    for (name, catalog, users) in cases {
        results[name] = .object(try measure(Engine(catalog), decoded, event, users, catalog))
        var engine = try Engine(reading: catalog.json.canonicalBytes)
        let ready = prepare(&engine, event)
        var result = try measure(engine, kept, event, users, catalog)
        result["prepare"] = .number(ready)
        results["app \(name)"] = .object(result)
    }
    return .object(results)
}

/// Nanoseconds until an event's messages are ready.
private func prepare(_ engine: inout Engine, _ event: String) -> Double {
    nanoseconds { engine.prepare(event: event) }
}

private func measure(
    _ engine: Engine, _ texts: LocaleTexts, _ event: String, _ users: Users, _ catalog: Catalog
) throws -> JSONObject {
    if let defect = engine.defects.first { throw BenchmarkError("\(defect.message): \(defect.text)") }
    guard let now = Instant("2026-12-05T12:00:00Z") else { throw BenchmarkError("no such time") }
    var random = Generator(state: 20_261_122)
    let requests = (0..<requestCount).map { _ in request(engine, event, now, users, catalog, &random) }
    var times: [Double] = []
    // What a request takes when nothing else has the processor.
    var best = [Double](repeating: .infinity, count: requests.count)
    var shown = 0
    for round in 0...rounds {
        for (index, request) in requests.enumerated() {
            var decision: Decision?
            let time = nanoseconds { decision = engine.decide(request, texts: texts) }
            // The first round fills caches.
            guard round > 0 else { continue }
            times.append(time)
            best[index] = min(best[index], time)
            if decision?.shown != nil { shown += 1 }
        }
    }
    let samples = Samples(times)
    return [
        "candidates": .integer(engine.candidates(event: event).count), "decisions": .integer(times.count),
        "shown": .integer(shown), "p50": .number(samples.quantile(0.5)), "p99": .number(samples.quantile(0.99)),
        "max": .number(samples.most), "slowest": .number(Samples(best).most),
    ]
}

/// A user with some attributes and a history of 200 impressions.
private func request(
    _ engine: Engine, _ event: String, _ now: Instant, _ users: Users, _ catalog: Catalog, _ random: inout Generator
) -> DecisionRequest {
    let countries = ["US", "CA", "FR", "DE", "JP", "BR", "GB", "ES", "IT", "NL"]
    let context: JSONValue = [
        "user": [
            "country": .string(users.country ?? countries.randomElement(using: &random) ?? "US"),
            "segments": Bool.random(using: &random) ? ["lapsed", "gold"] : ["lapsed"],
            "orders_count": .integer(Int.random(in: 0...20, using: &random)),
            "subscribed": .bool(Bool.random(using: &random)), "first_name": "Zoë",
        ],
        "app": ["build": .integer(Int.random(in: 1...45, using: &random))],
    ]
    var history = History()
    if users.hasSeenAll {
        for message in catalog.messages {
            let count = message.frequency.map { $0.count }.max() ?? 0
            for _ in 0..<count { history.recordImpression(of: message.id, at: now.adding(seconds: -3_600)) }
        }
    }
    for _ in 0..<200 {
        guard let message = catalog.messages.randomElement(using: &random) else { break }
        history.recordImpression(
            of: message.id, at: now.adding(seconds: -Int64.random(in: 0...2_592_000, using: &random)))
    }
    return DecisionRequest(
        event: engine.event(event), context: engine.context(context), unit: "user-\(random.next())", now: now,
        timeZone: "UTC", history: history)
}
