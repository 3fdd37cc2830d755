import PlacardText
import SourceDiagnostics

/// The compiled texts of a message, or of a variant of it, in one language.
struct MessageTexts: Sendable {
    struct Field: Sendable {
        enum Content: Sendable {
            /// One string.
            case text(CompiledText)
            /// Markdown in each of the project's formats.
            case body(CompiledText)
            /// A conversation, whose steps stand beside the fields.
            case conversation(CompiledText, steps: [PlacardText.ConversationStep])
            /// An image's alternative text.
            case alternative(CompiledText)
            case list([(id: String, text: CompiledText)])
        }

        var name: String
        var content: Content
    }

    struct Push: Sendable {
        var title: CompiledText?
        var body: CompiledText
        /// Where the texts stand.
        var titleSource: EmbeddedText?
        var bodySource: EmbeddedText

        var all: [CompiledText] { (title.map { [$0] } ?? []) + [body] }

        /// Each text with its name and its place.
        var sources: [(name: String, text: CompiledText, source: EmbeddedText)] {
            var sources = [("body", body, bodySource)]
            if let title, let titleSource { sources.insert(("title", title, titleSource), at: 0) }
            return sources
        }
    }

    /// In the order of their names' bytes.
    var fields: [Field] = []
    /// Labels by action, in the order of the buttons.
    var labels: [(id: String, text: CompiledText)] = []
    /// The notification.
    var push: Push?
    /// What stands for a variable without a value, by name.
    var fallbacks: [(name: String, text: String)] = []

    /// Every compiled text.
    var all: [CompiledText] {
        var all: [CompiledText] = []
        all.reserveCapacity(fields.count + labels.count)
        visit { all.append($0) }
        return all
    }

    /// Whether a text has plural or select variants.
    var hasVariants: Bool {
        var hasVariants = false
        visit { if $0.variants.count > 1 { hasVariants = true } }
        return hasVariants
    }

    /// Calls `body` with every compiled text.
    func visit(_ body: (CompiledText) -> Void) {
        for field in fields {
            switch field.content {
            case .text(let text), .body(let text), .conversation(let text, _), .alternative(let text): body(text)
            case .list(let items): for item in items { body(item.text) }
            }
        }
        for label in labels { body(label.text) }
        if let push {
            if let title = push.title { body(title) }
            body(push.body)
        }
    }

    /// The steps of the conversation, when the message is one.
    var steps: [PlacardText.ConversationStep] {
        for field in fields {
            if case .conversation(_, let steps) = field.content { return steps }
        }
        return []
    }

    /// These texts in the pseudo-locale at `index` of those that they were compiled to.
    func pseudo(_ index: Int) -> MessageTexts {
        var result = self
        for place in fields.indices {
            switch fields[place].content {
            case .text(let text): result.fields[place].content = .text(text.pseudo[index])
            case .body(let text): result.fields[place].content = .body(text.pseudo[index])
            case .conversation(let text, _):
                result.fields[place].content = .conversation(text.pseudo[index], steps: text.pseudo[index].steps)
            case .alternative(let text): result.fields[place].content = .alternative(text.pseudo[index])
            case .list(let items): result.fields[place].content = .list(items.map { ($0.id, $0.text.pseudo[index]) })
            }
        }
        if let push {
            result.push?.title = push.title?.pseudo[index]
            result.push?.body = push.body.pseudo[index]
        }
        for place in labels.indices { result.labels[place].text = labels[place].text.pseudo[index] }
        return result
    }

    func field(_ name: String) -> Field.Content? {
        fields.first { $0.name == name }?.content
    }
}
