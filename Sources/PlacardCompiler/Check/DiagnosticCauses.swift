import ByteText
import DocumentSchema
import LocatedYAML
import SourceDiagnostics

/// Warnings that another diagnostic about the same place makes needless: what is warned of, and what is said in its place.
private let causes: [(warning: String, error: String)] = [
    // An escape in a text: the error is at the very escape, and can be fixed.
    ("yaml/escaped-control", "text/control-character"),
    ("yaml/escaped-control", "text/bidi-control"),
    // A character that stands in front matter as it is: said where YAML is read.
    ("text/bidi-control", "yaml/bidi-control"),
    ("text/line-separator", "yaml/line-separator"),
    // `confetti: yes`: a warning that offers quotation marks, where true is meant.
    ("yaml/ambiguous-scalar", "schema/wrong-type"),
    // `tone: yes`, `on: session_start`, `shows: no`: in quotation marks it would be as wrong.
    ("yaml/ambiguous-scalar", "schema/unknown-value"),
    ("yaml/ambiguous-scalar", "project/value-mismatch"),
    ("yaml/ambiguous-scalar", "schema/unknown-key"),
    ("yaml/ambiguous-scalar", "scenario/unknown-message"),
    // `title: #1 in the world`: the error says that the value is a comment.
    ("yaml/comment-in-value", "schema/wrong-type"),
    // `audience: “user.plan == 'free'”`: the error is of the expression, and can be fixed.
    ("yaml/visible-quotes", "cel/typographic-quotes"),
    ("yaml/visible-quotes", "cel/unterminated-string"),
    // `{event session_start}`: the error says that the colon is missing.
    ("yaml/missing-value", "yaml/missing-colon"),
    // `fallback:` beside the variable that it is of, and not below it.
    ("message/unknown-variable", "schema/misplaced-key"),
    // `group: promotions,` and `{id: später, …}` are names of nothing, too; what can be fixed is said.
    ("message/unknown-group", "schema/invalid-format"),
    ("schema/invalid-format", "translation/unknown-entry"),
    // `delay: 00:02`: neither a number nor a duration.
    ("yaml/ambiguous-scalar", "schema/invalid-format"),
    // `shows: Order_Ready`: that it is no message says it.
    ("schema/invalid-format", "scenario/unknown-message"),
    // `rides.rated && !rides.rated`: the condition itself says why nobody meets it.
    ("analysis/never-shown", "cel/constant-condition"),
]

private func causes(of warning: String) -> [String] { causes.filter { $0.warning == warning }.map(\.error) }

/// One cause, one diagnostic: without the warnings at whose place, or around it, another diagnostic stands that has the same
/// cause.
func oneDiagnosticPerCause(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
    guard diagnostics.contains(where: { !causes(of: $0.id).isEmpty }) else { return diagnostics }
    struct Place: Hashable {
        var id: String
        var file: String
    }
    var errors: [Place: [Span]] = [:]
    for diagnostic in diagnostics where causes.contains(where: { $0.error == diagnostic.id }) {
        errors[Place(id: diagnostic.id, file: diagnostic.primary.file), default: []].append(diagnostic.primary.span)
    }
    for place in errors.keys { errors[place]?.sort() }
    return diagnostics.filter { warning in
        !causes(of: warning.id).contains { cause in
            errors[Place(id: cause, file: warning.primary.file)].map {
                holds($0, within: warning.primary.span) || isInside(warning.primary.span, $0)
            } ?? false
        }
    }
}

/// What is said of a value as a whole, of whose inside nothing is known then.
private let unreadIDs: Set<String> = ["yaml/unquoted-value", "schema/wrong-type", "schema/several-events"]

/// Without what is said of the inside of a value that YAML reads as something else, or that is no such value: in quotes
/// it may be right.
func withoutMisread(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
    var misread: [String: [Span]] = [:]
    for diagnostic in diagnostics where unreadIDs.contains(diagnostic.id) {
        misread[diagnostic.primary.file, default: []].append(diagnostic.primary.span)
    }
    guard !misread.isEmpty else { return diagnostics }
    for file in misread.keys { misread[file]?.sort() }
    return diagnostics.filter { diagnostic in
        if diagnostic.severity == .error, diagnostic.id.hasPrefix("yaml/") || diagnostic.id.hasPrefix("schema/"),
            diagnostic.id != "yaml/non-string-key"
        {
            return true
        }
        return !(misread[diagnostic.primary.file].map { isInside(diagnostic.primary.span, $0) } ?? false)
    }
}

/// Quotation marks around an address, a name or a word make it another: the marks are the error, in place of what is said of
/// such a value.
func withoutQuoted(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
    var quoted: [String: [Span]] = [:]
    for diagnostic in diagnostics where diagnostic.id == "yaml/visible-quotes" && diagnostic.primary.span.length > 4 {
        quoted[diagnostic.primary.file, default: []].append(diagnostic.primary.span)
    }
    guard !quoted.isEmpty else { return diagnostics }
    for file in quoted.keys { quoted[file]?.sort() }
    let consequences = ["link/", "message/", "project/", "scenario/", "schema/"]
    func isConsequence(_ diagnostic: Diagnostic) -> Bool {
        consequences.contains { diagnostic.id.hasPrefix($0) }
            && quoted[diagnostic.primary.file].map { isInside(diagnostic.primary.span, $0) } ?? false
    }
    var errors: [String: [Span]] = [:]
    for diagnostic in diagnostics where diagnostic.severity == .error && isConsequence(diagnostic) {
        errors[diagnostic.primary.file, default: []].append(diagnostic.primary.span)
    }
    for file in errors.keys { errors[file]?.sort() }
    return diagnostics.compactMap { diagnostic in
        if isConsequence(diagnostic) { return nil }
        guard diagnostic.id == "yaml/visible-quotes",
            errors[diagnostic.primary.file].map({ holds($0, within: diagnostic.primary.span) }) ?? false
        else { return diagnostic }
        var error = diagnostic
        error.severity = .error
        // With the marks the value is what it must not be.
        error.fixIts.removeAll { fixIt in
            fixIt.edits.contains { textBetweenMarks(String($0.replacement.dropFirst().dropLast())) != nil }
        }
        return error
    }
}

/// Whether one of the sorted spans, of which few lie within each other, holds `inner`.
private func isInside(_ inner: Span, _ spans: [Span]) -> Bool {
    let end = spans.placeInOrder { $0.start > inner.start }
    return spans[max(0, end - 4)..<end].contains { $0.start <= inner.start && inner.end <= $0.end }
}

/// What the front matter of a message holds that could not be read, so that nothing is said of a translation for having it.
struct UnreadKeys {
    private var broken: Set<String> = []
    private var known: Set<String> = []
    private var places: [(key: String, label: Label)] = []
    /// Whether a key is none of a message's, or one is not there that must be: any that is missing may be meant.
    private var mayHoldMissing = false

    init() {}

    /// - Parameters:
    ///   - layers: the message's front matter and what it inherits.
    ///   - diagnostics: what their schema says of them.
    init(_ layers: [FrontMatterLayer], _ diagnostics: [Diagnostic]) {
        let errors = diagnostics.filter { $0.severity == .error }
        guard !errors.isEmpty else { return }
        for layer in layers {
            let own = errors.filter { $0.primary.file == layer.file }.map { ($0.id, $0.primary.span) }
            let entries = layer.node.mapping ?? .empty
            for (place, entry) in entries.enumerated() {
                guard let name = entry.key.text else { continue }
                // A comment in place of a value is behind the value that is not there.
                let end = place + 1 < entries.count ? entries[place + 1].key.span.start : Int.max
                let found = own.filter { entry.key.span.start <= $0.1.start && $0.1.end <= end }
                let atKey = Set(found.lazy.filter { $0.1 == entry.key.span }.map(\.0))
                // What is missing is reported at the first key; what is misplaced or unknown, at its own.
                if !atKey.isDisjoint(with: ["schema/missing-key", "schema/misplaced-key", "schema/unknown-key"]) {
                    mayHoldMissing = true
                }
                if atKey.contains("schema/unknown-key") {
                    // Of a misspelt key it is known which it is.
                    if let meant = nearMiss(name, among: ["experiment", "push", "trigger", "variables"]) {
                        broken.insert(meant)
                    }
                    continue
                }
                known.insert(name)
                if !found.isEmpty {
                    broken.insert(name)
                    places.append((name, Label(file: layer.file, entry.key.span.union(entry.value.span))))
                }
            }
        }
    }

    /// Whether the value of `key` is there and could not be read.
    func isBroken(_ key: String) -> Bool { broken.contains(key) }

    /// Whether a diagnostic follows from what could not be read: a fallback may stand there.
    func explains(_ diagnostic: Diagnostic) -> Bool {
        guard diagnostic.id == "text/missing-fallback", !broken.isEmpty else { return false }
        if broken.contains("variables") { return true }
        let label = diagnostic.primary
        return places.contains { place in
            place.key == "push" && place.label.file == label.file && place.label.span.start <= label.span.start
                && label.span.end <= place.label.span.end
        }
    }

    /// Whether the value of `key` is there, or may be, and could not be read.
    func mayHold(_ key: String) -> Bool {
        broken.contains(key) || mayHoldMissing && (!known.contains(key) || key == "body")
    }
}

/// What a `placard.yaml` that is not as it should be declares all the same, or may declare.
struct BrokenDeclarations {
    private var sections: Set<String> = []
    private var hasErrorsInContext = false
    /// Whether an event's name is none.
    private var hasUnreadEvent = false

    /// - Parameter diagnostics: what is wrong with the file.
    init(_ root: YAMLNode?, _ diagnostics: [Diagnostic]) {
        let errors = diagnostics.filter { $0.severity == .error && $0.primary.file == "placard.yaml" }
        guard !errors.isEmpty, let entries = root?.mapping else { return }
        let names = PlacardSchemas.project.root.properties.map(\.name)
        let given = Set(entries.compactMap(\.key.text))
        for entry in entries {
            guard let name = entry.key.text else { continue }
            // Of a misspelt section nothing is known but that it may be any that is missing.
            if !names.contains(name) {
                sections.formUnion(["context", "events", "groups", "links", "locales"].filter { !given.contains($0) })
            }
            let isOfGroups = name == "context" || name == "events"
            let groups = entry.value.mapping ?? .empty
            if name == "events",
                groups.contains(where: { group in errors.contains { $0.primary.span == group.key.span } })
            {
                hasUnreadEvent = true
            }
            let isWrapped =
                isOfGroups
                && groups.contains { group in
                    (group.value.mapping ?? .empty).contains { isWrapper($0.key.text ?? "", $0.value) }
                }
            if entry.value.mapping == nil || isWrapped || isOfGroups && !groups.allSatisfy({ $0.value.isMapping }) {
                sections.insert(name)
            }
            let whole = entry.key.span.union(entry.value.span)
            guard isOfGroups || name == "links" else { continue }
            if errors.contains(where: { whole.start <= $0.primary.span.start && $0.primary.span.end <= whole.end }) {
                if isOfGroups { hasErrorsInContext = true } else { sections.insert(name) }
            }
        }
    }

    /// Whether a diagnostic is of something that may be declared, as soon as what is wrong with `placard.yaml` is right.
    func explains(_ diagnostic: Diagnostic) -> Bool {
        switch diagnostic.id {
        case "scenario/missing-value", "scenario/unknown-attribute":
            hasErrorsInContext || sections.contains("context") || sections.contains("events")
        case "cel/undeclared-reference", "cel/unknown-field", "text/unknown-variable", "message/unknown-variable":
            sections.contains("context") || sections.contains("events")
        case "mf2/bad-operand": hasErrorsInContext
        case "message/unknown-event": sections.contains("events") || hasUnreadEvent
        case "message/unknown-group": sections.contains("groups")
        case "link/scheme-not-allowed", "link/host-not-allowed": sections.contains("links")
        case "translation/unknown-locale", "project/unknown-locale", "translation/missing": sections.contains("locales")
        default: false
        }
    }
}

/// Whether one of the sorted spans lies within `outer`.
private func holds(_ spans: [Span], within outer: Span) -> Bool {
    let first = spans.placeInOrder { $0.start >= outer.start }
    return spans[first...].lazy.prefix { $0.start <= outer.end }.contains { $0.end <= outer.end }
}
