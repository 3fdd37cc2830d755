import CanonicalJSON
import DocumentSchema
import LocatedYAML
import SourceDiagnostics

extension TemplateDefinition {
    /// What front matter schemas need to know of it.
    package var shape: TemplateShape {
        TemplateShape(
            name: name, summary: summary ?? "", fields: fields.filter { $0.name != "body" }.map(\.shape),
            actions: minimumActions...maximumActions)
    }
}

extension TemplateDefinition {
    /// Its shape without the counts of actions and of list entries, which the compiler checks itself: it knows of
    /// inherited ones too, and says what the template has room for.
    fileprivate var uncounted: TemplateShape {
        var shape = shape
        shape.actions = 0...Int.max
        for index in shape.fields.indices {
            if case .list(_, let limit) = shape.fields[index].kind {
                shape.fields[index].kind = .list(count: 0...Int.max, itemMaximum: limit)
            }
        }
        return shape
    }
}

/// The schemas of a project's files, made once: what they allow depends on its templates. An object, which all cores share.
final class MessageSchemas: Sendable {
    private let messages: [String: SchemaObject]
    private let variants: [String: SchemaObject]
    private let translations: [String: SchemaObject]
    /// For a message whose template is not known.
    private let anyMessage: SchemaObject
    private let defaults: SchemaObject

    init(templates: [TemplateDefinition]) {
        let shapes = templates.map(\.uncounted)
        func byName(_ schema: (TemplateShape) -> DocumentSchema) -> [String: SchemaObject] {
            Dictionary(shapes.map { ($0.name, schema($0).root) }, uniquingKeysWith: { first, _ in first })
        }
        messages = byName(PlacardSchemas.message)
        variants = byName(PlacardSchemas.variant)
        translations = byName(PlacardSchemas.translation)
        var anyMessage = PlacardSchemas.anyMessage(shapes).root
        // That there is no such template is said better than by the words that there are.
        for index in anyMessage.properties.indices where anyMessage.properties[index].name == "template" {
            anyMessage.properties[index].type = .string(.id)
        }
        self.anyMessage = anyMessage
        defaults = PlacardSchemas.defaults(shapes).root
    }

    /// The keys that a message of some template, or a translation of it, may have.
    var keys: Set<String> { anyMessage.keys }

    /// - Parameter inherited: keys that `_defaults.yaml` files give.
    func validateMessage(
        _ node: YAMLNode, file: String, template: String?, inherited: Set<String>
    ) -> [Diagnostic] {
        guard let template, let schema = messages[template] else {
            // Which fields there are is not known; of the rest, and of a template that is missing, all is said.
            let diagnostics = validate(node, against: anyMessage, provided: inherited)
            // A template under another name is one of them.
            let isNamed = node.has("template") || inherited.contains("template")
            return diagnostics.filter { diagnostic in
                guard ["schema/unknown-key", "schema/misplaced-key"].contains(diagnostic.id) else { return true }
                return !isNamed && !diagnostic.fixIts.isEmpty
            }.map { $0.placed(in: file) }
        }
        return validate(node, against: schema, provided: inherited).map { $0.placed(in: file) }
    }

    /// Checks what a message inherits from one `_defaults.yaml` against its own template, which may be stricter than what
    /// all templates together allow.
    ///
    /// - Parameter overridden: keys that are not inherited, since a nearer file has them.
    func validateInherited(_ layer: FrontMatterLayer, template: String, overridden: Set<String>) -> [Diagnostic] {
        guard let schema = messages[template] else { return [] }
        let inherited = layer.node.keeping { entry in
            guard let name = entry.key.text, name != "template", !overridden.contains(name) else { return false }
            // A field of other templates is none of this message's.
            return schema.property(name) != nil
        }
        guard inherited.mapping?.isEmpty == false else { return [] }
        let diagnostics = validate(inherited, against: schema, provided: Set(schema.properties.map(\.name)))
        return diagnostics.map { $0.placed(in: layer.file) }.filter { !layer.refused.contains($0.primary.span) }
    }

    func validateVariant(_ node: YAMLNode, file: String, template: String) -> [Diagnostic] {
        check(node, variants[template], file)
    }

    func validateTranslation(_ node: YAMLNode, file: String, template: String) -> [Diagnostic] {
        check(node, translations[template], file)
    }

    func validateDefaults(_ node: YAMLNode, file: String) -> [Diagnostic] {
        check(node, defaults, file)
    }

    private func check(_ node: YAMLNode, _ schema: SchemaObject?, _ file: String) -> [Diagnostic] {
        guard let schema else { return [] }
        return validate(node, against: schema).map { $0.placed(in: file) }
    }
}

func validateProject(_ node: YAMLNode, file: String) -> [Diagnostic] {
    validate(node, against: PlacardSchemas.project.root).map { $0.placed(in: file) }
}

func validateTemplate(_ node: YAMLNode, file: String) -> [Diagnostic] {
    validate(node, against: PlacardSchemas.template.root).map { $0.placed(in: file) }
}
