import PlacardCompiler
import SourceDiagnostics

/// What a translator writes over: the texts of `message` as they stand in its source file.
///
/// Only what the file itself says; what it inherits from `_defaults.yaml` is translated there.
///
/// - Parameter addressVariables: variables that stand in addresses alone, whose fallbacks are no words.
func translationSkeleton(
    _ message: MessageDefinition, source: [UInt8], addressVariables: Set<String> = []
) -> String {
    var lines = ["---"]
    let fields = message.content.fields
    lines +=
        fields.compactMap { textLine($0, of: message.file) } + fields.compactMap { imageLine($0, of: message.file) }
    lines += fields.flatMap(listLines)
    let words = message.variables.filter { !addressVariables.contains($0.name.value) }
    let fallbacks = words.compactMap { variable in
        variable.fallback.map { "  \(variable.name.value): {fallback: \(yamlScalar($0.value, inFlow: true))}" }
    }
    if !fallbacks.isEmpty { lines += ["variables:"] + fallbacks }
    let actions = message.content.actions
    if !actions.isEmpty {
        lines.append("actions:")
        for action in actions {
            lines.append(
                "  - {id: \(yamlScalar(action.id.value, inFlow: true)), label: \(yamlScalar(action.label?.text ?? "", inFlow: true))}"
            )
        }
    }
    if let push = message.content.push, let body = push.body, body.file == message.file {
        lines.append("push:")
        if let title = push.title { lines.append("  title: \(yamlScalar(title.text))") }
        lines.append("  body: \(yamlScalar(body.text))")
        let fallbacks = [("title", push.titleFallback), ("body", push.bodyFallback)]
        if fallbacks.contains(where: { $0.1 != nil }) { lines.append("  fallback:") }
        for case (let name, let text?) in fallbacks { lines.append("    \(name): \(yamlScalar(text.text))") }
    }
    lines.append("---")
    var text = lines.joined(separator: "\n") + "\n"
    if let body = message.body {
        let bytes = source[min(body.span.start, source.count)..<min(body.span.end, source.count)]
        text += String(decoding: bytes, as: UTF8.self)
    }
    return text.hasSuffix("\n") ? text : text + "\n"
}

private func textLine(_ field: MessageField<EmbeddedText>, of file: String) -> String? {
    switch field.content {
    case .text(let text), .markdown(let text):
        field.name == "body" || text.file != file ? nil : "\(field.name): \(yamlScalar(text.text))"
    case .conversation, .image, .list, .url, .value: nil
    }
}

private func imageLine(_ field: MessageField<EmbeddedText>, of file: String) -> String? {
    guard case .image(let image) = field.content, let alt = image.alt, alt.file == file else { return nil }
    return "\(field.name): {alt: \(yamlScalar(alt.text, inFlow: true))}"
}

private func listLines(_ field: MessageField<EmbeddedText>) -> [String] {
    guard case .list(let list) = field.content, !list.items.isEmpty else { return [] }
    return ["\(field.name):"]
        + list.items.map { item in
            "  - {id: \(yamlScalar(item.id.value, inFlow: true)), text: \(yamlScalar(item.text.text, inFlow: true))}"
        }
}
