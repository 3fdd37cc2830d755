import LocatedYAML
import PlacardBundle
import PlacardCompiler
import SourceDiagnostics

/// A fix-it that was applied alone, and what came of it.
///
/// Whatever its kind, its diagnostic is gone, and no new one matters as much. A safe one changes neither what readers see
/// nor what the YAML of the files means.
struct FixItTrial {
    var fixIt: FixIt
    var diagnostic: Diagnostic
    var source: ProjectFiles
    var fixed: ProjectFiles
    var before: Compilation
    var after: Compilation

    /// - Parameter compiled: how projects of the test are compiled.
    init(
        _ fixIt: FixIt, of diagnostic: Diagnostic, in source: ProjectFiles, _ before: Compilation,
        compiled: (ProjectFiles) -> Compilation
    ) {
        self.fixIt = fixIt
        self.diagnostic = diagnostic
        self.source = source
        self.before = before
        fixed = applying(fixIt, to: source)
        after = compiled(fixed)
    }

    /// Every fix-it of a project that can be applied, each tried by itself.
    ///
    /// - Parameter known: the project compiled, where that has been done.
    static func all(
        in source: ProjectFiles, _ known: Compilation? = nil, compiled: (ProjectFiles) -> Compilation = { compile($0) }
    ) -> [FixItTrial] {
        let before = known ?? compiled(source)
        return before.diagnostics.flatMap { diagnostic in
            diagnostic.fixIts.filter { $0.applicability != .displayOnly }.map {
                FixItTrial($0, of: diagnostic, in: source, before, compiled: compiled)
            }
        }
    }

    /// What is wrong with the fix-it; empty for a sound one.
    var complaints: [String] {
        var complaints: [String] = []
        if isLeft { complaints.append("leaves “\(diagnostic.message)”") }
        // An example has something to be filled in.
        for new in fixIt.applicability == .displayOnly ? [] : newDiagnostics {
            complaints.append("brings \(new.id): \(new.message)")
        }
        if fixIt.applicability == .safe {
            if let seen = readersTexts(before), let sees = readersTexts(after), seen != sees {
                complaints.append("changes what readers see")
            }
            for file in Set(fixIt.edits.map(\.file)).sorted() where !keepsYAML(file) {
                complaints.append("changes what the YAML of \(file) means")
            }
        }
        complaints += strayComplaints
        return complaints.map { "“\(fixIt.title)” (\(kind)) \($0)\n\(change)" }
    }

    var kind: String {
        switch fixIt.applicability {
        case .safe: "safe"
        case .unsafe: "likely"
        case .displayOnly: "example"
        }
    }

    // MARK: Diagnostics

    /// Whether the diagnostic is there as before. Of several mistakes in the YAML of a file one is reported at a time, so
    /// that the same may be found further on.
    private var isLeft: Bool {
        let same = { (other: Diagnostic) in other.id == diagnostic.id && other.message == diagnostic.message }
        guard after.diagnostics.count(where: same) >= before.diagnostics.count(where: same) else { return false }
        let place = moved(diagnostic.primary)
        return after.diagnostics.contains { same($0) && $0.primary.file == place.file && $0.primary.span == place.span }
            || !isOneOfMany
    }

    /// Where a label of before is afterwards.
    private func moved(_ label: Label) -> Label {
        func moved(_ offset: Int) -> Int {
            fixIt.edits.filter { $0.file == label.file && $0.span.end <= offset }
                .reduce(offset) { $0 + $1.replacement.utf8.count - $1.span.length }
        }
        return Label(
            file: label.file, Span(moved(label.span.start), max(moved(label.span.start), moved(label.span.end))))
    }

    /// Whether reading the file stops at such a diagnostic, so that others may lie behind it.
    private var isOneOfMany: Bool { diagnostic.id.hasPrefix("yaml/") && diagnostic.severity == .error }

    /// Diagnostics that were not there, and matter as much as the one that is gone.
    private var newDiagnostics: [Diagnostic] {
        var known: [String: Int] = [:]
        for other in before.diagnostics { known[other.id, default: 0] += 1 }
        return after.diagnostics.filter { other in
            guard other.severity <= diagnostic.severity else { return false }
            known[other.id, default: 0] -= 1
            // A fallback is for the author to write: no fix-it can know its words.
            return known[other.id, default: 0] < 0 && other.id != "text/missing-fallback"
        }
    }

    // MARK: Texts

    /// What a fix-it that shows a value leaves of the signs of another placeholder, or of the text itself.
    private var strayComplaints: [String] {
        var complaints: [String] = []
        if fixIt.edits.contains(where: { $0.replacement.contains("fallback: ''") }) {
            complaints.append("writes an empty fallback")
        }
        guard fixIt.edits.contains(where: { $0.replacement.contains("{$") }), let sees = readersTexts(after) else {
            return complaints
        }
        let seen = readersTexts(before) ?? [:]
        for (id, text) in sees.sorted(by: { $0.key < $1.key }) {
            let old = Set((seen[id] ?? "").split(separator: "\n"))
            for line in text.split(separator: "\n") where !old.contains(line) {
                let braces = line.filter { $0 == "{" }.count - line.filter { $0 == "}" }.count
                if braces != 0 { complaints.append("leaves a brace: \(line)") }
                if line.firstRange(of: #/\$[{⟦\p{L}]/#) != nil { complaints.append("leaves a dollar sign: \(line)") }
            }
        }
        return complaints
    }

    // MARK: Meaning

    /// Whether a file's YAML has the same keys and texts as before; what could not be read before has no meaning to keep,
    /// neither has an expression or a name that an error was about, and the spelling of a text means what readers see.
    private func keepsYAML(_ path: String) -> Bool {
        let isOfText = ["text/", "markdown/", "mf2/", "translation/"].contains { diagnostic.id.hasPrefix($0) }
        guard diagnostic.severity != .error || diagnostic.id.hasPrefix("yaml/"), !isOfText else { return true }
        guard let before = yaml(source[path], path) else { return true }
        return before == yaml(fixed[path], path)
    }

    /// The YAML of a file, with the texts of its scalars and without their places; nil when it cannot be read.
    private func yaml(_ bytes: [UInt8]?, _ path: String) -> String? {
        guard let bytes, path.hasSuffix(".md") || path.hasSuffix(".yaml") else { return nil }
        let split = path.hasSuffix(".md") ? splitFrontMatter(bytes) : nil
        let range = split.map { $0.frontMatter ?? Span(at: 0) } ?? Span(0, bytes.count)
        let (node, diagnostics) = parseYAML(bytes, range: range)
        guard let node, !((split?.diagnostics ?? []) + diagnostics).contains(where: { $0.severity == .error }) else {
            return nil
        }
        return outline(node)
    }

    private func outline(_ node: YAMLNode) -> String {
        if let mapping = node.mapping {
            return "{" + mapping.map { outline($0.key) + ": " + outline($0.value) }.joined(separator: ", ") + "}"
        }
        if let sequence = node.sequence { return "[" + sequence.map(outline).joined(separator: ", ") + "]" }
        return node.isNull ? "null" : quoted(node.text ?? "")
    }

    // MARK: Words

    /// The lines that change, as a difference shows them.
    var change: String {
        Set(fixIt.edits.map(\.file)).sorted().map { path in
            let lines = { (files: ProjectFiles) in
                String(decoding: files[path] ?? [], as: UTF8.self).split(
                    omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            }
            var (old, new) = (lines(source)[...], lines(fixed)[...])
            while let line = old.first, line == new.first { (old, new) = (old.dropFirst(), new.dropFirst()) }
            while let line = old.last, line == new.last { (old, new) = (old.dropLast(), new.dropLast()) }
            return (old.map { "    - " + visible(String($0)) } + new.map { "    + " + visible(String($0)) })
                .joined(separator: "\n")
        }.joined(separator: "\n")
    }
}

/// What readers see of each message: every text in every language, with values and without; nil while there are errors.
func readersTexts(_ compilation: Compilation) -> [String: String]? {
    guard !compilation.hasErrors, let project = try? DemoTexts(compilation) else { return nil }
    return Dictionary(
        project.catalog.messages.map { ($0.id, DemoSnapshot(demo: project, message: $0).text) },
        uniquingKeysWith: { first, _ in first })
}
