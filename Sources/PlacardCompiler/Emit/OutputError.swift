#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Why a build could not be written. The previous build is untouched.
package enum OutputError: Error, Equatable, Sendable {
    /// The folder holds files that are not a build's.
    case notOurs(folder: String, found: String)
    /// What stands where the build has a folder or a file of its own, or on the way there: its path, and what it is, such as
    /// `a symbolic link`.
    case inTheWay(path: String, what: String)
    /// Another build is writing to the folder, and was not to be waited for.
    case busy(folder: String, holder: OutputLockHolder)
    /// A system call failed: the path that was to be written, and the system's words.
    case failed(path: String, reason: String)
    /// The disk, or the user's share of it, is full: the path, the system's words, and what the whole build takes.
    case full(path: String, reason: String, bytes: Int)
    /// A file of the bundle or a notification is nothing that its readers can read.
    case unreadable(UnreadableFile)

    /// What to tell a person, on one line.
    package var message: String {
        switch self {
        case .notOurs(let folder, let found):
            "the output folder \(folder) holds \(found), which placard did not write; "
                + "choose another with --output, or empty it yourself"
        case .inTheWay(let path, let what):
            "\(path) is \(what), where a build has a folder or a file of its own; nothing was written"
        case .busy(let folder, let holder):
            "\(holder.words) is writing to \(folder)"
        case .failed(let path, let reason):
            "cannot write \(path): \(reason); the previous build is untouched"
        case .full(let path, let reason, _):
            "cannot write \(path): \(reason); the previous build is untouched"
        case .unreadable(let file):
            "apps cannot read the \(file.path) of this build: \(file.reason); the previous build is untouched"
        }
    }

    /// What to do about it, a line each.
    package var help: [String] {
        switch self {
        case .notOurs:
            return ["--replace lets a build take the place of whatever is in its bundle, preview and push"]
        case .inTheWay: return ["remove it, or write elsewhere with --output"]
        case .busy: return ["without --no-wait this build waits for the other"]
        case .failed: return []
        case .unreadable: return ["this is a defect of placard; please report it with the text that it names"]
        case .full(_, _, let bytes):
            let needed = bytes < 1_000_000 ? "\(max(1, bytes / 1000)) kB" : "\(bytes / 1_000_000) MB"
            return [
                "free some space, or write elsewhere with --output; the build takes about \(needed), "
                    + "beside the previous one until it is complete"
            ]
        }
    }
}

/// Who writes to an output folder, as far as it is known.
package struct OutputLockHolder: Equatable, Sendable {
    /// Its process.
    package var process: Int32?
    /// For how many seconds it has been at work.
    package var seconds: Int?

    package init(process: Int32? = nil, seconds: Int? = nil) {
        self.process = process
        self.seconds = seconds
    }

    /// Such as `another build (process 4711, at work for 12 s)`.
    package var words: String {
        let known = [process.map { "process \($0)" }, seconds.map { "at work for \($0) s" }].compactMap { $0 }
        return "another build" + (known.isEmpty ? "" : " (\(known.joined(separator: ", ")))")
    }
}

/// How a build is to be written.
package struct OutputOptions: Sendable {
    /// A folder whose content is somebody else's word, such as a repository that has been checked out: no symbolic link in
    /// it leads a build anywhere.
    package var untrusted: String?
    /// Whether whatever is in `bundle`, `preview` and `push` may go.
    package var replaces: Bool
    /// Whether to wait for another build.
    package var waits: Bool
    /// Called once before the build waits for another.
    package var willWait: @Sendable (OutputLockHolder) -> Void
    /// Called with the path of each folder of an earlier preview that stays, as something is mounted in it.
    package var cannotRemove: @Sendable (String) -> Void = { _ in }

    package init(
        untrusted: String? = nil, replaces: Bool = false, waits: Bool = true,
        willWait: @escaping @Sendable (OutputLockHolder) -> Void = { _ in }
    ) {
        self.untrusted = untrusted
        self.replaces = replaces
        self.waits = waits
        self.willWait = willWait
    }
}

/// What went wrong, before a person is told.
enum SystemFailure: Error {
    case notOurs(found: String)
    case inTheWay(path: String, what: FileStatus.Kind)
    case busy(OutputLockHolder)
    case unreadable(UnreadableFile)
    /// A system call, its `errno`, and what the whole build takes, when that is known.
    case call(path: String, code: Int32, bytes: Int? = nil)

    /// Whether there was nothing of that name.
    var isNotFound: Bool {
        guard case .call(_, ENOENT, _) = self else { return false }
        return true
    }
}

/// The call that has just failed; `errno` is read before the path is put together, which may change it.
func failure(_ path: @autoclosure () -> String) -> SystemFailure {
    let code = errno
    return .call(path: path(), code: code)
}
