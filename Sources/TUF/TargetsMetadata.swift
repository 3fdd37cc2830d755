import Cryptography

/// A file that is released (TUF specification, section 4.5, `TARGETS`).
public struct TargetFile: Sendable, Equatable {
    /// Its name among the targets, with `/`.
    public var path: String
    /// Its length in bytes.
    public var length: Int
    /// Its hashes; at least one.
    public var hashes: [FileHash]
    /// What the publisher says of it besides.
    public var custom: MetadataValue?

    /// A file by its length and hashes.
    public init(path: String, length: Int, hashes: [FileHash], custom: MetadataValue? = nil) {
        self.path = path
        self.length = length
        self.hashes = hashes
        self.custom = custom
    }

    init(_ path: String, _ value: MetadataValue) throws(TUFError) {
        self.path = path
        length = try TUF.length(value)
        hashes = try readHashes(value)
        custom = value["custom"]
        if let custom, custom.members == nil { throw .malformedMetadata(reason: "custom is not an object") }
    }

    var value: MetadataValue {
        var members: [MetadataValue.Member] = [
            .init("length", integer(length)), .init("hashes", writeHashes(hashes)),
        ]
        if let custom { members.append(.init("custom", custom)) }
        return .object(members)
    }

    /// Where it is served, relative to the folder of targets: with its hash before its last segment where snapshots are
    /// consistent (section 6.2).
    public func servedPath(isConsistentSnapshot: Bool = true) -> String {
        let hash = hashes.first { $0.algorithm == "sha256" } ?? hashes.first
        guard isConsistentSnapshot, let hash else { return path }
        var segments = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        segments.append("\(hash.digest).\(segments.removeLast())")
        return segments.joined(separator: "/")
    }

    /// Checks all bytes of it at once; ``FileCheck`` does it piece by piece.
    public func verify(_ bytes: [UInt8], cryptography: Cryptography = .platform) throws(TUFError) {
        var check = FileCheck(self, cryptography: cryptography)
        try check.update(bytes[...])
        try check.finish()
    }
}

/// Which files are released, and whom others are left to (TUF specification, section 4.5).
public struct TargetsMetadata: Sendable {
    /// Grows with each targets metadata.
    public var version: Int
    /// When it is no more to be trusted.
    public var expires: UTCTime
    /// The files by their paths.
    public var targets: [String: TargetFile]
    /// The keys of the roles that it delegates to.
    let delegatedKeys: [KeyID: PublicKey]
    /// The roles that it delegates to, the first asked first.
    let delegations: [DelegatedRole]

    /// Metadata of files, without delegations.
    public init(version: Int, expires: UTCTime, targets: [TargetFile]) {
        self.version = version
        self.expires = expires
        self.targets = Dictionary(targets.map { ($0.path, $0) }) { _, last in last }
        delegatedKeys = [:]
        delegations = []
    }

    /// Reads what the envelope of a targets role signs.
    public init(_ signed: MetadataValue, cryptography: Cryptography = .platform) throws(TUFError) {
        let header = try MetadataHeader(signed, type: TopLevelRole.targets.rawValue)
        (version, expires) = (header.version, header.expires)
        targets = [:]
        for member in try members(signed, "targets") {
            guard targets.updateValue(try TargetFile(member.name, member.value), forKey: member.name) == nil else {
                throw .malformedMetadata(reason: "two targets differ in Unicode's normalization alone")
            }
        }
        guard let delegated = signed["delegations"] else {
            (delegatedKeys, delegations) = ([:], [])
            return
        }
        delegatedKeys = try readKeys(delegated, cryptography)
        guard let list = try member(delegated, "roles").array else {
            throw .malformedMetadata(reason: "roles of delegations is not a list")
        }
        var roles: [DelegatedRole] = []
        var names: Set<[UInt8]> = []
        for item in list {
            let role = try DelegatedRole(item)
            guard names.insert(Array(role.name.utf8)).inserted else {
                throw .malformedMetadata(reason: "it delegates to `\(role.name)` twice")
            }
            roles.append(role)
        }
        delegations = roles
    }

    /// The target with exactly that path; nil when there is none.
    public subscript(_ path: String) -> TargetFile? {
        targets[path].flatMap { $0.path.utf8.elementsEqual(path.utf8) ? $0 : nil }
    }

    /// What is to be signed. Delegations are read, not written: a release has none.
    public var signed: MetadataValue {
        let members = targets.map { MetadataValue.Member($0.key, $0.value.value) }
        return metadata(
            type: TopLevelRole.targets.rawValue, version: version, expires: expires,
            [.init("targets", .object(members))])
    }
}

/// A role that signs for some of the targets of another.
struct DelegatedRole: Sendable {
    let name: String
    let keys: RoleKeys
    /// Whether roles after it are not asked for targets that it is trusted with.
    let isTerminating: Bool
    private let matches: Matches

    private enum Matches: Sendable {
        case patterns([String])
        case hashPrefixes([String])
    }

    init(_ value: MetadataValue) throws(TUFError) {
        name = try string(value, "name")
        guard !name.isEmpty, TopLevelRole(rawValue: name) == nil else {
            throw .malformedMetadata(reason: "nothing is delegated to a role named `\(name)`")
        }
        keys = try RoleKeys(value)
        guard case .bool(let flag) = try member(value, "terminating") else {
            throw .malformedMetadata(reason: "terminating is not true or false")
        }
        isTerminating = flag
        switch (value["paths"], value["path_hash_prefixes"]) {
        case (_?, nil): matches = .patterns(try strings(value, "paths"))
        case (nil, _?): matches = .hashPrefixes(try strings(value, "path_hash_prefixes"))
        default: throw .malformedMetadata(reason: "a delegation needs either paths or path_hash_prefixes")
        }
    }

    /// Whether the role is trusted with a target.
    func isTrusted(with path: String, _ cryptography: Cryptography) -> Bool {
        switch matches {
        case .patterns(let patterns): return patterns.contains { isMatch(path, of: $0) }
        case .hashPrefixes(let prefixes):
            let hash = cryptography.sha256Hex(Array(path.utf8))
            return prefixes.contains { hash.utf8.starts(with: $0.utf8) }
        }
    }
}

/// Whether a path is one of a pattern of the shell, in which neither `*` nor `?` stands for a `/` (section 4.5, `PATHPATTERN`).
private func isMatch(_ path: String, of pattern: String) -> Bool {
    let segments = path.utf8.split(separator: 0x2F, omittingEmptySubsequences: false)
    let patterns = pattern.utf8.split(separator: 0x2F, omittingEmptySubsequences: false)
    guard segments.count == patterns.count else { return false }
    return zip(segments, patterns).allSatisfy { segment, pattern in
        isMatch(Array(Substring(segment).unicodeScalars), Array(Substring(pattern).unicodeScalars))
    }
}

/// The same of one segment: a star takes as little as it can, and one more whenever the rest fails, which only the last star
/// need do.
private func isMatch(_ text: [Unicode.Scalar], _ pattern: [Unicode.Scalar]) -> Bool {
    var (place, index) = (0, 0)
    var star: (index: Int, place: Int)?
    while place < text.count {
        if index < pattern.count, pattern[index] == "*" {
            star = (index, place)
            index += 1
        } else if index < pattern.count, pattern[index] == "?" || pattern[index] == text[place] {
            place += 1
            index += 1
        } else if let last = star {
            star = (last.index, last.place + 1)
            (place, index) = (last.place + 1, last.index + 1)
        } else {
            return false
        }
    }
    return pattern[index...].allSatisfy { $0 == "*" }
}
