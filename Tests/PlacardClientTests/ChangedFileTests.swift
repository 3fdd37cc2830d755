import CanonicalJSON
import Foundation
import PlacardBundle
import PlacardClient
import Testing

/// Another program changes the files of the bundle in use, or cuts them short: no app ends by it, nothing is shown that was not
/// released, and the next update brings them back.
@Suite struct ChangedFileTests {
    private let bundle = MemoryBundle()
    private let folder = TemporaryFolder()
    private let reports = Reports()
    private let long = String(repeating: " et encore", count: 2000)

    /// A client that has read its bundle, and decided nothing; the files of its catalog and of its texts.
    private func opened() async throws -> (PlacardClient, [TargetEntry]) {
        let manifest = try bundle.publish(titles: ["en": "Hello", "fr": "Bonjour" + long])
        try await client(bundle, folder).update()
        let reports = reports
        let client = client(bundle, folder, languages: ["fr"], report: { reports.add($0) })
        #expect(await client.release == 0)
        return (client, [manifest.catalog, try #require(manifest.locales["fr"]).target])
    }

    private func file(_ entry: TargetEntry) -> URL { folder.url.appendingPathComponent("targets/" + entry.sha256) }

    @Test func textsThatAreCutShortAreLeft() async throws {
        let (client, files) = try await opened()
        let handle = try FileHandle(forWritingTo: file(files[1]))
        for length: UInt64 in [20_000, 5_000, 0] { try handle.truncate(atOffset: length) }
        try handle.close()
        #expect(await client.title() == nil)
        #expect(reports.all == [.wrongHash(path: files[1].path)])
        #expect(await client.release == nil)
        #expect(try await client.update() == .updated)
        #expect(await client.title() == "Bonjour" + long)
    }

    @Test func textsThatAreOthersAreNotShown() async throws {
        let (client, files) = try await opened()
        let bytes = try String(decoding: Data(contentsOf: file(files[1])), as: UTF8.self)
        let other = Data(bytes.replacingOccurrences(of: "Bonjour", with: "Bonsoir").utf8)
        #expect(other.count == bytes.utf8.count)
        let handle = try FileHandle(forWritingTo: file(files[1]))
        try handle.write(contentsOf: other)
        try handle.close()
        #expect(await client.title() == nil)
        #expect(await client.explain(event: "session_start", context: [:]) == nil)
        #expect(reports.all == [.wrongHash(path: files[1].path)])
        #expect(try await client.update() == .updated)
        #expect(await client.title() == "Bonjour" + long)
    }

    @Test func aBundleThatAnotherProcessReplacesMeanwhileIsReadAnew() async throws {
        try bundle.publish()
        try await client(bundle, folder).update()
        let (bundle, folder) = (bundle, folder)
        async let updates: Void = {
            let other = client(bundle, folder)
            for release in 1...300 {
                try bundle.publish(titles: ["en": "Hello", "fr": "Bonjour \(release)"], release: Int64(release))
                try await other.update()
            }
        }()
        for _ in 0..<600 { #expect(await client(bundle, folder).release != nil) }
        try await updates
    }

    @Test func aFileThatIsRemovedIsReadOn() async throws {
        let (client, files) = try await opened()
        for entry in files { try FileManager.default.removeItem(at: file(entry)) }
        #expect(await client.title() == "Bonjour" + long)
        #expect(try await client.update() == .unchanged)
        // The texts of the next release come; the catalog, which is the same, is written again.
        try bundle.publish(titles: ["en": "Hello", "fr": "Salut"], release: 1)
        #expect(try await client.update() == .updated)
        #expect(await PlacardClientTests.client(bundle, folder).title() == "Salut")
        #expect(reports.all == [])
    }

    @Test func theTextsOfAnotherLanguageStandIn() async throws {
        let (client, files) = try await opened()
        try await PlacardClientTests.client(bundle, folder, languages: ["en"]).update()
        let handle = try FileHandle(forWritingTo: file(files[1]))
        try handle.truncate(atOffset: 100)
        try handle.close()
        #expect(await client.title() == "Hello")
    }

    /// What an update has got is on the disk until the update ends, and then it is not, also where its source is stuck for ever.
    @Test func nothingIsLeftOfAnUpdateThatIsStuck() async throws {
        let manifest = try bundle.publish()
        let texts = try #require(manifest.locales["fr"]).target.path
        let (bundle, folder) = (bundle, folder)
        let (waits, waiting) = AsyncStream<Void>.makeStream()
        let source = BundleSource(respond: { request in
            if request.path == texts {
                #expect(folder.files("temporary").count == 1)
                for await _ in waits {}
            }
            return try await bundle.source.respond(request)
        })
        let client = PlacardClient(
            source: source, folder: folder.url, unit: "u",
            environment: ClientEnvironment(
                now: { TestClock().now }, timeZone: { "UTC" }, languages: { ["fr"] }, platform: .foundation))
        await #expect(throws: ClientError.timedOut) { try await client.update(within: .milliseconds(50)) }
        #expect(folder.files("temporary") == [])
        #expect(folder.files("targets") == [])
        waiting.finish()
    }
}
