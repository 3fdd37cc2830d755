import SourceDiagnostics

/// The files of a project, as the compiler sees them: paths and bytes.
///
/// It is the compiler's only view of the world: ``loadProject(at:)`` fills it from
/// a disk, a test from literals.
public struct ProjectFiles: Sendable {
    public struct File: Sendable {
        /// Relative to the project, with `/`.
        public var path: String
        public var bytes: [UInt8]

        public init(path: String, bytes: [UInt8]) {
            self.path = path
            self.bytes = bytes
        }
    }

    /// In the order of their paths' bytes.
    public private(set) var files: [File]
    /// What was wrong with files that could not be read.
    public var problems: [Diagnostic]

    /// Takes files in any order. Of two with the same path the later counts.
    public init(_ files: [File], problems: [Diagnostic] = []) {
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
    }

    /// The bytes of the file at `path`; nil when there is none.
    public subscript(_ path: String) -> [UInt8]? {
        index(of: path).map { files[$0].bytes }
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
