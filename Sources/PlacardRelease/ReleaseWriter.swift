import CanonicalJSON
import Cryptography
import PlacardBundle
import PlacardCompiler
import TUF

/// What a release is made of.
package struct ReleaseContent: Sendable {
    /// Which files there are; its release number does not matter.
    package let manifest: Manifest
    private let read: @Sendable (TargetEntry) throws(ReleaseError) -> [UInt8]

    /// A bundle that has been compiled.
    package init(_ bundle: Bundle) {
        let files = Dictionary(bundle.targets.map { ($0.path, $0.bytes) }) { first, _ in first }
        manifest = bundle.manifest
        read = { entry throws(ReleaseError) in
            guard let bytes = files[entry.path] else {
                throw ReleaseError(.failure, "the bundle has no file \(entry.path)")
            }
            return bytes
        }
    }

    /// What another release has, of another channel or of the past.
    package init(_ release: Release) {
        manifest = release.manifest
        read = { entry throws(ReleaseError) in
            guard let name = entry.targetName, let target = release.targets[name] else {
                throw ReleaseError(.untrusted, "the release has no target \(entry.path)")
            }
            return try release.read(target)
        }
    }

    func bytes(_ entry: TargetEntry) throws(ReleaseError) -> [UInt8] { try read(entry) }
}

/// How long what is signed is trusted.
package struct ReleaseValidity: Sendable {
    /// Targets and snapshot, in days.
    package var content = 365
    /// The timestamp, in days.
    package var timestamp = 7

    /// A year, and a week.
    package init() {}
}

/// What a release came to.
package struct ReleaseOutcome: Sendable, Equatable {
    /// The number of the release that the folder now has.
    package var number: Int64
    /// Whether it is another than before.
    package var isNew: Bool
    /// Whether metadata was signed anew, without which nothing was written.
    package var isSigned: Bool
    /// How many files were written.
    package var files: Int
}

/// Writes releases to one folder.
package struct ReleaseWriter: Sendable {
    private let keys: KeyFolder
    private let ring: KeyRing
    private let validity: ReleaseValidity
    /// From how many releases before there are patches.
    private let patchCount: Int
    /// What the content was made at: `SOURCE_DATE_EPOCH`, or the commit.
    private let made: UTCTime
    /// What time it is, for the timestamp, and for what is about to expire.
    private let now: UTCTime

    /// A writer with keys, at a time, of releases that clients of so many releases before can patch their files to.
    package init(
        keys: KeyFolder, ring: KeyRing, validity: ReleaseValidity, patchCount: Int = 0, made: UTCTime, now: UTCTime
    ) {
        (self.keys, self.ring, self.validity, self.made, self.now) = (keys, ring, validity, made, now)
        self.patchCount = patchCount
    }

    /// Releases content, unless the last release has the same and all of it is signed as the root of today says.
    ///
    /// - Parameters:
    ///   - folder: the absolute path of the folder that is served.
    ///   - last: the last release, when it is not in the folder; nil reads the folder.
    /// - Throws: ``ReleaseError``; then the timestamp, by which clients go, is the old one.
    package func release(
        _ content: ReleaseContent, to folder: String, after last: Release? = nil
    ) throws(ReleaseError) -> ReleaseOutcome {
        let folder = try ReleaseFolder(folder)
        var last = last
        if last == nil { last = try readOwnRelease(in: folder.path, keys) }
        guard keys.root.expires > now else {
            throw ReleaseError(.wrongUse, "the root expired at \(keys.root.expires)", help: ["placard keys renew"])
        }
        var manifest = renamed(content.manifest)
        manifest.release = last?.number ?? 0
        let numbers = try ReleaseNumbers(last, root: keys.root, keys: keys, folder)
        let isNew = manifest != last?.manifest || numbers.isRunaway
        if isNew { manifest.release = try numbers.nextRelease() }
        let needsTargets = isNew || !isCurrent(last, .targets)
        let needsSnapshot = needsTargets || !isCurrent(last, .snapshot)
        let needsTimestamp = needsSnapshot || !isCurrent(last, .timestamp)
        // Roots too have their way to clients: the last release may be elsewhere, and then what is here is to be served there.
        guard needsTimestamp || last?.root.version != keys.root.version else {
            return ReleaseOutcome(number: manifest.release, isNew: false, isSigned: false, files: 0)
        }
        let patches =
            try isNew ? makePatches(to: content, manifest, after: last, count: patchCount, keys: keys) : []
        // What is signed anew alone has the patches that it had.
        let listed = isNew ? patches.map(\.target) : last?.patches ?? []
        // All is signed before anything is written, so that a key that is missing changes nothing.
        let targets = try needsTargets ? signTargets(manifest, listed, numbers) : nil
        let snapshot = try needsSnapshot ? signSnapshot(targets, last, numbers) : nil
        let timestamp = try needsTimestamp ? signTimestamp(snapshot, last, keys.root, numbers) : nil
        var written = isNew ? try writeTargets(content, manifest, patches, folder) : 0
        var metadata = [targets, snapshot].compactMap(\.self).map { (name: $0.name, bytes: $0.bytes) }
        metadata += keys.roots.enumerated().map { ("\($0.offset + 1).root.json", $0.element) }
        // What changes, last: until then clients go by the old one.
        if let timestamp { metadata.append(("timestamp.json", timestamp)) }
        for file in metadata { written += try folder.write("metadata/" + file.name, file.bytes) ? 1 : 0 }
        return ReleaseOutcome(number: manifest.release, isNew: isNew, isSigned: written > 0, files: written)
    }

    /// Signs a new timestamp for the release that a folder has.
    ///
    /// - Returns: when it expires.
    package func refresh(_ folder: String) throws(ReleaseError) -> UTCTime {
        let folder = try ReleaseFolder(folder)
        guard let last = try readRelease(at: .folder(folder.path), root: keys.roots[0], now: beginningOfTime) else {
            throw ReleaseError(
                .wrongUse, "there is no release in \(folder.path)", help: ["placard release makes the first"])
        }
        for (role, time) in [
            ("root", last.root.expires), ("targets", last.targets.expires), ("snapshot", last.snapshot.expires),
        ] {
            guard time > now else {
                throw ReleaseError(
                    .wrongUse, "the \(role) metadata expired at \(time), so that a new timestamp helps no client",
                    help: [
                        role == "root" ? "placard keys renew, then placard release" : "placard release signs it anew"
                    ])
            }
        }
        // By the root that is served: clients know no newer one before a release brings it.
        let numbers = try ReleaseNumbers(last, root: last.root, keys: keys, folder)
        try folder.write("metadata/timestamp.json", try signTimestamp(nil, last, last.root, numbers))
        return expiry(now, validity.timestamp)
    }

    // MARK: What is written

    private func writeTargets(
        _ content: ReleaseContent, _ manifest: Manifest, _ patches: [ReleasePatch], _ folder: borrowing ReleaseFolder
    ) throws(ReleaseError) -> Int {
        var written = 0
        for patch in patches {
            written += try folder.write("targets/" + patch.target.servedPath(), patch.bytes) ? 1 : 0
        }
        for (old, new) in zip(content.manifest.targetEntries, manifest.targetEntries) {
            written += try folder.write(new.path, try content.bytes(old)) ? 1 : 0
        }
        let bytes = manifest.json.canonicalBytes
        let hash = Cryptography.platform.sha256Hex(bytes)
        return written + (try folder.write("targets/\(hash).\(manifestName)", bytes) ? 1 : 0)
    }

    private typealias Signed = (name: String, version: Int, bytes: [UInt8])

    private func signTargets(
        _ manifest: Manifest, _ patches: [TargetFile], _ numbers: ReleaseNumbers
    ) throws(ReleaseError) -> Signed {
        let version = try numbers.nextVersion(.targets)
        let bytes = manifest.json.canonicalBytes
        var files = [
            TargetFile(
                path: manifestName, length: bytes.count, hashes: [.sha256(bytes)],
                custom: .object([.init("release", .integer(digits: "\(manifest.release)"))]))
        ]
        var names: Set<String> = [manifestName]
        for entry in manifest.targetEntries {
            guard let name = entry.targetName, let length = Int(exactly: entry.bytes) else {
                throw ReleaseError(.failure, "\(entry.path) is not the path of a target")
            }
            // Two names of images may have the same bytes.
            if !names.insert(name).inserted {
                guard files.contains(where: { $0.path == name && $0.hashes.first?.digest == entry.sha256 }) else {
                    throw ReleaseError(.wrongUse, "two files of the bundle are called \(name)")
                }
                continue
            }
            files.append(
                TargetFile(
                    path: name, length: length, hashes: [FileHash(algorithm: "sha256", digest: entry.sha256)]))
        }
        let expires = try contentExpiry()
        let targets = TargetsMetadata(version: version, expires: expires, targets: files + patches)
        return ("\(version).targets.json", version, try ring.signed(targets.signed, as: .targets, of: keys.root))
    }

    private func signSnapshot(
        _ targets: Signed?, _ last: Release?, _ numbers: ReleaseNumbers
    ) throws(ReleaseError) -> Signed {
        let version = try numbers.nextVersion(.snapshot)
        // What clients know of a snapshot whose keys are gone they forget; what others have put into it goes.
        var files = last?.snapshot.files ?? [:]
        if numbers.mayFall { files = files.filter { $0.key == TopLevelRole.targets.fileName } }
        if let targets { files["targets.json"] = MetadataFile(version: targets.version, targets.bytes) }
        let snapshot = SnapshotMetadata(
            version: version, expires: try contentExpiry(), files: files)
        return ("\(version).snapshot.json", version, try ring.signed(snapshot.signed, as: .snapshot, of: keys.root))
    }

    private func signTimestamp(
        _ snapshot: Signed?, _ last: Release?, _ root: RootMetadata, _ numbers: ReleaseNumbers
    ) throws(ReleaseError) -> [UInt8] {
        guard let file = snapshot.map({ MetadataFile(version: $0.version, $0.bytes) }) ?? last?.timestamp.snapshot
        else {
            throw ReleaseError(.failure, "there is no snapshot")
        }
        let timestamp = TimestampMetadata(
            version: try numbers.nextVersion(.timestamp), expires: expiry(now, validity.timestamp), snapshot: file)
        return try ring.signed(timestamp.signed, as: .timestamp, of: root)
    }

    // MARK: What need not be

    /// Whether the metadata of a role is signed as the root of today says, and has more than half of its time ahead.
    private func isCurrent(_ last: Release?, _ role: TopLevelRole) -> Bool {
        guard let last, let bytes = last.metadata.last(where: { isMetadata($0.name, of: role) })?.bytes,
            let envelope = try? SignedEnvelope(parsing: bytes), isSigned(envelope, as: role, of: keys.root)
        else { return false }
        switch role {
        case .targets: return lasts(last.targets.expires)
        case .snapshot: return lasts(last.snapshot.expires)
        case .timestamp, .root: return true
        }
    }

    /// Whether a time is far enough ahead, or at least ahead and not to be put off by what is made when this was.
    private func lasts(_ time: UTCTime) -> Bool {
        time > expiry(now, validity.content / 2) || time > now && expiry(made, validity.content) <= time
    }

    private func isMetadata(_ name: String, of role: TopLevelRole) -> Bool {
        name == role.fileName || name.hasSuffix(".\(role.fileName)")
    }

    /// When targets and snapshot end, from the moment of the content on.
    private func contentExpiry() throws(ReleaseError) -> UTCTime {
        let time = expiry(made, validity.content)
        guard time > now else {
            throw ReleaseError(
                .wrongUse, "what is made at \(made) has expired by now, after \(validity.content) days",
                help: [
                    "SOURCE_DATE_EPOCH=$(date +%s) says that it is made now", "--valid DAYS lets it be trusted longer",
                ])
        }
        return time
    }

    private func expiry(_ from: UTCTime, _ days: Int) -> UTCTime {
        UTCTime(seconds: from.seconds + Int64(days) * 86_400)
    }
}

/// The manifest of a release: images have a name of their own each, by which a target is known.
private func renamed(_ manifest: Manifest) -> Manifest {
    var manifest = manifest
    manifest.assets = SortedMap(
        manifest.assets.map { asset in
            var entry = asset.value
            let last = entry.target.path.split(separator: "/").last ?? ""
            let suffix = last.split(separator: ".").last.map(String.init) ?? "image"
            entry.target.path = "targets/images/\(entry.target.sha256).\(entry.target.sha256).\(suffix)"
            return .init(asset.name, entry)
        })
    // The digest of the sorted list of paths, as of any bundle.
    let paths = Set(manifest.targetEntries.map(\.path)).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    manifest.content = Cryptography.platform.sha256Hex(Array(paths.map { $0 + "\n" }.joined().utf8))
    return manifest
}
