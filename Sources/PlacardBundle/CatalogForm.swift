import CanonicalJSON

func catalogSchema() -> JSONValue {
    schema(
        Catalog.schema,
        Catalog.form.schema("Placard catalog", "Targeting and behaviour of every message, without text."),
        definitions: textDefinitions() + [
            (
                "attribute",
                AttributeDeclaration.form.schema(
                    "Attribute", "What is declared of a context attribute or event property.")
            ), ("rule", FrequencyRule.form.schema("Rule", "At most so many impressions in a window.")),
            ("action", BundleAction.form.schema("Action", "Something that the user can do.")),
            (
                "field",
                FieldValue.form.schema(
                    "Field", "The value of a template's field that is the same in every language.")
            ),
        ],
        example: exampleCatalog.json)
}

extension Catalog {
    static let form = WireForm<Catalog>.object(
        Catalog(messages: []),
        [
            .version(Catalog.schema),
            .defaulted(
                "context", .map(of: attributes, "Group", "Attributes by name."), "Context",
                "What a client knows: groups of attributes, each a variable of its expressions.",
                { $0.context }, { $0.context = $1 }),
            .defaulted(
                "events", .map(of: attributes, "Event", "Properties by name."), "Events", "The events by name.",
                { $0.events }, { $0.events = $1 }),
            .defaulted(
                "groups", .map(of: GroupDeclaration.form, "Group", "One group."), "Groups",
                "Groups whose messages share frequency rules.", leftOut: { $0.isEmpty },
                { $0.groups }, { $0.groups = $1 }),
            .defaulted(
                "links", LinkRules.form, "Links",
                "Where links may lead, to be checked again once a URL has its values.",
                { $0.links }, { $0.links = $1 }),
            .required(
                "messages", .list(of: CatalogMessage.form, "Message", "Targeting and behaviour of one message."),
                "Messages", "The messages, sorted by id.", { $0.messages }, { $0.setMessages($1) }),
        ]
    ).checked { catalog throws(BundleError) in try catalog.checkIDs() }

    private static let attributes = WireForm<SortedMap<AttributeDeclaration>>.map(
        of: AttributeDeclaration.form.defined(as: "attribute"), "Attribute", "An attribute's declaration.")
}

extension AttributeDeclaration {
    static let form = WireForm<AttributeDeclaration>.object(
        AttributeDeclaration(type: .string),
        [
            .required(
                "type", AttributeType.form, "Type", "The type of its values.", { $0.type }, { $0.type = $1 }),
            .defaulted(
                "values", values, "Values", "The only values that a string, or each string of a list, takes.",
                leftOut: { $0.isEmpty }, { $0.values }, { $0.values = $1 }),
            .optional(
                "default", anything, "Default", "The value of a context that does not have it.",
                { $0.defaultValue }, { $0.defaultValue = $1 }),
            .defaulted(
                "optional", .bool, "Optional", "Whether it may be absent.", leftOut: { !$0 },
                { $0.optional }, { $0.optional = $1 }),
        ])

    private static let anything = WireForm<JSONValue>(
        read: { json in json }, write: { $0 },
        schema: { ["title": .string($0), "description": .string($1)] })

    private static let values = WireForm<[String]>(
        read: { json throws(BundleError) in try readList(json, readString) }, write: { .array(writeStrings($0)) },
        schema: { title, description in
            [
                "type": "array", "title": .string(title), "description": .string(description), "minItems": 1,
                "items": ["type": "string", "title": "Value", "description": "One value."],
            ]
        })
}

extension AttributeType {
    fileprivate static let form = WireForm<AttributeType>(
        read: { json throws(BundleError) in
            let name = try readString(json)
            guard let type = AttributeType(name) else { throw BundleError("unknown type `\(name)`") }
            return type
        }, write: { .string($0.name) },
        schema: {
            PlacardBundle.string(
                $0, $1, examples: ["string", "list(string)", "map(string, int)"],
                pattern: "^(list\\(|map\\([a-z]+, )*(" + AttributeType.scalarNames.joined(separator: "|") + ")\\)*$")
        })
}

extension GroupDeclaration {
    static let form = WireForm<GroupDeclaration>.object(
        GroupDeclaration(frequency: []),
        [
            .defaulted(
                "frequency", FrequencyRule.list, "Frequency", "Rules on the impressions of the whole group.",
                { $0.frequency }, { $0.frequency = $1 })
        ])
}

extension LinkRules {
    static let form = WireForm<LinkRules>.object(
        LinkRules(schemes: []),
        [
            .defaulted(
                "schemes",
                .list(
                    of: .name(examples: ["https"], pattern: "^[a-z][a-z0-9+.-]*$"), "Scheme",
                    "A scheme in lower case."), "Schemes", "The schemes that are allowed.",
                { $0.schemes }, { $0.schemes = $1 }),
            .defaulted(
                "hosts",
                .list(
                    of: .name(examples: ["*.example.com"]), "Host", "A host, or *. and a host for all below it."),
                "Hosts", "The hosts of http and https; any when absent.", leftOut: { $0.isEmpty },
                { $0.hosts }, { $0.hosts = $1 }),
        ])
}

extension FrequencyRule {
    static let form = WireForm<FrequencyRule>.object(
        FrequencyRule(count: 0, per: .session),
        [
            .required(
                "count", .integer(examples: [3]), "Count", "The most impressions in the window.",
                { $0.count }, { $0.count = $1 }),
            .required(
                "per", window, "Window", "The session, all time, or the last so many seconds.",
                { $0.window }, { $0.window = $1 }),
        ])

    static let list = WireForm<[FrequencyRule]>.list(of: form.defined(as: "rule"), "Rule", "One rule.")

    private static let window = WireForm<Window>(
        read: { json throws(BundleError) in
            switch json {
            case "session": .session
            case "total": .total
            case .number: .seconds(try readInteger(json, in: 1...maximumInteger))
            default: throw BundleError("expected \"session\", \"total\" or a number of seconds")
            }
        },
        write: {
            switch $0 {
            case .session: "session"
            case .total: "total"
            case .seconds(let seconds): .number(Double(seconds))
            }
        },
        schema: {
            oneOf(
                $0, $1,
                [
                    choice("Named window", "The session, or all time.", ["session", "total"]),
                    integer("Seconds", "A rolling window of the client's clock.", from: 1, examples: [604_800]),
                ])
        })
}

private var exampleCatalog: Catalog {
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
    )
}
