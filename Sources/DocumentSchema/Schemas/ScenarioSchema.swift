import CanonicalJSON

extension PlacardSchemas {
    /// `scenarios/<name>.yaml`
    package static let scenario = DocumentSchema(
        name: "scenario", title: "A scenario", files: "scenarios/*.yaml",
        root: SchemaObject(
            "a scenario", summary: "A user, an event, a clock and a history, and what must show then",
            [
                SchemaProperty(
                    "description", .text, required: true, "Who and when, in a line",
                    example: "A gold member in France whose order is ready"),
                SchemaProperty(
                    "unit", .string(.any), "What rollouts, holdouts and variants are drawn by", example: "rider-17",
                    default: "anonymous"),
                SchemaProperty(
                    "locale", .string(.locale), "The user's language; the source locale without it", example: "fr-CA"),
                SchemaProperty(
                    "now", .string(.dateTime([.instant])), required: true, "The moment, with Z or an offset",
                    example: "2026-12-02T10:15:00+01:00"),
                SchemaProperty(
                    "timezone", .string(.timezone(allowsLocal: false)), "The user's time zone", example: "Europe/Paris",
                    default: "UTC"),
                SchemaProperty(
                    "session", .string(.dateTime([.instant])), "When the session began; now without it",
                    example: "2026-12-02T10:00:00+01:00"),
                SchemaProperty(
                    "context", .map(key: .identifier, value: .map(key: .fieldName, value: .any)),
                    "Attributes by group, typed by placard.yaml", example: "{user: {country: FR, segments: [gold]}}"),
                SchemaProperty(
                    "event", .object(scenarioEvent), required: true, "What happens, with its properties",
                    example: "{name: order_status_changed, status: ready}"),
                SchemaProperty(
                    "history", .list(of: .object(impression), count: 0...1000, unique: false),
                    "What the user has seen before",
                    example: "[{message: free-month, shown: 2026-12-01T09:00:00Z}]"),
                SchemaProperty("expect", .object(expectation), "What must come of it", example: "{shows: order-ready}"),
            ]))

    static let scenarioEvent = SchemaObject(
        "an event",
        [
            SchemaProperty(
                "name", .string(.eventName), required: true, "An event of placard.yaml", example: "session_start"),
            SchemaProperty(
                "properties", .any,
                "Its properties, which may stand beside the name too; here they can be called name themselves",
                example: "{name: Zoë}"),
        ],
        additional: .any)

    static let impression = SchemaObject(
        "an entry of history",
        [
            SchemaProperty("message", .string(.id), required: true, "The id of a message", example: "free-month"),
            SchemaProperty(
                "shown", .string(.dateTime([.instant])), required: true, "When it was shown",
                example: "2026-12-01T09:00:00Z"),
            SchemaProperty(
                "dismissed", .string(.dateTime([.instant])), "When it was dismissed", example: "2026-12-01T09:01:00Z"),
        ])

    /// The engine's gates, in the order in which they are asked.
    static let gates = [
        EnumerationCase("trigger", "the event is another"),
        EnumerationCase("when", "the trigger's condition does not hold"),
        EnumerationCase("audience", "the user is not in the audience"),
        EnumerationCase("schedule", "the schedule is closed"),
        EnumerationCase("dismissed", "the user closed it, or wants to be reminded later"),
        EnumerationCase("frequency", "it has been shown too often"),
        EnumerationCase("group", "its group has been shown too often"),
        EnumerationCase("rollout", "the rollout has not reached the user"),
        EnumerationCase("thread", "a newer message of its thread has been shown"),
        EnumerationCase("blocked", "something on the screen is in its way"),
        EnumerationCase("locale", "there is no text in the user's language"),
        EnumerationCase("missing-value", "a variable has neither a value nor a fallback"),
        EnumerationCase("lost", "another message comes first"), EnumerationCase("holdout", "the user is held out"),
        EnumerationCase("control", "the variant sees nothing"),
    ]

    static let expectedPush = SchemaObject(
        "a notification",
        [
            SchemaProperty("title", .text, "Its first line", example: "Your order is ready"),
            SchemaProperty("body", .text, "What it says", example: "Your code is A-113"),
            SchemaProperty("link", .text, "What a tap opens", example: "starling://orders/A-113"),
        ])

    static let expectation = SchemaObject(
        "expect",
        [
            SchemaProperty(
                "shows", .orNone(.string(.id)),
                "The id of the message that shows; `[]`, or no such key, where nothing may show",
                example: "order-ready"),
            SchemaProperty("variant", .string(.id), "The variant that shows", example: "urgent"),
            SchemaProperty(
                "push", .object(expectedPush), "The notification of the message that shows, with the user's values",
                example: "{body: Your code is A-113}"),
            SchemaProperty(
                "hidden", .map(key: .id, value: .enumeration(gates)),
                "Messages that do not show, each with the gate that keeps it back",
                example: "{free-month: frequency}"),
        ], mainKey: "shows")
}
