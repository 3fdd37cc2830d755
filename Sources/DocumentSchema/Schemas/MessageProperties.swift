import CanonicalJSON

extension PlacardSchemas {
    /// The keys that every message may have, whatever its template.
    package static let messageKeys = Set(messageProperties(templates: [], actions: 0...0).map(\.name))

    /// What every message may say, whatever its template.
    static func messageProperties(templates: [String], actions: ClosedRange<Int>) -> [SchemaProperty] {
        [
            SchemaProperty(
                "template", templates.isEmpty ? .string(.id) : .words(templates), required: true,
                "The kind of message: the name of a folder in templates/", example: templates.first ?? "banner"),
            SchemaProperty(
                "audience", .replaceable(.string(.cel)),
                "A CEL expression over the context: who may see the message; everybody without it. What _defaults.yaml says must hold too, but for {replace: …}",
                example: "user.country in [\"US\", \"CA\"]"),
            SchemaProperty(
                "trigger", .object(trigger), required: true, "What must happen for the message to show",
                example: "{event: session_start}"),
            SchemaProperty(
                "schedule", .replaceable(.object(schedule)),
                "When it may show; always without it. What it leaves out it takes from _defaults.yaml, but for {replace: …}",
                example: "{start: 2026-12-01 09:00, end: 2026-12-24 18:00}"),
            SchemaProperty(
                "frequency", .replaceable(frequency),
                "How often one user may see it; every rule must allow it, those of _defaults.yaml too, but for {replace: …}",
                example: "[1 per session, 3 per 7d]"),
            SchemaProperty(
                "group", .replaceable(.string(.id)),
                "A group of placard.yaml, whose limit it shares; {replace: …} where _defaults.yaml has another",
                example: "promotions"),
            SchemaProperty(
                "priority", .int(0...100), "Which message wins where several could show: the higher one", example: "60",
                default: 50),
            SchemaProperty(
                "rollout", .string(.percentage),
                "The share of users who may see it; raising it never takes it from anyone",
                example: "25%", default: "100%"),
            SchemaProperty(
                "experiment", .object(experiment), "Variants to compare, and a share of users who see none",
                example: "{variants: {control: 50, urgent: 50}, holdout: 10%}"),
            SchemaProperty(
                "thread", .text, "What it is about; a newer message of the same thread replaces it",
                example: "order/{$event.order_id}"),
            SchemaProperty(
                "onMissing", .enumeration(missingPolicies), "What happens where a translation is missing",
                example: "hide",
                default: "fallback"),
            SchemaProperty(
                "variables", .map(key: .path, value: .object(variable)),
                "What stands in the texts for values that may be missing",
                example: "{user.first_name: {fallback: there}}"),
            SchemaProperty(
                "actions", .list(of: .object(action), count: actions, unique: false), required: actions.lowerBound > 0,
                "The buttons, the main one first", example: "[{id: close, label: Close, dismiss: true}]"),
            SchemaProperty(
                "push", .object(push), "A notification of the system with the same news",
                example: "{title: Your order is ready, body: Pick it up at the counter}"),
            SchemaProperty(
                "notes", .text, "What translators should know: tone, who speaks, what a name stands for",
                example: "“Order” is the thing and not the act"),
            SchemaProperty(
                "allow", .list(of: .object(allowance), count: 1...100, unique: false),
                "Warnings that this message may have, each with the reason",
                example: "[{id: text/too-many-variants, reason: The programme has that many levels}]"),
        ]
    }

    /// What messages of other tools say in their front matter, and a message here does not.
    static let messageAdvice = [
        KeyAdvice(
            ["id", "name", "slug", "key", "messageid", "campaignid"],
            "a message is known by its file's name: content/sale.md is the message sale", isNeedless: true),
        KeyAdvice(
            ["body", "text", "content", "message", "markdown"], "the text stands below the second ---, in Markdown"),
        KeyAdvice(
            ["locale", "lang", "language"],
            "the language is in the file's name: sale.fr.md is the French sale.md, which is in the language of source: in placard.yaml",
            isNeedless: true),
        KeyAdvice(
            ["enabled", "active", "draft", "published", "status", "disabled", "archived", "visible"],
            "what is in content/ is part of the next build: keep a draft elsewhere, and let schedule or rollout say when it shows and to how many"
        ),
        KeyAdvice(
            [
                "author", "created", "createdat", "updated", "updatedat", "modified", "version", "tags", "owner",
                "campaign",
            ],
            "what only people read is a comment: a line that begins with #", isNeedless: false),
        KeyAdvice(
            ["link", "url", "href", "label"], "what is tapped is an action: actions: [{id: open, label: Open, url: …}]"),
        KeyAdvice(
            ["fallback", "default"], "a fallback is for one variable: variables: {user.first_name: {fallback: there}}"),
    ]

    static let trigger = SchemaObject(
        "a trigger",
        [
            SchemaProperty(
                "event", .string(.eventName), required: true, "An event of placard.yaml", example: "session_start"),
            SchemaProperty(
                "when", .string(.cel), "A CEL expression over the context and event, the event's properties",
                example: "event.status == \"ready\""),
            SchemaProperty(
                "delay", .string(.duration), "How long after the event it shows", example: "2s", default: "0s"),
        ],
        advice: [
            KeyAdvice(
                ["count", "times", "nth", "after", "every", "min", "threshold", "occurrences"],
                "how often something has happened is for the app to count: in an attribute or a property of the event, which `when` asks for, such as `when: event.count >= 3`"
            )
        ])

    static let schedule = SchemaObject(
        "a schedule", summary: "Half open: at the end itself the message does not show any more",
        [
            SchemaProperty(
                "start", .string(.dateTime([.local, .instant])),
                "From when on; with Z or an offset the same moment everywhere",
                example: "2026-12-01 09:00"),
            SchemaProperty(
                "end", .string(.dateTime([.local, .instant, .end])), "Until when", example: "2026-12-24 18:00"),
            SchemaProperty(
                "timezone", .string(.timezone(allowsLocal: true)),
                "Whose clock start, end, hours and days are read on: local for the user's own, or an IANA zone",
                example: "local", default: "local"),
            SchemaProperty(
                "hours", .string(.timeRange), "Hours of the day; they may cross midnight", example: "08:00-21:00"),
            SchemaProperty(
                "days",
                .list(of: .words(["mon", "tue", "wed", "thu", "fri", "sat", "sun"]), count: 1...7, unique: true),
                "Days of the week", example: "[mon, tue, wed, thu, fri]"),
        ])

    static let experiment = SchemaObject(
        "an experiment",
        [
            SchemaProperty(
                "variants", .map(key: .id, value: .int(0...10_000), minimum: 1),
                "Weights by name; control is the message as it stands, any other has a file <id>+<name>.md",
                example: "{control: 50, urgent: 50}"),
            SchemaProperty(
                "holdout", .string(.percentage), "The share of eligible users who see nothing, to compare with",
                example: "10%"),
        ])

    static let variable = SchemaObject(
        "a variable",
        [
            SchemaProperty(
                "fallback", .textOrNone, required: true,
                "The text that stands for a missing value; \"\" where nothing is meant to stand", example: "there")
        ])

    static let action = SchemaObject(
        "an action", summary: "A button: an id, a label, and what it does",
        [
            SchemaProperty(
                "id", .string(.id), required: true, "Stable: translations and clients know it by this", example: "view"),
            SchemaProperty("label", .text, required: true, "What the button says", example: "View order"),
            SchemaProperty(
                "url", .string(.url), "Opens a page or a place in the app",
                example: "\"starling://orders/{$event.order_id}\""),
            SchemaProperty("dismiss", .onlyTrue, "Closes the message", example: "true"),
            SchemaProperty(
                "remind", .string(.duration), "Closes the message and shows it again after this time", example: "1d"),
            SchemaProperty(
                "event", .string(.eventName), "Tells the app that this event has happened", example: "invite_friend"),
            SchemaProperty(
                "request", .enumeration(requests), "Asks the system for something", example: "notifications"),
        ], exactlyOne: ["url", "dismiss", "remind", "event", "request"])

    /// What an action can ask of the system.
    package static let requests = [
        EnumerationCase("notifications", "to send notifications"),
        EnumerationCase("location", "to know where the user is"),
        EnumerationCase("camera", "to use the camera"), EnumerationCase("microphone", "to use the microphone"),
        EnumerationCase("contacts", "to read the address book"), EnumerationCase("rating", "for a rating in the store"),
    ]

    static let push = SchemaObject(
        "a notification", summary: "Plain text with placeholders, without Markdown",
        pushTexts(bodyRequired: true) + [pushLink])

    /// A variant has a notification of its own, which leads where the message's does.
    static let variantPush = SchemaObject(
        "a notification of a variant", pushTexts(bodyRequired: true),
        misplaced: [MisplacedKeys(["link"], home: "the message itself, for its variants share it")])

    static let translatedPush = SchemaObject(
        "a notification of a translation", pushTexts(bodyRequired: false),
        misplaced: [MisplacedKeys(["link"], home: "the source file")])

    private static func pushTexts(bodyRequired: Bool) -> [SchemaProperty] {
        [
            SchemaProperty("title", .string(.words), "The first line, in bold", example: "Your order is ready"),
            SchemaProperty(
                "body", .string(.words), required: bodyRequired, "What it says",
                example: "Your code is {$event.order_id}"),
            SchemaProperty(
                "fallback", .object(pushFallback),
                "What stands for a title or body with values where the app does not word it",
                example: "{body: Pick it up at the counter}"),
        ]
    }

    /// The alert that a phone shows by itself.
    private static let pushFallback = SchemaObject(
        "the fallback of a notification",
        [
            SchemaProperty("title", .string(.words), "In place of the title", example: "Your order is ready"),
            SchemaProperty("body", .string(.words), "In place of the body", example: "Pick it up at the counter"),
        ])

    private static let pushLink = SchemaProperty(
        "link", .string(.url), "What a tap opens; without it, what the first action that opens something does",
        example: "\"starling://orders/{$event.order_id}\"")

    static let allowance = SchemaObject(
        "an allowance",
        [
            SchemaProperty(
                "id", .string(.diagnosticID), required: true, "The id of the warning", example: "text/too-many-variants"
            ),
            SchemaProperty(
                "reason", .text, required: true, "Why it is all right here", example: "Legal asked for the full name"),
        ])

    static let image = SchemaObject(
        "an image",
        [
            SchemaProperty(
                "src", .string(.relativePath), required: true, "The file, relative to the message's folder",
                example: "cup.png"),
            SchemaProperty(
                "alt", .textOrNone, "What it shows, for those who do not see it; \"\" for mere decoration",
                example: "A paper cup"),
        ])

    static let translatedImage = SchemaObject(
        "an image of a translation",
        [SchemaProperty("alt", .text, "What it shows, for those who do not see it", example: "Un gobelet")],
        misplaced: [MisplacedKeys(["src"], home: "the source file")])

    static func listItem(named name: String) -> SchemaObject {
        SchemaObject(
            "an entry of \(name)",
            [
                SchemaProperty(
                    "id", .string(.id), required: true, "Stable: translations and clients know it by this",
                    example: "here"),
                SchemaProperty("text", .text, required: true, "What it says", example: "I’m outside"),
            ])
    }

    // MARK: - Translations

    static let translationProperties: [SchemaProperty] = [
        SchemaProperty(
            "actions", .list(of: .object(translatedAction)), "The labels, matched by id",
            example: "[{id: view, label: Voir}]"),
        SchemaProperty(
            "variables", .map(key: .path, value: .object(variable)), "Fallbacks in this language",
            example: "{user.first_name: {fallback: Bonjour}}"),
        SchemaProperty(
            "push", .object(translatedPush), "The notification's texts",
            example: "{title: Votre commande est prête, body: Elle vous attend au comptoir}"),
        SchemaProperty(
            "allow", .list(of: .object(allowance), count: 1...100, unique: false),
            "Warnings that this translation may have, each with the reason",
            example: "[{id: text/too-many-variants, reason: The language needs them all}]"),
        SchemaProperty(
            "identical", .list(of: .text, count: 1...1_000, unique: true),
            "Texts that are right though they are word for word their source, by the names that diagnostics give them",
            example: "[title, actions.ok]"),
    ]

    static let translatedAction = SchemaObject(
        "an action of a translation",
        [
            SchemaProperty("id", .string(.id), required: true, "The id in the source file", example: "view"),
            SchemaProperty("label", .text, required: true, "What the button says", example: "Voir la commande"),
        ], misplaced: [MisplacedKeys(["url", "dismiss", "remind", "event", "request"], home: "the source file")])
}
