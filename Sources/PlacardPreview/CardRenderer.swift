import ByteText
import CanonicalJSON

/// Draws a message's content through its template's `preview.mustache`.
///
/// What comes out stands on the page once, for light and for dark, which a class around it tells apart, so that both
/// always show the same thing.
struct CardRenderer {
    let template: PreparedTemplate
    /// Bytes of the page up to where cards are drawn.
    let pageBytes: Int
    /// What notifications say that they are from.
    let appName: String

    /// The content of a screen: the template's element with language and direction, and the card inside.
    func render(_ card: PreviewCard, language: String, isRightToLeft: Bool, into page: inout ByteBuffer) {
        page.append(html: "<div class=\"m ")
        page.append(contentsOf: template.className)
        page.append(html: "\" lang=\"")
        page.appendEscaped(language)
        page.append(html: isRightToLeft ? "\" dir=\"rtl\">" : "\" dir=\"ltr\">")
        draw(context(card, language: language, isRightToLeft: isRightToLeft), into: &page)
        page.append(html: "</div>")
    }

    /// Bytes of one card.
    static let maximumCardBytes = 256 * 1024
    /// Bytes of a page up to where no more cards are drawn.
    static let maximumPageBytes = 4 * 1024 * 1024
    /// The same of all pages together. Each page has an equal share, whatever the others take, but no less than
    /// ``leastPageBytes``: what a page shows must not depend on which other messages there are.
    static let maximumPreviewBytes = 1 << 30
    /// What a page of plain cards in some ten languages takes; it is meant to stay under ``SourceView/pageBudget``.
    static let leastPageBytes = 64 * 1024

    /// Bytes up to where cards are drawn on each of so many pages.
    static func pageBytes(pages: Int) -> Int {
        min(maximumPageBytes, max(leastPageBytes, maximumPreviewBytes / max(1, pages)))
    }

    /// Draws the card as a whole, or says why it is not drawn: half a card could be taken for all of it.
    private func draw(_ context: MustacheValue, into page: inout ByteBuffer) {
        let start = page.count
        let room = pageBytes - start
        var renderer = MustacheRenderer(template.mustache)
        if room > 0,
            renderer.render(context, into: &page, maximumBytes: min(room, CardRenderer.maximumCardBytes))
        {
            return
        }
        page.shorten(to: start)
        guard room >= CardRenderer.maximumCardBytes else {
            page.append(html: "<p class=\"plain\" lang=\"en\" dir=\"ltr\">Not drawn: ")
            fullPage(into: &page)
            page.append(html: "</p>")
            return
        }
        page.append(
            html:
                "<p class=\"plain\" lang=\"en\" dir=\"ltr\">Not drawn: with these texts the template makes a card of more than 256 kB, or takes more than 50,000 steps.</p>"
        )
    }

    /// Why a page shows no more.
    func fullPage(into page: inout ByteBuffer) {
        page.append(html: "what stands before fills the page, which holds ")
        page.append(number: pageBytes / 1024)
        page.append(html: pageBytes < CardRenderer.maximumPageBytes ? " kB in a preview of so many messages." : " kB.")
    }

    private func context(_ card: PreviewCard, language: String, isRightToLeft: Bool) -> MustacheValue {
        var members: [MustacheValue.Member] = []
        members.reserveCapacity(8 + card.fields.count)
        members.append(.init("title", .text(card.title)))
        members.append(.init("body", .html(card.body)))
        if let image = card.image {
            var source = ByteBuffer(capacity: 64)
            source.append(html: "../assets/images/")
            source.append(path: image.asset)
            members.append(
                .init(
                    "image",
                    .object([
                        .init("src", .imagePath(String(decoding: source.bytes, as: UTF8.self))),
                        .init("alt", .text(image.alt)),
                    ])))
        }
        // One way to close is enough.
        if template.input.hasCloseButton, !card.actions.contains(where: { $0.kind == "dismiss" }) {
            members.append(.init("close", .flag(true)))
        }
        if !card.actions.isEmpty { members.append(.init("actions", .list(card.actions.map(CardRenderer.value)))) }
        if !card.replies.isEmpty { members.append(.init("replies", .list(card.replies.map(CardRenderer.value)))) }
        if !card.steps.isEmpty { members.append(.init("steps", .list(card.steps.map(CardRenderer.value)))) }
        for field in card.fields {
            switch field.value {
            case .text(let text): members.append(.init(field.name, .text(text)))
            case .flag(let flag): members.append(.init(field.name, .flag(flag)))
            case .html(let bytes): members.append(.init(field.name, .html(bytes)))
            }
        }
        members.append(.init("language", .text(language)))
        members.append(.init("rtl", .flag(isRightToLeft)))
        return .object(members)
    }

    private static func value(_ action: PreviewAction) -> MustacheValue {
        .object([
            .init("label", .text(action.label)), .init("kind", .text(action.kind)), .init("id", .text(action.id)),
            .init("target", .text(action.target)),
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
            .init("id", .text(step.id)), .init("title", .text(step.title)), .init("body", .html(step.body)),
            .init("choices", .list(choices)),
        ])
    }
}
