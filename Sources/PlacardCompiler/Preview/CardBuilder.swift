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
        actions = message.definition.actions.map { action in
            let (kind, target): (String, String) =
                switch action.effect {
                case .url(let url): ("url", url.text)
                case .dismiss: ("dismiss", "")
                case .remind(let seconds): ("remind", "\(seconds / 3600) h")
                case .event(let event): ("event", event.value)
                case .request(let request): ("request", request)
                }
            return PreviewAction(id: action.id.value, label: action.id.value, kind: kind, target: target)
        }
        image = message.definition.images.first { message.assets.contains($0.asset) }.map { ($0.name, $0.asset) }
        values = message.definition.values.map { field in
            switch field.value {
            case .bool(let flag): PreviewField(field.name, .flag(flag))
            case .string(let text): PreviewField(field.name, .text(text))
            default: PreviewField(field.name, .text(field.value.canonicalString))
            }
        }
    }
}

/// Draws cards of one message in one language.
struct CardBuilder {
    let renderer: SampleRenderer
    let frame: CardFrame
    let localization: Localization

    func card(_ texts: MessageTexts, variant: String) -> PreviewCard {
        let push = push(texts)
        var title = ""
        var body: [UInt8] = []
        var fields: [PreviewField] = []
        var steps: [PreviewStep] = []
        var replies: [PreviewReply] = []
        for field in texts.fields {
            switch field.content {
            case .text(let text) where field.name == "title": title = renderer.plain(text.text)
            case .text(let text): fields.append(PreviewField(field.name, .text(renderer.plain(text.text))))
            case .body(let text) where field.name == "body": body = html(text)
            case .body(let text): fields.append(PreviewField(field.name, .html(html(text))))
            case .conversation(_, let conversation): steps = conversation.map(step)
            case .alternative: break
            case .list(let items):
                replies = items.map { PreviewReply(id: $0.id, text: renderer.plain($0.text.text)) }
            }
        }
        return PreviewCard(
            variant: variant, samples: renderer.values.description(of: texts),
            title: title.isEmpty ? words(push) : title, body: body, image: image(texts), actions: actions(texts),
            replies: replies, steps: steps, push: push, fields: fields.isEmpty ? frame.values : fields + frame.values)
    }

    /// The title of the card of these texts.
    func title(_ texts: MessageTexts) -> String {
        var title = ""
        for field in texts.fields {
            if case .text(let text) = field.content, field.name == "title" { title = renderer.plain(text.text) }
        }
        return title.isEmpty ? words(push(texts)) : title
    }

    /// What is a notification and nothing else is known by its words.
    private func words(_ push: PreviewPush?) -> String {
        push.map { $0.title.isEmpty ? $0.body : $0.title } ?? ""
    }

    private func push(_ texts: MessageTexts) -> PreviewPush? {
        texts.push.map { push in
            let hasValues = push.all.contains { !$0.variables.isEmpty }
            let unfilled = hasValues ? frame.payloads?.alert(push, localization) : nil
            return PreviewPush(
                title: push.title.map { renderer.plain($0.text) } ?? "", body: renderer.plain(push.body.text),
                unfilledTitle: unfilled?.title, unfilledBody: unfilled?.body)
        }
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

    private func image(_ texts: MessageTexts) -> PreviewImage? {
        guard let image = frame.image else { return nil }
        var alt = ""
        if case .alternative(let text)? = texts.field(image.field) { alt = renderer.plain(text.text) }
        return PreviewImage(asset: image.asset, alt: alt)
    }

    private func actions(_ texts: MessageTexts) -> [PreviewAction] {
        guard !frame.actions.isEmpty else { return [] }
        var actions: [PreviewAction] = []
        actions.reserveCapacity(frame.actions.count)
        for index in frame.actions.indices {
            // The labels are in the order of the buttons, but one may be missing.
            let id = frame.actions[index].id
            let label =
                index < texts.labels.count && texts.labels[index].id == id
                ? index : texts.labels.firstIndex { $0.id == id }
            actions.append(
                PreviewAction(
                    id: id,
                    label: label.map { renderer.plain(texts.labels[$0].text.text) } ?? frame.actions[index].label,
                    kind: frame.actions[index].kind, target: frame.actions[index].target))
        }
        return actions
    }
}

extension MessageTexts {
    /// These texts with `changes` in place of what they change.
    func applying(_ changes: MessageTexts) -> MessageTexts {
        var result = self
        for field in changes.fields {
            if let index = result.fields.firstIndex(where: { $0.name == field.name }) {
                result.fields[index] = field
            } else {
                result.fields.append(field)
            }
        }
        if let push = changes.push { result.push = push }
        for label in changes.labels {
            if let index = result.labels.firstIndex(where: { $0.id == label.id }) {
                result.labels[index] = label
            } else {
                result.labels.append(label)
            }
        }
        return result
    }
}
