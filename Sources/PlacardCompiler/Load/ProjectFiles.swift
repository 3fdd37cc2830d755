import ByteText
import SourceDiagnostics

/// The files of a project, as the compiler sees them: paths and bytes.
///
/// It is the compiler's only view of the world: ``loadProject(at:)`` fills it from
/// a disk, a test from literals.
package struct ProjectFiles: Sendable {
    package struct File: Sendable {
        /// Relative to the project, with `/`.
        package var path: String
        package var bytes: [UInt8]

        package init(path: String, bytes: [UInt8]) {
            self.path = path
            self.bytes = bytes
        }
    }

    /// In the order of their paths' bytes.
    package private(set) var files: [File]
    /// What was wrong with files that could not be read.
    package let problems: [Diagnostic]
    /// Whether the project is over a limit: then no file of it is here, and the one problem says which.
    package let isOverLimit: Bool
    /// The files and folders that could not be read.
    let unread: UnreadFiles

    /// A project over a limit, which the problem tells.
    init(overLimit problem: Diagnostic) {
        files = []
        problems = [problem]
        isOverLimit = true
        unread = UnreadFiles(problems)
    }

    /// Takes files in any order. Of two with the same path the later counts.
    package init(_ files: [File], problems: [Diagnostic] = []) {
        // A walk of a disk gives them in order, unless a folder has a name like the beginning of another's.
        var ordered = min(1, files.count)
        while ordered < files.count, utf8Less(files[ordered - 1].path, files[ordered].path) { ordered += 1 }
        guard ordered < files.count else {
            self.init(sorted: files, problems: problems)
            return
        }
        let sorted = files.sorted { utf8Less($0.path, $1.path) }
        var distinct: [File] = []
        distinct.reserveCapacity(sorted.count)
        for file in sorted {
            if distinct.last?.path == file.path { distinct.removeLast() }
            distinct.append(file)
        }
        self.init(sorted: distinct, problems: problems)
    }

    /// Takes files that are distinct and sorted.
    init(sorted files: [File], problems: [Diagnostic]) {
        self.files = files
        self.problems = problems
        isOverLimit = false
        unread = UnreadFiles(problems)
    }

    /// The bytes of the file at `path`; nil when there is none.
    package subscript(_ path: String) -> [UInt8]? {
        index(of: path).map { files[$0].bytes }
    }

    /// Whether a file of this path, or a folder, is compiled.
    package func holds(_ path: String) -> Bool {
        self[path] != nil || !below(path + "/").isEmpty
    }

    /// Whether a file of this path would be read, by its name alone: it is one of the project's own, or in one of its folders
    /// and not hidden.
    package static func reads(_ path: String) -> Bool {
        if path == "placard.yaml" || path == "translations.lock" { return true }
        let parts = path.split(separator: "/")
        return parts.count > 1 && ["content", "scenarios", "templates"].contains(parts[0])
            && !parts.contains { $0.hasPrefix(".") || $0.hasSuffix("~") }
    }

    /// The same project with other bytes of a file, which need not be there yet.
    package func replacing(_ path: String, with bytes: [UInt8]) -> ProjectFiles {
        guard !isOverLimit else { return self }
        return ProjectFiles(
            files + [File(path: path, bytes: bytes)], problems: problems.filter { $0.primary.file != path })
    }

    /// The same files, with other bytes of those at some places.
    func replacing(_ changes: [Int: [UInt8]]) -> ProjectFiles {
        var result = self
        for (index, bytes) in changes { result.files[index].bytes = bytes }
        return result
    }

    /// The files below `folder`, which ends in a slash.
    func below(_ folder: String) -> ArraySlice<File> {
        let first = firstIndex(from: folder)
        // `0` follows the slash.
        return files[first..<max(first, firstIndex(from: folder.dropLast() + "0"))]
    }

    /// Where the file at `path` is; nil when there is none.
    func index(of path: String) -> Int? {
        let index = firstIndex(from: path)
        return index < files.count && !utf8Less(path, files[index].path) ? index : nil
    }

    /// Where the first file is whose path does not sort before `path`.
    func firstIndex(from path: String) -> Int {
        var low = 0
        var high = files.count
        while low < high {
            let middle = (low + high) / 2
            if utf8Less(files[middle].path, path) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

/// What of a project could not be read, so that nothing is said to be missing that may be there.
struct UnreadFiles: Sendable {
    private var paths: Set<String> = []
    /// The last parts of the paths.
    private var names: Set<String> = []
    /// Whether a folder of messages may be among them.
    private var mayHoldMessages = false

    /// - Parameter problems: what was wrong, each at a file or folder of its own.
    init(_ problems: [Diagnostic]) {
        for path in problems.map(\.primary.file) {
            paths.insert(path)
            names.insert(path.split(separator: "/").last.map(String.init) ?? path)
            if path == "content" || path.hasPrefix("content/"), !isSource(path), assetType(path) == nil {
                mayHoldMessages = true
            }
        }
    }

    /// Whether this file or folder, or one that it is in, could not be read.
    func covers(_ path: String) -> Bool {
        guard !paths.isEmpty else { return false }
        var path = path
        while !path.isEmpty {
            if paths.contains(path) { return true }
            path = parentFolder(path)
        }
        return false
    }

    /// Whether a file of this name may be somewhere below `content/`.
    func mayHoldInContent(_ name: String) -> Bool { mayHoldMessages || names.contains(name) }
}
