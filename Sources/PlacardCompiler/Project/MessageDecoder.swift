import CanonicalJSON
import DocumentSchema
import LocatedYAML
import PlacardBundle
import PlacardText
import SourceDiagnostics

/// A mapping of front matter with the file it stands in.
struct FrontMatterLayer: Sendable {
    var node: YAMLNode
    var file: String
    /// The places of a `_defaults.yaml` that no template allows, which have been reported.
    var refused: Set<Span> = []
}

/// Decodes the front matter of a message in the source locale: its own, then that of each `_defaults.yaml` above it.
///
/// ``decode(id:file:folder:template:)`` stands beside ``MessageDefinition``, key by key; here is how a key is found, and those that
/// take more than a line.
///
/// What the schema has refused is passed over here, so that one defect gives one diagnostic.
struct MessageDecoder {
    /// The nearest first.
    let layers: [FrontMatterLayer]
    let project: ProjectDefinition
    var diagnostics: [Diagnostic] = []

    init(layers: [FrontMatterLayer], project: ProjectDefinition) {
        self.layers = layers
        self.project = project
    }

    /// The nearest value of `key`, and its file.
    func entry(_ key: String) -> (entry: YAMLNode.Entry, file: String)? {
        for layer in layers {
            if let entry = layer.node.entry(key) { return (entry, layer.file) }
        }
        return nil
    }

    func located(_ key: String) -> Located<String>? {
        guard let (entry, file) = entry(key), let text = entry.value.text, !entry.value.isNull else { return nil }
        return Located(value: text, file: file, span: entry.value.span)
    }

    func embedded(_ key: String) -> EmbeddedText? {
        guard let (entry, file) = entry(key) else { return nil }
        return EmbeddedText(entry.value, file: file)
    }

    // MARK: When and to whom

    mutating func trigger() -> TriggerDefinition? {
        guard let (entry, file) = entry("trigger"), let event = entry.value["event"], let name = event.text else {
            return nil
        }
        if project.events[named: name] == nil {
            diagnostics.append(
                .unknownEvent(name, among: project.events.names, at: Label(file: file, event.span)))
        }
        return TriggerDefinition(
            event: Located(value: name, file: file, span: event.span),
            when: entry.value["when"].flatMap { EmbeddedText($0, file: file) },
            delay: entry.value["delay"].flatMap(\.text).flatMap(durationMilliseconds) ?? 0)
    }

    mutating func experiment() -> ExperimentDefinition? {
        guard let (entry, file) = entry("experiment"), entry.value.mapping != nil else { return nil }
        var variants: [(id: Located<String>, weight: Int64)] = []
        for variant in entry.value["variants"]?.mapping ?? .empty {
            guard let name = variant.key.text, let weight = variant.value.integer else { continue }
            variants.append((Located(value: name, file: file, span: variant.key.span), Int64(weight)))
        }
        if !variants.isEmpty, variants.allSatisfy({ $0.weight == 0 }), let span = entry.value["variants"]?.span {
            diagnostics.append(.weightlessExperiment(at: Label(file: file, span)))
        }
        return ExperimentDefinition(
            variants: variants, holdout: entry.value["holdout"]?.text.flatMap(percentHundredths),
            label: Label(file: file, entry.key.span))
    }

    mutating func variables() -> [VariableDefinition] {
        guard let (entry, file) = entry("variables") else { return [] }
        return (entry.value.mapping ?? .empty).compactMap { variable in
            guard let name = variable.key.text else { return nil }
            // Of a text in its place the schema has said where it belongs.
            let node = variable.value["fallback"] ?? (variable.value.scalar == nil ? nil : variable.value)
            let fallback = node.flatMap { node in
                node.text.map { Located(value: $0, file: file, span: node.span) }
            }
            if let diagnostic = fallback.flatMap({ unfitFallback($0) }) { diagnostics.append(diagnostic) }
            return VariableDefinition(
                name: Located(value: name, file: file, span: variable.key.span), fallback: fallback,
                written: node.flatMap { EmbeddedText($0, file: file) })
        }
    }

    func allowances() -> [Allowance] {
        layers.flatMap { Allowance.all(in: $0.node, file: $0.file) }
    }

    // MARK: What it says

    mutating func actions() -> [MessageAction<EmbeddedText>] {
        guard let (entry, file) = entry("actions") else { return [] }
        var result: [MessageAction<EmbeddedText>] = []
        var places = FirstPlaces()
        for node in entry.value.sequence ?? .empty {
            guard let idNode = node["id"], let id = idNode.text,
                let label = node["label"].flatMap({ EmbeddedText($0, file: file) })?.trimmed,
                let effect = effect(node, file)
            else { continue }
            if let first = places.note(id, at: idNode.span) {
                diagnostics.append(
                    .duplicateAction(
                        id, at: Label(file: file, idNode.span), first: Label(file: file, first, "the first one")))
                continue
            }
            result.append(
                MessageAction(id: Located(value: id, file: file, span: idNode.span), label: label, effect: effect))
        }
        return result
    }

    private mutating func effect(_ node: YAMLNode, _ file: String) -> MessageAction<EmbeddedText>.Effect? {
        // An empty one has been reported.
        if let url = node["url"].flatMap({ EmbeddedText($0, file: file) }), !url.bytes.isEmpty { return .url(url) }
        if node["dismiss"]?.scalar?.value == .bool(true) { return .dismiss }
        if let duration = node["remind"]?.text.flatMap(durationMilliseconds) { return .remind(duration / 1000) }
        if let event = node["event"], let name = event.text {
            return .event(Located(value: name, file: file, span: event.span))
        }
        return node["request"]?.text.map { .request($0) }
    }

    func push() -> PushContent<EmbeddedText>? {
        guard let (entry, file) = entry("push"),
            let body = entry.value["body"].flatMap({ EmbeddedText($0, file: file) })?.trimmed
        else { return nil }
        func text(_ node: YAMLNode?) -> EmbeddedText? { node.flatMap { EmbeddedText($0, file: file) }?.trimmed }
        let fallback = entry.value["fallback"]
        return PushContent(
            title: text(entry.value["title"]), body: body, titleFallback: text(fallback?["title"]),
            bodyFallback: text(fallback?["body"]), link: entry.value["link"].flatMap { EmbeddedText($0, file: file) })
    }

    func colorPlaces(of template: TemplateDefinition) -> [String: Label] {
        var places: [String: Label] = [:]
        for field in template.fields where field.kind == .string(.color) {
            if let (entry, file) = entry(field.name) { places[field.name] = Label(file: file, entry.value.span) }
        }
        return places
    }

    mutating func fields(of template: TemplateDefinition) -> [MessageField<EmbeddedText>] {
        template.fields.filter { $0.name != "body" }.compactMap { field in
            let content: FieldContent<EmbeddedText>? =
                if let (entry, file) = entry(field.name) {
                    decodeField(field, entry.value, file, &diagnostics)
                } else {
                    field.defaultValue.map { .value($0) }
                }
            return content.map { MessageField(name: field.name, content: $0) }
        }
    }
}

/// The folder that holds `path`; empty at the top.
func parentFolder(_ path: some StringProtocol) -> String {
    let path = Substring(path)
    return path.utf8.lastIndex(of: 0x2F).map { String(path[..<$0]) } ?? ""
}

/// What a reader would see of a fallback that is a placeholder, or nothing; nil when there is nothing to report.
func unfitFallback(_ fallback: Located<String>) -> Diagnostic? {
    var isBlank = true
    var isOpen = false
    var holdsBraces = false
    for byte in fallback.value.utf8 {
        isBlank = isBlank && (byte == 0x20 || (0x09...0x0D).contains(byte))
        isOpen = isOpen || byte == 0x7B
        holdsBraces = holdsBraces || isOpen && byte == 0x7D
    }
    if holdsBraces {
        return .bracesInFallback(at: fallback.label)
    }
    guard isBlank, !fallback.value.isEmpty else { return nil }
    return .blankFallback(at: fallback.label)
}
