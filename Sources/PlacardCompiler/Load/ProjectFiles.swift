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
        // A walk of a disk gives them nearly in order, where a stable sort has little to do.
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
        var low = 0
        var high = files.count
        while low < high {
            let middle = (low + high) / 2
            if utf8Less(files[middle].path, path) { low = middle + 1 } else { high = middle }
        }
        return low < files.count && !utf8Less(path, files[low].path) ? files[low].bytes : nil
    }
}
