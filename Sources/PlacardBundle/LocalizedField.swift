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
    public init(json: JSONValue) throws(BundleError) { self = try LocalizedField.form.read(json) }

    /// The wire form.
    public var json: JSONValue { LocalizedField.form.write(self) }
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
    public init(json: JSONValue) throws(BundleError) { self = try LocalizedBody.form.read(json) }

    /// The wire form.
    public var json: JSONValue { LocalizedBody.form.write(self) }
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
}
