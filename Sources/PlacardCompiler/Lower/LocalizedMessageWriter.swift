import CanonicalJSON
import PlacardText

// A locale file holds thousands of texts that are canonical JSON already, so that it is put
// together from bytes. `LocaleFile` in PlacardBundle reads the same shape; a test holds the two together.

/// A locale file, in canonical JSON.
///
/// - Parameter messages: in the order of their ids.
func localeFileBytes(locale: String, messages: [(id: String, localization: LoweredLocalization)]) -> [UInt8] {
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
private func write(_ localization: LoweredLocalization, _ writer: inout CanonicalWriter) {
    let content = localization.content
    let variants = localization.variants
    writer.object { writer in
        writeActions(content, &writer)
        writer.key("direction")
        writer.value(localization.isRightToLeft ? "rtl" : "ltr")
        if !localization.fallbacks.isEmpty {
            writer.key("fallbacks")
            writer.object { writer in
                for fallback in localization.fallbacks.sorted(by: { canonicalKeyPrecedes($0.name, $1.name) }) {
                    writer.key(fallback.name)
                    writer.value(fallback.text)
                }
            }
        }
        writeFields(content, &writer)
        writer.key("locale")
        writer.value(localization.locale)
        writePush(content, &writer)
        writeSteps(content, &writer)
        guard !variants.isEmpty else { return }
        writer.key("variants")
        writer.object { writer in
            for variant in variants.sorted(by: { canonicalKeyPrecedes($0.id, $1.id) }) {
                writer.key(variant.id)
                writer.object { writer in
                    writeActions(variant.content, &writer)
                    writeFields(variant.content, &writer)
                    writePush(variant.content, &writer)
                    writeSteps(variant.content, &writer)
                }
            }
        }
    }
}

private func writeActions(_ content: MessageContent<CompiledText>, _ writer: inout CanonicalWriter) {
    let actions = content.actions.filter { $0.label != nil }
    guard !actions.isEmpty else { return }
    writer.key("actions")
    writer.object { writer in
        for action in actions.sorted(by: { canonicalKeyPrecedes($0.id.value, $1.id.value) }) {
            guard let label = action.label else { continue }
            writer.key(action.id.value)
            writer.object { writer in
                writer.key("label")
                writer.value(label.text)
            }
        }
    }
}

extension FieldContent {
    /// Whether a locale file has it among the fields: a conversation's steps stand beside them, and what no language changes
    /// is in the catalog.
    fileprivate var isLocalizedField: Bool {
        switch self {
        case .text, .markdown, .list: true
        case .image(let image): image.alt != nil
        case .conversation, .url, .value: false
        }
    }
}

private func writeFields(_ content: MessageContent<CompiledText>, _ writer: inout CanonicalWriter) {
    guard content.fields.contains(where: { $0.content.isLocalizedField }) else { return }
    writer.key("fields")
    writer.object { writer in
        for field in content.fields where field.content.isLocalizedField {
            writer.key(field.name)
            write(field.content, &writer)
        }
    }
}

private func write(_ content: FieldContent<CompiledText>, _ writer: inout CanonicalWriter) {
    switch content {
    case .text(let text): writer.value(text.text)
    case .markdown(let text):
        writeBody(html: text.html, text: text.text, mdast: text.mdast, &writer)
    case .image(let image):
        writer.object { writer in
            writer.key("alt")
            writer.value(image.alt?.text ?? [])
        }
    case .list(let list):
        writer.array { writer in
            for item in list.items {
                writer.separate()
                writer.object { writer in
                    writer.key("id")
                    writer.value(item.id.value)
                    writer.key("text")
                    writer.value(item.text.text)
                }
            }
        }
    case .conversation, .url, .value: break
    }
}

private func writePush(_ content: MessageContent<CompiledText>, _ writer: inout CanonicalWriter) {
    guard let push = content.push, let body = push.body else { return }
    writer.key("push")
    writer.object { writer in
        writer.key("body")
        writer.value(body.text)
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

private func writeSteps(_ content: MessageContent<CompiledText>, _ writer: inout CanonicalWriter) {
    for field in content.fields {
        guard case .conversation(let text) = field.content else { continue }
        writer.key("steps")
        writer.array { writer in
            for step in text.steps {
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

extension LoweredLocalization {
    /// About as many bytes as it takes in a locale file.
    fileprivate var byteCount: Int {
        var count = 0
        for content in contents {
            content.visit { _, text in
                count += (text.html.count + text.text.count + text.mdast.count) * (text.steps.isEmpty ? 1 : 2) + 64
            }
        }
        return count
    }
}
