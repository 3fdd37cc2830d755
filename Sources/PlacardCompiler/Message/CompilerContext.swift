import Locking
import PlacardEngine
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
    /// What style sheets make of colors.
    let contrasts: TemplateContrasts
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
    /// The locales whose languages have one plural form.
    let formless: Set<String>

    init(
        files: ProjectFiles, content: ContentIndex, project: ProjectDefinition, texts: TextContext,
        templates: [TemplateDefinition], templateFolders: Set<String>, defaults: [String: FrontMatterLayer],
        schemas: MessageSchemas, lock: TranslationLock?, keepsUnits: Bool
    ) {
        self.files = files
        self.content = content
        self.project = project
        self.templates = Dictionary(templates.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        templateNames = templates.map(\.name)
        contrasts = TemplateContrasts(templates, look: project.look)
        self.templateFolders = templateFolders
        self.defaults = defaults
        self.texts = texts
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
        var formless: Set<String> = []
        let allowed = Set(project.lint.filter { $0.level == .allow }.map(\.id))
        for policy in project.locales {
            guard let tag = texts.tag(policy.tag) else { continue }
            if PluralRules(.cardinal, locale: tag).categories.count < 2 { formless.insert(policy.tag) }
            qualities[policy.tag] = TranslationQuality(locale: tag, source: source, policy: policy, allowed: allowed)
        }
        self.qualities = qualities
        self.formless = formless
    }

    /// At least how many conditions of the project may have patterns: `when` and `audience` of each message in whose file, or
    /// in whose defaults, the word stands.
    private static func patternConditions(_ files: ProjectFiles, _ content: ContentIndex) -> Int {
        func mayHave(_ file: Int) -> Bool { Engine.mayHavePatterns(files.files[file].bytes) }
        if content.defaults.values.contains(where: mayHave) { return 2 * content.messages.count }
        return 2 * content.messages.count { $0.source.map(mayHave) ?? false }
    }
}
