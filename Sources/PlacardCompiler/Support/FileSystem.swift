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

/// What the system tells of a file.
struct FileStatus: Sendable {
    enum Kind: Sendable {
        case regular, folder, link, pipe, socket, device

        var words: String {
            switch self {
            case .regular: "a file"
            case .folder: "a folder"
            case .link: "a symbolic link"
            case .pipe: "a pipe"
            case .socket: "a socket"
            case .device: "a device"
            }
        }
    }

    let kind: Kind
    let size: Int
    /// How many names it has.
    let names: Int
    /// Its permission bits.
    let permissions: mode_t
    let owner: uid_t
    let group: gid_t
    let identity: FileIdentity
    /// When its content was last written.
    let modified: timespec

    init(_ raw: stat) {
        switch raw.st_mode & S_IFMT {
        case S_IFREG: kind = .regular
        case S_IFDIR: kind = .folder
        case S_IFLNK: kind = .link
        case S_IFIFO: kind = .pipe
        case S_IFSOCK: kind = .socket
        default: kind = .device
        }
        size = Int(raw.st_size)
        names = Int(raw.st_nlink)
        permissions = raw.st_mode & 0o7777
        owner = raw.st_uid
        group = raw.st_gid
        identity = FileIdentity(
            device: UInt64(truncatingIfNeeded: raw.st_dev), inode: UInt64(truncatingIfNeeded: raw.st_ino))
        #if canImport(Darwin)
            modified = raw.st_mtimespec
        #else
            modified = raw.st_mtim
        #endif
    }

    var isFolder: Bool { kind == .folder }
}

/// What tells two paths to one file.
struct FileIdentity: Hashable, Sendable {
    let device: UInt64
    let inode: UInt64
}

/// The status of the file that `path` leads to, symbolic links followed; nil, with `errno`, when it leads to none.
func fileStatus(_ path: String) -> FileStatus? {
    var raw = stat()
    guard stat(path, &raw) == 0 else { return nil }
    return FileStatus(raw)
}

/// The status of an open file.
func fileStatus(open descriptor: Int32) -> FileStatus? {
    var raw = stat()
    guard fstat(descriptor, &raw) == 0 else { return nil }
    return FileStatus(raw)
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

    /// All names, one after the other, a zero behind each.
    private var bytes: [UInt8] = []
    private var entries: [Entry] = []
    /// Whether there are more names than were to be read.
    private(set) var isCut = false

    /// Reads the names in an open folder, at most `limit`; nil, with `errno`, when it cannot be read.
    init?(in descriptor: Int32, limit: Int = .max) {
        // A descriptor of its own, since the stream closes it and moves its place.
        let own = openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard own >= 0 else { return nil }
        guard let folder = fdopendir(own) else {
            close(own)
            return nil
        }
        defer { closedir(folder) }
        while let entry = readdir(folder) {
            guard entries.count < limit else {
                isCut = true
                break
            }
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
            bytes.append(0)
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

    /// Calls `body` with the name at `index` as system calls want it, whether or not it is UTF-8.
    func withCString<Result>(_ index: Int, _ body: (UnsafePointer<CChar>) -> Result) -> Result? {
        bytes.withUnsafeBufferPointer { bytes in
            bytes.baseAddress.map { base in
                let name = base + entries[index].range.lowerBound
                return name.withMemoryRebound(to: CChar.self, capacity: entries[index].range.count + 1, body)
            }
        }
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
    /// Its `errno`, or ``notAFile``.
    var code: Int32

    /// In place of an `errno`: what was opened has no content that stays the same.
    static let notAFile: Int32 = -1
}

/// A folder whose files are to be read one after the other: the system looks its path up once.
struct OpenFolder: ~Copyable {
    /// `AT_FDCWD` where it could not be opened, so that whole paths lead to its files.
    private let descriptor: Int32
    private let path: String

    /// - Parameter path: without symbolic links; should there be one at its end by now, it is not followed.
    init(_ path: String) {
        self.path = path
        let opened = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        descriptor = opened >= 0 ? opened : AT_FDCWD
    }

    deinit {
        if descriptor != AT_FDCWD { close(descriptor) }
    }

    /// All bytes of the file with that name, which is no symbolic link.
    ///
    /// - Parameter device: the device that the project is on; files of others may be the kernel's.
    /// - Throws: ``SystemError``, `EFBIG` when the file has more than `limit` bytes.
    func read(_ name: Substring.UTF8View, limit: Int, device: UInt64) throws(SystemError) -> [UInt8] {
        let name = descriptor == AT_FDCWD ? path + "/" + String(Substring(name)) : String(Substring(name))
        return try readFile(name, in: descriptor, limit: limit, device: device)
    }
}

/// All bytes of a regular file. Nothing else is read, and nothing is waited for: neither a pipe nor a device.
///
/// - Parameters:
///   - path: should a symbolic link stand at its end, it is not followed.
///   - folder: the open folder that a relative path leads on from; `AT_FDCWD` for the one of the process.
///   - device: where given, files of other devices are read only when they are not the kernel's own.
/// - Throws: ``SystemError``, `EFBIG` when the file has more than `limit` bytes.
func readFile(
    _ path: String, in folder: Int32 = AT_FDCWD, limit: Int = .max, device: UInt64? = nil
) throws(SystemError) -> [UInt8] {
    let descriptor = openat(folder, path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else {
        // A socket cannot be opened.
        throw SystemError(code: errno == ENXIO ? SystemError.notAFile : errno)
    }
    defer { close(descriptor) }
    guard let status = fileStatus(open: descriptor) else { throw SystemError(code: errno) }
    guard !status.isFolder else { throw SystemError(code: EISDIR) }
    guard status.kind == .regular else { throw SystemError(code: SystemError.notAFile) }
    if let device, device != status.identity.device, isOfTheKernel(descriptor) {
        throw SystemError(code: SystemError.notAFile)
    }
    return try readAll(descriptor, size: status.size, limit: limit)
}

/// All bytes of an open file from its place on.
///
/// - Parameter size: what its status tells; 0 for what the kernel makes when it is read.
func readAll(_ descriptor: Int32, size: Int, limit: Int) throws(SystemError) -> [UInt8] {
    guard size <= limit else { throw SystemError(code: EFBIG) }
    var code: Int32 = 0
    // One byte more than the size, so that what has been added meanwhile is seen.
    var bytes = [UInt8](unsafeUninitializedCapacity: size + 1) { buffer, count in
        while count < buffer.count {
            let got = read(descriptor, buffer.baseAddress?.advanced(by: count), buffer.count - count)
            if got > 0 {
                count += got
                // Less than was asked for, and all that there is: no need to ask once more.
                if count == size { return }
            } else if got == 0 {
                return
            } else if errno != EINTR {
                code = errno
                return
            }
        }
    }
    guard code == 0 else { throw SystemError(code: code) }
    // It grew, or its file system does not tell sizes.
    guard bytes.count > size else { return bytes }
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

/// Writes a file that is not there yet; false, with `errno`, when one is or not every byte could be written.
///
/// - Parameter folder: the open folder that a relative path leads on from.
func writeNewFile(_ path: String, in folder: Int32, _ bytes: [UInt8]) -> Bool {
    let descriptor = openat(folder, path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { return false }
    let isComplete = writeBytes(bytes, to: descriptor)
    let code = errno
    // A full disk may be reported only when the file is closed.
    let isClosed = close(descriptor) == 0
    if !isComplete { errno = code }
    return isComplete && isClosed
}

/// Writes all bytes, however many calls it takes; false, with `errno`, when that fails.
func writeBytes(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    bytes.withUnsafeBufferPointer { buffer in
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
}
