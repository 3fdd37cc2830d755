import ByteText
import Cryptography

/// The workflow of a client (TUF specification, section 5) as a value: bytes in, a decision or an error out.
///
/// It reads no clock, no disk and no network. Whoever drives it does, and is told which file to fetch next and what to keep:
///
/// ```swift
/// var update = try MetadataUpdate(root: pinned, kept: files, now: now)
/// while let request = update.request {
///     // nil when the server answers 404 or 403; at most request.lengthLimit bytes
///     let bytes = try await fetch(metadataURL + request.path, limit: request.lengthLimit)
///     for change in try update.receive(bytes) { apply(change) }
/// }
/// guard let target = try update.target("manifest.json") else { … }
/// let bytes = try await fetch(targetsURL + update.servedPath(of: target), limit: target.length)
/// try target.verify(bytes)          // or FileCheck, while the bytes come
/// ```
///
/// `kept` holds what earlier updates told to keep, byte for byte, by its name; nothing of it is believed before it has been
/// verified, so that a damaged file is fetched anew. What ``receive(_:)`` refuses changes nothing: the same request may be
/// answered by another server. An update is for one moment and one repository: begin anew for the next.
///
/// What is held against whom: a root needs the signatures of its own threshold and of the one before; versions never fall
/// (rollback), but for what was signed by keys that have been replaced since (recovery from fast-forward, section 5.3.11); a
/// snapshot must be the one that the timestamp names, and targets those that the snapshot names (mix-and-match); what has
/// expired is refused (freeze), and so is what is longer than it may be, before it is looked at.
public struct MetadataUpdate: Sendable {
    /// How much is fetched at most, in bytes, where no metadata says it, and how often.
    public struct Limits: Sendable {
        /// A root.
        public var root = 512_000
        /// A timestamp.
        public var timestamp = 16_384
        /// A snapshot.
        public var snapshot = 2_000_000
        /// Metadata of targets.
        public var targets = 5_000_000
        /// How many roots, one after the other.
        public var rootCount = 256
        /// How many delegated roles are asked for one target.
        public var delegations = 32

        /// Those of python-tuf.
        public init() {}
    }

    /// A file that is to be fetched.
    public struct Request: Sendable, Equatable {
        /// Its path below the folder of metadata, encoded for a URL: `3.root.json`, `timestamp.json`.
        public var path: String
        /// The most bytes that it may have.
        public var lengthLimit: Int
        /// Whether it is no fault that the server does not have it: there may be no newer root.
        public var mayBeMissing: Bool
    }

    /// What is to be kept, in the order given, each step atomically.
    public enum Change: Sendable, Equatable {
        /// The file of that name becomes these bytes.
        case store(name: String, bytes: [UInt8])
        /// The file of that name goes.
        case remove(name: String)
    }

    enum Stage: Sendable, Equatable {
        case roots, timestamp, snapshot, targets, done
        case delegated(name: String, delegator: String)
    }

    /// A delegated role's metadata that has been verified against at least one delegator.
    struct Delegated: Sendable {
        var envelope: SignedEnvelope
        var metadata: TargetsMetadata
        var verifiedFor: Set<String>
    }

    let cryptography: Cryptography
    let limits: Limits
    let kept: [String: [UInt8]]
    let now: UTCTime
    var stage = Stage.roots
    var delegated: [String: Delegated] = [:]
    private var rootCount = 0
    /// Whether the keys of timestamp or snapshot are others than when the update began.
    private var isRotated = false

    /// Whether versions may fall in this update, as the keys of timestamp or snapshot have been replaced: by it, or by one before
    /// that ended after the root (section 5.3.11).
    public var mayFall: Bool {
        let isUnfinished =
            ["timestamp.json", "snapshot.json"].allSatisfy { kept[$0] == nil } && kept["root.json"] != nil
        return isRotated || isUnfinished
    }

    /// The newest root that is trusted.
    public private(set) var root: RootMetadata
    /// The timestamp, once it is trusted.
    public private(set) var timestamp: TimestampMetadata?
    /// The snapshot, once it is trusted.
    public private(set) var snapshot: SnapshotMetadata?
    /// The metadata of targets, once it is trusted.
    public private(set) var targets: TargetsMetadata?

    /// Begins an update.
    ///
    /// - Parameters:
    ///   - root: the root that is trusted: the last that was kept, or the one that came with the app. It may have expired.
    ///   - kept: files that earlier updates told to keep, by their names.
    ///   - now: the time that all expiry is measured by. The publisher's own tools may pass the beginning of time, to read
    ///     what has expired; a client must not.
    /// - Throws: ``UntrustedFile`` when the root is none, or its own keys did not sign it.
    public init(
        root: [UInt8], kept: [String: [UInt8]] = [:], now: UTCTime, limits: Limits = Limits(),
        cryptography: Cryptography = .platform
    ) throws(UntrustedFile) {
        do throws(TUFError) {
            let envelope = try SignedEnvelope(parsing: root)
            self.root = try RootMetadata(envelope.signed, cryptography: cryptography)
            try self.root.verify(envelope, as: .root)
        } catch {
            throw UntrustedFile(file: TopLevelRole.root.fileName, reason: error)
        }
        self.kept = kept
        self.now = now
        self.limits = limits
        self.cryptography = cryptography
    }

    /// The file to fetch next; nil when the metadata of targets is trusted, and no delegated role is waited for.
    public var request: Request? {
        switch stage {
        case .roots:
            Request(path: "\(root.version + 1).root.json", lengthLimit: limits.root, mayBeMissing: true)
        case .timestamp: Request(path: "timestamp.json", lengthLimit: limits.timestamp, mayBeMissing: false)
        case .snapshot: request("snapshot", timestamp?.snapshot, limits.snapshot)
        case .targets: request("targets", snapshot?.files[TopLevelRole.targets.fileName], limits.targets)
        case .delegated(let name, _): request(name, snapshot?.files[name + ".json"], limits.targets)
        case .done: nil
        }
    }

    private func request(_ role: String, _ file: MetadataFile?, _ limit: Int) -> Request {
        let version = root.isConsistentSnapshot ? "\(file?.version ?? 1)." : ""
        return Request(
            path: "\(version)\(percentEncoded(role)).json", lengthLimit: min(file?.length ?? limit, limit),
            mayBeMissing: false)
    }

    /// Takes the bytes of what ``request`` asked for.
    ///
    /// - Parameter bytes: nil when the server does not have the file.
    /// - Returns: what is to be kept.
    /// - Throws: ``UntrustedFile``; then nothing has changed.
    public mutating func receive(_ bytes: [UInt8]?) throws(UntrustedFile) -> [Change] {
        guard let request else { return [] }
        do throws(TUFError) {
            guard let bytes else {
                guard request.mayBeMissing else { throw .missing }
                return try finishRoots()
            }
            guard bytes.count <= request.lengthLimit else { throw .tooLong(limit: request.lengthLimit) }
            switch stage {
            case .roots: return try take(root: bytes)
            case .timestamp: return try take(timestamp: bytes)
            case .snapshot: return try take(snapshot: bytes)
            case .targets:
                targets = try readTargets(bytes)
                stage = .done
                return [.store(name: TopLevelRole.targets.fileName, bytes: bytes)]
            case .delegated(let name, let delegator): return try take(delegated: bytes, name, from: delegator)
            case .done: return []
            }
        } catch {
            throw UntrustedFile(file: bytes == nil && request.mayBeMissing ? "root.json" : request.path, reason: error)
        }
    }

    // MARK: Roots (section 5.3)

    private mutating func take(root bytes: [UInt8]) throws(TUFError) -> [Change] {
        let envelope = try SignedEnvelope(parsing: bytes)
        let next = try RootMetadata(envelope.signed, cryptography: cryptography)
        try root.verify(envelope, as: .root)
        try next.verify(envelope, as: .root)
        guard next.version == root.version + 1 else {
            throw .wrongVersion(expected: root.version + 1, found: next.version)
        }
        var changes = [Change.store(name: TopLevelRole.root.fileName, bytes: bytes)]
        let isRotated = [TopLevelRole.timestamp, .snapshot].contains { Set(root[$0].keyIDs) != Set(next[$0].keyIDs) }
        if isRotated {
            // At once, so that an update that ends here leaves nothing that the next would go by.
            changes += [TopLevelRole.timestamp, .snapshot].map(\.fileName).filter { kept[$0] != nil }
                .map { .remove(name: $0) }
        }
        if rootCount + 1 == limits.rootCount {
            // The last that is looked at must be fit to go on with, before anything changes.
            try refuseExpired(next.expires)
        }
        self.isRotated = self.isRotated || isRotated
        root = next
        rootCount += 1
        if rootCount == limits.rootCount { changes += try finishRoots() }
        return changes
    }

    private mutating func finishRoots() throws(TUFError) -> [Change] {
        try refuseExpired(root.expires)
        // One that has expired or is not the newest is good enough to tell what has been seen.
        timestamp = isRotated ? nil : try? kept(.timestamp).map { try TimestampMetadata($0.signed) } ?? nil
        stage = .timestamp
        return []
    }

    // MARK: Timestamp (section 5.4)

    private mutating func take(timestamp bytes: [UInt8]) throws(TUFError) -> [Change] {
        let envelope = try SignedEnvelope(parsing: bytes)
        try root.verify(envelope, as: .timestamp)
        var next = try TimestampMetadata(envelope.signed)
        var changes = [Change.store(name: TopLevelRole.timestamp.fileName, bytes: bytes)]
        if let timestamp {
            let name = TopLevelRole.timestamp.fileName
            guard next.version >= timestamp.version else {
                throw .rollback(file: name, trusted: timestamp.version, found: next.version)
            }
            if next.version == timestamp.version {
                // The same, whatever else it says.
                (next, changes) = (timestamp, [])
            }
            guard next.snapshot.version >= timestamp.snapshot.version else {
                throw .rollback(
                    file: TopLevelRole.snapshot.fileName, trusted: timestamp.snapshot.version,
                    found: next.snapshot.version)
            }
        }
        try refuseExpired(next.expires)
        timestamp = next
        beginSnapshot(next)
        return changes
    }

    // MARK: Snapshot (section 5.5)

    /// The snapshot that is kept was trusted once, so that its hash is not asked for again.
    private mutating func beginSnapshot(_ timestamp: TimestampMetadata) {
        stage = .snapshot
        snapshot = isRotated ? nil : try? kept(.snapshot).map { try SnapshotMetadata($0.signed) } ?? nil
        if let snapshot, snapshot.version == timestamp.snapshot.version, snapshot.expires > now { beginTargets() }
    }

    private mutating func take(snapshot bytes: [UInt8]) throws(TUFError) -> [Change] {
        guard let file = timestamp?.snapshot else { return [] }
        try file.check(bytes, cryptography)
        let envelope = try SignedEnvelope(parsing: bytes)
        try root.verify(envelope, as: .snapshot)
        let next = try SnapshotMetadata(envelope.signed)
        guard next.version == file.version else {
            throw .wrongVersion(expected: file.version, found: next.version)
        }
        for (name, trusted) in (snapshot?.files ?? [:]).sorted(by: { $0.key < $1.key }) {
            guard let found = next.files[name] else { throw .removed(file: name) }
            guard found.version >= trusted.version else {
                throw .rollback(file: name, trusted: trusted.version, found: found.version)
            }
        }
        try refuseExpired(next.expires)
        guard next.files[TopLevelRole.targets.fileName] != nil else {
            throw .malformedMetadata(reason: "meta does not list targets.json")
        }
        snapshot = next
        beginTargets()
        return [.store(name: TopLevelRole.snapshot.fileName, bytes: bytes)]
    }

    // MARK: Targets (section 5.6)

    private mutating func beginTargets() {
        stage = .targets
        guard let bytes = kept[TopLevelRole.targets.fileName], let targets = try? readTargets(bytes) else { return }
        self.targets = targets
        stage = .done
    }

    private func readTargets(_ bytes: [UInt8]) throws(TUFError) -> TargetsMetadata {
        let envelope = try listedEnvelope(bytes, TopLevelRole.targets.fileName)
        try root.verify(envelope, as: .targets)
        return try readTargets(envelope, TopLevelRole.targets.fileName)
    }

    /// An envelope with the length and the hashes that the snapshot lists.
    func listedEnvelope(_ bytes: [UInt8], _ name: String) throws(TUFError) -> SignedEnvelope {
        guard let file = snapshot?.files[name] else { throw .notListed }
        try file.check(bytes, cryptography)
        return try SignedEnvelope(parsing: bytes)
    }

    /// What a verified envelope says of targets, when it has the version that the snapshot lists, and has not expired.
    func readTargets(_ envelope: SignedEnvelope, _ name: String) throws(TUFError) -> TargetsMetadata {
        guard let file = snapshot?.files[name] else { throw .notListed }
        let targets = try TargetsMetadata(envelope.signed, cryptography: cryptography)
        guard targets.version == file.version else {
            throw .wrongVersion(expected: file.version, found: targets.version)
        }
        try refuseExpired(targets.expires)
        return targets
    }

    // MARK: What all have in common

    private func refuseExpired(_ time: UTCTime) throws(TUFError) {
        guard time > now else { throw .expired(time) }
    }

    /// The envelope that was kept of a role, when the root's keys signed it.
    private func kept(_ role: TopLevelRole) throws(TUFError) -> SignedEnvelope? {
        guard let bytes = kept[role.fileName] else { return nil }
        let envelope = try SignedEnvelope(parsing: bytes)
        try root.verify(envelope, as: role)
        return envelope
    }
}
