import Cryptography

/// What one kind of metadata says of a file of another (TUF specification, section 4.4, `METAFILES`).
public struct MetadataFile: Sendable, Equatable {
    /// Its version.
    public var version: Int
    /// Its length in bytes, where that is said.
    public var length: Int?
    /// Its hashes, where any are said.
    public var hashes: [FileHash]

    /// A file of that version.
    public init(version: Int, length: Int? = nil, hashes: [FileHash] = []) {
        self.version = version
        self.length = length
        self.hashes = hashes
    }

    /// A file of that version and content.
    public init(version: Int, _ bytes: [UInt8], cryptography: Cryptography = .platform) {
        self.init(version: version, length: bytes.count, hashes: [.sha256(bytes, cryptography: cryptography)])
    }

    init(_ value: MetadataValue) throws(TUFError) {
        version = try positive(value, "version")
        length = value["length"] == nil ? nil : try TUF.length(value)
        hashes = value["hashes"] == nil ? [] : try readHashes(value)
    }

    var value: MetadataValue {
        var members: [MetadataValue.Member] = [.init("version", integer(version))]
        if let length { members.append(.init("length", integer(length))) }
        if !hashes.isEmpty { members.append(.init("hashes", writeHashes(hashes))) }
        return .object(members)
    }

    func check(_ bytes: [UInt8], _ cryptography: Cryptography) throws(TUFError) {
        if let length, bytes.count != length { throw .wrongLength(expected: length, found: bytes.count) }
        var check = FileCheck(length: nil, hashes, cryptography)
        try check.update(bytes[...])
        try check.finish()
    }
}

/// Which snapshot is the newest (TUF specification, section 4.6).
public struct TimestampMetadata: Sendable {
    /// Grows with each timestamp.
    public var version: Int
    /// When it is no more to be trusted: the longest time for which a client can be kept from what is new.
    public var expires: UTCTime
    /// The newest snapshot.
    public var snapshot: MetadataFile

    /// A timestamp of a snapshot.
    public init(version: Int, expires: UTCTime, snapshot: MetadataFile) {
        self.version = version
        self.expires = expires
        self.snapshot = snapshot
    }

    /// Reads what a timestamp's envelope signs.
    public init(_ signed: MetadataValue) throws(TUFError) {
        let header = try MetadataHeader(signed, type: TopLevelRole.timestamp.rawValue)
        (version, expires) = (header.version, header.expires)
        let files = try members(signed, "meta")
        guard files.count == 1, let file = files.first, file.name == TopLevelRole.snapshot.fileName else {
            throw .malformedMetadata(reason: "meta lists something else than snapshot.json alone")
        }
        snapshot = try MetadataFile(file.value)
    }

    /// What is to be signed.
    public var signed: MetadataValue {
        metadata(
            type: TopLevelRole.timestamp.rawValue, version: version, expires: expires,
            [.init("meta", .object([.init(TopLevelRole.snapshot.fileName, snapshot.value)]))])
    }
}

/// Which versions of all targets metadata belong together (TUF specification, section 4.4).
public struct SnapshotMetadata: Sendable {
    /// Grows with each snapshot.
    public var version: Int
    /// When it is no more to be trusted.
    public var expires: UTCTime
    /// The files, `targets.json` and those of delegated roles, by their names.
    public var files: [String: MetadataFile]

    /// A snapshot of files.
    public init(version: Int, expires: UTCTime, files: [String: MetadataFile]) {
        self.version = version
        self.expires = expires
        self.files = files
    }

    /// Reads what a snapshot's envelope signs.
    public init(_ signed: MetadataValue) throws(TUFError) {
        let header = try MetadataHeader(signed, type: TopLevelRole.snapshot.rawValue)
        (version, expires) = (header.version, header.expires)
        files = [:]
        for member in try members(signed, "meta") {
            guard files.updateValue(try MetadataFile(member.value), forKey: member.name) == nil else {
                throw .malformedMetadata(reason: "two files differ in Unicode's normalization alone")
            }
        }
    }

    /// What is to be signed.
    public var signed: MetadataValue {
        let members = files.map { MetadataValue.Member($0.key, $0.value.value) }
        return metadata(
            type: TopLevelRole.snapshot.rawValue, version: version, expires: expires,
            [.init("meta", .object(members))])
    }
}
