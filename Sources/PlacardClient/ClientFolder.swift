import Cryptography
import Foundation
import PlacardBundle

/// The files that a client keeps.
///
/// `targets/` holds files by their SHA-256 alone, and none but whole ones; `manifest.json` is replaced after all that
/// it names is there. So whenever the app is killed, the folder holds a bundle from before or after, never between.
/// `history.log` is appended to, and replaced when it has grown.
struct ClientFolder: Sendable {
    let url: URL

    private var targets: URL { url.appendingPathComponent("targets") }
    private var manifest: URL { url.appendingPathComponent(manifestPath) }

    func storedManifest() -> [UInt8]? { read(manifest) }

    func store(manifest bytes: [UInt8]) throws(ClientError) { try replace(with: bytes, manifest) }
    /// The bytes of a target, when they are here and whole.
    func storedTarget(_ entry: TargetEntry) -> [UInt8]? {
        guard let bytes = read(targets.appendingPathComponent(entry.sha256)) else { return nil }
        do throws(ClientError) {
            try check(bytes, against: entry)
            return bytes
        } catch {
            return nil
        }
    }

    /// Keeps bytes that have been checked against `entry`.
    func store(_ bytes: [UInt8], of entry: TargetEntry) throws(ClientError) {
        try replace(with: bytes, targets.appendingPathComponent(entry.sha256))
    }

    /// Removes every target that is not in `manifest`; a file that will not go does no harm.
    func removeTargets(except manifest: Manifest) {
        var wanted: Set<String> = [manifest.catalog.sha256]
        for entry in manifest.locales { wanted.insert(entry.value.target.sha256) }
        for entry in manifest.assets { wanted.insert(entry.value.target.sha256) }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: targets.path)) ?? []
        for name in names where !wanted.contains(name) {
            try? FileManager.default.removeItem(at: targets.appendingPathComponent(name))
        }
    }

    private func read(_ file: URL) -> [UInt8]? { (try? Data(contentsOf: file)).map { [UInt8]($0) } }

    func createFolder(of file: URL) throws(ClientError) {
        do {
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        } catch {
            throw ClientError.storage(path: file.path, reason: words(error))
        }
    }

    func replace(with bytes: [UInt8], _ file: URL) throws(ClientError) {
        try createFolder(of: file)
        do {
            // Foundation writes beside the file and renames.
            try Data(bytes).write(to: file, options: .atomic)
        } catch {
            throw ClientError.storage(path: file.path, reason: words(error))
        }
    }
}

/// The one mutable file of a bundle.
let manifestPath = "manifest.json"

/// Checks length and SHA-256, in this order: what fails is not worth hashing, and nothing unchecked is parsed.
func check(_ bytes: [UInt8], against entry: TargetEntry) throws(ClientError) {
    guard Int64(bytes.count) == entry.bytes else {
        throw .wrongLength(path: entry.path, expected: entry.bytes, actual: bytes.count)
    }
    guard Cryptography.platform.sha256Hex(bytes) == entry.sha256 else { throw .wrongHash(path: entry.path) }
}
