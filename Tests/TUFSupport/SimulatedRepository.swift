import TUF

/// A repository in memory that signs whatever a test tells it to, right or wrong.
package struct SimulatedRepository {
    package static let now = UTCTime(seconds: 1_800_000_000)
    package static let later = UTCTime(seconds: now.seconds + 86_400)

    /// Keys that sign, by role; each is in the root as well unless a test takes it out.
    package var signers: [TopLevelRole: [PrivateKey]] = [:]
    package var root = RootMetadata(version: 0, expires: later)
    package var timestamp = TimestampMetadata(version: 0, expires: later, snapshot: MetadataFile(version: 1))
    package var snapshot = SnapshotMetadata(version: 0, expires: later, files: [:])
    package var targets = TargetsMetadata(version: 0, expires: later, targets: [])
    /// What the server has, by path.
    package var files: [String: [UInt8]] = [:]

    /// Version 1 of each role, with a key each.
    package init(scheme: PrivateKey.Scheme = .ed25519) throws {
        for role in TopLevelRole.allCases { try addKey(role, scheme) }
        try publishRoot()
        try publish()
    }

    package mutating func addKey(_ role: TopLevelRole, _ scheme: PrivateKey.Scheme = .ed25519) throws {
        let key = try PrivateKey.generate(scheme)
        signers[role, default: []].append(key)
        root.keys[key.publicKey.id] = key.publicKey
        root[role].keyIDs.append(key.publicKey.id)
    }

    /// New keys for a role in the place of all it had. A root stays signed by the old ones as well.
    package mutating func rotate(_ role: TopLevelRole) throws {
        let old = role == .root ? signers[role] ?? [] : []
        signers[role] = []
        root[role].keyIDs = []
        try addKey(role)
        signers[role, default: []] += old
    }

    package mutating func publishRoot() throws {
        root.version += 1
        files["\(root.version).root.json"] = try sign(root.signed, .root)
    }

    /// Publishes targets, snapshot and timestamp, each one version up.
    package mutating func publish() throws {
        try publishTargets()
        try publishSnapshot()
        try publishTimestamp()
    }

    package mutating func publishTargets() throws {
        targets.version += 1
        let bytes = try sign(targets.signed, .targets)
        files["\(targets.version).targets.json"] = bytes
        snapshot.files["targets.json"] = MetadataFile(version: targets.version, bytes)
    }

    package mutating func publishSnapshot() throws {
        snapshot.version += 1
        let bytes = try sign(snapshot.signed, .snapshot)
        files["\(snapshot.version).snapshot.json"] = bytes
        timestamp.snapshot = MetadataFile(version: snapshot.version, bytes)
    }

    package mutating func publishTimestamp() throws {
        timestamp.version += 1
        files["timestamp.json"] = try sign(timestamp.signed, .timestamp)
    }

    package func sign(_ signed: MetadataValue, _ role: TopLevelRole) throws -> [UInt8] {
        var envelope = SignedEnvelope(signed)
        for key in signers[role] ?? [] { envelope.add(try key.sign(envelope.payload)) }
        return envelope.bytes
    }
}

/// A client that keeps what it is told to.
package struct SimulatedClient {
    package var kept: [String: [UInt8]]
    /// The paths that were asked for, in order.
    package var requests: [String] = []

    package init(_ repository: SimulatedRepository) {
        kept = ["root.json": repository.files["1.root.json"] ?? []]
    }

    /// Updates from a server; the update as it ended.
    @discardableResult
    package mutating func update(
        from repository: SimulatedRepository, now: UTCTime = SimulatedRepository.now
    ) throws(UntrustedFile) -> MetadataUpdate {
        requests = []
        var update = try MetadataUpdate(root: kept["root.json"] ?? [], kept: kept, now: now)
        while let request = update.request { try answer(request, &update, repository) }
        return update
    }

    package mutating func answer(
        _ request: MetadataUpdate.Request, _ update: inout MetadataUpdate, _ repository: SimulatedRepository
    ) throws(UntrustedFile) {
        requests.append(request.path)
        for change in try update.receive(repository.files[request.path]) {
            switch change {
            case .store(let name, let bytes): kept[name] = bytes
            case .remove(let name): kept[name] = nil
            }
        }
    }

    /// The reason for which an update is refused; nil when it is not.
    package mutating func refusal(
        of repository: SimulatedRepository, now: UTCTime = SimulatedRepository.now
    ) -> UntrustedFile? {
        do throws(UntrustedFile) {
            try update(from: repository, now: now)
            return nil
        } catch {
            return error
        }
    }
}

extension TargetFile {
    /// A target with that content.
    package init(_ path: String, _ text: String) {
        self.init(path: path, length: text.utf8.count, hashes: [.sha256(Array(text.utf8))])
    }
}
