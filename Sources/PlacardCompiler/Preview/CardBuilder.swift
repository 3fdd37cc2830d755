import ByteText
import CanonicalJSON
import PlacardPreview
import PlacardText

/// What the cards of a message have in common in all languages; an object, as all of them hold it.
final class CardFrame {
    /// Buttons, their ids for labels.
    let actions: [PreviewAction]
    /// The image, and the name of its field.
    let image: (field: String, asset: String)?
    /// Fields that are not text.
    let values: [PreviewField]
    /// Words a notification as phones do that know no value; nil when there is none, or the message did not compile.
    let payloads: PushPayloads?

    /// A frame of nothing but texts.
    init() {
        actions = []
        image = nil
        values = []
        payloads = nil
    }

    init(_ message: CompiledMessage, _ payloads: PushPayloads?) {
        self.payloads = payloads
        let content = message.definition.content
        actions = content.actions.map { action in
            let (kind, target): (String, String) =
                switch action.effect {
                case .url(let url)?: ("url", url.text)
                case .dismiss?: ("dismiss", "")
                case .remind(let seconds)?: ("remind", "\(seconds / 3600) h")
                case .event(let event)?: ("event", event.value)
                case .request(let request)?: ("request", request)
                case nil: ("", "")
                }
            return PreviewAction(id: action.id.value, label: action.id.value, kind: kind, target: target)
        }
        image = content.images.first { message.assets.contains($0.source.asset) }.map { ($0.name, $0.source.asset) }
        values = content.fields.compactMap { field in
            switch field.content {
            case .value(.bool(let flag)): PreviewField(field.name, .flag(flag))
            case .value(let value): PreviewField(field.name, .text(value.text))
            case .text, .markdown, .conversation, .image, .list, .url: nil
            }
        }
    }
}

/// Draws cards of one message in one language.
struct CardBuilder {
    let renderer: SampleRenderer
    let frame: CardFrame
    let localization: LoweredLocalization

    func card(_ content: MessageContent<CompiledText>, variant: String) -> PreviewCard {
        let push = push(content)
        var title = ""
        var body: [UInt8] = []
        var fields: [PreviewField] = []
        var steps: [PreviewStep] = []
        var replies: [PreviewReply] = []
        for field in content.fields {
            switch field.content {
            case .text(let text) where field.name == "title": title = plain(text)
            case .text(let text): fields.append(PreviewField(field.name, .text(plain(text))))
            case .markdown(let text) where field.name == "body": body = html(text)
            case .markdown(let text): fields.append(PreviewField(field.name, .html(html(text))))
            case .conversation(let text): steps = text.steps.map(step)
            case .list(let list): replies = list.items.map { PreviewReply(id: $0.id.value, text: plain($0.text)) }
            // What all cards have in common is in their frame.
            case .image, .url, .value: break
            }
        }
        return PreviewCard(
            variant: variant, samples: renderer.values.description(of: content),
            title: title.isEmpty ? words(push) : title, body: body, image: image(content), actions: actions(content),
            replies: replies, steps: steps, push: push, fields: fields.isEmpty ? frame.values : fields + frame.values)
    }

    private func plain(_ text: CompiledText) -> String { renderer.plain(text.text) }

    /// The title of the card of this content.
    func title(_ content: MessageContent<CompiledText>) -> String {
        var title = ""
        if case .text(let text)? = content.field("title") { title = plain(text) }
        return title.isEmpty ? words(push(content)) : title
    }

    /// Each text in plain words, the title first, those of variants last.
    func lines() -> TextLines {
        var lines = TextLines.Writer(capacity: 512)
        func append(_ text: CompiledText, to lines: inout TextLines.Writer) {
            lines.append { renderer.appendPlain(text.text, to: &$0) }
        }
        if case .text(let title)? = localization.content.field("title") { append(title, to: &lines) }
        if lines.isEmpty, let push = localization.content.push, let title = push.title ?? push.body {
            append(title, to: &lines)
        }
        localization.content.visit { place, text in
            if case .field("title") = place { return }
            append(text, to: &lines)
        }
        for variant in localization.variants { variant.content.visit { append($1, to: &lines) } }
        return lines.finish()
    }

    /// What is a notification and nothing else is known by its words.
    private func words(_ push: PreviewPush?) -> String {
        push.map { $0.title.isEmpty ? $0.body : $0.title } ?? ""
    }

    private func push(_ content: MessageContent<CompiledText>) -> PreviewPush? {
        guard let push = content.push, let body = push.body else { return nil }
        let hasValues = push.parts.contains { !$0.text.variables.isEmpty }
        let unfilled = hasValues ? frame.payloads?.alert(push, localization) : nil
        return PreviewPush(
            title: push.title.map(plain) ?? "", body: plain(body), unfilledTitle: unfilled?.title,
            unfilledBody: unfilled?.body)
    }

    /// The body; where the project compiles to no HTML, its plain text.
    private func html(_ text: CompiledText) -> [UInt8] {
        if !text.html.isEmpty { return renderer.html(text.html) }
        var html: [UInt8] = []
        html.append(escapingMarkup: Array(renderer.plain(text.text).utf8))
        return html
    }

    private func step(_ step: PlacardText.ConversationStep) -> PreviewStep {
        PreviewStep(
            id: step.id, title: renderer.plain(step.title), body: renderer.html(step.html),
            choices: step.choices.map { PreviewStep.Choice(step: $0.step, label: renderer.plain($0.label)) })
    }

    private func image(_ content: MessageContent<CompiledText>) -> PreviewImage? {
        guard let image = frame.image else { return nil }
        return PreviewImage(asset: image.asset, alt: content.field(image.field)?.text.map(plain) ?? "")
    }

    private func actions(_ content: MessageContent<CompiledText>) -> [PreviewAction] {
        frame.actions.enumerated().map { index, action in
            // A translation has the buttons in their order, but one may be missing.
            let isThere = index < content.actions.count && content.actions[index].id.value == action.id
            let own = isThere ? content.actions[index] : content.actions.first { $0.id.value == action.id }
            var action = action
            if let label = own?.label { action.label = plain(label) }
            return action
        }
    }
}
