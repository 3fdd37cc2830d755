#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The right to write to an output folder, which one build has at a time. The system takes it back when the process ends,
/// so that no stale lock is left. The file tells others who holds it.
struct OutputLock {
    private let descriptor: Int32

    /// Takes the lock of an output folder; waits for another build, or not, as `options` say.
    init(_ folder: OutputFolder, _ options: OutputOptions) throws(SystemFailure) {
        let path = folder.path + "/" + lockName
        var willWait: ((OutputLockHolder) -> Void)? = options.willWait
        while true {
            let opened = try OutputLock.open(folder, path)
            do throws(SystemFailure) {
                try OutputLock.lock(opened, path, options.waits, &willWait)
            } catch {
                close(opened)
                throw error
            }
            // While this build waited, the file may have been removed or replaced, and others lock another by now.
            guard let own = fileStatus(open: opened), folder.handle.status(of: lockName)?.identity == own.identity
            else {
                close(opened)
                continue
            }
            guard own.names == 1 else {
                // A file that has other names is never written to. It goes, and who waits for it looks anew.
                let isGone = folder.handle.unlink(lockName)
                let problem = failure(path)
                close(opened)
                guard isGone || problem.isNotFound else { throw problem }
                continue
            }
            descriptor = opened
            tell()
            return
        }
    }

    /// Gives the lock back; once.
    func release() {
        ftruncate(descriptor, 0)
        close(descriptor)
    }

    private static func open(_ folder: OutputFolder, _ path: String) throws(SystemFailure) -> Int32 {
        // Neither a link is followed, nor a pipe waited for, nor the terminal taken that a device may be.
        let flags = O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC
        let opened = openat(folder.handle.descriptor, lockName, flags, 0o644)
        let problem = failure(path)
        let found = opened >= 0 ? fileStatus(open: opened) : folder.handle.status(of: lockName)
        guard opened >= 0, found?.kind == .regular else {
            if opened >= 0 { close(opened) }
            guard let found, found.kind != .regular else { throw problem }
            throw .inTheWay(path: path, what: found.kind)
        }
        return opened
    }

    private static func lock(
        _ descriptor: Int32, _ path: String, _ waits: Bool, _ willWait: inout ((OutputLockHolder) -> Void)?
    ) throws(SystemFailure) {
        if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return }
        guard errno == EWOULDBLOCK || errno == EINTR else { throw failure(path) }
        let holder = OutputLock.holder(descriptor)
        guard waits else { throw .busy(holder) }
        willWait?(holder)
        willWait = nil
        while flock(descriptor, LOCK_EX) != 0 {
            guard errno == EINTR else { throw failure(path) }
        }
    }

    /// Writes down who holds the lock and since when, for whom it keeps waiting. Where that fails, they are told less.
    private func tell() {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        guard ftruncate(descriptor, 0) == 0 else { return }
        _ = writeBytes(Array("\(getpid()) \(now.tv_sec)\n".utf8), to: descriptor)
    }

    /// Who is written down as the holder of a lock.
    private static func holder(_ descriptor: Int32) -> OutputLockHolder {
        var bytes = [UInt8](repeating: 0, count: 64)
        let count = pread(descriptor, &bytes, bytes.count, 0)
        guard count > 0 else { return OutputLockHolder() }
        let words = String(decoding: bytes[..<count], as: UTF8.self).split { $0 == " " || $0 == "\n" }
        guard words.count == 2, let process = Int32(words[0]), process > 0, let since = Int(words[1]) else {
            return OutputLockHolder()
        }
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        let (seconds, isTooMuch) = Int(now.tv_sec).subtractingReportingOverflow(since)
        return OutputLockHolder(process: process, seconds: isTooMuch || seconds < 0 ? nil : seconds)
    }
}
