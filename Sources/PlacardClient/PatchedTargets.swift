import PlacardBundle
import TUF

// A catalog or a locale file that changed a little is made of the one in use and a patch, which is a target of the signed release
// like any other. Whatever comes of it is held to the manifest's SHA-256, and what does not fit is fetched whole.

/// A patch that a release offers.
struct OfferedPatch: Sendable {
    /// Where it is, below the source.
    var path: String
    /// Its length and its hashes.
    var target: TargetFile
}

extension PlacardClient {
    /// The patches of a release that begin with files of the bundle in use, by the name of the target that they lead to.
    func offers(of update: MetadataUpdate) -> [String: OfferedPatch] {
        guard let manifest = bundle?.manifest else { return [:] }
        var offers: [String: OfferedPatch] = [:]
        for entry in [manifest.catalog] + manifest.locales.map(\.value.target) {
            guard let name = entry.targetName,
                let patch = update.targets?[BundlePatch.targetName(from: entry.sha256, to: name)]
            else { continue }
            offers[name] = OfferedPatch(path: "targets/" + update.servedPath(of: patch), target: patch)
        }
        return offers
    }

    /// A target, made of its version in use by a patch; nil when there is no patch that does it. The version in use and the patch are in
    /// memory, and what comes of them is written piece by piece.
    ///
    /// - Throws: ``ClientError/cancelled`` alone; what else is wrong with a patch is reported, and the whole file will do.
    func patched(_ entry: TargetEntry, _ number: Int) async throws(ClientError) -> StoredFile? {
        guard let name = entry.targetName, let offer = patches[name], offer.target.length < entry.bytes,
            offer.target.length <= PlacardClient.targetLimit
        else { return nil }
        do throws(ClientError) {
            let patch = try await file(offer.path, limit: offer.target.length)
            guard flight?.number == number else { throw .cancelled }
            do throws(TUFError) {
                try offer.target.verify(patch)
            } catch {
                throw .untrusted(path: offer.path, error)
            }
            guard let old = inUse(name) else { return nil }
            let new = try folder.newTarget(entry)
            let isPatched = old.bytes.withAll { old in
                BundlePatch.apply(patch, to: old, name: name) { new.write(UnsafeRawBufferPointer($0)) }
            }
            guard isPatched == true else {
                throw .malformed(path: offer.path, reason: "it is no patch of \(name)")
            }
            return try folder.stored(new, entry)
        } catch .cancelled {
            throw .cancelled
        } catch {
            report(error)
            return nil
        }
    }

    /// The version in use.
    private func inUse(_ name: String) -> StoredFile? {
        guard let bundle else { return nil }
        let entries = [bundle.manifest.catalog] + bundle.manifest.locales.map(\.value.target)
        guard let entry = entries.first(where: { $0.targetName == name }) else { return nil }
        return target(entry, in: bundle)
    }
}
