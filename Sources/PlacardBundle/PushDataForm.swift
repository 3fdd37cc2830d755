import CanonicalJSON

extension PushData {
    static let form = WireForm<PushData>.object(PushData(message: "", locale: ""), identity + texts + variables)

    private static let identity: [WireMember<PushData>] = [
        .required(
            "message", .name(examples: ["order-ready"]), "Message", "The message's id.",
            { $0.message }, { $0.message = $1 }),
        .optional(
            "variant", .name(examples: ["urgent"]), "Variant", "The variant of its experiment.",
            { $0.variant }, { $0.variant = $1 }),
        .required(
            "locale", localeTag, "Locale", "The locale that the texts are in, after fallback.",
            { $0.locale }, { $0.locale = $1 }),
    ]

    private static let texts: [WireMember<PushData>] = [
        .optional(
            "link", BundleText.form, "Link",
            "What a tap opens. Where its value has the attribute placard:escape, url means percent-encoded and link the whole address.",
            { $0.link }, { $0.link = $1 }),
        .optional(
            "links", LinkRules.form, "Links", "Where links may lead, to be checked again once a URL has its values.",
            { $0.links }, { $0.links = $1 }),
        .optional(
            "thread", BundleText.form, "Thread",
            "What a newer notification replaces an older one by, when it has places for values.",
            { $0.thread }, { $0.thread = $1 }),
        .optional(
            "title", BundleText.form, "Title", "The title, when it has places for values.",
            { $0.title }, { $0.title = $1 }),
        .optional(
            "body", BundleText.form, "Body", "The body, when it has places for values.", { $0.body }, { $0.body = $1 }),
    ]

    private static let variables: [WireMember<PushData>] = [
        .defaulted(
            "fallbacks", .map(of: fallback, "Fallback", "The text in place of the value."), "Fallbacks",
            "What stands in title and body for a value that is not known, by variable.", leftOut: { $0.isEmpty },
            { $0.fallbacks }, { $0.fallbacks = $1 }),
        .defaulted(
            "types", .map(of: type, "Type", "A type. A timestamp is RFC 3339 text."), "Types",
            "The types of variables that are not strings, as placard.yaml has them.", leftOut: { $0.isEmpty },
            { $0.types }, { $0.types = $1 }),
        .defaulted(
            "values", .map(of: value, "Value", "The value; null while it is not known."), "Values",
            "Every variable; null until the server gives its value.", leftOut: { $0.isEmpty },
            { $0.values }, { $0.values = $1 }),
    ]

    private static let fallback = WireForm<String>(
        read: { json throws(BundleError) in try readString(json) }, write: { .string($0) },
        schema: { ["type": "string", "title": .string($0), "description": .string($1)] })

    private static let type = WireForm<AttributeType>(
        read: { json throws(BundleError) in
            guard let type = AttributeType(try readString(json)) else { throw BundleError("an unknown type") }
            return type
        }, write: { .string($0.name) }, schema: { string($0, $1, examples: ["timestamp", "int"]) })

    private static let value = WireForm<JSONValue>(
        read: { json in json }, write: { $0 },
        schema: {
            oneOf(
                $0, $1,
                ["null", "string", "number", "boolean"].map { type in
                    ["title": .string(type), "description": "A value of this type.", "type": .string(type)]
                })
        })
}
