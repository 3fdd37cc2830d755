import TUF

/// The numbers that only grow: versions of metadata, and the release's own.
///
/// Who steals keys can run them up, so that there is none left above (fast-forward). When the keys of timestamp and snapshot have
/// been replaced since, clients forget what those signed (TUF specification, section 5.3.11), and numbers go on from where
/// they were before.
struct ReleaseNumbers {
    /// From here on no publisher comes by counting.
    private static let runaway = 1 << 40

    /// Whether clients take lower numbers than they know, once.
    let mayFall: Bool
    private let last: Release?
    private let versions: [TopLevelRole: [Int]]
    private let releases: [Int]

    /// The numbers of a folder.
    ///
    /// - Parameters:
    ///   - last: the last release, as it is served.
    ///   - root: the root of today.
    ///   - folder: what is in it no release may be called like once more, whether or not it is released: caches may have it.
    init(_ last: Release?, root: RootMetadata, keys: KeyFolder, _ folder: borrowing ReleaseFolder) throws(ReleaseError)
    {
        self.last = last
        mayFall = last.map { numbersMayFall(from: $0.root, to: root) } ?? false
        versions = [
            .targets: [last?.targets.version ?? 0] + folder.versions(of: "targets"),
            .snapshot: [last?.snapshot.version ?? 0] + folder.versions(of: "snapshot"),
            .timestamp: [last?.timestamp.version ?? 0],
        ]
        var releases = [Int(last?.number ?? 0)]
        if mayFall {
            // What is served may be an old one, too.
            let location = ReleaseLocation.folder(folder.path)
            for version in folder.versions(of: "targets") {
                guard let targets = try pastTargets(version, at: location, keys: keys) else { continue }
                releases.append(Int(releaseNumber(of: targets) ?? 0))
            }
        }
        self.releases = releases
    }

    /// Whether the release that is served has a number that no publisher gave it.
    var isRunaway: Bool { (last?.number ?? 0) >= ReleaseNumbers.runaway }

    /// The number of the next release.
    func nextRelease() throws(ReleaseError) -> Int64 { Int64(try next(after: releases, "the release's number")) }

    /// The version of a role's next metadata.
    ///
    /// - Throws: ``ReleaseError`` when somebody has run it up, and the keys are still the same.
    func nextVersion(_ role: TopLevelRole) throws(ReleaseError) -> Int {
        try next(after: versions[role] ?? [], "the version of \(role.rawValue)")
    }

    /// - Parameter numbers: that of what is served, then those of what is in the folder besides.
    private func next(after numbers: [Int], _ what: String) throws(ReleaseError) -> Int {
        if let served = numbers.first, served >= ReleaseNumbers.runaway, !mayFall {
            throw ReleaseError(
                .wrongUse, "\(what) is \(served): somebody with its key has run it up, and clients take no lower one",
                help: [
                    "placard keys rotate timestamp, snapshot and targets, then placard release: with new keys, numbers may fall"
                ])
        }
        return 1 + (numbers.filter { $0 < ReleaseNumbers.runaway }.max() ?? 0)
    }
}

/// Whether clients that know one root take lower numbers with another: no key of timestamp and snapshot is the same.
func numbersMayFall(from old: RootMetadata, to new: RootMetadata) -> Bool {
    old.version < new.version
        && [TopLevelRole.timestamp, .snapshot].allSatisfy { role in
            Set(old[role].keyIDs).isDisjoint(with: new[role].keyIDs)
        }
}

/// The release in the publisher's own folder, also when one that was killed has left newer roots there than its timestamp is of.
func readOwnRelease(in folder: String, _ keys: KeyFolder) throws(ReleaseError) -> Release? {
    let location = ReleaseLocation.folder(folder)
    do throws(ReleaseError) {
        return try readRelease(at: location, root: keys.roots[0], now: beginningOfTime)
    } catch {
        for count in (1..<keys.roots.count).reversed() {
            if let release = try? readRelease(at: location, root: keys.roots[0], upTo: count, now: beginningOfTime) {
                return release
            }
        }
        throw error
    }
}
