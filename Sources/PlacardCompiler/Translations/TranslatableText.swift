import ByteText
import PlacardText
import SourceDiagnostics

/// A text that is translated by itself: a text of the front matter, a label, a body.
///
/// An object, as it is held in one array beside another again and again.
final class TranslatableText: Sendable {
    /// Its path among the texts of its message: `title`, `image.alt`, `actions.view`, `push.fallback.body`,
    /// `variables.user.first_name`, `body`.
    let name: String
    /// As it stands in its file.
    let written: EmbeddedText
    /// What it was compiled to; nil for words that are no message, such as a fallback.
    let compiled: CompiledText?
    /// Its words, without placeholders.
    let literal: LiteralText

    init(name: String, written: EmbeddedText, compiled: CompiledText?) {
        self.name = name
        self.written = written
        self.compiled = compiled
        literal = LiteralText(written.bytes)
    }

    /// Whether it may have several blocks, which are units of their own.
    var isDocument: Bool { name == "body" }
}

extension MessageDefinition {
    /// The texts that translations translate, in the order of their names, without those that did not compile.
    ///
    /// - Parameter texts: what they were compiled to.
    func translatableTexts(_ texts: MessageTexts) -> [TranslatableText] {
        var written = WrittenTexts()
        for field in self.texts { written.add(field.name, field.text) }
        for image in images { written.add(image.name, image.alt) }
        for list in lists {
            for item in list.items { written.add("\(list.name).\(item.id.value)", item.text) }
        }
        for action in actions { written.add("actions.\(action.id.value)", action.label) }
        written.add("push.title", push?.title)
        written.add("push.body", push?.body)
        written.add("push.fallback.title", push?.titleFallback)
        written.add("push.fallback.body", push?.bodyFallback)
        written.add("body", body)
        return written.texts(texts, fallbacks: variables)
    }
}

extension Translation {
    /// The texts that it gives, in the order of their names, without those that did not compile.
    func translatableTexts(_ texts: MessageTexts) -> [TranslatableText] {
        var written = WrittenTexts()
        for field in self.texts { written.add(field.name, field.text) }
        for field in alternatives { written.add(field.name, field.text) }
        for list in lists {
            for item in list.items { written.add("\(list.name).\(item.id.value)", item.text) }
        }
        for label in labels { written.add("actions.\(label.id.value)", label.text) }
        written.add("push.title", pushTitle)
        written.add("push.body", pushBody)
        written.add("push.fallback.title", pushTitleFallback)
        written.add("push.fallback.body", pushBodyFallback)
        written.add("body", body)
        return written.texts(texts, fallbacks: fallbacks)
    }
}

/// Texts as they are written, by name; few, among which looking is quicker than a table.
private struct WrittenTexts {
    private var all: [(name: String, text: EmbeddedText)] = []
    private var places: [String: Int] = [:]

    mutating func add(_ name: String, _ text: EmbeddedText?) {
        guard let text else { return }
        all.append((name, text))
        if all.count > 16 {
            if places.isEmpty { for index in all.indices { places[all[index].name] = index } }
            places[name] = all.count - 1
        }
    }

    private func text(_ name: String) -> EmbeddedText? {
        if !places.isEmpty { return places[name].map { all[$0].text } }
        return all.first { $0.name == name }?.text
    }

    /// Those that were compiled, with what they were compiled to.
    func texts(_ compiled: MessageTexts, fallbacks: [VariableDefinition]) -> [TranslatableText] {
        var result: [TranslatableText] = []
        func add(_ name: String, _ text: CompiledText?, at written: String? = nil) {
            guard let text, let source = self.text(written ?? name) else { return }
            result.append(TranslatableText(name: name, written: source, compiled: text))
        }
        for field in compiled.fields {
            switch field.content {
            case .text(let text), .body(let text), .conversation(let text, _): add(field.name, text)
            case .alternative(let text): add(field.name + ".alt", text, at: field.name)
            case .list(let items): for item in items { add("\(field.name).\(item.id)", item.text) }
            }
        }
        for label in compiled.labels { add("actions.\(label.id)", label.text) }
        add("push.title", compiled.push?.title)
        add("push.body", compiled.push?.body)
        add("push.fallback.title", compiled.push?.titleFallback)
        add("push.fallback.body", compiled.push?.bodyFallback)
        for variable in fallbacks {
            guard let written = variable.written else { continue }
            result.append(TranslatableText(name: "variables.\(variable.name.value)", written: written, compiled: nil))
        }
        let isInOrder = result.indices.dropFirst().allSatisfy { !utf8Less(result[$0].name, result[$0 - 1].name) }
        if !isInOrder { result.sort { utf8Less($0.name, $1.name) } }
        return result
    }
}
