import CanonicalJSON

func manifestSchema() -> JSONValue {
    schema(
        Manifest.schema,
        object(
            "Placard manifest", "The one mutable file of a build: which files make up the bundle.",
            [
                .required("schema", constant("Schema", "The format of this file.", .string(Manifest.schema))),
                .required(
                    "release",
                    integer("Release", "0 for a plain build; grows by one with each release.", from: 0)),
                .required("content", digest("Content", "SHA-256 over the sorted list of targets.")),
                .required(
                    "engine", integer("Engine", "The least engine version that understands the files.", from: 1)),
                .required("source", locale("Source locale", "The locale that messages are written in.")),
                .required(
                    "catalog", object("Catalog", "The file of targeting and behaviour.", target("catalog.json"))),
                .required(
                    "locales",
                    map(
                        "Locales", "The text file of each locale, by BCP 47 tag.",
                        of: object("Locale", "The file of one locale's texts.", localeTarget()))),
                .optional(
                    "fallbacks",
                    map(
                        "Fallbacks",
                        "Where the project itself sends readers of a locale, in place of CLDR's language matching.",
                        of: locale("Parent", "The locale to look in next."))),
                .required(
                    "assets",
                    map(
                        "Assets", "The images by asset key.",
                        of: object("Asset", "One image.", assetTarget()))),
            ]),
        definitions: [], example: example)
}

func locale(_ title: String, _ description: String) -> JSONValue {
    string(title, description, examples: ["fr", "pt-BR"], pattern: "^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$")
}

private func digest(_ title: String, _ description: String) -> JSONValue {
    string(title, description, examples: [.string(exampleDigest)], pattern: "^[0-9a-f]{64}$")
}

private func target(_ suffix: String) -> [Property] {
    [
        .required(
            "path",
            string(
                "Path", "Where the file is, relative to the manifest.",
                examples: [.string("targets/" + exampleDigest + "." + suffix)], pattern: "^targets/[^/]+$")),
        .required("sha256", digest("SHA-256", "The hash of the file's bytes, in lower-case hexadecimal.")),
        .required("bytes", integer("Size", "The file's size in bytes.", from: 0, examples: [5120])),
    ]
}

private func localeTarget() -> [Property] {
    target("fr.json") + [
        .required("messages", integer("Messages", "How many messages the file holds.", from: 0, examples: [14])),
        .required(
            "lookup",
            array(
                "Look-up",
                "The locales that texts were looked for in: this one first, the nearest next, the source last.",
                of: locale("Locale", "A locale of the chain."))),
    ]
}

private func assetTarget() -> [Property] {
    target("png") + [
        .required("type", string("Media type", "The image's media type.", examples: ["image/png"])),
        .optional("width", integer("Width", "The image's width in pixels.", from: 0, examples: [640])),
        .optional("height", integer("Height", "The image's height in pixels.", from: 0, examples: [360])),
    ]
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
