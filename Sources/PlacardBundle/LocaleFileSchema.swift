import CanonicalJSON

func localeFileSchema() -> JSONValue {
    let fieldsAndMore = contentProperties()
    let message = object(
        "Message", "The texts of one message.",
        [
            .required("locale", locale("Locale used", "The locale that the texts are in, after fallback.")),
            .required("direction", choice("Direction", "Which way the text runs.", ["ltr", "rtl"])),
        ] + fieldsAndMore + [
            .optional(
                "fallbacks",
                map(
                    "Fallbacks", "What stands in for a variable without a value.",
                    of: text("Fallback", "The text in place of the value."))),
            .optional(
                "variants",
                map(
                    "Variants", "What each variant of an experiment changes.",
                    of: object("Variant", "Only the texts that differ.", fieldsAndMore))),
        ])
    return schema(
        LocaleFile.schema,
        object(
            "Placard locale file", "The texts of every message in one locale.",
            [
                .required("schema", constant("Schema", "The format of this file.", .string(LocaleFile.schema))),
                .required("locale", locale("Locale", "The locale of this file.")),
                .required(
                    "messages",
                    map("Messages", "The texts by message id.", of: message)),
            ]),
        definitions: textDefinitions() + [
            ("body", bodyDefinition()), ("field", fieldDefinition()), ("step", stepDefinition()),
        ],
        example: example)
}

private func contentProperties() -> [Property] {
    [
        .optional(
            "fields",
            map(
                "Fields", "The texts of the template's fields, by name.",
                of: reference("field", "Field", "The text of one field."))),
        .optional(
            "actions",
            map(
                "Actions", "The labels of the actions, by action id.",
                of: object(
                    "Action", "The texts of one action.",
                    [.required("label", text("Label", "What the button says."))]))),
        .optional(
            "steps",
            array(
                "Steps", "The steps of a scripted conversation; it begins with the first.",
                of: reference("step", "Step", "One step."))),
        .optional(
            "push",
            object(
                "Push", "The notification's plain texts.",
                [
                    .optional("title", text("Title", "The notification's first line.")),
                    .required("body", text("Body", "The notification's text.")),
                ])),
    ]
}

private func fieldDefinition() -> JSONValue {
    oneOf(
        "Field", "A text, a body, an image's alternative text, or a list of texts.",
        [
            text("Text", "A field of type text."), reference("body", "Body", "A field of type markdown."),
            object(
                "Image", "A field of type image.",
                [.required("alt", text("Alternative text", "What the image shows."))]),
            array(
                "List", "A field of type list.",
                of: object(
                    "Item", "One text of a list.",
                    [
                        .required("id", string("Id", "The item's stable name.", examples: ["here"])),
                        .required("text", text("Text", "What the user reads.")),
                    ])),
        ])
}

private func bodyDefinition() -> JSONValue {
    var body: JSONObject =
        object(
            "Body", "A Markdown text in each of the project's formats.",
            [
                .optional("html", text("HTML", "Safe HTML; values are escaped when they are put in.")),
                .optional("text", text("Plain text", "The text without markup.")),
                .optional(
                    "mdast",
                    [
                        "type": "object", "title": "Markdown syntax tree",
                        "description":
                            "mdast with mdast-util-gfm's nodes, and MessageFormat 2's expression and markup among the inline nodes.",
                        "required": ["type"],
                        "properties": ["type": string("Type", "The node's type.", examples: ["root"])],
                    ]),
            ]
        ).object ?? [:]
    body["minProperties"] = 1
    return .object(body)
}

private func stepDefinition() -> JSONValue {
    object(
        "Step", "One step of a scripted conversation.",
        [
            .required("id", string("Id", "The slug of the step's heading.", examples: ["pick-a-genre"])),
            .required("title", text("Title", "The step's heading.")),
            .required("body", reference("body", "Body", "What is said.")),
            .optional(
                "choices",
                array(
                    "Choices", "The ways on; a step without any is an end.",
                    of: object(
                        "Choice", "One way on.",
                        [
                            .required("step", string("Step", "The id of the step that it leads to.")),
                            .required("label", text("Label", "What the user says with it.")),
                        ]))),
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
