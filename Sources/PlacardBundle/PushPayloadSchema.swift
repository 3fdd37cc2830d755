import CanonicalJSON

// Payloads as they are written. What a server adds (a token, a sound, a badge) is its own; the schemas are open where
// the services leave room for it.

private let slots = " Each {$name} in it is for the server to replace."

private let alert = object(
    "Alert", "What the system shows when the app does not word it again." + slots,
    [
        .optional("title", string("Title", "The first line.", examples: ["Your order is ready"])),
        .required("body", string("Body", "The text.", examples: ["Pick it up at the counter: {$event.order_id}"])),
    ])

private let thread = string(
    "Thread", "What notifications are grouped by." + slots, examples: ["order/{$event.order_id}"])

func apnsPayloadSchema() -> JSONValue {
    schema(
        "placard/apns/1",
        object(
            "Payload for APNs",
            "A notification in one language, as the body of a request to Apple Push Notification service.",
            [
                .required(
                    "aps",
                    open(
                        object(
                            "APS", "What the system reads.",
                            [
                                .required("alert", alert),
                                .required(
                                    "mutable-content",
                                    constant("Mutable content", "Runs the app's notification service extension.", 1)),
                                .optional("thread-id", thread),
                            ]))),
                .required("placard", reference("data", "Data", "What the app reads.")),
            ]),
        definitions: [("data", dataDefinition())] + textDefinitions(), example: examplePayload.apns)
}

func fcmMessageSchema() -> JSONValue {
    schema(
        "placard/fcm/1",
        open(
            object(
                "Message for FCM",
                "A notification in one language, as the message of Firebase Cloud Messaging's HTTP v1 API; the server adds token, topic or condition.",
                [
                    .required("notification", alert),
                    .required(
                        "data",
                        object(
                            "Data", "What the app reads; every value is a string.",
                            [
                                .required(
                                    "placard",
                                    .object(
                                        JSONObject(
                                            distinct: (string("Placard", "The JSON text of pushData.").object ?? [:])
                                                .members
                                                + [
                                                    .init(key: "contentMediaType", value: "application/json"),
                                                    .init(
                                                        key: "contentSchema", value: ["$ref": .string("#/$defs/data")]),
                                                ])))
                            ])),
                    .optional(
                        "android",
                        object(
                            "Android", "What Android alone reads.",
                            [
                                .required(
                                    "notification",
                                    object(
                                        "Notification", "How Android shows it.",
                                        [
                                            .required(
                                                "tag",
                                                string(
                                                    "Tag",
                                                    "Of two notifications with one tag the newer replaces the older."
                                                        + slots))
                                        ]))
                            ])),
                    .required(
                        "apns",
                        object(
                            "APNs", "What Apple's devices alone read.",
                            [
                                .optional(
                                    "headers",
                                    object(
                                        "Headers", "Headers of the request to APNs.",
                                        [
                                            .required(
                                                "apns-collapse-id",
                                                string(
                                                    "Collapse id",
                                                    "Of two notifications with one id the newer replaces the older."
                                                        + slots))
                                        ])),
                                .required(
                                    "payload",
                                    object(
                                        "Payload", "What is added to the payload.",
                                        [
                                            .required(
                                                "aps",
                                                object(
                                                    "APS", "What the system reads.",
                                                    [
                                                        .required(
                                                            "mutable-content",
                                                            constant(
                                                                "Mutable content",
                                                                "Runs the app's notification service extension.", 1)),
                                                        .optional("thread-id", thread),
                                                    ]))
                                        ])),
                            ])),
                ])), definitions: [("data", dataDefinition())] + textDefinitions(), example: examplePayload.fcm)
}

func pushDataSchema() -> JSONValue {
    schema(
        "placard/push-data/1", dataDefinition(), definitions: textDefinitions(), example: examplePayload.data.json)
}

private func dataDefinition() -> JSONValue {
    object(
        "Push data", "What the app reads of a notification: which message it is, and its texts with places for values.",
        [
            .required("message", string("Message", "The message's id.", examples: ["order-ready"])),
            .optional("variant", string("Variant", "The variant of its experiment.", examples: ["urgent"])),
            .required(
                "locale", string("Locale", "The locale that the texts are in, after fallback.", examples: ["fr"])),
            .optional(
                "link",
                string(
                    "Link", "What a tap opens." + slots + " There the value is percent-encoded.",
                    examples: ["starling://orders/{$event.order_id}"])),
            .optional("title", text("Title", "The title, when it has places for values.")),
            .optional("body", text("Body", "The body, when it has places for values.")),
            .optional(
                "fallbacks",
                map(
                    "Fallbacks", "What stands for a value that is not known, by variable.",
                    of: ["type": "string", "title": "Fallback", "description": "The text in place of the value."])),
            .optional(
                "values",
                map(
                    "Values", "Every variable; null until the server gives its value.",
                    of: [
                        "title": "Value", "description": "The value, or null.",
                        "type": ["null", "string", "number", "boolean"],
                    ])),
        ])
}

/// An object to which others may add.
private func open(_ schema: JSONValue) -> JSONValue {
    var object = schema.object ?? [:]
    object["additionalProperties"] = true
    return .object(object)
}

private var examplePayload: PushPayload {
    let body: JSONValue = [
        "type": "message", "declarations": [],
        "pattern": [
            "Pick it up at the counter: ",
            ["type": "expression", "arg": ["type": "variable", "name": "event.order_id"]],
        ],
    ]
    return PushPayload(
        title: "Your order is ready", body: "Pick it up at the counter: \u{2068}{$event.order_id}\u{2069}",
        thread: "order/{$event.order_id}",
        data: PushData(
            message: "order-ready", locale: "en", link: "starling://orders/{$event.order_id}", body: .message(body),
            values: ["event.order_id": .null]))
}
