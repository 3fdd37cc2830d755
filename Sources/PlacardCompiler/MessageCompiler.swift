import DocumentSchema
import LocatedYAML
import PlacardBundle
import PlacardText
import SourceDiagnostics
import UnicodeLocale

/// What the compiling of every message reads: the project, its templates, and what is derived from both.
struct CompilerContext: Sendable {
    let files: ProjectFiles
    let content: ContentIndex
    let project: ProjectDefinition
    let templates: [String: TemplateDefinition]
    let templateNames: [String]
    /// The names of templates' folders, those that could not be read among them.
    let templateFolders: Set<String>
    /// The decoded `_defaults.yaml` by folder.
    let defaults: [String: FrontMatterLayer]
    let texts: TextContext
    let expressions: ExpressionContext
    let schemas: MessageSchemas
    /// What translations are held against their sources for.
    let paritySubjects: ParitySubjects
}

/// Compiles one message: its source, its variants, and the translations of both.
struct MessageCompiler {
    let context: CompilerContext
    let message: MessageFiles
    private(set) var diagnostics: [Diagnostic] = []
    /// What the variants' and translations' own files allow.
    private var allowances: [Allowance] = []

    init(context: CompilerContext, message: MessageFiles) {
        self.context = context
        self.message = message
    }

    private var project: ProjectDefinition { context.project }

    /// The compiled message; nil when there is no source to compile.
    mutating func compile() -> CompiledMessage? {
        guard let sourceIndex = message.source else {
            reportOrphans()
            return nil
        }
        let source = read(sourceIndex)
        guard let front = source.frontMatter else { return unreadable(sourceIndex) }
        let folder = parentFolder(source.path.dropFirst("content/".utf8.count))
        let layers = [FrontMatterLayer(node: front, file: source.path)] + inherited(folder)
        let templateName = layers.lazy.compactMap { $0.node["template"]?.text }.first
        let template = templateName.flatMap { context.templates[$0] }
        if let templateName, template == nil { reportUnknownTemplate(templateName, layers) }
        let hasSchemaErrors = validateSource(layers, template)
        guard let template, let templateName else {
            checkWithoutTemplate(layers, folder)
            return unreadable(sourceIndex)
        }

        var decoder = MessageDecoder(layers: layers, project: project)
        var definition = decoder.decode(id: message.id, file: source.path, folder: folder, template: template)
        diagnostics += decoder.diagnostics
        definition.body = source.body
        diagnostics += checkMessage(definition, template: template, context: context)

        let variants = variantDefinitions(definition, template)
        let variables = self.variables(of: definition)
        let localizations = localize(definition, template, variants, variables)
        let catalog = lower(definition, template, variants, variables, localizations)
        let expressions = context.expressions.check(definition)
        diagnostics += expressions.findings
        diagnostics += checkPush(
            definition, template, catalog, localizations, variables, project.links, context.texts.examples,
            isWritten: layers.contains { $0.node["push"] != nil })
        let failed = hasSchemaErrors || diagnostics.contains { $0.severity == .error }
        return CompiledMessage(
            definition: definition, template: templateName, catalog: failed ? nil : catalog,
            conditions: expressions.conditions,
            localizations: localizations,
            pseudo: failed ? [] : pseudoLocalizations(localizations),
            allowances: definition.allowances + allowances, files: allFiles(sourceIndex),
            assets: assets(definition, variants))
    }

    /// Says what is wrong whatever the template may be.
    private mutating func checkWithoutTemplate(_ layers: [FrontMatterLayer], _ folder: String) {
        var decoder = MessageDecoder(layers: layers, project: project)
        let definition = decoder.decode(id: message.id, file: layers[0].file, folder: folder, template: nil)
        diagnostics += decoder.diagnostics + checkSchedule(definition.schedule)
        diagnostics += context.expressions.check(definition).findings
    }

    private func unreadable(_ index: Int) -> CompiledMessage {
        let file = context.files.files[index]
        return CompiledMessage(
            definition: MessageDefinition(id: message.id, file: file.path, folder: parentFolder(file.path)),
            template: "",
            catalog: nil, conditions: CheckedConditions(), localizations: [], pseudo: [], allowances: [],
            files: allFiles(index), assets: [])
    }

    private func allFiles(_ source: Int) -> [Int] {
        [source] + message.translations.map(\.file) + message.variants.map(\.file)
            + message.variantTranslations.map(\.file)
    }

    // MARK: Reading

    private struct SourceText {
        var path: String
        var frontMatter: YAMLNode?
        var body: EmbeddedText
        var isBroken: Bool
    }

    private mutating func read(_ index: Int) -> SourceText {
        let file = context.files.files[index]
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
        return SourceText(
            path: file.path, frontMatter: isBroken && node == nil ? nil : node, body: body, isBroken: isBroken)
    }

    /// The defaults that hold in `folder`, the nearest first.
    private func inherited(_ folder: String) -> [FrontMatterLayer] {
        guard !context.defaults.isEmpty else { return [] }
        var layers: [FrontMatterLayer] = []
        var path = folder.isEmpty ? "content" : "content/" + folder
        while true {
            if let layer = context.defaults[path] { layers.append(layer) }
            guard let slash = path.lastIndex(of: "/") else { return layers }
            path = String(path[..<slash])
        }
    }

    private mutating func validateSource(_ layers: [FrontMatterLayer], _ template: TemplateDefinition?) -> Bool {
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
        return findings.contains { $0.severity == .error }
    }

    private mutating func reportUnknownTemplate(_ name: String, _ layers: [FrontMatterLayer]) {
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

    private mutating func reportOrphans() {
        let files =
            message.translations.map { ($0.file, "translates") } + message.variants.map { ($0.file, "is a variant of") }
            + message.variantTranslations.map { ($0.file, "translates a variant of") }
        let ids = context.content.messages.filter { $0.source != nil }.map(\.id)
        for (file, what) in files {
            let path = context.files.files[file].path
            let folder = parentFolder(path)
            diagnostics.append(
                Diagnostic(
                    "translation/orphan", "\(path) \(what) a message that is not there",
                    at: Label(file: path, Span(at: 0)),
                    notes: nearMiss(message.id, among: ids).map { ["did you mean the message \($0)?"] } ?? [
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
    }

    private mutating func variantDefinitions(
        _ definition: MessageDefinition, _ template: TemplateDefinition
    ) -> [VariantDefinition] {
        diagnostics += checkVariants(definition, message, context)
        let declared = definition.experiment?.variants.map(\.id.value) ?? []
        return message.variants.compactMap { variant in
            guard declared.contains(variant.variant) else { return nil }
            let source = read(variant.file)
            var changes = MessageDefinition(id: message.id, file: source.path, folder: definition.folder)
            if let node = source.frontMatter {
                diagnostics += context.schemas.validateVariant(node, file: source.path, template: template.name)
                var bare = template
                // A variant inherits values from the message, not defaults from the template.
                for index in bare.fields.indices { bare.fields[index].defaultValue = nil }
                var decoder = MessageDecoder(
                    layers: [FrontMatterLayer(node: node, file: source.path)], project: project)
                changes = decoder.decode(id: message.id, file: source.path, folder: definition.folder, template: bare)
                diagnostics += decoder.diagnostics
                allowances += changes.allowances
                diagnostics += checkActionCount(changes, template, optional: true)
                diagnostics += checkImages(changes, context)
            }
            if source.body.hasText { changes.body = source.body }
            return VariantDefinition(id: variant.variant, file: variant.file, changes: changes)
        }
    }

    private func assets(_ definition: MessageDefinition, _ variants: [VariantDefinition]) -> [String] {
        ([definition] + variants.map(\.changes)).flatMap { $0.images.map(\.asset) }
            .filter { context.content.assets[$0] != nil }
    }

    // MARK: Texts

    private func variables(of definition: MessageDefinition) -> [String: TextVariable] {
        var variables = context.texts.variables(event: definition.trigger?.event.value)
        for variable in definition.variables {
            let name = variable.name.value
            if variables[name] != nil {
                variables[name]?.fallback = variable.fallback?.value
            }
        }
        return variables
    }

    private mutating func localize(
        _ definition: MessageDefinition, _ template: TemplateDefinition, _ variants: [VariantDefinition],
        _ variables: [String: TextVariable]
    ) -> [Localization] {
        let found = localization(
            definition, template, variants, variables, locale: project.source,
            texts: SourceTexts(definition: definition, variants: variants.map { ($0.id, $0.changes) }))
        diagnostics += checkVariables(definition, variables, pushed: Set(found?.pushVariables ?? []))
        guard let source = found else { return [] }
        var result = [source]
        for (locale, file) in message.translations {
            guard knows(locale, file) else { continue }
            guard
                let translated = translation(
                    locale, file, definition, template, variants, variables, source: source)
            else { continue }
            result.append(translated)
        }
        return result
    }

    /// Whether a file's locale is one that the project translates to.
    private mutating func knows(_ locale: String, _ file: Int) -> Bool {
        let path = context.files.files[file].path
        if locale == project.source {
            diagnostics.append(
                Diagnostic(
                    "translation/source-locale", "\(path) is in the source locale, \(locale)",
                    at: Label(file: path, Span(at: 0)),
                    notes: [
                        "the source text is the file without a locale in its name, \(message.id).md; remove this one"
                    ]))
            return false
        }
        guard project.locales.contains(where: { $0.tag == locale }) else {
            let locales = project.locales.map(\.tag)
            diagnostics.append(
                Diagnostic(
                    "translation/unknown-locale", "the project has no locale \"\(locale)\"",
                    at: Label(file: path, Span(at: 0)),
                    notes: (sameLanguage(locale, locales) ?? nearMiss(locale, among: locales)).map {
                        ["did you mean \($0)?"]
                    } ?? [
                        "list it under locales: in placard.yaml, or rename the file; the project has \(locales.joined(separator: ", "))"
                    ]))
            return false
        }
        return true
    }

    /// The project's locale that is the language of `fr_FR` or `fr-CA` alone, or its tag in another spelling.
    private func sameLanguage(_ locale: String, _ locales: [String]) -> String? {
        let tag = locale.replacing("_", with: "-").lowercased()
        if let same = locales.first(where: { $0.lowercased() == tag }) { return same }
        let language = tag.prefix { $0 != "-" }
        return language.count < tag.count ? locales.first { $0 == language } : nil
    }

    /// The texts of the source locale.
    private struct SourceTexts {
        var definition: MessageDefinition
        var variants: [(id: String, changes: MessageDefinition)]
    }

    private mutating func localization(
        _ definition: MessageDefinition, _ template: TemplateDefinition, _ variants: [VariantDefinition],
        _ variables: [String: TextVariable], locale: String, texts: SourceTexts
    ) -> Localization? {
        guard let tag = context.texts.tag(locale) else { return nil }
        var compiler = TextCompiler(
            template: template, context: context.texts, variables: variables, locale: tag,
            pseudo: PseudoLocale.allCases)
        var main = compiler.source(texts.definition)
        main.fallbacks = texts.definition.variables.compactMap { variable in
            variable.fallback.map { (variable.name.value, $0.value) }
        }
        let changes = texts.variants.map { ($0.id, compiler.source($0.changes)) }
        diagnostics += compiler.diagnostics
        return finish(locale, main, changes)
    }

    private func finish(
        _ locale: String, _ texts: MessageTexts, _ variants: [(id: String, texts: MessageTexts)]
    ) -> Localization {
        Localization(
            locale: locale, isRightToLeft: context.texts.isRightToLeft(locale), texts: texts, variants: variants)
    }

    private mutating func translation(
        _ locale: String, _ file: Int, _ definition: MessageDefinition, _ template: TemplateDefinition,
        _ variants: [VariantDefinition], _ variables: [String: TextVariable], source: Localization
    ) -> Localization? {
        guard let tag = context.texts.tag(locale), let overlay = readTranslation(locale, file, template) else {
            return nil
        }
        var variables = variables
        for variable in overlay.fallbacks {
            if variables[variable.name.value] != nil {
                variables[variable.name.value]?.fallback = variable.fallback?.value
            }
        }
        var compiler = TextCompiler(template: template, context: context.texts, variables: variables, locale: tag)
        // What a file allows is looked for even so: an allowance that nothing needs is reported.
        let allowsAny = !definition.allowances.isEmpty || !allowances.isEmpty
        compiler.paritySubjects = allowsAny ? .all : context.paritySubjects
        var texts = compiler.translation(overlay, of: definition, source: source.texts, isVariant: false)
        texts.fallbacks = mergedFallbacks(source.texts.fallbacks, overlay.fallbacks)
        diagnostics += checkTranslatedFallbacks(overlay, definition)
        var changes: [(id: String, texts: MessageTexts)] = []
        for variant in variants {
            guard let sourceTexts = source.variants.first(where: { $0.id == variant.id })?.texts else { continue }
            let file = message.variantTranslations.first { $0.variant == variant.id && $0.locale == locale }?.file
            guard let file else {
                diagnostics += missingVariantTranslation(variant, locale, sourceTexts)
                continue
            }
            guard let overlay = readTranslation(locale, file, template) else { continue }
            changes.append(
                (variant.id, compiler.translation(overlay, of: variant.changes, source: sourceTexts, isVariant: true)))
        }
        diagnostics += compiler.diagnostics
        return finish(locale, texts, changes)
    }

    /// A variant without a translation would show the source's words to readers of another language.
    private func missingVariantTranslation(
        _ variant: VariantDefinition, _ locale: String, _ texts: MessageTexts
    ) -> [Diagnostic] {
        guard !texts.all.isEmpty else { return [] }
        let path = context.files.files[variant.file].path
        return [
            Diagnostic(
                "translation/missing-variant", "the variant \(variant.id) has no translation to \(locale)",
                at: Label(file: path, Span(at: 0)),
                notes: [
                    "readers of \(locale) would see half of it in another language; write \(path.dropLast(3)).\(locale).md"
                ])
        ]
    }

    private mutating func readTranslation(
        _ locale: String, _ file: Int, _ template: TemplateDefinition
    ) -> Translation? {
        let source = read(file)
        guard !source.isBroken else { return nil }
        if let node = source.frontMatter {
            diagnostics += context.schemas.validateTranslation(node, file: source.path, template: template.name)
            allowances += Allowance.all(in: node, file: source.path)
        }
        var decoder = TranslationDecoder(file: source.path, template: template)
        var translation = decoder.decode(source.frontMatter, locale: locale)
        diagnostics += decoder.diagnostics
        translation.bodySpan = source.body.span
        if source.body.hasText { translation.body = source.body }
        return translation
    }

    private func mergedFallbacks(
        _ source: [(name: String, text: String)], _ overlay: [VariableDefinition]
    ) -> [(name: String, text: String)] {
        source.map { entry in
            let translated = overlay.first { $0.name.value == entry.name }?.fallback?.value
            return (entry.name, translated ?? entry.text)
        }
    }

    /// What a preview draws of the source's texts in the pseudo-locales, and nothing ships.
    private func pseudoLocalizations(_ localizations: [Localization]) -> [Localization] {
        guard let source = localizations.first else { return [] }
        return PseudoLocale.allCases.enumerated().map { index, pseudo in
            Localization(
                locale: pseudo.tag, isRightToLeft: context.texts.isRightToLeft(pseudo.tag),
                texts: source.texts.pseudo(index),
                variants: source.variants.map { ($0.id, $0.texts.pseudo(index)) })
        }
    }

    // MARK: Lowering

    private mutating func lower(
        _ definition: MessageDefinition, _ template: TemplateDefinition, _ variants: [VariantDefinition],
        _ variables: [String: TextVariable], _ localizations: [Localization]
    ) -> CatalogMessage? {
        guard let tag = context.texts.tag(project.source) else { return nil }
        var compiler = TextCompiler(template: template, context: context.texts, variables: variables, locale: tag)
        let message = catalogMessage(
            definition, template: template, variants: variants.map { ($0.id, $0.changes) }, variables: variables,
            texts: localizations, project: project, compiler: &compiler)
        diagnostics += compiler.diagnostics
        return message
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
