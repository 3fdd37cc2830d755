#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// An open folder. What is done through it happens in that very folder, wherever its path leads by now, and no symbolic
/// link is followed: names are single parts of paths.
final class FolderHandle: Sendable {
    let descriptor: Int32

    /// - Parameter descriptor: of an open folder; it is closed with the handle.
    init(owning descriptor: Int32) {
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    /// Opens the folder at `path`: links on the way are followed, one at its end is not.
    convenience init(path: String) throws(SystemError) {
        let opened = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard opened >= 0 else { throw SystemError(code: errno) }
        self.init(owning: opened)
    }

    /// The folder in it of that name.
    func folder(_ name: UnsafePointer<CChar>) throws(SystemError) -> FolderHandle {
        try opened(name, O_RDONLY)
    }

    /// The same, fit only to be passed through: it need not be readable.
    func passage(_ name: UnsafePointer<CChar>) throws(SystemError) -> FolderHandle {
        try opened(name, forPassage)
    }

    private func opened(_ name: UnsafePointer<CChar>, _ access: Int32) throws(SystemError) -> FolderHandle {
        let opened = openat(descriptor, name, access | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard opened >= 0 else { throw SystemError(code: errno) }
        return FolderHandle(owning: opened)
    }

    /// Its own status; nil, with `errno`, when the system does not tell.
    var status: FileStatus? { fileStatus(open: descriptor) }

    /// The status of what has that name in it; nil, with `errno`, when there is nothing.
    func status(of name: UnsafePointer<CChar>) -> FileStatus? {
        var raw = stat()
        guard fstatat(descriptor, name, &raw, AT_SYMLINK_NOFOLLOW) == 0 else { return nil }
        return FileStatus(raw)
    }

    /// Its names, at most `limit`; nil, with `errno`, when it cannot be read.
    func names(limit: Int = .max) -> FolderNames? {
        FolderNames(in: descriptor, limit: limit)
    }

    /// All bytes of the regular file of that name.
    func read(_ name: String, limit: Int) throws(SystemError) -> [UInt8] {
        try readFile(name, in: descriptor, limit: limit)
    }

    /// Writes a file of that name in one step, over whatever file or link has it: a reader sees the old bytes or the new.
    func write(_ name: String, _ bytes: [UInt8]) throws(SystemError) {
        // Hidden, so that what a killed process leaves is no part of a project.
        let new = ".placard-new-\(getpid())"
        unlink(new)
        guard writeNewFile(new, in: descriptor, bytes), move(new, to: self, as: name) else {
            let code = errno
            unlink(new)
            throw SystemError(code: code)
        }
    }

    /// Makes a folder in it; false, with `errno`, when it cannot or something of that name is there.
    func makeFolder(_ name: String, mode: mode_t = 0o755) -> Bool {
        mkdirat(descriptor, name, mode) == 0
    }

    /// Makes a folder below it, and those above that one, in a tree that nobody else writes to.
    func makeFolders(_ path: String) -> Bool {
        if mkdirat(descriptor, path, 0o755) == 0 || errno == EEXIST { return true }
        guard errno == ENOENT, let slash = path.lastIndex(of: "/") else { return false }
        return makeFolders(String(path[..<slash])) && (mkdirat(descriptor, path, 0o755) == 0 || errno == EEXIST)
    }

    /// Moves what has that name in it to another folder, over what is there; false, with `errno`, when that fails.
    func move(_ name: String, to folder: FolderHandle, as other: String? = nil) -> Bool {
        renameat(descriptor, name, folder.descriptor, other ?? name) == 0
    }

    /// Removes the file of that name, whatever it is but a folder; a symbolic link itself, and not what it leads to.
    @discardableResult
    func unlink(_ name: UnsafePointer<CChar>) -> Bool {
        unlinkat(descriptor, name, 0) == 0
    }

    /// Removes what has that name, a folder with all below it.
    func remove(_ name: UnsafePointer<CChar>) {
        if unlink(name) || !holdsOwnFiles(name) { return }
        guard let tree = try? folder(name) else { return }
        var moved = 0
        var before = -1
        while moved != before {
            before = moved
            tree.empty(depth: 0, into: tree, &moved)
        }
        unlinkat(descriptor, name, AT_REMOVEDIR)
    }

    /// Removes all in it. What lies too deep for as many open folders is moved up, into the top, and is removed in turn.
    private func empty(depth: Int, into top: FolderHandle, _ moved: inout Int) {
        guard let names = names() else { return }
        for index in 0..<names.count {
            names.withCString(index) { name in
                guard !unlink(name), holdsOwnFiles(name) else { return }
                if depth == deepestRemoval {
                    moved += 1
                    renameat(descriptor, name, top.descriptor, "\(movedPrefix)\(moved)")
                    return
                }
                if let child = try? folder(name) { child.empty(depth: depth + 1, into: top, &moved) }
                unlinkat(descriptor, name, AT_REMOVEDIR)
            }
        }
    }

    /// Whether what has that name is a folder with something in it, and no disk or folder of elsewhere mounted there, which is
    /// somebody else's. A folder without anything in it is removed.
    ///
    /// A folder that is mounted may be on the same device. The system tells it from others when it is to remove it: it is
    /// busy, before it is not empty.
    private func holdsOwnFiles(_ name: UnsafePointer<CChar>) -> Bool {
        if unlinkat(descriptor, name, AT_REMOVEDIR) == 0 { return false }
        guard errno == ENOTEMPTY || errno == EEXIST else { return false }
        guard let other = status(of: name), let own = status else { return false }
        return other.isFolder && other.identity.device == own.identity.device
    }
}

/// How many folders are open at once when a tree is removed.
private let deepestRemoval = 64
private let movedPrefix = ".placard-removed-"

#if os(Linux)
    /// `O_PATH` of `fcntl.h`.
    private let forPassage: Int32 = 0o10000000
#else
    private let forPassage: Int32 = O_RDONLY
#endif

#if canImport(Glibc)
    /// `renameat2(2)`, which the Glibc module does not show.
    private let renameat2:
        (@convention(c) (Int32, UnsafePointer<CChar>, Int32, UnsafePointer<CChar>, UInt32) -> Int32)? =
            dlsym(nil, "renameat2").map {
                unsafeBitCast(
                    $0,
                    to: (@convention(c) (Int32, UnsafePointer<CChar>, Int32, UnsafePointer<CChar>, UInt32) -> Int32)
                        .self)
            }
    /// `RENAME_EXCHANGE` of `linux/fs.h`.
    private let renameExchange: UInt32 = 2
#endif

/// Exchanges what has `name` in two folders in one step; where the file system cannot, moves the old away first.
func exchange(_ name: String, in new: FolderHandle, with old: FolderHandle) -> Bool {
    #if canImport(Glibc)
        if let renameat2, renameat2(new.descriptor, name, old.descriptor, name, renameExchange) == 0 { return true }
        if errno == ENOENT { return new.move(name, to: old) }
        guard errno == EINVAL || errno == ENOSYS else { return false }
    #elseif canImport(Darwin)
        if renameatx_np(new.descriptor, name, old.descriptor, name, UInt32(RENAME_SWAP)) == 0 { return true }
        if errno == ENOENT { return new.move(name, to: old) }
        guard errno == ENOTSUP || errno == EINVAL else { return false }
    #endif
    let aside = name + ".old"
    new.remove(aside)
    guard old.move(name, to: new, as: aside) || errno == ENOENT, new.move(name, to: old) else { return false }
    _ = new.move(aside, to: new, as: name)
    return true
}

/// Exchanges two folders of one name of which either, or both, may not be there. Done twice it undoes itself.
func replace(_ name: String, from new: FolderHandle, in old: FolderHandle) -> Bool {
    switch (new.status(of: name) != nil, old.status(of: name) != nil) {
    case (true, _): exchange(name, in: new, with: old)
    case (false, true): old.move(name, to: new)
    case (false, false): true
    }
}
