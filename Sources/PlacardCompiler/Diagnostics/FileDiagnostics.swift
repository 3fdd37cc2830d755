import SourceDiagnostics

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

// The diagnostics of `project/` about files and folders: their names, and why one is not read.

extension Diagnostic {
    private static func file(_ id: String, _ path: String, _ message: String, _ notes: String...) -> Diagnostic {
        Diagnostic(id, message, at: Label(file: path, Span(at: 0)), notes: notes)
    }

    // MARK: Names

    static func invalidTemplateName(_ name: String, _ path: String) -> Diagnostic {
        file("project/invalid-id", path, "`\(name)` cannot be a template's name", identifierRule)
    }

    /// - Parameter what: what the name is of, such as `message's id`.
    static func invalidID(_ id: String, _ what: String, _ path: String, advice: String?) -> Diagnostic {
        var diagnostic = file("project/invalid-id", path, "`\(id)` cannot be a \(what)", identifierRule)
        if let advice { diagnostic.notes.append(advice) }
        return diagnostic
    }

    static func duplicateID(_ id: String, _ path: String, first: String) -> Diagnostic {
        var diagnostic = file(
            "project/duplicate-id", path, "two messages have the id `\(id)`",
            "a message's id is its file's name and is unique in the project; rename one of the files")
        diagnostic.secondary = [Label(file: first, Span(at: 0), "the first one")]
        return diagnostic
    }

    static func caseCollision(_ path: String, other: String) -> Diagnostic {
        var diagnostic = file(
            "project/case-collision", path, "\(path) differs from another file in case only",
            "on macOS and Windows the two are one file; rename or remove one of them")
        diagnostic.secondary = [Label(file: other, Span(at: 0), "the other file")]
        return diagnostic
    }

    static func unknownFile(_ path: String, _ severity: Severity = .warning, note: String) -> Diagnostic {
        var diagnostic = file("project/unknown-file", path, "\(path) is not part of the project", note)
        diagnostic.severity = severity
        return diagnostic
    }

    static func unknownTemplateFile(_ path: String, meant: String) -> Diagnostic {
        var diagnostic = file(
            "project/unknown-file", path, "\(path) is not part of the template", "did you mean \(meant)?")
        diagnostic.severity = .warning
        return diagnostic
    }

    /// - Parameter misnamed: a file that was probably meant to be it.
    static func missingTemplateFile(_ template: String, _ path: String, misnamed: String?) -> Diagnostic {
        file(
            "project/missing-file", path, "the template `\(template)` has no template.yaml",
            misnamed.map { "rename \($0) to template.yaml" } ?? "`placard new template NAME` writes one to begin with")
    }

    // MARK: Files that are not read

    /// - Parameter code: the system's, as in `errno`.
    static func unreadable(_ path: String, _ code: Int32) -> Diagnostic {
        guard code != SystemError.notAFile else { return notAFile(path) }
        var diagnostic = file("project/unreadable", path, "cannot read \(path): \(String(cString: strerror(code)))")
        if code == ELOOP {
            diagnostic.notes = ["a symbolic link leads back to itself"]
        } else if path.unicodeScalars.contains("\u{FFFD}") {
            // Bytes that are not UTF-8 were replaced, so that the name leads nowhere.
            diagnostic.notes = ["its name is not UTF-8; rename it"]
        } else if code == ENOENT {
            diagnostic.notes = ["a symbolic link leads to nothing; remove or correct it"]
        }
        return diagnostic
    }

    static func notAFile(_ path: String) -> Diagnostic {
        file(
            "project/not-a-file", path, "\(path) is not a regular file",
            "pipes, sockets, devices and files of the kernel cannot be part of a project")
    }

    static func directoryForFile(_ path: String) -> Diagnostic {
        file(
            "project/not-a-file", path, "\(path) is a directory, where a file is expected",
            "rename the directory, or put the text into a file of this name")
    }

    static func outsideLink(_ path: String) -> Diagnostic {
        file(
            "project/outside-link", path, "\(path) leads out of the project",
            "it is a symbolic link to a file that is not the project's, or hidden in it; such files are not read, since what "
                + "is read can be printed and published",
            "put the file into the project, or say `--follow-links` if you know all links of this project")
    }

    static func symlinkLoop(_ path: String) -> Diagnostic {
        file(
            "project/symlink-loop", path, "the folder \(path) leads back into itself",
            "it is a symbolic link to a folder that holds it; remove the link")
    }

    static func repeatedFolder(_ path: String, first: String) -> Diagnostic {
        var diagnostic = file(
            "project/repeated-folder", path, "\(path) is the folder \(first) once more",
            "a folder is read once; remove the symbolic link, or give it a folder of its own")
        diagnostic.secondary = [Label(file: first, Span(at: 0), "read here")]
        return diagnostic
    }

    // MARK: Limits

    static func foldersTooDeep(_ path: String) -> Diagnostic {
        file(
            "project/too-deep", path, "folders nest more than \(ProjectLimits.folderDepth) deep",
            "has the project been copied into itself?")
    }

    static func tooManyFiles(_ path: String, _ limit: Int) -> Diagnostic {
        file(
            "project/too-many-files", path, "the project has more than \(limit) files",
            "this is the first that was not read; is all of it meant to be here?")
    }

    static func tooManyFolders(_ path: String, _ limit: Int) -> Diagnostic {
        file(
            "project/too-many-folders", path, "the project has more than \(limit) folders",
            "this is the first that was not read; is all of it meant to be here?")
    }

    static func tooManyBytes(_ limit: Int) -> Diagnostic {
        file(
            "project/too-large", "placard.yaml", "the files of the project have more than \(limit) bytes together",
            "is all of it meant to be here?")
    }

    /// - Parameter size: nil where the file system does not tell it.
    static func fileTooLarge(_ path: String, _ size: Int?, _ limit: Int) -> Diagnostic {
        let excess =
            size.flatMap { $0 > limit ? "\($0) bytes, more than the \(limit) allowed" : nil }
            ?? "more than the \(limit) bytes allowed"
        return file(
            "project/file-too-large", path, "\(path) has \(excess)",
            isSource(path)
                ? "a message is a few lines; is this file meant to be here?"
                : "clients download images; make it smaller")
    }
}
