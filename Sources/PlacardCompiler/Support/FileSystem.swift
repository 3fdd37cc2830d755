import SourceDiagnostics

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

// The few system calls that loading and emitting need, with errors left in `errno`. Foundation's
// file functions cost several times as much per file, and a project has tens of thousands.

struct FileStatus {
    fileprivate let raw: stat

    enum Kind {
        case regular, folder, other
    }

    var kind: Kind {
        switch raw.st_mode & S_IFMT {
        case S_IFREG: .regular
        case S_IFDIR: .folder
        default: .other
        }
    }

    var isFolder: Bool { kind == .folder }
    var size: Int { Int(raw.st_size) }
}

/// What tells two paths to one file.
struct FileIdentity: Hashable {
    private let device: UInt64
    private let inode: UInt64

    init(_ status: FileStatus) {
        device = UInt64(truncatingIfNeeded: status.raw.st_dev)
        inode = UInt64(truncatingIfNeeded: status.raw.st_ino)
    }
}

/// The status of the file that `path` leads to, symbolic links followed.
func fileStatus(_ path: String) -> FileStatus? {
    var raw = stat()
    guard stat(path, &raw) == 0 else { return nil }
    return FileStatus(raw: raw)
}

/// The names in a folder, in the order of their bytes, without `.` and `..`.
struct FolderNames {
    enum Kind {
        case file, folder
        /// A symbolic link or something rarer, or the file system does not tell: its status does.
        case other
    }

    private struct Entry {
        var range: Range<Int>
        var kind: Kind
    }

    /// All names, one after the other.
    private var bytes: [UInt8] = []
    private var entries: [Entry] = []

    /// Reads the names in the folder at `path`; nil, with `errno`, when it cannot be read.
    init?(of path: String) {
        guard let folder = opendir(path) else { return nil }
        defer { closedir(folder) }
        while let entry = readdir(folder) {
            let start = bytes.count
            withUnsafeBytes(of: &entry.pointee.d_name) { name in
                let end = name.firstIndex(of: 0) ?? name.count
                bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: name[..<end]))
            }
            let length = bytes.count - start
            if bytes[start] == 0x2E, length == 1 || length == 2 && bytes[start + 1] == 0x2E {
                bytes.removeSubrange(start...)
                continue
            }
            let kind: Kind
            switch Int(entry.pointee.d_type) {
            case Int(DT_REG): kind = .file
            case Int(DT_DIR): kind = .folder
            default: kind = .other
            }
            entries.append(Entry(range: start..<bytes.count, kind: kind))
        }
        bytes.withUnsafeBufferPointer { all in
            guard let base = all.baseAddress else { return }
            entries.sort { a, b in
                let order = memcmp(
                    base + a.range.lowerBound, base + b.range.lowerBound, min(a.range.count, b.range.count))
                return order == 0 ? a.range.count < b.range.count : order < 0
            }
        }
    }

    var count: Int { entries.count }
    /// The names as text.
    var all: [String] { entries.indices.map { name($0) } }

    func kind(_ index: Int) -> Kind { entries[index].kind }

    /// Calls `body` with the bytes of the name at `index`.
    func withBytes<Result>(_ index: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        bytes.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[entries[index].range])) }
    }

    /// The name at `index` behind `prefix`; bytes that are not UTF-8 are replaced.
    func name(_ index: Int, behind prefix: String = "") -> String {
        var prefix = prefix
        return withBytes(index) { name in
            prefix.withUTF8 { prefix in
                String(unsafeUninitializedCapacity: prefix.count + name.count) { buffer in
                    _ = buffer.initialize(from: prefix)
                    _ = UnsafeMutableBufferPointer(rebasing: buffer[prefix.count...]).initialize(from: name)
                    return prefix.count + name.count
                }
            }
        }
    }
}

/// A system call that failed.
struct SystemError: Error {
    /// Its `errno`.
    var code: Int32
}

/// A folder whose files are to be read one after the other: the system looks its path up once.
struct OpenFolder: ~Copyable {
    /// `AT_FDCWD` where it could not be opened, so that whole paths lead to its files.
    private let descriptor: Int32
    private let path: String

    init(_ path: String) {
        self.path = path
        let opened = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        descriptor = opened >= 0 ? opened : AT_FDCWD
    }

    deinit {
        if descriptor != AT_FDCWD { close(descriptor) }
    }

    /// All bytes of the file with that name.
    ///
    /// - Throws: ``SystemError``, `EFBIG` when the file has more than `limit` bytes.
    func read(_ name: Substring.UTF8View, limit: Int) throws(SystemError) -> [UInt8] {
        let name = descriptor == AT_FDCWD ? path + "/" + String(Substring(name)) : String(Substring(name))
        return try readFile(name, in: descriptor, limit: limit)
    }
}

/// All bytes of a file.
///
/// - Parameter folder: the open folder that a relative path leads on from; `AT_FDCWD` for the one of the process.
/// - Throws: ``SystemError``, `EFBIG` when the file has more than `limit` bytes.
func readFile(_ path: String, in folder: Int32 = AT_FDCWD, limit: Int = .max) throws(SystemError) -> [UInt8] {
    let descriptor = openat(folder, path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw SystemError(code: errno) }
    defer { close(descriptor) }
    if let bytes = readShortFile(descriptor, limit: limit) { return bytes }
    guard lseek(descriptor, 0, SEEK_SET) == 0 else { throw SystemError(code: errno) }
    var raw = stat()
    guard fstat(descriptor, &raw) == 0 else { throw SystemError(code: errno) }
    guard raw.st_size <= limit else { throw SystemError(code: EFBIG) }
    var code: Int32 = 0
    // One byte more than the size, so that what has been added meanwhile is seen.
    var bytes = [UInt8](unsafeUninitializedCapacity: Int(raw.st_size) + 1) { buffer, count in
        while count < buffer.count {
            let got = read(descriptor, buffer.baseAddress?.advanced(by: count), buffer.count - count)
            if got > 0 {
                count += got
                // Less than was asked for, and all that there is: no need to ask once more.
                if count == Int(raw.st_size) { return }
            } else if got == 0 {
                return
            } else if errno != EINTR {
                code = errno
                return
            }
        }
    }
    guard code == 0 else { throw SystemError(code: code) }
    // It grew, or its file system does not tell sizes (`/proc`).
    guard bytes.count > Int(raw.st_size) else { return bytes }
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count <= limit {
        let got = read(descriptor, &chunk, chunk.count)
        if got > 0 {
            bytes.append(contentsOf: chunk[..<got])
        } else if got == 0 {
            return bytes
        } else if errno != EINTR {
            throw SystemError(code: errno)
        }
    }
    throw SystemError(code: EFBIG)
}

/// All bytes of a file that has a few: most have, and are read without asking for their size. Nil for a longer one, and
/// when something is in the way.
private func readShortFile(_ descriptor: Int32, limit: Int) -> [UInt8]? {
    let most = min(limit, 8192)
    return withUnsafeTemporaryAllocation(byteCount: most + 1, alignment: 1) { buffer -> [UInt8]? in
        let count = read(descriptor, buffer.baseAddress, most + 1)
        guard count >= 0, count <= most else { return nil }
        // A file system that gives less than there is says so with the next call.
        guard count == 0 || read(descriptor, buffer.baseAddress?.advanced(by: count), 1) == 0 else { return nil }
        return [UInt8](buffer[..<count])
    }
}

/// Writes a new file; false, with `errno`, when not every byte could be written.
func writeNewFile(_ path: String, _ bytes: [UInt8]) -> Bool {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { return false }
    let complete = bytes.withUnsafeBufferPointer { buffer in
        var written = 0
        while written < buffer.count {
            let put = write(descriptor, buffer.baseAddress?.advanced(by: written), buffer.count - written)
            if put >= 0 {
                written += put
            } else if errno != EINTR {
                return false
            }
        }
        return true
    }
    let code = errno
    // A full disk may be reported only when the file is closed.
    let closed = close(descriptor) == 0
    if !complete { errno = code }
    return complete && closed
}

/// Makes a folder and those above it.
func makeFolder(_ path: String) -> Bool {
    if mkdir(path, 0o755) == 0 { return true }
    if errno == EEXIST { return fileStatus(path)?.isFolder ?? false }
    guard errno == ENOENT, let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return false }
    return makeFolder(String(path[..<slash])) && (mkdir(path, 0o755) == 0 || errno == EEXIST)
}

/// Removes a file, or a folder with all below it; symbolic links are removed, not followed.
func removeTree(_ path: String) {
    var raw = stat()
    guard lstat(path, &raw) == 0 else { return }
    guard raw.st_mode & S_IFMT == S_IFDIR else {
        unlink(path)
        return
    }
    if let names = FolderNames(of: path) {
        for index in 0..<names.count { removeTree(names.name(index, behind: path + "/")) }
    }
    rmdir(path)
}

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

/// Exchanges two folders in one step; where the file system cannot, moves the old one away first.
func exchange(_ new: String, _ old: String) -> Bool {
    #if canImport(Glibc)
        if let renameat2, renameat2(AT_FDCWD, new, AT_FDCWD, old, renameExchange) == 0 { return true }
        if errno == ENOENT { return rename(new, old) == 0 }
        guard errno == EINVAL || errno == ENOSYS else { return false }
    #elseif canImport(Darwin)
        if renamex_np(new, old, UInt32(RENAME_SWAP)) == 0 { return true }
        if errno == ENOENT { return rename(new, old) == 0 }
        guard errno == ENOTSUP || errno == EINVAL else { return false }
    #endif
    let aside = new + ".old"
    removeTree(aside)
    guard rename(old, aside) == 0 || errno == ENOENT, rename(new, old) == 0 else { return false }
    _ = rename(aside, new)
    return true
}
