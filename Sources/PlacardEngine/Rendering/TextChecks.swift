import ByteText
import CanonicalJSON
import MessageFormat
import PlacardBundle

// Texts with places for values are read when they are shown. A build reads them before it writes them, with the same reader.

extension LocaleFile {
    /// Reads every text as it is read when values are put into it.
    ///
    /// - Throws: ``BundleError`` for the first that is no message.
    public func checkTexts() throws(BundleError) {
        for message in messages {
            do throws(BundleError) {
                try check(message.value.content)
                for fallback in message.value.fallbacks { try check(fallback.value) }
                for variant in message.value.variants { try check(variant.value) }
            } catch {
                throw BundleError(path: "/messages/\(message.name)" + error.path, error.message)
            }
        }
    }
}

extension Catalog {
    /// Reads every address and thread as ``PlacardBundle/LocaleFile/checkTexts()`` does.
    public func checkTexts() throws(BundleError) {
        for message in messages {
            do throws(BundleError) {
                for text in [message.thread, message.push?.link] { if let text { try check(text) } }
                try check(message.actions, message.fields)
                for variant in message.experiment?.variants ?? [] { try check(variant.actions ?? [], variant.fields) }
            } catch {
                throw BundleError(path: "/messages/\(message.id)" + error.path, error.message)
            }
        }
    }
}

extension PushData {
    /// Reads every text as ``PlacardBundle/LocaleFile/checkTexts()`` does.
    public func checkTexts() throws(BundleError) {
        for text in [title, body, link, thread] { if let text { try check(text) } }
    }
}

private func check(_ content: LocalizedContent) throws(BundleError) {
    for field in content.fields {
        switch field.value {
        case .text(let text), .image(let text): try check(text)
        case .body(let body): try check(body)
        case .list(let items): for item in items { try check(item.text) }
        }
    }
    for action in content.actions { try check(action.value) }
    for step in content.steps ?? [] {
        try check(step.title)
        try check(step.body)
        for choice in step.choices { try check(choice.label) }
    }
    guard let push = content.push else { return }
    if let title = push.title { try check(title) }
    try check(push.body)
}

private func check(_ actions: [BundleAction], _ fields: SortedMap<FieldValue>) throws(BundleError) {
    for action in actions { if case .open(let url) = action.kind { try check(url) } }
    for field in fields { if case .url(let url) = field.value { try check(url) } }
}

private func check(_ body: LocalizedBody) throws(BundleError) {
    if let html = body.html { try check(html) }
    if let text = body.text { try check(text) }
    // What is one string in another format holds no message in its tree either.
    for case .plain? in [body.html, body.text] { return }
    if let tree = body.mdast { try check(tree: tree) }
}

private func check(_ text: BundleText) throws(BundleError) {
    if case .message(let json) = text { try check(message: json) }
}

private func check(message json: JSONValue) throws(BundleError) {
    do throws(DataModelError) { _ = try Message(json: json) } catch {
        throw BundleError(path: error.path, error.message)
    }
}

/// A Markdown tree; see `TreeRenderer` for where messages stand in it.
private func check(tree json: JSONValue) throws(BundleError) {
    try check(node: json, json["declarations"]?.array ?? [])
}

private func check(node json: JSONValue, _ declarations: [JSONValue]) throws(BundleError) {
    switch json {
    case .array(let elements): for element in elements { try check(node: element, declarations) }
    case .object(let object):
        // What is no message is looked through; most nodes are words.
        if let type = object["type"]?.string {
            if sameBytes(type, "expression") {
                return try check(
                    message: ["type": "message", "declarations": .array(declarations), "pattern": .array([json])])
            }
            let isMessage = sameBytes(type, "message") && object["pattern"]?.array != nil
            let isSelect = sameBytes(type, "select") && object["variants"]?.array?.first?["value"]?.array != nil
            if isMessage || isSelect { return try check(message: json) }
        }
        for member in object.members where !sameBytes(member.key, "declarations") {
            switch member.value {
            case .array, .object: try check(node: member.value, declarations)
            default: break
            }
        }
    default: break
    }
}
