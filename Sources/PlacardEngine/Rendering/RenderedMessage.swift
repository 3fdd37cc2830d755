public import CanonicalJSON
public import LinkSafety
public import PlacardBundle

/// The texts of a message with their values: what a client draws.
public struct RenderedMessage: Sendable, Equatable {
    /// The locale that the texts are in.
    public var locale: String
    /// Which way they run.
    public var direction: TextDirection
    /// The template's fields, texts and others alike.
    public var fields: SortedMap<RenderedField>
    /// What the user can do, in the order of the buttons.
    public var actions: [RenderedAction]
    /// The steps of a conversation; empty when it is none.
    public var steps: [RenderedStep]
    /// The notification's texts.
    public var push: RenderedPush?
    /// The addresses of actions, fields and the notification that are nil, with why, for a log.
    public var refusedLinks: [RefusedLink] = []

    /// A message of these texts, such as a preview of an app's own views shows.
    public init(
        locale: String, direction: TextDirection = .ltr, fields: SortedMap<RenderedField>,
        actions: [RenderedAction] = [],
        steps: [RenderedStep] = [], push: RenderedPush? = nil, refusedLinks: [RefusedLink] = []
    ) {
        self.locale = locale
        self.direction = direction
        self.fields = fields
        self.actions = actions
        self.steps = steps
        self.push = push
        self.refusedLinks = refusedLinks
    }
}

/// An address that no app may open.
public struct RefusedLink: Error, Sendable, Equatable, CustomStringConvertible {
    /// The address, with its values.
    public var url: String
    /// What is wrong with it.
    public var problem: AddressProblem

    /// An address, and what is wrong with it.
    public init(_ url: String, _ problem: AddressProblem) {
        self.url = url
        self.problem = problem
    }

    /// On one line.
    public var description: String { url + " " + problem.description }
}

/// The value of one field.
public enum RenderedField: Sendable, Equatable {
    case text(String)
    case body(RenderedBody)
    /// An image by its asset key, with its alternative text.
    case image(src: String, alt: String)
    case list([RenderedItem])
    case bool(Bool)
    case int(Int64)
    /// A value of an enum, or a color.
    case string(String)
    /// A URL, nil when its value made it one that is not allowed.
    case url(String?)
}

/// A Markdown text in each of the project's formats.
public struct RenderedBody: Sendable, Equatable {
    /// Safe HTML.
    public var html: String?
    /// Plain text.
    public var text: String?
    /// The Markdown syntax tree, its values in place.
    public var mdast: JSONValue?

    /// A body in some of the formats.
    public init(html: String? = nil, text: String? = nil, mdast: JSONValue? = nil) {
        self.html = html
        self.text = text
        self.mdast = mdast
    }
}

/// One text of a list.
public struct RenderedItem: Sendable, Equatable {
    /// The id within the list.
    public var id: String
    /// The text, its values in place.
    public var text: String

    /// A text of a list.
    public init(id: String, text: String) {
        self.id = id
        self.text = text
    }
}

/// Something that the user can do.
public struct RenderedAction: Sendable, Equatable {
    /// What happens.
    public enum Kind: Sendable, Equatable {
        /// Opens the URL; nil when its values made it one that is not allowed, so that the button does nothing.
        case open(url: String?)
        case dismiss
        case remind(seconds: Int64)
        case emit(event: String)
        case request(String)
    }

    /// The id within the message.
    public var id: String
    /// The words on the button.
    public var label: String
    /// What happens.
    public var kind: Kind

    /// A button.
    public init(id: String, label: String, kind: Kind) {
        self.id = id
        self.label = label
        self.kind = kind
    }
}

/// One step of a scripted conversation.
public struct RenderedStep: Sendable, Equatable {
    /// One way on.
    public struct Choice: Sendable, Equatable {
        /// The id of the step that it leads to.
        public var step: String
        /// The words of the answer.
        public var label: String

        /// A way to a step.
        public init(step: String, label: String) {
            self.step = step
            self.label = label
        }
    }

    /// The id within the conversation.
    public var id: String
    /// Who speaks, or what the step is about; may be empty.
    public var title: String
    /// What is said.
    public var body: RenderedBody
    /// The ways on; empty at an end of the conversation.
    public var choices: [Choice]

    /// A step.
    public init(id: String, title: String, body: RenderedBody, choices: [Choice] = []) {
        self.id = id
        self.title = title
        self.body = body
        self.choices = choices
    }
}

/// A notification.
public struct RenderedPush: Sendable, Equatable {
    /// The first line; nil where there is none.
    public var title: String?
    /// The text.
    public var body: String
    /// What a tap opens; nil when it opens the app as it was left, or when its values made it a URL that is not allowed.
    public var link: String?

    /// A notification of these texts.
    public init(title: String? = nil, body: String, link: String? = nil) {
        self.title = title
        self.body = body
        self.link = link
    }
}
