import CanonicalJSON

extension CatalogMessage {
    static let form = WireForm<CatalogMessage>.object(
        CatalogMessage(id: "", template: "", surface: .banner, trigger: Trigger(event: "")),
        identity + timing + content)

    private static let identity: [WireMember<CatalogMessage>] = [
        .required(
            "id", .name(examples: ["order-ready"]), "Id", "The message's stable, unique name.",
            { $0.id }, { $0.id = $1 }),
        .required(
            "template", .name(examples: ["banner"]), "Template", "The name of its template.",
            { $0.template }, { $0.template = $1 }),
        .required(
            "surface", .choice("surface", of: Surface.allCases) { $0.rawValue }, "Surface", "Where it shows.",
            { $0.surface }, { $0.surface = $1 }),
        .defaulted(
            "blocking", .bool, "Blocking", "Whether nothing else may come up while it shows.",
            { $0.blocking }, { $0.blocking = $1 }),
        .defaulted(
            "dismiss",
            .list(
                of: .choice("way to dismiss", of: Dismissal.allCases) { $0.rawValue }, "Way",
                "One way to be rid of it."), "Dismiss", "How the user is rid of it.",
            { $0.dismiss }, { $0.dismiss = $1 }),
    ]

    private static let timing: [WireMember<CatalogMessage>] = [
        .optional(
            "timeout", .integer(examples: [6000]), "Timeout", "Milliseconds after which it goes by itself.",
            { $0.timeout }, { $0.timeout = $1 }),
        .optional(
            "audience", expression, "Audience", "Who sees it: a CEL expression over the context.",
            { $0.audience }, { $0.audience = $1 }),
        .required("trigger", Trigger.form, "Trigger", "What makes it come up.", { $0.trigger }, { $0.trigger = $1 }),
        .optional("schedule", Schedule.form, "Schedule", "When it may show.", { $0.schedule }, { $0.schedule = $1 }),
        .defaulted(
            "frequency", FrequencyRule.list, "Frequency", "How often it may show; every rule must allow it.",
            leftOut: { $0.isEmpty }, { $0.frequency }, { $0.frequency = $1 }),
        .optional(
            "group", .name(examples: ["promotions"]), "Group", "The name of its group.",
            { $0.group }, { $0.group = $1 }),
        .defaulted(
            "priority", .integer(to: 100, examples: [60]), "Priority", "The higher wins.",
            { $0.priority }, { $0.priority = $1 }),
        .optional(
            "rollout", share, "Rollout", "The share of users it is rolled out to. In hundredths of a percent.",
            { $0.rollout }, { $0.rollout = $1 }),
        .optional(
            "experiment", Experiment.form, "Experiment", "How users are split.",
            { $0.experiment }, { $0.experiment = $1 }),
    ]

    private static let content: [WireMember<CatalogMessage>] = [
        .optional(
            "thread", BundleText.form, "Thread", "Of two messages with one key the newer replaces the older.",
            { $0.thread }, { $0.thread = $1 }),
        .defaulted(
            "onMissing", .choice("policy", of: MissingPolicy.allCases) { $0.rawValue }, "On missing",
            "What happens without a translation.", leftOut: { $0 == .fallback },
            { $0.onMissing }, { $0.onMissing = $1 }),
        .defaulted(
            "actions", BundleAction.list, "Actions", "What the user can do, in the order of the buttons.",
            leftOut: { $0.isEmpty }, { $0.actions }, { $0.actions = $1 }),
        .defaulted(
            "fields", FieldValue.map, "Fields", "The values of the template's fields that are no text, by name.",
            leftOut: { $0.isEmpty }, { $0.fields }, { $0.fields = $1 }),
        .optional(
            "push", CatalogPush.form, "Push", "Its notification, whose texts are in the locale files.",
            { $0.push }, { $0.push = $1 }),
        .defaulted(
            "needs", .list(of: .name(examples: ["user.first_name"]), "Variable", "A variable's name."), "Needs",
            "The variables that need a value or a fallback, else the message does not show.",
            leftOut: { $0.isEmpty }, { $0.needs }, { $0.needs = $1 }),
    ]
}

extension CatalogPush {
    fileprivate static let form = WireForm<CatalogPush>.object(
        CatalogPush(),
        [
            .optional(
                "link", BundleText.form, "Link", "What a tap opens; values in it are percent-encoded.",
                { $0.link }, { $0.link = $1 })
        ])
}

extension Trigger {
    fileprivate static let form = WireForm<Trigger>.object(
        Trigger(event: ""),
        [
            .required(
                "event", .name(examples: ["order_status_changed"]), "Event", "The name of a declared event.",
                { $0.event }, { $0.event = $1 }),
            .optional(
                "when", expression, "When", "A CEL expression over the context and the event.",
                { $0.when }, { $0.when = $1 }),
            .optional(
                "delay", .integer(examples: [2000]), "Delay", "Milliseconds from the event.",
                { $0.delay }, { $0.delay = $1 }),
        ])
}

extension Experiment {
    fileprivate static let form = WireForm<Experiment>.object(
        Experiment(),
        [
            .defaulted(
                "variants", .list(of: ExperimentVariant.form, "Variant", "One arm."), "Variants",
                "The arms, in the order in which the draw walks them.", leftOut: { $0.isEmpty },
                { $0.variants }, { $0.variants = $1 }),
            .optional(
                "holdout", share, "Holdout",
                "The share of users that see nothing of the message. In hundredths of a percent.",
                { $0.holdout }, { $0.holdout = $1 }),
        ]
    ).checked { experiment throws(BundleError) in try experiment.checkWeights() }
}

extension ExperimentVariant {
    fileprivate static let form = WireForm<ExperimentVariant>.object(
        ExperimentVariant(id: "", weight: 0),
        [
            .required("id", .name(examples: ["urgent"]), "Id", "The arm's name.", { $0.id }, { $0.id = $1 }),
            .required(
                "weight", .integer(to: Experiment.weightLimit, examples: [50]), "Weight",
                "Its share of the sum of all weights.", { $0.weight }, { $0.weight = $1 }),
            .defaulted(
                "withheld", .bool, "Withheld", "Whether this arm sees nothing, and is only counted.",
                leftOut: { !$0 }, { $0.withheld }, { $0.withheld = $1 }),
            .defaulted(
                "fields", FieldValue.map, "Fields",
                "The values of the template's fields that are no text, by name.", leftOut: { $0.isEmpty },
                { $0.fields }, { $0.fields = $1 }),
            .optional(
                "actions", BundleAction.list, "Actions", "What the user can do, in the order of the buttons.",
                { $0.actions }, { $0.actions = $1 }),
        ])
}

extension Schedule {
    fileprivate static let form = WireForm<Schedule>.object(
        Schedule(),
        [
            .optional("start", time, "Start", "From then on, inclusive.", { $0.start }, { $0.start = $1 }),
            .optional("end", time, "End", "Up to then, exclusive.", { $0.end }, { $0.end = $1 }),
            .defaulted(
                "timezone", zone, "Time zone", "Whose clock: local for the user's own, or an IANA zone.",
                { $0.timezone }, { $0.timezone = $1 }),
            .optional(
                "hours", Hours.form, "Hours",
                "A part of each day, half open; it crosses midnight when it ends before it starts.",
                { $0.hours }, { $0.hours = $1 }),
            .defaulted(
                "days", .list(of: .choice("day", of: Weekday.allCases) { $0.name }, "Day", "A day of the week."),
                "Days", "The days of the week on which it may show.", leftOut: { $0.isEmpty },
                { $0.days }, { $0.days = $1 }),
        ])

    private static let time = WireForm<ScheduleTime>(
        read: { json throws(BundleError) in
            guard let time = ScheduleTime(try readString(json)) else {
                throw BundleError("expected a date and time such as \"2026-12-01T09:00:00\"")
            }
            return time
        }, write: { .string($0.description) },
        schema: {
            string(
                $0, $1 + " On the schedule's clock, or with Z the same instant everywhere.",
                examples: ["2026-12-01T09:00:00", "2026-12-01T08:00:00Z"],
                pattern: "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ?$")
        })

    private static let zone = WireForm<Zone>(
        read: { json throws(BundleError) in
            let name = try readName(json)
            return name == "local" ? .local : .named(name)
        },
        write: {
            switch $0 {
            case .local: "local"
            case .named(let name): .string(name)
            }
        },
        schema: { string($0, $1, examples: ["local", "Europe/Paris"]) })
}

extension Hours {
    fileprivate static let form = WireForm<Hours>(
        read: { json throws(BundleError) in
            let reader = try ObjectReader(json)
            let start = try reader.required("start", readCount)
            let end = try reader.required("end", readCount)
            guard let hours = Hours(start: start, end: end) else {
                throw BundleError("expected a start from 0 to 1439 and another end from 0 to 1440")
            }
            return hours
        },
        write: { ["start": .number(Double($0.start)), "end": .number(Double($0.end))] },
        schema: {
            object(
                $0, $1,
                [
                    .required("start", integer("Start", "Minutes from midnight.", from: 0, to: 1439)),
                    .required("end", integer("End", "Minutes from midnight.", from: 0, to: 1440)),
                ])
        })
}

extension BundleAction {
    static let list = WireForm<[BundleAction]>.list(of: form.defined(as: "action"), "Action", "One action.")

    static let form = WireForm<BundleAction>(
        read: { json throws(BundleError) in
            let reader = try ObjectReader(json)
            let id = try reader.required("id", readName)
            var kinds: [Kind] = []
            for kind in BundleAction.kinds { if let kind = try kind.read(reader) { kinds.append(kind) } }
            guard let kind = kinds.first, kinds.count == 1 else {
                throw BundleError(
                    "expected exactly one of \"url\", \"dismiss\", \"remind\", \"event\" and \"request\"")
            }
            return BundleAction(id: id, kind)
        },
        write: { action in
            var writer = ObjectWriter()
            writer.add("id", action.id)
            for kind in BundleAction.kinds { kind.write(action.kind, &writer) }
            return writer.json
        },
        schema: { title, description in
            let id = Property.required("id", string("Id", "The action's stable name.", examples: ["view"]))
            return oneOf(
                title, description,
                BundleAction.kinds.map { kind in
                    let schema = kind.schema()
                    return object(schema.title, schema.description, [id, schema.member])
                })
        })

    private static let kinds: [WireCase<Kind>] = [
        .one(
            "Open", "Opens a URL or a route of the app.", "url", BundleText.form, "URL",
            "Where it leads; values in it are percent-encoded.", { .open(url: $0) },
            { if case .open(let url) = $0 { url } else { nil } }),
        .one(
            "Dismiss", "Closes the message for good.", "dismiss", alwaysTrue, "Dismiss", "Always true.",
            { $0 ? .dismiss : nil }, { $0 == .dismiss ? true : nil }),
        .one(
            "Remind", "Closes the message and lets it come again.", "remind", .integer(examples: [86_400]), "Remind",
            "Seconds until it may come again.", { .remind(seconds: $0) },
            { if case .remind(let seconds) = $0 { seconds } else { nil } }),
        .one(
            "Emit", "Tells the app that something happened.", "event", .name(examples: ["rated"]), "Event",
            "The event's name.", { .emit(event: $0) }, { if case .emit(let event) = $0 { event } else { nil } }),
        .one(
            "Request", "Asks the system for a permission or a rating.", "request",
            .name(examples: ["notifications"]), "Request", "What is asked for.", { .request($0) },
            { if case .request(let request) = $0 { request } else { nil } }),
    ]

    private static let alwaysTrue = WireForm<Bool>(
        read: { json throws(BundleError) in try readBool(json) }, write: { .bool($0) },
        schema: { constant($0, $1, true) })
}

extension FieldValue {
    static let map = WireForm<SortedMap<FieldValue>>.map(of: form.defined(as: "field"), "Field", "One value.")

    static let form = WireForm<FieldValue>(
        read: { json throws(BundleError) in
            switch json {
            case .bool(let bool): return .bool(bool)
            case .number: return .int(try readInteger(json, in: -maximumInteger...maximumInteger))
            case .string(let string): return .string(string)
            case .object:
                let reader = try ObjectReader(json)
                if let src = try reader.optional("src", readName) { return .image(src: src) }
                return .url(try reader.required("url", BundleText.form.read))
            default: throw BundleError("expected a boolean, an integer, a string, a url or an image")
            }
        },
        write: {
            switch $0 {
            case .bool(let bool): .bool(bool)
            case .int(let integer): .number(Double(integer))
            case .string(let string): .string(string)
            case .url(let text): .object(["url": text.json])
            case .image(let src): .object(["src": .string(src)])
            }
        },
        schema: {
            oneOf(
                $0, $1,
                [
                    boolean("Boolean", "A field of type bool."),
                    integer("Integer", "A field of type int.", from: -maximumInteger),
                    PlacardBundle.string("String", "A field of type enum or color.", examples: ["info", "#ff8800"]),
                    object(
                        "Image", "A field of type image.",
                        [.required("src", PlacardBundle.string("Source", "The image's asset key."))]),
                    object("URL", "A field of type url.", [.required("url", text("URL", "Where it leads."))]),
                ])
        })
}

private let expression = WireForm.name(examples: ["user.country in [\"US\", \"CA\"]"])

/// A share of the users in hundredths of a percent: 2500 is a quarter.
private let share = WireForm<Int64>.integer(to: 10_000, examples: [2500])
