import Cryptography
import PlacardBundle
import TUF

// Patches from the files of past releases to those of the next, so that a client that has one of them fetches what changed.

/// A patch of a catalog or a locale file, which is a target.
struct ReleasePatch {
    /// How it is listed.
    var target: TargetFile
    /// Its bytes.
    var bytes: [UInt8]
}

/// Makes the patches from past releases to new content.
///
/// - Parameters:
///   - manifest: what is released.
///   - last: the release before; its past is looked for where it is.
///   - count: from how many releases, the one before included.
/// - Throws: ``ReleaseError`` when a place or the content cannot be read. A past release, or a file of one, that is not there any
///   more or is not to be trusted gives no patches.
func makePatches(
    to content: ReleaseContent, _ manifest: Manifest, after last: Release?, count: Int, keys: KeyFolder
) throws(ReleaseError) -> [ReleasePatch] {
    guard let last, count > 0 else { return [] }
    let past = try [last] + pastReleases(before: last, count: count - 1, keys: keys)
    var patches: [ReleasePatch] = []
    var names: Set<String> = []
    // One file at a time, as each may be large.
    for entry in textEntries(manifest) {
        guard let name = entry.targetName else { continue }
        var new: [UInt8]?
        for release in past {
            guard let old = release.targets[name], let digest = sha256(of: old), digest != entry.sha256 else {
                continue
            }
            let patchName = BundlePatch.targetName(from: digest, to: name)
            guard names.insert(patchName).inserted, let before = try bytes(old, of: release) else { continue }
            let after: [UInt8]
            if let new { after = new } else { after = try content.bytes(entry) }
            new = after
            guard let patch = BundlePatch.make(from: before, to: after, name: name) else { continue }
            let target = TargetFile(path: patchName, length: patch.count, hashes: [.sha256(patch)])
            patches.append(ReleasePatch(target: target, bytes: patch))
        }
    }
    return patches
}

/// The files of a bundle that patches are made for.
private func textEntries(_ manifest: Manifest) -> [TargetEntry] {
    [manifest.catalog] + manifest.locales.map(\.value.target)
}

private func sha256(of target: TargetFile) -> String? { target.hashes.first { $0.algorithm == "sha256" }?.digest }

/// The bytes of a past release's file; nil when it is not there as it was.
private func bytes(_ target: TargetFile, of release: Release) throws(ReleaseError) -> [UInt8]? {
    do throws(ReleaseError) {
        return try release.read(target)
    } catch {
        guard error.kind == .untrusted else { throw error }
        return nil
    }
}

/// Releases before one, the newest first, each with another number.
private func pastReleases(before last: Release, count: Int, keys: KeyFolder) throws(ReleaseError) -> [Release] {
    var releases: [Release] = []
    var numbers: Set<Int64> = [last.number]
    var version = last.targets.version
    while releases.count < count, version > 1 {
        version -= 1
        guard let past = try pastTargets(version, at: last.location, keys: keys) else {
            // Those before have been pruned.
            guard let bytes = try? last.location.read(targetsPath(version), limit: targetsLimit), !bytes.isEmpty else {
                break
            }
            continue
        }
        guard let number = releaseNumber(of: past), numbers.insert(number).inserted else { continue }
        releases.append(last.with(past))
    }
    return releases
}

extension Release {
    /// The patches among its targets.
    var patches: [TargetFile] { files.filter { BundlePatch.parts(of: $0.path) != nil } }

    /// Applies each patch whose beginning is still there, and holds the result to the manifest.
    ///
    /// - Returns: how many patches lead where they should, and how many begin with files that are not there any more.
    /// - Throws: ``ReleaseError`` when one does not, or what it begins with is not what its name says.
    package func verifyPatches() throws(ReleaseError) -> (verified: Int, withoutBeginning: Int) {
        var result = (verified: 0, withoutBeginning: 0)
        let entries = textEntries(manifest)
        for patch in patches {
            guard let (digest, name) = BundlePatch.parts(of: patch.path),
                let entry = entries.first(where: { $0.targetName == name })
            else { throw ReleaseError(.untrusted, "\(patch.path) leads to no file of the release") }
            guard let old = try location.read("targets/\(digest).\(name)", limit: pastFileLimit) else {
                result.withoutBeginning += 1
                continue
            }
            guard Cryptography.platform.sha256Hex(old) == digest else {
                throw ReleaseError(.untrusted, "targets/\(digest).\(name) has another SHA-256 than its name says")
            }
            let new = BundlePatch.apply(try read(patch), to: old, name: name)
            guard let new, Cryptography.platform.sha256Hex(new) == entry.sha256 else {
                throw ReleaseError(.untrusted, "\(patch.path) does not lead to the \(name) of the manifest")
            }
            result.verified += 1
        }
        return result
    }
}

/// The largest file of a past release that is read, in bytes; a client reads none that is larger.
private let pastFileLimit = 64 << 20
