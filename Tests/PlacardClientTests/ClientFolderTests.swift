import CanonicalJSON
import Foundation
import PlacardBundle
import PlacardClient
import PlacardEngine
import Testing

@Suite struct ClientFolderTests {
    let bundle = MemoryBundle()
    let folder = TemporaryFolder()

    @Test func nothingStaysOfUpdatesThatFail() async throws {
        try bundle.publish()
        let client = client(bundle, folder)
        try await client.update()
        let before = folder.files("targets")
        for number in 1...3 {
            var manifest = try bundle.publish(release: 1)
            manifest.catalog = bundle.add(Array("no catalog \(number)".utf8), as: "catalog.json")
            bundle.put(&manifest)
            await #expect(throws: ClientError.self) { try await client.update() }
        }
        #expect(folder.files("targets") == before)
        #expect(folder.files("temporary") == [])
    }

    @Test func whatAKilledProcessLeftGoesAtTheNextStart() async throws {
        try bundle.publish()
        try await client(bundle, folder).update()
        let temporary = folder.url.appendingPathComponent("temporary")
        try Data("half a file".utf8).write(to: temporary.appendingPathComponent("left"))
        #expect(await client(bundle, folder).title() == "Bonjour")
        #expect(folder.files("temporary") == [])
    }

    /// A folder, something huge, a symbolic link and a pipe in the place of a file of the client's.
    @Test(arguments: ["manifest.json", "targets"])
    func whatNoClientWroteIsGotRidOf(_ name: String) async throws {
        let manifest = try bundle.publish()
        let path = name == "targets" ? "targets/" + manifest.catalog.sha256 : name
        let file = folder.url.appendingPathComponent(path)
        func damage(_ make: () throws -> Void) async throws {
            try await client(bundle, folder).update()
            try FileManager.default.removeItem(at: file)
            try make()
            let restarted = client(bundle, folder)
            #expect(await restarted.title() == nil)
            try await restarted.update()
            #expect(await restarted.title() == "Bonjour")
            #expect(await client(bundle, folder).title() == "Bonjour")
        }
        try await damage {
            try FileManager.default.createDirectory(
                at: file.appendingPathComponent("inside"), withIntermediateDirectories: true)
        }
        try await damage {
            _ = FileManager.default.createFile(atPath: file.path, contents: nil)
            let handle = try FileHandle(forWritingTo: file)
            try handle.truncate(atOffset: 1 << 32)
            try handle.close()
        }
        try await damage {
            try FileManager.default.createSymbolicLink(atPath: file.path, withDestinationPath: "/dev/zero")
        }
        try await damage { _ = mkfifo(file.path, 0o600) }
    }

    @Test func aFileOfAnotherLocaleIsRefused() async throws {
        var manifest = try bundle.publish()
        let french = try #require(manifest.locales["fr"])
        manifest.locales["en"] = french
        bundle.put(&manifest)
        let client = client(bundle, folder, languages: ["en"])
        await #expect(
            throws: ClientError.malformed(path: french.target.path, reason: "it is not what the manifest says of en")
        ) { try await client.update() }
    }

    @Test func aListOfFilesThatIsNotTheDigestedOneIsRefused() async throws {
        let manifest = try bundle.publish()
        var other = manifest
        other.catalog = bundle.add(Array("{}".utf8), as: "catalog.json")
        bundle.files["manifest.json"] = other.json.canonicalBytes
        await #expect(throws: ClientError.self) { try await client(bundle, folder).update() }
    }

    @Test func aLowerReleaseIsRefused() async throws {
        try bundle.publish(release: 5)
        let client = client(bundle, folder)
        try await client.update()
        try bundle.publish(titles: ["en": "Hello", "fr": "Salut"], release: 3)
        await #expect(throws: ClientError.rollback(release: 3, current: 5)) { try await client.update() }
        #expect(await client.title() == "Bonjour")
    }

    @Test func aBundleThatShipsInTheAppIsThereFromTheFirstCall() async throws {
        try bundle.publish()
        let shipped = TemporaryFolder()
        for (path, bytes) in bundle.files {
            let file = shipped.url.appendingPathComponent(path)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(bytes).write(to: file)
        }
        func start() -> PlacardClient {
            PlacardClient(
                source: bundle.source, folder: folder.url, unit: "u", bundled: shipped.url,
                environment: ClientEnvironment(
                    now: { TestClock().now }, timeZone: { "UTC" }, languages: { ["fr"] }, platform: .foundation))
        }
        let client = start()
        bundle.isOffline = true
        #expect(await client.title() == "Bonjour")
        #expect(try await client.asset("a.png") == [1, 2, 3])
        bundle.isOffline = false
        try bundle.publish(titles: ["en": "Hello", "fr": "Salut"], release: 1)
        #expect(try await client.update() == .updated)
        #expect(await start().title() == "Salut")
    }

    @Test func twoClientsOnOneFolderDoNotTakeEachOthersFiles() async throws {
        try bundle.publish()
        let one = client(bundle, folder, languages: ["fr"])
        let other = client(bundle, folder, languages: ["en"])
        try await one.update()
        try await other.update()
        for number in 1...4 {
            try bundle.publish(titles: ["en": "Hello \(number)", "fr": "Bonjour \(number)"], release: Int64(number))
            async let first = one.update()
            async let second = other.update()
            _ = try await (first, second)
            #expect(await one.title() == "Bonjour \(number)")
            #expect(await client(bundle, folder, languages: ["en"]).title() == "Hello \(number)")
        }
    }

    /// While one process fetches a release, another gets the next.
    @Test func aSlowProcessDoesNotTakeAQuickOneBack() async throws {
        try bundle.publish(release: 1)
        let bundle = bundle
        let quick = client(bundle, folder)
        let isFirst = Once()
        let source = BundleSource(respond: { request in
            let answer = try await bundle.source.respond(request)
            if request.path.hasPrefix("targets/"), isFirst.take() {
                try bundle.publish(titles: ["en": "Hello", "fr": "Salut"], release: 2)
                try await quick.update()
            }
            return answer
        })
        let slow = PlacardClient(
            source: source, folder: folder.url, unit: "u",
            environment: ClientEnvironment(
                now: { TestClock().now }, timeZone: { "UTC" }, languages: { ["fr"] }, platform: .foundation))
        #expect(try await slow.update() == .updated)
        #expect(await slow.title() == "Salut")
        #expect(await client(bundle, folder).title() == "Salut")
    }

    @Test func whatIsTrackedComesOutAsItBecomesDue() async throws {
        try bundle.publish()
        let client = client(bundle, folder)
        try await client.update()
        let messages = await client.messages()
        await client.track("session_start", context: [:])
        var iterator = messages.makeAsyncIterator()
        let shown = try #require(await iterator.next())
        #expect(shown.message.id == "hello")
    }
}
