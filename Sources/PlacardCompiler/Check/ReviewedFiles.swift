import SourceDiagnostics

// What fix-its are tried on: a file that is read by itself, or a message with all its files.

/// The diagnostics of a file that is read by itself, without the fix-its that would not help.
///
/// - Parameters:
///   - keys: the keys that it may have.
///   - beside: the other files that reading it needs.
///   - read: reads a project of these files alone.
func reviewed(
    _ diagnostics: [Diagnostic], of file: ProjectFiles.File, keys: @autoclosure () -> Set<String>,
    beside: [ProjectFiles.File] = [],
    read: @escaping (ProjectFiles) -> [Diagnostic]
) -> [Diagnostic] {
    guard diagnostics.contains(where: { !$0.fixIts.isEmpty }) else { return diagnostics }
    let byteCount = (beside + [file]).reduce(0) { $0 + $1.bytes.count }
    let source = { path in path == file.path ? file.bytes : nil }
    var review = FixItReview(
        withLostLineEnds(diagnostics, keys: keys(), source: source), byteCount: byteCount, source: source,
        trial: { fixIt in
            guard let bytes = applying(fixIt, to: file.bytes, at: file.path) else { return nil }
            let found = read(ProjectFiles(beside + [ProjectFiles.File(path: file.path, bytes: bytes)]))
            return FixItReview.Outcome(diagnostics: found, saysTheSame: true)
        })
    return review.reviewed()
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
    var heirs = Heirs(of: message.id, in: context)
    let byteCount = own.reduce(0) { $0 + context.files.files[$1].bytes.count }
    var review = FixItReview(
        withLostLineEnds(diagnostics, keys: context.schemas.keys) { context.files[$0] }, byteCount: byteCount,
        source: { context.files[$0] },
        isShared: { isShared($0, with: message, in: context.files) },
        trial: { fixIt in
            guard let index = own.first(where: { context.files.files[$0].path == fixIt.edits.first?.file }) else {
                return nil
            }
            var file = context.files.files[index]
            guard let bytes = applying(fixIt, to: file.bytes, at: file.path) else { return nil }
            file.bytes = bytes
            var found: [Diagnostic] = []
            let after = compileMessage(message, in: context, replacing: file, &found)
            let harm = heirs.newDiagnostics(replacing: file)
            return FixItReview.Outcome(diagnostics: found + harm, saysTheSame: saysTheSame(compiled, after))
        })
    return review.reviewed()
}

/// The diagnostics of a `_defaults.yaml` by itself, without the fix-its that would not help it, or that bring errors in it to the
/// messages that inherit from it.
func reviewed(_ diagnostics: [Diagnostic], ofDefaults file: ProjectFiles.File, in context: CompilerContext)
    -> [Diagnostic]
{
    guard diagnostics.contains(where: { !$0.fixIts.isEmpty }) else { return diagnostics }
    var heirs = Heirs(in: context)
    return reviewed(diagnostics, of: file, keys: context.schemas.keys) { files in
        files.files.flatMap { file in
            let read = readDefaults(file, context.schemas)
            // What is wrong in a message is no fault of a file that could not be read.
            let errors = heirs.newDiagnostics(replacing: file).filter { $0.primary.file == file.path }
            return read.syntax + read.diagnostics + errors.filter { !read.diagnostics.contains($0) }
        }
    }
}

/// How many messages a fix-it of a `_defaults.yaml` is tried on, and of how many bytes they may be. Of more it is offered for authors to
/// look at, as all such fix-its are.
private let heirLimit = (messages: 16, bytes: 64 << 10)

/// The messages that inherit from a `_defaults.yaml`, and what becomes of them when it changes.
private struct Heirs {
    let context: CompilerContext
    /// The message that is looked at in any case.
    let known: String?
    /// What is wrong with them before, by the file that they inherit from.
    private var before: [String: [(message: MessageFiles, diagnostics: [Diagnostic])]] = [:]

    init(of known: String? = nil, in context: CompilerContext) {
        self.context = context
        self.known = known
    }

    /// What is wrong with them with this `_defaults.yaml`, and was not before; of another file nothing, and nothing where they are
    /// more than are looked at.
    mutating func newDiagnostics(replacing file: ProjectFiles.File) -> [Diagnostic] {
        guard file.path.hasSuffix("/_defaults.yaml") else { return [] }
        let heirs = before[file.path] ?? heirs(of: file.path)
        before[file.path] = heirs
        return heirs.flatMap { message, before in
            var found: [Diagnostic] = []
            _ = compileMessage(message, in: context, replacing: file, &found)
            var left: [String: Int] = [:]
            for diagnostic in before { left[diagnostic.id + diagnostic.message, default: 0] += 1 }
            return found.filter { diagnostic in
                left[diagnostic.id + diagnostic.message, default: 0] -= 1
                return left[diagnostic.id + diagnostic.message, default: 0] < 0
            }
        }
    }

    private func heirs(of path: String) -> [(message: MessageFiles, diagnostics: [Diagnostic])] {
        let folder = parentFolder(path) + "/"
        let messages = context.content.messages.filter { message in
            message.id != known
                && (message.source.map { context.files.files[$0].path.hasPrefix(folder) } ?? false)
        }
        let bytes = messages.reduce(0) { $0 + $1.all.reduce(0) { $0 + context.files.files[$1].bytes.count } }
        guard messages.count <= heirLimit.messages, bytes <= heirLimit.bytes else { return [] }
        return messages.map { message in
            var found: [Diagnostic] = []
            _ = compileMessage(message, in: context, &found)
            return (message, found)
        }
    }
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

/// Whether other messages inherit from the file at `path`, too: a `_defaults.yaml` beside or above them.
private func isShared(_ path: String, with message: MessageFiles, in files: ProjectFiles) -> Bool {
    guard path.hasSuffix("/_defaults.yaml") else { return false }
    let below = files.below(parentFolder(path) + "/")
    let own = Set(message.all)
    return below.indices.contains { below[$0].path.hasSuffix(".md") && !own.contains($0) }
}

/// Whether readers of every language see the same; of what does not compile nobody sees anything.
private func saysTheSame(_ before: CompiledMessage?, _ after: CompiledMessage?) -> Bool {
    guard let before, let after, before.catalog != nil, after.catalog != nil else { return true }
    func texts(_ message: CompiledMessage) -> [[UInt8]] {
        message.localizations.map { localeFileBytes(locale: $0.locale, messages: [("", $0)]) }
    }
    return texts(before) == texts(after)
}
