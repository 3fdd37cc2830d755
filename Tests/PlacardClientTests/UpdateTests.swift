import CanonicalJSON
import Foundation
import PlacardBundle
import PlacardClient
import Testing

@Suite struct UpdateTests {
    let bundle = MemoryBundle()
    let folder = TemporaryFolder()

    @Test func firstUpdateThenNothingNew() async throws {
        let manifest = try bundle.publish()
        let client = client(bundle, folder)
        #expect(await client.title() == nil)
        #expect(try await client.update() == .updated)
        #expect(await client.title() == "Bonjour")
        #expect(await client.locale == "fr")
        #expect(await client.release == 0)
        bundle.requests = []
        #expect(try await client.update() == .unchanged)
        #expect(bundle.requests == ["manifest.json"])
        #expect(Set(folder.files("targets")) == [manifest.catalog.sha256, manifest.locales["fr"]?.target.sha256 ?? ""])
    }

    @Test func onlyWhatChangedIsFetched() async throws {
        try bundle.publish()
        let client = client(bundle, folder)
        try await client.update()
        bundle.requests = []
        let second = try bundle.publish(titles: ["en": "Hello", "fr": "Salut"], release: 1)
        #expect(try await client.update() == .updated)
        #expect(bundle.requests == ["manifest.json", second.locales["fr"]?.target.path ?? ""])
        #expect(await client.title() == "Salut")
        #expect(await client.release == 1)
        #expect(folder.files("targets").count == 2)
    }

    /// Breaks the second release's text, and checks that the first stays in use, also after a restart.
    private func check(
        damage: ([UInt8]) -> [UInt8]?, expected: (TargetEntry) -> ClientError
    ) async throws {
        try bundle.publish()
        let first = client(bundle, folder)
        try await first.update()
        let second = try bundle.publish(titles: ["en": "Hello", "fr": "Salut"], release: 1)
        let entry = try #require(second.locales["fr"]).target
        bundle.files[entry.path] = damage(bundle.files[entry.path] ?? [])
        await #expect(throws: expected(entry)) { try await first.update() }
        #expect(await first.title() == "Bonjour")
        #expect(await client(bundle, folder).title() == "Bonjour")
        // When the source is sound again, the update goes through.
        try bundle.publish(titles: ["en": "Hello", "fr": "Salut"], release: 1)
        #expect(try await first.update() == .updated)
        #expect(await client(bundle, folder).title() == "Salut")
    }

    @Test func aTamperedTargetIsRefused() async throws {
        func tamper(_ bytes: [UInt8]) -> [UInt8]? {
            var bytes = bytes
            bytes[bytes.count / 2] ^= 1
            return bytes
        }
        try await check(damage: tamper, expected: { .wrongHash(path: $0.path) })
    }

    @Test func aTruncatedTargetIsRefused() async throws {
        try await check(
            damage: { Array($0.dropLast(7)) },
            expected: { .wrongLength(path: $0.path, expected: $0.bytes, actual: Int($0.bytes) - 7) })
    }

    @Test func aMissingTargetIsReported() async throws {
        try await check(damage: { _ in nil }, expected: { .unavailable(path: $0.path, reason: "Missing()") })
    }

    @Test func malformedFilesAreRefused() async throws {
        let client = client(bundle, folder)
        for text in ["", "{", "[]", "{\"schema\":\"placard/manifest/2\"}"] {
            bundle.files["manifest.json"] = Array(text.utf8)
            await #expect(throws: ClientError.self) { try await client.update() }
        }
        // A catalog that is what the manifest says, and is no catalog.
        var manifest = try bundle.publish()
        manifest.catalog = bundle.add(Array("{}".utf8), as: "catalog.json")
        bundle.put(&manifest)
        await #expect(throws: ClientError.self) { try await client.update() }
        #expect(folder.files("").contains("manifest.json") == false)
    }

    @Test func filesHaveLimits() async throws {
        let client = client(bundle, folder)
        bundle.files["manifest.json"] = [UInt8](repeating: 0x20, count: PlacardClient.manifestLimit + 1)
        await #expect(throws: ClientError.tooLarge(path: "manifest.json", limit: PlacardClient.manifestLimit)) {
            try await client.update()
        }
        var manifest = try bundle.publish()
        manifest.catalog.bytes = Int64(PlacardClient.targetLimit) + 1
        bundle.put(&manifest)
        bundle.requests = []
        await #expect(throws: ClientError.tooLarge(path: manifest.catalog.path, limit: PlacardClient.targetLimit)) {
            try await client.update()
        }
        #expect(bundle.requests == ["manifest.json"])
    }

    @Test func aNewerEngineIsLeftAlone() async throws {
        try bundle.publish()
        let client = client(bundle, folder)
        try await client.update()
        try bundle.publish(titles: ["en": "x", "fr": "y"], release: 1, engine: Manifest.engineVersion + 1)
        bundle.requests = []
        #expect(try await client.update() == .needsNewerEngine(Manifest.engineVersion + 1))
        #expect(bundle.requests == ["manifest.json"])
        #expect(await client.title() == "Bonjour")
    }

    @Test func theLocalesOfTheReaderAreFetched() async throws {
        try bundle.publish()
        let japanese = client(bundle, folder, languages: ["ja"])
        try await japanese.update()
        #expect(await japanese.locale == "en")
        // The languages change: the next update brings their texts, though the manifest is the same.
        let french = client(bundle, folder, languages: ["fr"])
        #expect(await french.locale == "en")
        #expect(try await french.update() == .updated)
        #expect(await french.title() == "Bonjour")
        // A bundle without texts even for its source.
        try bundle.publish(titles: ["fr": "Bonjour"], release: 1)
        let empty = client(bundle, TemporaryFolder(), languages: ["ja"])
        await #expect(throws: ClientError.missingLocale("en")) { try await empty.update() }
    }

    @Test func offlineAfterTheFirstLoad() async throws {
        try bundle.publish()
        try await client(bundle, folder).update()
        bundle.isOffline = true
        let restarted = client(bundle, folder)
        #expect(await restarted.title() == "Bonjour")
        await #expect(throws: ClientError.unavailable(path: "manifest.json", reason: "Missing()")) {
            try await restarted.update()
        }
        #expect(await restarted.title() == "Bonjour")
    }

    /// The network goes after each number of requests in turn; the last number is enough.
    @Test func aFailureAtAnyRequestLeavesWhatWas() async throws {
        for count in 0...3 {
            let folder = TemporaryFolder()
            try bundle.publish()
            let client = client(bundle, folder)
            try await client.update()
            try bundle.publish(titles: ["en": "Hello", "fr": "Salut"], release: 1, delay: 1)
            bundle.failsAfter = count
            let succeeds = count == 3
            #expect((try? await client.update()) == (succeeds ? .updated : nil))
            let expected = succeeds ? "Salut" : "Bonjour"
            #expect(await client.title() == expected)
            #expect(await PlacardClientTests.client(bundle, folder).title() == expected)
            bundle.failsAfter = .max
        }
    }

    @Test func aFolderThatCannotBeWritten() async throws {
        try bundle.publish()
        try FileManager.default.createDirectory(at: folder.url, withIntermediateDirectories: true)
        let file = folder.url.appendingPathComponent("file")
        try Data().write(to: file)
        let client = PlacardClient(source: bundle.source, folder: file, unit: "u")
        do {
            try await client.update()
            Issue.record("no error")
        } catch {
            guard case .storage = error else {
                Issue.record("\(error)")
                return
            }
        }
        #expect(await client.title() == nil)
    }

    @Test func aDamagedFolderIsNoBundle() async throws {
        let manifest = try bundle.publish()
        try await client(bundle, folder).update()
        let file = folder.url.appendingPathComponent("targets/" + manifest.catalog.sha256)
        try Data("{}".utf8).write(to: file)
        let restarted = client(bundle, folder)
        #expect(await restarted.title() == nil)
        #expect(try await restarted.update() == .updated)
        #expect(await restarted.title() == "Bonjour")
    }

    @Test func twoUpdatesAtOnceAreOne() async throws {
        try bundle.publish()
        let client = client(bundle, folder)
        async let first = client.update()
        async let second = client.update()
        let outcomes = try await [first, second]
        #expect(outcomes.contains(.updated))
        #expect(bundle.requests.filter { $0 != "manifest.json" }.count == 2)
    }

    @Test func imagesAreFetchedWhenTheyAreAskedFor() async throws {
        let manifest = try bundle.publish()
        let client = client(bundle, folder)
        await #expect(throws: ClientError.unknownAsset("a.png")) { try await client.asset("a.png") }
        try await client.update()
        #expect(try await client.asset("a.png") == [1, 2, 3])
        bundle.isOffline = true
        #expect(try await client.asset("a.png") == [1, 2, 3])
        #expect(folder.files("targets").contains(manifest.assets["a.png"]?.target.sha256 ?? ""))
    }

    @Test func aFolderIsASource() async throws {
        try bundle.publish()
        let written = TemporaryFolder()
        for (path, bytes) in bundle.files {
            let file = written.url.appendingPathComponent(path)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(bytes).write(to: file)
        }
        let client = PlacardClient(source: .folder(written.url), folder: folder.url, unit: "u")
        #expect(try await client.update() == .updated)
        #expect(await client.title() != nil)
    }

    @Test func plainHTTPIsRefused() async throws {
        let base = try #require(URL(string: "http://example.com/messages/"))
        let client = PlacardClient(source: .https(base), folder: folder.url, unit: "u")
        await #expect(
            throws: ClientError.unavailable(
                path: "manifest.json", reason: "http://example.com/messages/manifest.json is not HTTPS")
        ) { try await client.update() }
    }
}
