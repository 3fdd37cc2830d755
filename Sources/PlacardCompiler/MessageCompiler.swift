import DocumentSchema
import LocatedYAML
import Locking
import PlacardBundle
import PlacardEngine
import PlacardText
import SourceDiagnostics
import UnicodeLocale

/// What the compiling of every message reads: the project, its templates, and what is derived from both.
///
/// An object, which all cores share.
final class CompilerContext: Sendable {
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
    /// What the image files have been found to be, by their places among the project's files.
    let images = Cache<Int, Result<ImageFile, ImageProblem>>()
    /// What translations are held against their sources for.
    let paritySubjects: ParitySubjects
    /// The ids of messages that have a source, in order.
    let messageIDs: [String]
    /// What translations were made from; nil in a project that does not keep it.
    let lock: TranslationLock?
    /// Whether translations are kept beside their sources.
    let keepsUnits: Bool
    let variantMatch: VariantMatch
    /// What translations are held against, by locale.
    let qualities: [String: TranslationQuality]

    init(
        files: ProjectFiles, content: ContentIndex, project: ProjectDefinition, templates: [TemplateDefinition],
        templateFolders: Set<String>, defaults: [String: FrontMatterLayer], schemas: MessageSchemas,
        lock: TranslationLock?, keepsUnits: Bool
    ) {
        self.files = files
        self.content = content
        self.project = project
        self.templates = Dictionary(templates.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        templateNames = templates.map(\.name)
        self.templateFolders = templateFolders
        self.defaults = defaults
        texts = TextContext(project)
        expressions = ExpressionContext(
            project, patternConditions: CompilerContext.patternConditions(files, content))
        self.schemas = schemas
        paritySubjects = ParitySubjects(project)
        messageIDs = content.messages.filter { $0.source != nil }.map(\.id)
        self.lock = lock
        self.keepsUnits = keepsUnits
        let source = texts.tag(project.source)
        variantMatch = VariantMatch(source: source)
        var qualities: [String: TranslationQuality] = [:]
        let allowed = Set(project.lint.filter { $0.level == .allow }.map(\.id))
        for policy in project.locales {
            guard let tag = texts.tag(policy.tag) else { continue }
            qualities[policy.tag] = TranslationQuality(locale: tag, source: source, policy: policy, allowed: allowed)
        }
        self.qualities = qualities
    }

    /// At least how many conditions of the project may have patterns: `when` and `audience` of each message in whose file, or
    /// in whose defaults, the word stands.
    private static func patternConditions(_ files: ProjectFiles, _ content: ContentIndex) -> Int {
        func mayHave(_ file: Int) -> Bool { Engine.mayHavePatterns(files.files[file].bytes) }
        if content.defaults.values.contains(where: mayHave) { return 2 * content.messages.count }
        return 2 * content.messages.count { $0.source.map(mayHave) ?? false }
    }
}

/// Compiles one message: its source, its variants, and the translations of both.
struct MessageCompiler {
    let context: CompilerContext
    let message: MessageFiles
    /// Bytes that one of the message's files is read with, to see what they would come to.
    var replaced: (file: Int, bytes: [UInt8])?
    var diagnostics: [Diagnostic] = []
    /// What of the source's file could not be read.
    var unread = UnreadKeys()
    /// What the variants' and translations' own files allow.
    var allowances: [Allowance] = []
    /// Paths below `content/` of the images in Markdown, of all languages.
    var markdownAssets: [String] = []
    var translationStates: [TranslationState] = []
    var comparisons: [TrackedTranslation] = []
    var sourceUnits: TrackedSource?
    /// Where fixes add a fallback.
    private(set) var fallbackPlace: FallbackPlace?

    init(context: CompilerContext, message: MessageFiles) {
        self.context = context
        self.message = message
    }

    var project: ProjectDefinition { context.project }

    /// The compiled message; nil when there is no source to compile.
    mutating func compile() -> CompiledMessage? {
        guard let sourceIndex = message.source else {
            reportOrphans()
            return nil
        }
        let source = read(sourceIndex)
        guard let front = source.frontMatter else { return unreadable(sourceIndex) }
        fallbackPlace = source.fallbackPlace
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
            assets: assets(definition, variants), translationStates: translationStates, comparisons: comparisons,
            sourceUnits: sourceUnits)
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

    // MARK: Lowering

    private mutating func lower(
        _ definition: MessageDefinition, _ template: TemplateDefinition, _ variants: [VariantDefinition],
        _ variables: [String: TextVariable], _ localizations: [Localization]
    ) -> CatalogMessage? {
        guard let tag = context.texts.tag(project.source) else { return nil }
        var compiler = TextCompiler(
            template: template, context: context.texts, event: definition.trigger?.event.value, variables: variables,
            locale: tag)
        compiler.environment.fallbackPlace = fallbackPlace
        let message = catalogMessage(
            definition, template: template, variants: variants.map { ($0.id, $0.changes) }, variables: variables,
            texts: localizations, project: project, compiler: &compiler)
        diagnostics += compiler.diagnostics
        return message
    }
}
