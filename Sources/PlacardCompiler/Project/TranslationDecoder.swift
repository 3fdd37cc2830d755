import DocumentSchema
import LocatedYAML
import SourceDiagnostics

/// Decodes the front matter of a translation: the texts of the template's fields, and labels, alternative texts and
/// list entries by the ids of the source.
struct TranslationDecoder {
    let file: String
    let template: TemplateDefinition
    private(set) var diagnostics: [Diagnostic] = []

    init(file: String, template: TemplateDefinition) {
        self.file = file
        self.template = template
    }

    mutating func decode(_ node: YAMLNode?, locale: String) -> Translation {
        var translation = Translation(file: file, locale: locale)
        guard let node else { return translation }
        translation.frontMatter = node
        translation.allowances = Allowance.all(in: node, file: file)
        for field in template.fields where field.name != "body" {
            guard let value = node[field.name] else { continue }
            var isMalformed = false
            if let content = decodeTranslatedField(field, value, file, isMalformed: &isMalformed, &diagnostics) {
                translation.content.fields.append(MessageField(name: field.name, content: content))
            }
            if isMalformed { translation.malformed.insert(field.name) }
        }
        if let actions = node["actions"] {
            translation.content.actions = decodeTranslatedItems(actions, text: "label", file, &diagnostics).map {
                MessageAction(id: $0.id, label: $0.text)
            }
            if actions.sequence == nil { translation.malformed.insert("actions") }
        }
        if let push = node["push"] {
            self.push(push, into: &translation)
        }
        if let names = node["identical"]?.sequence { translation.identical = Set(names.compactMap(\.text)) }
        for variable in node["variables"]?.mapping ?? .empty {
            // Of a text in its place the schema has said where it belongs.
            let fallback = variable.value["fallback"] ?? variable.value
            guard let name = variable.key.text, let text = fallback.text else { continue }
            let written = Located(value: text, file: file, span: fallback.span)
            if let diagnostic = unfitFallback(written) { diagnostics.append(diagnostic) }
            translation.fallbacks.append(
                VariableDefinition(
                    name: Located(value: name, file: file, span: variable.key.span), fallback: written,
                    written: EmbeddedText(fallback, file: file)))
        }
        return translation
    }

    private func push(_ node: YAMLNode, into translation: inout Translation) {
        var isText = node.mapping != nil
        func text(_ node: YAMLNode?) -> EmbeddedText? {
            guard let node else { return nil }
            let text = EmbeddedText(node, file: file)
            if text == nil { isText = false }
            return text?.trimmed
        }
        let fallback = node["fallback"]
        if let fallback, fallback.mapping == nil { isText = false }
        let push = PushContent(
            title: text(node["title"]), body: text(node["body"]), titleFallback: text(fallback?["title"]),
            bodyFallback: text(fallback?["body"]))
        if push.title != nil || push.body != nil || push.titleFallback != nil || push.bodyFallback != nil {
            translation.content.push = push
        }
        if !isText { translation.malformed.insert("push") }
    }
}
