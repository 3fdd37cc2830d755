import ByteText
import DocumentSchema
import LocatedYAML
import PlacardBundle
import PlacardPreview
import PlacardText
import SourceDiagnostics

/// A compiled project: what it says, and what is wrong with it.
package struct Compilation: Sendable {
    package var files: ProjectFiles
    package var project: ProjectDefinition
    /// In the order of their names.
    package var templates: [TemplateDefinition]
    /// In the order of their ids.
    package var messages: [CompiledMessage]
    /// In the order of their names.
    package var scenarios: [Scenario]
    /// Diagnostics of all files, those of a source before those of its translations, and within a file in the order of
    /// ``Diagnostic/precedes(_:_:)``; none twice.
    package var diagnostics: [Diagnostic]
    /// What is not said of translations as long as their sources have mistakes of their own.
    var withheld: [Diagnostic] = []
    /// Images by their path below `content/`: indices into ``ProjectFiles/files``.
    var assets: [String: Int]
    /// What translations were made from; nil in a project that does not keep it.
    var lock: TranslationLock?
    /// What texts may use.
    let texts: TextContext
    /// For the next compilation of nearly the same files; nil unless it was asked for.
    package var former: FormerMessages?

    /// Whether nothing may be emitted.
    package var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

    /// The locales that the project speaks: the source, then the others by tag.
    package var locales: [String] { [project.source] + project.locales.map(\.tag) }
}

/// Compiles a project: reads, checks and lowers every file, on all cores.
///
/// Never fails as a whole: what is wrong is among the result's diagnostics, and the rest is compiled all the same. What
/// a build writes depends on nothing but `files`.
///
/// - Parameters:
///   - knownDiagnostics: the ids that `lint:` and `allow:` may name; nil when any may.
///   - analysis: how much to find out about what the messages do together, once there are no errors.
///   - now: seconds from 1970, to find schedules that have ended; nil where diagnostics must not depend on the clock.
///   - keepsUnits: whether to keep translations beside their sources, for ``Compilation/updatedLock(accepting:)`` and
///     ``Compilation/translationStatus()``.
///   - allowsIncomplete: whether what translations lack are warnings in every locale, as in a draft.
///   - isPseudo: whether the pseudo-locales are locales like any other, for ``Compilation/withPseudoTranslations()``.
///   - former: what a compilation with the same parameters found, whose messages are not compiled again where nothing that
///     they depend on has changed.
///   - keepsMessages: whether to keep what was found for such a one, as ``Compilation/former``.
package func compile(
    _ files: ProjectFiles, knownDiagnostics: [String]? = nil, analysis: AnalysisLevel = .none, now: Int64? = nil,
    keepsUnits: Bool = false, isPseudo: Bool = false, allowsIncomplete: Bool = false, former: FormerMessages? = nil,
    keepsMessages: Bool = false
) -> Compilation {
    if files.isOverLimit {
        // What has not been read has consequences without number, which say nothing of their cause.
        return Compilation(
            files: files, project: .empty, templates: [], messages: [], scenarios: [], diagnostics: files.problems,
            assets: [:], texts: TextContext(.empty))
    }
    var diagnostics = files.problems
    let readProject = readProjectFile(files, &diagnostics)
    let declarations = BrokenDeclarations(readProject?.root, diagnostics)
    var project = readProject?.project ?? .empty
    project.allowsIncomplete = allowsIncomplete
    if isPseudo { project.addPseudoLocales() }
    let templates = decodeTemplates(files, &diagnostics)
    let content = ContentIndex(files, locales: project.locales.map(\.tag))
    diagnostics += content.diagnostics
    let schemas = MessageSchemas(templates: templates)
    let (defaults, ofDefaults) = decodeDefaults(files, content, schemas)
    let lock = files[TranslationLock.path].map { TranslationLock($0) }
    diagnostics += lock?.diagnostics ?? []
    let texts = TextContext(project)
    let context = CompilerContext(
        files: files, content: content, project: project, texts: texts, templates: templates,
        templateFolders: templateFolders(files), defaults: defaults, schemas: schemas, lock: lock,
        keepsUnits: keepsUnits)
    for (file, found) in ofDefaults { diagnostics += reviewed(found, ofDefaults: file, in: context) }
    diagnostics += context.contrasts.diagnostics()
    let known = former?.results(for: content, in: files)
    let compiled = concurrentMap(content.messages.count) { index in
        if let known = known?[index] { return known }
        var found: [Diagnostic] = []
        let message = compileMessage(content.messages[index], in: context, &found)
        return MessageResult(
            message: message, diagnostics: reviewed(found, of: content.messages[index], message, in: context))
    }
    for result in compiled { diagnostics += result.diagnostics }
    let messages = compiled.compactMap(\.message)
    diagnostics += checkProject(messages, context, knownDiagnostics)
    let scenarios = decodeScenarios(files, project, messages, misnamed: content.misnamed, &diagnostics)
    if readProject == nil {
        // Against a project that cannot be read nothing would hold; what stays is what is wrong in itself.
        diagnostics.removeAll { !$0.id.hasPrefix("yaml/") && !$0.id.hasPrefix("project/") }
    }
    diagnostics.removeAll(where: declarations.explains)
    var compilation = Compilation(
        files: files, project: project, templates: templates, messages: messages, scenarios: scenarios,
        diagnostics: [], assets: content.assets, lock: lock, texts: texts)
    if keepsMessages {
        compilation.former = FormerMessages(files: files, messages: content.messages, results: compiled)
    }
    let isSound = !diagnostics.contains { $0.severity == .error }
    if isSound { diagnostics += analyse(compilation, analysis, now: now) }
    (compilation.diagnostics, compilation.withheld) = finish(
        diagnostics, messages, project, isAnalysed: isSound && analysis == .full && now != nil)
    return compilation
}

private func readProjectFile(
    _ files: ProjectFiles, _ diagnostics: inout [Diagnostic]
) -> (root: YAMLNode, project: ProjectDefinition)? {
    let path = "placard.yaml"
    guard let bytes = files[path] else {
        // A file that is there but cannot be read has been reported.
        if !files.unread.covers(path) {
            diagnostics.append(.missingProjectFile(path))
        }
        return nil
    }
    let file = ProjectFiles.File(path: path, bytes: bytes)
    let read = readProject(file)
    diagnostics += reviewed(read.diagnostics, of: file, keys: PlacardSchemas.project.root.keys) {
        $0.files.flatMap { readProject($0).diagnostics }
    }
    return read.project
}

private func readProject(
    _ file: ProjectFiles.File
) -> (project: (root: YAMLNode, project: ProjectDefinition)?, diagnostics: [Diagnostic]) {
    var diagnostics: [Diagnostic] = []
    guard let root = parseDocument(file.bytes, file.path, &diagnostics) else { return (nil, diagnostics) }
    diagnostics += validateProject(root, file: file.path)
    var decoder = ProjectDecoder(file: file.path)
    let project = decoder.decode(root)
    return ((root, project), diagnostics + decoder.diagnostics)
}

/// A file that is one YAML mapping; nil where it cannot be read.
func parseDocument(_ bytes: [UInt8], _ path: String, _ diagnostics: inout [Diagnostic]) -> YAMLNode? {
    let parsed = parseMapping(bytes)
    diagnostics += parsed.diagnostics.map { $0.placed(in: path) }
    return parsed.node
}

/// Parses YAML whose root is a mapping. One without anything in it is an empty mapping, so that its schema says what it
/// lacks, and no empty file is passed over in silence.
func parseMapping(_ bytes: [UInt8], range: Span? = nil) -> (node: YAMLNode?, diagnostics: [Diagnostic]) {
    let parsed = parseYAML(bytes, range: range)
    let isEmpty = parsed.node.map { $0.isNull && $0.span.isEmpty } ?? true
    guard isEmpty, !parsed.diagnostics.contains(where: { $0.severity == .error }) else { return parsed }
    let start = range?.start ?? 0
    return (YAMLNode(emptyMappingAt: Span(at: start)), parsed.diagnostics)
}

/// The `_defaults.yaml` files by folder, and what is wrong with each of them by itself.
private func decodeDefaults(
    _ files: ProjectFiles, _ content: ContentIndex, _ schemas: MessageSchemas
) -> (layers: [String: FrontMatterLayer], found: [(file: ProjectFiles.File, diagnostics: [Diagnostic])]) {
    var layers: [String: FrontMatterLayer] = [:]
    var found: [(file: ProjectFiles.File, diagnostics: [Diagnostic])] = []
    for (folder, index) in content.defaults.sorted(by: { utf8Less($0.key, $1.key) }) {
        let file = files.files[index]
        let read = readDefaults(file, schemas)
        found.append((file, read.syntax + read.diagnostics))
        guard let root = read.root else { continue }
        layers[folder] = FrontMatterLayer(
            node: root, file: file.path, refused: Set(read.diagnostics.map(\.primary.span)))
    }
    return (layers, found)
}

/// A `_defaults.yaml`, and what is wrong with it by itself.
func readDefaults(
    _ file: ProjectFiles.File, _ schemas: MessageSchemas
) -> (root: YAMLNode?, syntax: [Diagnostic], diagnostics: [Diagnostic]) {
    var syntax: [Diagnostic] = []
    guard let root = parseDocument(file.bytes, file.path, &syntax) else { return (nil, syntax, []) }
    return (root, syntax, schemas.validateDefaults(root, file: file.path))
}

private func decodeScenarios(
    _ files: ProjectFiles, _ project: ProjectDefinition, _ messages: [CompiledMessage], misnamed: Set<String>,
    _ diagnostics: inout [Diagnostic]
) -> [Scenario] {
    var scenarios: [Scenario] = []
    let ids = messages.map(\.definition.id)
    let known = Set(ids).union(misnamed)
    for file in files.below("scenarios/") {
        let name = String(file.path.dropFirst("scenarios/".utf8.count))
        guard name.hasSuffix(".yaml") else {
            let note =
                name.hasSuffix(".yml")
                ? "did you mean `\(name.dropLast(4)).yaml`?" : "scenarios/ holds scenarios, which end in .yaml"
            diagnostics.append(.unknownFile(file.path, note: note))
            continue
        }
        func read(_ file: ProjectFiles.File) -> (scenario: Scenario?, diagnostics: [Diagnostic]) {
            var found: [Diagnostic] = []
            guard let root = parseDocument(file.bytes, file.path, &found) else { return (nil, found) }
            let invalid = validate(root, against: PlacardSchemas.scenario.root, clock: localClock(of: root))
            found += invalid.map { $0.placed(in: file.path) }
            var decoder = ScenarioDecoder(file.path, project, messages: ids, knownMessages: known, unread: files.unread)
            let scenario = decoder.decode(root, name: String(name.dropLast(5)))
            found.removeAll { decoder.explains($0) }
            return (scenario, found + decoder.diagnostics)
        }
        let result = read(file)
        diagnostics += reviewed(result.diagnostics, of: file, keys: PlacardSchemas.scenario.root.keys) {
            $0.files.flatMap { read($0).diagnostics }
        }
        if let scenario = result.scenario { scenarios.append(scenario) }
    }
    return scenarios
}

// MARK: Diagnostics

/// Whether a message of a file, or below the folder of a `_defaults.yaml`, has a schedule with a beginning or an end.
private func mayEnd(within file: String, _ messages: [CompiledMessage]) -> Bool {
    let folder = file.hasSuffix("/_defaults.yaml") ? parentFolder(file) + "/" : nil
    return messages.contains { message in
        guard let schedule = message.definition.schedule?.schedule, schedule.start != nil || schedule.end != nil else {
            return false
        }
        return message.definition.file == file || folder.map(message.definition.file.hasPrefix) ?? false
    }
}

/// Applies the project's severities and the files' allowances, removes doubles and consequences, and sorts.
private func finish(
    _ diagnostics: [Diagnostic], _ messages: [CompiledMessage], _ project: ProjectDefinition, isAnalysed: Bool
) -> (said: [Diagnostic], withheld: [Diagnostic]) {
    var levels: [String: LintRule.Level] = [:]
    for rule in project.lint { levels[rule.id] = rule.level }
    var allowances = Allowances(messages)
    var result: [Diagnostic] = []
    for var diagnostic in withoutLostChoices(withoutMisread(withoutQuoted(oneDiagnosticPerCause(diagnostics)))) {
        // Errors cannot be silenced.
        if diagnostic.severity != .error {
            if allowances.allow(diagnostic) { continue }
            switch levels[diagnostic.id] {
            case .allow: continue
            // What time brings is no fault that a project could be held to.
            case _ where clockDiagnostics.contains(diagnostic.id) && diagnostic.severity == .note: break
            case .error: diagnostic.severity = .error
            case .warning: diagnostic.severity = .warning
            case nil: break
            }
        } else if let level = levels[diagnostic.id], level != .error {
            diagnostic.notes.append("lint in placard.yaml cannot lower it: errors stay errors")
        }
        result.append(diagnostic)
    }
    let unknown = Set(result.filter { $0.id == "lint/unknown-id" }.map(\.primary))
    for allowance in allowances.unused where !unknown.contains(allowance.id.label) {
        // What was not looked for may be there.
        if !isAnalysed, allowance.id.value.hasPrefix("analysis/") { continue }
        // An end that has not come yet will, and a beginning that is far comes nearer.
        if clockDiagnostics.contains(allowance.id.value), mayEnd(within: allowance.id.file, messages) { continue }
        result.append(.unusedAllowance(allowance.id.value, at: allowance.id.label))
    }
    let (said, withheld) = sourcesBeforeTranslations(result)
    return (sortedOnce(withoutRenamedIDs(said)), withheld)
}

/// In the order in which they are reported, each once.
private func sortedOnce(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
    // Their places are sorted: a diagnostic is large to move.
    let places = diagnostics.indices.sorted { isReportedBefore(diagnostics[$0], diagnostics[$1]) }
    var result: [Diagnostic] = []
    result.reserveCapacity(places.count)
    for place in places {
        let diagnostic = diagnostics[place]
        // Equal ones stand among those that none of the two precedes.
        let isThere = result.reversed().lazy.prefix { !isReportedBefore($0, diagnostic) }.contains(diagnostic)
        if !isThere { result.append(diagnostic) }
    }
    return result
}
