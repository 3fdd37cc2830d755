import CanonicalJSON
import PlacardBundle
import TUF

/// A release that has been verified, with the metadata that says so.
package struct Release: Sendable {
    /// The newest root that it is served with.
    package let root: RootMetadata
    /// Which snapshot is the newest.
    package let timestamp: TimestampMetadata
    /// Which metadata of targets belongs to it.
    package let snapshot: SnapshotMetadata
    /// Its files.
    package let targets: TargetsMetadata
    /// What it releases; ``Manifest/release`` is its number.
    package internal(set) var manifest: Manifest
    /// The bytes of its metadata by their served names, the mutable one last.
    let metadata: [(name: String, bytes: [UInt8])]
    let location: ReleaseLocation

    /// Its number, from 1.
    package var number: Int64 { manifest.release }

    /// A past release at the same place, of which no more is known than its targets.
    func with(_ targets: TargetsMetadata) -> Release {
        Release(
            root: root, timestamp: timestamp, snapshot: snapshot, targets: targets, manifest: manifest, metadata: [],
            location: location)
    }

    /// Its targets in the order of their paths.
    package var files: [TargetFile] {
        targets.targets.values.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }

    /// The bytes of a target, verified.
    ///
    /// - Throws: ``ReleaseError`` when it is not there, or not what the metadata says.
    func read(_ target: TargetFile) throws(ReleaseError) -> [UInt8] {
        let path = "targets/" + target.servedPath(isConsistentSnapshot: root.isConsistentSnapshot)
        guard let bytes = try location.read(path, limit: target.length) else {
            throw ReleaseError(.untrusted, "\(path) is not there")
        }
        do throws(TUFError) {
            try target.verify(bytes)
        } catch {
            throw ReleaseError(.untrusted, "\(path): \(error)")
        }
        return bytes
    }

    /// Reads every target, and verifies it; how many bytes they have.
    package func verifyTargets() throws(ReleaseError) -> Int {
        var count = 0
        for target in files { count += try read(target).count }
        return count
    }
}

/// The largest manifest that is read, in bytes.
private let manifestLimit = 4 << 20
/// The target that names all others.
let manifestName = "manifest.json"

/// Reads what a folder or a server releases, by the workflow of a client, from a trusted root.
///
/// - Parameters:
///   - root: the bytes of a trusted root, such as `1.root.json`.
///   - count: the newest root that is looked for; nil for any.
///   - now: what expiry is measured by.
/// - Returns: nil when there is no timestamp, and so no release.
/// - Throws: ``ReleaseError`` when anything of it is not to be trusted. Targets but the manifest are not read.
package func readRelease(
    at location: ReleaseLocation, root: [UInt8], upTo count: Int? = nil, now: UTCTime
) throws(ReleaseError) -> Release? {
    guard try location.read("metadata/timestamp.json", limit: MetadataUpdate.Limits().timestamp) != nil else {
        return nil
    }
    var update = try trusted { () throws(UntrustedFile) in try MetadataUpdate(root: root, now: now) }
    var metadata = [(name: "\(update.root.version).root.json", bytes: root)]
    while let request = update.request {
        let isBeyond = request.mayBeMissing && update.root.version == count
        let bytes =
            if isBeyond { [UInt8]?.none } else {
                try location.read("metadata/" + request.path, limit: request.lengthLimit)
            }
        _ = try trusted { () throws(UntrustedFile) in try update.receive(bytes) }
        if let bytes { metadata.append((request.path, bytes)) }
    }
    guard let timestamp = update.timestamp, let snapshot = update.snapshot, let targets = update.targets,
        let target = targets[manifestName]
    else { throw ReleaseError(.untrusted, "the release has no target \(manifestName)") }
    // Roots late, as they may ask for other keys than the old timestamp has; the timestamp, which is replaced, last.
    let order = metadata.enumerated().sorted { a, b in
        (publishingPlace(a.element.name), a.offset) < (publishingPlace(b.element.name), b.offset)
    }.map(\.element)
    let empty = Manifest(content: "", source: "", catalog: TargetEntry(path: "", sha256: "", bytes: 0), locales: [:])
    var release = Release(
        root: update.root, timestamp: timestamp, snapshot: snapshot, targets: targets, manifest: empty,
        metadata: order, location: location)
    guard target.length <= manifestLimit else { throw ReleaseError(.untrusted, "the manifest is too long") }
    release.manifest = try readManifest(try release.read(target))
    return release
}

private func publishingPlace(_ name: String) -> Int {
    name == "timestamp.json" ? 2 : name.hasSuffix(".root.json") ? 1 : 0
}

/// Reads a manifest's bytes.
func readManifest(_ bytes: [UInt8]) throws(ReleaseError) -> Manifest {
    guard let json = try? JSONValue(parsing: bytes), let manifest = try? Manifest(json: json) else {
        throw ReleaseError(.untrusted, "\(manifestName) cannot be read")
    }
    return manifest
}

private func trusted<Value>(_ body: () throws(UntrustedFile) -> Value) throws(ReleaseError) -> Value {
    do throws(UntrustedFile) {
        return try body()
    } catch {
        throw ReleaseError(.untrusted, "metadata/\(error)")
    }
}
