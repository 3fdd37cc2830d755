import DiagnosticRendering
import PlacardCompiler
import PlacardExchange

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
/// Only what it made itself is ever taken away again: another process may be writing to the same folder. No symbolic link
/// in the folder leads a file out of it.
func write(_ files: [NewFile], below folder: String) throws(CommandFailure) {
    var madeFolders: [String] = []
    var madeFiles: [String] = []
    do throws(CommandFailure) {
        for file in files {
            // A folder that is not there yet has no links.
            guard ProjectFolder(folder)?.mayHold(newFile: file.path) ?? true else {
                throw CommandFailure(
                    "\(file.path) would not lie in \(folder)",
                    help: ["a symbolic link in it leads elsewhere; remove the link, or write the file yourself"])
            }
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

/// The symbolic link on the way to a new folder that belongs to a git repository and leads out of it: whoever wrote the
/// repository would choose where files are made. nil when there is none.
///
/// - Parameters:
///   - path: absolute, as the user named it.
///   - repository: the root of the repository that the user stands in, without symbolic links; nil outside of any.
func linkOutOf(_ repository: String?, on path: String) -> String? {
    guard let repository else { return nil }
    func isInside(_ path: String) -> Bool {
        guard let real = realpath(path, nil) else { return false }
        defer { free(real) }
        let text = String(cString: real)
        return text == repository || text.hasPrefix(repository == "/" ? "/" : repository + "/")
    }
    var walked = ""
    for part in path.split(separator: "/") where part != "." {
        let folder = walked.isEmpty ? "/" : walked
        walked += "/" + part
        var status = stat()
        guard lstat(walked, &status) == 0 else { return nil }
        if status.st_mode & S_IFMT == S_IFLNK, isInside(folder), !isInside(walked) { return walked }
    }
    return nil
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

/// Replaces the bytes of a project's file, in one step.
func replace(_ path: String, in folder: ProjectFolder, with bytes: [UInt8]) throws(CommandFailure) {
    do {
        try folder.replace(path, with: bytes)
    } catch {
        throw failure(folder.path + "/" + path, error.code)
    }
}

private func failure(_ path: String, _ code: Int32) -> CommandFailure {
    CommandFailure("cannot write \(path): \(String(cString: strerror(code)))", exitCode: CommandFailure.failure)
}

/// Writes a file of a project, new or over the one that is there, in one step: a reader sees the old bytes or the new.
///
/// - Parameter path: relative, with `/`; the folders on the way must be there.
func replaceOrCreate(_ path: String, with bytes: [UInt8], in location: ProjectLocation) throws(CommandFailure) {
    guard let folder = ProjectFolder(location.folder) else { throw failure(location.folder, ENOENT) }
    if let reason = folder.reasonNotToReplace(path) {
        throw CommandFailure(
            "\(location.display(path)) is not written: \(reason)", exitCode: CommandFailure.failure)
    }
    do {
        try folder.write(path, with: bytes)
    } catch {
        throw failure(folder.path + "/" + path, error.code)
    }
}

/// Writes one file into a folder, which is made where it is not there; no symbolic link in the project's repository leads
/// it elsewhere.
///
/// - Parameter folder: absolute, as the user named it.
func writeHandoff(
    _ name: String, _ bytes: [UInt8], in folder: String, _ location: ProjectLocation
) throws(CommandFailure) {
    do {
        try writeFile(name, bytes, in: folder, untrusted: location.repository)
    } catch {
        switch error {
        case .inTheWay(let path, let what):
            throw CommandFailure(
                "\(path) is \(what), and nothing is written there", help: ["remove it, or write elsewhere"])
        case .failed(let path, let reason), .full(let path, let reason, _):
            throw CommandFailure("cannot write \(path): \(reason)", exitCode: CommandFailure.failure)
        case .notOurs, .busy, .unreadable:
            throw CommandFailure("\(error.message)", exitCode: CommandFailure.failure)
        }
    }
}

/// The bytes of a file that translators gave back.
///
/// - Parameters:
///   - path: absolute, as the user named it; a symbolic link in the project's repository must not lead out of it.
///   - name: the same for people.
func readHandoff(
    _ path: String, named name: String, _ location: ProjectLocation
) throws(CommandFailure) -> [UInt8] {
    do {
        return try readFile(
            path, untrusted: location.followsLinks ? nil : location.repository, limit: exchangeFileLimit)
    } catch {
        throw CommandFailure("cannot read \(name): \(error.reason)", exitCode: CommandFailure.failure)
    }
}
