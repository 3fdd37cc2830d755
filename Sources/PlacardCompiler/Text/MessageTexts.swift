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
        /// What stands for the title and the body where their values are not known; without placeholders.
        var titleFallback: CompiledText?
        var bodyFallback: CompiledText?
        /// Where the texts stand.
        var titleSource: EmbeddedText?
        var bodySource: EmbeddedText
        var titleFallbackSource: EmbeddedText?
        var bodyFallbackSource: EmbeddedText?

        /// The texts with values.
        var all: [CompiledText] { (title.map { [$0] } ?? []) + [body] }

        /// A text with its name, its place and what stands for it.
        struct Part {
            var name: String
            var text: CompiledText
            var source: EmbeddedText
            var fallback: (text: CompiledText, source: EmbeddedText)?
        }

        /// Title and body.
        var parts: [Part] {
            func part(_ name: String, _ text: CompiledText?, _ source: EmbeddedText?) -> Part? {
                guard let text, let source else { return nil }
                return Part(name: name, text: text, source: source)
            }
            var title = part("title", title, titleSource)
            title?.fallback = part("title", titleFallback, titleFallbackSource).map { ($0.text, $0.source) }
            var body = part("body", body, bodySource)
            body?.fallback = part("body", bodyFallback, bodyFallbackSource).map { ($0.text, $0.source) }
            return [title, body].compactMap { $0 }
        }
    }

    /// In the order of their names' bytes.
    var fields: [Field] = []
    /// Labels by action, in the order of the buttons.
    var labels: [(id: String, text: CompiledText)] = []
    /// The notification.
    var push: Push? {
        get { boxedPush?.push }
        set { boxedPush = newValue.map { BoxedPush($0) } }
    }

    /// Few messages have a notification, and all are handed around: elsewhere than in here it takes no room.
    private var boxedPush: BoxedPush?

    private final class BoxedPush: Sendable {
        let push: Push

        init(_ push: Push) { self.push = push }
    }

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
        visit { if $0.hasVariants { hasVariants = true } }
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
            result.push?.titleFallback = push.titleFallback?.pseudo[index]
            result.push?.bodyFallback = push.bodyFallback?.pseudo[index]
        }
        for place in labels.indices { result.labels[place].text = labels[place].text.pseudo[index] }
        return result
    }

    func field(_ name: String) -> Field.Content? {
        fields.first { $0.name == name }?.content
    }
}
