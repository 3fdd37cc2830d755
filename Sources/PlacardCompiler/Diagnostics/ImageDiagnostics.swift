import Locking
import PlacardText
import SourceDiagnostics

// The diagnostics of `image/`. Paths are those of the project.

extension Diagnostic {
    static func outsideContent(_ image: WrittenImage) -> Diagnostic {
        Diagnostic(
            "image/outside-content", "`\(image.path)` is not a path inside content/", at: image.label,
            notes: [
                "images lie beside their messages; write a relative path such as `cup.png`, without `\\`, `%`, `?` and `#`"
            ])
    }

    static func unsupportedImage(_ image: WrittenImage) -> Diagnostic {
        Diagnostic(
            "image/unsupported-type", "`\(image.path)` is not an image that clients show", at: image.label,
            notes: [
                "use one of " + listed(assetTypes.map { "`\($0.suffix)`" })
                    + "; SVG is not one of them, as it can hold scripts"
            ])
    }

    /// - Parameter isThere: whether the file has the name in small letters.
    static func capitalizedImage(_ image: WrittenImage, small: String, isThere: Bool) -> Diagnostic {
        Diagnostic(
            "image/unsupported-type", "`\(image.path)` ends in capital letters", at: image.label,
            notes: [
                isThere
                    ? "endings of images are in small letters, as is that of the file"
                    : "endings of images are in small letters: rename the file to `\(small)`, and write its name so here"
            ],
            fixIts: isThere
                ? [FixIt("write `\(small)`", edits: [Edit(file: image.label.file, image.label.span, small)], .unsafe)]
                : [])
    }

    /// An image whose file is there with an ending in capital letters.
    static func missingImage(_ image: WrittenImage, _ path: String, capital: String) -> Diagnostic {
        Diagnostic(
            "image/missing-file", "there is no image content/\(path)", at: image.label,
            notes: [
                "endings of images are in small letters: rename content/\(capital) to `\(lastComponent(path))`"
            ])
    }

    /// - Parameters:
    ///   - meant: the path that was probably meant.
    ///   - elsewhere: files of the same name in other folders, where it is not clear which is meant.
    static func missingImage(
        _ image: WrittenImage, _ path: String, meant: String?, elsewhere: [String]
    ) -> Diagnostic {
        let rule = "the path is relative to the folder of \(image.label.file)"
        guard let meant else {
            let way =
                elsewhere.isEmpty
                ? "put the file there; \(rule)" : "files of this name are \(listed(elsewhere.map { "`\($0)`" }))"
            return Diagnostic("image/missing-file", "there is no image content/\(path)", at: image.label, notes: [way])
        }
        return Diagnostic(
            "image/missing-file", "there is no image content/\(path)", at: image.label,
            notes: ["did you mean `\(meant)`?", rule],
            fixIts: [FixIt("write `\(meant)`", edits: [Edit(file: image.label.file, image.label.span, meant)], .unsafe)]
        )
    }

    static func missingAlternative(_ image: WrittenImage) -> Diagnostic {
        Diagnostic(
            "image/missing-alt", .warning, "the image has no alternative text", at: image.label, notes: [image.help])
    }

    /// An image of another type than its name says.
    static func misnamedImage(_ path: String, ending: String, at label: Label) -> Diagnostic {
        let name = lastComponent(path)
        let right = (name.utf8.lastIndex(of: 0x2E).map { String(name[..<$0]) } ?? name) + ending
        return Diagnostic(
            "image/wrong-type", "\(path) is a \(ending.dropFirst().uppercased()), and its name says otherwise",
            at: label,
            notes: ["rename it to `\(right)`, and write its name so here; or export it again"])
    }

    static func wrongImageType(_ path: String, _ type: String, at label: Label) -> Diagnostic {
        Diagnostic(
            "image/wrong-type", "\(path) is not what its name says", at: label,
            notes: ["its first bytes are not those of \(type); export it again"])
    }

    static func malformedImage(_ path: String, _ problem: String, offset: Int, at label: Label) -> Diagnostic {
        Diagnostic(
            "image/malformed", "\(path) is not one whole image: it \(problem)", at: label,
            notes: ["at byte \(offset); export it again"])
    }

    static func polyglotImage(_ path: String, _ other: String, at label: Label) -> Diagnostic {
        Diagnostic(
            "image/malformed", "\(path) can also be read as \(other)", at: label,
            notes: [
                "a program that goes by the bytes of a file, and not by its type, would read it so; export it again"
            ])
    }

    static func tooManyPixels(_ path: String, _ width: Int, _ height: Int, at label: Label) -> Diagnostic {
        Diagnostic(
            "image/too-many-pixels", "\(path) has \(width) × \(height) pixels", at: label,
            notes: [
                "an image has at most \(ImageFile.maximumPixels) pixels, and \(ImageFile.maximumSide) on a side: a device "
                    + "holds four bytes for each"
            ])
    }

    static func tooLongAnimation(_ path: String, at label: Label) -> Diagnostic {
        Diagnostic(
            "image/too-many-pixels",
            "the pictures of \(path) have more than \(ImageFile.maximumAnimationPixels) pixels together", at: label,
            notes: ["many pictures of an animation may be in memory at once: make it shorter, or smaller"])
    }

    static func unusedImage(_ path: String) -> Diagnostic {
        Diagnostic(
            "image/unused", .warning, "no message shows \(path)", at: Label(file: path, Span(at: 0)),
            notes: ["name it in a message's `image: {src: …, alt: …}`, or remove the file"])
    }
}
