import PlacardCompiler

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The largest version that metadata may have.
private let largestVersion = 1 << 53 - 1

/// A folder that releases are written to: `metadata/` and `targets/` in it, nothing else is touched.
///
/// Each file is put in place in one step, under a lock that the system takes back when the process ends.
struct ReleaseFolder: ~Copyable {
    let path: String
    private let lock: Int32

    /// Makes the folder, and takes its lock.
    ///
    /// - Throws: ``ReleaseError`` when another process has it, or the folder cannot be made.
    init(_ path: String) throws(ReleaseError) {
        self.path = path
        lock = try openLocked(path)
        // What a killed process left behind has a name of its own; under the lock nobody else is writing.
        for folder in ["metadata", "targets"] {
            let names = (try? FileManager.default.subpathsOfDirectory(atPath: path + "/" + folder)) ?? []
            for name in names where (name.split(separator: "/").last ?? "").hasPrefix(".placard-new-") {
                remove(folder + "/" + name)
            }
        }
    }

    deinit { close(lock) }

    /// Writes a file in one step, unless it is there with the same bytes; whether it did.
    @discardableResult
    func write(_ file: String, _ bytes: [UInt8]) throws(ReleaseError) -> Bool {
        guard isPlain(file) else { throw ReleaseError(.untrusted, "\(file) is not a path of plain names") }
        let full = path + "/" + file
        if let there = try? readFile(full, untrusted: nil, limit: bytes.count), there == bytes { return false }
        let slash = full.lastIndex(of: "/") ?? full.startIndex
        do throws(OutputError) {
            try writeFile(
                String(full[full.index(after: slash)...]), bytes, in: String(full[..<slash]),
                untrusted: repository(around: full))
        } catch {
            throw ReleaseError(.failure, error.message)
        }
        return true
    }

    /// Whether there is a file of that path.
    func has(_ file: String) -> Bool { access(path + "/" + file, F_OK) == 0 }

    /// Removes a file; what will not go stays, and does no harm.
    func remove(_ file: String) {
        unlink(path + "/" + file)
    }

    /// The files below a folder in it, as paths from there, in the order of their bytes.
    func files(in folder: String) -> [String] {
        let names = (try? FileManager.default.subpathsOfDirectory(atPath: path + "/" + folder)) ?? []
        return names.filter { isPlain($0) }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// The versions of a role's metadata that are there, the lowest first.
    func versions(of role: String) -> [Int] {
        files(in: "metadata").compactMap { name in
            guard name.hasSuffix(".\(role).json"), let version = Int(name.dropLast(role.utf8.count + 6)) else {
                return nil
            }
            // What no release has written is none of its versions.
            return (1...largestVersion).contains(version) && name == "\(version).\(role).json" ? version : nil
        }.sorted()
    }
}

/// Makes the folder and what is in it, and takes its lock.
private func openLocked(_ path: String) throws(ReleaseError) -> Int32 {
    for folder in [path, path + "/metadata", path + "/targets"] {
        try makeFolder(folder)
    }
    let lock = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard lock >= 0 else { throw ReleaseError(.failure, "\(path): \(String(cString: strerror(errno)))") }
    guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
        close(lock)
        throw ReleaseError(.failure, "another placard is writing to \(path)", help: ["try again when it has ended"])
    }
    return lock
}
