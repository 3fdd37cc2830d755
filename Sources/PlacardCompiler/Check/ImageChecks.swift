import ByteText
import DocumentSchema
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
        // What is no path at all has been reported.
        guard ScalarSyntax.relativePath(image.written.value) == nil else { return nil }
        return checkImage(
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
        return context.files.unread.covers("content/" + base) ? nil : missingFile(image, base, context)
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

/// An image that is not there, with the one that is probably meant: of another folder, of nearly the same name, or with an
/// ending in capital letters.
private func missingFile(_ image: WrittenImage, _ base: String, _ context: CompilerContext) -> Diagnostic {
    let assets = context.content.assets
    if let capital = context.content.capitalizedAssets.first(where: { withSmallEnding($0) == base }) {
        return .missingImage(image, base, capital: capital)
    }
    let name = lastComponent(base)
    let folder = parentFolder(base)
    let beside = assets.keys.filter { parentFolder($0) == folder }.map(lastComponent)
    let fromTop = image.path.hasPrefix("content/") ? String(image.path.dropFirst("content/".utf8.count)) : image.path
    let elsewhere = assets.keys.filter { lastComponent($0) == name }
    let meant =
        assets[fromTop] != nil
        ? relative(fromTop, to: image.folder)
        : elsewhere.count == 1
            ? elsewhere.first.map { relative($0, to: image.folder) }
            : elsewhere.isEmpty
                ? nearMiss(name, among: beside.sorted(by: utf8Less)).map { image.path.dropLast(name.utf8.count) + $0 }
                : nil
    return .missingImage(
        image, base, meant: meant, elsewhere: elsewhere.sorted(by: utf8Less).map { relative($0, to: image.folder) })
}

/// A path below `content/` as it is written in a folder of it.
private func relative(_ asset: String, to folder: String) -> String {
    var parts = asset.split(separator: "/")[...]
    var folders = folder.split(separator: "/")[...]
    while let part = parts.first, parts.count > 1, part == folders.first {
        parts.removeFirst()
        folders.removeFirst()
    }
    return String(repeating: "../", count: folders.count) + parts.joined(separator: "/")
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
    case .success(let image):
        let ending = assetTypes.first { $0.mediaType == image.mediaType }?.suffix ?? ""
        return .misnamedImage(path, ending: ending, at: label)
    case .failure(.otherType):
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
    return folder == "content" ? "" : String(Substring(folder.utf8.dropFirst("content/".utf8.count)))
}
