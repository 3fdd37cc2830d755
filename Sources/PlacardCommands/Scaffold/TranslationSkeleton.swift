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
    for field in message.texts where field.text.file == message.file {
        lines.append("\(field.name): \(yamlScalar(field.text.text))")
    }
    for image in message.images {
        guard let alt = image.alt, alt.file == message.file else { continue }
        lines.append("\(image.name): {alt: \(yamlScalar(alt.text, inFlow: true))}")
    }
    for list in message.lists where !list.items.isEmpty {
        lines.append("\(list.name):")
        for item in list.items {
            lines.append(
                "  - {id: \(yamlScalar(item.id.value, inFlow: true)), text: \(yamlScalar(item.text.text, inFlow: true))}"
            )
        }
    }
    let words = message.variables.filter { !addressVariables.contains($0.name.value) }
    let fallbacks = words.compactMap { variable in
        variable.fallback.map { "  \(variable.name.value): {fallback: \(yamlScalar($0.value, inFlow: true))}" }
    }
    if !fallbacks.isEmpty { lines += ["variables:"] + fallbacks }
    if !message.actions.isEmpty {
        lines.append("actions:")
        for action in message.actions {
            lines.append(
                "  - {id: \(yamlScalar(action.id.value, inFlow: true)), label: \(yamlScalar(action.label.text, inFlow: true))}"
            )
        }
    }
    if let push = message.push, push.body.file == message.file {
        lines.append("push:")
        if let title = push.title { lines.append("  title: \(yamlScalar(title.text))") }
        lines.append("  body: \(yamlScalar(push.body.text))")
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
