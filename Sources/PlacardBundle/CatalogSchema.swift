import CanonicalJSON

func catalogSchema() -> JSONValue {
    schema(
        Catalog.schema,
        object(
            "Placard catalog", "Targeting and behaviour of every message, without text.",
            [
                .required("schema", constant("Schema", "The format of this file.", .string(Catalog.schema))),
                .required(
                    "context",
                    map(
                        "Context", "What a client knows: groups of attributes, each a variable of its expressions.",
                        of: map("Group", "Attributes by name.", of: attribute))),
                .required(
                    "events",
                    map(
                        "Events", "The events by name.",
                        of: map("Event", "Properties by name.", of: attribute))),
                .optional(
                    "groups",
                    map(
                        "Groups", "Groups whose messages share frequency rules.",
                        of: object(
                            "Group", "One group.",
                            [.required("frequency", frequency("Rules on the impressions of the whole group."))]))),
                .required("links", linksSchema()),
                .required(
                    "messages",
                    array("Messages", "The messages, sorted by id.", of: messageSchema())),
            ]),
        definitions: textDefinitions() + [
            ("attribute", attributeDefinition()), ("rule", ruleDefinition()), ("action", actionDefinition()),
            ("field", fieldDefinition()),
        ],
        example: example)
}

private let attribute = reference("attribute", "Attribute", "An attribute's declaration.")

private func attributeDefinition() -> JSONValue {
    object(
        "Attribute", "What is declared of a context attribute or event property.",
        [
            .required(
                "type",
                string(
                    "Type", "The type of its values.", examples: ["string", "list(string)", "map(string, int)"],
                    pattern: "^(list\\(|map\\([a-z]+, )*(" + AttributeType.scalarNames.joined(separator: "|") + ")\\)*$"
                )
            ),
            .optional(
                "values",
                [
                    "type": "array", "title": "Values",
                    "description": "The only values that a string, or each string of a list, takes.", "minItems": 1,
                    "items": ["type": "string", "title": "Value", "description": "One value."],
                ]),
            .optional("default", ["title": "Default", "description": "The value of a context that does not have it."]),
            .optional("optional", boolean("Optional", "Whether it may be absent.")),
        ])
}

func linksSchema() -> JSONValue {
    object(
        "Links", "Where links may lead, to be checked again once a URL has its values.",
        [
            .required(
                "schemes",
                array(
                    "Schemes", "The schemes that are allowed.",
                    of: string(
                        "Scheme", "A scheme in lower case.", examples: ["https"], pattern: "^[a-z][a-z0-9+.-]*$"))),
            .optional(
                "hosts",
                array(
                    "Hosts", "The hosts of http and https; any when absent.",
                    of: string("Host", "A host, or *. and a host for all below it.", examples: ["*.example.com"]))),
        ])
}

private func frequency(_ description: String) -> JSONValue {
    array("Frequency", description, of: reference("rule", "Rule", "One rule."))
}

private func ruleDefinition() -> JSONValue {
    object(
        "Rule", "At most so many impressions in a window.",
        [
            .required("count", integer("Count", "The most impressions in the window.", from: 0, examples: [3])),
            .required(
                "per",
                oneOf(
                    "Window", "The session, all time, or the last so many seconds.",
                    [
                        choice("Named window", "The session, or all time.", ["session", "total"]),
                        integer("Seconds", "A rolling window of the client's clock.", from: 1, examples: [604_800]),
                    ])),
        ])
}

private func messageSchema() -> JSONValue {
    object(
        "Message", "Targeting and behaviour of one message.",
        [
            .required("id", string("Id", "The message's stable, unique name.", examples: ["order-ready"])),
            .required("template", string("Template", "The name of its template.", examples: ["banner"])),
            .required("surface", choice("Surface", "Where it shows.", Surface.allCases.map { $0.rawValue })),
            .required("blocking", boolean("Blocking", "Whether nothing else may come up while it shows.")),
            .required(
                "dismiss",
                array(
                    "Dismiss", "How the user is rid of it.",
                    of: choice("Way", "One way to be rid of it.", Dismissal.allCases.map { $0.rawValue }))),
            .optional(
                "timeout", integer("Timeout", "Milliseconds after which it goes by itself.", from: 0, examples: [6000])),
            .optional("audience", expression("Audience", "Who sees it: a CEL expression over the context.")),
            .required("trigger", triggerSchema()), .optional("schedule", scheduleSchema()),
            .optional("frequency", frequency("How often it may show; every rule must allow it.")),
            .optional("group", string("Group", "The name of its group.", examples: ["promotions"])),
            .required("priority", integer("Priority", "The higher wins.", from: 0, to: 100, examples: [60])),
            .optional("rollout", share("Rollout", "The share of users it is rolled out to.")),
            .optional("experiment", experimentSchema()),
            .optional("thread", text("Thread", "Of two messages with one key the newer replaces the older.")),
            .optional(
                "onMissing",
                choice("On missing", "What happens without a translation.", MissingPolicy.allCases.map { $0.rawValue })),
            .optional("actions", actions), .optional("fields", fields),
            .optional(
                "push",
                object(
                    "Push", "Its notification, whose texts are in the locale files.",
                    [.optional("link", text("Link", "What a tap opens; values in it are percent-encoded."))])),
            .optional(
                "needs",
                array(
                    "Needs", "The variables that need a value or a fallback, else the message does not show.",
                    of: string("Variable", "A variable's name.", examples: ["user.first_name"]))),
        ])
}

private func expression(_ title: String, _ description: String) -> JSONValue {
    string(title, description, examples: ["user.country in [\"US\", \"CA\"]"])
}

private func share(_ title: String, _ description: String) -> JSONValue {
    integer(title, description + " In hundredths of a percent.", from: 0, to: 10_000, examples: [2500])
}

private let actions = array(
    "Actions", "What the user can do, in the order of the buttons.", of: reference("action", "Action", "One action."))
private let fields = map(
    "Fields", "The values of the template's fields that are no text, by name.",
    of: reference("field", "Field", "One value."))

private func triggerSchema() -> JSONValue {
    object(
        "Trigger", "What makes it come up.",
        [
            .required("event", string("Event", "The name of a declared event.", examples: ["order_status_changed"])),
            .optional("when", expression("When", "A CEL expression over the context and the event.")),
            .optional("delay", integer("Delay", "Milliseconds from the event.", from: 0, examples: [2000])),
        ])
}

private func scheduleSchema() -> JSONValue {
    func time(_ title: String, _ description: String) -> JSONValue {
        string(
            title, description + " On the schedule's clock, or with Z the same instant everywhere.",
            examples: ["2026-12-01T09:00:00", "2026-12-01T08:00:00Z"],
            pattern: "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ?$")
    }
    return object(
        "Schedule", "When it may show.",
        [
            .optional("start", time("Start", "From then on, inclusive.")),
            .optional("end", time("End", "Up to then, exclusive.")),
            .required(
                "timezone",
                string(
                    "Time zone", "Whose clock: local for the user's own, or an IANA zone.",
                    examples: ["local", "Europe/Paris"])),
            .optional(
                "hours",
                object(
                    "Hours", "A part of each day, half open; it crosses midnight when it ends before it starts.",
                    [
                        .required("start", integer("Start", "Minutes from midnight.", from: 0, to: 1439)),
                        .required("end", integer("End", "Minutes from midnight.", from: 0, to: 1440)),
                    ])),
            .optional(
                "days",
                array(
                    "Days", "The days of the week on which it may show.",
                    of: choice("Day", "A day of the week.", Weekday.allCases.map { $0.name }))),
        ])
}

private func experimentSchema() -> JSONValue {
    object(
        "Experiment", "How users are split.",
        [
            .optional(
                "variants",
                array(
                    "Variants", "The arms, in the order in which the draw walks them.",
                    of: object(
                        "Variant", "One arm.",
                        [
                            .required("id", string("Id", "The arm's name.", examples: ["urgent"])),
                            .required(
                                "weight",
                                integer(
                                    "Weight", "Its share of the sum of all weights.", from: 0,
                                    to: Experiment.weightLimit, examples: [50])),
                            .optional(
                                "withheld", boolean("Withheld", "Whether this arm sees nothing, and is only counted.")),
                            .optional("fields", fields), .optional("actions", actions),
                        ]))),
            .optional("holdout", share("Holdout", "The share of users that see nothing of the message.")),
        ])
}

private func actionDefinition() -> JSONValue {
    let id = Property.required("id", string("Id", "The action's stable name.", examples: ["view"]))
    return oneOf(
        "Action", "Something that the user can do.",
        [
            object(
                "Open", "Opens a URL or a route of the app.",
                [id, .required("url", text("URL", "Where it leads; values in it are percent-encoded."))]),
            object(
                "Dismiss", "Closes the message for good.",
                [id, .required("dismiss", constant("Dismiss", "Always true.", true))]),
            object(
                "Remind", "Closes the message and lets it come again.",
                [
                    id,
                    .required(
                        "remind", integer("Remind", "Seconds until it may come again.", from: 0, examples: [86_400])),
                ]),
            object(
                "Emit", "Tells the app that something happened.",
                [id, .required("event", string("Event", "The event's name.", examples: ["rated"]))]),
            object(
                "Request", "Asks the system for a permission or a rating.",
                [id, .required("request", string("Request", "What is asked for.", examples: ["notifications"]))]),
        ])
}

private func fieldDefinition() -> JSONValue {
    oneOf(
        "Field", "The value of a template's field that is the same in every language.",
        [
            boolean("Boolean", "A field of type bool."),
            integer("Integer", "A field of type int.", from: -maximumInteger),
            string("String", "A field of type enum or color.", examples: ["info", "#ff8800"]),
            object("Image", "A field of type image.", [.required("src", string("Source", "The image's asset key."))]),
            object("URL", "A field of type url.", [.required("url", text("URL", "Where it leads."))]),
        ])
}

private var example: JSONValue {
    let message = CatalogMessage(
        id: "order-ready", template: "banner", surface: .banner, dismiss: [.button, .swipe, .timeout], timeout: 6000,
        audience: "user.country in [\"US\", \"CA\"]",
        trigger: Trigger(event: "order_status_changed", when: "event.status == \"ready\"", delay: 2000),
        schedule: Schedule(
            start: ScheduleTime("2026-12-01T09:00:00"), end: ScheduleTime("2026-12-24T18:00:00"),
            hours: Hours(start: 480, end: 1260), days: [.monday, .tuesday]),
        frequency: [FrequencyRule(count: 1, per: .session), FrequencyRule(count: 3, per: .seconds(604_800))],
        group: "promotions", priority: 60, rollout: 2500,
        experiment: Experiment(
            variants: [ExperimentVariant(id: "control", weight: 50), ExperimentVariant(id: "urgent", weight: 50)],
            holdout: 1000),
        actions: [
            BundleAction(id: "view", .open(url: .plain("starling://orders"))), BundleAction(id: "later", .dismiss),
        ],
        fields: ["image": .image(src: "coffee/cup.png"), "tone": .string("info")],
        push: CatalogPush(link: .plain("starling://orders")), needs: ["user.first_name"])
    return Catalog(
        context: [
            "user": [
                "country": AttributeDeclaration(type: .string, values: ["US", "CA", "FR"]),
                "first_name": AttributeDeclaration(type: .string, optional: true),
            ]
        ],
        events: ["order_status_changed": ["status": AttributeDeclaration(type: .string)]],
        groups: ["promotions": GroupDeclaration(frequency: [FrequencyRule(count: 1, per: .seconds(86_400))])],
        links: LinkRules(schemes: ["https", "starling"], hosts: ["*.example.com"]), messages: [message]
    ).json
}
