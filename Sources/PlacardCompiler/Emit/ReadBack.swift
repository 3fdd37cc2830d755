import ByteText
import CanonicalJSON
import Locking
import PlacardBundle
import PlacardEngine
import SourceDiagnostics

// What a build is about to write is read first, as its readers will read it: no build replaces the last one by files that
// they refuse. The readers are theirs, not copies: those of PlacardBundle and PlacardEngine, which PlacardClient loads with.

/// A file that its readers refuse: a defect of the compiler, whatever the project says.
package struct UnreadableFile: Error, Equatable, Sendable {
    /// Relative to the output: `bundle/targets/….fr.json`.
    package var path: String
    /// The reader's words, on one line.
    package var reason: String
}

/// Collects what files of a build are refused, from all threads, while they are made.
final class ReadBack: @unchecked Sendable {
    private let lock = Lock()
    private var refused: [UnreadableFile] = []

    /// Of the files that are refused the first by its path.
    var first: UnreadableFile? {
        lock.withLock { refused.min { utf8Less($0.path, $1.path) } }
    }

    /// Reads a target of the bundle.
    func check(_ file: OutputFile, as entry: BundleParts.Entry) {
        note("bundle/" + file.path) { () throws(BundleError) in
            switch entry {
            case .locale: try checkLocaleFile(file.bytes)
            case .catalog: try checkCatalog(file.bytes)
            // An image is what its author gave, and was looked at when it was read.
            case .asset: break
            }
        }
    }

    /// Reads the manifest.
    func check(manifest bytes: [UInt8]) {
        note("bundle/manifest.json") { () throws(BundleError) in _ = try Manifest(reading: bytes) }
    }

    /// Reads a notification: the whole is JSON, and the app's part is what the client makes words of.
    func check(push file: OutputFile) {
        note("push/" + file.path) { () throws(BundleError) in try PushData(reading: file.bytes).checkTexts() }
    }

    /// Reads a catalog, and prepares it as an engine does.
    private func checkCatalog(_ bytes: [UInt8]) throws(BundleError) {
        let catalog = try Catalog(reading: bytes)
        try catalog.checkTexts()
        if let defect = Engine(catalog).defects.first {
            throw BundleError(path: "/messages/\(defect.message)", "an expression does not compile: \(defect.text)")
        }
    }

    private func note(_ path: String, _ read: () throws(BundleError) -> Void) {
        do throws(BundleError) { try read() } catch {
            let reason = error.path.isEmpty ? error.message : "\(error.path): \(error.message)"
            lock.withLock { refused.append(UnreadableFile(path: path, reason: reason)) }
        }
    }
}
