import CanonicalJSON
import Foundation
import PlacardClient
import PlacardEngine
import Testing

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

// The Swift of Documentation/Events.md, compiled and run.

private struct Analysis: EventReceiver {
    let collector: URL

    func receive(_ events: [MessageEvent]) async throws {
        var request = URLRequest(url: collector)
        request.httpMethod = "POST"
        request.setValue("application/jsonl", forHTTPHeaderField: "Content-Type")
        let (_, response) = try await URLSession.shared.upload(for: request, from: Data(MessageEvent.jsonLines(events)))
        guard (response as? HTTPURLResponse)?.statusCode == 204 else { throw URLError(.badServerResponse) }
    }
}

/// An array stands for the table of a database.
private final class EventTable: EventStore, @unchecked Sendable {
    private let lock = NSLock()
    private var rows: [MessageEvent] = []

    func append(_ events: [MessageEvent]) throws { lock.withLock { rows += events } }
    func pending(limit: Int) throws -> [MessageEvent] { lock.withLock { Array(rows.prefix(limit)) } }
    func remove(_ events: [MessageEvent]) throws {
        let ids = Set(events.map(\.id))
        lock.withLock { rows.removeAll { ids.contains($0.id) } }
    }
}

private struct User {
    let id = "rider-17"
}

@Suite struct EventsPage {
    private let user = User()
    private let folder = TemporaryFolder()

    @Test func aReceiverThatUploads() async throws {
        let collectorURL = try #require(URL(string: "http://127.0.0.1:1/events"))
        let messagesURL = collectorURL
        let folderOfThisUser = folder.url
        let client = PlacardClient(
            source: .https(messagesURL), folder: folderOfThisUser, unit: user.id,
            events: Analysis(collector: collectorURL))
        #expect(await client.deliverEvents())
        let event = MessageEvent(
            id: "1", kind: .impression, message: "hello", release: 0, locale: "fr", at: Instant(seconds: 1))
        await #expect(throws: (any Error).self) { try await Analysis(collector: collectorURL).receive([event]) }
    }

    @Test func aStoreOfTheAppsOwn() async throws {
        let bundle = MemoryBundle()
        try bundle.publish()
        let table = EventTable()
        let client = client(bundle, folder, eventStore: table)
        try await client.update()
        await client.shown(try #require(await client.decide(event: "session_start", context: [:])))
        let pending = try table.pending(limit: 10)
        #expect(pending.map(\.message) == ["hello"])
        try table.remove(pending)
        #expect(try table.pending(limit: 10).isEmpty)
    }
}
