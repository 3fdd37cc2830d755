import ByteText
import SourceDiagnostics

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

// Finding the files of a project. Its real folders are walked first, then what its symbolic links lead to; each folder once,
// whatever number of paths there is to it, so that the walk takes as long as there is to read.

/// Where the files of a project really are: those that lie behind symbolic links, and the others below the project.
struct ProjectPlaces: Sendable {
    let root: String
    let device: UInt64
    /// Folders behind links, and those below them: absolute paths without links.
    fileprivate(set) var linkedFolders: [String: String] = [:]
    /// Files that are links themselves.
    fileprivate(set) var linkedFiles: [String: String] = [:]

    /// Where a folder is; that of the project is "".
    func folder(_ path: String) -> String {
        if path.isEmpty { return root }
        return linkedFolders.isEmpty ? root + "/" + path : linkedFolders[path] ?? root + "/" + path
    }

    /// Notes where a folder is that lies behind a link.
    fileprivate mutating func noteFolder(_ path: String) {
        guard !linkedFolders.isEmpty, linkedFolders[path] == nil, let slash = path.lastIndex(of: "/"),
            let above = linkedFolders[String(path[..<slash])]
        else { return }
        linkedFolders[path] = above + path[slash...]
    }

    /// Where a file is.
    func file(_ path: String) -> String {
        if let target = linkedFiles[path] { return target }
        guard let slash = path.lastIndex(of: "/") else { return root + "/" + path }
        return folder(String(path[..<slash])) + path[slash...]
    }
}

/// A file or folder of the project.
private struct FolderEntry: Sendable {
    var path: String
    var kind: FolderNames.Kind
}

/// What has been found in a folder.
private struct FolderContents: Sendable {
    var identity: FileIdentity
    /// In the order of the names' bytes, but for hidden files and backups.
    var entries: [FolderEntry]
    /// Whether there are more than were to be read.
    var isCut: Bool
}

/// Reads the folder at `place`, which is `path` in the project.
///
/// - Parameters:
///   - device: what the project is on.
///   - limit: how many names to read at most.
private func contents(
    of path: String, at place: String, _ device: UInt64, limit: Int
) -> Result<FolderContents, SystemError> {
    let folder: FolderHandle
    do throws(SystemError) { folder = try FolderHandle(path: place) } catch { return .failure(error) }
    guard let identity = folder.status?.identity else { return .failure(SystemError(code: errno)) }
    if identity.device != device, isOfTheKernel(folder.descriptor) {
        return .failure(SystemError(code: SystemError.notAFile))
    }
    guard let names = folder.names(limit: limit) else { return .failure(SystemError(code: errno)) }
    let prefix = path + "/"
    var entries: [FolderEntry] = []
    entries.reserveCapacity(names.count)
    for index in 0..<names.count {
        let isLeftOut = names.withBytes(index) { $0.first == 0x2E || $0.last == 0x7E }
        guard !isLeftOut else { continue }
        entries.append(FolderEntry(path: names.name(index, behind: prefix), kind: names.kind(index)))
    }
    return .success(FolderContents(identity: identity, entries: entries, isCut: names.isCut))
}

/// Finds the files below a project's folders.
struct FolderWalk {
    private let project: ProjectFolder
    private let limits: LoadLimits
    private(set) var places: ProjectPlaces
    private(set) var problems: [Diagnostic] = []
    /// The one problem of a project that is over a limit, at which the walk ends.
    private(set) var limitProblem: Diagnostic?

    private var topFolders: [String] = []
    private var topFiles: [String] = []
    private var files: [String] = []
    /// How many files have been met, those that cannot be read among them.
    private var fileCount = 0
    /// The paths of the folders that have been met.
    private var folders: [FileIdentity: String] = [:]
    /// Symbolic links that have been met and not followed yet.
    private var links: [String] = []
    /// Folders that have been read, by path.
    private var read: [String: Result<FolderContents, SystemError>] = [:]

    init(_ project: ProjectFolder, _ limits: LoadLimits) {
        self.project = project
        self.limits = limits
        places = ProjectPlaces(root: project.path, device: project.device)
    }

    var isOverLimit: Bool { limitProblem != nil }

    /// In the order of their paths' bytes, as far as a walk gives it.
    var sortedFiles: [String] {
        guard places.linkedFolders.isEmpty, places.linkedFiles.isEmpty else {
            return (topFiles + files).sorted(by: utf8Less)
        }
        var result = files
        for file in topFiles {
            result.insert(file, at: result.firstIndex { utf8Less(file, $0) } ?? result.count)
        }
        return result
    }

    /// Adds a file beside the folders; false when there is none.
    mutating func addTopFile(_ path: String) -> Bool {
        guard let kind = kind(of: path) else { return false }
        fileCount += 1
        switch kind {
        case .regular: topFiles.append(path)
        case .link: follow(path)
        case .folder: problems.append(.directoryForFile(path))
        case .pipe, .socket, .device: problems.append(.notAFile(path))
        }
        return true
    }

    /// Walks these folders of the project, and then what links in them lead to.
    mutating func walk(_ names: [String]) {
        topFolders = names
        var real: [String] = []
        for name in names {
            switch kind(of: name) {
            case .folder: real.append(name)
            case .link: links.append(name)
            case .regular, .pipe, .socket, .device: problems.append(.unreadable(name, ENOTDIR))
            case nil: break
            }
        }
        readAhead(real)
        for name in real { walk(name, depth: 0) }
        var next = 0
        while next < links.count {
            // Links that are behind links come after these.
            let known = links[next...].sorted(by: utf8Less)
            next = links.count
            for link in known where !isOverLimit { follow(link) }
        }
    }

    private func kind(of path: String) -> FileStatus.Kind? {
        var raw = stat()
        guard lstat(places.file(path), &raw) == 0 else { return nil }
        return FileStatus(raw).kind
    }

    /// Reads what is below `folders`, level by level, on all cores: among thousands of files the names take the walk longer
    /// than anything else. Symbolic links are left to the walk.
    private mutating func readAhead(_ folders: [String]) {
        var level = folders
        var depth = 0
        var count = 0
        while !level.isEmpty, depth < ProjectLimits.folderDepth {
            var next: [String] = []
            for start in stride(from: 0, to: level.count, by: readAheadChunk) {
                // Where there is more than a project may have, the walk reads on alone, and stops.
                guard count <= limits.files, read.count <= limits.folders else { return }
                let paths = Array(level[start..<min(level.count, start + readAheadChunk)])
                let (places, limit) = (places, limits.files - count + 1)
                let results = concurrentMap(paths.count) {
                    contents(of: paths[$0], at: places.folder(paths[$0]), places.device, limit: limit)
                }
                for (path, result) in zip(paths, results) {
                    read[path] = result
                    guard case .success(let contents) = result else { continue }
                    count += contents.entries.count
                    for entry in contents.entries where entry.kind == .folder && !looksLikeSource(entry.path) {
                        next.append(entry.path)
                    }
                }
            }
            level = next
            depth += 1
        }
    }

    private mutating func walk(_ path: String, depth: Int) {
        guard !isOverLimit else { return }
        guard depth < ProjectLimits.folderDepth else {
            limitProblem = .foldersTooDeep(path)
            return
        }
        guard folders.count < limits.folders else {
            limitProblem = .tooManyFolders(path, limits.folders)
            return
        }
        places.noteFolder(path)
        let found: FolderContents
        let limit = limits.files - fileCount + 1
        let result =
            read.removeValue(forKey: path) ?? contents(of: path, at: places.folder(path), places.device, limit: limit)
        switch result {
        case .success(let contents): found = contents
        case .failure(let failure):
            problems.append(.unreadable(path, failure.code))
            return
        }
        if let first = folders.updateValue(path, forKey: found.identity) {
            folders[found.identity] = first
            problems.append(.repeatedFolder(path, first: first))
            return
        }
        for entry in found.entries {
            guard !isOverLimit else { return }
            add(entry, depth)
        }
        if found.isCut, !isOverLimit { limitProblem = .tooManyFiles(path, limits.files) }
    }

    private mutating func add(_ entry: FolderEntry, _ depth: Int) {
        let path = entry.path
        let kind: FileStatus.Kind
        switch entry.kind {
        case .file: kind = .regular
        case .folder: kind = .folder
        case .other:
            guard let found = self.kind(of: path) else {
                problems.append(.unreadable(path, errno))
                return
            }
            kind = found
        }
        guard kind != .folder || looksLikeSource(path) else {
            walk(path, depth: depth + 1)
            return
        }
        guard fileCount < limits.files else {
            limitProblem = .tooManyFiles(path, limits.files)
            return
        }
        fileCount += 1
        switch kind {
        case .regular: files.append(path)
        case .link: links.append(path)
        case .folder: problems.append(.directoryForFile(path))
        case .pipe, .socket, .device: problems.append(.notAFile(path))
        }
    }

    /// Reads what a symbolic link leads to.
    private mutating func follow(_ path: String) {
        let target: String
        switch project.place(of: path) {
        case .at(let place): target = place
        case .outside:
            problems.append(.outsideLink(path))
            return
        case .nowhere(let code):
            problems.append(.unreadable(path, code))
            return
        }
        switch fileStatus(target)?.kind {
        case .regular where topFolders.contains(path): problems.append(.unreadable(path, ENOTDIR))
        case .regular:
            places.linkedFiles[path] = target
            // What stands beside the folders has no slash.
            if path.utf8.contains(0x2F) { files.append(path) } else { topFiles.append(path) }
        case .folder: followFolder(path, target)
        case .link, .pipe, .socket, .device: problems.append(.notAFile(path))
        case nil: problems.append(.unreadable(path, errno))
        }
    }

    private mutating func followFolder(_ path: String, _ target: String) {
        guard !looksLikeSource(path), path.utf8.contains(0x2F) || topFolders.contains(path) else {
            problems.append(.directoryForFile(path))
            return
        }
        let above = places.folder(path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "")
        guard !(above + "/").hasPrefix(target == "/" ? "/" : target + "/") else {
            problems.append(.symlinkLoop(path))
            return
        }
        places.linkedFolders[path] = target
        walk(path, depth: path.utf8.count { $0 == 0x2F })
    }
}

/// How many folders are read ahead before it is asked whether they are too many.
private let readAheadChunk = 256

/// Whether a directory of this name was surely meant to be a file.
private func looksLikeSource(_ name: String) -> Bool {
    name.hasSuffix(".md") || name.hasSuffix(".yaml")
}
