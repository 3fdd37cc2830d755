import ByteText

/// What became of one message: what it is about, its values, its audience, and each language that changed.
struct ChangeArticle {
    let change: PreviewChange
    let languages: [PreviewChangedLanguage]
    let cards: ChangeCards
    /// `""` for pages at the top, `"../"` for those in a folder.
    let root: StaticString
    /// Bytes of the page up to where cards are drawn.
    let maximumBytes: Int

    func write(into page: inout ByteBuffer) {
        page.append(html: "<article class=\"change\" id=\"c-")
        page.appendEscaped(change.id)
        page.append(html: "\" aria-labelledby=\"h-")
        page.appendEscaped(change.id)
        page.append(html: "\" data-placard-change=\"")
        page.appendEscaped(change.kind.rawValue)
        page.append(html: "\" data-placard-about=\"")
        page.appendEscaped(change.aspects.joined(separator: " "))
        page.append(html: "\">\n")
        heading(into: &page)
        for warning in change.warnings {
            page.append(html: "<p class=\"caution\">! ")
            page.appendEscaped(warning)
            page.append(html: "</p>\n")
        }
        values(into: &page)
        bar(into: &page)
        let shown = languages.filter { !$0.pairs.isEmpty || !$0.texts.isEmpty }
        if !shown.isEmpty {
            let isAlone = shown.allSatisfy { $0.pairs.allSatisfy { $0.former == nil || $0.now == nil } }
            page.append(html: isAlone ? "<div class=\"locs\">\n" : "<div class=\"locs sides\">\n")
            for language in shown { side(language, into: &page) }
            page.append(html: "</div>\n")
        }
        page.append(html: "</article>\n")
    }

    private func heading(into page: inout ByteBuffer) {
        page.append(html: "<h2 id=\"h-")
        page.appendEscaped(change.id)
        page.append(html: "\"")
        page.appendLanguage(change.language, isRightToLeft: change.isRightToLeft)
        page.append(html: ">")
        page.appendEscaped(change.title.isEmpty ? change.id : change.title)
        page.append(html: "</h2>\n<p class=\"sub\">")
        ChangeWords.badge(change, into: &page)
        page.append(html: " <code>")
        page.appendEscaped(change.id)
        page.append(html: "</code> ")
        if let template = change.template ?? change.formerTemplate {
            page.append(html: "<span class=\"tag\">")
            page.appendEscaped(template)
            page.append(html: "</span> ")
        }
        if change.kind != .removed {
            page.append(html: "<a href=\"")
            page.append(html: root)
            page.append(html: "m/")
            page.append(path: change.id)
            page.append(html: ".html\">The message as a whole<span class=\"vh\">: ")
            page.appendEscaped(change.id)
            page.append(html: "</span></a>")
        }
        page.append(html: "</p>\n")
    }

    private func values(into page: inout ByteBuffer) {
        let variables =
            change.removedVariables.map { PreviewChangedValue("placeholder", former: "{$\($0)}", now: nil) }
            + change.addedVariables.map { PreviewChangedValue("placeholder", former: nil, now: "{$\($0)}") }
        guard !change.values.isEmpty || !variables.isEmpty || change.audience != nil else { return }
        page.append(html: "<dl class=\"moved\">\n")
        if let audience = change.audience {
            page.append(html: "<div><dt>who may see it</dt><dd><strong>")
            page.appendEscaped(audience.direction)
            page.append(html: "</strong>")
            for witness in audience.witnesses {
                page.append(html: "<p>")
                page.appendEscaped(witness.words)
                page.append(html: ": ")
                ChangeWords.sentence(witness.user, into: &page)
                page.append(html: "</p>")
            }
            page.append(html: "</dd></div>\n")
        }
        for value in change.values + variables { ChangeWords.value(value, into: &page) }
        page.append(html: "</dl>\n")
    }

    /// Every language: what changed leads to its part, what did not says what state it is in.
    private func bar(into page: inout ByteBuffer) {
        guard !languages.isEmpty else { return }
        page.append(html: "<ul class=\"tongues\" aria-label=\"Languages\">")
        // Where there was no translation there is nothing to tell of a message that is gone.
        for language in languages where language.kind != nil || language.status != nil {
            page.append(html: "<li>")
            if language.kind != nil, !language.pairs.isEmpty || !language.texts.isEmpty {
                page.append(html: "<a href=\"#")
                place(language.locale, into: &page)
                page.append(html: "\">")
                ChangeWords.glyph(language.kind, into: &page)
                page.append(html: " ")
                page.appendEscaped(language.locale.tag)
                page.append(html: "</a>")
            } else {
                unchanged(language, into: &page)
            }
            page.append(html: "</li>")
        }
        page.append(html: "</ul>\n")
    }

    private func unchanged(_ language: PreviewChangedLanguage, into page: inout ByteBuffer) {
        let words = language.status.map { StatusWords($0, language.locale.policy) }
        page.append(html: "<span class=\"")
        page.append(html: words?.name ?? "missing")
        page.append(html: "\">")
        page.appendEscaped(language.locale.tag)
        if language.kind == .removed {
            page.append(html: " gone")
        } else if change.kind == .changed {
            page.append(html: " as before")
        }
        if let words, words.status != .ok {
            page.append(html: change.kind == .changed ? ", " : " ")
            words.write(into: &page)
        }
        page.append(html: "</span>")
    }

    private func place(_ locale: PreviewLocale, into page: inout ByteBuffer) {
        page.append(html: "c-")
        page.appendEscaped(change.id)
        page.append(html: ".")
        page.appendEscaped(locale.tag)
    }

    private func side(_ language: PreviewChangedLanguage, into page: inout ByteBuffer) {
        page.append(html: "<section class=\"loc\" id=\"")
        place(language.locale, into: &page)
        page.append(html: "\" data-placard-language=\"")
        page.appendEscaped(language.locale.tag)
        page.append(html: "\"><h3>")
        page.appendEscaped(language.locale.displayName)
        page.append(html: " <code>")
        page.appendEscaped(language.locale.tag)
        page.append(html: "</code>")
        if language.kind == .added || language.kind == .removed, change.kind == .changed {
            page.append(
                html: language.kind == .added
                    ? " <span class=\"badge ok\">+ new translation</span>"
                    : " <span class=\"badge error\">− translation gone</span>")
        }
        if let status = language.status, status != .ok, language.locale.policy != .source {
            page.append(html: " ")
            StatusWords(status, language.locale.policy).openBadge(into: &page)
            page.append(html: "</span>")
        }
        page.append(html: "</h3>\n")
        texts(language, into: &page)
        pairs(language.pairs.filter { !$0.isLikeMain }, of: language, into: &page)
        let others = language.pairs.filter(\.isLikeMain)
        if !others.isEmpty {
            page.append(html: "<details class=\"vars\"><summary>")
            page.append(number: others.count)
            page.append(html: others.count == 1 ? " more variant" : " more variants")
            page.append(
                html: change.kind == .changed && language.kind == .changed
                    ? ", the same words changed</summary>" : "</summary>")
            pairs(others, of: language, into: &page)
            page.append(html: "</details>")
        }
        page.append(html: "</section>\n")
    }

    private func pairs(
        _ pairs: [PreviewCardPair], of language: PreviewChangedLanguage, into page: inout ByteBuffer
    ) {
        for pair in pairs {
            guard page.count < maximumBytes else {
                page.append(html: "<p class=\"none\">Cards are not drawn: what stands before fills the page.</p>")
                break
            }
            if !pair.variant.isEmpty {
                page.append(html: "<p class=\"samples\">variant <code>")
                page.appendEscaped(pair.variant)
                page.append(html: "</code></p>")
            }
            cards.write(pair, of: change, in: language.locale, into: &page)
        }
    }

    private func texts(_ language: PreviewChangedLanguage, into page: inout ByteBuffer) {
        guard !language.texts.isEmpty else { return }
        page.append(html: "<dl class=\"words\">")
        for text in language.texts {
            page.append(html: "<div><dt>")
            page.appendEscaped(text.name)
            page.append(html: "</dt><dd lang=\"")
            page.appendEscaped(language.locale.tag)
            page.append(html: language.locale.isRightToLeft ? "\" dir=\"rtl\">" : "\" dir=\"ltr\">")
            ChangeWords.runs(text.runs, into: &page)
            page.append(html: "</dd></div>")
        }
        page.append(html: "</dl>\n")
    }
}
