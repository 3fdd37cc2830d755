import CanonicalJSON
import Foundation
import PlacardClient
import PlacardEngine
import Testing

extension Reports {
    fileprivate var texts: [String] { all.map(\.description) }
}

@Suite struct MismatchTests {
    private let bundle = MemoryBundle()
    private let folder = TemporaryFolder()
    private let reports = Reports()

    private func started(_ languages: [String] = ["fr"]) async throws -> PlacardClient {
        let reports = reports
        let made = client(bundle, folder, languages: languages, report: { reports.add($0) })
        try await made.update()
        return made
    }

    @Test func whatIsNotAsDeclaredIsToldOfOnce() async throws {
        try bundle.publish()
        let client = try await started()
        for _ in 0..<3 {
            #expect(await client.decide(event: "sesion_start", context: [:]) == nil)
            _ = await client.decide(
                event: "trial_ending", properties: ["days": "2", "plan": "premum", "day": 1], context: ["usr": [:]])
        }
        #expect(
            reports.texts == [
                "the event \"sesion_start\" is not declared; did you mean session_start?",
                "usr is not declared; did you mean user?",
                "event.days counts as missing: it is \"2\", no int",
                "event.plan is \"premum\", which is none of its declared values; did you mean premium?",
                "event.day is not declared; did you mean days?",
            ])
    }

    @Test func valuesThatChangeAreToldOfOnceToo() async throws {
        try bundle.publish()
        let client = try await started()
        for index in 0..<50 {
            _ = await client.decide(event: "trial_ending", properties: ["days": .string("no \(index)")], context: [:])
        }
        #expect(reports.texts == ["event.days counts as missing: it is \"no 0\", no int"])
        for index in 0..<500 {
            _ = await client.decide(event: .init("e\(index)"), context: [:])
        }
        #expect(reports.texts.count == PlacardClient.noteLimit)
    }

    /// What no declaration is about: each told of once, too.
    @Test func slipsOfTheAppAreToldOfOnce() async throws {
        try bundle.publish()
        let client = try await started()
        let shown = try #require(await client.decide(event: "session_start", context: [:]))
        for _ in 0..<2 {
            await client.acted(shown, action: "nope")
            _ = await client.decide(event: "session_start", context: ["user": "FR"])
            _ = await client.decide(event: "session_start", context: "FR")
            _ = await client.decide(event: "session_start", properties: ["days"], context: [:])
            await client.track("session_start", context: [:])
        }
        #expect(
            reports.texts == [
                "the message hello has no action nope", "user counts as missing: it is \"FR\", no object",
                "context counts as missing: it is \"FR\", no object",
                "event counts as missing: it is [\"days\"], no object",
                "the message hello is due, and nobody listens to messages()",
            ])
    }

    @Test func aUnitAndABundleThatAreNotThereAreToldOf() async throws {
        let reports = reports
        let nowhere = folder.url.appendingPathComponent("nowhere")
        let client = PlacardClient(
            source: bundle.source, folder: folder.url, unit: "", bundled: nowhere, report: { reports.add($0) })
        for _ in 0..<2 { #expect(await client.title() == nil) }
        #expect(
            reports.texts == [
                "there is no whole bundle in \(nowhere.path)",
                "the unit is empty: rollouts and experiments cannot tell users apart",
            ])
    }

    @Test func whatIsAsDeclaredIsNotToldOf() async throws {
        try bundle.publish()
        let client = try await started()
        #expect(await client.decide(event: "session_start", context: ["user": ["country": "FR"]]) != nil)
        _ = await client.explain(event: "sesion_start", context: [:])
        #expect(reports.texts == [])
    }

    @Test func aMessageThatHidesIsKeptFromReadersOfOtherLanguages() async throws {
        try bundle.publish(hides: true)
        let client = try await started(["ja"])
        #expect(await client.locale == "en")
        #expect(await !client.hasOwnLanguage)
        #expect(await client.title() == nil)
        #expect(
            await client.explain(event: "session_start", context: [:])?.reason(of: "hello")?.text
                == "locale: no text in ja")
        #expect(try await started(["ja", "fr-CA"]).title() == "Bonjour")
        #expect(try await started(["en-AU"]).title() == "Hello")
        #expect(try await started(["en-AU"]).hasOwnLanguage)
        try bundle.publish()
        #expect(try await started(["ja"]).title() == "Hello")
    }
}
