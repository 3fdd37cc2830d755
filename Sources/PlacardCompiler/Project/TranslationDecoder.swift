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
        for place in template.fields.indices {
            guard let value = node[template.fields[place].name], template.fields[place].name != "body" else { continue }
            let field = template.fields[place]
            switch field.kind {
            case .text, .markdown:
                if let text = EmbeddedText(value, file: file)?.trimmed {
                    translation.texts.append(TextField(name: field.name, text: text))
                } else {
                    translation.misshapen.insert(field.name)
                }
            case .image:
                if value.mapping == nil { translation.misshapen.insert(field.name) }
                if let text = value["alt"].flatMap({ EmbeddedText($0, file: file) })?.trimmed {
                    translation.alternatives.append(TextField(name: field.name, text: text))
                }
            case .list:
                translation.lists.append(
                    ListField(name: field.name, items: items(value, text: "text"), label: Label(file: file, value.span))
                )
                if value.sequence == nil { translation.misshapen.insert(field.name) }
            case .url, .bool, .int, .color, .enumeration: break
            }
        }
        if let actions = node["actions"] {
            translation.labels = items(actions, text: "label")
            if actions.sequence == nil { translation.misshapen.insert("actions") }
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
            if let finding = unfitFallback(written) { diagnostics.append(finding) }
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
        translation.pushTitle = text(node["title"])
        translation.pushBody = text(node["body"])
        let fallback = node["fallback"]
        if let fallback, fallback.mapping == nil { isText = false }
        translation.pushTitleFallback = text(fallback?["title"])
        translation.pushBodyFallback = text(fallback?["body"])
        if !isText { translation.misshapen.insert("push") }
    }

    private mutating func items(_ node: YAMLNode, text key: String) -> [ListField.Item] {
        var items: [ListField.Item] = []
        var places = FirstPlaces()
        for item in node.sequence ?? .empty {
            guard let idNode = item["id"], let id = idNode.text,
                let text = item[key].flatMap({ EmbeddedText($0, file: file) })?.trimmed
            else { continue }
            if let first = places.note(id, at: idNode.span) {
                diagnostics.append(
                    Diagnostic(
                        "translation/duplicate-entry", "the id \(id) is translated twice",
                        at: Label(file: file, idNode.span),
                        secondary: [Label(file: file, first, "the first one")]))
                continue
            }
            items.append(ListField.Item(id: Located(value: id, file: file, span: idNode.span), text: text))
        }
        return items
    }
}
