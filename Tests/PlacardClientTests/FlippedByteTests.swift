import Foundation
import PlacardBundle
import TUF
import TUFSupport
import Testing

@testable import PlacardClient

/// Every byte of every file of a release, flipped one at a time: none is taken, and the release before stays in use.
@Suite struct FlippedByteTests {
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
        let whole = Set(try #require(signed.manifests.last).targetEntries.map(\.path)).subtracting(first)
        #expect(whole.count == 2)
        // As a client asks for them: what is sound by then is kept, and asked for no more.
        let (snapshot, targets) = (signed.repository.snapshot.version, signed.repository.targets.version)
        let order = ["2.root.json", "timestamp.json", "\(snapshot).snapshot.json", "\(targets).targets.json"].map {
            "metadata/" + $0
        }
        let manifest = Set(bundle.files.keys).subtracting(first).subtracting(order).subtracting(patches)
            .subtracting(whole)
        #expect(manifest.count == 1)
        for path in order + manifest {
            #expect(try await refusedBytes(of: path, bundle, client) == bundle.files[path]?.count, "\(path)")
        }
        // A patch that is wrong is no loss where the whole file is; here it is not.
        let files = bundle.files
        for (paths, missing) in [(patches, whole), (whole, patches)] {
            for path in missing { bundle.files[path] = nil }
            for path in paths.sorted() {
                #expect(try await refusedBytes(of: path, bundle, client) == files[path]?.count, "\(path)")
            }
            bundle.files = files
        }
        #expect(await signed.client(folder).title()?.hasPrefix("Bonjour") == true)
        #expect(try await client.update() == .updated)
        #expect(await client.title()?.hasPrefix("Salut") == true)
    }

    /// Flips each byte of a file, and puts it back; how many of the files that came of it were refused.
    private func refusedBytes(of path: String, _ bundle: MemoryBundle, _ client: PlacardClient) async throws -> Int {
        let bytes = try #require(bundle.files[path])
        var refused = 0
        for index in bytes.indices {
            bundle.files[path]?[index] ^= 1
            do throws(ClientError) {
                try await client.update()
                Issue.record("\(path): byte \(index) may be another")
            } catch {
                refused += 1
            }
            bundle.files[path] = bytes
        }
        #expect(await client.release == 1)
        #expect(await client.title()?.hasPrefix("Bonjour") == true)
        return refused
    }
}
