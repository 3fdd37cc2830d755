import CanonicalJSON

/// Draws a message's content through its template's `preview.mustache`.
///
/// What comes out stands on the page once, for light and for dark, which a class around it tells apart, so that both
/// always show the same thing.
struct CardRenderer {
    let template: PreparedTemplate

    /// The content of a screen: the template's element with language and direction, and the card inside.
    func render(_ card: PreviewCard, language: String, isRightToLeft: Bool, into page: inout ByteBuffer) {
        page.append(html: "<div class=\"m ")
        page.append(contentsOf: template.className)
        page.append(html: "\" lang=\"")
        page.appendEscaped(language)
        page.append(html: isRightToLeft ? "\" dir=\"rtl\">" : "\" dir=\"ltr\">")
        var renderer = MustacheRenderer(template.mustache)
        renderer.render(
            .members(CardMembers(card, language: language, isRightToLeft: isRightToLeft)), into: &page)
        page.append(html: "</div>")
    }
}

/// What a template can say of a card.
private final class CardMembers: MustacheMembers {
    private let card: PreviewCard
    private let language: String
    private let isRightToLeft: Bool

    init(_ card: PreviewCard, language: String, isRightToLeft: Bool) {
        self.card = card
        self.language = language
        self.isRightToLeft = isRightToLeft
    }

    /// What every card has comes before fields of the same name.
    func member(_ name: String) -> MustacheValue? {
        switch name {
        case "title": return .text(card.title)
        case "body": return .message(card.body)
        case "actions" where !card.actions.isEmpty: return .list(card.actions.map { .members(ActionMembers($0)) })
        case "replies" where !card.replies.isEmpty: return .list(card.replies.map(CardMembers.value))
        case "steps" where !card.steps.isEmpty: return .list(card.steps.map(CardMembers.value))
        case "image": if let image = card.image { return CardMembers.value(image) }
        default: break
        }
        for index in card.fields.indices where card.fields[index].name == name {
            switch card.fields[index].value {
            case .text(let text): return .text(text)
            case .flag(let flag): return .flag(flag)
            case .html(let bytes): return .message(bytes)
            }
        }
        switch name {
        case "language": return .text(language)
        case "rtl": return .flag(isRightToLeft)
        default: return nil
        }
    }

    private static func value(_ image: PreviewImage) -> MustacheValue {
        var source = ByteBuffer(capacity: 64)
        source.append(html: "../assets/images/")
        source.append(path: image.asset)
        return .object([
            .init("src", .text(String(decoding: source.bytes, as: UTF8.self))), .init("alt", .text(image.alt)),
        ])
    }

    private static func value(_ reply: PreviewReply) -> MustacheValue {
        .object([.init("id", .text(reply.id)), .init("text", .text(reply.text))])
    }

    private static func value(_ step: PreviewStep) -> MustacheValue {
        let choices = step.choices.map { choice in
            MustacheValue.object([.init("step", .text(choice.step)), .init("label", .text(choice.label))])
        }
        return .object([
            .init("id", .text(step.id)), .init("title", .text(step.title)), .init("body", .message(step.body)),
            .init("choices", .list(choices)),
        ])
    }
}

/// What a template can say of a button.
private final class ActionMembers: MustacheMembers {
    private let action: PreviewAction

    init(_ action: PreviewAction) {
        self.action = action
    }

    func member(_ name: String) -> MustacheValue? {
        switch name {
        case "label": .text(action.label)
        case "kind": .text(action.kind)
        case "id": .text(action.id)
        case "target": .text(action.target)
        default: nil
        }
    }
}
