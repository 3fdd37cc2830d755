import Foundation
import PlacardBundle
import TUF
import TUFSupport
import Testing

@testable import PlacardClient

/// Every byte of every file of a release, flipped one at a time: none is taken, and the release before stays in use.
///
/// Each byte is held by what a client verifies files with. Through a client go the first and the last 16 bytes of each file and each
/// 31st between, all of them where `PLACARD_FUZZ` is set: an update waits many times for its turn among other tests.
@Suite struct FlippedByteTests {
    private static let isThorough = ProcessInfo.processInfo.environment["PLACARD_FUZZ"] != nil
    let folder = TemporaryFolder()

    @Test func noByteOfAReleaseMayBeAnother() async throws {
        var signed = try PatchedBundle()
        let client = signed.client(folder)
        #expect(try await client.update() == .updated)
        let first = Set(signed.bundle.files.keys)
        try signed.repository.rotate(.root)
        try signed.repository.rotate(.timestamp)
        try signed.repository.publishRoot()
        try signed.release("Salut", delay: 5)
        let bundle = signed.bundle
        let patches = Set(signed.patches)
        #expect(patches.count == 2)
        let entries = try #require(signed.manifests.last).targetEntries.filter { !first.contains($0.path) }
        let whole = Set(entries.map(\.path))
        #expect(whole.count == 2)
        // As a client asks for them: what is sound by then is kept, and asked for no more.
        let (snapshot, targets) = (signed.repository.snapshot.version, signed.repository.targets.version)
        let order = ["2.root.json", "timestamp.json", "\(snapshot).snapshot.json", "\(targets).targets.json"].map {
            "metadata/" + $0
        }
        let manifest = Set(bundle.files.keys).subtracting(first).subtracting(order).subtracting(patches)
            .subtracting(whole)
        #expect(manifest.count == 1)
        let kept = ClientFolder(url: folder.url).storedMetadata()
        let update = try hold(order, bundle, kept)
        for path in order + manifest { try await refuse(path, bundle, client) }
        // A patch that is wrong is no loss where the whole file is; here it is not.
        let files = bundle.files
        for entry in entries {
            try hold(entry.path, bundle) { bytes throws(ClientError) in try check(bytes, against: entry) }
        }
        let listed = try #require(update.targets?.targets).values
        #expect(Set(listed.map { "targets/" + $0.servedPath() }) == patches.union(manifest))
        for target in listed {
            try hold("targets/" + target.servedPath(), bundle) { bytes throws(TUFError) in try target.verify(bytes) }
        }
        for (paths, missing) in [(patches, whole), (whole, patches)] {
            for path in missing { bundle.files[path] = nil }
            for path in paths.sorted() { try await refuse(path, bundle, client) }
            bundle.files = files
        }
        #expect(await signed.client(folder).title()?.hasPrefix("Bonjour") == true)
        #expect(try await client.update() == .updated)
        #expect(await client.title()?.hasPrefix("Salut") == true)
    }

    /// Flips each byte of each file of metadata, as the workflow of a client takes them; the update as it ends with sound ones.
    private func hold(
        _ paths: [String], _ bundle: MemoryBundle, _ kept: [String: [UInt8]]
    ) throws -> MetadataUpdate {
        let root = try #require(kept["root.json"] ?? bundle.files["metadata/1.root.json"])
        var update = try MetadataUpdate(root: root, kept: kept, now: UTCTime(seconds: 1_790_000_000))
        var held: [String] = []
        while let request = update.request {
            let path = "metadata/" + request.path
            if bundle.files[path] != nil {
                held.append(path)
                try hold(path, bundle) { [update] bytes throws(UntrustedFile) in
                    var other = update
                    _ = try other.receive(bytes)
                }
            }
            _ = try update.receive(bundle.files[path])
        }
        #expect(held == paths)
        return update
    }

    /// Flips each byte of a file: `verify` throws for all of them, and for none of the file itself.
    private func hold<Failure>(
        _ path: String, _ bundle: MemoryBundle, _ verify: ([UInt8]) throws(Failure) -> Void
    ) throws {
        var bytes = try #require(bundle.files[path])
        try verify(bytes)
        for index in bytes.indices {
            bytes[index] ^= 1
            do throws(Failure) {
                try verify(bytes)
                Issue.record("\(path): byte \(index) may be another")
            } catch {}
            bytes[index] ^= 1
        }
    }

    /// Flips bytes of a file, and puts them back: a client refuses each file that comes of it.
    private func refuse(_ path: String, _ bundle: MemoryBundle, _ client: PlacardClient) async throws {
        let bytes = try #require(bundle.files[path])
        let flipped = bytes.indices.filter {
            Self.isThorough || $0 < 16 || $0 >= bytes.count - 16 || $0.isMultiple(of: 31)
        }
        for index in flipped {
            bundle.files[path]?[index] ^= 1
            do throws(ClientError) {
                try await client.update()
                Issue.record("\(path): byte \(index) may be another")
            } catch {}
            bundle.files[path] = bytes
        }
        #expect(await client.release == 1)
        #expect(await client.title()?.hasPrefix("Bonjour") == true)
    }
}
