import PlacardBundle

/// What a project declares, as far as the code of an app can name it: the plain input of all generators.
package struct AppDeclarations: Sendable {
    /// Groups of attributes that the app knows, in the order of the project.
    package var context: [Group]
    /// What happens in the app, in the order of the project.
    package var events: [Event]
    /// The messages; they are written in the order of their ids.
    package var messages: [Message]
    /// What a button can ask of the system.
    package var requests: [Request]

    package init(context: [Group], events: [Event], messages: [Message], requests: [Request]) {
        self.context = context
        self.events = events
        self.messages = messages
        self.requests = requests
    }

    /// Attributes of one subject: a member of the context.
    package struct Group: Sendable {
        package var name: String
        package var attributes: [Attribute]

        package init(name: String, attributes: [Attribute]) {
            self.name = name
            self.attributes = attributes
        }

        /// Whether an app may leave all of it out.
        var isOmittable: Bool { attributes.allSatisfy(\.isOmittable) }
    }

    /// An attribute of the context, or a property of an event.
    package struct Attribute: Sendable {
        package var name: String
        package var type: AttributeType
        /// What it is, as its author wrote it; nil where nobody did.
        package var summary: String?
        /// The declared values of a string, or of the strings of a list; empty when any will do.
        package var values: [String]
        /// Its value where the app gives none, as JSON; nil without one.
        package var defaultValue: String?
        /// Whether it may be missing.
        package var isOptional: Bool

        package init(
            name: String, type: AttributeType, summary: String? = nil, values: [String] = [],
            defaultValue: String? = nil, isOptional: Bool = false
        ) {
            self.name = name
            self.type = type
            self.summary = summary
            self.values = values
            self.defaultValue = defaultValue
            self.isOptional = isOptional
        }

        /// Whether an app may leave it out.
        var isOmittable: Bool { isOptional || defaultValue != nil }

        /// What generated code says of it: `Orders so far (0 unless given)`.
        var comment: String? {
            let version = type.scalar == .version ? "a version as the app reports it, such as 3.2.0" : nil
            let fallback = defaultValue.map { $0 + " unless given" }
            let more = [version, fallback].compactMap { $0 }.joined(separator: "; ")
            guard let summary else { return more.isEmpty ? nil : more }
            return summary + (more.isEmpty ? "" : " (\(more))")
        }
    }

    /// Something that happens in the app.
    package struct Event: Sendable {
        package var name: String
        package var properties: [Attribute]

        package init(name: String, properties: [Attribute]) {
            self.name = name
            self.properties = properties
        }
    }

    /// A message with the ids that an app meets.
    package struct Message: Sendable {
        package var id: String
        /// What it looks like.
        package var template: String?
        /// What brings it up.
        package var event: String?
        /// Ids of its buttons, in their order.
        package var actions: [String]

        package init(id: String, template: String? = nil, event: String? = nil, actions: [String] = []) {
            self.id = id
            self.template = template
            self.event = event
            self.actions = actions
        }

        /// What generated code says of it: `banner, at order_ready`.
        var comment: String? {
            let parts = [template, event.map { "at " + $0 }].compactMap { $0 }
            return parts.isEmpty ? nil : parts.joined(separator: ", ")
        }
    }

    /// Something that a button asks of the system.
    package struct Request: Sendable {
        package var name: String
        package var summary: String

        package init(name: String, summary: String) {
            self.name = name
            self.summary = summary
        }
    }
}

extension AttributeType {
    /// The type itself, or what a list or a map holds at last.
    var scalar: AttributeType {
        switch self {
        case .list(let element), .map(_, let element): element.scalar
        default: self
        }
    }
}
