extension PlacardSchemas {
    /// The front matter of messages of one template: `placard schema message:banner`.
    package static func message(_ template: TemplateShape) -> DocumentSchema {
        var properties = messageProperties(templates: [template.name], actions: template.actions)
        properties.insert(contentsOf: template.fields.map { $0.property(required: $0.isRequired) }, at: 1)
        return DocumentSchema(
            name: "message:\(template.name)", title: "Front matter of a \(template.name) message",
            files: "content/**/*.md",
            root: SchemaObject("a \(template.name)", summary: template.summary, properties))
    }

    /// The front matter of messages of any template: `placard schema message`.
    ///
    /// It takes the fields of all templates and requires none of them.
    package static func anyMessage(_ templates: [TemplateShape]) -> DocumentSchema {
        let counts = templates.map(\.actions)
        let range = (counts.map(\.lowerBound).min() ?? 0)...(counts.map(\.upperBound).max() ?? 8)
        var properties = messageProperties(templates: templates.map(\.name), actions: range)
        properties.insert(
            contentsOf: unionOfFields(templates).map { $0.property(required: false) }, at: min(1, properties.count))
        return DocumentSchema(
            name: "message", title: "Front matter of a message", files: "content/**/*.md",
            root: SchemaObject(
                "a message", summary: "Who sees a message, when and how often, and the fields of its template",
                properties))
    }

    /// `_defaults.yaml`: what every message below its folder inherits. Nothing is required.
    package static func defaults(_ templates: [TemplateShape]) -> DocumentSchema {
        var root = anyMessage(templates).root
        root.name = "_defaults.yaml"
        root.summary = "What every message in the folder, and in the folders below it, inherits"
        for index in root.properties.indices { root.properties[index].isRequired = false }
        return DocumentSchema(
            name: "defaults", title: "_defaults.yaml", files: "content/**/_defaults.yaml", root: root)
    }

    /// What a variant (`<id>+<variant>.md`) changes: the fields of the template, and what goes with them.
    package static func variant(_ template: TemplateShape) -> DocumentSchema {
        let own = template.fields.map { $0.property(required: false) }
        // A variant without actions of its own has the message's.
        var shared = messageProperties(templates: [template.name], actions: template.actions).filter {
            ["actions", "variables", "push", "allow"].contains($0.name)
        }
        for index in shared.indices {
            shared[index].isRequired = false
            if shared[index].name == "push" { shared[index].type = .object(variantPush) }
        }
        let allowed = own + shared
        return DocumentSchema(
            name: "variant:\(template.name)", title: "Front matter of a variant of a \(template.name)",
            files: "content/**/*+*.md",
            root: SchemaObject(
                "a variant", summary: "What this variant changes; everything else stays as in the message", allowed,
                misplaced: [misplaced(allowed, home: "the message itself, for its variants share it")]))
    }

    /// The front matter of a translation (`<id>.<locale>.md`): texts alone.
    package static func translation(_ template: TemplateShape) -> DocumentSchema {
        let fields = template.fields.filter(\.isTranslated).map(\.translatedProperty)
        let allowed = fields + translationProperties
        let others = template.fields.filter { !$0.isTranslated }.map(\.name)
        var place = misplaced(allowed, home: "the source file")
        place.keys += others
        return DocumentSchema(
            name: "translation:\(template.name)", title: "Front matter of a translation of a \(template.name)",
            files: "content/**/*.<locale>.md",
            root: SchemaObject(
                "a translation", summary: "Only what is translated; everything else comes from the source file",
                allowed,
                misplaced: [place]))
    }

    private static func misplaced(_ allowed: [SchemaProperty], home: String) -> MisplacedKeys {
        let names = Set(allowed.map(\.name))
        return MisplacedKeys(
            messageProperties(templates: [], actions: 0...8).map(\.name).filter { !names.contains($0) }, home: home)
    }

    /// The fields of all templates by name; where two differ, whatever either takes.
    private static func unionOfFields(_ templates: [TemplateShape]) -> [FieldShape] {
        var fields: [FieldShape] = []
        for field in templates.flatMap(\.fields) {
            if let index = fields.firstIndex(where: { $0.name == field.name }) {
                fields[index] = merged(fields[index], field)
            } else {
                fields.append(field)
            }
        }
        return fields
    }

    private static func merged(_ a: FieldShape, _ b: FieldShape) -> FieldShape {
        var result = a
        switch (a.kind, b.kind) {
        case (.text(let x), .text(let y)): result.kind = .text(maximum: larger(x, y))
        case (.markdown(let x), .markdown(let y)): result.kind = .markdown(maximum: larger(x, y))
        case (.enumeration(let x), .enumeration(let y)): result.kind = .enumeration(x + y.filter { !x.contains($0) })
        case (.int(let x), .int(let y)):
            result.kind = .int(min(x.lowerBound, y.lowerBound)...max(x.upperBound, y.upperBound))
        case (.list(let x, let p), .list(let y, let q)):
            let count = min(x.lowerBound, y.lowerBound)...max(x.upperBound, y.upperBound)
            result.kind = .list(count: count, itemMaximum: larger(p, q))
        default: break
        }
        if a.defaultText != b.defaultText { result.defaultText = nil }
        return result
    }

    private static func larger(_ a: Int?, _ b: Int?) -> Int? {
        guard let a, let b else { return nil }
        return max(a, b)
    }
}
