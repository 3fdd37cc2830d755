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

/// A file that a command makes.
struct NewFile: Equatable {
    /// Relative, with `/`.
    var path: String
    var bytes: [UInt8]

    init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
    }

    init(path: String, text: String) {
        self.init(path: path, bytes: Array(text.utf8))
    }
}

/// Writes `files` below `folder`; all of them or, when one is there already or the disk is full, none.
///
/// Only what it made itself is ever taken away again: another process may be writing to the same folder.
func write(_ files: [NewFile], below folder: String) throws(CommandFailure) {
    var madeFolders: [String] = []
    var madeFiles: [String] = []
    do throws(CommandFailure) {
        for file in files {
            let path = folder + "/" + file.path
            if let slash = path.lastIndex(of: "/") { try makeFolder(String(path[..<slash]), noting: &madeFolders) }
            let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
            let code = errno
            guard descriptor >= 0 else {
                if code != EEXIST { throw failure(path, code) }
                throw CommandFailure(
                    "\(file.path) is there already",
                    help: ["placard never overwrites a file; choose another name, or remove it"])
            }
            madeFiles.append(path)
            let problem = writeAll(file.bytes, to: descriptor)
            // A full disk may be reported only when the file is closed.
            let closing = close(descriptor) == 0 ? nil : errno
            if let code = problem ?? closing { throw failure(path, code) }
        }
    } catch {
        // Half a project could neither be used nor be made anew.
        for path in madeFiles { unlink(path) }
        for path in madeFolders.reversed() { rmdir(path) }
        throw error
    }
}

/// Makes a folder and those above it that are not there, and notes each in `made`, outermost first.
private func makeFolder(_ path: String, noting made: inout [String]) throws(CommandFailure) {
    guard !path.isEmpty, !FileManager.default.fileExists(atPath: path) else { return }
    if let slash = path.lastIndex(of: "/") { try makeFolder(String(path[..<slash]), noting: &made) }
    if mkdir(path, 0o755) == 0 {
        made.append(path)
    } else if errno != EEXIST {
        throw failure(path, errno)
    }
}

/// Replaces the bytes of a file that is there, in one step.
func replace(_ path: String, with bytes: [UInt8]) throws(CommandFailure) {
    do {
        try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
        throw failure(path, error)
    }
}

private func failure(_ path: String, _ code: Int32) -> CommandFailure {
    CommandFailure("cannot write \(path): \(String(cString: strerror(code)))", exitCode: CommandFailure.failure)
}

private func failure(_ path: String, _ error: any Error) -> CommandFailure {
    CommandFailure("cannot write \(path): \(reason(error))", exitCode: CommandFailure.failure)
}

private func reason(_ error: any Error) -> String {
    let words = String(describing: error)
    return String(words.split(separator: "\n").first ?? "unknown reason")
}

/// Writes a file below `folder`, new or in place of one that is there, in one step: a reader sees the old bytes or the
/// new, and a crash leaves one of them whole.
///
/// A symbolic link is replaced and not followed, and a folder on the way that is one is refused, so that nothing outside of
/// `folder` is ever written.
///
/// - Parameter path: relative, with `/`; the folders on the way must be there.
func replaceOrCreate(_ path: String, with bytes: [UInt8], below folder: String) throws(CommandFailure) {
    var parent = folder
    let parts = path.split(separator: "/")
    for part in parts.dropLast() {
        parent += "/" + part
        var status = stat()
        guard part != "..", lstat(parent, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
            throw CommandFailure(
                "cannot write \(path): \(parent) is not a folder of the project", exitCode: CommandFailure.failure)
        }
    }
    guard let name = parts.last, name != ".." else { return }
    let target = parent + "/" + name
    let temporary = "\(parent)/.\(name).\(getpid())~"
    unlink(temporary)
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o644)
    guard descriptor >= 0 else { throw failure(target, errno) }
    let problem = writeAll(bytes, to: descriptor) ?? (fsync(descriptor) == 0 ? nil : errno)
    let closing = close(descriptor) == 0 ? nil : errno
    if let code = problem ?? closing {
        unlink(temporary)
        throw failure(target, code)
    }
    guard rename(temporary, target) == 0 else {
        let code = errno
        unlink(temporary)
        throw failure(target, code)
    }
}

/// Makes a folder, and those above it that are not there.
func makeFolders(_ path: String) throws(CommandFailure) {
    var made: [String] = []
    try makeFolder(path, noting: &made)
}
