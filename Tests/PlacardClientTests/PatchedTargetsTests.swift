import CanonicalJSON
import Foundation
import PlacardBundle
import PlacardEngine
import TUF
import TUFSupport
import Testing

@testable import PlacardClient

/// Signed releases of a bundle whose French file has many messages, with patches as `placard release` lists them.
struct PatchedBundle {
    let bundle = MemoryBundle()
    var repository: SimulatedRepository
    var manifests: [Manifest] = []
    var patches: [String] = []

    init() throws {
        repository = try SimulatedRepository()
        repository.root.expires = later
        repository.timestamp.expires = later
        repository.snapshot.expires = later
        try release("Bonjour", delay: 0)
    }

    /// Releases a title and a delay, with patches from the release before.
    mutating func release(
        _ title: String, delay: Int64, number: Int64? = nil, _ damage: (inout [UInt8]) -> Void = { _ in }
    ) throws {
        let titles = ["en": "Hello", "fr": title + String(repeating: " et encore", count: 100)]
        let manifest = try bundle.publish(
            titles: titles, release: number ?? Int64(manifests.count + 1), delay: delay)
        var files: [TargetFile] = []
        patches = []
        if let old = manifests.last {
            for (from, to) in zip(old.targetEntries, manifest.targetEntries) where from != to {
                let name = try #require(to.targetName)
                let (before, after) = (bundle.files[from.path] ?? [], bundle.files[to.path] ?? [])
                // As large as the file where all of it is new, which no release would list.
                guard var patch = try patch(before, after, name) else { continue }
                damage(&patch)
                let target = TargetFile(
                    path: BundlePatch.targetName(from: from.sha256, to: name), length: patch.count,
                    hashes: [.sha256(patch)])
                files.append(target)
                patches.append("targets/" + target.servedPath())
                bundle.files["targets/" + target.servedPath()] = patch
            }
        }
        manifests.append(manifest)
        let bytes = bundle.files["manifest.json"] ?? []
        bundle.files["manifest.json"] = nil
        files.append(TargetFile(path: "manifest.json", length: bytes.count, hashes: [.sha256(bytes)]))
        bundle.files["targets/" + (files.last?.servedPath() ?? "")] = bytes
        repository.targets = TargetsMetadata(version: repository.targets.version, expires: later, targets: files)
        try repository.publish()
        for (name, bytes) in repository.files { bundle.files["metadata/" + name] = bytes }
        bundle.requests = []
    }

    private func patch(_ old: [UInt8], _ new: [UInt8], _ name: String) throws -> [UInt8]? {
        if let patch = BundlePatch.make(from: old, to: new, name: name) { return patch }
        return name == "catalog.json" ? nil : try MergePatch.make(from: old, to: new)
    }

    func client(
        _ folder: TemporaryFolder, report: @escaping @Sendable (ClientError) -> Void = { _ in }
    ) -> PlacardClient {
        PlacardClient(
            source: bundle.source, folder: folder.url, unit: "rider-17", root: repository.files["1.root.json"],
            environment: ClientEnvironment(
                now: { Instant(seconds: 1_790_000_000) }, timeZone: { "Europe/Paris" }, languages: { ["fr"] },
                platform: .foundation),
            report: report)
    }
}

private let later = UTCTime(seconds: 1_790_000_000 + 86_400)

@Suite struct PatchedTargetsTests {
    let folder = TemporaryFolder()

    @Test func whatChangedALittleIsMadeOfWhatIsThere() async throws {
        var signed = try PatchedBundle()
        let reports = Reports()
        let client = signed.client(folder) { reports.add($0) }
        try await client.update()
        try signed.release("Bonjour", delay: 5)
        #expect(try await client.update() == .updated)
        #expect(signed.patches.count == 1)
        #expect(signed.bundle.requests.suffix(1) == signed.patches[...])
        #expect(signed.bundle.requests.allSatisfy { !$0.hasSuffix(".catalog.json") || $0.contains("/patches/") })
        let digest = try #require(signed.manifests.last?.catalog.sha256)
        #expect(folder.files("targets").contains(digest))
        #expect(reports.all == [])
        #expect(await signed.client(folder).release == 2)
    }

    @Test func aClientThatHasNothingFetchesWholeFiles() async throws {
        var signed = try PatchedBundle()
        try signed.release("Bonjour", delay: 5)
        try await signed.client(folder).update()
        #expect(!signed.bundle.requests.contains { $0.contains("/patches/") })
    }

    @Test func aPatchThatIsLargerThanItsFileIsNotFetched() async throws {
        var signed = try PatchedBundle()
        let client = signed.client(folder)
        try await client.update()
        try signed.release("Salut", delay: 0) { $0 += Array(repeating: 0x20, count: 10_000) }
        #expect(try await client.update() == .updated)
        #expect(!signed.bundle.requests.contains { $0.contains("/patches/") })
    }

    /// Damage before a patch is signed, and after.
    @Test(arguments: [
        #"{"messages":{"hello":{"trigger":{"delay":6}}}}"#, #"{"messages":{"hello":null}}"#, #"{"messages":null}"#,
        "null", "[]",
        "{", #"{"messages":[]}"#, #"{"schema":"placard/catalog/2"}"#, "\u{0}\u{0}",
    ])
    func aPatchThatLeadsElsewhereIsReportedAndTheWholeFileTaken(patch: String) async throws {
        var signed = try PatchedBundle()
        let reports = Reports()
        let client = signed.client(folder) { reports.add($0) }
        try await client.update()
        try signed.release("Bonjour", delay: 5) { $0 = Array(patch.utf8) }
        #expect(try await client.update() == .updated)
        #expect(await client.release == 2)
        #expect(reports.all.count == 1)
        let catalog = try #require(signed.manifests.last?.catalog)
        #expect(signed.bundle.requests.contains(catalog.path))
    }

    @Test func noByteOfAPatchMayBeAnother() async throws {
        var signed = try PatchedBundle()
        try await signed.client(folder).update()
        try signed.release("Bonjour", delay: 5)
        let path = try #require(signed.patches.first)
        let whole = try #require(signed.bundle.files[path])
        for index in whole.indices {
            signed.bundle.files[path]?[index] ^= 1
            let (reports, copy) = (Reports(), TemporaryFolder())
            try FileManager.default.copyItem(at: folder.url, to: copy.url)
            let client = signed.client(copy) { reports.add($0) }
            #expect(try await client.update() == .updated)
            #expect(reports.all == [.untrusted(path: path, .wrongHash(algorithm: "sha256"))])
            #expect(await client.release == 2)
            signed.bundle.files[path] = whole
        }
    }

    @Test func aPatchThatIsMissingOrCutOffIsNoMisfortune() async throws {
        for length in [nil, 0, 10] as [Int?] {
            var signed = try PatchedBundle()
            let folder = TemporaryFolder()
            let client = signed.client(folder)
            try await client.update()
            try signed.release("Bonjour", delay: 5)
            let path = try #require(signed.patches.first)
            signed.bundle.files[path] = length.map { Array(signed.bundle.files[path]?.prefix($0) ?? []) }
            #expect(try await client.update() == .updated)
            #expect(await client.release == 2)
        }
    }

    @Test func withoutItsBeginningInTheFolderAPatchIsOfNoUse() async throws {
        var signed = try PatchedBundle()
        let client = signed.client(folder)
        try await client.update()
        try FileManager.default.removeItem(at: folder.url.appendingPathComponent("targets"))
        try signed.release("Bonjour", delay: 5)
        #expect(try await client.update() == .updated)
        #expect(await client.release == 2)
    }
}

/// Recovery from thieves of the online keys, who have run numbers up (TUF specification, section 5.3.11).
@Suite struct NumbersThatFallTests {
    let folder = TemporaryFolder()

    @Test func aLowerReleaseIsTakenWithNewKeysAlone() async throws {
        var signed = try PatchedBundle()
        let client = signed.client(folder)
        try await client.update()
        signed.repository.timestamp.version = 1 << 52
        signed.repository.snapshot.version = 1 << 52
        try signed.release("Volé", delay: 0, number: 1 << 52)
        #expect(try await client.update() == .updated)
        #expect(await client.release == 1 << 52)
        // The same keys: nobody goes back.
        let stolen = signed
        try signed.release("Bonjour", delay: 0, number: 2)
        let error = await #expect(throws: ClientError.self) { try await client.update() }
        #expect(error == .rollback(release: 2, current: 1 << 52))
        // New ones: versions and the number begin where they were.
        signed = stolen
        try signed.repository.rotate(.timestamp)
        try signed.repository.rotate(.snapshot)
        try signed.repository.publishRoot()
        signed.repository.timestamp.version = 5
        signed.repository.snapshot.version = 5
        try signed.release("Bonjour", delay: 0, number: 2)
        // An update that ends after the root takes nothing away.
        signed.bundle.failsAfter = 2
        await #expect(throws: ClientError.self) { try await client.update() }
        signed.bundle.failsAfter = .max
        let restarted = signed.client(folder)
        #expect(await restarted.release == 1 << 52)
        #expect(try await restarted.update() == .updated)
        #expect(await restarted.release == 2)
        try signed.release("Bonjour", delay: 0, number: 1)
        await #expect(throws: ClientError.rollback(release: 1, current: 2)) { try await restarted.update() }
    }
}
