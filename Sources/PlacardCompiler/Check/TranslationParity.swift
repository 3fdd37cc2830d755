import ByteText
import PlacardText
import SourceDiagnostics

/// Whether a translated text uses what its source uses: the same variables, the same link targets.
///
/// All of it is a warning, which a project can raise: every variable has a value or a fallback wherever it is used, and
/// every link is one that the project allows, or the text does not compile; so that a difference is a matter of
/// wording, for a translator to judge (`Documentation/Decisions/translation-parity.md`).
///
/// - Parameter subjects: what is wanted of it.
func parity(
    _ translated: CompiledText, _ source: CompiledText, at text: EmbeddedText, of subjects: ParitySubjects
) -> [Diagnostic] {
    var diagnostics: [Diagnostic] = []
    // Most texts have neither.
    if subjects.contains(.variables), !translated.variables.isEmpty || !source.variables.isEmpty {
        diagnostics += variableParity(translated, source, text)
    }
    if subjects.contains(.plurals), !source.variables.isEmpty { diagnostics += pluralParity(translated, source, text) }
    if subjects.contains(.links), !translated.links.isEmpty || !source.links.isEmpty {
        diagnostics += linkParity(translated, source, text)
    }
    return diagnostics
}

/// What a translation is held against its source for.
struct ParitySubjects: OptionSet {
    let rawValue: UInt8

    static let variables = ParitySubjects(rawValue: 1)
    static let links = ParitySubjects(rawValue: 2)
    /// Where the language has more than one plural form.
    static let plurals = ParitySubjects(rawValue: 4)
    /// Numbers with a text of their own.
    static let cases = ParitySubjects(rawValue: 8)
    static let all: ParitySubjects = [.variables, .links, .plurals, .cases]

    init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// Those of which a project wants to know: what its `lint:` allows everywhere needs no looking for.
    init(_ project: ProjectDefinition) {
        var levels: [String: LintRule.Level] = [:]
        for rule in project.lint { levels[rule.id] = rule.level }
        func isAllowed(_ id: String) -> Bool { levels[id] == .allow }
        self = .all
        if isAllowed("translation/unknown-placeholder"), isAllowed("translation/dropped-placeholder") {
            remove(.variables)
        }
        if isAllowed("translation/dropped-plural") { remove(.plurals) }
        if isAllowed("translation/dropped-case") { remove(.cases) }
        if isAllowed("translation/different-link"), isAllowed("translation/dropped-link") { remove(.links) }
    }
}

private func variableParity(
    _ translated: CompiledText, _ source: CompiledText, _ text: EmbeddedText
) -> [Diagnostic] {
    var diagnostics: [Diagnostic] = []
    let wanted = Set(source.variables.map(\.name))
    let names = wanted.sorted(by: utf8Less)
    var seen: Set<String> = []
    for use in translated.variables where seen.insert(use.name).inserted && !wanted.contains(use.name) {
        diagnostics.append(.unknownPlaceholder(use.name, among: names, at: use.span))
    }
    diagnostics = text.place(diagnostics)
    for name in names where !seen.contains(name) {
        diagnostics.append(.droppedPlaceholder(name, at: text.label))
    }
    return diagnostics
}

extension TextVariableUse {
    /// Whether its function chooses by plural categories.
    var choosesByNumber: Bool { function == "number" || function == "integer" || function == "offset" }
}

/// A number that the source words in several ways, and the translation in one.
private func pluralParity(
    _ translated: CompiledText, _ source: CompiledText, _ text: EmbeddedText
) -> [Diagnostic] {
    let chosen = Set(source.variables.filter { $0.isSelector && $0.choosesByNumber }.map(\.name))
    guard !chosen.isEmpty else { return [] }
    var seen = Set(translated.variables.filter(\.isSelector).map(\.name))
    return text.place(
        translated.variables.compactMap { use in
            guard chosen.contains(use.name), seen.insert(use.name).inserted else { return nil }
            return .droppedPlural(use.name, at: use.span)
        })
}

private func linkParity(
    _ translated: CompiledText, _ source: CompiledText, _ text: EmbeddedText
) -> [Diagnostic] {
    // Choices of a conversation are matched step by step.
    func targets(_ links: [TextLink]) -> [[TextLink.Part]] {
        links.filter { !$0.isImage && $0.literalTarget?.hasPrefix("#") != true }.map(\.target)
    }
    let wanted = targets(source.links)
    let known = Set(wanted)
    let given = Set(targets(translated.links))
    // A link that leads elsewhere is one diagnostic, not one for where it leads and one for where it does not.
    var dropped = wanted.filter { !given.contains($0) }[...]
    var diagnostics: [Diagnostic] = []
    for link in translated.links where !link.isImage && link.literalTarget?.hasPrefix("#") != true {
        guard !known.contains(link.target) else { continue }
        let meant = dropped.isEmpty ? nil : description(dropped.removeFirst())
        diagnostics.append(.differentLink(description(link.target), meant: meant, at: link.span))
    }
    diagnostics = text.place(diagnostics)
    for target in dropped {
        diagnostics.append(.droppedLink(description(target), at: text.label))
    }
    return diagnostics
}

private func description(_ target: [TextLink.Part]) -> String {
    target.map { part in
        switch part {
        case .literal(let text): text
        case .variable(let name): "{$\(name)}"
        }
    }.joined()
}
