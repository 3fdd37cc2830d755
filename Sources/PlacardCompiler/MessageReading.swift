import DocumentSchema
import LocatedYAML
import PlacardText
import SourceDiagnostics

// What a message's files hold: front matter with what it inherits, body, and the files of its variants.

extension MessageCompiler {
    struct SourceText {
        var path: String
        var frontMatter: YAMLNode?
        /// Where fixes add a fallback.
        var fallbackPlace: FallbackPlace?
        var body: EmbeddedText
        var isBroken: Bool
    }

    mutating func read(_ index: Int) -> SourceText {
        var file = context.files.files[index]
        if let replaced, replaced.file == index { file.bytes = replaced.bytes }
        let split = splitFrontMatter(file.bytes)
        diagnostics += split.diagnostics.map { $0.placed(in: file.path) }
        var node: YAMLNode?
        var isBroken = split.diagnostics.contains { $0.severity == .error }
        if let range = split.frontMatter {
            let parsed = parseMapping(file.bytes, range: range)
            diagnostics += parsed.diagnostics.map { $0.placed(in: file.path) }
            isBroken = isBroken || parsed.diagnostics.contains { $0.severity == .error }
            node = parsed.node
        }
        let body = EmbeddedText(
            bytes: Array(file.bytes[split.body.start..<split.body.end]), at: split.body, file: file.path)
        let fallbackPlace = node.flatMap { node in
            split.frontMatter.flatMap { FallbackPlace(frontMatter: node, in: $0, of: file.path, file.bytes) }
        }
        return SourceText(
            path: file.path, frontMatter: isBroken && node == nil ? nil : node, fallbackPlace: fallbackPlace,
            body: body, isBroken: isBroken)
    }

    /// The defaults that hold in `folder`, the nearest first.
    func inherited(_ folder: String) -> [FrontMatterLayer] {
        guard !context.defaults.isEmpty else { return [] }
        var layers: [FrontMatterLayer] = []
        var path = folder.isEmpty ? "content" : "content/" + folder
        while true {
            if let layer = context.defaults[path] { layers.append(layer) }
            guard let slash = path.lastIndex(of: "/") else { return layers }
            path = String(path[..<slash])
        }
    }

    mutating func validateSource(_ layers: [FrontMatterLayer], _ template: TemplateDefinition?) -> Bool {
        func keys(_ layer: FrontMatterLayer) -> [String] { (layer.node.mapping ?? .empty).compactMap(\.key.text) }
        let inheritedKeys = Set(layers.dropFirst().flatMap(keys))
        var findings = context.schemas.validateMessage(
            layers[0].node, file: layers[0].file, template: template?.name, inherited: inheritedKeys)
        if let template, layers.count > 1 {
            var nearer = Set(keys(layers[0]))
            for layer in layers.dropFirst() {
                findings += context.schemas.validateInherited(layer, template: template.name, overridden: nearer)
                nearer.formUnion(keys(layer))
            }
        }
        diagnostics += findings
        unread = UnreadKeys(layers, findings)
        return findings.contains { $0.severity == .error }
    }

    mutating func reportUnknownTemplate(_ name: String, _ layers: [FrontMatterLayer]) {
        // What is wrong with a template that is there has been reported.
        if context.templateFolders.contains(name) { return }
        for layer in layers {
            guard let node = layer.node["template"] else { continue }
            // Of defaults the schema has said so.
            if layer.refused.contains(node.span) { return }
            diagnostics.append(
                unknownName(
                    "message/unknown-template", "there is no template \"\(name)\"", name, among: context.templateNames,
                    at: Label(file: layer.file, node.span), none: "templates are the folders of templates/"))
            return
        }
    }

    mutating func reportOrphans() {
        if context.files.unread.mayHoldInContent(message.id + ".md") { return }
        let files =
            message.translations.map { ($0.file, "translates") } + message.variants.map { ($0.file, "is a variant of") }
            + message.variantTranslations.map { ($0.file, "translates a variant of") }
        for (file, what) in files {
            let path = context.files.files[file].path
            let folder = parentFolder(path)
            diagnostics.append(
                Diagnostic(
                    "translation/orphan", "\(path) \(what) a message that is not there",
                    at: Label(file: path, Span(at: 0)),
                    notes: nearMiss(message.id, among: context.messageIDs).map { ["did you mean the message \($0)?"] }
                        ?? [
                            "write \(folder)/\(message.id).md, or remove the file"
                        ]))
        }
    }

    // MARK: Variants

    /// A variant of the message: the message, with what the variant's file changes.
    struct VariantDefinition {
        var id: String
        var file: Int
        /// Only what the file gives.
        var changes: MessageDefinition
        /// What of the file could not be read.
        var unread = UnreadKeys()
    }

    mutating func variantDefinitions(
        _ definition: MessageDefinition, _ template: TemplateDefinition
    ) -> [VariantDefinition] {
        diagnostics += checkVariants(definition, message, context)
        let declared = Set(definition.experiment?.variants.map(\.id.value) ?? [])
        return message.variants.compactMap { variant in
            guard declared.contains(variant.variant) else { return nil }
            let source = read(variant.file)
            var changes = MessageDefinition(id: message.id, file: source.path, folder: definition.folder)
            var unread = UnreadKeys()
            if let node = source.frontMatter {
                let findings = context.schemas.validateVariant(node, file: source.path, template: template.name)
                diagnostics += findings
                let layers = [FrontMatterLayer(node: node, file: source.path)]
                unread = UnreadKeys(layers, findings)
                var decoder = MessageDecoder(layers: layers, project: project)
                changes = decoder.decode(
                    id: message.id, file: source.path, folder: definition.folder, template: template.withoutDefaults())
                diagnostics += decoder.diagnostics
                allowances += changes.allowances
                diagnostics += checkActionCount(changes, template, optional: true)
                diagnostics += checkImages(changes, context)
            }
            if source.body.hasText { changes.body = source.body }
            return VariantDefinition(id: variant.variant, file: variant.file, changes: changes, unread: unread)
        }
    }

    /// Checks the images that texts have in their Markdown, and notes them.
    mutating func see(imagesOf compiler: TextCompiler) {
        for image in compiler.images {
            if let finding = checkImage(image, context) { diagnostics.append(finding) }
            if let asset = image.asset { markdownAssets.append(asset) }
        }
    }

    func assets(_ definition: MessageDefinition, _ variants: [VariantDefinition]) -> [String] {
        (([definition] + variants.map(\.changes)).flatMap { $0.images.map(\.asset) } + markdownAssets)
            .filter { context.content.assets[$0] != nil }
    }
}

extension EmbeddedText {
    /// Whether it holds anything but white space.
    var hasText: Bool {
        bytes.contains { $0 > 0x20 }
    }

    /// The place of its first character that is no white space.
    var start: Label {
        let leading = bytes.firstIndex { $0 > 0x20 } ?? 0
        return Label(file: file, Span(at: span.start + leading))
    }
}
