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
                help: "add alt: with what it shows, for those who do not see it, or alt: \"\" for mere decoration"),
            context)
    }
}

/// Whether an image is inside `content/`, of a type that clients show, there, what its name says, and told in words to
/// those who do not see it; the same for all images, wherever they are written.
func checkImage(_ image: WrittenImage, _ context: CompilerContext) -> Diagnostic? {
    let path = image.path
    guard let base = image.asset else {
        return Diagnostic(
            "image/outside-content", "\"\(path)\" is not a path inside content/", at: image.label,
            notes: [
                "images lie beside their messages; write a relative path such as cup.png, without \\, %, ? and #"
            ])
    }
    guard let type = assetType(path) else {
        if assetType(path.lowercased()) != nil { return capitalized(image, base, context) }
        return Diagnostic(
            "image/unsupported-type", "\"\(path)\" is not an image that clients show", at: image.label,
            notes: [
                "use one of " + assetTypes.map(\.suffix).joined(separator: ", ")
                    + "; SVG can hold scripts and is not among them"
            ])
    }
    guard let index = context.content.assets[base] else {
        // Why it could not be read has been said.
        return context.files.unread.covers("content/" + base) ? nil : missingFile(image, base, context)
    }
    // Many messages may show one image.
    let file = context.images.value(index) {
        Result { () throws(ImageProblem) in try ImageFile(context.files.files[index].bytes) }
    }
    if let finding = finding(file, type, "content/" + base, at: image.label) { return finding }
    guard image.hasAlternative else {
        return Diagnostic(
            "image/missing-alt", .warning, "the image has no alternative text", at: image.label, notes: [image.help])
    }
    return nil
}

/// An image that is not there, with the one that is probably meant: of another folder, of nearly the same name, or with an
/// ending in capital letters.
private func missingFile(_ image: WrittenImage, _ base: String, _ context: CompilerContext) -> Diagnostic {
    let assets = context.content.assets
    var finding = Diagnostic("image/missing-file", "there is no image content/\(base)", at: image.label)
    if let capital = context.content.capitalizedAssets.first(where: { withSmallEnding($0) == base }) {
        finding.notes = ["endings of images are in small letters: rename content/\(capital) to \(lastComponent(base))"]
        return finding
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
    guard let meant else {
        let places = elsewhere.sorted(by: utf8Less).map { relative($0, to: image.folder) }
        finding.notes = [
            places.isEmpty
                ? "put the file there; the path is relative to the folder of \(image.label.file)"
                : "files of this name are \(listed(places))"
        ]
        return finding
    }
    finding.notes = ["did you mean \(meant)?", "the path is relative to the folder of \(image.label.file)"]
    finding.fixIts = [FixIt("write \(meant)", edits: [Edit(file: image.label.file, image.label.span, meant)], .unsafe)]
    return finding
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
    let small = withSmallEnding(image.path)
    var finding = Diagnostic(
        "image/unsupported-type", "\"\(image.path)\" ends in capital letters", at: image.label,
        notes: ["endings of images are in small letters: rename the file to \(small), and write its name so here"])
    if context.content.assets[withSmallEnding(base)] != nil {
        finding.notes = ["endings of images are in small letters, as is that of the file"]
        finding.fixIts = [
            FixIt("write \(small)", edits: [Edit(file: image.label.file, image.label.span, small)], .unsafe)
        ]
    }
    return finding
}

/// What is wrong with the bytes of an image.
private func finding(
    _ file: Result<ImageFile, ImageProblem>, _ type: String, _ path: String, at label: Label
) -> Diagnostic? {
    switch file {
    case .success(let image) where image.mediaType == type: return nil
    case .success(let image):
        let ending = assetTypes.first { $0.mediaType == image.mediaType }?.suffix ?? ""
        let name = lastComponent(path)
        let right = (name.utf8.lastIndex(of: 0x2E).map { String(name[..<$0]) } ?? name) + ending
        return Diagnostic(
            "image/wrong-type", "\(path) is a \(ending.dropFirst().uppercased()), and its name says otherwise",
            at: label,
            notes: ["rename it to \(right), and write its name so here; or export it again"])
    case .failure(.otherType):
        return Diagnostic(
            "image/wrong-type", "\(path) is not what its name says", at: label,
            notes: ["its first bytes are not those of \(type); export it again"])
    case .failure(.malformed(let problem, let offset)):
        return Diagnostic(
            "image/malformed", "\(path) is not a whole image and nothing else: it \(problem)", at: label,
            notes: ["at byte \(offset); export it again"])
    case .failure(.polyglot(let other)):
        return Diagnostic(
            "image/malformed", "\(path) can also be read as \(other)", at: label,
            notes: ["whoever goes by the bytes of a file, and not by its type, would take it for that; export it again"]
        )
    case .failure(.tooManyPixels(let width, let height)):
        return Diagnostic(
            "image/too-many-pixels", "\(path) has \(width) × \(height) pixels", at: label,
            notes: [
                "an image has at most \(ImageFile.maximumPixels) pixels, and \(ImageFile.maximumSide) on a side: a device holds four bytes for each"
            ])
    case .failure(.tooLongAnimation):
        return Diagnostic(
            "image/too-many-pixels",
            "the pictures of \(path) have more than \(ImageFile.maximumAnimationPixels) pixels together", at: label,
            notes: ["of an animation many pictures may be in memory at once: make it shorter, or smaller"])
    }
}

/// The folder below `content/` of a file.
func contentFolder(of file: String) -> String {
    let folder = parentFolder(file)
    return folder == "content" ? "" : String(folder.dropFirst("content/".utf8.count))
}
