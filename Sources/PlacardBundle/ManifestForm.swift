import ByteText
import CanonicalJSON

func manifestSchema() -> JSONValue {
    schema(
        Manifest.schema,
        Manifest.form.schema("Placard manifest", "The one mutable file of a build: which files make up the bundle."),
        definitions: [], example: example)
}

extension Manifest {
    static let form = WireForm<Manifest>.object(
        Manifest(content: "", source: "", catalog: .blank, locales: [:]),
        [
            .version(Manifest.schema),
            .required(
                "release", .integer(), "Release", "0 for a plain build; grows by one with each release.",
                { $0.release }, { $0.release = $1 }),
            .required(
                "content", digest, "Content", "SHA-256 over the sorted list of targets.",
                { $0.content }, { $0.content = $1 }),
            .required(
                "engine", leastEngine, "Engine", "The least engine version that understands the files.",
                { $0.engine }, { $0.engine = $1 }),
            .required(
                "source", localeTag, "Source locale", "The locale that messages are written in.",
                { $0.source }, { $0.source = $1 }),
            .required(
                "catalog", .object(.blank, targetMembers("catalog.json")), "Catalog",
                "The file of targeting and behaviour.", { $0.catalog }, { $0.catalog = $1 }),
            .required(
                "locales", .map(of: LocaleEntry.form, "Locale", "The file of one locale's texts."), "Locales",
                "The text file of each locale, by BCP 47 tag.", { $0.locales }, { $0.locales = $1 }),
            .defaulted(
                "fallbacks", .map(of: localeTag, "Parent", "The locale to look in next."), "Fallbacks",
                "Where the project itself sends readers of a locale, in place of CLDR's language matching.",
                leftOut: { $0.isEmpty }, { $0.fallbacks }, { $0.fallbacks = $1 }),
            .defaulted(
                "assets", .map(of: AssetEntry.form, "Asset", "One image."), "Assets", "The images by asset key.",
                { $0.assets }, { $0.assets = $1 }),
        ])

    /// What is written is from 1 on; a reader compares whatever it finds with its own.
    private static let leastEngine = WireForm<Int64>(
        read: { json throws(BundleError) in try readCount(json) }, write: { .number(Double($0)) },
        schema: { PlacardBundle.integer($0, $1, from: 1) })
}

extension LocaleEntry {
    fileprivate static let form = WireForm<LocaleEntry>.object(
        LocaleEntry(target: .blank, messages: 0, lookup: []),
        targetMembers("fr.json").map { $0.within({ $0.target }, { $0.target = $1 }) } + [
            .required(
                "messages", .integer(examples: [14]), "Messages", "How many messages the file holds.",
                { $0.messages }, { $0.messages = $1 }),
            .defaulted(
                "lookup", .list(of: localeTag, "Locale", "A locale of the chain."), "Look-up",
                "The locales that texts were looked for in: this one first, the nearest next, the source last.",
                { $0.lookup }, { $0.lookup = $1 }),
        ])
}

extension AssetEntry {
    fileprivate static let form = WireForm<AssetEntry>.object(
        AssetEntry(target: .blank, type: ""),
        targetMembers("png").map { $0.within({ $0.target }, { $0.target = $1 }) } + [
            .required(
                "type", .name(examples: ["image/png"]), "Media type", "The image's media type.",
                { $0.type }, { $0.type = $1 }),
            .optional(
                "width", .integer(examples: [640]), "Width", "The image's width in pixels.",
                { $0.width }, { $0.width = $1 }),
            .optional(
                "height", .integer(examples: [360]), "Height", "The image's height in pixels.",
                { $0.height }, { $0.height = $1 }),
        ])
}

extension TargetEntry {
    fileprivate static let blank = TargetEntry(path: "", sha256: "", bytes: 0)
}

/// The members of every entry of a file.
///
/// - Parameter suffix: what the example of a path ends with.
private func targetMembers(_ suffix: String) -> [WireMember<TargetEntry>] {
    let path = WireForm.name(
        examples: [.string("targets/" + exampleDigest + "." + suffix)], pattern: "^targets/[^/]+$",
        { json throws(BundleError) in try readTargetPath(json) })
    return [
        .required(
            "path", path, "Path", "Where the file is, relative to the manifest.", { $0.path }, { $0.path = $1 }),
        .required(
            "sha256", digest, "SHA-256", "The hash of the file's bytes, in lower-case hexadecimal.",
            { $0.sha256 }, { $0.sha256 = $1 }),
        .required(
            "bytes", .integer(examples: [5120]), "Size", "The file's size in bytes.", { $0.bytes }, { $0.bytes = $1 }),
    ]
}

/// A BCP 47 tag, which a reader takes as it comes.
let localeTag = WireForm.name(examples: ["fr", "pt-BR"], pattern: "^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$")

private let digest = WireForm.name(
    examples: [.string(exampleDigest)], pattern: "^[0-9a-f]{64}$",
    { json throws(BundleError) in
        let string = try readString(json)
        let isDigest =
            string.utf8.count == 64 && string.utf8.allSatisfy { $0.isASCIIDigit || (0x61...0x66).contains($0) }
        guard isDigest else { throw BundleError("expected a SHA-256 in 64 lower-case hexadecimal digits") }
        return string
    })

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

private let exampleDigest = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"

private var example: JSONValue {
    func target(_ suffix: String) -> TargetEntry {
        TargetEntry(path: "targets/" + exampleDigest + "." + suffix, sha256: exampleDigest, bytes: 4096)
    }
    return Manifest(
        content: exampleDigest, source: "en", catalog: target("catalog.json"),
        locales: [
            "en": LocaleEntry(target: target("en.json"), messages: 14, lookup: ["en"]),
            "fr": LocaleEntry(target: target("fr.json"), messages: 14, lookup: ["fr", "en"]),
        ],
        assets: ["coffee/cup.png": AssetEntry(target: target("png"), type: "image/png", width: 640, height: 360)]
    ).json
}
