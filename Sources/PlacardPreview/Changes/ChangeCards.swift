import ByteText

/// Draws cards of both versions, as they are in the app.
struct ChangeCards {
    private let site: PreviewSite
    private let former: [String: PreparedTemplate]
    private let formerImages: ChangeImages
    private let images: ChangeImages

    /// Bytes of one drawn card, with its element.
    private static let maximumBytes = CardRenderer.maximumCardBytes + 64 * 1024

    /// - Parameter root: `""` for pages at the top, `"../"` for those in a folder.
    init(_ site: PreviewSite, root: StaticString, former: [String: PreparedTemplate], assets: [PreviewAsset]) {
        self.site = site
        self.former = former
        formerImages = ChangeImages(root: root, former: assets)
        images = ChangeImages(root: root, former: [])
    }

    /// A card before, and after it, each under its heading.
    func write(_ pair: PreviewCardPair, of change: PreviewChange, in locale: PreviewLocale, into page: inout ByteBuffer)
    {
        page.append(html: "<div class=\"pair\">")
        let parts = Parts(pair)
        if let card = pair.former, let name = change.formerTemplate {
            let template = former[name] ?? site.template(named: name)
            let isAlone = pair.now == nil
            draw(card, template, locale, isAlone ? "gone" : "before", parts, isFormer: true, into: &page)
        }
        if let card = pair.now, let name = change.template {
            let words: StaticString = pair.former != nil ? "after" : change.kind == .changed ? "now" : "new"
            draw(card, site.template(named: name), locale, words, parts, isFormer: false, into: &page)
        }
        page.append(html: "</div>")
    }

    /// Which parts of a card and its notification there is something to see of.
    private struct Parts {
        var card = true
        var notification = true

        init(_ pair: PreviewCardPair) {
            guard var former = pair.former, let now = pair.now else { return }
            notification = former.push != now.push
            former.push = now.push
            former.samples = now.samples
            card = former != now || !notification
        }
    }

    private func draw(
        _ card: PreviewCard, _ template: PreparedTemplate, _ locale: PreviewLocale, _ words: StaticString,
        _ parts: Parts, isFormer: Bool, into page: inout ByteBuffer
    ) {
        let isNotification = template.input.surface == "push"
        let images = isFormer ? formerImages : images
        page.append(html: "<div><p class=\"cap\">")
        page.append(html: words)
        page.append(html: "</p>")
        if !isNotification && parts.card || card.push == nil {
            screen(template.input, locale, words, isFormer, into: &page)
            var drawn = ByteBuffer(capacity: 4096)
            let renderer = CardRenderer(
                template: template, pageBytes: ChangeCards.maximumBytes, appName: site.input.title)
            renderer.render(card, language: locale.tag, isRightToLeft: locale.isRightToLeft, into: &drawn)
            ChangeMarks.write(drawn.bytes, images: images, into: &page)
            page.append(html: "</figure>")
        }
        if isNotification || parts.notification, let push = card.push {
            var surface = template.input
            (surface.surface, surface.isBlocking) = ("push", false)
            screen(surface, locale, words, isFormer, into: &page)
            var drawn = ByteBuffer(capacity: 2048)
            let lock = LockScreenCards(
                appName: site.input.title, language: locale.tag, isRightToLeft: locale.isRightToLeft)
            lock.write(push, into: &drawn)
            ChangeMarks.write(drawn.bytes, images: images, into: &page)
            page.append(html: "</figure>")
        }
        page.append(html: "</div>")
    }

    private func screen(
        _ template: PreviewTemplate, _ locale: PreviewLocale, _ words: StaticString, _ isFormer: Bool,
        into page: inout ByteBuffer
    ) {
        page.append(html: "<figure class=\"screen s-")
        page.appendEscaped(template.surface)
        if template.isBlocking { page.append(html: " veil") }
        if locale.isRightToLeft { page.append(html: " rtl") }
        page.append(html: isFormer ? " former auto\" aria-label=\"" : " auto\" aria-label=\"")
        page.appendEscaped(locale.displayName)
        page.append(html: template.surface == "push" ? ", lock screen, " : ", ")
        page.append(html: words)
        page.append(html: "\">")
    }
}
