/// The content of one drawn message, sample values in place.
package struct PreviewCard: Sendable, Hashable {
    /// Empty for the main card; else what tells it apart: `urgent`, `count = one`.
    package var variant: String
    /// Whether it shows the main card with the longest of each variable's examples.
    package var isLong: Bool
    /// The samples that were used, such as `$count = 2, $user.first_name = Zoë`; may be empty.
    package var samples: String
    /// Plain text.
    package var title: String
    /// HTML of Placard's own renderer, the only thing that enters a page unescaped.
    package var body: [UInt8]
    package var image: PreviewImage?
    package var actions: [PreviewAction]
    package var replies: [PreviewReply]
    package var steps: [PreviewStep]
    /// The notification; nil when the message has none.
    package var push: PreviewPush?
    /// The template's other fields by name: `tone`, `eyebrow`, `accent`, …
    package var fields: [PreviewField]

    package init(
        variant: String = "", isLong: Bool = false, samples: String = "", title: String, body: [UInt8],
        image: PreviewImage? = nil,
        actions: [PreviewAction] = [], replies: [PreviewReply] = [], steps: [PreviewStep] = [],
        push: PreviewPush? = nil, fields: [PreviewField] = []
    ) {
        self.variant = variant
        self.isLong = isLong
        self.samples = samples
        self.title = title
        self.body = body
        self.image = image
        self.actions = actions
        self.replies = replies
        self.steps = steps
        self.push = push
        self.fields = fields
    }
}

/// A notification of the system.
package struct PreviewPush: Sendable, Hashable {
    /// Plain text; empty when it has none.
    package var title: String
    /// Plain text.
    package var body: String
    /// What a phone shows where no value is known; the same as ``title`` and ``body`` when they have none.
    package var unfilledTitle: String
    package var unfilledBody: String

    package init(title: String, body: String, unfilledTitle: String? = nil, unfilledBody: String? = nil) {
        self.title = title
        self.body = body
        self.unfilledTitle = unfilledTitle ?? title
        self.unfilledBody = unfilledBody ?? body
    }
}

/// An image in a message: which, and what it shows.
package struct PreviewImage: Sendable, Hashable {
    /// A path in ``PreviewInput/assets``.
    package var asset: String
    package var alt: String

    package init(asset: String, alt: String) {
        self.asset = asset
        self.alt = alt
    }
}

/// A button.
package struct PreviewAction: Sendable, Hashable {
    package var id: String
    package var label: String
    /// `url`, `dismiss`, `remind`, `event` or `request`.
    package var kind: String
    /// What it leads to, sample values in place: a URL, a duration, an event's name. Shown, never followed.
    package var target: String

    package init(id: String, label: String, kind: String, target: String) {
        self.id = id
        self.label = label
        self.kind = kind
        self.target = target
    }
}

/// A preset phrase.
package struct PreviewReply: Sendable, Hashable {
    package var id: String
    package var text: String

    package init(id: String, text: String) {
        self.id = id
        self.text = text
    }
}

/// A step of a scripted conversation.
package struct PreviewStep: Sendable, Hashable {
    package var id: String
    package var title: String
    /// HTML of Placard's own renderer.
    package var body: [UInt8]
    package var choices: [Choice]

    /// A link to another step.
    package struct Choice: Sendable, Hashable {
        package var step: String
        package var label: String

        package init(step: String, label: String) {
            self.step = step
            self.label = label
        }
    }

    package init(id: String, title: String, body: [UInt8], choices: [Choice]) {
        self.id = id
        self.title = title
        self.body = body
        self.choices = choices
    }
}

/// A field that a template declares beyond the ones that every template has.
package struct PreviewField: Sendable, Hashable {
    package var name: String
    package var value: Value

    package enum Value: Sendable, Hashable {
        /// Text, a URL, a color, an enum's value or a number in decimal.
        case text(String)
        case flag(Bool)
        /// HTML of Placard's own renderer.
        case html([UInt8])
    }

    package init(_ name: String, _ value: Value) {
        self.name = name
        self.value = value
    }
}
