import PlacardBundle
import TUF

/// What was published.
package struct PublishOutcome: Sendable, Equatable {
    /// The number of the release.
    package var number: Int64
    /// How many files were copied.
    package var copied: Int
    /// How many files were removed.
    package var removed: Int
}

/// Copies a release to a folder that is served: what never changes first, the timestamp last.
///
/// A reader finds the old release whole until the timestamp is there, and the new one from then on. What is there already is not
/// copied again, so that a copy that was killed goes on where it was. What the timestamp does not lead to is never copied.
///
/// - Parameters:
///   - release: verified at its place; each target is verified once more while it is copied.
///   - folder: the absolute path of the folder.
///   - keep: of how many releases files stay, the newest included; nil keeps all.
///   - compresses: whether a file gets copies beside it, `.gz` and `.br`, for servers that send those.
/// - Throws: ``ReleaseError``, also when the folder has a newer timestamp.
package func publish(
    _ release: Release, to folder: String, root: [UInt8], keep: Int?, compresses: Bool = false
) throws(ReleaseError) -> PublishOutcome {
    let folder = try ReleaseFolder(folder)
    if let there = try readRelease(at: .folder(folder.path), root: root, now: beginningOfTime),
        !numbersMayFall(from: there.root, to: release.root)
    {
        guard there.timestamp.version <= release.timestamp.version, there.number <= release.number else {
            throw ReleaseError(
                .wrongUse, "\(folder.path) has release \(there.number), which is newer than \(release.number)",
                help: ["placard release --rollback NUMBER makes a new release of old content"])
        }
    }
    var copied = 0
    for target in release.files {
        let path = "targets/" + target.servedPath(isConsistentSnapshot: release.root.isConsistentSnapshot)
        let bytes = try release.read(target)
        if compresses { copied += try compress(path, bytes, folder) }
        copied += try folder.write(path, bytes) ? 1 : 0
    }
    for (name, bytes) in release.metadata { copied += try folder.write("metadata/" + name, bytes) ? 1 : 0 }
    let removed = try keep.map { count throws(ReleaseError) in try prune(folder, keep: count, release) } ?? 0
    return PublishOutcome(number: release.number, copied: copied, removed: removed)
}

/// Writes copies of a text that are at least an eighth smaller; how many.
private func compress(
    _ path: String, _ bytes: [UInt8], _ folder: borrowing ReleaseFolder
) throws(ReleaseError) -> Int {
    guard path.hasSuffix(".json"), bytes.count >= 1024 else { return 0 }
    var written = 0
    // Without a name and a time in it, so that the same text gives the same copy.
    for (ending, program) in [(".gz", ["gzip", "-9", "-n", "-c"]), (".br", ["brotli", "-q", "11", "-c"])] {
        guard !folder.has(path + ending) else { continue }
        guard let result = run(program, input: bytes, limit: 2 * bytes.count + 1024), result.code == 0 else {
            throw ReleaseError(
                .failure, "\(program[0]) does not compress", help: ["--compress needs gzip and brotli; install them"])
        }
        guard result.output.count <= bytes.count / 8 * 7 else { continue }
        written += try folder.write(path + ending, result.output) ? 1 : 0
    }
    return written
}

/// Removes the files of all but the newest releases from a folder. Roots stay: clients need each.
///
/// - Parameter keep: how many releases stay; at least 1.
/// - Returns: how many files went.
package func pruneReleases(_ folder: String, keep: Int, root: [UInt8]) throws(ReleaseError) -> Int {
    let folder = try ReleaseFolder(folder)
    guard let release = try readRelease(at: .folder(folder.path), root: root, now: beginningOfTime) else { return 0 }
    return try prune(folder, keep: keep, release)
}

private func prune(
    _ folder: borrowing ReleaseFolder, keep: Int, _ current: Release
) throws(ReleaseError) -> Int {
    var wanted: Set<String> = ["timestamp.json"]
    var wantedTargets: Set<String> = []
    var versions: Set<Int> = []
    var numbers: Set<Int64> = []
    // What is above the newest was never released, or by somebody whose keys are gone.
    for version in folder.versions(of: "targets").reversed() where version <= current.targets.version {
        guard let targets = targets(folder, version), let number = releaseNumber(of: targets) else { continue }
        guard numbers.contains(number) || numbers.count < max(keep, 1) else { continue }
        numbers.insert(number)
        versions.insert(version)
        wanted.insert("\(version).targets.json")
        for target in targets.targets.values { wantedTargets.insert(target.servedPath()) }
    }
    versions.insert(current.targets.version)
    wanted.formUnion(current.metadata.map(\.name))
    for target in current.files { wantedTargets.insert(target.servedPath()) }
    for version in folder.versions(of: "snapshot") where version <= current.snapshot.version {
        guard
            let bytes = try ReleaseLocation.folder(folder.path).read(
                "metadata/\(version).snapshot.json", limit: 2_000_000),
            let snapshot = try? SnapshotMetadata(SignedEnvelope(parsing: bytes).signed),
            let listed = snapshot.files["targets.json"], versions.contains(listed.version)
        else { continue }
        wanted.insert("\(version).snapshot.json")
    }
    var removed = 0
    for role in ["targets", "snapshot"] {
        for version in folder.versions(of: role) where !wanted.contains("\(version).\(role).json") {
            folder.remove("metadata/\(version).\(role).json")
            removed += 1
        }
    }
    for name in folder.files(in: "targets") where isTarget(name) && !wantedTargets.contains(uncompressed(name)) {
        folder.remove("targets/" + name)
        removed += 1
    }
    return removed
}

/// The metadata of targets of that version, when it can be read. It decides what is kept, and nothing else: it is not verified.
private func targets(_ folder: borrowing ReleaseFolder, _ version: Int) -> TargetsMetadata? {
    guard let bytes = try? ReleaseLocation.folder(folder.path).read(targetsPath(version), limit: targetsLimit) else {
        return nil
    }
    return try? TargetsMetadata(SignedEnvelope(parsing: bytes).signed)
}

/// The number of the release that metadata of targets is of.
func releaseNumber(of targets: TargetsMetadata) -> Int64? {
    targets[manifestName]?.custom?["release"]?.integer.map(Int64.init)
}

/// Whether a file is called as a target is: by its hash.
private func isTarget(_ path: String) -> Bool {
    let parts = path.split(separator: "/")
    // Releases have files, images and patches, and no other folders.
    let folders: [Substring] = ["images", "patches"]
    guard let name = parts.last, parts.count == 1 || parts.count == 2 && folders.contains(parts[0]) else {
        return false
    }
    return name.utf8.prefix { ($0 >= 0x30 && $0 <= 0x39) || ($0 >= 0x61 && $0 <= 0x66) }.count == 64
}

/// The name of a file without the ending of a copy that is compressed.
private func uncompressed(_ name: String) -> String {
    for ending in [".gz", ".br"] where name.hasSuffix(ending) { return String(name.dropLast(ending.utf8.count)) }
    return name
}

/// What a folder released under a number that has passed, for a new release of it.
///
/// - Parameter keys: all roots of the repository: the metadata is verified by any whose keys signed it.
package func pastContent(
    _ number: Int64, in folder: String, keys: KeyFolder
) throws(ReleaseError) -> ReleaseContent {
    let location = ReleaseLocation.folder(folder)
    guard let current = try readRelease(at: location, root: keys.roots[0], now: beginningOfTime) else {
        throw ReleaseError(.wrongUse, "there is no release in \(folder)")
    }
    let versions = try ReleaseFolder(folder).versions(of: "targets")
    for version in versions.reversed() where version <= current.targets.version {
        guard let targets = try pastTargets(version, at: location, keys: keys), releaseNumber(of: targets) == number,
            let target = targets[manifestName]
        else { continue }
        var past = current.with(targets)
        past.manifest = try readManifest(try past.read(target))
        return ReleaseContent(past)
    }
    throw ReleaseError(
        .wrongUse, "release \(number) is not in \(folder) any more", help: ["--keep says how many releases stay"])
}

/// The metadata of targets of a version that has passed, when keys of any root of ours signed it.
func pastTargets(
    _ version: Int, at location: ReleaseLocation, keys: KeyFolder
) throws(ReleaseError) -> TargetsMetadata? {
    guard let bytes = try location.read(targetsPath(version), limit: targetsLimit),
        let envelope = try? SignedEnvelope(parsing: bytes), let targets = try? TargetsMetadata(envelope.signed),
        targets.version == version
    else { return nil }
    let isOurs = keys.roots.contains { bytes in
        guard let root = try? RootMetadata(SignedEnvelope(parsing: bytes).signed) else { return false }
        return isSigned(envelope, as: .targets, of: root)
    }
    return isOurs ? targets : nil
}

/// Where metadata of targets is.
func targetsPath(_ version: Int) -> String { "metadata/\(version).targets.json" }
let targetsLimit = MetadataUpdate.Limits().targets
