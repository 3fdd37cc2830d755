import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// What lies in a folder, to tell whether anything has changed: names, kinds, modes, times and bytes.
struct DiskSnapshot: Equatable {
    struct Entry: Equatable {
        var mode: UInt32
        var modified: [Int]
        /// The bytes of a file, or where a link leads.
        var content: [UInt8]
    }

    private(set) var entries: [String: Entry] = [:]

    init(_ folder: String) { add(folder) }

    /// The paths at which two snapshots differ.
    static func differences(_ a: DiskSnapshot, _ b: DiskSnapshot) -> [String] {
        Set(a.entries.keys).union(b.entries.keys).filter { a.entries[$0] != b.entries[$0] }.sorted()
    }

    private mutating func add(_ path: String) {
        var status = stat()
        guard lstat(path, &status) == 0 else { return }
        #if canImport(Darwin)
            let modified = status.st_mtimespec
        #else
            let modified = status.st_mtim
        #endif
        var entry = Entry(
            mode: UInt32(status.st_mode), modified: [Int(modified.tv_sec), Int(modified.tv_nsec)], content: [])
        switch status.st_mode & S_IFMT {
        case S_IFREG: entry.content = FileManager.default.contents(atPath: path).map(Array.init) ?? []
        case S_IFLNK:
            entry.content = Array(((try? FileManager.default.destinationOfSymbolicLink(atPath: path)) ?? "").utf8)
        case S_IFDIR:
            for name in (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [] { add(path + "/" + name) }
        default: break
        }
        entries[path] = entry
    }
}

/// Runs `body` in an empty folder, whose path has no symbolic links.
func withDisk(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
        .appendingPathComponent("placard-disk-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
}

/// Writes a file, and makes the folders above it.
func writeFile(_ path: String, _ text: String) throws {
    try FileManager.default.createDirectory(
        atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
}

/// What has that name itself, links not followed; nil when there is nothing.
func kind(_ path: String) -> mode_t? {
    var status = stat()
    return lstat(path, &status) == 0 ? status.st_mode & S_IFMT : nil
}
