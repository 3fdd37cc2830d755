import CanonicalJSON
import PlacardText

// A locale file holds thousands of texts that are canonical JSON already, so that it is put
// together from bytes. `LocaleFile` in PlacardBundle reads the same shape; a test holds the two together.

/// A locale file, in canonical JSON.
///
/// - Parameter messages: in the order of their ids.
func localeFileBytes(locale: String, messages: [(id: String, localization: Localization)]) -> [UInt8] {
    var writer = CanonicalWriter()
    writer.bytes.reserveCapacity(
        messages.reduce(128) { $0 + $1.localization.byteCount + $1.id.utf8.count + 128 })
    writer.object { writer in
        writer.key("locale")
        writer.value(locale)
        writer.key("messages")
        writer.object { writer in
            for message in messages {
                writer.key(message.id)
                write(message.localization, &writer)
            }
        }
        writer.key("schema")
        writer.value("placard/locale/1")
    }
    return writer.bytes
}

/// One message of a locale file.
private func write(_ localization: Localization, _ writer: inout CanonicalWriter) {
    let texts = localization.texts
    let variants = localization.variants
    writer.object { writer in
        writeActions(texts, &writer)
        writer.key("direction")
        writer.value(localization.isRightToLeft ? "rtl" : "ltr")
        if !texts.fallbacks.isEmpty {
            writer.key("fallbacks")
            writer.object { writer in
                for fallback in texts.fallbacks.sorted(by: { canonicalKeyPrecedes($0.name, $1.name) }) {
                    writer.key(fallback.name)
                    writer.value(fallback.text)
                }
            }
        }
        writeFields(texts, &writer)
        writer.key("locale")
        writer.value(localization.locale)
        writePush(texts, &writer)
        writeSteps(texts, &writer)
        guard !variants.isEmpty else { return }
        writer.key("variants")
        writer.object { writer in
            for variant in variants.sorted(by: { canonicalKeyPrecedes($0.id, $1.id) }) {
                writer.key(variant.id)
                writer.object { writer in
                    writeActions(variant.texts, &writer)
                    writeFields(variant.texts, &writer)
                    writePush(variant.texts, &writer)
                    writeSteps(variant.texts, &writer)
                }
            }
        }
    }
}

private func writeActions(_ texts: MessageTexts, _ writer: inout CanonicalWriter) {
    guard !texts.labels.isEmpty else { return }
    writer.key("actions")
    writer.object { writer in
        for label in texts.labels.sorted(by: { canonicalKeyPrecedes($0.id, $1.id) }) {
            writer.key(label.id)
            writer.object { writer in
                writer.key("label")
                writer.value(label.text.text)
            }
        }
    }
}

/// The fields but for a conversation, whose steps stand beside them.
private func writeFields(_ texts: MessageTexts, _ writer: inout CanonicalWriter) {
    func isConversation(_ field: MessageTexts.Field) -> Bool {
        if case .conversation = field.content { true } else { false }
    }
    guard texts.fields.contains(where: { !isConversation($0) }) else { return }
    writer.key("fields")
    writer.object { writer in
        for field in texts.fields where !isConversation(field) {
            writer.key(field.name)
            write(field.content, &writer)
        }
    }
}

private func write(_ content: MessageTexts.Field.Content, _ writer: inout CanonicalWriter) {
    switch content {
    case .text(let text): writer.value(text.text)
    case .body(let text): writeBody(html: text.html, text: text.text, mdast: text.mdast, &writer)
    case .conversation: break
    case .alternative(let text):
        writer.object { writer in
            writer.key("alt")
            writer.value(text.text)
        }
    case .list(let items):
        writer.array { writer in
            for item in items {
                writer.separate()
                writer.object { writer in
                    writer.key("id")
                    writer.value(item.id)
                    writer.key("text")
                    writer.value(item.text.text)
                }
            }
        }
    }
}

private func writePush(_ texts: MessageTexts, _ writer: inout CanonicalWriter) {
    guard let push = texts.push else { return }
    writer.key("push")
    writer.object { writer in
        writer.key("body")
        writer.value(push.body.text)
        if let title = push.title {
            writer.key("title")
            writer.value(title.text)
        }
    }
}

/// A body in the forms that were asked for.
private func writeBody(html: [UInt8], text: [UInt8], mdast: [UInt8], _ writer: inout CanonicalWriter) {
    writer.object { writer in
        if !html.isEmpty {
            writer.key("html")
            writer.value(html)
        }
        if !mdast.isEmpty {
            writer.key("mdast")
            writer.value(mdast)
        }
        if !text.isEmpty {
            writer.key("text")
            writer.value(text)
        }
    }
}

private func writeSteps(_ texts: MessageTexts, _ writer: inout CanonicalWriter) {
    for field in texts.fields {
        guard case .conversation(_, let steps) = field.content else { continue }
        writer.key("steps")
        writer.array { writer in
            for step in steps {
                writer.separate()
                write(step, &writer)
            }
        }
        return
    }
}

private func write(_ step: ConversationStep, _ writer: inout CanonicalWriter) {
    writer.object { writer in
        writer.key("body")
        writeBody(html: step.html, text: step.text, mdast: step.mdast, &writer)
        // As everywhere in a bundle, what is empty is left out.
        if !step.choices.isEmpty {
            writer.key("choices")
            writer.array { writer in
                for choice in step.choices {
                    writer.separate()
                    writer.object { writer in
                        writer.key("label")
                        writer.value(choice.label)
                        writer.key("step")
                        writer.value(choice.step)
                    }
                }
            }
        }
        writer.key("id")
        writer.value(step.id)
        writer.key("title")
        writer.value(step.title)
    }
}

extension Localization {
    /// About as many bytes as it takes in a locale file.
    fileprivate var byteCount: Int { variants.reduce(texts.byteCount) { $0 + $1.texts.byteCount } }
}

extension MessageTexts {
    /// Bytes of all texts in all forms.
    fileprivate var byteCount: Int {
        var count = 0
        for field in fields {
            switch field.content {
            case .text(let text), .body(let text), .alternative(let text):
                count += text.html.count + text.text.count + text.mdast.count + 64
            case .conversation(let text, _): count += (text.html.count + text.text.count + text.mdast.count) * 2
            case .list(let items): for item in items { count += item.text.text.count + 64 }
            }
        }
        for label in labels { count += label.text.text.count + 64 }
        for text in push?.all ?? [] { count += text.text.count + 64 }
        return count
    }
}
