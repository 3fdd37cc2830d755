import CanonicalJSON

/// The text of one field of a template.
public enum LocalizedField: Sendable, Equatable {
    /// A field of type `text`.
    case text(BundleText)
    /// A field of type `markdown`, such as the body.
    case body(LocalizedBody)
    /// The alternative text of an image.
    case image(alt: BundleText)
    /// A list of texts with stable ids, such as preset replies.
    case list([LocalizedItem])

    /// Reads a text; an object with `html`, `text` or `mdast`; `{"alt": text}`; or an array of `{"id", "text"}`.
    public init(json: JSONValue) throws(BundleError) {
        switch json {
        case .array:
            self = .list(try readList(json) { json throws(BundleError) in try LocalizedItem(json: json) })
        case .object(let object) where object["type"] == nil && object["alt"] != nil:
            self = .image(alt: try ObjectReader(json).required("alt", readText))
        case .object(let object) where object["type"] == nil:
            self = .body(try LocalizedBody(json: json))
        default: self = .text(try BundleText(json: json))
        }
    }

    /// The wire form.
    public var json: JSONValue {
        switch self {
        case .text(let text): text.json
        case .body(let body): body.json
        case .image(let alt): .object(["alt": alt.json])
        case .list(let items): .array(items.map { $0.json })
        }
    }
}

/// A Markdown text in each of the project's `formats`.
public struct LocalizedBody: Sendable, Equatable {
    /// Safe HTML; its values are to be escaped.
    public var html: BundleText?
    /// Plain text.
    public var text: BundleText?
    /// The Markdown syntax tree: mdast, with MessageFormat 2's `expression` and `markup` among the inline nodes.
    public var mdast: JSONValue?

    /// A body in the formats that are given.
    public init(html: BundleText? = nil, text: BundleText? = nil, mdast: JSONValue? = nil) {
        self.html = html
        self.text = text
        self.mdast = mdast
    }

    /// Reads a body, which has at least one format.
    public init(json: JSONValue) throws(BundleError) {
        let reader = try ObjectReader(json)
        html = try reader.optional("html", readText)
        text = try reader.optional("text", readText)
        mdast = try reader.optional("mdast") { json throws(BundleError) in
            guard json.object != nil else { throw BundleError("expected an object") }
            return json
        }
        guard html != nil || text != nil || mdast != nil else {
            throw BundleError("expected at least one of \"html\", \"text\" and \"mdast\"")
        }
    }

    /// The wire form.
    public var json: JSONValue {
        var writer = ObjectWriter()
        writer.add("html", html?.json)
        writer.add("text", text?.json)
        writer.add("mdast", mdast)
        return writer.json
    }
}

/// One text of a list.
public struct LocalizedItem: Sendable, Equatable {
    /// Its name, stable across languages and releases.
    public var id: String
    /// What the user reads.
    public var text: BundleText

    /// An item called `id`.
    public init(id: String, text: BundleText) {
        self.id = id
        self.text = text
    }

    init(json: JSONValue) throws(BundleError) {
        let reader = try ObjectReader(json)
        id = try reader.required("id", readName)
        text = try reader.required("text", readText)
    }

    var json: JSONValue {
        .object(["id": .string(id), "text": text.json])
    }
}

/// One step of a scripted conversation.
public struct LocalizedStep: Sendable, Equatable {
    /// One way on from a step.
    public struct Choice: Sendable, Equatable {
        /// The id of the step that it leads to.
        public var step: String
        /// What the user says with it.
        public var label: BundleText

        /// A choice that leads to `step`.
        public init(step: String, label: BundleText) {
            self.step = step
            self.label = label
        }
    }

    /// Its name: the slug of its heading in the source.
    public var id: String
    /// Its heading.
    public var title: BundleText
    /// What is said.
    public var body: LocalizedBody
    /// The ways on; the conversation ends at a step that has none.
    public var choices: [Choice]

    /// A step called `id`.
    public init(id: String, title: BundleText, body: LocalizedBody, choices: [Choice] = []) {
        self.id = id
        self.title = title
        self.body = body
        self.choices = choices
    }

    init(json: JSONValue) throws(BundleError) {
        let reader = try ObjectReader(json)
        id = try reader.required("id", readName)
        title = try reader.required("title", readText)
        body = try reader.required("body") { json throws(BundleError) in try LocalizedBody(json: json) }
        choices = try reader.list("choices") { json throws(BundleError) in
            let reader = try ObjectReader(json)
            return Choice(
                step: try reader.required("step", readName), label: try reader.required("label", readText))
        }
    }

    var json: JSONValue {
        var writer = ObjectWriter()
        writer.add("id", id)
        writer.add("title", title.json)
        writer.add("body", body.json)
        writer.add("choices", choices.map { .object(["step": .string($0.step), "label": $0.label.json]) })
        return writer.json
    }
}

/// A notification's plain texts.
public struct PushText: Sendable, Equatable {
    /// The first line.
    public var title: BundleText?
    /// The rest.
    public var body: BundleText

    /// A notification's texts.
    public init(title: BundleText? = nil, body: BundleText) {
        self.title = title
        self.body = body
    }

    init(json: JSONValue) throws(BundleError) {
        let reader = try ObjectReader(json)
        title = try reader.optional("title", readText)
        body = try reader.required("body", readText)
    }

    var json: JSONValue {
        var writer = ObjectWriter()
        writer.add("title", title?.json)
        writer.add("body", body.json)
        return writer.json
    }
}
