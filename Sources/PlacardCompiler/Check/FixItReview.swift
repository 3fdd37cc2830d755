import SourceDiagnostics

// No fix-it is offered untried. What reports a mistake sees one scalar, one expression or one text; whether the file is better
// afterwards only reading it again can tell: quotation marks around `toast title: Hello` make YAML of it, and the name of no
// template.

/// How many bytes of source the trials for one message may read. Fix-its beyond are offered as they are, so that a file of
/// thousands of mistakes costs no more than a few of them.
private let trialByteLimit = 64 << 10
/// How many fix-its of one message are tried; each may take as long as compiling it.
private let trialLimit = 24
/// How many diagnostics all trials of one message may make, which is most of the work of a message of many mistakes.
private let trialDiagnosticLimit = 480

/// What may be wrong with a value once its YAML can be read, and was wrong before: a quoting fix-it is not to blame for it.
private let uncovered: Set<String> = [
    "cel/not-a-declared-value", "cel/no-matching-overload", "cel/optional-read-untested", "cel/undeclared-function",
    "cel/undeclared-reference", "cel/unknown-field", "text/foreign-placeholder", "text/stray-brace",
    "text/unknown-value",
    "text/unknown-variable", "text/unmarked-variable",
]

/// The diagnostics of some files, and what fix-its make of them.
struct FixItReview {
    let diagnostics: [Diagnostic]

    /// The diagnostics without the fix-its that would not help: after which the diagnostic stays, or another as severe takes
    /// its place.
    ///
    /// - Parameters:
    ///   - byteCount: what one trial reads.
    ///   - source: the bytes of a file.
    ///   - trial: the diagnostics after a fix-it, and whether readers see the same; nil when it cannot be tried.
    func reviewed(
        byteCount: Int, source: (String) -> [UInt8]?, trial: (FixIt) -> (diagnostics: [Diagnostic], saysTheSame: Bool)?
    ) -> [Diagnostic] {
        var left = min(
            trialLimit, trialByteLimit / max(1, byteCount), trialDiagnosticLimit / max(1, diagnostics.count))
        var result = diagnostics
        for index in result.indices where !result[index].fixIts.isEmpty {
            result[index].fixIts = diagnostics[index].fixIts.compactMap { fixIt in
                guard fixIt.applicability != .displayOnly, left > 0, let after = trial(fixIt) else { return fixIt }
                left -= 1
                guard !isHarmful(fixIt, of: diagnostics[index], after.diagnostics, source) else { return nil }
                var fixIt = fixIt
                if fixIt.applicability == .safe,
                    !after.saysTheSame || leavesError(fixIt, after.diagnostics, source)
                {
                    fixIt.applicability = .unsafe
                }
                return fixIt
            }
        }
        return result
    }

    /// Whether an error stands afterwards where the fix-it wrote something.
    private func leavesError(
        _ fixIt: FixIt, _ after: [Diagnostic], _ source: (String) -> [UInt8]?
    ) -> Bool {
        let change = EditedLines(fixIt.edits, in: fixIt.edits.first.flatMap { source($0.file) } ?? [])
        return after.contains { $0.severity == .error && change.adjoins($0.primary) }
    }

    /// Whether the diagnostic is still there after the fix-it, or a new one that is as severe.
    private func isHarmful(
        _ fixIt: FixIt, of diagnostic: Diagnostic, _ after: [Diagnostic], _ source: (String) -> [UInt8]?
    ) -> Bool {
        let isSame = { (other: Diagnostic) in other.id == diagnostic.id && other.message == diagnostic.message }
        // A file is not read beyond a mistake in its YAML, so that others may lie behind it.
        let isHiding = diagnostic.id.hasPrefix("yaml/") && diagnostic.severity == .error
        let change = EditedLines(fixIt.edits, in: fixIt.edits.first.flatMap { source($0.file) } ?? [])
        let place = change.moved(diagnostic.primary)
        if after.contains(where: { isSame($0) && $0.primary.file == place.file && $0.primary.span == place.span }) {
            return true
        }
        if !isHiding, after.count(where: isSame) >= diagnostics.count(where: isSame) { return true }
        var known: [String: Int] = [:]
        for other in diagnostics { known[other.id, default: 0] += 1 }
        return after.contains { other in
            guard other.severity <= diagnostic.severity else { return false }
            known[other.id, default: 0] -= 1
            guard known[other.id, default: 0] < 0, !isForAuthors(other, place.file) else { return false }
            let isUncovered = uncovered.contains(other.id) && change.touches(other.primary)
            if diagnostic.id == "schema/wrong-type", isUncovered, other.id.hasPrefix("text/") { return false }
            return !isHiding || change.touches(other.primary) && !isUncovered
        }
    }

    /// Whether a diagnostic asks authors for words that no fix-it can know: a fallback for the variable that it marks, a new
    /// translation of the text that it changes.
    private func isForAuthors(_ diagnostic: Diagnostic, _ fixed: String) -> Bool {
        diagnostic.id == "text/missing-fallback"
            || diagnostic.id.hasPrefix("translation/") && diagnostic.primary.file != fixed
    }
}

/// The bytes of a file with the edits of a fix-it made; nil when they do not fit it, or are not all in it.
private func applying(_ fixIt: FixIt, to bytes: [UInt8], at path: String) -> [UInt8]? {
    var bytes = bytes
    var end = bytes.count
    for edit in fixIt.edits.sorted(by: { $1.span < $0.span }) {
        guard edit.file == path, edit.span.end <= end else { return nil }
        bytes.replaceSubrange(edit.span.start..<edit.span.end, with: edit.replacement.utf8)
        end = edit.span.start
    }
    return bytes
}

/// The diagnostics of a file that is read by itself, without the fix-its that would not help.
///
/// - Parameters:
///   - beside: the other files that reading it needs.
///   - read: reads a project of these files alone.
func reviewed(
    _ diagnostics: [Diagnostic], of file: ProjectFiles.File, beside: [ProjectFiles.File] = [],
    read: (ProjectFiles) -> [Diagnostic]
) -> [Diagnostic] {
    guard diagnostics.contains(where: { !$0.fixIts.isEmpty }) else { return diagnostics }
    let byteCount = (beside + [file]).reduce(0) { $0 + $1.bytes.count }
    let review = FixItReview(diagnostics: diagnostics)
    return review.reviewed(
        byteCount: byteCount, source: { $0 == file.path ? file.bytes : nil },
        trial: { fixIt in
            guard let bytes = applying(fixIt, to: file.bytes, at: file.path) else { return nil }
            return (read(ProjectFiles(beside + [ProjectFiles.File(path: file.path, bytes: bytes)])), true)
        })
}

/// The diagnostics of a compiled message, without the fix-its that would not help. One that changes what readers see is not
/// safe.
///
/// - Parameter compiled: what ``compileMessage(_:in:replacing:_:)`` gave with the diagnostics.
func reviewed(
    _ diagnostics: [Diagnostic], of message: MessageFiles, _ compiled: CompiledMessage?, in context: CompilerContext
) -> [Diagnostic] {
    guard diagnostics.contains(where: { !$0.fixIts.isEmpty }) else { return diagnostics }
    let own = message.all + inheritedFiles(of: message, in: context)
    let byteCount = own.reduce(0) { $0 + context.files.files[$1].bytes.count }
    let review = FixItReview(diagnostics: diagnostics)
    return review.reviewed(
        byteCount: byteCount, source: { context.files[$0] },
        trial: { fixIt in
            guard let index = own.first(where: { context.files.files[$0].path == fixIt.edits.first?.file }) else {
                return nil
            }
            var file = context.files.files[index]
            guard let bytes = applying(fixIt, to: file.bytes, at: file.path) else { return nil }
            file.bytes = bytes
            var found: [Diagnostic] = []
            let after = compileMessage(message, in: context, replacing: file, &found)
            return (found, saysTheSame(compiled, after))
        })
}

/// The `_defaults.yaml` that a message inherits from.
private func inheritedFiles(of message: MessageFiles, in context: CompilerContext) -> [Int] {
    guard let source = message.source, !context.content.defaults.isEmpty else { return [] }
    var files: [Int] = []
    var folder = parentFolder(context.files.files[source].path)
    while !folder.isEmpty {
        if let file = context.content.defaults[folder] { files.append(file) }
        folder = parentFolder(folder)
    }
    return files
}

/// Whether readers of every language see the same; of what does not compile nobody sees anything.
private func saysTheSame(_ before: CompiledMessage?, _ after: CompiledMessage?) -> Bool {
    guard let before, let after, before.catalog != nil, after.catalog != nil else { return true }
    func texts(_ message: CompiledMessage) -> [[UInt8]] {
        message.localizations.map { localeFileBytes(locale: $0.locale, messages: [("", $0)]) }
    }
    return texts(before) == texts(after)
}

/// Where the edits of one file are after they have been made.
private struct EditedLines {
    private let edits: [Edit]
    private let bytes: [UInt8]

    /// - Parameter bytes: the file before.
    init(_ edits: [Edit], in bytes: [UInt8]) {
        self.edits = edits.sorted { $0.span < $1.span }
        self.bytes = bytes
    }

    /// Where a label of before is afterwards.
    func moved(_ label: Label) -> Label {
        guard label.file == edits.first?.file else { return label }
        func moved(_ offset: Int) -> Int {
            edits.prefix { $0.span.end <= offset }.reduce(offset) { $0 + $1.replacement.utf8.count - $1.span.length }
        }
        let start = moved(label.span.start)
        return Label(file: label.file, Span(start, max(start, moved(label.span.end))))
    }

    /// Whether a label of afterwards lies in what an edit has written, or right beside it.
    func adjoins(_ label: Label) -> Bool {
        guard label.file == edits.first?.file else { return false }
        var shift = 0
        return edits.contains { edit in
            let start = edit.span.start + shift
            shift += edit.replacement.utf8.count - edit.span.length
            return label.span.start <= start + edit.replacement.utf8.count && start <= label.span.end
        }
    }

    /// Whether a label of afterwards lies in a line that an edit has changed.
    func touches(_ label: Label) -> Bool {
        guard label.file == edits.first?.file else { return false }
        var shift = 0
        return edits.contains { edit in
            var start = min(edit.span.start, bytes.count)
            var end = min(edit.span.end, bytes.count)
            while start > 0, bytes[start - 1] != 0x0A { start -= 1 }
            while end < bytes.count, bytes[end] != 0x0A { end += 1 }
            let first = start + shift
            shift += edit.replacement.utf8.count - edit.span.length
            return label.span.start <= end + shift && first <= label.span.end
        }
    }
}
