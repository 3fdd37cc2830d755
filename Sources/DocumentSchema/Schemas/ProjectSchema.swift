import CanonicalJSON

/// The schemas of the files that a project holds. The names and meanings are those of the format reference.
package enum PlacardSchemas {
    /// `placard.yaml`
    package static let project = DocumentSchema(
        name: "project", title: "placard.yaml", files: "placard.yaml",
        root: SchemaObject(
            "placard.yaml",
            summary:
                "What exists: languages, attributes, events, groups and policies. Messages may use what is named here and "
                + "nothing else",
            [
                SchemaProperty(
                    "source", .string(.locale), required: true, "The language that messages are written in",
                    example: "en"),
                SchemaProperty(
                    "locales", .map(key: .locale, value: .oneOf([.enumeration(localePolicies), .object(locale)])),
                    "The languages that messages are translated to, and whether a gap blocks a build",
                    example: "{fr: required, ar: optional, en-GB: {policy: optional, identical: allow}}"),
                SchemaProperty(
                    "fallbacks", .map(key: .locale, value: .string(.locale)),
                    "Where readers of a locale are sent, only where the nearest by CLDR's language matching is not wanted",
                    example: "{es-MX: es-419}"),
                SchemaProperty(
                    "context", .map(key: .identifier, value: .map(key: .fieldName, value: attribute)),
                    "What the app knows when it asks for a message; each group is a variable of that name in expressions and "
                        + "texts",
                    example: "{user: {country: string, orders_count: {type: int, default: 0}}}"),
                SchemaProperty(
                    "events", .map(key: .eventName, value: .map(key: .fieldName, value: attribute)),
                    "What happens in the app, with the properties of each; a message names one as its trigger",
                    example: "{session_start: {}, order_ready: {order_id: string}}"),
                SchemaProperty(
                    "groups", .map(key: .id, value: .object(group)),
                    "Messages that share a limit: impressions of one count for all",
                    example: "{promotions: {frequency: [1 per 1d]}}"),
                SchemaProperty(
                    "links", .object(links), "Where links and actions may lead", example: "{schemes: [https]}"),
                SchemaProperty(
                    "formats", .list(of: .enumeration(formats), count: 1...3, unique: true),
                    "What each localized body is compiled to", example: "[html, text, mdast]",
                    default: ["html", "text", "mdast"]),
                SchemaProperty(
                    "onMissing", .enumeration(missingPolicies),
                    "What happens where a translation is missing, unless a message says otherwise", example: "fallback",
                    default: "fallback"),
                SchemaProperty(
                    "outdated", .enumeration(outdatedPolicies),
                    "What becomes of a translation whose source has changed since, unless its locale says otherwise; without "
                        + "it, error where the locale is required and show where it is optional",
                    example: "fallback"),
                SchemaProperty(
                    "preview", .object(preview), "How the app looks around messages, for previews alone",
                    example: "{icon: app-icon.png, theme: {accent: \"#0b7a5b\", radius: 12}}"),
                SchemaProperty(
                    "lint", .map(key: .diagnosticID, value: .enumeration(lintLevels)),
                    "How diagnostics count in this project; errors cannot be lowered", example: "{yaml/alias: error}"),
            ]))

    static let localePolicies = [
        EnumerationCase("required", "a message without it, or with an incomplete one, does not compile"),
        EnumerationCase("optional", "a message without it, or with an incomplete one, falls back"),
    ]

    static let outdatedPolicies = [
        EnumerationCase("show", "it is shown as it is, and reported as a warning"),
        EnumerationCase("fallback", "the message falls back as if it were not there, with a warning"),
        EnumerationCase("error", "the project does not compile"),
    ]

    static let locale = SchemaObject(
        "a locale", summary: "A language that messages are translated to",
        [
            SchemaProperty(
                "policy", .enumeration(localePolicies), required: true, "Whether a gap blocks a build",
                example: "optional"),
            SchemaProperty(
                "outdated", .enumeration(outdatedPolicies),
                "What becomes of a translation whose source has changed since", example: "fallback"),
            SchemaProperty(
                "identical", .enumeration([EnumerationCase("allow", "texts may be word for word their source")]),
                "Whether a translation that is its source word for word is one", example: "allow"),
        ])

    static let formats = [
        EnumerationCase("html", "safe, sanitized HTML"), EnumerationCase("text", "plain text"),
        EnumerationCase("mdast", "the Markdown syntax tree of the unified ecosystem"),
    ]

    static let missingPolicies = [
        EnumerationCase("fallback", "the message shows in the nearest language that it is in, at last in the source's"),
        EnumerationCase(
            "hide", "the message does not show to a reader of that language, declared in placard.yaml or not"),
        EnumerationCase("error", "the project does not compile"),
    ]

    static let lintLevels = [
        EnumerationCase("error", "it fails the build"), EnumerationCase("warning", "it is reported"),
        EnumerationCase("allow", "it is not reported"),
    ]

    /// An attribute or a property of an event: its type alone, or more about it.
    static let attribute: SchemaType = .oneOf([
        .string(.attributeType),
        .object(
            SchemaObject(
                "an attribute", summary: "A value that the app provides",
                [
                    SchemaProperty(
                        "type", .string(.attributeType), required: true,
                        "string, int, uint, double, bool, timestamp, duration, version, url, list(T) or map(string, T)",
                        example: "list(string)"),
                    SchemaProperty(
                        "description", .text, "What it is and where it comes from", example: "ISO 3166 region"),
                    SchemaProperty(
                        "words", .text,
                        "How previews say a condition on it behind the word users: with {value} for what is asked, a noun, a "
                            + "place or a time, or what such users do; of a flag, what is so where it is true",
                        example: "have ordered {value} times"),
                    SchemaProperty(
                        "values", .list(of: .string(.any), count: 1...10_000, unique: true),
                        "The only values it has; a comparison with another is an error", example: "[US, CA, FR]"),
                    SchemaProperty(
                        "default", .any, "Its value where the app gives none, so that it is always there", example: "0"),
                    SchemaProperty(
                        "optional", .bool,
                        "Whether it may be missing; expressions must test it and texts need a fallback",
                        example: "true", default: false),
                    SchemaProperty(
                        "examples", .list(of: .any, count: 1...100, unique: false),
                        "Values for previews and for checks of length; add a long one",
                        example: "[Zoë, Maximiliana-Alexandra]"),
                ],
                advice: [
                    KeyAdvice(
                        ["required", "mandatory"],
                        "the app gives every attribute, unless it says `optional: true` or has a `default`")
                ])),
    ])

    static let group = SchemaObject(
        "a group",
        [
            SchemaProperty(
                "frequency", frequency, required: true, "How often messages of the group may show, all together",
                example: "[1 per 1d]"),
            SchemaProperty("description", .text, "What the group is for", example: "Offers of any kind"),
        ])

    static let frequency: SchemaType = .list(of: .string(.frequencyRule), count: 1...16, unique: true)

    static let preview = SchemaObject(
        "preview", summary: "What previews show of the app itself; no client reads it",
        [
            SchemaProperty(
                "icon", .string(.relativePath), "The app's icon, on notifications: an image below content/",
                example: "app-icon.png"),
            SchemaProperty(
                "theme", .object(theme),
                "The app's look, which the style sheets of templates use as --app-accent and so on",
                example: "{accent: \"#0b7a5b\", accentDark: \"#6fe0b6\", radius: 12, font: rounded}"),
        ])

    static let theme = SchemaObject(
        "a theme", summary: "Colours, shapes and letters of the app",
        [
            SchemaProperty(
                "accent", .string(.color),
                "--app-accent, of main buttons; --app-on-accent is white or black, whichever is readable on it",
                example: "\"#0b7a5b\""),
            SchemaProperty(
                "accentDark", .string(.color), "The same in the dark theme; without it the same as accent",
                example: "\"#6fe0b6\""),
            SchemaProperty(
                "link", .string(.color), "--app-link, of buttons that are words alone", example: "\"#0a58b0\""),
            SchemaProperty(
                "linkDark", .string(.color), "The same in the dark theme; without it the same as link",
                example: "\"#8cc4ff\""),
            SchemaProperty(
                "radius", .int(0...64), "--app-radius, of the corners of cards, in points", example: "12"),
            SchemaProperty(
                "font", .enumeration(fonts), "--app-font, of all texts", example: "rounded", default: "system"),
        ])

    static let fonts = [
        EnumerationCase("system", "that of the device"), EnumerationCase("rounded", "a rounded one"),
        EnumerationCase("serif", "one with serifs"), EnumerationCase("mono", "one whose letters are equally wide"),
    ]

    static let links = SchemaObject(
        "links", summary: "An allow-list; what is not on it does not compile",
        [
            SchemaProperty(
                "schemes", .list(of: .string(.scheme), count: 1...64, unique: true),
                "Schemes of links, without the colon",
                example: "[https, mailto, starling]"),
            SchemaProperty(
                "hosts", .list(of: .string(.host), count: 0...1000, unique: true),
                "Hosts of https links; *. stands for all below one", example: "[\"*.example.com\"]"),
        ])
}
