import ByteText
import Locking
import PlacardText
import SourceDiagnostics

/// An image as a file of the project names it, in a field or in Markdown.
struct WrittenImage {
    /// As it is written.
    var path: String
    /// The folder below `content/` that the path begins at: that of the file which names it.
    var folder: String
    var label: Label
    /// Whether it is told in words to those who do not see it, or is said to tell nothing.
    var hasAlternative: Bool
    /// How such words are written where it stands.
    var help: String

    /// The path below `content/`; nil when it leads out of it, or is no path of a file.
    var asset: String? { assetPath(path, in: folder) }
}

/// Whether each image field's image is fit to be shown.
func checkImages(_ message: MessageDefinition, _ context: CompilerContext) -> [Diagnostic] {
    message.content.images.compactMap { _, image, alt in
        checkImage(
            WrittenImage(
                path: image.written.value, folder: image.folder, label: image.written.label,
                hasAlternative: alt != nil || image.isDecoration,
                help: "add `alt:` with what it shows, for those who do not see it, or `alt: \"\"` for mere decoration"),
            context)
    }
}

/// Whether an image is inside `content/`, of a type that clients show, there, what its name says, and told in words to
/// those who do not see it; the same for all images, wherever they are written.
func checkImage(_ image: WrittenImage, _ context: CompilerContext) -> Diagnostic? {
    let path = image.path
    guard let base = image.asset else {
        return .outsideContent(image)
    }
    guard let type = assetType(path) else {
        if assetType(path.lowercased()) != nil { return capitalized(image, base, context) }
        return .unsupportedImage(image)
    }
    guard let index = context.content.assets[base] else {
        // Why it could not be read has been said.
        if context.files.unread.covers("content/" + base) { return nil }
        let folder = parentFolder(base)
        let beside = context.content.assets.keys.filter { parentFolder($0) == folder }.map {
            $0.split(separator: "/").last.map(String.init) ?? $0
        }
        return .missingImage(image, "content/" + base, beside: beside.sorted(by: utf8Less))
    }
    // Many messages may show one image.
    let file = context.images.value(index) {
        Result { () throws(ImageProblem) in try ImageFile(context.files.files[index].bytes) }
    }
    if let diagnostic = diagnostic(file, type, "content/" + base, at: image.label) { return diagnostic }
    guard image.hasAlternative else {
        return .missingAlternative(image)
    }
    return nil
}

/// `cup.PNG`, which on some disks is another file than `cup.png`.
private func capitalized(_ image: WrittenImage, _ base: String, _ context: CompilerContext) -> Diagnostic {
    .capitalizedImage(
        image, small: withSmallEnding(image.path), isThere: context.content.assets[withSmallEnding(base)] != nil)
}

/// What is wrong with the bytes of an image.
private func diagnostic(
    _ file: Result<ImageFile, ImageProblem>, _ type: String, _ path: String, at label: Label
) -> Diagnostic? {
    switch file {
    case .success(let image) where image.mediaType == type: return nil
    case .success, .failure(.otherType):
        return .wrongImageType(path, type, at: label)
    case .failure(.malformed(let problem, let offset)):
        return .malformedImage(path, problem, offset: offset, at: label)
    case .failure(.polyglot(let other)):
        return .polyglotImage(path, other, at: label)
    case .failure(.tooManyPixels(let width, let height)):
        return .tooManyPixels(path, width, height, at: label)
    case .failure(.tooLongAnimation):
        return .tooLongAnimation(path, at: label)
    }
}

/// The folder below `content/` of a file.
func contentFolder(of file: String) -> String {
    let folder = parentFolder(file)
    return folder == "content" ? "" : String(folder.dropFirst("content/".utf8.count))
}
