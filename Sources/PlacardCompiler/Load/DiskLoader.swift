import Locking
import SourceDiagnostics

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Why a folder is not a project.
package struct ProjectNotFound: Error, Sendable {
    /// The folder that was asked for.
    package let folder: String
}

/// Reads the project in `folder` from disk: `placard.yaml`, `translations.lock`, and all below
/// `templates`, `content` and `scenarios`.
///
/// Names that begin with a dot are left out, as are editors' backup files (`name~`). What cannot be read
/// (a directory named like a file, a symbolic link that leads out of the project, a pipe, a file over its limit) becomes
/// one of the result's `problems`; nothing is passed over in silence. Of a project over a limit nothing is given but the
/// problem.
///
/// - Parameters:
///   - folder: where `placard.yaml` is.
///   - followsLinks: whether to read what symbolic links lead to outside of the project.
///   - limits: how much it may hold.
/// - Throws: ``ProjectNotFound`` when `folder` has no `placard.yaml`.
package func loadProject(
    at folder: String, followsLinks: Bool = false, limits: LoadLimits = LoadLimits()
) throws(ProjectNotFound) -> ProjectFiles {
    guard let project = ProjectFolder(folder, followsLinks: followsLinks) else {
        throw ProjectNotFound(folder: folder)
    }
    var walk = FolderWalk(project, limits)
    guard walk.addTopFile("placard.yaml") else { throw ProjectNotFound(folder: folder) }
    _ = walk.addTopFile("translations.lock")
    walk.walk(["content", "scenarios", "templates"])
    if let problem = walk.limitProblem { return ProjectFiles(overLimit: problem) }
    let found = walk.sortedFiles
    let groups = neighbours(found)
    let budget = ByteBudget(limits.bytes)
    let places = walk.places
    let loaded = concurrentMap(groups.count) { read(found[groups[$0]], in: places, budget) }
    if budget.isSpent { return ProjectFiles(overLimit: .tooManyBytes(limits.bytes)) }
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

/// How much of a project is read; by default what ``ProjectLimits`` says.
package struct LoadLimits: Sendable {
    package var files: Int
    package var folders: Int
    /// Of all files together.
    package var bytes: Int

    package init(
        files: Int = ProjectLimits.files, folders: Int = ProjectLimits.folders, bytes: Int = ProjectLimits.bytes
    ) {
        self.files = files
        self.folders = folders
        self.bytes = bytes
    }
}

/// How many bytes may still be read, on all cores together.
private final class ByteBudget: @unchecked Sendable {
    private let lock = Lock()
    private var left: Int

    init(_ bytes: Int) {
        left = bytes
    }

    var isSpent: Bool { lock.withLock { left < 0 } }

    func spend(_ bytes: Int) {
        lock.withLock { left -= bytes }
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

/// Reads files of one folder; none once more has been read than may be.
private func read(
    _ paths: ArraySlice<String>, in places: ProjectPlaces, _ budget: ByteBudget
) -> [Result<[UInt8], LoadProblem>] {
    guard let first = paths.first, !budget.isSpent else { return [] }
    let start = nameStart(first)
    let folder = OpenFolder(places.folder(String(Substring(first.utf8.prefix(max(0, start - 1))))))
    let results = paths.map { read($0, nameAt: start, in: folder, places) }
    budget.spend(results.reduce(0) { $0 + ((try? $1.get())?.count ?? 0) })
    return results
}

private func read(
    _ path: String, nameAt start: Int, in folder: borrowing OpenFolder, _ places: ProjectPlaces
) -> Result<[UInt8], LoadProblem> {
    let limit =
        path == TranslationLock.path
        ? ProjectLimits.lockBytes : isSource(path) ? ProjectLimits.sourceBytes : ProjectLimits.assetBytes
    do throws(SystemError) {
        if let target = places.linkedFiles[path] {
            return .success(try readFile(target, limit: limit, device: places.device))
        }
        return .success(try folder.read(path.utf8.dropFirst(start), limit: limit, device: places.device))
    } catch {
        let problem: Diagnostic =
            error.code == EFBIG
            ? .fileTooLarge(path, fileStatus(places.file(path))?.size, limit) : .unreadable(path, error.code)
        return .failure(LoadProblem(diagnostic: problem))
    }
}
