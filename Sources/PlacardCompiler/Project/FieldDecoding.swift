import CanonicalJSON
import DocumentSchema
import LocatedYAML
import PlacardBundle
import PlacardText
import SourceDiagnostics

// What a field of a template holds in front matter: in a message's, and in a translation's. What a schema has refused is passed
// over.

/// The content of a field of a message; nil when it cannot be read, which its schema has reported.
///
/// - Parameter diagnostics: gains what only the list's entries together tell.
func decodeField(
    _ field: FieldDefinition, _ node: YAMLNode, _ file: String, _ diagnostics: inout [Diagnostic]
) -> FieldContent<EmbeddedText>? {
    switch field.kind {
    case .text: return EmbeddedText(node, file: file).map { .text($0.trimmed) }
    // Only the body is a conversation.
    case .markdown: return EmbeddedText(node, file: file).map { .markdown($0.trimmed) }
    case .image: return image(node, file).map { .image($0) }
    case .list:
        let items = decodeItems(node, text: "text", file, &diagnostics) { id, first in
            .duplicateItem(id.value, of: field.name, at: id.label, first: Label(file: file, first, "the first one"))
        }
        return .list(
            ListContent(items: items, label: Label(file: file, node.span), written: node.sequence?.count ?? 0))
    case .url: return EmbeddedText(node, file: file).map { .url($0) }
    case .bool, .int, .string, .enumeration: return (try? fieldValue(node, field.kind).get()).map { .value($0) }
    }
}

/// The content of a field of a translation; nil where nothing is translated.
///
/// - Parameter isMalformed: becomes true of a value that is no text, list or mapping as it should be.
func decodeTranslatedField(
    _ field: FieldDefinition, _ node: YAMLNode, _ file: String, isMalformed: inout Bool,
    _ diagnostics: inout [Diagnostic]
) -> FieldContent<EmbeddedText>? {
    switch field.kind {
    case .text, .markdown:
        guard let text = EmbeddedText(node, file: file)?.trimmed else {
            isMalformed = true
            return nil
        }
        return field.kind == .text ? .text(text) : .markdown(text)
    case .image:
        isMalformed = node.mapping == nil
        return node["alt"].flatMap { EmbeddedText($0, file: file) }.map { .image(ImageContent(alt: $0.trimmed)) }
    case .list:
        isMalformed = node.sequence == nil
        let items = decodeTranslatedItems(node, text: "text", file, &diagnostics)
        return .list(ListContent(items: items, label: Label(file: file, node.span)))
    case .url, .bool, .int, .string, .enumeration: return nil
    }
}

/// The body as the content of its field.
func bodyContent(_ field: FieldDefinition, _ body: EmbeddedText) -> FieldContent<EmbeddedText> {
    if case .markdown(_, conversation: true) = field.kind { .conversation(body) } else { .markdown(body) }
}

/// The texts of a translation by their ids, such as labels and entries of lists.
func decodeTranslatedItems(
    _ node: YAMLNode, text key: String, _ file: String, _ diagnostics: inout [Diagnostic]
) -> [ListContent<EmbeddedText>.Item] {
    decodeItems(node, text: key, file, &diagnostics) { id, first in
        .translatedTwice(id.value, at: id.label, first: Label(file: file, first, "the first one"))
    }
}

/// The entries of a list, each with an id and a text.
///
/// - Parameter duplicate: what is said of an id that an entry at another place has already.
private func decodeItems(
    _ node: YAMLNode, text key: String, _ file: String, _ diagnostics: inout [Diagnostic],
    duplicate: (Located<String>, Span) -> Diagnostic
) -> [ListContent<EmbeddedText>.Item] {
    var items: [ListContent<EmbeddedText>.Item] = []
    var places = FirstPlaces()
    for item in node.sequence ?? .empty {
        guard let idNode = item["id"], let id = idNode.text,
            let text = item[key].flatMap({ EmbeddedText($0, file: file) })?.trimmed
        else { continue }
        let located = Located(value: id, file: file, span: idNode.span)
        if let first = places.note(id, at: idNode.span) {
            diagnostics.append(duplicate(located, first))
            continue
        }
        items.append(ListContent.Item(id: located, text: text))
    }
    return items
}

private func image(_ node: YAMLNode, _ file: String) -> ImageContent<EmbeddedText>? {
    guard let source = node["src"], let path = source.text else { return nil }
    var image = ImageSource(
        asset: path, written: Located(value: path, file: file, span: source.span),
        isDecoration: node["alt"]?.text == "")
    // An inherited image lies beside the file that names it.
    if let asset = assetPath(path, in: image.folder) { image.asset = asset }
    let alt = node["alt"].flatMap { $0.text == "" ? nil : EmbeddedText($0, file: file)?.trimmed }
    return ImageContent(source: image, alt: alt)
}

/// A front matter value of a field that is not text.
func fieldValue(_ node: YAMLNode, _ kind: FieldDefinition.Kind) -> Result<FixedValue, AttributeValueProblem> {
    func problem(_ message: String, notes: [String] = []) -> Result<FixedValue, AttributeValueProblem> {
        .failure(AttributeValueProblem(span: node.span, message: message, notes: notes))
    }
    switch kind {
    case .bool: return attributeValue(node, .bool).map { .bool($0 == .bool(true)) }
    case .int(let range):
        guard let number = node.integer else { return attributeValue(node, .int).map { _ in .int(0) } }
        guard range.contains(number) else {
            return problem("is \(number), outside \(range.lowerBound) to \(range.upperBound)")
        }
        return .success(.int(number))
    case .enumeration(let values):
        return attributeValue(node, .string, allowed: values).map { .string($0.string ?? "") }
    case .string(let format):
        let wrong = format.problem(node.text ?? "")
        guard let text = node.text, wrong == nil else {
            return problem("is not \(format.name)", notes: wrong?.notes ?? [])
        }
        // One spelling for clients to compare.
        return .success(.string(format == .color ? text.lowercased() : text))
    case .url: return attributeValue(node, .url).map { .string($0.string ?? "") }
    case .text, .markdown: return attributeValue(node, .string).map { .string($0.string ?? "") }
    case .image, .list: return problem("cannot be given: images and lists have no default")
    }
}
