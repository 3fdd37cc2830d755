/// What a template says about the front matter of its messages: enough to make their schema.
package struct TemplateShape: Sendable {
    package var name: String
    package var summary: String
    /// Its fields but for `body`, which is the Markdown below the front matter.
    package var fields: [FieldShape]
    /// How many actions its messages have.
    package var actions: ClosedRange<Int>

    package init(name: String, summary: String, fields: [FieldShape], actions: ClosedRange<Int>) {
        self.name = name
        self.summary = summary
        self.fields = fields
        self.actions = actions
    }
}

/// One field of a template.
package struct FieldShape: Sendable {
    package enum Kind: Sendable {
        /// Text or Markdown on few lines; lengths count grapheme clusters and are checked after compiling.
        case text(maximum: Int?)
        case markdown(maximum: Int?)
        case image
        case enumeration([String])
        case bool
        case int(ClosedRange<Int>)
        /// A string with a syntax of its own, such as a URL or a colour.
        case string(StringFormat)
        /// Texts with stable ids.
        case list(count: ClosedRange<Int>, itemMaximum: Int?)
    }

    package var name: String
    package var kind: Kind
    package var isRequired: Bool
    package var summary: String
    package var defaultText: String?

    package init(_ name: String, _ kind: Kind, required: Bool = false, summary: String = "", defaultText: String? = nil)
    {
        self.name = name
        self.kind = kind
        isRequired = required
        self.summary = summary
        self.defaultText = defaultText
    }

    /// Whether a translation gives it anew: texts, lists of texts, and the alternative text of an image.
    var isTranslated: Bool {
        switch kind {
        case .text, .markdown, .image, .list: true
        case .string, .enumeration, .bool, .int: false
        }
    }
}

extension FieldShape {
    /// The front matter key in a message of the source locale.
    func property(required: Bool) -> SchemaProperty {
        SchemaProperty(
            name, type, required: required, summary + limitText, example: example,
            default: defaultText.flatMap { exampleValue($0) })
    }

    private var type: SchemaType {
        switch kind {
        case .text, .markdown: .text
        case .image: .object(PlacardSchemas.image)
        case .string(let format): .string(format)
        case .enumeration(let values): .words(values)
        case .bool: .bool
        case .int(let range): .int(range)
        case .list(let count, _): .list(of: .object(PlacardSchemas.listItem(named: name)), count: count, unique: false)
        }
    }

    /// The front matter key in a translation.
    var translatedProperty: SchemaProperty {
        switch kind {
        case .image:
            SchemaProperty(name, .object(PlacardSchemas.translatedImage), summary, example: "{alt: Un gobelet}")
        case .list:
            SchemaProperty(
                name, .list(of: .object(PlacardSchemas.listItem(named: name))), summary + "; entries are matched by id",
                example: "[{id: here, text: Je suis là}]")
        case .text, .markdown, .string, .enumeration, .bool, .int:
            SchemaProperty(name, .text, summary + limitText, example: "Votre commande est prête")
        }
    }

    private var limitText: String {
        switch kind {
        case .text(let maximum?), .markdown(let maximum?):
            (summary.isEmpty ? "A" : "; a") + "t most \(maximum) characters"
        case .list(_, let maximum?): (summary.isEmpty ? "E" : "; e") + "ach text at most \(maximum) characters"
        case .text, .markdown, .list, .image, .string, .enumeration, .bool, .int: ""
        }
    }

    private var example: String {
        switch kind {
        case .text, .markdown: "Your order is ready"
        case .image: "{src: cup.png, alt: A paper cup}"
        case .string(let format): format.examples.first.map(quotedIfNeeded) ?? ""
        case .enumeration(let values): values.first.map(quotedIfNeeded) ?? ""
        case .bool: "true"
        case .int(let range): "\(min(max(range.lowerBound, 1), range.upperBound))"
        case .list: "[{id: here, text: I’m outside}, {id: late, text: I’m late}]"
        }
    }
}
