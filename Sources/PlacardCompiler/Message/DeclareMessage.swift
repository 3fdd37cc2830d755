import LocatedYAML
import PlacardText
import SourceDiagnostics
import UnicodeLocale

/// What the files of a message say, before any text of it is compiled; an object, as it is large and never changes.
final class MessageDeclaration {
    let files: MessageFiles
    let definition: MessageDefinition
    let template: TemplateDefinition
    /// The variants of its experiment that have a file.
    let variants: [VariantDeclaration]
    /// The translations that can be read, in the order of the files.
    let translations: [TranslationDeclaration]
    /// What its texts may use: the variables of its event, with its own fallbacks.
    let variables: [String: TextVariable]
    /// What of the source's file could not be read.
    let unread: UnreadKeys
    /// Where fixes add a fallback.
    let fallbackPlace: FallbackPlace?
    /// Whether the source has the key `push`, even if what stands there is no notification.
    let writesPush: Bool

    init(
        files: MessageFiles, definition: MessageDefinition, template: TemplateDefinition,
        variants: [VariantDeclaration],
        translations: [TranslationDeclaration], variables: [String: TextVariable], unread: UnreadKeys,
        fallbackPlace: FallbackPlace?, writesPush: Bool
    ) {
        self.files = files
        self.definition = definition
        self.template = template
        self.variants = variants
        self.translations = translations
        self.variables = variables
        self.unread = unread
        self.fallbackPlace = fallbackPlace
        self.writesPush = writesPush
    }

    /// What its files, and the defaults that they inherit, allow.
    var allowances: [Allowance] {
        var allowances = definition.allowances
        for variant in variants { allowances += variant.changes.allowances }
        for translation in translations {
            allowances += translation.overlay.allowances
            for variant in translation.variants { allowances += variant.overlay.allowances }
        }
        return allowances
    }
}

/// A variant of a message: the message, with what the variant's file changes.
struct VariantDeclaration {
    var id: String
    /// The path of its file.
    var file: String
    /// Only what the file gives.
    var changes: MessageDefinition
    /// What of the file could not be read.
    var unread = UnreadKeys()
}

/// A translation of a message, with those of its variants.
struct TranslationDeclaration {
    var overlay: Translation
    var variants: [(id: String, overlay: Translation)] = []
    /// The ids of the variants that have no file in its locale.
    var missingVariants: Set<String> = []
}

/// Reads what a message's files say.
///
/// - Returns: nil when it is not known what is meant: without front matter or a template. What is wrong in any case is
///   reported.
func declareMessage(
    _ files: MessageFiles, source: ContentFile, _ reader: SourceReader, in context: CompilerContext,
    _ diagnostics: inout [Diagnostic]
) -> MessageDeclaration? {
    diagnostics += source.diagnostics
    guard let front = source.frontMatter else { return nil }
    let folder = parentFolder(source.path.dropFirst("content/".utf8.count))
    let layers = [FrontMatterLayer(node: front, file: source.path)] + context.inherited(folder, reader)
    let name = layers.lazy.compactMap { $0.node["template"]?.text }.first
    let template = name.flatMap { context.templates[$0] }
    if let name, template == nil { reportUnknownTemplate(name, layers, context, &diagnostics) }
    let unread = validateSource(layers, template, context, &diagnostics)
    var decoder = MessageDecoder(layers: layers, project: context.project)
    var definition = decoder.decode(id: files.id, file: source.path, folder: folder, template: template)
    diagnostics += decoder.diagnostics
    guard let template else {
        // Says what is wrong whatever the template may be.
        diagnostics += checkSchedule(definition.schedule)
        _ = context.expressions.compile(definition, &diagnostics)
        return nil
    }
    definition.setBody(source.body, template)
    let variants = declareVariants(files, definition, template, reader, context, &diagnostics)
    return MessageDeclaration(
        files: files, definition: definition, template: template, variants: variants,
        translations: declareTranslations(files, template, variants, reader, context, &diagnostics),
        variables: context.texts.variables(of: definition), unread: unread, fallbackPlace: source.fallbackPlace,
        writesPush: layers.contains { $0.node["push"] != nil })
}

extension CompilerContext {
    /// The defaults that hold in `folder`, the nearest first.
    fileprivate func inherited(_ folder: String, _ reader: SourceReader) -> [FrontMatterLayer] {
        guard !defaults.isEmpty else { return [] }
        var layers: [FrontMatterLayer] = []
        var path = folder.isEmpty ? "content" : "content/" + folder
        while true {
            if let layer = layer(path, reader) { layers.append(layer) }
            guard let slash = path.lastIndex(of: "/") else { return layers }
            path = String(path[..<slash])
        }
    }
}

extension CompilerContext {
    private func layer(_ folder: String, _ reader: SourceReader) -> FrontMatterLayer? {
        guard let file = reader.replaced, file.path == folder + "/_defaults.yaml" else { return defaults[folder] }
        let read = readDefaults(file, schemas)
        return read.root.map {
            FrontMatterLayer(node: $0, file: file.path, refused: Set(read.diagnostics.map(\.primary.span)))
        }
    }
}

/// Holds front matter, and what it inherits, to its schema.
///
/// - Returns: what of it could not be read.
private func validateSource(
    _ layers: [FrontMatterLayer], _ template: TemplateDefinition?, _ context: CompilerContext,
    _ diagnostics: inout [Diagnostic]
) -> UnreadKeys {
    func keys(_ layer: FrontMatterLayer) -> [String] { (layer.node.mapping ?? .empty).compactMap(\.key.text) }
    let inheritedKeys = Set(layers.dropFirst().flatMap(keys))
    var found = context.schemas.validateMessage(
        layers[0].node, file: layers[0].file, template: template?.name, inherited: inheritedKeys)
    found = withMeantAttribute(found, layers[0], context.project)
    if let template, layers.count > 1 {
        var nearer = Set(keys(layers[0]))
        for layer in layers.dropFirst() {
            found += context.schemas.validateInherited(layer, template: template.name, overridden: nearer)
            nearer.formUnion(keys(layer))
        }
    }
    diagnostics += found
    return UnreadKeys(layers, found)
}

private func reportUnknownTemplate(
    _ name: String, _ layers: [FrontMatterLayer], _ context: CompilerContext, _ diagnostics: inout [Diagnostic]
) {
    // What is wrong with a template that is there has been reported.
    if context.templateFolders.contains(name) { return }
    for layer in layers {
        guard let node = layer.node["template"] else { continue }
        // Of defaults the schema has said so.
        if layer.refused.contains(node.span) { return }
        diagnostics.append(
            .unknownTemplate(name, among: context.templateNames, at: Label(file: layer.file, node.span)))
        return
    }
}

extension MessageDefinition {
    fileprivate mutating func setBody(_ body: EmbeddedText, _ template: TemplateDefinition) {
        self.body = body
        if body.hasText { content.addBody(body, template) }
    }
}

extension MessageContent<EmbeddedText> {
    fileprivate mutating func addBody(_ body: EmbeddedText, _ template: TemplateDefinition) {
        guard let field = template.body else { return }
        fields.append(MessageField(name: field.name, content: bodyContent(field, body)))
    }
}

// MARK: Variants

private func declareVariants(
    _ files: MessageFiles, _ definition: MessageDefinition, _ template: TemplateDefinition, _ reader: SourceReader,
    _ context: CompilerContext, _ diagnostics: inout [Diagnostic]
) -> [VariantDeclaration] {
    let declared = Set(definition.experiment?.variants.map(\.id.value) ?? [])
    return files.variants.filter { declared.contains($0.variant) }.map { variant in
        let source = reader.read(variant.file)
        diagnostics += source.diagnostics
        var changes = MessageDefinition(id: files.id, file: source.path, folder: definition.folder)
        var unread = UnreadKeys()
        if let node = source.frontMatter {
            let found = context.schemas.validateVariant(node, file: source.path, template: template.name)
            diagnostics += found
            let layers = [FrontMatterLayer(node: node, file: source.path)]
            unread = UnreadKeys(layers, found)
            var decoder = MessageDecoder(layers: layers, project: context.project)
            changes = decoder.decode(
                id: files.id, file: source.path, folder: definition.folder, template: template.withoutDefaults())
            diagnostics += decoder.diagnostics
        }
        if source.body.hasText { changes.setBody(source.body, template) }
        return VariantDeclaration(id: variant.variant, file: source.path, changes: changes, unread: unread)
    }
}

// MARK: Translations

private func declareTranslations(
    _ files: MessageFiles, _ template: TemplateDefinition, _ variants: [VariantDeclaration], _ reader: SourceReader,
    _ context: CompilerContext, _ diagnostics: inout [Diagnostic]
) -> [TranslationDeclaration] {
    files.translations.compactMap { locale, file in
        if let problem = unknownLocale(locale, context.files.files[file].path, files.id, context) {
            diagnostics.append(problem)
            return nil
        }
        guard let overlay = declareTranslation(locale, reader.read(file), template, context, &diagnostics) else {
            return nil
        }
        var translation = TranslationDeclaration(overlay: overlay)
        for variant in variants {
            let own = files.variantTranslations.first { $0.variant == variant.id && $0.locale == locale }
            guard let file = own?.file else {
                translation.missingVariants.insert(variant.id)
                continue
            }
            if let overlay = declareTranslation(locale, reader.read(file), template, context, &diagnostics) {
                translation.variants.append((variant.id, overlay))
            }
        }
        return translation
    }
}

private func declareTranslation(
    _ locale: String, _ source: ContentFile, _ template: TemplateDefinition, _ context: CompilerContext,
    _ diagnostics: inout [Diagnostic]
) -> Translation? {
    diagnostics += source.diagnostics
    guard !source.isBroken else { return nil }
    var unread = UnreadKeys()
    if let node = source.frontMatter {
        let found = context.schemas.validateTranslation(node, file: source.path, template: template.name)
        diagnostics += found
        unread = UnreadKeys([FrontMatterLayer(node: node, file: source.path)], found)
    }
    var decoder = TranslationDecoder(file: source.path, template: template)
    var translation = decoder.decode(source.frontMatter, locale: locale)
    diagnostics += decoder.diagnostics
    translation.bodySpan = source.body.span
    translation.unread = unread
    if source.body.hasText {
        translation.body = source.body
        translation.content.addBody(source.body, template)
    }
    return translation
}

/// That a file's locale is none that the project translates to; nil when it is one.
private func unknownLocale(_ locale: String, _ path: String, _ id: String, _ context: CompilerContext) -> Diagnostic? {
    let project = context.project
    if locale == project.source {
        return .translationToSource(path, locale, source: id + ".md")
    }
    if context.texts.isTranslated(to: locale) { return nil }
    let locales = project.locales.map(\.tag)
    return .unknownTranslationLocale(
        locale, in: path, meant: sameLanguage(locale, locales) ?? nearMiss(locale, among: locales),
        locales: locales, source: project.source)
}

/// The project's locale that is the language of `fr_FR` or `fr-CA` alone, or its tag in another spelling.
private func sameLanguage(_ locale: String, _ locales: [String]) -> String? {
    let tag = locale.replacing("_", with: "-").lowercased()
    if let same = locales.first(where: { $0.lowercased() == tag }) { return same }
    let language = tag.prefix { $0 != "-" }
    return language.count < tag.count ? locales.first { $0 == language } : nil
}
