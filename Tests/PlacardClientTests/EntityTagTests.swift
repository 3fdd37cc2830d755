import Foundation
import PlacardClient
import TUF
import TUFSupport
import Testing

/// A server that calls each file by what it holds, and now and then sends an older one by the name of the newest.
private final class TaggingSource: @unchecked Sendable {
    private let lock = NSLock()
    private let bundle: MemoryBundle
    private var lies: [String: [UInt8]] = [:]
    private var sent: [String: Int] = [:]

    init(_ bundle: MemoryBundle) { self.bundle = bundle }

    /// Sends these bytes once in the place of the file's own, by its tag.
    func send(_ bytes: [UInt8], as path: String) { lock.withLock { lies[path] = bytes } }

    /// How often a file has been sent since this was last asked.
    func times(_ path: String) -> Int { lock.withLock { sent.removeValue(forKey: path) ?? 0 } }

    var source: BundleSource {
        BundleSource(respond: { request in
            guard case .file(let bytes, _) = try await self.bundle.source.respond(request) else { return .missing() }
            let tag = "\"\(bytes.hashValue)\""
            return self.lock.withLock {
                if request.entityTag == tag { return .unchanged }
                self.sent[request.path, default: 0] += 1
                return .file(self.lies.removeValue(forKey: request.path) ?? bytes, entityTag: tag)
            }
        })
    }
}

/// What an older file that comes by the newest one's entity tag does to a client: nothing that lasts.
@Suite struct EntityTagTests {
    let folder = TemporaryFolder()
    private let stamp = "metadata/timestamp.json"

    /// Makes the tag that is kept older than it is believed.
    private func passADay() throws {
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSinceNow: -86_500)],
            ofItemAtPath: folder.url.appendingPathComponent("entity-tag").path)
    }

    @Test func anOldTimestampByTheNewTagIsForgottenAtTheNextUpdate() async throws {
        var signed = try SignedBundle()
        let server = TaggingSource(signed.bundle)
        let client = signed.client(folder, source: server.source)
        try await client.update()
        let old = try #require(signed.bundle.files[stamp])
        try signed.release(2, "Salut")
        server.send(old, as: stamp)
        #expect(try await client.update() == .unchanged)
        #expect(try await client.update() == .updated)
        #expect(await client.title() == "Salut")
    }

    @Test func anOldTimestampByTheNewTagAtTheFirstStartIsForgottenWithinADay() async throws {
        var signed = try SignedBundle()
        let server = TaggingSource(signed.bundle)
        let files = signed.bundle.files
        try signed.release(2, "Salut")
        server.send(try #require(files[stamp]), as: stamp)
        let client = signed.client(folder, source: server.source)
        #expect(try await client.update() == .updated)
        #expect(await client.title() == "Bonjour")
        #expect(try await client.update() == .unchanged)
        try passADay()
        #expect(try await client.update() == .updated)
        #expect(await client.title() == "Salut")
    }

    @Test func aTimestampThatHasExpiredIsAskedForAnewWhateverItsTagIs() async throws {
        var signed = try SignedBundle()
        let server = TaggingSource(signed.bundle)
        try signed.release(2, "Bonjour", until: 1_000)
        let old = try #require(signed.bundle.files[stamp])
        try signed.release(3, "Salut")
        server.send(old, as: stamp)
        let clock = TestClock()
        let client = signed.client(folder, clock: clock, source: server.source)
        #expect(try await client.update() == .updated)
        clock.advance(2_000)
        let error = await #expect(throws: ClientError.self) { try await client.update() }
        if case .untrusted(_, .expired)? = error {} else { Issue.record("\(String(describing: error))") }
        #expect(try await client.update() == .updated)
        #expect(await client.title() == "Salut")
    }

    @Test func anOldManifestByTheNewTagIsForgottenToo() async throws {
        let bundle = MemoryBundle()
        try bundle.publish()
        let server = TaggingSource(bundle)
        let client = PlacardClient(source: server.source, folder: folder.url, unit: "u")
        try await client.update()
        let old = try #require(bundle.files["manifest.json"])
        try bundle.publish(titles: ["en": "Hi", "fr": "Salut"], release: 1)
        server.send(old, as: "manifest.json")
        #expect(try await client.update() == .unchanged)
        #expect(try await client.update() == .updated)
        #expect(await client.release == 1)
    }

    @Test func whatHasNotChangedComesOnceADay() async throws {
        let signed = try SignedBundle()
        let server = TaggingSource(signed.bundle)
        let client = signed.client(folder, source: server.source)
        try await client.update()
        for _ in 0..<2 {
            #expect(server.times(stamp) == 1)
            for _ in 0..<3 { #expect(try await client.update() == .unchanged) }
            #expect(server.times(stamp) == 0)
            try passADay()
            #expect(try await client.update() == .unchanged)
        }
        // The same tag as before is believed for another day.
        #expect(server.times(stamp) == 1)
        #expect(try await client.update() == .unchanged)
        #expect(server.times(stamp) == 0)
    }
}
