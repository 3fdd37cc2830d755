import CanonicalJSON

func localeFileSchema() -> JSONValue {
    schema(
        LocaleFile.schema,
        LocaleFile.form.schema("Placard locale file", "The texts of every message in one locale."),
        definitions: textDefinitions() + [
            ("body", LocalizedBody.form.schema("Body", "A Markdown text in each of the project's formats.")),
            (
                "field",
                LocalizedField.form.schema("Field", "A text, a body, an image's alternative text, or a list of texts.")
            ), ("step", LocalizedStep.form.schema("Step", "One step of a scripted conversation.")),
        ],
        example: example)
}

extension LocaleFile {
    static let form = WireForm<LocaleFile>.object(
        LocaleFile(locale: "", messages: [:]),
        [
            .version(LocaleFile.schema),
            .required(
                "locale", localeTag, "Locale", "The locale of this file.", { $0.locale }, { $0.locale = $1 }),
            .required(
                "messages", .map(of: LocalizedMessage.form, "Message", "The texts of one message."), "Messages",
                "The texts by message id.", { $0.messages }, { $0.messages = $1 }),
        ])
}

extension LocalizedMessage {
    static let form = WireForm<LocalizedMessage>.object(
        LocalizedMessage(locale: "", direction: .ltr, content: LocalizedContent()),
        [
            .required(
                "locale", localeTag, "Locale used", "The locale that the texts are in, after fallback.",
                { $0.locale }, { $0.locale = $1 }),
            .required(
                "direction", direction, "Direction", "Which way the text runs.",
                { $0.direction }, { $0.direction = $1 }),
        ] + LocalizedContent.members.map { $0.within({ $0.content }, { $0.content = $1 }) } + [
            .defaulted(
                "fallbacks", .map(of: BundleText.form, "Fallback", "The text in place of the value."), "Fallbacks",
                "What stands in for a variable without a value.", leftOut: { $0.isEmpty },
                { $0.fallbacks }, { $0.fallbacks = $1 }),
            .defaulted(
                "variants",
                .map(
                    of: .object(LocalizedContent(), LocalizedContent.members), "Variant", "Only the texts that differ."),
                "Variants", "What each variant of an experiment changes.", leftOut: { $0.isEmpty },
                { $0.variants }, { $0.variants = $1 }),
        ])

    private static let direction = WireForm<TextDirection>(
        read: { json throws(BundleError) in
            guard let direction = TextDirection(rawValue: try readString(json)) else {
                throw BundleError("expected \"ltr\" or \"rtl\"")
            }
            return direction
        }, write: { .string($0.rawValue) }, schema: { choice($0, $1, ["ltr", "rtl"]) })
}

extension LocalizedContent {
    fileprivate static let members: [WireMember<LocalizedContent>] = [
        .defaulted(
            "fields", .map(of: LocalizedField.form.defined(as: "field"), "Field", "The text of one field."), "Fields",
            "The texts of the template's fields, by name.", leftOut: { $0.isEmpty }, { $0.fields }, { $0.fields = $1 }),
        .defaulted(
            "actions", .map(of: label, "Action", "The texts of one action."), "Actions",
            "The labels of the actions, by action id.", leftOut: { $0.isEmpty }, { $0.actions }, { $0.actions = $1 }),
        .optional(
            "steps", .list(of: LocalizedStep.form.defined(as: "step"), "Step", "One step."), "Steps",
            "The steps of a scripted conversation; it begins with the first.", { $0.steps }, { $0.steps = $1 }),
        .optional(
            "push", PushText.form, "Push", "The notification's plain texts.", { $0.push }, { $0.push = $1 }),
    ]

    private static let label = WireForm<BundleText>.object(
        .plain(""),
        [.required("label", BundleText.form, "Label", "What the button says.", { $0 }, { $0 = $1 })])
}

extension LocalizedField {
    static let form = WireForm<LocalizedField>(
        read: { json throws(BundleError) in
            switch json {
            case .array: .list(try items.read(json))
            case .object(let object) where object["type"] == nil && object["alt"] != nil:
                .image(alt: try alternative.read(json))
            case .object(let object) where object["type"] == nil: .body(try LocalizedBody.form.read(json))
            default: .text(try BundleText(json: json))
            }
        },
        write: {
            switch $0 {
            case .text(let text): text.json
            case .body(let body): body.json
            case .image(let alt): alternative.write(alt)
            case .list(let list): items.write(list)
            }
        },
        schema: {
            oneOf(
                $0, $1,
                [
                    PlacardBundle.text("Text", "A field of type text."),
                    reference("body", "Body", "A field of type markdown."),
                    alternative.schema("Image", "A field of type image."),
                    items.schema("List", "A field of type list."),
                ])
        })

    private static let alternative = WireForm<BundleText>.object(
        .plain(""),
        [.required("alt", BundleText.form, "Alternative text", "What the image shows.", { $0 }, { $0 = $1 })])

    private static let items = WireForm<[LocalizedItem]>.list(of: LocalizedItem.form, "Item", "One text of a list.")
}

extension LocalizedItem {
    fileprivate static let form = WireForm<LocalizedItem>.object(
        LocalizedItem(id: "", text: .plain("")),
        [
            .required("id", .name(examples: ["here"]), "Id", "The item's stable name.", { $0.id }, { $0.id = $1 }),
            .required("text", BundleText.form, "Text", "What the user reads.", { $0.text }, { $0.text = $1 }),
        ])
}

extension LocalizedBody {
    static let form: WireForm<LocalizedBody> = {
        let members = WireForm<LocalizedBody>.object(
            LocalizedBody(),
            [
                .optional(
                    "html", BundleText.form, "HTML", "Safe HTML; values are escaped when they are put in.",
                    { $0.html }, { $0.html = $1 }),
                .optional(
                    "text", BundleText.form, "Plain text", "The text without markup.",
                    { $0.text }, { $0.text = $1 }),
                .optional(
                    "mdast", tree, "Markdown syntax tree",
                    "mdast with mdast-util-gfm's nodes, and MessageFormat 2's expression and markup among the inline nodes.",
                    { $0.mdast }, { $0.mdast = $1 }),
            ]
        ).checked { body throws(BundleError) in
            guard body.html != nil || body.text != nil || body.mdast != nil else {
                throw BundleError("expected at least one of \"html\", \"text\" and \"mdast\"")
            }
        }
        return WireForm(
            read: members.read, write: members.write,
            schema: { title, description in
                var schema = members.schema(title, description).object ?? [:]
                schema["minProperties"] = 1
                return .object(schema)
            })
    }()

    private static let tree = WireForm<JSONValue>(
        read: { json throws(BundleError) in
            guard json.object != nil else { throw BundleError("expected an object") }
            return json
        }, write: { $0 },
        schema: { title, description in
            [
                "type": "object", "title": .string(title), "description": .string(description), "required": ["type"],
                "properties": ["type": string("Type", "The node's type.", examples: ["root"])],
            ]
        })
}

extension LocalizedStep {
    fileprivate static let form = WireForm<LocalizedStep>.object(
        LocalizedStep(id: "", title: .plain(""), body: LocalizedBody()),
        [
            .required(
                "id", .name(examples: ["pick-a-genre"]), "Id", "The slug of the step's heading.",
                { $0.id }, { $0.id = $1 }),
            .required("title", BundleText.form, "Title", "The step's heading.", { $0.title }, { $0.title = $1 }),
            .required(
                "body", LocalizedBody.form.defined(as: "body"), "Body", "What is said.",
                { $0.body }, { $0.body = $1 }),
            .defaulted(
                "choices", .list(of: choice, "Choice", "One way on."), "Choices",
                "The ways on; a step without any is an end.", leftOut: { $0.isEmpty },
                { $0.choices }, { $0.choices = $1 }),
        ])

    private static let choice = WireForm<Choice>.object(
        Choice(step: "", label: .plain("")),
        [
            .required(
                "step", .name(), "Step", "The id of the step that it leads to.", { $0.step }, { $0.step = $1 }),
            .required(
                "label", BundleText.form, "Label", "What the user says with it.", { $0.label }, { $0.label = $1 }),
        ])
}

extension PushText {
    fileprivate static let form = WireForm<PushText>.object(
        PushText(body: .plain("")),
        [
            .optional(
                "title", BundleText.form, "Title", "The notification's first line.", { $0.title }, { $0.title = $1 }),
            .required("body", BundleText.form, "Body", "The notification's text.", { $0.body }, { $0.body = $1 }),
        ])
}

private var example: JSONValue {
    let greeting: JSONValue = [
        "type": "message", "declarations": [],
        "pattern": ["Bonjour ", ["type": "expression", "arg": ["type": "variable", "name": "user.first_name"]]],
    ]
    return LocaleFile(
        locale: "fr-CA",
        messages: [
            "order-ready": LocalizedMessage(
                locale: "fr", direction: .ltr,
                content: LocalizedContent(
                    fields: [
                        "title": .text(.message(greeting)),
                        "body": .body(LocalizedBody(html: .plain("<p>Prêt !</p>"), text: .plain("Prêt !"))),
                        "image": .image(alt: .plain("Un gobelet")),
                    ], actions: ["view": .plain("Voir la commande")]),
                fallbacks: ["user.first_name": .plain("à vous")])
        ]
    ).json
}
