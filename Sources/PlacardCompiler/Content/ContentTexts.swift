import PlacardText
import SourceDiagnostics

/// Which text of a message a text is.
enum TextPlace {
    case field(String)
    case alternative(image: String)
    case item(list: String, id: String)
    case label(action: String)
    case pushTitle, pushBody, pushTitleFallback, pushBodyFallback

    /// Its path among the texts of its message: `title`, `image.alt`, `actions.view`, `push.fallback.body`.
    var name: String {
        switch self {
        case .field(let name): name
        case .alternative(let image): image + ".alt"
        case .item(let list, let id): "\(list).\(id)"
        case .label(let action): "actions.\(action)"
        case .pushTitle: "push.title"
        case .pushBody: "push.body"
        case .pushTitleFallback: "push.fallback.title"
        case .pushBodyFallback: "push.fallback.body"
        }
    }
}

extension MessageContent {
    /// Calls `body` with every text that is translated.
    func visit(_ body: (TextPlace, Text) -> Void) {
        for field in fields {
            switch field.content {
            case .text(let text), .markdown(let text), .conversation(let text): body(.field(field.name), text)
            case .image(let image): if let alt = image.alt { body(.alternative(image: field.name), alt) }
            case .list(let list):
                for item in list.items { body(.item(list: field.name, id: item.id.value), item.text) }
            case .url, .value: break
            }
        }
        for action in actions {
            if let label = action.label { body(.label(action: action.id.value), label) }
        }
        guard let push else { return }
        if let title = push.title { body(.pushTitle, title) }
        if let text = push.body { body(.pushBody, text) }
        if let title = push.titleFallback { body(.pushTitleFallback, title) }
        if let text = push.bodyFallback { body(.pushBodyFallback, text) }
    }

    /// Every text that is translated.
    var all: [Text] {
        var all: [Text] = []
        all.reserveCapacity(fields.count + actions.count)
        visit { all.append($1) }
        return all
    }

    /// The addresses, which no language changes.
    var addresses: [Text] {
        let fields = fields.compactMap { field -> Text? in
            if case .url(let url) = field.content { url } else { nil }
        }
        let actions = actions.compactMap { action -> Text? in
            if case .url(let url)? = action.effect { url } else { nil }
        }
        return fields + actions + (push?.link.map { [$0] } ?? [])
    }

    /// The same with other texts.
    func map<Other>(_ transform: (Text) -> Other) -> MessageContent<Other> {
        MessageContent<Other>(
            fields: fields.map { MessageField(name: $0.name, content: $0.content.map(transform)) },
            actions: actions.map { action in
                let effect: MessageAction<Other>.Effect? =
                    switch action.effect {
                    case .url(let url)?: .url(transform(url))
                    case .dismiss?: .dismiss
                    case .remind(let seconds)?: .remind(seconds)
                    case .event(let event)?: .event(event)
                    case .request(let request)?: .request(request)
                    case nil: nil
                    }
                return MessageAction<Other>(id: action.id, label: action.label.map(transform), effect: effect)
            },
            push: push.map { push in
                PushContent(
                    title: push.title.map(transform), body: push.body.map(transform),
                    titleFallback: push.titleFallback.map(transform), bodyFallback: push.bodyFallback.map(transform),
                    link: push.link.map(transform))
            })
    }
}

extension FieldContent {
    /// The one text that is translated, be it what a picture shows; nil of a list, and of what no language changes.
    var text: Text? {
        switch self {
        case .text(let text), .markdown(let text), .conversation(let text): text
        case .image(let image): image.alt
        case .list, .url, .value: nil
        }
    }

    /// Whether a translation has it.
    var isTranslated: Bool {
        if case .list = self { true } else { text != nil }
    }

    fileprivate func map<Other>(_ transform: (Text) -> Other) -> FieldContent<Other> {
        switch self {
        case .text(let text): .text(transform(text))
        case .markdown(let text): .markdown(transform(text))
        case .conversation(let text): .conversation(transform(text))
        case .image(let image): .image(ImageContent(source: image.source, alt: image.alt.map(transform)))
        case .list(let list):
            .list(
                ListContent(
                    items: list.items.map { ListContent.Item(id: $0.id, text: transform($0.text)) }, label: list.label,
                    written: list.written))
        case .url(let text): .url(transform(text))
        case .value(let value): .value(value)
        }
    }
}

extension MessageContent<CompiledText> {

    /// Whether a text has plural or select variants.
    var hasVariants: Bool {
        var hasVariants = false
        visit { if $1.hasVariants { hasVariants = true } }
        return hasVariants
    }

    /// This content in the pseudo-locale at `index` of those that it was compiled to.
    func pseudo(_ index: Int) -> MessageContent {
        map { text in
            // An address is the same in every language.
            index < text.pseudo.count ? text.pseudo[index] : text
        }
    }

    /// This content with `changes` in place of what they change.
    func applying(_ changes: MessageContent) -> MessageContent {
        var result = self
        for field in changes.fields {
            // Other words for the picture are those of the message.
            if case .image(let image) = field.content, image.alt == nil { continue }
            if let index = result.fields.firstIndex(where: { $0.name == field.name }) {
                result.fields[index] = field
            } else {
                result.fields.append(field)
            }
        }
        if let push = changes.push { result.push = push }
        for action in changes.actions where action.label != nil {
            if let index = result.actions.firstIndex(where: { $0.id.value == action.id.value }) {
                result.actions[index] = action
            } else {
                result.actions.append(action)
            }
        }
        return result
    }
}
