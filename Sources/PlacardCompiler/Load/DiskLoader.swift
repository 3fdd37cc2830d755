import SourceDiagnostics

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Why a folder is not a project.
public struct ProjectNotFound: Error, Sendable {
    /// The folder that was asked for.
    public let folder: String
}

/// Reads the project in `folder` from disk: `placard.yaml`, `translations.lock`, and all below
/// `templates`, `content` and `scenarios`.
///
/// Names that begin with a dot are left out, as are editors' backup files (`name~`). What cannot be read
/// (a directory named like a file, a loop of symbolic links, a file over its limit) becomes one of the
/// result's `problems`; nothing is passed over in silence.
///
/// - Parameters:
///   - folder: where `placard.yaml` is.
///   - maximumFiles: how many files it may have.
/// - Throws: ``ProjectNotFound`` when `folder` has no `placard.yaml`.
public func loadProject(
    at folder: String, maximumFiles: Int = ProjectLimits.files
) throws(ProjectNotFound) -> ProjectFiles {
    var walk = FolderWalk(root: folder, maximumFiles: maximumFiles)
    guard walk.addFile("placard.yaml") else { throw ProjectNotFound(folder: folder) }
    _ = walk.addFile("translations.lock")
    let top = walk.files.count
    let subfolders = ["content", "scenarios", "templates"]
    walk.readAhead(subfolders)
    for subfolder in subfolders { walk.walk(subfolder, depth: 0) }
    let found = walk.files(movingFirst: top)
    let groups = neighbours(found)
    let loaded = concurrentMap(groups.count) { group in
        read(found[groups[group]], below: folder)
    }
    var files: [ProjectFiles.File] = []
    files.reserveCapacity(found.count)
    var problems = walk.problems
    for (file, result) in zip(found, loaded.joined()) {
        switch result {
        case .success(let bytes): files.append(ProjectFiles.File(path: file, bytes: bytes))
        case .failure(let problem): problems.append(problem.diagnostic)
        }
    }
    return ProjectFiles(files, problems: problems)
}

/// A file or folder of the project.
private struct FolderEntry: Sendable {
    var path: String
    var kind: FolderNames.Kind
}

/// What the folder at `path` holds, in the order of the names' bytes, but for hidden files and backups.
private func entries(of path: String, below root: String) -> Result<[FolderEntry], SystemError> {
    guard let names = FolderNames(of: root + "/" + path) else { return .failure(SystemError(code: errno)) }
    let prefix = path + "/"
    var entries: [FolderEntry] = []
    entries.reserveCapacity(names.count)
    for index in 0..<names.count {
        let isLeftOut = names.withBytes(index) { $0.first == 0x2E || $0.last == 0x7E }
        guard !isLeftOut else { continue }
        entries.append(FolderEntry(path: names.name(index, behind: prefix), kind: names.kind(index)))
    }
    return .success(entries)
}

/// Finds the files below a project's folders.
private struct FolderWalk {
    let root: String
    let maximumFiles: Int
    var files: [String] = []
    var problems: [Diagnostic] = []
    /// The folders that the walk is inside of, to find a loop.
    private var open: [FileIdentity] = []

    /// Folders that have been read, by path.
    private var read: [String: Result<[FolderEntry], SystemError>] = [:]
    private var reportedTooMany = false

    init(root: String, maximumFiles: Int) {
        self.root = root
        self.maximumFiles = maximumFiles
    }

    /// Adds one file if it is there; a directory of that name is a problem.
    mutating func addFile(_ path: String) -> Bool {
        guard let status = fileStatus(root + "/" + path) else { return false }
        add(path, status.kind)
        return true
    }

    /// The files, of which the first `count` are moved to where their names belong among the others.
    func files(movingFirst count: Int) -> [String] {
        var result = Array(files[count...])
        for file in files[..<count] {
            result.insert(file, at: result.firstIndex { utf8Less(file, $0) } ?? result.count)
        }
        return result
    }

    /// Reads what is below `folders`, level by level, on all cores: among thousands of files the names take the walk longer
    /// than anything else. Symbolic links are left to the walk, which knows of loops.
    mutating func readAhead(_ folders: [String]) {
        var level = folders
        var depth = 0
        // Where there is more than a project may have, the walk reads on alone, and stops.
        var count = 0
        while !level.isEmpty, depth < ProjectLimits.folderDepth, count <= maximumFiles {
            let (paths, root) = (level, root)
            let results = concurrentMap(paths.count) { entries(of: paths[$0], below: root) }
            level = []
            for (path, result) in zip(paths, results) {
                read[path] = result
                guard case .success(let entries) = result else { continue }
                count += entries.count
                for entry in entries where entry.kind == .folder && !looksLikeSource(entry.path) {
                    level.append(entry.path)
                }
            }
            depth += 1
        }
    }

    mutating func walk(_ path: String, depth: Int) {
        guard let status = fileStatus(root + "/" + path), status.isFolder else { return }
        let identity = FileIdentity(status)
        guard !open.contains(identity) else {
            problems.append(
                Diagnostic(
                    "project/symlink-loop", "the folder \(path) leads back into itself",
                    at: Label(file: path, Span(at: 0)),
                    notes: ["it is a symbolic link to a folder that holds it; remove the link"]))
            return
        }
        guard depth < ProjectLimits.folderDepth else {
            problems.append(
                Diagnostic(
                    "project/too-deep", "folders nest more than \(ProjectLimits.folderDepth) deep",
                    at: Label(file: path, Span(at: 0)),
                    notes: ["has the project been copied into itself?"]))
            return
        }
        open.append(identity)
        defer { open.removeLast() }
        let found: [FolderEntry]
        switch read.removeValue(forKey: path) ?? entries(of: path, below: root) {
        case .success(let entries): found = entries
        case .failure(let failure):
            problems.append(unreadable(path, failure.code))
            return
        }
        for entry in found {
            let child = entry.path
            let kind: FileStatus.Kind
            switch entry.kind {
            case .file: kind = .regular
            case .folder: kind = .folder
            case .other:
                guard let status = fileStatus(root + "/" + child) else {
                    problems.append(unreadable(child, errno))
                    continue
                }
                kind = status.kind
            }
            if kind == .folder, !looksLikeSource(child) {
                walk(child, depth: depth + 1)
            } else {
                add(child, kind)
            }
        }
    }

    private mutating func add(_ path: String, _ kind: FileStatus.Kind) {
        if kind == .folder {
            problems.append(
                Diagnostic(
                    "project/not-a-file", "\(path) is a directory, where a file is expected",
                    at: Label(file: path, Span(at: 0)),
                    notes: ["rename the directory, or put the text into a file of this name"]))
        } else if kind == .other {
            problems.append(
                Diagnostic(
                    "project/not-a-file", "\(path) is not a regular file", at: Label(file: path, Span(at: 0)),
                    notes: ["pipes, sockets and devices cannot be part of a project"]))
        } else if files.count >= maximumFiles {
            guard !reportedTooMany else { return }
            reportedTooMany = true
            problems.append(
                Diagnostic(
                    "project/too-many-files", "the project has more than \(maximumFiles) files",
                    at: Label(file: path, Span(at: 0)),
                    notes: ["this is the first that was not read; does a symbolic link lead out of the project?"]))
        } else {
            files.append(path)
        }
    }

    /// Whether a directory of this name was surely meant to be a file.
    private func looksLikeSource(_ name: String) -> Bool {
        name.hasSuffix(".md") || name.hasSuffix(".yaml")
    }
}

/// Whether a path is text that the compiler parses, rather than an image.
func isSource(_ path: String) -> Bool {
    path.hasSuffix(".md") || path.hasSuffix(".yaml") || path.hasSuffix(".mustache") || path.hasSuffix(".css")
        || path.hasSuffix(".lock")
}

private struct LoadProblem: Error {
    let diagnostic: Diagnostic
}

private func unreadable(_ path: String, _ code: Int32) -> Diagnostic {
    Diagnostic(
        "project/unreadable", "cannot read \(path): \(String(cString: strerror(code)))",
        at: Label(file: path, Span(at: 0)),
        notes: unreadableNotes(path, code))
}

private func unreadableNotes(_ path: String, _ code: Int32) -> [String] {
    if code == ELOOP { return ["a symbolic link leads back to itself"] }
    // Bytes that are not UTF-8 were replaced, so that the name leads nowhere.
    if path.unicodeScalars.contains("\u{FFFD}") { return ["its name is not UTF-8; rename it"] }
    return code == ENOENT ? ["a symbolic link leads to nothing; remove it or mend it"] : []
}

/// Files of one folder that follow each other, some at a time.
private func neighbours(_ files: [String]) -> [Range<Int>] {
    var groups: [Range<Int>] = []
    var start = 0
    for index in files.indices.dropFirst() {
        if index - start < 32, areNeighbours(files[start], files[index]) { continue }
        groups.append(start..<index)
        start = index
    }
    if start < files.count { groups.append(start..<files.count) }
    return groups
}

private func areNeighbours(_ a: String, _ b: String) -> Bool {
    let (start, other) = (nameStart(a), nameStart(b))
    guard start == other else { return false }
    let isSame = a.utf8.withContiguousStorageIfAvailable { one in
        b.utf8.withContiguousStorageIfAvailable { other in
            guard let one = one.baseAddress, let other = other.baseAddress else { return start == 0 }
            return memcmp(one, other, start) == 0
        }
    }
    return isSame == .some(.some(true))
}

/// How many bytes of a path stand before its last part.
private func nameStart(_ path: String) -> Int {
    let start = path.utf8.withContiguousStorageIfAvailable { bytes in
        var index = bytes.count
        while index > 0, bytes[index - 1] != 0x2F { index -= 1 }
        return index
    }
    // What a walk finds is contiguous; without a folder, whole paths are opened.
    return start ?? 0
}

/// Reads files of one folder.
private func read(_ paths: ArraySlice<String>, below root: String) -> [Result<[UInt8], LoadProblem>] {
    guard let first = paths.first else { return [] }
    let start = nameStart(first)
    let open = OpenFolder(root + "/" + String(Substring(first.utf8.prefix(start))))
    return paths.map { read($0, nameAt: start, in: open, below: root) }
}

private func read(
    _ path: String, nameAt start: Int, in folder: borrowing OpenFolder, below root: String
) -> Result<[UInt8], LoadProblem> {
    let limit =
        path == TranslationLock.path
        ? ProjectLimits.lockBytes : isSource(path) ? ProjectLimits.sourceBytes : ProjectLimits.assetBytes
    do throws(SystemError) {
        return .success(try folder.read(path.utf8.dropFirst(start), limit: limit))
    } catch {
        let problem =
            error.code == EFBIG
            ? tooLarge(path, fileStatus(root + "/" + path)?.size, limit) : unreadable(path, error.code)
        return .failure(LoadProblem(diagnostic: problem))
    }
}

private func tooLarge(_ path: String, _ size: Int?, _ limit: Int) -> Diagnostic {
    // Not every file system tells the size.
    let excess =
        size.flatMap { $0 > limit ? "\($0) bytes, more than the \(limit) allowed" : nil }
        ?? "more than the \(limit) bytes allowed"
    return Diagnostic(
        "project/file-too-large", "\(path) has \(excess)",
        at: Label(file: path, Span(at: 0)),
        notes: [
            isSource(path)
                ? "a message is a few lines; is this file meant to be here?"
                : "clients download images; make it smaller"
        ])
}
