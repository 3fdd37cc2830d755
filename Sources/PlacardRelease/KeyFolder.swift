import PlacardCompiler
import TUF

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The folder of a project's keys: `1.root.json`, `2.root.json` and so on, which are public and belong into the repository, and
/// `private/` with the private keys that are on this machine.
package struct KeyFolder: Sendable {
    /// Its absolute path.
    package let path: String
    /// The roots, the first first, as they are served.
    package let roots: [[UInt8]]
    /// The newest root.
    package let root: RootMetadata
    /// A root that still lacks signatures.
    package let pending: SignedEnvelope?

    /// Reads the roots of a folder, and verifies that each follows from the one before.
    ///
    /// - Throws: ``ReleaseError`` when there is none, or one is not to be trusted.
    package init(_ path: String) throws(ReleaseError) {
        self.path = path
        let location = ReleaseLocation.folder(path)
        pending = try KeyFolder.pending(in: location)
        guard let first = try location.read("1.root.json", limit: rootLimit) else {
            throw ReleaseError(
                .wrongUse, "there are no keys in \(path)",
                help: pending == nil
                    ? ["placard keys generate makes them"]
                    : ["placard keys sign adds the signatures that the root lacks"])
        }
        var roots = [first]
        while let next = try location.read("\(roots.count + 1).root.json", limit: rootLimit) { roots.append(next) }
        self.roots = roots
        var trusted = 1
        do throws(UntrustedFile) {
            var update = try MetadataUpdate(root: first, now: beginningOfTime)
            for next in roots.dropFirst() {
                _ = try update.receive(next)
                trusted += 1
            }
            root = update.root
        } catch {
            throw ReleaseError(.untrusted, "\(path)/\(trusted + 1).root.json is not to be trusted: \(error.reason)")
        }
    }

    /// The root that waits for signatures; nil when none does.
    static func pending(in location: ReleaseLocation) throws(ReleaseError) -> SignedEnvelope? {
        guard let bytes = try location.read(pendingName, limit: rootLimit) else { return nil }
        do throws(TUFError) {
            return try SignedEnvelope(parsing: bytes)
        } catch {
            throw ReleaseError(.untrusted, "\(pendingName) cannot be read: \(error)")
        }
    }
}

/// What the root says that waits for signatures in a folder of keys; nil when none does.
package func pendingRoot(_ path: String) throws(ReleaseError) -> RootMetadata? {
    guard let envelope = try KeyFolder.pending(in: .folder(path)) else { return nil }
    do throws(TUFError) {
        return try RootMetadata(envelope.signed)
    } catch {
        throw ReleaseError(.untrusted, "\(pendingName) cannot be read: \(error)")
    }
}

/// The file of a root that lacks signatures.
let pendingName = "pending.root.json"
package let rootLimit = MetadataUpdate.Limits().root
/// For reading what may have expired: the publisher's own, which is about to be renewed.
let beginningOfTime = UTCTime(seconds: 0)
