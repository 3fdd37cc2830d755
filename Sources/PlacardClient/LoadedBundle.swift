import Cryptography
import Foundation
import PlacardBundle
import PlacardEngine

/// A bundle that is ready to decide: checked, parsed, prepared, with the texts of one locale. What its messages say is read from its
/// files when they may show.
struct LoadedBundle: Sendable {
    let manifest: Manifest
    /// The locale whose texts these are.
    let locale: String
    let texts: LocaleTexts
    /// Which of its locales a reader gets.
    let locales: LocaleLookup
    var engine: Engine
    /// The files of its catalog and of its texts.
    let files: [StoredFile]
    /// The folder of the app that it ships in; nil for one that was fetched.
    var shipped: ShippedFolder?

    /// Puts a bundle together from the files of its catalog and of one locale's texts. One of them at a time is in memory.
    ///
    /// - Parameter known: the bundle in use, whose engine serves on where the catalog is the same.
    init(
        _ manifest: Manifest, locale: String, catalog: StoredFile, texts: StoredFile, platform: EnginePlatform,
        known: LoadedBundle? = nil
    ) throws(ClientError) {
        self.manifest = manifest
        self.locale = locale
        locales = manifest.localeLookup
        self.texts = try read(texts) { file throws(BundleError) in try LocaleTexts(reading: file) }
        if let entry = manifest.locales[locale] {
            // A manifest that is not signed may be put together from others.
            guard self.texts.locale.utf8.elementsEqual(locale.utf8), self.texts.count == Int(entry.messages)
            else {
                throw .malformed(path: entry.target.path, reason: "it is not what the manifest says of \(locale)")
            }
        }
        if let known, known.manifest.catalog == manifest.catalog, let file = known.file(of: manifest.catalog) {
            engine = known.engine
            files = [file, texts]
            return
        }
        engine = try read(catalog) { file throws(BundleError) in try Engine(reading: file, platform: platform) }
        files = [catalog, texts]
    }

    /// The file of a target of this bundle that is in use.
    func file(of entry: TargetEntry) -> StoredFile? {
        files.first { $0.entry.sha256 == entry.sha256 && !$0.isDamaged }
    }

    /// The path of a file that another program has changed since it was verified; nil while none was met.
    var damagedPath: String? { files.first { $0.isDamaged }?.entry.path }

    /// The bundle that the client's folder holds; nil when it holds none that is whole. While it is read, another process may keep a
    /// newer one, and remove the files of the one that this began with: then it is read anew.
    init?(
        in folder: ClientFolder, _ languages: [String], _ platform: EnginePlatform
    ) throws(ClientError) {
        var kept = folder.storedManifest()
        while let bytes = kept {
            if let whole = try LoadedBundle(bytes, languages, platform, { folder.storedTarget($0) }) {
                self = whole
                return
            }
            kept = folder.storedManifest()
            if kept == bytes { return nil }
        }
        return nil
    }

    /// A bundle that ships in the app; nil when it is not whole.
    init?(shipped folder: URL, _ languages: [String], _ platform: EnginePlatform) throws(ClientError) {
        let folder = ShippedFolder(url: folder)
        guard let bytes = folder.manifest() else { return nil }
        try self.init(bytes, languages, platform) { folder.target($0) }
        shipped = folder
    }

    /// Texts in the user's languages come first; when the languages have changed since, those that are there will do.
    private init?(
        _ bytes: [UInt8], _ languages: [String], _ platform: EnginePlatform, _ target: (TargetEntry) -> StoredFile?
    ) throws(ClientError) {
        let manifest = try readManifest(bytes)
        guard manifest.engine <= Manifest.engineVersion, let catalog = target(manifest.catalog) else { return nil }
        for locale in [manifest.locale(for: languages), manifest.source] + manifest.locales.names {
            guard let entry = manifest.locales[locale], let texts = target(entry.target) else { continue }
            try self.init(manifest, locale: locale, catalog: catalog, texts: texts, platform: platform)
            return
        }
        return nil
    }
}

/// A bundle in the app itself.
struct ShippedFolder: Sendable {
    let url: URL

    /// The manifest.
    func manifest() -> [UInt8]? {
        (try? Data(contentsOf: url.appendingPathComponent(manifestPath))).map { [UInt8]($0) }
    }

    /// A target, when it is there and whole.
    func target(_ entry: TargetEntry) -> StoredFile? {
        guard let (file, _) = try? openToRead(url.appendingPathComponent(entry.path)) else { return nil }
        return try? StoredFile(file, entry)
    }
}

/// Holds the digest of an unsigned manifest's list of files against the list.
func checkContent(_ manifest: Manifest) throws(ClientError) {
    let paths = Set(manifest.targetEntries.map(\.path)).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    let digest = Cryptography.platform.sha256Hex(Array(paths.map { $0 + "\n" }.joined().utf8))
    guard digest == manifest.content else {
        throw .malformed(path: manifestPath, reason: "its content is not the digest of its list of files")
    }
}

/// Reads a manifest; one for a newer engine too, as far as it is known.
func readManifest(_ bytes: [UInt8]) throws(ClientError) -> Manifest {
    try read(path: manifestPath) { () throws(BundleError) in try Manifest(reading: bytes) }
}

private func read<Value>(
    _ file: StoredFile, _ make: (FileBytes) throws(BundleError) -> Value
) throws(ClientError) -> Value {
    do throws(ClientError) {
        return try read(path: file.entry.path) { () throws(BundleError) in try make(file.bytes) }
    } catch {
        throw file.isDamaged ? .wrongHash(path: file.entry.path) : error
    }
}

private func read<Value>(path: String, _ make: () throws(BundleError) -> Value) throws(ClientError) -> Value {
    do throws(BundleError) {
        return try make()
    } catch {
        throw .malformed(path: path, reason: error.path.isEmpty ? error.message : "\(error.path): \(error.message)")
    }
}
