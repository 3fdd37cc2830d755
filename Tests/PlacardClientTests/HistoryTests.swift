import CanonicalJSON
import Foundation
import PlacardClient
import PlacardEngine
import Testing

@Suite struct HistoryTests {
    let bundle = MemoryBundle()
    let folder = TemporaryFolder()
    let clock = TestClock()

    /// A client with the bundle, as after a start.
    private func started() async throws -> PlacardClient {
        let made = client(bundle, folder, clock: clock)
        try await made.update()
        return made
    }

    private func message(_ client: PlacardClient) async throws -> ShownMessage {
        try #require(await client.decide(event: "session_start", context: [:]))
    }

    @Test func impressionsSurviveARestart() async throws {
        try bundle.publish()
        for _ in 0..<2 {
            let client = try await started()
            let shown = try await message(client)
            await client.shown(shown)
            await client.closed(shown)
            clock.advance(10)
        }
        // Its rule is twice in all.
        #expect(await client(bundle, folder, clock: clock).title() == nil)
        let last = try await started()
        #expect(await last.title() == nil)
        await last.forgetHistory()
        #expect(await client(bundle, folder, clock: clock).title() == "Bonjour")
    }

    @Test func whatIsDecidedButNotShownDoesNotCount() async throws {
        try bundle.publish()
        let client = try await started()
        for _ in 0..<5 { #expect(await client.title() == "Bonjour") }
    }

    @Test func dismissedForGood() async throws {
        try bundle.publish()
        let first = try await started()
        let shown = try await message(first)
        await first.shown(shown)
        await first.acted(shown, action: "no")
        #expect(await client(bundle, folder, clock: clock).title() == nil)
    }

    @Test func remindedLater() async throws {
        try bundle.publish()
        let client = try await started()
        let shown = try await message(client)
        await client.shown(shown)
        await client.acted(shown, action: "later")
        clock.advance(59)
        #expect(await client.title() == nil)
        clock.advance(1)
        #expect(await client.title() == "Bonjour")
    }

    @Test func aMessageOnTheScreenKeepsItsPlace() async throws {
        try bundle.publish()
        let client = try await started()
        let shown = try await message(client)
        await client.shown(shown)
        #expect(await client.title() == nil)
        await client.closed(shown)
        #expect(await client.title() == "Bonjour")
    }

    @Test func aMessageThatWaitsKeepsItsPlaceForItsDelay() async throws {
        try bundle.publish(delay: 2000)
        let client = try await started()
        _ = try await message(client)
        clock.advance(1)
        #expect(await client.title() == nil)
        // The app did not show it: two seconds later its place is free.
        clock.advance(2)
        #expect(await client.title() == "Bonjour")
    }

    @Test func aDamagedHistoryIsReportedAndBegunAnew() async throws {
        try bundle.publish()
        try FileManager.default.createDirectory(at: folder.url, withIntermediateDirectories: true)
        try Data("{".utf8).write(to: folder.url.appendingPathComponent("history.json"))
        await confirmation { reported in
            let client = PlacardClient(
                source: bundle.source, folder: folder.url, unit: "u", report: { _ in reported() })
            #expect(await client.title() == nil)
        }
    }
}
