import DocumentSchema
import LocatedYAML
import PlacardText
import SourceDiagnostics

/// What a file of `content/` holds: front matter and body.
struct ContentFile {
    var path: String
    /// Nil when there is none, or none that can be read.
    var frontMatter: YAMLNode?
    /// Where fixes add a fallback.
    var fallbackPlace: FallbackPlace?
    var body: EmbeddedText
    /// Whether its front matter is not sound YAML.
    var isBroken: Bool
    /// What is wrong with its front matter as YAML.
    var diagnostics: [Diagnostic]
}

/// Reads files of `content/`.
struct SourceReader {
    let files: ProjectFiles
    /// A file that is read with these bytes instead.
    let replaced: ProjectFiles.File?

    /// - Parameter index: a place in ``ProjectFiles/files``.
    func read(_ index: Int) -> ContentFile {
        var file = files.files[index]
        if let replaced, replaced.path == file.path { file.bytes = replaced.bytes }
        let split = splitFrontMatter(file.bytes)
        var diagnostics = split.diagnostics
        var node: YAMLNode?
        if let range = split.frontMatter {
            let parsed = parseMapping(file.bytes, range: range)
            diagnostics += parsed.diagnostics
            node = parsed.node
        }
        let body = EmbeddedText(
            bytes: Array(file.bytes[split.body.start..<split.body.end]), at: split.body, file: file.path)
        let fallbackPlace = node.flatMap { node in
            split.frontMatter.flatMap { FallbackPlace(frontMatter: node, in: $0, of: file.path, file.bytes) }
        }
        return ContentFile(
            path: file.path, frontMatter: node, fallbackPlace: fallbackPlace, body: body,
            isBroken: diagnostics.contains { $0.severity == .error },
            diagnostics: diagnostics.map { $0.placed(in: file.path) })
    }
}

/// The files of a message that has no source.
func orphans(_ message: MessageFiles, _ context: CompilerContext) -> [Diagnostic] {
    if context.files.unread.mayHoldInContent(message.id + ".md") || context.content.misnamed.contains(message.id) {
        return []
    }
    let files =
        message.translations.map { ($0.file, "translates") } + message.variants.map { ($0.file, "is a variant of") }
        + message.variantTranslations.map { ($0.file, "translates a variant of") }
    return files.map { file, what in
        let path = context.files.files[file].path
        let folder = parentFolder(path)
        return .orphan(
            path, what, meant: nearMiss(message.id, among: context.messageIDs), file: "\(folder)/\(message.id).md")
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
