import ByteText
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
        let reader = try ObjectReader(json)
        try readSchema(reader, Manifest.schema)
        release = try reader.required("release", readCount)
        content = try reader.required("content", readDigest)
        engine = try reader.required("engine", readCount)
        source = try reader.required("source", readName)
        catalog = try reader.required("catalog") { json throws(BundleError) in try TargetEntry(json: json) }
        locales = try reader.required("locales") { json throws(BundleError) in
            try readMap(json) { json throws(BundleError) in try LocaleEntry(json: json) }
        }
        fallbacks = try reader.map("fallbacks", readName)
        assets = try reader.map("assets") { json throws(BundleError) in try AssetEntry(json: json) }
    }

    /// The wire form.
    public var json: JSONValue {
        var writer = ObjectWriter()
        writer.add("schema", Manifest.schema)
        writer.add("release", release)
        writer.add("content", content)
        writer.add("engine", engine)
        writer.add("source", source)
        writer.add("catalog", catalog.json)
        writer.add("locales", writeMap(locales) { $0.json })
        writer.add("fallbacks", fallbacks) { .string($0) }
        writer.add("assets", writeMap(assets) { $0.json })
        return writer.json
    }
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

    init(json: JSONValue) throws(BundleError) { try self.init(ObjectReader(json)) }

    init(_ reader: ObjectReader) throws(BundleError) {
        path = try reader.required("path", readTargetPath)
        sha256 = try reader.required("sha256", readDigest)
        bytes = try reader.required("bytes", readCount)
    }

    func write(to writer: inout ObjectWriter) {
        writer.add("path", path)
        writer.add("sha256", sha256)
        writer.add("bytes", bytes)
    }

    var json: JSONValue {
        var writer = ObjectWriter()
        write(to: &writer)
        return writer.json
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

    init(json: JSONValue) throws(BundleError) {
        let reader = try ObjectReader(json)
        target = try TargetEntry(reader)
        messages = try reader.required("messages", readCount)
        lookup = try reader.list("lookup", readName)
    }

    var json: JSONValue {
        var writer = ObjectWriter()
        target.write(to: &writer)
        writer.add("messages", messages)
        writer.add("lookup", .array(writeStrings(lookup)))
        return writer.json
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

    init(json: JSONValue) throws(BundleError) {
        let reader = try ObjectReader(json)
        target = try TargetEntry(reader)
        type = try reader.required("type", readName)
        width = try reader.optional("width", readCount)
        height = try reader.optional("height", readCount)
    }

    var json: JSONValue {
        var writer = ObjectWriter()
        target.write(to: &writer)
        writer.add("type", type)
        writer.add("width", width)
        writer.add("height", height)
        return writer.json
    }
}

private func readDigest(_ value: JSONValue) throws(BundleError) -> String {
    let string = try readString(value)
    let isDigest =
        string.utf8.count == 64 && string.utf8.allSatisfy { $0.isASCIIDigit || (0x61...0x66).contains($0) }
    guard isDigest else { throw BundleError("expected a SHA-256 in 64 lower-case hexadecimal digits") }
    return string
}

/// A path that stays under the folder it is resolved against, wherever the manifest came from.
private func readTargetPath(_ value: JSONValue) throws(BundleError) -> String {
    let string = try readName(value)
    let segments = string.utf8.split(separator: 0x2F, omittingEmptySubsequences: false)
    let isSafe = segments.allSatisfy { segment in
        !segment.isEmpty && !segment.allSatisfy { $0 == 0x2E } && !segment.contains { $0 < 0x21 || $0 == 0x5C }
    }
    guard isSafe else { throw BundleError("expected a relative path of plain segments") }
    return string
}
