import CanonicalJSON

/// The one mutable file of a build: which files make up the bundle, and what they hash to.
public struct Manifest: Sendable, Equatable {
    /// The value of `schema` in this version of the format.
    public static let schema = "placard/manifest/1"
    /// The newest engine version that this package implements; a manifest that asks for more is for a newer client.
    public static let engineVersion: Int64 = 2
    /// The engine version from which on a message with `onMissing: hide` is kept from readers of every language that it
    /// was not translated for; older ones knew the project's languages alone. A bundle without such a message asks for 1.
    public static let hidingEngineVersion: Int64 = 2

    /// 0 for a plain build; grows by one with each release.
    public var release: Int64
    /// SHA-256, in lower-case hexadecimal, over the sorted list of targets.
    public var content: String
    /// The least engine version that understands the files.
    public var engine: Int64
    /// The source locale, the last resort of every look-up.
    public var source: String
    /// The catalog file.
    public var catalog: TargetEntry
    /// The locale files by BCP 47 tag.
    public var locales: SortedMap<LocaleEntry>
    /// The project's own fallbacks, where CLDR's language matching is not wanted: a locale, and where its readers are sent.
    public var fallbacks: SortedMap<String>
    /// The images by asset key.
    public var assets: SortedMap<AssetEntry>

    /// A manifest of the given files; `engine` is by default what this package writes.
    public init(
        release: Int64 = 0, content: String, engine: Int64 = Manifest.engineVersion, source: String,
        catalog: TargetEntry,
        locales: SortedMap<LocaleEntry>, fallbacks: SortedMap<String> = [:], assets: SortedMap<AssetEntry> = [:]
    ) {
        self.release = release
        self.content = content
        self.engine = engine
        self.source = source
        self.catalog = catalog
        self.locales = locales
        self.fallbacks = fallbacks
        self.assets = assets
    }

    /// Reads a manifest. A manifest for a newer engine reads too, as far as its members are known: compare ``engine``.
    public init(json: JSONValue) throws(BundleError) {
        self = try Manifest.form.read(json)
    }

    /// The wire form.
    public var json: JSONValue { Manifest.form.write(self) }
}

extension Manifest {
    /// All files that it names: the catalog, those of locales, those of images.
    public var targetEntries: [TargetEntry] {
        [catalog] + locales.map { $0.value.target } + assets.map { $0.value.target }
    }
}

/// One immutable file of a bundle.
public struct TargetEntry: Sendable, Equatable {
    /// Where it is, relative to the manifest: `targets/<sha256>.<rest>`.
    public var path: String
    /// SHA-256 of its bytes in lower-case hexadecimal.
    public var sha256: String
    /// Its size.
    public var bytes: Int64

    /// A file at `path`.
    public init(path: String, sha256: String, bytes: Int64) {
        self.path = path
        self.sha256 = sha256
        self.bytes = bytes
    }

    /// The name of the target in a signed release: ``path`` without `targets/`, and without the hash that is before its last
    /// segment (TUF specification, section 6.2); nil where the path is not of that form.
    ///
    /// `targets/<sha256>.fr.json` is `fr.json`, `targets/images/<sha256>.<name>` is `images/<name>`.
    public var targetName: String? {
        var segments = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard segments.count >= 2, segments.removeFirst() == "targets", let last = segments.last,
            last.utf8.count > sha256.utf8.count + 1, last.utf8.starts(with: (sha256 + ".").utf8)
        else { return nil }
        segments[segments.count - 1] = String(decoding: last.utf8.dropFirst(sha256.utf8.count + 1), as: UTF8.self)
        return segments.joined(separator: "/")
    }
}

/// The file of one locale.
public struct LocaleEntry: Sendable, Equatable {
    /// The file.
    public var target: TargetEntry
    /// How many messages it holds.
    public var messages: Int64
    /// The locales that its texts were looked for in, itself first, the nearest next, the source last.
    public var lookup: [String]

    /// A locale's file with its look-up chain.
    public init(target: TargetEntry, messages: Int64, lookup: [String]) {
        self.target = target
        self.messages = messages
        self.lookup = lookup
    }
}

/// The file of one image.
public struct AssetEntry: Sendable, Equatable {
    /// The file.
    public var target: TargetEntry
    /// Its media type, such as `image/png`.
    public var type: String
    /// Its size in pixels, where known, so that a client can leave room for it.
    public var width: Int64?
    /// Its height in pixels, where known.
    public var height: Int64?

    /// An asset's file.
    public init(target: TargetEntry, type: String, width: Int64? = nil, height: Int64? = nil) {
        self.target = target
        self.type = type
        self.width = width
        self.height = height
    }
}
