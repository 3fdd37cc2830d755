import CanonicalJSON
import Foundation
import PlacardBundle
import PlacardClient
import PlacardEngine
import TUF
import TUFSupport
import Testing

/// A bundle that is released and signed as `placard release` does, in memory.
struct SignedBundle {
    let bundle = MemoryBundle()
    var repository: SimulatedRepository

    init() throws {
        repository = try SimulatedRepository()
        repository.root.expires = later
        try release(1, "Bonjour")
    }

    /// Signs a release whose French title is `title`.
    ///
    /// - Parameter seconds: how long it is good for, by the tests' clock.
    mutating func release(_ number: Int64, _ title: String, until seconds: Int64 = 86_400) throws {
        try bundle.publish(titles: ["en": "Hello", "fr": title], release: number)
        let manifest = bundle.files["manifest.json"] ?? []
        bundle.files["manifest.json"] = nil
        let target = TargetFile(path: "manifest.json", length: manifest.count, hashes: [.sha256(manifest)])
        let expires = UTCTime(seconds: 1_790_000_000 + seconds)
        repository.timestamp.expires = expires
        repository.snapshot.expires = expires
        repository.targets = TargetsMetadata(version: repository.targets.version, expires: expires, targets: [target])
        bundle.files["targets/" + target.servedPath(isConsistentSnapshot: true)] = manifest
        try repository.publish()
        serve()
    }

    func serve() {
        for (name, bytes) in repository.files { bundle.files["metadata/" + name] = bytes }
    }

    func client(
        _ folder: TemporaryFolder, clock: TestClock = TestClock(), source: BundleSource? = nil,
        report: @escaping @Sendable (ClientError) -> Void = { _ in }
    ) -> PlacardClient {
        PlacardClient(
            source: source ?? bundle.source, folder: folder.url, unit: "rider-17",
            root: repository.files["1.root.json"],
            environment: ClientEnvironment(
                now: { clock.now }, timeZone: { "Europe/Paris" }, languages: { ["fr"] }, platform: .foundation),
            report: report)
    }
}

/// A day after the tests' clock.
private let later = UTCTime(seconds: 1_790_000_000 + 86_400)

@Suite struct SignedUpdateTests {
    let folder = TemporaryFolder()

    @Test func aSignedReleaseIsFollowedThroughNewKeysAndRestarts() async throws {
        var signed = try SignedBundle()
        let client = signed.client(folder)
        #expect(try await client.update() == .updated)
        #expect(await client.title() == "Bonjour")
        #expect(try await client.update() == .unchanged)
        try signed.repository.rotate(.timestamp)
        try signed.repository.rotate(.root)
        try signed.repository.publishRoot()
        try signed.release(2, "Salut")
        #expect(try await client.update() == .updated)
        #expect(await client.release == 2)
        // The next start goes on from the root that was kept, and asks for nothing that it has.
        let restarted = signed.client(folder)
        #expect(await restarted.title() == "Salut")
        signed.bundle.requests = []
        #expect(try await restarted.update() == .unchanged)
        #expect(signed.bundle.requests == ["metadata/3.root.json", "metadata/timestamp.json"])
    }

    /// A clock that jumps ahead lets metadata expire and one that jumps back does not; either way the release stays in use, and what was
    /// seen counts.
    @Test func aClockThatJumpsCostsNeitherTheReleaseNorWhatWasSeen() async throws {
        let signed = try SignedBundle()
        let clock = TestClock()
        let decades: Int64 = 20 * 365 * 86_400
        try await signed.client(folder, clock: clock).update()
        for jump in [decades, -2 * decades, decades] {
            clock.advance(jump)
            let client = signed.client(folder, clock: clock)
            #expect(await client.title() == "Bonjour")
            if jump > 0, clock.now > TestClock().now {
                let error = await #expect(throws: ClientError.self) { try await client.update() }
                if case .untrusted(_, .expired)? = error {} else { Issue.record("\(String(describing: error))") }
            } else {
                #expect(try await client.update() == .unchanged)
            }
            #expect(await client.title() == "Bonjour")
        }
        // Its rule is twice in all: once in the future, once in the past.
        for jump in [decades, -2 * decades] {
            clock.advance(jump)
            let client = signed.client(folder, clock: clock)
            let shown = try #require(await client.decide(event: "session_start", context: [:]))
            await client.shown(shown)
        }
        for jump in [0, decades, decades] {
            clock.advance(jump)
            #expect(await signed.client(folder, clock: clock).title() == nil)
        }
    }

    /// What the server does, and that the release before stays in use, also after a restart.
    private func refused(
        _ damage: (inout SignedBundle) throws -> Void, clock: TestClock = TestClock(),
        _ isExpected: (ClientError) -> Bool
    ) async throws {
        var signed = try SignedBundle()
        let client = signed.client(folder, clock: clock)
        try await client.update()
        try damage(&signed)
        let error = await #expect(throws: ClientError.self) { try await client.update() }
        #expect(error.map(isExpected) == true, "\(String(describing: error))")
        #expect(await client.title() == "Bonjour")
        #expect(await signed.client(folder).title() == "Bonjour")
    }

    @Test func anOldTimestampIsRefused() async throws {
        try await refused { signed in
            signed.repository.timestamp.version -= 2
            try signed.repository.publishTimestamp()
            signed.serve()
        } _: { error in
            if case .untrusted(_, .rollback) = error { true } else { false }
        }
    }

    @Test func whatHasExpiredIsRefused() async throws {
        let clock = TestClock()
        func isExpired(_ error: ClientError) -> Bool {
            if case .untrusted(_, .expired) = error { true } else { false }
        }
        try await refused({ _ in clock.advance(90_000) }, clock: clock, isExpired)
    }

    @Test func aManifestThatIsNotTheSignedOneIsRefused() async throws {
        try await refused { signed in
            try signed.release(2, "Salut")
            for path in signed.bundle.files.keys where path.hasSuffix(".manifest.json") {
                signed.bundle.files[path]?[10] ^= 1
            }
        } _: { error in
            if case .untrusted(_, .wrongHash) = error { true } else { false }
        }
    }

    @Test func anotherRepositoryIsRefused() async throws {
        try await refused { signed in
            for (name, bytes) in try SignedBundle().repository.files { signed.bundle.files["metadata/" + name] = bytes }
        } _: { error in
            if case .untrusted(_, .thresholdNotMet) = error { true } else { false }
        }
    }

    @Test func aLowerReleaseWithGoodSignaturesIsRefused() async throws {
        try await refused { signed in
            try signed.release(0, "Alt")
        } _: { error in
            error == .rollback(release: 0, current: 1)
        }
    }

    /// Bytes of each file of metadata in turn; the workflow itself is held to every one where it is tested.
    @Test func noByteOfTheMetadataMayBeAnother() async throws {
        var signed = try SignedBundle()
        let client = signed.client(folder)
        try await client.update()
        try signed.release(2, "Salut")
        for name in ["metadata/timestamp.json", "metadata/3.snapshot.json", "metadata/3.targets.json"] {
            let bytes = try #require(signed.bundle.files[name], "\(name)")
            // The last byte may be white space.
            for index in stride(from: 0, to: bytes.count, by: 29) {
                let folder = TemporaryFolder()
                var damaged = bytes
                damaged[index] ^= 0x01
                signed.bundle.files[name] = damaged
                let error = await #expect(throws: ClientError.self) { try await signed.client(folder).update() }
                if case .untrusted = error {} else { Issue.record("\(name) at \(index): \(String(describing: error))") }
            }
            signed.bundle.files[name] = bytes
        }
        #expect(await client.title() == "Bonjour")
    }

    /// Another process gets the next release while this one is at the metadata of the last: neither goes back, nor does the folder.
    @Test func aSlowProcessDoesNotTakeAQuickOneBack() async throws {
        var signed = try SignedBundle()
        let bundle = signed.bundle
        let old = bundle.files
        try signed.release(2, "Salut")
        let new = bundle.files
        bundle.files = old
        let quick = signed.client(folder)
        let isFirst = Once()
        let slow = PlacardClient(
            source: BundleSource(respond: { request in
                let answer = try await bundle.source.respond(request)
                if request.path.hasSuffix(".snapshot.json"), isFirst.take() {
                    bundle.files = new
                    try await quick.update()
                }
                return answer
            }), folder: folder.url, unit: "u", root: signed.repository.files["1.root.json"],
            environment: ClientEnvironment(
                now: { TestClock().now }, timeZone: { "UTC" }, languages: { ["fr"] }, platform: .foundation))
        #expect(try await slow.update() == .updated)
        #expect(await slow.title() == "Salut")
        #expect(await signed.client(folder).title() == "Salut")
        bundle.files = old
        let restarted = signed.client(folder)
        let error = await #expect(throws: ClientError.self) { try await restarted.update() }
        if case .untrusted(_, .rollback)? = error {} else { Issue.record("\(String(describing: error))") }
    }

    @Test func damagedMetadataInTheFolderIsFetchedAnew() async throws {
        let signed = try SignedBundle()
        try await signed.client(folder).update()
        for name in folder.files("metadata") {
            try Data("{}".utf8).write(to: folder.url.appendingPathComponent("metadata/" + name))
        }
        #expect(try await signed.client(folder).update() == .unchanged)
        #expect(await signed.client(folder).title() == "Bonjour")
    }
}
