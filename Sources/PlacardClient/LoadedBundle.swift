import PlacardBundle
import PlacardEngine

/// A bundle that is ready to decide: checked, parsed, prepared, with the texts of one locale.
struct LoadedBundle: Sendable {
    let manifest: Manifest
    /// The locale whose texts these are.
    let locale: String
    let texts: LocaleFile
    /// Which of its locales a reader gets.
    let locales: LocaleLookup
    let engine: Engine

    /// Puts a bundle together from the checked bytes of its catalog and of one locale's texts.
    init(
        _ manifest: Manifest, locale: String, catalog: [UInt8], texts: [UInt8], platform: EnginePlatform
    ) throws(ClientError) {
        self.manifest = manifest
        self.locale = locale
        locales = manifest.localeLookup
        self.texts = try read(path: manifest.locales[locale]?.target.path ?? locale) { () throws(BundleError) in
            try LocaleFile(reading: texts)
        }
        let catalog = try read(path: manifest.catalog.path) { () throws(BundleError) in try Catalog(reading: catalog) }
        engine = Engine(catalog, platform: platform)
    }

    /// The bundle that a folder holds; nil when it holds none that is whole.
    ///
    /// Texts in the user's languages come first; when the languages have changed since, those that are there will do.
    init?(
        in folder: ClientFolder, languages: [String], platform: EnginePlatform
    ) throws(ClientError) {
        guard let bytes = folder.storedManifest() else { return nil }
        let manifest = try readManifest(bytes)
        guard manifest.engine <= Manifest.engineVersion, let catalog = folder.storedTarget(manifest.catalog) else {
            return nil
        }
        for locale in [manifest.locale(for: languages), manifest.source] + manifest.locales.names {
            guard let entry = manifest.locales[locale], let texts = folder.storedTarget(entry.target) else { continue }
            try self.init(manifest, locale: locale, catalog: catalog, texts: texts, platform: platform)
            return
        }
        return nil
    }
}

/// Reads a manifest; one for a newer engine too, as far as it is known.
func readManifest(_ bytes: [UInt8]) throws(ClientError) -> Manifest {
    try read(path: manifestPath) { () throws(BundleError) in try Manifest(reading: bytes) }
}

private func read<Value>(path: String, _ make: () throws(BundleError) -> Value) throws(ClientError) -> Value {
    do throws(BundleError) {
        return try make()
    } catch {
        throw .malformed(path: path, reason: error.path.isEmpty ? error.message : "\(error.path): \(error.message)")
    }
}
