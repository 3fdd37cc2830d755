import Cryptography

/// The four roles that each repository has (TUF specification, section 2.1).
public enum TopLevelRole: String, Sendable, CaseIterable {
    case root, timestamp, snapshot, targets

    /// The name of the file that a client keeps of it, and that it is served under where it has no version.
    public var fileName: String { rawValue + ".json" }
}

/// Whose signatures a role's metadata needs.
public struct RoleKeys: Sendable, Equatable {
    /// The ids of its keys; no two are the same.
    public var keyIDs: [KeyID]
    /// How many of them must sign; at least 1.
    public var threshold: Int

    /// Keys of which `threshold` must sign.
    public init(keyIDs: [KeyID], threshold: Int) {
        self.keyIDs = keyIDs
        self.threshold = threshold
    }

    init(_ value: MetadataValue) throws(TUFError) {
        keyIDs = try strings(value, "keyids").map { KeyID($0) }
        guard Set(keyIDs).count == keyIDs.count else {
            throw .malformedMetadata(reason: "a role lists a key id twice")
        }
        threshold = try positive(value, "threshold")
    }

    var members: [MetadataValue.Member] {
        [
            .init("keyids", .array(keyIDs.map { .string($0.description) })),
            .init("threshold", integer(threshold)),
        ]
    }
}

/// Reads keys by their ids, each of which must be the hash of its key (section 4.2.2: clients "MUST calculate each KEYID").
func readKeys(_ value: MetadataValue, _ cryptography: Cryptography) throws(TUFError) -> [KeyID: PublicKey] {
    var keys: [KeyID: PublicKey] = [:]
    for member in try members(value, "keys") {
        let key = try PublicKey(member.value, cryptography: cryptography)
        guard key.isNamed(KeyID(member.name)) else {
            throw .malformedKey(reason: "the key id `\(member.name)` is not the hash of its key")
        }
        keys[KeyID(member.name)] = key
    }
    return keys
}

func writeKeys(_ keys: [KeyID: PublicKey]) -> MetadataValue {
    .object(keys.map { .init($0.key.description, $0.value.value) }.sorted { KeyID($0.name) < KeyID($1.name) })
}
