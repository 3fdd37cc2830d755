import CanonicalJSON

/// Draws a message's content through its template's `preview.mustache`.
///
/// What comes out stands on the page once, for light and for dark, which a class around it tells apart, so that both
/// always show the same thing.
struct CardRenderer {
    let template: PreparedTemplate

    /// The content of a screen: the template's element with language and direction, and the card inside.
    func render(_ card: PreviewCard, language: String, isRightToLeft: Bool, into page: inout [UInt8]) {
        page.append(html: "<div class=\"m ")
        page.append(contentsOf: template.className)
        page.append(html: "\" lang=\"")
        page.appendEscaped(language)
        page.append(html: isRightToLeft ? "\" dir=\"rtl\">" : "\" dir=\"ltr\">")
        var renderer = MustacheRenderer(template.mustache)
        renderer.render(context(card, language: language, isRightToLeft: isRightToLeft), into: &page)
        page.append(html: "</div>")
    }

    private func context(_ card: PreviewCard, language: String, isRightToLeft: Bool) -> MustacheValue {
        var members: [MustacheValue.Member] = []
        members.reserveCapacity(8 + card.fields.count)
        members.append(.init("title", .text(card.title)))
        members.append(.init("body", .html(inert(card.body))))
        if let image = card.image {
            var source: [UInt8] = []
            source.append(html: "../assets/images/")
            source.append(path: image.asset)
            members.append(
                .init(
                    "image",
                    .object([
                        .init("src", .text(String(decoding: source, as: UTF8.self))), .init("alt", .text(image.alt)),
                    ])))
        }
        if !card.actions.isEmpty { members.append(.init("actions", .list(card.actions.map(CardRenderer.value)))) }
        if !card.replies.isEmpty { members.append(.init("replies", .list(card.replies.map(CardRenderer.value)))) }
        if !card.steps.isEmpty { members.append(.init("steps", .list(card.steps.map(CardRenderer.value)))) }
        for field in card.fields {
            switch field.value {
            case .text(let text): members.append(.init(field.name, .text(text)))
            case .flag(let flag): members.append(.init(field.name, .flag(flag)))
            case .html(let bytes): members.append(.init(field.name, .html(inert(bytes))))
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
            .init("id", .text(step.id)), .init("title", .text(step.title)), .init("body", .html(inert(step.body))),
            .init("choices", .list(choices)),
        ])
    }
}

/// The same HTML with nothing to follow or load: `<a href=` becomes `<a data-to=`, which is no link any more, and an
/// image's path leads into the preview's own folder.
///
/// The input is our own renderer's, which writes these two attributes first and quotes them.
func inert(_ html: [UInt8]) -> [UInt8] {
    html.withUnsafeBufferPointer { buffer in
        var result: [UInt8] = []
        func copy(_ range: Range<Int>) {
            if result.isEmpty { result.reserveCapacity(buffer.count + 64) }
            result.append(contentsOf: UnsafeBufferPointer(rebasing: buffer[range]))
        }
        var copied = 0
        var index = 0
        while true {
            index = firstTag(in: buffer, from: index)
            guard index < buffer.count else { break }
            if starts(buffer, index, with: "<a href=\"") {
                copy(copied..<index)
                result.append(html: "<a data-to=\"")
                index += 9
                copied = index
            } else if starts(buffer, index, with: "<img src=\"") {
                copy(copied..<index)
                result.append(html: "<img src=\"../assets/images/")
                index += 10
                copied = index
            } else {
                index += 1
            }
        }
        if copied == 0 { return html }
        copy(copied..<buffer.count)
        return result
    }
}

private func firstTag(in html: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    html.firstIndex(from: start, marks: { $0.equal(0x3C) }, where: { $0 == 0x3C })
}

private func starts(_ html: UnsafeBufferPointer<UInt8>, _ index: Int, with prefix: StaticString) -> Bool {
    guard index + prefix.utf8CodeUnitCount <= html.count else { return false }
    for offset in 0..<prefix.utf8CodeUnitCount where html[index + offset] != prefix.utf8Start[offset] { return false }
    return true
}

/// Where the links of our own renderer's HTML lead, still escaped as HTML, in order and once each.
func linkTargets(in html: [UInt8]) -> [ArraySlice<UInt8>] {
    html.withUnsafeBufferPointer { buffer in
        var targets: [ArraySlice<UInt8>] = []
        var index = 0
        while true {
            index = firstTag(in: buffer, from: index)
            guard index < buffer.count else { return targets }
            guard starts(buffer, index, with: "<a href=\"") else {
                index += 1
                continue
            }
            index += 9
            let end = buffer[index...].firstIndex(of: 0x22) ?? buffer.count
            let target = html[index..<end]
            if !targets.contains(target) { targets.append(target) }
            index = end
        }
    }
}
