import CanonicalJSON
import Cryptography
import Foundation
import PlacardBundle
import TUF

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#elseif canImport(Glibc)
    import Glibc
#endif

/// The files that a client keeps. Two processes may share them.
///
/// `targets/` holds files by their SHA-256 alone, and none but whole ones; `manifest.json` is replaced after all that
/// it names is there. So whenever the app is killed, the folder holds a bundle from before or after, never between.
/// `metadata/` holds what is known of a signed release's metadata, and `history.log` is appended to, and replaced when it
/// has grown. A file is written in `temporary/` and renamed; while it is written it is locked, so that what a process left
/// that is gone is told from what another is about to write.
struct ClientFolder: Sendable {
    let url: URL

    /// The most bytes of metadata that are read back of one file.
    private static let metadataLimit = 5_000_000
    /// A target that no manifest names is kept for so many seconds: another process may be about to need it.
    private static let grace: Double = 600
    /// So many seconds after a file came whole it is asked for without its tag, whatever that is: a day.
    private static let tagLifetime: Double = 86_400

    private var targets: URL { url.appendingPathComponent("targets") }
    private var metadata: URL { url.appendingPathComponent("metadata") }
    private var temporary: URL { url.appendingPathComponent("temporary") }
    private var tag: URL { url.appendingPathComponent("entity-tag") }
    private var manifest: URL { url.appendingPathComponent(manifestPath) }

    // MARK: Bundles

    func storedManifest() -> [UInt8]? { read(manifest, limit: PlacardClient.manifestLimit) }

    func store(manifest bytes: [UInt8]) throws(ClientError) { try replace(with: bytes, manifest) }

    /// A target, when it is here and whole; what is not is removed.
    func storedTarget(_ entry: TargetEntry) -> StoredFile? {
        let file = targets.appendingPathComponent(entry.sha256)
        guard let (descriptor, _) = openRegular(file) else { return nil }
        if let stored = try? StoredFile(OpenFile(descriptor), entry) { return stored }
        try? FileManager.default.removeItem(at: file)
        return nil
    }

    /// Whether a target is here and whole; it is not held for that.
    func hasTarget(_ entry: TargetEntry) -> Bool {
        guard let (descriptor, size) = openRegular(targets.appendingPathComponent(entry.sha256)) else { return false }
        defer { close(descriptor) }
        guard size == entry.bytes else { return false }
        let hash = Cryptography.platform.sha256()
        for _ in 0...(size >> 16) { hash.update(readAll(descriptor, size: 1 << 16)[...]) }
        return hash.finishHex() == entry.sha256
    }

    /// Keeps bytes that have been checked against `entry`.
    func store(_ bytes: [UInt8], of entry: TargetEntry) throws(ClientError) {
        try replace(with: bytes, targets.appendingPathComponent(entry.sha256))
    }

    /// A temporary file to write a target to, which ``keep(_:)`` gives its place; else it goes with the object.
    func newTarget(_ entry: TargetEntry) throws(ClientError) -> OpenFile {
        let (file, descriptor) = try temporaryFile(for: targets.appendingPathComponent(entry.sha256))
        return OpenFile(descriptor, temporary: file)
    }

    /// A target that has been written; throws when it could not be, or is not what `entry` says.
    func stored(_ new: OpenFile, _ entry: TargetEntry) throws(ClientError) -> StoredFile {
        let failure = new.end()
        guard failure == 0 else {
            let place = targets.appendingPathComponent(entry.sha256)
            throw .storage(path: place.path, reason: String(cString: strerror(failure)))
        }
        return try StoredFile(new, entry)
    }

    /// Puts a target in its place, unless it is there already.
    func keep(_ target: StoredFile) throws(ClientError) {
        // Looked at again: another process may have removed it while the other file was fetched.
        guard !hasTarget(target.entry) else { return }
        let place = targets.appendingPathComponent(target.entry.sha256)
        try createFolder(of: place)
        if try target.file.place(by: { temporary throws(ClientError) in try move(temporary, to: place) }) { return }
        guard let bytes = target.contents() else { throw .wrongHash(path: target.entry.path) }
        try replace(with: bytes, place)
    }

    /// Removes targets that the stored manifest does not name: those among `ours` at once, others after a while. Not while another
    /// process keeps them, and has not stored the manifest yet that names them.
    ///
    /// - Parameter ours: SHA-256 of targets that this client has stored or used, and no longer needs.
    func removeTargets(ours: Set<String>) { try? exclusively { removeTargetsAlone(ours) } }

    private func removeTargetsAlone(_ ours: Set<String>) {
        let wanted = Set((storedManifest().flatMap { try? Manifest(reading: $0) }?.targetEntries ?? []).map(\.sha256))
        for name in names(targets) where !wanted.contains(name) {
            let file = targets.appendingPathComponent(name)
            if ours.contains(name) || age(file) > ClientFolder.grace { try? FileManager.default.removeItem(at: file) }
        }
    }

    /// What the source called the one mutable file, when it last came whole.
    func storedTag(of path: String) -> EntityTag? {
        guard let bytes = read(tag, limit: 4096) else { return nil }
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", maxSplits: 1).map(String.init)
        guard lines.count == 2, lines[0] == path else { return nil }
        return EntityTag(path: path, tag: lines[1], isOld: abs(age(tag)) > ClientFolder.tagLifetime)
    }

    /// Keeps it, or forgets it; without it a file that is the same is fetched once more.
    func store(tag new: EntityTag?) {
        guard let new, new.tag.utf8.count < 1024, !new.tag.utf8.contains(0x0A) else {
            try? FileManager.default.removeItem(at: tag)
            return
        }
        if let stored = storedTag(of: new.path), !stored.isOld, stored.tag == new.tag { return }
        try? replace(with: Array("\(new.path)\n\(new.tag)".utf8), tag)
    }

    // MARK: Metadata

    /// What earlier updates told to keep, by name. Nothing of it is believed before it has been verified.
    func storedMetadata() -> [String: [UInt8]] {
        var result: [String: [UInt8]] = [:]
        for name in names(metadata).prefix(64) {
            result[name] = read(metadata.appendingPathComponent(name), limit: ClientFolder.metadataLimit)
        }
        return result
    }

    /// Makes a change of metadata, unless another process has come further since `kept` was read.
    ///
    /// - Parameter kept: what there was when the update began, by name.
    func apply(_ change: MetadataUpdate.Change, since kept: [String: [UInt8]]) throws {
        switch change {
        case .store(let name, let bytes):
            let file = metadata.appendingPathComponent(name)
            try exclusively {
                if let stored = read(file, limit: ClientFolder.metadataLimit), stored != kept[name],
                    metadataVersion(stored) > metadataVersion(bytes)
                {
                    return
                }
                try replace(with: bytes, file)
            }
        case .remove(let name): try? FileManager.default.removeItem(at: metadata.appendingPathComponent(name))
        }
    }

    // MARK: Files

    /// Runs `body` while no other process is in the same place.
    func exclusively<Value>(_ body: () throws -> Value) throws -> Value {
        try locked(url.appendingPathComponent("lock")) { _ in try body() }
    }

    /// Removes what processes left that ended while they were writing.
    func removeLeftovers() {
        for name in names(temporary) {
            let file = temporary.appendingPathComponent(name)
            let descriptor = openFile(file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
            defer { if descriptor >= 0 { close(descriptor) } }
            // A lock ends with its process.
            if descriptor < 0 || flock(descriptor, LOCK_EX | LOCK_NB) == 0 {
                try? FileManager.default.removeItem(at: file)
            }
        }
    }

    private func names(_ folder: URL) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted()
    }

    private func age(_ file: URL) -> Double {
        let attributes = try? FileManager.default.attributesOfItem(atPath: file.path)
        return (attributes?[.modificationDate] as? Date).map { -$0.timeIntervalSinceNow } ?? .infinity
    }

    /// The bytes of a file; what stands in its place that no client wrote, a folder or something huge, is removed.
    private func read(_ file: URL, limit: Int) -> [UInt8]? {
        guard let (descriptor, size) = openRegular(file) else { return nil }
        defer { close(descriptor) }
        guard size <= limit else {
            try? FileManager.default.removeItem(at: file)
            return nil
        }
        return readAll(descriptor, size: size)
    }

    /// Opens a file to read it, and gives its size; nil when there is none. What stands in its place and is no file, a folder, a link or a
    /// pipe, is removed.
    func openRegular(_ file: URL) -> (descriptor: Int32, size: Int)? {
        let descriptor = openFile(file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
        guard descriptor >= 0 else {
            if errno != ENOENT, errno != ENOTDIR, errno != EACCES { try? FileManager.default.removeItem(at: file) }
            return nil
        }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            try? FileManager.default.removeItem(at: file)
            return nil
        }
        return (descriptor, Int(status.st_size))
    }

    func createFolder(of file: URL) throws(ClientError) {
        let folder = file.deletingLastPathComponent()
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        } catch {
            // A file in the place of one of the client's own folders is nobody's.
            guard folder.standardizedFileURL.path != url.standardizedFileURL.path,
                (try? FileManager.default.removeItem(at: folder)) != nil,
                (try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)) != nil
            else { throw ClientError.storage(path: file.path, reason: words(error)) }
        }
    }

    /// Writes a file whole or not at all, and so that it is on the disk.
    func replace(with bytes: [UInt8], _ file: URL) throws(ClientError) {
        try createFolder(of: file)
        let (new, descriptor) = try temporaryFile(for: file)
        defer { close(descriptor) }
        do throws(ClientError) {
            guard bytes.withUnsafeBytes({ writeAll($0, to: descriptor) }), fsync(descriptor) == 0 else {
                throw failure(file)
            }
            try move(new, to: file)
        } catch {
            unlink(new.path)
            throw error
        }
    }

    /// Makes a file that is to take the place of another, and locks it.
    private func temporaryFile(for file: URL) throws(ClientError) -> (URL, descriptor: Int32) {
        while true {
            let new = temporary.appendingPathComponent(UUID().uuidString)
            try createFolder(of: new)
            let descriptor = openFile(new, O_RDWR | O_CREAT | O_EXCL)
            guard descriptor >= 0 else { throw failure(file) }
            var status = stat()
            guard flock(descriptor, LOCK_EX) == 0, fstat(descriptor, &status) == 0 else {
                let error = failure(file)
                close(descriptor)
                unlink(new.path)
                throw error
            }
            // A process that began before it was locked may have taken it for a leftover, and removed it.
            if status.st_nlink > 0 { return (new, descriptor) }
            close(descriptor)
        }
    }

    /// Gives a temporary file its place.
    private func move(_ new: URL, to file: URL) throws(ClientError) {
        guard rename(new.path, file.path) != 0 else { return }
        // A folder in the file's place goes.
        guard errno == EISDIR || errno == ENOTEMPTY || errno == EEXIST,
            (try? FileManager.default.removeItem(at: file)) != nil, rename(new.path, file.path) == 0
        else { throw failure(file) }
    }

    func failure(_ file: URL) -> ClientError {
        .storage(path: file.path, reason: String(cString: strerror(errno)))
    }
}

/// What a source calls the bytes of a file (RFC 9110, section 8.8.3).
struct EntityTag: Sendable {
    var path: String
    var tag: String
    /// Whether it is too old to ask by.
    var isOld = false

    /// The tag that came with a file, if it is to be asked by; else nil.
    ///
    /// A cache or a server that is wrong sends an old file by the tag of the new one. Asked by that tag it would say for ever that
    /// nothing has changed. So the tag of bytes that are known already is believed only where it is known, too, and any tag
    /// for a limited time.
    init?(_ tag: String?, of path: String, _ bytes: [UInt8], kept: [UInt8]?, stored: EntityTag?) {
        guard let tag, bytes != kept || tag == stored?.tag else { return nil }
        self.init(path: path, tag: tag)
    }

    init(path: String, tag: String, isOld: Bool = false) {
        (self.path, self.tag, self.isOld) = (path, tag, isOld)
    }

    /// What to ask by.
    var asked: String? { isOld ? nil : tag }
}

/// The version of metadata; 0 of what is none.
private func metadataVersion(_ bytes: [UInt8]) -> Double {
    (try? JSONValue(parsing: bytes))?["signed"]?["version"]?.number ?? 0
}

/// The one mutable file of a bundle that is not signed.
let manifestPath = "manifest.json"

/// Checks length and SHA-256, in this order: what fails is not worth hashing, and nothing unchecked is parsed.
func check(_ bytes: [UInt8], against entry: TargetEntry) throws(ClientError) {
    guard Int64(bytes.count) == entry.bytes else {
        throw .wrongLength(path: entry.path, expected: entry.bytes, actual: bytes.count)
    }
    guard Cryptography.platform.sha256Hex(bytes) == entry.sha256 else { throw .wrongHash(path: entry.path) }
}
