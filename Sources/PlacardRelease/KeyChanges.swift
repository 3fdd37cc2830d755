import PlacardCompiler
import TUF

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

// What changes who may sign. Each change is a new root, signed by enough keys of the root before and of its own; where not all of
// them are on one machine, it waits in pending.root.json for the others.

/// What a first root holds.
package struct FirstKeys: Sendable {
    /// How many keys are made for the root, besides those that are given.
    package var rootCount = 1
    /// How many of its keys must sign a root; all of them unless said.
    package var rootThreshold: Int?
    /// How keys that are made sign.
    package var scheme = PrivateKey.Scheme.ed25519
    /// Public keys whose private ones are elsewhere, in the place of keys that are made.
    package var given: [(role: TopLevelRole, key: PublicKey)] = []

    /// One key for each role.
    package init() {}
}

/// How a root came out.
package struct KeyChange: Sendable {
    /// The version of the new root.
    package var version: Int
    /// Whether it has all signatures, and is in place.
    package var isComplete: Bool
    /// Ids of keys whose signatures it still takes, of which some may do.
    package var missing: [KeyID]
    /// The files of private keys that were made, relative to the folder.
    package var made: [String]
}

/// Makes keys and the first root in a new folder.
///
/// - Parameters:
///   - path: the folder's absolute path.
///   - expires: when the root is no more to be trusted.
package func generateKeys(
    _ path: String, _ first: FirstKeys, ring: KeyRing, expires: UTCTime
) throws(ReleaseError) -> KeyChange {
    let location = ReleaseLocation.folder(path)
    for name in ["1.root.json", pendingName] where try location.read(name, limit: rootLimit) != nil {
        throw ReleaseError(
            .wrongUse, "\(path) has keys already", help: ["placard keys rotate ROLE makes new ones for a role"])
    }
    var editor = RootEditor(RootMetadata(version: 0, expires: expires), path, ring)
    for (role, key) in first.given { editor.add(key, role) }
    for role in TopLevelRole.allCases {
        let isGiven = first.given.contains { $0.role == role }
        for _ in 0..<(role == .root ? first.rootCount : isGiven ? 0 : 1) { try editor.addNew(role, first.scheme) }
    }
    let count = editor.root[.root].keyIDs.count
    let threshold = first.rootThreshold ?? count
    guard (1...max(count, 1)).contains(threshold), count > 0 else {
        throw ReleaseError(.wrongUse, "a root of \(count) keys cannot need \(threshold) signatures")
    }
    editor.root[.root].threshold = threshold
    return try editor.finish(expires: expires, old: nil)
}

/// Replaces keys of a role by a new one.
///
/// - Parameters:
///   - id: the one that goes; nil for all keys of the role.
///   - given: the new key, when its private one is elsewhere; nil makes one.
package func rotateKeys(
    _ folder: KeyFolder, _ role: TopLevelRole, id: KeyID?, given: PublicKey?, scheme: PrivateKey.Scheme, ring: KeyRing,
    expires: UTCTime
) throws(ReleaseError) -> KeyChange {
    var editor = try RootEditor(folder, ring)
    let keys = editor.root[role]
    let leaving = id.map { [$0] } ?? keys.keyIDs
    let count = id == nil ? max(keys.threshold, given == nil ? keys.keyIDs.count : 1) : 1
    guard count <= 64 else {
        throw ReleaseError(
            .untrusted, "the role \(role.rawValue) wants \(count) signatures, which no root of ours does")
    }
    guard given == nil || count == 1 else {
        throw ReleaseError(
            .wrongUse, "the role \(role.rawValue) has \(keys.keyIDs.count) keys, and one is given",
            help: ["--key ID says which one it replaces"])
    }
    editor.root[role].keyIDs.removeAll { leaving.contains($0) }
    for _ in 0..<count {
        if let given { editor.add(given, role) } else { try editor.addNew(role, scheme) }
    }
    return try editor.finish(expires: expires, old: folder.root)
}

/// Takes a key out of every role.
///
/// - Throws: ``ReleaseError`` when a role would be left with fewer keys than it needs.
package func revokeKey(
    _ folder: KeyFolder, _ id: KeyID, ring: KeyRing, expires: UTCTime
) throws(ReleaseError) -> KeyChange {
    var editor = try RootEditor(folder, ring)
    for role in TopLevelRole.allCases where editor.root[role].keyIDs.contains(id) {
        editor.root[role].keyIDs.removeAll { $0 == id }
        guard editor.root[role].keyIDs.count >= editor.root[role].threshold else {
            throw ReleaseError(
                .wrongUse,
                "without that key, \(role.rawValue) has fewer keys than the \(editor.root[role].threshold) it needs",
                help: [
                    "placard keys rotate \(role.rawValue) --key \(id.description.prefix(16)) puts a new one in its place"
                ])
        }
    }
    return try editor.finish(expires: expires, old: folder.root)
}

/// A new root with the same keys, for one that is about to expire.
package func renewRoot(_ folder: KeyFolder, ring: KeyRing, expires: UTCTime) throws(ReleaseError) -> KeyChange {
    try RootEditor(folder, ring).finish(expires: expires, old: folder.root)
}

/// Adds the signatures that can be made here to the root that waits for them.
package func signPendingRoot(_ path: String, ring: KeyRing) throws(ReleaseError) -> KeyChange {
    guard let pending = try KeyFolder.pending(in: .folder(path)) else {
        throw ReleaseError(.wrongUse, "no root in \(path) waits for signatures")
    }
    let isFirst = try ReleaseLocation.folder(path).read("1.root.json", limit: rootLimit) == nil
    let old = isFirst ? nil : try KeyFolder(path).root
    let root: RootMetadata
    do throws(TUFError) {
        root = try RootMetadata(pending.signed)
        let version = (old?.version ?? 0) + 1
        guard root.version == version else { throw .wrongVersion(expected: version, found: root.version) }
    } catch {
        throw ReleaseError(.untrusted, "\(pendingName) cannot be used: \(error)")
    }
    return try place(pending, root, old: old, path, ring, made: [])
}

/// A root on its way to the next.
private struct RootEditor {
    var root: RootMetadata
    private let path: String
    private var ring: KeyRing
    private var new: [(role: TopLevelRole, key: PrivateKey)] = []

    init(_ root: RootMetadata, _ path: String, _ ring: KeyRing) {
        (self.root, self.path, self.ring) = (root, path, ring)
    }

    init(_ folder: KeyFolder, _ ring: KeyRing) throws(ReleaseError) {
        guard folder.pending == nil else {
            throw ReleaseError(
                .wrongUse, "\(folder.path)/\(pendingName) still waits for signatures",
                help: ["placard keys sign adds them; remove the file to give it up"])
        }
        self.init(folder.root, folder.path, ring)
    }

    mutating func add(_ key: PublicKey, _ role: TopLevelRole) {
        root.keys[key.id] = key
        root[role].keyIDs.append(key.id)
    }

    mutating func addNew(_ role: TopLevelRole, _ scheme: PrivateKey.Scheme) throws(ReleaseError) {
        do throws(TUFError) {
            let key = try PrivateKey.generate(scheme)
            new.append((role, key))
            ring.add(key)
            add(key.publicKey, role)
        } catch {
            throw ReleaseError(.failure, "\(error)")
        }
    }

    /// Writes the new private keys, then the root.
    func finish(expires: UTCTime, old: RootMetadata?) throws(ReleaseError) -> KeyChange {
        var root = root
        root.version += 1
        root.expires = expires
        root.removeUnusedKeys()
        let folder = path + "/private"
        var made: [String] = []
        if !new.isEmpty {
            try makeFolder(path)
            try makeFolder(folder)
            guard chmod(folder, 0o700) == 0 else {
                throw ReleaseError(.failure, "\(folder) cannot be kept from others")
            }
            try write(".gitignore", Array("*\n".utf8), in: folder)
        }
        for (role, key) in new {
            let name = "\(role.rawValue)-\(key.publicKey.id.description.prefix(16)).pem"
            try writePrivate(folder + "/" + name, key)
            made.append("private/" + name)
        }
        return try place(SignedEnvelope(root.signed), root, old: old, path, ring, made: made)
    }
}

/// Signs a root as far as it can be here, and puts it in place when that is enough.
private func place(
    _ envelope: SignedEnvelope, _ root: RootMetadata, old: RootMetadata?, _ path: String, _ ring: KeyRing,
    made: [String]
) throws(ReleaseError) -> KeyChange {
    var envelope = envelope
    let signing = [root] + (old.map { [$0] } ?? [])
    for root in signing { try ring.sign(&envelope, as: .root, of: root) }
    let isComplete = signing.allSatisfy { isSigned(envelope, as: .root, of: $0) }
    let ids = Set(signing.flatMap { $0[.root].keyIDs }).subtracting(envelope.signatures.map(\.keyID))
    try write(isComplete ? "\(root.version).root.json" : pendingName, envelope.bytes, in: path)
    if isComplete { try? FileManager.default.removeItem(atPath: path + "/" + pendingName) }
    return KeyChange(
        version: root.version, isComplete: isComplete, missing: isComplete ? [] : ids.sorted(), made: made)
}

private func write(_ name: String, _ bytes: [UInt8], in folder: String) throws(ReleaseError) {
    do throws(OutputError) {
        try writeFile(name, bytes, in: folder, untrusted: repository(around: folder + "/" + name))
    } catch {
        throw ReleaseError(.failure, error.message)
    }
}
