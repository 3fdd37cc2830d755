import Cryptography

/// Who may sign what (TUF specification, section 4.3).
public struct RootMetadata: Sendable {
    /// Grows by one with each root.
    public var version: Int
    /// When it is no more to be trusted.
    public var expires: UTCTime
    /// Whether files are served under names with their version or hash (section 6.2).
    public var isConsistentSnapshot: Bool
    /// All keys by their ids.
    public var keys: [KeyID: PublicKey]
    private var roles: [TopLevelRole: RoleKeys]

    /// A root without keys.
    public init(version: Int, expires: UTCTime) {
        self.version = version
        self.expires = expires
        isConsistentSnapshot = true
        keys = [:]
        roles = [:]
    }

    /// Reads what a root's envelope signs.
    public init(_ signed: MetadataValue, cryptography: Cryptography = .platform) throws(TUFError) {
        let header = try MetadataHeader(signed, type: TopLevelRole.root.rawValue)
        (version, expires) = (header.version, header.expires)
        switch signed["consistent_snapshot"] {
        case .bool(let flag): isConsistentSnapshot = flag
        case nil: isConsistentSnapshot = false
        default: throw .malformedMetadata(reason: "consistent_snapshot is not true or false")
        }
        keys = try readKeys(signed, cryptography)
        roles = [:]
        let members = try members(signed, "roles")
        for member in members {
            guard let role = TopLevelRole(rawValue: member.name) else {
                throw .malformedMetadata(reason: "there is no role `\(member.name)`")
            }
            roles[role] = try RoleKeys(member.value)
        }
        guard roles.count == TopLevelRole.allCases.count else {
            throw .malformedMetadata(reason: "roles lacks one of root, timestamp, snapshot and targets")
        }
    }

    /// Whose signatures a role needs. Without keys nobody's would do.
    public subscript(_ role: TopLevelRole) -> RoleKeys {
        get { roles[role] ?? RoleKeys(keyIDs: [], threshold: 1) }
        set { roles[role] = newValue }
    }

    /// Removes keys that no role has.
    public mutating func removeUnusedKeys() {
        let used = Set(roles.values.flatMap(\.keyIDs))
        keys = keys.filter { used.contains($0.key) }
    }

    /// What is to be signed.
    public var signed: MetadataValue {
        metadata(
            type: TopLevelRole.root.rawValue, version: version, expires: expires,
            [
                .init("consistent_snapshot", .bool(isConsistentSnapshot)), .init("keys", writeKeys(keys)),
                .init(
                    "roles",
                    .object(TopLevelRole.allCases.map { .init($0.rawValue, .object(self[$0].members)) })),
            ])
    }

    /// Checks that a role's metadata has its signatures.
    func verify(_ envelope: SignedEnvelope, as role: TopLevelRole) throws(TUFError) {
        try envelope.verify(keys: keys, authorized: self[role].keyIDs, threshold: self[role].threshold)
    }
}
