import ByteText
import CanonicalJSON

/// One language's part of a message page: its name, its status, and its cards on small screens.
struct LocaleCards {
    let cards: CardRenderer
    let frame: LocaleFrame
    let localization: PreviewLocalization
    /// Whether one of its texts is longer than its place.
    let isOverLength: Bool

    func write(into page: inout ByteBuffer) {
        page.append(contentsOf: frame.start)
        if showsAnother {
            page.append(html: " data-placard-shows=\"")
            page.appendEscaped(localization.language)
            page.append(html: "\"")
        }
        page.append(contentsOf: frame.heading)
        badge(into: &page)
        if isOverLength {
            page.append(html: " <a class=\"badge warning\" href=\"#diagnostics\">! over length</a>")
        }
        page.append(html: "</h3>\n")
        if showsAnother {
            page.append(html: "<p class=\"none\">Readers see what <a href=\"#l-")
            page.appendEscaped(localization.language)
            page.append(html: "\">")
            page.appendEscaped(localeName(localization.language))
            page.append(html: "</a> shows.</p>")
        } else if let first = localization.cards.first {
            page.append(html: "<div class=\"pair\">")
            page.append(contentsOf: frame.screen)
            draw(first, into: &page)
            page.append(html: "</figure></div>")
            samples(first, into: &page)
            notification(first, into: &page)
            variants(into: &page)
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
        case .ok, .untracked, .identical, .missing, .error: false
        }
    }

    private func badge(into page: inout ByteBuffer) {
        // Nobody translates a pseudo-locale, so that it has no status but an error.
        if locale.policy == .pseudo, localization.status == .ok { return }
        let words = StatusWords(localization.status, locale.policy)
        page.append(html: "<span class=\"badge ")
        page.append(html: words.name)
        page.append(html: "\">")
        page.append(html: words.glyph)
        page.append(html: " ")
        if locale.policy == .source, localization.status == .ok {
            page.append(html: "source")
        } else {
            page.append(html: words.word)
        }
        if fallsBack {
            page.append(html: ": ")
            page.appendEscaped(localeName(localization.language))
        }
        if locale.policy == .source, localization.status != .ok { page.append(html: ", source") }
        if locale.policy == .optional { page.append(html: ", optional") }
        page.append(html: "</span>")
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
        LockScreenCards(
            appName: cards.appName, language: localization.language, isRightToLeft: localization.isRightToLeft)
    }

    /// The notification of a message that shows in the app too.
    private func notification(_ card: PreviewCard, into page: inout ByteBuffer) {
        guard !isNotification, let push = card.push else { return }
        page.append(html: "<details class=\"alert\" open><summary>On the lock screen</summary>")
        lockScreen(push, into: &page)
        page.append(html: "</details>")
    }

    private func lockScreen(_ push: PreviewPush, into page: inout ByteBuffer) {
        page.append(html: "<figure class=\"screen s-push ")
        page.append(html: locale.isRightToLeft ? "rtl " : "")
        page.append(html: "auto\" aria-label=\"")
        page.appendEscaped(frame.displayName)
        page.append(html: ", lock screen\">")
        lockScreen.write(push, into: &page)
        page.append(html: "</figure>")
    }

    /// Further cards, folded: the script puts the words that differ beside them.
    private func variants(into page: inout ByteBuffer) {
        let others = localization.cards.dropFirst()
        guard !others.isEmpty else { return }
        page.append(html: "<details class=\"vars\"><summary>")
        let count = others.count { !$0.isLong }
        if count > 0 {
            page.append(number: count)
            page.append(html: count == 1 ? " more variant" : " more variants")
        }
        if count < others.count { page.append(html: count > 0 ? ", long values" : "Long values") }
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
            page.append(html: card.isLong ? "<div class=\"var long\"" : "<div class=\"var\" data-v=\"")
            if !card.isLong {
                page.appendEscaped(card.variant)
                page.append(html: "\"")
            }
            page.append(html: "><p class=\"cap\">")
            page.appendEscaped(card.isLong ? "long values" : card.variant)
            page.append(html: "</p>")
            page.append(contentsOf: frame.screen)
            draw(card, into: &page)
            page.append(html: "</figure>")
            if !isNotification, let push = card.push, push != first { lockScreen(push.beside(first), into: &page) }
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
