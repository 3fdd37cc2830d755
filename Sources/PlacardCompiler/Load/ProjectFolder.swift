#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The folder of a project, as the border that reading and writing keep to.
///
/// Who writes a project need not be trusted with the machine that compiles it. A symbolic link of the project may lead to
/// anything in the project that is not hidden, and to nothing else unless the user says so. (A process that changes the
/// project at the same time is not what this is against.)
package struct ProjectFolder: Sendable {
    /// Absolute, without symbolic links.
    package let path: String
    /// Whether to read what symbolic links lead to outside of the project.
    package let followsLinks: Bool
    /// What it is on.
    let device: UInt64

    /// Nil when there is no folder at `path`.
    package init?(_ path: String, followsLinks: Bool = false) {
        guard let real = realPath(path), let status = fileStatus(real), status.isFolder else { return nil }
        self.path = real
        self.followsLinks = followsLinks
        device = status.identity.device
    }

    /// Where a path of the project leads.
    enum Place {
        /// To this absolute path, which has no symbolic links.
        case at(String)
        /// To what is not the project's.
        case outside
        /// To nothing, with the `errno` that says why.
        case nowhere(Int32)
    }

    func place(of path: String) -> Place {
        guard let real = realPath(self.path + "/" + path) else { return .nowhere(errno) }
        return followsLinks || holds(real) ? .at(real) : .outside
    }

    /// Whether an absolute path without symbolic links is in the project, and nothing on the way from there is hidden:
    /// `.git` and `.env` hold what nobody means to publish.
    func holds(_ real: String) -> Bool {
        let prefix = path == "/" ? "/" : path + "/"
        guard real != path else { return true }
        return real.hasPrefix(prefix)
            && !real.dropFirst(prefix.utf8.count).split(separator: "/").contains { $0.utf8.first == 0x2E }
    }

    /// Whether a new file at a path would come to lie in the project: what is there of the folders on the way is.
    package func mayHold(newFile path: String) -> Bool {
        var folder = path[...]
        while let slash = folder.lastIndex(of: "/") {
            folder = folder[..<slash]
            if let real = realPath(self.path + "/" + folder) { return holds(real) }
            // A link that leads to nothing yet.
            var raw = stat()
            if lstat(self.path + "/" + folder, &raw) == 0 { return false }
        }
        return true
    }
}

// MARK: Writing

/// A file of a project that could not be written.
package struct ProjectWriteError: Error, Sendable {
    /// The `errno` of the call that failed.
    package let code: Int32
}

extension ProjectFolder {
    /// Why a file must not be replaced, for a person; nil when it may be.
    ///
    /// A symbolic link is written through, to the file of the project that it leads to. Of a file with several names the
    /// others are not known: replaced, it would be a copy; written to, it would change wherever they are.
    package func reasonNotToReplace(_ path: String) -> String? {
        let real: String
        switch place(of: path) {
        case .at(let place): real = place
        case .outside: return "it is outside of the project"
        case .nowhere: return nil
        }
        guard holds(real) else { return "it is outside of the project" }
        return (fileStatus(real)?.names ?? 1) > 1
            ? "it has other names (hard links), which would not change with it" : nil
    }

    /// Replaces the bytes of a file that is there, in one step; where a symbolic link leads to it in the project, those of
    /// the file itself.
    ///
    /// - Throws: ``ProjectWriteError``; then the file is as it was.
    package func replace(_ path: String, with bytes: [UInt8]) throws(ProjectWriteError) {
        switch place(of: path) {
        case .at(let real) where holds(real): try replace(at: real, with: bytes)
        case .at, .outside: throw ProjectWriteError(code: EXDEV)
        case .nowhere(let code): throw ProjectWriteError(code: code)
        }
    }

    /// Writes a file in one step: over the one that is there, as ``replace(_:with:)`` does, or new.
    ///
    /// - Parameter path: the folders on the way must be there.
    /// - Throws: ``ProjectWriteError``; then the file is as it was.
    package func write(_ path: String, with bytes: [UInt8]) throws(ProjectWriteError) {
        guard case .nowhere(ENOENT) = place(of: path) else { return try replace(path, with: bytes) }
        let name = path.split(separator: "/").last.map(String.init) ?? path
        guard let parent = realPath(self.path + "/" + path.dropLast(name.utf8.count)) else {
            throw ProjectWriteError(code: errno)
        }
        guard holds(parent) else { throw ProjectWriteError(code: EXDEV) }
        do throws(SystemError) {
            let folder = try FolderHandle(path: parent)
            // A symbolic link that leads to nothing.
            guard folder.status(of: name) == nil else { throw SystemError(code: EEXIST) }
            try folder.write(name, bytes)
        } catch {
            throw ProjectWriteError(code: error.code)
        }
    }

    private func replace(at real: String, with bytes: [UInt8]) throws(ProjectWriteError) {
        let name = real.split(separator: "/").last.map(String.init) ?? real
        let folder: FolderHandle
        do throws(SystemError) {
            folder = try FolderHandle(path: String(real.dropLast(name.utf8.count)))
        } catch {
            throw ProjectWriteError(code: error.code)
        }
        guard let status = folder.status(of: name) else { throw ProjectWriteError(code: errno) }
        guard status.kind == .regular, status.names == 1 else { throw ProjectWriteError(code: EMLINK) }
        // Hidden, so that what a killed process leaves is no part of the project.
        let new = ".placard-new-\(getpid())"
        let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
        let descriptor = openat(folder.descriptor, new, flags, 0o600)
        guard descriptor >= 0 else { throw ProjectWriteError(code: errno) }
        // Whose file it was it stays, as far as the user may give it away.
        _ = fchown(descriptor, status.owner, status.group)
        let isWritten = writeBytes(bytes, to: descriptor) && fchmod(descriptor, status.permissions) == 0
        var code = isWritten ? 0 : errno
        if close(descriptor) != 0, isWritten { code = errno }
        if code == 0, !folder.move(new, to: folder, as: name) { code = errno }
        guard code == 0 else {
            folder.unlink(new)
            throw ProjectWriteError(code: code)
        }
    }
}

/// `path` without symbolic links; nil, with `errno`, when it leads to nothing.
package func realPath(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
}
