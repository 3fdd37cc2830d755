import CanonicalJSON

/// What a field of a template may hold, by the word that `type` has for it.
///
/// Every step that reads a template switches over the cases without a `default`, so that the compiler points at what a new one
/// needs.
package enum FieldType: String, CaseIterable, Sendable {
    case text, markdown, image, url
    case enumeration = "enum"
    case bool, int, color, list
}

extension PlacardSchemas {
    /// `templates/<name>/template.yaml`
    package static let template = DocumentSchema(
        name: "template", title: "template.yaml", files: "templates/*/template.yaml",
        root: SchemaObject(
            "template.yaml", summary: "The shape of one kind of message: its fields, its limits, and how it shows",
            [
                SchemaProperty(
                    "description", .text, required: true, "What the template is for, in a line",
                    example: "A strip along an edge of the screen"),
                SchemaProperty(
                    "surface", .enumeration(surfaces), required: true, "What the app draws", example: "banner"),
                SchemaProperty(
                    "blocking", .bool, "Whether nothing else may show while it does", example: "true", default: false),
                SchemaProperty(
                    "dismiss", .list(of: .enumeration(dismissals), count: 1...5, unique: true),
                    "How a user is rid of it", example: "[button, swipe]"),
                SchemaProperty(
                    "timeout", .string(.duration), "After how long it goes by itself; needs timeout in dismiss",
                    example: "6s"),
                SchemaProperty(
                    "fields", .map(key: .identifier, value: .variants(key: "type", fields), minimum: 1),
                    "What an author fills in, which all but a push have; body is the Markdown below the front matter, every other name a front matter key",
                    example: "{title: {type: text, required: true, max: 60}, body: {type: markdown}}"),
                SchemaProperty(
                    "actions", .object(actionCount), "How many actions a message has", example: "{min: 0, max: 2}"),
                SchemaProperty(
                    "markup", .list(of: .string(.id), count: 0...100, unique: true),
                    "Names of MessageFormat markup that its texts may use", example: "[strong, em]"),
            ]))

    static let surfaces = [
        EnumerationCase("banner", "a strip along an edge of the screen"),
        EnumerationCase("modal", "a dialog in the middle"),
        EnumerationCase("fullscreen", "the whole screen"),
        EnumerationCase("card", "a card among the app's own content"),
        EnumerationCase("toast", "a short line that goes away by itself"),
        EnumerationCase("prompt", "asks for a permission or a rating"),
        EnumerationCase("replies", "preset phrases to send with one tap"),
        EnumerationCase("chat", "a scripted conversation"),
        EnumerationCase("push", "nothing: the message is a notification of the system alone"),
    ]

    static let dismissals = [
        EnumerationCase("button", "by its close button"), EnumerationCase("swipe", "by a swipe"),
        EnumerationCase("backdrop", "by a tap beside it"), EnumerationCase("timeout", "by itself, after its timeout"),
        EnumerationCase("action", "by taking one of its actions"),
    ]

    static let blocks = [
        "paragraph", "heading", "list", "tasklist", "quote", "code", "table", "rule", "image",
    ]

    static let actionCount = SchemaObject(
        "actions",
        [
            SchemaProperty("min", .int(0...8), "The least number", example: "1", default: 0),
            SchemaProperty("max", .int(0...8), "The greatest number", example: "2", default: 2),
        ])

    /// The keys that each type of field takes.
    static let fields = FieldType.allCases.map { SchemaVariant($0.rawValue, field($0)) }

    private static func field(_ type: FieldType) -> SchemaObject {
        switch type {
        case .text: field("a text field", [lengthMinimum, lengthMaximum])
        case .markdown: field("a Markdown field", [lengthMinimum, lengthMaximum, blockKinds, conversation])
        case .image: field("an image field", [])
        case .url: field("a URL field", [])
        case .enumeration:
            field(
                "an enum field", [words, defaultValue(.string(.any), "info", "The word that stands for a missing one")])
        case .bool: field("a bool field", [defaultValue(.bool, "false")])
        case .int:
            field(
                "an int field",
                [
                    SchemaProperty("min", .int(integerRange), "The least value", example: "1"),
                    SchemaProperty("max", .int(integerRange), "The greatest value", example: "30"),
                    defaultValue(.int(integerRange), "10"),
                ])
        case .color: formatted("a color field", .color)
        case .list: field("a list field", listKeys)
        }
    }

    /// A field that holds a string with a syntax of its own.
    private static func formatted(_ name: String, _ format: StringFormat) -> SchemaObject {
        field(name, [defaultValue(.string(format), format.examples.first.map(quotedIfNeeded) ?? "")])
    }

    private static func defaultValue(
        _ type: SchemaType, _ example: String, _ summary: String = "The value of a missing one"
    ) -> SchemaProperty {
        SchemaProperty("default", type, summary, example: example)
    }

    /// Integers that JSON carries without loss.
    static let integerRange = -9_007_199_254_740_991...9_007_199_254_740_991

    private static let lengthMinimum = SchemaProperty(
        "min", .int(0...100_000), "The least length, in grapheme clusters", example: "1")
    private static let lengthMaximum = SchemaProperty(
        "max", .int(1...100_000), "The greatest length, in grapheme clusters", example: "60")

    private static let blockKinds = SchemaProperty(
        "blocks", .list(of: .words(blocks), count: 1...blocks.count, unique: true),
        "Kinds of block that the Markdown may hold; all when it is not given", example: "[paragraph, list]")
    private static let conversation = SchemaProperty(
        "conversation", .bool, "Whether each heading is a step and each link to #step a choice", example: "true",
        default: false)

    private static let words = SchemaProperty(
        "values", .list(of: .string(.any), count: 1...1000, unique: true), required: true, "The words to choose from",
        example: "[info, success, warning]")

    private static let listKeys = [
        SchemaProperty(
            "items", .object(listItems), "What each entry is: a text with a stable id",
            example: "{type: text, max: 60}"),
        SchemaProperty("min", .int(0...100), "The least number of entries", example: "2"),
        SchemaProperty("max", .int(1...100), "The greatest number of entries", example: "8"),
    ]

    private static let listItems = SchemaObject(
        "items",
        [
            SchemaProperty("type", .words(["text"]), required: true, "Entries are texts", example: "text"),
            SchemaProperty("min", .int(0...100_000), "The least length of a text, in grapheme clusters", example: "1"),
            SchemaProperty(
                "max", .int(1...100_000), "The greatest length of a text, in grapheme clusters", example: "60"),
        ])

    private static func field(_ name: String, _ own: [SchemaProperty]) -> SchemaObject {
        SchemaObject(
            name,
            [
                SchemaProperty(
                    "type", .words(FieldType.allCases.map(\.rawValue)), required: true, "What the field holds",
                    example: "text"),
                SchemaProperty("required", .bool, "Whether every message has it", example: "true", default: false),
                SchemaProperty(
                    "description", .text, "What it is for; authors see it in their editor", example: "One line, in bold"
                ),
            ] + own)
    }
}
