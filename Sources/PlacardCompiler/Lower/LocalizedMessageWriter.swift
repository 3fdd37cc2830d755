import CanonicalJSON
import PlacardText

// A locale file holds thousands of texts that are canonical JSON already, so that it is put
// together from bytes. `LocaleFile` in PlacardBundle reads the same shape; a test holds the two together.

/// The members of a JSON object whose values are canonical bytes.
struct ObjectBytes {
    private var members: [(key: String, value: [UInt8])] = []

    mutating func add(_ key: String, _ value: [UInt8]) {
        members.append((key, value))
    }

    mutating func add(_ key: String, _ value: String) {
        var bytes: [UInt8] = []
        appendCanonical(string: value, to: &bytes)
        members.append((key, bytes))
    }

    /// Adds an object unless it is empty.
    mutating func add(_ key: String, _ object: ObjectBytes) {
        if !object.members.isEmpty { add(key, object.bytes) }
    }

    var isEmpty: Bool { members.isEmpty }

    /// The object in canonical form.
    var bytes: [UInt8] {
        var bytes: [UInt8] = [0x7B]
        let sorted = members.sorted { canonicalKeyPrecedes($0.key, $1.key) }
        bytes.reserveCapacity(sorted.reduce(2) { $0 + $1.key.utf8.count + $1.value.count + 4 })
        for (index, member) in sorted.enumerated() {
            if index > 0 { bytes.append(0x2C) }
            appendCanonical(string: member.key, to: &bytes)
            bytes.append(0x3A)
            bytes.append(contentsOf: member.value)
        }
        bytes.append(0x7D)
        return bytes
    }
}

/// A JSON array of canonical bytes.
private func arrayBytes(_ elements: [[UInt8]]) -> [UInt8] {
    var bytes: [UInt8] = [0x5B]
    for (index, element) in elements.enumerated() {
        if index > 0 { bytes.append(0x2C) }
        bytes.append(contentsOf: element)
    }
    bytes.append(0x5D)
    return bytes
}

/// One message of a locale file, in canonical JSON.
///
/// - Parameters:
///   - locale: the language the texts are in.
///   - texts: the message's own.
///   - variants: what each variant changes, by id.
func localizedMessageBytes(
    locale: String, isRightToLeft: Bool, texts: MessageTexts, variants: [(id: String, texts: MessageTexts)]
) -> [UInt8] {
    var message = contentBytes(texts)
    message.add("locale", locale)
    message.add("direction", isRightToLeft ? "rtl" : "ltr")
    var fallbacks = ObjectBytes()
    for fallback in texts.fallbacks { fallbacks.add(fallback.name, fallback.text) }
    message.add("fallbacks", fallbacks)
    var changes = ObjectBytes()
    for variant in variants { changes.add(variant.id, contentBytes(variant.texts)) }
    message.add("variants", changes)
    return message.bytes
}

private func contentBytes(_ texts: MessageTexts) -> ObjectBytes {
    var content = ObjectBytes()
    var fields = ObjectBytes()
    for field in texts.fields {
        switch field.content {
        case .text(let text): fields.add(field.name, text.text)
        case .body(let text): fields.add(field.name, bodyBytes(html: text.html, text: text.text, mdast: text.mdast))
        case .conversation(_, let steps): content.add("steps", arrayBytes(steps.map(stepBytes)))
        case .alternative(let text):
            var image = ObjectBytes()
            image.add("alt", text.text)
            fields.add(field.name, image)
        case .list(let items):
            fields.add(
                field.name,
                arrayBytes(
                    items.map { item in
                        var object = ObjectBytes()
                        object.add("id", item.id)
                        object.add("text", item.text.text)
                        return object.bytes
                    }))
        }
    }
    content.add("fields", fields)
    var actions = ObjectBytes()
    for label in texts.labels {
        var action = ObjectBytes()
        action.add("label", label.text.text)
        actions.add(label.id, action)
    }
    content.add("actions", actions)
    return content
}

/// A body in the forms that were asked for.
private func bodyBytes(html: [UInt8], text: [UInt8], mdast: [UInt8]) -> [UInt8] {
    var body = ObjectBytes()
    for (name, bytes) in [("html", html), ("mdast", mdast), ("text", text)] where !bytes.isEmpty {
        body.add(name, bytes)
    }
    return body.bytes
}

private func stepBytes(_ step: ConversationStep) -> [UInt8] {
    var object = ObjectBytes()
    object.add("id", step.id)
    object.add("title", step.title)
    object.add("body", bodyBytes(html: step.html, text: step.text, mdast: step.mdast))
    let choices = step.choices.map { choice in
        var object = ObjectBytes()
        object.add("label", choice.label)
        object.add("step", choice.step)
        return object.bytes
    }
    // As everywhere in a bundle, what is empty is left out.
    if !choices.isEmpty { object.add("choices", arrayBytes(choices)) }
    return object.bytes
}

/// A locale file, in canonical JSON; the messages in the order of their ids.
func localeFileBytes(locale: String, messages: [(id: String, bytes: [UInt8])]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(messages.reduce(128) { $0 + $1.bytes.count + $1.id.utf8.count + 4 })
    bytes.append(contentsOf: "{\"locale\":".utf8)
    appendCanonical(string: locale, to: &bytes)
    bytes.append(contentsOf: ",\"messages\":{".utf8)
    for (index, message) in messages.enumerated() {
        if index > 0 { bytes.append(0x2C) }
        appendCanonical(string: message.id, to: &bytes)
        bytes.append(0x3A)
        bytes.append(contentsOf: message.bytes)
    }
    bytes.append(contentsOf: "},\"schema\":\"placard/locale/1\"}".utf8)
    return bytes
}
