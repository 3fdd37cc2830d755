import CanonicalJSON

// Payloads as they are written. What a server adds (a token, a sound, a badge) is its own; the schemas are open where
// the services leave room for it. Nothing that a device shows or groups by has a place for a value: those are in the
// app's part alone, as MessageFormat 2's own parts.

func apnsPayloadSchema() -> JSONValue {
    let aps = open(
        object(
            "APS", "What the system reads.",
            [
                .required("alert", reference("alert", "Alert", "What the system shows by itself.")),
                .required("mutable-content", mutableContent), .optional("thread-id", thread),
            ]))
    return schema(
        "placard/apns/1",
        object(
            "Payload for APNs",
            "A notification in one language, as the body of a request to Apple Push Notification service.",
            [
                .required("aps", reference("aps", "APS", "What the system reads.")),
                .required("placard", reference("data", "Data", "What the app reads.")),
            ]),
        definitions: [("aps", aps), ("alert", alertDefinition()), ("data", dataDefinition())] + textDefinitions(),
        example: examplePayload.apns)
}

func fcmMessageSchema() -> JSONValue {
    schema(
        "placard/fcm/1",
        open(
            object(
                "Message for FCM",
                "A notification in one language, as the message of Firebase Cloud Messaging's HTTP v1 API; the server adds token, topic or condition.",
                [
                    .required("notification", reference("alert", "Notification", "What the system shows by itself.")),
                    .required("data", reference("strings", "Data", "What the app reads; every value is a string.")),
                    .optional("android", reference("android", "Android", "What Android alone reads.")),
                    .required("apns", reference("apns", "APNs", "What Apple's devices alone read.")),
                ])),
        definitions: [
            ("alert", alertDefinition()), ("strings", stringsDefinition()), ("android", androidDefinition()),
            ("apns", appleDefinition()), ("data", dataDefinition()),
        ] + textDefinitions(), example: examplePayload.fcm)
}

func pushDataSchema() -> JSONValue {
    schema(
        "placard/push-data/1", dataDefinition(), definitions: textDefinitions(), example: examplePayload.data.json)
}

private let thread = string(
    "Thread", "What notifications are grouped by; the message's id where the thread needs values.",
    examples: ["news", "order-ready"])

private let mutableContent = constant("Mutable content", "Runs the app's notification service extension.", 1)

private func alertDefinition() -> JSONValue {
    object(
        "Alert", "What the system shows by itself, in the language: whole sentences without a place for a value.",
        [
            .optional("title", string("Title", "The first line.", examples: ["Your order is ready"])),
            .required("body", string("Body", "The text.", examples: ["Pick it up at the counter"])),
        ])
}

private func stringsDefinition() -> JSONValue {
    var placard = string("Placard", "The text of a JSON document: what the app reads.").object ?? [:]
    placard["contentMediaType"] = "application/json"
    placard["contentSchema"] = ["$ref": "#/$defs/data"]
    return object("Data", "What the app reads; every value is a string.", [.required("placard", .object(placard))])
}

private func androidDefinition() -> JSONValue {
    let tag = string("Tag", "Of two notifications with one tag the newer replaces the older.")
    return object(
        "Android", "What Android alone reads.",
        [
            .required(
                "notification",
                object("Notification", "Holds tag, by which a newer one replaces it.", [.required("tag", tag)]))
        ])
}

private func appleDefinition() -> JSONValue {
    let identifier = string("Collapse id", "Of two notifications with one id the newer replaces the older.")
    let aps = object(
        "APS", "What the system reads.", [.required("mutable-content", mutableContent), .optional("thread-id", thread)])
    return object(
        "APNs", "What Apple's devices alone read.",
        [
            .optional(
                "headers",
                object("Headers", "Holds the header apns-collapse-id.", [.required("apns-collapse-id", identifier)])),
            .required(
                "payload", object("Payload", "Holds aps, with mutable-content and thread-id.", [.required("aps", aps)])),
        ])
}

private func dataDefinition() -> JSONValue {
    PushData.form.schema(
        "Push data", "What the app reads of a notification: which message it is, and its texts with places for values.")
}

/// An object to which others may add.
private func open(_ schema: JSONValue) -> JSONValue {
    var object = schema.object ?? [:]
    object["additionalProperties"] = true
    return .object(object)
}

private var examplePayload: PushPayload {
    func message(_ text: String, _ attributes: JSONObject = [:]) -> BundleText {
        var expression: JSONObject = [
            "type": "expression", "arg": ["type": "variable", "name": "event.order_id"],
        ]
        if !attributes.members.isEmpty { expression["attributes"] = .object(attributes) }
        return .message(["type": "message", "declarations": [], "pattern": [.string(text), .object(expression)]])
    }
    return PushPayload(
        title: "Your order is ready", body: "Pick it up at the counter",
        data: PushData(
            message: "order-ready", locale: "en",
            link: message("starling://orders/", ["placard:escape": ["type": "literal", "value": "url"]]),
            links: LinkRules(schemes: ["https", "starling"], hosts: ["*.example.com"]), thread: message("order/"),
            body: message("Your code is "), values: ["event.order_id": .null]))
}
