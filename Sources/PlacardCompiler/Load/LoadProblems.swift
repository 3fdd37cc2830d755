import SourceDiagnostics

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

// What is said of a file or folder that is not read.

private func problem(_ id: String, _ path: String, _ message: String, _ note: String...) -> Diagnostic {
    Diagnostic(id, message, at: Label(file: path, Span(at: 0)), notes: note)
}

func unreadable(_ path: String, _ code: Int32) -> Diagnostic {
    guard code != SystemError.notAFile else { return notAFile(path) }
    var finding = problem("project/unreadable", path, "cannot read \(path): \(String(cString: strerror(code)))")
    if code == ELOOP {
        finding.notes = ["a symbolic link leads back to itself"]
    } else if path.unicodeScalars.contains("\u{FFFD}") {
        // Bytes that are not UTF-8 were replaced, so that the name leads nowhere.
        finding.notes = ["its name is not UTF-8; rename it"]
    } else if code == ENOENT {
        finding.notes = ["a symbolic link leads to nothing; remove it or mend it"]
    }
    return finding
}

func notAFile(_ path: String) -> Diagnostic {
    problem(
        "project/not-a-file", path, "\(path) is not a regular file",
        "pipes, sockets, devices and files of the kernel cannot be part of a project")
}

func directoryForFile(_ path: String) -> Diagnostic {
    problem(
        "project/not-a-file", path, "\(path) is a directory, where a file is expected",
        "rename the directory, or put the text into a file of this name")
}

func outsideLink(_ path: String) -> Diagnostic {
    problem(
        "project/outside-link", path, "\(path) leads out of the project",
        "it is a symbolic link to a file that is not the project's, or hidden in it; such files are not read, since what "
            + "is read can be printed and published",
        "put the file into the project, or say --follow-links if you know all links of this project")
}

func symlinkLoop(_ path: String) -> Diagnostic {
    problem(
        "project/symlink-loop", path, "the folder \(path) leads back into itself",
        "it is a symbolic link to a folder that holds it; remove the link")
}

func repeatedFolder(_ path: String, first: String) -> Diagnostic {
    var finding = problem(
        "project/repeated-folder", path, "\(path) is the folder \(first) once more",
        "a folder is read once; remove the symbolic link, or give it a folder of its own")
    finding.secondary = [Label(file: first, Span(at: 0), "read here")]
    return finding
}

// MARK: Limits

func tooDeep(_ path: String) -> Diagnostic {
    problem(
        "project/too-deep", path, "folders nest more than \(ProjectLimits.folderDepth) deep",
        "has the project been copied into itself?")
}

func tooManyFiles(_ path: String, _ limit: Int) -> Diagnostic {
    problem(
        "project/too-many-files", path, "the project has more than \(limit) files",
        "this is the first that was not read; is all of it meant to be here?")
}

func tooManyFolders(_ path: String, _ limit: Int) -> Diagnostic {
    problem(
        "project/too-many-folders", path, "the project has more than \(limit) folders",
        "this is the first that was not read; is all of it meant to be here?")
}

func tooManyBytes(_ limit: Int) -> Diagnostic {
    problem(
        "project/too-large", "placard.yaml", "the files of the project have more than \(limit) bytes together",
        "is all of it meant to be here?")
}

func tooLarge(_ path: String, _ size: Int?, _ limit: Int) -> Diagnostic {
    // Not every file system tells the size.
    let excess =
        size.flatMap { $0 > limit ? "\($0) bytes, more than the \(limit) allowed" : nil }
        ?? "more than the \(limit) bytes allowed"
    return problem(
        "project/file-too-large", path, "\(path) has \(excess)",
        isSource(path)
            ? "a message is a few lines; is this file meant to be here?" : "clients download images; make it smaller")
}
