import ByteText
import CanonicalJSON

/// One language's part of a message page: its name, its status, and its cards on small screens.
struct LocaleCards {
    let cards: CardRenderer
    let frame: LocaleFrame
    let localization: PreviewLocalization

    func write(into page: inout ByteBuffer) {
        page.append(contentsOf: frame.heading)
        badge(into: &page)
        page.append(html: "</h3>\n")
        if showsAnother {
            page.append(html: "<p class=\"none\">Shows what <a href=\"#l-")
            page.appendEscaped(localization.language)
            page.append(html: "\">")
            page.appendEscaped(localeName(localization.language))
            page.append(html: "</a> shows.</p>")
        } else if let first = localization.cards.first {
            pair(first, into: &page)
            variants(into: &page)
            notification(first, into: &page)
        } else {
            page.append(html: "<p class=\"none\">Nobody sees this message in this language.</p>")
        }
        page.append(html: "</section>\n")
    }

    private var locale: PreviewLocale { frame.locale }

    /// Whether the cards would repeat those of another language to the last pixel: a fallback, in an app that runs in
    /// the same direction.
    private var showsAnother: Bool {
        fallsBack && localization.language != locale.tag
            && cards.template.frames.contains { $0.locale.tag == localization.language }
            && locale.isRightToLeft == localization.isRightToLeft
    }

    /// Whether another language is shown, be there a translation or not.
    private var fallsBack: Bool {
        switch localization.status {
        case .fallback: true
        case .incomplete, .outdated: localization.language != locale.tag
        case .ok, .identical, .missing, .error: false
        }
    }

    private func badge(into page: inout ByteBuffer) {
        // Nobody translates a pseudo-locale, so that it has no status but an error.
        if locale.policy == .pseudo, localization.status == .ok { return }
        page.append(html: "<span class=\"badge ")
        page.append(html: localization.status.name)
        page.append(html: "\">")
        page.append(html: localization.status.glyph)
        page.append(html: " ")
        page.append(html: localization.status.word)
        if fallsBack {
            page.append(html: ": ")
            page.appendEscaped(localeName(localization.language))
        }
        if locale.policy == .source { page.append(html: ", source") }
        if locale.policy == .optional { page.append(html: ", optional") }
        page.append(html: "</span>")
    }

    /// The screen that is shown in light and in dark.
    private func pair(_ card: PreviewCard, into page: inout ByteBuffer) {
        page.append(html: "<div class=\"pair\">")
        page.append(contentsOf: frame.light)
        draw(card, into: &page)
        page.append(html: "</figure></div>")
        samples(card, into: &page)
    }

    /// What is on the screen: the message, or its notification where it is nothing else.
    private func draw(_ card: PreviewCard, into page: inout ByteBuffer) {
        if isNotification, let push = card.push {
            lockScreen.write(push, into: &page)
        } else {
            cards.render(
                card, language: localization.language, isRightToLeft: localization.isRightToLeft, into: &page)
        }
    }

    private var isNotification: Bool { cards.template.input.surface == "push" }

    private var lockScreen: LockScreenCards {
        LockScreenCards(language: localization.language, isRightToLeft: localization.isRightToLeft)
    }

    /// The notification of a message that shows in the app too.
    private func notification(_ card: PreviewCard, into page: inout ByteBuffer) {
        guard !isNotification, let push = card.push else { return }
        page.append(html: "<details class=\"vars\" open><summary>On the lock screen</summary><div class=\"pair\">")
        lockScreen(push, theme: "light", into: &page)
        page.append(html: "</div></details>")
    }

    private func lockScreen(_ push: PreviewPush, theme: StaticString, into page: inout ByteBuffer) {
        page.append(html: "<figure class=\"screen s-push ")
        page.append(html: theme)
        page.append(html: locale.isRightToLeft ? " rtl" : "")
        page.append(html: "\" aria-label=\"")
        page.appendEscaped(frame.displayName)
        page.append(html: ", lock screen\">")
        lockScreen.write(push, into: &page)
        page.append(html: "</figure>")
    }

    private func variants(into page: inout ByteBuffer) {
        guard localization.cards.count > 1 else { return }
        page.append(html: "<details class=\"vars\" open><summary>")
        page.append(number: localization.cards.count - 1)
        page.append(html: localization.cards.count == 2 ? " more variant" : " more variants")
        page.append(html: "</summary><div class=\"strip\">\n")
        let first = localization.cards.first?.push
        for (index, var card) in localization.cards.enumerated().dropFirst() {
            guard page.count < cards.pageBytes else {
                page.append(html: "<p class=\"none\">Variants that are not shown: ")
                page.append(number: localization.cards.count - index)
                page.append(html: "; ")
                cards.fullPage(into: &page)
                page.append(html: "</p>")
                break
            }
            if isNotification { card.push = card.push?.beside(first) }
            page.append(html: "<div class=\"var\" data-v=\"")
            page.appendEscaped(card.variant)
            page.append(html: "\"><p class=\"cap\">")
            page.appendEscaped(card.variant)
            page.append(html: "</p>")
            page.append(contentsOf: frame.auto)
            draw(card, into: &page)
            page.append(html: "</figure>")
            if !isNotification, let push = card.push, push != first {
                lockScreen(push.beside(first), theme: "auto", into: &page)
            }
            samples(card, into: &page)
            page.append(html: "</div>\n")
        }
        page.append(html: "</div></details>")
    }

    private func samples(_ card: PreviewCard, into page: inout ByteBuffer) {
        guard !card.samples.isEmpty else { return }
        page.append(html: "<p class=\"samples\">with <code>")
        page.appendEscaped(card.samples)
        page.append(html: "</code></p>")
    }
}
