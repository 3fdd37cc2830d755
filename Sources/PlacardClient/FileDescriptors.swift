import Foundation

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#elseif canImport(Glibc)
    import Glibc
#endif

/// Opens a file that this process alone may use, and its children do not inherit; -1 with `errno`.
func openFile(_ file: URL, _ flags: Int32) -> Int32 {
    file.withUnsafeFileSystemRepresentation { path in path.map { open($0, flags | O_CLOEXEC, 0o600) } ?? -1 }
}

/// Opens a file to read it, and gives its length in bytes; nil where there is none. Throws `CocoaError` where it cannot be read.
func openToRead(_ file: URL) throws -> (file: OpenFile, length: Int)? {
    // A pipe in its place is not waited for.
    let descriptor = openFile(file, O_RDONLY | O_NONBLOCK)
    guard descriptor >= 0 else {
        if errno == ENOENT { return nil }
        throw CocoaError(errno == EACCES ? .fileReadNoPermission : .fileReadUnknown)
    }
    return (OpenFile(descriptor), max(0, Int(clamping: lseek(descriptor, 0, SEEK_END))))
}

/// The next bytes of a file; fewer when it has become shorter.
func readAll(_ descriptor: Int32, size: Int) -> [UInt8] {
    readAll(size) { buffer, size, _ in read(descriptor, buffer, size) }
}

/// Bytes from a place of a file; fewer when it has become shorter.
func readAll(_ descriptor: Int32, from start: Int, size: Int) -> [UInt8] {
    readAll(size) { pread(descriptor, $0, $1, off_t(start + $2)) }
}

private func readAll(
    _ size: Int, _ read: (_ buffer: UnsafeMutablePointer<UInt8>, _ size: Int, _ done: Int) -> Int
) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
        while count < size, let start = buffer.baseAddress {
            let got = read(start + count, size - count, count)
            if got > 0 { count += got } else if got == 0 || errno != EINTR { break }
        }
    }
}

func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Bool {
    var written = 0
    while written < bytes.count, let start = bytes.baseAddress {
        let count = write(descriptor, start + written, bytes.count - written)
        if count > 0 { written += count } else if errno != EINTR { return false }
    }
    return true
}

/// Pages of memory of their own, which the system has back at once when they are not needed any more: what allocators keep of large
/// arrays is half as much again.
func withPages<Value>(_ count: Int, _ body: (UnsafeMutableBufferPointer<UInt8>) -> Value) -> Value? {
    guard count > 0, let pages = mmap(nil, count, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON, -1, 0),
        pages != MAP_FAILED
    else { return count == 0 ? body(UnsafeMutableBufferPointer(start: nil, count: 0)) : nil }
    defer { munmap(pages, count) }
    return body(UnsafeMutableBufferPointer(start: pages.assumingMemoryBound(to: UInt8.self), count: count))
}

/// An open file. It is closed with this object, and removed with it while it is temporary.
final class OpenFile: @unchecked Sendable {
    let descriptor: Int32
    private let lock = NSLock()
    /// Where it is until it has its place; nil when it has it.
    private var temporary: URL?
    private var written = 0
    private var failure: Int32 = 0
    private var isOver = false

    init(_ descriptor: Int32, temporary: URL? = nil) {
        (self.descriptor, self.temporary) = (descriptor, temporary)
    }

    deinit {
        close(descriptor)
        if let temporary { unlink(temporary.path) }
    }

    /// Writes the next piece, from whatever thread it comes; after the end, or one that cannot be written, none. False when the file
    /// becomes longer than `limit`.
    @discardableResult
    func write(_ piece: UnsafeRawBufferPointer, limit: Int = .max) -> Bool {
        lock.withLock {
            guard !isOver, failure == 0 else { return true }
            written += piece.count
            guard written <= limit else { return false }
            if !writeAll(piece, to: descriptor) { failure = errno }
            return true
        }
    }

    /// Ends the writing; what went wrong with it, as `errno` says it, or 0.
    func end() -> Int32 {
        lock.withLock {
            isOver = true
            return failure
        }
    }

    /// Removes the file if it is temporary: nobody wants it.
    func discard() {
        lock.withLock {
            isOver = true
            if let temporary { unlink(temporary.path) }
            temporary = nil
        }
    }

    /// Gives a file that is temporary its place by `move`; false when it is not temporary.
    func place(by move: (_ temporary: URL) throws(ClientError) -> Void) throws(ClientError) -> Bool {
        guard let from = lock.withLock({ temporary }) else { return false }
        guard fsync(descriptor) == 0 else {
            throw .storage(path: from.path, reason: String(cString: strerror(errno)))
        }
        try move(from)
        lock.withLock { temporary = nil }
        // It said that somebody is at work on a temporary file. Apple's systems end an app that has locks while it is suspended.
        flock(descriptor, LOCK_UN)
        return true
    }
}
